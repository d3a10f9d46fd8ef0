//! Whom words lay a happening on.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn what_one_blames_on_another_the_other_did_by_his_word() {
    check(
        who,
        "2024-03-06",
        "Norway blamed the shelling of the mill on the Danes. The mayor blamed rebels for the raid. \
         Finland accused Norway of a raid on the depot.",
        expect![[r#"
            Norway Accuse: shelling by [Danes] to [mill]
            mayor Accuse: attack by [rebels] to []
            Finland Accuse: attack by [Norway] to [depot]
        "#]],
    );
}

#[test]
fn a_deed_is_laid_on_nobody_by_a_charge_or_with_a_thing() {
    check(
        who,
        "2024-03-06",
        "A porter accused of murder was held in Graz. The mayor blamed the delay on the shelling.",
        expect![[r#"
            (the report) Accuse: accusation by [porter] to []
            mayor Accuse: accusation by [] to []
        "#]],
    );
}
