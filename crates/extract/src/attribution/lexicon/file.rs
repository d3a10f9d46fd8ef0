//! The lexicon's files as they are written. Unknown fields are errors.
use super::{CueClass, Idiom, PhraseGroup, set};
use serde::Deserialize;
use std::collections::HashSet;
use variorum_model::Stance;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerbFile {
    pub(super) goes_on: Words,
    pub(super) named: Words,
    pub(super) issuing: RawIssuing,
    pub(super) governors: Vec<RawGovernors>,
    pub(super) verbs: Vec<RawVerbs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIssuing {
    pub(super) verbs: String,
    pub(super) documents: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGovernors {
    pub(super) words: String,
    pub(super) negates: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawVerbs {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) frames: Vec<toml::Spanned<String>>,
    #[serde(default)]
    pub(super) raises: bool,
    #[serde(default)]
    pub(super) only_negated: bool,
    #[serde(default)]
    pub(super) things: bool,
    #[serde(default)]
    pub(super) not_objects: String,
    #[serde(default)]
    pub(super) objects: String,
    pub(super) words: String,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounFile {
    pub(super) light: RawLight,
    pub(super) nouns: Vec<RawNouns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLight {
    pub(super) verbs: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawNouns {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) frames: Vec<String>,
    pub(super) words: String,
    #[serde(default)]
    pub(super) not_under: String,
    #[serde(default)]
    pub(super) heeded: String,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

impl RawNouns {
    pub(super) fn has(&self, frame: &str) -> bool {
        self.frames.iter().any(|f| f == frame)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseFile {
    pub(super) behind: Words,
    pub(super) cited: Words,
    pub(super) not_speakers: Words,
    pub(super) not_voices: Words,
    pub(super) phrases: Vec<RawPhrases>,
    pub(super) adverbs: Vec<RawWords>,
    pub(super) modifiers: Vec<RawWords>,
    pub(super) idioms: Vec<RawIdioms>,
    pub(super) adjectives: Vec<RawAdjectives>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawPhrases {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) words: Vec<String>,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawWords {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) words: String,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawIdioms {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) verbs: String,
    pub(super) nouns: String,
    pub(super) prepositions: String,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

impl RawIdioms {
    pub(super) fn compile(self) -> Idiom {
        let phrase = PhraseGroup { id: self.id, class: self.class, stance: self.stance };
        Idiom { phrase, nouns: set(&self.nouns), prepositions: set(&self.prepositions) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct RawAdjectives {
    pub(super) id: String,
    pub(super) class: CueClass,
    pub(super) stance: Stance,
    pub(super) words: String,
    pub(super) prepositions: String,
    pub(super) test: Vec<String>,
    pub(super) allows: Vec<String>,
}

impl RawAdjectives {
    pub(super) fn compile(self) -> Idiom {
        let phrase = PhraseGroup { id: self.id, class: self.class, stance: self.stance };
        Idiom { phrase, nouns: HashSet::new(), prepositions: set(&self.prepositions) }
    }
}
