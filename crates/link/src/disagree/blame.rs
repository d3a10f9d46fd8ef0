//! Each holds another responsible: who did it, who fired first, who broke the ceasefire.
use super::{one_side, sentence, side, voices};
use crate::Linker;
use crate::evidence::Evidence;
use crate::features::meet;
use crate::kinds::{KindLevel, Role};
use std::collections::BTreeSet;
use variorum_model::{Disagreement, DisagreementKind, Stance, Strength, Verdict};

/// Camps that each is held against.
const MOST_CAMPS: usize = 30;

/// All who name one doer, by whatever of its names.
struct Camp<'a> {
    doer: &'a str,
    stems: Vec<u32>,
    claims: Vec<usize>,
}

/// Claims of one family that name different doers, where one accuses and the accused answers, or both accuse. One side of
/// the pair at least belongs to the incident; where the other stands elsewhere, the pair is told with the earlier claim.
pub(crate) fn disagreements(linker: &Linker, own: &[Evidence<'_>], around: &[Evidence<'_>]) -> Vec<Disagreement> {
    let at = |i: usize| own.get(i).unwrap_or_else(|| &around[i - own.len()]);
    let camps = camps(linker, own, around);
    let mut all = Vec::new();
    for (k, l) in camps.iter().enumerate() {
        for r in camps[k + 1..].iter().take(MOST_CAMPS) {
            let mut pairs: Vec<(usize, usize)> = Vec::new();
            for &i in &l.claims {
                for &j in &r.claims {
                    let told_here =
                        i.min(j) < own.len() && (i.max(j) < own.len() || earlier(at(i.min(j)), at(i.max(j))));
                    if told_here && contradict(linker, at(i), at(j), i.max(j) < own.len()) {
                        pairs.push((i, j));
                    }
                }
            }
            if pairs.is_empty() {
                continue;
            }
            let of = |claims: BTreeSet<usize>| claims.into_iter().map(at).collect::<Vec<_>>();
            let (left, right) = (of(pairs.iter().map(|p| p.0).collect()), of(pairs.iter().map(|p| p.1).collect()));
            let accuse = |list: &[&Evidence<'_>]| list.iter().any(|e| e.claim.stance == Stance::Accuse);
            let strength = if accuse(&left) && accuse(&right) { Strength::Hard } else { Strength::Soft };
            let sides = vec![side(left), side(right)];
            let (one, other) = (voices(&sides[0].sources), voices(&sides[1].sources));
            let reason = sentence(&format!("{one} held {} responsible, {other} {}.", l.doer, r.doer));
            let (kind, verdict) = (DisagreementKind::Blame, Verdict::Contradiction);
            all.push(Disagreement { kind, verdict, strength, sides, reason });
        }
    }
    all
}

/// By day of publication, then report, then place in it: the order of evidence.
fn earlier(l: &Evidence<'_>, r: &Evidence<'_>) -> bool {
    let key = |e: &Evidence<'_>| (e.published.is_none(), e.published, e.reading.report.id.clone(), e.claim.span.start);
    key(l) <= key(r)
}

/// Who is said to have done it. Names that share a stem are one doer: a state and its army.
fn camps<'a>(linker: &Linker, own: &[Evidence<'a>], around: &[Evidence<'a>]) -> Vec<Camp<'a>> {
    let mut camps: Vec<Camp<'a>> = Vec::new();
    for (i, e) in own.iter().chain(around).enumerate() {
        let [doer] = &e.claim.actors[..] else { continue };
        let told = i < own.len() || e.claim.stance == Stance::Accuse;
        if !e.is_factual() || e.doers.is_empty() || !is_wrong(linker, e) || !told {
            continue;
        }
        match camps.iter_mut().find(|camp| meet(&e.doers, &camp.stems)) {
            Some(camp) => camp.claims.push(i),
            None => camps.push(Camp { doer: &doer.name, stems: e.doers.clone(), claims: vec![i] }),
        }
    }
    camps
}

/// Something that one can be blamed for.
fn is_wrong(linker: &Linker, e: &Evidence<'_>) -> bool {
    linker.kinds.role(e.kind) == Role::Event && linker.is_harmful(e.kind)
}

/// One accuses the other's side, and the other accuses back or names somebody else for the same kind of thing.
fn contradict(linker: &Linker, l: &Evidence<'_>, r: &Evidence<'_>, is_own: bool) -> bool {
    if one_side(l, r) || l.claim.background != r.claim.background || l.is_own_voice() || r.is_own_voice() {
        return false;
    }
    let level = linker.kinds.level(l.kind, r.kind);
    let accuses = |e: &Evidence<'_>| e.claim.stance == Stance::Accuse;
    // Tit for tat: each voice belongs to the side that the other accuses.
    let mutual = meet(&l.voices, &r.doers) && meet(&r.voices, &l.doers) && (accuses(l) || accuses(r));
    let one_kind = if is_own { level <= KindLevel::Related } else { level <= KindLevel::Family && l.same_article(r) };
    one_kind && (mutual || (is_own && level <= KindLevel::Family && accuses(l) && accuses(r)))
}
