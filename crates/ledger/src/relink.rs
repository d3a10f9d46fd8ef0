use crate::judgement::{Action, corrected};
use crate::read::{CLAIM, REPORT, claim, stored_report};
use crate::{Ledger, LedgerError, Result};
use rusqlite::{TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use variorum_link::Reading;
use variorum_model::{Claim, Incident};

/// What linking changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relinked {
    /// Ids of incidents that were not there.
    pub created: Vec<String>,
    /// Ids of incidents that are there still and say something else.
    pub changed: Vec<String>,
    /// Ids of incidents that are no more.
    pub removed: Vec<String>,
}

impl Relinked {
    /// True when all incidents stayed as they were.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Ledger {
    /// Brings the incidents up to date with the entries, in one transaction. Does nothing when they are.
    ///
    /// # Errors
    /// Locked, not writable, damaged: the incidents are then as they were.
    pub fn relink(&mut self) -> Result<Relinked> {
        self.writable()?;
        let readings = self.current_readings()?;
        let incidents = self.linker.link(&readings);
        self.store_incidents(incidents)
    }

    fn current_readings(&self) -> Result<Vec<Reading>> {
        let rejected: BTreeSet<String> = BTreeSet::new();
        let mut corrections: BTreeMap<String, Vec<(String, serde_json::Value)>> = BTreeMap::new();
        let mut out_of_count = rejected;
        for judgement in self.judgements_in_force()? {
            match judgement.action {
                Action::Reject { claim } => {
                    out_of_count.insert(claim);
                }
                Action::Accept { claim } => {
                    out_of_count.remove(&claim);
                }
                Action::Correct { claim, field, value } => {
                    corrections.entry(claim).or_default().push((field, value));
                }
                _ => {}
            }
        }
        let sql = format!("{REPORT} WHERE report.number IN (SELECT report FROM current) ORDER BY report.number");
        let reports = self.collect(&sql, [], |row| Ok((row.get::<_, i64>(0)?, stored_report(row)?)))?;
        let mut readings = Vec::with_capacity(reports.len());
        for (number, stored) in reports {
            let sql = format!("{CLAIM} WHERE report.number = ?1 ORDER BY claim.seq");
            let claims: Vec<Claim> = self
                .collect(&sql, [number], claim)?
                .into_iter()
                .filter(|c| !out_of_count.contains(&c.id))
                .map(|c| {
                    corrections.get(&c.id).into_iter().flatten().fold(c, |c, (field, value)| {
                        // A correction that no longer fits the claim has lost its ground and does nothing.
                        corrected(&c, field, value).unwrap_or(c)
                    })
                })
                .collect();
            readings.push(Reading { report: stored.report, claims });
        }
        Ok(readings)
    }

    fn store_incidents(&mut self, incidents: Vec<Incident>) -> Result<Relinked> {
        let name = self.name();
        let sqlite = |error| LedgerError::sqlite(error, &name);
        let before: BTreeMap<String, String> = self
            .collect("SELECT id, body FROM incident", [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .into_iter()
            .collect();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        let mut relinked = Relinked::default();
        let mut kept = BTreeSet::new();
        for incident in &incidents {
            let body = serde_json::to_string(incident).expect("plain data");
            kept.insert(incident.id.clone());
            match before.get(&incident.id) {
                Some(old) if *old == body => continue,
                Some(_) => relinked.changed.push(incident.id.clone()),
                None => relinked.created.push(incident.id.clone()),
            }
            transaction.execute("DELETE FROM incident WHERE id = ?1", [&incident.id]).map_err(sqlite)?;
            transaction
                .execute(
                    "INSERT INTO incident (id, sort, body) VALUES (?1, ?2, ?3)",
                    params![incident.id, sort_key(incident), body],
                )
                .map_err(sqlite)?;
            for claim in &incident.claims {
                transaction
                    .execute("INSERT INTO incident_claim (claim, incident) VALUES (?1, ?2)", [claim, &incident.id])
                    .map_err(sqlite)?;
            }
        }
        for id in before.keys().filter(|id| !kept.contains(*id)) {
            transaction.execute("DELETE FROM incident WHERE id = ?1", [id]).map_err(sqlite)?;
            relinked.removed.push(id.clone());
        }
        transaction
            .execute_batch(
                "DELETE FROM profile WHERE reading NOT IN (SELECT reading FROM current);
                 INSERT OR IGNORE INTO profile (reading, method, body) SELECT reading, '0', x'' FROM current;",
            )
            .map_err(sqlite)?;
        transaction.commit().map_err(sqlite)?;
        Ok(relinked)
    }
}

/// Dated incidents in time order, undated ones after them.
fn sort_key(incident: &Incident) -> String {
    incident.time.earliest.clone().unwrap_or_else(|| "~".to_owned())
}
