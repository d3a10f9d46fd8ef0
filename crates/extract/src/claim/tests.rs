use crate::Extractor;
use crate::testing::report_of;
use expect_test::{Expect, expect};
use std::sync::LazyLock;
use variorum_model::{Claim, Report};
use variorum_syntax::Pipeline;

pub(super) static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Pipeline::load().unwrap()).unwrap());

/// Every claim: who says it and how, what, whether it came about; then figures, places and time where there are any.
fn show(claims: &[Claim]) -> String {
    let mut out = String::new();
    for c in claims {
        let voices: Vec<&str> = c.sources.iter().map(|s| s.name.as_str()).collect();
        let voices = if voices.is_empty() { "(the report)".to_owned() } else { voices.join(" > ") };
        out += &format!("{voices} {:?}: {} {:?}", c.stance, c.event.kind, c.polarity);
        for f in &c.figures {
            out += &format!("; {} {} {:?} {:?}", f.measure, f.category, f.bound, f.value);
            out += &(if f.side.is_empty() { String::new() } else { format!(" of {}", f.side) });
        }
        for p in &c.places {
            out += &format!("; at {} ({:?})", p.name, p.precision);
        }
        out += &c.time.value.as_ref().map(|v| format!("; on {v} ({:?})", c.time.basis)).unwrap_or_default();
        out.push('\n');
    }
    out
}

fn check(day: &str, text: &str, expected: Expect) {
    expected.assert_eq(&show(&EXTRACTOR.analyze(report_of(day, text)).claims));
}

#[test]
fn a_source_a_figure_and_a_day() {
    check(
        "2024-03-06",
        "Police in Graz said on Tuesday that at least 12 people were killed when a bomb exploded in Vienna on Monday.",
        expect![[r#"
            Police Assert: explosion Happened; killed people AtLeast Some(12.0); at Vienna (Exact); on 2024-03-04 (Relative)
        "#]],
    );
}

#[test]
fn a_denial_of_an_accusation_is_two_claims() {
    check(
        "2024-03-06",
        "Finland accused Norway of shelling the village. Norway denied that its army had shelled the village.",
        expect![[r#"
            Finland Accuse: shelling Happened
            Norway Deny: shelling DidNotHappen
        "#]],
    );
}

#[test]
fn both_sides_speak_for_themselves() {
    check(
        "2024-03-06",
        "Both Finland and Norway confirmed that the ceasefire was violated.",
        expect![[r#"
        Finland Assert: ceasefire-violation Happened
        Norway Assert: ceasefire-violation Happened
    "#]],
    );
}

#[test]
fn an_unknown_village_is_unlocated_and_a_day_without_a_date_unknown() {
    let claims = EXTRACTOR.analyze(Report {
        id: "undated".into(),
        text: "Two soldiers were killed in Qarvelzhen on Tuesday.".into(),
        ..Report::default()
    });
    expect![[r#"
        (the report) Assert: attack Happened; killed soldiers Exactly Some(2.0); at Qarvelzhen (Unlocated)
    "#]]
    .assert_eq(&show(&claims.claims));
}

#[test]
fn a_report_in_another_language_has_no_claims_and_says_so() {
    let report = Report {
        language: "ru".into(),
        ..report_of("2024-03-06", "Два человека погибли в результате обстрела.")
    };
    let analysis = EXTRACTOR.analyze(report);
    assert!(analysis.claims.is_empty());
    assert_eq!(analysis.report.diagnostics[0].code, crate::UNSUPPORTED_LANGUAGE);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever the text: nothing panics, and every span reads back as its words.
    #[test]
    fn spans_read_back(text in "(The (army|mayor of Graz|Finnish ministry)|At least [0-9]{1,4} people|[“\"]?Shells|\\PC{0,12}| (said|denied|were killed|fell on|accused)|, [a-zß-ü]{1,8}|\\n|\\. |’s |—){0,24}") {
        let analysis = EXTRACTOR.analyze(report_of("2024-03-06", &text));
        let points: Vec<char> = text.chars().collect();
        let read = |start: usize, end: usize| points[start..end].iter().collect::<String>();
        for c in &analysis.claims {
            proptest::prop_assert_eq!(read(c.span.start, c.span.end), c.quote.clone());
            let t = &c.event.trigger;
            proptest::prop_assert_eq!(read(t.span.start, t.span.end), t.text.clone());
            for f in &c.figures {
                proptest::prop_assert_eq!(read(f.quote.span.start, f.quote.span.end), f.quote.text.clone());
            }
        }
        for a in &analysis.attributions {
            proptest::prop_assert_eq!(read(a.cue.span.start, a.cue.span.end), a.cue.text.clone());
        }
        for t in analysis.timexes.iter().map(|t| &t.quote).chain(analysis.toponyms.iter().map(|t| &t.quote)).chain(analysis.actors.iter().map(|a| &a.quote)) {
            proptest::prop_assert_eq!(read(t.span.start, t.span.end), t.text.clone());
        }
        // The same report gives the same claims.
        proptest::prop_assert_eq!(EXTRACTOR.analyze(report_of("2024-03-06", &text)).claims, analysis.claims);
    }
}

#[test]
fn an_inverted_verb_has_its_source_behind_it() {
    check(
        "2024-05-15",
        "Twenty people were wounded, among them three children, said Lena Oskar, who heads the clinic.",
        expect![[r#"
            Lena Oskar Assert: attack Happened; wounded people Exactly Some(20.0); wounded children Exactly Some(3.0)
        "#]],
    );
}

#[test]
fn victims_take_day_and_place_from_what_befell_them() {
    check(
        "2024-05-16",
        "Shells hit a market in Sorrivo on Tuesday, hours after Norway began an operation at Graz.\n\n\
         Three civilians in two cars died, witnesses said.\n\n\
         A drone struck the bridge at Haldin on Wednesday. One driver was killed.",
        expect![[r#"
            (the report) Assert: shelling Happened; at Sorrivo (Unlocated); on 2024-05-14 (Relative)
            witnesses Assert: shelling Happened; killed civilians Exactly Some(3.0); at Sorrivo (Unlocated); on 2024-05-14 (Context)
            (the report) Assert: drone-strike Happened; at Haldin (Unlocated); on 2024-05-15 (Relative)
            (the report) Assert: drone-strike Happened; killed people Exactly Some(1.0); at Haldin (Unlocated); on 2024-05-15 (Context)
        "#]],
    );
}

#[test]
fn sums_of_a_campaign_are_at_no_spot() {
    check(
        "2024-05-16",
        "Shells hit a market in Sorrivo on Wednesday. In total, 58 militants have been killed since Tuesday. The army \
         lost four servicemen; eleven were wounded.",
        expect![[r#"
            (the report) Assert: shelling Happened; at Sorrivo (Unlocated); on 2024-05-15 (Relative)
            (the report) Assert: attack Happened; killed fighters Exactly Some(58.0); on 2024-05-14/2024-05-16 (Relative)
            (the report) Assert: attack Happened; killed soldiers Exactly Some(4.0); on 2024-05-14/2024-05-16 (Context)
            (the report) Assert: attack Happened; wounded soldiers Exactly Some(11.0); on 2024-05-14/2024-05-16 (Context)
        "#]],
    );
}

#[test]
fn a_date_of_the_main_clause_does_not_date_the_clause_inside_its_subject() {
    check(
        "2024-05-16",
        "The depot which Norway claims to have hit has stood empty since 2015.",
        expect![[r#"
            Norway Assert: attack Happened
        "#]],
    );
}

#[test]
fn who_counts_his_own_losses_is_their_source_and_their_side() {
    check(
        "2024-05-16",
        "The Finnish army put its own losses at 12 dead. Norway said two of its soldiers and 40 rebels were killed.",
        expect![[r#"
            Finland armed forces Assert: attack Happened; killed people Exactly Some(12.0) of Finland
            Norway Assert: attack Happened; killed soldiers Exactly Some(2.0) of Norway; killed fighters Exactly Some(40.0)
        "#]],
    );
}

#[test]
fn a_defense_department_is_that_of_the_state_it_names() {
    check(
        "2024-05-16",
        "The Defense Department of Finland denies the shelling of the village.",
        expect![[r#"
            Finland Ministry of Defence Deny: shelling DidNotHappen
        "#]],
    );
}

#[test]
fn nobody_is_a_count_and_no_denial_of_the_blast() {
    check(
        "2024-05-16",
        "Nobody died in the blast, but three cooks were hurt. The army did not shell the village.",
        expect![[r#"
            (the report) Assert: explosion Happened; killed people Exactly Some(0.0); wounded people Exactly Some(3.0)
            (the report) Assert: shelling DidNotHappen
        "#]],
    );
}

#[test]
fn an_earthquake_is_no_attack() {
    check(
        "2024-05-16",
        "Three miners died in an earthquake near Graz. Ten porters were hurt.",
        expect![[r#"
            (the report) Assert: other Happened; killed people Exactly Some(3.0); at Graz (Near)
            (the report) Assert: other Happened; wounded people Exactly Some(10.0)
        "#]],
    );
    check(
        "2024-05-16",
        "Gunmen killed two miners at a quarry on Crete on Monday. An earthquake had killed 14 there in March.",
        expect![[r#"
            (the report) Assert: attack Happened; killed people Exactly Some(2.0); at Crete (Admin1); on 2024-05-13 (Relative)
            (the report) Assert: other Happened; killed people Exactly Some(14.0); on 2024-03 (Relative)
        "#]],
    );
}

#[test]
fn the_war_is_the_one_that_the_sentence_before_has_dated() {
    check(
        "2024-05-16",
        "The two navies fought over the lighthouse in 2009. Some 310 sailors were killed in that battle.",
        expect![[r#"
            (the report) Assert: armed-clash Happened; on 2009 (Explicit)
            (the report) Assert: armed-clash Happened; killed people About Some(310.0); on 2009 (Context)
        "#]],
    );
}
