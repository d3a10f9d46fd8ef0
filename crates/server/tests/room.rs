//! The API over a small ledger, without the network.
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use variorum_ledger::Ledger;
use variorum_model::{
    Analysis, Attribution, Claim, Event, Figure, Named, Polarity, Published, Quote, Report, Span, Stance,
};
use variorum_server::{LOOPBACK, Room, ServeError};

/// Markup, a script address, an overriding direction mark and a word of a megabyte.
const HOSTILE: &str =
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \u{202e}desrever\u{202c} javascript:alert(3)";

struct Lab {
    room: Room,
    app: Router,
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

fn lab() -> Lab {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create(&path).unwrap();
    for analysis in reports() {
        ledger.add(&analysis).unwrap();
    }
    ledger.relink().unwrap();
    drop(ledger);
    let room = Room::open(&path, LOOPBACK, 0, "tester").unwrap();
    Lab { app: room.app(), room, _folder: folder }
}

impl Lab {
    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let port = self.room.port();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, format!("127.0.0.1:{port}"))
            .header(header::COOKIE, format!("other=1; variorum-{port}={}", self.room.token()))
    }
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.app.clone().oneshot(request).await.unwrap()
    }
    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.answer(self.request("GET", path).body(Body::empty()).unwrap()).await
    }
    async fn judge(&self, body: Value) -> (StatusCode, Value) {
        let origin = format!("http://127.0.0.1:{}", self.room.port());
        let request = self.request("POST", "/api/v1/judgements").header(header::ORIGIN, origin);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }
    async fn answer(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.send(request).await;
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or(Value::String(String::from_utf8_lossy(&body).into_owned())))
    }
}

#[tokio::test]
async fn only_the_holder_of_the_token_comes_in() {
    let lab = lab();
    let port = lab.room.port();
    let host = format!("127.0.0.1:{port}");
    let bare = |path: &str| Request::get(path).header(header::HOST, &host);
    let status = |request| async { lab.send(request).await.status() };
    for path in ["/", "/api/v1/incidents", "/api/openapi.json", "/assets/x.js", "/?token=wrong", "/?token="] {
        assert_eq!(status(bare(path).body(Body::empty()).unwrap()).await, StatusCode::UNAUTHORIZED, "{path}");
    }
    let wrong = bare("/").header(header::COOKIE, format!("variorum-{port}=0000")).body(Body::empty()).unwrap();
    assert_eq!(status(wrong).await, StatusCode::UNAUTHORIZED);

    let entrance = bare(&format!("/?token={}", lab.room.token())).body(Body::empty()).unwrap();
    let response = lab.send(entrance).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/");
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let inside = bare("/api/v1/ledger").header(header::COOKIE, pair).body(Body::empty()).unwrap();
    assert_eq!(status(inside).await, StatusCode::OK);
}

#[tokio::test]
async fn foreign_names_and_foreign_pages_are_refused() {
    let lab = lab();
    let port = lab.room.port();
    let with = |host: &str, origin: Option<&str>, method: &str| {
        let token = format!("variorum-{port}={}", lab.room.token());
        let path = if method == "POST" { "/api/v1/judgements" } else { "/api/v1/ledger" };
        let request = Request::builder().method(method).uri(path).header(header::HOST, host);
        let request = request.header(header::COOKIE, token).header(header::CONTENT_TYPE, "application/json");
        let request = origin.into_iter().fold(request, |r, o| r.header(header::ORIGIN, o));
        request.body(Body::from(r#"{"kind":"accept","claim":"c-mayor"}"#)).unwrap()
    };
    let own = format!("127.0.0.1:{port}");
    let page = format!("http://{own}");
    let cases = [
        (own.as_str(), None, "GET", StatusCode::OK),
        (own.as_str(), Some(page.as_str()), "GET", StatusCode::OK),
        ("evil.example", None, "GET", StatusCode::MISDIRECTED_REQUEST),
        ("127.0.0.1", None, "GET", StatusCode::MISDIRECTED_REQUEST),
        ("127.0.0.1:1", None, "GET", StatusCode::MISDIRECTED_REQUEST),
        (own.as_str(), Some("http://evil.example"), "GET", StatusCode::FORBIDDEN),
        (own.as_str(), Some("null"), "POST", StatusCode::FORBIDDEN),
        (own.as_str(), None, "POST", StatusCode::FORBIDDEN),
        (own.as_str(), Some(page.as_str()), "POST", StatusCode::CREATED),
    ];
    for (host, origin, method, expected) in cases {
        let found = lab.send(with(host, origin, method)).await.status();
        assert_eq!(found, expected, "{method} to {host} from {origin:?}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let lab = lab();
    for path in ["/", "/api/v1/ledger", "/api/nothing", "/assets/none.js"] {
        let response = lab.send(lab.request("GET", path).body(Body::empty()).unwrap()).await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
}

#[test]
fn other_machines_are_kept_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    Ledger::create(&path).unwrap();
    for address in ["0.0.0.0", "192.168.1.5", "::"] {
        let refused = Room::open(&path, address.parse().unwrap(), 0, "t");
        assert!(matches!(refused, Err(ServeError::NotLoopback(_))), "{address}");
    }
    assert!(matches!(Room::open(&folder.path().join("none.db"), LOOPBACK, 0, "t"), Err(ServeError::Ledger(_))));
}

#[tokio::test]
async fn the_list_pages_through_all_incidents() {
    let lab = lab();
    let (status, all) = lab.get("/api/v1/incidents").await;
    assert_eq!(status, StatusCode::OK);
    let total = all["total"].as_u64().unwrap() as usize;
    assert!(total >= 1 && all["next"].is_null());
    let mut seen = Vec::new();
    let mut path = "/api/v1/incidents?limit=1".to_owned();
    loop {
        let (_, page) = lab.get(&path).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/incidents?limit=1&cursor={next}"),
            None => break,
        }
    }
    let ids: Vec<&str> = all["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    assert_eq!((seen.len(), &seen), (total, &ids.iter().map(|i| (*i).to_owned()).collect()));
    assert_eq!(lab.get("/api/v1/incidents?cursor=gone").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(lab.get("/api/v1/incidents?colour=red").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(lab.get("/api/v1/incidents?type=siege").await.1["total"], 0);
}

#[tokio::test]
async fn an_incident_comes_with_its_claims_and_reports() {
    let lab = lab();
    let (_, claim) = lab.get("/api/v1/claims/c-mayor").await;
    assert_eq!(claim["claim"]["report"], "r-mayor");
    let id = claim["incidents"][0].as_str().expect("the claim is in an incident");
    let (status, page) = lab.get(&format!("/api/v1/incidents/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    let claims = page["claims"].as_array().unwrap();
    assert_eq!(claims.len(), page["incident"]["claims"].as_array().unwrap().len());
    assert!(claims.iter().any(|c| c["id"] == "c-mayor"));
    assert!(page["reports"].as_array().unwrap().iter().all(|r| r["text"] == ""));
    assert_eq!(lab.get("/api/v1/incidents/nothing").await.0, StatusCode::NOT_FOUND);
    assert_eq!(lab.get("/api/v1/claims/c-").await.0, StatusCode::CONFLICT, "several claims start so");
}

#[tokio::test]
async fn a_report_comes_as_it_was_with_spans_in_code_points() {
    let lab = lab();
    let (_, page) = lab.get("/api/v1/reports/r-army").await;
    let text: Vec<char> = page["report"]["text"].as_str().unwrap().chars().collect();
    let figure = &page["claims"][0]["claim"]["figures"][0];
    let [start, end] = ["start", "end"].map(|side| figure[side].as_u64().unwrap() as usize);
    assert_eq!(text[start..end].iter().collect::<String>(), "12");

    let request = lab.request("GET", "/api/v1/reports/r-hostile").body(Body::empty()).unwrap();
    let response = lab.send(request).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json", "never a page");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let page: Value = serde_json::from_slice(&body).unwrap();
    assert!(page["report"]["text"].as_str().unwrap().starts_with(HOSTILE), "nothing is lost or changed");
}

#[tokio::test]
async fn search_marks_what_it_found() {
    let lab = lab();
    let (_, found) = lab.get("/api/v1/search?q=kravice").await;
    assert_eq!(
        (found["reports"].as_array().unwrap().len(), found["claims"].as_array().unwrap().len()),
        (3, 2),
        "one by its headline only"
    );
    let hits = |passage: &Value| -> Vec<String> {
        let pieces = passage.as_array().unwrap().iter().filter(|p| p["hit"] == true);
        pieces.map(|p| p["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(hits(&found["claims"][0]["passage"]), ["Kravice"]);
    let (_, found) = lab.get(&format!("/api/v1/search?q={}", "w".repeat(50))).await;
    assert_eq!(found["reports"][0]["report"]["id"], "r-hostile");
    assert!(found["reports"][0]["passage"].to_string().len() < 3000, "a word without end is cut");
    for nothing in ["", "%22", "*", "AND"] {
        assert_eq!(lab.get(&format!("/api/v1/search?q={nothing}")).await.0, StatusCode::OK, "{nothing}");
    }
    assert_eq!(lab.get("/api/v1/search?q=a&limit=0").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tags_change_with_the_ledger_and_only_then() {
    let lab = lab();
    let tag_of = |tag: Option<String>| {
        let request = lab.request("GET", "/api/v1/incidents");
        let request = tag.into_iter().fold(request, |r, t| r.header(header::IF_NONE_MATCH, t));
        lab.send(request.body(Body::empty()).unwrap())
    };
    let first = tag_of(None).await;
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    assert_eq!(tag_of(Some(tag.clone())).await.status(), StatusCode::NOT_MODIFIED);
    let (status, _) = lab.judge(json!({"kind": "accept", "claim": "c-mayor"})).await;
    assert_eq!(status, StatusCode::CREATED);
    let later = tag_of(Some(tag.clone())).await;
    assert_eq!(later.status(), StatusCode::OK);
    assert_ne!(later.headers()[header::ETAG].to_str().unwrap(), tag);
}

#[tokio::test]
async fn a_judgement_is_signed_takes_effect_and_can_be_undone() {
    let lab = lab();
    let before = lab.get("/api/v1/incidents").await.1;
    let (status, judged) = lab.judge(json!({"kind": "reject", "claim": "c-mayor", "reason": "misread"})).await;
    assert_eq!(status, StatusCode::CREATED, "{judged}");
    assert_eq!((&judged["judgement"]["author"], &judged["judgement"]["reason"]), (&json!("tester"), &json!("misread")));
    assert_eq!(lab.get("/api/v1/claims/c-mayor").await.1["incidents"], json!([]), "it counts in no incident");
    assert_ne!(lab.get("/api/v1/incidents").await.1["items"], before["items"]);

    let (status, _) = lab.judge(json!({"kind": "undo", "judgement": judged["judgement"]["id"]})).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(lab.get("/api/v1/incidents").await.1["items"], before["items"], "as it was before");
    let (_, log) = lab.get("/api/v1/judgements").await;
    assert_eq!((log["items"].as_array().unwrap().len(), log["in_force"].as_array().unwrap().len()), (2, 0));
}

#[tokio::test]
async fn judgements_that_make_no_sense_are_refused_with_the_reason() {
    let lab = lab();
    let cases = [
        (json!({"kind": "accept", "claim": "c-nobody"}), StatusCode::NOT_FOUND),
        (json!({"kind": "merge", "claims": ["c-mayor"]}), StatusCode::UNPROCESSABLE_ENTITY),
        (
            json!({"kind": "correct", "claim": "c-mayor", "field": "/quote", "value": "x"}),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (json!({"kind": "praise", "claim": "c-mayor"}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!(["accept"]), StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (body, expected) in cases {
        let (status, answer) = lab.judge(body.clone()).await;
        assert_eq!(status, expected, "{body}: {answer}");
        assert!(answer["detail"].as_str().is_some_and(|d| !d.is_empty()), "{answer}");
    }
    assert_eq!(lab.get("/api/v1/judgements").await.1["items"], json!([]));
}

#[tokio::test]
async fn the_document_describes_every_path_and_resolves() {
    let lab = lab();
    let (_, document) = lab.get("/api/openapi.json").await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 7);
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|v| references(v, found));
            }
            Value::Array(items) => items.iter().for_each(|v| references(v, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    let claim = &document["components"]["schemas"]["Claim"];
    assert!(claim.to_string().contains("polarity"), "{claim}");
}
