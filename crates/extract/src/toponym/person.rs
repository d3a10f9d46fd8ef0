//! Names that the parser takes for a person's: which of them stand where only a place can.
use super::gazetteer::Candidate;
use super::judge::{Judge, prominence};
use super::lexicon::lists;
use super::spot::{Form, Spot};
use std::collections::HashSet;
use std::ops::Range;
use variorum_syntax::{Entity, Token};

/// Prominence from which what is seized is a city, whatever the parser takes it for: 100,000 people.
const CITY: f32 = 5.0;

impl Judge<'_> {
    /// True where a name stands as no person does: "in X" (but for "confidence in X"), "control of X"; of a city, or a name of several
    /// words, behind any such preposition; of a city, "seized X".
    pub(super) fn is_nobody(&self, spot: &Spot, name: Token<'_>, before: &str) -> bool {
        let start = spot.tokens.start;
        let led = name.head().i() + 1 == start;
        let told_apart = || spot.key.contains(' ') || self.is_town(spot, name);
        let inside = before == "in" || lists(&self.lexicon.locative, before) && told_apart();
        let over =
            start > 1 && matches!(before, "of" | "for") && lists(&self.lexicon.fought_over, self.words.of(start - 2));
        let seized = lists(&self.lexicon.taking, before) && name.dep() == "dobj" && led && self.is_town(spot, name);
        inside && name.dep() == "pobj" && led && self.is_located(name) || over || seized
    }

    /// A city, or "X, the largest city of the region".
    fn is_town(&self, spot: &Spot, name: Token<'_>) -> bool {
        let large = |c: &Candidate| prominence(&self.gazetteer.place(c.place), c.class) >= CITY;
        let called = |t: Token<'_>| t.dep() == "appos" && lists(&self.lexicon.settlement, self.words.of(t.i()));
        spot.form == Form::Name && (spot.candidates.iter().any(large) || name.children().any(called))
    }

    /// Not "confidence in X", "believes in X".
    fn is_located(&self, name: Token<'_>) -> bool {
        let whose = name.head().head();
        !lists(&self.lexicon.in_somebody, self.words.of(whose.i())) && name.children().all(|c| c.dep() != "case")
    }

    /// Words of persons' names in the document.
    pub(super) fn surnames(&self) -> HashSet<String> {
        // "Retook Mariupol" is nobody.
        let named = |e: &&Entity| !self.doc.token(e.start).tag().starts_with("VB");
        let people = self.doc.entities().iter().filter(|e| e.label == "PERSON" && e.end - e.start > 1).filter(named);
        people
            .flat_map(|e| e.start..e.end)
            .filter(|&i| self.doc.token(i).tag().starts_with("NNP"))
            .map(|i| self.words.of(i).to_owned())
            .collect()
    }

    /// True where a name stands as places do: after "in", "to" and the like, before "police" and before what holds it.
    pub(super) fn is_where(&self, spots: &[Spot], i: usize) -> bool {
        let Range { start, end } = spots[i].tokens;
        let before = start.checked_sub(1).map_or("", |i| self.words.of(i));
        let lexicon = self.lexicon;
        let listed =
            [&lexicon.locative, &lexicon.weak_locative, &lexicon.direction].iter().any(|list| lists(list, before));
        listed || before == "the" || lists(&lexicon.public_body, self.words.of(end)) || self.contained(spots, i)
    }
}
