//! Where a claim places its happening.
use super::Scene;
use super::voice::Voice;
use super::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use variorum_model::{ClaimPlace, ClaimTime, Precision, TimeBasis};
use variorum_syntax::Token;

/// For each happening, its places, the most specific first. Own words come first. A happening on the ground without any
/// has the place of a "region" or "town" that it names by kind, else that of the happening before it in the same block,
/// or of one of the same type a little further back, where the two are of one time, else the one place that the article is about. Each points at the words that it stands
/// on. What is only said, agreed or felt is nowhere unless its own words say where; nor is what sums up a campaign
/// (`sums`).
pub(super) fn by_event(
    scene: &Scene<'_>,
    voices: &[Voice],
    events: &[EventMention],
    times: &[ClaimTime],
    sums: &[bool],
) -> Vec<Vec<ClaimPlace>> {
    let n_articles = scene.reading.report.articles.len().max(1);
    let focus: Vec<Option<ClaimPlace>> = (0..n_articles).map(|a| focus(scene, a)).collect();
    let mut last: Option<(usize, ClaimPlace, &ClaimTime)> = None;
    let mut same: Vec<(usize, &str, ClaimPlace, &ClaimTime)> = Vec::new();
    let mut all = Vec::with_capacity(events.len());
    for ((event, time), &sum) in events.iter().zip(times).zip(sums) {
        let sentence = scene.reading.doc.token(event.head).sent_index();
        let block = scene.reading.block_of(event.head);
        let ground = scene.rules.words.ground.contains(&event.kind);
        let article = scene.reading.article_at(scene.reading.doc.token(event.head).start());
        let mut places = own(scene, voices, event);
        if places.is_empty() && ground {
            places.extend(by_kind(scene, event, &focus));
        }
        if !ground || !places.is_empty() {
            if ground && !event.background && !is_prelude(scene, event) {
                last = Some((sentence, places[0].clone(), time));
                same.push((sentence, event.kind.as_str(), places[0].clone(), time));
            }
            all.push(places);
            continue;
        }
        let wide = |p: &&ClaimPlace| !matches!(p.precision, Precision::Exact | Precision::Near | Precision::Unlocated);
        if sum || names_unread(scene, event) {
            // It is all over the place, or where a name that nothing is known of says: what follows carries on from it.
            last = None;
            same.clear();
            places.extend(focus.get(article).and_then(Option::as_ref).filter(wide).filter(|_| sum).cloned());
            all.push(places);
            continue;
        }
        let near = |(s, _, t): &&(usize, ClaimPlace, &ClaimTime)| {
            let same_block = scene.reading.block_of(scene.reading.doc.sent(*s).start) == block;
            same_block && sentence - s <= REACH && carries_on(t, time)
        };
        places.extend(last.as_ref().filter(near).map(|(_, p, _)| p.clone()));
        if places.is_empty() && !event.background && !names_another(scene, event, block, &same) {
            let again = same.iter().rev().take_while(|(s, ..)| sentence - s <= RETOLD);
            let mut again = again.filter(|(_, kind, _, t)| alike(scene, kind, &event.kind) && carries_on(t, time));
            places.extend(again.next().map(|(_, _, p, _)| p.clone()));
        }
        if places.is_empty() {
            let of_article = focus.get(article).and_then(Option::as_ref);
            let mut told = same.iter().filter(|s| of_article.is_some_and(|f| f.name == s.2.name)).peekable();
            let spot = of_article.is_some_and(|f| !wide(&f));
            let another_day = spot && told.peek().is_some() && !told.any(|(_, _, _, t)| carries_on(t, time));
            places.extend(of_article.filter(|_| !another_day).cloned());
        }
        all.push(places);
    }
    all
}

/// "… hours after the guard began its operation": what only dates something else is not what the text goes on about.
fn is_prelude(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let apart = |t: Token<'_>| {
        t.dep() == "advcl"
            && t.children().any(|c| matches!(c.dep(), "mark" | "prep") && is_in(&scene.rules.words.apart, c))
    };
    apart(trigger) || trigger.ancestors().any(apart)
}

/// True where the block names a spot before the happening that none of the happenings so far was at: "As for the tragedy in
/// Orlec, …", after news of another town.
fn names_another(
    scene: &Scene<'_>,
    event: &EventMention,
    block: usize,
    told: &[(usize, &str, ClaimPlace, &ClaimTime)],
) -> bool {
    let reading = scene.reading;
    let spot = |p: Precision| matches!(p, Precision::Exact | Precision::Near | Precision::Unlocated);
    let before = scene.mentions.toponyms.iter().rev().skip_while(|t| t.tokens.start >= event.head);
    let mut here = before.take_while(|t| reading.block_of(t.tokens.start) == block);
    let named = here.find(|t| {
        let by = reading.doc.slice(t.tokens.clone()).root();
        let locative = by.dep() == "pobj" && is_in(&scene.rules.words.locative, by.head());
        spot(t.precision) && locative && !t.adjectival && !t.embedded && !names_an_actor(scene, t)
    });
    named.is_some_and(|t| {
        told.last().is_some_and(|(_, _, p, _)| p.name != t.toponym.name && p.span != t.toponym.quote.span)
    })
}

/// True where the words of a happening name a place that was not read as one: "spread to the Lomnava ranges".
fn names_unread(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    let words = &scene.rules.words;
    let covered = |i: usize| {
        scene.mentions.toponyms.iter().any(|t| t.tokens.contains(&i))
            || scene.mentions.actors.mentions.iter().any(|m| m.tokens.contains(&i))
    };
    event.extent.clone().map(|i| doc.token(i)).any(|token| {
        let person = token.ent_type() == "PERSON" && token.entity().is_some_and(|e| e.end - e.start > 1);
        let name = token.pos() == "PROPN" && !person && !matches!(token.ent_type(), "NORP" | "DATE" | "TIME" | "EVENT");
        let noun = if token.dep() == "compound" { token.head() } else { token };
        name && noun.dep() == "pobj" && is_in(&words.locative, noun.head()) && !covered(token.i()) && !covered(noun.i())
    })
}

/// Sentences over which a place carries on.
const REACH: usize = 2;
/// Sentences over which a happening of the same type is the same one told again.
const RETOLD: usize = 8;

/// The same type, or two of violence, which one telling calls "attack" and the next "shelling".
fn alike(scene: &Scene<'_>, a: &str, b: &str) -> bool {
    let violent = |kind: &str| scene.rules.words.violence.iter().any(|v| v == kind);
    a == b || violent(a) && violent(b)
}

/// True where a happening of time `now` may be where the one of time `before` was: they do not exclude each other, and words
/// of its own that date it do not set it apart from what the context only vaguely dates.
fn carries_on(before: &ClaimTime, now: &ClaimTime) -> bool {
    let dated = matches!(now.basis, TimeBasis::Explicit | TimeBasis::Relative) && now.earliest.is_some();
    match (&before.earliest, &before.latest, &now.earliest, &now.latest) {
        (Some(_), Some(_), Some(_), Some(_)) if dated && before.basis == TimeBasis::Context => {
            before.value == now.value
        }
        (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) => a_last >= b_first && b_last >= a_first,
        _ => true,
    }
}

/// "In the region", "the town was shelled": what the article is about where that is of the kind, else the place of the kind
/// that was named last before it.
fn by_kind(scene: &Scene<'_>, event: &EventMention, focus: &[Option<ClaimPlace>]) -> Option<ClaimPlace> {
    let (reading, words) = (scene.reading, &scene.rules.words);
    let noun = event.places.iter().chain(&event.patients).map(|&i| reading.doc.token(i)).find(|t| {
        let definite = t.children().any(|c| c.dep() == "det" && words.definite.iter().any(|w| c.is(w)));
        definite && (is_in(&words.regions, *t) || is_in(&words.towns, *t))
    })?;
    let fits = |p: Precision| match p {
        Precision::Exact | Precision::Near | Precision::Unlocated => is_in(&words.towns, noun),
        Precision::Admin1 | Precision::Admin2 | Precision::Region => is_in(&words.regions, noun),
        Precision::Country => false,
    };
    let article = reading.article_at(noun.start());
    if let Some(main) = focus.get(article).and_then(|f| f.as_ref()).filter(|f| fits(f.precision)) {
        return Some(main.clone());
    }
    let mut earlier = scene.mentions.toponyms.iter().rev().filter(|t| t.tokens.end <= noun.i());
    let named = earlier.find(|t| {
        let place = !t.adjectival && !t.embedded && !names_an_actor(scene, t);
        place && fits(t.precision) && reading.article_at(t.toponym.quote.span.start) == article
    })?;
    Some(place(scene, named))
}

/// The place that an article is about: named in its first blocks, and at least twice as often as any other place that is
/// not a whole country; else the only town of these blocks. Absent where nothing stands out.
fn focus(scene: &Scene<'_>, article: usize) -> Option<ClaimPlace> {
    const LEAD: usize = 3;
    let reading = scene.reading;
    let first_block = reading.blocks.iter().position(|b| reading.article_at(b.span.start) == article)?;
    let mut counts: Vec<(&str, usize, &ToponymMention)> = Vec::new();
    let mut lead: Vec<&str> = Vec::new();
    for mention in
        scene.mentions.toponyms.iter().filter(|t| !t.adjectival && !t.embedded && t.precision != Precision::Country)
    {
        let start = mention.toponym.quote.span.start;
        if reading.article_at(start) != article {
            continue;
        }
        let name = mention.toponym.name.as_str();
        if reading.block_of(mention.tokens.start) < first_block + LEAD {
            lead.push(name);
        }
        match counts.iter_mut().find(|c| c.0 == name) {
            Some(count) => count.1 += 1,
            None => counts.push((name, 1, mention)),
        }
    }
    let best =
        counts.iter().filter(|c| lead.contains(&c.0)).max_by_key(|c| (c.1, std::cmp::Reverse(c.2.tokens.start)))?;
    let rival = counts.iter().filter(|c| c.0 != best.0).map(|c| c.1).max().unwrap_or(0);
    if best.1 >= 2 && best.1 >= rival * 2 {
        return Some(place(scene, best.2));
    }
    // "GRAZ, Styria - …": the only town that the lead names, whatever divisions stand beside it.
    let is_town = |p: Precision| matches!(p, Precision::Exact | Precision::Near | Precision::Unlocated);
    let mut towns = counts.iter().filter(|c| lead.contains(&c.0) && is_town(c.2.precision));
    let only = towns.next().filter(|_| towns.next().is_none())?;
    (only.2.precision != Precision::Unlocated).then(|| place(scene, only.2))
}

/// The places that the words of a happening name: those that its frame marks, then those within its words that stand
/// where a place stands, then the one that opens its sentence ("In Orlec, …").
fn own(scene: &Scene<'_>, voices: &[Voice], event: &EventMention) -> Vec<ClaimPlace> {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let sentence = trigger.sent();
    let toponyms = &scene.mentions.toponyms;
    let first = toponyms.partition_point(|t| t.tokens.end <= sentence.start);
    let candidates: Vec<(&ToponymMention, Option<Way>)> = toponyms[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| !t.adjectival && !t.embedded && !names_an_actor(scene, t))
        .map(|t| (t, way(scene, event, t)))
        .collect();
    let within = |t: &ToponymMention| event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end;
    let country = |t: &ToponymMention| is_country(scene, t);
    let pick = |wanted: &dyn Fn(&ToponymMention, Way) -> bool| -> Vec<&ToponymMention> {
        candidates.iter().filter_map(|&(t, way)| way.filter(|w| wanted(t, *w)).map(|_| t)).collect()
    };
    let ground = scene.rules.words.ground.contains(&event.kind);
    // A phrase that the event itself says is its place.
    let frame = |t: &ToponymMention| {
        event.places.iter().any(|&p| t.tokens.clone().any(|i| i == p || doc.token(i).is_under(doc.token(p))))
    };
    let mut chosen = pick(&|t, way| frame(t) && (way == Way::Locative || way == Way::Part && !country(t)));
    if chosen.is_empty() {
        chosen = pick(&|t, way| within(t) && (way == Way::Locative || ground && way == Way::Part && !country(t)));
    }
    if chosen.is_empty() {
        chosen = pick(&|t, way| ground && within(t) && way == Way::Aside && !country(t));
    }
    if chosen.is_empty() {
        let saying = |t: &ToponymMention| voices.iter().any(|v| v.says(event.head) && !v.says(t.tokens.start));
        chosen = pick(&|t, way| way == Way::Above && !saying(t));
    }
    let mut places: Vec<ClaimPlace> = chosen.iter().map(|t| place(scene, t)).collect();
    places.sort_by_key(|p| rank(p.precision));
    places.dedup_by(|b, a| a.name == b.name && a.geonames == b.geonames);
    places
}

/// How a place name hangs on a happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
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
fn way(scene: &Scene<'_>, event: &EventMention, toponym: &ToponymMention) -> Option<Way> {
    let doc = &scene.reading.doc;
    let words = &scene.rules.words;
    let trigger = doc.token(event.head);
    let line: Vec<usize> = std::iter::once(trigger).chain(trigger.ancestors()).map(|t| t.i()).collect();
    let mut at = doc.slice(toponym.tokens.clone()).root();
    let mut locative = false;
    // Whether the way so far is the place itself, not something that only bears its name.
    let mut itself = true;
    let mut aside = false;
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
        aside |= matches!(at.dep(), "advcl" | "acl" | "relcl") || at.dep() == "conj" && at.pos() == "VERB";
        let above = at.head();
        if at.dep() == "pobj" {
            // "Talks with Orlec", "ally of Orlec" do not say where; "called on Karovia" speaks to a state.
            let country = is_country(scene, toponym);
            let is_where = is_in(if country { &words.inside } else { &words.locative }, above);
            let inside = locative && (ground || is_in(&words.locative, above));
            let of_it = above.is("of") && !country;
            if !(is_where || inside || of_it) {
                return None;
            }
            locative |= is_where && itself;
        }
        itself = match at.dep() {
            "pobj" => itself && above.is("of"),
            "prep" => itself && is_place_noun(scene, above),
            "compound" | "nmod" | "poss" | "amod" | "appos" => itself && is_place_noun(scene, above),
            _ => itself,
        };
        at = above;
    }
}

/// A country of the gazetteer, or a state of the user's register that it does not hold.
fn is_country(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let states = &scene.actors.register.states;
    toponym.precision == Precision::Country
        || toponym.precision == Precision::Unlocated
            && states.iter().any(|s| !s.de_facto && s.name == toponym.toponym.quote.text)
}

fn is_place_noun(scene: &Scene<'_>, token: Token<'_>) -> bool {
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
fn names_an_actor(scene: &Scene<'_>, toponym: &ToponymMention) -> bool {
    let mentions = &scene.mentions.actors.mentions;
    let first = mentions.partition_point(|m| m.tokens.end <= toponym.tokens.start);
    let Some(actor) = mentions.get(first).filter(|m| m.tokens.start < toponym.tokens.end) else { return false };
    if actor.tokens.start < toponym.tokens.start || actor.tokens.end > toponym.tokens.end {
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
fn place(scene: &Scene<'_>, mention: &ToponymMention) -> ClaimPlace {
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
        precision: if mention.near && mention.precision == Precision::Exact {
            Precision::Near
        } else {
            mention.precision
        },
        span: t.quote.span,
    }
}

/// True where nothing nearly as likely bears the name and, for places smaller than a division, the name is the entry's own
/// or the report names its country or another place there under its own name.
fn is_vouched(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let own_name = |m: &ToponymMention| m.precision == Precision::Country || m.toponym.quote.text == m.toponym.name;
    if !mention.confident {
        return false;
    }
    if own_name(mention) || !matches!(mention.precision, Precision::Exact | Precision::Near) {
        return true;
    }
    scene.mentions.toponyms.iter().any(|other| {
        other.toponym.country.is_some()
            && other.toponym.country == mention.toponym.country
            && other.toponym.name != mention.toponym.name
            && own_name(other)
    })
}
