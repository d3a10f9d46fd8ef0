//! The model file, the identifiers of strings, and the static vectors.

mod container;
mod strings;
mod vectors;

pub use container::{Array, Bytes, Container, Strings};
pub use strings::{Symbols, mix64, murmur64a};
pub use vectors::Vectors;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("not a model file")]
    Magic,
    #[error("the file ends early")]
    Short,
    #[error("array {name:?}: {reason}")]
    Array { name: String, reason: String },
}

impl ModelError {
    pub fn array(name: &str, reason: &str) -> Self {
        ModelError::Array { name: name.to_owned(), reason: reason.to_owned() }
    }
}
