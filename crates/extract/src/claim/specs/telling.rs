//! Who tells of a happening, and that he did not do it.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn who_tells_of_it_did_not_do_it() {
    check(
        who,
        "2024-05-15",
        "Investigators said Brandt got out, grabbed a gun, and shot two porters. The Weir Front claimed to have shot nine porters. \
         Witnesses said that they had cut the road to Graz.",
        expect![[r#"
            Investigators Assert: shooting by [] to [porters]
            Weir Front Assert: shooting by [Weir Front] to [porters]
            Witnesses Assert: blockade by [] to []
        "#]],
    );
}

#[test]
fn it_did_not_befall_who_tells_of_it() {
    check(
        who,
        "2024-05-15",
        "Shells hit a mill in Graz. Police said a guard shot both of them. He was later taken to a clinic with a gunshot wound, Cpl. Ida Brandt said.",
        expect![[r#"
            (the report) Assert: shelling by [] to [mill]
            Police Assert: shooting by [guard] to []
            Cpl. Ida Brandt Assert: attack by [] to []
        "#]],
    );
}

#[test]
fn they_may_be_whoever_the_clause_above_is_about() {
    check(
        who,
        "2024-05-15",
        "The guard says drovers killed a pilot they had kidnapped.",
        expect![[r#"
            guard Assert: attack by [drovers] to [pilot]
            guard Assert: abduction by [] to [pilot]
        "#]],
    );
}

#[test]
fn the_dead_say_nothing() {
    check(
        who,
        "2024-05-15",
        "Ivo Brandt, 40, was killed in Graz on Monday. \"The road was closed,\" he said. \
         Shells hit a school, killing at least 26 pupils a monitor and porters said.",
        expect![[r#"
            (the report) Assert: attack by [] to [Ivo Brandt]
            he Assert: blockade by [] to []
            monitor Assert: shelling by [] to [pupils, school]
            porters Assert: shelling by [] to [pupils, school]
        "#]],
    );
}

#[test]
fn reports_and_whoever_seeks_to_know_say_nothing() {
    check(
        who,
        "2024-05-15",
        "According to reports, it may rain. Wardens are trying to determine who sold the gun. \
         He learned that the porter did not make it.",
        expect![[r#""#]],
    );
}

#[test]
fn a_source_may_have_lost_its_comma() {
    check(
        who,
        "2024-05-15",
        "Nine drovers were killed in a raid on Graz in northern Austria Radio Vienna reported on Sunday. \
         Most of the dead were porters a monitoring group said as drovers advanced. Porters who fled the town said that shells had hit a mill.",
        expect![[r#"
            Austria Radio Vienna Assert: attack by [] to [drovers, Graz]
            monitoring group Assert: statement by [monitoring group] to []
            Porters Assert: shelling by [] to [mill]
            (the report) Assert: displacement by [Porters] to []
        "#]],
    );
}

#[test]
fn teams_and_planes_are_whose_they_are() {
    check(
        who,
        "2024-05-15",
        "Red Cross teams evacuated nine porters from Graz. Norwegian and Finnish planes intensified their bombing of Graz. \
         The fort came under the shelling of the Finnish army.",
        expect![[r#"
            (the report) Assert: evacuation by [Red Cross teams] to [porters]
            (the report) Assert: explosion by [Norway, Finland] to []
            (the report) Assert: shelling by [Finland armed forces] to [fort]
        "#]],
    );
}

#[test]
fn force_parties_makes_and_unknown_names_before_a_deed_do_nothing() {
    check(
        who,
        "2024-05-15",
        "The guard fought drovers with disproportionate force. A man accused of a murder at a house party was held. \
         A porter was shot by a .40-calibre Brandt & Teskar pistol. The Teskar attack was condemned by the mayor.",
        expect![[r#"
            (the report) Assert: armed-clash by [guard, drovers] to []
            (the report) Accuse: accusation by [man] to []
            (the report) Assert: shooting by [] to [porter]
            mayor Express: statement by [mayor] to []
        "#]],
    );
}

#[test]
fn whom_one_fights_off_or_against_one_does_it_to() {
    check(
        who,
        "2024-05-15",
        "The guard pushed the militia back from Graz. The battle against the rebels near Linz went on. Rebels killed in Graz were buried.",
        expect![[r#"
            (the report) Assert: armed-clash by [guard] to [militia]
            (the report) Assert: armed-clash by [] to [rebels]
            (the report) Assert: attack by [] to [Rebels]
        "#]],
    );
}

#[test]
fn whom_one_urges_and_what_one_rejects_are_not_ones_own() {
    check(
        who,
        "2024-05-15",
        "Brandt became the first to urge the mayor to resign. Both guilds have rejected a proposal for talks. \
         The guard played down the raid on Graz. Police say there were three children in the home. The road was cut, noting that shells had hit it.",
        expect![[r#"
            (the report) Demand: resignation by [mayor] to []
            guilds Deny: negotiation by [] to []
            guard Express: attack by [] to [Graz]
            Police Assert: statement by [Police] to []
            (the report) Assert: blockade by [] to []
            (the report) Assert: shelling by [] to []
        "#]],
    );
}

#[test]
fn a_hill_is_no_man_whatever_the_parser_says() {
    check(
        who,
        "2024-05-15",
        "Rebels had seized the strategic Tal Hedra hill on Tuesday.",
        expect![[r#"
        (the report) Assert: territory-gain by [Rebels] to []
    "#]],
    );
}

#[test]
fn an_interim_government_is_whose_it_says() {
    check(
        who,
        "2024-05-15",
        "Jets hit the headquarters of the Norwegian interim government in Graz.",
        expect![[r#"
            (the report) Assert: air-strike by [] to [Norwegian interim government, headquarters of the Norwegian interim government]
        "#]],
    );
}

#[test]
fn of_two_who_killed_each_has_his_dead() {
    check(
        toll_by,
        "2024-05-15",
        "The guard's barrage killed 10 porters in Graz while rebel rockets killed 82 drovers in Linz. Nine porters were killed while six were wounded.",
        expect![[r#"
            shelling "killed" (killed Some(10.0))
            shelling "killed" (killed Some(82.0))
            shelling "killed" (killed Some(9.0), wounded Some(6.0))
        "#]],
    );
}

#[test]
fn a_place_before_a_count_is_nobody_and_names_in_the_plural_are_people() {
    check(
        toll_by,
        "2024-05-15",
        "In Graz, nine porters were injured. Six Jesuits and two other porters were murdered in Linz.",
        expect![[r#"
            attack "injured" (wounded Some(9.0))
            attack "murdered" (killed Some(6.0), killed Some(2.0))
        "#]],
    );
}

#[test]
fn who_were_forced_to_flee_fled_once() {
    check(
        toll_by,
        "2024-05-15",
        "Half of the porters have been forced to flee their homes in Graz.",
        expect![[r#"
            displacement "forced" ()
        "#]],
    );
}

#[test]
fn a_sentence_that_a_page_has_twice_tells_it_once() {
    check(
        toll_by,
        "2024-05-15",
        "Nine porters were killed when shells hit a mill in Graz.\n\nThe mayor spoke.\n\nNine porters were killed when shells hit a mill in Graz.",
        expect![[r#"
            shelling "killed" (killed Some(9.0))
        "#]],
    );
}

#[test]
fn officers_beside_soldiers_are_the_armys() {
    check(
        category_of,
        "2024-05-15",
        "Three Finnish officers were killed in Graz. In Linz a sergeant and an officer were wounded. Two police officers were wounded in Wels.",
        expect![[r#"
            killed soldiers Some(3.0)
            wounded soldiers Some(2.0)
            wounded police Some(2.0)
        "#]],
    );
}

pub(super) fn category_of(c: &variorum_model::Claim) -> String {
    c.figures.iter().map(|f| format!("{} {} {:?}", f.measure, f.category, f.value)).collect::<Vec<_>>().join(", ")
}

fn toll_by(c: &variorum_model::Claim) -> String {
    let figures = c.figures.iter().map(|f| format!("{} {:?}", f.measure, f.value)).collect::<Vec<_>>().join(", ");
    format!("{} \"{}\" ({figures})", c.event.kind, c.event.trigger.text)
}

#[test]
fn what_one_asks_for_others_are_to_do() {
    check(
        who,
        "2024-05-15",
        "The council asked to respect the ceasefire in Graz. The Weir Front claimed to have shot nine porters.",
        expect![[r#"
            council Demand: ceasefire by [] to []
            Weir Front Assert: shooting by [Weir Front] to [porters]
        "#]],
    );
}

#[test]
fn whom_one_asks_and_what_one_orders_to_stop() {
    check(
        who,
        "2031-05-08",
        "The mayor asked residents to stay at home. The general ordered his troops to stop shelling the mill.",
        expect![[r#"
            mayor Demand: demand by [mayor] to [residents]
            general Demand: ceasefire by [his troops] to []
        "#]],
    );
}
