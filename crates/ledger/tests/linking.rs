//! Incidents are a function of the entries: whatever the order of reading, however often linked in between.
use proptest::prelude::*;
use variorum_ledger::{Action, Ledger};
use variorum_link::{Linker, Reading};
use variorum_model::*;

/// A made-up report of some of four happenings, in words of its own.
#[derive(Debug, Clone)]
struct Sketch {
    happenings: Vec<usize>,
    day: u8,
    outlet: u8,
}

const TOWNS: [&str; 4] = ["Orlec", "Brenna", "Vashtiva", "Kolm"];
const WORDS: [&str; 4] = ["granary by the lime kiln", "ferry landing", "tannery on Weir Lane", "chapel of Saint Odra"];
const KINDS: [&str; 4] = ["shelling", "drone-strike", "protest", "abduction"];
const NAMES: [&str; 4] = ["Ilka Vardan", "Tomasz Orlovic", "Bereket Kidane", "Nadia Ferhat"];

fn analysis(number: usize, sketch: &Sketch) -> Analysis {
    let id = format!("r{number:02}");
    let mut text = String::new();
    let mut claims = Vec::new();
    for (k, &h) in sketch.happenings.iter().enumerate() {
        let quote = format!("{} witnessed the {} at the {} in {}.", NAMES[h], KINDS[h], WORDS[h], TOWNS[h]);
        let start = text.chars().count();
        text.push_str(&quote);
        text.push(' ');
        let span = Span::new(start, start + quote.chars().count());
        let day = Some(format!("2031-05-{:02}", 1 + h * 3));
        let time = ClaimTime {
            value: day.clone(),
            earliest: day.clone(),
            latest: day,
            precision: TimePrecision::Day,
            basis: TimeBasis::Explicit,
            quote: Quote::default(),
        };
        let place = ClaimPlace {
            name: TOWNS[h].into(),
            geonames: Some(h as u32 + 1),
            lat: Some(44.0 + h as f64),
            lon: Some(20.0),
            precision: Precision::Exact,
            ..ClaimPlace::default()
        };
        claims.push(Claim {
            id: stable_id("c", &[&id, &k.to_string(), &quote]),
            quote,
            span,
            event: Event {
                kind: KINDS[h].into(),
                trigger: Quote { span: Span::new(start, start), text: String::new() },
            },
            places: vec![place],
            time,
            ..Claim::default()
        });
    }
    let value = Some(format!("2031-05-{:02}", 1 + sketch.day));
    let published = Published { value: value.clone(), earliest: value.clone(), latest: value, basis: Basis::Metadata };
    let publisher = format!("Outlet {}", sketch.outlet);
    let report = Report { id, text, publisher, published, ..Report::default() };
    Analysis { schema: SCHEMA, report, claims, ..Analysis::default() }
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let one = (proptest::sample::subsequence(vec![0usize, 1, 2, 3], 1..=3), 0u8..20, 0u8..5)
        .prop_map(|(happenings, day, outlet)| Sketch { happenings, day, outlet });
    proptest::collection::vec(one, 1..12)
}

/// What the entries make, without what the ledger has been through.
fn incidents(ledger: &Ledger) -> Vec<Incident> {
    let bare = |incident: Incident| Incident { previous_ids: Vec::new(), ..incident };
    let mut all: Vec<Incident> = ledger.incidents().map(|i| bare(i.unwrap())).collect();
    all.sort_by(|l, r| l.id.cmp(&r.id));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_reading_does_not_matter(
        (sketches, order) in sketches().prop_flat_map(|s| {
            let order: Vec<usize> = (0..s.len()).collect();
            (Just(s), Just(order).prop_shuffle())
        }),
        often in any::<bool>(),
    ) {
        let analyses: Vec<Analysis> = sketches.iter().enumerate().map(|(i, s)| analysis(i, s)).collect();
        let readings: Vec<Reading> =
            analyses.iter().map(|a| Reading { report: a.report.clone(), claims: with_report(a) }).collect();
        let at_once = Linker::load().unwrap().link(&readings);
        let mut ledger = Ledger::in_memory().unwrap();
        for &i in &order {
            ledger.add(&analyses[i]).unwrap();
            if often {
                ledger.relink().unwrap();
            }
        }
        ledger.relink().unwrap();
        prop_assert_eq!(incidents(&ledger), at_once);
        prop_assert_eq!(ledger.check().unwrap(), vec![]);
    }

    #[test]
    fn every_id_ever_given_leads_to_an_incident_that_has_its_claims(
        (sketches, order) in sketches().prop_flat_map(|s| {
            let order: Vec<usize> = (0..s.len()).collect();
            (Just(s), Just(order).prop_shuffle())
        }),
    ) {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut given: Vec<Incident> = Vec::new();
        for &i in &order {
            ledger.add(&analysis(i, &sketches[i])).unwrap();
            ledger.relink().unwrap();
            given.extend(incidents(&ledger));
        }
        for before in given {
            let now = ledger.incident(&before.id).unwrap();
            prop_assert!(now.id == before.id || now.previous_ids.contains(&before.id), "{} {:?}", before.id, now);
            prop_assert!(now.claims.iter().any(|c| before.claims.contains(c)), "{before:?} {now:?}");
        }
    }

    #[test]
    fn a_report_changes_no_incident_that_it_has_nothing_in_common_with(sketches in sketches(), day in 0u8..20) {
        // The reports tell of three happenings; what is added, of the fourth alone.
        let mut ledger = Ledger::in_memory().unwrap();
        for (i, sketch) in sketches.iter().enumerate() {
            let happenings: Vec<usize> = sketch.happenings.iter().copied().filter(|h| *h != 3).collect();
            ledger.add(&analysis(i, &Sketch { happenings, ..sketch.clone() })).unwrap();
        }
        ledger.relink().unwrap();
        let before = incidents(&ledger);
        ledger.add(&analysis(90, &Sketch { happenings: vec![3], day, outlet: 4 })).unwrap();
        let relinked = ledger.relink().unwrap();
        prop_assert_eq!((relinked.created.len(), relinked.changed.len(), relinked.removed.len()), (1, 0, 0));
        let after: Vec<Incident> =
            incidents(&ledger).into_iter().filter(|i| !relinked.created.contains(&i.id)).collect();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn undoing_gives_back_the_state_before(sketches in sketches(), pick in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), what in 0..4) {
        let mut ledger = Ledger::in_memory().unwrap();
        for (i, sketch) in sketches.iter().enumerate() {
            ledger.add(&analysis(i, sketch)).unwrap();
        }
        ledger.relink().unwrap();
        let before = incidents(&ledger);
        let claims: Vec<String> = before.iter().flat_map(|i| i.claims.clone()).collect();
        let (claim, other) = (pick.get(&claims).clone(), to.get(&claims).clone());
        prop_assume!(claim != other);
        let action = match what {
            0 => Action::Reject { claim },
            1 => Action::Merge { claims: vec![claim, other] },
            2 => Action::Split { claims: vec![claim], from: vec![other] },
            _ => Action::Move { claim, to: other },
        };
        let judgement = ledger.judge("Ada", "", action).unwrap();
        ledger.relink().unwrap();
        prop_assert_eq!(ledger.check().unwrap(), vec![]);
        ledger.undo("Ada", "", &judgement.id).unwrap();
        ledger.relink().unwrap();
        prop_assert_eq!(incidents(&ledger), before);
    }
}

fn with_report(analysis: &Analysis) -> Vec<Claim> {
    analysis.claims.iter().map(|c| Claim { report: analysis.report.id.clone(), ..c.clone() }).collect()
}

fn ledger_of(sketches: &[(&[usize], u8)]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (i, (happenings, day)) in sketches.iter().enumerate() {
        ledger.add(&analysis(i, &Sketch { happenings: happenings.to_vec(), day: *day, outlet: i as u8 })).unwrap();
    }
    ledger.relink().unwrap();
    ledger
}

#[test]
fn reports_of_one_happening_are_one_incident() {
    let ledger = ledger_of(&[(&[0], 1), (&[0], 2), (&[1], 4), (&[0, 1], 5)]);
    let mut sizes: Vec<(String, usize)> =
        incidents(&ledger).iter().map(|i| (i.event_type.clone(), i.reports.len())).collect();
    sizes.sort();
    assert_eq!(sizes, [("drone-strike".to_owned(), 2), ("shelling".to_owned(), 3)]);
}

#[test]
fn a_new_report_leaves_unrelated_incidents_alone() {
    let mut ledger = ledger_of(&[(&[0], 1), (&[1], 4)]);
    let before = incidents(&ledger);
    ledger.add(&analysis(7, &Sketch { happenings: vec![1], day: 5, outlet: 3 })).unwrap();
    let relinked = ledger.relink().unwrap();
    assert_eq!((relinked.created.len(), relinked.changed.len(), relinked.removed.len()), (0, 1, 0));
    let after = incidents(&ledger);
    let same = |i: &Incident| after.contains(i);
    assert_eq!(before.iter().filter(|i| same(i)).count(), 1);
}

#[test]
fn an_id_survives_an_earlier_report_a_merge_and_its_undoing() {
    let mut ledger = ledger_of(&[(&[0], 5), (&[2], 9)]);
    let [first, other] = [0, 1].map(|i| incidents(&ledger)[i].clone());
    let (first, other) = if first.event_type == "shelling" { (first, other) } else { (other, first) };
    let earlier = analysis(9, &Sketch { happenings: vec![0], day: 1, outlet: 3 });
    ledger.add(&earlier).unwrap();
    ledger.relink().unwrap();
    let now = ledger.incident(&first.id).unwrap();
    assert!(now.claims.len() == 2 && now.claims.contains(&first.claims[0]));
    assert_ne!(now.id, first.id, "it is named after its first claim");
    assert_eq!(now.previous_ids, std::slice::from_ref(&first.id));
    let claims = vec![first.claims[0].clone(), other.claims[0].clone()];
    let merge = ledger.judge("Ada", "one night", Action::Merge { claims }).unwrap();
    ledger.relink().unwrap();
    let merged = ledger.incident(&other.id).unwrap();
    assert_eq!(merged, ledger.incident(&first.id).unwrap());
    ledger.undo("Ada", "", &merge.id).unwrap();
    ledger.relink().unwrap();
    assert_eq!(ledger.incident(&other.id).unwrap().id, other.id, "in use again");
    assert_eq!(ledger.incident(&first.id).unwrap().previous_ids, [first.id]);
    assert!(ledger.incident("i0000").is_err());
}

#[test]
fn dates_that_contradict_make_a_disagreement_and_not_a_long_incident() {
    let mut ledger = Ledger::in_memory().unwrap();
    for (i, day) in ["2031-05-04", "2031-05-04", "2031-05-06"].into_iter().enumerate() {
        let mut told = analysis(i, &Sketch { happenings: vec![0], day: 6, outlet: i as u8 });
        let time = &mut told.claims[0].time;
        for end in [&mut time.value, &mut time.earliest, &mut time.latest] {
            *end = Some(day.to_owned());
        }
        ledger.add(&told).unwrap();
    }
    // The end before the beginning, and no date at all.
    let mut odd = analysis(7, &Sketch { happenings: vec![0], day: 6, outlet: 7 });
    odd.claims[0].time.earliest = Some("2031-05-04".into());
    odd.claims[0].time.latest = Some("2031-05-01".into());
    let mut none = analysis(8, &Sketch { happenings: vec![0], day: 6, outlet: 8 });
    none.claims[0].time.earliest = Some("the day after".into());
    ledger.add(&odd).unwrap();
    ledger.add(&none).unwrap();
    ledger.relink().unwrap();
    let found = incidents(&ledger);
    assert_eq!(found.iter().map(|i| i.claims.len()).sum::<usize>(), 5, "nothing is lost");
    let main = found.iter().max_by_key(|i| i.claims.len()).unwrap();
    assert_eq!(main.time.earliest.as_deref(), Some("2031-05-04"));
    assert!(
        main.disagreements.iter().any(|d| d.reason.contains("4 May") || d.reason.contains("2031-05-0")),
        "{main:?}"
    );
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn judgements_decide_against_any_weight() {
    let mut ledger = ledger_of(&[(&[0], 1), (&[0], 2), (&[2], 9)]);
    let claim = |ledger: &Ledger, report: &str| {
        let filter = variorum_ledger::ClaimFilter { report: Some(report.into()), ..Default::default() };
        ledger.claims(filter).next().unwrap().unwrap().id
    };
    let (a, b, c) = (claim(&ledger, "r00"), claim(&ledger, "r01"), claim(&ledger, "r02"));
    assert_eq!(ledger.incidents_of(&a).unwrap(), ledger.incidents_of(&b).unwrap());
    ledger.judge("Ada", "two kilns", Action::Split { claims: vec![a.clone()], from: vec![b.clone()] }).unwrap();
    ledger.judge("Ada", "one night", Action::Merge { claims: vec![b.clone(), c.clone()] }).unwrap();
    ledger.relink().unwrap();
    assert_ne!(ledger.incidents_of(&a).unwrap(), ledger.incidents_of(&b).unwrap());
    assert_eq!(ledger.incidents_of(&b).unwrap(), ledger.incidents_of(&c).unwrap());
    ledger.judge("Ada", "no, the other", Action::Move { claim: c.clone(), to: a.clone() }).unwrap();
    ledger.relink().unwrap();
    assert_eq!(ledger.incidents_of(&a).unwrap(), ledger.incidents_of(&c).unwrap());
    assert_ne!(ledger.incidents_of(&b).unwrap(), ledger.incidents_of(&c).unwrap());
    assert_eq!(ledger.check().unwrap(), []);
}

#[test]
fn a_correction_counts_and_is_replayed_over_a_new_reading() {
    let mut ledger = ledger_of(&[(&[0], 1)]);
    let claim = incidents(&ledger)[0].claims[0].clone();
    let action = Action::Correct { claim, field: "/event/type".into(), value: "explosion".into() };
    ledger.judge("Ada", "gas", action).unwrap();
    ledger.relink().unwrap();
    assert_eq!(incidents(&ledger)[0].event_type, "explosion");
    let mut again = analysis(0, &Sketch { happenings: vec![0, 1], day: 1, outlet: 0 });
    again.report = ledger.report("r00").unwrap().report;
    again.claims[1].quote.clear();
    again.claims[1].span = Span::default();
    again.claims[1].event.trigger = Quote::default();
    ledger.add(&again).unwrap();
    ledger.relink().unwrap();
    assert!(incidents(&ledger).iter().any(|i| i.event_type == "explosion"));
}
