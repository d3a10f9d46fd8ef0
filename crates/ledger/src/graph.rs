use crate::derive::Outline;
use crate::judged::Judged;
use crate::{Ledger, Result};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use variorum_link::{Decision, Match, Node, SURE};

/// Matches kept in memory at a time: in a pile of copies there are far more of them than reports.
const CACHED_MATCHES: usize = 500_000;

/// Happenings that are clustered at a time, where they are not connected.
const BATCH: usize = 4_000;

/// For each happening of a reading, what it matches and with what weight.
type Matches = Vec<Vec<(Place, i32)>>;

/// A happening of a stored reading.
pub(crate) type Place = (i64, u32);

/// Happenings and what connects them, read as far as needed.
pub(crate) struct Graph<'l> {
    ledger: &'l Ledger,
    pub judged: &'l Judged,
    pub outlines: HashMap<i64, Outline>,
    /// Ids of the claims that count, per reading.
    claims: HashMap<i64, Vec<String>>,
    /// Matches of a reading, by its happenings.
    edges: HashMap<i64, Rc<Matches>>,
    /// Matches in `edges`.
    n_cached: usize,
    /// Happenings that judgements join, and part.
    together: Vec<(Place, Place)>,
    apart: Vec<(Place, Place)>,
    /// Happenings by their claims, of the readings that were asked for.
    located: HashMap<i64, HashMap<String, u32>>,
    /// Incidents in which claims of a happening count, as they were before this linking.
    incidents_at: HashMap<Place, BTreeSet<String>>,
    /// The happenings of an incident, as they were before this linking.
    places_in: HashMap<String, BTreeSet<Place>>,
    /// What judgements join each happening to.
    joined: HashMap<Place, Vec<Place>>,
}

impl<'l> Graph<'l> {
    pub fn new(ledger: &'l Ledger, judged: &'l Judged) -> Result<Self> {
        let (outlines, claims, edges) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (together, apart, located, joined) = (Vec::new(), Vec::new(), HashMap::new(), HashMap::new());
        let (incidents_at, places_in, n_cached) = (HashMap::new(), HashMap::new(), 0);
        let mut graph = Graph {
            ledger,
            judged,
            outlines,
            claims,
            edges,
            n_cached,
            together,
            apart,
            located,
            incidents_at,
            places_in,
            joined,
        };
        graph.together = graph.places_of(&judged.together)?;
        graph.apart = graph.places_of(&judged.apart)?;
        for &(l, r) in &graph.together {
            graph.joined.entry(l).or_default().push(r);
            graph.joined.entry(r).or_default().push(l);
        }
        Ok(graph)
    }

    pub fn outline(&mut self, reading: i64) -> Result<&Outline> {
        if !self.outlines.contains_key(&reading) {
            self.outlines.insert(reading, self.ledger.outline(reading)?);
        }
        Ok(&self.outlines[&reading])
    }

    /// Which article of its report tells of a happening.
    pub fn article_of(&mut self, (reading, happening): Place) -> Result<u32> {
        Ok(self.outline(reading)?.articles[happening as usize])
    }

    pub fn claim_ids(&mut self, (reading, happening): Place) -> Result<Vec<String>> {
        self.outline(reading)?;
        if !self.claims.contains_key(&reading) {
            let sql = "SELECT id FROM claim WHERE reading = ?1 ORDER BY seq";
            let ids: Vec<String> = self.ledger.collect(sql, [reading], |row| row.get(0))?;
            let report = &self.outlines[&reading].report;
            let counting = ids.into_iter().filter(|id| self.judged.counts_in(id, report)).collect();
            self.claims.insert(reading, counting);
        }
        let ids = &self.claims[&reading];
        let of = &self.outlines[&reading].happenings[happening as usize];
        Ok(of.iter().filter_map(|&i| ids.get(i as usize).cloned()).collect())
    }

    /// Where the claims that judgements join stand.
    fn places_of(&mut self, pairs: &BTreeSet<(String, String)>) -> Result<Vec<(Place, Place)>> {
        let mut found = Vec::new();
        for (l, r) in pairs {
            if let (Some(l), Some(r)) = (self.place_of(l)?, self.place_of(r)?) {
                found.push((l, r));
            }
        }
        Ok(found)
    }

    /// Where a claim that counts stands.
    pub fn place_of(&mut self, claim: &str) -> Result<Option<Place>> {
        let sql = "SELECT claim.reading FROM claim JOIN profile ON profile.reading = claim.reading WHERE claim.id = ?1";
        for reading in self.ledger.collect(sql, [claim], |row| row.get::<_, i64>(0))? {
            if let Some(place) = self.place_in(reading, claim)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Where a claim that counts stands in a reading.
    fn place_in(&mut self, reading: i64, claim: &str) -> Result<Option<Place>> {
        if !self.located.contains_key(&reading) {
            let mut happening_of = HashMap::new();
            for happening in 0..self.outline(reading)?.happenings.len() as u32 {
                happening_of.extend(self.claim_ids((reading, happening))?.into_iter().map(|id| (id, happening)));
            }
            self.located.insert(reading, happening_of);
        }
        Ok(self.located[&reading].get(claim).map(|happening| (reading, *happening)))
    }

    /// Incidents, of those before this linking, in which claims of a happening count.
    pub fn incidents_at(&mut self, place: Place) -> Result<BTreeSet<String>> {
        if let Some(known) = self.incidents_at.get(&place) {
            return Ok(known.clone());
        }
        let mut incidents = BTreeSet::new();
        for claim in self.claim_ids(place)? {
            incidents.extend(self.ledger.incidents_of(&claim)?);
        }
        self.incidents_at.insert(place, incidents.clone());
        Ok(incidents)
    }

    /// The happenings of an incident, of those before this linking.
    pub fn places_of_incident(&mut self, incident: &str) -> Result<BTreeSet<Place>> {
        if let Some(known) = self.places_in.get(incident) {
            return Ok(known.clone());
        }
        let sql = "SELECT claim.reading, claim.id FROM incident_claim JOIN claim ON claim.id = incident_claim.claim \
                   JOIN profile ON profile.reading = claim.reading WHERE incident_claim.incident = ?1";
        let claims: Vec<(i64, String)> = self.ledger.collect(sql, [incident], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut places = BTreeSet::new();
        for (reading, claim) in claims {
            places.extend(self.place_in(reading, &claim)?);
        }
        self.places_in.insert(incident.to_owned(), places.clone());
        Ok(places)
    }

    fn edges(&mut self, reading: i64) -> Result<Rc<Matches>> {
        if let Some(known) = self.edges.get(&reading) {
            return Ok(Rc::clone(known));
        }
        if self.n_cached > CACHED_MATCHES {
            self.edges.clear();
            self.n_cached = 0;
        }
        let found = self.ledger.edges(reading)?;
        self.n_cached += found.len();
        let mut edges: Matches = vec![Vec::new(); self.outline(reading)?.happenings.len()];
        for (other, Match { l, r, weight }) in found {
            edges[l as usize].push(((other, r), weight));
        }
        let edges = Rc::new(edges);
        self.edges.insert(reading, Rc::clone(&edges));
        Ok(edges)
    }

    /// Adds everything that is connected to `from`, and answers what was not there before.
    pub fn reach(&mut self, from: impl Iterator<Item = Place>, places: &mut BTreeSet<Place>) -> Result<Vec<Place>> {
        let mut reached: Vec<Place> = from.filter(|place| places.insert(*place)).collect();
        let least = self.ledger.linker.threshold();
        let mut at = 0;
        while at < reached.len() {
            let place = reached[at];
            at += 1;
            for &(other, weight) in &self.edges(place.0)?[place.1 as usize] {
                if weight >= least && places.insert(other) {
                    reached.push(other);
                }
            }
            for &other in self.joined.get(&place).into_iter().flatten() {
                if places.insert(other) {
                    reached.push(other);
                }
            }
        }
        Ok(reached)
    }

    /// What is connected to a happening at once.
    pub fn neighbours(&mut self, place: Place) -> Result<Vec<Place>> {
        let least = self.ledger.linker.threshold();
        let edges = self.edges(place.0)?;
        let of = &edges[place.1 as usize];
        let mut near: Vec<Place> = of.iter().filter(|(_, weight)| *weight >= least).map(|(other, _)| *other).collect();
        near.extend(self.joined.get(&place).into_iter().flatten());
        Ok(near)
    }

    /// Clusters of these happenings.
    pub fn clusters(&mut self, places: &BTreeSet<Place>) -> Result<Vec<Vec<Place>>> {
        // What is not connected does not touch: so much at a time as memory is for.
        let mut found = Vec::new();
        let mut batch: BTreeSet<Place> = BTreeSet::new();
        for group in self.connected(places)? {
            batch.extend(group);
            if batch.len() >= BATCH {
                found.extend(self.clusters_of(&std::mem::take(&mut batch))?);
            }
        }
        found.extend(self.clusters_of(&batch)?);
        Ok(found)
    }

    /// These happenings in groups that nothing between them connects.
    fn connected(&mut self, places: &BTreeSet<Place>) -> Result<Vec<Vec<Place>>> {
        let mut ahead: BTreeSet<Place> = places.clone();
        let mut groups = Vec::new();
        while let Some(first) = ahead.pop_first() {
            let mut group = vec![first];
            let mut at = 0;
            while at < group.len() {
                let near = self.neighbours(group[at])?;
                group.extend(near.into_iter().filter(|place| ahead.remove(place)));
                at += 1;
            }
            groups.push(group);
        }
        Ok(groups)
    }

    fn clusters_of(&mut self, places: &BTreeSet<Place>) -> Result<Vec<Vec<Place>>> {
        let Numbered { order, nodes, matches } = self.numbered(places)?;
        let clusters = self.ledger.linker.clusters(&nodes, matches);
        let at: HashMap<Node, Place> = nodes.into_iter().zip(order).collect();
        Ok(clusters.into_iter().map(|cluster| cluster.into_iter().map(|node| at[&node]).collect()).collect())
    }

    /// What clustering makes of two happenings, and why.
    pub fn decision(&mut self, l: Place, r: Place) -> Result<Decision> {
        let mut places = BTreeSet::new();
        self.reach([l, r].into_iter(), &mut places)?;
        let Numbered { order, nodes, matches } = self.numbered(&places)?;
        let at = |place: Place| order.iter().position(|p| *p == place).unwrap_or_default() as u32;
        Ok(self.ledger.linker.decision(&nodes, &matches, at(l), at(r)))
    }

    /// These happenings and the matches between them, as linkage takes them.
    fn numbered(&mut self, places: &BTreeSet<Place>) -> Result<Numbered> {
        // In an order that does not depend on the order of reading: by report, then by place in it.
        let mut order: Vec<Place> = places.iter().copied().collect();
        for &(reading, _) in &order {
            self.outline(reading)?;
        }
        order.sort_by(|l, r| (&self.outlines[&l.0].report, l.1).cmp(&(&self.outlines[&r.0].report, r.1)));
        let position: HashMap<Place, u32> = order.iter().enumerate().map(|(i, place)| (*place, i as u32)).collect();
        let mut numbers: BTreeMap<i64, u32> = BTreeMap::new();
        let mut nodes = Vec::with_capacity(order.len());
        for (reading, happening) in &order {
            let n = numbers.len() as u32;
            let outline = &self.outlines[reading];
            nodes.push(Node {
                profile: *numbers.entry(*reading).or_insert(n),
                article: outline.articles[*happening as usize],
                happening: *happening,
                time: outline.times[*happening as usize],
            });
        }
        let mut decided: BTreeMap<(u32, u32), i32> = BTreeMap::new();
        for (pairs, weight) in [(&self.together, SURE), (&self.apart, -SURE)] {
            for (l, r) in pairs {
                if let (Some(&l), Some(&r)) = (position.get(l), position.get(r))
                    && l != r
                {
                    decided.insert((l.min(r), l.max(r)), weight);
                }
            }
        }
        let mut matches: Vec<Match> = decided.iter().map(|(&(l, r), &weight)| Match { l, r, weight }).collect();
        for &place in places {
            let l = position[&place];
            for &(other, weight) in &self.edges(place.0)?[place.1 as usize] {
                // Each is met from both sides.
                if let Some(&r) = position.get(&other)
                    && l < r
                    && !decided.contains_key(&(l, r))
                {
                    matches.push(Match { l, r, weight });
                }
            }
        }
        matches.sort_unstable_by_key(|m| (m.l, m.r));
        Ok(Numbered { order, nodes, matches })
    }
}

/// Happenings with numbers.
struct Numbered {
    order: Vec<Place>,
    nodes: Vec<Node>,
    matches: Vec<Match>,
}
