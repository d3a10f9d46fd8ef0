//! Times of pictures: "a photo taken on 3 May" dates the photo, and nothing that the report tells.
use super::Scene;
use super::words::is_in;
use crate::timex::TimexMention;
use variorum_syntax::Token;

/// True where a time hangs on what is done with a picture ("taken", "released"), or on the picture itself.
pub(super) fn is_of_picture(scene: &Scene<'_>, mention: &TimexMention) -> bool {
    let words = &scene.rules.words;
    let doc = &scene.reading.doc;
    let name = doc.slice(mention.tokens.clone()).root();
    let picture = |t: Token<'_>| is_in(&words.pictures, t);
    let made = |verb: Token<'_>| {
        let of = matches!(verb.dep(), "acl" | "relcl") && picture(verb.head());
        let subject = || verb.child_any(&["nsubj", "nsubjpass"]).is_some_and(picture);
        let object = || verb.child("dobj").is_some_and(picture);
        words.pictured.iter().any(|w| w == verb.lemma()) && (of || subject() || object())
    };
    name.ancestors().take(REACH).any(|t| picture(t) || made(t))
}

/// True where a time is that of a film's release: "a video published on Friday shows fighting" tells of fighting some time before.
pub(super) fn is_of_film(scene: &Scene<'_>, mention: &TimexMention) -> bool {
    let words = &scene.rules.words;
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let film = |t: Token<'_>| is_in(&words.films, t);
    let released = |t: Token<'_>| {
        matches!(t.dep(), "acl" | "relcl") && film(t.head()) && words.pictured.iter().any(|w| w == t.lemma())
    };
    name.ancestors().take(REACH).any(released)
}

/// How far up from a time a picture is looked for.
const REACH: usize = 4;
