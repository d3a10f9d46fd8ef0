//! What somebody puts an end to, or fails to, and what is not told as a happening at all.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn told(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let history = if c.background { " history" } else { "" };
    format!("{} {:?} by [{}] to [{}]{history}", c.event.kind, c.polarity, names(&c.actors), names(&c.targets))
}

#[test]
fn what_one_fails_to_end_goes_on_and_is_not_ones_own() {
    check(
        told,
        "2024-03-06",
        "The guard has failed to halt the murder of drovers. A bid to end the siege failed. The \
         guard stopped the shelling on Monday.",
        expect![[r#"
            attack Happened by [] to [drovers] history
            siege Happened by [] to [] history
            ceasefire Happened by [guard] to []
        "#]],
    );
}

#[test]
fn who_stops_sending_it_sends_none() {
    check(
        told,
        "2024-03-06",
        "Norway stopped supplying weapons to the rebels in January.",
        expect![[r#"
            aid DidNotHappen by [Norway] to []
        "#]],
    );
}

#[test]
fn whichever_it_may_be_and_no_other_are_no_happenings() {
    check(
        told,
        "2024-03-06",
        "Any attack on drovers is a crime, the council said. A cook was hurt; there were no other injuries. No one else was killed. Drovers who were not kidnapped \
         fled to Graz.",
        expect![[r#"
            attack Conditional by [] to [drovers]
            attack Happened by [] to [cook]
            displacement Happened by [Drovers] to []
        "#]],
    );
}

#[test]
fn what_an_alliance_does_and_what_is_often_done_is_no_news() {
    check(
        told,
        "2024-03-06",
        "The blast hit the camp of an alliance battling the Upland Front. The army regularly shelled the town.",
        expect![[r#"
            explosion Happened by [] to [alliance, camp of an alliance]
            armed-clash Happened by [alliance, Upland Front] to [] history
            shelling Happened by [army] to [] history
        "#]],
    );
}

#[test]
fn a_war_is_declared_and_an_aim_takes_nobody() {
    check(
        |c| format!("{} {:?}", told(c), c.figures.iter().map(|f| f.measure.as_str()).collect::<Vec<_>>()),
        "2024-03-06",
        "The band declared war on the state. The council has announced an offensive to capture the rebel leader Pavel Torr.",
        expect![[r#"
            statement Happened by [] to [state] []
            attack Happened by [council] to [] []
        "#]],
    );
}

#[test]
fn those_whose_deaths_are_counted_are_told_of_once() {
    check(
        |c| format!("{} {:?}", told(c), c.figures.iter().map(|f| (&*f.measure, f.value)).collect::<Vec<_>>()),
        "2024-03-06",
        "The bodies of nine drovers who had been shot were found near Graz on Tuesday. Of the 90 porters, 15 were killed. The guard shot \
         down 24 of 30 drones.",
        expect![[r#"
            shooting Happened by [] to [drovers] [("killed", Some(9.0))]
            attack Happened by [] to [] [("killed", Some(15.0))]
            destruction Happened by [guard] to [] [("destroyed", Some(24.0))]
        "#]],
    );
}

#[test]
fn raids_after_raids_are_others() {
    check(
        |c| format!("{} {:?}", told(c), c.figures.iter().map(|f| (&*f.measure, f.value)).collect::<Vec<_>>()),
        "2024-03-06",
        "Norway stepped up raids in January following a spate of attacks that killed 19 people.",
        expect![[r#"
            attack Happened by [Norway] to [] []
            attack Happened by [] to [people] [("killed", Some(19.0))]
        "#]],
    );
}
