//! What is denied, left open, or answered.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn who_neither_confirms_nor_denies_leaves_it_open() {
    check(
        who,
        "2031-05-08",
        "Karovia neither confirmed nor denied that it had shelled the dam. Lethania refused to confirm or deny that it had bombed the mill. The guard denied that it had burned the barn.",
        expect![[r#"
            Karovia Unverified: shelling by [Karovia] to [dam]
            Lethania Unverified: explosion by [Lethania] to [mill]
            guard Deny: destruction by [guard] to [barn]
        "#]],
    );
}

#[test]
fn an_answer_may_leave_out_its_pronoun() {
    check(
        who,
        "2031-05-08",
        "Porters accused the guard of looting the mill, an allegation the government denied.",
        expect![[r#"
            Porters Accuse: looting by [guard] to [mill]
            government Deny: denial by [government] to []
        "#]],
    );
}

#[test]
fn of_two_clauses_each_has_a_speaker_of_its_own() {
    check(
        who,
        "2031-05-08",
        "The mayor said nine porters had been killed; the guild put the toll at 12.",
        expect![[r#"
            mayor Assert: attack by [] to [porters]
            guild Assert: attack by [] to []
        "#]],
    );
}

#[test]
fn who_was_involved_took_part() {
    check(
        who,
        "2031-05-08",
        "The rebels were not involved in the raid on the mill. The guard took part in the raid on the dam. A ferry was involved in the shooting.",
        expect![[r#"
            (the report) Assert: attack by [rebels] to [mill]
            (the report) Assert: attack by [guard] to [dam]
            (the report) Assert: shooting by [] to []
        "#]],
    );
}

#[test]
fn a_headlines_accused_accuses_nobody() {
    check(
        who,
        "2031-05-08",
        "Warden accused of torturing porters",
        expect![[r#"
            (the report) Accuse: torture by [] to [porters]
        "#]],
    );
}

#[test]
fn who_commits_a_deed_promises_nothing() {
    check(
        who,
        "2031-05-08",
        "The rebels have committed numerous executions. The rebels committed to leave the fort.",
        expect![[r#"
            (the report) Assert: execution by [rebels] to []
            rebels Promise: withdrawal by [rebels] to []
        "#]],
    );
}

#[test]
fn joint_sources_each_speak_of_themselves() {
    check(
        who,
        "2031-05-08",
        "Both the guard and the rebels said they had captured the fort.",
        expect![[r#"
            guard Assert: territory-gain by [guard] to []
            rebels Assert: territory-gain by [rebels] to []
        "#]],
    );
}

#[test]
fn one_asks_for_one_thing_and_to_do_another() {
    check(
        who,
        "2031-05-08",
        "The league has asked for a truce at the dam and to withdraw from the fort.",
        expect![[r#"
            league Demand: ceasefire by [] to []
            league Demand: withdrawal by [] to []
        "#]],
    );
}

#[test]
fn who_is_accused_of_what_and_what_he_answers() {
    check(
        who,
        "2031-05-08",
        "Rebels accused the guard of shelling Graz, a charge that the guard denies. Porters blamed the guard for burning the mill. Millers accused the clans of looting the barn. The clans said the accusation was false. Weavers said the front had bombed the inn. The front said it had nothing whatever to do with the bombing.",
        expect![[r#"
            Rebels Accuse: shelling by [guard] to []
            guard Deny: denial by [guard] to []
            Porters Accuse: destruction by [guard] to [mill]
            Millers Accuse: looting by [clans] to [barn]
            clans Deny: denial by [clans] to []
            Weavers Assert: explosion by [front] to [inn]
            front Deny: denial by [front] to []
        "#]],
    );
}

#[test]
fn what_is_rejected_as_something_is_denied_and_what_nothing_shows_is_open() {
    check(
        who,
        "2031-05-08",
        "The guard rejected as baseless claims that it had shelled Graz. There is no evidence that rebels burned the mill, the mayor said. The guild cast doubt on claims that nine porters were killed in Linz. The council held the guard responsible for the bombing of the inn.",
        expect![[r#"
            guard Deny: shelling by [guard] to []
            mayor Assert: destruction by [rebels] to [mill]
            (the report) Unverified: attack by [] to [porters]
            council Accuse: responsibility by [guard] to []
            council Accuse: explosion by [guard] to [inn]
        "#]],
    );
}

#[test]
fn what_only_dates_a_denial_is_not_denied() {
    check(
        who,
        "2031-05-08",
        "The guard has denied shelling mills since it invaded the island in May. The guild accuses Norway of arming the Front, which Norway \
         denies.",
        expect![[r#"
            guard Deny: denial by [guard] to []
            (the report) Assert: attack by [] to []
            guild Accuse: accusation by [Norway] to []
            Norway Deny: denial by [Norway] to []
        "#]],
    );
}
