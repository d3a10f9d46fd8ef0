//! Each holds another responsible.
use super::denial::related;
use super::{side, voices};
use crate::Linker;
use crate::assemble::Evidence;
use crate::kinds::{KindLevel, Role};
use std::collections::BTreeMap;
use variorum_model::{Disagreement, DisagreementKind, Polarity, Stance, Strength, Verdict};

/// Claims of one family that name different doers, where at least one is an accusation or the accused is a voice.
pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    // Who is said to have done it, by the name of the doer.
    let mut camps: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, e) in evidence.iter().enumerate() {
        let harmful = linker.kinds.role(e.kind) == Role::Event && linker.is_harmful(e.kind);
        let accuses = e.claim.stance == Stance::Accuse;
        if e.claim.polarity != Polarity::Happened || !(harmful || accuses) {
            continue;
        }
        if let [doer] = &e.claim.actors[..] {
            camps.entry(doer.name.as_str()).or_default().push(i);
        }
    }
    let camps: Vec<(&str, Vec<usize>)> = camps.into_iter().collect();
    let mut all = Vec::new();
    for (k, (doer_l, claims_l)) in camps.iter().enumerate() {
        for (doer_r, claims_r) in camps[k + 1..].iter().take(MOST_CAMPS) {
            if related(doer_l, doer_r) {
                continue;
            }
            let against =
                |i: &usize, j: &usize| accuse_each_other(linker, &evidence[*i], doer_l, &evidence[*j], doer_r);
            let l: Vec<usize> = claims_l.iter().copied().filter(|i| claims_r.iter().any(|j| against(i, j))).collect();
            let r: Vec<usize> = claims_r.iter().copied().filter(|j| claims_l.iter().any(|i| against(i, j))).collect();
            if l.is_empty() || r.is_empty() {
                continue;
            }
            let accused = |list: &[usize]| list.iter().any(|&i| evidence[i].claim.stance == Stance::Accuse);
            let strength = if accused(&l) && accused(&r) { Strength::Hard } else { Strength::Soft };
            let (l, r) = (side(evidence, l), side(evidence, r));
            let reason =
                format!("{} holds {doer_l} responsible; {} holds {doer_r}.", voices(&l.sources), voices(&r.sources));
            all.push(Disagreement {
                kind: DisagreementKind::Blame,
                verdict: Verdict::Contradiction,
                strength,
                sides: vec![l, r],
                reason,
            });
        }
    }
    all
}

/// Doers that each is held against.
const MOST_CAMPS: usize = 30;

/// One accuses the other's side, and the other accuses back or names somebody else for the same kind of thing.
fn accuse_each_other(linker: &Linker, l: &Evidence<'_>, doer_l: &str, r: &Evidence<'_>, doer_r: &str) -> bool {
    if l.voice == r.voice || l.claim.background != r.claim.background {
        return false;
    }
    let alike = matches!(linker.kinds.level(l.kind, r.kind), KindLevel::Same | KindLevel::Family);
    let accuses = |e: &Evidence<'_>| e.claim.stance == Stance::Accuse;
    let voiced = |e: &Evidence<'_>, doer: &str| e.claim.sources.iter().any(|s| related(&s.name, doer));
    // Tit for tat: each voice belongs to the side that the other accuses.
    let mutual = voiced(l, doer_r) && voiced(r, doer_l) && (accuses(l) || accuses(r));
    mutual || (alike && accuses(l) && accuses(r) && !l.claim.sources.is_empty() && !r.claim.sources.is_empty())
}
