//! What is not at the spot told of before, by its own words: history, what is all over a country, what is elsewhere.
use super::own::is_place_noun;
use crate::claim::Scene;
use crate::claim::words::is_in;
use crate::event::EventMention;
use variorum_syntax::Token;

/// "Has shelled towns before", "the war on the clans": not "a porter who had been shot", the news told once more.
pub(super) fn is_history(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let had = trigger.children().any(|c| c.dep() == "aux" && c.is_any(&["had", "'d"]));
    // "Orlec has been under fire since May": it is told where.
    let sentence = trigger.sent();
    let named = scene.mentions.toponyms.iter().any(|t| {
        let name = scene.reading.doc.slice(t.tokens.clone()).root();
        (sentence.start..sentence.end).contains(&t.tokens.start) && matches!(name.dep(), "nsubj" | "nsubjpass")
    });
    event.background && !event.occasion && !had && !named
}

/// "Fled two villages", "near the border": a town or towns that the words do not name, and that are not those named before; the
/// edge of a country.
pub(super) fn names_other_towns(scene: &Scene<'_>, event: &EventMention) -> bool {
    let words = &scene.rules.words;
    let doc = &scene.reading.doc;
    let within = event.extent.clone().filter(|&i| doc.token(i).dep() == "pobj" && !doc.token(i).head().is("of"));
    within.chain(event.patients.iter().copied()).map(|i| doc.token(i)).any(|noun| {
        let definite = |c: Token<'_>| c.dep() == "poss" || words.definite.iter().any(|w| c.is(w));
        let other_town = is_in(&words.whole_towns, noun) && !noun.children().any(definite);
        noun.pos() == "NOUN" && (other_town || is_in(&words.edges, noun))
    })
}

/// "Keeps a fort in the country", "in the south": in which one, only the sentence's sense says; not at the spot or in the region told of before.
pub(super) fn is_everywhere(scene: &Scene<'_>, event: &EventMention) -> bool {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    event.extent.clone().map(|i| doc.token(i)).any(|noun| {
        let definite = noun.children().any(|c| words.definite.iter().any(|w| c.is(w)));
        let prep = noun.head();
        let part = prep.is("of") && !prep.is_root() && is_in(&words.parts, prep.head());
        let whole = definite && (is_in(&words.inside, prep) || part) && is_in(&words.countries, noun);
        // "In the south", "in south of country": some part of it.
        let side = prep.is("in") && is_in(&words.sides, noun) && noun.children().all(|c| c.dep() != "poss");
        // "In many areas, Orlec and Graz among them"
        let many = |c: Token<'_>| matches!(c.dep(), "amod" | "det") && is_in(&words.amounts, c);
        let several = is_in(&words.inside, prep) && noun.tag() == "NNS" && noun.children().any(many);
        noun.dep() == "pobj" && (whole || side || several && is_place_noun(scene, noun))
    })
}

/// True where the words of a happening name a place that was not read as one: "spread to the Lomnava ranges".
pub(super) fn names_unread(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    let words = &scene.rules.words;
    let covered = |i: usize| {
        scene.mentions.toponyms.iter().any(|t| t.tokens.contains(&i))
            || scene.mentions.actors.mentions.iter().any(|m| m.tokens.contains(&i))
    };
    event.extent.clone().map(|i| doc.token(i)).any(|token| {
        let person = token.ent_type() == "PERSON" && token.entity().is_some_and(|e| e.end - e.start > 1);
        let noun = if token.dep() == "compound" { token.head() } else { token };
        // Nobody is in a person: "in Tal Haldun" is somewhere, whatever the parser calls it.
        let prep = noun.head();
        let of_town = prep.is("of") && is_in(&words.whole_towns, prep.head());
        let inside = noun.dep() == "pobj" && (is_in(&words.inside, prep) || of_town);
        let toponym = |i: usize| scene.mentions.toponyms.iter().any(|t| t.tokens.contains(&i));
        let covered = |i: usize| if inside && token.ent_type() == "PERSON" { toponym(i) } else { covered(i) };
        let person = person && !inside;
        let name = token.pos() == "PROPN" && !person && !matches!(token.ent_type(), "NORP" | "DATE" | "TIME" | "EVENT");
        name && noun.dep() == "pobj" && is_in(&words.locative, noun.head()) && !covered(token.i()) && !covered(noun.i())
    })
}

/// "Elsewhere, a mine killed two", "in two other districts", "another village was shelled", "in a separate attack": not where the text
/// has been so far.
pub(super) fn is_elsewhere(scene: &Scene<'_>, event: &EventMention) -> bool {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    let trigger = doc.token(event.head);
    let other = |noun: Token<'_>| noun.children().any(|c| matches!(c.dep(), "amod" | "det") && is_in(&words.others, c));
    let opens = |t: Token<'_>| t.dep() == "prep" && t.is("in") && t.child("pobj").is_some_and(other);
    let place = |noun: Token<'_>| noun.pos() == "NOUN" && is_place_noun(scene, noun) && other(noun);
    let within = || event.extent.clone().chain(event.patients.iter().copied()).map(|i| doc.token(i));
    let mut verbs = std::iter::once(trigger).chain(trigger.ancestors().take(2));
    within().any(|t| t.is("elsewhere") || place(t))
        || event.trigger.clone().any(|i| doc.token(i).pos() == "NOUN" && other(doc.token(i)))
        || verbs.any(|verb| verb.children().any(|c| opens(c) || c.is("elsewhere")))
}

/// "Killed one, bringing the number of the dead to 300": the verb of what sums up all so far.
pub(super) fn is_raising(scene: &Scene<'_>, verb: Token<'_>) -> bool {
    let raises = scene.rules.words.raising.iter().any(|w| w == verb.lemma());
    verb.dep() == "advcl" && verb.tag() == "VBG" && raises
}

/// "In the provincial capital": a town that no name was found for.
pub(super) fn names_a_seat(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    let named = |i: usize| scene.mentions.toponyms.iter().any(|t| t.tokens.contains(&i));
    let stands = |noun: Token<'_>| match noun.dep() {
        "pobj" => is_in(&scene.rules.words.locative, noun.head()),
        label => label == "dobj" && noun.head().i() == event.head,
    };
    event.extent.clone().any(|i| doc.token(i).is("capital") && stands(doc.token(i)) && !named(i))
}
