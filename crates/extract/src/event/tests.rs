//! The lexicon's own examples, and constructions that no single entry shows.
use super::*;
use crate::Reading;
use std::sync::LazyLock;
use variorum_model::Report;
use variorum_syntax::Pipeline;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().expect("the syntax pipeline"));
static FINDER: LazyLock<EventFinder> = LazyLock::new(|| EventFinder::load().unwrap_or_else(|e| panic!("{e}")));

fn reading(text: &str) -> Reading {
    Reading::new(&PIPELINE, Report { text: text.to_owned(), ..Report::default() })
}

fn words(reading: &Reading, tokens: &[usize]) -> Vec<String> {
    tokens.iter().map(|&t| reading.doc.token(t).text().to_owned()).collect()
}

/// Checks one `sentence => key=value …` line against what is found; the complaint if it does not hold.
fn check(line: &str, rule: &str) -> Result<(), String> {
    let (text, wanted) = line.split_once(" => ").unwrap_or((line, ""));
    let reading = reading(text);
    let found = FINDER.find(&reading);
    let right = |event: &EventMention| {
        wanted.split_whitespace().all(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let names = |tokens: &[usize]| {
                let words = words(&reading, tokens);
                value.split(',').all(|v| words.iter().any(|w| w == v))
            };
            match key {
                "type" => event.kind == value,
                "agent" => names(&event.agents),
                "patient" => names(&event.patients),
                "place" => names(&event.places),
                "polarity" => serde_json::to_value(event.polarity).is_ok_and(|v| v == value),
                "background" => event.background.to_string() == value,
                _ => panic!("no such key in an example: {pair}"),
            }
        })
    };
    let by_rule = wanted.contains("type=") || found.iter().any(|e| e.rule == rule);
    if by_rule && found.iter().any(right) {
        Ok(())
    } else {
        Err(format!("{line}\n    found {}", show(&reading, &found)))
    }
}

fn show(reading: &Reading, events: &[EventMention]) -> String {
    let shown = events.iter().map(|e| {
        format!(
            "{} [{}] {:?} agents {:?} patients {:?} places {:?}{}",
            e.kind,
            reading.doc.slice(e.extent.clone()).text(),
            e.polarity,
            words(reading, &e.agents),
            words(reading, &e.patients),
            words(reading, &e.places),
            if e.background { " background" } else { "" }
        )
    });
    shown.collect::<Vec<_>>().join("\n          ")
}

#[test]
fn every_entry_finds_its_examples_and_leaves_its_near_misses() {
    let mut complaints = Vec::new();
    for (path, entry) in lexicon::entries_with_examples() {
        let id = entry.id.get_ref();
        for line in &entry.test {
            if let Err(complaint) = check(line, id) {
                complaints.push(format!("{path} {id}: {complaint}"));
            }
        }
        for line in &entry.allows {
            let reading = reading(line);
            let found = FINDER.find(&reading);
            if found.iter().any(|e| e.rule == *id) {
                complaints.push(format!("{path} {id}: should leave {line}\n    found {}", show(&reading, &found)));
            }
        }
    }
    for entry in lexicon::retypes_with_examples() {
        for line in entry.test.iter().chain(&entry.allows) {
            if let Err(complaint) = check(line, &entry.id) {
                complaints.push(format!("{}: {complaint}", entry.id));
            }
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
