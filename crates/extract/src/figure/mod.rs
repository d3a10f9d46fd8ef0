//! Figures: counted people and things with bound, category, side and scope.
//!
//! A sentence is read in four steps: counted noun phrases (`quantity`, `counted`, `single`), the words that say what
//! happened to them (`trigger`), which goes with which (`attach`), and what the count stands for (`scope`, `side`).
//! Repeated and overtaken counts of one person are settled over the whole article (`settle`).
//! Words are in `data/figure/*.toml`; each entry has an id and examples that run as tests.
mod attach;
mod category;
mod counted;
mod draft;
mod lexicon;
mod nominal;
mod noun_phrase;
mod parse;
mod parts;
mod phrase;
mod quantity;
mod reach;
mod schema;
mod scope;
mod settle;
mod side;
mod single;
mod span;
#[cfg(test)]
mod specs;
#[cfg(test)]
mod tests;
mod text;
mod trigger;

use crate::{LoadError, Reading};
use attach::Scene;
use draft::Draft;
use lexicon::Lexicon;
use std::ops::Range;
use text::Text;
use variorum_model::{Figure, Polarity};

/// A figure with its place in the syntax.
#[derive(Debug, Clone)]
pub struct FigureMention {
    /// The contract's form (byte offsets). Its span covers the bound, the number and the counted noun: "at least 32 people".
    pub figure: Figure,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// Token of the word that gives the measure ("killed", "deaths", "toll"); the counted noun where there is none.
    pub trigger: usize,
    /// True for counts older than the news or totals of a war ("6,500 died in 2020").
    pub background: bool,
    /// Whether it came about, by the words around the trigger alone.
    pub polarity: Polarity,
    /// Id of the rule or lexicon entry.
    pub rule: String,
}

/// Rules and lexicon.
pub struct FigureFinder {
    lexicon: Lexicon,
}

impl FigureFinder {
    /// Reads the built-in rules.
    ///
    /// # Errors
    /// A data file that does not follow its schema, with file, line and column.
    pub fn load() -> Result<Self, LoadError> {
        Ok(FigureFinder { lexicon: Lexicon::load()? })
    }

    /// All figures in text order. One phrase may give several (killed and wounded).
    pub fn find(&self, reading: &Reading) -> Vec<FigureMention> {
        let text = Text::new(&self.lexicon, reading);
        let mut drafts: Vec<Draft> = Vec::new();
        for sent in reading.doc.sents() {
            let scene = Scene::new(&self.lexicon, &text, sent.start..sent.end);
            draft::draft_sentence(&scene, &mut drafts);
        }
        settle::settle(&mut drafts);
        drafts.sort_by_key(|d| (d.mention.figure.quote.span, d.mention.trigger));
        drafts.into_iter().map(|d| d.mention).collect()
    }
}
