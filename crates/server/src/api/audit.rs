//! `/api/v1/audit`: a random sample of claims, held against the words field by field.
use super::extract::Query;
use super::{Failed, Room, ask, blocking};
use crate::guard::Who;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_ledger::{FieldPrecision, Mark, audited};
use variorum_model::Claim;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    seed: String,
    size: Option<usize>,
    #[serde(default)]
    field: String,
}

/// A sample and what its marks say.
#[derive(Serialize, ToSchema)]
pub(crate) struct Audit {
    /// What decides the sample: the same ledger and seed give the same claims.
    seed: String,
    /// The only field that is asked about; empty for all.
    field: String,
    /// Who marks: the others' marks are not shown.
    author: String,
    /// Claims in the order of the seed.
    items: Vec<Audited>,
    /// What the author's marks on this sample say, field by field: `{field, given, right, wrong, unsure, precision, low,
    /// high, coders, double, alpha}`, with the 95 % interval of Wilson and, where others have marked it too, Krippendorff's
    /// alpha.
    #[schema(value_type = Vec<Object>)]
    result: Vec<FieldPrecision>,
}

/// A claim of a sample.
#[derive(Serialize, ToSchema)]
pub(crate) struct Audited {
    /// As it was read, without any judgement.
    claim: Claim,
    /// Fields that it gives and that are asked about.
    fields: Vec<&'static str>,
    /// The author's marks by field: right, wrong or unsure.
    #[schema(value_type = BTreeMap<String, String>)]
    marks: BTreeMap<String, Mark>,
}

/// A random sample of claims with the author's marks and the precision that they measure. A larger sample of one seed holds
/// the smaller.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "review",
    params(
        ("seed" = Option<String>, Query, description = "Any words"),
        ("size" = Option<u32>, Query, description = "1 to 500 claims; 30 by default"),
        ("field" = Option<String>, Query, description = "Only claims that give this field: type, sources, stance, polarity, actors, targets, place, date, figures"),
    ),
    responses((status = 200, body = Audit), (status = 400, body = super::Problem), (status = 422, body = super::Problem))
)]
pub(crate) async fn sample(
    State(room): State<Room>,
    Extension(who): Extension<Who>,
    Query(asked): Query<Asked>,
) -> Result<Json<Audit>, Failed> {
    let size = asked.size.unwrap_or(30);
    if !(1..=500).contains(&size) {
        return Err(Failed::bad("size is a number from 1 to 500"));
    }
    let author = who.name.to_string();
    let shelf = Arc::clone(&room.shelf);
    let found = ask(&room, move |ledger| {
        let Asked { seed, field, .. } = asked;
        let only = Some(field.as_str()).filter(|f| !f.is_empty());
        let sample = shelf.facts(ledger, |facts| {
            let claims = facts.reports.values().flat_map(|r| &r.claims);
            let claims = claims.map(|c| (c.lot, c.id));
            ledger.audit_sample_of(claims, |id| facts.claim_ids.word(*id), &seed, size, only)
        })??;
        let mut result = ledger.audit_result(&author, &sample)?;
        result.retain(|p| only.is_none_or(|f| p.field == f));
        let mut items = Vec::with_capacity(sample.len());
        for claim in sample {
            let fields = audited(&claim).into_iter().filter(|f| only.is_none_or(|o| o == *f)).collect();
            let marks = ledger.marks_of(&author, &claim)?;
            items.push(Audited { claim, fields, marks });
        }
        Ok(Audit { seed, field, author, items, result })
    });
    found.await.map(Json)
}

/// A mark to be made.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewMark {
    /// Claim id, or the only one that starts so.
    claim: String,
    /// The field.
    field: String,
    /// right, wrong, unsure, or withdrawn.
    #[schema(value_type = String)]
    mark: Mark,
}

/// Appends a mark on one field of a claim, signed by the author; the last one counts.
#[utoipa::path(
    post, path = "/api/v1/audit", tag = "review", request_body = NewMark,
    responses(
        (status = 204, description = "It is entered"), (status = 404, body = super::Problem), (status = 409, body = super::Problem),
        (status = 422, body = super::Problem, description = "The claim gives no such field")
    )
)]
pub(crate) async fn mark(
    State(room): State<Room>,
    Extension(who): Extension<Who>,
    body: Result<Json<NewMark>, JsonRejection>,
) -> Result<StatusCode, Failed> {
    let Json(NewMark { claim, field, mark }) = body?;
    let (shelf, author) = (Arc::clone(&room.shelf), who.name);
    blocking(move || {
        shelf.write(|ledger| ledger.audit(&author, &claim, &field, mark)).map_err(Failed::from)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
