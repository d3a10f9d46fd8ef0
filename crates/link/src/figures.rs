//! All numbers given for an incident: ranges, observations, estimates.
use crate::calendar;
use crate::evidence::Evidence;
use crate::origins::Origins;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Figure, FigureRange, Observation, Scope};

/// One number as one claim gives it, with the claim's position in the evidence.
pub(crate) struct Seen<'a> {
    pub at: usize,
    pub figure: &'a Figure,
    /// Day up to which it counts, else the day of the happening, else that of publication.
    pub day: Option<calendar::Day>,
    pub voice: &'a str,
}

impl Seen<'_> {
    /// The number said, else the nearest the words come to one.
    pub fn number(&self) -> Option<f64> {
        self.figure.value.or(self.figure.min).or(self.figure.max)
    }
    /// Lowest and highest numbers that the words allow.
    pub fn allowed(&self) -> (f64, f64) {
        use variorum_model::Bound::*;
        let figure = self.figure;
        let value = figure.value;
        let low = figure.min.or(value).unwrap_or(0.0);
        let high = figure.max.or(value).unwrap_or(f64::INFINITY);
        match figure.bound {
            Exactly => (value.unwrap_or(low), value.unwrap_or(high)),
            AtLeast => (low, figure.max.unwrap_or(f64::INFINITY)),
            AtMost => (figure.min.unwrap_or(0.0), high),
            // "About 50" is said of 45 and of 55.
            About => (value.map_or(low, |v| (v * 0.9).floor()), value.map_or(high, |v| (v * 1.1).ceil())),
            Range | Vague => (low, high),
        }
    }
    pub fn is_about_the_incident(&self) -> bool {
        matches!(self.figure.scope, Scope::Incident | Scope::Unknown)
    }
}

/// What one range is about: measure, category, side.
pub(crate) type RangeKey<'a> = (&'a str, &'a str, &'a str);

/// Numbers that are said to hold, by what they count.
pub(crate) fn seen<'a>(evidence: &'a [Evidence<'a>]) -> BTreeMap<RangeKey<'a>, Vec<Seen<'a>>> {
    let mut all: BTreeMap<RangeKey<'a>, Vec<Seen<'a>>> = BTreeMap::new();
    for (at, e) in evidence.iter().enumerate().filter(|(_, e)| e.is_factual()) {
        for figure in &e.claim.figures {
            let key = (figure.measure.as_str(), figure.category.as_str(), figure.side.as_str());
            let own = e.time.filter(|time| time.width() <= 7).map(|time| time.last);
            let day = figure.as_of.as_deref().and_then(calendar::day).or(own).or(e.published);
            all.entry(key).or_default().push(Seen { at, figure, day, voice: &e.voice });
        }
    }
    for list in all.values_mut() {
        list.sort_by_key(|s| (s.day.is_none(), s.day, s.at, s.figure.quote.span.start));
    }
    all
}

/// The name of the rule of [`estimates`].
const POLICY: &str = "ucdp";

pub(crate) fn ranges(evidence: &[Evidence<'_>], origins: &Origins) -> Vec<FigureRange> {
    let mut ranges = Vec::new();
    for ((measure, category, side), list) in seen(evidence) {
        let numbers = || list.iter().filter_map(Seen::number);
        let (low, best, high) = estimates(&list, origins);
        let observations = list.iter().map(|s| Observation {
            claim: evidence[s.at].claim.id.clone(),
            value: s.figure.value,
            min: s.figure.min,
            max: s.figure.max,
            bound: s.figure.bound,
            sources: evidence[s.at].sources(),
            origin: origins.of[s.at].clone(),
            as_of: s.figure.as_of.clone(),
            published: evidence[s.at].published.map(calendar::iso),
        });
        ranges.push(FigureRange {
            measure: measure.to_owned(),
            category: category.to_owned(),
            side: side.to_owned(),
            min: numbers().min_by(f64::total_cmp),
            max: list.iter().filter_map(|s| s.figure.value.or(s.figure.max).or(s.figure.min)).max_by(f64::total_cmp),
            low,
            best,
            high,
            policy: POLICY.to_owned(),
            observations: observations.collect(),
        });
    }
    ranges
}

/// Low, best and high in the spirit of the UCDP GED codebook: what each voice said last counts, earlier tolls of the same
/// voice being superseded; low and high are the lowest and highest of these; best is what most independent origins give,
/// the later and then the lower one where equal. Numbers over a longer stretch than the incident count failing others.
fn estimates(list: &[Seen<'_>], origins: &Origins) -> (Option<f64>, Option<f64>, Option<f64>) {
    let own: Vec<&Seen<'_>> = list.iter().filter(|s| s.is_about_the_incident()).collect();
    let list = if own.is_empty() { list.iter().collect() } else { own };
    let mut last: BTreeMap<&str, &Seen<'_>> = BTreeMap::new();
    for s in list.into_iter().filter(|s| s.number().is_some()) {
        last.insert(s.voice, s);
    }
    let numbers: Vec<f64> = last.values().filter_map(|s| s.number()).collect();
    let low = numbers.iter().copied().min_by(f64::total_cmp);
    let high = last.values().filter_map(|s| s.figure.value.or(s.figure.max).or(s.figure.min)).max_by(f64::total_cmp);
    let mut votes: Vec<(f64, BTreeSet<&str>, Option<calendar::Day>)> = Vec::new();
    for s in last.values() {
        let Some(number) = s.number() else { continue };
        let origin = origins.of[s.at].as_str();
        match votes.iter_mut().find(|(n, ..)| *n == number) {
            Some((_, by, day)) => {
                by.insert(origin);
                *day = (*day).max(s.day);
            }
            None => votes.push((number, BTreeSet::from([origin]), s.day)),
        }
    }
    votes.sort_by(|l, r| l.0.total_cmp(&r.0));
    let best = votes.iter().enumerate().max_by_key(|(i, (_, by, day))| (by.len(), *day, Reverse(*i)));
    (low, best.map(|(_, (number, ..))| *number), high)
}
