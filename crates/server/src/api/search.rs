//! `/api/v1/search`.
use super::extract::Query;
use super::{Failed, Room, ask};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use variorum_ledger::Piece;
use variorum_model::{Claim, Report};

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
}

/// What the words stand in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// Claims by quote and names, best first.
    claims: Vec<FoundClaim>,
    /// Reports by headline, outlet and text, best first.
    reports: Vec<FoundReport>,
}

/// A claim with the passage that holds the words.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundClaim {
    claim: Claim,
    /// Incidents it counts in.
    incidents: Vec<String>,
    /// Stretches of `{text, hit}`.
    #[schema(value_type = Vec<Object>)]
    passage: Vec<Piece>,
}

/// A report, without its text, with the passage that holds the words.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundReport {
    report: Report,
    /// Stretches of `{text, hit}`.
    #[schema(value_type = Vec<Object>)]
    passage: Vec<Piece>,
}

/// Claims and reports that hold all the words. Words in double quotes stand next to each other; the last word may be the
/// beginning of one.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search",
    params(("q" = String, Query, description = "Words"), ("limit" = Option<u32>, Query, description = "Most of each kind; 1 to 200, 30 by default")),
    responses((status = 200, body = Found))
)]
pub(crate) async fn search(State(room): State<Room>, Query(asked): Query<Asked>) -> Result<Json<Found>, Failed> {
    let limit = asked.limit.unwrap_or(30);
    if !(1..=200).contains(&limit) {
        return Err(Failed::bad("limit is a number from 1 to 200"));
    }
    let found = ask(&room, move |ledger| {
        let mut claims = Vec::new();
        for found in ledger.search_claims(&asked.q, limit)? {
            let incidents = ledger.incidents_of(&found.claim.id)?;
            claims.push(FoundClaim { claim: found.claim, incidents, passage: found.passage });
        }
        let reports = ledger.search_reports(&asked.q, limit)?;
        let reports = reports.into_iter().map(|f| FoundReport { report: f.report, passage: f.passage }).collect();
        Ok(Found { claims, reports })
    });
    found.await.map(Json)
}
