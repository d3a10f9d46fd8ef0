//! What is at the spot told of before, and what is not.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn what_is_elsewhere_by_its_own_words_is_not_where_the_text_has_been() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit a barn in Graz on Monday. Shells hit the mill as well.\n\nElsewhere, a mine killed two drovers.\n\n\
         In a separate attack, raiders shot a miller. The raiders shot his dog.\n\nOther hamlets were shelled.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            shelling "hit" at [Graz] on 2024-03-04 (Context)
            landmine "killed" at [] on 2024-03-04/2024-03-06 (Context)
            shooting "shot" at [] on 2024-03-04/2024-03-06 (Context)
            shooting "shot" at [] on 2024-03-04/2024-03-06 (Context)
            shelling "shelled" at [] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn what_has_no_day_of_the_news_is_not_at_the_place_of_the_article() {
    check(
        where_and_when,
        "2024-03-06",
        "Six porters were killed in Graz on Monday.\n\nGraz has two mills.\n\nGuards have killed thousands of drovers since the \
         war began.\n\nThe war has killed 300,000 people and displaced millions.\n\nRaiders captured a hill near the border.",
        expect![[r#"
            attack "killed" at [Graz] on 2024-03-04 (Relative)
            attack "killed" at [] on unknown (Unknown)
            armed-clash "war" at [] on unknown (Unknown)
            armed-clash "killed" at [] on unknown (Unknown)
            displacement "displaced" at [] on unknown (Unknown)
            territory-gain "captured" at [] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn there_is_the_place_named_before_it() {
    check(
        where_and_when,
        "2024-03-06",
        "Guards reached Aleppo on Monday. Raiders had shot nine drovers there.",
        expect![[r#"
            troop-movement "reached" at [Aleppo] on 2024-03-04 (Relative)
            shooting "shot" at [Aleppo] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_battle_for_a_town_is_there() {
    check(
        where_and_when,
        "2024-03-06",
        "Nine raiders died in fighting for Graz on Monday. Guards fought for control of Goma for a week. Raiders fight for control of Aleppo.",
        expect![[r#"
            armed-clash "died" at [Graz] on 2024-03-04 (Relative)
            armed-clash "fought" at [Goma] on unknown (Unknown)
            territory-gain "control" at [Goma] on unknown (Unknown)
            armed-clash "fight" at [Aleppo] on 2024-03-04 (Context)
            territory-gain "control" at [Aleppo] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_district_of_a_city_is_a_part_of_it() {
    check(
        |c| format!("{} {:?}", where_and_when(c), c.places.iter().map(|p| p.precision).collect::<Vec<_>>()),
        "2024-03-06",
        "Raiders shot a porter in the Tolmar district of Graz on Monday.\n\nShells hit the Manbij district of Aleppo on Tuesday.\n\n\
         Shells hit the Haldun suburb.",
        expect![[r#"
            shooting "shot" at [Graz, Tolmar] on 2024-03-04 (Relative) [Exact, Near]
            shelling "hit" at [Manbij District, Aleppo] on 2024-03-05 (Relative) [Admin2, Admin1]
            shelling "hit" at [Haldun] on 2024-03-04/2024-03-06 (Context) [Unlocated]
        "#]],
    );
}

#[test]
fn the_capital_of_a_named_country_is_that_town() {
    check(
        where_and_when,
        "2024-03-06",
        "A bomb exploded near the Austrian capital on Monday.\n\nShells hit the capital of Norway on Monday.\n\nRaiders shot a \
         porter in the capital on Monday.\n\nShells hit the provincial capital on Monday.",
        expect![[r#"
            explosion "exploded" at [Vienna] on 2024-03-04 (Relative)
            shelling "hit" at [Oslo] on 2024-03-04 (Relative)
            shooting "shot" at [] on 2024-03-04 (Relative)
            shelling "hit" at [] on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn where_a_capital_stands_for_its_government_or_somebody_spoke_nothing_was() {
    check(
        where_and_when,
        "2024-03-06",
        "Guards arrested nine raiders on Monday, a warden told reporters in Graz.\n\nThe warden said Vienna had nothing to do with \
         it. Vienna has paid raiders before. Raiders released a porter on Tuesday.",
        expect![[r#"
            arrest "arrested" at [] on 2024-03-04 (Relative)
            statement "said" at [] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn what_is_done_in_a_battle_is_where_the_battle_is() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Linz on Monday. Talks stalled over a battle in the village of Haldun in which raiders killed nine drovers. \
         Marches were reported in Graz.",
        expect![[r#"
            shelling "hit" at [Linz] on 2024-03-04 (Relative)
            armed-clash "battle" at [Haldun] on 2024-03-04 (Context)
            attack "killed" at [Haldun] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn of_all_who_died_so_far_not_all_died_at_the_last_spot() {
    check(
        where_and_when,
        "2024-03-06",
        "A drover was killed in fighting in Graz on Monday, bringing the number of drovers killed since the raids began to 300.\n\n\
         Some 3,000 drovers have died in the war. In Linz, about 90 porters have died.",
        expect![[r#"
            armed-clash "killed" at [Graz] on 2024-03-04 (Relative)
            attack "killed" at [] on unknown (Unknown)
            attack "raids" at [] on unknown (Unknown)
            armed-clash "died" at [] on unknown (Unknown)
            attack "died" at [Linz] on unknown (Unknown)
        "#]],
    );
}
