//! Linking what a change reaches comes to the same as linking everything anew, in a world where one incident is much like the
//! next: the same few towns, days, kinds and words, so that every change can tip what its neighbours are.
mod common;

use common::state;
use proptest::prelude::*;
use variorum_ledger::{Action, Ledger};
use variorum_model::*;

const TOWNS: [(&str, f64, f64); 5] =
    [("Orlec", 44.0, 20.0), ("Brenna", 44.05, 20.1), ("Vashtiva", 44.2, 20.0), ("Kolm", 45.5, 21.0), ("", 0.0, 0.0)];
const KINDS: [&str; 5] = ["shelling", "attack", "armed-clash", "explosion", "statement"];
const WORDS: [&str; 8] =
    ["granary", "lime kiln", "ferry landing", "tannery", "chapel of Saint Odra", "depot", "weir", "orchard"];
const NAMES: [&str; 4] = ["Ilka Vardan", "Tomasz Orlovic", "Bereket Kidane", "Nadia Ferhat"];

const STANCES: [Stance; 4] = [Stance::Assert, Stance::Deny, Stance::Accuse, Stance::Assert];
const SOURCES: [&str; 2] = ["Karovia", "Lethania"];

/// One sentence: what of each list it takes.
#[derive(Debug, Clone)]
struct Sentence {
    town: usize,
    kind: usize,
    words: (usize, usize),
    name: usize,
    day: u8,
    days: u8,
    killed: u8,
    stance: usize,
    source: usize,
}

/// What is done to the ledger, one after the other.
#[derive(Debug, Clone)]
enum Step {
    Read(Vec<Sentence>),
    Reject(usize),
    Retype(usize, usize),
    Merge(usize, usize),
    Split(usize),
    Move(usize, usize),
    Undo(usize),
}

fn analysis(number: usize, sentences: &[Sentence]) -> Analysis {
    let id = format!("r{number:02}");
    let mut text = String::new();
    let mut claims = Vec::new();
    for (k, s) in sentences.iter().enumerate() {
        let (town, lat, lon) = TOWNS[s.town];
        let (kind, name) = (KINDS[s.kind], NAMES[s.name]);
        let source = SOURCES.get(s.source).map(|name| Named { name: (*name).into(), ..Named::default() });
        let quote = format!(
            "{name} told of the {kind} by the {} and the {} {town} that killed {}.",
            WORDS[s.words.0], WORDS[s.words.1], s.killed
        );
        let start = text.chars().count();
        text.push_str(&quote);
        text.push(' ');
        let day = |day: u8| Some(format!("2031-05-{:02}", 1 + day));
        let time = ClaimTime {
            value: day(s.day),
            earliest: day(s.day),
            latest: day(s.day + s.days),
            precision: TimePrecision::Day,
            basis: TimeBasis::Explicit,
            quote: Quote::default(),
        };
        let place = ClaimPlace {
            name: town.into(),
            geonames: Some(s.town as u32 + 1),
            lat: Some(lat),
            lon: Some(lon),
            precision: Precision::Exact,
            ..ClaimPlace::default()
        };
        claims.push(Claim {
            id: stable_id("c", &[&id, &k.to_string(), &quote]),
            quote: quote.clone(),
            span: Span::new(start, start + quote.chars().count()),
            event: Event { kind: kind.into(), trigger: Quote { span: Span::new(start, start), text: String::new() } },
            places: if town.is_empty() { Vec::new() } else { vec![place] },
            time,
            stance: STANCES[s.stance],
            polarity: if s.stance == 1 { Polarity::DidNotHappen } else { Polarity::Happened },
            sources: source.into_iter().collect(),
            ..Claim::default()
        });
    }
    let value = Some("2031-05-30".to_owned());
    let published = Published { value: value.clone(), earliest: value.clone(), latest: value, basis: Basis::Metadata };
    let report = Report { id, text, publisher: format!("Outlet {}", number % 7), published, ..Report::default() };
    Analysis { schema: SCHEMA, report, claims, ..Analysis::default() }
}

fn sentence() -> impl Strategy<Value = Sentence> {
    let what = (0..5usize, (0..8usize, 0..8usize), 0..4usize, 1u8..6);
    let who = (0..4usize, 0..4usize);
    (0..5usize, what, 0u8..9, 0u8..3, who).prop_map(
        |(town, (kind, words, name, killed), day, days, (stance, source))| Sentence {
            town,
            kind,
            words,
            name,
            day,
            days,
            killed,
            stance,
            source,
        },
    )
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any = || 0..1000usize;
    let step = prop_oneof![
        6 => proptest::collection::vec(sentence(), 1..5).prop_map(Step::Read),
        2 => any().prop_map(Step::Reject),
        1 => (any(), 0..4usize).prop_map(|(claim, kind)| Step::Retype(claim, kind)),
        1 => (any(), any()).prop_map(|(l, r)| Step::Merge(l, r)),
        1 => any().prop_map(Step::Split),
        1 => (any(), any()).prop_map(|(l, r)| Step::Move(l, r)),
        1 => any().prop_map(Step::Undo),
    ];
    proptest::collection::vec(step, 10..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_a_change_reaches_is_all_that_it_changes(steps in steps()) {
        let mut often = Ledger::in_memory().unwrap();
        let mut once = Ledger::in_memory().unwrap();
        let (mut claims, mut n): (Vec<String>, usize) = (Vec::new(), 0);
        let mut judged: Vec<[String; 2]> = Vec::new();
        for step in steps {
            let claim = |i: usize| claims.get(i % claims.len().max(1)).cloned();
            let two = |l: usize, r: usize| claim(l).zip(claim(r)).filter(|(l, r)| l != r);
            let action = match step {
                Step::Read(sentences) => {
                    let analysis = analysis(n, &sentences);
                    n += 1;
                    claims.extend(analysis.claims.iter().map(|c| c.id.clone()));
                    often.add(&analysis).unwrap();
                    once.add(&analysis).unwrap();
                    None
                }
                Step::Undo(i) => {
                    let id = (!judged.is_empty()).then(|| judged.swap_remove(i % judged.len()));
                    if let Some([l, r]) = id {
                        often.undo("Ada", "", &l).unwrap();
                        once.undo("Ada", "", &r).unwrap();
                    }
                    None
                }
                Step::Reject(i) => claim(i).map(|claim| Action::Reject { claim }),
                Step::Retype(i, kind) => claim(i).map(|claim| {
                    Action::Correct { claim, field: "/event/type".into(), value: KINDS[kind].into() }
                }),
                Step::Merge(l, r) => two(l, r).map(|(l, r)| Action::Merge { claims: vec![l, r] }),
                Step::Split(i) => claim(i).and_then(|claim| often.splitting(&[claim], &[]).ok()),
                Step::Move(l, r) => two(l, r).map(|(claim, to)| Action::Move { claim, to }),
            };
            if let Some(action) = action {
                let both = [&mut often, &mut once].map(|ledger| ledger.judge("Ada", "", action.clone()));
                match both {
                    [Ok(l), Ok(r)] => judged.push([l.id, r.id]),
                    [l, r] => prop_assert!(l.is_err() && r.is_err(), "{l:?} {r:?}"),
                }
            }
            often.relink().unwrap();
        }
        once.relink().unwrap();
        prop_assert_eq!(state(&often), state(&once));
    }
}

#[test]
fn a_denial_that_loses_what_it_answered_answers_what_stands_before() {
    let told = |town, day, stance, source, kind| Sentence {
        town,
        kind,
        words: (town, town + 3),
        name: town,
        day,
        days: 0,
        killed: 2,
        stance,
        source,
    };
    // Karovia accuses Lethania of a shelling at Orlec and, after other news, of an attack at Kolm; Lethania denies "it".
    let other = [told(1, 1, 0, 3, 3), told(2, 2, 0, 3, 3), told(1, 3, 0, 3, 3)];
    let mut sentences = vec![told(0, 0, 2, 0, 0), told(3, 6, 2, 0, 1), Sentence { town: 4, ..told(2, 6, 1, 1, 4) }];
    sentences.splice(1..1, other);
    let mut analysis = analysis(0, &sentences);
    for accusation in [0, 4] {
        analysis.claims[accusation].actors = vec![Named { name: "Lethania".into(), ..Named::default() }];
    }
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis).unwrap();
    ledger.relink().unwrap();
    let [orlec, kolm] = [0, 4].map(|i| analysis.claims[i].id.clone());
    let disputed = |ledger: &Ledger, claim: &String| {
        let incident = ledger.incidents_of(claim).unwrap().remove(0);
        !ledger.incident(&incident).unwrap().disagreements.is_empty()
    };
    assert!(
        disputed(&ledger, &kolm) && !disputed(&ledger, &orlec),
        "the nearest accusation is the one that is answered"
    );
    let rejected = ledger.judge("Ada", "misread", Action::Reject { claim: kolm.clone() }).unwrap();
    ledger.relink().unwrap();
    assert!(disputed(&ledger, &orlec));
    ledger.undo("Ada", "", &rejected.id).unwrap();
    ledger.relink().unwrap();
    assert!(disputed(&ledger, &kolm) && !disputed(&ledger, &orlec));
}
