//! When a claim places its happening.
use super::Scene;
use super::voice::Voice;
use crate::event::EventMention;
use crate::timex::TimexMention;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimePrecision, TimexType};
use variorum_syntax::Token;

/// For each happening, its time. Words of its own come first; failing those, news takes the time named last before it in
/// the same block, or the one day that all dated news of the article points to (basis `context`). History without words
/// of its own stays unknown.
pub(super) fn by_event(scene: &Scene<'_>, voices: &[Voice], events: &[EventMention]) -> Vec<ClaimTime> {
    let own: Vec<Option<ClaimTime>> = events.iter().map(|e| own(scene, voices, e)).collect();
    let news_day = news_days(scene, events, &own);
    let mut last: Option<(usize, ClaimTime)> = None;
    let mut all = Vec::with_capacity(events.len());
    for (event, own) in events.iter().zip(own) {
        let block = scene.reading.block_of(event.head);
        let news = !event.background && !event.state && event.polarity == Polarity::Happened;
        let time = match own {
            Some(time) => {
                if !event.background && time.earliest.is_some() {
                    last = Some((block, time.clone()));
                }
                time
            }
            None if news => {
                let neighbour = last.as_ref().filter(|(b, _)| *b == block).map(|(_, t)| t);
                let article = scene.reading.article_at(scene.reading.doc.token(event.head).start());
                match neighbour.or(news_day.get(article).and_then(|d| d.as_ref())) {
                    Some(time) => ClaimTime { basis: TimeBasis::Context, ..time.clone() },
                    None => ClaimTime::default(),
                }
            }
            None => ClaimTime::default(),
        };
        all.push(time);
    }
    all
}

/// For each article, the day that at least two thirds of its dated news happened on.
fn news_days(scene: &Scene<'_>, events: &[EventMention], own: &[Option<ClaimTime>]) -> Vec<Option<ClaimTime>> {
    let n_articles = scene.reading.report.articles.len().max(1);
    let mut days: Vec<Vec<&ClaimTime>> = vec![Vec::new(); n_articles];
    for (event, time) in events.iter().zip(own) {
        let happened = !event.background && event.polarity == Polarity::Happened;
        if let (true, Some(time)) = (happened, time)
            && time.precision == TimePrecision::Day
            && time.value.is_some()
        {
            let article = scene.reading.article_at(scene.reading.doc.token(event.head).start());
            days[article].push(time);
        }
    }
    days.iter()
        .map(|dated| {
            let count = |t: &ClaimTime| dated.iter().filter(|d| d.value == t.value).count();
            let best = dated.iter().copied().max_by_key(|t| (count(t), std::cmp::Reverse(t.quote.span.start)))?;
            (count(best) * 3 >= dated.len() * 2).then(|| best.clone())
        })
        .collect()
}

/// The time expression that hangs on the happening: the nearest in the tree among those of its words, then of its
/// sentence where no other verb stands between. "Said on Tuesday" dates the saying: it serves for what is said only where
/// nothing else does, and as context.
fn own(scene: &Scene<'_>, voices: &[Voice], event: &EventMention) -> Option<ClaimTime> {
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
        .map(|(d, t)| (voices.iter().any(|v| v.says(event.head) && !v.says(t.tokens.start)), d, t))
        .filter(|(_, d, t)| *d <= 2 || (event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end))
        .min_by_key(|(of_saying, d, t)| (*of_saying, *d, t.tokens.start.abs_diff(event.head)))?;
    let time = claim_time(best.2);
    Some(if best.0 && time.earliest.is_some() { ClaimTime { basis: TimeBasis::Context, ..time } } else { time })
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
