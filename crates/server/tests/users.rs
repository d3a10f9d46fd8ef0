//! Users: logging in, what each role may do, and what is written down of it.
mod lab;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use lab::{Lab, lab_with};
use serde_json::{Value, json};
use variorum_server::{Door, Role, Users};

const PASSWORD: &str = "a long enough one";

/// A room with a reader, a coder and an admin, all with one password.
fn guarded() -> Lab {
    lab_with(|ledger| {
        let path = Users::beside(ledger);
        let mut users = Users::read(&path).unwrap();
        for (name, role) in [("rita", Role::Reader), ("carl", Role::Coder), ("ada", Role::Admin)] {
            users.add(name, role, PASSWORD).unwrap();
        }
        Door { users: Some(path), origins: vec!["https://room.example".to_owned()], ..Door::local("nobody") }
    })
}

impl Lab {
    async fn ask(&self, method: &str, path: &str, cookie: &str, body: Option<Value>) -> (StatusCode, HeaderMap, Value) {
        let host = format!("127.0.0.1:{}", self.room.port());
        let request = Request::builder().method(method).uri(path).header(header::HOST, &host);
        let request = request.header(header::ORIGIN, format!("http://{host}")).header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.send(request.body(body).unwrap()).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status, parts.headers, serde_json::from_slice(&bytes).unwrap_or_default())
    }
    async fn try_in(&self, name: &str, password: &str) -> (StatusCode, HeaderMap, Value) {
        self.ask("POST", "/api/v1/session", "", Some(json!({"name": name, "password": password}))).await
    }
    /// The cookie of a session.
    async fn log_in(&self, name: &str) -> String {
        let (status, headers, who) = self.try_in(name, PASSWORD).await;
        assert_eq!((status, &who["name"]), (StatusCode::OK, &json!(name)));
        let cookie = headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn nothing_of_the_ledger_is_shown_before_somebody_logs_in() {
    let lab = guarded();
    for path in ["/api/v1/incidents", "/api/v1/ledger", "/api/v1/session", "/api/openapi.json", "/api/v1/access"] {
        assert_eq!(lab.ask("GET", path, "", None).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(lab.ask("GET", "/", "", None).await.0, StatusCode::OK, "the page itself, which asks for the password");
    for (name, password) in [("carl", "wrong"), ("nobody", PASSWORD), ("carl", ""), ("", "")] {
        assert_eq!(lab.try_in(name, password).await.0, StatusCode::UNAUTHORIZED, "{name} {password}");
    }
    let cookie = lab.log_in("carl").await;
    assert_eq!(lab.ask("GET", "/api/v1/incidents", &cookie, None).await.0, StatusCode::OK);
    assert_eq!(lab.ask("DELETE", "/api/v1/session", &cookie, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(lab.ask("GET", "/api/v1/incidents", &cookie, None).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_reader_reads_a_coder_decides_in_his_own_name_and_an_admin_reads_the_log() {
    let lab = guarded();
    let (rita, carl, ada) = (lab.log_in("rita").await, lab.log_in("carl").await, lab.log_in("ada").await);
    let accept = || Some(json!({"kind": "accept", "claims": ["c-mayor"]}));
    let mark = || Some(json!({"claim": "c-mayor", "field": "type", "mark": "right"}));
    assert_eq!(lab.ask("GET", "/api/v1/claims/c-mayor", &rita, None).await.0, StatusCode::OK);
    assert_eq!(lab.ask("POST", "/api/v1/judgements", &rita, accept()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(lab.ask("POST", "/api/v1/audit", &rita, mark()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(lab.ask("GET", "/api/v1/judgements", &ada, None).await.2["total"], 0);

    let (status, _, judged) = lab.ask("POST", "/api/v1/judgements", &carl, accept()).await;
    assert_eq!((status, &judged["judgements"][0]["author"]), (StatusCode::CREATED, &json!("carl")));
    assert_eq!(lab.ask("POST", "/api/v1/audit", &carl, mark()).await.0, StatusCode::NO_CONTENT);
    assert_eq!(lab.ask("GET", "/api/v1/access", &carl, None).await.0, StatusCode::FORBIDDEN);

    let (status, _, log) = lab.ask("GET", "/api/v1/access", &ada, None).await;
    assert_eq!(status, StatusCode::OK);
    let entries = log["items"].as_array().unwrap().iter();
    let told: Vec<String> =
        entries.map(|e| format!("{} {} {}", e["what"], e["user"], e["action"]).replace('"', "")).collect();
    assert_eq!(
        told,
        [
            "refused carl GET /api/v1/access",
            "refused rita POST /api/v1/audit",
            "refused rita POST /api/v1/judgements",
            "log-in ada ",
            "log-in carl ",
            "log-in rita ",
        ]
    );
}

#[tokio::test]
async fn who_guesses_has_to_wait_and_others_do_not() {
    let lab = guarded();
    for n in 0..5 {
        assert_eq!(lab.try_in("carl", &format!("guess {n}")).await.0, StatusCode::UNAUTHORIZED);
    }
    let (status, headers, _) = lab.try_in("carl", PASSWORD).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "even with the right one");
    let wait: u64 = headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    lab.log_in("rita").await;
}

#[tokio::test]
async fn a_proxy_is_known_by_its_address_and_its_cookies_stay_on_tls() {
    let lab = guarded();
    let ask = |host: &str, origin: &str| {
        let request = Request::post("/api/v1/session").header(header::HOST, host).header(header::ORIGIN, origin);
        let body = json!({"name": "rita", "password": PASSWORD}).to_string();
        request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap()
    };
    let response = lab.send(ask("room.example", "https://room.example")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers()[header::SET_COOKIE].to_str().unwrap().contains("; Secure"));
    assert_eq!(lab.send(ask("evil.example", "https://room.example")).await.status(), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(lab.send(ask("room.example", "https://evil.example")).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_is_removed_is_out_at_once() {
    let folder = std::sync::OnceLock::new();
    let lab = lab_with(|ledger| {
        let path = Users::beside(ledger);
        folder.set(path.clone()).unwrap();
        Users::read(&path).unwrap().add("carl", Role::Coder, PASSWORD).unwrap();
        Door { users: Some(path), ..Door::local("nobody") }
    });
    let cookie = lab.log_in("carl").await;
    let path = folder.get().unwrap();
    Users::read(path).unwrap().add("rita", Role::Reader, PASSWORD).unwrap();
    assert_eq!(lab.ask("GET", "/api/v1/ledger", &cookie, None).await.0, StatusCode::OK);
    Users::read(path).unwrap().remove("carl").unwrap();
    assert_eq!(lab.ask("GET", "/api/v1/ledger", &cookie, None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(lab.try_in("carl", PASSWORD).await.0, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_file_of_users_holds_hashes_only_and_is_for_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.db.users");
    let mut users = Users::read(&path).unwrap();
    users.add("Ana-Łucja", Role::Coder, PASSWORD).unwrap();
    for (name, password) in
        [("Ana-Łucja", PASSWORD), ("", PASSWORD), (" x", PASSWORD), ("a\nb", PASSWORD), ("bo", "short")]
    {
        assert!(users.add(name, Role::Reader, password).is_err(), "{name:?} {password:?}");
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("$argon2id$") && !text.contains(PASSWORD), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = Users::read(&path).unwrap();
    assert_eq!(again.check("Ana-Łucja", PASSWORD).map(|u| u.role), Some(Role::Coder));
    assert!(again.check("Ana-Łucja", "a long enough two").is_none() && again.check("bo", "").is_none());
    std::fs::write(&path, "[[user]]\nname = \"x\"\nrole = \"admin\"\npassword = \"plain\"\n").unwrap();
    assert!(Users::read(&path).is_err(), "a password that is no hash");
}
