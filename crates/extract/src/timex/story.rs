//! What the report has said of time so far: the publication date, and the dates that the narrative has reached.
use super::calendar::Stretch;
use super::record::Unit;
use jiff::civil::Date;

/// A date of the narrative.
#[derive(Debug, Clone, Copy)]
struct Point {
    stretch: Stretch,
    /// Sentence in which it stands.
    sentence: usize,
    article: usize,
}

/// Dates in text order.
#[derive(Debug, Default)]
pub(super) struct Story {
    points: Vec<Point>,
}

/// Sentences back that "the same day" can reach.
const REACH: usize = 3;

/// Sentences back that "the quarter" can reach.
const ACCOUNTS: usize = 10;

/// Where in the report an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub sentence: usize,
    pub article: usize,
    pub dct: Option<Date>,
}

impl Story {
    /// Takes note of a resolved date.
    pub(super) fn reach(&mut self, stretch: Stretch, place: Place) {
        self.points.push(Point { stretch, sentence: place.sentence, article: place.article });
    }
    /// The date that the narrative has reached, at least as fine as `unit`, and whether it stands in the same
    /// sentence or the one before.
    pub(super) fn latest(&self, unit: Unit, place: Place) -> Option<(Stretch, bool)> {
        let is_it = |s: Stretch| s.unit() <= unit;
        let near = self.latest_where(place, 1, is_it).map(|s| (s, true));
        near.or_else(|| self.latest_where(place, REACH, is_it).map(|s| (s, false)))
    }
    /// The quarter that the accounts of the report are of: of those mentioned nearby the last that is over.
    pub(super) fn quarter_of_accounts(&self, place: Place) -> Option<Stretch> {
        let near = self.points.iter().filter(|p| p.article == place.article && p.sentence + ACCOUNTS >= place.sentence);
        let quarters =
            near.filter(|p| p.stretch.unit() == Unit::Quarter).filter_map(|p| Some((p.stretch.bounds()?.1, p.stretch)));
        let is_over = |end: Date| place.dct.is_none_or(|dct| end < dct);
        quarters.max_by_key(|(end, _)| (is_over(*end), *end)).map(|(_, s)| s)
    }
    /// The latest date of a kind within so many sentences.
    pub(super) fn latest_where(&self, place: Place, reach: usize, is_it: impl Fn(Stretch) -> bool) -> Option<Stretch> {
        let near =
            self.points.iter().rev().take_while(|p| p.article == place.article && p.sentence + reach >= place.sentence);
        near.map(|p| p.stretch).find(|s| is_it(*s))
    }
}
