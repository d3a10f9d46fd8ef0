//! The templates: which claims of an incident make which sentence.
use super::{Cited, Entry, Sentence};
use crate::dossier::{bounded, days, plain};
use crate::tables::name_of;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Claim, FigureRange, Incident, MEASURES_OF_PEOPLE, Observation, Polarity, Stance, Verdict};

/// Claims beside a sentence at most: one of each voice, the earliest reports first.
const CITED: usize = 6;

/// None where nothing can be told of it.
pub(super) fn entry<'s>(cited: &mut Cited<'s>, incident: &'s Incident) -> Option<Entry> {
    let claims: Vec<&'s Claim> = incident.claims.iter().filter_map(|id| cited.selection.claims.get(id)).collect();
    let news: Vec<&Claim> = claims.into_iter().filter(|claim| !claim.background).collect();
    let mut sentences: Vec<Sentence> = Vec::new();
    // Who only speaks about it does something of another kind, and is not cited for it.
    let same: Vec<&Claim> = news.iter().filter(|c| c.event.kind == incident.event_type).copied().collect();
    sentences.extend(happening(cited, incident, &same));
    sentences.extend(doers(cited, &same));
    for range in &incident.figures {
        sentences.extend(figure(cited, range));
    }
    sentences.extend(denial(cited, &news));
    for d in incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction) {
        let sides = d.sides.iter().flat_map(|side| &side.claims);
        let claims: Vec<&Claim> = sides.filter_map(|id| cited.selection.claims.get(id)).collect();
        let claims = one_of_each_voice(cited, &claims);
        sentences.extend(cited.sentence(format!("Disputed ({}): {}", name_of(d.kind), full_stop(&d.reason)), &claims));
    }
    let days = days(&incident.time.earliest, &incident.time.latest);
    let place = incident.place.name.clone();
    (!sentences.is_empty()).then(|| Entry { incident: incident.id.clone(), days, place, sentences })
}

/// "Shelling in Orlec on 2024-05-14, according to the mayor and Courier."
fn happening<'s>(cited: &mut Cited<'s>, incident: &Incident, news: &[&'s Claim]) -> Option<Sentence> {
    let is = |claim: &&&Claim| claim.polarity == Polarity::Happened && claim.stance != Stance::Deny;
    let happened: Vec<&Claim> = news.iter().filter(is).copied().collect();
    let (claims, how) = if happened.is_empty() {
        // What is only planned, wanted or threatened is told as that.
        let ahead = |claim: &&&Claim| matches!(claim.polarity, Polarity::Planned | Polarity::Conditional);
        (news.iter().filter(ahead).copied().collect(), " (announced, not said to have happened)")
    } else {
        (happened, "")
    };
    let claims = one_of_each_voice(cited, &claims);
    let mut words = sentence_case(&plain(&incident.event_type)) + how;
    // Place and days are those of the incident, told where some claim that is cited has them.
    let place = &incident.place.name;
    if claims.iter().any(|claim| claim.places.iter().any(|p| p.name == *place)) {
        words += &format!(" in {place}");
    }
    let (first, last) = (&incident.time.earliest, &incident.time.latest);
    if claims.iter().any(|claim| claim.time.earliest == *first && claim.time.latest == *last) {
        match (first, last) {
            (Some(first), Some(last)) if first == last => words += &format!(" on {first}"),
            (Some(first), Some(last)) => words += &format!(" between {first} and {last}"),
            _ => {}
        }
    }
    let words = format!("{words}, according to {}.", voices(cited, &claims));
    cited.sentence(words, &claims)
}

/// "By Lethania, according to the mayor; by Karovia, according to Courier."
fn doers<'s>(cited: &mut Cited<'s>, news: &[&'s Claim]) -> Option<Sentence> {
    let mut by: BTreeMap<String, Vec<&'s Claim>> = BTreeMap::new();
    let names = |claim: &&&Claim| !claim.actors.is_empty() && claim.stance != Stance::Deny;
    for claim in news.iter().filter(names).filter(|c| c.polarity == Polarity::Happened) {
        let names: BTreeSet<&str> = claim.actors.iter().map(|a| a.name.as_str()).collect();
        // "By the mayor, according to the mayor": of a statement.
        if names.len() == 1 && names.contains(cited.voice(claim).as_str()) {
            continue;
        }
        by.entry(listed(names.into_iter().map(str::to_owned).collect())).or_default().push(claim);
    }
    let mut parts = Vec::new();
    let mut all = Vec::new();
    for (doers, claims) in by {
        let claims = one_of_each_voice(cited, &claims);
        let accused = if claims.iter().all(|claim| claim.stance == Stance::Accuse) { "blamed on" } else { "by" };
        parts.push(format!("{accused} {doers}, according to {}", voices(cited, &claims)));
        all.extend(claims);
    }
    cited.sentence(sentence_case(&parts.join("; ")) + ".", &all)
}

/// "8 people killed, according to …." or "8 to 12 people killed: 8 according to …; 12 according to …."
fn figure<'s>(cited: &mut Cited<'s>, range: &FigureRange) -> Option<Sentence> {
    // Of one voice the number that it gave last stands.
    let mut last: BTreeMap<String, (&Observation, &'s Claim)> = BTreeMap::new();
    for o in &range.observations {
        let Some(claim) = cited.selection.claims.get(&o.claim).filter(|c| !c.background) else { continue };
        let day = |o: &Observation| o.as_of.clone().or_else(|| o.published.clone());
        let voice = cited.voice(claim);
        if last.get(&voice).is_none_or(|(known, _)| day(known) <= day(o)) {
            last.insert(voice, (o, claim));
        }
    }
    let mut groups: Vec<(String, Vec<&'s Claim>, Option<f64>)> = Vec::new();
    for (o, claim) in last.into_values() {
        let words = bounded(o);
        match groups.iter_mut().find(|(known, ..)| *known == words) {
            Some((_, claims, _)) => claims.push(claim),
            None => groups.push((words, vec![claim], o.value.or(o.min).or(o.max))),
        }
    }
    groups.sort_by(|l, r| l.2.unwrap_or(f64::MAX).total_cmp(&r.2.unwrap_or(f64::MAX)));
    let what = counted(range);
    let all: Vec<&Claim> = groups.iter().flat_map(|(_, claims, _)| claims.iter().copied()).collect();
    let words = match groups.as_slice() {
        [(words, claims, _)] => {
            let what = if words == "1" { what.replacen("people", "person", 1) } else { what };
            format!("{words} {what}, according to {}.", voices(cited, claims))
        }
        several => {
            let numbers: Vec<f64> = several.iter().filter_map(|(.., n)| *n).collect();
            let (low, high) = (numbers.first().copied(), numbers.last().copied());
            let span = match (low, high) {
                (Some(low), Some(high)) if low != high => format!("{low} to {high} {what}"),
                _ => what,
            };
            let parts =
                several.iter().map(|(words, claims, _)| format!("{words} according to {}", voices(cited, claims)));
            format!("{span}: {}.", parts.collect::<Vec<_>>().join("; "))
        }
    };
    cited.sentence(sentence_case(&words), &all)
}

/// "Denied by the ministry."
fn denial<'s>(cited: &mut Cited<'s>, news: &[&'s Claim]) -> Option<Sentence> {
    let denials: Vec<&Claim> = news.iter().filter(|claim| claim.stance == Stance::Deny).copied().collect();
    let denials = one_of_each_voice(cited, &denials);
    cited.sentence(format!("Denied by {}.", voices(cited, &denials)), &denials)
}

/// "people killed", "soldiers wounded (Karovian)", "strikes", "positions taken".
fn counted(range: &FigureRange) -> String {
    let (measure, category) = (range.measure.as_str(), range.category.as_str());
    let unsaid = category.is_empty() || category == "other";
    let who = match unsaid {
        true if MEASURES_OF_PEOPLE.contains(&measure) => "people".to_owned(),
        true => String::new(),
        false => plain(category),
    };
    let what = if measure == "other" { String::new() } else { plain(measure) };
    // "positions taken" says of what already.
    let words = if what.starts_with(&who) { what } else { format!("{who} {what}") };
    let side = if range.side.is_empty() { String::new() } else { format!(" ({})", range.side) };
    words.trim().to_owned() + &side
}

/// The earliest published claim of each voice, in that order.
fn one_of_each_voice<'s>(cited: &Cited<'s>, claims: &[&'s Claim]) -> Vec<&'s Claim> {
    let day = |claim: &Claim| cited.report(claim).and_then(|r| r.published.earliest.clone());
    let mut order: Vec<&Claim> = claims.to_vec();
    order.sort_by_key(|claim| (day(claim).is_none(), day(claim), &claim.report, claim.span.start));
    let mut heard = BTreeSet::new();
    order.retain(|claim| heard.insert(cited.voice(claim)));
    order.truncate(CITED);
    order
}

fn voices(cited: &Cited<'_>, claims: &[&Claim]) -> String {
    let mut names: Vec<String> = claims.iter().map(|claim| cited.voice(claim)).collect();
    names.dedup();
    listed(names)
}

/// "A, B and C".
fn listed(mut names: Vec<String>) -> String {
    match names.pop() {
        None => String::new(),
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn full_stop(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}
