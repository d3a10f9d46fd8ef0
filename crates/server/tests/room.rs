//! The API over a small ledger, without the network.
mod lab;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use lab::{HOSTILE, lab};
use serde_json::{Value, json};
use variorum_ledger::Ledger;
use variorum_server::{Door, Reference, Room, ServeError};

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
        request.body(Body::from(r#"{"kind":"accept","claims":["c-mayor"]}"#)).unwrap()
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
    let reference = || Reference::built_in().unwrap();
    for address in ["0.0.0.0", "192.168.1.5", "::"] {
        let door = Door { bind: address.parse().unwrap(), ..Door::local("t") };
        let refused = Room::open(&path, door, reference()).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(refused.contains("no users") && refused.contains("variorum user add"), "{address}: {refused}");
    }
    let none = Room::open(&folder.path().join("none.db"), Door::local("t"), reference());
    assert!(matches!(none, Err(ServeError::Ledger(_))));
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
    let (status, _) = lab.judge(json!({"kind": "accept", "claims": ["c-mayor"]})).await;
    assert_eq!(status, StatusCode::CREATED);
    let later = tag_of(Some(tag.clone())).await;
    assert_eq!(later.status(), StatusCode::OK);
    assert_ne!(later.headers()[header::ETAG].to_str().unwrap(), tag);
}

#[tokio::test]
async fn a_judgement_is_signed_takes_effect_and_can_be_undone() {
    let lab = lab();
    let before = lab.get("/api/v1/incidents").await.1;
    let (status, judged) = lab.judge(json!({"kind": "reject", "claims": ["c-mayor"], "reason": "misread"})).await;
    assert_eq!(status, StatusCode::CREATED, "{judged}");
    assert_eq!(
        (&judged["judgements"][0]["author"], &judged["judgements"][0]["reason"]),
        (&json!("tester"), &json!("misread"))
    );
    assert_eq!(lab.get("/api/v1/claims/c-mayor").await.1["incidents"], json!([]), "it counts in no incident");
    assert_ne!(lab.get("/api/v1/incidents").await.1["items"], before["items"]);

    let (status, _) = lab.judge(json!({"kind": "undo", "judgements": [judged["judgements"][0]["id"]]})).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(lab.get("/api/v1/incidents").await.1["items"], before["items"], "as it was before");
    let (_, log) = lab.get("/api/v1/judgements").await;
    let states = log["items"].as_array().unwrap().iter().map(|j| format!("{} {}", j["kind"], j["state"]));
    assert_eq!(states.collect::<Vec<_>>(), [r#""undo" "in-force""#, r#""reject" "undone""#], "the last one first");
}

#[tokio::test]
async fn judgements_that_make_no_sense_are_refused_with_the_reason() {
    let lab = lab();
    let cases = [
        (json!({"kind": "accept", "claims": ["c-nobody"]}), StatusCode::NOT_FOUND),
        (json!({"kind": "accept", "claims": []}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"kind": "merge", "ids": ["c-mayor"]}), StatusCode::UNPROCESSABLE_ENTITY),
        (
            json!({"kind": "correct", "claim": "c-mayor", "fields": [{"field": "type", "words": "explosion"}, {"field": "/quote", "words": "\"x\""}]}),
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
    assert_eq!(paths.len(), 22);
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
