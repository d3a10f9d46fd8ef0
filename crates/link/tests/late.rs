//! What follows from a happening long after, and how it finds back to it.
mod made;

use made::{claim, meet, reading};
use variorum_link::{KeyKind, Linker, Reading};
use variorum_model::*;

const CRIME: &str = "Malva Trent, a weaver, was shot dead at the fulling mill of Orlec. Neighbours heard three shots. \
                     The bailiff Joost Hamel said the weaver had quarrelled over a loom.";
const COURT: &str = "Dorin Hask was sentenced for the killing of Malva Trent, the weaver shot at the fulling mill of Orlec. \
                     The bailiff Joost Hamel told the court of the quarrel over a loom.";

fn crime() -> Reading {
    let shot = claim(CRIME, "Malva Trent", "shooting", Some("2031-03-02"), &["Malva Trent"]);
    reading("crime", CRIME, "2031-03-03", vec![shot])
}

/// The court's report, with what `kind` and `polarity` make of what the court did.
fn court(kind: &str, polarity: Polarity, killed: Option<&str>) -> Reading {
    let act = claim(COURT, "Dorin Hask", kind, Some("2032-01-16"), &["Dorin Hask"]);
    let killing = claim(COURT, "killing of Malva Trent", "attack", killed, &["Malva Trent"]);
    reading("court", COURT, "2032-01-17", vec![Claim { polarity, ..act }, killing])
}

#[test]
fn a_trial_finds_back_to_the_crime_it_is_about() {
    assert!(meet(&crime(), &court("trial", Polarity::Happened, None)));
    assert!(meet(&crime(), &court("trial", Polarity::Planned, None)), "a trial to come is about something too");
    assert!(meet(&crime(), &court("arrest", Polarity::Happened, None)));
    // Nothing looks back from an arrest that was not made: the killing is then of the day of its report.
    assert!(!meet(&crime(), &court("arrest", Polarity::DidNotHappen, None)));
    // Nor does a crime of another day become this one.
    assert!(!meet(&crime(), &court("trial", Polarity::Happened, Some("2031-11-20"))));
    // A crime of after the trial would not be what it is about.
    let late = claim(CRIME, "Malva Trent", "shooting", Some("2032-05-02"), &["Malva Trent"]);
    assert!(!meet(&reading("crime", CRIME, "2032-05-03", vec![late]), &court("trial", Polarity::Happened, None)));
}

#[test]
fn whom_it_was_done_to_is_a_key_by_itself() {
    let linker = Linker::load().unwrap();
    let kinds = |l: &Reading, r: &Reading| {
        let keys = linker.shared_keys(&linker.profile(l), &linker.profile(r));
        keys.into_iter().filter(|k| k.kind == KeyKind::Victim).map(|k| k.share).collect::<Vec<_>>()
    };
    let court = court("trial", Polarity::Happened, None);
    assert_eq!(kinds(&crime(), &court), [2]);
    let speech = claim(CRIME, "The bailiff", "statement", None, &["Malva Trent"]);
    assert!(kinds(&reading("crime", CRIME, "2031-03-03", vec![speech]), &court).is_empty(), "it was only spoken of");
    let some = claim(CRIME, "Malva Trent", "shooting", None, &["a weaver"]);
    assert!(kinds(&reading("crime", CRIME, "2031-03-03", vec![some]), &court).is_empty(), "nobody by name");
}

#[test]
fn a_pair_that_is_given_up_early_is_one_that_would_not_count() {
    let linker = Linker::load().unwrap();
    let mut profiles = Vec::new();
    for (n, kind) in ["shooting", "shelling", "ceasefire", "trial", "statement"].into_iter().enumerate() {
        for day in [None, Some("2031-03-02"), Some("2031-03-09"), Some("2034-01-01")] {
            for (text, from) in [(CRIME, "Malva Trent"), (COURT, "killing of Malva Trent")] {
                let told = claim(text, from, kind, day, &["Malva Trent"]);
                let other = Claim { background: n % 2 == 0, ..claim(text, "The bailiff", "attack", None, &[]) };
                profiles.push(linker.profile(&reading("r", text, "2031-03-10", vec![told, other])));
            }
        }
    }
    let (mut kept, mut dropped) = (0, 0);
    for l in &profiles {
        for r in profiles.iter().filter(|r| !std::ptr::eq(*r, l)) {
            let found: Vec<(usize, usize, i32)> =
                linker.matches(l, r).iter().map(|m| (m.l as usize, m.r as usize, m.weight)).collect();
            let mut told = Vec::new();
            for i in 0..l.n_happenings() {
                for j in 0..r.n_happenings() {
                    let whole = linker.explain(l, i, r, j);
                    if whole.counts_as == whole.weight {
                        told.push((i, j, (whole.weight * 100.0).round() as i32));
                    }
                    dropped += usize::from(whole.counts_as != whole.weight);
                }
            }
            assert_eq!(found, told);
            kept += found.len();
        }
    }
    assert!(kept > 100 && dropped > 100, "{kept} kept, {dropped} dropped");
}
