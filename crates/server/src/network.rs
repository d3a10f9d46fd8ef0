//! Who stands in what relation to whom, by what claims say.
use crate::facts::{Facts, Symbol};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_model::{Claim, Stance};

const SOURCE: &str = include_str!("../../../data/network.toml");
/// Position of the relation that rests on the stance.
const ACCUSES: u8 = 0;

/// A relation of `data/network.toml`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// accuses, attacks, mediates, talks, supports, presses.
    pub id: String,
    /// Between two names.
    pub label: String,
    /// Event types whose actors stand in it to their targets.
    pub types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    relation: Vec<Relation>,
}

/// The relations, with what event types mean.
pub(crate) struct Relations {
    pub(crate) all: Vec<Relation>,
    of_type: HashMap<String, u8>,
}

impl Relations {
    /// What is built in.
    pub(crate) fn built_in() -> Self {
        let file: File = toml::from_str(SOURCE).expect("a test reads it");
        let of = |(i, relation): (usize, &Relation)| {
            let types: Vec<(String, u8)> = relation.types.iter().map(|t| (t.clone(), i as u8)).collect();
            types
        };
        let of_type = file.relation.iter().enumerate().flat_map(of).collect();
        Relations { all: file.relation, of_type }
    }

    /// What its event type puts a claim's actors and targets in.
    pub(crate) fn of(&self, claim: &Claim) -> Option<u8> {
        self.of_type.get(&claim.event.kind).copied()
    }
}

/// An edge of the network: what claims say that one does to another.
pub(crate) struct Edge {
    pub(crate) from: Arc<str>,
    pub(crate) to: Arc<str>,
    /// Position of the relation.
    pub(crate) relation: u8,
    /// Ids of the claims that speak of it, in the order of entry.
    pub(crate) claims: Vec<Arc<str>>,
    /// How many of them deny it.
    pub(crate) denied: usize,
}

/// All edges as of one generation of the facts, those with the most claims first.
#[derive(Default)]
pub(crate) struct Network {
    pub(crate) generation: u64,
    pub(crate) edges: Vec<Edge>,
}

impl Network {
    /// An accusation is an edge of the accuser; what it accuses of is one of the accused as well, alleged like all that
    /// claims say.
    pub(crate) fn of(facts: &Facts) -> Self {
        let mut found: HashMap<(Symbol, Symbol, u8), (Vec<Symbol>, usize)> = HashMap::new();
        // "Two men", "both sides", "its staff" name nobody whom another claim could mean as well.
        let names = (0..facts.names.len() as Symbol).map(|symbol| facts.names.word(symbol));
        let is_name: Vec<bool> =
            names.map(|name| name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())).collect();
        for claim in facts.reports.values().flat_map(|r| &r.claims) {
            let mut add = |from: Symbol, to: Symbol, relation: u8| {
                if from != to && is_name[from as usize] && is_name[to as usize] {
                    let (claims, denied) = found.entry((from, to, relation)).or_default();
                    claims.push(claim.id);
                    *denied += usize::from(claim.stance == Stance::Deny);
                }
            };
            if let (Stance::Accuse, Some(accuser)) = (claim.stance, claim.sources.last()) {
                claim.actors.iter().for_each(|accused| add(*accuser, *accused, ACCUSES));
            }
            if let Some(relation) = claim.relation {
                for from in &claim.actors {
                    claim.targets.iter().for_each(|to| add(*from, *to, relation));
                }
            }
        }
        let name = |symbol: Symbol| Arc::clone(facts.names.word(symbol));
        let edges = found.into_iter().map(|((from, to, relation), (claims, denied))| Edge {
            from: name(from),
            to: name(to),
            relation,
            claims: claims.into_iter().map(|c| Arc::clone(facts.claim_ids.word(c))).collect(),
            denied,
        });
        let mut edges: Vec<Edge> = edges.collect();
        edges.sort_unstable_by(|l, r| {
            let order = |e: &Edge| (Reverse(e.claims.len()), e.relation);
            order(l).cmp(&order(r)).then_with(|| (&l.from, &l.to).cmp(&(&r.from, &r.to)))
        });
        Network { generation: facts.generation, edges }
    }
}

#[cfg(test)]
mod tests {
    use super::Relations;
    use variorum_model::EVENT_TYPES;

    #[test]
    fn every_type_of_a_relation_is_one_of_the_contract_and_means_one_relation() {
        let relations = Relations::built_in();
        assert_eq!(relations.all[usize::from(super::ACCUSES)].id, "accuses");
        let types: Vec<&String> = relations.all.iter().flat_map(|r| &r.types).collect();
        assert!(types.iter().all(|t| EVENT_TYPES.contains(&t.as_str())));
        assert_eq!(types.len(), relations.of_type.len(), "none stands twice");
    }
}
