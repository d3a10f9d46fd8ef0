//! Names that a report writes in several ways: "al-Qarnatin", "Qarnatayn".
use super::fold::{ARTICLES, skeleton};
use super::lexicon::lists;
use super::spot::{Finder, Form, Spot};
use std::collections::HashMap;

/// Fewest consonants by which a name is known again.
const BONES: usize = 5;

impl Finder<'_> {
    /// Takes names that stand where a place stands, and that share their consonants with a place of the gazetteer named elsewhere in
    /// the report, for that place. `spots` stay in text order.
    pub(super) fn respelt(&self, spots: &mut Vec<Spot>) {
        let mut known: HashMap<String, Option<usize>> = HashMap::new();
        for (at, spot) in spots.iter().enumerate().filter(|(_, s)| s.form == Form::Name && !s.candidates.is_empty()) {
            let bones = skeleton(&spot.key);
            if bones.len() < BONES {
                continue;
            }
            // Two names that sound alike tell neither from a third.
            let held = known.entry(bones).or_insert(Some(at));
            if held.is_some_and(|held| bare(&spots[held].key) != bare(&spot.key)) {
                *held = None;
            }
        }
        if known.is_empty() {
            return;
        }
        let again = |key: &str| known.get(&skeleton(key)).copied().flatten();
        for at in 0..spots.len() {
            let open = spots[at].candidates.is_empty() && matches!(spots[at].form, Form::Unknown | Form::Introduced);
            if let Some(held) = again(&spots[at].key).filter(|_| open) {
                let (key, candidates) = (spots[held].key.clone(), spots[held].candidates.clone());
                let spot = &mut spots[at];
                (spot.key, spot.candidates, spot.form) = (key, candidates, Form::Name);
            }
        }
        let mut more = Vec::new();
        let covered: Vec<bool> = (0..self.doc.len()).map(|i| spots.iter().any(|s| s.tokens.contains(&i))).collect();
        for i in 1..self.doc.len() {
            let before = self.words.of(i - 1);
            let stands = lists(&self.lexicon.locative, before) || lists(&self.lexicon.weak_locative, before);
            let Some(run) = self.proper_from(i).filter(|run| !covered[run.clone()].contains(&true)) else { continue };
            let person =
                self.doc.token(i).ent_type() == "PERSON" && run.len() > 1 && !ARTICLES.contains(&self.words.of(i));
            let key = self.words.join(run.clone());
            if let Some(held) = again(&key).filter(|_| stands && !person) {
                more.push(Spot {
                    tokens: run.clone(),
                    name: run,
                    by_kind: false,
                    holding: false,
                    division: false,
                    ..spots[held].clone()
                });
            }
        }
        spots.extend(more);
        spots.sort_by_key(|s| s.tokens.start);
    }
}

/// A name without its article.
fn bare(key: &str) -> &str {
    key.split_once(' ').filter(|(first, _)| ARTICLES.contains(first)).map_or(key, |(_, rest)| rest)
}
