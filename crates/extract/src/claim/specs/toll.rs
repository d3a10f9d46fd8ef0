//! How many, and by whose word.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

fn toll(c: &Claim) -> String {
    let sources = c.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" → ");
    let who = c.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let figures = c.figures.iter().map(|f| format!("{} {}", f.quote.text, f.measure)).collect::<Vec<_>>().join(", ");
    format!("{} [{sources}] {:?} by [{who}] {:?} ({figures})", c.event.kind, c.stance, c.polarity)
}

#[test]
fn who_denies_that_it_was_he_does_not_deny_the_dead() {
    check(
        toll,
        "2024-03-06",
        "The brigade denied that it had been responsible for the raid on Graz, wounding six porters.\n\n\
         The brigade denied responsibility for the blast in Graz, which killed a cook.\n\n\
         The guard denied the shelling of the mill, which wounded four.\n\n\
         The guard denied that four people had been killed in the mill.",
        expect![[r#"
            responsibility [brigade] Deny by [brigade] DidNotHappen ()
            attack [] Assert by [] Happened ()
            attack [] Assert by [] Happened (six porters wounded)
            responsibility [brigade] Deny by [brigade] DidNotHappen ()
            attack [] Assert by [] Happened (a cook killed)
            shelling [guard] Deny by [] DidNotHappen ()
            attack [] Assert by [] Happened (four wounded)
            shelling [guard] Deny by [] DidNotHappen (four people killed)
        "#]],
    );
}

#[test]
fn who_speaks_of_the_dead_is_not_one_of_them() {
    check(
        toll,
        "2024-03-06",
        "Rebels raided a quarry in Graz leaving three miners killed Ilan Teskar told the Post.\n\n\
         The driver was wounded in Graz and said that two guards had died.",
        expect![[r#"
            attack [Ilan Teskar] Assert by [Rebels] Happened ()
            attack [Ilan Teskar] Assert by [] Happened (three miners killed)
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

#[test]
fn who_was_taken_to_hospital_may_have_been_in_a_crash_and_who_shot_himself_is_one() {
    check(
        toll,
        "2024-03-06",
        "Five porters were taken to hospital.\n\nA boy accidentally shot himself dead with a rifle.\n\nTwo white men were wounded.\n\nA lorry overturned and two were killed.",
        expect![[r#"
            other [] Assert by [] Happened (Five porters casualties)
            shooting [] Assert by [] Happened (A boy killed)
            shooting [] Assert by [] Happened (Two white men wounded)
            other [] Assert by [] Happened (two killed)
        "#]],
    );
}

#[test]
fn who_is_killed_is_not_whose_people_they_were() {
    check(
        toll,
        "2024-03-06",
        "Two guards of the mayor were killed in Graz. The drover missed being shot.",
        expect![[r#"
            attack [] Assert by [] Happened (Two guards killed)
            shooting [] Assert by [] DidNotHappen (The drover wounded)
        "#]],
    );
}

#[test]
fn why_a_toll_may_rise_is_no_toll() {
    check(
        toll,
        "2024-03-06",
        "The toll might climb because of scores of badly wounded drovers. The toll climbed to nine.",
        expect![[r#"
            attack [] Assert by [] Happened (scores of badly wounded drovers wounded)
            attack [] Assert by [] Happened (nine killed)
        "#]],
    );
}

#[test]
fn a_count_of_people_killed_is_theirs() {
    check(
        toll,
        "2024-03-06",
        "The number of civilians killed by the shelling reached 40.\n\nThree porters were among those killed when raiders fired on a barn.\n\n\
         Two shells hit a mill without any casualties.\n\nA cousin of two of the drovers was hurt.",
        expect![[r#"
            shelling [] Assert by [] Happened (40 killed)
            shooting [] Assert by [raiders] Happened (Three porters killed)
            shelling [] Assert by [] Happened (without any casualties casualties)
            shelling [] Assert by [] Happened (A cousin of two wounded)
        "#]],
    );
}

#[test]
fn who_is_told_of_has_his_son_beside_him() {
    check(
        super::telling::category_of,
        "2031-05-08",
        "Ivo Brandt, 44, was selling lamps with his nine-year-old son when he was shot dead.",
        expect![[r#"
            killed men Some(1.0)
        "#]],
    );
}

#[test]
fn the_displaced_and_one_more_are_counted() {
    check(
        toll,
        "2031-05-08",
        "The number of people displaced by the fighting has reached 900,000. A mine killed two porters and wounded another near a mill. At 2200 on 18 March guards clashed with rebels near Graz.",
        expect![[r#"
            displacement [] Assert by [] Happened (900,000 displaced)
            landmine [] Assert by [] Happened (two porters killed, another wounded)
            armed-clash [] Assert by [rebels] Happened ()
        "#]],
    );
}

#[test]
fn the_dead_and_the_hurt_of_one_blow_are_told_once_without_commas_too() {
    check(
        toll,
        "2031-05-08",
        "Nine porters killed 14 injured in shelling of a mill. Nine drovers were killed due to raids that targeted the fort.",
        expect![[r#"
            shelling [] Assert by [] Happened (Nine porters killed, 14 wounded)
            shelling [] Assert by [] Happened (Nine drovers killed)
        "#]],
    );
}

#[test]
fn what_a_blow_left_and_what_it_came_with_is_told_with_it() {
    check(
        toll,
        "2031-05-08",
        "The raid on Graz left 13 porters dead and 30 injured. Rival clans clashed in Graz, with nine drovers killed. The bomb killed nine porters and left 30 wounded. The guard shot dead nine millers. One man was killed and 20 were wounded.",
        expect![[r#"
            explosion [] Assert by [] Happened (13 porters killed, 30 wounded)
            armed-clash [] Assert by [Rival clans] Happened (nine drovers killed)
            explosion [] Assert by [] Happened (nine porters killed, 30 wounded)
            shooting [] Assert by [guard] Happened (nine millers killed)
            shooting [] Assert by [] Happened (One man killed, 20 wounded)
        "#]],
    );
}

#[test]
fn who_shot_and_killed_and_whom_the_shots_struck_are_told_once() {
    check(
        toll,
        "2031-05-08",
        "Two wardens were shot and killed in Graz by a porter. A drover opened fire, striking a cook.",
        expect![[r#"
            shooting [] Assert by [porter] Happened (Two wardens killed)
            shooting [] Assert by [drover] Happened ()
        "#]],
    );
}
