//! `/api/v1/network`: who accuses, attacks, mediates, supports whom, and the claims that say so.
use super::cast::{cited, claims};
use super::entries::ClaimPage;
use super::extract::Query;
use super::{Failed, Problem, Room, ask, blocking};
use crate::network::{Edge, Network};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_model::Report;

/// Actors and what they do to each other, by what claims say.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkPage {
    /// The relations that there are.
    relations: Vec<RelationName>,
    /// Everybody at the end of an edge, those at the most claims first.
    nodes: Vec<Node>,
    /// Edges, those with the most claims first.
    edges: Vec<EdgeOutline>,
    /// How many edges pass, of which these are the first.
    total: usize,
}

/// A relation.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelationName {
    /// As in `relation` of an edge.
    id: String,
    /// What stands between two names.
    label: String,
    /// How many edges there are of it, given the other filters.
    count: usize,
}

/// Somebody in the network.
#[derive(Serialize, ToSchema)]
pub(crate) struct Node {
    name: String,
    /// As in an actor's outline.
    kind: String,
    /// Claims of these edges.
    claims: usize,
}

/// An edge without its claims.
#[derive(Serialize, ToSchema)]
pub(crate) struct EdgeOutline {
    from: String,
    to: String,
    relation: String,
    /// Claims that speak of it.
    claims: usize,
    /// How many of them deny it.
    denied: usize,
}

/// Edges in an answer unless told otherwise, and at most.
const USUAL: usize = 60;
const MOST: usize = 500;

/// Edges of the network, those with the most claims first. Each rests on claims that say so (`/api/v1/network/claims`); none
/// is a finding of this program.
#[utoipa::path(
    get, path = "/api/v1/network", tag = "actors",
    params(
        ("relation" = Option<Vec<String>>, Query, description = "accuses, attacks, mediates, talks, supports, presses; any of them"),
        ("actor" = Option<Vec<String>>, Query, description = "Exact names: only edges at one of them"),
        ("limit" = Option<u32>, Query, description = "1 to 500 edges; 60 by default", minimum = 1, maximum = 500),
    ),
    responses((status = 200, body = NetworkPage), (status = 400, body = Problem))
)]
pub(crate) async fn network(State(room): State<Room>, RawQuery(query): RawQuery) -> Result<Json<NetworkPage>, Failed> {
    let relations = &room.shelf.relations.all;
    let (mut kinds, mut names, mut limit) = (Vec::new(), Vec::new(), USUAL);
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match &*name {
            _ if value.is_empty() => {}
            "relation" => {
                let at = relations.iter().position(|r| r.id == value);
                kinds.push(at.ok_or_else(|| Failed::bad(format!("no relation {value:?}")))? as u8);
            }
            "actor" => names.push(value.into_owned()),
            "limit" => {
                let n = value.parse().ok().filter(|n| (1..=MOST).contains(n));
                limit = n.ok_or_else(|| Failed::bad(format!("limit is a number from 1 to {MOST}")))?;
            }
            other => return Err(Failed::bad(format!("no parameter {other:?}"))),
        }
    }
    let network = whole(&room).await?;
    let at = |edge: &&Edge| names.is_empty() || names.iter().any(|n| **n == *edge.from || **n == *edge.to);
    let near: Vec<&Edge> = network.edges.iter().filter(at).collect();
    let wanted = |edge: &&&Edge| kinds.is_empty() || kinds.contains(&edge.relation);
    let passing: Vec<&Edge> = near.iter().filter(wanted).copied().collect();
    let shown = &passing[..passing.len().min(limit)];
    let mut weights: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in shown {
        *weights.entry(&edge.from).or_default() += edge.claims.len();
        *weights.entry(&edge.to).or_default() += edge.claims.len();
    }
    let kind = |name: &str| room.shelf.known.get(name).map(|known| known.kind.clone()).unwrap_or_default();
    let mut nodes: Vec<Node> =
        weights.into_iter().map(|(name, claims)| Node { name: name.to_owned(), kind: kind(name), claims }).collect();
    nodes.sort_by(|l, r| r.claims.cmp(&l.claims).then_with(|| l.name.cmp(&r.name)));
    let relations = relations.iter().enumerate().map(|(i, r)| RelationName {
        id: r.id.clone(),
        label: r.label.clone(),
        count: near.iter().filter(|e| usize::from(e.relation) == i).count(),
    });
    let edges = shown.iter().map(|edge| EdgeOutline {
        from: edge.from.to_string(),
        to: edge.to.to_string(),
        relation: room.shelf.relations.all[usize::from(edge.relation)].id.clone(),
        claims: edge.claims.len(),
        denied: edge.denied,
    });
    Ok(Json(NetworkPage { relations: relations.collect(), nodes, edges: edges.collect(), total: passing.len() }))
}

async fn whole(room: &Room) -> Result<Arc<Network>, Failed> {
    let shelf = Arc::clone(&room.shelf);
    blocking(move || shelf.network().map_err(Failed::from)).await
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    from: String,
    to: String,
    relation: String,
}

/// What an edge rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct EdgePage {
    edge: EdgeOutline,
    /// Its claims; the first hundred, by report in the order of entry.
    claims: Vec<ClaimPage>,
    /// Their reports, without texts.
    reports: Vec<Report>,
}

/// Claims of an edge in an answer.
const SHOWN: usize = 100;

/// The claims that an edge of the network rests on, denials among them.
#[utoipa::path(
    get, path = "/api/v1/network/claims", tag = "actors",
    params(
        ("from" = String, Query, description = "Exact name"), ("to" = String, Query, description = "Exact name"),
        ("relation" = String, Query, description = "accuses, attacks, mediates, talks, supports, presses"),
    ),
    responses((status = 200, body = EdgePage), (status = 400, body = Problem), (status = 404, body = Problem))
)]
pub(crate) async fn edge(State(room): State<Room>, Query(asked): Query<Asked>) -> Result<Json<EdgePage>, Failed> {
    let network = whole(&room).await?;
    let relations = &room.shelf.relations.all;
    let is = |e: &&Edge| {
        *e.from == *asked.from && *e.to == *asked.to && relations[usize::from(e.relation)].id == asked.relation
    };
    let found = network.edges.iter().find(is);
    let found = found.ok_or_else(|| Failed(StatusCode::NOT_FOUND, "no claim says so".to_owned()))?;
    let ids = found.claims[..found.claims.len().min(SHOWN)].to_vec();
    let (claims, reports) = ask(&room, move |ledger| {
        let claims = claims(ledger, &ids)?;
        let reports = cited(ledger, claims.iter().map(|page| page.claim.report.as_str()))?;
        Ok((claims, reports))
    })
    .await?;
    let (claims_n, denied) = (found.claims.len(), found.denied);
    let edge = EdgeOutline { from: asked.from, to: asked.to, relation: asked.relation, claims: claims_n, denied };
    Ok(Json(EdgePage { edge, claims, reports }))
}
