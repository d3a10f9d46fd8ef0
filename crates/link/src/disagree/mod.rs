//! Where claims differ, and what each difference comes to.
//!
//! Each kind has its rules in a file of its own; each rule gives its verdict with a reason in one plain sentence. What is
//! contested is always a claim of the incident at hand. What contests it may belong elsewhere: a denial of a standing
//! state, an accusation in return. Such claims are looked for in the reports that tell of the incident, so that what an
//! incident says depends on these reports and on nothing else.

mod blame;
mod denial;
mod figure;
mod label;
mod speech;
mod when_where;
mod words;

pub(crate) use words::{DisputeWords, Means};

use crate::Linker;
use crate::evidence::{Evidence, OWN_VOICE};
use crate::features::meet;
use crate::kinds::Kind;
use std::collections::BTreeSet;
use variorum_model::{Disagreement, DisagreementSide};

/// Disagreements about the claims `own` of an incident of this kind; `around` are claims of the same reports that belong
/// elsewhere.
pub(crate) fn disagreements(
    linker: &Linker,
    own: &[Evidence<'_>],
    around: &[Evidence<'_>],
    kind: Kind,
) -> Vec<Disagreement> {
    let mut all = figure::disagreements(&linker.counts, own);
    all.extend(denial::disagreements(linker, own, around));
    all.extend(blame::disagreements(linker, own, around));
    all.extend(label::disagreements(linker, own, around));
    all.extend(when_where::disagreements(linker, own, kind));
    told_once(all)
}

/// The same voices in the same words, as a reprint repeats them, disagree once, with the claims of all.
fn told_once(all: Vec<Disagreement>) -> Vec<Disagreement> {
    let mut told: Vec<Disagreement> = Vec::with_capacity(all.len());
    for other in all {
        let voices = |d: &Disagreement| d.sides.iter().map(|s| s.sources.clone()).collect::<Vec<_>>();
        let same = |d: &&mut Disagreement| {
            (d.kind, d.verdict, &d.reason) == (other.kind, other.verdict, &other.reason) && voices(d) == voices(&other)
        };
        let Some(there) = told.iter_mut().find(same) else {
            told.push(other);
            continue;
        };
        for (side, more) in there.sides.iter_mut().zip(other.sides) {
            let new: Vec<String> = more.claims.into_iter().filter(|id| !side.claims.contains(id)).collect();
            side.claims.extend(new);
        }
    }
    told
}

/// A side made of these claims. Attributed voices come first.
fn side<'e, 'a: 'e>(claims: impl IntoIterator<Item = &'e Evidence<'a>>) -> DisagreementSide {
    let mut claims: Vec<&Evidence<'_>> = claims.into_iter().collect();
    claims.sort_by_key(|e| e.is_own_voice());
    let mut made = DisagreementSide::default();
    for e in claims {
        if !made.claims.contains(&e.claim.id) {
            made.claims.push(e.claim.id.clone());
        }
        if !made.sources.contains(&e.voice) {
            made.sources.push(e.voice.clone());
        }
    }
    made
}

/// "AFP", "AFP and 2 others"; publishers only where nobody else is credited.
fn voices(names: &[String]) -> String {
    let credited: Vec<&str> = names.iter().map(String::as_str).filter(|n| !n.starts_with(OWN_VOICE)).collect();
    let publishers = || names.iter().map(|n| n.strip_prefix(OWN_VOICE).unwrap_or(n)).collect();
    let shown: Vec<&str> = if credited.is_empty() { publishers() } else { credited };
    match shown[..] {
        [] => "nobody".to_owned(),
        [one] => one.to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, ref rest @ ..] => format!("{one} and {} others", rest.len()),
    }
}

/// One voice, or two that belong together.
fn one_side(l: &Evidence<'_>, r: &Evidence<'_>) -> bool {
    l.voice == r.voice || meet(&l.voices, &r.voices)
}

/// A sentence begins with a capital.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Groups of pairs that share something on the left or on the right, each side in order.
fn joined(pairs: &[(usize, usize)]) -> Vec<(BTreeSet<usize>, BTreeSet<usize>)> {
    let mut groups: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
    for &(l, r) in pairs {
        let mut grown = (BTreeSet::from([l]), BTreeSet::from([r]));
        groups.retain(|(left, right)| {
            let meets = left.contains(&l) || right.contains(&r);
            if meets {
                grown.0.extend(left);
                grown.1.extend(right);
            }
            !meets
        });
        groups.push(grown);
    }
    groups.sort();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denial(claims: [&str; 2], voices: [&str; 2], reason: &str) -> Disagreement {
        let side = |i: usize| DisagreementSide { claims: vec![claims[i].into()], sources: vec![voices[i].into()] };
        Disagreement { sides: vec![side(0), side(1)], reason: reason.into(), ..Disagreement::default() }
    }

    #[test]
    fn a_reprint_repeats_a_dispute_and_makes_no_other() {
        let voices = ["the ministry", "the rebels"];
        let told = told_once(vec![
            denial(["a1", "b1"], voices, "One accused, the other rejected."),
            denial(["a2", "b1"], voices, "One accused, the other rejected."),
            denial(["a3", "b3"], ["the ministry", "the mayor"], "One accused, the other rejected."),
            denial(["a4", "b4"], voices, "One said so, the other denied it."),
        ]);
        let claims: Vec<Vec<&[String]>> =
            told.iter().map(|d| d.sides.iter().map(|s| s.claims.as_slice()).collect()).collect();
        assert_eq!(claims, [vec![&["a1", "a2"][..], &["b1"]], vec![&["a3"], &["b3"]], vec![&["a4"], &["b4"]]]);
    }
}
