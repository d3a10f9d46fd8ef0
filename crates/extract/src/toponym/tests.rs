use super::*;
use crate::testing::reading;

/// A sentence without its marks, and the byte ranges that stood between `open` and `close`.
fn unmark(marked: &str, open: char, close: char) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        if c == open {
            start = text.len();
        } else if c == close {
            spans.push(Span::new(start, text.len()));
        } else {
            text.push(c);
        }
    }
    (text, spans)
}

/// Every list of `data/toponym/lexicon.toml` finds what stands in its brackets and leaves what stands in its braces.
#[test]
fn the_lexicon_holds_its_own_examples() {
    let finder = ToponymFinder::load().unwrap();
    let mut failures = Vec::new();
    let mut n_examples = 0;
    for list in lexicon::read().unwrap().list {
        for marked in &list.test {
            let (text, wanted) = unmark(marked, '[', ']');
            let found: Vec<Span> = finder.find(&reading(&text)).iter().map(|m| m.toponym.quote.span).collect();
            n_examples += 1;
            if wanted.is_empty() || !wanted.iter().all(|w| found.contains(w)) {
                failures.push(format!("{}: test {marked:?} finds {:?}", list.id, words(&found, &text)));
            }
        }
        for marked in &list.allows {
            let (text, barred) = unmark(marked, '{', '}');
            let found: Vec<Span> = finder.find(&reading(&text)).iter().map(|m| m.toponym.quote.span).collect();
            n_examples += 1;
            if barred.is_empty() || barred.iter().any(|b| found.contains(b)) {
                failures.push(format!("{}: allows {marked:?} finds {:?}", list.id, words(&found, &text)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(n_examples > 10, "only {n_examples} examples");
}

fn words<'t>(spans: &[Span], text: &'t str) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(text)).collect()
}
