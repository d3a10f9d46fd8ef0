//! What the ledger promises about storing: whole reports or none, nothing twice, nothing lost, nothing foreign touched.
use std::path::Path;
use variorum_ledger::{Action, Added, ClaimFilter, Entry, Ledger};
use variorum_model::{Analysis, Basis, Claim, Event, Incident, Published, Quote, Report, SCHEMA, Span, stable_id};

/// A report in which each sentence is one claim of an attack.
fn analysis(id: &str, text: &str) -> Analysis {
    let mut claims = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        let n = sentence.chars().count();
        let quote = sentence.trim_end();
        let span = Span::new(start, start + quote.chars().count());
        claims.push(Claim {
            id: stable_id("c", &[id, quote]),
            quote: quote.to_owned(),
            span,
            event: Event {
                kind: "attack".into(),
                trigger: Quote { span: Span::new(start, start), text: String::new() },
            },
            ..Claim::default()
        });
        start += n;
    }
    let published = Published { value: Some("2031-05-04".into()), basis: Basis::Metadata, ..Published::default() };
    let report = Report {
        id: id.into(),
        text: text.into(),
        publisher: "The Orlec Courier".into(),
        published,
        ..Report::default()
    };
    Analysis { schema: SCHEMA, report, claims, ..Analysis::default() }
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn the_same_report_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let report = analysis("r1", "Shells fell on Orlec. Nobody was hurt.");
    let mut ledger = Ledger::create(&path).unwrap();
    assert_eq!(ledger.add(&report).unwrap(), Added::New);
    ledger.relink().unwrap();
    drop(ledger);
    let before = bytes(&path);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.add(&report).unwrap(), Added::Unchanged);
    assert!(ledger.relink().unwrap().is_empty());
    drop(ledger);
    assert!(before == bytes(&path), "the file was written to");
}

#[test]
fn a_report_is_known_by_its_content_before_it_is_analysed() {
    let mut ledger = Ledger::in_memory().unwrap();
    let report = analysis("r1", "Shells fell on Orlec.");
    let key = variorum_ledger::report_key(&report.report);
    assert!(!ledger.contains(&key).unwrap());
    ledger.add(&report).unwrap();
    assert!(ledger.contains(&key).unwrap());
}

#[test]
fn another_text_under_the_same_id_is_a_version_and_the_newest_counts() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis("r1", "Two shells fell on Orlec.")).unwrap();
    let added = ledger.add(&analysis("r1", "Three shells fell on Orlec.")).unwrap();
    assert_eq!(added, Added::NewVersion { version: 2 });
    ledger.relink().unwrap();
    let quotes: Vec<String> = ledger.claims(ClaimFilter::default()).map(|c| c.unwrap().quote).collect();
    assert_eq!(quotes, ["Three shells fell on Orlec."]);
    let versions: Vec<(u32, bool)> = ledger.reports().map(|r| r.unwrap()).map(|r| (r.version, r.current)).collect();
    assert_eq!(versions, [(1, false), (2, true)]);
    assert_eq!(ledger.report("r1").unwrap().report.text, "Three shells fell on Orlec.");
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn a_report_read_by_better_rules_keeps_its_older_reading() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut report = analysis("r1", "Two shells fell on Orlec. It rained.");
    ledger.add(&report).unwrap();
    report.claims.pop();
    assert_eq!(ledger.add(&report).unwrap(), Added::Reread);
    assert_eq!(ledger.counts().unwrap().pending, 1);
    ledger.relink().unwrap();
    assert_eq!(ledger.counts().unwrap().claims, 1);
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn entries_are_found_by_the_start_of_their_id() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis("orlec-1", "Shells fell on Orlec.")).unwrap();
    ledger.add(&analysis("orlec-2", "Nobody was hurt.")).unwrap();
    ledger.relink().unwrap();
    let claim = ledger.claims(ClaimFilter::default()).next().unwrap().unwrap();
    assert_eq!(ledger.claim(&claim.id[..9]).unwrap(), claim);
    assert_eq!(claim.report, "orlec-1");
    let incident = ledger.incidents().next().unwrap().unwrap();
    assert!(matches!(ledger.entry(&incident.id[..9]).unwrap(), Entry::Incident(found) if *found == incident));
    assert!(matches!(ledger.entry("orlec-2").unwrap(), Entry::Report(_)));
    let error = ledger.report("orlec").unwrap_err();
    assert!(error.is_ambiguous());
    assert_eq!(error.to_string(), "\"orlec\" could be 2 reports: orlec-1, orlec-2");
    assert!(ledger.entry("zz").unwrap_err().is_not_found());
    assert!(ledger.entry("").unwrap_err().is_not_found());
}

#[test]
fn a_failure_is_noted_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.record_failure("a.jsonl:7", "not-json", "expected a brace").unwrap();
    ledger.record_failure("a.jsonl:7", "not-json", "expected a brace").unwrap();
    assert_eq!(ledger.failures().unwrap().len(), 1);
}

#[test]
fn what_is_not_a_ledger_is_said_to_be_none_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let look = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let error = Ledger::open(&path).err().expect("an error");
        assert_eq!(bytes(&path), content, "{name} was changed");
        assert_eq!(Ledger::open_read_only(&path).err().unwrap().to_string(), error.to_string());
        error
    };
    assert!(look("text", b"Shells fell on Orlec.").is_not_a_ledger());
    assert!(look("empty", b"").is_not_a_ledger());
    assert!(look("cut", b"SQLite format 3\0short").is_corrupt());
    assert!(Ledger::open(folder.path()).err().unwrap().is_not_a_ledger());
    assert!(Ledger::open(folder.path().join("absent")).err().unwrap().is_not_found());

    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(look("copy.db", &bytes(&other)).is_not_a_ledger());
}

#[test]
fn a_ledger_of_a_newer_schema_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    drop(Ledger::create(&path).unwrap());
    let mut content = bytes(&path);
    content[60..64].copy_from_slice(&999u32.to_be_bytes());
    std::fs::write(&path, &content).unwrap();
    let error = Ledger::open(&path).err().unwrap();
    assert!(error.is_newer());
    assert!(error.to_string().contains("has schema 999, newer than this program's"), "{error}");
    assert_eq!(bytes(&path), content);
}

#[test]
fn a_damaged_ledger_is_said_to_be_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    for n in 0..50 {
        ledger.add(&analysis(&format!("r{n}"), "Shells fell on Orlec. Nobody was hurt.")).unwrap();
    }
    drop(ledger);
    let whole = bytes(&path);
    // All but the head is gone.
    let mut content = whole.clone();
    content[100..].fill(0xAA);
    std::fs::write(&path, &content).unwrap();
    assert!(Ledger::open(&path).err().unwrap().is_corrupt());
    assert_eq!(bytes(&path), content);
    // Cut in the middle: the catalogue is there, the rows are not.
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let found = Ledger::open(&path).and_then(|ledger| ledger.check());
    assert!(found.is_err_and(|e| e.is_corrupt()) || Ledger::open(&path).unwrap().check().unwrap()[0].code == "file");
}

#[test]
fn a_locked_ledger_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    drop(Ledger::create(&path).unwrap());
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut ledger = Ledger::open_with_timeout(&path, std::time::Duration::from_millis(50)).unwrap();
    let error = ledger.add(&analysis("r1", "Shells fell on Orlec.")).unwrap_err();
    assert!(error.is_locked());
    assert!(error.to_string().ends_with("is locked by another process; try again when it has finished"), "{error}");
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.add(&analysis("r1", "Shells fell on Orlec.")).unwrap(), Added::New);
}

#[test]
fn a_ledger_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    drop(Ledger::open_or_create(&path).unwrap());
    drop(Ledger::open_or_create(&path).unwrap());
    assert_eq!(Ledger::create(&path).err().unwrap().to_string(), format!("{} exists already", path.display()));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["war.ledger"]);
}

#[test]
fn reading_needs_no_right_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&analysis("r1", "Shells fell on Orlec.")).unwrap();
    drop(ledger);
    let mut ledger = Ledger::open_read_only(&path).unwrap();
    assert_eq!(ledger.counts().unwrap().reports, 1);
    assert!(ledger.add(&analysis("r2", "Nobody was hurt.")).is_err());
    assert!(ledger.relink().is_err());
}

#[test]
fn history_cannot_be_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&analysis("r1", "Shells fell on Orlec.")).unwrap();
    drop(ledger);
    let raw = rusqlite::Connection::open(&path).unwrap();
    for table in ["report", "reading", "claim"] {
        let error = raw.execute(&format!("DELETE FROM {table}"), []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    assert!(raw.execute("UPDATE claim SET body = '{}'", []).unwrap_err().to_string().contains("append-only"));
}

#[test]
fn the_check_finds_a_span_that_does_not_read_back() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut report = analysis("r1", "“Łuk” fell on Orlec. Nobody was hurt.");
    ledger.add(&report).unwrap();
    ledger.relink().unwrap();
    assert_eq!(ledger.check().unwrap(), []);
    report.report.id = "r2".into();
    report.claims[0].span.end += 1;
    report.claims[1].span = Span::new(900, 920);
    ledger.add(&report).unwrap();
    ledger.relink().unwrap();
    let codes: Vec<&str> = ledger.check().unwrap().iter().map(|p| p.code).collect();
    assert_eq!(codes, ["span", "span"]);
}

#[test]
fn undoing_a_judgement_gives_back_the_state_before_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis("r1", "Shells fell on Orlec. Nobody was hurt.")).unwrap();
    ledger.relink().unwrap();
    // What it has been called in between is the ledger's history, and stays.
    let bare = |incident: Incident| Incident { previous_ids: Vec::new(), ..incident };
    let state = |ledger: &Ledger| ledger.incidents().map(|i| bare(i.unwrap())).collect::<Vec<_>>();
    let before = state(&ledger);
    let claim = before[0].claims[0].clone();
    let rejected = ledger.judge("Ada", "a rumour", Action::Reject { claim: claim.clone() }).unwrap();
    assert!(!ledger.relink().unwrap().is_empty());
    assert!(state(&ledger).iter().all(|i| !i.claims.contains(&claim)));
    ledger.undo("Ada", "confirmed since", &rejected.id).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger), before);
    assert_eq!(ledger.judgements().unwrap().len(), 2);
    assert!(ledger.undo("Ada", "", &rejected.id).unwrap_err().to_string().contains("has been undone already, by j"));
}

#[test]
fn a_judgement_on_nothing_is_refused() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis("r1", "Shells fell on Orlec.")).unwrap();
    let claim = ledger.claims(ClaimFilter::default()).next().unwrap().unwrap().id;
    let mut refused = |action| ledger.judge("Ada", "", action).unwrap_err().to_string();
    assert_eq!(refused(Action::Accept { claim: "c-none".into() }), "no claim \"c-none\" in the ledger");
    assert_eq!(
        refused(Action::Merge { claims: vec![claim.clone(), claim.clone()] }),
        "a merge needs two claims or more"
    );
    assert_eq!(
        refused(Action::Correct { claim: claim.clone(), field: "/quote".into(), value: "x".into() }),
        "\"/quote\" is what the text says and cannot be corrected"
    );
    assert!(
        refused(Action::Correct { claim, field: "/stance".into(), value: 7.into() }).starts_with("/stance cannot be 7")
    );
}
