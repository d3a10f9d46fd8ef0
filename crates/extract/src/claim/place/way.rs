//! How a place name hangs on a happening, by the tree.
use super::own::{is_country, is_place_noun};
use super::spread::is_raising;
use crate::claim::Scene;
use crate::claim::words::is_in;
use crate::event::EventMention;
use crate::senses::{self, Kind};
use crate::toponym::ToponymMention;
use variorum_syntax::Token;

/// How a place name hangs on a happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// "In Orlec": by a preposition that says where.
    Locative,
    /// "Shelled Orlec", "the Orlec bridge", "the outskirts of Orlec": as a part of what is told of.
    Part,
    /// Like [`Way::Locative`], on a verb above.
    Above,
    /// In a clause beside it: "was wounded as shells hit Orlec".
    Aside,
}

/// The way from a place name to a happening, where no clause of another happening lies between.
pub(super) fn way(scene: &Scene<'_>, event: &EventMention, toponym: &ToponymMention) -> Option<Way> {
    let doc = &scene.reading.doc;
    let words = &scene.rules.words;
    if is_of_care(scene, toponym) || is_home(scene, toponym) {
        return None;
    }
    let trigger = doc.token(event.head);
    let line: Vec<usize> = std::iter::once(trigger).chain(trigger.ancestors()).map(|t| t.i()).collect();
    let mut at = doc.slice(toponym.tokens.clone()).root();
    let mut locative = false;
    // Whether the way so far is the place itself, not something that only bears its name.
    let mut itself = true;
    // "The Orlec policy": only its name is of the place.
    let mut bears_name = false;
    // "The town of Orlec": it names what it hangs on.
    let mut of_place = false;
    let mut aside = false;
    // How the way came to where it is.
    let mut came = "";
    let ground = words.ground.contains(&event.kind);
    loop {
        if event.trigger.contains(&at.i()) {
            return Some(match (aside, locative) {
                (true, _) => Way::Aside,
                (false, true) => Way::Locative,
                (false, false) => Way::Part,
            });
        }
        if let Some(up) = line.iter().position(|&i| i == at.i()) {
            // "In Orlec, where nine died": there. "The town of Orlec, which the guard took": that town.
            if up > 0 {
                let clause = doc.token(line[up - 1]);
                let taken = || ground && (itself || is_place_noun(scene, at)) && takes(clause) && clause == trigger;
                if toponym.tokens.contains(&at.i()) {
                    return (is_where(clause) || taken()).then_some(Way::Above);
                }
                if of_place && (is_where(clause) || taken()) {
                    return Some(Way::Above);
                }
                // "A battle in Orlec in which nine died": there.
                if locative && is_where(clause) && at.pos() == "NOUN" {
                    return Some(Way::Above);
                }
            }
            // "A blast shook Orlec", "shook the town of Orlec": there.
            let shakes = up > 0 && trigger.dep() == "nsubj" && at == trigger.head() && is_in(&words.shaking, at);
            if shakes && came == "dobj" && (itself || of_place) {
                return Some(Way::Locative);
            }
            // "Killed one in Orlec, bringing the dead to 300": not all of them there.
            if line[..up].iter().any(|&i| is_raising(scene, doc.token(i))) {
                return None;
            }
            let clause = line[..up].iter().all(|&i| doc.token(i).dep() != "relcl");
            let verb = matches!(at.pos(), "VERB" | "AUX");
            return (up > 0 && locative && clause && verb).then_some(if aside { Way::Aside } else { Way::Above });
        }
        if at.is_root() || matches!(at.dep(), "ccomp" | "parataxis" | "csubj") {
            return None;
        }
        if at.dep() == "relcl" && !event.trigger.contains(&at.head().i()) {
            return None;
        }
        // "Destroyed the bridge to stop deliveries from Orlec": what it is for is not where it is.
        if at.dep() == "advcl" && at.children().any(|c| c.dep() == "aux" && c.is("to")) {
            return None;
        }
        // "Days after the siege of Orlec": that was there.
        let dated = |c: variorum_syntax::Token<'_>| c.i() < at.i() && matches!(c.ent_type(), "DATE" | "TIME");
        if at.dep() == "prep" && is_in(&words.apart, at) && at.children().any(dated) {
            return None;
        }
        // "Came hours after rebels shelled Orlec": that was there.
        let lag = |mark: Token<'_>| {
            let before = mark.nbor(-1);
            mark.dep() == "mark"
                && is_in(&words.apart, mark)
                && before.is_some_and(|b| matches!(b.ent_type(), "DATE" | "TIME") || b.dep() == "npadvmod")
        };
        if at.dep() == "advcl" && at.children().any(lag) {
            return None;
        }
        // "According to a doctor in Orlec": where he is.
        if at.dep() == "prep" && at.is("according") {
            return None;
        }
        // "Rebels positioned in Orlec fired at the mill": where they fired from.
        let sits = at.dep() == "acl" && words.positioned.iter().any(|w| w == at.lemma());
        if sits && event.agents.contains(&at.head().i()) {
            return None;
        }
        aside |= matches!(at.dep(), "advcl" | "acl" | "relcl") || at.dep() == "conj" && at.pos() == "VERB";
        let above = at.head();
        if at.dep() == "pobj" {
            // "Talks with Orlec", "ally of Orlec" do not say where; "called on Karovia" speaks to a state.
            let country = is_country(scene, toponym);
            // "Sent troops to Karovia": they are there.
            let arrived = above.is("to") && words.arriving.contains(&event.kind);
            // "The battle for Orlec", "fighting for control of Orlec": there.
            let fought = !country && above.is("for") && words.fought.iter().any(|w| w == above.head().lemma());
            let is_where = is_in(if country { &words.inside } else { &words.locative }, above) || arrived || fought;
            let inside = locative && (ground || is_in(&words.locative, above));
            let of_it = above.is("of") && !country;
            // "Nine drovers from Orlec were shot": where they are from.
            if above.is("from") && above.head().pos() == "NOUN" && is_person(above.head()) {
                return None;
            }
            // "A photo taken from Orlec shows a blast": where the camera stood.
            if above.is("from") && words.pictured.iter().any(|w| w == above.head().lemma()) {
                return None;
            }
            // "Rockets fired from Orlec": nor where they came from.
            if above.is("from") && words.launched.contains(&event.kind) {
                return None;
            }
            // "Called on Orlec to give way": it is spoken to.
            if above.is("on") && words.appealing.iter().any(|w| w == above.head().lemma()) {
                return None;
            }
            // "Marched over his Orlec policy": what it is about.
            if above.is("over") && !ground && bears_name {
                return None;
            }
            if !(is_where || inside || of_it) {
                return None;
            }
            locative |= is_where && itself;
        }
        // "Orlec native Ivo Brandt was shot": where he is from.
        if matches!(at.dep(), "compound" | "amod" | "nmod") && is_in(&words.natives, above) {
            return None;
        }
        bears_name = matches!(at.dep(), "compound" | "nmod" | "amod") && !is_place_noun(scene, above);
        of_place = match at.dep() {
            "pobj" => above.is("of") && itself,
            "prep" => of_place && is_place_noun(scene, above),
            _ => false,
        };
        itself = match at.dep() {
            "pobj" => itself && above.is("of"),
            "prep" => itself && is_place_noun(scene, above),
            "compound" | "nmod" | "poss" | "amod" | "appos" => itself && is_place_noun(scene, above),
            _ => itself,
        };
        came = at.dep();
        at = above;
    }
}

/// True of a relative clause that has a subject of its own and is about what it does to what it hangs on.
fn takes(clause: Token<'_>) -> bool {
    let relative = |c: Token<'_>| c.is_any(&["which", "that"]) && !c.dep().starts_with("nsubj");
    let opens = clause.children().any(relative)
        || clause.children().any(|c| c.dep() == "nsubj" && c.children().any(|d| d.dep() == "det" && d.is("which")));
    clause.dep() == "relcl"
        && opens
        && clause.children().any(|c| c.dep() == "nsubj")
        && !clause.children().any(|c| c.dep() == "dobj" && !relative(c))
}

/// A clause opened by "where", "in which".
fn is_where(clause: Token<'_>) -> bool {
    let in_which = |c: Token<'_>| c.dep() == "prep" && c.child("pobj").is_some_and(|o| o.is("which"));
    clause.dep() == "relcl" && clause.children().any(|c| c.is("where") || in_which(c))
}

/// "In critical condition at Brenna Hospital": where the hurt are looked after.
fn is_of_care(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    let name = doc.slice(toponym.tokens.clone()).root();
    let cared = |t: Token<'_>| [&words.cared, &words.brought].into_iter().flatten().any(|w| w == t.lemma());
    let cares = |t: Token<'_>| {
        is_in(&words.care, t) || t.children().any(|c| matches!(c.dep(), "compound" | "amod") && is_in(&words.care, c))
    };
    // "At Brenna Hospital", "at the medical centre in Brenna"
    let above = name.ancestors().take(2).any(|t| t.pos() != "VERB" && cares(t));
    let care = above || toponym.tokens.clone().any(|i| is_in(&words.care, doc.token(i)));
    care && name.dep() == "pobj" && name.ancestors().take(4).any(cared)
}

/// "The second man, born in Orlec, was arrested", "Ivo Brandt, 41, of Orlec, was shot": nothing else was there.
pub(super) fn is_home(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let doc = &scene.reading.doc;
    let name = doc.slice(toponym.tokens.clone()).root();
    if name.dep() == "pobj" && name.ancestors().take(2).any(|t| is_in(&scene.rules.words.births, t)) {
        return true;
    }
    // "Of Orlec, Ohio": of both.
    let name = if name.dep() == "appos" { name.head() } else { name };
    let of = name.head();
    // "Ivo Brandt, 41, from Orlec": the parser may hang it on the age, or on what was done to him.
    let named = |t: Token<'_>| t.ent_type() == "PERSON";
    let aged = |t: Token<'_>| {
        let age = t.is(",").then(|| t.nbor(-1)).flatten().filter(|a| a.tag() == "CD");
        let comma = age.and_then(|a| a.nbor(-1)).filter(|c| c.is(","));
        comma.and_then(|c| c.nbor(-1)).is_some_and(named)
    };
    if name.dep() == "pobj" && of.is_any(&["of", "from"]) && of.nbor(-1).is_some_and(aged) {
        return true;
    }
    let person = |t: Token<'_>| named(t) || t.dep() == "appos" && named(t.head());
    name.dep() == "pobj" && of.dep() == "prep" && of.is_any(&["of", "from"]) && person(of.head())
}

fn is_person(noun: Token<'_>) -> bool {
    senses::kind_of(&noun.lemma().to_lowercase()) == Some(Kind::Person)
}
