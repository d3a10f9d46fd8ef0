//! What is asked for, what the asking takes for known, and what is done about it.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn told(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let said = if c.sources.is_empty() { String::new() } else { format!("{}: ", names(&c.sources)) };
    let history = if c.background { ", history" } else { "" };
    let (actors, targets) = (names(&c.actors), names(&c.targets));
    format!("{said}{:?} {} {:?} by [{actors}] to [{targets}]{history}", c.stance, c.event.kind, c.polarity)
}

#[test]
fn a_participle_says_which_ones_are_meant_and_nobody_wants_it() {
    check(
        told,
        "2023-05-17",
        "Norway demanded the release of drovers seized by the guard on Monday.",
        expect![[r#"
        Norway: Demand demand Planned by [Norway] to []
        Assert arrest Happened by [guard] to [drovers]
    "#]],
    );
    check(
        told,
        "2023-05-17",
        "Norway called for a return to the accords signed by Sweden and Finland.",
        expect![[r#"
        Norway: Demand agreement Planned by [Sweden, Finland] to []
        Assert agreement Happened by [Sweden, Finland] to [], history
    "#]],
    );
}

#[test]
fn a_truce_brokered_by_somebody_may_be_wanted_as_such() {
    check(
        told,
        "2023-05-17",
        "Norway called for a truce brokered by Sweden.",
        expect![[r#"
        Norway: Demand ceasefire Planned by [] to []
        Norway: Demand mediation Planned by [Sweden] to []
    "#]],
    );
}

#[test]
fn who_asks_for_the_end_of_somebodys_violence_tells_of_it() {
    check(
        told,
        "2023-05-17",
        "Norway urged monitors to step in and stop Sweden's attacks on drovers.",
        expect![[r#"
        Norway: Demand ceasefire Planned by [monitors] to [drovers]
        Norway: Accuse attack Happened by [Sweden] to [drovers]
    "#]],
    );
    check(
        told,
        "2023-05-17",
        "Norway called on both sides to stop the fighting.",
        expect![[r#"
        Norway: Demand ceasefire Planned by [] to []
    "#]],
    );
}

#[test]
fn who_heeds_a_call_does_what_it_asks_for() {
    check(
        told,
        "2023-05-17",
        "Hundreds of weavers answered a call by the guild to take to the streets.",
        expect![[r#"
            Assert protest Happened by [weavers] to []
        "#]],
    );
    check(
        told,
        "2023-05-17",
        "Weavers ignored a call by the guild to take to the streets.",
        expect![[r#"
        guild: Demand protest Planned by [Weavers] to []
    "#]],
    );
}

#[test]
fn how_one_feels_about_violence_is_told_beside_it() {
    check(
        told,
        "2023-05-17",
        "Norway's envoy said the union was \"deeply concerned\" about the shelling of Graz.",
        expect![[r#"
            Norway ambassador: Express statement Happened by [union] to []
            Norway ambassador: Express shelling Happened by [] to [], history
        "#]],
    );
    check(
        told,
        "2023-05-17",
        "The envoy was outraged by the shelling of Graz.",
        expect![[r#"
        Assert statement Happened by [envoy] to []
        Assert shelling Happened by [] to [], history
    "#]],
    );
}
