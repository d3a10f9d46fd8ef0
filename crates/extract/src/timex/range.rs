//! What mentions tell about each other: the ends of ranges, and whether days stand before months in this report.
use super::record::Record;
use super::{Signal, TimexMention};
use crate::Reading;
use variorum_model::TimePrecision;

/// Whether "5/4" is the fifth of April here: as the other dates of the report are written.
pub(super) fn day_first<'r>(records: impl Iterator<Item = &'r Record>) -> Option<bool> {
    records.filter_map(|r| r.numeric_day).find_map(|(a, b)| match (a > 12, b > 12) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

/// The preposition that relates a happening to the time behind it.
pub(super) fn signal(reading: &Reading, first_token: usize) -> Signal {
    let Some(before) = first_token.checked_sub(1).map(|i| reading.doc.token(i)) else { return Signal::At };
    match before.text().to_ascii_lowercase().as_str() {
        "since" => Signal::Since,
        "until" | "till" | "by" | "through" => Signal::Until,
        "before" => Signal::Before,
        "after" => Signal::After,
        _ => Signal::At,
    }
}

/// Gives both ends of a range ("from 3 to 5 May") the days from the first to the last.
pub(super) fn join(reading: &Reading, mentions: &mut [TimexMention]) {
    for right in 1..mentions.len() {
        let (head, tail) = mentions.split_at_mut(right);
        let (a, b) = (&mut head[right - 1], &mut tail[0]);
        let gap = a.timex.quote.span.end..b.timex.quote.span.start;
        let Some(words) = reading.text().get(gap).filter(|w| w.len() <= 12) else { continue };
        let opener = a.tokens.start.checked_sub(1).map_or("", |i| reading.doc.token(i).text());
        let is_range = match words.trim().to_ascii_lowercase().as_str() {
            "-" | "–" | "—" | "through" => true,
            "to" | "until" | "till" | "to the" => opener.eq_ignore_ascii_case("from"),
            "and" | "and the" => opener.eq_ignore_ascii_case("between"),
            _ => false,
        };
        if !is_range || a.earliest.is_none() || b.latest.is_none() || a.earliest >= b.latest {
            continue;
        }
        let width = |m: &TimexMention| m.precision;
        let precision = match (width(a), width(b)) {
            (TimePrecision::Day | TimePrecision::Days, TimePrecision::Day | TimePrecision::Days) => TimePrecision::Days,
            (_, wider) => wider,
        };
        b.earliest.clone_from(&a.earliest);
        a.latest.clone_from(&b.latest);
        (a.precision, b.precision) = (precision, precision);
        (a.signal, b.signal) = (Signal::At, Signal::At);
    }
}
