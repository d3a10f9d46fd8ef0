//! All numbers given for an incident: ranges, observations, estimates.
//!
//! What counts different things is never put together: each measure, category, side and scope has a range of its own, so
//! that a subset is not added to its whole, one side's dead not to the other's, and a campaign's total not compared with
//! one day's.
use crate::calendar;
use crate::evidence::Evidence;
use crate::origins::Origins;
use crate::vocabulary::is_pronoun;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Bound, Figure, FigureRange, Observation, Scope};

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
        allowed(self.figure.bound, self.figure.value, self.figure.min, self.figure.max)
    }
}

/// Lowest and highest numbers that words allow.
fn allowed(bound: Bound, value: Option<f64>, min: Option<f64>, max: Option<f64>) -> (f64, f64) {
    let low = min.or(value).unwrap_or(0.0);
    let high = max.or(value).unwrap_or(f64::INFINITY);
    match bound {
        Bound::Exactly => (value.unwrap_or(low), value.unwrap_or(high)),
        Bound::AtLeast => (low, max.unwrap_or(f64::INFINITY)),
        Bound::AtMost => (min.unwrap_or(0.0), high),
        // "About 50" is said of 45 and of 55.
        Bound::About => (value.map_or(low, |v| (v * 0.9).floor()), value.map_or(high, |v| (v * 1.1).ceil())),
        Bound::Range | Bound::Vague => (low, high),
    }
}

/// What one range is about: measure, category, side, scope.
pub(crate) type RangeKey<'a> = (&'a str, &'a str, &'a str, u8);

/// The incident itself, whether said or not; a day of it; a longer stretch.
const SCOPES: [Scope; 3] = [Scope::Incident, Scope::Day, Scope::Campaign];

fn scope_of(figure: &Figure) -> u8 {
    SCOPES.iter().position(|s| *s == figure.scope).unwrap_or(0) as u8
}

/// Numbers that are said to hold, by what they count.
pub(crate) fn seen<'a>(evidence: &'a [Evidence<'a>]) -> BTreeMap<RangeKey<'a>, Vec<Seen<'a>>> {
    let mut all: BTreeMap<RangeKey<'a>, Vec<Seen<'a>>> = BTreeMap::new();
    for (at, e) in evidence.iter().enumerate().filter(|(_, e)| e.is_factual()) {
        for figure in &e.claim.figures {
            let key = (figure.measure.as_str(), figure.category.as_str(), figure.side.as_str(), scope_of(figure));
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

/// The name of the rule of [`estimate`].
const POLICY: &str = "ucdp";

pub(crate) fn ranges(evidence: &[Evidence<'_>], origins: &Origins) -> Vec<FigureRange> {
    let mut ranges = Vec::new();
    for ((measure, category, side, scope), list) in seen(evidence) {
        let numbers = || list.iter().filter_map(Seen::number);
        let observations: Vec<Observation> = list
            .iter()
            .map(|s| Observation {
                claim: evidence[s.at].claim.id.clone(),
                value: s.figure.value,
                min: s.figure.min,
                max: s.figure.max,
                bound: s.figure.bound,
                sources: evidence[s.at].sources(),
                origin: origins.of[s.at].clone(),
                as_of: s.figure.as_of.clone(),
                published: evidence[s.at].published.map(calendar::iso),
            })
            .collect();
        let Estimate { low, best, high } = estimate(&observations);
        ranges.push(FigureRange {
            measure: measure.to_owned(),
            category: category.to_owned(),
            side: side.to_owned(),
            scope: SCOPES[usize::from(scope)],
            min: numbers().min_by(f64::total_cmp),
            max: list.iter().filter_map(|s| s.figure.value.or(s.figure.max).or(s.figure.min)).max_by(f64::total_cmp),
            low,
            best,
            high,
            policy: POLICY.to_owned(),
            origins: observations.iter().map(|o| o.origin.as_str()).collect::<BTreeSet<_>>().len(),
            observations,
        });
    }
    ranges
}

/// Low, best and high of some observations of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// Lowest number that a voice vouches for; absent where all are only bounded from above.
    pub low: Option<f64>,
    /// The number that the words of most origins allow.
    pub best: Option<f64>,
    /// Highest number that a voice gives.
    pub high: Option<f64>,
}

/// The observations that stand: of each voice the one that counts up to the latest day (of one day, the later published;
/// of one publication, the higher). The publisher's own voice is that of its origin; a "he" without a name is one in each claim.
/// In the order of the observations.
pub fn standing(observations: &[Observation]) -> Vec<usize> {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let key = |o: &Observation| {
        let day = |d: &Option<String>| d.as_deref().and_then(calendar::day);
        (day(&o.as_of).or(day(&o.published)), day(&o.published))
    };
    for (i, o) in observations.iter().enumerate() {
        let Some(number) = o.value.or(o.min).or(o.max) else { continue };
        let voice = match o.sources.last() {
            // Whom "he" means from one claim to the next nobody says.
            Some(name) if is_pronoun(name) => o.claim.as_str(),
            Some(name) => name.as_str(),
            None => o.origin.as_str(),
        };
        let later = |&held: &usize| {
            let before = &observations[held];
            let was = before.value.or(before.min).or(before.max).unwrap_or(0.0);
            key(before).cmp(&key(o)).then(was.total_cmp(&number)).is_le()
        };
        if last.get(voice).is_none_or(later) {
            last.insert(voice, i);
        }
    }
    let mut standing: Vec<usize> = last.into_values().collect();
    standing.sort_unstable();
    standing
}

/// In the spirit of the UCDP GED codebook, over the observations that stand ([`standing`]): `low` is the lowest number that a
/// voice vouches for, so that "up to 40" gives none; `high` is the highest number given, so that "at least 9" gives 9;
/// `best` is the number given that the words of most independent origins allow, so that 17 is best of "at least 9" and
/// "17", both of which allow it. Where equally many do, a number said outright goes before the edge of a bound, the later
/// before the earlier, and the lower before the higher.
pub fn estimate(observations: &[Observation]) -> Estimate {
    let standing: Vec<&Observation> = standing(observations).into_iter().map(|i| &observations[i]).collect();
    let vouched = |o: &&Observation| match o.bound {
        Bound::AtMost => o.min,
        Bound::Exactly | Bound::About => o.value.or(o.min),
        Bound::AtLeast | Bound::Range | Bound::Vague => o.min.or(o.value),
    };
    let given = |o: &&Observation| o.value.or(o.max).or(o.min);
    let low = standing.iter().filter_map(vouched).min_by(f64::total_cmp);
    let high = standing.iter().filter_map(given).max_by(f64::total_cmp);
    let mut candidates: Vec<(f64, bool, Option<calendar::Day>)> = Vec::new();
    for o in &standing {
        let outright = matches!(o.bound, Bound::Exactly | Bound::About) && o.value.is_some();
        let number = if o.bound == Bound::AtMost { o.min } else { o.value.or(o.min) };
        let day = o.as_of.as_deref().or(o.published.as_deref()).and_then(calendar::day);
        candidates.extend(number.map(|n| (n, outright, day)));
    }
    candidates.sort_by(|l, r| l.0.total_cmp(&r.0));
    let support = |number: f64| {
        let allows = |o: &&&Observation| {
            let (low, high) = allowed(o.bound, o.value, o.min, o.max);
            low <= number && number <= high
        };
        standing.iter().filter(allows).map(|o| o.origin.as_str()).collect::<BTreeSet<_>>().len()
    };
    let best =
        candidates.iter().enumerate().max_by_key(|(i, (n, outright, day))| (support(*n), *outright, *day, Reverse(*i)));
    Estimate { low, best: best.map(|(_, (number, ..))| *number), high }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bound: Bound, number: f64, voice: &str, as_of: &str) -> Observation {
        let (min, max) = match bound {
            Bound::AtLeast => (Some(number), None),
            Bound::AtMost => (None, Some(number)),
            _ => (Some(number), Some(number)),
        };
        Observation {
            value: Some(number),
            min,
            max,
            bound,
            sources: vec![voice.into()],
            origin: format!("o {voice}"),
            as_of: Some(as_of.into()),
            ..Observation::default()
        }
    }

    fn of(observations: &[Observation]) -> (Option<f64>, Option<f64>, Option<f64>) {
        let Estimate { low, best, high } = estimate(observations);
        (low, best, high)
    }

    #[test]
    fn bounds_and_numbers_are_read_together() {
        use Bound::*;
        let day = "2031-05-14";
        let nine = said(AtLeast, 9.0, "hospital", day);
        assert_eq!(of(&[nine.clone(), said(Exactly, 17.0, "mayor", day)]), (Some(9.0), Some(17.0), Some(17.0)));
        assert_eq!(
            of(&[said(AtLeast, 30.0, "a", day), said(AtMost, 40.0, "b", day)]),
            (Some(30.0), Some(30.0), Some(40.0))
        );
        assert_eq!(of(&[said(AtMost, 40.0, "b", day)]), (None, None, Some(40.0)));
        assert_eq!(of(&[]), (None, None, None));
        let two = [said(Exactly, 11.0, "a", day), said(Exactly, 23.0, "b", day)];
        assert_eq!(of(&two), (Some(11.0), Some(11.0), Some(23.0)));
        let three = [two.to_vec(), vec![said(AtLeast, 20.0, "c", day)]].concat();
        assert_eq!(of(&three), (Some(11.0), Some(23.0), Some(23.0)));
    }

    #[test]
    fn a_voice_is_held_to_what_it_said_last() {
        use Bound::*;
        let first = said(AtLeast, 9.0, "hospital", "2031-05-14");
        let then = said(Exactly, 17.0, "hospital", "2031-05-15");
        assert_eq!(of(&[then.clone(), first.clone()]), (Some(17.0), Some(17.0), Some(17.0)));
        assert_eq!(standing(&[then, first]), [0]);
        // "He" takes nothing back that another "he" said.
        let said_by_him =
            |n: f64, claim: &str, day: &str| Observation { claim: claim.into(), ..said(Exactly, n, "he", day) };
        let two = [said_by_him(9.0, "c1", "2031-05-14"), said_by_him(17.0, "c2", "2031-05-15")];
        assert_eq!(standing(&two), [0, 1]);
        // One voice, by two reports of one origin, counts once.
        let mut copy = said(Exactly, 21.0, "army", "2031-05-14");
        let army = copy.clone();
        copy.sources = vec!["army spokesman".into()];
        let mayor = said(Exactly, 17.0, "mayor", "2031-05-15");
        assert_eq!(of(&[army, copy, mayor]).1, Some(17.0));
    }
}
