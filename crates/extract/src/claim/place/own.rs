//! Where the words of a happening themselves place it.
use super::focus::is_credited;
use super::way::{Way, way};
use crate::actor::ActorKind;
use crate::claim::Scene;
use crate::claim::bond::is_of_instance;
use crate::claim::voice::Voice;
use crate::claim::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use variorum_model::{ClaimPlace, Polarity, Precision, Stance, kilometres};
use variorum_syntax::Token;

/// The places that the words of a happening name: those that its frame marks, then those within its words that stand
/// where a place stands, then the one that opens its sentence ("In Orlec, …").
pub(super) fn own(scene: &Scene<'_>, voices: &[Voice], event: &EventMention) -> Vec<ClaimPlace> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let sentence = trigger.sent();
    let toponyms = &scene.mentions.toponyms;
    let first = toponyms.partition_point(|t| t.tokens.end <= sentence.start);
    let ground = scene.rules.words.ground.contains(&event.kind);
    // "The invasion of Karovia", "strikes on Karovia": the country itself is what it befell.
    let befallen = |t: &ToponymMention| {
        let name = doc.slice(t.tokens.clone()).root();
        let from_afar = scene.rules.words.launched.contains(&event.kind);
        let led = name.head().is("of") || from_afar && name.head().is_any(&["on", "against"]);
        let noun = name.head().head();
        let strikes = noun == trigger && trigger.pos() == "NOUN" || noun.dep() == "nsubj" && noun.head() == trigger;
        let violent = scene.rules.words.violence.contains(&event.kind);
        violent && name.dep() == "pobj" && led && strikes && is_country(scene, t)
    };
    // "Sent fighters to Karovia"
    let reached = |t: &ToponymMention| {
        let name = doc.slice(t.tokens.clone()).root();
        scene.rules.words.arriving.contains(&event.kind) && name.dep() == "pobj" && name.head().is("to")
    };
    let candidates: Vec<(&ToponymMention, Option<Way>)> = toponyms[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| !t.adjectival && !t.embedded && !is_label(scene, t) && !is_measured_from(scene, t))
        .filter(|t| !is_credited(scene, t) && !is_apart(scene, voices, event, t))
        .filter(|t| !is_of_instance(scene, doc.token(event.head), doc.slice(t.tokens.clone()).root()))
        .filter(|t| befallen(t) || reached(t) || !names_an_actor(scene, t))
        .map(|t| (t, way(scene, event, t)))
        .collect();
    let within = |t: &ToponymMention| event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end;
    let country = |t: &ToponymMention| is_country(scene, t);
    let pick = |wanted: &dyn Fn(&ToponymMention, Way) -> bool| -> Vec<&ToponymMention> {
        candidates.iter().filter_map(|&(t, way)| way.filter(|w| wanted(t, *w)).map(|_| t)).collect()
    };
    // A phrase that the event itself says is its place.
    let frame = |t: &ToponymMention| {
        event.places.iter().any(|&p| t.tokens.clone().any(|i| i == p || doc.token(i).is_under(doc.token(p))))
    };
    let framed = |t: &ToponymMention, way: Way| frame(t) && (way == Way::Locative || way == Way::Part && !country(t));
    let first_choice = candidates.iter().filter(|(t, way)| befallen(t) || way.is_some_and(|way| framed(t, way)));
    let mut chosen: Vec<&ToponymMention> = first_choice.map(|(t, _)| *t).collect();
    if chosen.is_empty() {
        chosen = pick(&|t, way| within(t) && (way == Way::Locative || ground && way == Way::Part && !country(t)));
    }
    if chosen.is_empty() {
        chosen = pick(&|t, way| ground && within(t) && way == Way::Aside && !country(t));
    }
    if chosen.is_empty() {
        // "Protests were reported in Orlec": by nobody that is named.
        let said =
            |v: &Voice, t: &ToponymMention| v.says(event.head) && !v.says(t.tokens.start) && !v.sources.is_empty();
        let saying = |t: &ToponymMention| voices.iter().any(|v| said(v, t));
        chosen = pick(&|t, way| way == Way::Above && !saying(t));
    }
    // "Hit the Midan district of Orlec": there, and in which part.
    let part_of = |t: &ToponymMention, whole: &ToponymMention| {
        let (name, holder) = (doc.slice(t.tokens.clone()).root(), doc.slice(whole.tokens.clone()).root());
        let noun = if name.dep() == "compound" { name.head() } else { name };
        let of = holder.dep() == "pobj" && holder.head().is("of") && holder.head().head() == noun;
        of && is_place_noun(scene, noun)
    };
    let parts: Vec<&ToponymMention> = candidates
        .iter()
        .map(|(t, _)| *t)
        .filter(|t| !chosen.iter().any(|c| std::ptr::eq(*c, *t)) && chosen.iter().any(|c| part_of(t, c)))
        .collect();
    chosen.extend(parts);
    // "The walls of Orlec Prison in Haldin": where it stands, not after what it is called.
    let only_called = |t: &ToponymMention| {
        let name = doc.slice(t.tokens.clone()).root();
        let house = name.head();
        let stands =
            |other: &&ToponymMention| doc.slice(other.tokens.clone()).root().ancestors().take(4).any(|a| a == house);
        let named = matches!(name.dep(), "compound" | "nmod") && house.text().starts_with(char::is_uppercase);
        named
            && !name.is_root()
            && chosen.iter().any(|other| !std::ptr::eq(*other, t) && other.tokens.start > house.i() && stands(other))
    };
    let called: Vec<bool> = chosen.iter().map(|t| only_called(t)).collect();
    let mut called = called.into_iter();
    chosen.retain(|_| called.next() == Some(false));
    let mut places: Vec<ClaimPlace> = chosen.iter().map(|t| place(scene, t)).collect();
    places.sort_by_key(|p| rank(p.precision));
    places.dedup_by(|b, a| a.name == b.name && a.geonames == b.geonames);
    places
}

/// "The blast was heard in Orlec", "wounded drovers were flown to Orlec": neither happened there.
fn is_apart(scene: &Scene<'_>, voices: &[Voice], event: &EventMention, toponym: &ToponymMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let name = scene.reading.doc.slice(toponym.tokens.clone()).root();
    let verb = name.ancestors().find(|t| matches!(t.pos(), "VERB" | "AUX"));
    let sensed = |verb: Token<'_>| {
        scene.rules.words.sensed.iter().any(|w| w == verb.lemma()) && trigger.dep().starts_with("nsubj")
    };
    let told_of = |verb: Token<'_>| verb == trigger.head() && sensed(verb);
    let attributive = trigger.dep() == "amod" && !name.is_under(trigger.head());
    // "Urged both to keep the Orlec accord": where it was made says nothing of where it is to be kept.
    let demands = |v: &Voice| v.says(event.head) && v.stance == Stance::Demand;
    let wanted = || event.polarity == Polarity::Planned || voices.iter().any(demands);
    let called_by = wanted() && matches!(name.dep(), "compound" | "amod" | "nmod") && name.head() == trigger;
    // "The guard in Graz confirmed it": where another speaker sits.
    let (head, at) = (event.head, toponym.tokens.start);
    let other = |a: &crate::attribution::AttributionMention| {
        a.sources.iter().any(|s| s.contains(&at)) && !a.content.iter().any(|c| c.contains(&head))
    };
    let sits = scene.mentions.attributions.iter().any(other);
    // "A meeting on the raids in Orlec": what it is about.
    let topic = |t: &Token<'_>| {
        let other =
            |o: &Token<'_>| o.ent_type() == "DATE" || is_place_noun(scene, *o) || is_in(&scene.rules.words.margins, *o);
        let about = t.child("pobj").filter(|o| !other(o));
        t.dep() == "prep" && is_in(&scene.rules.words.topics, *t) && about.is_some() && t.i() > trigger.i()
    };
    let spoken_of = scene.rules.words.parleys.contains(&event.kind)
        && name.ancestors().take_while(|t| *t != trigger).any(|t| topic(&t));
    // "Nine were killed, the most since a raid on Orlec": where the other was.
    let since = |t: &Token<'_>| t.dep() == "prep" && is_in(&scene.rules.words.since, *t);
    let compared = !std::iter::once(trigger).chain(trigger.ancestors()).any(|t| since(&t))
        && name.ancestors().take_while(|t| *t != trigger).any(|t| since(&t));
    attributive || called_by || sits || spoken_of || compared || verb.is_some_and(told_of)
}

/// "Some 85 miles east of Orlec", "50 km away from Orlec": too far to say where it is.
pub(super) fn is_measured_from(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let doc = &scene.reading.doc;
    let start = toponym.tokens.start;
    let first = start.saturating_sub(MEASURE).max(doc.token(start).sent().start);
    let unit = (first..start).rev().find(|&i| is_in(&scene.rules.words.distances, doc.token(i)));
    let far = |i: usize| {
        let digits = doc.token(i).text().replace(',', "");
        digits.parse::<f64>().is_ok_and(|n| n >= NEARBY)
    };
    let between =
        |i: usize| matches!(doc.token(i).pos(), "ADP" | "ADV" | "NOUN" | "DET" | "ADJ" | "PROPN" | "SCONJ" | "PUNCT");
    unit.is_some_and(|unit| unit > 0 && far(unit - 1) && (unit + 1..start).all(between) && unit + 1 < start)
}

/// Tokens before a place in which a distance from it may stand.
const MEASURE: usize = 7;
/// Kilometres or miles within which a place says where something is.
const NEARBY: f64 = 20.0;

/// "Ferry hit – Africa": alone after a dash at the end of a block, it is the section of the paper.
pub(super) fn is_label(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let doc = &scene.reading.doc;
    let tokens = &toponym.tokens;
    let Some(before) = tokens.start.checked_sub(1).map(|i| doc.token(i)) else { return false };
    let dash = before.is_any(&["–", "—", "-", "|"]) && before.end() < doc.token(tokens.start).start();
    let block = |i: usize| scene.reading.block_of(i);
    dash && doc.get(tokens.end).is_none_or(|next| block(next.i()) != block(tokens.start))
}

/// A country of the gazetteer, or a state of the user's register that it does not hold.
pub(super) fn is_country(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let states = &scene.actors.register.states;
    toponym.precision == Precision::Country
        || toponym.precision == Precision::Unlocated
            && states.iter().any(|s| !s.de_facto && s.name == toponym.toponym.quote.text)
}

pub(super) fn is_place_noun(scene: &Scene<'_>, token: Token<'_>) -> bool {
    scene.rules.place_nouns.contains(&token.lemma().to_lowercase())
}

/// The most specific first; what cannot be located after what can.
fn rank(precision: Precision) -> u8 {
    match precision {
        Precision::Exact => 0,
        Precision::Near => 1,
        Precision::Unlocated => 2,
        Precision::Admin2 => 3,
        Precision::Admin1 => 4,
        Precision::Region => 5,
        Precision::Country => 6,
    }
}

/// "Armenia said", "the Orlec authorities": the name of a place that acts is no place of a happening.
pub(super) fn names_an_actor(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    // "Support from the capital", whether or not it acts elsewhere.
    let name = scene.reading.doc.slice(toponym.tokens.clone()).root();
    let prep = name.head();
    if name.dep() == "pobj" && prep.is("from") && scene.rules.words.given.iter().any(|w| w == prep.head().lemma()) {
        return true;
    }
    let mentions = &scene.mentions.actors.mentions;
    // "The Front (a branch of the League in the Levant) attacked": where it is said to be at home.
    let body = |t: Token<'_>| {
        let kinds = [ActorKind::Organisation, ActorKind::Institution];
        is_agent(scene, t) && mentions.iter().any(|m| m.head == t.i() && kinds.contains(&m.kind))
    };
    if name.ancestors().take(4).any(|a| a.dep() == "appos" && body(a.head())) {
        return true;
    }
    let first = mentions.partition_point(|m| m.tokens.end <= toponym.tokens.start);
    let Some(actor) = mentions.get(first).filter(|m| m.tokens.start < toponym.tokens.end) else { return false };
    if actor.tokens.start < toponym.tokens.start || actor.tokens.end > toponym.tokens.end {
        return true;
    }
    // A body that the register holds is no place for want of one of its name.
    let body = actor.kind == ActorKind::Organisation && actor.actor.id.is_some();
    if body && toponym.precision == Precision::Unlocated {
        return true;
    }
    is_agent(scene, scene.reading.doc.token(actor.head))
}

fn is_agent(scene: &Scene<'_>, token: Token<'_>) -> bool {
    let words = &scene.rules.words;
    match token.dep() {
        "conj" if !token.is_root() => is_agent(scene, token.head()),
        "nsubj" | "nsubjpass" | "agent" | "dative" | "poss" => true,
        "pobj" => token.head().dep() == "agent" || is_in(&words.participant, token.head()),
        "dobj" => is_in(&words.addressed, token.head()),
        _ => false,
    }
}

/// The gazetteer's entry where the report speaks for it, else the words alone: a hamlet on another continent that happens
/// to share a spelling is worse than "unlocated".
pub(super) fn place(scene: &Scene<'_>, mention: &ToponymMention) -> ClaimPlace {
    let t = &mention.toponym;
    if mention.precision == Precision::Unlocated || !is_vouched(scene, mention) {
        return ClaimPlace { name: t.quote.text.clone(), span: t.quote.span, ..ClaimPlace::default() };
    }
    ClaimPlace {
        name: t.name.clone(),
        geonames: t.geonames,
        lat: t.lat,
        lon: t.lon,
        country: t.country.clone(),
        precision: if (mention.near || is_between(scene, mention)) && mention.precision == Precision::Exact {
            Precision::Near
        } else {
            mention.precision
        },
        span: t.quote.span,
    }
}

/// "On the road between Graz and Linz": at neither.
fn is_between(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let first = if name.dep() == "conj" { name.head() } else { name };
    first.dep() == "pobj" && first.head().is("between")
}

/// True where nothing nearly as likely bears the name and, for places smaller than a division, the name is the entry's own
/// or the report names its country or another place there under its own name.
fn is_vouched(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let own_name = |m: &ToponymMention| m.precision == Precision::Country || m.own_name;
    if !mention.confident {
        return false;
    }
    if own_name(mention) || !matches!(mention.precision, Precision::Exact | Precision::Near) {
        return true;
    }
    let beside = |other: &&ToponymMention| {
        other.toponym.geonames.is_some()
            && other.toponym.country.is_some()
            && other.toponym.country == mention.toponym.country
            && other.toponym.name != mention.toponym.name
            && own_name(other)
    };
    let others: Vec<&ToponymMention> = scene.mentions.toponyms.iter().filter(beside).collect();
    // A city is known without another's word where none lies elsewhere.
    let elsewhere = |t: &ToponymMention| t.toponym.country.is_some() && t.toponym.country != mention.toponym.country;
    if mention.well_known && !scene.mentions.toponyms.iter().any(elsewhere) {
        return true;
    }
    // "Fighting in Haldin in the south" is not in a Haldin of the far north that is also written so.
    let mut towns = others.iter().filter(|o| o.precision != Precision::Country).peekable();
    let point = |m: &ToponymMention| Some((m.toponym.lat?, m.toponym.lon?));
    let near =
        |o: &&&ToponymMention| point(mention).zip(point(o)).is_none_or(|(here, there)| kilometres(here, there) <= FAR);
    !others.is_empty() && (mention.known || towns.peek().is_none() || towns.any(|o| near(&o)))
}

/// How far the nearest other place of a report may be from one that is called so only in another spelling, in kilometres.
const FAR: f64 = 300.0;
