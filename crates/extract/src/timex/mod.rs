//! Time expressions: recognition and normalisation against the document creation time.
use crate::{LoadError, Reading};
use std::ops::Range;
use variorum_model::{TimePrecision, Timex};

/// A time expression with what its value means on the calendar.
#[derive(Debug, Clone)]
pub struct TimexMention {
    /// The contract's form (byte offsets).
    pub timex: Timex,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// First day it can mean, where it names a calendar time (ISO 8601).
    pub earliest: Option<String>,
    /// Last day it can mean.
    pub latest: Option<String>,
    /// Width.
    pub precision: TimePrecision,
    /// True when the words alone give the date, without a publication date.
    pub explicit: bool,
    /// Id of the rule.
    pub rule: &'static str,
}

/// Rules and lexicon of time expressions.
pub struct TimexFinder {}

impl TimexFinder {
    /// Reads the built-in rules.
    pub fn load() -> Result<Self, LoadError> {
        Ok(TimexFinder {})
    }
    /// All time expressions in text order, none overlapping.
    pub fn find(&self, _reading: &Reading) -> Vec<TimexMention> {
        Vec::new()
    }
}
