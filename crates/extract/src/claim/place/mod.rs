//! Where a claim places its happening.
mod hint;
mod own;
mod way;

use super::Scene;
use super::voice::Voice;
use super::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use hint::{by_dateline, by_kind, by_pronoun, by_subject, by_witness, war_of};
use own::{names_an_actor, own, place};
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
        let war = if places.is_empty() && ground { war_of(scene, event) } else { None };
        let by_name = war.is_some();
        if places.is_empty() && ground {
            let named = || by_pronoun(scene, event).or_else(|| by_kind(scene, event, &focus));
            let named = || named().or_else(|| by_subject(scene, event)).or_else(|| by_witness(scene, voices, event));
            places.extend(war.or_else(named));
        }
        let unlocated = |p: &ClaimPlace| p.precision == Precision::Unlocated && is_quarter(scene, p);
        if ground && !places.is_empty() && places.iter().all(unlocated) {
            let before = last.as_ref().filter(|(s, ..)| sentence - s <= REACH).map(|(_, p, _)| p);
            let is_town = |p: &&ClaimPlace| p.precision == Precision::Exact && !is_quarter(scene, p);
            let town = before.filter(is_town).or_else(|| focus.get(article).and_then(Option::as_ref).filter(is_town));
            places.extend(town.cloned());
        }
        if !ground || !places.is_empty() {
            // What follows does not go on about a war that is only called by its name.
            if ground && !event.background && !by_name && !is_prelude(scene, event) {
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
        if names_a_country(scene, event) {
            let country = |p: &&ClaimPlace| p.precision == Precision::Country;
            places.extend(focus.get(article).and_then(Option::as_ref).filter(country).cloned());
            all.push(places);
            continue;
        }
        // History is not at the spot of the news.
        let spread = is_history(scene, event)
            || scene.rules.words.spread.contains(&event.kind)
            || names_other_towns(scene, event);
        if let Some(town) = by_dateline(scene, event).filter(|p| !spread || wide(&p)) {
            if !event.background && !is_prelude(scene, event) {
                last = Some((sentence, town.clone(), time));
                same.push((sentence, event.kind.as_str(), town.clone(), time));
            }
            all.push(vec![town]);
            continue;
        }
        places.extend(last.as_ref().filter(near).filter(|(_, p, _)| !spread || wide(&p)).map(|(_, p, _)| p.clone()));
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
            places.extend(of_article.filter(|_| !another_day).filter(|p| !spread || wide(p)).cloned());
        }
        all.push(places);
    }
    all
}

/// "The Aldmoor neighborhood": where the gazetteer does not hold it, it is somewhere in the town told of.
fn is_quarter(scene: &Scene<'_>, place: &ClaimPlace) -> bool {
    scene.mentions.toponyms.iter().any(|t| t.toponym.quote.span == place.span && t.quarter)
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

/// "Has shelled towns before", "the war on the clans": not "a porter who had been shot", the news told once more.
fn is_history(scene: &Scene<'_>, event: &EventMention) -> bool {
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
fn names_other_towns(scene: &Scene<'_>, event: &EventMention) -> bool {
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
fn names_a_country(scene: &Scene<'_>, event: &EventMention) -> bool {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    event.extent.clone().map(|i| doc.token(i)).any(|noun| {
        let definite = noun.children().any(|c| words.definite.iter().any(|w| c.is(w)));
        let prep = noun.head();
        let part = prep.is("of") && !prep.is_root() && is_in(&words.parts, prep.head());
        let whole = definite && (is_in(&words.inside, prep) || part) && is_in(&words.countries, noun);
        // "In the south", "in south of country": some part of it.
        let side = prep.is("in") && is_in(&words.sides, noun) && noun.children().all(|c| c.dep() != "poss");
        noun.dep() == "pobj" && (whole || side)
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

/// The place that an article is about: named in its first blocks, and at least twice as often as any other place that is
/// not a whole country; else the only town of these blocks. Absent where nothing stands out.
fn focus(scene: &Scene<'_>, article: usize) -> Option<ClaimPlace> {
    const LEAD: usize = 3;
    let reading = scene.reading;
    let first_block = reading.blocks.iter().position(|b| reading.article_at(b.span.start) == article)?;
    let mut counts: Vec<(&str, usize, &ToponymMention)> = Vec::new();
    let mut lead: Vec<&str> = Vec::new();
    for mention in scene
        .mentions
        .toponyms
        .iter()
        .filter(|t| !t.adjectival && !t.embedded && t.precision != Precision::Country && !own::is_label(scene, t))
        .filter(|t| !is_office(scene, t) && !own::is_measured_from(scene, t) && !is_seat(scene, t))
        .filter(|t| !is_holder(scene, t) && !way::is_birthplace(scene, t) && !is_of_talks(scene, t))
        .filter(|t| !is_speaker(scene, t))
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
    (only.2.precision != Precision::Unlocated && !is_elsewhere(scene, only.2)).then(|| place(scene, only.2))
}

/// "VIENNA (CP) - Two shells hit …": a capital in a dateline is where the correspondents sit.
fn is_office(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let reading = scene.reading;
    let block = &reading.blocks[reading.block_of(mention.tokens.start)];
    let next = reading.doc.get(mention.tokens.end).is_some_and(|t| t.is_any(&[",", "(", "-", "–", "—", "--", "/"]));
    let opens = mention.tokens.start == block.tokens.start && block.tokens.len() > SHORTEST_LEAD;
    is_credited(scene, mention) || mention.capital && next && opens
}

/// "VIENNA (Sputnik) -", also behind a headline or a caption that ran into it.
fn is_credited(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let doc = &scene.reading.doc;
    let at = |i: usize, marks: &[&str]| doc.get(mention.tokens.end + i).is_some_and(|t| t.is_any(marks));
    mention.capital && at(0, &["("]) && (2..5).any(|i| at(i, &[")"]) && at(i + 1, &["-", "–", "—", "--"]))
}

/// "Aleppo's besieged Orlec": what holds the town that is meant.
fn is_holder(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let owned = name.head().i();
    let town = |t: &&ToponymMention| t.precision == Precision::Exact && !t.adjectival;
    name.dep() == "poss" && scene.mentions.toponyms.iter().filter(town).any(|t| t.tokens.contains(&owned))
}

/// "The Graz conference", "the Graz accords": where others met or will meet.
fn is_of_talks(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let bears = matches!(name.dep(), "compound" | "amod" | "nmod");
    bears && scene.rules.words.talks.iter().any(|noun| noun == name.head().lemma())
}

/// "The White House said": the seat of a government is where it speaks.
fn is_seat(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    scene.rules.words.seats.iter().any(|seat| *seat == mention.toponym.name || *seat == mention.toponym.quote.text)
}

/// "Vienna denied it": a government by the name of its capital is not there.
fn is_speaker(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let speaks =
        |range: &std::ops::Range<usize>| !range.is_empty() && scene.reading.doc.slice(range.clone()).root() == name;
    mention.capital && scene.mentions.attributions.iter().flat_map(|a| &a.sources).any(speaks)
}

/// Fewest tokens of a paragraph that a dateline opens.
const SHORTEST_LEAD: usize = 12;

/// "The warden spoke at a fair in Graz": where somebody spoke.
fn is_elsewhere(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let verb = name.ancestors().find(|t| matches!(t.pos(), "VERB" | "AUX"));
    verb.is_some_and(|verb| scene.rules.words.speaking.iter().any(|w| w == verb.lemma()))
}
