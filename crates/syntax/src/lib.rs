//! English tokens, tags, heads, labels, lemmas and entities.
#![deny(unsafe_code)]

mod chars;
mod doc;
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
pub use pipeline::{Error, Meta, Pipeline};
