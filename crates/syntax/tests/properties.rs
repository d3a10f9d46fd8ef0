//! What holds of any text.

use proptest::prelude::*;
use variorum_syntax::{Pipeline, to_json};

fn nlp() -> &'static Pipeline {
    static NLP: std::sync::LazyLock<Pipeline> = std::sync::LazyLock::new(|| Pipeline::load().unwrap());
    &NLP
}

/// Checks the shape of an analysis.
fn check(text: &str) {
    let doc = nlp().parse(text);
    assert_eq!(doc.text(), text);
    let mut at = 0;
    for token in doc.tokens() {
        let gap = &text[at..token.start()];
        assert!(gap.is_empty() || gap == " ", "{gap:?} before {token:?}");
        assert!(token.end() > token.start());
        assert!(text.is_char_boundary(token.start()) && text.is_char_boundary(token.end()));
        assert!(token.head().i() < doc.len());
        assert!(!token.tag().is_empty() && !token.pos().is_empty() && !token.dep().is_empty());
        assert!(!token.dep().contains("||"));
        at = token.end();
    }
    assert!(matches!(&text[at..], "" | " "), "{:?} is in no token", &text[at..]);
    for token in doc.tokens() {
        // Heads form trees: following them ends at a root.
        assert!(token.ancestors().count() < doc.len());
    }
    let mut end = 0;
    for sent in doc.sents() {
        assert_eq!(sent.start, end);
        assert!(!sent.is_empty());
        end = sent.end;
    }
    assert_eq!(end, doc.len());
    let mut end = 0;
    for entity in doc.entities() {
        assert!(end <= entity.start && entity.start < entity.end && entity.end <= doc.len());
        assert_eq!(doc.token(entity.start).sent_index(), doc.token(entity.end - 1).sent_index());
        end = entity.end;
    }
    let json = serde_json::to_value(to_json(&doc)).unwrap();
    let points: Vec<char> = text.chars().collect();
    for (token, json) in doc.tokens().zip(json["tokens"].as_array().unwrap()) {
        let (start, end) = (json["start"].as_u64().unwrap() as usize, json["end"].as_u64().unwrap() as usize);
        assert_eq!(points[start..end].iter().collect::<String>(), token.text());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_characters(chars in prop::collection::vec(any::<char>(), 0..120)) {
        check(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn words_and_marks(parts in prop::collection::vec(
        prop::sample::select(vec![
            "Ardansk", "shelled", "the", "can't", "U.S.", "a.m.", "10", "km", "$5", "'s", "’ve", "http://a.b/c", "x@y.org", ":)",
            "(", ")", "\"", "“", ".", "...", "…", ",", "-", "—", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\u{a0}", "é", "😀", "²",
        ]),
        0..80,
    )) {
        check(&parts.concat());
    }
}

#[test]
fn a_megabyte_without_a_space() {
    // What is one token or few, and what is as many tokens as characters.
    for (unit, len) in
        [("a", 1 << 20), ("...", 1 << 20), ("é", 1 << 20), ("a.b", 1 << 20), ("(", 1 << 15), ("x-y,", 1 << 15)]
    {
        let text = unit.repeat(len / unit.len());
        let doc = nlp().parse(&text);
        assert_eq!(doc.tokens().map(|t| t.end() - t.start()).sum::<usize>(), text.len(), "{unit}");
    }
}

#[test]
fn a_long_document_is_parsed_like_its_beginning() {
    let sentence = "On Monday rebels shelled the mill in Ardansk, killing 4 soldiers, the army said. ";
    let one = nlp().parse(sentence);
    let many = nlp().parse(&sentence.repeat(500));
    assert_eq!(many.len(), 500 * one.len());
    // Far from both ends every sentence is parsed in the same way.
    let labels =
        |n: usize| many.slice(n * one.len()..(n + 1) * one.len()).tokens().map(|t| t.dep()).collect::<Vec<_>>();
    assert_eq!(labels(100), labels(400));
    assert_eq!(many.n_sents(), 500);
}
