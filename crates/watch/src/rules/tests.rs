use super::*;
use serde_json::json;
use variorum_model::{DisagreementSide, IncidentTime, Observation};

fn rule(text: &str) -> Rule {
    let rule: Rule = toml::from_str(text).unwrap();
    rule.check().unwrap();
    rule
}

fn incident(best: f64) -> Incident {
    let day = Some("2031-05-14".to_owned());
    Incident {
        id: "i0001".to_owned(),
        title: "Shelling of the mill".to_owned(),
        event_type: "shelling".to_owned(),
        time: IncidentTime { value: day.clone(), earliest: day.clone(), latest: day, ..IncidentTime::default() },
        place: IncidentPlace { name: "Sorrivo".to_owned(), geonames: Some(7), ..IncidentPlace::default() },
        figures: vec![FigureRange {
            measure: "killed".to_owned(),
            category: "people".to_owned(),
            low: Some(3.0),
            best: Some(best),
            high: Some(20.0),
            min: Some(3.0),
            max: Some(20.0),
            observations: vec![Observation { claim: "c1".to_owned(), ..Observation::default() }],
            ..FigureRange::default()
        }],
        ..Incident::default()
    }
}

fn change(what: What, fields: &[(&str, serde_json::Value, serde_json::Value)]) -> Change {
    let field = |(field, was, now): &(&str, serde_json::Value, serde_json::Value)| FieldChange {
        field: (*field).to_owned(),
        was: was.clone(),
        now: now.clone(),
    };
    Change {
        seq: 12,
        at: "2031-05-16T08:00:00Z".to_owned(),
        what,
        incident: "i0001".to_owned(),
        title: String::new(),
        from: Vec::new(),
        into: Vec::new(),
        fields: fields.iter().map(field).collect(),
        because: vec![Cause::Report { report: "r1".to_owned() }],
    }
}

fn said(rule: &Rule, change: &Change, incident: &Incident, fresh: Option<&[&str]>) -> Vec<String> {
    let fresh = fresh.map(|claims| claims.iter().map(|c| (*c).to_owned()).collect());
    rule.alerts(&News { change, incident, fresh }).into_iter().map(|a| a.message).collect()
}

#[test]
fn an_incident_is_new_once() {
    let rule = rule("when = 'incident'\nplaces = ['SORRIVO']\ntypes = ['shelling']\nnewer_than = '7d'");
    let created = change(What::Created, &[]);
    assert_eq!(said(&rule, &created, &incident(5.0), None), ["New incident: Shelling of the mill"]);
    assert_eq!(
        said(&rule, &change(What::Revised, &[("reports", json!([]), json!(["r1"]))]), &incident(5.0), None),
        [""; 0]
    );
    // Another place, another type, history; and what has no date passes.
    let elsewhere = Incident { place: IncidentPlace::default(), ..incident(5.0) };
    assert_eq!(said(&rule, &created, &elsewhere, None), [""; 0]);
    let other = Incident { event_type: "protest".to_owned(), ..incident(5.0) };
    assert_eq!(said(&rule, &created, &other, None), [""; 0]);
    let of = |day: &str| IncidentTime { latest: Some(day.to_owned()), ..IncidentTime::default() };
    let history = Incident { time: of("1994-05-14"), ..incident(5.0) };
    assert_eq!(said(&rule, &created, &history, None), [""; 0]);
    let undated = Incident { time: IncidentTime::default(), ..incident(5.0) };
    assert_eq!(said(&rule, &created, &undated, None).len(), 1);
}

#[test]
fn a_toll_is_told_when_it_comes_up_to_the_number() {
    let rule = rule("when = 'toll'\nat_least = 10");
    let told =
        ["people killed: best estimate 12, reported are 3 to 20; 10 or more was asked for: Shelling of the mill"];
    assert_eq!(said(&rule, &change(What::Created, &[]), &incident(12.0), None), told);
    assert_eq!(said(&rule, &change(What::Created, &[]), &incident(9.0), None), [""; 0]);
    let name = "figures/killed/people";
    let revised = |was: serde_json::Value| change(What::Revised, &[(name, was, json!({"best": 12.0}))]);
    assert_eq!(said(&rule, &revised(json!({"best": 8.0})), &incident(12.0), None), told);
    assert_eq!(said(&rule, &revised(json!(null)), &incident(12.0), None), told);
    // It was there before, or the change is of something else.
    assert_eq!(said(&rule, &revised(json!({"best": 11.0})), &incident(12.0), None), [""; 0]);
    let reports = change(What::Revised, &[("reports", json!([]), json!(["r1"]))]);
    assert_eq!(said(&rule, &reports, &incident(12.0), None), [""; 0]);
    // What an incident was that came of others is not known: what its new reports say is new.
    let merged = change(What::Merged, &[]);
    assert_eq!(said(&rule, &merged, &incident(12.0), Some(&["c1"])), told);
    assert_eq!(said(&rule, &merged, &incident(12.0), Some(&["c9"])), [""; 0]);
    // A total of the whole war is not this incident's.
    let mut campaign = incident(12.0);
    campaign.figures[0].scope = Scope::Campaign;
    assert_eq!(said(&rule, &change(What::Created, &[]), &campaign, None), [""; 0]);
}

#[test]
fn other_measures_and_estimates() {
    let created = change(What::Created, &[]);
    let n = |text: &str| said(&rule(&format!("when = 'toll'\n{text}")), &created, &incident(12.0), None).len();
    assert_eq!(n("at_least = 15"), 0);
    assert_eq!(n("at_least = 15\nestimate = 'high'"), 1);
    assert_eq!(n("at_least = 5\nestimate = 'low'"), 0);
    assert_eq!(n("at_least = 5\nmeasure = 'wounded'"), 0);
    assert_eq!(n("at_least = 5\ncategory = 'people'"), 1);
    assert_eq!(n("at_least = 5\ncategory = 'civilians'"), 0);
}

#[test]
fn a_contradiction_is_told_when_it_comes_up() {
    let rule = rule("when = 'contradiction'");
    let side = |claim: &str| DisagreementSide { claims: vec![claim.to_owned()], sources: Vec::new() };
    let disagreement = |verdict, reason: &str| Disagreement {
        verdict,
        sides: vec![side("c2"), side("c1")],
        reason: reason.to_owned(),
        ..Disagreement::default()
    };
    let incident = Incident {
        disagreements: vec![
            disagreement(Verdict::Contradiction, "A says 3, B says 20."),
            disagreement(Verdict::Update, "A says 3, later 5."),
        ],
        ..incident(5.0)
    };
    let told = ["Contradiction over Shelling of the mill: A says 3, B says 20."];
    assert_eq!(said(&rule, &change(What::Created, &[]), &incident, None), told);
    let field = |now: &[&str]| change(What::Revised, &[("disagreements", json!([]), json!(now))]);
    assert_eq!(said(&rule, &field(&["A says 3, B says 20."]), &incident, None), told);
    assert_eq!(said(&rule, &field(&["A says 3, later 5."]), &incident, None), [""; 0]);
    assert_eq!(said(&rule, &change(What::Split, &[]), &incident, Some(&[])), [""; 0]);
    // The key is that of the claims: another incident that holds the same two says nothing new.
    let created = change(What::Created, &[]);
    let key = |id: &str| {
        let incident = Incident { id: id.to_owned(), ..incident.clone() };
        rule.alerts(&News { change: &created, incident: &incident, fresh: None })[0].key.clone()
    };
    assert_eq!(key("i0001"), key("i0002"));
}

#[test]
fn an_incident_comes_to_a_place_when_it_is_new_or_known_to_be_there() {
    let rule = rule("when = 'place'\nplaces = [7, 'Jezrin']");
    let told = ["An incident at Sorrivo: Shelling of the mill"];
    assert_eq!(said(&rule, &change(What::Created, &[]), &incident(5.0), None), told);
    let at = |name: &str, id: u32| {
        serde_json::to_value(IncidentPlace { name: name.to_owned(), geonames: Some(id), ..IncidentPlace::default() })
            .unwrap()
    };
    let moved = |was| change(What::Revised, &[("place", was, at("Sorrivo", 7))]);
    assert_eq!(said(&rule, &moved(at("Malvek", 9)), &incident(5.0), None), told);
    // It was at the same place, only otherwise known.
    assert_eq!(said(&rule, &moved(at("Sorrivo town", 7)), &incident(5.0), None), [""; 0]);
    assert_eq!(said(&rule, &change(What::Split, &[]), &incident(5.0), Some(&["c1"])), [""; 0]);
}
