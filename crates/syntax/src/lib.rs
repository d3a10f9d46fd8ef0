//! English tokens, tags, heads, labels, lemmas and entities: spaCy's `en_core_web_md` and `en_core_web_sm` 3.8.0, natively.
//!
//! ```
//! # fn main() -> Result<(), variorum_syntax::Error> {
//! use variorum_syntax::Pipeline;
//!
//! let nlp = Pipeline::load()?;
//! let doc = nlp.parse("Finland is looking at buying a British airline for $1 billion.");
//! for token in doc.tokens() {
//!     println!("{} {} {} {}", token.text(), token.pos(), token.dep(), token.head().text());
//! }
//! let looking = doc.token(2);
//! assert_eq!((looking.lemma(), looking.tag(), looking.dep()), ("look", "VBG", "ROOT"));
//! assert_eq!(looking.child("nsubj").map(|t| t.text()), Some("Finland"));
//!
//! let entities: Vec<_> = doc.entities().iter().map(|e| (doc.slice(e.start..e.end).text(), e.label.as_str())).collect();
//! assert_eq!(entities, [("Finland", "GPE"), ("British", "NORP"), ("$1 billion", "MONEY")]);
//! # Ok(())
//! # }
//! ```
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
