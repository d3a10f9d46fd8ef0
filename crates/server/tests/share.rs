//! Actors, publishers, and files to give to others.
mod lab;

use axum::body::Body;
use axum::http::{StatusCode, header};
use http_body_util::BodyExt;
use lab::{Lab, lab};
use serde_json::{Value, json};

impl Lab {
    async fn file(&self, path: &str) -> (StatusCode, String, String) {
        let request = self.request("GET", &format!("/api/v1/selection/{path}")).body(Body::empty()).unwrap();
        let response = self.send(request).await;
        let head = |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, shown) = (response.status(), head(header::CONTENT_DISPOSITION));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, shown, String::from_utf8(body.to_vec()).unwrap())
    }
}

#[tokio::test]
async fn a_dossier_is_a_file_in_which_nothing_of_a_report_is_markup() {
    let lab = lab();
    let (status, shown, page) = lab.file("dossier.html").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(shown, "attachment; filename=\"variorum-dossier.html\"", "never a page of this server");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("default-src 'none'"));
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"),
        "the publisher's name"
    );
    assert!(!page.contains("<img") && !page.contains('\u{202e}') && page.contains("\\u{202e}"));
    for quote in ["The mayor said that shells killed 8 people in Kravice.", "Łukań said that shells killed 12 people"]
    {
        assert!(page.contains(quote), "{quote}");
    }
    let id = lab.get("/api/v1/claims/c-mayor").await.1["incidents"][0].as_str().unwrap().to_owned();
    let (_, shown, one) = lab.file(&format!("dossier.html?id={id}")).await;
    assert_eq!(shown, format!("attachment; filename=\"variorum-{id}-dossier.html\""));
    assert!(one.contains("The mayor said") && !one.contains("A man said"), "only the incident that was named");
}

#[tokio::test]
async fn tables_hold_what_the_filters_pass() {
    let lab = lab();
    let total = lab.get("/api/v1/incidents").await.1["total"].as_u64().unwrap() as usize;
    let (_, _, csv) = lab.file("incidents.csv").await;
    assert_eq!(csv.lines().count(), total + 1, "{csv}");
    assert_eq!(lab.file("incidents.csv?type=siege").await.2.lines().count(), 1, "the head alone");
    let (_, _, claims) = lab.file("claims.jsonl?type=shelling").await;
    let ids: Vec<Value> = claims.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone()).collect();
    assert!(ids.contains(&json!("c-mayor")) && ids.contains(&json!("c-army")), "{ids:?}");
    let (_, _, geojson) = lab.file("incidents.geojson").await;
    assert_eq!(serde_json::from_str::<Value>(&geojson).unwrap()["type"], "FeatureCollection");
    for (path, expected) in [
        ("secrets.csv", StatusCode::NOT_FOUND),
        ("figures.geojson", StatusCode::NOT_FOUND),
        ("incidents.csv?colour=red", StatusCode::BAD_REQUEST),
        ("incidents.csv?id=nothing", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(lab.file(path).await.0, expected, "{path}");
    }
}

#[tokio::test]
async fn actors_and_publishers_are_counted() {
    let lab = lab();
    let (_, list) = lab.get("/api/v1/actors?q=mayor").await;
    assert_eq!((&list["items"][0]["name"], &list["items"][0]["says"]), (&json!("mayor"), &json!(1)));
    let (_, page) = lab.get("/api/v1/actors/mayor").await;
    assert_eq!(page["says"][0]["claim"]["id"], "c-mayor");
    assert_eq!(lab.get("/api/v1/actors/nobody").await.0, StatusCode::NOT_FOUND);
    assert_eq!(lab.get("/api/v1/actors?sort=height").await.0, StatusCode::BAD_REQUEST);

    let (_, publishers) = lab.get("/api/v1/publishers?limit=1").await;
    assert_eq!((&publishers["total"], publishers["items"].as_array().unwrap().len()), (&json!(3), 1));
    let next: String = form_urlencoded::byte_serialize(publishers["next"].as_str().unwrap().as_bytes()).collect();
    assert_eq!(lab.get(&format!("/api/v1/publishers?cursor={next}")).await.1["items"].as_array().unwrap().len(), 2);

    lab.judge(json!({"kind": "reject", "claims": ["c-mayor"]})).await;
    let (_, list) = lab.get("/api/v1/actors?q=mayor").await;
    assert_eq!(list["items"][0]["incidents"], 0, "the counts follow the judgements");
    assert_eq!(lab.get("/api/v1/agreements").await.1["items"], json!([]));
}

#[tokio::test]
async fn an_incident_is_coded_as_the_export_has_it() {
    let lab = lab();
    let of = async |claim: &str| {
        lab.get(&format!("/api/v1/claims/{claim}")).await.1["incidents"][0].as_str().unwrap().to_owned()
    };
    let planned = lab.get(&format!("/api/v1/incidents/{}/coded", of("c-hostile").await)).await.1;
    assert_eq!(planned["cells"], json!([]), "what is planned has not happened");
    assert!(planned["left_out"].is_string());
    let id = of("c-mayor").await;
    let (status, coded) = lab.get(&format!("/api/v1/incidents/{id}/coded")).await;
    assert_eq!((status, &coded["codebook"]), (StatusCode::OK, &json!("ucdp-ged")));
    let cell = |coded: &Value, column: &str| {
        let cells = coded["cells"].as_array().unwrap();
        cells.iter().find(|c| c["column"] == column).unwrap_or_else(|| panic!("{column} in {coded}")).clone()
    };
    let high = cell(&coded, "high");
    assert_eq!((&high["value"], high["says"].as_str().unwrap().is_empty()), (&json!(8), false));
    let (_, acled) = lab.get(&format!("/api/v1/incidents/{id}/coded?codebook=acled")).await;
    assert_eq!(cell(&acled, "fatalities")["value"], 8, "the conservative one");
    assert_eq!(lab.get(&format!("/api/v1/incidents/{id}/coded?codebook=cow")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(lab.get("/api/v1/incidents/none/coded").await.0, StatusCode::NOT_FOUND);
}
