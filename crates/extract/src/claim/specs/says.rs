//! Who is credited with it, and with what stance.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn who_holds_another_responsible_accuses_him() {
    check(
        who,
        "2024-03-06",
        "The mayor of Graz holds the militia responsible for the raid on the mill.",
        expect![[r#"
            mayor of Graz Accuse: responsibility by [militia] to []
            mayor of Graz Accuse: attack by [] to [mill]
        "#]],
    );
}

#[test]
fn what_a_source_tells_of_anothers_words_is_the_others() {
    check(
        who,
        "2024-03-06",
        "A clerk said Ivo Marsk had threatened a warden. Earlier the clerk said that the warden demanded an apology.",
        expect![[r#"
            clerk Assert: demand by [Ivo Marsk] to [warden]
            clerk > warden Demand: demand by [warden] to []
            clerk > warden Demand: statement by [warden] to []
        "#]],
    );
}

#[test]
fn a_statement_is_named_by_what_credits_it() {
    check(
        |c| format!("{} {:?} {:?}", c.event.kind, c.event.trigger.text, c.quote),
        "2024-03-06",
        "The warden said the roof is sound.",
        expect![[r#"
            statement "said" "The warden said the roof is sound"
        "#]],
    );
}

#[test]
fn a_number_says_nothing_and_who_commits_a_theft_promises_nothing() {
    check(
        who,
        "2024-03-06",
        "A miller rang 112 to say that rebels had burnt the weir. Whoever commits arson is fined.",
        expect![[r#"
            miller Assert: destruction by [rebels] to [weir]
            (the report) Assert: destruction by [] to []
        "#]],
    );
}

#[test]
fn what_one_believes_is_not_told_as_so() {
    check(
        who,
        "2024-03-06",
        "Police believe the drover shot a clerk in Graz. The drover is believed to have burnt a mill. Men believed to be \
         traders shelled the ferry.",
        expect![[r#"
            Police Unverified: shooting by [drover] to [clerk]
            (the report) Unverified: destruction by [drover] to [mill]
            (the report) Assert: shelling by [traders] to [ferry]
        "#]],
    );
}

#[test]
fn who_denies_a_part_in_it_does_not_deny_it() {
    check(
        who,
        "2024-03-06",
        "The guild denied involvement in the blast that killed four drovers in Graz.",
        expect![[r#"
            guild Deny: denial by [guild] to []
            (the report) Assert: explosion by [] to [drovers]
        "#]],
    );
}

#[test]
fn it_is_not_the_one_named_in_passing() {
    check(
        who,
        "2024-03-06",
        "The blast at a post of the Finnish army was the third this week. It wounded nine drovers.",
        expect![[r#"
            (the report) Assert: explosion by [] to []
            (the report) Assert: attack by [] to [drovers]
        "#]],
    );
}

#[test]
fn who_hears_it_does_not_say_it() {
    check(
        who,
        "2024-03-06",
        "Ivo Marsk told the Herald condemning the shelling of Graz. It is claimed that guards burnt a mill. Norway has not \
         condemned the raid.",
        expect![[r#"
            Ivo Marsk Express: shelling by [] to [Graz]
            Ivo Marsk Express: statement by [Ivo Marsk] to []
            (the report) Unverified: destruction by [guards] to [mill]
            (the report) Assert: statement by [Norway] to []
        "#]],
    );
}

#[test]
fn what_can_be_is_not_yet_and_what_cannot_be_is_not() {
    check(
        |c| format!("{} {:?}", c.event.kind, c.polarity),
        "2024-03-06",
        "They must leave so that talks can take place. The wardens can no longer hold talks with the rebels. Shelling can be heard. \
         I can confirm that rebels burnt the mill. If drovers march, they are arrested. Did rebels burn the mill? Who burnt the mill?",
        expect![[r#"
            negotiation Conditional
            negotiation DidNotHappen
            shelling Happened
            destruction Happened
            arrest Conditional
            destruction Conditional
            destruction Happened
        "#]],
    );
}

#[test]
fn what_only_appears_to_be_so_is_unverified() {
    check(
        who,
        "2024-03-06",
        "It appears that a porter killed two wardens. Police said it seemed the porter had burned the mill.",
        expect![[r#"
            (the report) Unverified: attack by [porter] to [wardens]
            Police Unverified: destruction by [porter] to [mill]
        "#]],
    );
}

#[test]
fn what_people_are_to_others_is_no_list_of_speakers() {
    check(
        who,
        "2024-03-06",
        "A drover was shot dead in Graz, said Mira Lund, Erik and Lena Berg's aunt.",
        expect![[r#"
            Mira Lund Assert: shooting by [] to [drover]
        "#]],
    );
}

#[test]
fn who_calls_for_talks_on_a_raid_does_not_call_for_the_raid() {
    check(
        |c| {
            format!(
                "{:?} {}: {} {:?}",
                c.stance,
                c.sources.first().map_or("-", |s| s.name.as_str()),
                c.event.kind,
                c.polarity
            )
        },
        "2024-03-06",
        "Norway called for a debate on the shelling of the mill. Sweden urged sanctions over the raid on the ferry.",
        expect![[r#"
            Demand Norway: demand Planned
            Assert -: shelling Happened
            Demand Sweden: sanction Planned
            Assert -: attack Happened
        "#]],
    );
}

#[test]
fn a_transcript_is_in_the_words_of_the_name_in_brackets_before_it() {
    let chain = |c: &variorum_model::Claim| {
        let chain: Vec<&str> = c.sources.iter().map(|s| s.name.as_str()).collect();
        format!("{} by {}", c.event.kind, chain.join(" > "))
    };
    check(
        chain,
        "2024-03-06",
        "Graz, 5 March 24 (Herald) -- [Interview with Ivo MARSK, the harbour master, by Mira LUND] [Text] Rebels hold the mill.\n\n\
         [MARSK] according to the police, rebels shelled a mill. They burned a barn.\n\n\
         Two drovers were shot.\n\n\
         [LUND] we hear that guards killed a monk.",
        expect![[r#"
            political-status by 
            shelling by Ivo MARSK > police
            destruction by Ivo MARSK
            shooting by Ivo MARSK
            attack by Mira LUND
        "#]],
    );
    check(
        chain,
        "2024-03-06",
        "[GRAPHIC CONTENT] Rebels shelled a mill.\n\nTwo drovers were shot.",
        expect![[r#"
        shelling by 
        shooting by 
    "#]],
    );
}

#[test]
fn who_stands_between_a_comma_and_the_verb_says_it() {
    check(
        who,
        "2024-03-06",
        "A shell hit a mill, killing two porters, a cook and witnesses said. Doctors and witnesses said that a shell hit a ferry.",
        expect![[r#"
            cook Assert: shelling by [] to [porters, mill]
            witnesses Assert: shelling by [] to [porters, mill]
            Doctors Assert: shelling by [] to [ferry]
            witnesses Assert: shelling by [] to [ferry]
        "#]],
    );
}

#[test]
fn a_paragraph_left_open_is_of_whoever_goes_on() {
    check(
        who,
        "2024-03-06",
        "\"Rebels hit the mill,\" Ilan Teskar said.\n\n\
         \"A shell hit the ferry.\n\n\
         \"Guards shot two porters,\" the warden of Graz said.",
        expect![[r#"
            Ilan Teskar Assert: attack by [Rebels] to [mill]
            warden of Graz Assert: shelling by [] to [ferry]
            warden of Graz Assert: shooting by [Guards] to [porters]
        "#]],
    );
}

#[test]
fn the_law_is_no_source_and_a_lower_toll_has_one() {
    check(
        who,
        "2024-03-06",
        "The drovers were tried according to the Norwegian Penal Code. The clinic gave a toll of nine porters killed.",
        expect![[r#"
            clinic Assert: attack by [] to [porters]
        "#]],
    );
}

#[test]
fn what_was_committed_is_no_promise_and_who_wishes_to_thank_thanks() {
    check(
        who,
        "2024-03-06",
        "The murder of a cook was committed by rebels. We wish to thank the guild, the warden said.",
        expect![[r#"
            (the report) Assert: attack by [rebels] to [cook]
            warden Express: statement by [] to []
        "#]],
    );
}

#[test]
fn who_stands_at_the_end_of_a_headline_says_it() {
    check(
        who,
        "2024-03-06",
        "Blast kills nine drovers in Graz: monitor\n\nRaid on a mill kills two porters in Linz Monitor\n\nWhat guards shot at the mill: a list",
        expect![[r#"
            monitor Assert: explosion by [] to [drovers]
            Monitor Assert: attack by [] to [porters, mill]
            (the report) Assert: shooting by [guards] to [mill]
        "#]],
    );
}

#[test]
fn who_died_is_no_source_and_you_say_nothing() {
    check(
        who,
        "2024-03-06",
        "According to the coroner's office, Hollin and Dask, both 17, were killed in a raid.\n\n\
         You have said that rebels had burnt a mill.",
        expect![[r#"
            coroner's office Assert: attack by [] to []
            (the report) Assert: destruction by [rebels] to [mill]
        "#]],
    );
}

#[test]
fn what_is_told_before_a_semicolon_is_not_told_after_it() {
    check(
        who,
        "2031-05-08",
        "Nine porters were killed when the guard opened fire, the guild said; the mayor blamed smugglers.",
        expect![[r#"
            guild Assert: shooting by [guard] to [porters]
            mayor Accuse: accusation by [smugglers] to []
        "#]],
    );
}
