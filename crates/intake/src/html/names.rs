//! The lists of `data/intake/page.toml`: where a page says what it is.
use super::tree::Item;
use aho_corasick::AhoCorasick;
use dom_query::{Matcher, NodeRef};
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    article_types: Vec<String>,
    byline_labels: Vec<String>,
    meta: HashMap<String, Vec<String>>,
    visible: HashMap<String, Vec<String>>,
    entries: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/intake/page.toml"))
        .unwrap_or_else(|e| panic!("data/intake/page.toml: {e}"))
});

static SELECTORS: LazyLock<HashMap<&'static str, Vec<Matcher>>> = LazyLock::new(|| {
    let compile = |s: &String| Matcher::new(s).unwrap_or_else(|_| panic!("data/intake/page.toml: bad selector {s}"));
    FILE.visible.iter().map(|(field, list)| (field.as_str(), list.iter().map(compile).collect())).collect()
});

static ENTRIES: LazyLock<Matcher> = LazyLock::new(|| {
    Matcher::new(&FILE.entries.join(", ")).unwrap_or_else(|_| panic!("data/intake/page.toml: bad selector of entries"))
});

/// What an element must have for any of the selectors to match it: far fewer do than there are elements.
static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let piece = Regex::new(r#"(^[a-z0-9]+)|\.([\w-]+)|\[([\w-]+)(?:[~*$^|]?=([\w-]+))?\]"#).expect("checked");
    let (mut labels, mut needles) = (Labels::default(), Vec::new());
    for selector in FILE.visible.values().flatten().chain(&FILE.entries) {
        let last = selector.rsplit(' ').next().unwrap_or(selector);
        let pieces: Vec<regex::Captures<'_>> = piece.captures_iter(last).collect();
        let group = |n: usize| pieces.iter().find_map(|p| p.get(n)).map(|m| m.as_str().to_owned());
        match (group(2).or(group(4)), group(3), group(1)) {
            (Some(value), ..) => needles.push(value),
            (_, Some(attribute), _) => labels.attributes.push(attribute),
            (_, _, name) => labels.elements.extend(name),
        }
    }
    labels.values = AhoCorasick::builder().ascii_case_insensitive(true).build(needles).ok();
    labels
});

#[derive(Default)]
struct Labels {
    elements: Vec<String>,
    attributes: Vec<String>,
    /// Finds parts of attributes.
    values: Option<AhoCorasick>,
}

/// The elements that a selector of this file may match, in the order of the page.
pub(super) fn labelled<'d>(outline: &[Item<'d>]) -> Vec<NodeRef<'d>> {
    let labels = &*LABELS;
    let says = |value: &str| labels.values.as_ref().is_none_or(|values| values.is_match(value));
    let has_label = |item: &&Item<'d>| {
        labels.elements.contains(&item.name)
            || item.node.element_ref().is_some_and(|element| {
                element.attrs.iter().any(|a| labels.attributes.iter().any(|w| **w == *a.name.local) || says(&a.value))
            })
    };
    outline.iter().filter(has_label).map(|item| item.node).collect()
}

/// Rank of a type of schema.org among those of articles; none for what is no article.
pub(super) fn article_rank(name: &str) -> Option<usize> {
    let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
    FILE.article_types.iter().position(|t| t == name)
}

/// A byline without what stands before the names.
pub(super) fn without_label(words: &str) -> &str {
    let label = FILE.byline_labels.iter().find(|label| {
        let rest = words.get(label.len()..).filter(|_| words[..label.len()].eq_ignore_ascii_case(label));
        rest.is_some_and(|r| label.ends_with(':') || r.starts_with([' ', ':']) || r.is_empty())
    });
    label.map_or(words, |label| words[label.len()..].trim_start_matches([' ', ':']))
}

/// Names of the meta elements of a field, best first.
pub(super) fn meta(field: &str) -> &'static [String] {
    FILE.meta.get(field).map_or(&[], Vec::as_slice)
}

/// Selectors of what a reader sees of a field, best first.
pub(super) fn visible(field: &str) -> &'static [Matcher] {
    SELECTORS.get(field).map_or(&[], Vec::as_slice)
}

/// Elements that may be entries of a live blog.
pub(super) fn entries() -> &'static Matcher {
    &ENTRIES
}

#[cfg(test)]
mod tests {
    /// The shortcut over labelled elements finds what a search of the whole page finds.
    #[test]
    fn whatever_a_selector_matches_is_labelled() {
        let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
        let mut matched = 0;
        for page in std::fs::read_dir(pages).unwrap() {
            let html = std::fs::read_to_string(page.unwrap().path()).unwrap();
            let doc = dom_query::Document::from(html);
            let outline = super::super::tree::outline(&doc, &crate::Options::default()).unwrap();
            let labelled: Vec<_> = super::labelled(&outline).iter().map(|node| node.id).collect();
            let fields = ["headline", "byline", "published", "updated"].into_iter();
            for matcher in fields.flat_map(super::visible).chain([super::entries()]) {
                for node in doc.select_matcher(matcher).nodes() {
                    assert!(labelled.contains(&node.id), "{}", node.html());
                    matched += 1;
                }
            }
            assert!(
                labelled.len() * 3 < outline.len() || outline.len() < 60,
                "{} of {}",
                labelled.len(),
                outline.len()
            );
        }
        assert!(matched > 20, "{matched}");
    }

    #[test]
    fn the_lists_are_there() {
        for field in ["title", "byline", "publisher", "published", "updated", "language", "url"] {
            assert!(!super::meta(field).is_empty(), "{field}");
        }
        for field in ["headline", "byline", "published", "updated"] {
            assert!(!super::visible(field).is_empty(), "{field}");
        }
        assert_eq!(super::article_rank("https://schema.org/NewsArticle"), Some(0));
        super::entries();
    }
}
