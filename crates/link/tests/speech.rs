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
fn what_is_said_of_a_deal_goes_with_the_deal() {
    let text = "Ulm and Tolm signed a truce on the salt pans. Herders clashed at Sorrel over a well and a court sat on it. \
                Consul Abel welcomed the deal.";
    let with = |ending: &str| {
        let text = &text.replace("the deal", ending);
        let truce = done_by("Ulm", claim(text, "Ulm and Tolm", "agreement", None, &[]));
        let clash = done_by("Herders", claim(text, "Herders", "armed-clash", None, &[]));
        let sat = claim(text, "a court", "trial", None, &[]);
        let visit = claim(text, "the salt pans", "diplomatic-visit", None, &["Tolm"]);
        grouped(
            text,
            vec![truce, clash, sat, visit, by("Consul Abel", claim(text, "Consul Abel", "statement", None, &[]))],
        )[4]
    };
    assert_eq!(with("the deal"), 0);
    assert_ne!(with("the harvest"), 0);
}
