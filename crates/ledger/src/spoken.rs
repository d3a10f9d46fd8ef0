//! How far new judgements reach: the reports and claims that they speak of, by themselves or with earlier ones.
use crate::judgement::{Action, Judgement};
use crate::{Ledger, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fields by which a claim contests others, as JSON pointers.
const CONTESTING: [&str; 3] = ["/stance", "/polarity", "/sources"];

/// What judgements speak of.
#[derive(Default)]
pub(crate) struct Spoken {
    /// All readings of the reports.
    pub readings: BTreeSet<i64>,
    /// Claims that are merged, split or moved.
    pub placed: BTreeSet<String>,
    /// All claims.
    pub claims: BTreeSet<String>,
    /// Some of it changes a report, or whether a claim contests others ([`variorum_link::Linker::contests`]).
    pub changes_all: bool,
}

impl Ledger {
    /// What the judgements after this number speak of (by themselves, in their grounds, or by undoing others), and what
    /// earlier ones do that speak of any of the same reports, and so on.
    pub(crate) fn spoken_of(&self, after: i64) -> Result<Spoken> {
        let all = self.judgements()?;
        let numbers: Vec<i64> = self.collect("SELECT number FROM judgement ORDER BY number", [], |row| row.get(0))?;
        let mut position: BTreeMap<&str, usize> = BTreeMap::new();
        let mut about: Vec<BTreeSet<&str>> = Vec::with_capacity(all.len());
        for (at, judgement) in all.iter().enumerate() {
            let mut reports: BTreeSet<&str> = judgement.grounds.iter().map(|ground| ground.report.as_str()).collect();
            reports.extend(judgement.action.reports());
            if let Action::Undo { judgement: undone } = &judgement.action
                && let Some(at) = position.get(undone.as_str())
            {
                reports.extend(about[*at].iter().copied());
            }
            position.insert(&judgement.id, at);
            about.push(reports);
        }
        let (mut ahead, mut rest): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|at| numbers[*at] > after);
        let mut reports: BTreeSet<&str> = BTreeSet::new();
        let mut reached: Vec<Arc<Judgement>> = Vec::new();
        while !ahead.is_empty() {
            for at in ahead.drain(..) {
                reports.extend(about[at].iter().copied());
                reached.push(Arc::clone(&all[at]));
            }
            (ahead, rest) = rest.into_iter().partition(|at| !about[*at].is_disjoint(&reports));
        }
        let mut spoken = Spoken::default();
        let sql =
            "SELECT reading.number FROM reading JOIN report ON report.number = reading.report WHERE report.id = ?1";
        for report in reports {
            spoken.readings.extend(self.collect(sql, [report], |row| row.get::<_, i64>(0))?);
        }
        spoken.changes_all = reached.iter().any(|judgement| match &judgement.action {
            Action::Correct { field, .. } => CONTESTING.iter().any(|f| f.starts_with(field) || field.starts_with(f)),
            action => !action.reports().is_empty(),
        });
        for (judgement, bound) in reached.iter().zip(self.bind(&reached)?) {
            let then = judgement.grounds.iter().map(|ground| ground.claim.as_str());
            let now = bound.action.iter().flat_map(Action::claims);
            let all: BTreeSet<String> = then.chain(judgement.action.claims()).chain(now).map(str::to_owned).collect();
            if matches!(judgement.action, Action::Merge { .. } | Action::Split { .. } | Action::Move { .. }) {
                spoken.placed.extend(all.iter().cloned());
            }
            spoken.claims.extend(all);
        }
        Ok(spoken)
    }
}
