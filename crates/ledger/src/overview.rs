//! What a reader of the whole ledger needs without its texts.
use crate::changes::Change;
use crate::read::parsed;
use crate::{Action, Judgement, Ledger, Result};
use rusqlite::params;
use std::collections::BTreeSet;
use variorum_model::{Incident, Report};

/// State of the ledger, in numbers that only grow: equal revisions answer every question alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Revision {
    /// Last reading stored.
    pub reading: i64,
    /// Last judgement stored.
    pub judgement: i64,
    /// Last change to an incident.
    pub change: i64,
    /// Last failure noted.
    pub failure: i64,
    /// Last mark of an audit.
    pub audit: i64,
}

impl Revision {
    /// Whether what was made of reports, claims, judgements and incidents at this revision knows all that `other` has.
    pub fn covers(&self, other: &Revision) -> bool {
        self.reading >= other.reading && self.judgement >= other.judgement && self.change >= other.change
    }
}

impl Ledger {
    /// Where the ledger stands.
    pub fn revision(&self) -> Result<Revision> {
        let sql = "SELECT (SELECT COALESCE(MAX(number), 0) FROM reading), \
                   (SELECT COALESCE(MAX(number), 0) FROM judgement), (SELECT COALESCE(MAX(seq), 0) FROM change), \
                   (SELECT COALESCE(MAX(number), 0) FROM failure), (SELECT COALESCE(MAX(number), 0) FROM audit)";
        let found = self.collect(sql, [], |row| {
            Ok(Revision {
                reading: row.get(0)?,
                judgement: row.get(1)?,
                change: row.get(2)?,
                failure: row.get(3)?,
                audit: row.get(4)?,
            })
        })?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// Every current report without its text, with its number, in the order of entry.
    pub fn report_heads(&self) -> Result<Vec<(i64, Report)>> {
        let sql = "SELECT current.report, reading.meta FROM current JOIN reading ON reading.number = current.reading \
                   ORDER BY current.report";
        self.collect(sql, [], |row| Ok((row.get(0)?, parsed(row, 1)?)))
    }

    /// The current report with exactly this id without its text, with its number.
    pub fn report_head(&self, id: &str) -> Result<Option<(i64, Report)>> {
        let sql = "SELECT current.report, reading.meta FROM report CROSS JOIN current ON current.report = report.number \
                   JOIN reading ON reading.number = current.reading WHERE report.id = ?1";
        Ok(self.collect(sql, [id], |row| Ok((row.get(0)?, parsed(row, 1)?)))?.pop())
    }

    /// Ids of the reports whose claims may read otherwise than they did then: those read since, and those that judgements
    /// made since speak of, be it by undoing others; those that a page read since replaces.
    pub fn reports_changed_after(&self, then: Revision) -> Result<BTreeSet<String>> {
        let sql = "SELECT DISTINCT report.id FROM reading JOIN report ON report.number = reading.report \
                   WHERE reading.number > ?1";
        let mut ids: BTreeSet<String> = self.collect(sql, [then.reading], |row| row.get(0))?.into_iter().collect();
        let sql = "SELECT old.id FROM reading JOIN superseded ON superseded.newer = reading.report \
                   JOIN report old ON old.number = superseded.report WHERE reading.number > ?1";
        ids.extend(self.collect(sql, [then.reading], |row| row.get::<_, String>(0))?);
        let sql = "SELECT body FROM judgement WHERE number > ?1";
        let mut ahead: Vec<Judgement> = self.collect(sql, [then.judgement], |row| parsed(row, 0))?;
        while let Some(judgement) = ahead.pop() {
            ids.extend(judgement.action.reports().into_iter().map(str::to_owned));
            ids.extend(judgement.grounds.iter().map(|ground| ground.report.clone()));
            if let Action::Undo { judgement } = &judgement.action {
                ahead.push(self.judgement(judgement)?);
            }
        }
        Ok(ids)
    }

    /// Ids of the incidents that were made, revised or removed after a change ([`Revision::change`]).
    pub fn changed_after(&self, change: i64) -> Result<BTreeSet<String>> {
        let ids: Vec<String> =
            self.collect("SELECT DISTINCT incident FROM change WHERE seq > ?1", [change], |row| row.get(0))?;
        Ok(ids.into_iter().collect())
    }

    /// Reports to which judgements in force give a date, with it: they decide which reading counts.
    pub fn dated(&self) -> Result<Vec<(String, String)>> {
        self.collect("SELECT report, published FROM dated ORDER BY report", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The lowest measured confidence of an incident's claims; nothing where none was measured.
    pub fn least_confidence(&self, incident: &str) -> Result<Option<f64>> {
        let sql = "SELECT MIN(claim.body ->> '$.confidence') FROM incident_claim \
                   JOIN claim ON claim.id = incident_claim.claim JOIN current ON current.reading = claim.reading \
                   WHERE incident_claim.incident = ?1";
        Ok(self.collect(sql, [incident], |row| row.get(0))?.pop().flatten())
    }

    /// The incident with exactly this id, if there is one.
    pub fn incident_now(&self, id: &str) -> Result<Option<Incident>> {
        Ok(self.collect("SELECT body FROM incident WHERE id = ?1", [id], |row| parsed(row, 0))?.pop())
    }

    /// What became of an incident, the oldest first.
    pub fn history(&self, incident: &str) -> Result<Vec<Change>> {
        let sql = "SELECT seq, body FROM change WHERE incident = ?1 ORDER BY seq";
        self.collect(sql, params![incident], |row| Ok(Change { seq: row.get(0)?, ..parsed(row, 1)? }))
    }
}
