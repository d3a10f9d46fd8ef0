//! How much a word says about which happening a text tells of.
use crate::LoadError;
use crate::weights::Terms;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// States with their demonyms and the like: reports of one war all name them.
const STATES: &str = include_str!("../../../data/actors/states.tsv");
const COMMON: &str = include_str!("../../../data/link/common.toml");
static FREQUENCIES: &[u8] = include_bytes!("../../../data/link/frequency.fst");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonFile {
    words: String,
    locative: String,
    streets: String,
    pronouns: String,
}

/// A word that stands for somebody without a name: whom another report means by it is not known.
pub(crate) fn is_pronoun(name: &str) -> bool {
    static PRONOUNS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let file: CommonFile = toml::from_str(COMMON).unwrap_or_else(|e| panic!("data/link/common.toml: {e}"));
        file.pronouns.split_whitespace().map(str::to_owned).collect()
    });
    PRONOUNS.contains(&name.to_lowercase())
}

/// Rarity of words: a fixed table rather than counts over the ledger, so that a report more never changes how two others
/// compare.
pub(crate) struct Vocabulary {
    rarity: fst::Map<&'static [u8]>,
    common: HashSet<String>,
    states: HashSet<String>,
    locative: HashSet<String>,
    streets: HashSet<String>,
    floor: f32,
    cap: f32,
    number: f32,
}

impl Vocabulary {
    pub fn load(terms: &Terms) -> Result<Self, LoadError> {
        let name = "data/link/common.toml";
        let file: CommonFile = toml::from_str(COMMON).map_err(|error| LoadError::at(name, COMMON, &error))?;
        let rarity = fst::Map::new(FREQUENCIES).map_err(|e| LoadError(format!("data/link/frequency.fst: {e}")))?;
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        let (common, locative, streets) = (set(&file.words), set(&file.locative), set(&file.streets));
        let states = states(STATES).collect();
        Ok(Vocabulary {
            rarity,
            common,
            states,
            locative,
            streets,
            floor: terms.floor,
            cap: terms.cap,
            number: terms.number,
        })
    }

    /// What a lower-case word weighs: 0 for a word that says nothing.
    pub fn weight(&self, word: &str) -> f32 {
        if word.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
            return self.number;
        }
        if self.common.contains(word) {
            return 0.0;
        }
        match self.rarity.get(word) {
            Some(tenths) => (tenths as f32 / 10.0 - self.floor).clamp(0.0, self.cap),
            None => self.cap,
        }
    }

    /// A word that is in no list: a name, or a misspelling.
    pub fn is_unknown(&self, word: &str) -> bool {
        !self.common.contains(word) && self.rarity.get(word).is_none()
    }

    /// A preposition after which a name is a place's.
    pub fn is_locative(&self, word: &str) -> bool {
        self.locative.contains(word)
    }

    /// The name of a street or of a part of a town.
    pub fn is_street(&self, name: &str) -> bool {
        let last = name.split_whitespace().next_back().unwrap_or("").trim_end_matches('.');
        self.streets.contains(&last.to_lowercase())
    }

    /// A word of the name of a state, or its demonym.
    pub fn is_state(&self, word: &str) -> bool {
        self.states.contains(word)
    }

    /// A word that reports share whatever they are about.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }
}

/// Lower-case words, of four and more letters, of the names and demonyms of states.
fn states(table: &str) -> impl Iterator<Item = String> + '_ {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let names = rows.flat_map(|row| row.split('\t').skip(3).take(2)).flat_map(|cell| cell.split(';'));
    names
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
        .filter(|w| w.chars().count() > 3)
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{SOURCE, Weights};

    #[test]
    fn names_weigh_more_than_words_and_police_words_nothing() {
        let vocabulary = Vocabulary::load(&Weights::parse(SOURCE, "w").unwrap().terms).unwrap();
        let weight = |word| vocabulary.weight(word);
        assert_eq!(weight("the"), 0.0);
        assert_eq!(weight("police"), 0.0);
        assert_eq!(weight("stepnograd"), 9.0);
        assert!(weight("playpen") > weight("kitchen") && weight("kitchen") > 0.0);
        assert_eq!(weight("847"), 5.0);
        assert!(
            vocabulary.is_street("Weir Lane") && vocabulary.is_street("Tanner St.") && !vocabulary.is_street("Orlec")
        );
    }
}
