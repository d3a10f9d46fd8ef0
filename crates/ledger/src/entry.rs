use crate::Likeness;
use crate::key::{claim_body, reading_hash, report_key};
use crate::repeats::sign_reports;
use crate::{Ledger, LedgerError, Result};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use variorum_model::{Analysis, Report};

/// What adding an analysis did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Added {
    /// A report that was not there.
    New,
    /// A report that was not there, and repeats one that was.
    Repeat {
        /// How it does.
        how: Likeness,
    },
    /// The same report with the same claims was there: nothing was written.
    Unchanged,
    /// The same report, read differently: its newer claims count from now on, the older ones are kept.
    Reread,
    /// Another text under an id that was there. The last one counts; all are kept.
    NewVersion {
        /// Its number among the versions of that id, from 2.
        version: u32,
    },
}

/// An input that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// File, line or address.
    pub input: String,
    /// Stable code ("not-json").
    pub code: String,
    /// One sentence.
    pub message: String,
    /// When it was first met; RFC 3339.
    pub at: String,
}

impl Ledger {
    /// Stores a report with its claims, in one transaction. Incidents follow with [`Ledger::relink`].
    ///
    /// # Errors
    /// Locked, not writable, disk full, damaged: nothing of the report is then stored.
    pub fn add(&mut self, analysis: &Analysis) -> Result<Added> {
        self.writable()?;
        let name = self.name();
        let sqlite = |error| LedgerError::sqlite(error, &name);
        let report = &analysis.report;
        let key = report_key(report);
        let meta = serde_json::to_string(&Report { text: String::new(), ..report.clone() }).expect("plain data");
        let bodies: Vec<String> = analysis.claims.iter().map(claim_body).collect();
        let hash = reading_hash(&meta, &bodies);
        let now = now();

        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        let known: Option<i64> = transaction
            .prepare_cached("SELECT number FROM report WHERE key = ?1")
            .and_then(|mut q| q.query_row([&key], |row| row.get(0)).optional())
            .map_err(sqlite)?;
        let (number, added) = match known {
            Some(number) => {
                let last: Option<String> = transaction
                    .prepare_cached("SELECT hash FROM reading WHERE report = ?1 ORDER BY number DESC LIMIT 1")
                    .and_then(|mut q| q.query_row([number], |row| row.get(0)).optional())
                    .map_err(sqlite)?;
                if last.as_deref() == Some(&hash) {
                    return Ok(Added::Unchanged);
                }
                (number, Added::Reread)
            }
            None => {
                let version: u32 = transaction
                    .prepare_cached("SELECT COALESCE(MAX(version), 0) + 1 FROM report WHERE id = ?1")
                    .and_then(|mut q| q.query_row([&report.id], |row| row.get(0)))
                    .map_err(sqlite)?;
                transaction
                    .prepare_cached("INSERT INTO report (key, id, version, text, added) VALUES (?1, ?2, ?3, ?4, ?5)")
                    .and_then(|mut q| q.execute(params![key, report.id, version, report.text, now]))
                    .map_err(sqlite)?;
                let added = if version == 1 { Added::New } else { Added::NewVersion { version } };
                (transaction.last_insert_rowid(), added)
            }
        };
        transaction
            .prepare_cached("INSERT INTO reading (report, hash, meta, added) VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut q| q.execute(params![number, hash, meta, now]))
            .map_err(sqlite)?;
        let reading = transaction.last_insert_rowid();
        {
            let mut insert = transaction
                .prepare_cached("INSERT INTO claim (reading, seq, id, body) VALUES (?1, ?2, ?3, ?4)")
                .map_err(sqlite)?;
            for (seq, (claim, body)) in analysis.claims.iter().zip(&bodies).enumerate() {
                insert.execute(params![reading, seq as i64, claim.id, body]).map_err(sqlite)?;
            }
        }
        let repeats = sign_reports(&transaction).map_err(sqlite)?;
        transaction.commit().map_err(sqlite)?;
        Ok(match (added, repeats) {
            (Added::New, Some(how)) => Added::Repeat { how },
            _ => added,
        })
    }

    /// Whether a report of this [`report_key`] has been stored: it need not be analysed again.
    pub fn contains(&self, key: &str) -> Result<bool> {
        self.connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM report WHERE key = ?1)")
            .and_then(|mut q| q.query_row([key], |row| row.get(0)))
            .map_err(|e| self.error(e))
    }

    /// Notes an input that could not be read. The same failure of the same input is noted once.
    pub fn record_failure(&mut self, input: &str, code: &str, message: &str) -> Result<()> {
        self.writable()?;
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO failure (input, code, message, at) VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut q| q.execute(params![input, code, message, now()]))
            .map_err(|e| self.error(e))?;
        Ok(())
    }

    /// Every input that could not be read, in the order met.
    pub fn failures(&self) -> Result<Vec<Failure>> {
        let mut query = self
            .connection
            .prepare_cached("SELECT input, code, message, at FROM failure ORDER BY number")
            .map_err(|e| self.error(e))?;
        let rows = query
            .query_map([], |row| {
                Ok(Failure { input: row.get(0)?, code: row.get(1)?, message: row.get(2)?, at: row.get(3)? })
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|e| self.error(e))
    }

    pub(crate) fn writable(&self) -> Result<()> {
        if self.read_only { Err(LedgerError::ReadOnly { path: self.name() }) } else { Ok(()) }
    }
}

/// This moment, RFC 3339 in UTC, to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}
