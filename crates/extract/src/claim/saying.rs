//! Days on which something was only said: of what was done by then they tell little.
use super::Scene;
use super::lasting::{in_perfect, is_lasting, is_spread};
use super::voice::SPEECH_RULE;
use super::words::is_in;
use crate::event::EventMention;
use jiff::ToSpan;
use jiff::civil::Date;
use variorum_model::{ClaimTime, TimeBasis, TimePrecision};
use variorum_syntax::Token;

/// "The agency said on Thursday that the gas attack", "that the league has killed 40 rebels": what a noun only speaks of, and what
/// somebody is said to have done, was some time before, by then.
pub(super) fn is_spoken_of(scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) -> bool {
    let mention = scene.rules.words.is_violent(event) && is_mention(scene, event);
    let of_saying = time.basis == TimeBasis::Context && time.earliest.is_some();
    of_saying && (mention || own_deed(scene, event))
}

/// "The toll of the raid on Orlec rose to 40 on Tuesday", "has risen, a medic said on Tuesday": on Tuesday the number rose.
pub(super) fn is_of_rise(scene: &Scene<'_>, event: &EventMention, time: Option<&ClaimTime>) -> bool {
    let Some(time) = time else { return false };
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    let trigger = doc.token(event.head);
    let line = std::iter::once(trigger).chain(trigger.ancestors()).take(UNDER);
    let rises = |t: Token<'_>| t.dep() == "nsubj" && words.rising.iter().any(|w| w == t.head().lemma());
    let Some(tally) = line.into_iter().find(|t| is_in(&words.tallies, *t) && rises(*t)) else { return false };
    let named = scene.mentions.timexes.iter().find(|t| !t.tokens.is_empty() && t.timex.quote.span == time.quote.span);
    named.is_some_and(|t| !doc.slice(t.tokens.clone()).root().is_under(tally))
}

/// Steps from what somebody died of up to the number of the dead.
const UNDER: usize = 6;

/// "Has killed 40 rebels".
pub(super) fn own_deed(scene: &Scene<'_>, event: &EventMention) -> bool {
    let done = event.rule != SPEECH_RULE && !scene.rules.words.is_legal(event);
    done && in_perfect(scene.reading.doc.token(event.head))
}

/// "Nine have been killed in a raid, a monitor said on Monday" opens a report: on that day or the one before, as news are. Of what
/// somebody has done ("the league has killed 40") and of what took days, nothing tells when.
pub(super) fn fresh_by(scene: &Scene<'_>, event: &EventMention, said: &ClaimTime) -> Option<ClaimTime> {
    let verb = scene.reading.doc.token(event.head);
    let violent = |c: Token<'_>| is_in(&scene.rules.words.labelled, c) || is_in(&scene.rules.words.again, c);
    let befell = verb.children().any(|c| c.dep() == "nsubjpass" || c.dep() == "nsubj" && violent(c));
    let fresh = own_deed(scene, event) && befell && scene.reading.is_lead(event.head);
    let fresh = fresh && !is_lasting(scene, event) && !is_spread(scene, event);
    Some(with_eve(said.clone())).filter(|time| fresh && time.precision == TimePrecision::Days)
}

/// "Declared an emergency on Monday after raiders shot nine": on that day or the one before, as news are.
pub(super) fn before_what_followed(scene: &Scene<'_>, event: &EventMention, time: ClaimTime) -> ClaimTime {
    let clause = scene.reading.doc.token(event.head);
    let after = clause.dep() == "advcl" && clause.child("mark").is_some_and(|m| m.is("after"));
    let main = clause.head();
    let of_main = after && main.start() < time.quote.span.start && time.quote.span.end <= clause.start();
    if of_main { with_eve(time) } else { time }
}

/// A day with the one before it: of what is told on a day, or was followed by something on that day, as news are.
pub(super) fn with_eve(time: ClaimTime) -> ClaimTime {
    let eve = || time.earliest.as_ref()?.parse::<Date>().ok()?.checked_sub(1.days()).ok();
    match eve().filter(|_| time.precision == TimePrecision::Day) {
        Some(eve) => ClaimTime {
            value: time.latest.as_ref().map(|last| format!("{eve}/{last}")),
            earliest: Some(eve.to_string()),
            precision: TimePrecision::Days,
            ..time
        },
        None => time,
    }
}

/// True of violence that a noun only speaks of: "a suspected gas attack".
fn is_mention(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    doc.token(event.head).pos() == "NOUN" && !event.trigger.clone().any(|i| doc.token(i).pos() == "VERB")
}
