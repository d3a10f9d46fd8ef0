//! Review by way of the API: the verbs of `variorum judge`.
mod lab;

use axum::http::StatusCode;
use lab::{Lab, lab};
use serde_json::{Value, json};

impl Lab {
    async fn decide(&self, body: Value) -> Value {
        let (status, judged) = self.judge(body).await;
        assert_eq!(status, StatusCode::CREATED, "{judged}");
        judged
    }
    async fn claim(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/claims/{id}")).await.1
    }
    async fn titles(&self) -> Vec<String> {
        let (_, list) = self.get("/api/v1/incidents?sort=title").await;
        list["items"].as_array().unwrap().iter().map(|i| format!("{} {}", i["id"], i["title"])).collect()
    }
}

#[tokio::test]
async fn fields_are_corrected_in_words_and_all_of_it_is_undone_at_once() {
    let lab = lab();
    let before = lab.claim("c-mayor").await;
    let field = |field: &str, words: &str| json!({"field": field, "words": words});
    let judged = lab
        .decide(json!({"kind": "correct", "claim": "c-mayor", "reason": "read it", "fields": [
            field("type", "explosion"), field("date", "2024-05-14"), field("figure:1", "at least 9"),
            field("category:1", "civilians"), field("actors", "Karovia; Lethania"), field("place", "3165185"),
        ]}))
        .await;
    let judgements = judged["judgements"].as_array().unwrap();
    assert_eq!(judgements.len(), 6);
    assert!(judgements.iter().all(|j| j["author"] == "tester" && j["reason"] == "read it"));
    let claim = lab.claim("c-mayor").await["claim"].clone();
    assert_eq!(claim["event"]["type"], "explosion");
    assert_eq!(claim["time"]["earliest"], "2024-05-14");
    let figure = &claim["figures"][0];
    assert_eq!(
        (&figure["bound"], &figure["min"], &figure["max"], &figure["category"], &figure["measure"]),
        (&json!("at-least"), &json!(9.0), &json!(null), &json!("civilians"), &json!("killed"))
    );
    assert_eq!((&claim["places"][0]["name"], &claim["places"][0]["country"]), (&json!("Trieste"), &json!("IT")));
    assert_eq!(claim["actors"][1]["name"], "Lethania");

    // The number again: what was corrected of the figure before stays.
    lab.decide(json!({"kind": "correct", "claim": "c-mayor", "fields": [field("figure:1", "10")]})).await;
    assert_eq!(lab.claim("c-mayor").await["claim"]["figures"][0]["category"], "civilians");

    let (_, log) = lab.get("/api/v1/judgements").await;
    let ids: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|j| &j["id"]).collect();
    lab.decide(json!({"kind": "undo", "judgements": ids})).await;
    assert_eq!(lab.claim("c-mayor").await, before);
}

#[tokio::test]
async fn incidents_are_merged_and_claims_split_off_and_moved() {
    let lab = lab();
    let incident = |page: Value| page["incidents"][0].as_str().unwrap().to_owned();
    let (mayor, army) = (incident(lab.claim("c-mayor").await), incident(lab.claim("c-army").await));
    if mayor == army {
        lab.decide(json!({"kind": "split", "claims": ["c-army"]})).await;
    }
    let apart = lab.titles().await;
    let (mayor, army) = (incident(lab.claim("c-mayor").await), incident(lab.claim("c-army").await));
    assert_ne!(mayor, army);

    let merged = lab.decide(json!({"kind": "merge", "ids": [mayor, army]})).await;
    assert_eq!(incident(lab.claim("c-mayor").await), incident(lab.claim("c-army").await));
    lab.decide(json!({"kind": "undo", "judgements": [merged["judgements"][0]["id"]]})).await;
    assert_eq!(lab.titles().await, apart, "as it was before");

    lab.decide(json!({"kind": "move", "claim": "c-army", "to": mayor})).await;
    assert_eq!(incident(lab.claim("c-mayor").await), incident(lab.claim("c-army").await));
    lab.decide(json!({"kind": "split", "claims": ["c-mayor"]})).await;
    assert_ne!(incident(lab.claim("c-mayor").await), incident(lab.claim("c-army").await));
    let (status, answer) = lab.judge(json!({"kind": "split", "claims": ["c-mayor"]})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is left to split from: {answer}");
}

#[tokio::test]
async fn several_claims_are_accepted_at_once_and_notes_say_what_they_are_about() {
    let lab = lab();
    let judged = lab.decide(json!({"kind": "accept", "claims": ["c-mayor", "c-army"]})).await;
    assert_eq!(judged["judgements"].as_array().unwrap().len(), 2);
    lab.decide(json!({"kind": "note", "about": "r-mayor", "text": "the second edition says nine"})).await;
    let (_, log) = lab.get("/api/v1/judgements?limit=1").await;
    assert_eq!((&log["items"][0]["about"], &log["total"]), (&json!("r-mayor"), &json!(3)));
    let next = log["next"].as_str().unwrap();
    let (_, rest) = lab.get(&format!("/api/v1/judgements?cursor={next}")).await;
    let kinds: Vec<&Value> = rest["items"].as_array().unwrap().iter().map(|j| &j["kind"]).collect();
    assert_eq!(kinds, ["accept", "accept"]);
    let (status, _) = lab.judge(json!({"kind": "accept", "claims": ["c-mayor", "c-none"]})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(lab.get("/api/v1/judgements").await.1["total"], 3, "one bad id, and nothing is written");
}

#[tokio::test]
async fn a_report_that_gets_a_date_is_read_anew() {
    let lab = lab();
    let (status, refused) = lab.judge(json!({"kind": "date", "report": "r-mayor", "published": "last week"})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    let (status, judged) = lab.judge(json!({"kind": "date", "report": "r-mayor", "published": "2024-05-09"})).await;
    assert_eq!(status, StatusCode::CREATED, "{judged}");
    let published = |page: &Value| page["report"]["published"].clone();
    let (_, page) = lab.get("/api/v1/reports/r-mayor").await;
    assert_eq!((&published(&page)["basis"], &published(&page)["value"]), (&json!("judgement"), &json!("2024-05-09")));
    assert_ne!(page["claims"][0]["claim"]["id"], "c-mayor", "the claims are those of the analysis now");
    let undo = json!({"kind": "undo", "judgements": [judged["judgements"][0]["id"]]});
    assert_eq!(lab.judge(undo).await.0, StatusCode::CREATED);
    assert_eq!(published(&lab.get("/api/v1/reports/r-mayor").await.1)["value"], "2024-05-15");
}

#[tokio::test]
async fn the_gazetteer_is_searched_as_one_types() {
    let lab = lab();
    let (status, found) = lab.get("/api/v1/gazetteer?q=Triest,%20it").await;
    assert_eq!(status, StatusCode::OK);
    let first = &found[0];
    assert_eq!((&first["place"]["name"], &first["words"]), (&json!("Trieste"), &json!("3165185")));
    assert_eq!(first["within"].as_array().unwrap().last().unwrap(), "Italy");
    assert!(first["population"].as_u64().unwrap() > 100_000);
    assert_eq!(lab.get("/api/v1/gazetteer?q=").await.1, json!([]));
    assert_eq!(lab.get("/api/v1/gazetteer?q=tr&limit=51").await.0, StatusCode::BAD_REQUEST);
    let (status, found) = lab.get("/api/v1/gazetteer/within?bounds=13.4,45.4,14,46.2&limit=2").await;
    assert_eq!((status, &found[0]["place"]["name"]), (StatusCode::OK, &json!("Trieste")));
    for bad in ["1,2,3", "1,2,3,x", "1,2,3,91", "181,2,3,4", "NaN,2,3,4"] {
        let path = format!("/api/v1/gazetteer/within?bounds={bad}");
        assert_eq!(lab.get(&path).await.0, StatusCode::BAD_REQUEST, "{bad}");
    }
    let (_, vocabulary) = lab.get("/api/v1/vocabulary").await;
    assert!(vocabulary["event_types"].as_array().unwrap().contains(&json!("shelling")));
}
