//! What is warded off, regretted, warned of, turned down or lacking.
use super::check;
use super::known::came_about;
use expect_test::expect;

#[test]
fn what_one_acts_to_prevent_is_not_told() {
    check(
        came_about,
        "2031-05-08",
        "Wardens walked the quay to prevent raids by smugglers. The envoys made a last attempt at averting a war. The guard foiled a raid by smugglers on the mill.",
        expect![[r#"
            [] Assert: attack "raid" DidNotHappen by [smugglers]
        "#]],
    );
}

#[test]
fn what_should_not_have_happened_did() {
    check(
        came_about,
        "2031-05-08",
        "Her brother should not have been killed, she said. The guard should have retaken the mill, he said.",
        expect![[r#"
            [she] Assert: attack "killed" Happened by []
            [he] Assert: territory-gain "retaken" DidNotHappen by [guard]
        "#]],
    );
}

#[test]
fn what_is_yet_to_come_has_not_come() {
    check(
        came_about,
        "2031-05-08",
        "The relief convoy has yet to enter Graz. Prosecutors do not have enough proof to file charges against the guard. The rebels will fight on as long as a ceasefire is not agreed.",
        expect![[r#"
            [] Assert: aid "enter" DidNotHappen by [relief convoy]
            [] Assert: trial "file charges" DidNotHappen by [Prosecutors]
            [] Assert: armed-clash "fight" Planned by [rebels]
            [] Assert: ceasefire "ceasefire" Conditional by []
        "#]],
    );
}

#[test]
fn a_warning_is_a_threat_where_the_speaker_would_do_it() {
    check(
        came_about,
        "2031-05-08",
        "The general warned that any crossing would be punished. Analysts warned that the shelling of Graz undermines the talks. Porters warned of a famine in Graz. Medics warned that thousands would be killed.",
        expect![[r#"
            [general] Threaten: statement "warned" Happened by [general]
            [Analysts] Assert: shelling "shelling" Happened by []
            [Porters] Assert: humanitarian-need "famine" Conditional by []
            [Medics] Assert: attack "killed" Planned by []
        "#]],
    );
}

#[test]
fn what_is_turned_down_is_not_denied() {
    check(
        came_about,
        "2031-05-08",
        "The union repudiated the bombing of the mill. The rebels rejected comparisons to the killing of a baker. The guard denied allegations that it had burned the barn. The front did not deny that it had looted the inn.",
        expect![[r#"
            [union] Express: explosion "bombing" Happened by []
            [] Assert: attack "killing" Happened by []
            [guard] Deny: destruction "burned" DidNotHappen by [guard]
            [front] Unverified: looting "looted" Happened by []
        "#]],
    );
}

#[test]
fn the_occasion_of_a_promise_is_not_promised() {
    check(
        came_about,
        "2031-05-08",
        "The rebels vowed to march on Graz despite threats of raids by the guard.",
        expect![[r#"
            [rebels] Promise: troop-movement "march" Planned by [rebels]
            [] Assert: attack "raids" Planned by [guard]
        "#]],
    );
}
