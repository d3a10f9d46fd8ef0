//! A room over a small ledger, without the network.
// Each test binary uses its own part of this.
#![allow(dead_code)]
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::Path;
use tower::ServiceExt;
use variorum_ledger::Ledger;
use variorum_model::{
    Analysis, Attribution, Claim, Event, Figure, Named, Polarity, Published, Quote, Report, Span, Stance,
};
use variorum_server::{Door, Reference, Room};

/// Markup, a script address, an overriding direction mark and a word of a megabyte.
pub const HOSTILE: &str =
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \u{202e}desrever\u{202c} javascript:alert(3)";

pub struct Lab {
    pub room: Room,
    pub app: Router,
    _folder: tempfile::TempDir,
}

fn quote(text: &str, words: &str) -> Quote {
    let byte = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let start = text[..byte].chars().count();
    Quote { span: Span::new(start, start + words.chars().count()), text: words.to_owned() }
}

fn claim(id: &str, text: &str, words: &str, source: &str, killed: f64) -> Claim {
    let said = quote(text, words);
    let number = quote(text, &killed.to_string());
    Claim {
        id: id.into(),
        quote: said.text.clone(),
        span: said.span,
        sources: vec![Named { name: source.into(), span: quote(text, source).span }],
        cue: Some(quote(text, "said")),
        event: Event { kind: "shelling".into(), trigger: quote(text, "shells") },
        figures: vec![Figure {
            quote: number,
            measure: "killed".into(),
            category: "people".into(),
            value: Some(killed),
            min: Some(killed),
            max: Some(killed),
            ..Figure::default()
        }],
        ..Claim::default()
    }
}

fn reports() -> Vec<Analysis> {
    let report = |id: &str, publisher: &str, text: &str| Report {
        id: id.into(),
        title: format!("{publisher} on Kravice"),
        publisher: publisher.into(),
        text: text.into(),
        language: "en".into(),
        published: Published { value: Some("2024-05-15".into()), ..Published::default() },
        ..Report::default()
    };
    let first = "The mayor said that shells killed 8 people in Kravice.";
    let second = "Łukań said that shells killed 12 people in Kravice.";
    let long = format!("{HOSTILE} {}. A man said that shells killed 3 people.", "w".repeat(1_000_000));
    let attribution = Attribution {
        source: Some(quote(first, "The mayor")),
        cue: quote(first, "said"),
        content: vec![quote(first, "that shells killed 8 people in Kravice")],
        stance: Stance::Assert,
    };
    let of = |report: Report, claim: Claim| Analysis { report, claims: vec![claim], ..Analysis::default() };
    vec![
        Analysis {
            attributions: vec![attribution],
            ..of(report("r-mayor", "Courier", first), claim("c-mayor", first, first, "mayor", 8.0))
        },
        of(report("r-army", "Dispatch", second), claim("c-army", second, second, "Łukań", 12.0)),
        of(
            report("r-hostile", HOSTILE, &long),
            Claim {
                polarity: Polarity::Planned,
                ..claim("c-hostile", &long, "A man said that shells killed 3 people.", "man", 3.0)
            },
        ),
    ]
}

/// A room over three reports, with its ledger in a folder that goes with it.
pub fn lab() -> Lab {
    lab_with(|_| Door::local("tester"))
}

/// The same, entered by a door that is made for the ledger.
pub fn lab_with(door: impl FnOnce(&Path) -> Door) -> Lab {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create(&path).unwrap();
    for analysis in reports() {
        ledger.add(&analysis).unwrap();
    }
    ledger.relink().unwrap();
    drop(ledger);
    let room = Room::open(&path, door(&path), Reference::built_in().unwrap()).unwrap();
    Lab { app: room.app(), room, _folder: folder }
}

impl Lab {
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let port = self.room.port();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, format!("127.0.0.1:{port}"))
            .header(header::COOKIE, format!("other=1; variorum-{port}={}", self.room.token()))
    }
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.app.clone().oneshot(request).await.unwrap()
    }
    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.answer(self.request("GET", path).body(Body::empty()).unwrap()).await
    }
    pub async fn judge(&self, body: Value) -> (StatusCode, Value) {
        let origin = format!("http://127.0.0.1:{}", self.room.port());
        let request = self.request("POST", "/api/v1/judgements").header(header::ORIGIN, origin);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }
    pub async fn answer(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.send(request).await;
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or(Value::String(String::from_utf8_lossy(&body).into_owned())))
    }
}
