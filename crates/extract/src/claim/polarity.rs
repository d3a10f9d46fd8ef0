//! Whether the content came about, by the event's own words and by what its source does with it.
use super::voice::Voice;
use crate::event::EventMention;
use variorum_model::{Polarity, Stance};

/// A denial turns what happened into what did not and back; what is wanted, offered or announced is not yet.
pub(super) fn of(event: &EventMention, chain: &[&Voice]) -> Polarity {
    let Some(voice) = chain.last() else { return event.polarity };
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
