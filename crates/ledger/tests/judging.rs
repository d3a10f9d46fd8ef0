//! What people decide: bound to words, replayed over every reading, taken back one by one, never dropped in silence.
mod common;
use common::{claims, ledger, report, state};
use proptest::prelude::*;
use serde_json::json;
use variorum_ledger::{Action, ClaimFilter, Ledger, State, correction};
use variorum_model::*;

fn is_groundless(ledger: &Ledger, id: &str) -> bool {
    ledger.standings().unwrap().into_iter().find(|s| s.judgement.id == id).unwrap().state == State::GroundGone
}

#[test]
fn a_judgement_finds_its_words_again_in_a_later_version() {
    let mut ledger = ledger(&[("r1", &[0, 1])]);
    let claim = claims(&ledger, "r1")[0].clone();
    let rejected = ledger.judge("Ada", "a rumour", Action::Reject { claim: claim.clone() }).unwrap();
    // The same sentences, further down the page: other offsets, so other ids.
    ledger.add(&report("r1", "Corrected. ", &[0, 1])).unwrap();
    ledger.relink().unwrap();
    let standing = ledger.standings().unwrap().remove(0);
    assert_eq!(standing.state, State::InForce);
    let now = claims(&ledger, "r1")[0].clone();
    assert_ne!(now, claim);
    assert_eq!(standing.moved, [(claim, now.clone())]);
    assert_eq!(ledger.incidents_of(&now).unwrap(), Vec::<String>::new());
    assert_eq!(ledger.claim(&now).unwrap().judgements[0].id, rejected.id);
}

#[test]
fn a_judgement_whose_words_are_gone_is_listed_and_counts_again_when_they_come_back() {
    let mut ledger = ledger(&[("r1", &[0, 1]), ("r2", &[0])]);
    let claim = claims(&ledger, "r1")[0].clone();
    let rejected = ledger.judge("Ada", "a rumour", Action::Reject { claim }).unwrap().id;
    ledger.relink().unwrap();
    assert!(!is_groundless(&ledger, &rejected));
    let before = state(&ledger);
    // A page that was edited, and then edited back.
    ledger.add(&report("r1", "", &[1])).unwrap();
    ledger.relink().unwrap();
    assert!(is_groundless(&ledger, &rejected));
    assert_eq!(
        ledger.standings().unwrap()[0].gone[0].quote,
        "Ilka Vardan witnessed the shelling at the granary by the lime kiln in Orlec."
    );
    ledger.add(&report("r1", " ", &[0, 1])).unwrap();
    ledger.relink().unwrap();
    assert!(!is_groundless(&ledger, &rejected));
    assert_eq!(state(&ledger).1.len(), before.1.len());
}

#[test]
fn what_was_judged_of_a_claims_type_does_not_hold_for_another_type() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let claim = claims(&ledger, "r1")[0].clone();
    let rejected = ledger.judge("Ada", "", Action::Reject { claim: claim.clone() }).unwrap().id;
    let note = ledger.judge("Ada", "", Action::Note { about: claim, text: "look up the kiln".into() }).unwrap().id;
    let mut again = report("r1", "", &[0]);
    again.claims[0].event.kind = "explosion".into();
    again.claims[0].id = "c-other".into();
    ledger.add(&again).unwrap();
    ledger.relink().unwrap();
    assert!(is_groundless(&ledger, &rejected));
    assert!(!is_groundless(&ledger, &note));
}

#[test]
fn a_corrected_claim_says_by_whom_and_what_was_read() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let claim = ledger.claims(ClaimFilter::default()).next().unwrap().unwrap();
    let (field, value) = correction(&claim, "type", "explosion", &|_| None).unwrap();
    ledger.judge("Ada", "a gas main", Action::Correct { claim: claim.id.clone(), field, value }).unwrap();
    ledger.relink().unwrap();
    let now = ledger.claim(&claim.id).unwrap();
    assert_eq!(now.event.kind, "explosion");
    let mark = &now.judgements[0];
    assert_eq!(
        (mark.author.as_str(), mark.field.as_deref(), &mark.was),
        ("Ada", Some("/event/type"), &Some(json!("shelling")))
    );
    assert_eq!(ledger.claim_as_read(&claim.id).unwrap(), claim);
    assert_eq!(state(&ledger).1[0].event_type, "explosion");
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn corrections_are_checked_before_they_are_kept() {
    let ledger = ledger(&[("r1", &[0])]);
    let claim = ledger.claims(ClaimFilter::default()).next().unwrap().unwrap();
    let gazetteer =
        |id: u32| (id == 7).then(|| ClaimPlace { name: "Kolm".into(), geonames: Some(7), ..ClaimPlace::default() });
    let refused = |field: &str, words: &str| correction(&claim, field, words, &gazetteer).unwrap_err().to_string();
    assert!(refused("type", "bombardment").starts_with("\"bombardment\" is no event type; there are attack, shelling"));
    assert_eq!(refused("date", "2031-05-09/2031-05-02"), "the first day, 2031-05-09, is after the last, 2031-05-02");
    assert_eq!(refused("date", "yesterday"), "\"yesterday\" is no day; write it as 2023-09-20");
    assert_eq!(refused("place", "8"), "the gazetteer has no place 8");
    assert_eq!(refused("place", "Kolm @ 144, 20"), "144, 20 is not on the globe: latitude, then longitude, in degrees");
    assert_eq!(refused("figure", "12"), format!("figure: claim {} has 0 figures", claim.id));
    assert!(refused("weather", "mild").starts_with("no field \"weather\"; there are type, actors"));
    assert_eq!(refused("/quote", "\"x\""), "\"/quote\" is what the text says and cannot be corrected");
    assert_eq!(refused("/time/earliest", "\"2031-05-09\""), "the first day, 2031-05-09, is after the last, 2031-05-01");
    let (field, value) = correction(&claim, "place", "geonames:7", &gazetteer).unwrap();
    assert_eq!((field.as_str(), &value[0]["name"]), ("/places", &json!("Kolm")));
    let (_, value) = correction(&claim, "actors", "Ilka Vardan; the Orlec garrison", &gazetteer).unwrap();
    assert_eq!(
        value,
        json!([{"name": "Ilka Vardan", "start": 0, "end": 11}, {"name": "the Orlec garrison", "start": 0, "end": 0}])
    );
    let (_, value) = correction(&claim, "date", "2031-05", &gazetteer).unwrap();
    assert_eq!(
        (&value["earliest"], &value["latest"], &value["basis"]),
        (&json!("2031-05-01"), &json!("2031-05-31"), &json!("judgement"))
    );
}

/// Dates every claim on the day the report was published.
fn dated_by_publication(report: Report) -> Analysis {
    let mut analysis = common::report(&report.id, "", &[0, 1]);
    for claim in &mut analysis.claims {
        let day = report.published.earliest.clone();
        claim.time = ClaimTime {
            value: day.clone(),
            earliest: day.clone(),
            latest: day,
            precision: TimePrecision::Day,
            ..ClaimTime::default()
        };
    }
    Analysis { report, ..analysis }
}

#[test]
fn a_date_has_the_report_read_anew_and_undoing_it_gives_back_the_reading_before() {
    let mut ledger = ledger(&[("r1", &[0, 1]), ("r2", &[0])]);
    let before = state(&ledger);
    let first = ledger
        .judge("Ada", "the printed page", Action::Date { report: "r1".into(), published: "2031-06-02".into() })
        .unwrap();
    assert_eq!(state(&ledger).0, before.0, "until it is read anew the last reading counts");
    assert_eq!(ledger.undated().unwrap().len(), 1);
    assert_eq!(ledger.redate(dated_by_publication).unwrap(), 1);
    assert_eq!(ledger.redate(dated_by_publication).unwrap(), 0);
    ledger.relink().unwrap();
    let days = |ledger: &Ledger| -> Vec<Option<String>> {
        claims(ledger, "r1").iter().map(|c| ledger.claim(c).unwrap().time.value).collect()
    };
    assert_eq!(days(&ledger), [Some("2031-06-02".to_owned()), Some("2031-06-02".to_owned())]);
    let published = ledger.report("r1").unwrap().report.published;
    assert_eq!((published.value.as_deref(), published.basis), (Some("2031-06-02"), Basis::Judgement));
    assert_eq!(ledger.check().unwrap(), []);
    // A second date outweighs the first, and taking it back gives the first again without reading anew.
    let between = state(&ledger);
    let second = ledger
        .judge("Ben", "", Action::Date { report: "r1".into(), published: "2031-06-01/2031-06-09".into() })
        .unwrap();
    assert_eq!(ledger.standings().unwrap()[0].state, State::Outweighed { by: second.id.clone() });
    ledger.redate(dated_by_publication).unwrap();
    ledger.relink().unwrap();
    assert_ne!(state(&ledger), between);
    ledger.undo("Ben", "", &second.id).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger), between);
    ledger.undo("Ada", "", &first.id).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger), before);
    assert_eq!(ledger.report("r1").unwrap().report.published.basis, Basis::Metadata);
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn dates_that_are_none_are_refused() {
    let mut ledger = ledger(&[("r1", &[0])]);
    let mut refused = |published: &str| {
        let action = Action::Date { report: "r1".into(), published: published.into() };
        ledger.judge("Ada", "", action).unwrap_err().to_string()
    };
    assert_eq!(refused("2031-02-30"), "\"2031-02-30\" is no day; write it as 2023-09-20");
    assert_eq!(refused("2031-06-09/2031-06-01"), "the first day, 2031-06-09, is after the last, 2031-06-01");
    assert_eq!(refused("2031"), "a report is published on a day, or between two: FIRST/LAST");
    let action = Action::Date { report: "r9".into(), published: "2031-06-01".into() };
    assert_eq!(ledger.judge("Ada", "", action).unwrap_err().to_string(), "no report \"r9\" in the ledger");
}

#[test]
fn a_duplicate_counts_nowhere_and_its_claims_say_why() {
    let mut ledger = ledger(&[("r1", &[0]), ("r2", &[0]), ("r3", &[1])]);
    let duplicate = |report: &str, of: &str| Action::Duplicate { report: report.into(), of: of.into() };
    let before = state(&ledger);
    let marked = ledger.judge("Ada", "same wire", duplicate("r2", "r1")).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger).1[0].reports.len() + state(&ledger).1[1].reports.len(), 2);
    assert_eq!(ledger.claim(&claims(&ledger, "r2")[0]).unwrap().judgements[0].kind, "duplicate");
    let mut refused = |action| ledger.judge("Ada", "", action).unwrap_err().to_string();
    assert_eq!(refused(duplicate("r1", "r1")), "a report does not repeat itself");
    assert_eq!(refused(duplicate("r1", "r2")), "r2 is marked as a duplicate of r1; undo that first");
    assert_eq!(refused(duplicate("r3", "r2")), "r2 repeats r1; name r1 instead");
    ledger.undo("Ada", "", &marked.id).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger), before);
}

#[test]
fn a_place_for_a_report_fills_only_what_is_not_located() {
    let mut analysis = report("r1", "", &[0, 1]);
    analysis.claims[1].places.clear();
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis).unwrap();
    ledger.relink().unwrap();
    let place = ClaimPlace {
        name: "Upper Drenn".into(),
        lat: Some(45.0),
        lon: Some(21.0),
        precision: Precision::Admin1,
        ..ClaimPlace::default()
    };
    ledger.judge("Ada", "dateline", Action::Place { report: "r1".into(), place }).unwrap();
    ledger.relink().unwrap();
    let names: Vec<String> = ledger.claims(ClaimFilter::default()).map(|c| c.unwrap().places[0].name.clone()).collect();
    assert_eq!(names, ["Orlec", "Upper Drenn"]);
    assert!(state(&ledger).1.iter().any(|i| i.place.name == "Upper Drenn"));
}

#[test]
fn merges_in_a_circle_are_one_incident_and_the_later_word_holds_against_the_earlier() {
    let mut ledger = ledger(&[("r1", &[0]), ("r2", &[1]), ("r3", &[2])]);
    let [a, b, c] = ["r1", "r2", "r3"].map(|r| claims(&ledger, r)[0].clone());
    let merge = |l: &String, r: &String| Action::Merge { claims: vec![l.clone(), r.clone()] };
    for (l, r) in [(&a, &b), (&b, &c), (&c, &a)] {
        ledger.judge("Ada", "", merge(l, r)).unwrap();
    }
    ledger.relink().unwrap();
    assert_eq!(state(&ledger).1.len(), 1);
    assert!(
        ledger
            .merging(&[a.clone(), c.clone()])
            .unwrap_err()
            .to_string()
            .starts_with("these are one incident already: i")
    );
    // Against two merges that hold a and c together: a is split off, and b stays with c.
    let split = ledger.judge("Ben", "", Action::Split { claims: vec![a.clone()], from: vec![c.clone()] }).unwrap();
    ledger.relink().unwrap();
    assert_ne!(ledger.incidents_of(&a).unwrap(), ledger.incidents_of(&c).unwrap());
    assert_eq!(ledger.incidents_of(&b).unwrap(), ledger.incidents_of(&c).unwrap());
    // And merged with b again, which is with c: the split says nothing any more, and the list says so.
    let merged = ledger.judge("Ada", "", merge(&a, &b)).unwrap();
    ledger.relink().unwrap();
    assert_eq!(state(&ledger).1.len(), 1);
    let standing = ledger.standings().unwrap().into_iter().find(|s| s.judgement.id == split.id).unwrap();
    assert_eq!(standing.state, State::Outweighed { by: merged.id });
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn incidents_of_thousands_of_claims_are_merged_and_split() {
    const N: usize = 1000;
    let mut ledger = Ledger::in_memory().unwrap();
    for n in 0..N / 20 {
        ledger.add(&report(&format!("a{n:02}"), "", &[0; 20])).unwrap();
        ledger.add(&report(&format!("b{n:02}"), "", &[1; 20])).unwrap();
    }
    ledger.relink().unwrap();
    let all: Vec<Claim> = ledger.claims(ClaimFilter::default()).map(|c| c.unwrap()).collect();
    let of =
        |letter: char| all.iter().filter(|c| c.report.starts_with(letter)).map(|c| c.id.clone()).collect::<Vec<_>>();
    let (a, b) = (of('a'), of('b'));
    ledger.judge("Ada", "", Action::Merge { claims: [a.clone(), b.clone()].concat() }).unwrap();
    ledger.relink().unwrap();
    let sizes = |ledger: &Ledger| ledger.incidents().map(|i| i.unwrap().claims.len()).collect::<Vec<_>>();
    assert_eq!(sizes(&ledger), [2 * N]);
    ledger.judge("Ada", "", Action::Split { claims: a, from: b }).unwrap();
    ledger.relink().unwrap();
    assert_eq!(sizes(&ledger), [N, N]);
}

#[test]
fn two_processes_that_judge_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("war.ledger");
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&report("r1", "", &[0, 1, 2, 3])).unwrap();
    ledger.relink().unwrap();
    let ids = claims(&ledger, "r1");
    std::thread::scope(|scope| {
        for (author, claim) in [("Ada", &ids[0]), ("Ben", &ids[1]), ("Cleo", &ids[2])] {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                for _ in 0..20 {
                    let judgement = ledger.judge(author, "", Action::Reject { claim: claim.clone() }).unwrap();
                    ledger.relink().unwrap();
                    ledger.undo(author, "", &judgement.id).unwrap();
                }
                ledger.judge(author, "", Action::Reject { claim: claim.clone() }).unwrap();
                ledger.relink().unwrap();
            });
        }
    });
    ledger.relink().unwrap();
    assert_eq!(ledger.judgements().unwrap().len(), 3 * 41);
    assert_eq!(ledger.incidents().count(), 1);
    assert_eq!(ledger.check().unwrap(), []);
}

/// Judgements that speak of different things, however many claims there are.
fn independent(ledger: &Ledger) -> Vec<Action> {
    let [r1, r2, r3] = ["r1", "r2", "r3"].map(|r| claims(ledger, r));
    let place = ClaimPlace { name: "Upper Drenn".into(), ..ClaimPlace::default() };
    vec![
        Action::Reject { claim: r1[0].clone() },
        Action::Accept { claim: r1[1].clone() },
        Action::Correct { claim: r1[1].clone(), field: "/event/type".into(), value: json!("explosion") },
        Action::Correct { claim: r1[1].clone(), field: "/background".into(), value: json!(true) },
        Action::Merge { claims: vec![r1[2].clone(), r2[0].clone()] },
        Action::Split { claims: vec![r2[1].clone()], from: vec![r3[1].clone()] },
        Action::Duplicate { report: "r4".into(), of: "r1".into() },
        Action::Place { report: "r2".into(), place },
        Action::Date { report: "r3".into(), published: "2031-06-02".into() },
        Action::Note { about: "r2".into(), text: "asked the editor".into() },
    ]
}

const REPORTS: [(&str, &[usize]); 4] = [("r1", &[0, 1, 2]), ("r2", &[1, 2]), ("r3", &[0, 2]), ("r4", &[0, 3])];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_independent_judgements_does_not_matter(
        order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle(),
        often in any::<bool>(),
        undone in proptest::collection::btree_set(0..10usize, 0..4),
    ) {
        let judge = |order: &[usize], often: bool, undone: &std::collections::BTreeSet<usize>| {
            let mut ledger = ledger(&REPORTS);
            let actions = independent(&ledger);
            let mut ids = vec![String::new(); actions.len()];
            for &i in order {
                ids[i] = ledger.judge("Ada", "", actions[i].clone()).unwrap().id;
                if often {
                    ledger.relink().unwrap();
                }
            }
            for &i in undone {
                ledger.undo("Ada", "", &ids[i]).unwrap();
            }
            ledger.relink().unwrap();
            ledger
        };
        let shuffled = judge(&order, often, &undone);
        // What was undone might never have been.
        let kept: Vec<usize> = (0..10).filter(|i| !undone.contains(i)).collect();
        let plain = judge(&kept, false, &Default::default());
        prop_assert_eq!(state(&shuffled), state(&plain));
        prop_assert_eq!(shuffled.check().unwrap(), vec![]);
    }

    #[test]
    fn judgements_may_come_before_or_after_the_reports_they_bear_on_are_linked(often in any::<bool>()) {
        let mut ledger = ledger(&REPORTS[..3]);
        let mut late = common::ledger(&REPORTS);
        let actions: Vec<Action> = independent(&late).into_iter().filter(|a| !matches!(a, Action::Duplicate { .. })).collect();
        for action in &actions {
            ledger.judge("Ada", "", action.clone()).unwrap();
            late.judge("Ada", "", action.clone()).unwrap();
            if often {
                ledger.relink().unwrap();
            }
        }
        ledger.add(&report("r4", "", REPORTS[3].1)).unwrap();
        ledger.relink().unwrap();
        late.relink().unwrap();
        prop_assert_eq!(state(&ledger), state(&late));
    }
}
