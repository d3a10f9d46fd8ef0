//! Harm that nobody did, or of which nobody says that anybody did it.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn what_crashes_or_sinks_attacks_nobody() {
    check(
        where_and_when,
        "2031-05-08",
        "A bus with pilgrims crashed near Graz on Sunday, killing 12. Nine porters died when a ferry sank on Monday. A warplane crashed into a market, killing three cooks.",
        expect![[r#"
            other "killing" at [Graz] on 2031-05-04 (Relative)
            other "died" at [] on 2031-05-05 (Relative)
            other "killing" at [] on 2031-05-05 (Context)
        "#]],
    );
}

#[test]
fn a_building_collapses_in_a_report_without_violence() {
    check(
        where_and_when,
        "2031-05-08",
        "Up to 15 porters were feared dead after a mill collapsed in Graz on Sunday.",
        expect![[r#"
            other "feared" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_building_that_was_shelled_collapses() {
    check(
        where_and_when,
        "2031-05-08",
        "Gunners shelled the mill on Sunday. Nine porters died when it collapsed.",
        expect![[r#"
            shelling "shelled" at [] on 2031-05-04 (Relative)
            shelling "died" at [] on 2031-05-04 (Context)
        "#]],
    );
}

#[test]
fn found_hurt_is_no_attack() {
    check(
        where_and_when,
        "2031-05-08",
        "A weaver was found hurt under a bridge in Graz on Sunday.",
        expect![[r#"
            other "hurt" at [Graz] on 2031-05-04 (Relative)
        "#]],
    );
}
