//! What goes on for a while, and what is counted over it.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn fighting_that_goes_on_is_of_no_day_of_the_news() {
    check(
        where_and_when,
        "2024-05-14",
        "A mortar shell killed nine porters in Graz on Monday. Karovia continues to fight the raiders in the hills. \
         The Brenna Front has fought alongside the guard. Raiders who attack drovers sell their herds.",
        expect![[r#"
            shelling "killed" at [Graz] on 2024-05-13 (Relative)
            armed-clash "fight" at [] on unknown (Unknown)
            armed-clash "fought" at [] on unknown (Unknown)
            attack "attack" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_perfect_after_a_stretch_up_to_the_report_counts_over_it() {
    check(
        where_and_when,
        "2024-05-14",
        "Two barns burnt in Graz on Monday. Graz has been under rocket attacks since mid-January. Twenty drovers have been killed \
         and nine porters hurt.",
        expect![[r#"
            destruction "burnt" at [Graz] on 2024-05-13 (Relative)
            shelling "been under rocket attacks" at [Graz] on 2024-01-11/2024-05-14 (Relative)
            attack "killed" at [Graz] on 2024-01-11/2024-05-14 (Context)
        "#]],
    );
}

#[test]
fn what_was_counted_over_days_is_of_none_of_them_and_the_second_in_days_is_of_today() {
    check(
        where_and_when,
        "2024-05-14",
        "A mill burnt in Graz on Monday. Nine drovers were killed in two days. \
         It was the second mill to be hit in four days.",
        expect![[r#"
            attack "killed" at [] on unknown (Unknown)
            attack "hit" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn the_day_of_the_deed_goes_before_the_day_of_the_saying() {
    check(
        where_and_when,
        "2024-05-17",
        "A raid on Tuesday hit a barn in Graz. The warden said on Thursday that the raid had killed nine drovers.",
        expect![[r#"
            attack "hit" at [Graz] on 2024-05-14 (Relative)
            attack "killed" at [Graz] on 2024-05-14 (Context)
        "#]],
    );
}

#[test]
fn what_was_said_in_between_does_not_date_what_is_told_next() {
    check(
        where_and_when,
        "2024-05-17",
        "A raid on Tuesday hit a barn in Graz. Nine drovers died in the raid on Tuesday. The floor was wet on Wednesday, said a cook. \
         Two porters were killed.",
        expect![[r#"
            attack "hit" at [Graz] on 2024-05-14 (Relative)
            attack "died" at [Graz] on 2024-05-14 (Relative)
            statement "said" at [] on 2024-05-15/2024-05-17 (Context)
            attack "killed" at [Graz] on 2024-05-14 (Context)
        "#]],
    );
}

#[test]
fn what_one_tried_last_week_was_last_week() {
    check(
        where_and_when,
        "2024-05-14",
        "The raiders attempted to encircle Graz on Saturday.",
        expect![[r#"
            siege "encircle" at [Graz] on 2024-05-11 (Relative)
        "#]],
    );
}

#[test]
fn what_is_in_force_has_no_day() {
    check(
        where_and_when,
        "2024-05-17",
        "Shells hit Graz on Tuesday. The Linz agreements have held. The siege of Wels was condemned. The guard signed an agreement in Linz. \
         In recent weeks Red Cross teams were able to evacuate porters from Graz. The conflict has killed 900 drovers.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-05-14 (Relative)
            statement "condemned" at [] on 2024-05-14/2024-05-17 (Context)
            agreement "signed an agreement" at [Linz] on 2024-05-14 (Context)
            evacuation "evacuate" at [Graz] on unknown (Unknown)
            attack "killed" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_day_told_of_dates_no_saying() {
    check(
        where_and_when,
        "2024-05-17",
        "Shells hit Graz on Tuesday. \"I saw him here in March,\" a cook said.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-05-14 (Relative)
            statement "said" at [] on 2024-05-14/2024-05-17 (Context)
        "#]],
    );
}

#[test]
fn of_two_days_far_apart_neither_is_the_news() {
    check(
        where_and_when,
        "2024-05-17",
        "On 28 March guards went to an inn in Graz. A man had been shot there. On 16 May the man left the hospital.",
        expect![[r#"
            shooting "shot" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn the_day_of_the_saying_is_not_that_of_a_deed_that_a_noun_speaks_of() {
    check(
        where_and_when,
        "2024-05-17",
        "Shells hit a mill in Graz on Tuesday. The mayor said on Thursday that the shelling of the mill was a disgrace. \
         Nine had died, the mayor said.\n\nThe agency said on Wednesday that symptoms after a suspected gas attack in Linz were grave.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-05-14 (Relative)
            shelling "shelling" at [Graz] on 2024-05-14 (Context)
            shelling "died" at [Graz] on 2024-05-14 (Context)
            chemical-attack "gas attack" at [Linz] on unknown (Unknown)
        "#]],
    );
}
