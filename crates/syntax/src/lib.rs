//! English tokens, tags, heads, labels, lemmas and entities.
#![deny(unsafe_code)]

mod doc;
mod stand_in;

pub use doc::{Doc, Entity, Token, TokenData, TokenSpan};
pub use stand_in::{Error, Pipeline};
