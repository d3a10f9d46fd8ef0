//! REST under `/api/v1`, in the words of the contract.
mod audit;
mod cast;
mod coded;
mod entries;
mod extract;
mod gazetteer;
mod incidents;
mod judgements;
mod listing;
mod network;
mod openapi;
mod paging;
mod proposal;
mod queue;
mod search;
mod selection;
mod session;

pub(crate) use listing::{Answer, FACETS};
pub(crate) use queue::reasons;

use crate::guard::{Guard, Who};
use crate::reference::Reference;
use crate::shelf::Shelf;
use crate::tiles::Tiles;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_export::ExportError;
use variorum_ledger::{Ledger, LedgerError};

/// What every answer is made from.
#[derive(Clone)]
pub(crate) struct Room {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) guard: Arc<Guard>,
    pub(crate) reference: Arc<Reference>,
    pub(crate) tiles: Option<Tiles>,
}

pub(crate) fn routes(room: Room) -> Router {
    let tagged = Router::new()
        .route("/api/v1/ledger", get(entries::ledger))
        .route("/api/v1/incidents", get(incidents::list))
        .route("/api/v1/incidents/{id}", get(incidents::one))
        .route("/api/v1/incidents/{id}/coded", get(coded::coded))
        .route("/api/v1/claims/{id}", get(entries::claim))
        .route("/api/v1/reports/{id}", get(entries::report))
        .route("/api/v1/audit", get(audit::sample).post(audit::mark))
        .route("/api/v1/actors", get(cast::actors))
        .route("/api/v1/actors/{name}", get(cast::actor))
        .route("/api/v1/network", get(network::network))
        .route("/api/v1/network/claims", get(network::edge))
        .route("/api/v1/publishers", get(cast::publishers))
        .route("/api/v1/agreements", get(cast::agreements))
        .route("/api/v1/selection/{file}", get(selection::file))
        .route("/api/v1/queue", get(queue::queue))
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/judgements", get(judgements::list).post(judgements::post))
        .route_layer(axum::middleware::from_fn_with_state(room.clone(), tag));
    Router::new()
        .merge(tagged)
        .route("/api/v1/gazetteer", get(gazetteer::gazetteer))
        .route("/api/v1/gazetteer/within", get(gazetteer::within))
        .route("/api/v1/session", get(session::session).post(session::log_in).delete(session::log_out))
        .route("/api/v1/access", get(session::access))
        .route("/api/v1/vocabulary", get(gazetteer::vocabulary))
        .route("/api/openapi.json", get(openapi::document))
        .route("/api/{*rest}", axum::routing::any(no_such_path))
        .method_not_allowed_fallback(no_such_method)
        .with_state(room)
}

async fn no_such_path() -> Response {
    problem(StatusCode::NOT_FOUND, "no such path; /api/openapi.json lists them")
}

async fn no_such_method() -> Response {
    problem(
        StatusCode::METHOD_NOT_ALLOWED,
        "this path does not take that method; /api/openapi.json says which it takes",
    )
}

/// Why a request failed (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// HTTP status.
    status: u16,
    /// What the status means.
    title: String,
    /// One sentence.
    detail: String,
}

/// An answer that says why.
pub(crate) fn problem(status: StatusCode, detail: impl Into<String>) -> Response {
    let title = status.canonical_reason().unwrap_or_default().to_owned();
    let body = Json(Problem { status: status.as_u16(), title, detail: detail.into() });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

/// An error that knows its status.
pub(crate) struct Failed(StatusCode, String);

impl Failed {
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Failed(StatusCode::BAD_REQUEST, detail.into())
    }
}

impl From<JsonRejection> for Failed {
    fn from(rejection: JsonRejection) -> Self {
        Failed(rejection.status(), rejection.body_text())
    }
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Ledger(error) => error.into(),
            other => Failed(StatusCode::INTERNAL_SERVER_ERROR, other.to_string()),
        }
    }
}

impl From<LedgerError> for Failed {
    fn from(error: LedgerError) -> Self {
        let status = match &error {
            e if e.is_not_found() => StatusCode::NOT_FOUND,
            LedgerError::Ambiguous { .. } => StatusCode::CONFLICT,
            LedgerError::Judgement(_) => StatusCode::UNPROCESSABLE_ENTITY,
            LedgerError::ReadOnly { .. } => StatusCode::FORBIDDEN,
            LedgerError::Locked { .. } => StatusCode::SERVICE_UNAVAILABLE,
            LedgerError::Full { .. } => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Failed(status, error.to_string())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        problem(self.0, self.1)
    }
}

/// Asks the ledger on a thread that may wait.
async fn ask<T: Send + 'static>(
    room: &Room,
    question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
) -> Result<T, Failed> {
    let shelf = Arc::clone(&room.shelf);
    blocking(move || shelf.read(question).map_err(Failed::from)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failed> + Send + 'static) -> Result<T, Failed> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => Err(Failed(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be made".to_owned())),
    }
}

/// Entity tags: every answer is a function of the ledger's revision, the address, the author and the program.
async fn tag(
    State(room): State<Room>,
    Extension(who): Extension<Who>,
    request: Request,
    next: Next,
) -> Result<Response, Failed> {
    if request.method() != Method::GET {
        return Ok(next.run(request).await);
    }
    let revision = ask(&room, Ledger::revision).await?;
    let known = format!("{revision:?} {} {} {}", request.uri(), who.name, env!("CARGO_PKG_VERSION"));
    // Weak: the body may be compressed on its way.
    let tag = format!("W/\"{}\"", &blake3::hash(known.as_bytes()).to_hex()[..24]);
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits");
    let shown = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    if shown.flat_map(|line| line.split(',')).any(|one| one.trim().as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
