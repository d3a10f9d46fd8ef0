//! What stands in one sentence and is of another time, place or number.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn whole(c: &Claim) -> String {
    let places: Vec<&str> = c.places.iter().map(|p| p.name.as_str()).collect();
    let figures: Vec<String> = c
        .figures
        .iter()
        .map(|f| format!("; {} {} {}", f.measure, f.value.map_or("?".into(), |v| v.to_string()), f.category))
        .collect();
    let targets: Vec<&str> = c.targets.iter().map(|t| t.name.as_str()).collect();
    format!(
        "{} {:?} to [{}] at {} on {}{}",
        c.event.kind,
        c.polarity,
        targets.join(", "),
        places.join(", "),
        c.time.value.as_deref().unwrap_or("unknown"),
        figures.concat()
    )
}

fn tells(text: &str, expected: expect_test::Expect) {
    check(whole, "2024-03-14", text, expected);
}

#[test]
fn since_reaches_both_of_two_verbs() {
    tells(
        "At least ten porters were killed and 13 hurt in shootings around Graz since Tuesday.",
        expect![[r#"
        shooting Happened to [porters] at Graz on 2024-03-12/2024-03-14; killed 10 people; wounded 13 people
    "#]],
    );
}

#[test]
fn a_street_or_a_platform_is_no_victim() {
    tells(
        "A porter was wounded in a shooting on Haldin Court in Graz.",
        expect![[r#"
        shooting Happened to [porter] at Graz on unknown; wounded 1 people
    "#]],
    );
    tells(
        "Two shootings happened at 440 11th Street South.",
        expect![[r#"
        shooting Happened to [] at  on unknown
    "#]],
    );
    tells(
        "A commander claimed the attack on Telegram.",
        expect![[r#"
        responsibility Happened to [] at  on unknown
    "#]],
    );
    tells(
        "Gunmen claimed the attack on the court.",
        expect![[r#"
        responsibility Happened to [] at  on unknown
        attack Happened to [court] at  on unknown
    "#]],
    );
}

#[test]
fn what_is_talked_about_is_not_where_one_talks() {
    tells(
        "The council scheduled an urgent meeting for Friday on the shelling in Graz.",
        expect![[r#"
        negotiation Planned to [] at  on 2024-03-15
        shelling Happened to [] at Graz on unknown
    "#]],
    );
    tells(
        "Envoys met in Graz on Monday. Eight bombs killed a guard.",
        expect![[r#"
        negotiation Happened to [] at Graz on 2024-03-11
        explosion Happened to [guard] at  on 2024-03-11; killed 1 people
    "#]],
    );
}

#[test]
fn what_it_is_compared_with_was_elsewhere() {
    tells(
        "Shelling killed 21 porters in Linz on Tuesday, the deadliest day since a raid on a mill in Graz.",
        expect![[r#"
            shelling Happened to [porters] at Linz on 2024-03-12; killed 21 people
            attack Happened to [mill] at Graz on unknown
        "#]],
    );
}

#[test]
fn two_tolls_of_one_sentence_stay_apart() {
    tells(
        "Nine porters have been killed this year, and 29 weavers have been killed in raids on Graz.",
        expect![[r#"
        attack Happened to [porters] at  on 2024; killed 9 people
        attack Happened to [weavers, Graz] at  on 2024; killed 29 people
    "#]],
    );
    tells(
        "Nine porters have been killed and 29 weavers have been injured in raids on Graz.",
        expect![[r#"
        attack Happened to [porters, weavers, Graz] at  on unknown; killed 9 people; wounded 29 people
    "#]],
    );
}

#[test]
fn parts_are_of_what_stands_before_them() {
    tells(
        "A man shot six porters in Graz, killing four of them, including two children.",
        expect![[r#"
        shooting Happened to [porters] at Graz on unknown; casualties 6 people; killed 4 people; killed 2 children
    "#]],
    );
    tells(
        "The war has displaced 11 million - half of the population.",
        expect![[r#"
        displacement Happened to [population] at  on unknown; displaced 11000000 people
    "#]],
    );
    tells(
        "A cook said her son, Dorin Hask, was killed in Graz on Monday.",
        expect![[r#"
        attack Happened to [her son] at Graz on 2024-03-11; killed 1 people
    "#]],
    );
    tells(
        "Raiders killed three boys in Graz on Monday.\n\nIn 2009 Dorin Hask was murdered there.",
        expect![[r#"
        attack Happened to [boys] at Graz on 2024-03-11; killed 3 children
        attack Happened to [Dorin Hask] at Graz on 2009; killed 1 people
    "#]],
    );
}

#[test]
fn what_is_hard_to_do_or_talked_of_is_not_done() {
    tells("The town of Graz will be hard to retake.", expect![[""]]);
    tells(
        "Talks on ending the siege of Graz collapsed.",
        expect![[r#"
        negotiation Happened to [] at  on unknown
        siege Happened to [] at Graz on unknown
    "#]],
    );
    tells(
        "The guild demanded an end to the fighting in Graz.",
        expect![[r#"
        ceasefire Planned to [] at Graz on unknown
    "#]],
    );
    tells(
        "The false report of the killing of nine porters in Graz was withdrawn.",
        expect![[r#"
        attack DidNotHappen to [porters] at Graz on unknown; killed 9 people
    "#]],
    );
}

#[test]
fn an_office_is_not_what_it_is_charged_with() {
    tells("The clerk saw the group's spokesman for military operations.", expect![[""]]);
}

#[test]
fn who_flees_fighting_does_not_fight() {
    tells(
        "Some 900 porters have fled fighting in Graz.",
        expect![[r#"
        displacement Happened to [] at Graz on unknown; displaced 900 people
        armed-clash Happened to [] at Graz on unknown
    "#]],
    );
}

#[test]
fn a_curly_apostrophe_negates_as_well() {
    tells(
        "The chancellor said Karovia wouldn’t shell the ferry.",
        expect![[r#"
        shelling DidNotHappen to [ferry] at  on unknown
    "#]],
    );
    tells(
        "The chancellor said Karovia would shell the ferry.",
        expect![[r#"
        shelling Planned to [ferry] at  on unknown
    "#]],
    );
}
