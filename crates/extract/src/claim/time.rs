//! When a claim places its happening.
use super::Scene;
use super::again::{follows, is_of_that_time, speaks_again};
use super::bond::{Heads, against, is_aside};
use super::bygone;
use super::expression::own;
use super::figures;
use super::lag;
use super::lasting::{Reach, is_in_force, is_lasting, is_outset, is_spread, is_what_they_do};
use super::news;
use super::saying::{before_what_followed, fresh_by, is_of_rise, is_spoken_of, own_deed, with_eve};
use super::stretch::is_stretch;
use super::voice::{SPEECH_RULE, Voice};
use super::words::is_in;
use crate::event::EventMention;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimePrecision};
use variorum_syntax::Token;

/// For each happening, its time. Words of its own come first. Failing those, news takes the time named last before it in
/// the same block, else what the article says of its days ([`news::News`]), always as `basis: context`. What is only wanted,
/// offered or announced is as old as the saying. History without words of its own stays unknown, unless it speaks of "the war"
/// that the sentence before has dated.
pub(super) fn by_event(scene: &Scene<'_>, voices: &[Voice], events: &[EventMention]) -> Vec<ClaimTime> {
    let heads = Heads::new(scene, events);
    let own: Vec<Option<ClaimTime>> = events.iter().map(|e| own(scene, voices, &heads, e)).collect();
    // "The toll of the raid rose to 40 on Tuesday"
    let risen: Vec<bool> = events.iter().zip(&own).map(|(e, own)| is_of_rise(scene, e, own.as_ref())).collect();
    let own: Vec<Option<ClaimTime>> = own.into_iter().zip(&risen).map(|(own, risen)| own.filter(|_| !risen)).collect();
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
    // What was told last with a date of its own, and the violence told last with one, history or not, by sentence.
    let mut dated: Option<(usize, ClaimTime)> = None;
    let mut past: Option<(usize, ClaimTime)> = None;
    let mut reach = Reach::default();
    let mut all = Vec::with_capacity(events.len());
    for ((event, own), risen) in events.iter().zip(own).zip(risen) {
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
        let own =
            own.filter(|time| !told(time) && !figures::is_of_state(scene, event) && !is_what_they_do(scene, event));
        // "Charged on Tuesday over a 9 May raid on a porter, who was stabbed": not on Tuesday.
        let violent = scene.rules.words.is_violent(event);
        let beside = violent && labelled == Some(scene.reading.doc.token(event.head).sent_index());
        let own = own.filter(|time| !(beside && time.basis == TimeBasis::Context));
        let spoken_of = own.clone().filter(|time| is_spoken_of(scene, event, time));
        let own = own.filter(|_| spoken_of.is_none());
        // "Said on Thursday that it had come under fire over the past few days"
        let own = own.filter(|time| time.basis != TimeBasis::Context || !is_spread(scene, event));
        // "The ministry said on Thursday that the raid had killed nine", of a report that dates the raid: it was then.
        let own = match own {
            Some(time) if violent && time.basis == TimeBasis::Context && time.earliest.is_some() => {
                let before = |t: &ClaimTime| t.latest < time.earliest;
                let told = article.told(&event.kind).filter(before);
                // "The guard said on Friday it had hit the mill", of a report of Wednesday's raid: some time from then on.
                let since = article.violence(&event.kind).filter(|t| before(t) && had_been(scene, event));
                let told = told.or_else(|| Some(news::up_to(&since?, &time)));
                // "Killed 42, the monitor said on Friday. … Thursday's raids": on one of the two, or between.
                let told = told.or_else(|| Some(news::up_to(&article.dated(&event.kind).filter(before)?, &time)));
                // "Said on Friday that a raid had killed nine": on that day or the one before, as news are.
                let before = |time| if had_been(scene, event) { with_eve(time) } else { time };
                Some(told.map_or_else(|| before(time), |t| ClaimTime { basis: TimeBasis::Context, ..t }))
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
                let trigger = scene.reading.doc.token(event.head);
                let undated =
                    is_attributive(scene, event) || against(scene, trigger).is_some() || is_compared(scene, trigger);
                let before = |event| bygone.as_ref().filter(|_| article.is_of_law).and_then(|b| b.of(event));
                let undated = undated
                    || is_lasting(scene, event)
                    || is_spread(scene, event)
                    || is_in_force(scene, event)
                    || is_outset(scene, event)
                    // "A charge that the guard denies", whenever it is asked
                    || event.kind == "denial" && trigger.dep() == "relcl" && trigger.tag() == "VBZ"
                    || !violent && !scene.rules.words.is_legal(event) && is_given(scene, event);
                let undated = undated || risen;
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
                    Outlook::Open if risen && event.kind != news::UNSPECIFIC => article.dated(&event.kind),
                    Outlook::Open if is_lasting(scene, event) => None,
                    Outlook::Open if is_of_that_time(scene, event) => {
                        dated.clone().filter(|(end, _)| follows(scene, event, *end)).map(|(_, t)| t)
                    }
                    Outlook::Open => past.clone().filter(|(end, _)| speaks_again(scene, event, *end)).map(|(_, t)| t),
                };
                let context = reach.of(scene, event).or(context);
                let context = context.map(|time| before_what_followed(scene, event, time));
                let words = open.map(|t| t.quote).filter(|q| !q.text.is_empty());
                context.filter(|time| time.earliest.is_some()).map_or_else(ClaimTime::default, |time| ClaimTime {
                    basis: TimeBasis::Context,
                    quote: words.unwrap_or(time.quote),
                    ..time
                })
            }
        };
        if time.basis != TimeBasis::Context {
            reach.note(scene, event, &time);
        }
        let says_when = time.basis != TimeBasis::Context || is_of_that_time(scene, event);
        if says_when && event.polarity == Polarity::Happened && time.earliest.is_some() {
            dated = Some((scene.reading.doc.token(event.head).sent().end, time.clone()));
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

/// A past perfect, not at the head of a report.
fn had_been(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let had = |t: Token<'_>| t.children().any(|c| c.dep() == "aux" && c.is_any(&["had", "'d"]));
    let verb = if trigger.pos() == "NOUN" { trigger.head() } else { trigger };
    had(verb) && !scene.reading.is_lead(event.head)
}

/// True of a time named within the words that a happening spans, and not between it and what is said ("said on Monday that it would go").
fn is_within(scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) -> bool {
    let doc = &scene.reading.doc;
    let words = doc.slice(event.extent.clone()).bytes();
    let mut named = scene.mentions.timexes.iter().filter(|t| !t.tokens.is_empty());
    let own = named.find(|t| t.timex.quote.span == time.quote.span);
    let beside = own.is_some_and(|t| {
        let root = doc.slice(t.tokens.clone()).root();
        let above = if root.dep() == "pobj" { root.head().head() } else { root.head() };
        above.i() == event.head && root.i() > event.head && doc.get(t.tokens.end).is_some_and(|next| next.is("that"))
    });
    words.start <= time.quote.span.start && time.quote.span.end <= words.end && !beside
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
    match event.polarity {
        _ if act || innermost.is_some_and(Voice::wants) => Outlook::Saying,
        Polarity::Planned if innermost.is_some() => Outlook::Saying,
        Polarity::Happened | Polarity::DidNotHappen => Outlook::News,
        Polarity::Planned | Polarity::Conditional => Outlook::Open,
    }
}

/// "The deadliest day since a raid on Orlec": what the news are compared with.
fn is_compared(scene: &Scene<'_>, trigger: Token<'_>) -> bool {
    let since = trigger.head();
    let superlative = |t: Token<'_>| std::iter::once(t).chain(t.children()).any(|c| matches!(c.tag(), "JJS" | "RBS"));
    trigger.pos() == "NOUN"
        && since.dep() == "prep"
        && is_in(&scene.rules.words.since, since)
        && superlative(since.head())
}

/// True of a participle before its noun: "the kidnapped drover".
fn is_attributive(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    trigger.dep() == "amod" && trigger.tag().starts_with("VB")
}

/// True of what only tells which thing is meant ("the truce brokered by the league", "the zones agreed to in May"), and of what a
/// phrase brings up in passing ("with mass defections").
fn is_given(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let participle = trigger.dep() == "acl" && trigger.tag() == "VBN";
    let noun = trigger.pos() == "NOUN" && trigger.dep() == "pobj" && event.trigger.len() == 1;
    event.polarity == Polarity::Happened && event.rule != SPEECH_RULE && (participle || noun)
}

/// True of a time of day, and of "now".
fn leaves_day_open(time: &ClaimTime) -> bool {
    time.precision == TimePrecision::Unknown && time.value.is_none() && time.basis == TimeBasis::Context
}
