//! Attributions: who is credited with what, by which cue.
//!
//! A lexicon of cues (`data/attribution`) says which verbs, nouns and phrases credit somebody and where their content
//! stands; the syntax says where source and content begin and end; quotation marks correct the syntax. The spans follow
//! the guidelines of PolNeAR (Newell, Margolin, Ruths 2018): the source with its appositions, the cue with auxiliaries
//! and adverbs, the content with its conjunction.
#![allow(clippy::single_range_in_vec_init, reason = "a content of one stretch is a list of one range")]

mod clause;
mod content;
mod continuation;
mod frame;
mod headline;
mod lexicon;
mod noun;
mod phrase;
mod quotes;
mod sentence;
mod source;
mod unpunctuated;
mod verb;
mod voice;

#[cfg(test)]
mod tests;

pub(crate) use quotes::is_double;

use crate::{LoadError, Reading};
use lexicon::Lexicon;
use quotes::Quotations;
use sentence::Sentences;
use serde::Deserialize;
use std::ops::Range;
use variorum_model::{Attribution, Quote, Span, Stance};
use verb::Context;

/// What kind of cue credits the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueClass {
    /// Speech and writing: "said", "accused", "according to".
    Reporting,
    /// The content is only a topic or a question: "asked whether", "spoke about".
    Topic,
    /// The content is only a name: "called it a massacre".
    Label,
    /// A finding: "the survey showed".
    Evidence,
    /// A belief, a wish or an appearance: "thinks", "wants", "seems".
    Belief,
}

/// An attribution over token ranges. Nested attributions are separate mentions: the outer one's content holds the inner
/// one's cue.
#[derive(Debug, Clone)]
pub struct AttributionMention {
    /// Tokens of the source; several ranges for joint sources ("both the ministry and the rebels said").
    pub sources: Vec<Range<usize>>,
    /// What the source stands for where it is a relative pronoun ("officials, who said").
    pub antecedent: Option<Range<usize>>,
    /// Tokens of the cue.
    pub cue: Range<usize>,
    /// Tokens of the content; several ranges where cue and source stand inside it.
    pub content: Vec<Range<usize>>,
    /// What the content stands for where it is a relative pronoun ("the raid, which the army denied").
    pub content_antecedent: Option<Range<usize>>,
    /// What the source does with the content.
    pub stance: Stance,
    /// What kind of cue it is. Claims come from `Reporting`, `Evidence` and (as names) `Label`.
    pub class: CueClass,
    /// True when the cue negates or the content is denied ("did not say" is no attribution; "did not deny" is).
    pub negated: bool,
    /// True where no cue stands in the sentence and the voice is carried over from before.
    pub carried: bool,
    /// True where it is no mention of its own in the attributions layer: inside a direct quotation (whose speaker is
    /// credited with all of it), or carried over.
    pub secondary: bool,
    /// True where only a label is attributed ("what it calls 'X'"), not a claim.
    pub label_only: bool,
    /// Index of the mention in whose words this one stands; `None` where the publisher speaks.
    pub outer: Option<usize>,
    /// Id of the rule or lexicon entry.
    pub rule: String,
}

impl AttributionMention {
    /// The contract's form, in bytes: the sources from first to last, the cue, the content.
    pub fn to_model(&self, reading: &Reading) -> Attribution {
        let quote = |range: &Range<usize>| {
            let bytes = reading.doc.slice(range.clone()).bytes();
            Quote::new(Span::new(bytes.start, bytes.end), reading.text())
        };
        let source = self.sources.first().zip(self.sources.last()).map(|(a, b)| quote(&(a.start..b.end)));
        Attribution {
            source,
            cue: quote(&self.cue),
            content: self.content.iter().map(quote).collect(),
            stance: self.stance,
        }
    }
}

/// Cue lexicon and patterns.
pub struct AttributionFinder {
    lexicon: Lexicon,
}

impl AttributionFinder {
    /// Reads the built-in lexicon.
    pub fn load() -> Result<Self, LoadError> {
        Ok(AttributionFinder { lexicon: Lexicon::load()? })
    }

    /// All attributions in order of their cues.
    pub fn find(&self, reading: &Reading) -> Vec<AttributionMention> {
        let quotes = Quotations::read(reading);
        let sentences = Sentences::read(reading);
        let context =
            Context { reading, doc: &reading.doc, lexicon: &self.lexicon, quotes: &quotes, sentences: &sentences };
        let mut found: Vec<AttributionMention> = reading
            .doc
            .tokens()
            .flat_map(|t| {
                [
                    context.idiom(t).or_else(|| context.verb(t)),
                    context.noun(t).or_else(|| context.document(t)),
                    context.phrase(t),
                    context.adverb(t),
                    context.modifier(t),
                ]
                .into_iter()
                .flatten()
            })
            .filter(|m| !m.content.is_empty())
            .collect();
        found.extend(reading.blocks.iter().filter_map(|b| context.headline(&b.tokens)));
        found.extend(context.transcript());
        found.sort_by_key(|m| m.cue.start);
        let unpunctuated = context.unpunctuated(&found);
        found.extend(unpunctuated);
        found.sort_by_key(|m| m.cue.start);
        drop_governed(&mut found);
        context.adopt_asides(&mut found);
        mark_nested(reading, &mut found);
        continuation::continue_quotations(reading, &quotes, &sentences, &mut found);
        let carried = context.free_indirect(&quotes, &found);
        let cited = context.cited(&found);
        found.extend(carried.into_iter().chain(cited));
        found.sort_by_key(|m| (m.cue.start, m.secondary));
        let outer = voice::nest(&found);
        found.iter_mut().zip(outer).for_each(|(m, o)| m.outer = o);
        found
    }
}

/// Marks infinitives and participles inside another's content as secondary: "said he wanted to deny it" credits nobody
/// with a denial.
fn mark_nested(reading: &Reading, found: &mut [AttributionMention]) {
    let mut contents: Vec<(usize, usize)> = Vec::new();
    for m in found.iter().filter(|m| !m.secondary && m.class != CueClass::Belief) {
        contents.extend(m.content.iter().map(|r| (r.start, r.end)));
    }
    contents.sort_unstable();
    let mut next = 0;
    let mut reach = 0;
    for m in found.iter_mut() {
        while next < contents.len() && contents[next].0 <= m.cue.start {
            reach = reach.max(contents[next].1);
            next += 1;
        }
        let first = reading.doc.token(m.cue.start);
        let bare = matches!(first.tag(), "TO" | "VBG" | "VB" | "NN" | "NNS");
        m.secondary |= m.cue.start < reach && bare;
    }
}

/// Drops a cue that another takes in: `refused` beside `refused to say`.
fn drop_governed(found: &mut Vec<AttributionMention>) {
    let cues: Vec<_> = found.iter().map(|m| m.cue.clone()).collect();
    let mut n: usize = 0;
    found.retain(|m| {
        let around = cues[n.saturating_sub(3)..(n + 4).min(cues.len())].iter();
        n += 1;
        let mut larger = around.filter(|c| c.start <= m.cue.start && m.cue.end <= c.end && c.len() > m.cue.len());
        larger.next().is_none()
    });
}
