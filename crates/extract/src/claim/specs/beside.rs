//! What is told beside history, and history told again.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn when(c: &Claim) -> String {
    let history = if c.background { " history" } else { "" };
    format!(
        "{} \"{}\" on {}{history}",
        c.event.kind,
        c.event.trigger.text,
        c.time.value.as_deref().unwrap_or("unknown")
    )
}

#[test]
fn what_is_told_beside_what_has_gone_on_for_years_is_news() {
    check(
        when,
        "2023-05-17",
        "Clashes have been frequent since 2014, but a raid in Graz killed nine drovers.",
        expect![[r#"
            armed-clash "Clashes" on 2014/2023 history
            attack "killed" on unknown
        "#]],
    );
    check(
        when,
        "2023-05-17",
        "A raid in Graz killed nine drovers, but clashes have been frequent since 2014.",
        expect![[r#"
            attack "killed" on unknown
            armed-clash "clashes" on 2014/2023 history
        "#]],
    );
    check(
        when,
        "2023-05-17",
        "The army seized the hill in 2014, and nine drovers were killed.",
        expect![[r#"
        territory-gain "seized" on 2014 history
        attack "killed" on 2014 history
    "#]],
    );
}

#[test]
fn at_that_time_is_the_time_told_before_it() {
    check(
        when,
        "2023-05-17",
        "The two navies fought over the lighthouse in 2009. At that time, Sweden mediated a truce, and monitors were \
         deployed. Some 300 sailors died at the time.",
        expect![[r#"
            armed-clash "fought" on 2009 history
            mediation "mediated" on 2009 history
            deployment "deployed" on 2009 history
            attack "died" on 2009 history
        "#]],
    );
    check(
        when,
        "2023-05-17",
        "The navies fought in 2009. Nine weavers had been killed at the time of the harvest.",
        expect![[r#"
            armed-clash "fought" on 2009 history
            attack "killed" on unknown history
        "#]],
    );
}

#[test]
fn what_has_run_for_long_is_history() {
    check(
        when,
        "2023-05-17",
        "The raid is one more turn of a decades-long feud between Norway and Sweden.",
        expect![[r#"
            attack "raid" on unknown
            other "feud" on unknown history
        "#]],
    );
    check(
        when,
        "2023-05-17",
        "The raid worsened tensions between Norway and Sweden.",
        expect![[r#"
        other "tensions" on unknown
    "#]],
    );
}
