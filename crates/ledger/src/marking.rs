//! Claims as people have judged them: corrected values, with who corrected them.
use crate::judged::Judged;
use crate::judgement::{Action, Judgement};
use crate::read::{CLAIM, claim};
use crate::{Ledger, Result};
use std::collections::HashMap;
use std::sync::Arc;
use variorum_model::{Claim, ClaimJudgement};

/// The judgements in force, by what they say of claims.
pub(crate) struct Marking {
    judged: Arc<Judged>,
    by_id: HashMap<String, Arc<Judgement>>,
    /// Judgements on where a claim belongs, and remarks, by claim.
    others: HashMap<String, Vec<String>>,
}

impl Ledger {
    pub(crate) fn marking(&self) -> Result<Marking> {
        let settled = self.settled()?;
        let judged = Arc::clone(&settled.judged);
        let mut others: HashMap<String, Vec<String>> = HashMap::new();
        for (judgement, bound) in settled.in_force.iter().zip(&settled.bound) {
            let there: Vec<&str> = match (&judgement.action, &bound.action) {
                _ if judged.outweighed.contains_key(&judgement.id) => Vec::new(),
                (Action::Note { about, .. }, _) => vec![about],
                (_, Some(action @ (Action::Merge { .. } | Action::Split { .. } | Action::Move { .. }))) => {
                    action.claims()
                }
                _ => Vec::new(),
            };
            for claim in there {
                others.entry(claim.to_owned()).or_default().push(judgement.id.clone());
            }
        }
        Ok(Marking { judged, by_id: settled.in_force.iter().map(|j| (j.id.clone(), Arc::clone(j))).collect(), others })
    }
}

/// Claims by id, as judged: for going through many incidents.
pub struct ClaimsById<'l> {
    ledger: &'l Ledger,
    marking: Marking,
}

impl Ledger {
    /// Claims by id, with the judgements looked up once.
    pub fn claims_by_id(&self) -> Result<ClaimsById<'_>> {
        Ok(ClaimsById { ledger: self, marking: self.marking()? })
    }
}

impl ClaimsById<'_> {
    /// The current claims with these ids, in their order; ids of no current claim are passed over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(&self, ids: &[String]) -> Result<Vec<Claim>> {
        let sql = format!("{CLAIM} WHERE claim.id = ?1 LIMIT 1");
        let mut claims = Vec::with_capacity(ids.len());
        for id in ids {
            let found = self.ledger.collect(&sql, [id], claim)?;
            claims.extend(found.into_iter().map(|claim| self.marking.mark(claim)));
        }
        Ok(claims)
    }
}

impl Marking {
    /// The claim as it counts, with what was decided about it, in the order of: itself, its fields, its report, where it
    /// belongs.
    pub fn mark(&self, claim: Claim) -> Claim {
        if self.by_id.is_empty() {
            return claim;
        }
        let mut marks = Vec::new();
        let mut add = |id: &str, field: Option<&str>, was: Option<serde_json::Value>| {
            let Some(judgement) = self.by_id.get(id) else { return };
            marks.push(ClaimJudgement {
                id: judgement.id.clone(),
                kind: judgement.action.kind().to_owned(),
                author: judgement.author.clone(),
                at: judgement.at.clone(),
                reason: judgement.reason.clone(),
                field: field.map(str::to_owned),
                was,
            });
        };
        if let Some((_, by)) = self.judged.verdict(&claim.id) {
            add(by, None, None);
        }
        let corrections = self.judged.corrections_of(&claim.id);
        if !corrections.is_empty() {
            let body = serde_json::to_value(&claim).expect("plain data");
            for c in corrections {
                add(&c.judgement, Some(&c.field), body.pointer(&c.field).cloned());
            }
        }
        if let Some(by) = self.judged.placed_by(&claim) {
            add(by, Some("/places"), serde_json::to_value(&claim.places).ok());
        }
        if let Some((_, by)) = self.judged.original_of(&claim.report) {
            add(by, None, None);
        }
        if let Some((_, by)) = self.judged.dates.get(&claim.report) {
            add(by, None, None);
        }
        for by in self.others.get(&claim.id).into_iter().flatten() {
            add(by, None, None);
        }
        Claim { judgements: marks, ..self.judged.as_corrected(claim) }
    }
}
