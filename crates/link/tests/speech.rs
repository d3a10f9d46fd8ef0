//! Which act of speech goes with which happening of its report.
mod made;

use made::{claim, reading};
use variorum_link::Linker;
use variorum_model::*;

fn by(source: &str, claim: Claim) -> Claim {
    Claim { sources: vec![named(source)], ..claim }
}

fn done_by(actor: &str, claim: Claim) -> Claim {
    Claim { actors: vec![named(actor)], ..claim }
}

fn named(name: &str) -> Named {
    Named { name: name.into(), span: Span::default() }
}

/// For each claim, the first claim of its incident.
fn grouped(text: &str, claims: Vec<Claim>) -> Vec<usize> {
    let claims: Vec<Claim> = claims.into_iter().enumerate().map(|(i, c)| Claim { id: format!("c{i}"), ..c }).collect();
    let ids: Vec<String> = claims.iter().map(|c| c.id.clone()).collect();
    let incidents = Linker::load().unwrap().link(&[reading("one", text, "2031-03-03", claims)]);
    let of = |id: &String| incidents.iter().find(|i| i.claims.contains(id)).unwrap();
    ids.iter().map(|id| ids.iter().position(|first| of(id).claims.contains(first)).unwrap()).collect()
}

#[test]
fn what_one_speaker_says_in_a_row_is_one_statement() {
    let text = "The levy is unacceptable to us. The guilds must be heard.";
    let says = |first: &str, second: &str| {
        let levy = by(first, claim(text, "The levy", "statement", None, &[]));
        let guilds = by(second, claim(text, "The guilds", "statement", None, &[]));
        grouped(text, vec![levy, guilds])
    };
    assert_eq!(says("Envoy Tarn", "Envoy Tarn"), [0, 0]);
    assert_eq!(says("Envoy Tarn", "Consul Abel"), [0, 1]);
}

#[test]
fn a_bare_denial_answers_what_was_alleged_before_it() {
    let text = "Ulm accused Tolm of hiding the tithe rolls. Tolm rejected the allegations. Tolm sent grain to Orlec. \
                A court jailed two millers. The regent went to Brenna.";
    let accused = done_by("Tolm", by("Ulm", claim(text, "Ulm accused", "accusation", None, &[])));
    let accused = Claim { stance: Stance::Accuse, ..accused };
    let denied = done_by("Tolm", by("Tolm", claim(text, "Tolm rejected", "denial", None, &[])));
    let denied = Claim { stance: Stance::Deny, polarity: Polarity::DidNotHappen, ..denied };
    let sent = done_by("Tolm", claim(text, "Tolm sent", "aid", None, &["Orlec"]));
    // An article about several things: what is said in it is not said of its one happening.
    let others =
        [claim(text, "A court", "trial", None, &["millers"]), claim(text, "The regent", "diplomatic-visit", None, &[])];
    let told = |claims: Vec<Claim>| grouped(text, claims.into_iter().chain(others.clone()).collect());
    assert_eq!(told(vec![accused, denied.clone(), sent.clone()])[..3], [0, 0, 2]);
    assert_eq!(told(vec![denied, sent])[..2], [0, 1], "what Tolm did is no allegation");
}
