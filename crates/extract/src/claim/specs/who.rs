//! Who says it of whom.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

/// Every claim: voices, stance, type, by whom, to whom.
pub(super) fn who(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let voices = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" > ");
    let voices = if voices.is_empty() { "(the report)".to_owned() } else { voices };
    format!("{voices} {:?}: {} by [{}] to [{}]", c.stance, c.event.kind, names(&c.actors), names(&c.targets))
}

#[test]
fn each_accuses_the_other() {
    check(
        who,
        "2024-03-06",
        "Finland and Norway accused each other of violating the truce.",
        expect![[r#"
        Finland Accuse: ceasefire-violation by [Norway] to []
        Norway Accuse: ceasefire-violation by [Finland] to []
    "#]],
    );
}

#[test]
fn both_sides_are_the_two_that_were_named_together() {
    check(
        who,
        "2024-03-06",
        "Finland and Norway signed a truce. Both sides said that the army of Chad had violated it.",
        expect![[r#"
            (the report) Assert: ceasefire by [Finland, Norway] to []
            Finland Assert: statement by [Finland, Norway] to []
            Norway Assert: statement by [Finland, Norway] to []
        "#]],
    );
}

#[test]
fn it_and_his_army_are_the_speakers_own() {
    check(
        who,
        "2024-03-06",
        "Finland's defence ministry said it had shelled the bridge. Norwegian Prime Minister Ivo Marsk said his army did not attack the town.",
        expect![[r#"
            Finland Ministry of Defence Assert: shelling by [Finland Ministry of Defence] to [bridge]
            Ivo Marsk Deny: attack by [Norway armed forces] to []
        "#]],
    );
}

#[test]
fn nobody_breaks_the_truce_by_his_own_account() {
    check(
        who,
        "2024-03-06",
        "Norway says it violated the ceasefire.",
        expect![[r#"
            Norway Assert: ceasefire-violation by [] to []
        "#]],
    );
}

#[test]
fn a_label_leaves_the_act_to_who_carries_it_out() {
    check(
        who,
        "2024-03-06",
        "The Finnish army launched what it calls \"anti-terror\" operations in the valley.",
        expect![[r#"
            (the report) Assert: attack by [Finland armed forces] to []
        "#]],
    );
}

#[test]
fn victims_are_no_agents_and_numbers_nobody() {
    check(
        who,
        "2024-03-06",
        "At least 12 soldiers were killed and 40 wounded in an attack by rebels. A military offensive followed.",
        expect![[r#"
            (the report) Assert: armed-clash by [rebels] to [soldiers]
            (the report) Assert: attack by [] to []
        "#]],
    );
}

#[test]
fn whom_an_appeal_is_made_to_is_to_act() {
    check(
        who,
        "2024-03-06",
        "Finland called on Norway to stop the shelling.",
        expect![[r#"
        Finland Demand: ceasefire by [Norway] to []
    "#]],
    );
}

#[test]
fn officials_in_the_country_are_that_states() {
    check(
        who,
        "2024-03-06",
        "Shells fell in Norway. Officials in the country said that three villagers were killed.",
        expect![[r#"
            (the report) Assert: shelling by [] to []
            Norway authorities Assert: shelling by [] to [villagers]
        "#]],
    );
}

#[test]
fn a_feeling_is_expressed_not_reported() {
    check(
        who,
        "2024-03-06",
        "Finland said it was deeply concerned about the shelling of the town.",
        expect![[r#"
        Finland Express: statement by [Finland] to []
        Finland Express: shelling by [] to []
    "#]],
    );
}

#[test]
fn half_a_word_does_nothing() {
    check(
        who,
        "2024-03-06",
        "Guards began counter-sabotage raids in Graz on Monday.",
        expect![[r#"
        (the report) Assert: attack by [Guards] to []
    "#]],
    );
}

#[test]
fn words_that_lost_their_space_are_two() {
    check(
        who,
        "2024-03-06",
        "Norway andSweden signed a truce in Graz on Monday.",
        expect![[r#"
        (the report) Assert: ceasefire by [Norway, Sweden] to []
    "#]],
    );
}

#[test]
fn what_happens_says_nothing() {
    check(
        who,
        "2024-03-06",
        "Norway recalled a raid on two bakers and maintained that Sweden had shelled Graz. \
         The deadlock proves that Sweden broke the truce.",
        expect![[r#"
            Norway Assert: attack by [] to [bakers]
            Norway Assert: shelling by [Sweden] to []
            (the report) Assert: ceasefire-violation by [Sweden] to []
        "#]],
    );
}

#[test]
fn who_are_many_is_not_the_one_who_speaks_after_them() {
    check(
        who,
        "2024-03-06",
        "They shelled the mill in Graz, the officer said.",
        expect![[r#"
            officer Assert: shelling by [] to [mill]
        "#]],
    );
}

#[test]
fn an_army_with_a_name_of_its_own_is_not_the_states() {
    check(
        who,
        "2024-03-06",
        "The Free Norway Army attacked a mill in Graz on Monday.",
        expect![[r#"
            (the report) Assert: attack by [Free Norway Army] to [mill]
        "#]],
    );
}

#[test]
fn the_two_neighbours_are_states() {
    check(
        who,
        "2024-03-06",
        "Norway said Sweden shelled Graz. The World Bank and the African Union wrote letters. \
         Skirmishes between the two countries went on.",
        expect![[r#"
            Norway Assert: shelling by [Sweden] to []
            (the report) Assert: armed-clash by [Norway, Sweden] to []
        "#]],
    );
}

#[test]
fn neighbours_border_on_each_other() {
    check(
        who,
        "2024-03-06",
        "Norway said Sweden shelled a mill. Portugal wrote letters to Norway. Skirmishes between the two neighbours went on.",
        expect![[r#"
            Norway Assert: shelling by [Sweden] to [mill]
            (the report) Assert: armed-clash by [Norway, Sweden] to []
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "Norway shelled a mill. Sweden and Norway said so. Sweden left. Russia and Spain wrote. Peru wrote. Chad wrote. Mali wrote. \
         Norway feared skirmishes between the two neighbours.",
        expect![[r#"
            (the report) Assert: shelling by [Norway] to [mill]
            (the report) Assert: armed-clash by [Norway, Sweden] to []
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "Portugal wrote letters to Norway. Skirmishes between the two neighbours went on.",
        expect![[r#"
            (the report) Assert: armed-clash by [neighbours] to []
        "#]],
    );
}

#[test]
fn who_are_accused_may_be_told_of_at_length() {
    check(
        who,
        "2024-03-06",
        "A nurse accused the militants of the northern league of torching a mill in Graz.",
        expect![[r#"
            nurse Accuse: destruction by [militants of the northern league] to [mill]
        "#]],
    );
}

#[test]
fn what_others_claim_is_not_said_in_the_words_of_who_denies_it() {
    check(
        who,
        "2024-03-06",
        "The mayor denied that guards had shelled Graz, as a baker had claimed.",
        expect![[r#"
            mayor Deny: statement by [mayor] to []
            mayor Deny: shelling by [guards] to []
        "#]],
    );
}

#[test]
fn forces_of_two_states_are_two_armies() {
    check(
        who,
        "2024-03-06",
        "Norwegian and Swedish forces shelled a mill in Graz. Norwegian and regime forces shelled a ferry.",
        expect![[r#"
            (the report) Assert: shelling by [Norway armed forces, Sweden armed forces] to [mill]
            (the report) Assert: shelling by [Norwegian and regime forces] to [ferry]
        "#]],
    );
}

#[test]
fn of_an_accusation_the_accused_is_the_actor() {
    check(
        who,
        "2024-03-06",
        "Norway accused Sweden on Monday of treachery.",
        expect![[r#"
        Norway Accuse: accusation by [Sweden] to []
    "#]],
    );
}

#[test]
fn whom_one_accuses_again_is_whom_one_has_accused() {
    check(
        who,
        "2024-03-06",
        "Finland blamed the Swedes, accusing them of burning a mill. The guild laid the blame on the Danes accusing \
         them of blowing up a weir.",
        expect![[r#"
            Finland Accuse: accusation by [Swedes] to []
            Finland Accuse: destruction by [Swedes] to [mill]
            guild Accuse: accusation by [Danes] to []
            guild Accuse: accusation by [] to []
            guild Accuse: explosion by [Danes] to [weir]
        "#]],
    );
}

#[test]
fn a_denial_that_hangs_on_an_accusation_is_not_the_accusers() {
    check(
        who,
        "2024-03-06",
        "Finland has accused Norway of looting a museum, which Norway denies.",
        expect![[r#"
        Finland Accuse: looting by [Norway] to []
        Norway Deny: denial by [Norway] to []
    "#]],
    );
}

#[test]
fn nobody_is_no_source_and_who_refrains_from_saying_says_nothing() {
    check(
        who,
        "2024-03-06",
        "No group has claimed responsibility for the blast. The warden refrained from saying that rebels had burnt the \
         mill.",
        expect![[r#"
            (the report) Assert: responsibility by [] to []
            warden Unverified: destruction by [rebels] to [mill]
        "#]],
    );
}

#[test]
fn it_is_the_body_that_a_spokesman_speaks_for() {
    check(
        who,
        "2024-03-06",
        "A spokeswoman for the harbour guard said it had shelled a barge. The spokeswoman said it had burnt a mill.",
        expect![[r#"
            spokeswoman Assert: shelling by [harbour guard] to [barge]
            spokeswoman Assert: destruction by [] to [mill]
        "#]],
    );
}

#[test]
fn for_what_somebody_is_held_he_is_accused_of() {
    check(
        who,
        "2024-03-06",
        "Ivo Marsk was arrested for killing a warden. He is also wanted over the burning of a mill. Jan Tolm was convicted \
         of killing a drover.",
        expect![[r#"
            (the report) Assert: arrest by [] to [Ivo Marsk]
            (the report) Accuse: attack by [Ivo Marsk] to [warden]
            (the report) Assert: destruction by [] to [mill]
            (the report) Assert: trial by [] to [Jan Tolm]
            (the report) Assert: attack by [Jan Tolm] to [drover]
        "#]],
    );
}

#[test]
fn what_is_stated_need_not_be_so() {
    check(
        |c| format!("{} {:?} {:?}", c.event.kind, c.polarity, c.stance),
        "2024-03-06",
        "The warden said nobody was at home. The warden said the library will reopen. The warden said the roof may leak. \
         The warden said the roof is sound.",
        expect![[r#"
            statement Happened Assert
            statement Happened Assert
            statement Happened Assert
            statement Happened Assert
        "#]],
    );
}

#[test]
fn a_thing_says_nothing() {
    check(
        who,
        "2024-03-06",
        "The evidence shows that rebels burnt the mill.",
        expect![[r#"
            (the report) Assert: destruction by [rebels] to [mill]
        "#]],
    );
}

#[test]
fn who_is_credited_takes_no_part() {
    check(
        who,
        "2024-03-06",
        "The Hill Guard claimed responsibility for the raid, according to the Linz Herald.",
        expect![[r#"
            Linz Herald > Hill Guard Assert: responsibility by [Hill Guard] to []
        "#]],
    );
}

#[test]
fn the_people_before_the_cue_speak_not_the_thing_before_them() {
    check(
        who,
        "2024-03-06",
        "Drovers fell ill from dust thought to have been spread by the guard, residents and doctors said.",
        expect![[r#"
            residents Assert: statement by [residents, doctors] to []
            doctors Assert: statement by [residents, doctors] to []
        "#]],
    );
}

#[test]
fn who_wants_something_did_not_want_what_already_happened() {
    check(
        who,
        "2024-03-06",
        "The warden pledged to guard the mill that rebels burnt. The warden demanded the release of the drovers who were abducted.",
        expect![[r#"
            warden Promise: statement by [warden] to []
            (the report) Assert: destruction by [rebels] to [mill]
            warden Demand: demand by [warden] to []
            (the report) Assert: abduction by [] to [drovers]
        "#]],
    );
}

#[test]
fn what_one_wants_of_others_one_does_not_do() {
    check(
        who,
        "2024-03-06",
        "Norway sought support to mediate. Norway sought a way to mediate. The warden called for an investigation. The warden expects an attack. Marsk began a military attack on the port.",
        expect![[r#"
            (the report) Assert: mediation by [] to []
            (the report) Assert: mediation by [Norway] to []
            warden Demand: investigation by [] to []
            (the report) Assert: attack by [] to []
            (the report) Assert: attack by [Marsk] to []
        "#]],
    );
}

#[test]
fn sorts_of_weapons_and_the_manner_of_a_deed_do_nothing() {
    check(
        who,
        "2024-03-06",
        "Fighter jets bombed the port. The mill was held by force by armed men. The mill was held by the forces. Drovers mourned the \
         convoy attack. A gunship belonging to the guard bombed the well. Rebels hit the mill with anti-aircraft guns.",
        expect![[r#"
            (the report) Assert: air-strike by [] to []
            (the report) Assert: political-status by [forces] to []
            Drovers Express: statement by [Drovers] to []
            Drovers Express: attack by [] to [convoy]
            (the report) Assert: air-strike by [guard] to []
            (the report) Assert: shooting by [Rebels] to [mill]
        "#]],
    );
}

#[test]
fn what_somebody_cannot_claim_is_not_claimed() {
    check(
        who,
        "2024-03-06",
        "Marsk stressed that the guard cannot claim to keep order.",
        expect![[r#"
            Marsk Assert: statement by [Marsk] to []
        "#]],
    );
}

#[test]
fn they_are_not_who_speaks_of_others() {
    check(
        who,
        "2024-03-06",
        "Sources said that the militia had taken the mill and that they had cut off the road.",
        expect![[r#"
            Sources Assert: territory-gain by [militia] to []
            Sources Assert: blockade by [] to []
        "#]],
    );
}

#[test]
fn whom_one_accuses_of_firing_fired() {
    check(
        who,
        "2024-03-06",
        "Drovers accused the guard of firing on a crowd.",
        expect![[r#"
            Drovers Accuse: shooting by [guard] to [crowd]
        "#]],
    );
}

#[test]
fn whose_help_one_has_is_not_whose_one_is() {
    check(
        who,
        "2024-03-06",
        "Finnish-backed government forces shelled Graz. Norwegian government forces left it.",
        expect![[r#"
            (the report) Assert: shelling by [Finnish-backed government forces] to []
        "#]],
    );
}

#[test]
fn who_accuses_one_of_crimes_commits_none() {
    check(
        who,
        "2024-03-06",
        "The guard was accused of carrying out a massacre by drovers.",
        expect![[r#"
            (the report) Accuse: attack by [guard] to []
        "#]],
    );
}
