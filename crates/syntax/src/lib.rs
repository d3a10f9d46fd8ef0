//! English tokens, tags, heads, labels, lemmas and entities.
#![deny(unsafe_code)]

mod chars;
mod doc;
mod glossary;
mod json;
mod kernel;
mod lemmatizer;
mod lexeme;
mod model;
mod pipeline;
mod ruler;
mod tok2vec;
mod tokenizer;
mod transition;

pub use doc::{Doc, Entity, Token, TokenData, TokenSpan};
pub use glossary::explain;
pub use json::{DocJson, to_json};
pub use kernel::Kernel;
pub use pipeline::{Error, Meta, Pipeline};
