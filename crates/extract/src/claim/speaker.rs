//! Who speaks, by name where one can be found.
use super::voice::Voice;
use super::words::is_in;
use super::{Scene, resolve};
use crate::actor::{ActorKind, ActorMention, described};
use crate::senses::{self, Kind};
use std::ops::Range;
use variorum_syntax::Token;

/// One credited source: its words, and who it is.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    pub tokens: Range<usize>,
    pub actor: ActorMention,
}

/// Who speaks; "both sides" are two. `start` is where it begins, with the words or with who says them.
pub(super) fn speakers(scene: &Scene<'_>, before: &[Voice], tokens: Range<usize>, start: usize) -> Vec<Speaker> {
    let root = scene.reading.doc.slice(tokens.clone()).root().i();
    let all = scene.actors.resolve_all(scene.reading, &scene.mentions.actors, root);
    if all.len() > 1 {
        return all.into_iter().map(|actor| Speaker { tokens: tokens.clone(), actor }).collect();
    }
    vec![speaker(scene, before, tokens, start)]
}

/// Who speaks. "He said" and "it added" go on with who spoke last, where that fits; "a statement by the ministry" is the
/// ministry's.
fn speaker(scene: &Scene<'_>, before: &[Voice], tokens: Range<usize>, start: usize) -> Speaker {
    let doc = &scene.reading.doc;
    let head = author(scene, doc.slice(tokens.clone()).root());
    if head.tag() == "PRP" {
        let last = before
            .iter()
            .rev()
            .take(2)
            .filter(|v| doc.token(start).sent_index().saturating_sub(doc.token(v.end()).sent_index()) <= 2)
            .flat_map(|v| v.sources.last())
            .find(|s| fits(head, &s.actor) || goes_on(scene, head, &s.actor))
            .filter(|s| !is_bare_pronoun(scene, &s.actor));
        let somebody = |s: &&Speaker| matches!(s.actor.kind, ActorKind::Person | ActorKind::Description);
        let other = |s: &&Speaker| {
            somebody(s) && head.is_any(&["he", "she"]) && scene.actors.is_nearer_nameless(head, s.actor.head)
        };
        // "…, he said": nobody whom his words name is nearer than who spoke before.
        let behind = start < tokens.start;
        let last = last.filter(|s| behind || !other(s));
        if let Some(last) = last {
            let mut actor = resolve(scene, head.i());
            actor.actor.name = last.actor.actor.name.clone();
            actor.actor.id = last.actor.actor.id.clone();
            actor.kind = last.actor.kind;
            actor.state = last.actor.state.clone();
            return Speaker { tokens, actor };
        }
        let actor = resolve(scene, head.i());
        let dead = actor.kind == ActorKind::Person && is_dead(scene, &actor.actor.name);
        let nobody = || described(scene.reading, head.i()..head.i() + 1, head.i(), ActorKind::Unresolved);
        return Speaker { tokens, actor: if dead { nobody() } else { actor } };
    }
    let actor = resolve(scene, head.i());
    // "… in northern Karovia Radio Orlec said", without its comma: no more than the source.
    let reaches_back = actor.tokens.start < tokens.start && actor.actor.id.is_none() && head.pos() != "PRON";
    let own = || described(scene.reading, tokens.clone(), head.i(), actor.kind);
    let actor = if reaches_back { own() } else { actor };
    Speaker { tokens, actor }
}

/// True of a person whom the report counts among the killed: whoever "he said" is, he is not.
fn is_dead(scene: &Scene<'_>, name: &str) -> bool {
    let killed = scene.mentions.figures.iter().filter(|f| f.figure.measure == "killed");
    let mut victims = killed.flat_map(|f| scene.mentions.actors.mentions.iter().filter(|m| f.tokens.contains(&m.head)));
    victims.any(|m| m.actor.name == name)
}

pub(super) fn first_person(token: Token<'_>) -> bool {
    token.tag() == "PRP" && token.is_any(&["i", "we", "me", "us"])
}

/// True where a pronoun can stand for a speaker.
pub(super) fn fits(pronoun: Token<'_>, speaker: &ActorMention) -> bool {
    match pronoun.text().to_lowercase().as_str() {
        // "Karovia said she was ready": as old books and machines have it.
        "she" => matches!(speaker.kind, ActorKind::Person | ActorKind::State),
        "he" => speaker.kind == ActorKind::Person,
        "it" => !matches!(speaker.kind, ActorKind::Person | ActorKind::Unresolved),
        "they" => matches!(speaker.kind, ActorKind::Institution | ActorKind::Description | ActorKind::Organisation),
        _ => false,
    }
}

/// "A police spokesman said … He added": somebody without a name who has spoken. "The spokesman" may have been named before.
fn goes_on(scene: &Scene<'_>, pronoun: Token<'_>, speaker: &ActorMention) -> bool {
    let noun = scene.reading.doc.token(speaker.head);
    let lemma = noun.lemma().to_lowercase();
    let (words, definite) = (scene.actors.words, &scene.rules.words.definite);
    let person = noun.tag() == "NN" && senses::kind_of(&lemma) == Some(Kind::Person);
    let other = if pronoun.is("he") { &words.female } else { &words.male };
    let new = || noun.children().any(|c| matches!(c.dep(), "det" | "nummod") && !is_in(definite, c));
    pronoun.is_any(&["he", "she"])
        && speaker.kind == ActorKind::Description
        && person
        && !other.contains(&lemma)
        && (new() || resolve(scene, pronoun.i()).kind != ActorKind::Person)
}

/// "He", where nobody knows who.
fn is_bare_pronoun(scene: &Scene<'_>, actor: &ActorMention) -> bool {
    let token = scene.reading.doc.token(actor.head);
    token.tag() == "PRP" && token.is(&actor.actor.name)
}

/// From a document to who wrote it, where that is said.
fn author<'d>(scene: &Scene<'_>, head: Token<'d>) -> Token<'d> {
    let words = &scene.rules.words;
    if !words.documents.iter().any(|w| head.is(w) || w == head.lemma()) {
        return head;
    }
    let linked = head.rights().find(|r| r.dep() == "prep" && words.authored.iter().any(|w| r.is(w)));
    // "The information supplied by the ferry office", "the account offered by two porters"
    let given = || head.rights().find(|r| r.dep() == "acl" && r.tag() == "VBN").and_then(|given| given.child("agent"));
    let linked = linked.or_else(given);
    // "A report from the northern district": where it came from.
    let nowhere = |of: &Token<'_>| {
        // A school district is a body.
        let kind = of.pos() == "NOUN" && of.child("compound").is_none();
        let kind = kind && (is_in(&words.regions, *of) || is_in(&words.towns, *of));
        let place = matches!(of.ent_type(), "GPE" | "LOC" | "FAC") || kind;
        !(of.head().is("from") && place && resolve(scene, of.i()).state.is_none())
    };
    linked.and_then(|p| p.child("pobj")).filter(nowhere).or_else(|| head.child("poss")).unwrap_or(head)
}
