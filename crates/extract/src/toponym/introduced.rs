//! Names that only the text itself says are places: what the gazetteer does not hold, it may introduce.
use super::lexicon::lists;
use super::spot::{Finder, Form, Spot, may_start};
use std::collections::HashSet;
use std::ops::Range;

impl Finder<'_> {
    /// Names that the text introduces as places: once by "the village of X", or twice by "in X" and its like where the
    /// parser sees nothing else in them.
    pub(super) fn introduced(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        let mut in_once = HashSet::new();
        for i in 1..self.doc.len() {
            let kind = self.kind_of(i);
            let within = lists(&self.lexicon.locative, self.words.of(i - 1)) && self.doc.token(i - 1).tag() == "IN";
            let Some(run) = self.proper_from(i).filter(|_| kind || within) else { continue };
            let free = |j: usize| self.doc.token(j).entity().is_none_or(|e| matches!(e.label.as_str(), "GPE" | "LOC"));
            let name = self.words.join(run.clone());
            if kind || run.clone().all(free) && !in_once.insert(name.clone()) {
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
        Some(i..end)
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
        })
    }
}
