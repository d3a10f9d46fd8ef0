//! Data files built into the program, and errors that name file, line and column.
use crate::LoadError;
use serde::de::DeserializeOwned;

/// A data file.
pub(super) struct Source {
    /// Path from the root of the repository.
    pub name: &'static str,
    pub text: &'static str,
}

impl Source {
    /// Reads the file as TOML.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        toml::from_str(self.text).map_err(|e| {
            self.error(e.span().map_or(0, |s| s.start), e.message().lines().collect::<Vec<_>>().join("; "))
        })
    }
    /// An error at a byte of the file.
    pub(super) fn error(&self, at: usize, message: impl std::fmt::Display) -> LoadError {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        LoadError(format!("{}:{line}:{column}: {message}", self.name))
    }
}
