//! What a source does with the content, beyond what its cue says: "said it would withdraw" promises, "said its army was not
//! involved" denies, "says they broke the truce" accuses.
use super::words::is_in;
use super::{Scene, parties, resolve};
use crate::actor::{ActorKind, ActorMention};
use crate::event::EventMention;
use variorum_model::{Polarity, Stance};
use variorum_syntax::Token;

use super::voice::Voice;

/// The stance of the innermost voice towards a happening.
pub(super) fn of(scene: &Scene<'_>, event: &EventMention, voice: Option<&Voice>) -> Stance {
    let stance = by_voice(scene, event, voice);
    // "Said that the charge was false": that is a denial.
    let denies = event.kind == "denial" && event.polarity == Polarity::DidNotHappen && voice.is_some();
    if stance == Stance::Assert && denies {
        return Stance::Deny;
    }
    if stance == Stance::Assert && is_suspicion(scene, event) { Stance::Accuse } else { stance }
}

/// "Was arrested for killing a warder", "is wanted over the raid": that he did it is what he is held for, not what is known.
fn is_suspicion(scene: &Scene<'_>, event: &EventMention) -> bool {
    let words = &scene.rules.words;
    let mut at = scene.reading.doc.token(event.head);
    // "For the killing of a warder": that somebody did it is not in doubt.
    if at.tag() != "VBG" && event.agents.is_empty() {
        return false;
    }
    for _ in 0..4 {
        let above = at.head();
        match at.dep() {
            // What is held against somebody is led to by "for", "over", "of".
            "pcomp" | "pobj" if is_in(&words.held_for, above) => at = above,
            "prep" if words.suspecting.iter().any(|w| w == above.lemma()) => return true,
            // "Wanted in connection with"
            "prep" if above.dep() == "pobj" => at = above.head(),
            "conj" | "amod" | "compound" => at = above,
            _ => return false,
        }
    }
    false
}

fn by_voice(scene: &Scene<'_>, event: &EventMention, voice: Option<&Voice>) -> Stance {
    let Some(voice) = voice else { return Stance::Assert };
    if voice.opposes(scene, event) {
        return Stance::Express;
    }
    if (voice.stance != Stance::Assert || voice.performs(event)) && !event.to_stop {
        return voice.stance;
    }
    let Some(speaker) = voice.sources.first() else { return voice.stance };
    if is_in(&scene.rules.words.unvouched, scene.reading.doc.token(speaker.actor.head)) {
        return Stance::Unverified;
    }
    if feels(scene, event, voice) {
        return Stance::Express;
    }
    let agents = parties::agents(scene, event, voice);
    let same_side = |a: &ActorMention, speaker: &ActorMention| same_side(a, speaker) || is_owned_by(scene, a, speaker);
    let own = !agents.is_empty() && agents.iter().all(|a| same_side(a, &speaker.actor));
    let foreign =
        !agents.is_empty() && agents.iter().all(|a| a.kind != ActorKind::Unresolved && !same_side(a, &speaker.actor));
    match event.polarity {
        // "Our envoys will meet theirs": one's own part in it is the promise.
        Polarity::Planned if agents.iter().any(|a| same_side(a, &speaker.actor)) => Stance::Promise,
        // "Said Karovia would not be drawn into the war": that is a promise, and no denial.
        Polarity::DidNotHappen if own && is_ahead(scene.reading.doc.token(event.head)) => Stance::Promise,
        Polarity::DidNotHappen if own => Stance::Deny,
        Polarity::Happened if foreign && (event.to_stop || scene.rules.words.wrongs.contains(&event.kind)) => {
            Stance::Accuse
        }
        _ => Stance::Assert,
    }
}

/// "Would not be drawn into it", "will take no part in it".
fn is_ahead(trigger: Token<'_>) -> bool {
    let verb = std::iter::once(trigger).chain(trigger.ancestors()).find(|t| matches!(t.pos(), "VERB" | "AUX"));
    let ahead = |c: Token<'_>| c.tag() == "MD" && c.is_any(&["will", "would", "wo", "shall"]);
    verb.is_some_and(|v| v.children().any(ahead))
}

/// "Said it was deeply concerned about the shelling": what is said is a feeling or a judgement.
fn feels(scene: &Scene<'_>, event: &EventMention, voice: &Voice) -> bool {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let clause = std::iter::once(trigger).chain(trigger.ancestors()).take_while(|t| voice.says(t.i()));
    let words = &scene.rules.words.feelings;
    let said: Vec<Token<'_>> = clause.collect();
    said.iter()
        .any(|t| is_in(words, *t) || t.children().any(|c| matches!(c.dep(), "acomp" | "attr") && is_in(words, c)))
}

/// "His fighters", "our army", in the mouth of him whose they are.
fn is_owned_by(scene: &Scene<'_>, a: &ActorMention, speaker: &ActorMention) -> bool {
    let owner = scene.reading.doc.token(a.head).children().find(|c| c.dep() == "poss" && c.tag() == "PRP$");
    owner.is_some_and(|o| o.is_any(&["my", "our"]) || resolve(scene, o.i()).actor.name == speaker.actor.name)
}

/// The same actor, or bodies of one state.
fn same_side(a: &ActorMention, b: &ActorMention) -> bool {
    a.actor.name == b.actor.name || a.state.is_some() && a.state == b.state
}
