//! Attributions: who is credited with what, by which cue.
use crate::{LoadError, Reading};
use std::ops::Range;
use variorum_model::{Attribution, Quote, Span, Stance};

/// An attribution over token ranges. Nested attributions are separate mentions: the outer one's content holds the inner
/// one's cue.
#[derive(Debug, Clone)]
pub struct AttributionMention {
    /// Tokens of the source; several ranges for joint sources ("both the ministry and the rebels said").
    pub sources: Vec<Range<usize>>,
    /// Tokens of the cue.
    pub cue: Range<usize>,
    /// Tokens of the content; several ranges where cue and source stand inside it.
    pub content: Vec<Range<usize>>,
    /// What the source does with the content.
    pub stance: Stance,
    /// True when the cue negates or the content is denied ("did not say" is no attribution; "did not deny" is).
    pub negated: bool,
    /// True where no cue stands in the sentence and the voice is carried over from before.
    pub carried: bool,
    /// True where only a label is attributed ("what it calls 'X'"), not a claim.
    pub label_only: bool,
    /// Id of the rule or lexicon entry.
    pub rule: String,
}

impl AttributionMention {
    /// The contract's form, in bytes: the first source, the cue, the content.
    pub fn to_model(&self, reading: &Reading) -> Attribution {
        let quote = |range: &Range<usize>| {
            let bytes = reading.doc.slice(range.clone()).bytes();
            Quote::new(Span::new(bytes.start, bytes.end), reading.text())
        };
        Attribution {
            source: self.sources.first().map(quote),
            cue: quote(&self.cue),
            content: self.content.iter().map(quote).collect(),
            stance: self.stance,
        }
    }
}

/// Cue lexicon and patterns.
pub struct AttributionFinder {}

impl AttributionFinder {
    /// Reads the built-in lexicon.
    pub fn load() -> Result<Self, LoadError> {
        Ok(AttributionFinder {})
    }
    /// All attributions in order of their cues.
    pub fn find(&self, _reading: &Reading) -> Vec<AttributionMention> {
        Vec::new()
    }
}
