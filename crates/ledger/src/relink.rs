use crate::graph::{Graph, Place};
use crate::judged::Judged;
use crate::{Ledger, Result};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

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

/// What the incidents were made from.
#[derive(Default)]
struct State {
    method: String,
    judged: String,
    upto: i64,
    /// The last judgement that went into them.
    judgements: i64,
}

/// What has to be made anew.
#[derive(Default)]
struct Stale {
    /// Readings whose incidents may change.
    dirty: BTreeSet<i64>,
    /// Incidents that lose claims.
    old: BTreeSet<String>,
}

impl Ledger {
    /// Brings the incidents up to date with the entries, in one transaction. Does nothing when they are. Costs by what is
    /// new and what that is connected to, not by the size of the ledger.
    ///
    /// # Errors
    /// Locked, not writable, damaged: the incidents are then as they were.
    pub fn relink(&mut self) -> Result<Relinked> {
        self.writable()?;
        let judged = self.judged()?;
        if self.is_linked(&judged)? {
            return Ok(Relinked::default());
        }
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(|e| self.error(e))?;
        let relinked = self.relink_now(&judged)?;
        transaction.commit().map_err(|e| self.error(e))?;
        Ok(relinked)
    }

    fn is_linked(&self, judged: &Judged) -> Result<bool> {
        let state = self.state()?;
        let same = state.method == self.linker.version() && state.judged == judged.fingerprint();
        Ok(same && self.readings_after(state.upto)?.is_empty())
    }

    /// What the incidents were made from; nothing, of an unlinked ledger.
    fn state(&self) -> Result<State> {
        self.prepare("SELECT method, judged, upto, judgements FROM linkage")?
            .query_row([], |row| {
                Ok(State { method: row.get(0)?, judged: row.get(1)?, upto: row.get(2)?, judgements: row.get(3)? })
            })
            .optional()
            .map(Option::unwrap_or_default)
            .map_err(|e| self.error(e))
    }

    /// Readings stored after this one, with the ids of their reports.
    fn readings_after(&self, number: i64) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT reading.number, report.id FROM reading JOIN report ON report.number = reading.report \
                   WHERE reading.number > ?1 ORDER BY reading.number";
        self.collect(sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn relink_now(&self, judged: &Judged) -> Result<Relinked> {
        let state = self.state()?;
        let all = state.method != self.linker.version();
        let new = self.readings_after(if all { 0 } else { state.upto })?;
        let upto = new.last().map_or(state.upto, |(number, _)| *number);
        let reports = new.iter().filter(|(number, _)| *number > state.upto).map(|(_, report)| report.clone());
        let rules = (all && !state.method.is_empty()).then(|| (state.method.clone(), self.linker.version()));
        let news = self.news(reports.collect(), state.judgements, rules)?;
        let Stale { mut dirty, mut old } =
            if all { self.drop_all()? } else { self.drop_stale(&new, judged, state.judged != judged.fingerprint())? };
        let mut pending: Vec<i64> = new.into_iter().map(|(number, _)| number).collect();
        pending.extend(dirty.iter().copied());
        pending.sort_unstable();
        pending.dedup();
        pending = self.without_profile(&pending)?;
        self.make_profiles(&pending, judged)?;
        self.make_edges(&pending)?;
        let fresh: BTreeSet<i64> = pending.iter().copied().collect();
        dirty.extend(pending);

        let mut graph = Graph::new(self, judged)?;
        let mut ahead: Vec<Place> = Vec::new();
        for reading in dirty {
            if self.has_profile(reading)? {
                let n = graph.outline(reading)?.happenings.len() as u32;
                ahead.extend((0..n).map(|i| (reading, i)));
            }
        }
        let mut places: BTreeSet<Place> = BTreeSet::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while !ahead.is_empty() {
            let mut shared: BTreeSet<String> = BTreeSet::new();
            for place in graph.reach(ahead.drain(..), &mut places)? {
                for id in graph.claim_ids(place)? {
                    shared.extend(self.incidents_of(&id)?);
                    seen.insert(id);
                }
            }
            // What was one incident with these is looked at again, too: itself, not all that its reports tell.
            for incident in shared {
                let sql = "SELECT claim FROM incident_claim WHERE incident = ?1";
                for claim in self.collect(sql, [&incident], |row| row.get::<_, String>(0))? {
                    if !seen.contains(&claim) {
                        ahead.extend(graph.place_of(&claim)?.filter(|place| !places.contains(place)));
                    }
                }
                old.insert(incident);
            }
        }
        let clusters = graph.clusters(&places)?;
        let relinked = self.replace(&old, clusters, &fresh, &mut graph, &news)?;
        self.run(
            "INSERT OR REPLACE INTO linkage (one, method, judged, upto, judgements) \
             VALUES (1, ?1, ?2, ?3, (SELECT COALESCE(MAX(number), 0) FROM judgement))",
            params![self.linker.version(), judged.fingerprint(), upto],
        )?;
        Ok(relinked)
    }

    /// Everything derived is of another method.
    fn drop_all(&self) -> Result<Stale> {
        self.run("DELETE FROM profile", [])?;
        let old = self.collect("SELECT id FROM incident", [], |row| row.get(0))?;
        Ok(Stale { dirty: BTreeSet::new(), old: old.into_iter().collect() })
    }

    /// Drops profiles of readings that newer ones replace, and of those that judgements bear on otherwise than before.
    fn drop_stale(&self, new: &[(i64, String)], judged: &Judged, judged_anew: bool) -> Result<Stale> {
        let mut stale: BTreeSet<i64> = BTreeSet::new();
        for (number, id) in new {
            let sql = "SELECT profile.reading FROM profile JOIN reading ON reading.number = profile.reading \
                       JOIN report ON report.number = reading.report WHERE report.id = ?1 AND reading.number < ?2";
            stale.extend(self.collect(sql, params![id, number], |row| row.get::<_, i64>(0))?);
        }
        let sql = "SELECT profile.reading FROM superseded JOIN reading ON reading.report = superseded.report \
                   JOIN profile ON profile.reading = reading.number";
        stale.extend(self.collect(sql, [], |row| row.get::<_, i64>(0))?);
        let mut found = Stale::default();
        if judged_anew {
            for reading in self.readings_spoken_of()? {
                let sql = "SELECT judged FROM profile WHERE reading = ?1";
                let before: Vec<String> = self.collect(sql, [reading], |row| row.get(0))?;
                let is_current =
                    !self.collect("SELECT 1 FROM current WHERE reading = ?1", [reading], |_| Ok(()))?.is_empty();
                if let Some(before) = before.first()
                    && (!is_current || *before != self.mark(reading, judged)?)
                {
                    stale.insert(reading);
                }
                if is_current {
                    found.dirty.insert(reading);
                }
            }
        }
        for &reading in &stale {
            found.dirty.extend(self.edges(reading)?.into_iter().map(|(other, _)| other));
            let sql = "SELECT DISTINCT incident FROM incident_claim JOIN claim ON claim.id = incident_claim.claim \
                       WHERE claim.reading = ?1";
            found.old.extend(self.collect(sql, [reading], |row| row.get::<_, String>(0))?);
        }
        // The rest of the incidents that lose a claim is looked at again.
        for id in &found.old {
            let sql = "SELECT DISTINCT profile.reading FROM incident_claim JOIN claim ON claim.id = \
                       incident_claim.claim JOIN profile ON profile.reading = claim.reading WHERE incident = ?1";
            found.dirty.extend(self.collect(sql, [id], |row| row.get::<_, i64>(0))?);
        }
        for &reading in &stale {
            self.run("DELETE FROM profile WHERE reading = ?1", [reading])?;
        }
        Ok(found)
    }

    /// All readings of the reports that any judgement, undone or not, ever spoke of: by itself or in its grounds.
    fn readings_spoken_of(&self) -> Result<Vec<i64>> {
        let sql = "SELECT DISTINCT reading.number FROM judgement, json_tree(judgement.body) AS part \
                   JOIN report ON report.id = part.atom JOIN reading ON reading.report = report.number \
                   WHERE part.type = 'text' ORDER BY reading.number";
        self.collect(sql, [], |row| row.get(0))
    }

    /// Those of these readings that count and have no profile.
    fn without_profile(&self, readings: &[i64]) -> Result<Vec<i64>> {
        let mut pending = Vec::new();
        let sql = "SELECT 1 FROM current WHERE reading = ?1 AND NOT EXISTS \
                   (SELECT 1 FROM profile WHERE profile.reading = current.reading)";
        for &reading in readings {
            if !self.collect(sql, [reading], |_| Ok(()))?.is_empty() {
                pending.push(reading);
            }
        }
        Ok(pending)
    }

    fn has_profile(&self, reading: i64) -> Result<bool> {
        Ok(!self.collect("SELECT 1 FROM profile WHERE reading = ?1", [reading], |_| Ok(()))?.is_empty())
    }

    pub(crate) fn run(&self, sql: &str, with: impl rusqlite::Params) -> Result<()> {
        self.prepare(sql)?.execute(with).map(|_| ()).map_err(|e| self.error(e))
    }
}
