//! Who is let in, by what address: the holder of the printed token from this machine, or users who logged in.
use crate::Tiles;
use crate::sessions::Sessions;
use crate::users::Role;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    /// Signs judgements.
    pub(crate) name: Arc<str>,
    pub(crate) role: Role,
}

/// The machine that asks; empty where not known.
#[derive(Clone)]
pub(crate) struct From(pub(crate) String);

/// What a request must show.
pub(crate) struct Guard {
    address: SocketAddr,
    /// Other addresses by which people come: `https://room.example`.
    origins: Vec<String>,
    pub(crate) entrance: Entrance,
    /// Content-Security-Policy.
    policy: HeaderValue,
}

/// What opens the room.
pub(crate) enum Entrance {
    /// The token of the printed address; its holder signs with this name.
    Token { token: String, holder: Who },
    /// Names and passwords.
    Users(Box<Sessions>),
}

/// Nothing is loaded from elsewhere, nothing runs that is not a file of this server, nobody frames the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self' data:";

type Refusal = (StatusCode, &'static str);

impl Guard {
    pub(crate) fn new(address: SocketAddr, origins: Vec<String>, entrance: Entrance, tiles: Option<&Tiles>) -> Self {
        let policy = tiles.map_or(POLICY.to_owned(), |tiles| format!("{POLICY} {}", tiles.origin()));
        let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(POLICY));
        Guard { address, origins, entrance, policy }
    }

    /// An entrance with a fresh random token of 256 bits.
    pub(crate) fn token_of(author: &str) -> Result<Entrance, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        let token = bytes.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Entrance::Token { token, holder: Who { name: author.into(), role: Role::Admin } })
    }

    /// The token, where one opens the room.
    pub(crate) fn token(&self) -> Option<&str> {
        match &self.entrance {
            Entrance::Token { token, .. } => Some(token),
            Entrance::Users(_) => None,
        }
    }

    /// Cookies are shared by all ports of a host: the port is part of the name.
    fn cookie_name(&self) -> String {
        format!("variorum-{}", self.address.port())
    }

    /// A page of another name that resolves to this machine (DNS rebinding) shows its own name here. Addresses in numbers
    /// resolve to nothing else.
    fn is_this_host(&self, host: &str) -> bool {
        let (ip, port) = (self.address.ip(), self.address.port());
        let local = ["127.0.0.1", "localhost", "[::1]"];
        let local = local.iter().any(|name| host.eq_ignore_ascii_case(&format!("{name}:{port}")));
        let numbers = host
            .parse::<SocketAddr>()
            .is_ok_and(|shown| shown.port() == port && (shown.ip() == ip || ip.is_unspecified()));
        let named = self.origins.iter().any(|origin| authority(origin).eq_ignore_ascii_case(host));
        named || numbers || ((ip.is_loopback() || ip.is_unspecified()) && local)
    }

    /// Whether a page of this origin is one of this server, asked by this host.
    fn is_own(&self, origin: &str, host: &str) -> bool {
        let direct = origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host));
        direct || self.origins.iter().any(|own| own.eq_ignore_ascii_case(origin))
    }

    /// Compared by hash, so that the time it takes tells nothing about how much was right.
    fn is_token(&self, shown: &str) -> bool {
        self.token().is_some_and(|token| blake3::hash(shown.as_bytes()) == blake3::hash(token.as_bytes()))
    }

    /// The value of this server's cookie.
    pub(crate) fn shown(&self, headers: &HeaderMap) -> Option<String> {
        let name = self.cookie_name();
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(n, _)| *n == name).map(|(_, value)| value.to_owned())
    }

    /// A cookie that scripts cannot read and other sites cannot send; an empty one takes it away.
    pub(crate) fn cookie(&self, value: &str, headers: &HeaderMap) -> String {
        let host = text(headers, header::HOST).unwrap_or_default();
        let safe = |o: &String| o.starts_with("https://") && authority(o).eq_ignore_ascii_case(host);
        let secure = if self.origins.iter().any(safe) { "; Secure" } else { "" };
        let gone = if value.is_empty() { "; Max-Age=0" } else { "" };
        format!("{}={value}; HttpOnly; SameSite=Strict; Path=/{secure}{gone}", self.cookie_name())
    }

    /// Whether the request was made by a page of this server, or by nobody's.
    fn check_address(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = text(headers, header::HOST).unwrap_or_default();
        if !self.is_this_host(host) {
            return Err((StatusCode::MISDIRECTED_REQUEST, "this server answers only by its own address"));
        }
        let origin = text(headers, header::ORIGIN);
        if origin.is_some_and(|o| !self.is_own(o, host)) || (writes(method) && origin.is_none()) {
            return Err((StatusCode::FORBIDDEN, "the request comes from another page"));
        }
        let site = text(headers, HeaderName::from_static("sec-fetch-site"));
        if uri.path().starts_with("/api/") && site == Some("cross-site") {
            return Err((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        Ok(())
    }

    /// Who asks, where that is known.
    pub(crate) fn who(&self, headers: &HeaderMap) -> Option<Who> {
        let shown = self.shown(headers)?;
        match &self.entrance {
            Entrance::Token { holder, .. } => self.is_token(&shown).then(|| holder.clone()),
            Entrance::Users(sessions) => sessions.who(&shown),
        }
    }

    /// Whether this is for everybody: the page itself holds nothing of the ledger, and by `session` one comes in.
    fn is_open(&self, method: &Method, uri: &Uri) -> bool {
        let users = matches!(self.entrance, Entrance::Users(_));
        users && (uri.path() == SESSION || (!uri.path().starts_with("/api/") && !writes(method)))
    }

    /// Lets the request in, says who asks, or says why not.
    fn check(&self, request: &Request) -> Result<Option<Who>, Refusal> {
        let (method, uri, headers) = (request.method(), request.uri(), request.headers());
        self.check_address(method, uri, headers)?;
        let who = self.who(headers);
        if self.is_open(method, uri) {
            return Ok(who);
        }
        let Some(who) = who else {
            let how = match self.entrance {
                Entrance::Token { .. } => "open the address that `variorum serve` printed",
                Entrance::Users(_) => "log in",
            };
            return Err((StatusCode::UNAUTHORIZED, how));
        };
        if writes(method) && uri.path() != SESSION && who.role < Role::Coder {
            return Err((StatusCode::FORBIDDEN, "readers decide nothing; ask for the role of a coder"));
        }
        if uri.path() == ACCESS && who.role < Role::Admin {
            return Err((StatusCode::FORBIDDEN, "the log is for admins"));
        }
        Ok(Some(who))
    }

    /// Trades the token of the printed address for a cookie and takes it out of the address bar.
    fn welcome(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        let shown = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))?;
        let host = text(headers, header::HOST)?;
        if *method != Method::GET || uri.path() != "/" || !self.is_this_host(host) || !self.is_token(shown) {
            return None;
        }
        let cookie = self.cookie(shown, headers);
        Some(
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())]).into_response(),
        )
    }

    fn note_refused(&self, request: &Request, from: &str) {
        if let Entrance::Users(sessions) = &self.entrance {
            let who = self.who(request.headers()).map_or_else(String::new, |who| who.name.to_string());
            sessions.log.note("refused", &who, from, &format!("{} {}", request.method(), request.uri().path()));
        }
    }
}

/// Where one logs in and out.
const SESSION: &str = "/api/v1/session";
/// The log.
const ACCESS: &str = "/api/v1/access";

fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// Host and port of an origin.
fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, rest)| rest)
}

/// Lets a request through or says why not; marks every answer.
pub(crate) async fn watch(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    let peer: Option<IpAddr> = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let from = peer.map(|ip| ip.to_string()).unwrap_or_default();
    let welcome = guard.welcome(request.method(), request.uri(), request.headers());
    let mut response = match (welcome, guard.check(&request)) {
        (Some(welcome), _) => welcome,
        (None, Ok(who)) => {
            request.extensions_mut().insert(From(from));
            who.map(|who| request.extensions_mut().insert(who));
            next.run(request).await
        }
        (None, Err((status, why))) => {
            guard.note_refused(&request, &from);
            if request.uri().path().starts_with("/api/") {
                crate::api::problem(status, why)
            } else {
                (status, format!("{why}\n")).into_response()
            }
        }
    };
    let marks = [
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
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, guard.policy.clone());
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}
