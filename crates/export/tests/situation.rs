//! Situation reports as specifications: claims, and the sentences that are made of them.
use expect_test::{Expect, expect};
use variorum_export::{Selection, Situation};
use variorum_ledger::Ledger;
use variorum_model::{
    Analysis, Bound, Claim, ClaimPlace, ClaimTime, Event, Figure, Named, Polarity, Precision, Published, Quote, Report,
    Span, Stance, TimeBasis, TimePrecision,
};

/// What is said of one shelling: outlet, source (none: the outlet itself), words, number, what is counted, stance, who did it, type.
struct Said<'a> {
    outlet: &'a str,
    source: &'a str,
    words: &'a str,
    killed: Option<f64>,
    counted: (&'a str, &'a str),
    stance: Stance,
    by: &'a str,
    kind: &'a str,
}

const PLAIN: Said<'static> = Said {
    outlet: "",
    source: "",
    words: "",
    killed: None,
    counted: ("killed", "people"),
    stance: Stance::Assert,
    by: "",
    kind: "shelling",
};

fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap_or_default();
    let start = text[..at].chars().count();
    Span::new(start, start + words.chars().count())
}

fn analysis(n: usize, said: &Said<'_>) -> Analysis {
    let id = format!("r{n}");
    let text = said.words;
    let named = |name: &str| Named { name: name.into(), span: span(text, name) };
    let some = |name: &str| if name.is_empty() { Vec::new() } else { vec![named(name)] };
    let day = Some("2024-05-14".to_owned());
    let figure = |killed: f64| Figure {
        quote: Quote { span: span(text, &killed.to_string()), text: killed.to_string() },
        measure: said.counted.0.into(),
        category: said.counted.1.into(),
        value: Some(killed),
        min: Some(killed),
        max: Some(killed),
        bound: Bound::Exactly,
        ..Figure::default()
    };
    let claim = Claim {
        id: format!("c{n}"),
        quote: text.into(),
        span: span(text, text),
        sources: some(said.source),
        stance: said.stance,
        event: Event { kind: said.kind.into(), trigger: Quote { span: span(text, "shell"), text: "shell".into() } },
        polarity: Polarity::Happened,
        actors: some(said.by),
        places: vec![ClaimPlace {
            name: "Orlec".into(),
            lat: Some(45.1),
            lon: Some(15.2),
            precision: Precision::Exact,
            ..ClaimPlace::default()
        }],
        time: ClaimTime {
            value: day.clone(),
            earliest: day.clone(),
            latest: day,
            precision: TimePrecision::Day,
            basis: TimeBasis::Explicit,
            ..ClaimTime::default()
        },
        figures: said.killed.into_iter().map(figure).collect(),
        ..Claim::default()
    };
    let published =
        Published { value: Some("2024-05-15".into()), earliest: Some("2024-05-15".into()), ..Published::default() };
    let report = Report {
        id,
        title: format!("Orlec, as {} has it", said.outlet),
        publisher: said.outlet.into(),
        url: format!("https://{}.example/orlec", said.outlet.to_lowercase().replace(' ', "-")),
        text: text.into(),
        language: "en".into(),
        published,
        ..Report::default()
    };
    Analysis { report, claims: vec![claim], ..Analysis::default() }
}

/// The report on what is said, all of it taken for one incident.
fn situation(all: &[Said<'_>]) -> Situation {
    let mut ledger = Ledger::in_memory().unwrap();
    for (n, said) in all.iter().enumerate() {
        ledger.add(&analysis(n + 1, said)).unwrap();
    }
    ledger.relink().unwrap();
    let ids: Vec<String> = ledger.incidents().map(|i| i.unwrap().id).collect();
    if ids.len() > 1 {
        let merge = ledger.merging(&ids).unwrap();
        ledger.judge("tester", "", merge).unwrap();
        ledger.relink().unwrap();
    }
    let ids: Vec<String> = ledger.incidents().map(|i| i.unwrap().id).collect();
    Situation::of(&Selection::of(&ledger, &ids).unwrap(), "Week 20")
}

fn check(all: &[Said<'_>], expected: Expect) {
    let report = situation(all);
    let mut told = String::new();
    for sentence in report.entries.iter().flat_map(|entry| &entry.sentences) {
        assert!(!sentence.citations().is_empty(), "no sentence without a source: {}", sentence.words());
        let refs: String = sentence.citations().iter().map(|n| format!(" [{n}]")).collect();
        told += &format!("{}{refs}\n", sentence.words());
    }
    for (n, c) in report.citations.iter().enumerate() {
        told += &format!("[{}] {}, in {}, {}: “{}”\n", n + 1, c.source, c.outlet, c.published, c.quote);
    }
    expected.assert_eq(&told);
}

#[test]
fn one_voice_is_told_as_that_voice_has_it() {
    let words = "The mayor said shells killed 8 people in Orlec.";
    check(
        &[Said { outlet: "Courier", source: "mayor", words, killed: Some(8.0), ..PLAIN }],
        expect![[r#"
            Shelling in Orlec on 2024-05-14, according to mayor. [1]
            8 people killed, according to mayor. [1]
            [1] mayor, in Courier, 2024-05-15: “The mayor said shells killed 8 people in Orlec.”
        "#]],
    );
}

#[test]
fn who_only_speaks_about_it_is_not_cited_for_it() {
    let all = [
        Said { outlet: "Courier", words: "Shells fell on Orlec, the town, on Tuesday.", ..PLAIN },
        Said { outlet: "Post", words: "Shells hit Orlec on Tuesday.", ..PLAIN },
        Said {
            outlet: "Dispatch",
            source: "mayor",
            words: "The mayor condemned the shells on Orlec.",
            by: "mayor",
            kind: "statement",
            ..PLAIN
        },
    ];
    let report = situation(&all);
    let words: Vec<&str> = report.entries.iter().flat_map(|e| &e.sentences).map(|s| s.words()).collect();
    assert_eq!(words, ["Shelling in Orlec on 2024-05-14, according to Courier and Post."]);
}

#[test]
fn what_is_counted_is_said_once() {
    let told = |measure: &'static str, category: &'static str| {
        let words = "Shells fell on Orlec.";
        let said = Said { outlet: "Courier", words, killed: Some(4.0), counted: (measure, category), ..PLAIN };
        situation(&[said]).entries[0].sentences[1].words().to_owned()
    };
    assert_eq!(told("strikes", "other"), "4 strikes, according to Courier.");
    assert_eq!(told("positions-taken", "positions"), "4 positions taken, according to Courier.");
    assert_eq!(told("wounded", "other"), "4 people wounded, according to Courier.");
    assert_eq!(told("killed", "soldiers"), "4 soldiers killed, according to Courier.");
}

#[test]
fn numbers_that_differ_are_a_range_with_who_gives_which() {
    let all = [
        Said {
            outlet: "Courier",
            source: "mayor",
            words: "The mayor said shells killed 8 people.",
            killed: Some(8.0),
            ..PLAIN
        },
        Said { outlet: "Dispatch", words: "Shells killed 12 people.", killed: Some(12.0), ..PLAIN },
        Said {
            outlet: "Herald",
            source: "army",
            words: "The army said shells killed 12.",
            killed: Some(12.0),
            ..PLAIN
        },
    ];
    let report = situation(&all);
    let words: Vec<&str> = report.entries[0].sentences.iter().map(|s| s.words()).collect();
    assert!(
        words.contains(&"8 to 12 people killed: 8 according to mayor; 12 according to Dispatch and army.")
            || words.contains(&"8 to 12 people killed: 8 according to mayor; 12 according to army and Dispatch."),
        "{words:#?}"
    );
    let disputed = words.iter().find(|w| w.starts_with("Disputed (figure): "));
    assert!(disputed.is_some(), "{words:#?}");
}

#[test]
fn an_accusation_is_told_as_one_and_its_denial_beside_it() {
    let all = [
        Said {
            outlet: "Courier",
            source: "mayor",
            words: "The mayor accused Lethania of the shelling.",
            stance: Stance::Accuse,
            by: "Lethania",
            ..PLAIN
        },
        Said {
            outlet: "Courier",
            source: "Lethania",
            words: "Lethania denied the shelling.",
            stance: Stance::Deny,
            by: "Lethania",
            ..PLAIN
        },
    ];
    let report = situation(&all);
    let words: Vec<&str> = report.entries[0].sentences.iter().map(|s| s.words()).collect();
    assert!(words.contains(&"Blamed on Lethania, according to mayor."), "{words:#?}");
    assert!(words.contains(&"Denied by Lethania."), "{words:#?}");
    assert!(!words[0].contains("Lethania"), "who denies it does not count as saying it: {}", words[0]);
}

#[test]
fn both_forms_cite_every_claim_and_run_nothing() {
    let words = "The mayor said shells <script>alert(1)</script> [fell](javascript:x) *on* Orlec.";
    let report = situation(&[Said { outlet: "Courier", source: "mayor", words, killed: None, ..PLAIN }]);
    let html = report.html();
    assert!(html.contains("href=\"#c1\"") && html.contains("id=\"c1\""));
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    let markdown = report.markdown();
    expect![[r#"
        # Week 20

        ## 2024-05-14 · Orlec

        Shelling in Orlec on 2024-05-14, according to mayor. \[1\]

        ## Sources

        1. “The mayor said shells \<script\>alert(1)\</script\> \[fell\](javascript:x) \*on\* Orlec.” mayor, in Courier, 2024-05-15: [Orlec, as Courier has it](<https://courier.example/orlec>)

        Written from claims by templates. Each sentence says what its sources are credited with, and no more; the words in quotation marks stand so in the reports.
    "#]]
    .assert_eq(&markdown);
}
