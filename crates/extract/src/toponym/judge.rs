//! Which spots are places: the parser's label, the name's weight and the words around it, added up.
use super::gazetteer::{Candidate, Gazetteer, Place};
use super::introduced::is_sited;
use super::layout::{Kind, NameClass};
use super::lexicon::{Lexicon, lists};
use super::spot::{Form, Spot};
use super::words::Words;
use std::collections::HashMap;
use variorum_syntax::{Doc, Token};

/// Score from which a spot is a place.
const THRESHOLD: f32 = 1.0;

/// Prominence below which a place is less likely meant than somebody of its name whom the report tells of: 10,000 people.
const HAMLET: f32 = 4.0;

/// What a spot was judged to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    /// Sum of the evidence; a place from [`THRESHOLD`] on.
    pub(super) score: f32,
    /// The name is part of an organisation's name.
    pub(super) embedded: bool,
}

impl Verdict {
    pub(super) fn is_place(self) -> bool {
        self.score >= THRESHOLD
    }
}

/// How well known a place is, in decimal powers of its population, before any context is known.
pub(super) fn prominence(place: &Place<'_>, class: NameClass) -> f32 {
    let kind = match place.kind {
        Kind::Country => 3.0,
        Kind::Admin1 => 1.0,
        Kind::Continent | Kind::Region | Kind::Sea => 10.5,
        Kind::Mountain | Kind::Lake | Kind::River | Kind::Facility => 6.5,
        Kind::Admin2 => -0.7,
        Kind::Capital => 3.0,
        Kind::Settlement => 0.0,
    };
    let class = match class {
        NameClass::Primary | NameClass::Demonym => 0.0,
        NameClass::Stripped => -1.5,
        // An ancient name of a capital ("Philadelphia" of Amman) makes nobody think of it.
        NameClass::Alternate if place.kind == Kind::Capital => -3.0,
        NameClass::Alternate => -1.5,
    };
    place.log_population + kind + class
}

/// What judging needs to see.
pub(super) struct Judge<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: &'a Lexicon,
    pub(super) doc: &'a Doc,
    pub(super) words: &'a Words,
}

impl Judge<'_> {
    /// Verdicts of all spots.
    pub(super) fn verdicts(&self, spots: &[Spot]) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> = spots.iter().enumerate().map(|(i, s)| self.verdict(spots, i, s)).collect();
        let surnames = self.surnames();
        let mut best: HashMap<&str, f32> = HashMap::new();
        for (spot, verdict) in spots.iter().zip(&verdicts).filter(|(_, v)| !v.embedded) {
            let score = best.entry(&spot.key).or_insert(f32::MIN);
            *score = score.max(verdict.score);
        }
        // A name that is surely a place once is one elsewhere; a name that is a person's is not.
        for (i, (spot, verdict)) in spots.iter().zip(&mut verdicts).enumerate() {
            let person = surnames.contains(&spot.key);
            let best = best.get(spot.key.as_str()).copied().unwrap_or(0.0);
            if best >= THRESHOLD + 2.0 && !person && !verdict.embedded && verdict.score > -3.5 {
                // "The town of Orlec … had seized Orlec", which the parser takes for a person: it is the town, unless it acts.
                let acts = self.doc.slice(spot.tokens.clone()).root().dep() == "nsubj";
                let misread = self.label(spot) == Label::Person && spot.tokens.len() == 1 && !acts;
                verdict.score += if misread { 5.0 } else { 2.5 };
            } else if person && (self.label(spot) != Label::Place || !self.is_where(spots, i) || self.is_hamlet(spot)) {
                // "Marden said": of a name that is a person's, who acts is the person.
                let acts = self.doc.slice(spot.tokens.clone()).root().dep() == "nsubj";
                verdict.score -= if acts { 6.0 } else { 4.0 };
            }
        }
        verdicts
    }

    /// A name of which the gazetteer holds small places only.
    fn is_hamlet(&self, spot: &Spot) -> bool {
        let small = |c: &Candidate| prominence(&self.gazetteer.place(c.place), c.class) < HAMLET;
        spot.form == Form::Name && !spot.candidates.is_empty() && spot.candidates.iter().all(small)
    }

    fn verdict(&self, spots: &[Spot], i: usize, spot: &Spot) -> Verdict {
        let label = self.label(spot);
        let embedded = label == Label::InOrganisation && self.is_embedded(spot);
        let mut score = match spot.form {
            Form::Abbreviation => 4.0,
            Form::Postal => return self.postal(spots, i),
            Form::Site => 1.5,
            Form::Unknown => self.unknown(spot),
            Form::Introduced => self.unknown(spot) + 1.0,
            Form::Demonym => 0.5 + self.weight(spot),
            Form::Name => self.weight(spot),
        };
        score += match label {
            Label::Place => 4.0,
            Label::Nation => {
                if spot.form == Form::Demonym {
                    4.0
                } else {
                    1.0
                }
            }
            Label::Organisation => 0.0,
            Label::InOrganisation => self.body(spot),
            Label::Person => -2.5,
            Label::InPerson => -7.0,
            Label::Work => -1.0,
            Label::InWork => -3.0,
            Label::Number => -5.0,
            Label::None => 0.0,
        };
        score += self.company(spots, i, spot) + self.shape(spot);
        Verdict { score, embedded }
    }

    /// Weight of the name: how well known its best place is, how long and how ordinary the name.
    fn weight(&self, spot: &Spot) -> f32 {
        let prominence = |c: &Candidate| prominence(&self.gazetteer.place(c.place), c.class);
        let best = spot.candidates.iter().map(prominence).fold(0.0, f32::max);
        let mut score = (best - 5.0) * 0.7;
        let n_words = spot.key.split(' ').count();
        if n_words > 1 {
            score += 1.5;
        } else if lists(&self.lexicon.direction, &spot.key) && !spot.division {
            // A side of a town or of the world, whatever division is called so.
            score -= 9.0;
        } else if lists(&self.lexicon.ordinary, &spot.key) {
            score -= 6.0;
        } else if lists(&self.lexicon.personal, &spot.key) {
            score -= 1.5;
        } else if spot.key.len() <= 3 {
            score -= 2.0;
        }
        score
    }

    /// A labelled stretch that the gazetteer does not hold: the label is right three times in four.
    fn unknown(&self, spot: &Spot) -> f32 {
        let first = self.doc.token(spot.tokens.start);
        if spot.tokens.len() == 1 && lists(&self.lexicon.ordinary, &spot.key) {
            return -6.0;
        }
        if !first.tag().starts_with("NNP") {
            -4.5
        } else if spot.key.len() < 3 {
            -4.0
        } else {
            -2.0
        }
    }

    /// "Springfield, IL": only after a comma or an opening bracket that follows a name.
    fn postal(&self, spots: &[Spot], i: usize) -> Verdict {
        let start = spots[i].tokens.start;
        let separated = start > 0 && matches!(self.doc.token(start - 1).text(), "," | "(");
        let after_name = i > 0 && spots[i - 1].tokens.end + 1 == start;
        let bound = separated && after_name && {
            let state = spots[i].candidates[0].place;
            spots[i - 1].candidates.iter().any(|c| self.gazetteer.holds(state, c.place))
                || self.label(&spots[i - 1]) == Label::Place
        };
        let label = self.label(&spots[i]);
        Verdict { score: if bound || (separated && label == Label::Place) { 4.0 } else { -9.0 }, embedded: false }
    }

    /// Evidence of the neighbouring words.
    fn company(&self, spots: &[Spot], i: usize, spot: &Spot) -> f32 {
        let mut score: f32 = 0.0;
        let start = spot.tokens.start;
        let before = if start == 0 { "" } else { self.words.of(start - 1) };
        let same_sentence =
            |j: usize| self.doc.get(j).is_some_and(|t| t.sent_index() == self.doc.token(start).sent_index());
        let before = if start > 0 && same_sentence(start - 1) { before } else { "" };
        let mut left = before;
        let mut at = start;
        while at > 1 && (lists(&self.lexicon.direction, left) || left == "the") && same_sentence(at - 2) {
            at -= 1;
            left = self.words.of(at - 1);
        }
        let name = self.doc.token(spot.tokens.end - 1);
        let object = name.dep() == "dobj" && name.head().i() + 1 == start;
        let person = self.label(spot) == Label::Person;
        if lists(&self.lexicon.assailing, before) && object {
            // Nobody shells a person, whatever the parser calls the name.
            score += if person { 4.3 } else { 1.8 };
        } else if person && self.is_nobody(spot, name, before) {
            score += 4.3;
        } else if lists(&self.lexicon.taking, before) && object && !person
            || lists(&self.lexicon.locative, left)
            || lists(&self.lexicon.locative, before)
        {
            score += 1.8;
        } else if lists(&self.lexicon.weak_locative, left) {
            score += 0.7;
        }
        let of = self.is_of(start, 2);
        if lists(&self.lexicon.settlement, before) || lists(&self.lexicon.division, before) || of {
            // Of a name that nothing else is known of, "the village of X" is all there is, and it is enough; so it is of one
            // that the parser takes for a person's.
            let enough = spot.form == Form::Introduced || spot.form == Form::Name && self.label(spot) == Label::Person;
            score += if of && enough { 5.0 } else { 2.5 };
        }
        if spot.by_kind && !of {
            score += if spot.form == Form::Introduced || self.label(spot) == Label::Person { 5.0 } else { 2.5 };
        }
        if is_sited(self.doc, self.words, self.lexicon, start) {
            // "The mayor of Orlec", which the parser takes for a person: nobody has a mayor.
            let misread = person && spot.form == Form::Name && spot.tokens.len() > 1;
            score += if spot.form == Form::Introduced || misread { 4.5 } else { 1.5 };
        }
        if lists(&self.lexicon.title, before) && spot.form != Form::Demonym {
            score -= 4.0;
        }
        // "The 5100 block of Orlec": a street; "of Alder Street" names it.
        if !spot.site && start > 1 && self.words.of(start - 1) == "of" && self.words.of(start - 2) == "block" {
            score -= 9.0;
        }
        let end = spot.tokens.end;
        let after = if same_sentence(end) { self.words.of(end) } else { "" };
        if lists(&self.lexicon.division, after) && spot.form == Form::Name {
            score += 2.0;
        }
        if lists(&self.lexicon.quarter, after) {
            score += if spot.form == Form::Introduced { 5.0 } else { 3.0 };
        }
        if self.contained(spots, i) {
            score += 3.5;
        }
        score
    }

    /// "village of X", "province of X".
    fn is_of(&self, start: usize, back: usize) -> bool {
        start >= back
            && self.words.of(start - 1) == "of"
            && (lists(&self.lexicon.settlement, self.words.of(start - 2))
                || lists(&self.lexicon.division, self.words.of(start - 2)))
    }

    /// "X, Y" where Y holds X.
    pub(super) fn contained(&self, spots: &[Spot], i: usize) -> bool {
        let Some(next) = spots.get(i + 1) else { return false };
        let end = spots[i].tokens.end;
        // "Marden, U.S. envoy Ivo Brandt and others": the country is the envoy's.
        let last = self.doc.token(next.tokens.end - 1);
        let country = next.candidates.iter().any(|c| self.gazetteer.kind(c.place) == Kind::Country);
        let modifies = country && last.head().i() > last.i() && matches!(last.dep(), "compound" | "amod" | "nmod");
        !modifies
            && next.tokens.start == end + 1
            && matches!(self.doc.token(end).text(), "," | "(")
            && next.form != Form::Demonym
            && spots[i]
                .candidates
                .iter()
                .any(|c| next.candidates.iter().any(|h| h.place != c.place && self.gazetteer.holds(h.place, c.place)))
    }

    /// Evidence of the tags and letters of the spot itself.
    fn shape(&self, spot: &Spot) -> f32 {
        let token = self.doc.token(spot.tokens.end - 1);
        let mut score = match token.tag() {
            "NNP" | "NNPS" => 0.5,
            "JJ" | "NNS" | "NN" if spot.form == Form::Demonym => 0.5,
            "JJ" | "NN" | "NNS" => -1.0,
            _ => -3.0,
        };
        if spot.tokens.start == token.sent().start && self.label(spot) == Label::None {
            score -= 1.0;
        }
        // Between other capitalised words a name is a part of a longer one.
        let capital = |t: Option<Token<'_>>| {
            t.is_some_and(|t| {
                t.tag().starts_with("NNP")
                    && t.sent_index() == token.sent_index()
                    && t.text().starts_with(char::is_uppercase)
            })
        };
        if self.label(spot) == Label::None && spot.form == Form::Name {
            let before = spot.tokens.start.checked_sub(1).and_then(|j| self.doc.get(j));
            if capital(before) || capital(self.doc.get(spot.tokens.end)) {
                score -= 2.0;
            }
        }
        score
    }

    /// A name inside an organisation's name.
    fn body(&self, spot: &Spot) -> f32 {
        let Some(entity) = self.doc.token(spot.name.start).entity() else { return 0.0 };
        let mut score: f32 = -2.0;
        for i in (entity.start..entity.end).filter(|i| !spot.tokens.contains(i)) {
            let word = self.words.of(i);
            if lists(&self.lexicon.private_body, word) {
                return -5.0;
            }
            if lists(&self.lexicon.public_body, word) {
                score = 2.0;
            }
        }
        score
    }

    fn is_embedded(&self, spot: &Spot) -> bool {
        self.doc
            .token(spot.name.start)
            .entity()
            .is_some_and(|e| e.end > spot.tokens.end || e.start + 1 < spot.tokens.start)
    }

    /// What the parser labels the spot.
    pub(super) fn label(&self, spot: &Spot) -> Label {
        let entity = (spot.name.clone()).find_map(|i| self.doc.token(i).entity());
        let Some(entity) = entity else { return Label::None };
        let the = usize::from(self.words.of(entity.start) == "the");
        let last = self.doc.token(entity.end - 1);
        let possessive = usize::from(last.tag() == "POS");
        let whole = entity.start + the >= spot.tokens.start && entity.end - possessive <= spot.tokens.end;
        match (entity.label.as_str(), whole) {
            ("GPE" | "LOC" | "FAC", _) => Label::Place,
            ("NORP" | "LANGUAGE", _) => Label::Nation,
            ("ORG", true) => Label::Organisation,
            ("ORG", false) => Label::InOrganisation,
            ("PERSON", true) => Label::Person,
            // "Retook Mariupol": the parser takes the verb for a first name.
            ("PERSON", false) if self.doc.token(entity.start).tag().starts_with("VB") => Label::None,
            ("PERSON", false) => Label::InPerson,
            // "The battle for Aleppo"
            ("EVENT", _) | ("PRODUCT" | "WORK_OF_ART" | "LAW", true) => Label::Work,
            ("PRODUCT" | "WORK_OF_ART" | "LAW", false) => Label::InWork,
            _ => Label::Number,
        }
    }
}

/// The parser's label, and whether it covers more than the spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    None,
    Place,
    Nation,
    Organisation,
    InOrganisation,
    Person,
    InPerson,
    Work,
    InWork,
    Number,
}
