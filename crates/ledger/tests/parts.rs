//! Campaigns and what they are made of.
mod common;
use common::report;
use variorum_ledger::{Action, Ledger};
use variorum_model::*;

const DAYS: (&str, &str) = ("2031-04-20", "2031-05-20");

/// A report of one of the four happenings and of the offensive in the district around its town.
fn telling(id: &str, happening: usize) -> Analysis {
    let mut analysis = report(id, "", &[happening]);
    let quote = "The spring offensive went on.";
    let start = analysis.report.text.chars().count();
    analysis.report.text.push_str(quote);
    let part = analysis.claims[0].clone();
    let (first, last) = (Some(DAYS.0.to_owned()), Some(DAYS.1.to_owned()));
    let trigger = start + quote.find("offensive").unwrap();
    // The strike's own words name the town.
    analysis.claims[0].places[0].span = part.span;
    let district = ClaimPlace {
        name: "Lower Delta".into(),
        lat: Some(44.3),
        lon: Some(20.0),
        precision: Precision::Admin2,
        ..ClaimPlace::default()
    };
    analysis.claims.push(Claim {
        places: vec![district],
        id: stable_id("c", &[id, "offensive"]),
        quote: quote.into(),
        span: Span::new(start, start + quote.len()),
        event: Event {
            kind: "attack".into(),
            trigger: Quote { span: Span::new(trigger, trigger + 9), text: "offensive".into() },
        },
        time: ClaimTime {
            value: Some(format!("{}/{}", DAYS.0, DAYS.1)),
            earliest: first,
            latest: last,
            precision: TimePrecision::Month,
            ..part.time.clone()
        },
        ..part
    });
    analysis
}

fn incident(ledger: &Ledger, kind: &str) -> Incident {
    ledger.incidents().map(Result::unwrap).find(|i| i.event_type == kind).unwrap()
}

#[test]
fn a_strike_is_part_of_the_offensive_and_stays_an_incident_of_its_own() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&telling("post", 0)).unwrap();
    ledger.add(&telling("herald", 2)).unwrap();
    ledger.relink().unwrap();
    let (offensive, shelling, protest) =
        (incident(&ledger, "attack"), incident(&ledger, "shelling"), incident(&ledger, "protest"));
    assert!(offensive.campaign && !shelling.campaign);
    let whole = ledger.part_of(&shelling).unwrap().unwrap();
    assert_eq!((whole.incident.as_str(), whole.title.as_str()), (offensive.id.as_str(), offensive.title.as_str()));
    assert!(whole.reason.starts_with("A report tells of both; it lies within the days (20 April 2031 to 20 May 2031)"));
    assert_eq!(ledger.part_of(&protest).unwrap(), None, "a protest is no part of an offensive");
    let parts: Vec<String> = ledger.parts(&offensive).unwrap().into_iter().map(|i| i.id).collect();
    assert_eq!(parts, std::slice::from_ref(&shelling.id));
    assert!(ledger.parts(&shelling).unwrap().is_empty());
}

#[test]
fn it_follows_what_people_decide() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&telling("post", 0)).unwrap();
    ledger.relink().unwrap();
    let offensive = incident(&ledger, "attack");
    ledger.judge("Ada", "hearsay", Action::Reject { claim: offensive.claims[0].clone() }).unwrap();
    ledger.relink().unwrap();
    assert_eq!(ledger.part_of(&incident(&ledger, "shelling")).unwrap(), None);
}
