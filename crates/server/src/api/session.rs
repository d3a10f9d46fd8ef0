//! `/api/v1/session` and `/api/v1/access`: who asks, logging in and out, and the log of it.
use super::{Failed, Problem, Room, blocking};
use crate::access::Access;
use crate::guard::{Entrance, From, Who};
use crate::sessions::Refused;
use crate::tiles::Tiles;
use crate::users::Role;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Who asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionPage {
    /// Signs judgements made here.
    name: String,
    role: Role,
    /// Whether one logs in and out here; else the printed address opens the room.
    users: bool,
    /// The base map that whoever runs the room has chosen.
    tiles: Option<Tiles>,
}

fn page(room: &Room, who: &Who) -> Json<SessionPage> {
    let users = matches!(room.guard.entrance, Entrance::Users(_));
    Json(SessionPage { name: who.name.to_string(), role: who.role, users, tiles: room.tiles.clone() })
}

/// Who asks.
#[utoipa::path(
    get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = SessionPage), (status = 401, body = Problem, description = "Nobody has logged in"))
)]
pub(crate) async fn session(State(room): State<Room>, who: Option<Extension<Who>>) -> Result<Response, Failed> {
    let Extension(who) = who.ok_or_else(|| Failed(StatusCode::UNAUTHORIZED, "log in".to_owned()))?;
    Ok(page(&room, &who).into_response())
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LogIn {
    name: String,
    password: String,
}

/// Logs in: the answer sets a cookie that scripts cannot read. Five wrong passwords for a name, or twenty from one address,
/// and one has to wait for up to five minutes.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session", request_body = LogIn,
    responses(
        (status = 200, body = SessionPage),
        (status = 401, body = Problem, description = "Name and password do not belong together"),
        (status = 409, body = Problem, description = "The printed address opens this room, and nobody logs in"),
        (status = 429, body = Problem, description = "Too many tries; `Retry-After` says how many seconds to wait")
    )
)]
pub(crate) async fn log_in(
    State(room): State<Room>,
    Extension(From(from)): Extension<From>,
    headers: HeaderMap,
    body: Result<Json<LogIn>, JsonRejection>,
) -> Result<Response, Failed> {
    let Json(LogIn { name, password }) = body?;
    let guard = Arc::clone(&room.guard);
    let tried = blocking(move || match &guard.entrance {
        Entrance::Users(sessions) => Ok(sessions.log_in(&name, &password, &from)),
        Entrance::Token { .. } => Err(Failed(StatusCode::CONFLICT, "the printed address opens this room".to_owned())),
    });
    match tried.await? {
        Ok((token, who)) => {
            let cookie = room.guard.cookie(&token, &headers);
            Ok(([(header::SET_COOKIE, cookie)], page(&room, &who)).into_response())
        }
        Err(Refused::Wrong) => {
            Err(Failed(StatusCode::UNAUTHORIZED, "name and password do not belong together".to_owned()))
        }
        Err(Refused::TooMany(seconds)) => {
            let why = format!("too many tries; wait for {seconds} seconds");
            let problem = super::problem(StatusCode::TOO_MANY_REQUESTS, why);
            Ok(([(header::RETRY_AFTER, seconds.to_string())], problem).into_response())
        }
    }
}

/// Logs out.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session",
    responses((status = 204, description = "Nobody is logged in any more"))
)]
pub(crate) async fn log_out(
    State(room): State<Room>,
    Extension(From(from)): Extension<From>,
    headers: HeaderMap,
) -> Response {
    if let (Entrance::Users(sessions), Some(token)) = (&room.guard.entrance, room.guard.shown(&headers)) {
        sessions.log_out(&token, &from);
        let cookie = room.guard.cookie("", &headers);
        return (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response();
    }
    StatusCode::NO_CONTENT.into_response()
}

/// The log of log-ins and refused actions.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccessPage {
    /// The latest first; older ones stand in the file.
    items: Vec<Access>,
}

/// Log-ins and refused actions, the latest first. For admins.
#[utoipa::path(
    get, path = "/api/v1/access", tag = "session",
    responses(
        (status = 200, body = AccessPage), (status = 403, body = Problem, description = "Not an admin")
    )
)]
pub(crate) async fn access(State(room): State<Room>) -> Result<Json<AccessPage>, Failed> {
    blocking(move || match &room.guard.entrance {
        Entrance::Users(sessions) => {
            let items = sessions.log.latest();
            let items = items.map_err(|e| Failed(StatusCode::INTERNAL_SERVER_ERROR, format!("the log: {e}")))?;
            Ok(Json(AccessPage { items }))
        }
        Entrance::Token { .. } => Ok(Json(AccessPage { items: Vec::new() })),
    })
    .await
}
