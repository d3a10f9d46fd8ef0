//! What a reader sees of byline and dates.
use super::{attribute, names, words};
use crate::{layout, published};
use dom_query::NodeRef;
use variorum_model::{Basis, Published};

/// Longest element that can be a byline or a date, in bytes.
const LONGEST: usize = 200;
/// Elements that are looked at under one selector.
const MOST: usize = 4;

/// Elements of a field, the best first; of those that [`names::labelled`] gives.
pub(super) fn elements<'d>(labelled: &[NodeRef<'d>], field: &'static str) -> impl Iterator<Item = NodeRef<'d>> {
    names::visible(field).iter().flat_map(|m| labelled.iter().filter(|node| node.is_match(m)).take(MOST)).copied()
}

/// The byline as printed, without its "By".
pub(super) fn byline(labelled: &[NodeRef<'_>]) -> String {
    elements(labelled, "byline")
        .map(|node| match attribute(&node, "content") {
            content if !content.is_empty() => content,
            _ => words(&node),
        })
        .filter(|words| words.len() <= LONGEST)
        .map(|words| tidy_byline(&words))
        .find(|name| is_name(name))
        .unwrap_or_default()
}

/// Takes away what stands around names.
pub(super) fn tidy_byline(words: &str) -> String {
    let words = words.trim();
    let words = names::without_label(words);
    // A date or an address behind the names ends them.
    let end = words
        .find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '@' | '(' | '\n' | ';'))
        .unwrap_or(words.len());
    let end = words[..end].find(" - ").or(words[..end].find(" – ")).unwrap_or(end);
    words[..end].trim().trim_end_matches([',', ':', '-', '–', '—', '/']).trim().to_owned()
}

fn is_name(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    (1..=16).contains(&n_words) && name.chars().any(char::is_alphabetic) && !name.contains("://")
}

/// The date of publication, of what a reader or a browser sees.
pub(super) fn published(labelled: &[NodeRef<'_>]) -> Option<Published> {
    date(labelled, "published")
}

/// The date of the last change.
pub(super) fn updated(labelled: &[NodeRef<'_>]) -> Option<Published> {
    date(labelled, "updated")
}

fn date(labelled: &[NodeRef<'_>], field: &'static str) -> Option<Published> {
    elements(labelled, field).find_map(|node| date_of(&node))
}

/// The date of one element: of its attributes, else of its words.
pub(super) fn date_of(node: &NodeRef<'_>) -> Option<Published> {
    for name in ["datetime", "content", "title", "data-date", "data-time", "data-timestamp"] {
        if let Some(found) = published::lenient(&attribute(node, name), Basis::Page) {
            return Some(found);
        }
    }
    let words = words(node);
    (words.len() <= LONGEST).then(|| layout::date_in_line(&words)).flatten()
}
