//! Far namesakes: a small place that only shares its name with what the report means.
//!
//! The gazetteer holds few of the world's villages, quarters and sites, and some namesake of most of them. A wrong place
//! stated with confidence is worse than none, so a choice that nothing but its name speaks for is dropped.
use super::gazetteer::Candidate;
use super::layout::{Kind, NameClass};
use super::lexicon::{Lexicon, lists};
use super::spot::{Finder, Form, Spot};
use variorum_syntax::{Doc, Token};

/// What the other names of a report must add for a place, below which they do not speak for it (as evidence in
/// `resolve.rs`: their country, their divisions, their nearness).
pub(super) const SPOKEN_FOR: f32 = 1.0;
/// Prominence (decimal power of people) below which an alternate name, or a part of a longer one, is too little by itself:
/// a city of a million.
const LARGE: f32 = 6.0;
/// Prominence below which a settlement is small: 100,000 people.
const SMALL: f32 = 5.0;
/// Other located names that would speak for a place if it were theirs.
const COMPANY: usize = 3;

/// What the report says of a choice, beside the choice itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// Decimal power of people, less what another name than the own one costs.
    pub(super) prior: f32,
    /// What the report's other names add.
    pub(super) support: f32,
    /// All mentions of the name are parts of longer names.
    pub(super) part: bool,
    /// Number of other names in the report that the gazetteer holds.
    pub(super) others: usize,
}

/// True for a settlement of the built-in gazetteer that the report does not speak of: known by another name only, small
/// among several names that all lie elsewhere, or named by a part of the words. So is a county whose name lacks its "County".
pub(super) fn is_far_namesake(candidate: Candidate, kind: Kind, evidence: Evidence) -> bool {
    let Evidence { prior, support, part, others } = evidence;
    let county = kind == Kind::Admin2 && candidate.class == NameClass::Stripped && others > 0;
    (kind == Kind::Settlement || county)
        && candidate.place.is_built_in()
        && support < SPOKEN_FOR
        && (county
            || (candidate.class == NameClass::Alternate || part) && prior < LARGE
            || others >= COMPANY && prior < SMALL)
}

impl Finder<'_> {
    /// For each spot, whether the parser sees it inside a longer name of a place: proper nouns beside it that are no place of
    /// their own and no words such as "City of" or "North".
    pub(super) fn parts(&self, spots: &[Spot]) -> Vec<bool> {
        spots.iter().map(|spot| self.is_part(spots, spot)).collect()
    }

    fn is_part(&self, spots: &[Spot], spot: &Spot) -> bool {
        let entity = spot.name.clone().find_map(|i| self.doc.token(i).entity());
        let Some(entity) = entity.filter(|e| matches!(e.label.as_str(), "GPE" | "LOC" | "FAC")) else { return false };
        (entity.start..entity.end)
            .any(|i| is_name(self.doc, i) && !self.says_kind(i) && !spots.iter().any(|s| s.name.contains(&i)))
    }

    /// "City", "County", "North", "Avenue": what a name is, not a name.
    fn says_kind(&self, i: usize) -> bool {
        let Lexicon { settlement, division, direction, public_body, site, natural, street, building, .. } =
            self.lexicon;
        let word = self.words.of(i);
        [settlement, division, direction, public_body, site, natural, street, building].iter().any(|l| lists(l, word))
    }
}

/// "Seoul Central District Court": of a body's name only the first place is one, what follows it goes on with the name.
pub(super) fn drop_second_parts(doc: &Doc, spots: &mut Vec<Spot>, embedded: &mut Vec<bool>) {
    let entity = |i: usize| doc.token(i).entity().map(|e| e.start);
    let second = |i: usize| {
        let (before, spot) = (&spots[i - 1].tokens, &spots[i].tokens);
        embedded[i]
            && spots[i].form == Form::Name
            && before.end == spot.start
            && entity(before.start) == entity(spot.start)
    };
    let dropped: Vec<usize> = (1..spots.len()).filter(|&i| second(i)).collect();
    for i in dropped.into_iter().rev() {
        spots.remove(i);
        embedded.remove(i);
    }
}

fn is_name(doc: &Doc, i: usize) -> bool {
    let proper = |t: Token<'_>| t.tag().starts_with("NNP") && t.text().starts_with(char::is_uppercase);
    doc.get(i).is_some_and(proper)
}
