//! Ids that incidents had before: told by the change feed, which is never rewritten.
use crate::{Ledger, LedgerError, Result};
use std::collections::BTreeSet;
use variorum_model::Incident;

/// An incident's id is that of its first claim. An earlier report, a merge or better rules may give it another; the feed
/// then says from which incidents it came.
const DIRECT: &str = "SELECT DISTINCT part.value FROM change, json_each(change.body, '$.from') AS part \
                      WHERE change.incident = ?1 AND change.body LIKE '%\"from\"%' \
                      AND change.body ->> '$.what' <> 'split' ORDER BY part.value";

impl Ledger {
    /// Tells an incident the ids under which it, or what was merged into it, was known.
    pub(crate) fn with_previous_ids(&self, incident: Incident) -> Result<Incident> {
        let mut known = BTreeSet::new();
        let mut ahead = vec![incident.id.clone()];
        while let Some(id) = ahead.pop() {
            for before in self.collect(DIRECT, [&id], |row| row.get::<_, String>(0))? {
                // An id that is in use again is its bearer's alone.
                let in_use = !self.collect("SELECT 1 FROM incident WHERE id = ?1", [&before], |_| Ok(()))?.is_empty();
                if !in_use && known.insert(before.clone()) {
                    ahead.push(before);
                }
            }
        }
        Ok(Incident { previous_ids: known.into_iter().collect(), ..incident })
    }

    /// The incident that an id, no longer in use, has become: what last took it in, followed to the end.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] for what was never an incident, or has become none.
    pub(crate) fn successor(&self, id: &str) -> Result<String> {
        let none = || LedgerError::NotFound { what: "incident", id: id.to_owned() };
        // No need to search the feed for what is no incident's id.
        if !id.starts_with('i') {
            return Err(none());
        }
        let sql = "SELECT change.incident FROM change, json_each(change.body, '$.from') AS part \
                   WHERE change.body LIKE '%\"from\"%' AND part.value = ?1 ORDER BY change.seq DESC LIMIT 1";
        let mut seen = BTreeSet::from([id.to_owned()]);
        let mut at = id.to_owned();
        while let Some(next) = self.collect(sql, [&at], |row| row.get::<_, String>(0))?.pop() {
            if !self.collect("SELECT 1 FROM incident WHERE id = ?1", [&next], |_| Ok(()))?.is_empty() {
                return Ok(next);
            }
            if !seen.insert(next.clone()) {
                break;
            }
            at = next;
        }
        Err(none())
    }
}
