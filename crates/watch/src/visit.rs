//! All requests that one address takes: its host's `robots.txt`, redirects.
use crate::failure::FetchError;
use crate::fetch::{Answer, Fetcher};
use crate::now;
use crate::pace::Pace;
use crate::robots::{Robots, origin};
use std::time::{Duration, Instant};
use url::Url;
use variorum_ledger::{Address, Validators};

/// What the visits share.
pub(crate) struct Visitor<'a> {
    pub(crate) fetcher: Fetcher,
    pub(crate) pace: Pace,
    pub(crate) robots: Robots,
    pub(crate) stopped: &'a (dyn Fn() -> bool + Sync),
}

/// What a visit came to.
pub(crate) struct Visit {
    pub(crate) address: Address,
    /// `robots.txt` that were fetched on the way, by origin.
    pub(crate) robots: Vec<(String, Vec<u8>)>,
    /// Where the redirects led, and what was there.
    pub(crate) made: Result<(Url, Answer), FetchError>,
}

/// Host and port: what is asked at its own pace.
pub(crate) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Longest sleep between two looks at whether the watch is ending.
const NAP: Duration = Duration::from_millis(100);

impl Visitor<'_> {
    pub(crate) fn visit(&self, address: Address) -> Visit {
        let mut robots = Vec::new();
        let made = Url::parse(&address.url)
            .map_err(|_| FetchError::BadAddress(address.url.clone()))
            .and_then(|url| self.follow(url, &address.validators, &mut |url| self.may_fetch(url, &mut robots)));
        Visit { address, robots, made }
    }

    /// Asks for an address, and for where it leads; each must pass `check`.
    fn follow(
        &self,
        mut url: Url,
        known: &Validators,
        check: &mut dyn FnMut(&Url) -> Result<(), FetchError>,
    ) -> Result<(Url, Answer), FetchError> {
        let limit = self.fetcher.limits().redirects;
        for _ in 0..=limit {
            check(&url)?;
            self.wait(&url)?;
            match self.fetcher.get(&url, known)? {
                Answer::Elsewhere(to) => url = to,
                answer => return Ok((url, answer)),
            }
        }
        Err(FetchError::TooManyRedirects { limit })
    }

    /// Waits for the turn of its host.
    fn wait(&self, url: &Url) -> Result<(), FetchError> {
        let turn = self.pace.book(&host(url));
        loop {
            if (self.stopped)() {
                return Err(FetchError::Stopped);
            }
            let left = turn.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(NAP));
        }
    }

    /// Whether robots are welcome there. Its `robots.txt` is fetched where it is not known: one that is not there welcomes
    /// all; while it cannot be had for another reason, nobody is welcome (RFC 9309, 2.3.1).
    fn may_fetch(&self, url: &Url, fetched: &mut Vec<(String, Vec<u8>)>) -> Result<(), FetchError> {
        if self.robots.ruling(url).is_none() {
            let at = url.join("/robots.txt").map_err(|_| FetchError::BadAddress(url.as_str().to_owned()))?;
            let body = match self.follow(at, &Validators::default(), &mut |_| Ok(())) {
                Ok((_, Answer::Body { bytes, .. })) => bytes,
                Ok(_) => return Err(FetchError::NoRobots("no answer that makes sense".to_owned())),
                Err(FetchError::Gone { .. } | FetchError::Refused { .. }) => Vec::new(),
                Err(busy @ FetchError::Busy { .. }) => return Err(busy),
                Err(FetchError::ServerError { status }) => {
                    return Err(FetchError::NoRobots(format!("the server failed with {status}")));
                }
                Err(e) if matches!(e.code(), "too-large" | "ratio-too-high" | "bad-answer" | "cut-off") => {
                    return Err(FetchError::NoRobots(e.to_string()));
                }
                Err(e) if matches!(e.code(), "too-many-redirects" | "bad-redirect") => Vec::new(),
                Err(e) => return Err(e),
            };
            self.robots.learn(&origin(url), &body, now())?;
            fetched.push((origin(url), body));
        }
        let ruling = self.robots.ruling(url).ok_or(FetchError::NoRobots("it is too old".to_owned()))?;
        if let Some(delay) = ruling.delay {
            self.pace.slow_down(&host(url), delay);
        }
        if ruling.allowed { Ok(()) } else { Err(FetchError::Disallowed) }
    }
}
