//! `/api/openapi.json`.
use axum::Json;
use serde_json::{Value, json};
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
        super::coded::coded,
        super::entries::claim,
        super::entries::report,
        super::search::search,
        super::gazetteer::gazetteer,
        super::gazetteer::within,
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

/// What any request can be answered with, whatever it asks for.
const ALWAYS: [(&str, &str); 5] = [
    ("400", "The request is not of the form described"),
    ("401", "Nobody has logged in, or the printed address was not opened"),
    ("403", "The request comes from another page, or the user's role does not allow it"),
    ("421", "The server was asked by another name than its own"),
    ("503", "Another process holds the ledger"),
];
/// And one with a body.
const WITH_BODY: [(&str, &str); 3] = [
    ("413", "The body is larger than a megabyte"),
    ("415", "The body is not JSON"),
    ("422", "The body does not have the fields described"),
];

/// The OpenAPI 3.1 document.
pub(crate) async fn document() -> Json<Value> {
    let mut document = serde_json::to_value(Document::openapi()).expect("plain data");
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in paths.filter_map(Value::as_object_mut).flat_map(|methods| methods.values_mut()) {
        let body = operation.get("requestBody").is_some();
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        for (status, why) in ALWAYS.iter().chain(WITH_BODY.iter().filter(|_| body)) {
            responses.entry(*status).or_insert_with(|| json!({"description": why}));
        }
        // Every refusal has one form, and a media type of its own.
        for (_, response) in responses.iter_mut().filter(|(status, _)| status.as_str() >= "400") {
            response["content"] =
                json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        }
    }
    Json(document)
}
