//! Numbers of killed and wounded as codebooks want them.
use super::case::Case;
use variorum_model::FigureRange;

/// Lowest, best and highest number of one count, with the claims that give it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Toll {
    pub low: f64,
    pub best: f64,
    pub high: f64,
    pub claims: Vec<String>,
}

impl Toll {
    pub fn of(range: &FigureRange) -> Option<Self> {
        let best = range.best.or(range.min).or(range.max)?;
        let low = range.low.or(range.min).unwrap_or(best);
        let high = range.high.or(range.max).unwrap_or(best);
        let claims = range.observations.iter().map(|o| o.claim.clone()).collect();
        Some(Toll { low, best, high, claims })
    }

    /// Added up, as parts that do not overlap.
    pub fn plus(mut self, other: &Toll) -> Self {
        self.low += other.low;
        self.best += other.best;
        self.high += other.high;
        self.claims.extend(other.claims.iter().cloned());
        self
    }
}

impl Case<'_> {
    fn ranges(&self, measure: &str) -> impl Iterator<Item = &FigureRange> {
        self.incident.figures.iter().filter(move |f| f.measure == measure)
    }

    /// Of everybody.
    pub fn toll(&self, measure: &str) -> Option<Toll> {
        self.ranges(measure).find(|f| f.category == "people" && f.side.is_empty()).and_then(Toll::of)
    }

    /// Of one category, whoever's; the largest where several sides are counted apart.
    pub fn toll_of(&self, measure: &str, category: &str) -> Option<Toll> {
        let tolls = self.ranges(measure).filter(|f| f.category == category).filter_map(Toll::of);
        tolls.max_by(|l, r| l.best.total_cmp(&r.best))
    }

    /// Of the categories that pass, of the sides that pass. Categories overlap (children, women, civilians), so of one
    /// side the largest counts; sides do not, so they add up.
    pub fn toll_among(
        &self,
        measure: &str,
        category: impl Fn(&str) -> bool,
        side: impl Fn(&str) -> bool,
    ) -> Option<Toll> {
        let mut by_side: Vec<(&str, Toll)> = Vec::new();
        for range in self.ranges(measure).filter(|f| category(&f.category) && side(&f.side)) {
            let Some(toll) = Toll::of(range) else { continue };
            match by_side.iter_mut().find(|(of, _)| *of == range.side) {
                Some((_, known)) if known.best >= toll.best => {}
                Some((_, known)) => *known = toll,
                None => by_side.push((&range.side, toll)),
            }
        }
        // A count without a side is over all sides: it holds those that name one, unless these are more.
        let all = by_side.iter().position(|(of, _)| of.is_empty()).map(|i| by_side.swap_remove(i).1);
        let sum = by_side.into_iter().map(|(_, toll)| toll).reduce(|sum, toll| sum.plus(&toll));
        match (all, sum) {
            (Some(all), Some(sum)) => Some(if sum.best > all.best { sum } else { all }),
            (all, sum) => all.or(sum),
        }
    }

    /// Killed or wounded civilians: those who are counted as civilians, else everybody where no fighter is counted.
    pub fn civilian_toll(&self, measure: &str, is_fighter: impl Fn(&str) -> bool) -> Option<Toll> {
        let civilians = self.toll_of(measure, "civilians");
        if civilians.is_some() {
            return civilians;
        }
        let fighters = self.ranges(measure).any(|f| is_fighter(&f.category));
        // "Four people, two of them soldiers" leaves open who the others are; "a child" does not.
        let not_armed = |c: &str| !is_fighter(c) && c != "other" && !(fighters && c == "people");
        self.toll_among(measure, not_armed, |_| true)
    }
}
