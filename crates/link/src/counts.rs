//! What measures and categories mean for reconciliation: `data/link/counts.toml`.
use crate::LoadError;
use serde::Deserialize;
use variorum_model::{CATEGORIES, MEASURES};

const SOURCE: &str = include_str!("../../../data/link/counts.toml");

/// Sets of measures and categories.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counts {
    cumulative: Vec<String>,
    harm: Vec<String>,
    unarmed: Vec<String>,
}

impl Counts {
    pub fn load() -> Result<Self, LoadError> {
        let name = "data/link/counts.toml";
        let counts: Counts = toml::from_str(SOURCE).map_err(|error| LoadError::at(name, SOURCE, &error))?;
        let measures = counts.cumulative.iter().chain(&counts.harm).filter(|m| !MEASURES.contains(&m.as_str()));
        let categories = counts.unarmed.iter().filter(|c| !CATEGORIES.contains(&c.as_str()));
        match measures.chain(categories).next() {
            Some(unknown) => Err(LoadError(format!("{name}: {unknown:?} is no measure or category of the contract"))),
            None => Ok(counts),
        }
    }

    /// Only grows while a happening is counted.
    pub fn is_cumulative(&self, measure: &str) -> bool {
        self.cumulative.iter().any(|m| m == measure)
    }
    /// Counts people who were hurt.
    pub fn is_harm(&self, measure: &str) -> bool {
        self.harm.iter().any(|m| m == measure)
    }
    /// People who bear no arms.
    pub fn is_unarmed(&self, category: &str) -> bool {
        self.unarmed.iter().any(|c| c == category)
    }
}
