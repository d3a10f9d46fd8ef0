//! Word lists of the assembly, from `data/claim/words.toml`.
use crate::LoadError;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub ground: Vec<String>,
    pub near: Vec<String>,
    pub near_of: Vec<String>,
    pub participant: Vec<String>,
    pub addressed: Vec<String>,
    pub documents: Vec<String>,
    pub authored: Vec<String>,
}

impl Words {
    pub fn built_in() -> Result<Self, LoadError> {
        toml::from_str(include_str!("../../../../data/claim/words.toml"))
            .map_err(|e| LoadError(format!("data/claim/words.toml: {e}")))
    }
}

/// True when the token is one of the words.
pub(super) fn is_in(words: &[String], token: variorum_syntax::Token<'_>) -> bool {
    words.iter().any(|w| token.is(w))
}
