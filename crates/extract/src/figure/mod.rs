//! Figures: counted people and things with bound, category, side and scope.
use crate::{LoadError, Reading};
use std::ops::Range;
use variorum_model::Figure;

/// A figure with its place in the syntax.
#[derive(Debug, Clone)]
pub struct FigureMention {
    /// The contract's form (byte offsets). Its span covers the bound, the number and the counted noun: "at least 32 people".
    pub figure: Figure,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// Token of the word that gives the measure ("killed", "deaths", "toll"); the counted noun where there is none.
    pub trigger: usize,
    /// True for counts older than the news or totals of a war ("6,500 died in 2020").
    pub background: bool,
    /// Id of the rule or lexicon entry.
    pub rule: String,
}

/// Rules and lexicon.
pub struct FigureFinder {}

impl FigureFinder {
    /// Reads the built-in rules.
    pub fn load() -> Result<Self, LoadError> {
        Ok(FigureFinder {})
    }
    /// All figures in text order.
    pub fn find(&self, _reading: &Reading) -> Vec<FigureMention> {
        Vec::new()
    }
}
