//! Claims → incidents, as record linkage.

mod reading;
mod simple;

pub use reading::Reading;

use variorum_model::Incident;

/// Why the built-in or given linkage data cannot be used. Names file, line and column where there is one.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub String);

/// Links claims to incidents.
pub struct Linker {}

impl Linker {
    /// Loads the built-in weights.
    pub fn load() -> Result<Self, LoadError> {
        Ok(Linker {})
    }

    /// All incidents of these readings. The order of the readings does not matter.
    pub fn link(&self, readings: &[Reading]) -> Vec<Incident> {
        simple::link(readings)
    }
}
