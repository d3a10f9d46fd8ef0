//! The library as others use it.

use variorum_syntax::{Pipeline, explain, to_json};

fn nlp() -> &'static Pipeline {
    static NLP: std::sync::LazyLock<Pipeline> = std::sync::LazyLock::new(|| Pipeline::load().unwrap());
    &NLP
}

#[test]
fn every_label_is_explained() {
    for label in nlp().labels().concat() {
        assert!(explain(label).is_some(), "{label}");
    }
}

#[test]
fn text_without_words() {
    assert!(nlp().parse("").is_empty());
    let empty = serde_json::to_string(&to_json(&nlp().parse(""))).unwrap();
    assert_eq!(empty, r#"{"text":"","ents":[],"sents":[],"tokens":[]}"#);
    let space = serde_json::to_string(&to_json(&nlp().parse("\n\n"))).unwrap();
    assert_eq!(
        space,
        r#"{"text":"\n\n","ents":[],"sents":[{"start":0,"end":2}],"tokens":[{"id":0,"start":0,"end":2,"tag":"_SP","pos":"SPACE","morph":"","lemma":"\n\n","dep":"dep","head":0}]}"#
    );
}

#[test]
fn threads_share_a_pipeline() {
    let texts = ["Rebels shelled the mill at dawn.", "Two drones fell into the lake, officials said."];
    let expected = texts.map(|t| nlp().parse(t).tokens().map(|t| t.dep().to_owned()).collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (text, expected) in texts.iter().zip(&expected) {
                    let found: Vec<_> = nlp().parse(text).tokens().map(|t| t.dep().to_owned()).collect();
                    assert_eq!(&found, expected);
                }
            });
        }
    });
}

#[test]
fn a_file_that_is_no_model_is_refused() {
    let error = Pipeline::from_bytes(b"no model".as_slice()).err().unwrap();
    assert_eq!(error.to_string(), "the model cannot be used");
    let error = Pipeline::from_file("no/such.model").err().unwrap();
    assert_eq!(error.to_string(), "cannot read the model no/such.model");
}
