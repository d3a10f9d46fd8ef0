//! Reading the data files strictly: every complaint names file, line and column.
use crate::LoadError;
use serde::de::DeserializeOwned;

/// A data file built into the program.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// Path under the project's root.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Source {
    /// Parses the file as TOML.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        toml::from_str(self.text).map_err(|e| self.error(e.span().map_or(0, |s| s.start), e.message()))
    }

    /// A complaint about what stands at a byte offset.
    pub fn error(&self, offset: usize, message: &str) -> LoadError {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        LoadError(format!("{}:{line}:{column}: {message}", self.path))
    }
}
