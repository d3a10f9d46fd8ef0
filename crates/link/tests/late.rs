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
