//! When a claim places its happening.
use super::Scene;
use crate::event::EventMention;
use crate::timex::TimexMention;
use variorum_model::{ClaimTime, TimeBasis, TimexType};
use variorum_syntax::Token;

/// For each happening, its time. Words of its own come first; failing those, the last time named before it in the same
/// block for news (basis `context`); history without words of its own stays unknown.
pub(super) fn by_event(scene: &Scene<'_>, events: &[EventMention]) -> Vec<ClaimTime> {
    let mut last: Option<(usize, ClaimTime)> = None;
    let mut all = Vec::with_capacity(events.len());
    for event in events {
        let block = scene.reading.block_of(event.head);
        let time = match own(scene, event) {
            Some(time) => {
                if !event.background && time.earliest.is_some() {
                    last = Some((block, time.clone()));
                }
                time
            }
            None => match &last {
                Some((b, time)) if *b == block && !event.background => {
                    ClaimTime { basis: TimeBasis::Context, ..time.clone() }
                }
                _ => ClaimTime::default(),
            },
        };
        all.push(time);
    }
    all
}

/// The time expression that hangs on the happening: the nearest in the tree among those of its words, then of its
/// sentence where no other verb stands between.
fn own(scene: &Scene<'_>, event: &EventMention) -> Option<ClaimTime> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let sentence = trigger.sent();
    let timexes = &scene.mentions.timexes;
    let first = timexes.partition_point(|t| t.tokens.end <= sentence.start);
    let best = timexes[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| matches!(t.timex.kind, TimexType::Date | TimexType::Time) && !t.tokens.is_empty())
        .filter_map(|t| Some((distance(trigger, doc.slice(t.tokens.clone()).root())?, t)))
        .filter(|(d, t)| *d <= 2 || (event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end))
        .min_by_key(|(d, t)| (*d, t.tokens.start.abs_diff(event.head)))?;
    Some(claim_time(best.1))
}

/// Verbs between a time expression and a trigger in the tree: 0 when it hangs on the trigger's own clause.
fn distance(trigger: Token<'_>, timex: Token<'_>) -> Option<usize> {
    let line: Vec<Token<'_>> = std::iter::once(trigger).chain(trigger.ancestors()).collect();
    let mut verbs_below = 0;
    for at in std::iter::once(timex).chain(timex.ancestors()) {
        if let Some(up) = line.iter().position(|t| *t == at) {
            let verbs_above = line[1..=up].iter().filter(|t| matches!(t.pos(), "VERB" | "AUX")).count();
            return Some(verbs_below * 2 + verbs_above);
        }
        if at != timex && matches!(at.pos(), "VERB" | "AUX") {
            verbs_below += 1;
        }
    }
    None
}

fn claim_time(mention: &TimexMention) -> ClaimTime {
    let resolved = mention.earliest.is_some();
    let value = match (&mention.earliest, &mention.latest) {
        (Some(first), Some(last)) if first == last => Some(first.clone()),
        (Some(_), Some(_)) if is_calendar(&mention.timex.value) => Some(mention.timex.value.clone()),
        (Some(first), Some(last)) => Some(format!("{first}/{last}")),
        _ => None,
    };
    ClaimTime {
        value,
        earliest: mention.earliest.clone(),
        latest: mention.latest.clone(),
        precision: mention.precision,
        basis: match (resolved, mention.explicit) {
            (true, true) => TimeBasis::Explicit,
            (true, false) => TimeBasis::Relative,
            _ => TimeBasis::Unknown,
        },
        quote: mention.timex.quote.clone(),
    }
}

/// `2023` or `2023-09`.
fn is_calendar(value: &str) -> bool {
    matches!(value.len(), 4 | 7) && value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}
