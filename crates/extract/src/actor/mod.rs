//! Actors: names, roles, metonyms and descriptions, resolved against the register.
use crate::{LoadError, Reading};
use std::ops::Range;

/// An actor named or described in the text.
#[derive(Debug, Clone)]
pub struct ActorMention {
    /// The contract's form (byte offsets).
    pub actor: variorum_model::ActorMention,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// Syntactic head among them.
    pub head: usize,
}

/// Register and rules.
pub struct ActorFinder {}

impl ActorFinder {
    /// Reads the built-in register.
    pub fn load() -> Result<Self, LoadError> {
        Ok(ActorFinder {})
    }
    /// All actors in text order, none overlapping.
    pub fn find(&self, _reading: &Reading) -> Vec<ActorMention> {
        Vec::new()
    }
}
