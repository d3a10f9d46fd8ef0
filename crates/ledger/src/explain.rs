//! Why two claims are, or are not, of one incident.
use crate::graph::{Graph, Place};
use crate::judged::Judged;
use crate::{Ledger, LedgerError, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use variorum_link::{Decision, Key, KeyKind, Profile, Waterfall};
use variorum_model::Claim;

/// One of the two claims.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// The claim, as it counts.
    pub claim: Claim,
    /// Incidents that it belongs to.
    pub incidents: Vec<String>,
    /// Claims that its report tells as one happening, it among them.
    pub told_as_one: Vec<String>,
}

/// Why two claims are, or are not, of one incident.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The two claims.
    pub claims: [Explained; 2],
    /// Both are of one article: what is compared is the claims, not the happenings that they belong to.
    pub one_article: bool,
    /// Whether their reports were compared at all; those of one report always are.
    pub compared: bool,
    /// Keys that the two reports share, by kind: how many, and what they add up to.
    pub keys: Vec<SharedKeys>,
    /// What the keys have to add up to.
    pub keys_needed: u32,
    /// The comparisons.
    pub waterfall: Waterfall,
    /// What clustering made of them; absent where their report tells them as one happening.
    pub decision: Option<Decision>,
    /// Why, in one plain sentence.
    pub reason: String,
}

/// Keys of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedKeys {
    /// What they are made of.
    pub kind: KeyKind,
    /// How many.
    pub n: usize,
    /// How far they go towards a comparison.
    pub share: u32,
}

impl Ledger {
    /// Why two claims are, or are not, of one incident: the weights and the clustering of [`Ledger::relink`], as they
    /// would come out now. Costs by what the two are connected to.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`]; [`LedgerError::Unlinked`] when a claim is in no incident
    /// yet.
    pub fn explain(&self, left: &str, right: &str) -> Result<Explanation> {
        let judged = self.judged()?;
        let mut graph = Graph::new(self, &judged)?;
        let (left, right) = (self.claim(left)?, self.claim(right)?);
        let (l, r) = (self.placed(&mut graph, &left)?, self.placed(&mut graph, &right)?);
        let claims = [self.explained(&mut graph, left, l)?, self.explained(&mut graph, right, r)?];
        let ids = [claims[0].claim.id.as_str(), claims[1].claim.id.as_str()];
        let mut keys: Vec<SharedKeys> = Vec::new();
        let one_report = l.0 == r.0;
        let one_article = one_report && graph.article_of(l)? == graph.article_of(r)?;
        let waterfall = if one_article {
            self.within(l.0, ids, &judged)?
        } else {
            // As linkage compares them: the earlier reading first.
            let (first, second) = if l < r { (l, r) } else { (r, l) };
            let (a, b) = (self.profile(first.0)?, self.profile(second.0)?);
            if !one_report {
                keys = self.by_kind(&a, &b);
            }
            self.linker.explain(&a, first.1 as usize, &b, second.1 as usize)
        };
        let compared = one_report || keys.iter().map(|k| k.share).sum::<u32>() >= Key::ENOUGH;
        let decision = if l == r { None } else { Some(graph.decision(l, r)?) };
        let reason = match &decision {
            Some(decision) => decision.reason.clone(),
            None if ids[0] == ids[1] => "It is one claim.".to_owned(),
            None => "Their report tells them as one happening: one incident.".to_owned(),
        };
        Ok(Explanation { claims, one_article, compared, keys, keys_needed: Key::ENOUGH, waterfall, decision, reason })
    }

    /// The claim of an incident that weighs most with another claim, of another report where there is one.
    ///
    /// # Errors
    /// As [`Ledger::explain`].
    pub fn nearest_claim(&self, claim: &str, incident: &str) -> Result<String> {
        let judged = self.judged()?;
        let mut graph = Graph::new(self, &judged)?;
        let incident = self.incident(incident)?;
        let place = {
            let claim = self.claim(claim)?;
            self.placed(&mut graph, &claim)?
        };
        let own = self.profile(place.0)?;
        let mut best: Option<((bool, i64), String)> = None;
        let mut seen: BTreeSet<Place> = BTreeSet::from([place]);
        for id in &incident.claims {
            let there = graph.place_of(id)?.ok_or_else(|| LedgerError::Unlinked { claim: id.clone() })?;
            if !seen.insert(there) {
                continue;
            }
            let other = self.profile(there.0)?;
            let weight = self.linker.explain(&own, place.1 as usize, &other, there.1 as usize).weight;
            let key = (there.0 != place.0, (weight * 100.0) as i64);
            if best.as_ref().is_none_or(|(known, _)| key > *known) {
                best = Some((key, id.clone()));
            }
        }
        // An incident of this one happening alone.
        Ok(best.map_or_else(|| incident.claims.first().cloned().unwrap_or_default(), |(_, id)| id))
    }

    fn placed(&self, graph: &mut Graph<'_>, claim: &Claim) -> Result<Place> {
        graph.place_of(&claim.id)?.ok_or_else(|| LedgerError::Unlinked { claim: claim.id.clone() })
    }

    fn explained(&self, graph: &mut Graph<'_>, claim: Claim, place: Place) -> Result<Explained> {
        Ok(Explained { incidents: self.incidents_of(&claim.id)?, told_as_one: graph.claim_ids(place)?, claim })
    }

    fn within(&self, reading: i64, ids: [&str; 2], judged: &Judged) -> Result<Waterfall> {
        let reading = self.reading(reading, judged)?;
        let at = |id: &str| reading.claims.iter().position(|c| c.id == id);
        match (at(ids[0]), at(ids[1])) {
            (Some(i), Some(j)) => Ok(self.linker.explain_within(&reading, i.min(j), i.max(j))),
            _ => Err(self.damaged("a claim is not where its incident says")),
        }
    }

    fn by_kind(&self, l: &Profile, r: &Profile) -> Vec<SharedKeys> {
        let mut kinds: Vec<SharedKeys> = Vec::new();
        for key in self.linker.shared_keys(l, r) {
            match kinds.iter_mut().find(|k| k.kind == key.kind) {
                Some(known) => {
                    known.n += 1;
                    known.share += u32::from(key.share);
                }
                None => kinds.push(SharedKeys { kind: key.kind, n: 1, share: u32::from(key.share) }),
            }
        }
        kinds.sort_by_key(|k| k.kind);
        kinds
    }
}
