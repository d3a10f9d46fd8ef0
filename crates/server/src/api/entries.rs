//! Single claims and reports, and the ledger as a whole.
use super::extract::Path;
use super::{Failed, Room, ask, blocking};
use crate::guard::Who;
use axum::extract::State;
use axum::{Extension, Json};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{ClaimFilter, Repeat};
use variorum_model::{Claim, Report, SCHEMA};

/// The ledger as a whole.
#[derive(Serialize, ToSchema)]
pub(crate) struct LedgerPage {
    /// Version of the contract.
    schema: u32,
    /// Version of the program.
    version: &'static str,
    /// Name of the file.
    name: String,
    /// Who signs judgements made here.
    author: String,
    /// Reports, each version of an id counted.
    reports: usize,
    /// Claims of the current readings.
    claims: usize,
    /// Incidents.
    incidents: usize,
    /// Disagreements of any verdict.
    disagreements: usize,
    /// Judgements, undone ones included.
    judgements: usize,
    /// Inputs that could not be read.
    failures: usize,
    /// Reports that the incidents do not know yet.
    pending: usize,
}

/// How much the ledger holds.
#[utoipa::path(get, path = "/api/v1/ledger", tag = "ledger", responses((status = 200, body = LedgerPage)))]
pub(crate) async fn ledger(
    State(room): State<Room>,
    Extension(who): Extension<Who>,
) -> Result<Json<LedgerPage>, Failed> {
    let shelf = Arc::clone(&room.shelf);
    let overview = blocking(move || shelf.overview().map_err(Failed::from)).await?;
    let counts = ask(&room, |ledger| ledger.counts_of_entries()).await?;
    Ok(Json(LedgerPage {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name: room.shelf.name(),
        author: who.name.to_string(),
        reports: counts.reports,
        claims: overview.totals.claims,
        incidents: overview.incidents.len(),
        disagreements: overview.totals.disagreements,
        judgements: counts.judgements,
        failures: counts.failures,
        pending: counts.pending,
    }))
}

/// One claim with the incidents it counts in.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClaimPage {
    /// The claim of the contract.
    pub(super) claim: Claim,
    /// Incident ids.
    pub(super) incidents: Vec<String>,
}

/// One claim.
#[utoipa::path(
    get, path = "/api/v1/claims/{id}", tag = "claims",
    params(("id" = String, Path, description = "Id, or the only one that starts so")),
    responses((status = 200, body = ClaimPage), (status = 404, body = super::Problem), (status = 409, body = super::Problem))
)]
pub(crate) async fn claim(State(room): State<Room>, Path(id): Path<String>) -> Result<Json<ClaimPage>, Failed> {
    let page = ask(&room, move |ledger| {
        let claim = ledger.claim(&id)?;
        let incidents = ledger.incidents_of(&claim.id)?;
        Ok(ClaimPage { claim, incidents })
    });
    page.await.map(Json)
}

/// One report with its text and claims.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportPage {
    /// The report of the contract, with its text.
    report: Report,
    /// Number among the reports of one id, from 1.
    version: u32,
    /// False for a report that a later version replaces.
    current: bool,
    /// When it was stored; RFC 3339.
    added: String,
    /// The earlier report that it repeats, and how; absent for most.
    repeats: Option<Likewise>,
    /// Later reports that repeat it.
    repeated_by: Vec<Likewise>,
    /// Its claims with the incidents that they count in, in text order.
    claims: Vec<ClaimPage>,
}

/// A report with which another has its text in common.
#[derive(Serialize, ToSchema)]
pub(crate) struct Likewise {
    /// Id of the report.
    report: String,
    /// How the later of the two repeats the earlier, in words.
    how: &'static str,
}

/// One report.
#[utoipa::path(
    get, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path, description = "Id or key, or the only one that starts so")),
    responses((status = 200, body = ReportPage), (status = 404, body = super::Problem), (status = 409, body = super::Problem))
)]
pub(crate) async fn report(State(room): State<Room>, Path(id): Path<String>) -> Result<Json<ReportPage>, Failed> {
    let page = ask(&room, move |ledger| {
        let stored = ledger.report(&id)?;
        let filter = ClaimFilter { report: Some(stored.report.id.clone()), ..ClaimFilter::default() };
        let mut claims = Vec::new();
        for claim in ledger.claims(filter) {
            let claim = claim?;
            let incidents = ledger.incidents_of(&claim.id)?;
            claims.push(ClaimPage { claim, incidents });
        }
        claims.sort_by_key(|page| page.claim.span);
        let likewise = |repeat: Repeat| Likewise { report: repeat.report, how: repeat.how.words() };
        let repeats = ledger.repeat_of(&stored.key)?.map(likewise);
        let repeated_by = ledger.repeated_by(&stored.key)?.into_iter().map(likewise).collect();
        let (version, current, added) = (stored.version, stored.current, stored.added);
        Ok(ReportPage { report: stored.report, version, current, added, repeats, repeated_by, claims })
    });
    page.await.map(Json)
}
