//! The change feed: what became of incidents, in order, with the reason.
mod common;
use common::{claims, ledger, report};
use serde_json::json;
use variorum_ledger::{Action, Cause, Change, Ledger, Since, What};

fn feed(ledger: &Ledger, since: i64) -> Vec<Change> {
    ledger.changes(Since::Seq(since)).map(|c| c.unwrap()).collect()
}

fn last(ledger: &Ledger) -> i64 {
    feed(ledger, 0).last().map_or(0, |c| c.seq)
}

fn by_report(id: &str) -> Cause {
    Cause::Report { report: id.into() }
}

#[test]
fn a_report_creates_and_revises_incidents() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let first = feed(&ledger, 0);
    assert_eq!((first.len(), first[0].what, &first[0].because), (1, What::Created, &vec![by_report("r1")]));
    ledger.add(&report("r2", "", &[0, 1])).unwrap();
    ledger.relink().unwrap();
    let next = feed(&ledger, first[0].seq);
    let n = |what: What| next.iter().filter(|c| c.what == what).count();
    assert_eq!((next.len(), n(What::Revised), n(What::Created)), (2, 1, 1));
    let revised = next.iter().find(|c| c.what == What::Revised).unwrap();
    let reports = revised.fields.iter().find(|f| f.field == "reports").unwrap();
    assert_eq!((&reports.was, &reports.now), (&json!([]), &json!(["r2"])));
    assert_eq!(revised.because, [by_report("r2")]);
    // Nothing new: nothing to tell.
    ledger.relink().unwrap();
    assert_eq!(feed(&ledger, next[1].seq), []);
}

#[test]
fn judgements_merge_split_and_remove_and_are_named() {
    let mut ledger = ledger(&[("r1", &[0]), ("r2", &[1]), ("r3", &[2])]);
    let [a, b, c] = ["r1", "r2", "r3"].map(|r| claims(&ledger, r)[0].clone());
    let incident = |ledger: &Ledger, claim: &str| ledger.incidents_of(claim).unwrap()[0].clone();
    let (of_a, of_b, of_c) = (incident(&ledger, &a), incident(&ledger, &b), incident(&ledger, &c));
    let seen = last(&ledger);
    let merged = ledger.judge("Ada", "one night", Action::Merge { claims: vec![a.clone(), b.clone()] }).unwrap();
    ledger.relink().unwrap();
    let entries = feed(&ledger, seen);
    let survivor = incident(&ledger, &a);
    let gone = if survivor == of_a { &of_b } else { &of_a };
    let merge = entries.iter().find(|e| e.what == What::Merged).unwrap();
    assert_eq!((&merge.incident, &merge.from), (&survivor, &vec![gone.clone()]));
    let cause = Cause::Judgement { judgement: merged.id.clone(), what: "merge".into(), author: "Ada".into() };
    assert_eq!(merge.because, [cause]);
    let removed = entries.iter().find(|e| e.what == What::Removed).unwrap();
    assert_eq!((&removed.incident, &removed.into), (gone, &vec![survivor.clone()]));

    let seen = last(&ledger);
    ledger.undo("Ben", "two nights", &merged.id).unwrap();
    ledger.relink().unwrap();
    let entries = feed(&ledger, seen);
    let split = entries.iter().find(|e| e.what == What::Split).unwrap();
    assert_eq!((&split.incident, &split.from), (gone, &vec![survivor]));
    assert!(matches!(&split.because[0], Cause::Judgement { what, author, .. } if what == "undo" && author == "Ben"));

    let seen = last(&ledger);
    ledger.judge("Ada", "a rumour", Action::Reject { claim: c }).unwrap();
    ledger.relink().unwrap();
    let entries = feed(&ledger, seen);
    assert_eq!((entries.len(), entries[0].what, &entries[0].incident), (1, What::Removed, &of_c));
    assert_eq!(entries[0].into, Vec::<String>::new());
}

#[test]
fn a_correction_is_a_revision_with_the_old_value_and_the_new() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let claim = claims(&ledger, "r1")[0].clone();
    let seen = last(&ledger);
    let action = Action::Correct { claim, field: "/event/type".into(), value: json!("explosion") };
    ledger.judge("Ada", "", action).unwrap();
    ledger.relink().unwrap();
    let entries = feed(&ledger, seen);
    let field = entries[0].fields.iter().find(|f| f.field == "event_type").unwrap();
    assert_eq!((entries[0].what, &field.was, &field.now), (What::Revised, &json!("shelling"), &json!("explosion")));
}

#[test]
fn the_feed_can_be_asked_from_a_time_and_is_never_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&report("r1", "", &[0])).unwrap();
    ledger.relink().unwrap();
    let n = |since: &str| ledger.changes(Since::Time(since.into())).count();
    assert_eq!((n("2020-01-01"), n("9999-01-01")), (1, 0));
    let raw = rusqlite::Connection::open(&path).unwrap();
    for sql in ["DELETE FROM change", "UPDATE change SET body = '{}'"] {
        assert!(raw.execute(sql, []).unwrap_err().to_string().contains("append-only"));
    }
}
