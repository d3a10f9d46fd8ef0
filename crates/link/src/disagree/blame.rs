//! Each holds another responsible.
use super::{s, side, voices};
use crate::Linker;
use crate::assemble::Evidence;
use crate::features::meet;
use crate::kinds::{KindLevel, Role};
use variorum_model::{Disagreement, DisagreementKind, Stance, Strength, Verdict};

/// Camps that each is held against.
const MOST_CAMPS: usize = 30;

/// All who name one doer, by whatever of its names.
struct Camp<'a> {
    doer: &'a str,
    stems: Vec<u32>,
    claims: Vec<usize>,
}

/// Claims of one family that name different doers, where one accuses and the accused answers, or both accuse.
pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    let camps = camps(linker, evidence);
    let mut all = Vec::new();
    for (k, l) in camps.iter().enumerate() {
        for r in camps[k + 1..].iter().take(MOST_CAMPS) {
            let against = |i: usize, j: usize| contradict(linker, &evidence[i], &evidence[j]);
            let of = |own: &[usize], others: &[usize]| -> Vec<usize> {
                own.iter().copied().filter(|&i| others.iter().any(|&j| against(i, j))).collect()
            };
            let (claims_l, claims_r) = (of(&l.claims, &r.claims), of(&r.claims, &l.claims));
            if claims_l.is_empty() || claims_r.is_empty() {
                continue;
            }
            let accused = |list: &[usize]| list.iter().any(|&i| evidence[i].claim.stance == Stance::Accuse);
            let strength = if accused(&claims_l) && accused(&claims_r) { Strength::Hard } else { Strength::Soft };
            let sides = vec![side(evidence, claims_l), side(evidence, claims_r)];
            let by = |k: usize| format!("{} hold{}", voices(&sides[k].sources), s(&sides[k].sources));
            let reason = format!("{} {} responsible; {} {}.", by(0), l.doer, by(1), r.doer);
            let (kind, verdict) = (DisagreementKind::Blame, Verdict::Contradiction);
            all.push(Disagreement { kind, verdict, strength, sides, reason });
        }
    }
    all
}

/// Who is said to have done it. Names that share a stem are one doer: a state and its army.
fn camps<'a>(linker: &Linker, evidence: &[Evidence<'a>]) -> Vec<Camp<'a>> {
    let mut camps: Vec<Camp<'a>> = Vec::new();
    for (i, e) in evidence.iter().enumerate() {
        let harmful = linker.kinds.role(e.kind) == Role::Event && linker.is_harmful(e.kind);
        let [doer] = &e.claim.actors[..] else { continue };
        if !e.is_factual() || e.doers.is_empty() || !(harmful || e.claim.stance == Stance::Accuse) {
            continue;
        }
        match camps.iter_mut().find(|camp| meet(&e.doers, &camp.stems)) {
            Some(camp) => camp.claims.push(i),
            None => camps.push(Camp { doer: &doer.name, stems: e.doers.clone(), claims: vec![i] }),
        }
    }
    camps
}

/// One accuses the other's side, and the other accuses back or names somebody else for the same kind of thing.
fn contradict(linker: &Linker, l: &Evidence<'_>, r: &Evidence<'_>) -> bool {
    let one_side = l.voice == r.voice || meet(&l.voices, &r.voices);
    if one_side || l.claim.background != r.claim.background {
        return false;
    }
    let alike = matches!(linker.kinds.level(l.kind, r.kind), KindLevel::Same | KindLevel::Family);
    let accuses = |e: &Evidence<'_>| e.claim.stance == Stance::Accuse;
    // Tit for tat: each voice belongs to the side that the other accuses.
    let mutual = meet(&l.voices, &r.doers) && meet(&r.voices, &l.doers) && (accuses(l) || accuses(r));
    mutual || (alike && accuses(l) && accuses(r) && !l.voices.is_empty() && !r.voices.is_empty())
}
