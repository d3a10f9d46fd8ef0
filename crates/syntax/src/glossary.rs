//! What labels stand for.

use std::collections::HashMap;
use std::sync::LazyLock;

static GLOSSARY: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../../data/syntax/glossary.toml");
    // The file is checked by a test; without it there is nothing to explain.
    let sections: HashMap<String, HashMap<String, String>> = toml::from_str(text).unwrap_or_default();
    let mut all = HashMap::new();
    for section in ["ent", "dep", "pos", "tag"] {
        all.extend(sections.get(section).into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
    }
    all
});

/// What a tag, part of speech, dependency label or entity label stands for.
///
/// ```
/// assert_eq!(variorum_syntax::explain("nsubjpass"), Some("subject of a passive verb"));
/// assert_eq!(variorum_syntax::explain("NORP"), Some("nationality, religion or political group"));
/// assert_eq!(variorum_syntax::explain("shell"), None);
/// ```
pub fn explain(label: &str) -> Option<&'static str> {
    GLOSSARY.get(label).map(String::as_str)
}
