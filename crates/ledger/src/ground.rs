//! What a judgement rests on: claims as they read when it was made, found again in later readings.
use crate::judgement::{Action, Judgement};
use crate::read::{CLAIM, claim};
use crate::{Ledger, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use variorum_model::{Claim, Span};

/// A claim as it read when a judgement was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Its id then.
    pub claim: String,
    /// The report it stands in.
    pub report: String,
    /// Its words.
    pub quote: String,
    /// Where they stood.
    #[serde(flatten)]
    pub span: Span,
    /// The word that named the happening, and where it stood.
    pub trigger: (String, Span),
    /// The event type it had.
    pub event_type: String,
    /// The voices it had, outermost first.
    pub sources: Vec<String>,
}

impl Ground {
    pub(crate) fn of(claim: &Claim) -> Self {
        Ground {
            claim: claim.id.clone(),
            report: claim.report.clone(),
            quote: claim.quote.clone(),
            span: claim.span,
            trigger: (claim.event.trigger.text.clone(), claim.event.trigger.span),
            event_type: claim.event.kind.clone(),
            sources: claim.sources.iter().map(|s| s.name.clone()).collect(),
        }
    }

    /// Whether a claim of a later reading is this one, read otherwise or standing elsewhere: the same words with the
    /// same trigger and, where `whole`, the same type and voices; else one of the two.
    fn is(&self, claim: &Claim, whole: bool) -> bool {
        let trigger = &claim.event.trigger;
        let same_words = self.quote == claim.quote
            && self.trigger.0 == trigger.text
            && self.trigger.1.start as i64 - self.span.start as i64
                == trigger.span.start as i64 - claim.span.start as i64;
        let same_kind = self.event_type == claim.event.kind;
        let same_voices = self.sources.iter().eq(claim.sources.iter().map(|s| &s.name));
        same_words && if whole { same_kind && same_voices } else { same_kind || same_voices }
    }
}

/// A judgement in force with its claims as they are called now.
pub(crate) struct Bound {
    pub id: String,
    /// Absent when too little of its ground is left for it to say anything.
    pub action: Option<Action>,
    pub gone: Vec<Ground>,
    pub moved: Vec<(String, String)>,
    /// The report of each claim.
    pub reports: BTreeMap<String, String>,
}

impl Ledger {
    /// Finds the ground of each judgement in the current readings.
    pub(crate) fn bind(&self, judgements: &[Arc<Judgement>]) -> Result<Vec<Bound>> {
        let mut known: BTreeMap<String, bool> = BTreeMap::new();
        let mut all = Vec::with_capacity(judgements.len());
        for judgement in judgements {
            let (id, gone, moved, reports) = (judgement.id.clone(), Vec::new(), Vec::new(), BTreeMap::new());
            let mut bound = Bound { id, action: None, gone, moved, reports };
            let mut names: BTreeMap<&str, Option<String>> = BTreeMap::new();
            // What was judged of a claim's content holds for that content only; where it belongs, for its words.
            let whole = matches!(judgement.action, Action::Accept { .. } | Action::Reject { .. });
            for ground in &judgement.grounds {
                let there = match known.get(&ground.claim) {
                    Some(there) => *there,
                    None => {
                        let sql =
                            "SELECT 1 FROM claim JOIN current ON current.reading = claim.reading WHERE claim.id = ?1";
                        let there = !self.collect(sql, [&ground.claim], |_| Ok(()))?.is_empty();
                        known.insert(ground.claim.clone(), there);
                        there
                    }
                };
                let now = if there { Some(ground.claim.clone()) } else { self.find_again(ground, whole)? };
                match &now {
                    None => bound.gone.push(ground.clone()),
                    Some(id) if *id != ground.claim => bound.moved.push((ground.claim.clone(), id.clone())),
                    Some(_) => {}
                }
                bound.reports.extend(now.iter().map(|id| (id.clone(), ground.report.clone())));
                names.insert(&ground.claim, now);
            }
            bound.action = judgement.action.over(|claim| names.get(claim).cloned().flatten());
            all.push(bound);
        }
        Ok(all)
    }

    /// The current claim that a ground has become: the only one that fits, those at the same place preferred.
    fn find_again(&self, ground: &Ground, whole: bool) -> Result<Option<String>> {
        let claims = self.collect(&format!("{CLAIM} WHERE report.id = ?1"), [&ground.report], claim)?;
        let fits: Vec<&Claim> = claims.iter().filter(|c| ground.is(c, whole)).collect();
        let here: Vec<&&Claim> = fits.iter().filter(|c| c.span == ground.span).collect();
        Ok(match (here.as_slice(), fits.as_slice()) {
            ([one], _) => Some(one.id.clone()),
            ([], [one]) => Some(one.id.clone()),
            _ => None,
        })
    }
}
