//! `/api/v1/incidents`.
use super::extract::Path;
use super::listing::{Count, Wanted};
use super::{Failed, Room, ask, blocking};
use crate::overview::IncidentOutline;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{Change, ClaimFilter, Judgement};
use variorum_model::{Claim, Incident, Report};

/// One page of the list of incidents.
#[derive(Serialize, ToSchema)]
pub(crate) struct IncidentList<'l> {
    /// The incidents in the order asked for.
    #[schema(value_type = Vec<IncidentOutline>)]
    items: Vec<&'l RawValue>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
    /// Values by facet, the most frequent first.
    facets: &'l BTreeMap<String, Vec<Count>>,
}

/// The incidents that pass the filters, page by page.
#[utoipa::path(
    get, path = "/api/v1/incidents", tag = "incidents",
    params(
        ("type" = Option<Vec<String>>, Query, description = "Event types; any of them"),
        ("place" = Option<Vec<String>>, Query, description = "Place names"),
        ("actor" = Option<Vec<String>>, Query, description = "Actors"),
        ("source" = Option<Vec<String>>, Query, description = "Credited sources"),
        ("publisher" = Option<Vec<String>>, Query, description = "Outlets"),
        ("is" = Option<Vec<String>>, Query, description = "disputed, updated, with a toll, several origins, one origin, reviewed, not reviewed, located, unlocated, undated"),
        ("since" = Option<String>, Query, description = "What can have happened on or after this day"),
        ("until" = Option<String>, Query, description = "What can have happened on or before this day"),
        ("q" = Option<String>, Query, description = "Words that all stand in the title or a name"),
        ("sort" = Option<String>, Query, description = "latest, earliest, toll, reports, origins, disputes, title"),
        ("limit" = Option<u32>, Query, description = "1 to 5000; 100 by default"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, body = IncidentList), (status = 400, body = super::Problem))
)]
pub(crate) async fn list(State(room): State<Room>, RawQuery(query): RawQuery) -> Result<Response, Failed> {
    let wanted = Wanted::parse(query.as_deref().unwrap_or_default())?;
    let shelf = Arc::clone(&room.shelf);
    let overview = blocking(move || shelf.overview().map_err(Failed::from)).await?;
    let answer = blocking(move || Ok((wanted.answer(&overview), wanted)));
    let (answer, wanted) = answer.await?;
    let found = &answer.found;
    let first = match &wanted.cursor {
        None => 0,
        Some(last) => {
            let at = found.iter().position(|i| i.outline.id == *last);
            at.ok_or_else(|| Failed::bad("the list has changed since this cursor was made; begin anew"))? + 1
        }
    };
    let page = &found[first..found.len().min(first + wanted.limit)];
    let more = first + page.len() < found.len();
    let next = page.last().filter(|_| more).map(|i| i.outline.id.clone());
    let items = page.iter().map(|listed| listed.json()).collect();
    Ok(Json(IncidentList { items, total: found.len(), next, facets: &answer.facets }).into_response())
}

/// A happening of a campaign.
#[derive(Serialize, ToSchema)]
pub(crate) struct Part {
    /// Id of the incident.
    incident: String,
    /// Its title.
    title: String,
}

/// One incident with all that it rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct IncidentPage {
    /// The incident of the contract.
    incident: Incident,
    /// Its claims, by report, in text order.
    claims: Vec<Claim>,
    /// The reports they stand in, without their texts.
    reports: Vec<Report>,
    /// The happenings that are part of it, where it is a campaign, by first day.
    parts: Vec<Part>,
    /// Judgements in force on its claims, and notes about it.
    #[schema(value_type = Vec<Object>)]
    judgements: Vec<Judgement>,
    /// When it was made and revised.
    #[schema(value_type = Vec<Object>)]
    history: Vec<Change>,
}

/// One incident with its claims, reports, judgements and history.
#[utoipa::path(
    get, path = "/api/v1/incidents/{id}", tag = "incidents",
    params(("id" = String, Path, description = "Id, or the only one that starts so")),
    responses((status = 200, body = IncidentPage), (status = 404, body = super::Problem), (status = 409, body = super::Problem))
)]
pub(crate) async fn one(State(room): State<Room>, Path(id): Path<String>) -> Result<Json<IncidentPage>, Failed> {
    let page = ask(&room, move |ledger| {
        let mut incident = ledger.incident(&id)?;
        incident.part_of = ledger.part_of(&incident)?;
        let parts = ledger.parts(&incident)?.into_iter().map(|i| Part { incident: i.id, title: i.title }).collect();
        let filter = ClaimFilter { incident: Some(incident.id.clone()), ..ClaimFilter::default() };
        let claims: Vec<Claim> = ledger.claims(filter).collect::<Result<_, _>>()?;
        let mut reports = Vec::new();
        for id in &incident.reports {
            reports.extend(ledger.report_head(id)?.map(|(_, report)| report));
        }
        let about: BTreeSet<&str> = incident.claims.iter().map(String::as_str).chain([incident.id.as_str()]).collect();
        let in_force = ledger.judgements_in_force()?;
        let of_these = in_force.iter().filter(|j| super::judgements::speaks_of(j, &about));
        let judgements = of_these.map(|j| Judgement::clone(j)).collect();
        let history = ledger.history(&incident.id)?;
        Ok(IncidentPage { incident, claims, reports, parts, judgements, history })
    });
    page.await.map(Json)
}
