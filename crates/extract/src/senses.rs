//! What a noun mostly names, by WordNet (`data/wordnet/nouns.fst`): for words that no list of ours holds.
use std::sync::LazyLock;

/// Kinds of things, in the order of `cargo xtask senses`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Animal,
    Structure,
    Vehicle,
    Weapon,
}

const KINDS: [(&str, Kind); 5] = [
    ("person", Kind::Person),
    ("animal", Kind::Animal),
    ("structure", Kind::Structure),
    ("vehicle", Kind::Vehicle),
    ("weapon", Kind::Weapon),
];

static NOUNS: LazyLock<fst::Map<&'static [u8]>> = LazyLock::new(|| {
    fst::Map::new(&include_bytes!("../../../data/wordnet/nouns.fst")[..]).expect("data/wordnet/nouns.fst is whole")
});

/// The kind of a common noun (its lemma, in lower case); none where its senses are of several kinds, or of others.
pub(crate) fn kind_of(lemma: &str) -> Option<Kind> {
    KINDS.get(NOUNS.get(lemma)? as usize).map(|(_, kind)| *kind)
}

/// The kind of a noun as it stands: "Jesuits", of which the parser leaves the plural, are persons.
pub(crate) fn kind_of_token(token: variorum_syntax::Token<'_>) -> Option<Kind> {
    let lemma = token.lemma().to_lowercase();
    let stem = lemma.strip_suffix('s').filter(|_| token.tag() == "NNPS");
    kind_of(&lemma).or_else(|| kind_of(stem?))
}

/// The kind of that name.
pub(crate) fn named(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_the_kind_that_most_of_their_use_has() {
        for (noun, kind) in [
            ("mason", Some(Kind::Person)),
            ("beekeeper", Some(Kind::Person)),
            ("goat", Some(Kind::Animal)),
            ("mill", Some(Kind::Structure)),
            ("lorry", Some(Kind::Vehicle)),
            ("idea", None),
            ("zzz", None),
        ] {
            assert_eq!(kind_of(noun), kind, "{noun}");
        }
    }
}
