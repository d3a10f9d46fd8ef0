//! History and lasting states of affairs, told by reports that are years apart.
mod made;

use made::{claim, meet, reading};
use variorum_link::Linker;
use variorum_model::*;

fn of_region(claim: Claim) -> Claim {
    let place = ClaimPlace {
        name: "Vale of Ulm".into(),
        lat: Some(10.0),
        lon: Some(20.0),
        precision: Precision::Region,
        ..ClaimPlace::default()
    };
    Claim { places: vec![place], ..claim }
}

fn history(claim: Claim, years: (&str, &str)) -> Claim {
    let (first, last) = (Some(format!("{}-01-01", years.0)), Some(format!("{}-12-31", years.1)));
    let time = ClaimTime {
        value: Some(years.0.into()),
        earliest: first,
        latest: last,
        precision: TimePrecision::Year,
        ..ClaimTime::default()
    };
    Claim { background: true, time, ..claim }
}

#[test]
fn a_war_is_remembered_by_its_battles_and_by_the_ground_it_won() {
    let battles = "Some 900 died in the war of 1987 between Ulm and Tolm.";
    let ground = "In the war of 1987 Ulm took the salt pans of Tolm. The war lasted a winter.";
    let of_war = |text: &str, from: &str, kind: &str| {
        let mut claim = history(of_region(claim(text, from, kind, None, &["Tolm"])), ("1987", "1987"));
        claim.event.trigger.text = if kind == "armed-clash" { "war".into() } else { "took".into() };
        claim
    };
    let one = reading("battles", battles, "2031-03-03", vec![of_war(battles, "Some 900", "armed-clash")]);
    let gained = of_war(ground, "Ulm took", "territory-gain");
    let two = reading("ground", ground, "2035-09-14", vec![gained.clone(), of_war(ground, "The war", "armed-clash")]);
    assert!(meet(&one, &two));
    assert!(!meet(&one, &reading("ground", ground, "2035-09-14", vec![gained])), "one capture is no war");
}

#[test]
fn what_lasts_is_one_state_however_far_apart_it_is_told() {
    let (one, two) = ("The Vale of Ulm belongs by treaty to Tolm.", "Tolm still gets no tithe from the Vale of Ulm.");
    let linker = Linker::load().unwrap();
    let weight = |kind: &str, day: Option<&str>| {
        let told = |id: &str, text: &str, from: &str, published: &str| {
            let claim = Claim { background: true, ..of_region(claim(text, from, kind, day, &[])) };
            linker.profile(&reading(id, text, published, vec![claim]))
        };
        let (l, r) = (told("one", one, "The Vale", "2031-03-03"), told("two", two, "Tolm still", "2036-11-20"));
        linker.explain(&l, 0, &r, 0).weight
    };
    assert_eq!(weight("political-status", None) - weight("deployment", None), 3.0, "what happens is of its day");
    let day = Some("1987-05-04");
    assert_eq!(weight("political-status", day), weight("deployment", day), "so is what is said to be of a day");
}

#[test]
fn what_lasts_in_a_region_is_the_whole_regions() {
    let linker = Linker::load().unwrap();
    let place = |kind: &str| {
        let told = |id: &str, text: &str| {
            let claim = Claim { background: true, ..of_region(claim(text, text, kind, None, &[])) };
            linker.profile(&reading(id, text, "2031-03-03", vec![claim]))
        };
        let (l, r) = (told("one", "it belongs by treaty to another"), told("two", "it still gets no tithe"));
        let waterfall = linker.explain(&l, 0, &r, 0);
        waterfall.steps.into_iter().find(|s| s.comparison == "place").map(|s| s.bits)
    };
    assert_eq!(place("political-status"), Some(1.5));
    assert_eq!(place("deployment"), Some(0.0), "troops are somewhere in it");
}
