//! Who is let in: the holder of the token, from this machine, on a page of this server.
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What a request must show.
pub(crate) struct Guard {
    token: String,
    port: u16,
}

/// Nothing is loaded from elsewhere, nothing runs that is not a file of this server, nobody frames the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl Guard {
    /// A guard with a fresh random token of 256 bits.
    pub(crate) fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        let token = bytes.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Guard { token, port })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Cookies are shared by all ports of a host: the port is part of the name.
    fn cookie_name(&self) -> String {
        format!("variorum-{}", self.port)
    }

    /// A page of another name that resolves to this machine (DNS rebinding) shows its own name here.
    fn is_this_host(&self, host: &str) -> bool {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        names.iter().any(|name| host.eq_ignore_ascii_case(&format!("{name}:{}", self.port)))
    }

    /// Compared by hash, so that the time it takes tells nothing about how much was right.
    fn is_token(&self, shown: &str) -> bool {
        blake3::hash(shown.as_bytes()) == blake3::hash(self.token.as_bytes())
    }

    fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
        let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
        let host = text(header::HOST).unwrap_or_default();
        if !self.is_this_host(host) {
            return Err((StatusCode::MISDIRECTED_REQUEST, "this server answers only by its own address"));
        }
        let origin = text(header::ORIGIN);
        let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host));
        let writes = !matches!(*method, Method::GET | Method::HEAD);
        if origin.is_some_and(|o| !own(o)) || (writes && origin.is_none()) {
            return Err((StatusCode::FORBIDDEN, "the request comes from another page"));
        }
        if uri.path().starts_with("/api/")
            && matches!(text(HeaderName::from_static("sec-fetch-site")), Some("cross-site"))
        {
            return Err((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        let name = self.cookie_name();
        let mut cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let shown = cookies.any(|line| {
            let mut pairs = line.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.any(|(n, value)| n == name && self.is_token(value))
        });
        if shown { Ok(()) } else { Err((StatusCode::UNAUTHORIZED, "open the address that `variorum serve` printed")) }
    }

    /// Trades the token of the printed address for a cookie and takes it out of the address bar.
    fn entrance(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        let shown = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))?;
        let host = headers.get(header::HOST)?.to_str().ok()?;
        if *method != Method::GET || uri.path() != "/" || !self.is_this_host(host) || !self.is_token(shown) {
            return None;
        }
        let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name(), self.token);
        Some(
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())]).into_response(),
        )
    }
}

/// Lets a request through or says why not; marks every answer.
pub(crate) async fn watch(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let mut response = match guard.entrance(method, uri, headers) {
        Some(welcome) => welcome,
        None => match guard.check(method, uri, headers) {
            Ok(()) => next.run(request).await,
            Err((status, why)) if uri.path().starts_with("/api/") => crate::api::problem(status, why),
            Err((status, why)) => (status, format!("{why}\n")).into_response(),
        },
    };
    let marks = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in marks {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}
