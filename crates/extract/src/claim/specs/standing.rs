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
        "Rebels burnt a mill in 2016. Nine cooks have been hurt after a raider hurled a grenade into their kitchen.",
        expect![[r#"
            destruction "burnt" background
            explosion "hurt"
        "#]],
    );
}

#[test]
fn a_time_that_no_perfect_can_have_is_that_of_the_deed_it_speaks_of() {
    check(
        standing,
        "2024-03-06",
        "The band has claimed the killing of two bakers five years ago.",
        expect![[r#"
            attack "killing" background
            responsibility "claimed the killing"
        "#]],
    );
}

#[test]
fn a_stretch_of_time_after_a_superlative_only_compares() {
    check(
        standing,
        "2024-03-06",
        "A rally in Linz turned into the fiercest riot in decades. Both sides swapped prisoners near Linz, the corner of some of \
         the country's harshest fighting in recent months.",
        expect![[r#"
            protest "rally"
            riot "turned into the fiercest riot"
            prisoner-exchange "swapped prisoners"
            armed-clash "fighting" background
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
        "The band admitted responsibility for the shelling of a dairy that hurt nobody. The band admitted responsibility for the \
         shelling of a tannery that killed nine cooks. Students blocked a street over the truce deal that ended fighting in the hills.",
        expect![[r#"
            responsibility "admitted responsibility"
            shelling "shelling" background
            attack "hurt" background
            responsibility "admitted responsibility"
            shelling "shelling" background
            attack "killed"
            protest "blocked a street"
            ceasefire "fighting" background
        "#]],
    );
}

#[test]
fn what_has_often_been_done_or_goes_on_since_is_no_news() {
    check(
        standing,
        "2024-03-06",
        "Graz has often been shelled by rebels. Since then a hundred porters are thought to have been shot. Raids on the historic city of Graz killed nine.",
        expect![[r#"
            shelling "shelled" background
            shooting "shot" background
            attack "killed"
        "#]],
    );
}

#[test]
fn what_is_usual_is_no_news() {
    check(
        standing,
        "2024-03-06",
        "Drovers are usually attacked in the valley. Rebels often fire shells at the mill. Rebels fired shells at the mill.",
        expect![[r#"
            attack "attacked" background
            shelling "fire shells" background
            shelling "fired shells"
        "#]],
    );
}

#[test]
fn what_was_a_raid_of_old_is_told_on_as_history() {
    check(
        standing,
        "2024-03-06",
        "The largest attack of the militia was its 2015 raid on a mill. In the assault on the building, nine porters died.",
        expect![[r#"
            attack "attack" background
            attack "raid" background
            attack "died" background
        "#]],
    );
}

#[test]
fn where_and_in_which_go_on_with_the_news() {
    check(
        standing,
        "2024-03-06",
        "Guards shelled the quarter where rockets hit a school. Doctors treated a cook hurt in a raid in which raiders used clubs.",
        expect![[r#"
            shelling "shelled"
            shelling "hit"
            attack "hurt"
        "#]],
    );
}
