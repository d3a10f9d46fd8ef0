//! What the words of a voice take for known, bring up in passing, or only answer: it is told over the speaker's head.
use super::Scene;
use super::voice::Voice;
use super::words::is_in;
use crate::event::EventMention;
use variorum_model::Polarity;
use variorum_syntax::{Doc, Token};

/// A relative clause after a comma, on the way from a token up to the end of what is said.
pub(super) fn is_aside(doc: &Doc, token: usize, said: impl Fn(usize) -> bool) -> bool {
    let token = doc.token(token);
    let way = std::iter::once(token).chain(token.ancestors()).take_while(|t| said(t.i()));
    let set_off = |t: Token<'_>| t.left_edge().nbor(-1).is_some_and(|before| before.is(","));
    way.into_iter().any(|t| t.dep() == "relcl" && said(t.head().i()) && set_off(t))
}

/// "A debate on the raid", "sanctions over the shelling", "pledged that the raid will be avenged": who wants these does not want the
/// raid, which the words take for known.
pub(super) fn is_known(scene: &Scene<'_>, event: &EventMention) -> bool {
    let (head, words) = (scene.reading.doc.token(event.head), &scene.rules.words);
    let definite = |c: Token<'_>| c.dep() == "poss" || is_in(&words.definite, c);
    words.is_violent(event) && head.pos() == "NOUN" && head.children().any(definite)
}

/// True where a wish takes a happening for known by a participle, as the words of nobody else.
pub(super) fn takes_for_known(scene: &Scene<'_>, voice: &Voice, event: &EventMention) -> bool {
    voice.wants() && is_of_known(scene, event, |i| voice.says(i)) && !voice.quotes(&scene.reading.doc, event.head)
}

/// "Demanded the release of the drovers seized on Monday", "called for a return to the accords signed in 2031": a participle that says
/// which ones are meant. "Called for a truce brokered by the league" wants that as well.
fn is_of_known(scene: &Scene<'_>, event: &EventMention, said: impl Fn(usize) -> bool) -> bool {
    let (deed, words) = (scene.reading.doc.token(event.head), &scene.rules.words);
    let noun = deed.head();
    let participle = deed.dep() == "acl" && deed.tag() == "VBN" && said(noun.i());
    let definite = |c: Token<'_>| c.dep() == "poss" || is_in(&words.definite, c);
    let some =
        noun.tag() == "NNS" && words.specified.contains(&event.kind) && !noun.children().any(|c| c.dep() == "det");
    participle && event.polarity == Polarity::Happened && (noun.children().any(definite) || some)
}

/// "Rejected excuses used to justify the raid", "…, stressing that raids on mills are wrong": a participle clause on the way from a
/// token up to the end of what is said.
pub(super) fn is_beside(doc: &Doc, token: usize, said: impl Fn(usize) -> bool) -> bool {
    let token = doc.token(token);
    let mut way = std::iter::once(token).chain(token.ancestors()).take_while(|t| said(t.i()));
    let bare = |t: Token<'_>| t.child_any(&["nsubj", "aux"]).is_none();
    way.any(|t| said(t.head().i()) && bare(t) && matches!((t.dep(), t.tag()), ("acl", "VBN") | ("advcl", "VBG")))
}

/// "Vowed to fight on despite the raid", "demanded an inquiry after the raid": what is only the occasion of what is said, on the way up
/// from a token.
pub(super) fn is_occasion(scene: &Scene<'_>, event: &EventMention, said: impl Fn(usize) -> bool) -> bool {
    let token = scene.reading.doc.token(event.head);
    let mut way = std::iter::once(token).chain(token.ancestors()).take_while(|t| said(t.i()));
    way.any(|t| t.dep() == "pobj" && said(t.head().i()) && is_in(&scene.rules.words.occasions, t.head()))
}

/// "Were asked to keep away because the shooting goes on", "has denied it since it began the war": a clause with one of `marks`, on
/// the way up from a token to the end of what is said.
pub(super) fn is_under(doc: &Doc, token: usize, marks: &[&str], said: impl Fn(usize) -> bool) -> bool {
    let token = doc.token(token);
    let mut way = std::iter::once(token).chain(token.ancestors()).take_while(|t| said(t.i()));
    way.any(|t| t.dep() == "advcl" && t.children().any(|c| c.dep() == "mark" && c.is_any(marks)))
}

/// A relative clause in the past, on the way from a token up to the end of what is said.
pub(super) fn is_past_aside(doc: &Doc, token: usize, said: impl Fn(usize) -> bool) -> bool {
    let token = doc.token(token);
    let mut way = std::iter::once(token).chain(token.ancestors()).take_while(|t| said(t.i()));
    let past = |t: Token<'_>| {
        t.tag() == "VBD"
            || t.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && c.tag() == "VBD" && !c.is("could"))
    };
    way.any(|t| t.dep() == "relcl" && said(t.head().i()) && past(t))
}
