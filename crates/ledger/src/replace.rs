//! New incidents in the place of old ones.
use crate::changes::{News, changes};
use crate::entry::now;
use crate::graph::{Graph, Place};
use crate::read::parsed;
use crate::relink::Renewed;
use crate::{Ledger, Relinked, Result};
use rayon::prelude::*;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use variorum_link::{Member, Reading};
use variorum_model::Incident;

/// Readings kept in memory while incidents are made.
const CACHED_READINGS: usize = 300;
/// Incidents that are made side by side.
const BATCH: usize = 32;

impl Ledger {
    /// Writes the incidents of these clusters in the place of the old ones. A cluster that has the claims it had, none of
    /// them renewed, is left alone.
    pub(crate) fn replace(
        &self,
        old: &BTreeSet<String>,
        clusters: Vec<Vec<Place>>,
        renewed: &Renewed,
        graph: &mut Graph<'_>,
        news: &News,
    ) -> Result<Relinked> {
        let mut before: HashMap<BTreeSet<String>, &String> = HashMap::new();
        for id in old {
            let sql = "SELECT claim FROM incident_claim WHERE incident = ?1";
            before.insert(self.collect(sql, [id], |row| row.get(0))?.into_iter().collect(), id);
        }
        let mut kept: BTreeSet<String> = BTreeSet::new();
        let mut made: BTreeMap<String, Incident> = BTreeMap::new();
        let mut anew: Vec<Vec<Place>> = Vec::new();
        for cluster in clusters {
            let mut ids: BTreeSet<String> = BTreeSet::new();
            for &place in &cluster {
                ids.extend(graph.claim_ids(place)?);
            }
            let mut is_renewed = false;
            for &place in &cluster {
                is_renewed |= renewed.has(place, graph)?;
            }
            match before.get(&ids) {
                Some(id) if !is_renewed => drop(kept.insert((*id).clone())),
                _ => anew.push(cluster),
            }
        }
        let mut readings: HashMap<i64, Reading> = HashMap::new();
        let mut batch: Vec<Vec<Place>> = Vec::new();
        let mut ahead = anew.into_iter().peekable();
        while let Some(cluster) = ahead.next() {
            for (number, _) in &cluster {
                if !readings.contains_key(number) {
                    readings.insert(*number, self.reading(*number, graph.judged)?);
                }
            }
            batch.push(cluster);
            let is_full = readings.len() > CACHED_READINGS;
            if !is_full && batch.len() < BATCH && ahead.peek().is_some() {
                continue;
            }
            let (linker, outlines) = (&self.linker, &graph.outlines);
            let incidents: Vec<Incident> = batch
                .par_iter()
                .map(|cluster| {
                    let member = |(number, i): &Place| Member {
                        reading: &readings[number],
                        claims: &outlines[number].happenings[*i as usize],
                    };
                    linker.incident(&cluster.iter().map(member).collect::<Vec<_>>())
                })
                .collect();
            made.extend(incidents.into_iter().map(|incident| (incident.id.clone(), incident)));
            batch.clear();
            if is_full {
                readings.clear();
            }
        }
        let mut were: BTreeMap<String, Incident> = BTreeMap::new();
        for id in old.iter().filter(|id| !kept.contains(*id)) {
            let sql = "SELECT body FROM incident WHERE id = ?1";
            let found: Vec<Incident> = self.collect(sql, [id], |row| parsed(row, 0))?;
            were.extend(found.into_iter().map(|incident| (id.clone(), incident)));
        }
        self.log_changes(&changes(&were, &made, news, &now()))?;
        let mut relinked = Relinked::default();
        for (id, was) in &were {
            match made.get(id) {
                Some(incident) if incident == was => {
                    made.remove(id);
                    continue;
                }
                Some(_) => relinked.changed.push(id.clone()),
                None => relinked.removed.push(id.clone()),
            }
            self.run("DELETE FROM incident WHERE id = ?1", [id])?;
        }
        for (id, incident) in &made {
            if !were.contains_key(id) {
                relinked.created.push(id.clone());
            }
            self.insert(incident)?;
        }
        Ok(relinked)
    }

    fn insert(&self, incident: &Incident) -> Result<()> {
        let body = serde_json::to_string(incident).expect("plain data");
        let sql = "INSERT INTO incident (id, sort, body) VALUES (?1, ?2, ?3)";
        self.run(sql, params![incident.id, sort_key(incident), body])?;
        for claim in &incident.claims {
            let sql = "INSERT OR IGNORE INTO incident_claim (claim, incident) VALUES (?1, ?2)";
            self.run(sql, params![claim, incident.id])?;
        }
        Ok(())
    }
}

/// Dated incidents in time order, undated ones after them.
fn sort_key(incident: &Incident) -> String {
    incident.time.earliest.clone().unwrap_or_else(|| "~".to_owned())
}
