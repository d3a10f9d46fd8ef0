//! What is news and what is told as history or occasion.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn standing(claim: &Claim) -> String {
    format!("{} {:?}{}", claim.event.kind, claim.event.trigger.text, if claim.background { " background" } else { "" })
}

#[test]
fn a_perfect_with_what_led_to_it_is_news_after_history() {
    check(
        standing,
        "2024-03-06",
        "Rebels burnt a mill in 2016. Two drovers have been wounded after a bomber blew himself up near a well.",
        expect![[r#"
            destruction "burnt" background
            suicide-bombing "wounded"
        "#]],
    );
}

#[test]
fn a_time_that_no_perfect_can_have_is_that_of_the_deed_it_speaks_of() {
    check(
        standing,
        "2024-03-06",
        "The Hill Guard has claimed the murder of a cook in Linz two years ago.",
        expect![[r#"
            attack "murder" background
            responsibility "claimed the murder"
        "#]],
    );
}

#[test]
fn a_stretch_of_time_after_a_superlative_only_compares() {
    check(
        standing,
        "2024-03-06",
        "The march in Linz descended into one of the worst riots in decades. Rebels and wardens swapped prisoners in Linz, \
         the scene of some of the worst fighting in recent months.",
        expect![[r#"
            riot "descended into one"
            prisoner-exchange "swapped prisoners"
        "#]],
    );
}

#[test]
fn digits_before_a_date_are_a_clock() {
    check(
        standing,
        "2024-03-06",
        "Rebels kill nine drovers (updated 1725 06.03.2024) near a well in Linz.",
        expect![[r#"
            attack "kill"
        "#]],
    );
}

#[test]
fn what_is_told_of_an_occasion_is_no_news_unless_it_brings_a_count() {
    check(
        standing,
        "2024-03-06",
        "The Hill Guard claimed responsibility for the rocket attack on a mill that caused no casualties. \
         The Hill Guard claimed responsibility for the rocket attack on a well that killed nine drovers. \
         Students blocked a street over the truce deal that ended fighting in the hills.",
        expect![[r#"
            responsibility "claimed responsibility"
            shelling "rocket attack" background
            attack "casualties" background
            responsibility "claimed responsibility"
            shelling "rocket attack" background
            attack "killed"
            protest "blocked a street"
            ceasefire "fighting" background
        "#]],
    );
}
