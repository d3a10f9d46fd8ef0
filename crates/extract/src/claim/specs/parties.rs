//! Parties: those in a row, those behind a thing, those beside another.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn states_in_a_row_may_have_lost_their_comma() {
    check(
        who,
        "2024-05-12",
        "Norway Finland and Malta agreed on a truce in Graz. Another deal was brokered by Oslo Helsinki and Valletta.",
        expect![[r#"
            (the report) Assert: agreement by [Norway, Finland, Malta] to []
            (the report) Assert: ceasefire by [Norway, Finland, Malta] to []
            (the report) Assert: mediation by [Norway, Finland, Malta] to []
        "#]],
    );
}

#[test]
fn a_clause_before_the_verb_leaves_its_noun_the_subject() {
    check(
        who,
        "2024-05-12",
        "The Drover Guard mainly comprising of porters repelled the militia's offensive on Graz.",
        expect![[r#"
            (the report) Assert: armed-clash by [Drover Guard] to [militia]
        "#]],
    );
}

#[test]
fn whose_a_thing_is_was_struck_as_well() {
    check(
        who,
        "2024-05-12",
        "Jets hit positions of the Drover Guard near Graz. Jets hit a depot belonging to the Weir Front. \
         The Drover Guard said shells had hit one of its posts.",
        expect![[r#"
            (the report) Assert: air-strike by [] to [Drover Guard, positions of the Drover Guard]
            (the report) Assert: air-strike by [] to [Weir Front, depot]
            Drover Guard Assert: shelling by [] to [Drover Guard, its posts]
        "#]],
    );
}

#[test]
fn who_is_beside_another_does_or_suffers_the_same() {
    check(
        who,
        "2024-05-12",
        "The army attacked Graz together with the militia. A miller was stabbed along with two drovers.",
        expect![[r#"
            (the report) Assert: attack by [army, militia] to [Graz]
            (the report) Assert: attack by [] to [miller, drovers]
        "#]],
    );
}

#[test]
fn the_dead_do_not_speak_of_themselves() {
    check(
        who,
        "2024-05-12",
        "Ivo Marsk said a man had shot him dead on the bridge. \"Nine of us were killed,\" Marsk said.",
        expect![[r#"
            Ivo Marsk Assert: shooting by [man] to []
            Ivo Marsk Assert: shooting by [] to []
        "#]],
    );
}

#[test]
fn whose_their_own_fighters_are_the_pronoun_does_not_tell() {
    check(
        who,
        "2024-05-12",
        "Norway and Finland each reported the deaths of their own fighters.",
        expect![[r#"
            Norway Assert: attack by [] to [fighters]
            Finland Assert: attack by [] to [fighters]
        "#]],
    );
}

#[test]
fn a_name_that_begins_a_clause_was_done_nothing_to() {
    check(
        who,
        "2024-05-12",
        "Finland left the valley it had controlled for decades and Norway has sent troops.",
        expect![[r#"
            (the report) Assert: political-status by [Finland] to []
            (the report) Assert: deployment by [Norway, troops] to []
        "#]],
    );
}

#[test]
fn weapons_and_days_own_no_weapons_and_a_shooting_is_at_an_inn() {
    check(
        who,
        "2024-03-06",
        "Sunday's bombing raids hit a mill. Katyusha rockets killed a cook. Nine were hurt by a shooting at Weir's Inn. \
         A man was arrested for Zanoth's murder.",
        expect![[r#"
            (the report) Assert: air-strike by [] to [mill]
            (the report) Assert: shelling by [] to [cook]
            (the report) Assert: shooting by [] to [Weir's Inn]
            (the report) Assert: arrest by [] to [man]
            (the report) Assert: attack by [] to [Zanoth]
        "#]],
    );
}

#[test]
fn whose_raid_it_was_is_asked_and_that_there_was_one_is_not() {
    check(
        who,
        "2024-03-06",
        "It was unclear if the raid on the mill was carried out by Norway.",
        expect![[r#"
            (the report) Assert: attack by [] to [mill]
        "#]],
    );
}

#[test]
fn who_accuses_does_not_do_it_himself() {
    check(
        who,
        "2024-03-06",
        "Norway's defence ministry accused Finland of massing its troops by the border.",
        expect![[r#"
            Norway Ministry of Defence Accuse: deployment by [Finland] to []
        "#]],
    );
}

#[test]
fn those_who_spark_a_clash_are_in_it() {
    check(
        who,
        "2024-05-12",
        "Norwegian troops crossed the weir, sparking clashes with Finnish guards. The raid sparked clashes with porters.",
        expect![[r#"
            (the report) Assert: armed-clash by [Finnish guards, Norway armed forces] to []
            (the report) Assert: armed-clash by [porters] to []
        "#]],
    );
}

#[test]
fn what_stands_behind_a_participle_may_go_on_with_the_clause() {
    check(
        who,
        "2024-05-12",
        "Norway reached all the goals set by its staff and restored its sovereignty.",
        expect![[r#"
            (the report) Assert: territory-gain by [Norway] to []
        "#]],
    );
}

#[test]
fn whose_doing_is_judged_is_whom_it_is_aimed_at() {
    check(
        who,
        "2024-05-12",
        "Norway has been critical of Finland's role. Malta voiced anger over the decision of Norway. Malta deplored the shelling of Graz.",
        expect![[r#"
            Norway Express: statement by [Norway] to [Finland]
            Malta Express: statement by [Malta] to [Norway]
            Malta Express: statement by [Malta] to []
            Malta Express: shelling by [] to []
        "#]],
    );
}

#[test]
fn who_brokers_a_truce_is_no_party_to_it() {
    check(
        who,
        "2031-05-08",
        "The truce brokered by Karovia and Lethania came into force on Monday. The attack of the rebels on the mill was repelled. An Innsbruck air strike hit a depot.",
        expect![[r#"
            (the report) Assert: mediation by [Karovia, Lethania] to []
            (the report) Assert: ceasefire by [] to []
            (the report) Assert: armed-clash by [rebels] to []
            (the report) Assert: air-strike by [] to [depot]
        "#]],
    );
}

#[test]
fn who_begins_something_with_another_is_beside_him() {
    check(
        who,
        "2031-05-08",
        "The government and the Weir Front will begin peace talks in Graz. A baker was found dead by wardens. The army lost the mill in May and retook it in June.",
        expect![[r#"
            (the report) Assert: negotiation by [government, Weir Front] to []
            (the report) Assert: attack by [] to [baker]
            (the report) Assert: territory-gain by [army] to []
        "#]],
    );
}
