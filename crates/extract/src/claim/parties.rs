//! Who did it and to whom: the names behind the agents and patients of a happening.
use super::spoken::spoken_of;
use super::voice::Voice;
use super::{Scene, named, resolve};
use crate::actor::words::is_in;
use crate::actor::{ActorKind, ActorMention};
use crate::event::EventMention;
use crate::figure::FigureMention;
use crate::senses::{self, Kind};
use variorum_model::{Named, Precision, Stance};
use variorum_syntax::Token;

/// Measures of people to whom something was done: whoever they count is no agent of it.
const SUFFERED: &[&str] = &["killed", "wounded", "casualties", "missing", "captured", "abducted", "arrested"];

/// Agents and patients by name. What cannot act is left out, and so are bare numbers; who is counted as a victim is a
/// patient wherever the syntax put him.
pub(super) fn of(
    scene: &Scene<'_>,
    event: &EventMention,
    figures: &[&FigureMention],
    voice: Option<&Voice>,
) -> (Vec<Named>, Vec<Named>) {
    let suffers = |head: &usize| {
        let counted = |f: &&&FigureMention| SUFFERED.contains(&f.figure.measure.as_str()) && f.tokens.contains(head);
        figures.iter().any(|f| counted(&f))
    };
    let (victims, agents): (Vec<usize>, Vec<usize>) = event.agents.iter().partition(|a| suffers(a));
    let mut patients = event.patients.clone();
    patients.extend(victims.into_iter().filter(|v| !event.patients.contains(v)));
    // "The sheriff said a man had shot him dead", "nine of us were killed": others, for the dead say nothing.
    let fatal = |head: &usize| figures.iter().any(|f| f.figure.measure == "killed" && f.tokens.contains(head));
    let died = event.polarity == variorum_model::Polarity::Happened;
    patients.retain(|&p| !(died && fatal(&p) && is_speaker(scene, p, voice)));
    // "Police said a guard hit both of them": not those who tell of it.
    patients.retain(|&p| !(scene.rules.words.is_violent(event) && is_tellers_they(scene, p, voice)));
    // "'… wounded six others' SANA reported": nor the agency that the parser takes for them.
    let source =
        |p: usize| voice.is_some_and(|v| v.says(event.head) && v.sources.iter().any(|s| s.tokens.contains(&p)));
    patients.retain(|&p| !(source(p) && scene.reading.doc.token(p).dep() == "appos"));
    patients.retain(|&p| !is_scene(scene, event, p));
    // "Accuses Karovia of backing the Front, which it denies": not the Front.
    let trigger = scene.reading.doc.token(event.head);
    let whole = |p: usize| trigger.dep() == "relcl" && trigger.head().i() == p;
    patients.retain(|&p| !(event.kind == "denial" && whole(p)));
    // Whoever is named as an agent is not a patient of the same happening as well.
    let others = |a: usize| !is_accusers(scene, a, &agents, voice) && !is_telling(scene, event, a, voice);
    let agents: Vec<usize> =
        agents.iter().copied().filter(|&a| others(a) && !is_only_called(scene, event, a)).collect();
    let agents: Vec<usize> = agents.into_iter().filter(|&a| !is_demanders_they(scene, event, a, voice)).collect();
    // "Stopped three carts and set them on fire": the carts.
    let meant = |i: usize| resolve(scene, i).actor.name;
    let again = |p: usize| {
        let pronoun = scene.reading.doc.token(p).tag() == "PRP";
        pronoun && agents.iter().any(|&a| a != p && meant(a) == meant(p))
    };
    patients.retain(|&p| !again(p));
    let agents = names(scene, event, &agents, voice);
    let mut patients = names(scene, event, &patients, voice);
    if scene.rules.words.on_things.contains(&event.kind) {
        for &patient in event.patients.iter().filter(|&&p| !is_scene(scene, event, p)) {
            struck(scene, patient, voice, &mut patients);
        }
    }
    patients.retain(|p| !agents.iter().any(|a| a.span == p.span));
    (agents, patients)
}

/// "Accused Karovia of massing its troops": whatever the pronoun is taken for, it is not the accuser who does what he accuses of.
fn is_accusers(scene: &Scene<'_>, agent: usize, agents: &[usize], voice: Option<&Voice>) -> bool {
    let Some(voice) = voice.filter(|v| v.stance == Stance::Accuse && agents.len() > 1) else { return false };
    let state = resolve(scene, agent).state;
    let its = scene.reading.doc.token(agent).children().any(|c| c.dep() == "poss" && c.tag() == "PRP$");
    its && state.is_some() && voice.sources.iter().any(|s| s.actor.state == state)
}

/// "Police said Brandt got out, drew a gun, and shot two": who tells of it did not do it, unless he says so of himself ("claimed to have
/// shot two").
fn is_telling(scene: &Scene<'_>, event: &EventMention, agent: usize, voice: Option<&Voice>) -> bool {
    let Some(voice) = voice.filter(|v| v.says(event.head) && !v.performs(event)) else { return false };
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let top = std::iter::once(trigger).chain(trigger.ancestors()).find(|t| voice.cue.contains(&t.head().i()));
    // "The council asked to keep the truce": others are to keep it.
    let told = top.is_some_and(|t| t.dep() == "ccomp" || voice.stance == Stance::Demand);
    told && doc.token(agent).pos() != "PRON" && voice.sources.iter().any(|s| s.tokens.contains(&agent))
}

/// "The rebels demand that they resign", "threaten to kill them if they do not resign": others are to.
fn is_demanders_they(scene: &Scene<'_>, event: &EventMention, agent: usize, voice: Option<&Voice>) -> bool {
    let Some(voice) = voice.filter(|v| v.says(event.head)) else { return false };
    let token = scene.reading.doc.token(agent);
    let asked = match voice.stance {
        Stance::Demand => true,
        Stance::Threaten => event.polarity == variorum_model::Polarity::Conditional,
        _ => false,
    };
    let they = token.tag() == "PRP" && !token.is_any(&["we", "i"]) && voice.says(agent);
    asked && they && voice.sources.iter().any(|s| s.actor.actor.name == resolve(scene, agent).actor.name)
}

/// "The army and the rebels said they held the town": each says so of itself.
pub(super) fn is_of_each(scene: &Scene<'_>, event: &EventMention, voice: &Voice) -> bool {
    let they = |agent: &usize| {
        let token = scene.reading.doc.token(*agent);
        let first =
            voice.cue.end <= token.i() && token.head().dep() == "ccomp" && voice.cue.contains(&token.head().head().i());
        token.is_any(&["they", "we"]) && token.dep() == "nsubj" && voice.says(token.i()) && first
    };
    !event.agents.is_empty() && event.agents.iter().all(they)
}

/// "The Teskar attack": a name that nobody knows, before a noun, may be whose it was, whom it befell or where.
fn is_only_called(scene: &Scene<'_>, event: &EventMention, agent: usize) -> bool {
    let name = scene.reading.doc.token(agent);
    let before = matches!(name.dep(), "compound" | "nmod") && name.head().i() == event.head;
    let meant = resolve(scene, agent);
    // "An Orlec air strike": where it was.
    let town = scene.mentions.toponyms.iter().any(|t| {
        t.tokens.contains(&agent) && t.precision != variorum_model::Precision::Country && !t.adjectival && !t.capital
    });
    before && name.pos() == "PROPN" && (meant.actor.id.is_none() && meant.state.is_none() || town)
}

/// "A shooting at Weir's Inn", "at a home": where it was, of a noun for what is done to people, and of who is said to have been shot there.
fn is_scene(scene: &Scene<'_>, event: &EventMention, patient: usize) -> bool {
    let doc = &scene.reading.doc;
    let (trigger, token) = (doc.token(event.head), doc.token(patient));
    let at = token.dep() == "pobj" && token.head().is("at") && token.head().head() == trigger;
    let lemma = token.lemma().to_lowercase();
    let house = token.pos() == "PROPN"
        || scene.rules.place_nouns.contains(&lemma)
        || senses::kind_of(&lemma) == Some(Kind::Structure);
    let while_there = || token.head().nbor(-1).is_some_and(|t| t.is("while"));
    // "Five were shot at Weir's Inn"
    let passive = || trigger.tag() == "VBN" && (trigger.child("nsubjpass").is_some() || trigger.dep() == "acl");
    let done_there = || trigger.pos() == "NOUN" || while_there() || passive();
    scene.rules.words.at_people.contains(&event.kind) && at && house && done_there()
}

/// A pronoun that stands for who speaks, or a number of such: "nine of us".
fn is_speaker(scene: &Scene<'_>, head: usize, voice: Option<&Voice>) -> bool {
    let meant = resolve(scene, head);
    let token = scene.reading.doc.token(meant.head);
    let speaks = |name: &str| voice.is_some_and(|v| v.sources.iter().any(|s| s.actor.actor.name == name));
    is_pronoun(token) && (super::speaker::first_person(token) || speaks(&meant.actor.name))
}

/// "They", "both of them", taken for the police or the witnesses who speak.
fn is_tellers_they(scene: &Scene<'_>, head: usize, voice: Option<&Voice>) -> bool {
    let Some(voice) = voice.filter(|v| v.says(head)) else { return false };
    let token = scene.reading.doc.token(head);
    let of = token.child("prep").filter(|p| p.is("of")).and_then(|p| p.child("pobj"));
    let words = &scene.rules.words;
    let meant = resolve(scene, head).actor.name;
    let tells = |source: Token<'_>| is_in(&words.observers, source) || is_in(&words.police, source);
    of.unwrap_or(token).is_any(&["they", "them"])
        && voice.sources.iter().any(|s| s.actor.actor.name == meant && tells(scene.reading.doc.token(s.actor.head)))
}

/// True where the agents are "each other".
pub(super) fn is_reciprocal(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    // "Traded accusations of shelling mills"
    let words = &scene.rules.words;
    let traded = |verb: Token<'_>| {
        let trades = words.trading.iter().any(|w| w == verb.lemma());
        trades && verb.child("dobj").is_some_and(|o| is_in(&words.traded, o))
    };
    event.agents.iter().any(|&a| scene.actors.words.is_reciprocal(doc.token(a)))
        || doc.token(event.head).ancestors().take(TRADED).any(traded)
}

/// Steps up from what somebody is accused of to the accusing.
const TRADED: usize = 6;

fn names(scene: &Scene<'_>, event: &EventMention, heads: &[usize], voice: Option<&Voice>) -> Vec<Named> {
    let resolved = |&head: &usize| scene.actors.resolve_all(scene.reading, &scene.mentions.actors, head);
    let meant = heads.iter().flat_map(resolved).map(|mention| spoken_of(scene, event, mention, voice));
    let mentions: Vec<ActorMention> = meant.collect();
    let mut found: Vec<Named> = Vec::new();
    for mention in mentions.iter().filter(|m| !is_whose(scene, m, &mentions)) {
        if let Some(name) = party(scene, mention)
            && !found.iter().any(|n| n.name == name.name)
        {
            found.push(name);
        }
    }
    found
}

/// "Karovian regime bombing", "Karovia rebel rocket": the state says whose regime and rebels they are, and is no second party.
fn is_whose(scene: &Scene<'_>, mention: &ActorMention, all: &[ActorMention]) -> bool {
    let adjective = scene.reading.doc.token(mention.head);
    let beside = |m: &ActorMention| {
        m.institution.is_some() && m.state == mention.state && m.head.abs_diff(mention.head) <= WHOSE
    };
    let whose = adjective.tag() == "JJ" && all.iter().any(beside);
    let behind =
        |m: &ActorMention| m.kind == ActorKind::Description && m.state == mention.state && m.head == mention.head + 1;
    mention.kind == ActorKind::State && (whose || adjective.dep() == "compound" && all.iter().any(behind))
}

/// Words between an adjective and the body that it says is a state's.
const WHOSE: usize = 3;

/// "Each reported the deaths of their own fighters": whose they are depends on who says so, which the pronoun alone does not tell.
fn is_own(head: Token<'_>) -> bool {
    head.children().any(|c| c.dep() == "poss" && c.tag() == "PRP$") && head.children().any(|c| c.is("own"))
}

/// A building or a vehicle that something was done to, after whoever it belongs to: "the guard's outposts", "posts of the
/// guard", "a depot belonging to the guard". Of people, whom they belong to.
fn struck(scene: &Scene<'_>, head: usize, voice: Option<&Voice>, patients: &mut Vec<Named>) {
    let token = scene.reading.doc.token(head);
    let lemma = token.lemma().to_lowercase();
    let solid = matches!(senses::kind_of(&lemma), Some(Kind::Structure | Kind::Vehicle));
    if token.pos() != "NOUN" || !solid && !scene.rules.words.things.contains(&lemma) {
        return;
    }
    let mention = resolve(scene, head);
    // "The police station": only a name says whose it is.
    let names_owner = |t: &Token<'_>| {
        t.dep() == "poss" || matches!(t.dep(), "compound" | "amod" | "nmod") && t.text().starts_with(char::is_uppercase)
    };
    let owners = token.children().filter(names_owner).map(|owner| own(scene, owner, voice));
    let owners = owners
        .filter(|m| !matches!(m.kind, ActorKind::Description | ActorKind::Unresolved) && !is_settlement(scene, m))
        .map(|m| named(&m));
    let behind = owned_by(scene, token).flat_map(|owner| names_of(scene, owner));
    let thing = without_number(scene, &mention).map(|name| Named { name, ..named(&mention) });
    for name in owners.chain(behind).chain(thing) {
        if !patients.iter().any(|p| p.name == name.name || p.span == name.span) {
            patients.push(name);
        }
    }
}

/// Whose a thing is. "The guard said shells had hit one of its posts": the guard's.
fn own(scene: &Scene<'_>, owner: Token<'_>, voice: Option<&Voice>) -> ActorMention {
    let mention = resolve(scene, owner.i());
    match voice.map(|v| (v, v.sources.as_slice())) {
        Some((voice, [speaker]))
            if owner.is("its") && voice.says(owner.i()) && super::speaker::fits(owner, &speaker.actor) =>
        {
            let (actor, kind, state) = (speaker.actor.actor.clone(), speaker.actor.kind, speaker.actor.state.clone());
            let actor = variorum_model::ActorMention { quote: mention.actor.quote, ..actor };
            ActorMention { actor, kind, state, ..mention }
        }
        _ => mention,
    }
}

/// Who a thing belongs to by what stands behind it.
fn owned_by<'d>(scene: &Scene<'_>, thing: Token<'d>) -> impl Iterator<Item = Token<'d>> {
    let words = &scene.rules.words;
    let belongs = thing.rights().find(|c| words.belongs.iter().any(|w| c.lemma() == w.as_str()));
    // "The camp for the displaced": who lives there.
    let lodges = is_in(&words.towns, thing);
    let preps = thing.rights().filter(|c| c.dep() == "prep" && is_in(&words.owned_by, *c) && !(lodges && c.is("for")));
    let preps = preps.chain(belongs.into_iter().flat_map(|b| b.rights().filter(|c| c.is("to"))));
    preps.filter_map(|prep| prep.child("pobj")).collect::<Vec<_>>().into_iter()
}

/// Who acts under a head; no place but a state.
fn names_of(scene: &Scene<'_>, head: Token<'_>) -> Vec<Named> {
    let is_place = |m: &ActorMention| {
        let name = scene.reading.doc.token(m.head);
        m.kind != ActorKind::State && matches!(name.ent_type(), "GPE" | "LOC" | "FAC") || is_settlement(scene, m)
    };
    let all = scene.actors.resolve_all(scene.reading, &scene.mentions.actors, head.i());
    all.iter().filter(|m| !is_place(m)).filter_map(|m| party(scene, m)).collect()
}

/// The agents of a happening as its source means them.
pub(super) fn agents(scene: &Scene<'_>, event: &EventMention, voice: &Voice) -> Vec<ActorMention> {
    let all = event.agents.iter().flat_map(|&a| scene.actors.resolve_all(scene.reading, &scene.mentions.actors, a));
    all.map(|m| spoken_of(scene, event, m, Some(voice))).collect()
}

/// The name of what can act: anything named, and nouns for people and bodies of people, without their number.
fn party(scene: &Scene<'_>, mention: &ActorMention) -> Option<Named> {
    let head = scene.reading.doc.token(mention.head);
    let words = scene.actors.words;
    // "Most of them non-Karovians": what is left of a word without its "non"; and a mark of the page before a headline is nobody.
    if mention.actor.name.starts_with('-') || !mention.actor.name.chars().any(char::is_alphanumeric) {
        return None;
    }
    // "The regime air strike": what was done has done nothing.
    if head.pos() == "NOUN" && is_in(&scene.rules.words.labelled, head) {
        return None;
    }
    match mention.kind {
        ActorKind::Unresolved => None,
        // "A military offensive": what sort of thing it is, not who does it.
        ActorKind::Institution | ActorKind::Description
            if mention.state.is_none() && (head.dep() == "amod" || is_in(&words.vague, head)) =>
        {
            None
        }
        // Whom a pronoun stands for has his own name.
        ActorKind::Description if is_pronoun(head) => Some(named(mention)).filter(|n| n.name != head.text()),
        ActorKind::Description => {
            let lemma = head.lemma().to_lowercase();
            let acts = mention.state.is_some()
                || scene.rules.actor_nouns.contains(&lemma)
                || head.pos() == "NOUN" && senses::kind_of(&lemma) == Some(Kind::Person)
                || is_called_by_number(head)
                || is_team(scene, head)
                || head.pos() == "PROPN" && !is_settlement(scene, mention)
                || matches!(head.ent_type(), "NORP" | "ORG" | "PERSON" | "GPE") && !is_settlement(scene, mention);
            let name = without_number(scene, mention)?;
            acts.then(|| Named { name, ..named(mention) })
        }
        ActorKind::Institution if is_own(head) => Some(Named { name: head.text().to_owned(), ..named(mention) }),
        ActorKind::Institution if mention.state.is_none() && !is_pronoun(head) => {
            Some(Named { name: without_number(scene, mention)?, ..named(mention) })
        }
        _ => Some(named(mention)),
    }
}

/// "Red Cross teams": whose they are, they act for.
fn is_team(scene: &Scene<'_>, head: Token<'_>) -> bool {
    let body = |c: Token<'_>| {
        matches!(c.dep(), "compound" | "amod" | "nmod") && matches!(c.ent_type(), "ORG" | "NORP" | "GPE")
    };
    is_in(&scene.rules.words.teams, head) && head.children().any(body)
}

/// "The M-19": letters and a number, which the parser takes for a thing.
fn is_called_by_number(head: Token<'_>) -> bool {
    let text = head.text();
    let the = head.children().any(|c| c.dep() == "det" && c.is("the"));
    the && head.dep() == "nsubj" && text.starts_with(char::is_uppercase) && text.ends_with(|c: char| c.is_ascii_digit())
}

fn is_pronoun(token: Token<'_>) -> bool {
    token.pos() == "PRON"
}

/// A town suffers or is where something happens; it does not act.
fn is_settlement(scene: &Scene<'_>, mention: &ActorMention) -> bool {
    let holds = |t: &&crate::toponym::ToponymMention| t.tokens.contains(&mention.head);
    let toponym = scene.mentions.toponyms.iter().find(holds);
    // Of what the gazetteer does not hold, a noun behind it may say that it is a place: "the Orlec camp".
    let kind = |t: &crate::toponym::ToponymMention| {
        let name = scene.reading.doc.slice(t.tokens.clone()).root();
        let whole = if name.dep() == "compound" { name.head() } else { name };
        t.precision == Precision::Unlocated && is_in(&scene.rules.words.towns, whole)
    };
    let town =
        |t: &crate::toponym::ToponymMention| matches!(t.precision, Precision::Exact | Precision::Near) || kind(t);
    toponym.is_some_and(|t| town(t) && !t.adjectival)
}

/// "At least two civilians" are civilians, and so are "how many civilians"; "11" and "no group" are nobody.
fn without_number(scene: &Scene<'_>, mention: &ActorMention) -> Option<String> {
    let doc = &scene.reading.doc;
    let head = doc.token(mention.head);
    let amount =
        is_in(&scene.rules.words.amounts, head) && head.child("prep").is_none() && head.child("compound").is_none();
    if super::voice::is_nobody(scene, head) || amount {
        return None;
    }
    let counts = |t: &Token<'_>| {
        t.pos() == "NUM"
            || *t != head && is_in(&scene.rules.words.asking, *t)
            || *t != head && t.dep() == "amod" && is_in(&scene.rules.words.when, *t)
            || matches!(t.tag(), "CD" | "PDT" | "DT")
            // "Sunday 4 May 2031 Nine Guards": a dateline that ran into the sentence.
            || *t != head && t.ent_type() == "DATE"
            || t.ancestors().take_while(|a| *a != head).any(|a| a.dep() == "nummod")
            || *t != head && matches!(t.dep(), "quantmod" | "nummod" | "det" | "predet")
    };
    // "Date of publication 4 May 2031 - Nine guards": nor the line before the dash.
    let dated = |i: usize| matches!(doc.token(i).text(), "-" | "–" | "—") && doc.token(i - 1).ent_type() == "DATE";
    let line = mention.tokens.clone().skip(1).rfind(|&i| dated(i)).map_or(mention.tokens.start, |i| i + 1);
    // "A five-truck convoy" is no "-truck convoy".
    let tied = |i: usize| {
        doc.get(i + 1).is_some_and(|t| t.is("-"))
            && doc.get(i + 2).is_some_and(|t| t.start() == doc.token(i + 1).end() && t.pos() == "NOUN")
    };
    let rest: Vec<usize> = (line..mention.tokens.end).skip_while(|&i| counts(&doc.token(i)) && !tied(i)).collect();
    let words = doc.slice(*rest.first()?..mention.tokens.end).text();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}
