//! What a source does with the content, beyond what its cue says: "said it would withdraw" promises, "said its army was not
//! involved" denies, "says they broke the truce" accuses.
use super::words::is_in;
use super::{Scene, resolve};
use crate::actor::{ActorKind, ActorMention};
use crate::event::EventMention;
use variorum_model::{Polarity, Stance};

use super::voice::Voice;

/// The stance of the innermost voice towards a happening.
pub(super) fn of(scene: &Scene<'_>, event: &EventMention, voice: Option<&Voice>) -> Stance {
    let Some(voice) = voice else { return Stance::Assert };
    if voice.stance != Stance::Assert || voice.performs(event) {
        return voice.stance;
    }
    let Some(speaker) = voice.sources.first() else { return voice.stance };
    if is_in(&scene.rules.words.unvouched, scene.reading.doc.token(speaker.actor.head)) {
        return Stance::Unverified;
    }
    let agents: Vec<ActorMention> = event.agents.iter().map(|&a| resolve(scene, a)).collect();
    let own = !agents.is_empty() && agents.iter().all(|a| same_side(a, &speaker.actor));
    let foreign =
        !agents.is_empty() && agents.iter().all(|a| a.kind != ActorKind::Unresolved && !same_side(a, &speaker.actor));
    match event.polarity {
        Polarity::Planned if own => Stance::Promise,
        Polarity::DidNotHappen if own => Stance::Deny,
        Polarity::Happened if foreign && scene.rules.words.wrongs.contains(&event.kind) => Stance::Accuse,
        _ => Stance::Assert,
    }
}

/// The same actor, or bodies of one state.
fn same_side(a: &ActorMention, b: &ActorMention) -> bool {
    a.actor.name == b.actor.name || a.state.is_some() && a.state == b.state
}
