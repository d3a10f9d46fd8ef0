//! What one side says and another says is not so.
use super::{side, voices};
use crate::Linker;
use crate::assemble::Evidence;
use crate::kinds::{KindLevel, Role};
use crate::story::{cosine, sentence_terms};
use variorum_model::{Disagreement, DisagreementKind, Named, Polarity, Stance, Strength, Verdict};

/// Likeness of words from which two claims of unlike types are about one thing.
const ALIKE: f32 = 0.25;

pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    let denials: Vec<usize> = (0..evidence.len()).filter(|&i| evidence[i].is_denial()).collect();
    let mut all: Vec<(Vec<usize>, Vec<usize>, Strength)> = Vec::new();
    for denial in denials {
        let denied: Vec<usize> =
            (0..evidence.len()).filter(|&i| contradicts(linker, &evidence[denial], &evidence[i])).collect();
        if denied.is_empty() {
            continue;
        }
        let answered = denied.iter().any(|&i| answers(&evidence[denial], &evidence[i]));
        let strength = if answered { Strength::Hard } else { Strength::Soft };
        match all.iter_mut().find(|(said, _, _)| *said == denied) {
            // One thing denied by several is one disagreement.
            Some((_, denials, s)) => {
                denials.push(denial);
                *s = (*s).min(strength);
            }
            None => all.push((denied, vec![denial], strength)),
        }
    }
    all.into_iter()
        .map(|(said, denied, strength)| {
            let (said, denied) = (side(evidence, said), side(evidence, denied));
            let reason =
                format!("{} says that it is so; {} denies it.", voices(&said.sources), voices(&denied.sources));
            let sides = vec![said, denied];
            Disagreement { kind: DisagreementKind::Denial, verdict: Verdict::Contradiction, strength, sides, reason }
        })
        .collect()
}

/// Whether `said` holds what `denial` denies: another voice, the same kind of thing, of the same people.
fn contradicts(linker: &Linker, denial: &Evidence<'_>, said: &Evidence<'_>) -> bool {
    let asserted = said.claim.polarity == Polarity::Happened
        && matches!(said.claim.stance, Stance::Assert | Stance::Accuse | Stance::Unverified);
    if !asserted || denial.voice == said.voice || said.claim.background != denial.claim.background {
        return false;
    }
    let level = linker.kinds.level(denial.kind, said.kind);
    let alike = || {
        let words = |e: &Evidence<'_>| sentence_terms([e.claim.quote.as_str()], &linker.vocabulary);
        cosine(&words(denial), &words(said)) >= ALIKE
    };
    let speech = linker.kinds.role(denial.kind) == Role::Speech;
    match level {
        KindLevel::Same | KindLevel::Family => {
            // Parties that are named on both sides must meet: "no troops of ours" answers about whose troops.
            let (l, r) = (parties(denial), parties(said));
            l.is_empty() || r.is_empty() || shares(&l, &r) || answers(denial, said) || alike()
        }
        KindLevel::Sibling | KindLevel::Related => shares(&parties(denial), &parties(said)) && alike(),
        // "Rejected the allegations": what was alleged is told by who is accused.
        KindLevel::Speech if speech => answers(denial, said) || alike(),
        _ => false,
    }
}

/// Whether the denial's voice is the one whose doing is asserted.
fn answers(denial: &Evidence<'_>, said: &Evidence<'_>) -> bool {
    let voices: Vec<&str> = denial.claim.sources.iter().map(|s| s.name.as_str()).collect();
    said.claim.actors.iter().any(|actor| voices.iter().any(|voice| related(voice, &actor.name)))
}

fn parties<'a>(e: &'a Evidence<'_>) -> Vec<&'a Named> {
    e.claim.actors.iter().chain(&e.claim.targets).collect()
}

fn shares(l: &[&Named], r: &[&Named]) -> bool {
    l.iter().any(|a| r.iter().any(|b| related(&a.name, &b.name)))
}

/// One name holds the first word that tells of the other: "Oria" and "Oria Ministry of Defence", "Orian troops" not.
pub(super) fn related(l: &str, r: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let plain = name.to_lowercase();
        plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(|w| w.trim_end_matches('s').to_owned())
            .collect()
    };
    let (l, r) = (words(l), words(r));
    l.iter().any(|a| {
        r.iter()
            .any(|b| a == b || (a.len() > 4 && (b.starts_with(a.as_str()) || a.starts_with(b.as_str()) && b.len() > 4)))
    })
}
