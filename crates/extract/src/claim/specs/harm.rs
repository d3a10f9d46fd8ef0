//! What befell whom, and how.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

/// Every claim: type, polarity, by whom, to whom or what, how many.
pub(super) fn harm(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let figures: Vec<String> = c.figures.iter().map(|f| format!("{} {}", f.measure, f.value.unwrap_or(-1.0))).collect();
    format!(
        "{} {:?} by [{}] to [{}] {}",
        c.event.kind,
        c.polarity,
        names(&c.actors),
        names(&c.targets),
        figures.join(", ")
    )
}

#[test]
fn buildings_and_vehicles_are_targets_after_whoever_owns_them() {
    check(
        harm,
        "2024-03-06",
        "Rebels shelled Norway's barracks. Guards fired at a fuel lorry near Linz. The militia looted the police station.",
        expect![[r#"
            shelling Happened by [Rebels] to [Norway, Norway's barracks] 
            shooting Happened by [Guards] to [fuel lorry] 
            looting Happened by [militia] to [police station] 
        "#]],
    );
}

#[test]
fn whose_attack_is_repelled_are_those_fought() {
    check(
        harm,
        "2024-03-06",
        "The garrison repelled an assault by the militia near Linz.",
        expect![[r#"
        armed-clash Happened by [garrison] to [militia] 
    "#]],
    );
}

#[test]
fn a_bomber_is_a_person_unless_it_is_said_to_be_a_plane() {
    check(
        harm,
        "2024-03-06",
        "A bomber attacked the shrine in Linz. Heavy bombers attacked the port.",
        expect![[r#"
            attack Happened by [bomber] to [shrine] 
            air-strike Happened by [] to [] 
        "#]],
    );
}

#[test]
fn what_is_done_instead_is_done_alone() {
    check(
        harm,
        "2024-03-06",
        "Instead of shelling the port, the navy withdrew from Linz. Neither the guards nor the militia opened fire.",
        expect![[r#"
            shelling DidNotHappen by [navy] to [] 
            withdrawal Happened by [navy] to [] 
            shooting DidNotHappen by [guards, militia] to [] 
        "#]],
    );
}

#[test]
fn victims_told_next_are_those_of_the_weapons() {
    check(
        harm,
        "2024-03-06",
        "Mortar rounds fell on a market in Linz. Six traders were killed. The militia fired rockets at Graz, and two \
         drovers were hurt.",
        expect![[r#"
            shelling Happened by [] to [traders] killed 6
            shelling Happened by [militia] to [Graz] 
            shelling Happened by [militia] to [drovers] wounded 2
        "#]],
    );
}

#[test]
fn the_toll_of_a_war_and_the_hurt_of_another_place_are_not() {
    check(
        harm,
        "2024-03-06",
        "Mortar rounds fell on a market in Linz. More than 9,000 drovers have been killed. Two drovers were hurt in Graz.",
        expect![[r#"
            attack Happened by [] to [drovers] killed 9000
            attack Happened by [] to [drovers] wounded 2
        "#]],
    );
}

#[test]
fn a_persons_murder_is_done_to_him() {
    check(
        harm,
        "2024-03-06",
        "Ivo Marsk's murder shocked Linz. The militia's murder of a drover shocked Graz.",
        expect![[r#"
            attack Happened by [] to [Ivo Marsk] 
            attack Happened by [militia] to [drover] 
        "#]],
    );
}

#[test]
fn a_last_name_of_two_is_neithers() {
    check(
        harm,
        "2024-03-06",
        "Jan Tolmar and his brother Peter Tolmar went to a tavern in Linz. Tolmar stabbed a waiter there.",
        expect![[r#"
            attack Happened by [Tolmar] to [waiter] wounded 1
        "#]],
    );
}

#[test]
fn a_name_that_joins_two_lands_is_one_name() {
    check(
        harm,
        "2024-03-06",
        "The Islamic State of Iraq and the Levant abducted three shepherds.",
        expect![[r#"
            abduction Happened by [Islamic State] to [shepherds] abducted 3
        "#]],
    );
}

#[test]
fn a_word_in_the_name_of_a_body_is_no_happening() {
    check(
        harm,
        "2024-03-06",
        "Three drovers were abducted by the Army of Upland Liberation.",
        expect![[r#"
            abduction Happened by [Army of Upland Liberation] to [drovers] abducted 3
        "#]],
    );
}

#[test]
fn what_nobody_says_is_no_claim() {
    check(
        harm,
        "2024-03-06",
        "A blast killed two drovers in Linz. No group has said it planted the bomb.",
        expect![[r#"
            explosion Happened by [] to [drovers] killed 2
        "#]],
    );
}

#[test]
fn who_is_brought_to_hospital_was_hurt_somehow() {
    check(
        harm,
        "2024-03-06",
        "A nurse rushed two pupils to hospital. Ivo Marsk was declared dead.",
        expect![[r#"
            other Happened by [] to [pupils] casualties 2
            attack Happened by [] to [Ivo Marsk] killed 1
        "#]],
    );
}

#[test]
fn who_is_shot_without_an_object_is_the_victim() {
    check(
        harm,
        "2024-03-06",
        "The drover stabbed on Friday in Linz went home. A nurse stabbed herself.",
        expect![[r#"
            attack Happened by [] to [drover] wounded 1
            other Happened by [nurse] to [] wounded 1
        "#]],
    );
}

#[test]
fn what_came_days_before_is_another_happening() {
    check(
        |c| {
            format!(
                "{} bg {} {:?}",
                harm(c),
                c.background,
                c.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>()
            )
        },
        "2024-03-06",
        "Two days after the shelling of Graz, a mine killed three drovers near Linz.",
        expect![[r#"
            landmine Happened by [] to [drovers] killed 3 bg false ["Linz"]
            shelling Happened by [] to []  bg true ["Graz"]
        "#]],
    );
}

#[test]
fn what_has_not_stopped_goes_on_and_what_is_not_seen_may_have_been() {
    check(
        harm,
        "2024-03-06",
        "The shelling of Linz has not stopped. The ferryman never saw the raid. Nobody in the hills hopes for peace.",
        expect![[r#"
            shelling Happened by [] to [] 
        "#]],
    );
}

#[test]
fn what_the_hit_carried_is_not_what_it_was_hit_with() {
    check(
        harm,
        "2024-03-06",
        "Guards burnt two lorries fitted with mortars near Linz.",
        expect![[r#"
            destruction Happened by [Guards] to [lorries] 
        "#]],
    );
}

#[test]
fn a_line_of_publication_is_nobody() {
    check(
        harm,
        "2024-03-06",
        "Date of publication 4 March 2024 - Drovers hurt by shells near Linz.",
        expect![[r#"
            attack Happened by [] to [Drovers] 
        "#]],
    );
}

#[test]
fn what_could_be_heard_happened_and_what_was_aimed_at_is_only_meant() {
    check(
        harm,
        "2024-03-06",
        "Explosions could be heard in Linz. The push of the army was aimed at capturing the port.",
        expect![[r#"
            explosion Happened by [] to [] 
            territory-gain Planned by [] to [] 
        "#]],
    );
}

#[test]
fn where_there_was_violence_who_is_brought_to_hospital_was_its_victim() {
    check(
        harm,
        "2024-03-06",
        "Shots were fired outside a tavern in Linz. A waiter was rushed to hospital with injuries.",
        expect![[r#"
            shooting Happened by [] to [] 
            attack Happened by [] to [waiter] wounded 1
        "#]],
    );
}

#[test]
fn who_wards_off_an_attack_does_not_make_it_and_a_local_measure_is_of_no_locals() {
    check(
        harm,
        "2024-03-06",
        "Wardens foiled a raid on the depot. Drovers left Linz to avoid the fighting. The army took local anti-terrorist measures.",
        expect![[r#"
            attack DidNotHappen by [] to [depot] 
            attack Happened by [] to [] 
        "#]],
    );
}

#[test]
fn a_deed_that_is_named_again_is_what_was_done_in_it() {
    check(
        harm,
        "2024-03-06",
        "Wardens defused two mines during a sweep near Linz. They conducted the sweep before dawn. Wardens launched a sweep against \
         the rebels.",
        expect![[r#"
            disarmament Happened by [Wardens] to [] 
            disarmament Happened by [] to [] 
            attack Happened by [Wardens] to [rebels] 
        "#]],
    );
}

#[test]
fn the_country_of_a_fight_does_not_fight() {
    check(
        harm,
        "2024-03-06",
        "Drovers recalled the country's worst fighting. The country's attack on its neighbour killed nine.",
        expect![[r#"
            armed-clash Happened by [] to [] 
            attack Happened by [country] to [its neighbour] killed 9
        "#]],
    );
}

#[test]
fn a_weapon_used_some_way_off_is_the_means() {
    check(
        harm,
        "2024-03-06",
        "Nine cooks fainted as raiders used mustard gas north of Linz.",
        expect![[r#"
            chemical-attack Happened by [raiders] to [] 
        "#]],
    );
}

#[test]
fn the_subject_of_a_clause_that_as_opens_acts_in_it() {
    check(
        harm,
        "2024-03-06",
        "Three wardens were hurt as a rebel drone struck their post.",
        expect![[r#"
            drone-strike Happened by [] to [wardens, their post] wounded 3
        "#]],
    );
}

#[test]
fn what_is_denied_of_a_sort_is_not_denied_and_what_one_flees_from_took_place() {
    check(
        harm,
        "2024-03-06",
        "The fire was not an isolated act of arson. Drovers climbed a fence to escape the shooting. The warden got a call that shots were fired. \
         Shells hit the gate as drovers were leaving, wounding ten.",
        expect![[r#"
            shooting Happened by [] to [Drovers] 
            shooting Happened by [] to [] 
            shelling Happened by [] to [gate] 
            shelling Happened by [] to [] wounded 10
        "#]],
    );
}

#[test]
fn who_died_of_hunger_was_not_attacked_and_a_helicopter_hit_is_no_air_strike() {
    check(
        harm,
        "2024-03-06",
        "Two bakers died of malnutrition. A helicopter was hit by gunfire. The goal of the shelling of the port is to starve it.",
        expect![[r#"
            other Happened by [] to [bakers] killed 2
            humanitarian-need Happened by [] to [] 
            shooting Happened by [] to [helicopter] 
            shelling Happened by [] to [] 
            humanitarian-need Planned by [] to [] 
        "#]],
    );
}
