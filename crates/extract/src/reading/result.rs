//! What became of somebody, told before him (`data/syntax/results.toml`): "shot dead nine porters".
use crate::LoadError;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;
use variorum_syntax::{Doc, Token};

const FILE: (&str, &str) = ("data/syntax/results.toml", include_str!("../../../../data/syntax/results.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: String,
    openers: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    test: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    allows: Vec<String>,
}

struct Words {
    results: HashSet<String>,
    openers: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file = File::read().expect("data/syntax/results.toml is whole");
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    Words { results: set(&file.words), openers: set(&file.openers) }
});

impl File {
    fn read() -> Result<Self, LoadError> {
        toml::from_str(FILE.1).map_err(|e| LoadError(format!("{}: {e}", FILE.0)))
    }
}

/// Hangs such a word on its verb, and makes the noun behind the verb's object, where the parser hung the one on the other or took both
/// for objects.
pub(super) fn mend(doc: Doc) -> Doc {
    let hung = |result: Token<'_>| {
        let (verb, opener) = (result.nbor(-1)?, result.nbor(1)?);
        let known = verb.pos() == "VERB" && WORDS.results.contains(&result.text().to_lowercase());
        let opens = known && opener.sent_index() == result.sent_index() && WORDS.openers.contains(opener.tag());
        let noun = if opener.head().i() > opener.i() { opener.head() } else { opener };
        let misread = noun.head() == verb && (result.head() == noun || result.head() == verb);
        (opens && misread).then_some([(result.i(), verb.i(), "oprd"), (noun.i(), verb.i(), "dobj")])
    };
    let arcs: Vec<_> = (0..doc.len()).filter_map(|i| hung(doc.token(i))).flatten().collect();
    if arcs.is_empty() { doc } else { doc.rehung(&arcs) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_syntax::Pipeline;

    #[test]
    fn examples_hang_together_and_near_misses_stay() {
        let (file, pipeline) = (File::read().unwrap(), Pipeline::load().unwrap());
        let results = |text: &str| {
            let doc = mend(pipeline.parse(text));
            let found = (0..doc.len()).map(|i| doc.token(i)).filter(|t| t.dep() == "oprd");
            found.map(|t| format!("{} {}", t.head().text(), t.text())).collect::<Vec<_>>().join(", ")
        };
        for example in &file.test {
            let (text, expected) = example.split_once(" => ").unwrap();
            assert_eq!(results(text), expected, "{text}");
        }
        for text in &file.allows {
            let before = pipeline.parse(text);
            let heads = |doc: &Doc| (0..doc.len()).map(|i| doc.token(i).head().i()).collect::<Vec<_>>();
            assert_eq!(heads(&mend(before.clone())), heads(&before), "{text}");
        }
    }
}
