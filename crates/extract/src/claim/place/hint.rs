//! What else in a sentence says where: a war's name, a dateline, a pronoun, the kind of a place, whom the sentence is about, who tells it.
use super::focus::is_office;
use super::own::{self, names_an_actor, place};
use crate::claim::Scene;
use crate::claim::voice::Voice;
use crate::claim::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use variorum_model::{ClaimPlace, Precision};
use variorum_syntax::Token;

/// "Involved in the Karovian war": a war by the name of one country is there, whatever the report is about.
pub(super) fn war_of(scene: &Scene<'_>, event: &EventMention) -> Option<ClaimPlace> {
    let doc = &scene.reading.doc;
    let war = event.trigger.clone().map(|i| doc.token(i)).find(|t| is_in(&scene.rules.words.wars, *t))?;
    let names = scene.mentions.toponyms.iter().filter(|t| {
        let name = doc.slice(t.tokens.clone()).root();
        let adjective = t.adjectival && matches!(name.dep(), "amod" | "compound" | "nmod");
        (adjective || name.dep() == "poss") && name.head() == war
    });
    let names: Vec<&ToponymMention> = names.collect();
    // "Karovia is stuck in a civil war"
    let prep = Some(war.head()).filter(|p| war.dep() == "pobj" && p.is("in"));
    let subject = prep.and_then(|p| p.head().children().find(|c| c.dep().starts_with("nsubj")));
    let stuck = scene.mentions.toponyms.iter().find(|t| subject.is_some_and(|s| t.tokens.contains(&s.i())));
    let [name] = names[..] else {
        return stuck.filter(|t| t.precision == Precision::Country && !t.adjectival).map(|t| place(scene, t));
    };
    (name.precision == Precision::Country).then(|| place(scene, name))
}

/// "GRAZ, Styria (AP) — Two shells hit a mill": what the first sentence tells of is where the dateline says.
pub(super) fn by_dateline(scene: &Scene<'_>, event: &EventMention) -> Option<ClaimPlace> {
    let reading = scene.reading;
    let line = &reading.blocks[reading.block_of(event.head)].dateline;
    let first = reading.doc.get(line.end)?.sent();
    if line.is_empty() || !(first.start..first.end).contains(&event.head) {
        return None;
    }
    let named = scene.mentions.toponyms.iter().find(|t| line.contains(&t.tokens.start) && !t.adjectival)?;
    (!is_office(scene, named)).then(|| place(scene, named))
}

/// "The province is held by rebels. It is shelled daily": the place that the sentence before is about.
pub(super) fn by_pronoun(scene: &Scene<'_>, event: &EventMention) -> Option<ClaimPlace> {
    let doc = &scene.reading.doc;
    let pronoun = event.patients.iter().map(|&i| doc.token(i)).find(|t| t.is("it") && t.dep().starts_with("nsubj"))?;
    let before = doc.sent(pronoun.sent_index().checked_sub(1)?);
    let subject = before.root().child_any(&["nsubj", "nsubjpass"])?;
    let about = |t: &&ToponymMention| {
        let name = doc.slice(t.tokens.clone()).root();
        let whole = name == subject || name.head() == subject && name.dep() == "compound";
        whole && !t.adjectival && !t.embedded && !own::is_label(scene, t)
    };
    scene.mentions.toponyms.iter().find(about).map(|t| place(scene, t))
}

/// "Guards went to Orlec, where … A man had been shot there": the place named last before it, at most a sentence back, but
/// for where somebody who tells of it is.
pub(super) fn by_there(scene: &Scene<'_>, voices: &[Voice], event: &EventMention) -> Option<ClaimPlace> {
    let doc = &scene.reading.doc;
    let there = event.extent.clone().map(|i| doc.token(i)).find(|t| t.is("there") && t.tag() == "RB")?;
    let from = doc.sent(there.sent_index().saturating_sub(1)).start;
    let before = scene.mentions.toponyms.iter().rev().skip_while(|t| t.tokens.start >= there.i());
    let mut near = before.take_while(|t| t.tokens.start >= from);
    let teller = |t: &ToponymMention| {
        let sources = voices.iter().filter(|v| v.says(event.head)).flat_map(|v| &v.sources);
        let name = doc.slice(t.tokens.clone()).root();
        // "The mayor of Orlec said one was killed there": in Orlec.
        let office = name.dep() == "pobj" && name.head().is("of");
        !office && sources.map(|s| doc.slice(s.tokens.clone()).root()).any(|noun| name.ancestors().any(|a| a == noun))
    };
    let is_place = |t: &ToponymMention| !t.adjectival && !t.embedded && !own::is_label(scene, t);
    let named = near.find(|t| is_place(t) && !names_an_actor(scene, t) && !teller(t))?;
    Some(place(scene, named))
}

/// "In the region", "the town was shelled": what the article is about where that is of the kind, else the place of the kind
/// that was named last before it.
pub(super) fn by_kind(scene: &Scene<'_>, event: &EventMention, focus: &[Option<ClaimPlace>]) -> Option<ClaimPlace> {
    let (reading, words) = (scene.reading, &scene.rules.words);
    let noun = event.places.iter().chain(&event.patients).map(|&i| reading.doc.token(i)).find(|t| {
        let definite = t.children().any(|c| c.dep() == "det" && words.definite.iter().any(|w| c.is(w)));
        definite && (is_in(&words.regions, *t) || is_in(&words.towns, *t))
    })?;
    let fits = |p: Precision| match p {
        Precision::Exact | Precision::Near | Precision::Unlocated => is_in(&words.towns, noun),
        // "The region" is larger than a district.
        Precision::Admin2 => is_in(&words.regions, noun) && !is_in(&words.larger, noun),
        Precision::Admin1 | Precision::Region => is_in(&words.regions, noun),
        Precision::Country => false,
    };
    let article = reading.article_at(noun.start());
    // "The city" is no square, palace or airport.
    let is_kind = |t: &ToponymMention| fits(t.precision) && (t.town || is_in(&words.regions, noun));
    let named_by = |f: &ClaimPlace| scene.mentions.toponyms.iter().find(|t| t.toponym.quote.span == f.span);
    // "Near the city": by it.
    let by = is_in(&words.beside, noun.head());
    let put = |p: ClaimPlace| match p.precision {
        Precision::Exact if by => ClaimPlace { precision: Precision::Near, ..p },
        _ => p,
    };
    let main = focus.get(article).and_then(|f| f.as_ref());
    if let Some(main) = main.filter(|f| named_by(f).is_some_and(is_kind)) {
        return Some(put(main.clone()));
    }
    let mut earlier = scene.mentions.toponyms.iter().rev().filter(|t| t.tokens.end <= noun.i());
    let named = earlier.find(|t| {
        let place = !t.adjectival && !t.embedded && !names_an_actor(scene, t) && !own::is_label(scene, t);
        place && is_kind(t) && reading.article_at(t.toponym.quote.span.start) == article
    })?;
    Some(put(place(scene, named)))
}

/// "Orlec is held by rebels, and the guard shells its port": the town that the main clause is about.
pub(super) fn by_subject(scene: &Scene<'_>, event: &EventMention) -> Option<ClaimPlace> {
    let doc = &scene.reading.doc;
    let root = doc.sent(doc.token(event.head).sent_index()).root();
    let subject = root.child_any(&["nsubj", "nsubjpass"]).filter(|s| s.i() < event.head)?;
    let trigger = doc.token(event.head);
    let beside = trigger.dep() == "conj" && trigger.head() == root || trigger == root;
    let stays = root.child("auxpass").is_some() || root.lemma() == "be";
    let about = |t: &&ToponymMention| {
        let spot = matches!(t.precision, Precision::Exact | Precision::Unlocated);
        spot && t.tokens.contains(&subject.i()) && !t.adjectival && !t.embedded && !own::is_label(scene, t)
    };
    scene.mentions.toponyms.iter().find(about).filter(|_| stays && beside).map(|t| place(scene, t))
}

/// "Residents of Orlec said that the mill was shelled": where those who saw it live.
pub(super) fn by_witness(scene: &Scene<'_>, voices: &[Voice], event: &EventMention) -> Option<ClaimPlace> {
    let doc = &scene.reading.doc;
    let voice = voices.iter().filter(|v| !v.carried && v.says(event.head)).min_by_key(|v| v.size())?;
    let [source] = voice.sources.as_slice() else { return None };
    let noun = doc.slice(source.tokens.clone()).root();
    let elsewhere = event.extent.clone().any(|i| doc.token(i).is("there"));
    let local = is_in(&scene.rules.words.locals, noun) && !elsewhere;
    let within = |t: &&ToponymMention| {
        let name = doc.slice(t.tokens.clone()).root();
        let led =
            |at: Token<'_>| at.dep() == "pobj" && at.head().is_any(&["in", "of", "from"]) && at.head().head() == noun;
        let kind = if name.dep() == "compound" { name.head() } else { name.head().head() };
        let side = is_in(&scene.rules.words.sides, kind);
        let spot = matches!(t.precision, Precision::Exact | Precision::Near | Precision::Unlocated);
        // "In Orlec", "in the town of Orlec", "in Orlec west of Haldin"
        let called = name.dep() == "pobj" && name.head().is("of") && !side || name.dep() == "compound";
        spot && !t.adjectival && !t.embedded && (led(name) || called && led(kind))
    };
    let all = scene.mentions.toponyms.iter();
    let mut named = all.filter(|t| source.tokens.start <= t.tokens.start && t.tokens.end <= source.tokens.end);
    named.find(within).filter(|_| local).map(|t| place(scene, t))
}
