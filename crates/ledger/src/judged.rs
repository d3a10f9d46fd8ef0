//! What judgements in force mean for linkage.
use crate::judgement::{Action, Judgement, corrected};
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Claim, stable_id};

/// Judgements in force, by what they do.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Claims that count in no incident.
    rejected: BTreeSet<String>,
    corrections: BTreeMap<String, Vec<(String, serde_json::Value)>>,
    /// Claims that stand by themselves until something joins them.
    alone: BTreeSet<String>,
    /// Claims of one incident.
    pub together: BTreeSet<(String, String)>,
    /// Claims of different incidents.
    pub apart: BTreeSet<(String, String)>,
}

impl Judged {
    /// Later judgements outweigh earlier ones on the same claims.
    pub fn new(judgements: &[Judgement]) -> Self {
        let mut judged = Judged::default();
        for judgement in judgements {
            match &judgement.action {
                Action::Reject { claim } => {
                    judged.rejected.insert(claim.clone());
                }
                Action::Accept { claim } => {
                    judged.rejected.remove(claim);
                }
                Action::Correct { claim, field, value } => {
                    judged.corrections.entry(claim.clone()).or_default().push((field.clone(), value.clone()));
                }
                Action::Merge { claims } => {
                    for pair in claims.windows(2) {
                        judged.join(&pair[0], &pair[1]);
                    }
                }
                Action::Split { claims, from } => {
                    judged.alone.extend(claims.iter().chain(from).cloned());
                    judged.together.retain(|(l, r)| claims.contains(l) == claims.contains(r));
                    for list in [claims, from] {
                        for pair in list.windows(2) {
                            judged.join(&pair[0], &pair[1]);
                        }
                    }
                    for l in claims {
                        for r in from {
                            judged.apart.insert(ordered(l, r));
                        }
                    }
                }
                Action::Move { claim, to } => {
                    judged.alone.insert(claim.clone());
                    judged.together.retain(|(l, r)| l != claim && r != claim);
                    judged.apart.retain(|(l, r)| l != claim && r != claim);
                    judged.join(claim, to);
                }
                Action::Note { .. } | Action::Undo { .. } => {}
            }
        }
        judged
    }

    fn join(&mut self, l: &str, r: &str) {
        if l != r {
            self.apart.remove(&ordered(l, r));
            self.together.insert(ordered(l, r));
        }
    }

    /// The claims of a reading as they count: without rejected ones, with corrections.
    pub fn apply(&self, claims: Vec<Claim>) -> Vec<Claim> {
        let kept = claims.into_iter().filter(|claim| self.counts(&claim.id));
        kept.map(|claim| {
            let corrections = self.corrections.get(&claim.id).into_iter().flatten();
            corrections.fold(claim, |claim, (field, value)| {
                // A correction that no longer fits the claim has lost its ground and does nothing.
                corrected(&claim, field, value).unwrap_or(claim)
            })
        })
        .collect()
    }

    /// Whether a claim counts at all.
    pub fn counts(&self, claim: &str) -> bool {
        !self.rejected.contains(claim)
    }

    /// Positions of the claims that stand by themselves.
    pub fn alone(&self, claims: &[Claim]) -> BTreeSet<u32> {
        (0..claims.len() as u32).filter(|&i| self.alone.contains(&claims[i as usize].id)).collect()
    }

    /// What of this bears on the profile of a reading with these claims, as a hash; empty where nothing does.
    pub fn mark<'a>(&self, claims: impl Iterator<Item = &'a str>) -> String {
        let mut parts: Vec<String> = Vec::new();
        for id in claims {
            if self.rejected.contains(id) {
                parts.push(format!("reject {id}"));
            }
            if self.alone.contains(id) {
                parts.push(format!("alone {id}"));
            }
            for (field, value) in self.corrections.get(id).into_iter().flatten() {
                parts.push(format!("correct {id} {field} {value}"));
            }
        }
        if parts.is_empty() {
            return String::new();
        }
        stable_id("m", &parts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Hash of everything.
    pub fn fingerprint(&self) -> String {
        let text = format!("{self:?}");
        if self.is_empty() { String::new() } else { stable_id("m", &[&text]) }
    }

    /// Claims that some judgement speaks of.
    pub fn claims(&self) -> BTreeSet<&str> {
        let pairs = self.together.iter().chain(&self.apart).flat_map(|(l, r)| [l, r]);
        self.rejected
            .iter()
            .chain(self.corrections.keys())
            .chain(&self.alone)
            .chain(pairs)
            .map(String::as_str)
            .collect()
    }

    fn is_empty(&self) -> bool {
        self.claims().is_empty()
    }
}

fn ordered(l: &str, r: &str) -> (String, String) {
    if l < r { (l.to_owned(), r.to_owned()) } else { (r.to_owned(), l.to_owned()) }
}
