//! What the words take for known, whatever somebody wants of it or says to it.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

pub(super) fn came_about(c: &Claim) -> String {
    let sources = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" → ");
    let by = c.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let (kind, trigger) = (&c.event.kind, &c.event.trigger.text);
    format!("[{sources}] {:?}: {kind} \"{trigger}\" {:?} by [{by}]", c.stance, c.polarity)
}

#[test]
fn what_is_discussed_or_asked_for_was_done() {
    check(
        came_about,
        "2024-05-15",
        "The council will meet on Friday to discuss the raid on Graz. The mayor asked porters to keep off the bridge because heavy \
         shooting goes on in Linz. The guard pledged that the raid on its post in Graz would be avenged.",
        expect![[r#"
            [] Assert: attack "raid" Happened by []
            [mayor] Demand: demand "asked" Planned by [mayor]
            [] Assert: shooting "shooting" Happened by []
            [guard] Promise: statement "pledged" Happened by [guard]
            [] Assert: attack "raid" Happened by []
        "#]],
    );
}

#[test]
fn who_planned_the_raid_made_it_and_who_offers_an_apology_makes_one() {
    check(
        came_about,
        "2024-05-15",
        "The Weir Front planned the raid on Graz. The Weir Front is planning a raid on Linz. The mayor offered an apology to the porters.",
        expect![[r#"
            [] Assert: attack "planned the raid" Happened by [Weir Front]
            [] Assert: attack "raid" Planned by [Weir Front]
            [] Assert: statement "offered an apology" Happened by [mayor]
        "#]],
    );
}

#[test]
fn who_rejects_excuses_for_it_does_not_deny_the_raid() {
    check(
        came_about,
        "2024-05-15",
        "The council rejected any excuse used to justify the bombing of Graz. The guard denied the bombing of Linz.",
        expect![[r#"
            [] Assert: explosion "bombing" Happened by []
            [guard] Deny: explosion "bombing" DidNotHappen by []
        "#]],
    );
}

#[test]
fn a_warning_takes_what_happened_for_known_and_neither_is_not_both() {
    check(
        came_about,
        "2024-05-15",
        "The council warned that Monday's raid on Graz could count as a war crime. The two guards had a truce, and neither fired on the other.",
        expect![[r#"
            [council] Assert: attack "raid" Happened by []
            [] Assert: ceasefire "had a truce" Happened by [guards]
            [] Assert: shooting "fired" DidNotHappen by [guards]
        "#]],
    );
}

#[test]
fn who_presses_ahead_demands_nothing() {
    check(
        came_about,
        "2024-05-15",
        "Friday's explosion in Graz came as the Weir Front pressed ahead with its march.",
        expect![[r#"
            [] Assert: explosion "explosion" Happened by []
        "#]],
    );
}

#[test]
fn who_was_hurt_and_what_it_is_called_are_no_happenings() {
    check(
        came_about,
        "2024-05-15",
        "The injured are being treated in Linz. It is a war crime, the envoy said. The drover called it a raid, which is no military action. \
         Aunts of two victims came to the trial.",
        expect![[r#"
            [envoy] Assert: statement "said" Happened by [envoy]
        "#]],
    );
}

#[test]
fn fighting_that_ended_up_with_a_toll_is_not_over() {
    check(
        came_about,
        "2024-05-15",
        "The clashes in Graz ended up with the killing of nine drovers. The clashes in Linz ended.",
        expect![[r#"
            [] Assert: armed-clash "killing" Happened by []
            [] Assert: ceasefire "clashes" Happened by []
        "#]],
    );
}
