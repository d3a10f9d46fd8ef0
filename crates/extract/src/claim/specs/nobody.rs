//! What is nobody.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn how_it_is_done_is_nobody() {
    check(
        who,
        "2024-03-06",
        "Suicide bomber wounds nine monks at Graz mill",
        expect![[r#"
            (the report) Assert: suicide-bombing by [] to [monks]
        "#]],
    );
}

#[test]
fn whose_regime_it_is_is_no_second_party_and_when_it_was_no_name() {
    check(
        who,
        "2024-03-06",
        "Norwegian regime bombing killed two monks. A drover died in earlier regime shelling.",
        expect![[r#"
            (the report) Assert: air-strike by [Norway government] to [monks]
            (the report) Assert: shelling by [regime] to [drover]
        "#]],
    );
}

#[test]
fn a_chapel_shoots_nobody() {
    check(
        who,
        "2024-03-06",
        "Two monks who survived the Weir Lane Chapel shooting left on Monday.",
        expect![[r#"
        (the report) Assert: shooting by [] to [monks]
    "#]],
    );
}

#[test]
fn a_dateline_names_nobody() {
    check(
        who,
        "2024-03-06",
        "GRAZ, Styria - The Drover Guard believes they have found the man who struck two monks with a stone on the bridge.",
        expect![[r#"
            Drover Guard Unverified: attack by [man] to [monks]
        "#]],
    );
}

#[test]
fn a_dateline_that_ran_into_the_sentence_is_nobodys_name() {
    check(
        who,
        "2024-03-06",
        "Sunday 3 March 2024 Nine Guards Killed by Rebels in Graz",
        expect![[r#"
            (the report) Assert: attack by [Rebels] to [Guards]
        "#]],
    );
}
