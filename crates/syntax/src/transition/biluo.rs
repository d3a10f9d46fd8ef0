//! The entity recogniser: each token begins, continues or ends an entity, is one alone, or is outside.

use super::arc_eager::best;
use super::scorer::{Encoded, Features, Scorer};
use crate::kernel::Kernel;
use crate::model::{Container, ModelError};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// The recogniser's moves and network.
pub struct EntityRecognizer {
    scorer: Scorer,
    moves: Vec<(Action, u16)>,
    labels: Vec<String>,
}

/// Tokens `start..end` and the index of their label.
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub label: u16,
}

impl EntityRecognizer {
    /// Places: the token, the first token of the open entity, the last token that the open entity holds.
    const PLACES: usize = 3;

    pub fn read(model: &Container, width: usize) -> Result<Self, ModelError> {
        let scorer = Scorer::read(model, "ner", width, Self::PLACES)?;
        let mut labels = vec![String::new()];
        let mut moves = Vec::new();
        for name in model.strings("ner.moves")?.iter() {
            let (action, name) = name.split_once('-').ok_or_else(|| ModelError::array("ner.moves", "unknown move"))?;
            let action = match action {
                "B" => Action::Begin,
                "I" => Action::In,
                "L" => Action::Last,
                "U" => Action::Unit,
                "O" => Action::Out,
                _ => return Err(ModelError::array("ner.moves", "unknown move")),
            };
            let label = labels.iter().position(|l| l == name).unwrap_or_else(|| {
                labels.push(name.to_owned());
                labels.len() - 1
            });
            moves.push((action, label as u16));
        }
        Ok(EntityRecognizer { scorer, moves, labels })
    }

    /// Names of labels, by index; the first is empty.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Finds entities in a document of as many tokens as `starts_sentence` has values. An entity never crosses a token of which
    /// `starts_sentence` is true, and neither begins with white space nor is it.
    pub fn find(
        &self,
        kernel: Kernel,
        starts_sentence: &[bool],
        is_space: impl Fn(usize) -> bool,
        encoded: &mut dyn Encoded,
        features: &mut Features,
    ) -> Vec<Span> {
        let n = starts_sentence.len();
        self.scorer.begin(n, features);
        let mut found = Vec::new();
        let mut open: Option<(usize, u16)> = None;
        for token in 0..n {
            let places = match open {
                Some((start, _)) => [token as i32, start as i32, token as i32 - 1],
                None => [token as i32, -1, -1],
            };
            let can_continue = token + 1 < n && !starts_sentence[token + 1];
            let space = is_space(token);
            let scores = self.scorer.scores(kernel, &places, encoded, features);
            let valid = self.moves.iter().map(|&(action, label)| match (action, open) {
                (Action::Begin, None) => label != 0 && can_continue && !space,
                (Action::In, Some((_, of))) => label == of && can_continue,
                (Action::Last, Some((_, of))) => label == of,
                (Action::Unit, None) => label != 0 && !space,
                (Action::Out, None) => true,
                _ => false,
            });
            let Some(best) = best(scores, valid) else { break };
            match (self.moves[best], open) {
                ((Action::Begin, label), _) => open = Some((token, label)),
                ((Action::Last, label), Some((start, _))) => {
                    found.push(Span { start, end: token + 1, label });
                    open = None;
                }
                ((Action::Unit, label), _) => found.push(Span { start: token, end: token + 1, label }),
                _ => {}
            }
        }
        found
    }
}
