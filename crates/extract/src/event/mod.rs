//! Happenings: triggers, types, roles, polarity.
use crate::{LoadError, Reading};
use std::ops::Range;
use variorum_model::{Polarity, TimePrecision};

/// A happening or state named in the text.
#[derive(Debug, Clone)]
pub struct EventMention {
    /// One of the contract's event types.
    pub kind: String,
    /// Tokens of the trigger ("opened fire", "shelling").
    pub trigger: Range<usize>,
    /// Syntactic head of the trigger.
    pub head: usize,
    /// Tokens of the clause or noun phrase that tells it: trigger, participants, modifiers. The claim's quote.
    pub extent: Range<usize>,
    /// Head tokens of the agents.
    pub agents: Vec<usize>,
    /// Head tokens of the patients.
    pub patients: Vec<usize>,
    /// Head tokens of the noun phrases that say where.
    pub places: Vec<usize>,
    /// Whether it came about, by the words around the trigger alone (negation, modality, plans, conditions).
    pub polarity: Polarity,
    /// History or a standing state, by tense, cue and time.
    pub background: bool,
    /// A lasting state (a blockade) rather than a happening.
    pub state: bool,
    /// Tokens that name weapons.
    pub weapons: Vec<Range<usize>>,
    /// Width of the happening in time where the type implies one.
    pub duration: Option<TimePrecision>,
    /// Id of the lexicon entry.
    pub rule: String,
}

/// Lexicon of triggers with their frames.
pub struct EventFinder {}

impl EventFinder {
    /// Reads the built-in lexicon.
    pub fn load() -> Result<Self, LoadError> {
        Ok(EventFinder {})
    }
    /// All happenings in order of their triggers.
    pub fn find(&self, _reading: &Reading) -> Vec<EventMention> {
        Vec::new()
    }
}
