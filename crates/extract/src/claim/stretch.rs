//! Times that reach up to the report: "over the past three months".
use super::Scene;
use super::words::is_in;
use crate::timex::TimexMention;
use jiff::{Span, ToSpan};
use variorum_model::{ClaimTime, TimeBasis, TimePrecision, TimexType};

/// The days of a length that ends with the publication, first and last included; none without a publication date, or where no
/// word ("past", "last") says that it ends there.
pub(super) fn stretch(scene: &Scene<'_>, mention: &TimexMention) -> Option<ClaimTime> {
    let timex = &mention.timex;
    if timex.kind != TimexType::Duration || !is_lately(scene, mention) {
        return None;
    }
    let length: Span = timex.value.parse().ok()?;
    let now = scene.reading.dct_at(timex.quote.span.start)?;
    let first = now.checked_sub(length).ok().filter(|first| *first < now)?;
    let within = |span: Span| now.checked_sub(span).is_ok_and(|limit| first >= limit);
    let precision = match () {
        _ if within(31.days()) => TimePrecision::Days,
        _ if within(1.year()) => TimePrecision::Month,
        _ => TimePrecision::Year,
    };
    Some(ClaimTime {
        value: Some(format!("{first}/{now}")),
        earliest: Some(first.to_string()),
        latest: Some(now.to_string()),
        precision,
        basis: TimeBasis::Relative,
        quote: timex.quote.clone(),
    })
}

/// True of a time that is such a stretch: it dates what was counted over it, and nothing told after it.
pub(super) fn is_stretch(scene: &Scene<'_>, time: &ClaimTime) -> bool {
    let timexes = &scene.mentions.timexes;
    let first = timexes.partition_point(|t| t.timex.quote.span.start < time.quote.span.start);
    let Some(mention) = timexes.get(first).filter(|t| t.timex.quote.span == time.quote.span) else { return false };
    // "For the past week" is one, "last week" is not.
    let before = mention.tokens.start.checked_sub(1).map(|i| scene.reading.doc.token(i));
    let spans = || before.is_some_and(|t| is_in(&scene.rules.words.spanning, t)) && is_lately(scene, mention);
    mention.timex.kind == TimexType::Duration || spans()
}

/// "The past three months", "the last week".
fn is_lately(scene: &Scene<'_>, mention: &TimexMention) -> bool {
    let lately = |w: &str| scene.rules.words.lately.iter().any(|known| w.eq_ignore_ascii_case(known));
    mention.timex.quote.text.split_whitespace().any(lately)
}
