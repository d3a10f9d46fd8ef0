//! The lexicon's examples, and what attributions look like in text.
use super::lexicon::{ambiguous, examples};
use super::{AttributionFinder, AttributionMention};
use crate::Reading;
use crate::testing::reading;
use expect_test::{Expect, expect};
use std::sync::LazyLock;

static FINDER: LazyLock<AttributionFinder> = LazyLock::new(|| AttributionFinder::load().expect("the lexicon loads"));

fn read(text: &str) -> (Reading, Vec<AttributionMention>) {
    let reading = reading(text);
    let found = FINDER.find(&reading);
    (reading, found)
}

/// The text with `[source]`, `{cue}` and `<content>` around the tokens of a mention.
fn marked(reading: &Reading, m: &AttributionMention) -> String {
    let mut marks: Vec<(usize, u8, char)> = Vec::new();
    let mut add = |range: &std::ops::Range<usize>, open: char, close: char| {
        let bytes = reading.doc.slice(range.clone()).bytes();
        marks.push((bytes.start, 1, open));
        marks.push((bytes.end, 0, close));
    };
    m.sources.iter().for_each(|r| add(r, '[', ']'));
    add(&m.cue, '{', '}');
    m.content.iter().for_each(|r| add(r, '<', '>'));
    marks.sort_unstable();
    let mut out = String::new();
    let mut at = 0;
    for (byte, _, mark) in marks {
        out.push_str(&reading.text()[at..byte]);
        out.push(mark);
        at = byte;
    }
    out.push_str(&reading.text()[at..]);
    out
}

fn without_marks(text: &str) -> String {
    text.replace(['[', ']', '{', '}', '<', '>'], "")
}

#[test]
fn no_verb_has_two_groups_for_one_frame() {
    let twice = ambiguous(&FINDER.lexicon);
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn the_examples_of_the_lexicon_hold() {
    let mut wrong = Vec::new();
    let mut n = 0;
    for group in examples() {
        assert!(!group.test.is_empty(), "{} has no example", group.id);
        for test in &group.test {
            n += 1;
            let (reading, found) = read(&without_marks(test));
            let mut own = found.iter().filter(|m| m.rule == group.id).map(|m| marked(&reading, m));
            if !own.any(|m| m == *test) {
                let all: Vec<String> = found.iter().map(|m| format!("{}: {}", m.rule, marked(&reading, m))).collect();
                wrong.push(format!("{}: {test}\n    found {all:?}", group.id));
            }
        }
        for near in &group.allows {
            n += 1;
            let (reading, found) = read(near);
            for m in found.iter().filter(|m| m.rule == group.id) {
                wrong.push(format!("{} allows: {}", group.id, marked(&reading, m)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {n} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// Checks what is found in a text, a mention a line: source, cue, content, stance, and what is special about it.
fn check(text: &str, expected: Expect) {
    let (reading, found) = read(text);
    let words = |r: &std::ops::Range<usize>| reading.doc.slice(r.clone()).text().replace('\n', " ");
    let mut out = String::new();
    for m in &found {
        let list =
            |ranges: &[std::ops::Range<usize>], joint: &str| ranges.iter().map(words).collect::<Vec<_>>().join(joint);
        let sources = if m.sources.is_empty() { "nobody".into() } else { list(&m.sources, " & ") };
        let line = [sources, words(&m.cue), list(&m.content, " … "), format!("{:?}", m.stance).to_lowercase()];
        out.push_str(&line.join(" | "));
        let flags =
            [(m.negated, " negated"), (m.carried, " carried"), (m.secondary, " secondary"), (m.label_only, " label")];
        flags.iter().filter(|f| f.0).for_each(|f| out.push_str(f.1));
        if let Some(r) = &m.antecedent {
            out.push_str(&format!(" (who = {})", words(r)));
        }
        if let Some(r) = &m.content_antecedent {
            out.push_str(&format!(" (what = {})", words(r)));
        }
        if let Some(o) = m.outer {
            out.push_str(&format!(" in: {}", words(&found[o].cue)));
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn a_cue_may_lead_trail_or_interrupt() {
    check(
        "The mayor said that the bridge was closed.",
        expect![[r#"
        The mayor | said | that the bridge was closed | assert
    "#]],
    );
    check(
        "The bridge was closed, the mayor of Orlec said on Monday.",
        expect![[r#"
        the mayor of Orlec | said | The bridge was closed | assert
    "#]],
    );
    check(
        "The bridge, the mayor said, was closed.",
        expect![[r#"
        the mayor | said | The bridge … was closed | assert
    "#]],
    );
    check(
        "The rebels restricted access to the dam, reported The Valley Post.",
        expect![[r#"
        The Valley Post | reported | The rebels restricted access to the dam | assert
    "#]],
    );
}

#[test]
fn quotations_go_on_until_another_voice() {
    check(
        "“We are leaving. We are done,” said Ana Lind, the mayor. “It is over. Nobody stays.”\n\n“The last bus goes at noon.”\n\nThe army denied it.",
        expect![[r#"
            Ana Lind, the mayor | said | “We are leaving. We are done,” … “It is over. Nobody stays.” … “The last bus goes at noon.” | assert
            The army | denied | it | deny
        "#]],
    );
}

#[test]
fn what_a_document_says_stands_after_its_colon() {
    check(
        "The harbour board has issued the following bulletin: \"Two barges sank. Nobody was hurt.\" A tug was sent.",
        expect![[r#"
            The harbour board | has issued the following bulletin | "Two barges sank. Nobody was hurt." | assert
        "#]],
    );
    check("The board issued rules: \"no lamps\" and \"no oil\".", expect![[""]]);
}

#[test]
fn quotation_marks_may_be_broken() {
    check(
        "The ministry called it\" a massacre “, and said it was ready to” respond “at once.",
        expect![[r#"
        The ministry | called | it" a massacre “ | assert label
        The ministry | said | it was ready to” respond “at once | assert
    "#]],
    );
    check(
        "''We held the ridge,'' Colonel Marek said. ''They fled.''",
        expect![[r#"
        Colonel Marek | said | ''We held the ridge,'' … ''They fled.'' | assert
    "#]],
    );
    check(
        "“We held the ridge, Colonel Marek said.",
        expect![[r#"
            Colonel Marek | said | “We held the ridge | assert
        "#]],
    );
}

#[test]
fn attributions_nest() {
    check(
        "The envoy said that the army denied shelling the dam.",
        expect![[r#"
        The envoy | said | that the army denied shelling the dam | assert
        the army | denied | shelling the dam | deny in: said
    "#]],
    );
    check(
        "Two people died, the Valley Post reported, quoting hospital officials.",
        expect![[r#"
        the Valley Post | reported | Two people died | assert
        the Valley Post | quoting | hospital officials | assert
        hospital officials | quoting | Two people died | assert secondary
    "#]],
    );
    check(
        "According to the ministry, citing witnesses, two people died.",
        expect![[r#"
            the ministry | According to | two people died | assert
            the ministry | citing | witnesses | assert
            witnesses | citing | two people died | assert secondary
        "#]],
    );
    check(
        "The army was quoted by the Valley Post as saying that it had left.",
        expect![[r#"
        the Valley Post | was quoted by | The army | assert
        The army | saying | that it had left | assert
    "#]],
    );
    check(
        "The road is open, the ministry quoted by the Tesk agency said.",
        expect![[r#"
        the Tesk agency | quoted by | the ministry | assert
        the Tesk agency | quoted by | The road is open, the ministry … said | assert secondary
        the ministry quoted by the Tesk agency | said | The road is open | assert in: quoted by
    "#]],
    );
}

#[test]
fn joint_sources_are_several_voices() {
    check(
        "Both the ministry and the rebels confirmed the truce.",
        expect![[r#"
        Both the ministry & the rebels | confirmed | the truce | assert
    "#]],
    );
    check(
        "A judge will hear the dispute between Orlec and Tesk, who accused each other of theft.",
        expect![[r#"
        Orlec & Tesk | accused | each other of theft | accuse
    "#]],
    );
    check(
        "Orlec and Tesk accused each other of breaking the truce.",
        expect![[r#"
        Orlec & Tesk | accused | each other of breaking the truce | accuse
    "#]],
    );
    check(
        "The army and the rebels each reported losses.",
        expect![[r#"
        The army & the rebels each | reported | losses | assert
    "#]],
    );
}

#[test]
fn negation_leaves_the_content_open() {
    check(
        "The army did not deny that it had shelled the dam.",
        expect![[r#"
        The army | did not deny | that it had shelled the dam | unverified negated
    "#]],
    );
    check(
        "The ministry refused to say when the road would open.",
        expect![[r#"
            The ministry | refused to say | when the road would open | unverified negated
        "#]],
    );
    check(
        "The toll could not be independently verified.",
        expect![[r#"
            nobody | could not be independently verified | The toll | unverified negated
        "#]],
    );
    check(
        "The convoy has reportedly left.",
        expect![[r#"
            nobody | reportedly | The convoy has … left | unverified
        "#]],
    );
}

#[test]
fn labels_are_no_claims() {
    check(
        "The army bombed what it calls ‘bandit’ positions.",
        expect![[r#"
        it | calls | what … ‘bandit’ positions | assert label
    "#]],
    );
    check(
        "The raid, which the rebels called a massacre, lasted an hour.",
        expect![[r#"
        the rebels | called | which … a massacre | assert label (what = The raid)
    "#]],
    );
    check("The “ceasefire” lasted an hour.", expect![[""]]);
}

#[test]
fn headlines_speak_by_colon_or_dash() {
    check(
        "Mayor: bridge will reopen",
        expect![[r#"
        Mayor | : | bridge will reopen | assert
    "#]],
    );
    check(
        "‘Truce was broken’ – ministry",
        expect![[r#"
        ministry | – | ‘Truce was broken’ | assert
    "#]],
    );
    check("Update: bridge will reopen", expect![[""]]);
    check("Bridge reopens - Valley Post", expect![[""]]);
}

#[test]
fn captions_and_bylines_say_nothing() {
    check("A soldier near Orlec (photo credit: VALLEY POST)", expect![[""]]);
    check("By Ana Lind, Valley Post", expect![[""]]);
}

#[test]
fn free_indirect_style_carries_the_voice() {
    check(
        "The ministry said the road was closed. It would reopen on Monday. The road is 90 km long.",
        expect![[r#"
        The ministry | said | the road was closed | assert
        The ministry | said | It would reopen on Monday. | assert carried secondary
    "#]],
    );
}

#[test]
fn participles_belong_to_the_speaker() {
    check(
        "The envoy said that the fighting had eased, adding that aid had arrived.",
        expect![[r#"
        The envoy | said | that the fighting had eased | assert
        The envoy | adding | that aid had arrived | assert
    "#]],
    );
    check(
        "The envoy said he was tired and urged both sides to stop.",
        expect![[r#"
        The envoy | said | he was tired | assert
        The envoy | urged | both sides to stop | demand
    "#]],
    );
}

#[test]
fn any_text_can_be_read() {
    for text in [
        "",
        "“",
        "”\n“\n”",
        "said",
        "said said said",
        ": :",
        "– – –",
        "“ ‘ ” ’ \" '",
        "\u{feff}“\u{200b}” said \u{1f600}",
        "According to",
        "Asked",
    ] {
        let (reading, found) = read(text);
        for m in found {
            for r in m.sources.iter().chain(&m.content).chain([&m.cue]) {
                assert!(r.start < r.end && r.end <= reading.doc.len(), "{text:?}: {m:?}");
            }
        }
    }
}
