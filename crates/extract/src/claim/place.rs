//! Where a claim places its happening.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use std::ops::Range;
use variorum_model::{ClaimPlace, Precision};
use variorum_syntax::Token;

/// For each happening, its places, the most specific first. Own words come first; failing those, the place of the
/// sentence; failing that, the one named last before it in the same block; failing that, for happenings on the ground,
/// the one place that the article is about. Each points at the words that it stands on.
pub(super) fn by_event(scene: &Scene<'_>, events: &[EventMention]) -> Vec<Vec<ClaimPlace>> {
    let n_articles = scene.reading.report.articles.len().max(1);
    let focus: Vec<Option<ClaimPlace>> = (0..n_articles).map(|a| focus(scene, a)).collect();
    let mut last: Option<(usize, ClaimPlace)> = None;
    let mut all = Vec::with_capacity(events.len());
    for event in events {
        let block = scene.reading.block_of(event.head);
        let mut places = own(scene, event);
        if places.is_empty() {
            places = last.iter().filter(|(b, _)| *b == block).map(|(_, p)| p.clone()).collect();
        } else {
            last = Some((block, places[0].clone()));
        }
        if places.is_empty() && scene.rules.words.ground.contains(&event.kind) {
            let article = scene.reading.article_at(scene.reading.doc.token(event.head).start());
            places.extend(focus.get(article).cloned().flatten());
        }
        all.push(places);
    }
    all
}

/// The place that an article is about: named in its first blocks, and at least twice as often as any other place that is
/// not a whole country. Absent where nothing stands out.
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
    (best.1 >= 2 && best.1 >= rival * 2).then(|| place(scene, best.2))
}

fn own(scene: &Scene<'_>, event: &EventMention) -> Vec<ClaimPlace> {
    let doc = &scene.reading.doc;
    let sentence = doc.token(event.head).sent();
    let within = |range: &Range<usize>, t: &ToponymMention| range.start <= t.tokens.start && t.tokens.end <= range.end;
    let toponyms = &scene.mentions.toponyms;
    let first = toponyms.partition_point(|t| t.tokens.end <= sentence.start);
    let candidates: Vec<&ToponymMention> = toponyms[first..]
        .iter()
        .take_while(|t| t.tokens.start < sentence.end)
        .filter(|t| !t.adjectival && !t.embedded && !names_an_actor(scene, t))
        .collect();
    // A phrase that the event itself says is its place.
    let marked: Vec<&&ToponymMention> = candidates
        .iter()
        .filter(|t| {
            event
                .places
                .iter()
                .any(|&p| t.tokens.contains(&p) || t.tokens.clone().any(|i| doc.token(i).is_under(doc.token(p))))
        })
        .collect();
    let chosen: Vec<&&ToponymMention> = if !marked.is_empty() {
        marked
    } else {
        let inside: Vec<_> = candidates.iter().filter(|t| within(&event.extent, t)).collect();
        if inside.is_empty() { candidates.iter().take(1).collect() } else { inside }
    };
    let mut places: Vec<ClaimPlace> = chosen.iter().map(|t| place(scene, t)).collect();
    places.sort_by_key(|p| rank(p.precision));
    places.dedup_by(|b, a| a.name == b.name && a.geonames == b.geonames);
    places
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
