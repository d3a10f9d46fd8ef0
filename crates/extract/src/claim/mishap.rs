//! Harm that nobody did: an earthquake kills, and is no attack.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use crate::senses::{self, Kind};
use variorum_syntax::Token;

/// Sentences that say what a report is about.
const LEAD: usize = 2;

/// Where the dead of a sentence are those of a mishap, says so: a claim of harm without any sign of violence beside a word
/// for a mishap is of the type `other`. In a report that opens with one and tells of no violence at all, this holds for every
/// sentence.
pub(super) fn tell_apart(scene: &Scene<'_>, events: &mut [EventMention]) {
    let doc = &scene.reading.doc;
    let words = &scene.rules.words;
    // "Nine died when a building collapsed": in a report that tells of no violence but by its dead and hurt.
    let violence = |e: &EventMention| words.violence.contains(&e.kind) && !words.only_harm.contains(&e.rule);
    let harmless = !events.iter().any(violence);
    let mishap = |token: Token<'_>| {
        let listed = matches!(token.pos(), "NOUN" | "VERB") && words.mishaps_else.iter().any(|w| w == token.lemma());
        if harmless && listed && !is_fired(token) {
            return true;
        }
        let noun = matches!(token.pos(), "NOUN" | "PROPN") && words.mishaps.iter().any(|w| w == token.lemma());
        let manner = words.mishap_manner.iter().any(|w| token.is(w));
        noun || manner || token.pos() == "VERB" && words.mishap_verbs.iter().any(|w| w == token.lemma())
    };
    // "A weaver was found hurt under a bridge": in such a report nobody says that anyone harmed her.
    let open = |e: &EventMention| {
        let by_nobody = e.agents.iter().all(|&a| doc.token(a).dep() == "nsubjpass");
        let bare = e.kind == "attack" && by_nobody && e.weapons.is_empty();
        bare && words.neutral_harm.iter().any(|w| w == doc.token(e.head).lemma())
    };
    let named =
        || doc.tokens().any(|t| is_in(&words.labelled, t) || words.violent_signs.iter().any(|w| w == t.lemma()));
    if harmless && events.iter().filter(|e| words.violence.contains(&e.kind)).all(open) && !named() {
        for event in events.iter_mut().filter(|e| words.violence.contains(&e.kind)) {
            event.kind = "other".into();
        }
        return;
    }
    let told: Vec<usize> = doc.tokens().filter(|t| mishap(*t)).map(|t| t.i()).collect();
    if told.is_empty() {
        return;
    }
    // "A bus crashed, killing nine": it attacked nobody.
    let crashed = |&agent: &usize| {
        let agent = doc.token(agent);
        let verb = agent.head();
        let alone = words.mishap_verbs.iter().any(|w| w == verb.lemma()) && verb.child("dobj").is_none();
        alone || senses::kind_of(&agent.lemma().to_lowercase()) == Some(Kind::Vehicle)
    };
    let vague = |e: &EventMention| e.kind == "attack" && e.agents.iter().all(crashed) && e.weapons.is_empty();
    let violent = |e: &EventMention| words.violence.contains(&e.kind) && !vague(e);
    let bounds: Vec<_> = doc.sents().map(|s| s.start..s.end).collect();
    let opens = bounds.iter().take(LEAD).any(|b| told.iter().any(|t| b.contains(t)));
    let peaceful = opens && !events.iter().any(violent);
    let sentence = |e: &EventMention| bounds.iter().find(|b| b.contains(&e.head)).cloned().unwrap_or(e.extent.clone());
    let mishaps: Vec<usize> = (0..events.len())
        .filter(|&i| {
            let at = sentence(&events[i]);
            let beside = told.iter().any(|t| at.contains(t));
            let fought = events.iter().any(|other| violent(other) && at.contains(&other.head));
            vague(&events[i]) && (peaceful || beside && !fought)
        })
        .collect();
    for i in mishaps {
        events[i].kind = "other".into();
    }
}

/// "Opened fire", "mortar fire", "fired at": of weapons.
fn is_fired(token: Token<'_>) -> bool {
    token.lemma() == "fire" && (token.pos() == "VERB" || token.children().all(|c| c.dep() != "det"))
}
