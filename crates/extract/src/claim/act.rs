//! Acts of speech: what is said where no happening is told in the words of a source.
use super::speaker::Speaker;
use super::voice::{SPEECH_RULE, Voice};
use super::words::{is_in, lemma_in};
use super::{Scene, bare_event};
use crate::actor::ActorKind;
use crate::event::EventMention;
use std::ops::Range;
use variorum_model::{Polarity, Stance};
use variorum_syntax::{Doc, Token};

/// The acts of the voices that no happening tells (`spoken`, one for each voice, says which are).
pub(super) fn acts(scene: &Scene<'_>, voices: &[Voice], spoken: &[bool]) -> Vec<EventMention> {
    let acts: Vec<Option<EventMention>> =
        voices.iter().zip(spoken).map(|(voice, spoken)| act_of_speech(scene, voice).filter(|_| !spoken)).collect();
    // "The spokesman said the council had asked him to leave": that it asked is what he said.
    let told_within = |act: &EventMention| {
        let mut inner = voices.iter().zip(spoken).zip(&acts);
        inner.any(|((v, spoken), own)| {
            v.cue.contains(&act.head) && (*spoken || own.as_ref().is_some_and(|o| o.head != act.head))
        })
    };
    let within: Vec<bool> = acts.iter().map(|act| act.as_ref().is_some_and(told_within)).collect();
    acts.into_iter().zip(within).filter(|(_, within)| !within).filter_map(|(act, _)| act).collect()
}

/// A claim for an attribution in whose words no happening was found: a denial, a demand, a statement.
fn act_of_speech(scene: &Scene<'_>, voice: &Voice) -> Option<EventMention> {
    let doc = &scene.reading.doc;
    if voice.sources.is_empty() || voice.carried {
        return None;
    }
    // "It highlights what may happen": a thing that nobody knows says nothing.
    let cue = doc.slice(voice.cue.clone()).root();
    let thing = |s: &Speaker| {
        let token = doc.token(s.actor.head);
        s.actor.kind == ActorKind::Unresolved && token.is_any(&["it", "this", "that", "which", "these"])
    };
    // "According to reports": of whom nobody says.
    let papers = |s: &Speaker| {
        s.actor.kind == ActorKind::Description && is_in(&scene.rules.words.unvouched, doc.token(s.actor.head))
    };
    let learnt = lemma_in(&scene.rules.words.learning, cue);
    // "Wardens tried to determine who": by that nothing is said yet.
    let infinitive = cue.children().any(|c| c.dep() == "aux" && c.tag() == "TO");
    let sought = voice.stance == Stance::Assert && infinitive;
    // "Did not deny": by that nothing is said.
    let undenied = voice.stance == Stance::Deny && voice.negated;
    // "Did not say how many": nor by that.
    let unsaid = voice.negated
        && (voice.stance == Stance::Assert
            || voice.stance == Stance::Unverified && lemma_in(&scene.rules.words.untelling, cue));
    // "When wardens came, they found the door open"
    let inquires = |s: &Speaker| {
        let body = matches!(s.actor.kind, ActorKind::State | ActorKind::Institution | ActorKind::Organisation);
        body || is_in(&scene.rules.words.finders, doc.token(s.actor.head))
    };
    let met = lemma_in(&scene.rules.words.finding, cue) && !voice.sources.iter().any(inquires);
    if undenied || unsaid || met || learnt || sought || voice.sources.iter().all(papers) {
        return None;
    }
    let shows = lemma_in(&scene.rules.words.showing, cue);
    if shows && voice.sources.iter().all(thing) {
        return None;
    }
    let kind = match voice.stance {
        Stance::Deny => "denial",
        Stance::Accuse => "accusation",
        Stance::Demand => "demand",
        _ => "statement",
    };
    let content = voice.content.iter().max_by_key(|r| r.len())?;
    let head = doc.slice(content.clone()).root();
    let head = if head.pos() == "PUNCT" { first_word(doc, content.clone())? } else { head };
    // "Spoke on Wednesday", "quoting officials": no more than a phrase is no statement.
    let clause = doc.slice(content.clone()).tokens().any(|t| matches!(t.pos(), "VERB" | "AUX"));
    if kind == "statement" && !clause && voice.stance == Stance::Assert {
        return None;
    }
    let mut event = bare_event(kind, head.i(), content.clone(), SPEECH_RULE);
    // "Asked the guild to leave": of whom it is asked.
    let asked = || {
        let within = cue.child_any(&["ccomp", "xcomp"]).and_then(|c| c.child("nsubj"));
        cue.child_any(&["dobj", "dative"]).or(within).filter(|t| t.i() > cue.i())
    };
    if kind == "demand" && cue.pos() == "VERB" {
        event.patients.extend(asked().map(|t| t.i()));
    }
    if voice.stance == Stance::Deny {
        event.polarity = Polarity::DidNotHappen;
    }
    Some(event)
}

fn first_word(doc: &Doc, range: Range<usize>) -> Option<Token<'_>> {
    doc.slice(range).tokens().find(|t| !matches!(t.pos(), "PUNCT" | "SPACE"))
}
