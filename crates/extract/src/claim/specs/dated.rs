//! Whose day it is: of the deed, of what the law or the speaker did about it, or of how things were.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn a_time_behind_the_deed_is_not_that_of_the_arrest() {
    check(
        where_and_when,
        "2031-05-08",
        "Guards have arrested two porters in connection with a raid on Sunday. A cook was charged with criminal homicide on Monday.",
        expect![[r#"
            arrest "arrested" at [] on unknown (Unknown)
            trial "charged" at [] on 2031-05-05 (Relative)
        "#]],
    );
}

#[test]
fn what_somebody_has_done_is_not_of_the_day_on_which_he_is_said_to() {
    check(
        where_and_when,
        "2031-05-08",
        "Marshal Brandt said on Wednesday that the league has killed 40 rebels.",
        expect![[r#"
            attack "killed" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_somebody_did_has_the_day_of_the_saying_for_context() {
    check(
        where_and_when,
        "2031-05-08",
        "Marshal Brandt said on Wednesday that gunners shelled the fort.",
        expect![[r#"
            shelling "shelled" at [] on 2031-05-07 (Context)
        "#]],
    );
}

#[test]
fn how_the_hurt_are_now_says_not_when_they_were_hurt() {
    check(
        where_and_when,
        "2031-05-08",
        "Gunmen shot a porter on Sunday. He was in grave condition on Tuesday.",
        expect![[r#"
            shooting "shot" at [] on 2031-05-04 (Relative)
            shooting "in grave condition" at [] on 2031-05-04 (Context)
        "#]],
    );
}

#[test]
fn what_is_the_worst_since_a_year_is_not_of_that_year() {
    check(
        where_and_when,
        "2031-05-08",
        "It was the deadliest attack since 2016, when 30 porters were killed in Graz. Her first trial in 1996 was short.",
        expect![[r#"
            attack "attack" at [Graz] on unknown (Unknown)
            attack "killed" at [Graz] on 2016 (Explicit)
            trial "trial" at [] on 1996 (Explicit)
        "#]],
    );
}

#[test]
fn the_date_before_a_headline_is_the_reports() {
    check(
        where_and_when,
        "2031-05-08",
        "May 8 2031 Minister urges inquiry into gas attack\n\nGunners shelled a fort on Tuesday.",
        expect![[r#"
            investigation "inquiry" at [] on 2031-05-06/2031-05-08 (Context)
            shelling "shelled" at [] on 2031-05-06 (Relative)
        "#]],
    );
}

#[test]
fn of_what_is_counted_each_time_is_told() {
    check(
        where_and_when,
        "2031-05-08",
        "The two towns fought two wars in 2014 and in 2020 over a dam. Guards patrolled on Monday and on Tuesday.",
        expect![[r#"
            armed-clash "fought" at [] on 2014 (Explicit)
            armed-clash "fought" at [] on 2020 (Explicit)
        "#]],
    );
}

#[test]
fn a_year_behind_what_somebody_was_sentenced_for_is_of_that() {
    check(
        where_and_when,
        "2024-03-06",
        "A court in Graz sentenced nine raiders for the murder of a drover in 2020. The drover was shot in November of that year. The \
         raiders, who took the town in 2019, have turned to Norway.",
        expect![[r#"
            trial "sentenced" at [Graz] on unknown (Unknown)
            attack "murder" at [] on 2020 (Explicit)
            shooting "shot" at [] on 2020-11 (Relative)
            alliance-change "turned" at [] on unknown (Unknown)
            territory-gain "took" at [Graz] on 2019 (Explicit)
        "#]],
    );
}

#[test]
fn what_came_before_something_of_a_day_need_not_be_of_that_day() {
    check(
        where_and_when,
        "2024-03-06",
        "Raiders shot nine porters in Graz on Monday.\n\nThe mayor closed two roads on Wednesday after raiders burnt a mill.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-03-04 (Relative)
            blockade "closed two roads" at [] on 2024-03-06 (Relative)
            destruction "burnt" at [] on 2024-03-05/2024-03-06 (Context)
        "#]],
    );
}
