//! Why two claims are, or are not, of one incident: what linkage did, told again.
mod common;
use common::{claims, ledger};
use variorum_ledger::{Action, LedgerError};

#[test]
fn the_steps_add_up_to_the_weight_and_the_decision_is_the_ledgers() {
    let ledger = ledger(&[("a", &[0]), ("b", &[0, 1]), ("c", &[2])]);
    let all: Vec<String> = ["a", "b", "c"].iter().flat_map(|r| claims(&ledger, r)).collect();
    for (i, l) in all.iter().enumerate() {
        for r in &all[i + 1..] {
            let told = ledger.explain(l, r).unwrap();
            let sum: f64 = told.waterfall.steps.iter().map(|s| s.bits).sum();
            assert!((sum - told.waterfall.weight).abs() < 1e-6, "{told:?}");
            let one = ledger.incidents_of(l).unwrap() == ledger.incidents_of(r).unwrap();
            assert_eq!(told.decision.unwrap().together, one, "{l} {r}");
            let back = ledger.explain(r, l).unwrap();
            assert_eq!(back.waterfall, told.waterfall, "whichever is named first");
        }
    }
}

#[test]
fn what_brought_two_reports_together_is_named() {
    let ledger = ledger(&[("a", &[0]), ("b", &[0]), ("c", &[2])]);
    let [a, b, c] = ["a", "b", "c"].map(|r| claims(&ledger, r).remove(0));
    let told = ledger.explain(&a, &b).unwrap();
    assert!(told.compared && told.keys.iter().any(|k| k.kind == variorum_link::KeyKind::Site), "{:?}", told.keys);
    let place = told.waterfall.steps.iter().find(|s| s.comparison == "place").unwrap();
    assert_eq!((place.level.as_str(), place.meaning.as_str()), ("Same", "the same spot"));
    assert_eq!(told.reason.split(',').next_back(), Some(" at least the -1.4 that it takes: one incident."));
    let told = ledger.explain(&a, &c).unwrap();
    assert!(!told.compared);
    assert_eq!(told.reason, "No comparison leads from one to the other, directly or over others: two incidents.");
}

#[test]
fn claims_of_one_report_are_compared_as_it_compares_them() {
    let ledger = ledger(&[("a", &[0, 1])]);
    let both = claims(&ledger, "a");
    let told = ledger.explain(&both[0], &both[1]).unwrap();
    assert!(told.one_article && told.keys.is_empty());
    assert!(told.waterfall.steps.iter().any(|s| s.comparison == "distance"));
    assert!(told.waterfall.weight < told.waterfall.threshold);
    assert_eq!(ledger.explain(&both[0], &both[0]).unwrap().reason, "It is one claim.");
}

#[test]
fn a_judgement_is_the_reason_where_one_decides() {
    let mut ledger = ledger(&[("a", &[0]), ("b", &[0]), ("c", &[2])]);
    let [a, b, c] = ["a", "b", "c"].map(|r| claims(&ledger, r).remove(0));
    ledger.judge("Ada", "two kilns", Action::Split { claims: vec![a.clone()], from: vec![b.clone()] }).unwrap();
    ledger.judge("Ada", "one night", Action::Merge { claims: vec![b.clone(), c.clone()] }).unwrap();
    ledger.relink().unwrap();
    assert_eq!(ledger.explain(&a, &b).unwrap().reason, "A judgement keeps them apart.");
    assert_eq!(ledger.explain(&b, &c).unwrap().reason, "A judgement joins them.");
    ledger.judge("Ada", "a tale", Action::Reject { claim: c.clone() }).unwrap();
    ledger.relink().unwrap();
    assert!(matches!(ledger.explain(&b, &c), Err(LedgerError::Unlinked { claim }) if claim == c));
}

#[test]
fn an_incident_stands_for_its_likest_claim() {
    let ledger = ledger(&[("a", &[0]), ("b", &[0, 1]), ("c", &[1])]);
    let (a, b) = (claims(&ledger, "a").remove(0), claims(&ledger, "b"));
    let incident = ledger.incidents_of(&a).unwrap().remove(0);
    assert_eq!(ledger.nearest_claim(&a, &incident).unwrap(), b[0]);
}
