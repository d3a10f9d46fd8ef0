use crate::read::{CLAIM, REPORT, claim, parsed, stored_report};
use crate::{Ledger, LedgerError, Result, StoredReport};
use rusqlite::params;
use variorum_model::{Claim, Incident};

/// What an id stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// An incident.
    Incident(Box<Incident>),
    /// A claim of a current reading.
    Claim(Box<Claim>),
    /// A report.
    Report(Box<StoredReport>),
}

/// How many candidates an [`LedgerError::Ambiguous`] names.
const CANDIDATES: usize = 5;

impl Ledger {
    /// The incident with this id, or the only one whose id starts so; failing that, what the incident that had this id
    /// has become.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn incident(&self, id: &str) -> Result<Incident> {
        let full = match self.resolve("incident", "SELECT id FROM incident", id) {
            Err(LedgerError::NotFound { .. }) => self.successor(id)?,
            other => other?,
        };
        let found = self.collect("SELECT body FROM incident WHERE id = ?1", [&full], |row| parsed(row, 0))?;
        self.with_previous_ids(first("incident", id, found)?)
    }

    /// The current claim with this id, or the only one whose id starts so. It names its report, reads as corrected, and
    /// carries the judgements in force on it.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn claim(&self, id: &str) -> Result<Claim> {
        let claim = self.claim_as_read(id)?;
        Ok(self.marking()?.mark(claim))
    }

    /// The same as it was read, without any judgement.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn claim_as_read(&self, id: &str) -> Result<Claim> {
        let all = "SELECT DISTINCT claim.id AS id FROM claim JOIN current ON current.reading = claim.reading";
        let full = self.resolve("claim", all, id)?;
        let found = self.collect(&format!("{CLAIM} WHERE claim.id = ?1 LIMIT 1"), [&full], claim)?;
        first("claim", id, found)
    }

    /// The last version of the report with this id or key, or the only report whose id or key starts so.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn report(&self, id: &str) -> Result<StoredReport> {
        let by_key = format!("{REPORT} WHERE report.key = ?1");
        if let Some(found) = self.collect(&by_key, [id], stored_report)?.pop() {
            return Ok(found);
        }
        let full = match self.resolve("report", "SELECT DISTINCT id FROM report", id) {
            Err(LedgerError::NotFound { .. }) => {
                let key = self.resolve("report", "SELECT key AS id FROM report", id)?;
                return first("report", id, self.collect(&by_key, [&key], stored_report)?);
            }
            other => other?,
        };
        let sql = format!("{REPORT} WHERE report.id = ?1 ORDER BY report.version DESC LIMIT 1");
        first("report", id, self.collect(&sql, [&full], stored_report)?)
    }

    /// Whatever this id stands for.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn entry(&self, id: &str) -> Result<Entry> {
        let absent = |error: &LedgerError| matches!(error, LedgerError::NotFound { .. });
        match self.incident(id) {
            Err(error) if absent(&error) => {}
            other => return other.map(|found| Entry::Incident(Box::new(found))),
        }
        match self.claim(id) {
            Err(error) if absent(&error) => {}
            other => return other.map(|found| Entry::Claim(Box::new(found))),
        }
        match self.report(id) {
            Err(error) if absent(&error) => Err(LedgerError::NotFound { what: "entry", id: id.to_owned() }),
            other => other.map(|found| Entry::Report(Box::new(found))),
        }
    }

    /// Incidents that a claim belongs to.
    pub fn incidents_of(&self, claim: &str) -> Result<Vec<String>> {
        let sql = "SELECT incident FROM incident_claim WHERE claim = ?1 ORDER BY incident";
        self.collect(sql, [claim], |row| row.get(0))
    }

    /// The full id: `id` itself where it is one, else the only one of `all` (a query with a column `id`) that starts so.
    pub(crate) fn resolve(&self, what: &'static str, all: &str, id: &str) -> Result<String> {
        let exact = format!("SELECT id FROM ({all}) WHERE id = ?1 LIMIT 1");
        if let Some(found) = self.collect(&exact, [id], |row| row.get(0))?.pop() {
            return Ok(found);
        }
        let none = || LedgerError::NotFound { what, id: id.to_owned() };
        if id.is_empty() {
            return Err(none());
        }
        // The least string that is greater than all that start with `id`.
        let end = format!("{id}\u{10ffff}");
        let range = format!("SELECT id FROM ({all}) WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3");
        let found = self.collect(&range, params![id, end, CANDIDATES as i64], |row| row.get::<_, String>(0))?;
        match found.len() {
            0 => Err(none()),
            1 => Ok(found.into_iter().next().expect("one")),
            _ => {
                let count = format!("SELECT COUNT(*) FROM ({all}) WHERE id >= ?1 AND id < ?2");
                let n = self.collect(&count, params![id, end], |row| row.get::<_, i64>(0))?[0] as usize;
                Err(LedgerError::Ambiguous { what, id: id.to_owned(), n, candidates: found })
            }
        }
    }
}

fn first<T>(what: &'static str, id: &str, found: Vec<T>) -> Result<T> {
    found.into_iter().next().ok_or_else(|| LedgerError::NotFound { what, id: id.to_owned() })
}
