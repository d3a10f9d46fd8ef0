use std::net::IpAddr;
use std::time::Duration;

/// Why an address was not to be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Not an address of the web.
    #[error("not an address of the web: {0}")]
    BadAddress(String),
    /// It leads to a machine that may not be connected to.
    #[error("{host} is at {address} ({what}); --allow-private allows it")]
    PrivateAddress {
        /// The host.
        host: String,
        /// One of its addresses.
        address: IpAddr,
        /// What kind of address that is.
        what: &'static str,
    },
    /// No such host.
    #[error("no such host: {0}")]
    HostNotFound(String),
    /// The host does not take the connection.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// The connection is not safe.
    #[error("no safe connection: {0}")]
    Tls(String),
    /// Not done in time.
    #[error("too slow: {step} was not done within {} s", limit.as_secs_f64())]
    TooSlow {
        /// What took too long.
        step: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// The answer is larger than the limit.
    #[error("too large: more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The answer inflates past the limit.
    #[error("inflates to more than {limit} times its size")]
    RatioTooHigh {
        /// The limit, as a factor.
        limit: u64,
    },
    /// The answer ends before its stated length.
    #[error("cut off: the answer ends before its stated length")]
    CutOff,
    /// Not an answer, or wrapped in a way that is not known.
    #[error("bad answer: {0}")]
    BadAnswer(String),
    /// More redirects than the limit: a loop, mostly.
    #[error("too many redirects: more than {limit}")]
    TooManyRedirects {
        /// The limit.
        limit: u32,
    },
    /// A redirect to nowhere, or out of the web.
    #[error("redirects to what is no address of the web: {0:?}")]
    BadRedirect(String),
    /// `robots.txt` asks robots to stay away from it.
    #[error("robots.txt asks not to fetch it")]
    Disallowed,
    /// Whether robots are welcome cannot be found out.
    #[error("robots.txt cannot be had ({0}), so nothing is fetched from there")]
    NoRobots(String),
    /// The server asks to come back later.
    #[error("the server asks to come back later ({status})")]
    Busy {
        /// The status.
        status: u16,
        /// Not before so long.
        after: Option<Duration>,
    },
    /// The server failed.
    #[error("the server failed ({status})")]
    ServerError {
        /// The status.
        status: u16,
    },
    /// It is not there.
    #[error("not there ({status})")]
    Gone {
        /// The status.
        status: u16,
    },
    /// The server does not give it to us.
    #[error("not given ({status})")]
    Refused {
        /// The status.
        status: u16,
    },
    /// Neither a page, nor a text, nor a PDF.
    #[error("not a report: {0:?}")]
    NotAReport(String),
    /// It was given, and cannot be read.
    #[error(transparent)]
    Unreadable(variorum_intake::FailureKind),
    /// The watch is ending.
    #[error("the watch is ending")]
    Stopped,
}

impl FetchError {
    /// A short stable name of the kind.
    pub fn code(&self) -> &'static str {
        match self {
            FetchError::BadAddress(_) => "bad-address",
            FetchError::PrivateAddress { .. } => "private-address",
            FetchError::HostNotFound(_) => "host-not-found",
            FetchError::NoConnection(_) => "no-connection",
            FetchError::Tls(_) => "no-safe-connection",
            FetchError::TooSlow { .. } => "too-slow",
            FetchError::TooLarge { .. } => "too-large",
            FetchError::RatioTooHigh { .. } => "ratio-too-high",
            FetchError::CutOff => "cut-off",
            FetchError::BadAnswer(_) => "bad-answer",
            FetchError::TooManyRedirects { .. } => "too-many-redirects",
            FetchError::BadRedirect(_) => "bad-redirect",
            FetchError::Disallowed => "robots-disallowed",
            FetchError::NoRobots(_) => "no-robots",
            FetchError::Busy { .. } => "busy",
            FetchError::ServerError { .. } => "server-error",
            FetchError::Gone { .. } => "gone",
            FetchError::Refused { .. } => "refused",
            FetchError::NotAReport(_) => "not-a-report",
            FetchError::Unreadable(_) => "unreadable-page",
            FetchError::Stopped => "stopped",
        }
    }

    /// Whether the same request may well succeed another time.
    pub fn is_passing(&self) -> bool {
        use FetchError::*;
        matches!(
            self,
            HostNotFound(_)
                | NoConnection(_)
                | Tls(_)
                | TooSlow { .. }
                | CutOff
                | BadAnswer(_)
                | NoRobots(_)
                | Busy { .. }
                | ServerError { .. }
                | Stopped
        )
    }
}
