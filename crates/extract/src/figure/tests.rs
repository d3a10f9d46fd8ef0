//! The examples of the data files, and what they do not say.
use super::*;
use serde::Deserialize;
use variorum_model::{Bound, Report, Scope};
use variorum_syntax::Pipeline;

pub(super) fn reading(pipeline: &Pipeline, text: &str) -> Reading {
    Reading::new(pipeline, Report { text: text.to_owned(), ..Report::default() })
}

fn number(v: Option<f64>) -> String {
    v.map(|v| v.to_string()).unwrap_or_default()
}

/// `killed people 12 at-least`, as the data files write what they expect.
pub(super) fn describe(mention: &FigureMention) -> String {
    let f = &mention.figure;
    let mut words = vec![f.measure.clone(), f.category.clone()];
    words.push(match f.value {
        Some(v) => v.to_string(),
        None => format!("{}..{}", number(f.min), number(f.max)),
    });
    match f.bound {
        Bound::Exactly => {}
        bound => words.push(serde_json::to_value(bound).unwrap().as_str().unwrap().to_owned()),
    }
    match f.scope {
        Scope::Day => words.push("day".to_owned()),
        Scope::Campaign => words.push("campaign".to_owned()),
        _ => {}
    }
    if mention.background {
        words.push("background".to_owned());
    }
    words.join(" ")
}

/// Every entry of every table of a data file, with its examples.
#[derive(Deserialize)]
struct Examples {
    id: String,
    test: Vec<String>,
    allows: Vec<String>,
}

fn examples() -> Vec<Examples> {
    let tables = lexicon::FILES.iter().flat_map(|(name, text)| {
        let file: std::collections::BTreeMap<String, Vec<Examples>> =
            toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        file.into_values().flatten()
    });
    tables.collect()
}

#[test]
fn every_entry_does_what_its_examples_say_and_nothing_in_its_near_misses() {
    let pipeline = Pipeline::load().unwrap();
    let finder = FigureFinder::load().unwrap();
    let mut wrong = Vec::new();
    let mut n = 0;
    for entry in examples() {
        assert!(!entry.test.is_empty() && !entry.allows.is_empty(), "{} has no examples", entry.id);
        for example in entry.test.iter().chain(&entry.allows) {
            let (text, expected) = example.split_once(" => ").unwrap_or((example, ""));
            let found: Vec<String> = finder.find(&reading(&pipeline, text)).iter().map(describe).collect();
            n += 1;
            if found.join("; ") != expected {
                wrong.push(format!("{}: {text}\n    expected {expected}\n    found    {}", entry.id, found.join("; ")));
            }
        }
    }
    assert!(n > 150);
    assert!(wrong.is_empty(), "{} of {n} examples:\n{}", wrong.len(), wrong.join("\n"));
}
