//! Made-up reports of an invented war: each sentence is one claim.
#![allow(dead_code)] // Each test file uses its own part.
use variorum_ledger::{ClaimFilter, Ledger};
use variorum_model::*;

pub const TOWNS: [&str; 4] = ["Orlec", "Brenna", "Vashtiva", "Kolm"];
const WORDS: [&str; 4] = ["granary by the lime kiln", "ferry landing", "tannery on Weir Lane", "chapel of Saint Odra"];
const KINDS: [&str; 4] = ["shelling", "drone-strike", "protest", "abduction"];
const NAMES: [&str; 4] = ["Ilka Vardan", "Tomasz Orlovic", "Bereket Kidane", "Nadia Ferhat"];

/// A report of some of four happenings, in fixed words; `lead` stands before them.
pub fn report(id: &str, lead: &str, happenings: &[usize]) -> Analysis {
    let mut text = lead.to_owned();
    let mut claims = Vec::new();
    for &h in happenings {
        let quote = format!("{} witnessed the {} at the {} in {}.", NAMES[h], KINDS[h], WORDS[h], TOWNS[h]);
        let start = text.chars().count();
        text.push_str(&quote);
        text.push(' ');
        let span = Span::new(start, start + quote.chars().count());
        let day = Some(format!("2031-05-{:02}", 1 + h * 3));
        let time = ClaimTime {
            value: day.clone(),
            earliest: day.clone(),
            latest: day,
            precision: TimePrecision::Day,
            basis: TimeBasis::Explicit,
            quote: Quote::default(),
        };
        let place = ClaimPlace {
            name: TOWNS[h].into(),
            geonames: Some(h as u32 + 1),
            lat: Some(44.0 + h as f64),
            lon: Some(20.0),
            precision: Precision::Exact,
            ..ClaimPlace::default()
        };
        let trigger = start + quote.find(KINDS[h]).unwrap();
        claims.push(Claim {
            id: stable_id("c", &[id, &start.to_string(), &quote, KINDS[h]]),
            quote,
            span,
            event: Event {
                kind: KINDS[h].into(),
                trigger: Quote { span: Span::new(trigger, trigger + KINDS[h].len()), text: KINDS[h].into() },
            },
            places: vec![place],
            time,
            ..Claim::default()
        });
    }
    let value = Some("2031-05-20".to_owned());
    let published = Published { value: value.clone(), earliest: value.clone(), latest: value, basis: Basis::Metadata };
    let report = Report { id: id.into(), text, publisher: format!("Outlet {id}"), published, ..Report::default() };
    Analysis { schema: SCHEMA, report, claims, ..Analysis::default() }
}

/// A linked ledger of such reports.
pub fn ledger(reports: &[(&str, &[usize])]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (id, happenings) in reports {
        ledger.add(&report(id, "", happenings)).unwrap();
    }
    ledger.relink().unwrap();
    ledger
}

/// Ids of the claims of a report, in text order.
pub fn claims(ledger: &Ledger, report: &str) -> Vec<String> {
    let filter = ClaimFilter { report: Some(report.into()), ..ClaimFilter::default() };
    ledger.claims(filter).map(|c| c.unwrap().id).collect()
}

/// All that the ledger says: claims as judged, without the judgements' own names and times, and incidents.
pub fn state(ledger: &Ledger) -> (Vec<Claim>, Vec<Incident>) {
    let bare = |claim: Claim| Claim { judgements: Vec::new(), ..claim };
    let mut claims: Vec<Claim> = ledger.claims(ClaimFilter::default()).map(|c| bare(c.unwrap())).collect();
    claims.sort_by(|l, r| l.id.cmp(&r.id));
    let once = |incident: Incident| Incident { previous_ids: Vec::new(), ..incident };
    let mut incidents: Vec<Incident> = ledger.incidents().map(|i| once(i.unwrap())).collect();
    incidents.sort_by(|l, r| l.id.cmp(&r.id));
    (claims, incidents)
}
