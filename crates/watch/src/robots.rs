//! `robots.txt` (RFC 9309).
use crate::failure::FetchError;
use crate::now;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// What we are called in `robots.txt`.
const NAME: &str = "variorum";

/// How long one is kept (RFC 9309, 2.4), in milliseconds.
const KEPT: i64 = 24 * 3600 * 1000;

/// Most of it that is read (RFC 9309, 2.5), in bytes.
const LONGEST: usize = 512_000;

/// Most wildcards that are read: each rule with one takes tens of kilobytes.
const MOST_WILDCARDS: usize = 3000;

/// The rules of each origin, as far as they are known.
#[derive(Default)]
pub(crate) struct Robots {
    known: Mutex<BTreeMap<String, (Robot, i64)>>,
}

/// What it says of one address.
pub(crate) struct Ruling {
    pub(crate) allowed: bool,
    /// The delay that it asks for.
    pub(crate) delay: Option<Duration>,
}

/// Scheme, host and port: what one `robots.txt` is for.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Robots {
    /// Takes one in.
    pub(crate) fn learn(&self, origin: &str, body: &[u8], fetched: i64) -> Result<(), FetchError> {
        let body = &body[..body.len().min(LONGEST)];
        if body.iter().filter(|b| **b == b'*').count() > MOST_WILDCARDS {
            return Err(FetchError::NoRobots(format!("more than {MOST_WILDCARDS} patterns")));
        }
        let robot = Robot::new(NAME, body).map_err(|e| FetchError::NoRobots(e.to_string()))?;
        self.known.lock().unwrap_or_else(|e| e.into_inner()).insert(origin.to_owned(), (robot, fetched));
        Ok(())
    }

    /// What is known of an address; nothing where its `robots.txt` is to be fetched.
    pub(crate) fn ruling(&self, url: &Url) -> Option<Ruling> {
        let known = self.known.lock().unwrap_or_else(|e| e.into_inner());
        let (robot, fetched) = known.get(&origin(url))?;
        if *fetched + KEPT < now() {
            return None;
        }
        let delay = robot.delay.filter(|d| d.is_finite() && *d > 0.0).map(|d| Duration::from_secs_f32(d.min(1e6)));
        Some(Ruling { allowed: robot.allowed(url.as_str()), delay })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(robots: &str, path: &str) -> bool {
        let known = Robots::default();
        known.learn("https://courier.example", robots.as_bytes(), now()).unwrap();
        known.ruling(&Url::parse(&format!("https://courier.example{path}")).unwrap()).unwrap().allowed
    }

    #[test]
    fn our_own_group_counts_before_that_of_all() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nDisallow: /private/\nAllow: /private/open\n";
        assert!(allowed(robots, "/news/1"));
        assert!(!allowed(robots, "/private/1"));
        assert!(allowed(robots, "/private/open/1"));
        assert!(!allowed("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf"));
        assert!(allowed("User-agent: *\nDisallow:\n", "/"));
        assert!(allowed("", "/"));
        assert!(allowed("<html><body>Disallow nothing: not found</body></html>", "/"));
        assert!(!allowed("user-agent: otherbot\nuser-agent: *\ndisallow: /a # all of it\n", "/a"));
    }

    #[test]
    fn one_that_would_take_all_memory_is_refused() {
        let robots = "User-agent: *\n".to_owned() + &"Disallow: /*a*b\n".repeat(20_000);
        let refused = Robots::default().learn("https://courier.example", robots.as_bytes(), now());
        assert!(matches!(refused, Err(FetchError::NoRobots(_))));
    }

    #[test]
    fn an_old_one_is_fetched_again() {
        let known = Robots::default();
        let url = Url::parse("https://courier.example/a").unwrap();
        assert!(known.ruling(&url).is_none());
        known.learn("https://courier.example", b"User-agent: *\nCrawl-delay: 7", now()).unwrap();
        assert_eq!(known.ruling(&url).unwrap().delay, Some(Duration::from_secs(7)));
        known.learn("https://courier.example", b"", now() - KEPT - 1).unwrap();
        assert!(known.ruling(&url).is_none());
    }
}
