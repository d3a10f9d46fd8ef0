//! The audit: samples that a seed decides, marks that are kept, and what they measure.
mod common;
use common::{claims, ledger, report};
use variorum_ledger::{FieldPrecision, Ledger, LedgerError, Mark};

fn ids(ledger: &Ledger, seed: &str, n: usize, field: Option<&str>) -> Vec<String> {
    ledger.audit_sample(seed, n, field).unwrap().into_iter().map(|c| c.id).collect()
}
fn of(ledger: &Ledger, author: &str, field: &str) -> FieldPrecision {
    let sample = ledger.audit_sample("7", 100, None).unwrap();
    ledger.audit_result(author, &sample).unwrap().into_iter().find(|p| p.field == field).unwrap()
}

#[test]
fn a_seed_decides_the_sample_and_a_larger_one_holds_the_smaller() {
    let one = ledger(&[("r1", &[0, 1, 2, 3]), ("r2", &[0, 1, 2, 3])]);
    let other = ledger(&[("r2", &[0, 1, 2, 3]), ("r1", &[0, 1, 2, 3])]);
    let all = ids(&one, "7", 100, None);
    assert_eq!(all.len(), 8);
    assert_eq!(ids(&other, "7", 100, None), all, "the order of reading does not matter");
    assert_eq!(ids(&one, "7", 3, None), all[..3]);
    assert_ne!(ids(&one, "8", 100, None), all, "another seed, another order");
    assert_eq!(ids(&one, "7", 100, Some("figures")), Vec::<String>::new(), "no claim gives one");
    assert_eq!(ids(&one, "7", 100, Some("place")).len(), 8);
    assert!(matches!(one.audit_sample("7", 3, Some("colour")), Err(LedgerError::Judgement(_))));
}

#[test]
fn the_last_mark_of_each_coder_counts_and_unsure_counts_neither_way() {
    let mut ledger = ledger(&[("r1", &[0, 1, 2, 3])]);
    let claims = claims(&ledger, "r1");
    let before = ledger.revision().unwrap();
    for (claim, mark) in claims.iter().zip([Mark::Right, Mark::Right, Mark::Wrong, Mark::Unsure]) {
        ledger.audit("Ada", claim, "type", mark).unwrap();
    }
    assert_ne!(ledger.revision().unwrap(), before);
    let found = of(&ledger, "Ada", "type");
    assert_eq!((found.given, found.right, found.wrong, found.unsure), (4, 2, 1, 1));
    assert!((found.precision.unwrap() - 2.0 / 3.0).abs() < 1e-12);
    assert!(found.low.unwrap() < 0.3 && found.high.unwrap() > 0.9, "three marks say little: {found:?}");
    assert_eq!(of(&ledger, "Ada", "stance").precision, None, "nothing marked, nothing measured");

    ledger.audit("Ada", &claims[2], "type", Mark::Right).unwrap();
    assert_eq!(of(&ledger, "Ada", "type").precision, Some(1.0));
    ledger.audit("Ada", &claims[2], "type", Mark::Withdrawn).unwrap();
    assert_eq!(of(&ledger, "Ada", "type").right, 2);
    assert!(ledger.audit("", &claims[0], "type", Mark::Right).is_err(), "no author");
    assert!(ledger.audit("Ada", &claims[0], "figures", Mark::Right).is_err(), "the claim gives none");
}

#[test]
fn coders_are_blind_to_each_other_and_their_agreement_is_measured() {
    let mut ledger = ledger(&[("r1", &[0, 1, 2, 3])]);
    let claims = claims(&ledger, "r1");
    let marks = [(Mark::Right, Mark::Right), (Mark::Wrong, Mark::Wrong), (Mark::Right, Mark::Right)];
    for (claim, (ada, ben)) in claims.iter().zip(marks) {
        ledger.audit("Ada", claim, "place", ada).unwrap();
        ledger.audit("Ben", claim, "place", ben).unwrap();
    }
    let found = of(&ledger, "Ada", "place");
    assert_eq!((found.coders, found.double, found.alpha), (2, 3, Some(1.0)));
    let claim = ledger.claim_as_read(&claims[1]).unwrap();
    assert_eq!(ledger.marks_of("Ada", &claim).unwrap()["place"], Mark::Wrong);
    assert!(ledger.marks_of("Cleo", &claim).unwrap().is_empty(), "a third coder sees no mark");
}

#[test]
fn a_mark_holds_for_what_was_read() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let claim = claims(&ledger, "r1")[0].clone();
    ledger.audit("Ada", &claim, "type", Mark::Wrong).unwrap();
    ledger.audit("Ada", &claim, "place", Mark::Right).unwrap();
    // The same words, read again by better rules: the claim keeps its id and has another type.
    let mut again = report("r1", "", &[0]);
    again.claims[0].event.kind = "explosion".into();
    ledger.add(&again).unwrap();
    ledger.relink().unwrap();
    assert_eq!(of(&ledger, "Ada", "type").wrong, 0, "what was wrong is no longer read");
    assert_eq!(of(&ledger, "Ada", "place").right, 1);
}
