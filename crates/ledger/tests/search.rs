//! Full-text search: what is found, and in which words.
use variorum_ledger::{Added, Ledger, Piece};
use variorum_model::{Analysis, Claim, Named, Report, Span};

fn ledger() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (id, title, text) in [
        ("a", "Market shelled", "Shells fell on the market of Kravice. Eight people died."),
        ("b", "Truce holds", "Łukań Dereš said that the guns were silent in Kravice."),
    ] {
        let report = Report { id: id.into(), title: title.into(), text: text.into(), ..Report::default() };
        let quote: String = text.split_inclusive('.').next().unwrap().into();
        let claim = Claim {
            id: format!("c-{id}"),
            span: Span::new(0, quote.chars().count()),
            quote,
            actors: vec![Named { name: "Army of Lethania".into(), span: Span::default() }],
            ..Claim::default()
        };
        let analysis = Analysis { report, claims: vec![claim], ..Analysis::default() };
        assert_eq!(ledger.add(&analysis).unwrap(), Added::New);
    }
    ledger
}

fn reports(ledger: &Ledger, words: &str) -> Vec<String> {
    ledger.search_reports(words, 10).unwrap().into_iter().map(|found| found.report.id).collect()
}

#[test]
fn all_words_must_stand_in_the_report() {
    let ledger = ledger();
    assert_eq!(reports(&ledger, "kravice market"), ["a"]);
    assert_eq!(reports(&ledger, "kravice").len(), 2);
    assert_eq!(reports(&ledger, "kravice moon"), [""; 0]);
}

#[test]
fn headlines_count_and_accents_and_endings_do_not() {
    let ledger = ledger();
    assert_eq!(reports(&ledger, "truce"), ["b"]);
    assert_eq!(reports(&ledger, "deres"), ["b"]);
    assert_eq!(reports(&ledger, "mark"), ["a"]);
    assert_eq!(reports(&ledger, "\"mark\""), [""; 0]);
}

#[test]
fn operators_are_words() {
    let ledger = ledger();
    for typed in ["market OR truce", "title:truce", "NEAR(a b)", "\"", "(", "a* -b", "{x}: ^y"] {
        ledger.search_reports(typed, 10).unwrap();
        ledger.search_claims(typed, 10).unwrap();
    }
    assert_eq!(reports(&ledger, "market OR truce"), [""; 0]);
}

#[test]
fn claims_are_found_by_quote_and_by_name() {
    let ledger = ledger();
    let by_quote = ledger.search_claims("shells", 10).unwrap();
    assert_eq!(by_quote.len(), 1);
    assert_eq!((by_quote[0].claim.id.as_str(), by_quote[0].claim.report.as_str()), ("c-a", "a"));
    assert_eq!(by_quote[0].passage[0], Piece { text: "Shells".into(), hit: true });
    assert_eq!(ledger.search_claims("lethania", 10).unwrap().len(), 2);
}

#[test]
fn a_second_reading_finds_nothing_twice() {
    let mut ledger = ledger();
    let stored = ledger.report("a").unwrap().report;
    let reread = Analysis { report: stored, ..Analysis::default() };
    assert_eq!(ledger.add(&reread).unwrap(), Added::Reread);
    assert_eq!(reports(&ledger, "market"), ["a"]);
    assert!(ledger.search_claims("shells", 10).unwrap().is_empty(), "the second reading has no claims");
    ledger.relink().unwrap();
    assert_eq!(ledger.check().unwrap(), []);
}
