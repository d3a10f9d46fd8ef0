//! `/api/v1/actors`, `/api/v1/publishers` and `/api/v1/agreements`.
use super::entries::ClaimPage;
use super::extract::{Path, Query};
use super::paging::Paging;
use super::{Failed, Room, ask, blocking};
use crate::cast::{ActorOutline, Cast, Contradiction, PublisherOutline};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{Ledger, LedgerError};
use variorum_model::{Agreement, Report};

async fn cast(room: &Room) -> Result<Arc<Cast>, Failed> {
    let shelf = Arc::clone(&room.shelf);
    blocking(move || shelf.cast().map_err(Failed::from)).await
}

/// One page of the actors.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorList {
    items: Vec<ActorOutline>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Words {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
}

/// Everybody whom claims name, page by page.
#[utoipa::path(
    get, path = "/api/v1/actors", tag = "actors",
    params(
        ("q" = Option<String>, Query, description = "Words that stand in the name or an alias"),
        ("sort" = Option<String>, Query, description = "says (the default), acts, contradicted, incidents, name"),
        ("limit" = Option<u32>, Query, description = "1 to 1000; 100 by default"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")
    ),
    responses((status = 200, body = ActorList), (status = 400, body = super::Problem))
)]
pub(crate) async fn actors(
    State(room): State<Room>,
    Query(words): Query<Words>,
    Query(paging): Query<Paging>,
) -> Result<Json<ActorList>, Failed> {
    let cast = cast(&room).await?;
    let wanted: Vec<String> = words.q.split_whitespace().map(str::to_lowercase).collect();
    let known = &room.shelf.known;
    let said = |o: &ActorOutline| match known.get(&o.name) {
        Some(known) => format!("{} {}", o.name, known.aliases.join(" ")).to_lowercase(),
        None => o.name.to_lowercase(),
    };
    let passes = |o: &&ActorOutline| {
        let said = if wanted.is_empty() { String::new() } else { said(o) };
        wanted.iter().all(|w| said.contains(w.as_str()))
    };
    let mut found: Vec<&ActorOutline> = cast.actors.values().map(|a| &a.outline).filter(passes).collect();
    let weight: fn(&ActorOutline) -> usize = match words.sort.as_str() {
        "" | "says" => |o| o.says,
        "acts" => |o| o.acts + o.suffers,
        "contradicted" => |o| o.contradicted_by.iter().map(|t| t.n).sum(),
        "incidents" => |o| o.incidents,
        "name" => |_| 0,
        _ => return Err(Failed::bad("sort is says, acts, contradicted, incidents or name")),
    };
    // Ties, and the order by name, are in the order of the names already.
    found.sort_by_key(|o| Reverse(weight(o)));
    let total = found.len();
    let (items, next) = paging.cut(found, |o| &o.name)?;
    Ok(Json(ActorList { items: items.into_iter().map(|o| described(&room, o)).collect(), total, next }))
}

/// An outline with what the register knows.
fn described(room: &Room, outline: &ActorOutline) -> ActorOutline {
    let mut outline = outline.clone();
    if let Some(known) = room.shelf.known.get(&outline.name) {
        (outline.id, outline.kind, outline.aliases) = (known.id.clone(), known.kind.clone(), known.aliases.clone());
    }
    outline
}

/// One actor with what it says, what it does and who says otherwise.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorPage {
    actor: ActorOutline,
    /// Claims it makes; the first hundred, by report in the order of entry.
    says: Vec<ClaimPage>,
    /// Claims in which it acts or something is done to it; the first hundred.
    done: Vec<ClaimPage>,
    /// Contradictions of what it says; at most two hundred.
    contradictions: Vec<Contradiction>,
    /// The reports of these claims, without their texts.
    reports: Vec<Report>,
}

/// One actor, by its exact name.
#[utoipa::path(
    get, path = "/api/v1/actors/{name}", tag = "actors", params(("name" = String, Path, description = "Exact name")),
    responses((status = 200, body = ActorPage), (status = 404, body = super::Problem))
)]
pub(crate) async fn actor(State(room): State<Room>, Path(name): Path<String>) -> Result<Json<ActorPage>, Failed> {
    let cast = cast(&room).await?;
    let page = ask(&room, move |ledger| {
        let Some(actor) = cast.actors.get(name.as_str()) else { return Ok(None) };
        let says = claims(ledger, &actor.says)?;
        let done = claims(ledger, &actor.done)?;
        let reports = cited(ledger, says.iter().chain(&done).map(|page| page.claim.report.as_str()))?;
        let (actor, contradictions) = (actor.outline.clone(), actor.contradictions.clone());
        Ok(Some(ActorPage { actor, says, done, contradictions, reports }))
    });
    let page = page.await?.map(|page| ActorPage { actor: described(&room, &page.actor), ..page });
    page.map(Json).ok_or_else(|| Failed(StatusCode::NOT_FOUND, "no claim names such an actor".to_owned()))
}

pub(super) fn claims(ledger: &Ledger, ids: &[Arc<str>]) -> Result<Vec<ClaimPage>, LedgerError> {
    let ids: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
    let found = ledger.claims_by_id()?.of(&ids)?;
    found
        .into_iter()
        .map(|claim| {
            let incidents = ledger.incidents_of(&claim.id)?;
            Ok(ClaimPage { claim, incidents })
        })
        .collect()
}

/// Reports without their texts, each once.
pub(super) fn cited<'i>(ledger: &Ledger, ids: impl Iterator<Item = &'i str>) -> Result<Vec<Report>, LedgerError> {
    let ids: BTreeSet<&str> = ids.collect();
    ids.into_iter()
        .filter_map(|id| ledger.report_head(id).map(|found| found.map(|(_, report)| report)).transpose())
        .collect()
}

/// The publishers.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublisherList {
    /// Those with the most reports first.
    items: Vec<PublisherOutline>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
}

/// Publishers with what they share with others, page by page.
#[utoipa::path(
    get, path = "/api/v1/publishers", tag = "actors",
    params(
        ("limit" = Option<u32>, Query, description = "1 to 1000; 100 by default"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")
    ),
    responses((status = 200, body = PublisherList), (status = 400, body = super::Problem))
)]
pub(crate) async fn publishers(
    State(room): State<Room>,
    Query(paging): Query<Paging>,
) -> Result<Json<PublisherList>, Failed> {
    let cast = cast(&room).await?;
    let mut all: Vec<&PublisherOutline> = cast.publishers.values().collect();
    all.sort_by_key(|p| Reverse(p.reports));
    let total = all.len();
    let (items, next) = paging.cut(all, |p| &p.name)?;
    Ok(Json(PublisherList { items: items.into_iter().cloned().collect(), total, next }))
}

/// The agreements.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgreementList {
    /// Agreements and ceasefires with terms, alleged violations and replies.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Agreement>,
    /// The reports that are cited, without their texts.
    reports: Vec<Report>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
}

/// Agreements and ceasefires with what is said of their keeping, page by page.
#[utoipa::path(
    get, path = "/api/v1/agreements", tag = "agreements",
    params(
        ("limit" = Option<u32>, Query, description = "1 to 1000; 100 by default"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")
    ),
    responses((status = 200, body = AgreementList), (status = 400, body = super::Problem))
)]
pub(crate) async fn agreements(
    State(room): State<Room>,
    Query(paging): Query<Paging>,
) -> Result<Json<AgreementList>, Failed> {
    let shelf = Arc::clone(&room.shelf);
    let all = blocking(move || shelf.agreements().map_err(Failed::from)).await?;
    let total = all.items.len();
    let (items, next) = paging.cut(all.items.iter().collect(), |a| &a.incident)?;
    let items: Vec<Agreement> = items.into_iter().cloned().collect();
    let (items, reports) = ask(&room, move |ledger| {
        let statements = items.iter().flat_map(|a| {
            let told = a.violations.iter().flat_map(|v| v.claims.iter().chain(&v.replies));
            a.terms.iter().chain(told)
        });
        let reports = cited(ledger, statements.map(|s| s.report.as_str()))?;
        Ok((items, reports))
    })
    .await?;
    Ok(Json(AgreementList { items, reports, total, next }))
}
