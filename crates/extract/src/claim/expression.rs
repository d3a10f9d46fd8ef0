//! The time expression that is a happening's own, and what it says.
use super::Scene;
use super::bond::{Heads, bond};
use super::lasting::is_lasting;
use super::picture::{is_of_film, is_of_picture};
use super::stretch::stretch;
use super::voice::{SPEECH_RULE, Voice};
use super::words::is_in;
use crate::event::{EventMention, is_of_superlative};
use crate::timex::{Signal, TimexMention};
use jiff::ToSpan;
use jiff::civil::Date;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimexType};
use variorum_syntax::Token;

/// The time expression that hangs on the happening: the nearest in the tree among those of its words, then of its
/// sentence where no other verb stands between. "Said on Tuesday" dates the saying: it serves for what is said only where
/// nothing else does, and as context.
pub(super) fn own(scene: &Scene<'_>, voices: &[Voice], heads: &Heads, event: &EventMention) -> Option<ClaimTime> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let sentence = trigger.sent();
    let timexes = &scene.mentions.timexes;
    let first = timexes.partition_point(|t| t.tokens.end <= sentence.start);
    let aside = matches!(trigger.dep(), "acl" | "relcl") || trigger.pos() == "NOUN" && trigger.dep() == "pobj";
    let stands = scene.rules.words.standing.contains(&event.kind) && aside || is_lasting(scene, event);
    let under = trigger.head();
    let given = trigger.dep() == "pobj" && under.is("under") && under.i() < under.head().i();
    let now = matches!(trigger.tag(), "VBZ" | "VBP");
    let goes_on = now && trigger.dep() == "conj" && matches!(trigger.head().tag(), "VBD" | "VBN");
    let best = timexes[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| matches!(t.timex.kind, TimexType::Date | TimexType::Time) || stretch(scene, t).is_some())
        .filter(|t| !t.tokens.is_empty())
        .filter(|t| !is_labelled(scene, t) && !is_of_picture(scene, t))
        .filter(|t| !scene.rules.words.is_violent(event) || !is_of_film(scene, t))
        // "The deadliest raid since 2020, when nine were killed"
        .filter(|t| {
            let root = doc.slice(t.tokens.clone()).root();
            !is_of_superlative(root) || trigger.is_under(root)
        })
        // "Was driven from the coast in 2011 but still holds the hills"
        .filter(|t| !goes_on || doc.slice(t.tokens.clone()).root().is_under(trigger))
        // "Under the deal, the guns are to leave by May": not the deal, but what is to be done.
        .filter(|t| !given || doc.slice(t.tokens.clone()).root().is_under(trigger))
        // "They fought in 2020 over an island peopled by drovers": how a place is does not date from then.
        .filter(|t| !stands || doc.slice(t.tokens.clone()).root().is_under(trigger))
        .filter_map(|t| Some((bond(scene, heads, trigger, doc.slice(t.tokens.clone()).root())?, t)))
        .map(|(b, t)| (voices.iter().any(|v| v.says(event.head) && !v.says(t.tokens.start)), b, t))
        .filter(|(_, b, t)| b.far <= 2 || (event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end))
        .min_by_key(|(of_saying, b, t)| {
            // "The worst raid in recent months was on 9 May": of two times, the one that says when.
            let vague = t.timex.value.ends_with("_REF");
            (*of_saying, vague, b.far, t.tokens.start.abs_diff(event.head))
        })?;
    let open = heads.open.iter().any(|&head| {
        let other = doc.token(head);
        sentence.start <= head
            && head < sentence.end
            && bond(scene, heads, other, doc.slice(best.2.tokens.clone()).root()).is_some()
    });
    let said = stretch(scene, best.2).unwrap_or_else(|| claim_time(scene, best.2, best.1.since));
    // "Since 2020, when nine were killed": they were killed then.
    let said = match trigger.is_under(doc.slice(best.2.tokens.clone()).root()) && best.2.signal == Signal::Since {
        true => claim_time(scene, &TimexMention { signal: Signal::At, ..best.2.clone() }, false),
        false => said,
    };
    let time = in_past(scene, event, said, open)?;
    Some(if best.0 && time.earliest.is_some() { ClaimTime { basis: TimeBasis::Context, ..time } } else { time })
}

/// The time, unless it lies after the publication and the happening does not: "the guard who was stabbed on Friday is to speak" was
/// read as the Friday to come, and is the one before, unless it may date something `open` as well ("will meet on Friday over the
/// shelling"). Of another time to come ("tomorrow", "May") nothing is left.
fn in_past(scene: &Scene<'_>, event: &EventMention, time: ClaimTime, open: bool) -> Option<ClaimTime> {
    let now = scene.reading.dct_at(time.quote.span.start);
    let ahead = now.is_some_and(|now| time.earliest.as_ref().is_some_and(|first| *first > now.to_string()));
    if !ahead || event.polarity != Polarity::Happened || time.basis != TimeBasis::Relative {
        return Some(time);
    }
    let words = &scene.rules.words;
    let names = |list: &[String]| {
        time.quote
            .text
            .split(|c: char| !c.is_alphabetic())
            .any(|w| list.iter().any(|known| w.eq_ignore_ascii_case(known)))
    };
    if open || event.rule == SPEECH_RULE || !names(&words.weekdays) || names(&words.coming) {
        return None;
    }
    let back = |day: &Option<String>| {
        let day: Date = day.as_ref()?.parse().ok()?;
        Some(day.checked_sub(7.days()).ok()?.to_string())
    };
    let (earliest, latest) = (back(&time.earliest)?, back(&time.latest)?);
    let value = if earliest == latest { earliest.clone() } else { format!("{earliest}/{latest}") };
    Some(ClaimTime { value: Some(value), earliest: Some(earliest), latest: Some(latest), ..time })
}

/// "Fought two wars, in 2014 and in 2020": the other time of what the words count, where the preposition is said again.
pub(super) fn again(scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) -> Option<ClaimTime> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let many = |t: Token<'_>| t.tag() == "NNS";
    let counted =
        many(trigger) || event.trigger.clone().any(|i| many(doc.token(i))) || trigger.child("dobj").is_some_and(many);
    let dated = |t: &&TimexMention| !t.tokens.is_empty() && t.earliest.is_some() && t.signal == Signal::At;
    let root = |t: &TimexMention| doc.slice(t.tokens.clone()).root();
    let timexes = || scene.mentions.timexes.iter().filter(dated);
    let first = timexes().find(|t| t.timex.quote.span == time.quote.span).map(root)?;
    let other = timexes().find(|t| {
        let by = root(t).head();
        root(t).dep() == "pobj" && by.dep() == "conj" && by.head() == first.head() && first.dep() == "pobj"
    })?;
    let other = claim_time(scene, other, false);
    (counted && event.polarity == Polarity::Happened && other.value != time.value).then_some(other)
}

/// True of the time in "Posted: Friday, May 4", and of the date of the report before its headline ("May 4 2031 Gunners shell the
/// fort"): it is the page's.
pub(super) fn is_labelled(scene: &Scene<'_>, time: &TimexMention) -> bool {
    let (doc, first) = (&scene.reading.doc, time.tokens.start);
    let opens = scene.reading.blocks[scene.reading.block_of(first)].tokens.start == first;
    let full = time.explicit && time.timex.kind == TimexType::Date && time.timex.value.len() == "2031-05-04".len();
    let published = scene.reading.dct_at(time.timex.quote.span.start).map(|day| day.to_string());
    if opens && full && time.earliest.is_some() && time.earliest == published {
        return true;
    }
    let colon = first.checked_sub(1).map(|i| doc.token(i)).filter(|t| t.is(":"));
    colon.and_then(|t| t.nbor(-1)).is_some_and(|label| is_in(&scene.rules.words.labels, label))
}

pub(super) fn claim_time(scene: &Scene<'_>, mention: &TimexMention, since: bool) -> ClaimTime {
    // "After 2020" is some time that is not 2020; "after noon on Tuesday" is on Tuesday.
    if matches!(mention.signal, Signal::Before | Signal::After) && mention.timex.kind == TimexType::Date {
        return ClaimTime { quote: mention.timex.quote.clone(), ..ClaimTime::default() };
    }
    let mut latest = mention.latest.clone();
    let mut value = match (&mention.earliest, &mention.latest) {
        (Some(first), Some(last)) if first == last => Some(first.clone()),
        (Some(first), Some(last)) if is_whole(&mention.timex.value, first, last) => Some(mention.timex.value.clone()),
        (Some(first), Some(last)) => Some(format!("{first}/{last}")),
        // A day whose year nobody says still tells two happenings apart.
        _ => Some(mention.timex.value.clone()).filter(|value| is_of_any_year(value)),
    };
    let resolved = mention.earliest.is_some();
    let now = scene.reading.dct_at(mention.timex.quote.span.start).map(|d| d.to_string());
    if let (true, Some(from), Some(now)) = (since || mention.signal == Signal::Since, &value, now)
        && latest.as_ref().is_some_and(|l| *l < now)
    {
        // "Since 2020" goes on until the report, in the same unit.
        let unit = if is_calendar(from) { from.len() } else { now.len() };
        let from = from.split('/').next().unwrap_or(from);
        value = Some(format!("{from}/{}", &now[..unit]));
        latest = Some(now);
    }
    // A time of day or "now" says nothing of which day; "Tuesday evening" does.
    let dated = mention.timex.value.split('T').next().is_some_and(|day| day.bytes().any(|b| b.is_ascii_digit()));
    let clock = mention.timex.kind == TimexType::Time && !mention.timex.value.contains("WXX") && !dated;
    let open = clock || mention.timex.value == "PRESENT_REF";
    ClaimTime {
        value,
        earliest: mention.earliest.clone(),
        latest,
        precision: mention.precision,
        basis: match (resolved, mention.explicit) {
            (true, true) => TimeBasis::Explicit,
            (true, false) => TimeBasis::Relative,
            (false, _) if open => TimeBasis::Context,
            _ => TimeBasis::Unknown,
        },
        quote: mention.timex.quote.clone(),
    }
}

/// True where two days are the first and last of a year or month.
fn is_whole(value: &str, first: &str, last: &str) -> bool {
    let ends = match value.len() {
        4 => first.ends_with("-01-01") && last.ends_with("-12-31"),
        _ => first.ends_with("-01") && last.get(8..) >= Some("28"),
    };
    is_calendar(value) && first.starts_with(value) && last.starts_with(value) && ends
}

/// `XXXX-03-24`.
fn is_of_any_year(value: &str) -> bool {
    let day = value.strip_prefix("XXXX-").map(str::as_bytes);
    day.is_some_and(|d| d.len() == 5 && d[2] == b'-' && d.iter().filter(|b| b.is_ascii_digit()).count() == 4)
}

/// `2023` or `2023-09`.
fn is_calendar(value: &str) -> bool {
    matches!(value.len(), 4 | 7) && value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}
