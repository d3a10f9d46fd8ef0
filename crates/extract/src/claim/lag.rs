//! Happenings dated by what came after or before them: "the raid comes two days after rebels shelled the depot".
use super::Scene;
use crate::event::EventMention;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;
use variorum_model::{ClaimTime, TimeBasis, TimePrecision};
use variorum_syntax::Token;

/// Longest way from a trigger up to the clause or phrase that is counted from.
const REACH: usize = 6;

/// Gives what stands in a clause or phrase of "N days after" (or "before") another happening its day, counted back from the
/// other's; where that one has none, what context alone has said of it goes: it was surely another day. Times of its own stay.
pub(super) fn count_from(scene: &Scene<'_>, events: &[EventMention], times: &mut [ClaimTime]) {
    let doc = &scene.reading.doc;
    for n in 0..events.len() {
        let Some(lag) = Lag::of(scene, doc.token(events[n].head)) else { continue };
        let words = &times[n].quote;
        if !words.text.is_empty() && lag.clause.contains(&words.span.start) {
            continue;
        }
        let main = (0..events.len()).filter(|&m| m != n).find(|&m| {
            let head = doc.token(events[m].head);
            let told = matches!(head.dep(), "nsubj" | "nsubjpass" | "dobj");
            // "Accused the guard of shelling Orlec, a day after …"
            let accused = head.dep() == "pcomp" && head.head().head() == lag.main;
            head == lag.main || accused || told && head.head() == lag.main
        });
        // "More than a month after": on no day that can be counted.
        let counted = main.and_then(|m| lag.before(&times[m]));
        times[n] = counted.unwrap_or_default();
    }
}

/// "The raid came a day after rebels shelled Orlec": what is told there was another happening, and somewhere of its own.
pub(super) fn is_another(scene: &Scene<'_>, token: Token<'_>) -> bool {
    let comes = |main: Token<'_>| scene.rules.words.coming_after.iter().any(|w| w == main.lemma());
    Lag::of(scene, token).is_some_and(|lag| comes(lag.main) || lag.main.dep() == "conj" && comes(lag.main.head()))
}

/// "a", "two", "14"; none for "days after", whose number nobody says.
fn count(scene: &Scene<'_>, unit: Token<'_>) -> Option<i64> {
    let number = unit.children().find(|c| matches!(c.dep(), "nummod" | "det"))?;
    if number.is_any(&["a", "an"]) {
        return Some(1);
    }
    let word = scene.rules.words.counted.iter().position(|w| number.is(w));
    word.and_then(|n| i64::try_from(n).ok()).or_else(|| number.text().parse().ok()).filter(|n| (1..100).contains(n))
}

/// "Two days after" something.
struct Lag<'d> {
    /// What is dated from: the verb that the clause or phrase hangs on.
    main: Token<'d>,
    /// How many days later that one was; negative for "before".
    /// None for months and years, and where nobody says how many.
    days: Option<i64>,
    /// Bytes of the clause or phrase behind "after".
    clause: Range<usize>,
}

impl<'d> Lag<'d> {
    /// The lag between a trigger and the clause that it stands below.
    fn of(scene: &'d Scene<'_>, trigger: Token<'d>) -> Option<Self> {
        std::iter::once(trigger).chain(trigger.ancestors()).take(REACH).find_map(|at| {
            let marked = || at.children().find(|c| c.dep() == "mark").filter(|_| at.dep() == "advcl");
            let (word, main) = match at.dep() {
                "pobj" | "pcomp" => (at.head(), at.head().head()),
                _ => marked().map(|mark| (mark, at.head()))?,
            };
            let sign = match word.lemma() {
                "after" => 1,
                "before" => -1,
                _ => return None,
            };
            let unit = word.nbor(-1)?;
            let days = match unit.lemma() {
                "day" => Some(count(scene, unit)?),
                "week" => Some(count(scene, unit)?.checked_mul(7)?),
                "month" | "year" | "decade" => None,
                _ => return None,
            };
            let clause = word.end()..at.right_edge().end();
            Some(Lag { main, days: days.map(|n| sign * n), clause })
        })
    }

    /// The time so many days before another, to the day; none where that one has no days.
    fn before(&self, time: &ClaimTime) -> Option<ClaimTime> {
        let back = |day: &Option<String>| {
            let day: Date = day.as_ref()?.parse().ok()?;
            Some(day.checked_sub(self.days?.days()).ok()?.to_string())
        };
        let (earliest, latest) = (back(&time.earliest)?, back(&time.latest)?);
        let value = if earliest == latest { earliest.clone() } else { format!("{earliest}/{latest}") };
        Some(ClaimTime {
            value: Some(value),
            precision: if earliest == latest { TimePrecision::Day } else { time.precision },
            earliest: Some(earliest),
            latest: Some(latest),
            basis: TimeBasis::Relative,
            quote: time.quote.clone(),
        })
    }
}
