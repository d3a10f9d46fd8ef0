//! Numbers that differ: contradiction, update or compatible.
use super::{side, voices};
use crate::calendar::{self, Day};
use crate::counts::Counts;
use crate::evidence::Evidence;
use crate::figures::{RangeKey, Seen, seen};
use std::collections::BTreeMap;
use variorum_model::{Bound, Disagreement, DisagreementKind, Scope, Strength, Verdict};

/// All who give one number.
struct Camp<'a> {
    number: f64,
    seen: Vec<&'a Seen<'a>>,
}

/// Two camps and why they stand as they do.
type Pair = (usize, usize, String);

/// One rule's answer about two numbers.
struct Answer {
    verdict: Verdict,
    strength: Strength,
    why: String,
}

pub(crate) fn disagreements(counts: &Counts, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for (key, list) in seen(evidence) {
        let mut camps: Vec<Camp<'_>> = Vec::new();
        for s in list.iter() {
            let Some(number) = s.number() else { continue };
            match camps.iter_mut().find(|camp| camp.number == number) {
                Some(camp) => camp.seen.push(s),
                None => camps.push(Camp { number, seen: vec![s] }),
            }
        }
        camps.sort_by(|l, r| l.number.total_cmp(&r.number));
        let mut by_verdict: BTreeMap<(Verdict, Strength), Vec<Pair>> = BTreeMap::new();
        for (i, l) in camps.iter().enumerate() {
            for (j, r) in camps.iter().enumerate().skip(i + 1).take(MOST_CAMPS) {
                let answer = compare(counts, evidence, key, l, r);
                by_verdict.entry((answer.verdict, answer.strength)).or_default().push((i, j, answer.why));
            }
        }
        for ((verdict, strength), pairs) in by_verdict {
            let mut sides: Vec<usize> = pairs.iter().flat_map(|(i, j, _)| [*i, *j]).collect();
            sides.sort_unstable();
            sides.dedup();
            let made = |camp: &Camp<'_>| side(camp.seen.iter().map(|seen| &evidence[seen.at]));
            all.push(Disagreement {
                kind: DisagreementKind::Figure,
                verdict,
                strength,
                sides: sides.iter().map(|&i| made(&camps[i])).collect(),
                reason: reason(evidence, key, &camps, &sides, &pairs[pairs.len() - 1]),
            });
        }
    }
    all
}

/// Numbers that each is compared with.
const MOST_CAMPS: usize = 30;

/// The rules, the first that answers. `l` is the lower number.
fn compare(counts: &Counts, evidence: &[Evidence<'_>], key: RangeKey<'_>, l: &Camp<'_>, r: &Camp<'_>) -> Answer {
    let answer = |verdict, strength, why: &str| Answer { verdict, strength, why: why.to_owned() };
    let all = |camp: &Camp<'_>, is: &dyn Fn(&Seen<'_>) -> bool| camp.seen.iter().all(|seen| is(seen));
    let scope = |camp: &Camp<'_>| camp.seen[0].figure.scope;
    if scope(l) != scope(r) && scope(l) != Scope::Unknown && scope(r) != Scope::Unknown {
        return answer(Verdict::Compatible, Strength::Soft, "they count over different stretches");
    }
    // One and the same voice, in one report, gives parts of a whole rather than two versions.
    let one_breath = l.seen.iter().all(|a| {
        r.seen
            .iter()
            .all(|b| a.voice == b.voice && evidence[a.at].reading.report.id == evidence[b.at].reading.report.id)
    });
    if one_breath {
        return answer(Verdict::Compatible, Strength::Soft, "one voice gives both in one report");
    }
    let (day_l, day_r) = (latest(l), latest(r));
    let cumulative = counts.is_cumulative(key.0);
    if let (Some(before), Some(after)) = (day_l, earliest(r))
        && before < after
        && cumulative
    {
        return answer(Verdict::Update, Strength::Hard, "the higher one is later, and such counts grow");
    }
    if let Some(found) = overlap(l, r) {
        return answer(Verdict::Compatible, Strength::Hard, found);
    }
    // Undated numbers may be a day apart, unless one article sets them side by side.
    let beside = l.seen.iter().any(|a| r.seen.iter().any(|b| evidence[a.at].same_article(&evidence[b.at])));
    if beside && (day_l.is_none() || day_r.is_none()) {
        return answer(Verdict::Contradiction, Strength::Soft, "one article gives both of one time");
    }
    let (Some(day_l), Some(day_r)) = (day_l, day_r) else {
        return answer(Verdict::Compatible, Strength::Soft, "one of them is of no known day");
    };
    let same_voice = l.seen.iter().any(|a| r.seen.iter().any(|b| a.voice == b.voice));
    if day_l > day_r && same_voice {
        return answer(Verdict::Update, Strength::Soft, "the same voice corrected it downwards later");
    }
    if day_l != day_r && (day_l - day_r).abs() > 1 && !cumulative {
        return answer(Verdict::Update, Strength::Soft, "they are of different days");
    }
    if r.number >= 10.0 && (r.number - l.number) / r.number <= 0.1 {
        return answer(Verdict::Compatible, Strength::Soft, "they are as near as rounding");
    }
    if all(l, &|seen| seen.figure.bound == Bound::Exactly) && all(r, &|seen| seen.figure.bound == Bound::Exactly) {
        return answer(Verdict::Contradiction, Strength::Hard, "both are exact and of one time");
    }
    answer(Verdict::Contradiction, Strength::Soft, "neither bound allows the other, and they are of one time")
}

/// Whether the words of both allow one number.
fn overlap(l: &Camp<'_>, r: &Camp<'_>) -> Option<&'static str> {
    l.seen
        .iter()
        .any(|a| {
            r.seen.iter().any(|b| {
                let ((low_a, high_a), (low_b, high_b)) = (a.allowed(), b.allowed());
                low_a <= high_b && low_b <= high_a
            })
        })
        .then_some("the words of each allow the other")
}

fn latest(camp: &Camp<'_>) -> Option<Day> {
    camp.seen.iter().map(|s| s.day).max().flatten()
}

fn earliest(camp: &Camp<'_>) -> Option<Day> {
    camp.seen.iter().filter_map(|s| s.day).min()
}

/// "Killed (people): AFP says at least 32, the ombudsman 200; the higher one is later, and such counts grow."
fn reason(evidence: &[Evidence<'_>], key: RangeKey<'_>, camps: &[Camp<'_>], sides: &[usize], pair: &Pair) -> String {
    let shown = |i: usize| {
        let camp = &camps[i];
        let names = side(camp.seen.iter().map(|seen| &evidence[seen.at])).sources;
        let day = latest(camp).map_or(String::new(), |d| format!(" ({})", calendar::spoken(d)));
        format!("{} said {}{day}", voices(&names), worded(camp.seen[0]))
    };
    let side = if key.2.is_empty() { String::new() } else { format!(" of {}", key.2) };
    let more = if sides.len() > 2 { format!(", among {} numbers in all", sides.len()) } else { String::new() };
    format!(
        "{} {}{side}: {}, {}{more}; {}.",
        capital(&key.0.replace('-', " ")),
        key.1,
        shown(pair.0),
        shown(pair.1),
        pair.2
    )
}

fn worded(seen: &Seen<'_>) -> String {
    let number = seen.number().unwrap_or(0.0);
    match seen.figure.bound {
        Bound::AtLeast => format!("at least {number}"),
        Bound::AtMost => format!("at most {number}"),
        Bound::About => format!("about {number}"),
        Bound::Range => format!("{number} to {}", seen.figure.max.unwrap_or(number)),
        Bound::Exactly | Bound::Vague => number.to_string(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
