//! Words by which sources contest each other's accounts: `data/link/disputes.toml`.
use crate::LoadError;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::HashSet;

const SOURCE: &str = include_str!("../../../../data/link/disputes.toml");

/// What a phrase says about the account it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Means {
    /// What was done was aimed at military targets alone.
    MilitaryTargetsOnly,
    /// A name that defends what was done.
    Defends,
    /// A name that condemns it.
    Condemns,
    /// What an agreement provides for.
    Terms,
    /// Anger at an accusation, and no word on whether it is so.
    Protests,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    means: Means,
    phrases: Vec<String>,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    possessives: String,
    offices: String,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

/// A phrase: words in lower case, the last letters of which may be left open.
type Phrase = Vec<String>;

/// The words, ready for use.
pub(crate) struct DisputeWords {
    possessives: HashSet<String>,
    offices: HashSet<String>,
    rules: Vec<Phrases>,
}

/// What means one thing.
struct Phrases {
    means: Means,
    phrases: Vec<Phrase>,
    /// The longest word of each phrase, in any case: most texts have none of them.
    words: AhoCorasick,
}

impl DisputeWords {
    pub fn load() -> Result<Self, LoadError> {
        let name = "data/link/disputes.toml";
        let file: File = toml::from_str(SOURCE).map_err(|error| LoadError::at(name, SOURCE, &error))?;
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        let phrase = |p: &String| words_of(p).into_iter().map(|(_, word, _)| word).collect();
        let mut rules = Vec::new();
        for rule in &file.rules {
            if rule.examples.is_empty() || rule.near_misses.is_empty() {
                return Err(LoadError(format!("{name}: {:?} has no examples or no near misses", rule.id)));
            }
            let phrases: Vec<Phrase> = rule.phrases.iter().map(phrase).collect();
            let longest = |p: &Phrase| p.iter().max_by_key(|w| w.len()).map(|w| w.trim_end_matches('*').to_owned());
            let words = AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(phrases.iter().filter_map(longest))
                .map_err(|error| LoadError(format!("{name}: {error}")))?;
            rules.push(Phrases { means: rule.means, phrases, words });
        }
        Ok(DisputeWords { possessives: set(&file.possessives), offices: set(&file.offices), rules })
    }

    /// "His army".
    pub fn is_possessed(&self, name: &str) -> bool {
        name.split_whitespace().next().is_some_and(|w| self.possessives.contains(&w.to_lowercase()))
    }

    /// "Prime", "minister", "col".
    pub fn is_office(&self, word: &str) -> bool {
        self.offices.contains(&word.to_lowercase())
    }

    /// The first words of this meaning in a text, as they stand there, with their byte offset.
    pub fn find<'t>(&self, text: &'t str, means: Means) -> Option<(usize, &'t str)> {
        let rules = || self.rules.iter().filter(|rule| rule.means == means);
        if !rules().any(|rule| rule.words.is_match(text)) {
            return None;
        }
        let words = words_of(text);
        let phrases = || rules().flat_map(|rule| &rule.phrases);
        (0..words.len()).find_map(|at| {
            let longest = phrases().filter(|phrase| stands(&words[at..], phrase)).map(Vec::len).max()?;
            let (start, last) = (words[at].0, &words[at + longest - 1]);
            Some((start, text.get(start..last.0 + last.2)?))
        })
    }
}

fn stands(words: &[Word], phrase: &Phrase) -> bool {
    phrase.len() <= words.len()
        && phrase.iter().zip(words).all(|(wanted, (_, word, _))| match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == wanted,
        })
}

/// Byte offset, lower-case form, length in the text.
type Word = (usize, String, usize);

/// Words with inner hyphens; the `*` of a phrase counts as a letter.
fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '*')) {
        let start = at;
        at = start + part.len() + text[start + part.len()..].chars().next().map_or(0, char::len_utf8);
        if !part.is_empty() {
            words.push((start, part.to_lowercase(), part.len()));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_finds_its_examples_and_none_of_its_near_misses() {
        let words = DisputeWords::load().unwrap();
        let file: File = toml::from_str(SOURCE).unwrap();
        for rule in file.rules {
            for text in &rule.examples {
                assert!(words.find(text, rule.means).is_some(), "{}: {text}", rule.id);
            }
            for text in &rule.near_misses {
                assert_eq!(words.find(text, rule.means), None, "{}: {text}", rule.id);
            }
        }
    }

    #[test]
    fn a_phrase_is_found_as_it_stands_in_the_text() {
        let words = DisputeWords::load().unwrap();
        let text = "Łukan said: “Counter-terrorist measures”.";
        assert_eq!(words.find(text, Means::Defends).map(|(_, found)| found), Some("Counter-terrorist"));
        assert!(words.is_possessed("Its forces") && !words.is_possessed("Itsy Bay"));
    }
}
