//! When a claim places its happening.
use super::Scene;
use super::bond::{Heads, against, bond, is_aside};
use super::bygone;
use super::figures;
use super::lag;
use super::lasting::{Reach, in_perfect, is_in_force, is_lasting, is_spread};
use super::news;
use super::picture::is_of_picture;
use super::stretch::{is_stretch, stretch};
use super::voice::{SPEECH_RULE, Voice};
use super::words::is_in;
use crate::event::{EventMention, is_of_superlative};
use crate::timex::{Signal, TimexMention};
use jiff::ToSpan;
use jiff::civil::Date;
use variorum_model::{ClaimTime, Polarity, Stance, TimeBasis, TimePrecision, TimexType};
use variorum_syntax::Token;

/// For each happening, its time. Words of its own come first. Failing those, news takes the time named last before it in
/// the same block, else what the article says of its days ([`news::News`]), always as `basis: context`. What is only wanted,
/// offered or announced is as old as the saying. History without words of its own stays unknown, unless it speaks of "the war"
/// that the sentence before has dated.
pub(super) fn by_event(scene: &Scene<'_>, voices: &[Voice], events: &[EventMention]) -> Vec<ClaimTime> {
    let heads = Heads::new(scene, events);
    let own: Vec<Option<ClaimTime>> = events.iter().map(|e| own(scene, voices, &heads, e)).collect();
    let dates = |event: &EventMention, time: &ClaimTime| !(own_deed(scene, event) && is_spoken_of(scene, event, time));
    let telling: Vec<Option<ClaimTime>> =
        events.iter().zip(&own).map(|(e, own)| own.clone().filter(|time| dates(e, time))).collect();
    let news = news::of_articles(scene, events, &telling);
    let labels = bygone::labels(scene);
    let bygone = bygone::of_articles(scene, events, &own, &labels);
    let mut labels = labels.into_iter().peekable();
    // The sentence of the label passed last.
    let mut labelled: Option<usize> = None;
    let mut last: Option<(usize, ClaimTime)> = None;
    // The same without what the law does about violence, which comes days or years after it.
    let mut unfollowed: Option<(usize, ClaimTime)> = None;
    // The same without what was only said.
    let mut done: Option<(usize, ClaimTime)> = None;
    // The violence told last in the block, dated by whatever means: "one man was killed" after it tells of its victims.
    let mut violence: Option<(usize, ClaimTime)> = None;
    // The violence told last with a date of its own, history or not, by sentence.
    let mut past: Option<(usize, ClaimTime)> = None;
    let mut reach = Reach::default();
    let mut all = Vec::with_capacity(events.len());
    for (event, own) in events.iter().zip(own) {
        let at = scene.reading.doc.token(event.head).start();
        let block = scene.reading.block_of(event.head);
        let (article, bygone) = (&news[scene.reading.article_at(at)], &bygone[scene.reading.article_at(at)]);
        while let Some((noun, time)) = labels.next_if(|(noun, _)| *noun < event.head) {
            labelled = Some(scene.reading.doc.token(noun).sent_index());
            violence =
                Some((scene.reading.block_of(noun), time)).filter(|(_, time)| article.is_past(time)).or(violence);
        }
        // "I saw him in May, she said": she said so later.
        let told = |time: &ClaimTime| event.rule == SPEECH_RULE && is_within(scene, event, time);
        let own = own.filter(|time| !told(time) && !figures::is_of_state(scene, event));
        // "Charged on Tuesday over a 9 May raid on a porter, who was stabbed": not on Tuesday.
        let violent = scene.rules.words.is_violent(event);
        let beside = violent && labelled == Some(scene.reading.doc.token(event.head).sent_index());
        let own = own.filter(|time| !(beside && time.basis == TimeBasis::Context));
        let spoken_of = own.clone().filter(|time| is_spoken_of(scene, event, time));
        let own = own.filter(|_| spoken_of.is_none());
        // "The ministry said on Thursday that the raid had killed nine", of a report that dates the raid: it was then.
        let own = match own {
            Some(time) if violent && time.basis == TimeBasis::Context && time.earliest.is_some() => {
                let told = article.told(&event.kind).filter(|t| t.latest < time.earliest);
                Some(told.map_or(time, |t| ClaimTime { basis: TimeBasis::Context, ..t }))
            }
            own => own,
        };
        let time = match own {
            Some(time) if time.earliest.is_some() => {
                // A bare year is history's, whatever stands beside it.
                let of_news = !event.background && time.precision != TimePrecision::Year && !is_stretch(scene, &time);
                let of_news = of_news && !is_aside(scene, scene.reading.doc.token(event.head));
                if of_news && event.polarity == Polarity::Happened && article.is_past(&time) {
                    last = Some((block, time.clone()));
                    if !scene.rules.words.is_legal(event) {
                        unfollowed = Some((block, time.clone()));
                        done = unfollowed.clone().filter(|_| event.rule != SPEECH_RULE).or(done);
                    }
                }
                time
            }
            // A weekday without a publication date stays open; "at midday", "now" leave the day to the context.
            Some(time) if !leaves_day_open(&time) => time,
            open => {
                let here = |told: &Option<(usize, ClaimTime)>| {
                    told.as_ref().filter(|(b, _)| *b == block).map(|(_, t)| t.clone())
                };
                let victims = event.kind == news::UNSPECIFIC;
                // "A brother of the kidnapped drover read a letter today": he was kidnapped some time before.
                let undated =
                    is_attributive(scene, event) || against(scene, scene.reading.doc.token(event.head)).is_some();
                let before = |event| bygone.as_ref().filter(|_| article.is_of_law).and_then(|b| b.of(event));
                let undated =
                    undated || is_lasting(scene, event) || is_spread(scene, event) || is_in_force(scene, event);
                let told = if undated { Outlook::Open } else { outlook(voices, event) };
                let context = match told {
                    // "Wanted in a shooting that left two dead has turned himself in": they were not shot on that day.
                    Outlook::News if violent && (article.is_aftermath || event.occasion || beside) => {
                        here(&violence).or_else(|| before(event)).or_else(|| article.violence(&event.kind))
                    }
                    // No later than it is spoken of.
                    Outlook::News if let Some(said) = &spoken_of => here(&violence)
                        .or_else(|| article.told(&event.kind))
                        .filter(|time| time.earliest <= said.latest)
                        .or_else(|| fresh_by(scene, event, said)),
                    Outlook::News if violent && before(event).is_some() => here(&violence).or_else(|| before(event)),
                    Outlook::News => (if victims { here(&violence) } else { None })
                        // "Seats were bloody on Tuesday, a porter said": not when what is told next was done, where that is known.
                        .or_else(|| if violent { here(&done).or_else(|| article.told(&event.kind)) } else { None })
                        .or_else(|| here(if scene.rules.words.is_legal(event) { &last } else { &unfollowed }))
                        .or_else(|| article.happening(&event.kind))
                        .or_else(|| article.only.clone().filter(|_| violent)),
                    Outlook::Saying => article.saying(),
                    Outlook::Open if is_lasting(scene, event) => None,
                    Outlook::Open => past.clone().filter(|(end, _)| speaks_again(scene, event, *end)).map(|(_, t)| t),
                };
                let context = reach.of(scene, event).or(context);
                let words = open.map(|t| t.quote).filter(|q| !q.text.is_empty());
                context.map_or_else(ClaimTime::default, |time| ClaimTime {
                    basis: TimeBasis::Context,
                    quote: words.unwrap_or(time.quote),
                    ..time
                })
            }
        };
        if time.basis != TimeBasis::Context {
            reach.note(scene, event, &time);
        }
        let violent = scene.rules.words.is_violent(event) && !is_stretch(scene, &time);
        if violent && event.polarity == Polarity::Happened && time.earliest.is_some() {
            past = Some((scene.reading.doc.token(event.head).sent().end, time.clone()));
        }
        if violent && !event.background && event.polarity == Polarity::Happened && article.is_past(&time) {
            violence = Some((block, time.clone()));
        }
        all.push(time);
    }
    lag::count_from(scene, events, &mut all);
    all
}

/// True of a time named within the words that a happening spans.
fn is_within(scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) -> bool {
    let words = scene.reading.doc.slice(event.extent.clone()).bytes();
    words.start <= time.quote.span.start && time.quote.span.end <= words.end
}

/// True of history in the sentence that begins at `after`, or in the one that ends there, with a definite noun for violence in
/// its words: "310 sailors were killed in that battle".
fn speaks_again(scene: &Scene<'_>, event: &EventMention, after: usize) -> bool {
    let doc = &scene.reading.doc;
    let sentence = doc.token(event.head).sent();
    let near = sentence.start == after || sentence.end == after;
    let definite = |t: Token<'_>| t.children().any(|c| c.dep() == "det" && is_in(&scene.rules.words.definite, c));
    let again = |t: Token<'_>| t.pos() == "NOUN" && is_in(&scene.rules.words.again, t) && definite(t);
    event.background
        && event.polarity == Polarity::Happened
        && near
        && (sentence.start..sentence.end).map(|i| doc.token(i)).any(again)
}

/// What may be said of the time of a happening that no words of its own date.
enum Outlook {
    /// It is of the day's news.
    News,
    /// It is as old as the words that put it forward.
    Saying,
    /// Nothing.
    Open,
}

fn outlook(voices: &[Voice], event: &EventMention) -> Outlook {
    if event.background {
        return Outlook::Open;
    }
    let innermost = voices.iter().filter(|v| v.says(event.head) || v.performs(event)).min_by_key(|v| v.size());
    let act = event.rule == SPEECH_RULE || innermost.is_some_and(|v| v.performs(event));
    let wanted = |v: &Voice| matches!(v.stance, Stance::Demand | Stance::Propose | Stance::Promise | Stance::Threaten);
    match event.polarity {
        _ if act || innermost.is_some_and(wanted) => Outlook::Saying,
        Polarity::Planned if innermost.is_some() => Outlook::Saying,
        Polarity::Happened | Polarity::DidNotHappen => Outlook::News,
        Polarity::Planned | Polarity::Conditional => Outlook::Open,
    }
}

/// "The agency said on Thursday that the gas attack", "that the league has killed 40 rebels": what a noun only speaks of, and what
/// somebody is said to have done, was some time before, by then.
fn is_spoken_of(scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) -> bool {
    let mention = scene.rules.words.is_violent(event) && is_mention(scene, event);
    let of_saying = time.basis == TimeBasis::Context && time.earliest.is_some();
    of_saying && (mention || own_deed(scene, event))
}

/// "Has killed 40 rebels".
fn own_deed(scene: &Scene<'_>, event: &EventMention) -> bool {
    let done = event.rule != SPEECH_RULE && !scene.rules.words.is_legal(event);
    done && in_perfect(scene.reading.doc.token(event.head))
}

/// "Nine have been killed in a raid, a monitor said on Monday" opens a report: on that day or the one before, as news are. Of what
/// somebody has done ("the league has killed 40") and of what took days, nothing tells when.
fn fresh_by(scene: &Scene<'_>, event: &EventMention, said: &ClaimTime) -> Option<ClaimTime> {
    let verb = scene.reading.doc.token(event.head);
    let violent = |c: Token<'_>| is_in(&scene.rules.words.labelled, c) || is_in(&scene.rules.words.again, c);
    let befell = verb.children().any(|c| c.dep() == "nsubjpass" || c.dep() == "nsubj" && violent(c));
    let day: Date = said.value.as_deref()?.parse().ok()?;
    let eve = day.checked_sub(1.days()).ok()?;
    let fresh = own_deed(scene, event) && befell && scene.reading.is_lead(event.head);
    let fresh = fresh && !is_lasting(scene, event) && !is_spread(scene, event);
    fresh.then(|| ClaimTime {
        value: Some(format!("{eve}/{day}")),
        earliest: Some(eve.to_string()),
        precision: TimePrecision::Days,
        ..said.clone()
    })
}

/// True of violence that a noun only speaks of: "a suspected gas attack".
fn is_mention(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    doc.token(event.head).pos() == "NOUN" && !event.trigger.clone().any(|i| doc.token(i).pos() == "VERB")
}

/// True of a participle before its noun: "the kidnapped drover".
fn is_attributive(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    trigger.dep() == "amod" && trigger.tag().starts_with("VB")
}

/// True of a time of day, and of "now".
fn leaves_day_open(time: &ClaimTime) -> bool {
    time.precision == TimePrecision::Unknown && time.value.is_none() && time.basis == TimeBasis::Context
}

/// The time expression that hangs on the happening: the nearest in the tree among those of its words, then of its
/// sentence where no other verb stands between. "Said on Tuesday" dates the saying: it serves for what is said only where
/// nothing else does, and as context.
fn own(scene: &Scene<'_>, voices: &[Voice], heads: &Heads, event: &EventMention) -> Option<ClaimTime> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let sentence = trigger.sent();
    let timexes = &scene.mentions.timexes;
    let first = timexes.partition_point(|t| t.tokens.end <= sentence.start);
    let stands = scene.rules.words.standing.contains(&event.kind) && matches!(trigger.dep(), "acl" | "relcl")
        || is_lasting(scene, event);
    let best = timexes[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| matches!(t.timex.kind, TimexType::Date | TimexType::Time) || stretch(scene, t).is_some())
        .filter(|t| !t.tokens.is_empty())
        .filter(|t| !is_labelled(scene, t) && !is_of_picture(scene, t))
        // "The deadliest raid since 2020, when nine were killed"
        .filter(|t| {
            let root = doc.slice(t.tokens.clone()).root();
            !is_of_superlative(root) || trigger.is_under(root)
        })
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
