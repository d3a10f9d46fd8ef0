//! Where information first came from: newsrooms, and what they have from whom.
//!
//! Reports that copy one text, credit one agency or come out of one house are one **newsroom**. What a voice states, by
//! whichever newsrooms it is given, is one **statement**; so is what a newsroom tells itself where it credits nobody. The
//! origins of an incident are as many as newsrooms can be given a statement each, no statement twice: two papers that
//! quote one spokesman and nobody else are one origin, and so is one agency that quotes five people. (The count is that of
//! a maximum matching, found by augmenting paths, Kuhn 1955.)
//!
//! It follows that origins are no more than newsrooms (outlets, and the agencies that their reports credit) and no more than
//! distinct voices; that another copy never adds one; and that each claim has exactly one.
use crate::Linker;
use crate::copies::{Groups, Newsrooms, is_own};
use crate::evidence::{Evidence, OWN_VOICE};
use crate::story::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use variorum_model::{Origin, stable_id};

/// Statements that each is compared with; in larger crowds the rest is reached over those.
const MOST_COMPARED: usize = 200;
/// Days between two reports of one statement.
const STATEMENT_DAYS: i32 = 3;
/// Words in a row, inside quotation marks, that are one statement whoever is named for it.
const QUOTED_RUN: usize = 6;
/// Reports, of one newsroom, that a reason names.
const MOST_NAMED: usize = 4;

/// The origins of the claims of an incident.
pub(crate) struct Origins {
    /// For each piece of evidence, the id of its origin.
    pub of: Vec<String>,
    /// Each origin with its members and the reason, in the order of the evidence.
    pub list: Vec<Origin>,
}

/// What one voice states in one newsroom, as positions in the evidence.
type Node = ((usize, String), Vec<usize>);

pub(crate) fn origins(linker: &Linker, evidence: &[Evidence<'_>]) -> Origins {
    let rooms = Newsrooms::new(linker, evidence);
    let room_of = |i: usize| rooms.root(rooms.of[i]);
    let crediting: HashSet<usize> = (0..evidence.len()).filter(|&i| !is_own(&evidence[i].voice)).map(room_of).collect();
    let mut nodes: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    // What a newsroom tells itself beside what it has from others goes with that.
    let mut beside: Vec<usize> = Vec::new();
    for (i, e) in evidence.iter().enumerate() {
        match is_own(&e.voice) {
            true if crediting.contains(&room_of(i)) => beside.push(i),
            own => {
                let voice = if own { OWN_VOICE } else { e.voice.as_str() };
                nodes.entry((room_of(i), voice.to_lowercase())).or_default().push(i);
            }
        }
    }
    let mut nodes: Vec<Node> = nodes.into_iter().collect();
    nodes.sort_by_key(|(_, claims)| claims[0]);
    let statements = statements(evidence, &nodes);
    let matched = matching(&nodes, &statements);
    // Statement → the one that stands for its origin.
    let mut own: BTreeMap<usize, usize> = matched.values().map(|&s| (s, s)).collect();
    for (n, ((room, _), _)) in nodes.iter().enumerate() {
        let statement = statements.root(n);
        if let (false, Some(&other)) = (own.contains_key(&statement), matched.get(room)) {
            own.insert(statement, other);
        }
    }
    let mut at: Vec<Option<usize>> = vec![None; evidence.len()];
    let mut home: HashMap<usize, usize> = matched.iter().map(|(room, s)| (*room, *s)).collect();
    for (n, ((room, _), claims)) in nodes.iter().enumerate() {
        let origin = own[&statements.root(n)];
        home.entry(*room).or_insert(origin);
        claims.iter().for_each(|&i| at[i] = Some(origin));
    }
    for i in beside {
        at[i] = home.get(&room_of(i)).copied();
    }
    listed(evidence, &rooms, &at)
}

/// Statements as sets of nodes: one voice, or one quotation, given by several newsrooms.
fn statements(evidence: &[Evidence<'_>], nodes: &[Node]) -> Groups {
    let mut groups = Groups::new(nodes.len());
    let mut by_voice: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_run: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, ((_, voice), claims)) in nodes.iter().enumerate() {
        if voice.starts_with(OWN_VOICE) {
            continue;
        }
        by_voice.entry(voice).or_default().push(n);
        for run in claims.iter().flat_map(|&i| quoted_runs(&evidence[i].claim.quote)) {
            by_run.entry(run).or_default().push(n);
        }
    }
    for list in by_voice.values() {
        for (k, &l) in list.iter().enumerate() {
            for &r in list[k + 1..].iter().take(MOST_COMPARED) {
                if groups.root(l) != groups.root(r) && one_statement(evidence, &nodes[l].1, &nodes[r].1) {
                    groups.join(l, r);
                }
            }
        }
    }
    for list in by_run.values() {
        list.iter().skip(1).for_each(|&n| groups.join(list[0], n));
    }
    groups
}

/// As many newsrooms as can be, each with a statement of its own; by newsroom.
fn matching(nodes: &[Node], statements: &Groups) -> BTreeMap<usize, usize> {
    let mut offers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = Vec::new();
    for (n, ((room, _), _)) in nodes.iter().enumerate() {
        let list = offers.entry(*room).or_default();
        let statement = statements.root(n);
        if !list.contains(&statement) {
            list.push(statement);
        }
        if !order.contains(room) {
            order.push(*room);
        }
    }
    let mut given: BTreeMap<usize, usize> = BTreeMap::new();
    for room in order {
        augment(room, &offers, &mut given, &mut BTreeSet::new());
    }
    given.into_iter().map(|(statement, room)| (room, statement)).collect()
}

/// Gives the newsroom a statement, moving others to theirs where need be.
fn augment(
    room: usize,
    offers: &BTreeMap<usize, Vec<usize>>,
    given: &mut BTreeMap<usize, usize>,
    tried: &mut BTreeSet<usize>,
) -> bool {
    let free = offers[&room].iter().find(|s| !given.contains_key(s)).copied();
    if let Some(statement) = free {
        given.insert(statement, room);
        return true;
    }
    for &statement in &offers[&room] {
        // Paths longer than this are of no incident that somebody reads; the bound keeps hostile ones cheap.
        if tried.len() < MOST_COMPARED && tried.insert(statement) {
            let holder = given[&statement];
            if augment(holder, offers, given, tried) {
                given.insert(statement, room);
                return true;
            }
        }
    }
    false
}

/// One voice credited by two newsrooms within days, with a number in common or much the same words.
fn one_statement(evidence: &[Evidence<'_>], l: &[usize], r: &[usize]) -> bool {
    l.iter().take(MOST_COMPARED).any(|&i| {
        r.iter().take(MOST_COMPARED).any(|&j| {
            let (left, right) = (&evidence[i], &evidence[j]);
            let near = left.published.zip(right.published).is_none_or(|(a, b)| (a - b).abs() <= STATEMENT_DAYS);
            let number = left.claim.figures.iter().any(|f| {
                f.value.is_some() && right.claim.figures.iter().any(|g| g.measure == f.measure && g.value == f.value)
            });
            near && (number || same_words(&left.claim.quote, &right.claim.quote))
        })
    })
}

/// Half of the words of the shorter quote, and five of them at least.
fn same_words(l: &str, r: &str) -> bool {
    let bag = |text: &str| words(text).map(|(_, w)| w.to_lowercase()).collect::<HashSet<String>>();
    let (l, r) = (bag(l), bag(r));
    let both = l.intersection(&r).count();
    both >= 5 && 2 * both >= l.len().min(r.len())
}

/// Runs of words inside quotation marks.
fn quoted_runs(quote: &str) -> Vec<String> {
    let mut runs = Vec::new();
    for (k, part) in quote.split(['“', '”', '"']).enumerate() {
        // A quote that begins with the mark has its words at odd places; one cut out of a quotation, at even ones.
        let inside = k % 2 == 1;
        let all: Vec<String> = words(part).map(|(_, w)| w.to_lowercase()).collect();
        if inside {
            runs.extend(all.windows(QUOTED_RUN).map(|run| run.join(" ")));
        }
    }
    runs
}

fn listed(evidence: &[Evidence<'_>], rooms: &Newsrooms, at: &[Option<usize>]) -> Origins {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, origin) in at.iter().enumerate() {
        members.entry(origin.unwrap_or(usize::MAX)).or_default().push(i);
    }
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.sort_by_key(|claims| claims[0]);
    let mut of = vec![String::new(); evidence.len()];
    let mut list = Vec::new();
    for claims in members {
        let id = stable_id("o", &[&evidence[claims[0]].claim.id]);
        claims.iter().for_each(|&i| of[i].clone_from(&id));
        let mut reports: Vec<String> = Vec::new();
        for &i in &claims {
            let report = &evidence[i].reading.report.id;
            if !reports.contains(report) {
                reports.push(report.clone());
            }
        }
        let reason = reason(evidence, rooms, &claims);
        let claims = claims.iter().map(|&i| evidence[i].claim.id.clone()).collect();
        list.push(Origin { id, reports, claims, reason });
    }
    Origins { of, list }
}

/// "Continental Press, quoting hospital officials and Lena Oskar; The Lakeside Chronicle copies Continental Press."
fn reason(evidence: &[Evidence<'_>], rooms: &Newsrooms, claims: &[usize]) -> String {
    let mut houses: Vec<usize> = Vec::new();
    let mut quoted: Vec<&str> = Vec::new();
    for &i in claims {
        let house = rooms.of[i];
        if !houses.contains(&house) {
            houses.push(house);
        }
        let voice = evidence[i].voice.as_str();
        if !is_own(voice) && !quoted.contains(&voice) && !rooms.names[house].eq_ignore_ascii_case(voice) {
            quoted.push(voice);
        }
    }
    let takes: Vec<&(usize, String)> = rooms.takes.iter().filter(|(room, _)| houses.contains(room)).collect();
    let firsts: Vec<&str> = houses
        .iter()
        .filter(|house| !takes.iter().any(|(room, _)| room == *house))
        .map(|&house| rooms.names[house].as_str())
        .collect();
    let mut words = few(&firsts);
    match quoted.is_empty() {
        true => words += if firsts.len() > 1 { ", themselves" } else { ", in its own voice" },
        false => words += &format!(", quoting {}", few(&quoted)),
    }
    for (_, how) in takes.iter().take(MOST_NAMED) {
        words += &format!("; {how}");
    }
    if takes.len() > MOST_NAMED {
        words += &format!("; {} more do the like", takes.len() - MOST_NAMED);
    }
    words + "."
}

/// "A, B and 3 others".
fn few(names: &[&str]) -> String {
    match names {
        [] => "unknown".to_owned(),
        [one] => (*one).to_owned(),
        [all @ .., last] if names.len() <= MOST_NAMED => format!("{} and {last}", all.join(", ")),
        _ => format!("{} and {} others", names[..MOST_NAMED - 1].join(", "), names.len() + 1 - MOST_NAMED),
    }
}

#[cfg(test)]
mod tests;
