//! Names that only the text itself says are places: what the gazetteer does not hold, it may introduce.
use super::lexicon::{Lexicon, lists};
use super::spot::{Finder, Form, Spot, may_start};
use super::words::Words;
use std::collections::HashSet;
use std::ops::Range;
use variorum_syntax::Doc;

impl Finder<'_> {
    /// Names that the text introduces as places: once by "the village of X", "in the X neighbourhood" or "the bridge at X", or
    /// twice by "in X" and its like where the parser sees nothing else in them.
    pub(super) fn introduced(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        let mut in_once = HashSet::new();
        for i in 1..self.doc.len() {
            let kind = self.kind_of(i);
            let sited = is_sited(self.doc, self.words, self.lexicon, i);
            let article = usize::from(i > 1 && self.words.of(i - 1) == "the");
            let within = lists(&self.lexicon.locative, self.words.of(i - 1 - article))
                && self.doc.token(i - 1 - article).tag() == "IN"
                && (article == 0
                    || self.proper_from(i).is_some_and(|r| lists(&self.lexicon.quarter, self.words.of(r.end))));
            let Some(run) = self.proper_from(i).filter(|_| kind || sited || within) else { continue };
            let label = |j: usize| self.doc.token(j).ent_type();
            let free = |j: usize| matches!(label(j), "" | "GPE" | "LOC");
            // The parser takes the odd name of one word for a person or a body.
            let odd = run.len() == 1 && matches!(label(i), "PERSON" | "ORG" | "NORP" | "FAC" | "PRODUCT");
            let name = self.words.join(run.clone());
            let all_free = run.clone().all(free);
            let kind = kind || within && lists(&self.lexicon.quarter, self.words.of(run.end));
            if kind || sited && (all_free || odd) || within && all_free && !in_once.insert(name.clone()) {
                names.insert(name);
            }
        }
        names
    }

    /// True at the name in "the village of X"; a "Department of X" is no place.
    fn kind_of(&self, i: usize) -> bool {
        i >= 2
            && self.words.of(i - 1) == "of"
            && self.doc.token(i - 2).text().starts_with(char::is_lowercase)
            && (lists(&self.lexicon.settlement, self.words.of(i - 2))
                || lists(&self.lexicon.division, self.words.of(i - 2)))
    }

    /// The run of proper nouns from token `i`, at most three.
    fn proper_from(&self, i: usize) -> Option<Range<usize>> {
        let proper = |&j: &usize| {
            let token = self.doc.token(j);
            may_start(token) && token.tag().starts_with("NNP") && !self.words.of(j).is_empty()
        };
        let sentence = self.doc.get(i)?.sent().end;
        let end = (i..sentence.min(i + 3)).take_while(proper).last()? + 1;
        Some(i..self.after_article(end))
    }

    /// A mention of a name that the text introduces elsewhere.
    pub(super) fn named_again(&self, i: usize, introduced: &HashSet<String>) -> Option<Spot> {
        let run = self.proper_from(i).filter(|_| !introduced.is_empty())?;
        let name = (run.start + 1..=run.end).rev().map(|end| i..end);
        let tokens = name.into_iter().find(|range| introduced.contains(&self.words.join(range.clone())))?;
        let key = self.words.join(tokens.clone());
        // Another spelling of a known place would be a guess.
        Some(Spot {
            name: tokens.clone(),
            tokens,
            candidates: Vec::new(),
            key,
            form: Form::Introduced,
            division: false,
            site: false,
            borne: false,
        })
    }
}

/// True at the name in "the bridge at X" and "the outskirts of X".
pub(super) fn is_sited(doc: &Doc, words: &Words, lexicon: &Lexicon, i: usize) -> bool {
    let Some(noun) = i.checked_sub(2).map(|n| doc.token(n)) else { return false };
    let plain = noun.text().starts_with(char::is_lowercase) && noun.pos() == "NOUN";
    let preposition = words.of(i - 1);
    let at = preposition == "at" || lists(&lexicon.locative, preposition);
    plain
        && !lists(&lexicon.ordinary, words.of(i))
        && (at && doc.token(i - 1).tag() == "IN" && lists(&lexicon.sited, words.of(i - 2))
            || preposition == "of" && lists(&lexicon.has_places, words.of(i - 2)))
}
