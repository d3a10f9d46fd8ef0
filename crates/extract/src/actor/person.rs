//! Persons: full names for last names, and the state that a person speaks for.
use super::register::fold;
use super::words::Words;
use super::{ActorFinder, ActorKind, ActorMention, Cast, Entry, Hit, described, phrase};
use crate::Reading;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use variorum_syntax::{Doc, Entity, Token};

/// The register knows better than an entity label: "Baku then specified".
fn registered(hits: &[Hit], e: &Entity) -> bool {
    hits.iter().any(|h| h.start <= e.start && e.end <= h.end && !matches!(h.entry, Entry::Institution(_)))
}

/// The words of a person's name. A state before it belongs to the office: "President of Oria Ivo Brandt".
fn name_of(doc: &Doc, hits: &[Hit], entity: &Entity) -> Range<usize> {
    let mut range = phrase::trim(doc, entity.start..entity.end);
    let state =
        |at: usize| hits.iter().find(|h| h.start == at && matches!(h.entry, Entry::State(..) | Entry::Local(..)));
    while let Some(hit) = state(range.start).filter(|h| h.end < range.end) {
        range.start = hit.end;
    }
    range
}

/// A person whose name follows the state of his office: the parser hangs the name on "of", or takes state and name for one.
fn named_after_state<'d>(doc: &'d Doc, hits: &[Hit], office: Token<'d>) -> Option<&'d Entity> {
    let of = office.rights().find(|r| r.dep() == "prep" && r.is("of"))?;
    let entity = of.child("pobj")?.entity().filter(|e| e.label == "PERSON")?;
    let start = name_of(doc, hits, entity).start;
    let state = |h: &&Hit| matches!(h.entry, Entry::State(..) | Entry::Local(..)) && h.start == of.i() + 1;
    hits.iter().find(state).is_some_and(|h| h.end == start).then_some(entity)
}

/// A mention of a person by name.
pub(super) fn person(words: &Words, reading: &Reading, cast: &Cast, token: Token<'_>) -> Option<ActorMention> {
    let doc = &reading.doc;
    let registered = |e: &Entity| registered(&cast.hits, e);
    let entity = match token.entity() {
        Some(e) if e.label == "PERSON" && registered(e) => return None,
        Some(e) if e.label == "PERSON" => e,
        // The parser's label is a guess; a last name that the report gave in full is not.
        _ if matches!(token.pos(), "PROPN" | "NOUN" | "ADJ" | "X") && cast.people.contains_key(&fold(token.text())) => {
            let mut mention = described(reading, token.i()..token.i() + 1, token.i(), ActorKind::Person);
            mention.actor.name = cast.people[&fold(token.text())].clone();
            mention.state = cast.allegiances.get(&mention.actor.name).cloned();
            return Some(mention);
        }
        _ => {
            // "the spokesman, Ivo Brandt": the name stands for the office; "the village, Brandt" does not.
            if !words.is_office(token) {
                return None;
            }
            let beside = token.rights().find(|r| r.dep() == "appos" && r.ent_type() == "PERSON");
            beside.and_then(|b| b.entity()).or_else(|| named_after_state(doc, &cast.hits, token))?
        }
    };
    let range = name_of(doc, &cast.hits, entity);
    let name = doc.slice(range.clone()).text();
    let full = full_name(&cast.people, name).unwrap_or_else(|| name.to_owned());
    let mut mention = described(reading, range, token.i(), ActorKind::Person);
    mention.state = cast.allegiances.get(&full).cloned();
    mention.actor.name = full;
    Some(mention)
}

/// Last name → full name for every person that the report names in full. A last name of two persons is nobody's: which of the
/// brothers is meant, the report does not say.
pub(super) fn people(doc: &Doc, hits: &[Hit]) -> BTreeMap<String, String> {
    let mut people: BTreeMap<String, String> = BTreeMap::new();
    let mut shared: BTreeSet<String> = BTreeSet::new();
    for entity in doc.entities().iter().filter(|e| e.label == "PERSON" && !registered(hits, e)) {
        let range = name_of(doc, hits, entity);
        let words: Vec<&str> = doc.slice(range).tokens().map(|t| t.text()).collect();
        if words.len() < 2 || words.len() > 4 || !words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase())) {
            continue;
        }
        let full = words.join(" ");
        let last = fold(words[words.len() - 1]);
        let known = people.entry(last.clone()).or_insert_with(|| full.clone());
        // "Anna V. Marsk" and "Anna Marsk" are one, and so may be two spellings of one first name.
        let first = |name: &str| name.split_whitespace().next().map(fold).unwrap_or_default();
        if strsim::osa_distance(&first(known), &first(&full)) > 2 && !fold(&full).contains(&first(known)) {
            shared.insert(last);
        }
    }
    people.retain(|last, _| !shared.contains(last));
    people
}

/// Full name → state, for persons whose office or side the report says: "Karovian Prime Minister Ivo Marsk".
pub(super) fn allegiances(finder: &ActorFinder, doc: &Doc, cast: &Cast) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entity in doc.entities().iter().filter(|e| e.label == "PERSON" && !registered(&cast.hits, e)) {
        let range = name_of(doc, &cast.hits, entity);
        let name = doc.slice(range.clone()).text().to_owned();
        let full = full_name(&cast.people, &name).unwrap_or(name);
        let root = doc.slice(range.clone()).root();
        // "President of Oria Ivo Brandt": the office is above the name.
        let above = (root.dep() == "pobj").then(|| root.head().head());
        let office = above.filter(|t| finder.words.is_office(*t)).map(|t| t.i()..range.start);
        let beside = root.rights().find(|r| r.dep() == "appos").or((root.dep() == "appos").then(|| root.head()));
        let phrases = std::iter::once(phrase::core(doc, root.i()).start..range.start);
        for phrase in phrases.chain(office).chain(beside.map(|b| phrase::core(doc, b.i()))) {
            let inside = || cast.hits.iter().filter(|h| phrase.start <= h.start && h.end <= phrase.end);
            let office = inside().any(|h| matches!(h.entry, Entry::Institution(_)))
                || phrase.clone().any(|i| finder.words.is_office(doc.token(i)));
            let states: Vec<String> = inside().filter_map(|h| finder.state_of(cast, h)).collect();
            if let (true, Some(first)) = (office, states.first())
                && states.iter().all(|s| s == first)
            {
                found.entry(full.clone()).or_insert_with(|| first.clone());
            }
        }
    }
    found
}

/// The full name of a person named by last name, or by one misspelt by up to two letters.
fn full_name(people: &BTreeMap<String, String>, words: &str) -> Option<String> {
    let last = fold(words.split_whitespace().next_back()?);
    let several = words.split_whitespace().count() > 1;
    if let Some(full) = people.get(&last) {
        let same = !several || fold(full).ends_with(&fold(words)) || fold(words).ends_with(&fold(full));
        return same.then(|| full.clone());
    }
    const SHORTEST: usize = 6;
    let mut near = people.iter().filter(|(name, _)| {
        name.len() >= SHORTEST
            && last.len() >= SHORTEST
            && name.chars().next() == last.chars().next()
            && strsim::osa_distance(name, &last) <= 1 + usize::from(last.len() >= 8)
    });
    match (near.next(), near.next()) {
        (Some((_, full)), None) if !several => Some(full.clone()),
        _ => None,
    }
}
