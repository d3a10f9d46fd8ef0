//! What was done, what was only possible, and what is no happening at all.
use super::check;
use super::harm::harm;
use expect_test::expect;

#[test]
fn who_was_able_to_do_it_has_done_it() {
    check(
        harm,
        "2024-03-06",
        "Wardens were able to evacuate 30 porters from the mill. The drovers were not able to evacuate the herds. \
         Drovers will be able to leave on Friday.",
        expect![[r#"
            evacuation Happened by [Wardens] to [porters] evacuated 30
            evacuation DidNotHappen by [drovers] to [] 
        "#]],
    );
}

#[test]
fn what_one_failed_to_ensure_did_not_come_about() {
    check(
        harm,
        "2024-03-06",
        "Norway has failed to ensure that the truce holds.",
        expect![[r#"
        ceasefire DidNotHappen by [] to [] 
    "#]],
    );
}

#[test]
fn a_word_for_the_dead_may_tell_of_no_death() {
    check(
        harm,
        "2024-03-06",
        "Her dead husband was a pilot. None of the porters shot in Graz have been named. The toll could rise to 40. \
         Both cooks and porters were killed.",
        expect![[r#"
            shooting Happened by [] to [porters] 
            attack Conditional by [] to [] killed 40
            attack Happened by [] to [cooks, porters] 
        "#]],
    );
}

#[test]
fn who_was_driven_out_is_not_who_was_killed() {
    check(
        harm,
        "2024-03-06",
        "At least 26 people died on Saturday in a raid on barges carrying porters evacuated from two towns.",
        expect![[r#"
            attack Happened by [] to [people, barges] killed 26
            evacuation Happened by [] to [porters] 
        "#]],
    );
}

#[test]
fn what_one_is_denied_is_no_denial_and_who_is_under_rubble_is_not_besieged() {
    check(
        harm,
        "2024-03-06",
        "A six-barge convoy was denied permission to dock at Graz. Nine porters were trapped under rubble. A homeless man was shot.",
        expect![[r#"
            other Happened by [] to [] missing 9
            shooting Happened by [] to [homeless man] wounded 1
        "#]],
    );
}

#[test]
fn what_is_held_on_a_day_to_come_is_planned() {
    check(
        harm,
        "2024-03-06",
        "The warden spoke of the elections in Graz in April 2024 and of the talks in Linz in April 2022.",
        expect![[r#"
            election Planned by [] to [] 
            negotiation Happened by [] to [] 
        "#]],
    );
}

#[test]
fn what_was_the_latest_to_hit_a_town_hit_it() {
    check(
        harm,
        "2024-03-06",
        "The raids were the latest to hit Graz. The guild plans to hit back.",
        expect![[r#"
            attack Happened by [] to [] 
            attack Planned by [] to [] 
        "#]],
    );
}

#[test]
fn what_a_reward_is_offered_for_is_still_to_come_and_a_failed_attempt_came_to_nothing() {
    check(
        harm,
        "2024-03-06",
        "The mayor offers a reward for a tip leading to a drover's arrest. The raiders' attempt to take \
         the weir failed. A vote is due next year. Guards are gearing up for a battle over the weir.",
        expect![[r#"
            arrest Planned by [] to [drover] 
            territory-gain DidNotHappen by [raiders] to [] 
            armed-clash Planned by [Guards] to [] 
        "#]],
    );
}

#[test]
fn a_truce_is_asked_for_once_and_less_violence_is_no_violence() {
    check(
        harm,
        "2024-03-06",
        "Norway has asked for a cessation of hostilities. Envoys should return to the negotiating table. \
         There was a drop in violence in Graz.",
        expect![[r#"
            ceasefire Planned by [] to [] 
            negotiation Planned by [Envoys] to [] 
        "#]],
    );
}
