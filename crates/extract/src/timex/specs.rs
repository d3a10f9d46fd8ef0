//! Runs the examples and near misses that the rules carry.
use super::rule::{FILES, RuleFile};
use super::*;
use crate::Reading;
use std::sync::LazyLock;
use variorum_model::{Published, Report};
use variorum_syntax::Pipeline;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().unwrap());

/// Wednesday, the day on which all examples without another one were published.
const TODAY: &str = "2023-09-20";

pub(super) fn find(published: Option<&str>, text: &str) -> Vec<TimexMention> {
    let value = published.map(str::to_owned);
    let report =
        Report { text: text.to_owned(), published: Published { value, ..Published::default() }, ..Report::default() };
    TimexFinder::load().unwrap().find(&Reading::new(&PIPELINE, report))
}

/// `2023-09-20 | Words with a [mention] in brackets. => 2023-09`
struct Spec<'s> {
    published: Option<&'s str>,
    text: String,
    /// Bytes and values of the bracketed mentions.
    wanted: Vec<(Span, &'s str)>,
}

fn spec(source: &str) -> Spec<'_> {
    let (published, rest) = match source.split_once(" | ") {
        Some(("-", rest)) => (None, rest),
        Some((day, rest)) => (Some(day), rest),
        None => (Some(TODAY), source),
    };
    let (marked, values) = rest.rsplit_once(" => ").unwrap_or((rest, ""));
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' => start = text.len(),
            ']' => spans.push(Span::new(start, text.len())),
            _ => text.push(c),
        }
    }
    let values: Vec<&str> = values.split("; ").filter(|v| !v.is_empty()).collect();
    assert_eq!(spans.len(), values.len(), "as many brackets as values: {source}");
    Spec { published, text, wanted: spans.into_iter().zip(values).collect() }
}

#[test]
fn every_rule_finds_its_examples_and_leaves_its_near_misses() {
    let mut failures = Vec::new();
    for entry in FILES.iter().flat_map(|f| f.parse::<RuleFile>().unwrap().rule) {
        let id = entry.id.get_ref();
        if entry.test.is_empty() && entry.allows.is_empty() {
            failures.push(format!("{id}: no example"));
        }
        for source in &entry.test {
            let spec = spec(source);
            let found = find(spec.published, &spec.text);
            for (span, value) in spec.wanted {
                if !found.iter().any(|m| m.timex.quote.span == span && m.timex.value == value) {
                    failures.push(format!("{id}: {source}\n    found {}", show(&found)));
                }
            }
        }
        for text in &entry.allows {
            let found = find(Some(TODAY), text);
            if found.iter().any(|m| m.rule == id) {
                failures.push(format!("{id}: fires in: {text}\n    found {}", show(&found)));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

fn show(found: &[TimexMention]) -> String {
    let each = |m: &TimexMention| format!("[{}] => {} by {}", m.timex.quote.text, m.timex.value, m.rule);
    found.iter().map(each).collect::<Vec<_>>().join(", ")
}
