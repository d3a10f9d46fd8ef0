//! Place names: recognition and resolution against the gazetteer.
use crate::{LoadError, Reading};
use std::ops::Range;
use variorum_model::{Precision, Toponym};

/// A place name with its gazetteer entry, if one was chosen.
#[derive(Debug, Clone)]
pub struct ToponymMention {
    /// The contract's form (byte offsets).
    pub toponym: Toponym,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// What the entry is: a settlement (`exact`), a division, a region, a country; `unlocated` when none was chosen.
    pub precision: Precision,
    /// True for demonyms and other adjectives ("Israeli"), which name no place of an event.
    pub adjectival: bool,
    /// GeoNames codes of the first- and second-level divisions of the entry, where known ("AZ.01").
    pub admin1: Option<String>,
    /// Second level.
    pub admin2: Option<String>,
}

/// Gazetteer and rules.
pub struct ToponymFinder {}

impl ToponymFinder {
    /// Opens the built-in gazetteer.
    pub fn load() -> Result<Self, LoadError> {
        Ok(ToponymFinder {})
    }
    /// All place names in text order, none overlapping.
    pub fn find(&self, _reading: &Reading) -> Vec<ToponymMention> {
        Vec::new()
    }
}
