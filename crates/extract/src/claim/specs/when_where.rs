//! When and where.
use super::{EXTRACTOR, check, undated};
use expect_test::expect;
use variorum_model::Claim;

/// Every claim: type, where, when and what the time rests on.
pub(super) fn where_and_when(c: &Claim) -> String {
    let places = c.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let value = c.time.value.as_deref().unwrap_or("unknown");
    format!("{} {:?} at [{places}] on {value} ({:?})", c.event.kind, c.event.trigger.text, c.time.basis)
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
            ceasefire "sign a ceasefire" at [] on 2024-03-04/2024-03-06 (Context)
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
            displacement "fled" at [Graz] on 2024-03-04/2024-03-06 (Context)
            shelling "hit" at [Linz] on 2024-03-04 (Relative)
            ceasefire-violation "violated the truce" at [Graz] on 2024-03-04 (Context)
            ceasefire "ended the 2020 war" at [] on 2020 (Explicit)
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
         Guards, ignoring the rules of the guild of the millers of Linz of May 9, 2014, attacked the quarry.",
        expect![[r#"
            ceasefire-violation "broke the accord" at [Linz] on unknown (Unknown)
            shelling "shelling" at [Linz] on unknown (Unknown)
            attack "attacked" at [Linz] on unknown (Unknown)
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
fn the_day_of_a_battle_told_later_does_not_date_undated_news() {
    check(
        where_and_when,
        "",
        "Rebels shelled Graz.\n\nOn 3 May 2018 a battle broke out in Graz.\n\nThe truce held.",
        expect![[r#"
            shelling "shelled" at [Graz] on unknown (Unknown)
            armed-clash "battle" at [Graz] on 2018-05-03 (Explicit)
            ceasefire "held" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_full_date_far_down_in_an_undated_report_is_history() {
    check(
        where_and_when,
        "",
        "Rebels attack Graz\n\nRebels attacked Graz.\n\nTwo were hurt.\n\nThe mayor spoke.\n\nShops closed.\n\n\
         On 3 May 2018 rebels attacked Linz.",
        expect![[r#"
            attack "attack" at [Graz] on unknown (Unknown)
            attack "attacked" at [Graz] on unknown (Unknown)
            attack "hurt" at [Graz] on unknown (Unknown)
            attack "attacked" at [Linz] on 2018-05-03 (Explicit)
        "#]],
    );
    let published = EXTRACTOR
        .analyze(undated("Shells hit Graz.\n\nA.\n\nB.\n\nC.\n\nD.\n\nRebels attacked Linz on 3 May 2018."))
        .report
        .published;
    assert_eq!(published.earliest, None);
}

#[test]
fn years_below_an_opening_without_any_are_history_in_an_undated_report() {
    let standing = |text: &str| {
        let claims = EXTRACTOR.analyze(undated(text)).claims;
        let of = |c: &Claim| format!("{} {}", c.event.trigger.text, if c.background { "history" } else { "news" });
        claims.iter().map(of).collect::<Vec<_>>()
    };
    let opening =
        "Oria shelled the port of Linz.\n\nNine sailors were hurt.\n\nTrade stopped.\n\nShops closed.\n\nA.\n\n";
    let war = "On 3 May 2028, a war broke out in Linz. The sides used tanks. Some 400 people died during the war.";
    assert_eq!(
        standing(&format!("{opening}{war}")),
        ["shelled news", "hurt news", "war history", "died history"],
        "and so is what is told on"
    );
    let dated = opening.replace("sailors were hurt", "sailors were hurt on 4 May 2028");
    assert_eq!(standing(&format!("{dated}{war}"))[..3], ["shelled news", "hurt news", "war news"]);
}

#[test]
fn a_crime_is_not_of_the_day_of_the_verdict() {
    check(
        where_and_when,
        "2024-03-06",
        "A miller who shot two carters near Graz was sentenced on Monday. Both carters died at the ford.\n\n\
         Guards arrested a baker on Sunday over the blast of 9 February.",
        expect![[r#"
            trial "sentenced" at [] on 2024-03-04 (Relative)
            shooting "shot" at [Graz] on unknown (Unknown)
            attack "died" at [Graz] on unknown (Unknown)
            arrest "arrested" at [Graz] on 2024-03-03 (Relative)
        "#]],
    );
}

#[test]
fn dates_of_births_and_of_pages_date_nothing() {
    check(
        where_and_when,
        "2024-03-06",
        "Bridge shelled Posted: Tuesday, March 5, 2024 4:10 PM\n\n\
         Ivo Brandt (DOB 02/03/1991) fired at the ferry. Gunners shelled the bridge on Sunday.",
        expect![[r#"
            shelling "shelled" at [] on 2024-03-03 (Context)
            shooting "fired" at [] on 2024-03-03/2024-03-06 (Context)
            shelling "shelled" at [] on 2024-03-03 (Relative)
        "#]],
    );
}

#[test]
fn a_weekday_of_what_has_happened_lies_behind() {
    check(
        where_and_when,
        "2024-03-06",
        "The pilot will recover after gunmen shot him on Friday. Guards are investigating a shooting on Monday night. \
         Envoys will meet on Saturday over the shelling of the dam.",
        expect![[r#"
            shooting "shot" at [] on 2024-03-01 (Relative)
            investigation "investigating" at [] on 2024-03-04 (Relative)
            negotiation "meet" at [] on 2024-03-09 (Relative)
            shelling "shelling" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_day_of_a_year_that_nobody_says_is_kept_as_such() {
    check(
        where_and_when,
        "",
        "Guards shelled the mill from 24 March to 25 March.",
        expect![[r#"
        shelling "shelled" at [] on XXXX-03-24 (Unknown)
    "#]],
    );
}

#[test]
fn the_year_of_a_war_is_that_of_what_ended_it() {
    check(
        |c| format!("{} background={}", where_and_when(c), c.background),
        "2024-03-06",
        "The plaque names the monks whose envoys ended the 2017 uprising. A lorry hit a mine on Monday.",
        expect![[r#"
            ceasefire "uprising" at [] on 2017 (Explicit) background=true
            landmine "hit a mine" at [] on 2024-03-04 (Relative) background=false
        "#]],
    );
}

#[test]
fn the_one_day_that_an_article_names_is_that_of_its_violence() {
    check(
        where_and_when,
        "2024-03-06",
        "Two drovers were shot dead outside a tavern. The school next door stayed shut on Monday.\n\nPosted: Tuesday, March 5, 2024",
        expect![[r#"
            shooting "shot dead" at [] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn of_two_days_neither_is() {
    check(
        where_and_when,
        "2024-03-06",
        "Two drovers were shot dead outside a tavern. The school next door stayed shut on Monday and Tuesday.",
        expect![[r#"
            shooting "shot dead" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_was_done_over_the_past_months_lies_in_them_and_dates_nothing_else() {
    check(
        where_and_when,
        "2024-03-06",
        "Over the past 3 months, wardens have arrested 40 drovers. Two drovers were shot dead. Nine were hurt in the last 24 hours.",
        expect![[r#"
            arrest "arrested" at [] on 2023-12-06/2024-03-06 (Relative)
            shooting "shot dead" at [] on unknown (Unknown)
            attack "hurt" at [] on 2024-03-05/2024-03-06 (Relative)
        "#]],
    );
}

#[test]
fn the_day_of_a_picture_is_its_own() {
    check(
        where_and_when,
        "2024-03-06",
        "Jets hit a mill. A picture taken on March 1 2024 shows smoke after an air strike. The warden released a photo on Monday.",
        expect![[r#"
            air-strike "hit" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_saying_is_no_older_than_the_report() {
    check(
        where_and_when,
        "2024-03-06",
        "Four porters were shot in Graz on March 13, 2021. \"I was lucky,\" one of the porters said.",
        expect![[r#"
            shooting "shot" at [Graz] on 2021-03-13 (Explicit)
            statement "said" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn who_is_called_kidnapped_was_so_before() {
    check(
        where_and_when,
        "2024-03-06",
        "A brother of the kidnapped drover read a letter on Monday. The guards arrested a wounded porter on Tuesday.",
        expect![[r#"
            arrest "arrested" at [] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn a_truce_is_not_of_the_day_on_which_it_is_broken() {
    check(
        where_and_when,
        "2024-03-06",
        "Rebels shelled Graz on Monday despite a truce. Raids near Graz have grown over the last week. Two porters were shot in Linz.",
        expect![[r#"
            shelling "shelled" at [Graz] on 2024-03-04 (Relative)
            attack "Raids" at [Graz] on 2024-02-28/2024-03-06 (Relative)
            shooting "shot" at [Linz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn what_is_said_of_somebody_dates_nothing_else() {
    check(
        where_and_when,
        "2024-03-06",
        "The guard, which took the mill in January, left Graz on Monday. The militia, which took a bridge in January, has shelled Linz.",
        expect![[r#"
            withdrawal "left" at [Graz] on 2024-03-04 (Relative)
            territory-gain "took" at [] on 2024-01 (Relative)
            shelling "shelled" at [Linz] on 2024-03-04 (Context)
            territory-gain "took" at [] on 2024-01 (Relative)
        "#]],
    );
}

#[test]
fn what_a_war_has_cost_it_has_cost_since_it_began() {
    check(
        where_and_when,
        "2024-03-06",
        "The war, which started in March 2021, has led to the deaths of 900 porters.",
        expect![[r#"
            armed-clash "war" at [] on 2021-03 (Explicit)
            attack "deaths" at [] on 2021-03/2024-03 (Explicit)
        "#]],
    );
}
