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

/// As somebody wants it who says so.
fn wanted(source: &str, claim: Claim) -> Claim {
    Claim { stance: Stance::Demand, polarity: Polarity::Planned, ..by(source, claim) }
}

#[test]
fn who_calls_for_a_truce_and_who_offers_to_mediate_work_for_one_thing() {
    let text = "Tolm offered to mediate between the two. The league called for a truce. Ulm and Oria signed a truce.";
    let offer = Claim { polarity: Polarity::Planned, ..done_by("Tolm", claim(text, "Tolm", "mediation", None, &[])) };
    let call = wanted("the league", claim(text, "The league", "ceasefire", None, &[]));
    let truce = done_by("Ulm", claim(text, "Ulm", "ceasefire", None, &[]));
    assert_eq!(grouped(text, vec![offer, call, truce]), [0, 0, 2], "the truce that came about is another matter");
}

#[test]
fn what_is_to_be_done_under_a_truce_belongs_to_it() {
    let text = "Ulm and Oria made peace at Sorrel. Their weavers quarrelled about looms for the whole of a week. Ulm will leave the pans.";
    let with = |ending: &str| {
        let text = &text.replace("the pans", ending);
        let truce = done_by("Oria", claim(text, "Ulm and Oria", "ceasefire", None, &[]));
        let leave = done_by("Ulm", claim(text, "Ulm will", "withdrawal", None, &[]));
        grouped(text, vec![truce, Claim { polarity: Polarity::Planned, ..leave }])
    };
    assert_eq!(with("the pans as part of the truce"), [0, 0]);
    assert_eq!(with("the pans under the new deal"), [0, 0]);
    assert_eq!(with("the pans after the harvest"), [0, 1]);
}

#[test]
fn an_old_friendship_is_no_part_of_what_happened() {
    let text = "Ulm shelled Sorrel. Oria is an old ally of Ulm.";
    let shelled = done_by("Ulm", claim(text, "Ulm shelled", "shelling", None, &[]));
    let ally = done_by("Oria", claim(text, "Oria", "other", None, &["Ulm"]));
    assert_eq!(grouped(text, vec![shelled.clone(), Claim { background: true, ..ally }]), [0, 1]);
    let text = "Ulm shelled Sorrel. Oria grew critical of Ulm.";
    let critical = by("Oria", claim(text, "Oria", "statement", None, &["Ulm"]));
    assert_eq!(grouped(text, vec![shelled, Claim { stance: Stance::Express, ..critical }]), [0, 1]);
}

#[test]
fn the_situation_is_that_of_the_violence() {
    let text = "Ulm shelled Sorrel at dawn, and again at noon. By night the guild called up all its weavers. The situation was calm.";
    let with = |said: &str| {
        let text = &text.replace("The situation", said);
        let shelled = done_by("Ulm", claim(text, "Ulm", "shelling", None, &[]));
        let again = done_by("Ulm", claim(text, "and again", "shelling", None, &[]));
        let called = done_by("the guild", claim(text, "By night", "mobilization", None, &[]));
        grouped(text, vec![shelled, again, called, claim(text, said, "other", None, &[])])[3]
    };
    assert_eq!(with("The situation"), 0);
    assert_ne!(with("The situation on the border"), 0);
}

#[test]
fn a_mine_that_goes_off_is_no_offensive() {
    let text = "Ulm attacked Oria. Nine drovers died in a blast.";
    let attack = done_by("Ulm", claim(text, "Ulm", "attack", None, &[]));
    let with = |kind: &str| grouped(text, vec![attack.clone(), claim(text, "Nine", kind, None, &["drovers"])]);
    assert_eq!(with("shelling"), [0, 0]);
    assert_eq!(with("landmine"), [0, 1]);
}

#[test]
fn a_call_goes_with_what_it_calls_for() {
    let text = "Nine hundred heeded a call by the guild, and marched.";
    let call =
        Claim { polarity: Polarity::Planned, ..done_by("the guild", claim(text, "a call", "demand", None, &[])) };
    let march = claim(text, "and marched", "protest", None, &[]);
    assert_eq!(grouped(text, vec![call, march]), [0, 0]);
}

#[test]
fn a_denial_answers_the_accusation_and_not_what_it_takes_for_known() {
    let text = "Tolm said that herders were firing from hills where envoys of the league are stationed. Ulm denied it.";
    let firing = done_by("herders", by("Tolm", claim(text, "herders were firing", "shelling", None, &[])));
    let stationed = by("Tolm", claim(text, "where envoys of the league are stationed", "deployment", None, &[]));
    let stationed = Claim { background: true, ..done_by("envoys", stationed) };
    let denied = by("Ulm", claim(text, "Ulm denied it", "denial", None, &[]));
    let denied = Claim { stance: Stance::Deny, polarity: Polarity::DidNotHappen, ..denied };
    let claims = vec![firing, stationed, denied];
    let claims: Vec<Claim> = claims.into_iter().enumerate().map(|(i, c)| Claim { id: format!("c{i}"), ..c }).collect();
    let incidents = Linker::load().unwrap().link(&[reading("one", text, "2031-03-03", claims)]);
    let contested = |id: &str| {
        let sides = incidents.iter().flat_map(|i| &i.disagreements).flat_map(|d| &d.sides);
        sides.flat_map(|s| &s.claims).any(|c| c == id)
    };
    assert!(contested("c0"));
    assert!(!contested("c1"));
}
