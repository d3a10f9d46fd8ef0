//! `/api/v1/incidents/{id}/coded`: one incident under a published codebook.
use super::extract::{Path, Query};
use super::{Failed, Room, blocking};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_export::codebook::{Codebook, code_one};

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    codebook: String,
}

/// An incident as a codebook has it: each cell with the rule that made it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CodedIncident {
    /// Id of the codebook.
    codebook: &'static str,
    /// Its name.
    name: String,
    /// The publication that it follows.
    source: String,
    /// `column`, `value`, the column's rule (`says`), what decided it here (`because`), and the claims that it rests on where
    /// these are not all; none for an incident that is not for this codebook.
    #[schema(value_type = Vec<Object>)]
    cells: Vec<serde_json::Value>,
    /// Why it is not for this codebook.
    left_out: Option<String>,
}

/// One incident under a codebook, as `variorum export --codebook` has it.
#[utoipa::path(
    get, path = "/api/v1/incidents/{id}/coded", tag = "incidents",
    params(
        ("id" = String, Path, description = "Id, or the only one that starts so"),
        ("codebook" = Option<String>, Query, description = "ucdp-ged, acled, airwars or ibc; ucdp-ged by default")
    ),
    responses(
        (status = 200, body = CodedIncident), (status = 400, body = super::Problem), (status = 404, body = super::Problem),
        (status = 409, body = super::Problem)
    )
)]
pub(crate) async fn coded(
    State(room): State<Room>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<CodedIncident>, Failed> {
    let name = if asked.codebook.is_empty() { Codebook::UcdpGed.id() } else { &asked.codebook };
    let Some(codebook) = Codebook::ALL.into_iter().find(|codebook| codebook.id() == name) else {
        let names = Codebook::ALL.map(Codebook::id).join(", ");
        return Err(Failed::bad(format!("codebook is one of {names}")));
    };
    let (shelf, reference) = (Arc::clone(&room.shelf), Arc::clone(&room.reference));
    let made = blocking(move || {
        let made =
            shelf.read(|ledger| Ok(code_one(ledger, codebook, &reference.gazetteer, &reference.register, &id)))?;
        let mut table = made?;
        let sheet = codebook.sheet()?;
        Ok(CodedIncident {
            codebook: codebook.id(),
            name: sheet.name,
            source: sheet.source,
            cells: table.reasons().collect(),
            left_out: table.left_out.pop().map(|(_, why)| why),
        })
    });
    made.await.map(Json)
}
