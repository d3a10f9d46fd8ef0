//! Whom the pronouns of what somebody says stand for.
use super::speaker;
use super::voice::Voice;
use super::{Scene, resolve};
use crate::actor::words::is_in;
use crate::actor::{ActorKind, ActorMention};
use crate::event::EventMention;
use variorum_syntax::Token;

/// Who a pronoun of the content is, where its source is meant: "we" in a quotation; "it" in "the army said it had left"
/// (but nobody says of himself that he broke the truce).
pub(super) fn spoken_of(
    scene: &Scene<'_>,
    event: &EventMention,
    mut mention: ActorMention,
    voice: Option<&Voice>,
) -> ActorMention {
    let token = scene.reading.doc.token(mention.head);
    let Some((voice, [speaker])) = voice.map(|v| (v, v.sources.as_slice())) else { return mention };
    let subject = matches!(token.dep(), "nsubj" | "nsubjpass") && voice.says(token.i());
    let third = token.tag() == "PRP" && subject && speaker::fits(token, &speaker.actor);
    // "They battle on, the harbour office said": who are many, and stand before the one who speaks, are others.
    let says = scene.reading.doc.token(speaker.actor.head);
    let one = says.tag() == "NN" || says.is_any(&["he", "she"]);
    let other = token.ancestors().take_while(|a| voice.says(a.i())).any(|t| has_other_subject(t, token));
    let third = third && !(token.is("they") && other);
    // "Sources said that they had cut the road": who only tells of it did not.
    let words = &scene.rules.words;
    // "He was taken to a clinic, Cpl. Brandt said": nor did it befall the officer.
    let ranked = || words.ranks.iter().any(|rank| speaker.actor.actor.name.starts_with(rank.as_str()));
    let others =
        token.is("they") && is_in(&words.observers, says) || token.is_any(&["he", "she", "him", "her"]) && ranked();
    let tells = others && words.ground.contains(&event.kind) && !words.is_legal(event);
    if tells && (third || mention.actor.name == speaker.actor.actor.name) {
        return ActorMention { kind: ActorKind::Unresolved, ..mention };
    }
    let third = third && !(token.is("they") && (one && token.i() < voice.cue.start || token.dep() == "nsubjpass"));
    // "A spokesman for the coalition said it had closed the road": it is the coalition.
    if third && token.is("it") && scene.actors.words.is_office(says) {
        let body = says.rights().find(|c| c.dep() == "prep" && is_in(&scene.rules.words.speaking_for, *c));
        return match body.and_then(|prep| prep.child("pobj")) {
            Some(body) => resolve(scene, body.i()),
            None => ActorMention { kind: ActorKind::Unresolved, ..mention },
        };
    }
    // "'We hit the post,' said Ivo Brandt, the group's spokesman": the group did.
    if token.is_any(&["we", "us"])
        && let Some(body) = speaks_for(scene, says)
    {
        let quote = mention.actor.quote;
        return ActorMention { actor: variorum_model::ActorMention { quote, ..body.actor.clone() }, ..body };
    }
    let own = mention.actor.name == speaker.actor.actor.name;
    // "He had robbed two ferrymen," the chief said: whoever it was, in his own words the chief would be "I".
    if token.is_any(&["he", "she", "him", "her"]) && voice.quotes(&scene.reading.doc, token.i()) {
        let (a, b) = (&mention.actor.name, &speaker.actor.actor.name);
        let same = own || a.ends_with(b.as_str()) || b.ends_with(a.as_str());
        return if same { ActorMention { kind: ActorKind::Unresolved, ..mention } } else { mention };
    }
    // "The report states: 'We have hit them hard'": a report has hit nobody.
    let written = speaker.actor.kind == ActorKind::Description && is_in(&words.documents, says);
    if third && own && scene.rules.words.wrongs.contains(&event.kind) || speaker::first_person(token) && written {
        mention.kind = ActorKind::Unresolved;
    } else if speaker::first_person(token) || third && !scene.rules.words.wrongs.contains(&event.kind) {
        mention.actor.name = speaker.actor.actor.name.clone();
        mention.actor.id = speaker.actor.actor.id.clone();
        mention.kind = speaker.actor.kind;
        mention.state = speaker.actor.state.clone();
    }
    mention
}

/// The body that somebody speaks for, by the office beside his name: "Ivo Brandt, a commander of the Guard".
fn speaks_for(scene: &Scene<'_>, name: Token<'_>) -> Option<ActorMention> {
    let beside =
        name.children().filter(|c| c.dep() == "appos").chain(Some(name.head()).filter(|_| name.dep() == "appos"));
    let office = beside.chain([name]).find(|t| scene.actors.words.is_office(*t))?;
    let led = office.rights().find(|c| c.dep() == "prep" && is_in(&scene.rules.words.speaking_for, *c));
    let body = office.child("poss").or_else(|| led.and_then(|prep| prep.child("pobj")))?;
    let body = resolve(scene, body.i());
    matches!(body.kind, ActorKind::State | ActorKind::Institution | ActorKind::Organisation).then_some(body)
}

/// "Sources said that the militia had come and that they had fired", "the army says rebels killed a pilot whom they had caught": a clause
/// beside or above that of a pronoun has a subject before it that the pronoun may be.
fn has_other_subject(clause: Token<'_>, pronoun: Token<'_>) -> bool {
    let beside = clause.dep() == "conj";
    let above = match clause.dep() {
        "conj" | "advcl" => Some(clause.head()),
        "relcl" => clause.ancestors().find(|a| a.pos() == "VERB"),
        _ => None,
    };
    let subject = |c: Token<'_>| {
        let before = c.dep().starts_with("nsubj") && c.i() < pronoun.i() && c.pos() != "PRON";
        before && (beside || matches!(c.tag(), "NNS" | "NNPS"))
    };
    above.is_some_and(|verb| verb.pos() == "VERB" && verb.children().any(subject))
}
