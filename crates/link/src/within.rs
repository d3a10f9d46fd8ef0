//! Two claims of one report, compared: the bits for their being about one happening.
use crate::features::*;
use crate::grouping::Grouping;
use crate::kinds::{KindLevel, Role};
use crate::site::{PlaceLevel, is_spot, place_level};
use crate::story::cosine;
use crate::waterfall::{Record, decimals};
use crate::weights::{Bits, KindWeights};

/// Code points between what is alleged and a denial that does not say what it denies.
const REPLY: usize = 1000;

/// Code points between a demand and what it asks for.
const BESIDE: usize = 2;

impl Grouping<'_> {
    /// Bits for the two claims being about one happening.
    pub fn pair(&self, l: &Features, r: &Features, record: &mut impl Record) -> Bits {
        let w = self.weights;
        let mut bits = record.step("prior", || "claims".to_owned(), w.prior.0);
        let (first, then) = if l.start <= r.start { (l, r) } else { (r, l) };
        let again = first.came_about && then.again.contains(&self.kinds.family(first.kind));
        let term = l.term && self.kinds.is_truce(r.kind) || r.term && self.kinds.is_truce(l.kind);
        let kind = match self.kinds.level(l.kind, r.kind) {
            // Who calls for a truce, for talks, or offers to mediate works for one thing.
            KindLevel::Related if l.effort && r.effort => KindLevel::Family,
            KindLevel::Related if again => KindLevel::Family,
            KindLevel::Related | KindLevel::Other if term => KindLevel::Family,
            level => level,
        };
        bits += record.step("type", || format!("{kind:?}"), kind_bits(&w.kind, kind));
        // What is said of a happening is said on its day or later.
        let role = |f: &Features| self.kinds.role(f.kind);
        let later = |event: &Features, talk: &Features| {
            role(event) == Role::Event
                && role(talk) != Role::Event
                && event.time.zip(talk.time).is_some_and(|(e, t)| e.first < t.first)
        };
        let time = match yearly_level((l.time, l.yearly), (r.time, r.yearly)) {
            TimeLevel::Adjacent | TimeLevel::Apart if later(l, r) || later(r, l) => TimeLevel::Unknown,
            level => level,
        };
        let time_bits = match time {
            TimeLevel::Same => w.time.same,
            TimeLevel::Overlap => w.time.overlap,
            TimeLevel::Unknown => w.time.unknown,
            TimeLevel::Adjacent => w.time.adjacent,
            TimeLevel::Apart => w.time.apart,
            TimeLevel::Far => w.time.far,
        };
        bits += record.step("time", || format!("{time:?}"), time_bits.0);
        let place = match place_level(&l.sites, &r.sites) {
            // What lasts in a region is the region's.
            PlaceLevel::Near if self.kinds.lasts(l.kind, l.time) && self.kinds.lasts(r.kind, r.time) => {
                PlaceLevel::Same
            }
            level => level,
        };
        let place_bits = match place {
            PlaceLevel::Same => w.place.same,
            PlaceLevel::Near => w.place.near,
            PlaceLevel::Unknown => w.place.unknown,
            PlaceLevel::Apart => w.place.apart,
            PlaceLevel::Named => w.place.named,
            PlaceLevel::Far => w.place.far,
        };
        bits += record.step("place", || format!("{place:?}"), place_bits.0);
        let parties = match party_level(&l.parties, &r.parties) {
            // Of those who make a truce, and who brokers it, a sentence names one or the other.
            PartyLevel::None if self.kinds.is_truce(l.kind) && self.kinds.is_truce(r.kind) => PartyLevel::Unknown,
            PartyLevel::None if kind == KindLevel::Aftermath && is_common_of_one(&l.parties, &r.parties) => {
                PartyLevel::Unknown
            }
            PartyLevel::None if term || again && self.kinds.is_truce(first.kind) => PartyLevel::Unknown,
            level => level,
        };
        let party_bits = match parties {
            PartyLevel::Same => w.parties.same,
            PartyLevel::Share => w.parties.share,
            PartyLevel::Unknown => w.parties.unknown,
            PartyLevel::None => w.parties.none,
        };
        bits += record.step("parties", || format!("{parties:?}"), party_bits.0);
        let figures = figure_level(&l.tallies, &r.tallies);
        let figure_bits = match figures {
            FigureLevel::Agree => w.figures.agree,
            FigureLevel::Unknown => w.figures.unknown,
            FigureLevel::Differ => w.figures.differ,
        };
        bits += record.step("figures", || format!("{figures:?}"), figure_bits.0);
        let words = cosine(&l.terms, &r.terms);
        bits += record.step("sentences", || decimals(words, 2), w.text.at(words));
        let between = l.start.max(r.start).saturating_sub(l.end.min(r.end));
        bits += record.step("distance", || between.to_string(), w.distance.at(between as f32));
        if l.background != r.background {
            bits += record.step("background", || "one of two".to_owned(), w.other.background.0);
        }
        // What is asked for is not there yet.
        let demand = self.kinds.kind("demand");
        let said = kind == KindLevel::Speech && (l.kind == demand || r.kind == demand);
        if l.planned != r.planned && !term && !said {
            bits += record.step("planned", || "one of two".to_owned(), w.other.planned.0);
        }
        if l.broad && is_spot(&r.sites) || r.broad && is_spot(&l.sites) {
            bits += record.step("part", || "a whole and a part".to_owned(), w.other.part.0);
        }
        // "A call by the guild to take to the streets", "met at the request of Oria"
        let asked = said && between <= BESIDE;
        if asked || kind == KindLevel::Speech && (self.speaks_of(l, r) || self.speaks_of(r, l)) {
            bits += record.step("topic", || "named".to_owned(), w.topic.0);
        }
        if kind <= KindLevel::Related && (again || term) {
            bits += record.step("again", || "pointed at".to_owned(), w.again.0);
        }
        if self.answers(l, r) {
            bits += record.step("answer", || "one to the other".to_owned(), w.other.answers.0);
        }
        bits
    }

    /// What says nothing of a happening: "Oria is an old ally of Vesna", "grew critical of Oria".
    pub(super) fn is_standing(&self, claim: &Features) -> bool {
        claim.relational || claim.background && claim.kind == self.kinds.kind("other")
    }

    /// What is itself no truce is told as part of one: "would leave the hills under the truce", "had no hand in negotiating the deal".
    pub(super) fn is_of_truce(&self, claim: &Features) -> bool {
        let talks = self.kinds.is_talks(claim.kind) && claim.again.contains(&self.kinds.truce());
        (claim.term || talks) && !self.kinds.is_truce(claim.kind)
    }

    /// An act of speech names such a happening.
    fn speaks_of(&self, speech: &Features, event: &Features) -> bool {
        speech.topics.contains(&self.kinds.family(event.kind))
    }

    /// One denies the other, or each accuses the other. "Oria rejected the allegations" answers what it was blamed for shortly
    /// before, not all that Oria is said to do.
    pub(super) fn answers(&self, l: &Features, r: &Features) -> bool {
        let bare = self.kinds.kind("denial");
        let follows = |denial: &Features, said: &Features| {
            denial.kind != bare
                || said.blames && said.start <= denial.start && denial.start.saturating_sub(said.end) <= REPLY
        };
        l.stand.answers(&r.stand) && follows(l, r) && follows(r, l)
    }
}

/// What a level of types weighs.
pub(crate) fn kind_bits(w: &KindWeights, level: KindLevel) -> Bits {
    match level {
        KindLevel::Same => w.same,
        KindLevel::Family => w.family,
        KindLevel::Sibling => w.sibling,
        KindLevel::Related => w.related,
        KindLevel::Aftermath => w.aftermath,
        KindLevel::Speech => w.speech,
        KindLevel::Talk => w.talk,
        KindLevel::Other => w.other,
    }
    .0
}
