//! `/api/v1/judgements`: what people decided.
use super::{Failed, Room, ask, blocking};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{Action, Judgement};

/// Every judgement in the order of entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementList {
    /// Undone ones included.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Judgement>,
    /// Ids of those that have not been undone.
    in_force: Vec<String>,
}

/// Every judgement in the order of entry, undone ones included.
#[utoipa::path(get, path = "/api/v1/judgements", tag = "judgements", responses((status = 200, body = JudgementList)))]
pub(crate) async fn list(State(room): State<Room>) -> Result<Json<JudgementList>, Failed> {
    let found = ask(&room, |ledger| {
        let in_force = ledger.judgements_in_force()?.into_iter().map(|j| j.id).collect();
        Ok(JudgementList { items: ledger.judgements()?, in_force })
    });
    found.await.map(Json)
}

/// A judgement to be made: `kind` with its fields, and why.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewJudgement {
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
    /// `{"kind": "accept", "claim": "…"}` and so on.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    action: Action,
}

/// What a judgement did.
#[derive(Serialize, ToSchema)]
pub(crate) struct Judged {
    /// The entry.
    #[schema(value_type = Object)]
    judgement: Judgement,
    /// Ids of incidents that were not there.
    created: Vec<String>,
    /// Ids of incidents that say something else now.
    changed: Vec<String>,
    /// Ids of incidents that are no more.
    removed: Vec<String>,
}

/// Appends a judgement and brings the incidents up to date.
#[utoipa::path(
    post, path = "/api/v1/judgements", tag = "judgements", request_body = NewJudgement,
    responses(
        (status = 201, body = Judged), (status = 400, body = super::Problem), (status = 404, body = super::Problem),
        (status = 422, body = super::Problem, description = "It makes no sense against the ledger as it is")
    )
)]
pub(crate) async fn post(
    State(room): State<Room>,
    body: Result<Json<NewJudgement>, JsonRejection>,
) -> Result<(StatusCode, Json<Judged>), Failed> {
    let Json(NewJudgement { reason, action }) = body.map_err(|e| Failed(e.status(), e.body_text()))?;
    if matches!(action, Action::Date { .. }) {
        // Words read anew need the analysis, which the room does not load.
        return Err(Failed(StatusCode::UNPROCESSABLE_ENTITY, "give dates with `variorum date`".to_owned()));
    }
    let (shelf, author) = (Arc::clone(&room.shelf), Arc::clone(&room.author));
    let judged = blocking(move || {
        let done = shelf.write(|ledger| {
            let judgement = ledger.judge(&author, &reason, action)?;
            let relinked = ledger.relink()?;
            let (created, changed, removed) = (relinked.created, relinked.changed, relinked.removed);
            Ok(Judged { judgement, created, changed, removed })
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
