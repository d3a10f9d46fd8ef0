//! The place that an article is about, and names in its first sentences that are not it.
use super::own::{self, place};
use super::way;
use crate::claim::Scene;
use crate::claim::lag::is_another;
use crate::toponym::ToponymMention;
use variorum_model::{ClaimPlace, Precision};
use variorum_syntax::Token;

/// The place that an article is about: named in its first blocks, and at least twice as often as any other place that is
/// not a whole country; else the only town of these blocks. Absent where nothing stands out.
pub(super) fn focus(scene: &Scene<'_>, article: usize) -> Option<ClaimPlace> {
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
        .filter(|t| !is_holder(scene, t) && !way::is_home(scene, t) && !is_of_talks(scene, t))
        .filter(|t| !is_bound_for(scene, t) && !is_another(scene, reading.doc.slice(t.tokens.clone()).root()))
        .filter(|t| !(is_speaker(scene, t) || t.capital && own::names_an_actor(scene, t)))
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
pub(super) fn is_office(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let reading = scene.reading;
    let block = &reading.blocks[reading.block_of(mention.tokens.start)];
    let next = reading.doc.get(mention.tokens.end).is_some_and(|t| t.is_any(&[",", "(", "-", "–", "—", "--", "/"]));
    let opens = mention.tokens.start == block.tokens.start && block.tokens.len() > SHORTEST_LEAD;
    is_credited(scene, mention) || mention.capital && next && opens
}

/// "VIENNA (Sputnik) -", also behind a headline or a caption that ran into it.
pub(super) fn is_credited(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
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

/// "The Graz conference", "the Graz accords", "the talks in Graz": where others met or will meet.
fn is_of_talks(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let bears = matches!(name.dep(), "compound" | "amod" | "nmod");
    let talks = |noun: Token<'_>| scene.rules.words.talks.iter().any(|word| word == noun.lemma());
    let held = name.dep() == "pobj" && name.head().is_any(&["in", "at"]) && talks(name.head().head());
    bears && talks(name.head()) || held
}

/// "The White House said": the seat of a government is where it speaks.
fn is_seat(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    scene.rules.words.seats.iter().any(|seat| *seat == mention.toponym.name || *seat == mention.toponym.quote.text)
}

/// "Vienna denied it", "the ministry in Vienna": a government by the name of its capital is not there, nor is what it tells.
fn is_speaker(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let speaks = |range: &std::ops::Range<usize>| range.contains(&mention.tokens.start);
    mention.capital && scene.mentions.attributions.iter().flat_map(|a| &a.sources).any(speaks)
}

/// "Was on its way from Orlec to Graz", "were flown to Graz": where somebody was going.
fn is_bound_for(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let goes = |verb: Token<'_>| scene.rules.words.travelling.iter().any(|w| w == verb.lemma());
    let to = name.dep() == "pobj" && name.head().is("to");
    to && name.ancestors().find(|t| matches!(t.pos(), "VERB" | "AUX")).is_some_and(goes)
}

/// Fewest tokens of a paragraph that a dateline opens.
const SHORTEST_LEAD: usize = 12;

/// "The warden spoke at a fair in Graz": where somebody spoke.
fn is_elsewhere(scene: &Scene<'_>, mention: &ToponymMention) -> bool {
    let name = scene.reading.doc.slice(mention.tokens.clone()).root();
    let verb = name.ancestors().find(|t| matches!(t.pos(), "VERB" | "AUX"));
    verb.is_some_and(|verb| scene.rules.words.speaking.iter().any(|w| w == verb.lemma()))
}
