//! Mentions → claims: one claim for each happening and each voice that puts it forward.

mod act;
mod again;
mod bond;
mod bygone;
mod expression;
mod figures;
mod lag;
mod lasting;
mod mishap;
mod news;
mod parties;
mod picture;
mod place;
mod polarity;
mod quote;
mod repeated;
mod retold;
mod saying;
mod speaker;
#[cfg(test)]
mod specs;
mod spoken;
mod stance;
mod stretch;
mod taken;
#[cfg(test)]
mod tests;
mod time;
mod voice;
mod words;

use crate::actor::{ActorFinder, ActorMention};
use crate::event::EventMention;
use crate::{LoadError, Mentions, Reading};
use variorum_model::{Claim, Event, Named, Polarity, Quote, Span, Stance, Weapon, stable_id};

/// What the assembly of one report works on.
pub(crate) struct Scene<'a> {
    pub reading: &'a Reading,
    pub mentions: &'a Mentions,
    pub actors: &'a ActorFinder,
    pub rules: &'a Assembler,
}

/// What the assembly knows besides the mentions.
pub struct Assembler {
    words: words::Words,
    actor_nouns: std::collections::HashSet<String>,
    place_nouns: std::collections::HashSet<String>,
}

impl Assembler {
    /// Reads the built-in words.
    pub fn load() -> Result<Self, LoadError> {
        let words = words::Words::built_in()?;
        Ok(Assembler { words, actor_nouns: words::nouns_of("actor")?, place_nouns: words::nouns_of("place")? })
    }
}

impl Assembler {
    /// Joins the mentions of a report to claims, in text order.
    pub fn assemble(&self, reading: &Reading, mentions: &Mentions, actors: &ActorFinder) -> Vec<Claim> {
        assemble(&Scene { reading, mentions, actors, rules: self })
    }
}

fn assemble(scene: &Scene<'_>) -> Vec<Claim> {
    let (reading, mentions) = (scene.reading, scene.mentions);
    let voices = voice::voices(scene);
    let mut events: Vec<EventMention> = mentions.events.clone();
    let unsaid = voice::unsaid(scene);
    events.retain(|e| !unsaid.iter().any(|said| said.contains(&e.head)));
    let counted = figures::without_event(scene, &events);
    events.retain(|e| !figures::is_of_counted(scene, e, &counted));
    events.extend(counted);
    // A voice speaks for itself where no happening is told by it.
    let tells = |v: &voice::Voice, e: &EventMention| {
        voice::chain(scene, &voices, e, &events).iter().any(|told| std::ptr::eq(*told, v))
    };
    let heard = |v: &voice::Voice, e: &EventMention| {
        // "Ordered the killing of nine porters": the killing tells it.
        let object = || v.content.first().is_some_and(|r| reading.doc.slice(r.clone()).root().i() == e.head);
        let ordered = || v.stance == Stance::Demand && scene.rules.words.is_violent(e) && object();
        v.performs(e) || v.says(e.head) && (v.stance == Stance::Deny || tells(v, e) || ordered())
    };
    // "Denied the guild's report that": nor where it is denied what somebody tells.
    let denied = |v: &voice::Voice| {
        let cue = reading.doc.slice(v.cue.clone()).root();
        cue.pos() == "NOUN" && voices.iter().any(|d| d.stance == Stance::Deny && d.says(cue.i()))
    };
    let spoken: Vec<bool> = voices.iter().map(|v| denied(v) || events.iter().any(|e| heard(v, e))).collect();
    events.extend(act::acts(scene, &voices, &spoken));
    events.sort_by_key(|e| (e.head, e.extent.start));
    // "Called for a return to the accords signed by both": what a wish takes for known, and nobody dates, was before the news.
    for event in &mut events {
        let dated = |i| matches!(reading.doc.token(i).ent_type(), "DATE" | "TIME");
        let undated = !reading.doc.token(event.head).subtree().into_iter().any(dated);
        event.background |= undated && voices.iter().any(|v| taken::takes_for_known(scene, v, event));
    }
    let owned = figures::by_event(scene, &events);
    figures::weigh(&mut events, &owned);
    retold::by_toll(scene, &mut events, &owned);
    mishap::tell_apart(scene, &mut events);
    let times = time::by_event(scene, &voices, &events);
    polarity::schedule(scene, &mut events, &times);
    let sums = figures::sums(scene, &events, &owned, &times);
    let places = place::by_event(scene, &voices, &events, &times, &sums);

    let mut claims = Vec::new();
    for (i, event) in events.iter().enumerate() {
        let chain = voice::chain(scene, &voices, event, &events);
        let innermost = chain.last();
        let stance = stance::of(scene, event, innermost.copied());
        let first_of_voice = innermost.is_some_and(|v| events.iter().position(|e| v.says(e.head)) == Some(i));
        let span = quote::span(scene, event, innermost.copied(), first_of_voice);
        let (mut agents, mut patients) = parties::of(scene, event, &owned[i], innermost.copied());
        // Of a statement, a demand and a denial the speaker is the actor, unless he tells of somebody else's; of an accusation the
        // accused is.
        let speech = matches!(event.kind.as_str(), "statement" | "demand" | "denial");
        // "Her family said she had been threatened": not by them.
        let passive = reading.doc.token(event.head).child("auxpass").is_some();
        let speaks =
            |v: &voice::Voice| event.rule == voice::SPEECH_RULE || v.performs(event) || agents.is_empty() && !passive;
        if let (true, Some(speaker)) = (speech, innermost.filter(|v| speaks(v))) {
            agents = speaker.sources.iter().map(|s| named(&s.actor)).collect();
        }
        if event.kind == "accusation" && innermost.is_some_and(|v| v.performs(event)) {
            agents = std::mem::take(&mut patients);
        }
        // What makes a statement is that it is said.
        let spoken = innermost.filter(|_| event.rule == voice::SPEECH_RULE).map(|v| v.cue.clone());
        let trigger = token_quote(reading, spoken.unwrap_or(event.trigger.clone()));
        let again = expression::again(scene, event, &times[i]);
        let polarity = polarity::of(scene, event, &chain);
        let planned = polarity == Polarity::Planned;
        let claim = Claim {
            quote: span.of(reading.text()).to_owned(),
            span,
            cue: innermost.map(|v| v.cue_quote(reading)),
            stance,
            event: Event { kind: event.kind.clone(), trigger },
            polarity,
            background: event.background && !(planned && innermost.is_some_and(|v| v.wants_now(reading, &times[i]))),
            article: reading.article_at(span.start),
            actors: agents,
            targets: patients,
            places: places[i].clone(),
            time: times[i].clone(),
            figures: figures::finished(scene, event, &owned[i], &times[i], sums[i], innermost.copied()),
            weapons: match scene.rules.words.unarmed.contains(&event.kind) {
                true => Vec::new(),
                false => event.weapons.iter().map(|w| Weapon { quote: token_quote(reading, w.clone()) }).collect(),
            },
            rule: event.rule.clone(),
            ..Claim::default()
        };
        // Joint sources ("both sides confirmed") each put it forward: a claim each.
        let joint = innermost.map_or(1, |v| v.sources.len().max(1));
        for which in 0..joint {
            let mut sources: Vec<Named> = Vec::new();
            for (depth, voice) in chain.iter().enumerate() {
                let pick = if depth + 1 == chain.len() { which } else { 0 };
                sources.extend(voice.sources.get(pick).map(|s| named(&s.actor)));
            }
            sources.dedup_by(|b, a| a.name == b.name);
            // "Accused each other": of each the other.
            let others = innermost.filter(|v| v.sources.len() > 1 && parties::is_reciprocal(scene, event));
            let each = innermost.filter(|v| v.sources.len() > 1 && parties::is_of_each(scene, event, v));
            let actors = match (others, each) {
                (Some(v), _) => {
                    v.sources.iter().enumerate().filter(|(n, _)| *n != which).map(|(_, s)| named(&s.actor)).collect()
                }
                (None, Some(v)) => vec![named(&v.sources[which].actor)],
                (None, None) => claim.actors.clone(),
            };
            // "Two wars, in 2014 and in 2020": one for each time; the count is told once.
            let other = again.clone().map(|time| Claim {
                time,
                figures: Vec::new(),
                sources: sources.clone(),
                actors: actors.clone(),
                ..claim.clone()
            });
            claims.push(Claim { sources, actors, ..claim.clone() });
            claims.extend(other);
        }
    }
    claims.sort_by_key(|c| (c.span.start, c.span.end, c.event.trigger.span.start));
    for n in 0..claims.len() {
        claims[n].id = id(reading, &claims[n]);
        // A second claim of the same words differs by its time.
        if claims[..n]
            .iter()
            .rev()
            .take(SAME)
            .any(|c| c.id == claims[n].id && c.time.quote.span != claims[n].time.quote.span)
        {
            claims[n].id = stable_id("c", &[&claims[n].id, &claims[n].time.quote.text]);
        }
    }
    claims.dedup_by(|b, a| a.id == b.id);
    repeated::drop(&mut claims);
    claims
}

/// Claims before one among which a claim of the same words may stand.
const SAME: usize = 4;

/// Stable: the same report, words, type and voices give the same id, wherever else the rules change.
fn id(reading: &Reading, claim: &Claim) -> String {
    let place = format!("{}-{}/{}", claim.span.start, claim.span.end, claim.event.trigger.span.start);
    let voices: Vec<&str> = claim.sources.iter().map(|s| s.name.as_str()).collect();
    stable_id("c", &[&reading.report.id, &place, &claim.quote, &claim.event.kind, &voices.join("\u{1f}")])
}

pub(crate) fn resolve(scene: &Scene<'_>, head: usize) -> ActorMention {
    scene.actors.resolve(scene.reading, &scene.mentions.actors, head)
}

fn named(mention: &ActorMention) -> Named {
    Named { name: mention.actor.name.clone(), span: mention.actor.quote.span }
}

pub(crate) fn token_quote(reading: &Reading, tokens: std::ops::Range<usize>) -> Quote {
    let bytes = reading.doc.slice(tokens).bytes();
    Quote::new(Span::new(bytes.start, bytes.end), reading.text())
}

/// A happening that the words leave open in every respect but its type.
pub(crate) fn bare_event(kind: &str, head: usize, extent: std::ops::Range<usize>, rule: &str) -> EventMention {
    EventMention {
        kind: kind.to_owned(),
        trigger: head..head + 1,
        head,
        extent,
        agents: Vec::new(),
        patients: Vec::new(),
        places: Vec::new(),
        polarity: Polarity::Happened,
        background: false,
        occasion: false,
        to_stop: false,
        state: false,
        weapons: Vec::new(),
        duration: None,
        rule: rule.to_owned(),
    }
}
