//! Numbers that differ: contradiction, update, correction, retraction or compatible.
use super::{one_side, sentence, side, voices};
use crate::calendar::{self, Day};
use crate::counts::Counts;
use crate::evidence::Evidence;
use crate::features::is_denial;
use crate::figures::{RangeKey, Seen, seen};
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Bound, Disagreement, DisagreementKind, Strength, Verdict};

/// Numbers that each is compared with.
const MOST_CAMPS: usize = 30;
/// Numbers that a reason names.
const MOST_NAMED: usize = 4;

/// All who give one number in one way.
struct Camp<'a> {
    number: f64,
    bound: Bound,
    seen: Vec<&'a Seen<'a>>,
}

/// One rule's answer about two numbers.
struct Answer {
    verdict: Verdict,
    strength: Strength,
    why: &'static str,
}

/// Two camps that a rule gives the same answer about.
type Pairs = Vec<(usize, usize)>;

pub(crate) fn disagreements(counts: &Counts, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for (key, list) in seen(evidence) {
        let mut camps: Vec<Camp<'_>> = Vec::new();
        for s in list.iter() {
            let Some(number) = s.number() else { continue };
            let bound = s.figure.bound;
            match camps.iter_mut().find(|camp| camp.number == number && camp.bound == bound) {
                Some(camp) => camp.seen.push(s),
                None => camps.push(Camp { number, bound, seen: vec![s] }),
            }
        }
        camps.sort_by(|l, r| l.number.total_cmp(&r.number));
        let mut answers: BTreeMap<(Verdict, Strength, &'static str), Pairs> = BTreeMap::new();
        for (i, l) in camps.iter().enumerate() {
            for (j, r) in camps.iter().enumerate().skip(i + 1).take(MOST_CAMPS) {
                if let Some(Answer { verdict, strength, why }) = compare(counts, evidence, key, l, r) {
                    answers.entry((verdict, strength, why)).or_default().push((i, j));
                }
            }
        }
        for ((verdict, strength, why), pairs) in answers {
            let sides: BTreeSet<usize> = pairs.iter().flat_map(|(i, j)| [*i, *j]).collect();
            let sides: Vec<&Camp<'_>> = sides.into_iter().map(|i| &camps[i]).collect();
            let made = |camp: &&Camp<'_>| side(camp.seen.iter().map(|seen| &evidence[seen.at]));
            let (kind, reason) = (DisagreementKind::Figure, reason(evidence, key, &sides, why));
            all.push(Disagreement { kind, verdict, strength, sides: sides.iter().map(made).collect(), reason });
        }
        all.extend(retractions(evidence, key, &list));
    }
    all
}

/// The rules, the first that answers; none where both words say the same. `l` is the lower number.
fn compare(
    counts: &Counts,
    evidence: &[Evidence<'_>],
    key: RangeKey<'_>,
    l: &Camp<'_>,
    r: &Camp<'_>,
) -> Option<Answer> {
    use Strength::{Hard, Soft};
    let answer = |verdict, strength, why| Some(Answer { verdict, strength, why });
    let any = |is: &dyn Fn(&Seen<'_>, &Seen<'_>) -> bool| l.seen.iter().any(|a| r.seen.iter().any(|b| is(a, b)));
    let all = |is: &dyn Fn(&Seen<'_>, &Seen<'_>) -> bool| l.seen.iter().all(|a| r.seen.iter().all(|b| is(a, b)));
    if l.number == r.number {
        return None;
    }
    // One and the same voice, in one article, gives parts of a whole rather than two versions.
    if all(&|a, b| a.voice == b.voice && evidence[a.at].same_article(&evidence[b.at])) {
        return answer(Verdict::Compatible, Soft, "one voice gives both in one report, as parts or as other counts");
    }
    let (day_l, day_r) = (latest(l), latest(r));
    let grows = counts.is_cumulative(key.0);
    let voice = all(&|a, b| a.voice == b.voice || one_side(&evidence[a.at], &evidence[b.at]));
    if let (Some(before), Some(after)) = (day_l, earliest(r))
        && before < after
        && grows
    {
        return answer(Verdict::Update, Hard, "the higher number is later, and such counts grow");
    }
    if let (Some(before), Some(after)) = (latest(r), earliest(l))
        && before < after
        && voice
    {
        return answer(Verdict::Correction, Soft, "the same side lowered its number later");
    }
    if any(&|a, b| {
        let ((low_a, high_a), (low_b, high_b)) = (a.allowed(), b.allowed());
        low_a <= high_b && low_b <= high_a
    }) {
        return answer(Verdict::Compatible, Hard, "the words of each allow the other");
    }
    if r.number >= 10.0 && (r.number - l.number) / r.number <= 0.1 {
        return answer(Verdict::Compatible, Soft, "they are as near as rounding");
    }
    // Undated numbers may be a day apart, unless one article sets them side by side.
    let (Some(day_l), Some(day_r)) = (day_l, day_r) else {
        let beside = any(&|a, b| evidence[a.at].same_article(&evidence[b.at]));
        return match beside {
            true => answer(Verdict::Contradiction, Soft, "one article gives both, and of no other time"),
            false => answer(Verdict::Compatible, Soft, "one of them is of no known day"),
        };
    };
    if (day_l - day_r).abs() > 1 && !grows {
        return answer(Verdict::Update, Soft, "they are of different days");
    }
    match l.bound == Bound::Exactly && r.bound == Bound::Exactly {
        _ if day_l > day_r => answer(Verdict::Contradiction, Soft, "the later number is the lower, and others give it"),
        true => answer(Verdict::Contradiction, Hard, "both are exact and of one time"),
        false => answer(Verdict::Contradiction, Soft, "neither bound allows the other, and they are of one time"),
    }
}

/// Numbers that a voice takes back: it denies, in a later report, what it gave before.
fn retractions(evidence: &[Evidence<'_>], key: RangeKey<'_>, list: &[Seen<'_>]) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for denial in evidence.iter().filter(|e| is_denial(e.claim) && !e.is_own_voice()) {
        let same = |f: &variorum_model::Figure, s: &Seen<'_>| {
            f.measure == key.0
                && f.category == key.1
                && f.side == key.2
                && f.value.is_some()
                && f.value == s.figure.value
        };
        let given = list.iter().find(|s| {
            let before = evidence[s.at].published.zip(denial.published).is_some_and(|(l, r)| l < r);
            s.voice == denial.voice && before && denial.claim.figures.iter().any(|f| same(f, s))
        });
        let Some(given) = given else { continue };
        let day = denial.published.map(|d| format!(" on {}", calendar::spoken(d))).unwrap_or_default();
        let reason = format!("{}: {} gave {} and took it back{day}.", head(key), denial.voice, worded(given));
        all.push(Disagreement {
            kind: DisagreementKind::Figure,
            verdict: Verdict::Retraction,
            strength: Strength::Hard,
            sides: vec![side([&evidence[given.at]]), side([denial])],
            reason,
        });
    }
    all
}

fn latest(camp: &Camp<'_>) -> Option<Day> {
    camp.seen.iter().map(|s| s.day).max().flatten()
}

fn earliest(camp: &Camp<'_>) -> Option<Day> {
    camp.seen.iter().filter_map(|s| s.day).min()
}

/// "Killed: the mayor said 17 (15 May 2031), sources 21 (15 May 2031); both are exact and of one time."
fn reason(evidence: &[Evidence<'_>], key: RangeKey<'_>, camps: &[&Camp<'_>], why: &str) -> String {
    let shown = |camp: &&Camp<'_>| {
        let names = side(camp.seen.iter().map(|seen| &evidence[seen.at])).sources;
        let day = latest(camp).map_or(String::new(), |d| format!(" ({})", calendar::spoken(d)));
        format!("{} said {}{day}", voices(&names), worded(camp.seen[0]))
    };
    // The lowest and the highest say how far apart they are.
    let (first, last) = match camps.len() {
        n if n > MOST_NAMED => (MOST_NAMED - 1, n - 1),
        n => (n, n),
    };
    let mut named: Vec<String> = camps[..first].iter().map(shown).collect();
    named.extend(camps[last..].iter().map(shown));
    let more = camps.len() - named.len();
    let more = if more > 0 { format!(", and {more} more numbers between") } else { String::new() };
    format!("{}: {}{more}; {why}.", head(key), named.join(", "))
}

/// "Killed", "Killed civilians of Karovia".
fn head((measure, category, side, _): RangeKey<'_>) -> String {
    let category = if matches!(category, "people" | "other" | "") { String::new() } else { format!(" {category}") };
    let side = if side.is_empty() { String::new() } else { format!(" ({side})") };
    sentence(&format!("{}{category}{side}", measure.replace('-', " ")))
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
