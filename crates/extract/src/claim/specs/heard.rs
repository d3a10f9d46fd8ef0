//! Who says it, and who is only asked, shown or told of.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;
use variorum_model::Claim;

fn said(c: &Claim) -> String {
    let names = |list: &[variorum_model::Named]| list.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let sources = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" > ");
    format!("[{sources}] {:?} {} {:?} by [{}]", c.stance, c.event.kind, c.polarity, names(&c.actors))
}

#[test]
fn each_of_a_list_says_so() {
    check(
        said,
        "2024-03-06",
        "A police official, a medic and a witness said nine people were killed. Monitors recorded 40 explosions in Graz.",
        expect![[r#"
            [police official] Assert attack Happened by []
            [medic] Assert attack Happened by []
            [witness] Assert attack Happened by []
            [Monitors] Assert explosion Happened by []
        "#]],
    );
}

#[test]
fn who_is_asked_to_go_is_not_who_asks() {
    check(
        said,
        "2024-03-06",
        "The rebels sent letters to mayors, demanding that they resign. The rebels threatened to kill officials if they do not resign.",
        expect![[r#"
            [rebels] Demand resignation Planned by []
            [rebels] Threaten attack Planned by [rebels]
            [rebels] Threaten resignation Conditional by []
        "#]],
    );
}

#[test]
fn what_is_asked_is_not_said_and_a_platform_says_nothing() {
    check(
        said,
        "2024-03-06",
        "The guild did not say whether it had established a reason for the raid. Norway proves day after day that it cannot be \
         trusted. Drovers put a film on YouTube showing the destruction that the raids on Graz caused.",
        expect![[r#"
            [] Assert attack Happened by []
        "#]],
    );
}

#[test]
fn a_soldier_of_the_military_is_its_own() {
    check(
        said,
        "2024-03-06",
        "Nine Palestinians were killed in Jenin, the Palestinian health ministry said. The Israeli military said its troops searched a \
         house and came under fire while arresting a wanted man.",
        expect![[r#"
            [Palestine Ministry of Health] Assert attack Happened by []
            [Israel armed forces] Assert arrest Happened by [Israel armed forces]
        "#]],
    );
}

#[test]
fn a_day_ahead_is_counted_from_the_saying() {
    check(
        where_and_when,
        "2024-03-08",
        "The guild said on Monday that talks would begin on Tuesday. Wardens on Tuesday named the four cooks who were shot in Graz.",
        expect![[r#"
            negotiation "talks" at [] on 2024-03-05 (Relative)
            shooting "shot" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_the_article_dates_before_it_was_said_is_of_one_of_both_days() {
    check(
        where_and_when,
        "2024-03-08",
        "Air raids near Graz killed 42 people, a monitor said on Friday.\n\nThursday's air raids were carried out in Linz.",
        expect![[r#"
            air-strike "killed" at [Graz] on 2024-03-07/2024-03-08 (Context)
            air-strike "air raids" at [Linz] on 2024-03-07 (Relative)
        "#]],
    );
}

#[test]
fn months_after_a_thing_no_day_is_counted() {
    check(
        where_and_when,
        "2024-03-06",
        "The bombings on Tuesday came a day after a bomber killed four people in Graz, and more than a month after the band abducted 276 \
         drovers.",
        expect![[r#"
            explosion "bombings" at [] on 2024-03-05 (Relative)
            attack "killed" at [Graz] on 2024-03-04 (Relative)
            abduction "abducted" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_home_and_a_street_are_told_apart_from_a_scene_and_a_victim() {
    check(
        |c| {
            let targets = c.targets.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
            format!("{} to [{targets}]", where_and_when(c))
        },
        "2024-03-06",
        "Ivo Brandt, 41, of Linz, was shot in a forest near Graz. The shooting on Baker Street happened on Monday. Nine were killed near \
         the group's northern bastion Raqqa.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-03-04 (Context) to [Ivo Brandt]
            shooting "shooting" at [Baker Street] on 2024-03-04 (Relative) to []
            attack "killed" at [Raqqa] on 2024-03-04 (Context) to []
        "#]],
    );
}

#[test]
fn the_day_on_which_a_toll_rose_is_not_that_of_the_dead() {
    check(
        where_and_when,
        "2024-03-08",
        "The number of people killed in a raid on Graz rose to 40 on Tuesday, officials said. The toll from Friday's bombing in Linz climbed \
         to 55, a medic said on Sunday.",
        expect![[r#"
            attack "killed" at [Graz] on unknown (Unknown)
            explosion "bombing" at [Linz] on 2024-03-08 (Relative)
        "#]],
    );
}

#[test]
fn what_a_mayor_speaks_of_is_in_his_town_and_a_name_counts_once() {
    check(
        |c| format!("{} {:?}", where_and_when(c), c.figures.iter().map(|f| f.value).collect::<Vec<_>>()),
        "2024-03-08",
        "The mayor of Linz said nine people were killed \
         there on Tuesday. Gunmen shot dead a union leader, Ivo Brandt, in Vienna on Monday, officials said, in the latest attack on the union.",
        expect![[r#"
            attack "killed" at [Linz] on 2024-03-05 (Relative) [Some(9.0)]
            shooting "shot dead" at [Vienna] on 2024-03-04 (Relative) [Some(1.0)]
        "#]],
    );
}
