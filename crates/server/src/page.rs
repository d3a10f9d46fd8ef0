//! The front end, as `web/` was last built.
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// Files of `web/dist`; none where the front end was not built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

const NOT_BUILT: &str = "This variorum was built without its pages. Run `make web` (it needs Node.js 20.19 or newer) and \
                         build again.\nThe API is there: /api/v1/incidents, described at /api/openapi.json\n";

/// A file of the front end; for any address without a file, the page itself, which reads the address.
pub(crate) async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    // The bundler names files by their content.
    let (name, forever) = if path.starts_with("assets/") { (path, true) } else { ("index.html", false) };
    match Files::get(name) {
        Some(file) => {
            let kind = match name.rsplit('.').next().unwrap_or_default() {
                "html" => "text/html; charset=utf-8",
                "js" => "text/javascript; charset=utf-8",
                "css" => "text/css; charset=utf-8",
                "json" => "application/json",
                "svg" => "image/svg+xml",
                _ => "application/octet-stream",
            };
            let cache = if forever { "private, max-age=31536000, immutable" } else { "private, no-cache" };
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)], file.data).into_response()
        }
        None if forever => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response(),
    }
}
