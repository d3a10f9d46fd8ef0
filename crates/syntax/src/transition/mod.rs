//! Transition-based components: a state, a network that scores the moves, and the best valid move until the end.

mod arc_eager;
mod biluo;
mod deprojectivize;
mod scorer;

pub use arc_eager::Parser;
pub use biluo::{EntityRecognizer, Span};
pub use deprojectivize::{deprojectivize, sentence_starts};
pub use scorer::{Encoded, Features};
