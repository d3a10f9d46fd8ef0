//! What goes on for days, what is so, what films show and what is told of in passing: no day of the news dates it.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn what_goes_on_for_days_has_no_day_of_the_news() {
    check(
        where_and_when,
        "2024-03-08",
        "Jets bombed Graz on Thursday.\n\nA porter said on Thursday that the mill had come under fire over the past few days.\n\nThe \
         shelling has gone on for weeks.\n\nSeven days of raids have killed nine drovers.\n\nThe guard has been fighting the raiders.",
        expect![[r#"
            air-strike "bombed" at [Graz] on 2024-03-07 (Relative)
            statement "said" at [] on unknown (Unknown)
            shelling "shelling" at [Graz] on unknown (Unknown)
            attack "killed" at [] on unknown (Unknown)
            armed-clash "fighting" at [Graz] on 2024-03-07/2024-03-08 (Context)
        "#]],
    );
}

#[test]
fn what_is_so_is_of_no_day() {
    check(
        where_and_when,
        "2024-03-08",
        "Raiders shelled Graz on Monday.\n\nEvery time the guard calls a truce, the mills are shelled.\n\nThe depots are raided whenever the \
         guard leaves.\n\nThe league is blacklisted as a gang by Vienna.",
        expect![[r#"
            shelling "shelled" at [Graz] on 2024-03-04 (Relative)
            shelling "shelled" at [] on unknown (Unknown)
            attack "raided" at [] on unknown (Unknown)
            sanction "blacklisted" at [] on 2024-03-04/2024-03-08 (Context)
        "#]],
    );
}

#[test]
fn a_film_is_later_than_what_it_shows() {
    check(
        where_and_when,
        "2024-03-08",
        "A video released on Friday by the guard shows heavy fighting in the city of Graz.",
        expect![[r#"
            armed-clash "fighting" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_only_tells_which_thing_is_meant_has_a_time_to_itself() {
    check(
        where_and_when,
        "2024-03-08",
        "Raiders and guards met in Graz on Monday. The truce brokered by the league holds. The raids came with mass defections.\n\nA \
         pact signed in 2015 has failed to stop the raids.\n\nMembers of the mission, which was set up in 2013, have been killed.",
        expect![[r#"
            mediation "brokered" at [] on unknown (Unknown)
            ceasefire "holds" at [] on unknown (Unknown)
            attack "raids" at [] on 2024-03-04 (Context)
            agreement "signed" at [] on 2015 (Explicit)
            attack "raids" at [] on unknown (Unknown)
            attack "killed" at [] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn sides_of_a_province_are_no_town_and_ways_no_spot() {
    check(
        where_and_when,
        "2024-03-08",
        "Raiders burnt a mill in eastern Homs in Syria on Monday.\n\nThe blast was heard in Idlib.\n\nThree wounded drovers were flown to \
         Damascus.\n\nUkrainian forces retook Mariupol from the raiders on Tuesday.",
        expect![[r#"
            destruction "burnt" at [Homs, Syria] on 2024-03-04 (Relative)
            explosion "blast" at [Homs] on 2024-03-04/2024-03-08 (Context)
            attack "wounded" at [Homs] on unknown (Unknown)
            territory-gain "retook" at [Mariupol] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn what_a_war_has_cost_and_who_is_released_are_at_no_spot_of_the_news() {
    check(
        where_and_when,
        "2024-03-08",
        "Shells hit a mill in Graz on Monday.\n\nThe conflict, which began in December 2013, has left thousands dead.\n\nIt was the largest \
         prisoner swap since the uprising began in March 2011.\n\nRaiders released nine porters on Tuesday.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            attack "dead" at [] on unknown (Unknown)
            prisoner-exchange "prisoner swap" at [] on unknown (Unknown)
            armed-clash "uprising" at [] on 2011-03 (Explicit)
        "#]],
    );
}
