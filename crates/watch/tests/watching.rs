//! The loop over a server that misbehaves: what is asked when, what is kept, and what a run that is broken off leaves.
mod common;
use common::{Request, Server, feed, page, send};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use variorum_ledger::{Added, Ledger, LedgerError};
use variorum_model::{Analysis, Report};
use variorum_watch::{Alert, Config, Desk, News, Tally, WatchError, watch};

/// Stores reports as they are, without reading them.
#[derive(Default)]
struct Plain {
    read: Vec<Report>,
    missed: Vec<(String, &'static str)>,
    /// Breaks down before it stores the report of this number, counted from 0.
    breaks_at: Option<usize>,
}

impl Desk for Plain {
    fn read(&mut self, ledger: &mut Ledger, report: Report) -> Result<Added, LedgerError> {
        if self.breaks_at == Some(self.read.len()) {
            return Err(LedgerError::Full { path: "test".to_owned() });
        }
        self.read.push(report.clone());
        ledger.add(&Analysis { report, ..Analysis::default() })
    }
    fn link(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        ledger.relink().map(|_| ())
    }
    fn show(&mut self, _: &Alert) -> std::io::Result<()> {
        Ok(())
    }
    fn say(&mut self, news: News<'_>) {
        if let News::Missed { url, why, .. } = news {
            let path = url.splitn(4, '/').last().unwrap_or_default();
            self.missed.push((format!("/{path}"), why.code()));
        }
    }
}

struct Place {
    folder: TempDir,
    text: String,
}

impl Place {
    fn new(server: &Server, more: &str) -> Self {
        let text = format!(
            "contact = 'desk@desk.example'\nallow = ['127.0.0.1']\n{more}\n[[feed]]\nurl = '{}'\nevery = '1h'",
            server.url("/feed")
        );
        Place { folder: tempfile::tempdir().unwrap(), text }
    }

    fn ledger(&self) -> Ledger {
        Ledger::open_or_create(self.folder.path().join("ledger.db")).unwrap()
    }

    fn once(&self, desk: &mut Plain) -> Result<Tally, WatchError> {
        watch(&Config::parse(&self.text).unwrap(), &mut self.ledger(), desk, &|| false, false, true)
    }

    /// Watches until `enough`, for ten seconds at most.
    fn until(&self, desk: &mut Plain, enough: impl Fn() -> bool + Sync) -> Tally {
        let start = Instant::now();
        let stop = || enough() || start.elapsed() > Duration::from_secs(10);
        watch(&Config::parse(&self.text).unwrap(), &mut self.ledger(), desk, &stop, false, false).unwrap()
    }
}

const QUICK: &str =
    "[politeness]\ndelay = '1ms'\nretry = '60ms'\n[limits]\ntotal = '700ms'\nsize_mb = 1.5\nratio = 10\nredirects = 3";

fn html(stream: &mut TcpStream, n: usize) -> std::io::Result<()> {
    send(stream, "200 OK", &[("Content-Type", "text/html"), ("ETag", "\"p\"")], page(n).as_bytes())
}

/// A server with a feed of these paths and a `robots.txt`; `answer` gives the pages.
fn site(
    paths: &'static [&'static str],
    robots: &'static str,
    answer: impl Fn(&Request, usize, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
) -> Server {
    Server::start("127.0.0.1", move |request, n, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, "200 OK", &[], robots.as_bytes()),
        "/feed" if request.header("if-none-match") == Some("\"f\"") => send(stream, "304 Not Modified", &[], b""),
        "/feed" => {
            let host = request.header("host").unwrap_or_default();
            let urls: Vec<String> = paths.iter().map(|p| format!("http://{host}{p}")).collect();
            send(stream, "200 OK", &[("ETag", "\"f\"")], feed(&urls).as_bytes())
        }
        _ => answer(request, n, stream),
    })
}

#[test]
fn bad_pages_are_named_and_stop_nothing() {
    // Another machine of the inside, which must not be reached by way of a redirect.
    let inside = Server::start("127.0.0.2", |_, _, stream| send(stream, "200 OK", &[], b"inside"));
    let to_inside = inside.url("/secret");
    let paths = &[
        "/slow",
        "/endless",
        "/loop",
        "/inside",
        "/metadata",
        "/short",
        "/private/1",
        "/picture",
        "/empty",
        "/moved",
        "/good",
    ];
    let server =
        site(paths, "User-agent: *\nDisallow: /private/", move |request, n, stream| match request.path.as_str() {
            "/slow" => {
                std::thread::sleep(Duration::from_secs(20));
                Ok(())
            }
            "/endless" => {
                use std::io::Write;
                write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                loop {
                    write!(stream, "2000\r\n{}\r\n", "x".repeat(0x2000))?;
                }
            }
            "/loop" => send(stream, "302 Found", &[("Location", "/loop")], b""),
            "/inside" => send(stream, "302 Found", &[("Location", &to_inside)], b""),
            "/metadata" => send(stream, "301 Moved", &[("Location", "http://169.254.169.254/latest/meta-data/")], b""),
            "/short" => {
                use std::io::Write;
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>")
            }
            "/picture" => send(stream, "200 OK", &[("Content-Type", "image/png")], b"x"),
            "/empty" => send(stream, "200 OK", &[("Content-Type", "text/html")], b"<html><body></body></html>"),
            "/moved" => send(stream, "301 Moved", &[("Location", "/moved-here")], b""),
            _ => html(stream, n),
        });
    let place = Place::new(&server, QUICK);
    let mut desk = Plain::default();
    let tally = place.once(&mut desk).unwrap();
    let mut missed = desk.missed.clone();
    missed.sort();
    let expected = [
        ("/empty", "unreadable-page"),
        ("/endless", "too-large"),
        ("/inside", "private-address"),
        ("/loop", "too-many-redirects"),
        ("/metadata", "private-address"),
        ("/picture", "not-a-report"),
        ("/private/1", "robots-disallowed"),
        ("/short", "cut-off"),
        ("/slow", "too-slow"),
    ];
    assert_eq!(missed, expected.map(|(path, code)| (path.to_owned(), code)));
    assert_eq!((tally.pages, tally.missed), (2, 9));
    assert_eq!(inside.seen().len(), 0, "no connection may be made to the inside");
    assert_eq!((server.count("/private/1"), server.count("/robots.txt"), server.count("/loop")), (0, 1, 4));
    let mut urls: Vec<&str> = desk.read.iter().map(|r| r.id.rsplit('/').next().unwrap()).collect();
    urls.sort_unstable();
    assert_eq!(urls, ["good", "moved-here"]);
    // What is never tried again is a failure of the ledger; what may pass (slow, cut off) is not, yet.
    let mut codes: Vec<String> = place.ledger().failures().unwrap().into_iter().map(|f| f.code).collect();
    codes.sort();
    assert_eq!(
        codes,
        [
            "not-a-report",
            "private-address",
            "private-address",
            "robots-disallowed",
            "too-large",
            "too-many-redirects",
            "unreadable-page"
        ]
    );
}

#[test]
fn a_second_run_asks_for_nothing_that_is_known() {
    let server = site(&["/1", "/2"], "", |_, n, stream| html(stream, n));
    let place = Place::new(&server, QUICK);
    let first = place.once(&mut Plain::default()).unwrap();
    assert_eq!((first.lists, first.pages), (1, 2));
    assert_eq!(server.seen().len(), 4);
    // Nothing is due yet.
    assert_eq!(place.once(&mut Plain::default()).unwrap(), Tally::default());
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_feed_that_is_the_same_is_not_sent_again() {
    let server = site(&["/1"], "", |_, n, stream| html(stream, n));
    let mut place = Place::new(&server, QUICK);
    place.text = place.text.replace("every = '1h'", "every = '30ms'");
    let tally = place.until(&mut Plain::default(), || server.count("/feed") >= 4);
    assert_eq!(tally.pages, 1);
    assert!(tally.same >= 2, "{tally:?}");
    assert_eq!((server.count("/1"), server.count("/robots.txt")), (1, 1));
    assert!(
        server.seen().iter().filter(|r| r.path == "/feed").skip(1).all(|r| r.header("if-none-match") == Some("\"f\""))
    );
}

#[test]
fn a_run_that_breaks_off_fetches_at_most_the_page_in_hand_once_more() {
    let server = site(&["/1", "/2", "/3"], "", |request, _, stream| html(stream, request.path.len() + 1));
    let place = Place::new(&server, QUICK);
    // Page 1 is stored; page 2 is fetched, and then everything ends, as a killed process would.
    let broken = place.once(&mut Plain { breaks_at: Some(1), ..Plain::default() });
    assert!(matches!(broken, Err(WatchError::Ledger(_))));
    let mut desk = Plain::default();
    place.once(&mut desk).unwrap();
    assert_eq!(desk.read.len(), 2);
    let counts = ["/robots.txt", "/feed", "/1", "/2", "/3"].map(|p| server.count(p));
    assert_eq!(counts, [1, 1, 1, 2, 1]);
}

#[test]
fn failures_that_pass_are_tried_again_later_and_later() {
    let server = site(&["/1"], "", |_, n, stream| match n {
        0..=2 => send(stream, "500 Internal Server Error", &[], b""),
        _ => html(stream, 1),
    });
    let place = Place::new(&server, QUICK);
    let mut desk = Plain::default();
    place.until(&mut desk, || server.count("/1") >= 4);
    assert_eq!(desk.missed, [(); 3].map(|()| ("/1".to_owned(), "server-error")));
    let tried: Vec<Instant> = server.seen().iter().filter(|r| r.path == "/1").map(|r| r.at).collect();
    for (gap, least) in tried.windows(2).map(|w| w[1] - w[0]).zip([60, 120, 240]) {
        assert!(gap >= Duration::from_millis(least - 5), "{gap:?} is less than {least} ms");
    }
}

#[test]
fn a_host_that_asks_to_wait_is_left_alone_with_all_its_pages() {
    let server = site(&["/1", "/2"], "", |request, n, stream| match (request.path.as_str(), n) {
        ("/1", 0) => send(stream, "429 Too Many Requests", &[("Retry-After", "1")], b""),
        _ => html(stream, n),
    });
    let place = Place::new(&server, QUICK);
    place.until(&mut Plain::default(), || server.count("/1") >= 2 && server.count("/2") >= 1);
    let refused = server.seen().iter().find(|r| r.path == "/1").unwrap().at;
    let later: Vec<_> = server.seen().into_iter().filter(|r| r.at > refused).collect();
    assert!(!later.is_empty());
    for request in later {
        let wait = request.at - refused;
        assert!(wait >= Duration::from_millis(995), "{} after {wait:?}", request.path);
    }
}

#[test]
fn requests_to_one_host_are_apart_also_where_robots_ask_for_more() {
    let server = site(&["/1", "/2", "/3"], "User-agent: *\nCrawl-delay: 0.2", |_, n, stream| html(stream, n));
    let place = Place::new(&server, "[politeness]\ndelay = '50ms'");
    place.once(&mut Plain::default()).unwrap();
    let at: Vec<Instant> = server.seen().iter().map(|r| r.at).collect();
    assert_eq!(at.len(), 5);
    for gap in at.windows(2).map(|w| w[1] - w[0]) {
        assert!(gap >= Duration::from_millis(190), "{gap:?}");
    }
}

#[test]
fn where_robots_txt_fails_nothing_is_fetched() {
    let server = Server::start("127.0.0.1", |request, _, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, "500 Internal Server Error", &[], b""),
        _ => send(stream, "200 OK", &[], b"x"),
    });
    let place = Place::new(&server, QUICK);
    let mut desk = Plain::default();
    place.once(&mut desk).unwrap();
    assert_eq!(desk.missed, [("/feed".to_owned(), "no-robots")]);
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn pages_are_asked_for_once_more_and_later_versions_are_kept() {
    let server = site(&["/1"], "", |request, n, stream| match (n, request.header("if-none-match")) {
        (0, None) => html(stream, 1),
        (1, Some("\"p\"")) => send(stream, "304 Not Modified", &[], b""),
        _ => html(stream, 2),
    });
    let mut place = Place::new(&server, QUICK);
    place.text.push_str("\nrevisit = ['30ms', '30ms']\npublisher = 'Malvek Courier'");
    let mut desk = Plain::default();
    place.until(&mut desk, || server.count("/1") >= 3);
    let versions: Vec<(u32, bool)> =
        place.ledger().reports().map(|r| r.unwrap()).map(|r| (r.version, r.current)).collect();
    assert_eq!(versions, [(1, false), (2, true)]);
    assert!(desk.read.iter().all(|r| r.publisher == "Malvek Courier"));
}

#[test]
fn links_of_an_index_page() {
    let server = Server::start("127.0.0.1", |request, n, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, "404 Not Found", &[], b""),
        "/" => {
            let links = r#"<body><a href="/news/1">a</a> <a href="/about">b</a> <a href="http://127.0.0.9/news/2">c</a></body>"#;
            send(stream, "200 OK", &[("Content-Type", "text/html")], links.as_bytes())
        }
        _ => html(stream, n),
    });
    let mut place = Place::new(&server, QUICK);
    place.text = place.text.replace("[[feed]]", "[[pages]]").replace("/feed'", "/'\nlinks = ['/news/*']");
    assert_eq!(place.once(&mut Plain::default()).unwrap().pages, 1);
    assert_eq!(server.paths(), ["/robots.txt", "/", "/news/1"]);
}

#[test]
fn a_watch_ends_when_it_is_told_to() {
    let server = site(&["/1"], "", |_, _, _| {
        std::thread::sleep(Duration::from_secs(20));
        Ok(())
    });
    let place = Place::new(&server, "[politeness]\ndelay = '1ms'\n[limits]\ntotal = '15s'");
    let asked = AtomicBool::new(false);
    let start = Instant::now();
    place.until(&mut Plain::default(), || {
        asked.fetch_or(server.count("/1") == 1, Ordering::SeqCst);
        asked.load(Ordering::SeqCst)
    });
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    // It was not answered: it is due still.
    assert!(place.ledger().next_due(i64::MAX, &[&server.url("/feed")], &[]).unwrap().is_some());
}
