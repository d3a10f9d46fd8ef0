//! `/api/v1/judgements`: what people decided.
use super::extract::Query;
use super::paging::Paging;
use super::proposal::Proposal;
use super::{Failed, Room, ask, blocking};
use crate::guard::Who;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{Action, Judgement, LedgerError, Standing};

/// One page of the judgements, the last one first.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementList {
    /// Each with what it comes to today: in force, undone, outweighed, or without ground.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Standing>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
}

/// Every judgement, the last one first, undone ones included.
#[utoipa::path(
    get, path = "/api/v1/judgements", tag = "judgements",
    params(("limit" = Option<u32>, Query, description = "1 to 1000; 100 by default"), ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = JudgementList), (status = 400, body = super::Problem))
)]
pub(crate) async fn list(
    State(room): State<Room>,
    Query(paging): Query<Paging>,
) -> Result<Json<JudgementList>, Failed> {
    let mut all = ask(&room, |ledger| ledger.standings()).await?;
    all.reverse();
    let total = all.len();
    let (items, next) = paging.cut(all, |s: &Standing| &s.judgement.id)?;
    Ok(Json(JudgementList { items, total, next }))
}

/// A judgement to be made: `kind` with its fields, and why.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewJudgement {
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
    /// `{"kind": "accept", "claims": ["…"]}` and so on.
    #[serde(flatten)]
    #[schema(inline)]
    proposal: Proposal,
}

/// What was entered, and what it did.
#[derive(Serialize, ToSchema)]
pub(crate) struct Judged {
    /// The entries: one for each claim, field or judgement that was named.
    #[schema(value_type = Vec<Object>)]
    judgements: Vec<Judgement>,
    /// Ids of incidents that were not there.
    created: Vec<String>,
    /// Ids of incidents that say something else now.
    changed: Vec<String>,
    /// Ids of incidents that are no more.
    removed: Vec<String>,
}

/// Appends what was decided and brings the incidents up to date. All ids are looked up before anything is written. A report that
/// has another date now is read anew.
#[utoipa::path(
    post, path = "/api/v1/judgements", tag = "judgements", request_body = NewJudgement,
    responses(
        (status = 201, body = Judged), (status = 400, body = super::Problem), (status = 404, body = super::Problem),
        (status = 409, body = super::Problem, description = "Several ids start so"),
        (status = 422, body = super::Problem, description = "It makes no sense against the ledger as it is")
    )
)]
pub(crate) async fn post(
    State(room): State<Room>,
    Extension(who): Extension<Who>,
    body: Result<Json<NewJudgement>, JsonRejection>,
) -> Result<(StatusCode, Json<Judged>), Failed> {
    let Json(NewJudgement { reason, proposal }) = body?;
    let (shelf, author, reference) = (Arc::clone(&room.shelf), who.name, Arc::clone(&room.reference));
    let judged = blocking(move || {
        let done = shelf.write(|ledger| {
            let actions = proposal.actions(ledger, &|id| reference.place(id))?;
            let mut judgements = Vec::with_capacity(actions.len());
            for action in actions {
                judgements.push(ledger.judge(&author, &reason, action)?);
            }
            let may_date = |j: &Judgement| matches!(j.action, Action::Date { .. } | Action::Undo { .. });
            if judgements.iter().any(may_date) && !ledger.undated()?.is_empty() {
                let unread =
                    |why| LedgerError::Judgement(format!("the date is kept, and the report not read anew: {why}"));
                let extractor = reference.extractor().map_err(unread)?;
                ledger.redate(|report| extractor.analyze(report))?;
            }
            let relinked = ledger.relink()?;
            let (created, changed, removed) = (relinked.created, relinked.changed, relinked.removed);
            Ok(Judged { judgements, created, changed, removed })
        });
        done.map_err(Failed::from)
    });
    Ok((StatusCode::CREATED, Json(judged.await?)))
}

/// Whether a judgement speaks of one of these claims or incidents.
pub(super) fn speaks_of(judgement: &Judgement, ids: &BTreeSet<&str>) -> bool {
    let any = |claims: &[String]| claims.iter().any(|c| ids.contains(c.as_str()));
    match &judgement.action {
        Action::Accept { claim } | Action::Reject { claim } | Action::Correct { claim, .. } => {
            ids.contains(claim.as_str())
        }
        Action::Merge { claims } => any(claims),
        Action::Split { claims, from } => any(claims) || any(from),
        Action::Move { claim, to } => ids.contains(claim.as_str()) || ids.contains(to.as_str()),
        Action::Note { about, .. } => ids.contains(about.as_str()),
        _ => false,
    }
}
