//! What the assembly makes of constructions: who, where and when. Invented states; real towns where a place must be known.
use super::tests::EXTRACTOR;
use crate::testing::report_of;
use expect_test::{Expect, expect};
use variorum_model::{Claim, Report};

/// Every claim: voices, stance, type, by whom, to whom.
fn who(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let voices = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" > ");
    let voices = if voices.is_empty() { "(the report)".to_owned() } else { voices };
    format!("{voices} {:?}: {} by [{}] to [{}]", c.stance, c.event.kind, names(&c.actors), names(&c.targets))
}

/// Every claim: type, where, when and what the time rests on.
fn where_and_when(c: &Claim) -> String {
    let places = c.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let value = c.time.value.as_deref().unwrap_or("unknown");
    format!("{} {:?} at [{places}] on {value} ({:?})", c.event.kind, c.event.trigger.text, c.time.basis)
}

fn toll(c: &Claim) -> String {
    let sources = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" → ");
    let who = c.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let figures = c.figures.iter().map(|f| format!("{} {}", f.quote.text, f.measure)).collect::<Vec<_>>().join(", ");
    format!("{} [{sources}] {:?} by [{who}] {:?} ({figures})", c.event.kind, c.stance, c.polarity)
}

fn undated(text: &str) -> Report {
    Report { id: "undated".into(), text: text.into(), ..Report::default() }
}

fn check(show: fn(&Claim) -> String, day: &str, text: &str, expected: Expect) {
    let claims = EXTRACTOR.analyze(if day.is_empty() { undated(text) } else { report_of(day, text) }).claims;
    expected.assert_eq(&claims.iter().map(|c| show(c) + "\n").collect::<String>());
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
            Finland Ministry of Defence Assert: shelling by [Finland Ministry of Defence] to []
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
            Norway authorities Assert: attack by [] to [villagers]
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
fn undated_news_lies_between_the_first_day_named_and_the_report() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday.\n\nThe rebels withdrew from the bridge.\n\nNorway urged both sides to sign a ceasefire.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            withdrawal "withdrew" at [Graz] on 2024-03-04/2024-03-06 (Context)
            ceasefire "sign a ceasefire" at [Graz] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn since_lasts_until_the_report() {
    check(
        where_and_when,
        "2024-03-06",
        "The army has blockaded Graz since December.\n\nThe two states have fought over Graz since a war there ended in 1994.",
        expect![[r#"
            blockade "blockaded" at [Graz] on 2023-12/2024-03 (Relative)
            armed-clash "fought" at [Graz] on 1994/2024 (Explicit)
            ceasefire "war" at [Graz] on 1994 (Explicit)
        "#]],
    );
}

#[test]
fn what_came_after_a_happening_is_not_of_its_day() {
    check(
        where_and_when,
        "2024-03-06",
        "Residents fled Graz after shells hit Linz on Monday. Norway violated the truce that ended the 2020 war.",
        expect![[r#"
            displacement "fled" at [Graz] on unknown (Unknown)
            ceasefire-violation "violated the truce" at [Graz] on unknown (Unknown)
            ceasefire "ended the 2020 war" at [Graz] on 2020 (Explicit)
        "#]],
    );
}

#[test]
fn a_weekday_without_a_publication_date_stays_open() {
    check(
        where_and_when,
        "",
        "Two soldiers were killed in Graz on Tuesday. Rebels shelled the town.",
        expect![[r#"
        attack "killed" at [Graz] on unknown (Unknown)
        shelling "shelled" at [Graz] on unknown (Unknown)
    "#]],
    );
}

#[test]
fn a_statement_is_nowhere_and_a_state_spoken_to_is_no_place() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Norway called on Finland to withdraw. The minister welcomed the offer.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            withdrawal "withdraw" at [Graz] on 2024-03-04/2024-03-06 (Context)
            statement "welcomed" at [] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn the_town_is_the_one_named_before() {
    check(
        where_and_when,
        "2024-03-06",
        "A market burnt in Graz on Monday.\n\nTwo people were killed when the town was shelled.",
        expect![[r#"
            destruction "burnt" at [Graz] on 2024-03-04 (Relative)
            shelling "killed" at [Graz] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn a_report_without_a_date_gets_the_week_after_its_latest_news() {
    let of = |text: &str| {
        let p = EXTRACTOR.analyze(undated(text)).report.published;
        format!("{:?} {:?}..{:?}", p.basis, p.earliest, p.latest)
    };
    expect![[r#"Inferred Some("2024-03-05")..Some("2024-03-12")"#]]
        .assert_eq(&of("Shells hit Graz on 4 March 2024. Three people were killed on 5 March 2024, police said."));
    // Nor does the date of a pact say when it was broken.
    expect!["Unknown None..None"].assert_eq(&of("Rebels shelled Graz, in breach of the pact of 9 May 2014."));
    // A year alone is history, a weekday no date.
    expect!["Unknown None..None"].assert_eq(&of("The war ended in 1994. Shells hit Graz on Tuesday."));
}

#[test]
fn what_lies_before_or_after_a_time_is_not_in_it() {
    check(
        where_and_when,
        "2024-03-06",
        "After 2019, rebels attacked the mill twice. Troops shelled the harbour after noon on Monday. \
         The worst raid in recent months hit a quarry on 9 May 2017.",
        expect![[r#"
            attack "attacked" at [] on unknown (Unknown)
            shelling "shelled" at [] on 2024-03-04 (Relative)
            attack "raid" at [] on 2017-05-09 (Explicit)
        "#]],
    );
}

#[test]
fn what_only_says_which_pact_is_meant_dates_nothing_else() {
    check(
        where_and_when,
        "",
        "Rebels broke the accord that had closed the 2014 border war by shelling the canal. \
         Guards, ignoring the terms of the pact of the heads of Norway and Sweden of May 9, 2014, attacked the quarry.",
        expect![[r#"
            ceasefire-violation "broke the accord" at [] on unknown (Unknown)
            shelling "shelling" at [] on unknown (Unknown)
            attack "attacked" at [] on unknown (Context)
        "#]],
    );
}

#[test]
fn history_is_told_on_in_the_perfect() {
    let standing = |c: &Claim| format!("{} {:?} {}", c.event.kind, c.event.trigger.text, c.background);
    check(
        standing,
        "2024-03-06",
        "Rebels seized the delta in the war of 2014. Norway has withdrawn its troops from the coast.",
        expect![[r#"
            territory-gain "seized" true
            withdrawal "withdrawn" true
        "#]],
    );
    check(
        standing,
        "2024-03-06",
        "Rebels seized the delta in the war of 2014.\n\nNorway has withdrawn its troops from the coast.",
        expect![[r#"
            territory-gain "seized" true
            withdrawal "withdrawn" false
        "#]],
    );
}

#[test]
fn the_section_of_the_paper_is_no_place() {
    check(
        where_and_when,
        "2024-03-06",
        "Rebels break truce – Asia\n\nRebels shelled a ferry on Monday.",
        expect![[r#"
            ceasefire-violation "break truce" at [] on 2024-03-04/2024-03-06 (Context)
            shelling "shelled" at [] on 2024-03-04 (Relative)
        "#]],
    );
    check(
        where_and_when,
        "2024-03-06",
        "Rebels shell ferry in Graz – Asia\n\nOne was hurt.",
        expect![[r#"
        shelling "shell" at [Graz] on unknown (Unknown)
        attack "hurt" at [Graz] on unknown (Unknown)
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
fn who_denies_that_it_was_he_does_not_deny_the_dead() {
    check(
        toll,
        "2024-03-06",
        "The guard denied that it was responsible for the attack in Graz, killing nine people.\n\n\
         The guard denied responsibility for the attack in Graz, which killed nine people.\n\n\
         The guard denied the shelling of the mill, which wounded four.\n\n\
         The guard denied that four people had been killed in the mill.",
        expect![[r#"
            responsibility [guard] Deny by [] DidNotHappen ()
            attack [] Assert by [] Happened (nine people killed)
            responsibility [guard] Deny by [guard] DidNotHappen ()
            attack [] Assert by [] Happened (nine people killed)
            shelling [guard] Deny by [] DidNotHappen ()
            attack [] Assert by [] Happened (four wounded)
            attack [guard] Deny by [] DidNotHappen (four people killed)
        "#]],
    );
}

#[test]
fn who_speaks_of_the_dead_is_not_one_of_them() {
    check(
        toll,
        "2024-03-06",
        "Shells fell on the mill in Graz leaving five people killed Ilan Teskar told the Post.\n\n\
         The driver was wounded in Graz and said that two guards had died.",
        expect![[r#"
            attack [] Assert by [] Happened (five people killed)
            attack [] Assert by [] Happened (The driver wounded)
            attack [driver] Assert by [] Happened (two guards killed)
        "#]],
    );
}

#[test]
fn a_crew_is_not_one_man_nor_a_centre_anybody() {
    check(
        toll,
        "2024-03-06",
        "A plane was shot down over Graz on Monday and the crew died. The center was killed by the raid.",
        expect![[r#"
            destruction [] Assert by [] Happened ()
            attack [] Assert by [] Happened ()
            attack [] Assert by [] Happened ()
        "#]],
    );
}

#[test]
fn whom_one_only_tried_to_kill_is_not_dead() {
    check(
        toll,
        "2024-03-06",
        "Rebels tried to kill four guards in Graz on Monday. Rebels tried to storm the gate and killed two guards.",
        expect![[r#"
            armed-clash [] Assert by [Rebels] Happened ()
            armed-clash [] Assert by [Rebels] Happened (two guards killed)
        "#]],
    );
}
