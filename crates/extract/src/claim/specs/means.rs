//! The kind of violence that victims came to harm by, and whose it was.
use super::check;
use super::harm::harm;
use expect_test::expect;
use variorum_model::Claim;

#[test]
fn victims_are_of_the_violence_that_they_are_told_after() {
    check(
        harm,
        "2024-03-06",
        "Three porters were hospitalized on Sunday after a shooting in Graz. A cook died after being shot. \
         A porter died in shelling attacks. The shooting deaths of nine drovers shook the town.",
        expect![[r#"
            shooting Happened by [] to [porters] wounded 3
            shooting Happened by [] to [] 
            shooting Happened by [] to [cook] killed 1
            shooting Happened by [] to [cook] 
            shelling Happened by [] to [porter] killed 1
            shooting Happened by [] to [drovers] killed 9
        "#]],
    );
}

#[test]
fn what_a_strike_hits_it_hits_for_whoever_flew_it() {
    check(
        harm,
        "2024-03-06",
        "Norwegian airstrikes hit a mill near Graz. Norwegian and Swedish jets bombed a ferry.",
        expect![[r#"
            air-strike Happened by [Norway] to [mill] 
            air-strike Happened by [Norway, Sweden] to [ferry] 
        "#]],
    );
}

#[test]
fn a_headline_counts_as_a_sentence_does() {
    check(
        harm,
        "2024-03-06",
        "7 Porters Killed in Bandit Mortar Attacks",
        expect![[r#"
            shelling Happened by [Bandit] to [Porters] killed 7
        "#]],
    );
}

#[test]
fn a_toll_told_twice_is_of_one_happening() {
    check(
        harm,
        "2024-03-06",
        "Thirteen porters killed in Graz.\n\n\
         At least thirteen porters died on Monday when shells hit a mill in Graz.\n\n\
         Seven drovers were killed in Linz, the warden said.",
        expect![[r#"
            shelling Happened by [] to [porters] killed 13
            shelling Happened by [] to [porters, mill] killed 13
            attack Happened by [] to [drovers] killed 7
        "#]],
    );
}

#[test]
fn a_small_toll_is_not_that_of_other_violence_of_another_kind() {
    check(
        harm,
        "2024-03-06",
        "A shell killed two porters in Graz. Rebels shot a drover in Linz. Two cooks were killed in Lienz.",
        expect![[r#"
            shelling Happened by [] to [porters] killed 2
            shooting Happened by [Rebels] to [drover] wounded 1
            attack Happened by [] to [cooks] killed 2
        "#]],
    );
}

#[test]
fn what_is_named_again_by_a_bare_noun_is_what_its_longer_name_says() {
    check(
        harm,
        "2024-03-06",
        "A gas attack hit Graz on Monday. The warden said the attack killed nine porters. Rebels launched an attack on Linz.",
        expect![[r#"
            chemical-attack Happened by [] to [] 
            chemical-attack Happened by [] to [porters] killed 9
            attack Happened by [Rebels] to [] 
        "#]],
    );
}

#[test]
fn whom_violence_leaves_dead_is_of_its_kind() {
    check(
        harm,
        "2024-03-06",
        "The guild condemned a gas attack by the army that killed nine porters. A shooting in Graz left two cooks dead. The attack, which left a drover dead, came after shells fell on Linz.",
        expect![[r#"
            statement Happened by [guild] to [] 
            chemical-attack Happened by [army] to [] 
            chemical-attack Happened by [army] to [porters] killed 9
            shooting Happened by [] to [cooks] killed 2
            chemical-attack Happened by [] to [drover] killed 1
            shelling Happened by [] to [] 
        "#]],
    );
}

#[test]
fn victims_may_be_told_before_the_violence() {
    check(
        harm,
        "2024-03-06",
        "Eight porters were killed on Monday, among them two cooks, when army helicopters dropped barrel bombs on Graz. Nine drovers died before shells fell on Linz.",
        expect![[r#"
            air-strike Happened by [] to [porters] killed 8, killed 2
            air-strike Happened by [army] to [Graz] 
            attack Happened by [] to [drovers] killed 9
            shelling Happened by [] to [] 
        "#]],
    );
}

#[test]
fn a_total_of_raids_are_raids() {
    check(
        harm,
        "2024-03-06",
        "The guard launched a total of nine airstrikes near Graz, causing the death of two porters.",
        expect![[r#"
            air-strike Happened by [guard] to [] strikes 9
            air-strike Happened by [] to [porters] killed 2
        "#]],
    );
}

#[test]
fn a_blast_without_victims_is_a_blast() {
    check(
        harm,
        "2024-03-06",
        "The two blasts in Graz did not cause deaths. The talks wound up on Monday.",
        expect![[r#"
            explosion Happened by [] to [] other 2
            attack DidNotHappen by [] to [] 
        "#]],
    );
}

#[test]
fn whom_fighting_leaves_dead_died_in_it() {
    check(
        harm,
        "2024-03-06",
        "There was fierce fighting near Graz that left nine porters dead.",
        expect![[r#"
            armed-clash Happened by [] to [porters] killed 9
        "#]],
    );
}

#[test]
fn what_is_answered_is_not_what_it_is_answered_with() {
    check(
        harm,
        "2024-03-06",
        "Norway fired cruise missiles at a barracks in response to a gas attack on Linz.",
        expect![[r#"
            missile-strike Happened by [Norway] to [barracks] 
            chemical-attack Happened by [] to [] 
        "#]],
    );
}

#[test]
fn what_a_place_is_known_for_is_not_what_it_was_hit_with() {
    check(
        harm,
        "2024-05-12",
        "Nine drovers died in air strikes around Graz, the site of a gas attack in April.",
        expect![[r#"
            air-strike Happened by [] to [drovers] killed 9
        "#]],
    );
}

#[test]
fn what_was_shot_down_shot_nobody_and_a_club_may_be_a_house() {
    let weapons = |c: &Claim| {
        let all: Vec<&str> = c.weapons.iter().map(|w| w.quote.text.as_str()).collect();
        format!("{} {:?} with {all:?}", c.event.kind, c.event.trigger.text)
    };
    check(
        weapons,
        "2024-03-06",
        "Raiders shot down a helicopter near Graz. A helicopter fired on the mill. Nine drovers were shot outside the Weir Lane Rowing Club. \
         A guard beat a porter with a club.",
        expect![[r#"
            destruction "shot down" with []
            air-strike "fired" with ["helicopter"]
            shooting "shot" with []
            torture "beat" with ["club"]
        "#]],
    );
}

fn weapons(c: &Claim) -> String {
    let names = c.weapons.iter().map(|w| w.quote.text.as_str()).collect::<Vec<_>>().join(", ");
    let targets = c.targets.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ");
    format!("{} \"{}\" on [{targets}] with [{names}]", c.event.kind, c.event.trigger.text)
}

#[test]
fn what_those_had_to_whom_it_was_done_it_was_not_done_with() {
    check(
        weapons,
        "2031-05-08",
        "Guards shot a knife-wielding porter. Aircraft destroyed two sites holding weapons. Rebels shot down a MiG warplane. \
         Five were shot at Club 9 in Graz. Gunners pounded the fort with rockets.",
        expect![[r#"
            shooting "shot" on [knife-wielding porter] with []
            air-strike "destroyed" on [sites] with [Aircraft]
            destruction "shot down" on [MiG warplane] with []
            shooting "shot" on [] with []
            shelling "pounded the fort with rockets" on [fort] with [rockets]
        "#]],
    );
}

#[test]
fn a_verb_names_no_weapon_and_trials_and_reasons_have_none() {
    check(
        weapons,
        "2031-05-08",
        "Raiders gunned down two porters. The guard bombed the mill with jets in response to a rocket attack on the fort. The miller was charged with use of a rifle. White phosphorus was used near the fort.",
        expect![[r#"
            shooting "gunned down" on [porters] with []
            air-strike "bombed" on [mill] with [jets]
            shelling "rocket attack" on [fort] with [rocket]
            attack "phosphorus was used" on [] with [White phosphorus]
        "#]],
    );
}
