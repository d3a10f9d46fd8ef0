//! Where it happened: wars, provinces, distances.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn a_war_is_where_its_country_is_and_troops_are_where_they_were_sent() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit Graz on Monday. Norway has been stuck in a civil war for 12 years. Finland's civil war began in 1918. \
         The Brenna Front sent fighters to Denmark.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-03-04 (Relative)
            armed-clash "civil war" at [Finland] on 1918 (Explicit)
            deployment "sent fighters" at [Denmark] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_clause_about_a_town_that_was_taken_is_there() {
    check(
        where_and_when,
        "2024-03-06",
        "A barn burnt in Graz on Monday. Guards recaptured the town of Lienz, which raiders had stormed on Sunday.",
        expect![[r#"
            territory-gain "recaptured" at [Lienz] on 2024-03-03/2024-03-06 (Context)
            attack "stormed" at [Lienz] on 2024-03-03 (Relative)
        "#]],
    );
}

#[test]
fn a_corner_of_a_province_and_provinces_in_a_list_are_no_towns() {
    check(
        where_and_when,
        "2024-03-06",
        "Hail killed no one. Raiders killed nine porters in northeastern Homs on Monday.\n\n\
         Raids killed six cooks in the provinces of Homs and Latakia on Monday.",
        expect![[r#"
            attack "killed" at [Homs] on 2024-03-04 (Context)
            attack "killed" at [Homs] on 2024-03-04 (Relative)
            attack "killed" at [Homs, Latakia] on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn a_distance_from_a_far_town_and_the_name_of_a_chief_place_nothing() {
    check(
        where_and_when,
        "2024-03-06",
        "Raiders burnt a mill on Monday in a hamlet some 85 miles west of Graz.",
        expect![[r#"
            destruction "burnt" at [] on 2024-03-04 (Relative)
        "#]],
    );
    check(
        where_and_when,
        "2024-03-06",
        "Chief Ivo Lienz spoke on Tuesday. Lienz said nine drovers had been shot in Graz.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-03-05 (Context)
        "#]],
    );
}

#[test]
fn a_witness_says_where_and_a_camera_does_not() {
    check(
        where_and_when,
        "2024-05-15",
        "Shells hit Graz on Monday.\n\nResidents of Linz said that a school had been shelled.\n\n\
         A blast shook the town of Wels on Friday. A photo taken from Linz shows smoke after the explosion.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-05-13 (Relative)
            shelling "shelled" at [Linz] on 2024-05-13 (Context)
            explosion "blast" at [Wels] on 2024-05-10 (Relative)
            explosion "explosion" at [Wels] on 2024-05-10 (Context)
        "#]],
    );
}

#[test]
fn the_town_that_a_sentence_is_about_is_where_it_goes_on() {
    check(
        where_and_when,
        "2024-05-15",
        "Shells hit Graz on Monday. Klagenfurt was held by drovers and the guard shelled the port.",
        expect![[r#"
            shelling "hit" at [Graz] on 2024-05-13 (Relative)
            political-status "held" at [Klagenfurt am Wörthersee] on unknown (Unknown)
            shelling "shelled" at [Klagenfurt am Wörthersee] on 2024-05-13 (Context)
        "#]],
    );
}

#[test]
fn where_a_government_sits_is_not_where_the_war_is() {
    check(
        where_and_when,
        "2024-05-12",
        "The White House said on Friday that nine porters had been killed. The White House condemned the raid.",
        expect![[r#"
            attack "killed" at [] on 2024-05-10 (Context)
            statement "condemned" at [] on 2024-05-10/2024-05-12 (Context)
        "#]],
    );
}

#[test]
fn a_body_that_the_register_knows_is_no_place() {
    check(
        where_and_when,
        "2024-05-15",
        "Topic Battle to Free Graz From Daesh. The guard took the village From Daesh on Tuesday.",
        expect![[r#"
            armed-clash "Battle" at [] on 2024-05-14/2024-05-15 (Context)
            territory-gain "took" at [] on 2024-05-14 (Relative)
        "#]],
    );
}

#[test]
fn a_block_is_of_a_street_and_a_man_of_a_town_need_not_be_there() {
    check(
        where_and_when,
        "2024-05-15",
        "A porter was shot in the 5100 block of Linz in Graz on Monday. Ivo Brandt, 37, of Wels, was shot on Alder Street.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-05-13 (Relative)
            shooting "shot" at [Alder Street] on 2024-05-13 (Context)
        "#]],
    );
}

#[test]
fn what_holds_a_town_is_no_town() {
    check(
        where_and_when,
        "2024-03-06",
        "Shells hit a mill in Tadif town in Aleppo on Monday. Rockets hit a barn in the town of Harim in Idlib on Tuesday.",
        expect![[r#"
            shelling "hit" at [Tadif, Aleppo] on 2024-03-04 (Relative)
            shelling "hit" at [Harim, Idlib] on 2024-03-05 (Relative)
        "#]],
    );
}

#[test]
fn a_correspondents_office_is_not_where_it_happened() {
    check(
        where_and_when,
        "2024-03-06",
        "Raid kills nine drovers VIENNA (Weir Wire) - Guards killed nine drovers who were robbing mills, Minister Ida Brandt \
         said on Wednesday.",
        expect![[r#"
            attack "kills" at [] on 2024-03-06 (Context)
            attack "killed" at [] on 2024-03-06 (Context)
            looting "robbing" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn strikes_on_a_country_are_in_it_and_births_nowhere() {
    check(
        where_and_when,
        "2031-05-08",
        "Lethanian missile strikes on Norway killed nine.\n\nThe second man, born in Graz, was arrested.",
        expect![[r#"
            missile-strike "killed" at [Norway] on unknown (Unknown)
            arrest "arrested" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_conference_is_called_after_a_place_where_nothing_else_was() {
    check(
        where_and_when,
        "2031-05-08",
        "Gunmen killed nine porters, a doctor said. Envoys hope for the Geneva conference.",
        expect![[r#"
            attack "killed" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn a_city_alone_is_known_by_the_name_that_the_press_gives_it() {
    check(
        |c| format!("{} {:?}", where_and_when(c), c.places.iter().map(|p| p.precision).collect::<Vec<_>>()),
        "2024-03-06",
        "Raiders shot nine porters in Raqqa on Monday.",
        expect![[r#"
            shooting "shot" at [Ar Raqqah] on 2024-03-04 (Relative) [Exact]
        "#]],
    );
    // Where all else is in another country, a city of its name is likelier not meant.
    check(
        |c| format!("{} {:?}", where_and_when(c), c.places.iter().map(|p| p.precision).collect::<Vec<_>>()),
        "2024-03-06",
        "Envoys of Austria met in Graz and Linz. Raiders shot nine porters in Canton on Monday.",
        expect![[r#"
            negotiation "met" at [Graz, Linz] on 2024-03-04/2024-03-06 (Context) [Exact, Exact]
            shooting "shot" at [Canton] on 2024-03-04 (Relative) [Unlocated]
        "#]],
    );
}
