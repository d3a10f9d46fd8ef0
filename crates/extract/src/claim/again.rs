//! History that speaks again of what the sentence before has dated.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use variorum_model::Polarity;
use variorum_syntax::Token;

/// True of a happening in the sentence that begins at `after`, or in the one that ends there.
pub(super) fn follows(scene: &Scene<'_>, event: &EventMention, after: usize) -> bool {
    let sentence = scene.reading.doc.token(event.head).sent();
    sentence.start == after || sentence.end == after
}

/// True of history that follows so, with a definite noun for violence in its words: "310 sailors were killed in that battle".
pub(super) fn speaks_again(scene: &Scene<'_>, event: &EventMention, after: usize) -> bool {
    let doc = &scene.reading.doc;
    let sentence = doc.token(event.head).sent();
    let again = |t: Token<'_>| t.pos() == "NOUN" && is_in(&scene.rules.words.again, t) && is_definite(scene, t);
    event.background
        && event.polarity == Polarity::Happened
        && follows(scene, event, after)
        && (sentence.start..sentence.end).map(|i| doc.token(i)).any(again)
}

/// True of history whose clause points at the time told before it: "around 900 people died at the time", "at that time, Vesna brokered
/// a truce". "At the time of the raid" says which time it means.
pub(super) fn is_of_that_time(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let points = |prep: Token<'_>| {
        let noun = || prep.children().find(|c| c.dep() == "pobj");
        let bare = |t: Token<'_>| t.children().all(|c| c.dep() == "det") && is_definite(scene, t);
        prep.is("at") && noun().is_some_and(|t| t.is("time") && bare(t))
    };
    // "At that time a truce was made, and monitors were deployed"
    let up = |t: &Token<'_>| t.head() != *t && (t.pos() != "VERB" || t.dep() == "conj");
    let clause = std::iter::successors(Some(trigger), |t| up(t).then(|| t.head()));
    event.background && clause.into_iter().any(|t| t.children().any(points))
}

fn is_definite(scene: &Scene<'_>, noun: Token<'_>) -> bool {
    noun.children().any(|c| c.dep() == "det" && is_in(&scene.rules.words.definite, c))
}
