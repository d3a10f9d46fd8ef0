//! Claims → incidents, as record linkage does it.
//!
//! 1. Each report by itself: its claims are grouped to *happenings* ([`Linker::profile`]).
//! 2. **Blocking**: reports that share keys (rare words in a month, whole names, a passage of text, a place in a
//!    fortnight) are candidates ([`Profile::keys`]).
//! 3. **Comparison**: each pair of happenings of two candidates gets a match weight in bits, the sum of what words,
//!    names, dates, places, types, parties and figures add ([`Linker::matches`], [`Linker::explain`]).
//! 4. **Clustering**: average link over these weights; no vague claim chains unlike things ([`Linker::clusters`]).
//! 5. Each cluster becomes an [`Incident`] with its origins, figures, accounts and disagreements ([`Linker::incident`]).
//!
//! Each step is a function of what it is given and of nothing else: profiles of one report, matches of two, clusters of a
//! connected group. So the order of reading does not matter, and a new report touches only what it is connected to.
//! [`Linker::link`] does all of it at once.

mod agreements;
mod align;
mod assemble;
mod calendar;
mod cluster;
mod compare;
mod copies;
mod counts;
mod disagree;
mod evidence;
mod explain;
mod features;
mod figures;
mod filing;
mod grouping;
mod happening;
mod kinds;
mod likeness;
mod link;
mod origins;
mod outlets;
mod parts;
mod profile;
mod scene;
mod site;
mod sketch;
mod story;
mod vocabulary;
mod waterfall;
mod weights;
mod within;

pub use assemble::Member;
pub use compare::Match;
pub use explain::{Decision, Waterfall};
pub use figures::{Estimate, estimate, standing};
pub use filing::Filing;
pub use likeness::{Likeness, Signature, is_newer, likeness};
pub use link::{Node, SURE};
pub use outlets::{Outlet, OutletKind};
pub use profile::{Key, KeyKind, Profile};
pub use waterfall::Step;

use variorum_model::{Claim, Report};

/// A report with its claims, as linkage takes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The report with its text.
    pub report: Report,
    /// Its claims in text order.
    pub claims: Vec<Claim>,
}

/// Why the built-in or given linkage data cannot be used. Names file, line and column where there is one.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub(crate) String);

impl LoadError {
    fn at(name: &str, source: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| source.get(..span.start)).unwrap_or("");
        let (line, column) =
            (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1);
        LoadError(format!("{name}:{line}:{column}: {}", error.message()))
    }
}

/// Links claims to incidents.
pub struct Linker {
    weights: weights::Weights,
    kinds: kinds::Kinds,
    vocabulary: vocabulary::Vocabulary,
    words: disagree::DisputeWords,
    counts: counts::Counts,
    outlets: outlets::Outlets,
    levels: waterfall::Levels,
    compared: copies::Compared,
    /// Of the outlets added to the built-in ones.
    added: String,
}

impl Linker {
    /// Loads the built-in weights.
    pub fn load() -> Result<Self, LoadError> {
        Self::with_weights(weights::SOURCE, "data/link/weights.toml")
    }

    /// Takes other weights, in the form of `data/link/weights.toml`; `name` is for messages.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn with_weights(source: &str, name: &str) -> Result<Self, LoadError> {
        let weights = weights::Weights::parse(source, name)?;
        let vocabulary = vocabulary::Vocabulary::load(&weights.terms)?;
        Ok(Linker {
            weights,
            kinds: kinds::Kinds::load()?,
            vocabulary,
            words: disagree::DisputeWords::load()?,
            counts: counts::Counts::load()?,
            outlets: outlets::Outlets::load()?,
            levels: waterfall::Levels::load()?,
            compared: copies::Compared::new(),
            added: String::new(),
        })
    }

    /// Takes a project's outlets in, in the form of `data/link/outlets.toml`; `name` is for messages.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn add_outlets(&mut self, source: &str, name: &str) -> Result<(), LoadError> {
        self.outlets.add(source, name)?;
        self.added = variorum_model::stable_id("/o", &[&self.added, source]);
        Ok(())
    }

    /// Whether someone can be blamed for a happening of this type.
    fn is_harmful(&self, kind: kinds::Kind) -> bool {
        let violence = self.kinds.family(self.kinds.kind("attack"));
        let abuse = self.kinds.family(self.kinds.kind("abduction"));
        [violence, abuse].contains(&self.kinds.family(kind))
    }

    /// Version of method and weights: profiles and matches made by another version are of no use to this one.
    pub fn version(&self) -> String {
        format!("{METHOD}/{}{}", self.weights.version, self.added)
    }
}

/// Raised whenever profiles or weights come out differently for the same claims.
const METHOD: u32 = 4;
