//! States that the register does not know, learnt from one report: a name whose demonym stands beside it ("Karovia …
//! Karovian"), or that owns a ministry or a prime minister. A demonym alone names nothing.
use super::ActorFinder;
use super::register::{Entry, Hit, StateForm, fold};
use variorum_syntax::{Doc, Token};

/// Shortest stem that a name and its demonym must share, in bytes.
const STEM: usize = 4;
/// Names of unregistered states in the report, and where they and their demonyms stand (token indices).
pub(super) fn states(finder: &ActorFinder, doc: &Doc, hits: &[Hit]) -> (Vec<String>, Vec<Hit>) {
    let known = |i: usize| hits.iter().any(|h| h.start <= i && i < h.end && !matches!(h.entry, Entry::Institution(_)));
    let capitals: Vec<Token<'_>> = doc
        .tokens()
        .filter(|t| {
            matches!(t.pos(), "PROPN" | "ADJ" | "NOUN")
                && t.text().len() >= STEM
                && t.text().starts_with(|c: char| c.is_uppercase())
                && t.text().chars().skip(1).all(|c| c.is_lowercase())
                && !known(t.i())
        })
        .collect();
    let mut names: Vec<String> = Vec::new();
    let mut found: Vec<Hit> = Vec::new();
    let mut add = |name: &str, token: usize, form: StateForm| {
        let n = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        found.push(Hit { start: token, end: token + 1, entry: Entry::Local(n, form) });
    };
    for name in capitals.iter().filter(|t| t.pos() == "PROPN") {
        let demonyms =
            capitals.iter().filter(|a| is_demonym(&finder.words.demonym_endings, &fold(a.text()), &fold(name.text())));
        let mut any = false;
        for demonym in demonyms {
            any = true;
            add(name.text(), demonym.i(), StateForm::Demonym);
        }
        // The entity label of an unknown name is a guess; a demonym beside it is not.
        if any || name.ent_type() != "PERSON" && owns_sovereign(finder, hits, *name) {
            add(name.text(), name.i(), StateForm::Name);
        }
    }
    found.sort_by_key(|h| h.start);
    found.dedup_by_key(|h| h.start);
    (names, found)
}

/// "karovian" of "karovia", "sudanese" of "sudan"; never a word of itself.
fn is_demonym(endings: &[String], word: &str, name: &str) -> bool {
    if word == name {
        return false;
    }
    let stems = [name, name.trim_end_matches('a'), name.trim_end_matches("ia"), name.trim_end_matches('e')];
    stems
        .iter()
        .any(|stem| stem.len() >= STEM && word.strip_prefix(stem).is_some_and(|end| endings.iter().any(|e| e == end)))
}

fn owns_sovereign(finder: &ActorFinder, hits: &[Hit], name: Token<'_>) -> bool {
    if !matches!(name.dep(), "poss" | "compound" | "nmod") {
        return false;
    }
    let head = name.head().i();
    hits.iter().any(|h| {
        matches!(h.entry, Entry::Institution(i) if finder.words.sovereign.contains(&finder.register.institutions[i].id))
            && h.start <= head
            && head < h.end
            && name.i() < h.start
    })
}
