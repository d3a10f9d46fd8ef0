//! One happening under names that cannot both be right: "security operation" and "aggression"; "only military targets"
//! and civilians killed.
use super::speech::said;
use super::{one_side, sentence, side, voices};
use crate::Linker;
use crate::disagree::Means;
use crate::evidence::Evidence;
use crate::features::{TimeLevel, meet, stems, time_level};
use variorum_model::{Disagreement, DisagreementKind, Strength, Verdict};

/// Bytes before a condemning name in which stands whose deed it is.
const OWNER: usize = 40;

pub(crate) fn disagreements(linker: &Linker, own: &[Evidence<'_>], around: &[Evidence<'_>]) -> Vec<Disagreement> {
    names(linker, own, around).into_iter().chain(targets(linker, own)).collect()
}

/// What one side does under a name that defends it, and another condemns.
fn names(linker: &Linker, own: &[Evidence<'_>], around: &[Evidence<'_>]) -> Option<Disagreement> {
    let named = |e: &Evidence<'_>, means: Means| {
        linker.words.find(&e.claim.quote, means).map(|(at, words)| (at, words.to_owned()))
    };
    let defended: Vec<(&Evidence<'_>, String, Vec<u32>)> = own
        .iter()
        .filter(|e| linker.is_harmful(e.kind) && e.is_factual() && !e.claim.background)
        .filter_map(|e| Some((e, named(e, Means::Defends)?.1, [e.doers.clone(), e.voices.clone()].concat())))
        .collect();
    let (first, fine, _) = defended.first()?;
    let ours = ascending(defended.iter().flat_map(|(_, _, side)| side.iter().copied()).collect());
    let condemned: Vec<(&Evidence<'_>, String)> = own
        .iter()
        .chain(around)
        .filter(|e| !e.is_own_voice() && !e.claim.background && !meet(&e.voices, &ours))
        .filter(|e| time_level(e.time, first.time) != TimeLevel::Far)
        .filter_map(|e| {
            let (at, words) = named(e, Means::Condemns)?;
            // Whose deed it is stands before the name, or is the claim's doer.
            let before = e.claim.quote.get(at.saturating_sub(OWNER)..at).unwrap_or("");
            let owner = ascending(stems(before, &linker.vocabulary));
            (meet(&e.doers, &ours) || meet(&owner, &ours)).then_some((e, words))
        })
        .collect();
    let (_, harsh) = condemned.first()?;
    let (l, r) = (side(defended.iter().map(|d| d.0)), side(condemned.iter().map(|c| c.0)));
    let reason = format!("{} spoke of “{fine}”, {} of “{harsh}”.", voices(&l.sources), voices(&r.sources));
    Some(made(vec![l, r], &reason))
}

/// A side says that it hit military targets alone, and others that civilians were hurt.
fn targets(linker: &Linker, own: &[Evidence<'_>]) -> Option<Disagreement> {
    let claims = |e: &&Evidence<'_>| linker.words.find(&e.claim.quote, Means::MilitaryTargetsOnly).is_some();
    let exclusive: Vec<&Evidence<'_>> = own.iter().filter(|e| !e.is_own_voice()).filter(claims).collect();
    let first = exclusive.first()?;
    let hurt = |e: &&Evidence<'_>| {
        let harmed = |f: &variorum_model::Figure| {
            linker.counts.is_harm(&f.measure) && linker.counts.is_unarmed(&f.category) && f.value != Some(0.0)
        };
        e.is_factual() && !e.claim.background && linker.is_harmful(e.kind) && e.claim.figures.iter().any(harmed)
    };
    let others: Vec<&Evidence<'_>> = own
        .iter()
        .filter(hurt)
        .filter(|e| !one_side(first, e) && (e.doers.is_empty() || meet(&e.doers, &first.voices)))
        .filter(|e| !matches!(time_level(e.time, first.time), TimeLevel::Apart | TimeLevel::Far))
        .collect();
    let loudest = others.iter().find(|e| !e.is_own_voice()).or(others.first())?;
    let (l, r) = (side(exclusive.iter().copied()), side(others.iter().copied()));
    let reason = format!("{} {}; {} {}.", voices(&l.sources), said(first), voices(&r.sources), said(loudest));
    Some(made(vec![l, r], &reason))
}

fn made(sides: Vec<variorum_model::DisagreementSide>, reason: &str) -> Disagreement {
    Disagreement {
        kind: DisagreementKind::Label,
        verdict: Verdict::Contradiction,
        strength: Strength::Soft,
        sides,
        reason: sentence(reason),
    }
}

fn ascending(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list
}
