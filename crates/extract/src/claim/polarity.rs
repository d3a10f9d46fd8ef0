//! Whether the content came about, by the event's own words and by what its source does with it.
use super::Scene;
use super::voice::{SPEECH_RULE, Voice};
use crate::event::EventMention;
use variorum_model::{ClaimTime, Polarity, Stance, TimeBasis};

/// A denial turns what happened into what did not and back; what is wanted, offered or announced is not yet.
pub(super) fn of(scene: &Scene<'_>, event: &EventMention, chain: &[&Voice]) -> Polarity {
    let Some(voice) = chain.last() else { return event.polarity };
    if voice.opposes(scene, event) {
        // "Rejected the truce that was signed in May": it was.
        return if event.polarity == Polarity::DidNotHappen { Polarity::Happened } else { event.polarity };
    }
    if event.to_stop {
        return event.polarity;
    }
    // "Warned that it may come to war": what is wanted or feared is not yet, but the warning is made.
    if event.kind == "statement" && (event.rule == SPEECH_RULE || voice.performs(event)) {
        return event.polarity;
    }
    match (voice.stance, event.polarity) {
        (Stance::Deny, Polarity::Happened) if !voice.negated => Polarity::DidNotHappen,
        (Stance::Deny, Polarity::DidNotHappen) if !voice.negated => Polarity::DidNotHappen,
        (
            Stance::Demand | Stance::Propose | Stance::Promise | Stance::Threaten,
            Polarity::Happened | Polarity::DidNotHappen,
        ) => Polarity::Planned,
        (_, own) => own,
    }
}

/// What is held on a day that its words name and that is yet to come is planned: "the elections of April 2032", in 2031.
pub(super) fn schedule(scene: &Scene<'_>, events: &mut [EventMention], times: &[ClaimTime]) {
    for (event, time) in events.iter_mut().zip(times) {
        let now = scene.reading.dct_at(time.quote.span.start).map(|day| day.to_string());
        let ahead = now.zip(time.earliest.as_ref()).is_some_and(|(now, first)| *first > now);
        let held = scene.rules.words.held.contains(&event.kind) && time.basis == TimeBasis::Explicit;
        if ahead && held && event.polarity == Polarity::Happened {
            event.polarity = Polarity::Planned;
        }
    }
}
