//! One request to a server that misbehaves: every limit has a failure of its own.
mod common;
use common::{Server, send};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::{Duration, Instant};
use url::Url;
use variorum_ledger::Validators;
use variorum_watch::{Answer, FetchError, Fetcher, Limits, Reach};

fn limits() -> Limits {
    Limits { connect: Duration::from_secs(2), total: Duration::from_secs(5), body: 200_000, ratio: 20, redirects: 3 }
}

fn local() -> Reach {
    Reach::public(["127.0.0.1/32".parse().unwrap()])
}

fn get_with(limits: Limits, url: &str) -> Result<Answer, FetchError> {
    Fetcher::new("Variorum/test (+desk@desk.example)", limits, local())
        .get(&Url::parse(url).unwrap(), &Validators::default())
}

fn get(url: &str) -> Result<Answer, FetchError> {
    get_with(limits(), url)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn a_page_comes_with_what_to_ask_with_next_time() {
    let server = Server::start("127.0.0.1", |request, _, stream| match request.header("if-none-match") {
        Some("\"7\"") => send(stream, "304 Not Modified", &[], b""),
        _ => {
            let headers = [("ETag", "\"7\""), ("Content-Type", "text/html"), ("Content-Encoding", "gzip")];
            send(stream, "200 OK", &headers, &gzip(b"<p>Shells"))
        }
    });
    let fetcher = Fetcher::new("Variorum/test (+desk@desk.example)", limits(), local());
    let url = Url::parse(&server.url("/a")).unwrap();
    let Answer::Body { mime, bytes, validators } = fetcher.get(&url, &Validators::default()).unwrap() else {
        panic!("no body")
    };
    assert_eq!((mime.as_str(), bytes.as_slice()), ("text/html", &b"<p>Shells"[..]));
    assert_eq!(validators.etag.as_deref(), Some("\"7\""));
    assert!(matches!(fetcher.get(&url, &validators).unwrap(), Answer::Same));
    let asked = &server.seen()[0];
    assert_eq!(asked.header("user-agent"), Some("Variorum/test (+desk@desk.example)"));
    assert_eq!(asked.header("accept-encoding"), Some("gzip"));
}

#[test]
fn a_server_that_is_slow() {
    // The head never comes; the body comes byte by byte.
    let server = Server::start("127.0.0.1", |request, _, stream| {
        if request.path == "/drip" {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                stream.write_all(b"x")?;
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        std::thread::sleep(Duration::from_secs(20));
        Ok(())
    });
    for path in ["/never", "/drip"] {
        let start = Instant::now();
        let quick = Limits { total: Duration::from_millis(300), ..limits() };
        let error = get_with(quick, &server.url(path)).unwrap_err();
        assert!(matches!(error, FetchError::TooSlow { .. }), "{path}: {error:?}");
        assert!(start.elapsed() < Duration::from_secs(10), "{path}");
    }
}

#[test]
fn a_body_without_an_end_and_one_that_is_too_long() {
    let server = Server::start("127.0.0.1", |request, _, stream| {
        if request.path == "/stated" {
            return write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
        }
        write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        loop {
            write!(stream, "2000\r\n{}\r\n", "x".repeat(0x2000))?;
        }
    });
    for path in ["/endless", "/stated"] {
        assert!(matches!(get(&server.url(path)), Err(FetchError::TooLarge { limit: 200_000 })), "{path}");
    }
}

#[test]
fn a_body_that_inflates_without_measure() {
    let bomb = gzip(&vec![b'x'; 30_000_000]);
    let large = gzip(&vec![b'x'; 900_000]);
    let server = Server::start("127.0.0.1", move |request, _, stream| {
        let headers = [("Content-Encoding", if request.path == "/odd" { "br" } else { "gzip" })];
        send(stream, "200 OK", &headers, if request.path == "/bomb" { &bomb } else { &large })
    });
    // Past the first megabyte the ratio counts; before it, the size.
    let roomy = Limits { body: 5_000_000, ..limits() };
    assert!(matches!(get_with(roomy, &server.url("/bomb")), Err(FetchError::RatioTooHigh { limit: 20 })));
    assert!(matches!(get(&server.url("/large")), Err(FetchError::TooLarge { .. })));
    assert!(matches!(get(&server.url("/odd")), Err(FetchError::BadAnswer(_))));
}

#[test]
fn a_length_that_is_wrong() {
    let server = Server::start("127.0.0.1", |request, _, stream| {
        let n = if request.path == "/short" { 500 } else { 5 };
        write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {n}\r\n\r\nShells hit the mill")
    });
    let error = get(&server.url("/short")).unwrap_err();
    assert!(matches!(error, FetchError::CutOff), "{error:?}");
    // What stands after the stated end is not part of it.
    let Ok(Answer::Body { bytes, .. }) = get(&server.url("/long")) else { panic!("no body") };
    assert_eq!(bytes, b"Shell");
}

#[test]
fn answers_that_are_none() {
    let server = Server::start("127.0.0.1", |request, _, stream| match request.path.as_str() {
        "/busy" => send(stream, "429 Too Many Requests", &[("Retry-After", "7")], b""),
        "/failed" => send(stream, "500 Internal Server Error", &[], b"x"),
        "/gone" => send(stream, "404 Not Found", &[], b"x"),
        "/secret" => send(stream, "403 Forbidden", &[], b"x"),
        "/nowhere" => send(stream, "302 Found", &[], b""),
        "/file" => send(stream, "302 Found", &[("Location", "file:///etc/passwd")], b""),
        "/head" => write!(stream, "HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000)),
        _ => stream.write_all(b"SSH-2.0-OpenSSH\r\n\r\n"),
    });
    for (path, code) in [
        ("/busy", "busy"),
        ("/failed", "server-error"),
        ("/gone", "gone"),
        ("/secret", "refused"),
        ("/nowhere", "bad-redirect"),
        ("/file", "bad-redirect"),
        ("/head", "bad-answer"),
        ("/ssh", "bad-answer"),
    ] {
        assert_eq!(get(&server.url(path)).unwrap_err().code(), code, "{path}");
    }
    let busy = get(&server.url("/busy"));
    assert!(matches!(busy, Err(FetchError::Busy { status: 429, after: Some(wait) }) if wait == Duration::from_secs(7)));
}

#[test]
fn machines_that_are_not_public_are_not_connected_to() {
    let server = Server::start("127.0.0.1", |_, _, stream| send(stream, "200 OK", &[], b"inside"));
    let port = server.address.port();
    let fetcher = Fetcher::new("Variorum/test", limits(), Reach::public([]));
    let hosts = [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
    ];
    for host in hosts {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let error = fetcher.get(&url, &Validators::default()).unwrap_err();
        assert!(matches!(error, FetchError::PrivateAddress { .. }), "{host}: {error:?}");
        let error = fetcher.post(&url, &[], b"{}").unwrap_err();
        assert!(matches!(error, FetchError::PrivateAddress { .. }), "{host}: {error:?}");
    }
    assert_eq!(server.seen().len(), 0);
    for url in ["file:///etc/passwd", "ftp://courier.example/", "http://user:word@courier.example/", "gopher://x/"] {
        let error = fetcher.get(&Url::parse(url).unwrap(), &Validators::default()).unwrap_err();
        assert_eq!(error.code(), "bad-address", "{url}");
    }
}

#[test]
fn hosts_that_are_not_there() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(get(&format!("http://{closed}/")).unwrap_err().code(), "no-connection");
    assert_eq!(get("http://no-such-host.invalid/").unwrap_err().code(), "host-not-found");
}

#[test]
fn a_watch_that_ends_does_not_wait_for_servers() {
    let server = Server::start("127.0.0.1", |_, _, _| {
        std::thread::sleep(Duration::from_secs(20));
        Ok(())
    });
    let fetcher = Fetcher::new("Variorum/test", limits(), local());
    let url = Url::parse(&server.url("/slow")).unwrap();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| fetcher.get(&url, &Validators::default()).map(|_| ()));
        while server.seen().is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
        fetcher.shut_down();
        assert!(waiting.join().unwrap().is_err());
    });
    assert!(start.elapsed() < Duration::from_secs(4));
}
