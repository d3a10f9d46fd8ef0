//! Where it happened.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

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
fn the_section_of_the_paper_is_no_place() {
    check(
        where_and_when,
        "2024-03-06",
        "Rebels break truce – Africa\n\nRebels shelled a ferry on Monday.",
        expect![[r#"
            ceasefire-violation "break truce" at [] on 2024-03-04/2024-03-06 (Context)
            shelling "shelled" at [] on 2024-03-04 (Relative)
        "#]],
    );
    check(
        where_and_when,
        "2024-03-06",
        "Rebels shell ferry in Graz – Africa\n\nOne was hurt.",
        expect![[r#"
            shelling "shell" at [Graz] on unknown (Unknown)
            shelling "hurt" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn an_invasion_is_where_it_befell() {
    check(
        where_and_when,
        "2024-03-06",
        "The invasion of Norway by rebels on Monday alarmed Sweden.",
        expect![[r#"
            attack "invasion" at [Norway] on 2024-03-04 (Relative)
            statement "alarmed" at [] on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn a_war_called_after_a_country_is_there_and_what_follows_is_not() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Norway, already drawn into the Sudanese war, sent a medic. Two porters were killed.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            armed-clash "drawn into the Sudanese war" at [Sudan] on 2024-03-04 (Context)
            attack "killed" at [Graz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn what_a_protest_is_over_is_not_where_it_is() {
    check(
        where_and_when,
        "2024-03-06",
        "Hundreds marched on Tuesday over the premier's Graz policies. Hundreds marched over the Graz bridge.",
        expect![[r#"
            protest "marched" at [] on 2024-03-05 (Relative)
            protest "marched" at [Graz] on 2024-03-05 (Context)
        "#]],
    );
}

#[test]
fn a_name_that_a_town_and_its_province_share_is_the_town_unless_a_word_says_so() {
    check(
        |c| format!("{} {:?}", where_and_when(c), c.places.first().map(|p| p.precision)),
        "2024-03-06",
        "Shells hit Hama on Monday. Troops left Hama province on Tuesday.",
        expect![[r#"
            shelling "hit" at [Ḩamāh] on 2024-03-04 (Relative) Some(Exact)
            withdrawal "left" at [Hama] on 2024-03-05 (Relative) Some(Admin1)
        "#]],
    );
}

#[test]
fn support_from_a_capital_is_nowhere() {
    check(
        where_and_when,
        "2024-03-06",
        "The union condemned the pressure from Vienna.",
        expect![[r#"
            statement "condemned" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_hospital_is_not_where_the_hurt_were_hurt_and_a_truce_is_at_no_spot() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Two drovers died at Linz Hospital. Both sides agreed to a ceasefire. Shells hit Linz Hospital on Tuesday.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            shelling "died" at [Graz] on 2024-03-04 (Context)
            agreement "agreed" at [] on 2024-03-04 (Context)
            ceasefire "agreed to a ceasefire" at [] on 2024-03-04 (Context)
            shelling "hit" at [Linz Hospital] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn it_is_the_place_that_the_sentence_before_is_about() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Hama province is held by rebels. It is often shelled. Shells hit towns and villages in Hama on Monday.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            political-status "held" at [Hama] on unknown (Unknown)
            shelling "shelled" at [Hama] on unknown (Unknown)
            shelling "hit" at [Hama] on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn where_somebody_spoke_nothing_else_happened() {
    check(
        where_and_when,
        "2024-03-06",
        "The warden spoke at a fair in Graz. Rebels burned a mill on Monday, the warden told the guests.",
        expect![[r#"
            destruction "burned" at [] on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn towns_without_a_name_are_not_the_one_told_of_before() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit a mill in Graz on Monday. Wardens evacuated porters from two villages. Rebels burned a barn in the Linz area.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            evacuation "evacuated" at [] on 2024-03-04 (Context)
            destruction "burned" at [Linz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn where_the_victims_are_from_is_not_where_they_came_to_harm() {
    check(
        where_and_when,
        "2024-03-06",
        "Nine drovers from Linz were shot on Monday at a mill near Graz. Two porters from Malaga were hurt by shells.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-03-04 (Relative)
            shelling "hurt" at [Graz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn those_of_an_occasion_were_not_shot_on_the_day_of_the_news() {
    check(
        where_and_when,
        "2024-03-06",
        "A drover turned himself in to the wardens of Linz on Monday. The wardens opened an inquiry into a mill shooting that left two porters dead.",
        expect![[r#"
            surrender "turned himself in" at [Linz] on 2024-03-04 (Relative)
            investigation "opened an inquiry" at [] on 2024-03-04 (Context)
            shooting "shooting" at [Linz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_the_first_sentence_tells_happened_where_the_dateline_says() {
    check(
        where_and_when,
        "2024-03-06",
        "GRAZ, Styria (Herald) — Shells hit a mill before dawn and set fire to two barns beside it, the warden said.\n\n\
        Two drovers left for Linz. A rocket hit the depot in Steyr.",
        expect![[r#"
            shelling "hit" at [Graz] on unknown (Unknown)
            destruction "set fire" at [Graz] on unknown (Unknown)
            shelling "hit" at [Steyr] on unknown (Unknown)
        "#]],
    );
    check(
        where_and_when,
        "2024-03-06",
        "VIENNA (Herald) — Shells hit a mill before dawn and set fire to two barns beside it, the warden said.\n\n\
        Two drovers left for Linz. A rocket hit the depot in Steyr.",
        expect![[r#"
            shelling "hit" at [] on unknown (Unknown)
            destruction "set fire" at [] on unknown (Unknown)
            shelling "hit" at [Steyr] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_body_and_where_somebody_is_from_are_no_places() {
    check(
        where_and_when,
        "2024-03-06",
        "A rocket hit a barn near Daesh. Graz native Ivo Brandt was shot dead.",
        expect![[r#"
            shelling "hit" at [] on unknown (Unknown)
            shooting "shot dead" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn in_the_country_is_at_no_spot_told_of_before() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz. Norway has stationed guards in the country.",
        expect![[r#"
            shelling "hit" at [Graz] on unknown (Unknown)
            deployment "stationed" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_clause_after_where_is_there() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Linz on Monday. Rebels stormed Graz, where there was heavy fighting on Tuesday.",
        expect![[r#"
            shelling "hit" at [Linz] on 2024-03-04 (Relative)
            attack "stormed" at [Graz] on 2024-03-04 (Context)
            armed-clash "fighting" at [Graz] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn where_a_source_is_nothing_else_was() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Linz on Monday. According to a doctor in Graz, nine porters were wounded there.",
        expect![[r#"
            shelling "hit" at [Linz] on 2024-03-04 (Relative)
            shelling "wounded" at [Linz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn a_quarter_that_nobody_knows_is_in_the_town_told_of() {
    check(
        where_and_when,
        "2024-03-06",
        "Envoys met in Linz and Wels on Sunday. Shells hit Graz on Monday. Two porters died in the Aldmoor neighbourhood.",
        expect![[r#"
            negotiation "met" at [Linz] on 2024-03-03 (Relative)
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            shelling "died" at [Aldmoor, Graz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn what_is_all_over_the_country_is_not_in_the_town_before() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Raids across the country killed nine porters on Tuesday.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            attack "killed" at [] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn what_is_in_an_unread_place_or_a_side_of_the_country_is_not_in_the_town_before() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. In Tal Haldun there were fierce clashes.\n\n\
         Rebels took nine villages in the south.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            armed-clash "clashes" at [] on 2024-03-04 (Context)
            territory-gain "took" at [] on 2024-03-04/2024-03-06 (Context)
        "#]],
    );
}

#[test]
fn where_guns_stand_is_not_where_shells_fall() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Linz on Monday. Rebels positioned in Graz fired shells at a mill. Rockets were fired from Graz.",
        expect![[r#"
            shelling "hit" at [Linz] on 2024-03-04 (Relative)
            deployment "positioned" at [Graz] on unknown (Unknown)
            shelling "fired shells" at [Linz] on 2024-03-04 (Context)
            shelling "Rockets were fired" at [Linz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn where_the_hurt_are_treated_is_no_scene() {
    check(
        where_and_when,
        "2024-03-06",
        "A porter was shot in Linz on Monday. He was taken to the medical centre in Graz, where he died.",
        expect![[r#"
            shooting "shot" at [Linz] on 2024-03-04 (Relative)
            shooting "died" at [Linz] on 2024-03-04 (Context)
        "#]],
    );
}

#[test]
fn what_is_near_the_second_of_two_towns_or_a_country_s_second_city_is_near_it() {
    check(
        |c| c.places.iter().map(|p| format!("{} {:?}", p.name, p.precision)).collect::<Vec<_>>().join(", "),
        "2024-03-06",
        "Shells fell near the cities of Graz and Linz. Rockets hit a mill near Austria's second city Graz. \
         Shells fell in Graz and Linz.",
        expect![[r#"
            Graz Near, Linz Near
            Graz Near
            Graz Exact, Linz Exact
        "#]],
    );
}

#[test]
fn a_capital_that_speaks_is_no_scene() {
    check(
        where_and_when,
        "2031-05-08",
        "Porters blamed the guard for the shelling, but Vienna denied any part in it.",
        expect![[r#"
            shelling "shelling" at [] on unknown (Unknown)
            denial "denied" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn history_is_not_at_the_spot_of_the_news() {
    check(
        where_and_when,
        "2031-05-08",
        "Shells hit a mill in Graz on Monday. The guard has been at war with the clans for years. Both porters had been shot.",
        expect![[r#"
            shelling "hit" at [Graz] on 2031-05-05 (Relative)
            shooting "shot" at [Graz] on unknown (Unknown)
        "#]],
    );
}
