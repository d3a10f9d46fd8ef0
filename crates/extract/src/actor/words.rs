//! Word lists of the actors, from `data/actors/words.toml`.
use crate::LoadError;
use serde::Deserialize;
use std::sync::OnceLock;
use variorum_syntax::Token;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Words {
    pub attitudes: Vec<String>,
    pub backing: Vec<String>,
    pub capital_locatives: Vec<String>,
    pub state_locatives: Vec<String>,
    pub sorts: Vec<String>,
    pub office_endings: Vec<String>,
    pub no_office: Vec<String>,
    pub demonym_endings: Vec<String>,
    pub sovereign: Vec<String>,
    pub rivals: Vec<String>,
    pub partitives: Vec<String>,
    pub called_after: Vec<String>,
    pub states: Vec<String>,
    pub authorities: Vec<String>,
    pub parties: Vec<String>,
    pub lands: Vec<String>,
    pub neighbouring: Vec<String>,
    pub own_names: Vec<String>,
    pub both: Vec<String>,
    pub reciprocal: Vec<(String, String)>,
    pub vague: Vec<String>,
    pub accusing: Vec<String>,
    pub male: Vec<String>,
    pub female: Vec<String>,
    pub nameless: Vec<String>,
}

impl Words {
    /// Reads the built-in lists, once in the life of a program.
    pub fn built_in() -> Result<&'static Words, LoadError> {
        static WORDS: OnceLock<Result<Words, String>> = OnceLock::new();
        let read = || {
            toml::from_str(include_str!("../../../../data/actors/words.toml"))
                .map_err(|e| format!("data/actors/words.toml: {e}"))
        };
        WORDS.get_or_init(read).as_ref().map_err(|e| LoadError(e.clone()))
    }

    /// Nouns for people in office, by their endings and by name.
    pub fn is_office(&self, token: Token<'_>) -> bool {
        let word = token.lemma().to_lowercase();
        token.pos() != "VERB"
            && self.office_endings.iter().any(|e| word.ends_with(e))
            && !self.no_office.contains(&word)
    }

    /// "Each other", "one another", by the head of either.
    pub fn is_reciprocal(&self, token: Token<'_>) -> bool {
        self.reciprocal.iter().any(|(first, second)| {
            token.is(second) && token.nbor(-1).is_some_and(|t| t.is(first))
                || token.is(first) && token.nbor(1).is_some_and(|t| t.is(second))
        })
    }
}

/// True when the token is one of the words.
pub(crate) fn is_in(words: &[String], token: Token<'_>) -> bool {
    words.iter().any(|w| token.is(w))
}
