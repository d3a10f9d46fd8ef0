use super::*;
use crate::testing::reading;
use expect_test::{Expect, expect};

/// Every actor of the text: its words, its name, its id.
fn check(text: &str, expected: Expect) {
    let finder = ActorFinder::load().unwrap();
    let cast = finder.find(&reading(text));
    let mut out = String::new();
    for m in &cast.mentions {
        assert_eq!(m.actor.quote.span.of(text), m.actor.quote.text);
        out += &format!("{} => {}", m.actor.quote.text, m.actor.name);
        out += &m.actor.id.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        out += &if m.candidates.is_empty() { String::new() } else { format!(" or? {}", m.candidates.join(", ")) };
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn a_ministry_is_named_with_its_state_however_that_is_said() {
    check(
        "The Georgian defence ministry and Finland's Ministry of Foreign Affairs met the army of Chad.",
        expect![[r#"
            Georgian defence ministry => Georgia Ministry of Defence [geo.mod]
            Finland's Ministry of Foreign Affairs => Finland Ministry of Foreign Affairs [fin.mfa]
            army of Chad => Chad armed forces [tcd.forces]
        "#]],
    );
}

#[test]
fn a_capital_acts_but_is_only_a_place_after_in() {
    check(
        "Helsinki accused Oslo of spying. A tram burnt in Helsinki.",
        expect![[r#"
            Helsinki => Finland [fin.gov]
            Oslo => Norway [nor.gov]
        "#]],
    );
}

#[test]
fn a_last_name_takes_the_full_name_even_misspelt() {
    check(
        "Finnish Foreign Minister Aino Karvonen arrived. Karvonen was tired. Karvnoen slept.",
        expect![[r#"
            Aino Karvonen => Aino Karvonen
            Karvonen => Aino Karvonen
            Karvnoen => Aino Karvonen
        "#]],
    );
}

#[test]
fn a_state_between_office_and_name_is_part_of_neither_name() {
    check(
        "The President of Finland Aino Karvonen spoke. Karvonen waved.",
        expect![[r#"
            Aino Karvonen => Aino Karvonen
            Karvonen => Aino Karvonen
        "#]],
    );
}

#[test]
fn a_demonym_of_two_armies_stays_open() {
    check(
        "Shells fell in Nagorno-Karabakh. Armenian forces withdrew.",
        expect![[r#"
            Armenian forces => Armenian forces or? Armenia armed forces, Nagorno-Karabakh armed forces
        "#]],
    );
}

#[test]
fn an_unknown_state_is_learnt_from_its_demonym() {
    check(
        "Karovia closed the border. Karovian troops dug in, the Karovian Defence Ministry said.",
        expect![[r#"
            Karovia => Karovia
            Karovian troops => Karovia armed forces
            Karovian Defence Ministry => Karovia Ministry of Defence
        "#]],
    );
}

/// Who the pronoun or short form is.
fn check_resolved(text: &str, word: &str, expected: Expect) {
    let (finder, reading) = (ActorFinder::load().unwrap(), reading(text));
    let cast = finder.find(&reading);
    let at = text.rfind(word).expect("the word is in the text");
    let head = reading.doc.token_holding(at).expect("a token is there");
    let mention = finder.resolve(&reading, &cast, head);
    expected.assert_eq(&format!("{:?} {} {:?}", mention.kind, mention.actor.name, mention.candidates));
}

#[test]
fn a_pronoun_takes_the_nearest_subject_that_fits() {
    check_resolved(
        "President Aino Karvonen met the ambassador. She said that the talks had failed.",
        "She",
        expect![[r#"Person Aino Karvonen []"#]],
    );
}

#[test]
fn a_short_form_takes_the_fuller_mention_before_it() {
    check_resolved(
        "Finland's Defence Ministry denied the report. Later the ministry said nothing.",
        "ministry",
        expect![[r#"Institution Finland Ministry of Defence []"#]],
    );
}
