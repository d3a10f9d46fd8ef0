//! How far a change reaches among incidents that were linked before.
//!
//! Average-link clustering joins the two clusters of the highest average, and an average over a union never exceeds the
//! higher of the two that it is made of. So what a cluster becomes depends on others only where it is joined with them: clusters
//! that a change has not touched, and that come out as they were when clustered with everything beside the change, come out so in
//! the whole. What lies further away need not be looked at.
use crate::graph::{Graph, Place};
use crate::relink::Renewed;
use crate::{Ledger, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Incidents that may change, and what their happenings come to.
pub(crate) struct Region {
    pub clusters: Vec<Vec<Place>>,
    pub old: BTreeSet<String>,
}

impl Ledger {
    /// From happenings that were changed, those of incidents that lose claims (`old`) among them, outwards until all incidents
    /// beside come out as they were. Incidents that stay, and of which something is renewed in a fresh reading, are among the
    /// clusters as well: what they say may be another thing.
    pub(crate) fn region(
        &self,
        mut ahead: Vec<Place>,
        mut old: BTreeSet<String>,
        fresh: &BTreeSet<i64>,
        renewed: &Renewed,
        graph: &mut Graph<'_>,
    ) -> Result<Region> {
        let mut inside: BTreeSet<Place> = BTreeSet::new();
        loop {
            // What was one incident with these goes with them.
            while let Some(place) = ahead.pop() {
                if inside.insert(place) {
                    for incident in graph.incidents_at(place)? {
                        if old.insert(incident.clone()) {
                            ahead.extend(graph.places_of_incident(&incident)?);
                        }
                    }
                }
            }
            let mut beside: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
            for &place in &inside {
                for near in graph.neighbours(place)? {
                    if inside.contains(&near) {
                        continue;
                    }
                    let incidents = graph.incidents_at(near)?;
                    if incidents.is_empty() {
                        ahead.push(near);
                    }
                    for incident in incidents {
                        if !beside.contains_key(&incident) {
                            let places = graph.places_of_incident(&incident)?;
                            beside.insert(incident.clone(), places);
                        }
                        beside.entry(incident).or_default().insert(near);
                    }
                }
            }
            if !ahead.is_empty() {
                continue;
            }
            let all: BTreeSet<Place> = inside.iter().chain(beside.values().flatten()).copied().collect();
            let clusters = graph.clusters(&all)?;
            let found: BTreeSet<BTreeSet<Place>> = clusters.iter().map(|c| c.iter().copied().collect()).collect();
            for (incident, places) in beside {
                if !found.contains(&places) {
                    old.insert(incident);
                    ahead.extend(places);
                }
            }
            if ahead.is_empty() {
                let mut clusters = clusters;
                clusters.retain(|cluster| cluster.iter().all(|place| inside.contains(place)));
                for &reading in fresh {
                    let n = graph.outline(reading)?.happenings.len() as u32;
                    for place in (0..n).map(|i| (reading, i)).filter(|place| !inside.contains(place)) {
                        if !renewed.has(place, graph)? {
                            continue;
                        }
                        for incident in graph.incidents_at(place)? {
                            if !old.contains(&incident) {
                                let places = graph.places_of_incident(&incident)?;
                                clusters.push(places.into_iter().collect());
                                old.insert(incident);
                            }
                        }
                    }
                }
                return Ok(Region { clusters, old });
            }
        }
    }
}
