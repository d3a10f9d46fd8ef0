//! Sentences that a page has twice: as its headline and at its beginning, in a teaser, or for want of care.
use std::collections::HashMap;
use variorum_model::Claim;

/// Words from which the same again is no chance.
const LONG: usize = 8;

/// Keeps one of the claims that the same words of one article make with the same trigger, type and voices: the one that is dated, then
/// the one that is placed, then the first. What is told twice is told once.
pub(super) fn drop(claims: &mut Vec<Claim>) {
    let mut best: HashMap<(usize, String, String, String, String), usize> = HashMap::new();
    let known = |c: &Claim| (c.time.earliest.is_some(), !c.places.is_empty());
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| is_long(c)) {
        let kept = best.entry(key(claim)).or_insert(i);
        if known(claim) > known(&claims[*kept]) {
            *kept = i;
        }
    }
    let mut at = 0;
    claims.retain(|claim| {
        at += 1;
        !is_long(claim) || best.get(&key(claim)) == Some(&(at - 1))
    });
}

fn is_long(claim: &Claim) -> bool {
    claim.quote.split_whitespace().count() >= LONG
}

fn key(claim: &Claim) -> (usize, String, String, String, String) {
    let voices: Vec<&str> = claim.sources.iter().map(|s| s.name.as_str()).collect();
    let (kind, trigger) = (claim.event.kind.clone(), claim.event.trigger.text.clone());
    (claim.article, claim.quote.to_lowercase(), trigger, kind, voices.join("\u{1f}"))
}
