//! Where the claims of an incident differ, and what each difference comes to.
//!
//! Each kind has its rules in a file of its own; each rule gives its verdict with a reason in one plain sentence.

mod blame;
mod denial;
mod figure;
mod when_where;

use crate::Linker;
use crate::assemble::Evidence;
use crate::kinds::Kind;
use std::collections::BTreeSet;
use variorum_model::{Disagreement, DisagreementSide};

pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>], kind: Kind) -> Vec<Disagreement> {
    let mut all = figure::disagreements(evidence);
    all.extend(denial::disagreements(linker, evidence));
    all.extend(blame::disagreements(linker, evidence));
    all.extend(when_where::disagreements(linker, evidence, kind));
    all
}

/// A side made of these claims.
fn side(evidence: &[Evidence<'_>], claims: impl IntoIterator<Item = usize>) -> DisagreementSide {
    let claims: BTreeSet<usize> = claims.into_iter().collect();
    let mut sources: Vec<String> = Vec::new();
    for &i in &claims {
        if !sources.contains(&evidence[i].voice) {
            sources.push(evidence[i].voice.clone());
        }
    }
    DisagreementSide { claims: claims.into_iter().map(|i| evidence[i].claim.id.clone()).collect(), sources }
}

/// "s" after one, nothing after several: "AFP says", "AFP and Reuters say".
fn s(names: &[String]) -> &'static str {
    if names.len() == 1 { "s" } else { "" }
}

/// "AFP", "AFP and 2 others".
fn voices(names: &[String]) -> String {
    let shown = |name: &String| name.strip_prefix("publisher: ").map_or(name.clone(), str::to_owned);
    let shown =
        |name: &String| Some(shown(name)).filter(|n| !n.is_empty()).unwrap_or_else(|| "the report itself".into());
    match names {
        [] => "nobody".to_owned(),
        [one] => shown(one),
        [one, two] => format!("{} and {}", shown(one), shown(two)),
        [one, rest @ ..] => format!("{} and {} others", shown(one), rest.len()),
    }
}
