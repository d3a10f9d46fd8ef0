use crate::graph::{Graph, Place};
use crate::judged::Judged;
use crate::region::Region;
use crate::spoken::Spoken;
use crate::{Ledger, Result};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Readings without a profile now.
    readings: BTreeSet<i64>,
    /// What these told before.
    happenings: BTreeMap<i64, Vec<Told>>,
    /// Claims that judgements put elsewhere, or used to.
    claims: BTreeSet<String>,
    /// Incidents that lose claims.
    old: BTreeSet<String>,
    /// What the new judgements speak of; nothing where readings are new.
    spoken: Option<Spoken>,
}

/// What is told otherwise than before, so that incidents of the same claims may say something else.
pub(crate) struct Renewed {
    /// Readings in which this may be any claim.
    whole: BTreeSet<i64>,
    /// Else these claims.
    claims: BTreeSet<String>,
}

impl Renewed {
    pub fn has(&self, place: Place, graph: &mut Graph<'_>) -> Result<bool> {
        Ok(self.whole.contains(&place.0) || graph.claim_ids(place)?.iter().any(|claim| self.claims.contains(claim)))
    }
}

/// A happening of a reading that is profiled anew.
#[derive(Default, Clone, PartialEq)]
struct Told {
    claims: BTreeSet<String>,
    matches: BTreeSet<(Place, i32)>,
    /// Some of these are in readings that are profiled anew as well, where numbers change.
    matches_stale: bool,
}

impl Told {
    /// Cannot be said to be as it was.
    fn is_new(&self) -> bool {
        self.matches_stale || self.claims.is_empty()
    }
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
        let mut stale = if all {
            self.drop_all()?
        } else {
            let anew = state.judged != judged.fingerprint();
            // New readings can give any judgement another ground, or take it away.
            let after = if new.is_empty() { state.judgements } else { 0 };
            self.drop_stale(&new, judged, anew.then_some(after))?
        };
        let mut pending: Vec<i64> = new.into_iter().map(|(number, _)| number).collect();
        pending.extend(&stale.readings);
        pending.sort_unstable();
        pending.dedup();
        pending = self.without_profile(&pending)?;
        self.make_profiles(&pending, judged)?;
        self.make_edges(&pending)?;

        let mut graph = Graph::new(self, judged)?;
        let mut start: Vec<Place> = Vec::new();
        let fresh: BTreeSet<i64> = pending.into_iter().collect();
        // Readings that count no more have no happening now.
        for reading in fresh.iter().copied().chain(stale.readings.iter().copied().filter(|r| !fresh.contains(r))) {
            let known = stale.happenings.get(&reading);
            let now = if fresh.contains(&reading) {
                self.told(reading, &stale.readings, |place| graph.claim_ids(place))?
            } else {
                Vec::new()
            };
            let anew = (0..).zip(&now).filter(|(_, h)| h.is_new() || !known.is_some_and(|known| known.contains(h)));
            start.extend(anew.map(|(i, _)| (reading, i)));
            // What was told before and is told no more lets go of its incident. What it matched in others was not joined
            // with it, and is so the less.
            for gone in known.into_iter().flatten().filter(|h| h.is_new() || !now.contains(h)) {
                for claim in &gone.claims {
                    stale.old.extend(self.incidents_of(claim)?);
                }
            }
        }
        for claim in &stale.claims {
            start.extend(graph.place_of(claim)?);
        }
        if !all {
            for incident in &stale.old {
                start.extend(graph.places_of_incident(incident)?);
            }
        }
        let renewed = self.renewed(&fresh, stale.spoken)?;
        let Region { clusters, old } = self.region(start, stale.old, &fresh, &renewed, &mut graph)?;
        let relinked = self.replace(&old, clusters, &renewed, &mut graph, &news)?;
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
        Ok(Stale { old: old.into_iter().collect(), ..Stale::default() })
    }

    /// Drops profiles of readings that newer ones replace, and of those that judgements, all or those after a number, bear
    /// on otherwise than before.
    fn drop_stale(&self, new: &[(i64, String)], judged: &Judged, judged_after: Option<i64>) -> Result<Stale> {
        let mut found = Stale::default();
        for (number, id) in new {
            let sql = "SELECT profile.reading FROM profile JOIN reading ON reading.number = profile.reading \
                       JOIN report ON report.number = reading.report WHERE report.id = ?1 AND reading.number < ?2";
            found.readings.extend(self.collect(sql, params![id, number], |row| row.get::<_, i64>(0))?);
        }
        let sql = "SELECT profile.reading FROM superseded JOIN reading ON reading.report = superseded.report \
                   JOIN profile ON profile.reading = reading.number";
        found.readings.extend(self.collect(sql, [], |row| row.get::<_, i64>(0))?);
        if let Some(after) = judged_after {
            let spoken = self.spoken_of(after)?;
            found.claims = spoken.placed.clone();
            for &reading in &spoken.readings {
                let sql = "SELECT judged FROM profile WHERE reading = ?1";
                let before: Vec<String> = self.collect(sql, [reading], |row| row.get(0))?;
                let is_current =
                    !self.collect("SELECT 1 FROM current WHERE reading = ?1", [reading], |_| Ok(()))?.is_empty();
                let same = match before.first() {
                    Some(before) => is_current && *before == self.mark(reading, judged)?,
                    None => !is_current,
                };
                if !same {
                    found.readings.insert(reading);
                }
            }
            found.spoken = Some(spoken).filter(|_| new.is_empty());
        }
        for &reading in &found.readings {
            // Every claim that counted was of an incident.
            let sql = "SELECT id FROM claim WHERE reading = ?1 AND EXISTS (SELECT 1 FROM incident_claim WHERE claim = id) \
                       ORDER BY seq";
            let ids: Vec<String> = self.collect(sql, [reading], |row| row.get(0))?;
            if !self.has_profile(reading)? {
                continue;
            }
            let outline = self.outline(reading)?;
            let claims = |(_, i): Place| {
                let of = outline.happenings.get(i as usize).into_iter().flatten();
                Ok(of.filter_map(|&at| ids.get(at as usize).cloned()).collect())
            };
            let told = self.told(reading, &found.readings, claims)?;
            found.happenings.insert(reading, told);
        }
        for &reading in &found.readings {
            self.run("DELETE FROM profile WHERE reading = ?1", [reading])?;
        }
        Ok(found)
    }

    /// What fresh readings may tell otherwise than before.
    fn renewed(&self, fresh: &BTreeSet<i64>, spoken: Option<Spoken>) -> Result<Renewed> {
        let Some(spoken) = spoken.filter(|spoken| !spoken.changes_all) else {
            return Ok(Renewed { whole: fresh.clone(), claims: BTreeSet::new() });
        };
        let mut whole = BTreeSet::new();
        for &reading in fresh {
            let claims = self.claims_as_read(reading)?;
            if !spoken.readings.contains(&reading) || claims.iter().any(|claim| self.linker.contests(claim)) {
                whole.insert(reading);
            }
        }
        Ok(Renewed { whole, claims: spoken.claims })
    }

    /// The happenings of a reading, with their claims and what they match.
    fn told(
        &self,
        reading: i64,
        stale: &BTreeSet<i64>,
        mut claims: impl FnMut(Place) -> Result<Vec<String>>,
    ) -> Result<Vec<Told>> {
        let n = self.outline(reading)?.happenings.len();
        let mut told: Vec<Told> = vec![Told::default(); n];
        for (i, told) in (0..).zip(&mut told) {
            told.claims = claims((reading, i))?.into_iter().collect();
        }
        for (other, found) in self.edges(reading)? {
            let told = &mut told[found.l as usize];
            told.matches.insert(((other, found.r), found.weight));
            told.matches_stale |= stale.contains(&other);
        }
        Ok(told)
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
