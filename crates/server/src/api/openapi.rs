//! `/api/openapi.json`.
use axum::Json;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Variorum",
        description = "Incidents, claims, reports and judgements of one ledger, in the words of the data contract. Offsets are Unicode code points, half-open."
    ),
    paths(
        super::entries::ledger,
        super::incidents::list,
        super::incidents::one,
        super::entries::claim,
        super::entries::report,
        super::search::search,
        super::gazetteer::gazetteer,
        super::gazetteer::vocabulary,
        super::cast::actors,
        super::cast::actor,
        super::network::network,
        super::network::edge,
        super::cast::publishers,
        super::cast::agreements,
        super::selection::file,
        super::queue::queue,
        super::audit::sample,
        super::audit::mark,
        super::judgements::list,
        super::judgements::post,
        super::session::session,
        super::session::log_in,
        super::session::log_out,
        super::session::access,
    )
)]
struct Document;

/// The OpenAPI 3.1 document.
pub(crate) async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
