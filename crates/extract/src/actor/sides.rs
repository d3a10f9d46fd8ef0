//! The two of "both sides", "the two countries", "the two neighbours".
use super::coreference::REACH;
use super::words::is_in;
use super::{ActorFinder, ActorKind, ActorMention, Cast, described};
use crate::Reading;

/// "Both sides", "the two countries": the two states or organisations of the nearest sentence that tells of just two,
/// or names just two together.
pub(super) fn both(finder: &ActorFinder, reading: &Reading, cast: &Cast, head: usize) -> Option<Vec<ActorMention>> {
    let doc = &reading.doc;
    let token = doc.token(head);
    let paired = token
        .children()
        .any(|c| matches!(c.dep(), "det" | "predet" | "nummod" | "cc" | "preconj") && is_in(&finder.words.both, c));
    if !paired || !is_in(&finder.words.parties, token) {
        return None;
    }
    // "The two neighbours" are no council and no alliance, nor a territory that few recognise.
    let lands = is_in(&finder.words.lands, token);
    let is_land = |m: &ActorMention| {
        let of_register = || finder.register.states.iter().find(|s| s.name == m.actor.name);
        m.kind == ActorKind::State && of_register().is_none_or(|s| !s.de_facto)
    };
    let article = reading.article_at(token.start());
    for back in 0..=REACH {
        let Some(sentence) = token.sent_index().checked_sub(back) else { break };
        let mut found: Vec<&ActorMention> = Vec::new();
        for mention in
            cast.mentions.iter().filter(|m| doc.token(m.head).sent_index() == sentence && m.tokens.end <= head)
        {
            let party = match lands {
                true => is_land(mention),
                false => matches!(mention.kind, ActorKind::State | ActorKind::Organisation),
            };
            let here = reading.article_at(doc.token(mention.head).start()) == article;
            if party && here && !found.iter().any(|f| f.actor.name == mention.actor.name) {
                found.push(mention);
            }
        }
        // "Kept in touch with Karovia and Lethania and urged both parties": the two that are named together.
        let joined = |m: &&ActorMention| {
            let token = doc.token(m.head);
            let first = found.iter().any(|o| token.dep() == "conj" && o.head == token.head().i());
            first || found.iter().any(|o| doc.token(o.head).dep() == "conj" && doc.token(o.head).head() == token)
        };
        let pair: Vec<&ActorMention> = found.iter().copied().filter(joined).collect();
        if found.len() > 2 && pair.len() == 2 {
            found = pair;
        }
        // "The two neighbours": of several states the two that border on each other, and no two that do not.
        if is_in(&finder.words.neighbouring, token) {
            let border = |l: &ActorMention, r: &ActorMention| {
                finder.register.are_neighbours(&l.actor.name, &r.actor.name).unwrap_or(found.len() == 2)
            };
            let pairs = (0..found.len()).flat_map(|l| (l + 1..found.len()).map(move |r| (l, r)));
            let pairs: Vec<(usize, usize)> = pairs.filter(|&(l, r)| border(found[l], found[r])).collect();
            found = match pairs[..] {
                [(l, r)] => vec![found[l], found[r]],
                _ => Vec::new(),
            };
        }
        if found.len() == 2 {
            return Some(found.into_iter().map(|m| stand_in(reading, head, m)).collect());
        }
    }
    let told = || cast.mentions.iter().filter(|m| m.tokens.end <= head && is_land(m));
    let here = |m: &&ActorMention| reading.article_at(doc.token(m.head).start()) == article;
    let pair = neighbours(finder, told().filter(here)).filter(|_| is_in(&finder.words.neighbouring, token))?;
    Some(pair.into_iter().map(|m| stand_in(reading, head, m)).collect())
}

/// "The two neighbours" where no sentence near names them both: the two bordering states that the article names by far the
/// oftenest.
fn neighbours<'c>(
    finder: &ActorFinder,
    states: impl Iterator<Item = &'c ActorMention>,
) -> Option<[&'c ActorMention; 2]> {
    let mut named: Vec<(&ActorMention, usize)> = Vec::new();
    for mention in states {
        match named.iter_mut().find(|(m, _)| m.actor.name == mention.actor.name) {
            Some((_, n)) => *n += 1,
            None => named.push((mention, 1)),
        }
    }
    let pairs = (0..named.len()).flat_map(|l| (l + 1..named.len()).map(move |r| (l, r)));
    let border = |&(l, r): &(usize, usize)| {
        finder.register.are_neighbours(&named[l].0.actor.name, &named[r].0.actor.name) == Some(true)
    };
    let mut pairs: Vec<(usize, usize, usize)> =
        pairs.filter(border).map(|(l, r)| (named[l].1.min(named[r].1), l, r)).collect();
    pairs.sort_unstable_by_key(|pair| std::cmp::Reverse(pair.0));
    let &(often, l, r) = pairs.first()?;
    let next = pairs.get(1).map_or(0, |pair| pair.0);
    (often >= 2 * next).then_some([named[l].0, named[r].0])
}

/// What "both sides" at `head` is where it means a party named before.
fn stand_in(reading: &Reading, head: usize, party: &ActorMention) -> ActorMention {
    let mut side = described(reading, super::phrase::core(&reading.doc, head), head, party.kind);
    side.actor.name = party.actor.name.clone();
    side.actor.id = party.actor.id.clone();
    side.state = party.state.clone();
    side
}
