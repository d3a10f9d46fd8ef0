//! What one side says and another says is not so.
use super::{s, side, voices};
use crate::Linker;
use crate::assemble::Evidence;
use crate::features::{is_denial, meet};
use crate::kinds::{KindLevel, Role};
use crate::story::{cosine, sentence_terms};
use variorum_model::{Disagreement, DisagreementKind, Stance, Strength, Verdict};

/// Likeness of words from which two claims of unlike types are about one thing.
const ALIKE: f32 = 0.25;

pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>]) -> Vec<Disagreement> {
    let denials: Vec<usize> = (0..evidence.len()).filter(|&i| is_denial(evidence[i].claim)).collect();
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
            let (yes, no) = (&said.sources, &denied.sources);
            let reason = format!(
                "{} say{} that it is so; {} {} it.",
                voices(yes),
                s(yes),
                voices(no),
                if no.len() == 1 { "denies" } else { "deny" }
            );
            let sides = vec![said, denied];
            Disagreement { kind: DisagreementKind::Denial, verdict: Verdict::Contradiction, strength, sides, reason }
        })
        .collect()
}

/// Whether `said` holds what `denial` denies: another voice, the same kind of thing, of the same people.
fn contradicts(linker: &Linker, denial: &Evidence<'_>, said: &Evidence<'_>) -> bool {
    let asserted = said.is_factual()
        && !is_denial(said.claim)
        && matches!(said.claim.stance, Stance::Assert | Stance::Accuse | Stance::Unverified);
    let own_side = denial.voice == said.voice || meet(&denial.voices, &said.voices);
    if !asserted || own_side || said.claim.background != denial.claim.background {
        return false;
    }
    let words = |e: &Evidence<'_>| sentence_terms([e.claim.quote.as_str()], &linker.vocabulary);
    let alike = || cosine(&words(denial), &words(said)) >= ALIKE;
    let about_them = meet(&denial.doers, &said.parties) || (denial.doers.is_empty() && answers(denial, said));
    match linker.kinds.level(denial.kind, said.kind) {
        KindLevel::Same | KindLevel::Family => about_them || alike(),
        KindLevel::Sibling | KindLevel::Related => about_them || (meet(&denial.parties, &said.parties) && alike()),
        // "Rejected the allegations": what was alleged is told by who is accused.
        KindLevel::Speech if linker.kinds.role(denial.kind) == Role::Speech => {
            let accused = matches!(said.claim.stance, Stance::Accuse) || linker.is_harmful(said.kind);
            (accused && answers(denial, said)) || alike()
        }
        KindLevel::Speech => meet(&denial.doers, &said.parties) && alike(),
        _ => false,
    }
}

/// Whether the denial's voice is the one whose doing is asserted.
fn answers(denial: &Evidence<'_>, said: &Evidence<'_>) -> bool {
    meet(&denial.voices, &said.doers)
}
