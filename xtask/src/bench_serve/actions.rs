//! Every action of the pages, timed by itself.
use super::quantile;
use super::server::{Client, Server};
use serde_json::{Value, json};

/// How often each is done.
const TIMES: usize = 12;
/// How many of the incidents are the largest.
const LARGE: usize = 30;
/// Most that an action should take, in milliseconds.
const LIMIT: f64 = 100.0;

/// Ids that the paths are made with.
pub(super) struct Ids {
    pub(super) incidents: Vec<String>,
    pub(super) reports: Vec<String>,
    pub(super) claims: Vec<String>,
    pub(super) actors: Vec<String>,
}

impl Ids {
    /// Those of the incidents with the most reports, and of some that are spread over the whole.
    pub(super) fn of(client: &Client<'_>) -> anyhow::Result<Self> {
        let (large, _) = client.get(&format!("/incidents?sort=reports&limit={LARGE}"))?;
        let (all, _) = client.get("/incidents?sort=title&limit=5000")?;
        let some = items(&all).iter().step_by(items(&all).len() / 200 + 1);
        let incidents: Vec<String> = items(&large).iter().chain(some).map(|i| text(&i["id"])).collect();
        let mut ids = Ids { incidents, reports: Vec::new(), claims: Vec::new(), actors: Vec::new() };
        for id in &ids.incidents {
            let (page, _) = client.get(&format!("/incidents/{id}"))?;
            ids.claims.extend(page["claims"].as_array().into_iter().flatten().map(|c| text(&c["id"])));
            ids.reports.extend(page["reports"].as_array().into_iter().flatten().map(|r| text(&r["id"])));
        }
        let (actors, _) = client.get("/actors?limit=60")?;
        ids.actors = items(&actors).iter().map(|a| text(&a["name"])).collect();
        Ok(ids)
    }

    /// What a page asks for when it is opened, the `n`th time. Names are those of the API's parts.
    pub(super) fn path(&self, name: &str, n: usize) -> String {
        let words = ["shelling", "ceasefire", "killed in", "\"said that\"", "ministry of", "of", "soldiers", "market"];
        let word = encoded(words[n % words.len()]);
        let pick = |list: &[String]| encoded(&list[n % list.len()]);
        match name {
            "list" => "/incidents?".to_owned(),
            "list filtered" => format!("/incidents?q={word}&sort=toll&is=disputed"),
            "map" => "/incidents?limit=5000&sort=earliest".to_owned(),
            "search" => format!("/search?q={word}"),
            "incident" => format!("/incidents/{}", pick(&self.incidents)),
            "report" => format!("/reports/{}", pick(&self.reports)),
            "claim" => format!("/claims/{}", pick(&self.claims)),
            "queue" => "/queue?limit=50".to_owned(),
            "audit" => format!("/audit?seed=s{n}"),
            "audit of a field" => format!("/audit?seed=s{n}&field=figures"),
            "actors" => "/actors?".to_owned(),
            "actor" => format!("/actors/{}", pick(&self.actors)),
            "network" => "/network".to_owned(),
            "publishers" => "/publishers?".to_owned(),
            "agreements" => "/agreements?".to_owned(),
            "judgements" => "/judgements?".to_owned(),
            "gazetteer" => "/gazetteer?q=tri".to_owned(),
            _ => "/ledger".to_owned(),
        }
    }
}

pub(super) const READS: [&str; 18] = [
    "ledger",
    "list",
    "list filtered",
    "map",
    "search",
    "incident",
    "report",
    "claim",
    "queue",
    "audit",
    "audit of a field",
    "actors",
    "actor",
    "network",
    "publishers",
    "agreements",
    "judgements",
    "gazetteer",
];

pub(super) fn run(server: &Server) -> anyhow::Result<()> {
    let client = server.client();
    let ids = Ids::of(&client)?;
    println!("{:<22} {:>15} {:>10} {:>10}   (milliseconds)", "action", "after a change", "median", "worst");
    let mut slow = Vec::new();
    for name in READS {
        // What is known of the ledger is out of date.
        let note = json!({"kind": "note", "about": ids.incidents[0], "text": format!("before {name}")});
        client.post("/judgements", &note)?;
        let (_, first) = client.get(&ids.path(name, 0))?;
        let mut times = Vec::new();
        for n in 1..=TIMES {
            times.push(client.get(&ids.path(name, n))?.1);
        }
        slow.extend(row(name, Some(first), times));
    }
    for (name, times) in decisions(&client, &ids)? {
        slow.extend(row(name, None, times));
    }
    match slow.as_slice() {
        [] => println!("every action is answered within {LIMIT} ms"),
        slow => println!("OVER {LIMIT} ms: {}", slow.join(", ")),
    }
    Ok(())
}

/// Each decision and its undoing.
fn decisions(client: &Client<'_>, ids: &Ids) -> anyhow::Result<Vec<(&'static str, Vec<f64>)>> {
    let names = ["accept", "reject", "correct", "merge", "split", "note", "mark of an audit", "reject in a large one"];
    let mut timed: Vec<(&'static str, Vec<f64>)> = names.map(|name| (name, Vec::new())).into();
    let mut undone = Vec::new();
    for n in 0..TIMES {
        // The first thirty incidents are the largest; these are spread over all the others.
        let some = &ids.incidents[LARGE..];
        let (l, r) = (&some[n * 5 % some.len()], &some[(n * 5 + 40) % some.len()]);
        let claims_of =
            |id: &String| Ok::<_, anyhow::Error>(client.get(&format!("/incidents/{id}"))?.0["claims"].clone());
        let (usual, large) = (claims_of(l)?, claims_of(&ids.incidents[n])?);
        let (claim, of_large) = (&usual[0]["id"], &large[0]["id"]);
        let fields = json!([{"field": "type", "words": "explosion"}, {"field": "place", "words": "3165185"}]);
        for (name, times) in &mut timed {
            let (path, body) = match *name {
                "accept" => ("/judgements", json!({"kind": "accept", "claims": [claim]})),
                "reject" => ("/judgements", json!({"kind": "reject", "claims": [claim]})),
                "correct" => ("/judgements", json!({"kind": "correct", "claim": claim, "fields": fields})),
                "merge" => ("/judgements", json!({"kind": "merge", "ids": [l, r]})),
                "split" if usual.as_array().is_none_or(|claims| claims.len() < 2) => continue,
                "split" => ("/judgements", json!({"kind": "split", "claims": [claim]})),
                "note" => ("/judgements", json!({"kind": "note", "about": l, "text": "seen"})),
                "reject in a large one" => ("/judgements", json!({"kind": "reject", "claims": [of_large]})),
                _ => ("/audit", json!({"claim": claim, "field": "type", "mark": "right"})),
            };
            let (judged, took) = client.post(path, &body)?;
            times.push(took);
            let made: Vec<&Value> = judged["judgements"].as_array().into_iter().flatten().map(|j| &j["id"]).collect();
            if !made.is_empty() {
                undone.push(client.post("/judgements", &json!({"kind": "undo", "judgements": made}))?.1);
            }
        }
    }
    timed.push(("undo", undone));
    Ok(timed)
}

/// Prints one line; answers the name when it is over the limit.
fn row(name: &'static str, first: Option<f64>, mut times: Vec<f64>) -> Option<&'static str> {
    times.sort_by(f64::total_cmp);
    let worst = times.last().copied().unwrap_or_default();
    let shown = first.map_or(String::new(), |ms| format!("{ms:.0}"));
    println!("{name:<22} {shown:>15} {:>10.0} {worst:>10.0}", quantile(&times, 0.5));
    (worst.max(first.unwrap_or_default()) > LIMIT).then_some(name)
}

fn items(list: &Value) -> &[Value] {
    list["items"].as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// As it stands in a path or a query.
fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
