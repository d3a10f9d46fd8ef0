//! Actors: names, roles, metonyms and descriptions, resolved against the register.
//!
//! [`ActorFinder::find`] reads a report once and gives its [`Cast`]: every named actor, and the means to say who any
//! noun or pronoun of the report is.

mod compose;
mod coreference;
mod directory;
mod gloss;
mod local;
mod person;
pub mod phrase;
mod register;
mod sides;
#[cfg(test)]
mod tests;
pub(crate) mod words;

pub use directory::Known;
pub use register::{Entry, Hit, Register, StateForm};

use crate::{LoadError, Reading};
use std::collections::BTreeMap;
use std::ops::Range;
use variorum_model::{Quote, Span};
use variorum_syntax::Token;

/// What sort of actor a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A state or de facto authority.
    State,
    /// An office or body of a state.
    Institution,
    /// An organisation, armed group or agency.
    Organisation,
    /// A person with a name.
    Person,
    /// Anything else: "two villagers".
    Description,
    /// A pronoun that nothing could be found for.
    Unresolved,
}

/// An actor named or described in the text.
#[derive(Debug, Clone)]
pub struct ActorMention {
    /// The contract's form (byte offsets).
    pub actor: variorum_model::ActorMention,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// Syntactic head among them.
    pub head: usize,
    /// What sort.
    pub kind: ActorKind,
    /// The state it belongs to: an id of the register, or the name of a state that only the report knows.
    pub state: Option<String>,
    /// Index of the institution in the register, where it is one.
    pub(crate) institution: Option<usize>,
    /// Where a pronoun or short name could mean several, their names. Empty when resolved.
    pub candidates: Vec<String>,
}

/// Register and rules.
pub struct ActorFinder {
    pub(crate) register: Register,
    pub(crate) words: &'static words::Words,
}

/// The actors of one report.
#[derive(Default)]
pub struct Cast {
    /// Named actors in text order, none overlapping.
    pub mentions: Vec<ActorMention>,
    /// Phrases of the register, in token indices of the document.
    hits: Vec<Hit>,
    /// Abbreviations that the report explains, with the tokens of their long forms.
    glosses: BTreeMap<String, Range<usize>>,
    /// Names of states that the register does not know.
    local_states: Vec<String>,
    /// Last name → full name, for persons named in full somewhere in the report.
    people: BTreeMap<String, String>,
    /// Full name → state, for persons whose office or side the report says.
    allegiances: BTreeMap<String, String>,
}

impl ActorFinder {
    /// Reads the built-in register.
    pub fn load() -> Result<Self, LoadError> {
        Ok(ActorFinder { register: Register::built_in()?, words: words::Words::built_in()? })
    }

    /// Adds a user's register entries (TOML; see [`Register::extend`]). `file` is named in errors.
    pub fn extend(&mut self, file: &str, entries: &str) -> Result<(), LoadError> {
        self.register.extend(file, entries)
    }

    /// Reads the cast of a report.
    pub fn find(&self, reading: &Reading) -> Cast {
        let doc = &reading.doc;
        let mut cast = Cast::default();
        for block in &reading.blocks {
            let at: Vec<usize> = block.tokens.clone().filter(|&i| doc.token(i).pos() != "SPACE").collect();
            let words: Vec<&str> = at.iter().map(|&i| doc.token(i).text()).collect();
            let hits = self.register.hits(&words).into_iter();
            cast.hits.extend(hits.map(|h| Hit { start: at[h.start], end: at[h.end - 1] + 1, ..h }));
        }
        cast.glosses = gloss::glosses(doc);
        self.forget_namesakes(doc, &mut cast);
        let (names, local) = local::states(self, doc, &cast.hits);
        cast.local_states = names;
        cast.hits.extend(local);
        cast.hits.sort_by_key(|h| h.start);
        cast.people = person::people(doc, &cast.hits);
        cast.allegiances = person::allegiances(self, doc, &cast);
        let mut found: Vec<ActorMention> = doc
            .tokens()
            .filter(|t| matches!(t.pos(), "NOUN" | "PROPN") && t.dep() != "compound" && !is_linked(*t))
            .filter_map(|t| self.named(reading, &cast, t.i()))
            .filter(|m| m.state.is_some() || doc.token(m.head).child("nummod").is_none())
            .collect();
        // "Karovia's Defence Ministry" is one actor: of overlapping mentions the longest stands.
        found.sort_by_key(|m| (std::cmp::Reverse(m.tokens.len()), m.tokens.start));
        let mut taken = vec![false; doc.len()];
        for mention in found {
            if !taken[mention.tokens.clone()].contains(&true) {
                taken[mention.tokens.clone()].fill(true);
                cast.mentions.push(mention);
            }
        }
        cast.mentions.sort_by_key(|m| m.tokens.start);
        let found = std::mem::take(&mut cast.mentions).into_iter();
        cast.mentions = found.map(|m| self.in_full(reading, &cast, m)).collect();
        // "Its forces" could not be told before the others were known.
        for i in 0..cast.mentions.len() {
            let mention = &cast.mentions[i];
            if mention.institution.is_some()
                && mention.state.is_none()
                && mention.candidates.is_empty()
                && let Some(owned) = self.named(reading, &cast, mention.head)
            {
                cast.mentions[i] = owned;
            }
        }
        cast
    }

    /// Who the noun or pronoun at `head` is. Always answers: an unknown name or description answers with its own
    /// words, a pronoun that cannot be resolved with itself and its candidates.
    pub fn resolve(&self, reading: &Reading, cast: &Cast, head: usize) -> ActorMention {
        let token = phrase::content_head(reading.doc.token(head), &self.words.partitives);
        let head = token.i();
        if token.pos() == "PRON" && token.tag() != "DT" || matches!(token.tag(), "PRP" | "PRP$" | "WP" | "WDT") {
            return coreference::pronoun(self, reading, cast, head);
        }
        if let Some(named) = self.named(reading, cast, head) {
            return self.in_full(reading, cast, named);
        }
        if let Some(state) = self.demonym(reading, cast, head) {
            return state;
        }
        if let Some(back) = coreference::short_form(self, reading, cast, head) {
            return back;
        }
        let own = described(reading, phrase::core(&reading.doc, head), head, ActorKind::Description);
        self.in_full(reading, cast, own)
    }

    /// Whether somebody without a name stands nearer to a pronoun for one person than the head of a name before it.
    pub(crate) fn is_nearer_nameless(&self, pronoun: Token<'_>, named: usize) -> bool {
        coreference::is_nearer_nameless(self, pronoun, named)
    }

    /// As [`ActorFinder::resolve`], but "both sides" are the two that the report tells of, where it tells of two, and "Karovian
    /// and Dravian forces" are two armies.
    pub fn resolve_all(&self, reading: &Reading, cast: &Cast, head: usize) -> Vec<ActorMention> {
        let several = sides::both(self, reading, cast, head).or_else(|| self.states_in_a_row(reading, cast, head));
        several.unwrap_or_else(|| {
            let mention = self.resolve(reading, cast, head);
            self.of_each_state(reading, cast, &mention).unwrap_or_else(|| vec![mention])
        })
    }
}

/// "The Orlec-backed group": whose it is, not who.
fn is_linked(name: Token<'_>) -> bool {
    name.dep() == "npadvmod" && name.head().tag() == "VBN" && name.nbor(1).is_some_and(|n| n.tag() == "HYPH")
}

/// A mention that stands for itself, by its own words.
pub(crate) fn described(reading: &Reading, tokens: Range<usize>, head: usize, kind: ActorKind) -> ActorMention {
    let bytes = reading.doc.slice(tokens.clone()).bytes();
    let quote = Quote::new(Span::new(bytes.start, bytes.end), reading.text());
    let name = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
    ActorMention {
        actor: variorum_model::ActorMention { quote, name, id: None },
        tokens,
        head,
        kind,
        state: None,
        institution: None,
        candidates: Vec::new(),
    }
}
