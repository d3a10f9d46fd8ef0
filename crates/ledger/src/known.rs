//! What a connection keeps of the judgements from one question to the next.
//!
//! Judgements are append-only, so those that were read once stay as they are. Inside a transaction nothing is kept: it may
//! be rolled back.
use crate::ground::Bound;
use crate::judge::undone;
use crate::judged::Judged;
use crate::judgement::{Action, Judgement};
use crate::read::parsed;
use crate::{Ledger, Result};
use std::cell::RefCell;
use std::sync::Arc;

/// Kept between questions.
#[derive(Default)]
pub(crate) struct Known {
    judgements: RefCell<Kept>,
    settled: RefCell<Option<Arc<Settled>>>,
}

/// Judgements in the order of entry, up to a number.
#[derive(Default, Clone)]
struct Kept {
    upto: i64,
    judgements: Vec<Arc<Judgement>>,
}

/// What all judgements come to, as of a last judgement and a last reading.
pub(crate) struct Settled {
    as_of: (i64, i64),
    pub in_force: Vec<Arc<Judgement>>,
    /// These, with their claims as they are called now.
    pub bound: Vec<Bound>,
    pub judged: Arc<Judged>,
}

impl Ledger {
    /// Every judgement in the order of entry, undone ones included.
    pub fn judgements(&self) -> Result<Vec<Arc<Judgement>>> {
        let mut kept = self.known.judgements.borrow().clone();
        let sql = "SELECT number, body FROM judgement WHERE number > ?1 ORDER BY number";
        let new: Vec<(i64, Judgement)> = self.collect(sql, [kept.upto], |row| Ok((row.get(0)?, parsed(row, 1)?)))?;
        if new.is_empty() {
            return Ok(kept.judgements);
        }
        kept.upto = new.last().map_or(kept.upto, |(number, _)| *number);
        kept.judgements.extend(new.into_iter().map(|(_, judgement)| Arc::new(judgement)));
        if self.connection.is_autocommit() {
            *self.known.judgements.borrow_mut() = kept.clone();
        }
        Ok(kept.judgements)
    }

    /// Judgements that have not been undone, in the order of entry; undoings themselves left out.
    pub fn judgements_in_force(&self) -> Result<Vec<Arc<Judgement>>> {
        let mut all = self.judgements()?;
        let undone: Vec<String> = undone(&all).into_keys().map(str::to_owned).collect();
        // Ascending, as keys of a tree are.
        let is_undone = |j: &Judgement| undone.binary_search(&j.id).is_ok();
        all.retain(|j| !is_undone(j) && !matches!(j.action, Action::Undo { .. }));
        Ok(all)
    }

    /// What the judgements in force come to on the current readings.
    pub(crate) fn settled(&self) -> Result<Arc<Settled>> {
        let sql =
            "SELECT (SELECT COALESCE(MAX(number), 0) FROM judgement), (SELECT COALESCE(MAX(number), 0) FROM reading)";
        let as_of = self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?.pop().unwrap_or_default();
        if let Some(known) = self.known.settled.borrow().as_ref().filter(|known| known.as_of == as_of) {
            return Ok(Arc::clone(known));
        }
        let in_force = self.judgements_in_force()?;
        let bound = self.bind(&in_force)?;
        let judged = Arc::new(Judged::new(&bound));
        let settled = Arc::new(Settled { as_of, in_force, bound, judged });
        if self.connection.is_autocommit() {
            *self.known.settled.borrow_mut() = Some(Arc::clone(&settled));
        }
        Ok(settled)
    }

    /// The effect of all judgements in force on the current readings.
    pub(crate) fn judged(&self) -> Result<Arc<Judged>> {
        Ok(Arc::clone(&self.settled()?.judged))
    }
}
