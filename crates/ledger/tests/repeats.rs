//! Reports that repeat one another: told at entry, the newest of a page counts.
mod common;
use common::{claims, report, state};
use variorum_ledger::{Added, Ledger, Likeness};
use variorum_model::{Analysis, Published};

const LEAD: &str = "All of this was told to us by people who were there and who have no reason to say what is not so. ";

/// A report of an address, published on a day of May.
fn page(id: &str, url: &str, day: u32, happenings: &[usize]) -> Analysis {
    let mut analysis = report(id, LEAD, happenings);
    let value = Some(format!("2031-05-{day:02}"));
    analysis.report.url = url.into();
    analysis.report.published = Published { value, ..analysis.report.published };
    analysis
}

fn repeats(how: Likeness) -> Added {
    Added::Repeat { how }
}

#[test]
fn of_the_versions_of_a_page_the_newest_counts_in_whichever_order_they_are_read() {
    let old = page("saved-1.html", "https://courier.example/mill", 20, &[0, 1]);
    let new = page("saved-2.html", "http://www.courier.example/mill/", 21, &[0, 1, 2]);
    let read = |first: &Analysis, second: &Analysis| {
        let mut ledger = Ledger::in_memory().unwrap();
        assert_eq!(ledger.add(first).unwrap(), Added::New);
        ledger.relink().unwrap();
        assert_eq!(ledger.add(second).unwrap(), repeats(Likeness::Version));
        ledger.relink().unwrap();
        ledger
    };
    let (forth, back) = (read(&old, &new), read(&new, &old));
    assert_eq!(state(&forth), state(&back));
    for ledger in [forth, back] {
        assert_eq!(claims(&ledger, "saved-1.html"), Vec::<String>::new());
        assert_eq!(claims(&ledger, "saved-2.html").len(), 3);
        assert_eq!(ledger.incidents().count(), 3);
        assert!(ledger.incidents().all(|i| i.unwrap().claims.len() == 1));
        let counts: Vec<(String, bool)> =
            ledger.reports().map(|r| r.map(|r| (r.report.id, r.current)).unwrap()).collect();
        assert!(counts.contains(&("saved-1.html".into(), false)) && counts.contains(&("saved-2.html".into(), true)));
    }
}

#[test]
fn who_keeps_what_reports_say_hears_of_one_that_a_new_version_replaces() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&page("saved-1.html", "https://courier.example/mill", 20, &[0, 1])).unwrap();
    ledger.relink().unwrap();
    let then = ledger.revision().unwrap();
    ledger.add(&page("saved-2.html", "https://courier.example/mill", 21, &[0, 1, 2])).unwrap();
    ledger.relink().unwrap();
    let changed: Vec<String> = ledger.reports_changed_after(then).unwrap().into_iter().collect();
    assert_eq!(changed, ["saved-1.html", "saved-2.html"]);
    assert!(ledger.report_head("saved-1.html").unwrap().is_none());
}

#[test]
fn another_outlet_that_prints_the_same_counts_as_a_report_and_is_told_as_a_copy() {
    let mut ledger = Ledger::in_memory().unwrap();
    let first = page("a", "https://courier.example/mill", 20, &[0, 1]);
    ledger.add(&first).unwrap();
    for n in 0..40 {
        let copy = page(&format!("b{n}"), &format!("https://post{n}.example/x"), 20, &[0, 1]);
        assert_eq!(ledger.add(&copy).unwrap(), repeats(Likeness::Exact));
    }
    let mut reprint = page("c", "", 21, &[0, 1]);
    reprint.report.title = "Granary burns".into();
    assert_eq!(ledger.add(&reprint).unwrap(), repeats(Likeness::Reprint));
    assert_eq!(ledger.add(&page("d", "", 21, &[2, 3])).unwrap(), Added::New);
    let key = |id: &str| ledger.report(id).unwrap().key;
    let of = |id: &str| ledger.repeat_of(&key(id)).unwrap().map(|r| r.report);
    assert_eq!([of("a"), of("b39"), of("c"), of("d")], [None, Some("a".into()), Some("a".into()), None]);
    assert_eq!(ledger.repeated_by(&key("a")).unwrap().len(), 41);
    assert!(ledger.reports().all(|r| r.unwrap().current));
}

#[test]
fn what_was_told_at_entry_is_told_again_from_the_entries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&page("a", "https://courier.example/mill", 20, &[0, 1])).unwrap();
    ledger.add(&page("b", "https://courier.example/mill", 22, &[0, 1, 2])).unwrap();
    ledger.relink().unwrap();
    let before = state(&ledger);
    drop(ledger);
    let bare = rusqlite::Connection::open(&path).unwrap();
    bare.execute_batch(
        "DELETE FROM superseded; DELETE FROM likeness; DELETE FROM signature_band; DELETE FROM signature;",
    )
    .unwrap();
    drop(bare);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&report("other", "", &[3])).unwrap();
    ledger.relink().unwrap();
    let (claims, incidents) = state(&ledger);
    assert_eq!((claims.len(), incidents.len()), (before.0.len() + 1, before.1.len() + 1));
    assert_eq!(ledger.repeat_of(&ledger.report("b").unwrap().key).unwrap().unwrap().how, Likeness::Version);
}
