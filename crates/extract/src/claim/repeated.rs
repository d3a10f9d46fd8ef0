//! Sentences that a page has twice: as its headline and at its beginning, in a teaser, or for want of care.
use std::collections::HashMap;
use variorum_model::Claim;

/// Words from which the same again is no chance.
const LONG: usize = 8;

/// Keeps one of the claims that the same words of one article make with the same trigger, type and voices: the one that is dated, then
/// the one that is placed, then the first. What is told twice is told once.
pub(super) fn drop(claims: &mut Vec<Claim>) {
    let keys: Vec<Key> = (0..claims.len()).map(|i| key(claims, i)).collect();
    let mut best: HashMap<&Key, usize> = HashMap::new();
    let known = |c: &Claim| (c.time.earliest.is_some(), !c.places.is_empty());
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| is_long(c)) {
        let kept = best.entry(&keys[i]).or_insert(i);
        if known(claim) > known(&claims[*kept]) {
            *kept = i;
        }
    }
    let mut at = 0;
    claims.retain(|claim| {
        at += 1;
        !is_long(claim) || best.get(&keys[at - 1]) == Some(&(at - 1))
    });
}

fn is_long(claim: &Claim) -> bool {
    claim.quote.split_whitespace().count() >= LONG
}

/// Article, words, trigger, type, voices, and which of those that the same words at the same place make ("two wars, in 2014 and in 2020").
type Key = (usize, String, String, String, String, usize);

fn key(claims: &[Claim], i: usize) -> Key {
    let claim = &claims[i];
    let voices = |c: &Claim| c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("\u{1f}");
    let (kind, trigger) = (claim.event.kind.clone(), claim.event.trigger.text.clone());
    let here = |c: &&Claim| c.span == claim.span && c.event == claim.event && voices(c) == voices(claim);
    let before = claims[i.saturating_sub(NEAR)..i].iter().filter(here).count();
    (claim.article, claim.quote.to_lowercase(), trigger, kind, voices(claim), before)
}

/// Claims before one among which another of the same words at the same place may stand.
const NEAR: usize = 4;
