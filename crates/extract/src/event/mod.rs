//! Happenings: triggers, types, roles, polarity.
//!
//! Words and frames are data (`data/event`); the code knows constructions: active, passive, relative, participle,
//! control, coordination, nouns with their verbs ("carried out an attack", "fighting erupted").
use crate::{LoadError, Reading};
use std::collections::HashSet;
use std::ops::Range;
use variorum_model::{Polarity, TimePrecision};

mod age;
mod arguments;
mod background;
mod clause;
mod context;
mod draft;
mod extent;
mod inherit;
mod lexicon;
pub mod mapping;
mod matching;
mod means;
mod merge;
mod nominal;
mod owners;
mod pattern;
mod polarity;
mod roles;
mod source;
mod subject;
#[cfg(test)]
mod tests;
mod unasserted;
mod view;
mod whole;
mod words;

pub(crate) use age::is_of_superlative;
use background::Standing;
use lexicon::Lexicon;
use merge::Slots;
use view::View;

/// A happening or state named in the text.
#[derive(Debug, Clone)]
pub struct EventMention {
    /// One of the contract's event types.
    pub kind: String,
    /// Tokens of the trigger ("opened fire", "shelling").
    pub trigger: Range<usize>,
    /// Syntactic head of the trigger.
    pub head: usize,
    /// Tokens of the clause or noun phrase that tells it: trigger, participants, modifiers. The claim's quote.
    pub extent: Range<usize>,
    /// Head tokens of the agents.
    pub agents: Vec<usize>,
    /// Head tokens of the patients.
    pub patients: Vec<usize>,
    /// Head tokens of the noun phrases that say where.
    pub places: Vec<usize>,
    /// Whether it came about, by the words around the trigger alone (negation, modality, plans, conditions).
    pub polarity: Polarity,
    /// History or a standing state, by tense, cue and time.
    pub background: bool,
    /// Background only as the reason or occasion of another happening ("arrested over a shooting that left four dead").
    pub occasion: bool,
    /// What somebody is asked to stop ("to stop its attacks on drovers"): who asks so tells of it.
    pub to_stop: bool,
    /// A lasting state (a blockade) rather than a happening.
    pub state: bool,
    /// Tokens that name weapons.
    pub weapons: Vec<Range<usize>>,
    /// Width of the happening in time where the type implies one.
    pub duration: Option<TimePrecision>,
    /// Id of the lexicon entry.
    pub rule: String,
}

/// Lexicon of triggers with their frames.
pub struct EventFinder {
    lexicon: Lexicon,
}

impl EventFinder {
    /// Reads the built-in lexicon.
    pub fn load() -> Result<Self, LoadError> {
        Ok(EventFinder { lexicon: Lexicon::load()? })
    }

    /// All happenings in order of their triggers.
    pub fn find(&self, reading: &Reading) -> Vec<EventMention> {
        let view = View::new(&reading.doc, &self.lexicon);
        let mut slots = Slots::new(&view, view.drafts());
        slots.name_again(reading);
        slots.merge();
        slots.inherit(reading);
        slots.mark_context();
        slots.drop_empty();
        slots.drop_speech_with_content();
        let drafts: Vec<_> = slots.drafts.into_iter().flatten().collect();
        let standings = background::standings(&view, reading, &drafts);
        let heads: HashSet<usize> = drafts.iter().map(|d| d.head).collect();
        drafts
            .into_iter()
            .zip(standings)
            .map(|(draft, standing)| {
                let entry = &self.lexicon.entries[draft.entry];
                let extent = view.range_of(&draft.tokens);
                let befallen = draft.participants.patients.clone();
                let clamp = draft.trigger.start.min(extent.start)..draft.trigger.end.max(extent.end);
                // "An attempt to ease the violence" is none to be violent.
                let violence = entry.family != lexicon::Family::Act && !entry.done_only && draft.kind != "ceasefire";
                EventMention {
                    kind: draft.kind.to_string(),
                    trigger: draft.trigger,
                    head: draft.head,
                    extent: clamp,
                    agents: draft.participants.agents,
                    patients: draft.participants.patients,
                    places: draft.participants.places,
                    polarity: draft.outlook.polarity(violence),
                    background: standing != Standing::News,
                    occasion: standing == Standing::Occasion,
                    to_stop: draft.to_stop,
                    state: entry.state,
                    weapons: {
                        let harm = matches!(
                            entry.family,
                            lexicon::Family::Violence | lexicon::Family::Casualty | lexicon::Family::Damage
                        );
                        let befell = |t: usize| {
                            view.is_wrecked(t)
                                || view.is_carrier(t) && view.crashes(t)
                                || view.is_carrier(t) && befallen.contains(&t)
                                || harm && view.is_had(t, &befallen)
                        };
                        // "Hit a fort in response to a rocket attack": not with rockets.
                        let anothers = |t: usize| {
                            let way = std::iter::once(view.token(t)).chain(view.token(t).ancestors());
                            let mut way = way.take_while(|a| a.i() != draft.head && a.i() != draft.anchor);
                            way.any(|a| a.dep() == "pobj" && a.pos() == "NOUN" && heads.contains(&a.i()))
                        };
                        let used = draft.tokens.iter().copied().filter(|&t| !befell(t) && !anothers(t));
                        let used: Vec<usize> = used.collect();
                        view.weapons_among(&used)
                    },
                    duration: entry.duration,
                    rule: entry.id.to_string(),
                }
            })
            .collect()
    }
}
