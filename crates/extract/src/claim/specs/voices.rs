//! For whom somebody speaks, and what is said by nobody.
use super::check;
use super::who::who;
use expect_test::expect;

fn says(text: &str, expected: expect_test::Expect) {
    check(who, "2024-03-06", text, expected);
}

#[test]
fn we_is_the_body_that_one_speaks_for() {
    says(
        "\"We shelled the barracks,\" said Ivo Marsk, a spokesman for the Karovian air force.",
        expect![[r#"
            Ivo Marsk Assert: shelling by [Karovian air force] to [barracks]
        "#]],
    );
    says(
        "\"We shelled the barracks,\" said Ivo Marsk, a baker.",
        expect![[r#"
        Ivo Marsk Assert: shelling by [Ivo Marsk] to [barracks]
    "#]],
    );
}

#[test]
fn who_comes_upon_a_thing_or_leaves_it_untold_says_nothing() {
    says(
        "When wardens came, they found that the clerk had gone home, a warden said. The warden did not say how he had \
         travelled.",
        expect![[r#"
            warden Assert: statement by [warden] to []
        "#]],
    );
    says(
        "The inquiry found that the dam was cracked.",
        expect![[r#"
        inquiry Assert: statement by [inquiry] to []
    "#]],
    );
}

#[test]
fn that_another_asked_is_told_once() {
    says(
        "A spokesman, Ivo Marsk, said the council had asked the guild to pay.",
        expect![[r#"
        Ivo Marsk > council Demand: demand by [council] to []
    "#]],
    );
}

#[test]
fn who_tells_of_a_threat_to_somebody_made_none() {
    says(
        "The mayor's family said she had been threatened.",
        expect![[r#"
        mayor's family Assert: demand by [] to []
    "#]],
    );
    says(
        "The rebels threatened the mayor, her family said.",
        expect![[r#"
        her family Assert: demand by [rebels] to [mayor]
    "#]],
    );
}

#[test]
fn who_turns_down_an_accord_that_was_made_does_not_deny_it() {
    says(
        "The militia rejects a 2016 peace deal.",
        expect![[r#"
        militia Express: agreement by [militia] to []
    "#]],
    );
    says(
        "The militia rejected the truce that was signed in May.",
        expect![[r#"
        militia Express: ceasefire by [militia] to []
        (the report) Assert: ceasefire by [] to []
    "#]],
    );
    says(
        "The militia rejected a truce.",
        expect![[r#"
        militia Deny: ceasefire by [militia] to []
    "#]],
    );
}

#[test]
fn demonstrators_are_no_source() {
    says(
        "Guards shot nine porters protesting against the toll, a clerk said.",
        expect![[r#"
        clerk Assert: shooting by [Guards] to [porters]
        clerk Assert: protest by [porters] to []
    "#]],
    );
}

#[test]
fn who_closes_the_sentence_is_none_of_those_before_him() {
    says(
        "Karovian missiles struck a mill in Graz early on Monday, killing seven drovers including a 9-year-old boy, the \
         regional governor, Ivo Brandt, said on Telegram.",
        expect![[r#"
            Ivo Brandt Assert: missile-strike by [] to [drovers, mill]
        "#]],
    );
}

#[test]
fn what_somebody_welcomes_is_done_by_others() {
    says(
        "The chancellor welcomed the deal to end the fighting.",
        expect![[r#"
        chancellor Express: statement by [chancellor] to []
        (the report) Assert: ceasefire by [] to []
    "#]],
    );
    says(
        "The chancellor announced a plan to shell the fort.",
        expect![[r#"
        chancellor Promise: shelling by [chancellor] to [fort]
    "#]],
    );
}

#[test]
fn what_the_parser_hangs_on_others_is_of_the_accused() {
    says(
        "Porters accuse soldiers of burning mills and shooting people as they ran.",
        expect![[r#"
            Porters Accuse: destruction by [soldiers] to [mills]
            Porters Accuse: shooting by [soldiers] to [people]
        "#]],
    );
    says(
        "The guilds have accused the army of shelling villages.",
        expect![[r#"
            guilds Accuse: shelling by [army] to []
        "#]],
    );
    says(
        "The shadow National Council accused the guard of theft.",
        expect![[r#"
        shadow National Council Accuse: accusation by [guard] to []
    "#]],
    );
    says(
        "Two porters were injured by a mine on Tuesday, border guards said.",
        expect![[r#"
        border guards Assert: landmine by [] to [porters]
    "#]],
    );
}

#[test]
fn a_town_that_the_report_names_as_one_is_no_prisoner() {
    says(
        "The army retook the town of Malk on Sunday. The Front captured Malk in November.",
        expect![[r#"
            (the report) Assert: territory-gain by [army] to []
            (the report) Assert: territory-gain by [Front] to []
        "#]],
    );
}

#[test]
fn who_will_not_do_a_thing_promises_it_and_who_has_not_denies_it() {
    says(
        "Karovia said it wouldn’t shell the ferry.",
        expect![[r#"
            Karovia Promise: shelling by [Karovia] to [ferry]
        "#]],
    );
    says(
        "Karovia said it hadn’t shelled the ferry.",
        expect![[r#"
            Karovia Deny: shelling by [Karovia] to [ferry]
        "#]],
    );
    says("The guild didn’t say how many porters had left.", expect![[""]]);
}

#[test]
fn who_brokered_a_truce_or_bears_the_rebels_name_is_no_party() {
    says(
        "A Swedish-Norwegian brokered truce broke down.",
        expect![[r#"
        (the report) Assert: ceasefire by [] to []
    "#]],
    );
    says(
        "A Syria rebel rocket killed five porters.",
        expect![[r#"
        (the report) Assert: shelling by [Syria rebels] to [porters]
    "#]],
    );
}
