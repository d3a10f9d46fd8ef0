//! One request, within limits.
use crate::failure::FetchError;
use crate::reach::{Reach, Refused, WithinReach};
use std::io::{ErrorKind, Read};
use std::time::{Duration, SystemTime};
use ureq::http::{HeaderMap, Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Timeout};
use url::Url;
use variorum_intake::{FailureKind, Options, unwrapped};
use variorum_ledger::Validators;

/// Bounds on what is fetched.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest time until a connection stands: look-up of the name, and handshakes.
    pub connect: Duration,
    /// Longest time for one request, the body included.
    pub total: Duration,
    /// Most bytes of a body, as they are sent and as they inflate.
    pub body: u64,
    /// Most times that a body may inflate to its size, past the first megabyte.
    pub ratio: u64,
    /// Most redirects one after another.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            body: 5_000_000,
            ratio: 100,
            redirects: 5,
        }
    }
}

/// What a server answered.
#[derive(Debug)]
pub enum Answer {
    /// What was kept is still so.
    Same,
    /// Something.
    Body {
        /// `Content-Type`.
        mime: String,
        /// The body, unwrapped.
        bytes: Vec<u8>,
        /// To ask with, next time.
        validators: Validators,
    },
    /// It is elsewhere.
    Elsewhere(Url),
}

/// Makes requests, within [`Limits`] and [`Reach`]. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    options: Options,
}

impl Fetcher {
    /// A fetcher that calls itself `user_agent`. Proxies of the environment are not used: behind one, nobody could say which
    /// machine is connected to.
    pub fn new(user_agent: &str, limits: Limits, reach: Reach) -> Self {
        let config = Agent::config_builder()
            .user_agent(user_agent)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5")
            .accept_encoding("gzip")
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(64 * 1024)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.total))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::WebPki).build())
            .build();
        let resolver = WithinReach { reach, resolver: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        let options = Options::default().max_ratio(limits.ratio).max_member_bytes(limits.body);
        Fetcher { agent, limits, options }
    }

    /// The limits that it keeps to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Breaks off all requests in hand; later ones fail.
    pub fn shut_down(&self) {
        self.agent.clone().shutdown();
    }

    /// Asks for an address once; redirects are answers.
    ///
    /// # Errors
    /// Each limit, and each way for a server to say no, has its own.
    pub fn get(&self, url: &Url, known: &Validators) -> Result<Answer, FetchError> {
        self.check(url)?;
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let answer = request.call().map_err(|e| self.failed(url, e))?;
        let status = answer.status().as_u16();
        match status {
            304 => Ok(Answer::Same),
            301 | 302 | 303 | 307 | 308 => elsewhere(url, answer.headers()).map(Answer::Elsewhere),
            200..=299 => self.body(url, answer),
            _ => Err(refusal(status, answer.headers())),
        }
    }

    /// Sends a body; answers the status, and how long the server asks to wait.
    ///
    /// # Errors
    /// Where there is no answer.
    pub fn post(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<(u16, Option<Duration>), FetchError> {
        self.check(url)?;
        let request = headers.iter().fold(self.agent.post(url.as_str()), |r, (name, value)| r.header(*name, *value));
        let answer = request.send(body).map_err(|e| self.failed(url, e))?;
        Ok((answer.status().as_u16(), retry_after(answer.headers(), SystemTime::now())))
    }

    fn check(&self, url: &Url) -> Result<(), FetchError> {
        let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
        match is_web && url.username().is_empty() && url.password().is_none() {
            true => Ok(()),
            false => Err(FetchError::BadAddress(url.as_str().to_owned())),
        }
    }

    fn body(&self, url: &Url, answer: Response<Body>) -> Result<Answer, FetchError> {
        let text = |name| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let validators = Validators { etag: text(header::ETAG), modified: text(header::LAST_MODIFIED) };
        let mime = text(header::CONTENT_TYPE).unwrap_or_default();
        let encoding = text(header::CONTENT_ENCODING).unwrap_or_default().to_ascii_lowercase();
        let limit = self.limits.body;
        if answer.body().content_length().is_some_and(|n| n > limit) {
            return Err(FetchError::TooLarge { limit });
        }
        let mut bytes = Vec::new();
        let mut body = answer.into_body().into_with_config().limit(u64::MAX).reader().take(limit + 1);
        body.read_to_end(&mut bytes).map_err(|e| self.failed(url, ureq::Error::from(e)))?;
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        for one in encoding.split(',').rev().map(str::trim).filter(|e| !e.is_empty() && *e != "identity") {
            bytes = unwrapped(&bytes, one, &self.options).map_err(|kind| match kind {
                FailureKind::RatioTooHigh { limit } => FetchError::RatioTooHigh { limit },
                FailureKind::TooLarge { limit, .. } => FetchError::TooLarge { limit },
                other => FetchError::BadAnswer(other.to_string()),
            })?;
        }
        Ok(Answer::Body { mime, bytes, validators })
    }

    /// Names what the client reports.
    fn failed(&self, url: &Url, error: ureq::Error) -> FetchError {
        let host = url.host_str().unwrap_or_default().to_owned();
        match error {
            ureq::Error::Other(other) => match other.downcast::<Refused>() {
                Ok(refused) => {
                    let Refused { host, address, what } = *refused;
                    FetchError::PrivateAddress { host, address, what }
                }
                Err(other) => FetchError::NoConnection(other.to_string()),
            },
            ureq::Error::HostNotFound => FetchError::HostNotFound(host),
            ureq::Error::Timeout(at) => {
                let (step, limit) = match at {
                    Timeout::Resolve => ("the look-up of the host", self.limits.connect),
                    Timeout::Connect => ("the connection", self.limits.connect),
                    _ => ("the answer", self.limits.total),
                };
                FetchError::TooSlow { step, limit }
            }
            ureq::Error::Io(e) => match e.kind() {
                ErrorKind::UnexpectedEof => FetchError::CutOff,
                ErrorKind::TimedOut => FetchError::TooSlow { step: "the answer", limit: self.limits.total },
                // The standard library gives failed look-ups no kind of their own.
                _ if e.to_string().starts_with("failed to lookup address") => FetchError::HostNotFound(host),
                _ => FetchError::NoConnection(e.to_string()),
            },
            ureq::Error::Tls(why) => FetchError::Tls(why.to_owned()),
            ureq::Error::Rustls(why) => FetchError::Tls(why.to_string()),
            ureq::Error::ConnectionFailed => FetchError::NoConnection("refused".to_owned()),
            other => FetchError::BadAnswer(other.to_string()),
        }
    }
}

fn elsewhere(url: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let bad = || FetchError::BadRedirect(location.to_owned());
    let mut to = url.join(location).map_err(|_| bad())?;
    to.set_fragment(None);
    if location.is_empty()
        || !matches!(to.scheme(), "http" | "https")
        || (url.scheme() == "https" && to.scheme() == "http")
    {
        return Err(bad());
    }
    Ok(to)
}

fn refusal(status: u16, headers: &HeaderMap) -> FetchError {
    match status {
        429 | 503 => FetchError::Busy { status, after: retry_after(headers, SystemTime::now()) },
        404 | 410 => FetchError::Gone { status },
        400..=499 => FetchError::Refused { status },
        500..=599 => FetchError::ServerError { status },
        _ => FetchError::BadAnswer(format!("status {status}")),
    }
}

/// Longest wait that a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// `Retry-After`: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match value.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default(),
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::http::HeaderValue;

    #[test]
    fn servers_ask_for_a_wait_in_seconds_or_by_a_date() {
        let now = httpdate::parse_http_date("Tue, 14 May 2024 17:40:00 GMT").unwrap();
        let wait = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(value));
            retry_after(&headers, now).map(|d| d.as_secs())
        };
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Tue, 14 May 2024 17:41:30 GMT"), Some(90));
        assert_eq!(wait("Tue, 14 May 2024 17:00:00 GMT"), Some(0));
        assert_eq!(wait("99999999"), Some(24 * 3600));
        assert_eq!(wait("soon"), None);
    }
}
