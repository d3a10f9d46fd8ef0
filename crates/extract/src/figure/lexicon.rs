//! The data files of the figure layer, read and indexed.
use super::phrase::{PhraseTable, alternatives, fold, words_of};
use super::schema::*;
use crate::LoadError;
use serde::de::DeserializeOwned;
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};
use variorum_model::{Bound, CATEGORIES, MEASURES};

/// Number of a noun form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Singular,
    Plural,
    /// The form is used for one and for many, or only for many.
    Any,
}

/// What a noun form means.
#[derive(Debug, Clone, Copy)]
pub(super) struct NounForm {
    pub noun: usize,
    pub number: Number,
}

/// A number word or phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// True for "nobody", which needs no noun.
    pub pronoun: bool,
    pub entry: usize,
}

/// Form of a trigger word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Base,
    Present,
    /// Past tense or past participle.
    Past,
    Gerund,
    /// Not a verb, or a phrase whose form the tag of its first word gives.
    Open,
}

/// A trigger entry and the form that matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct TriggerForm {
    pub entry: usize,
    pub form: Form,
}

/// How a trigger finds what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Transitive,
    Intransitive,
    Active,
    State,
    Nominal,
    Toll,
    Lives,
    Counting,
    Bodies,
    /// "those killed included …"
    Roll,
}

/// A trigger entry.
#[derive(Debug)]
pub(super) struct TriggerEntry {
    pub id: String,
    pub measure: &'static str,
    pub frame: Frame,
    pub object: Vec<String>,
    pub by_class: HashMap<String, &'static str>,
    pub weak: bool,
    pub plural: bool,
    pub subset: bool,
    pub unsplit: bool,
    pub needs: HashSet<SmolStr>,
    pub unless: HashSet<SmolStr>,
    pub nouns: HashSet<SmolStr>,
    /// Words of which one must follow ("taken … to hospital"); none means nothing is asked.
    pub goal: PhraseTable<()>,
}

/// A scope entry.
#[derive(Debug)]
pub(super) struct ScopeEntry {
    pub scope: variorum_model::Scope,
    pub background: bool,
    pub total: bool,
    /// How far from the figure the cue may stand, in tokens, where less than usual.
    pub near: usize,
    /// Holds only for figures after the cue.
    pub leads: bool,
    /// Holds only beside a perfect.
    pub perfect: bool,
    /// Holds only where it hangs on the trigger.
    pub inside: bool,
}

/// Words that tell a stretch of time by its length.
#[derive(Debug, Default)]
pub(super) struct SpanEntry {
    pub openers: HashSet<SmolStr>,
    pub fillers: HashSet<SmolStr>,
    pub units: HashMap<SmolStr, f64>,
}

/// Words that tell a stretch of time by its start.
#[derive(Debug, Default)]
pub(super) struct SinceEntry {
    pub words: HashSet<SmolStr>,
    pub day: HashSet<SmolStr>,
}

/// All data of the layer.
#[derive(Default)]
pub(super) struct Lexicon {
    pub cardinals: HashMap<SmolStr, f64>,
    pub multipliers: HashMap<SmolStr, f64>,
    pub readings: PhraseTable<Reading>,
    pub bounds_before: PhraseTable<Bound>,
    pub bounds_after: PhraseTable<Bound>,
    pub ranges: Vec<(Option<SmolStr>, Vec<SmolStr>)>,
    pub nouns: Vec<NounEntry>,
    pub noun_forms: PhraseTable<NounForm>,
    /// Words for two people that need no number, with their category.
    pub pairs: HashMap<SmolStr, (f64, &'static str)>,
    pub modifiers: Vec<(&'static str, bool)>,
    pub modifier_words: PhraseTable<usize>,
    pub side_words: PhraseTable<()>,
    pub triggers: Vec<TriggerEntry>,
    pub trigger_forms: PhraseTable<TriggerForm>,
    pub scopes: Vec<ScopeEntry>,
    pub scope_phrases: PhraseTable<usize>,
    pub spans: Vec<SpanEntry>,
    pub since: Vec<SinceEntry>,
    pub doers: PhraseTable<()>,
    /// "as well as", which joins a list.
    pub list_phrases: PhraseTable<()>,
    pub syntax: SyntaxWords,
    pub numeral_ids: Vec<String>,
}

pub(super) const FILES: [(&str, &str); 6] = [
    ("data/figure/numerals.toml", include_str!("../../../../data/figure/numerals.toml")),
    ("data/figure/bounds.toml", include_str!("../../../../data/figure/bounds.toml")),
    ("data/figure/nouns.toml", include_str!("../../../../data/figure/nouns.toml")),
    ("data/figure/modifiers.toml", include_str!("../../../../data/figure/modifiers.toml")),
    ("data/figure/triggers.toml", include_str!("../../../../data/figure/triggers.toml")),
    ("data/figure/scope.toml", include_str!("../../../../data/figure/scope.toml")),
];
const WORDS_FILE: (&str, &str) = ("data/figure/words.toml", include_str!("../../../../data/figure/words.toml"));

fn read<T: DeserializeOwned>((name, text): (&str, &str)) -> Result<T, LoadError> {
    toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        let before = &text[..at.min(text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
        LoadError(format!("{name}:{line}:{column}: {}", e.message()))
    })
}

fn fail(file: &str, id: &str, what: impl std::fmt::Display) -> LoadError {
    LoadError(format!("{file}: entry {id}: {what}"))
}

fn known(list: &'static [&'static str], word: &str, file: &str, id: &str) -> Result<&'static str, LoadError> {
    list.iter().find(|w| **w == word).copied().ok_or_else(|| fail(file, id, format!("`{word}` is not in the contract")))
}

/// Regular plural of a noun.
fn plural_of(singular: &str) -> String {
    let vowel_before_y = |s: &str| s.len() > 1 && s[..s.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
    if singular.ends_with(['s', 'x', 'z']) || singular.ends_with("ch") || singular.ends_with("sh") {
        format!("{singular}es")
    } else if singular.ends_with('y') && !vowel_before_y(singular) {
        format!("{}ies", &singular[..singular.len() - 1])
    } else {
        format!("{singular}s")
    }
}

impl Lexicon {
    /// Reads the built-in files.
    pub fn load() -> Result<Self, LoadError> {
        let mut words = read::<WordsFile>(WORDS_FILE)?;
        let phrases = std::mem::take(&mut words.list_phrases);
        let mut lexicon = Lexicon { syntax: SyntaxWords::from(words), ..Lexicon::default() };
        phrases.iter().for_each(|p| lexicon.list_phrases.insert(words_of(p), ()));
        lexicon.add_numerals(read(FILES[0])?);
        lexicon.add_bounds(read(FILES[1])?)?;
        lexicon.add_nouns(read(FILES[2])?)?;
        lexicon.add_modifiers(read(FILES[3])?)?;
        lexicon.add_triggers(read(FILES[4])?)?;
        lexicon.add_scopes(read(FILES[5])?);
        Ok(lexicon)
    }

    fn add_numerals(&mut self, file: NumeralsFile) {
        for entry in file.cardinal {
            self.cardinals.extend(entry.values.into_iter().map(|(w, v)| (fold(&w), v)));
        }
        for entry in file.multiplier {
            self.multipliers.extend(entry.values.into_iter().map(|(w, v)| (fold(&w), v)));
        }
        let exact = file.phrase.into_iter().map(|e| (e, false)).chain(file.pronoun.into_iter().map(|e| (e, true)));
        for (entry, pronoun) in exact.chain(file.vague.into_iter().map(|e| (e, false))) {
            let id = self.numeral_ids.len();
            self.numeral_ids.push(entry.id);
            for phrase in entry.words.iter().flat_map(|w| alternatives(w)) {
                let (min, max) = (entry.value.or(entry.min), entry.value.or(entry.max));
                let reading = Reading { value: entry.value, min, max, pronoun, entry: id };
                self.readings.insert(words_of(&phrase), reading);
            }
        }
    }

    fn add_bounds(&mut self, file: BoundsFile) -> Result<(), LoadError> {
        for entry in file.bound {
            for phrase in &entry.before {
                self.bounds_before.insert(words_of(phrase), entry.bound);
            }
            for phrase in &entry.after {
                self.bounds_after.insert(words_of(phrase), entry.bound);
            }
        }
        for entry in file.range {
            self.ranges.push((entry.open.as_deref().map(fold), entry.join.iter().map(|w| fold(w)).collect()));
        }
        Ok(())
    }

    fn add_nouns(&mut self, file: NounsFile) -> Result<(), LoadError> {
        let name = FILES[2].0;
        let mut seen: HashSet<String> = HashSet::new();
        for entry in file.noun {
            let noun = self.nouns.len();
            known(CATEGORIES, &entry.category, name, &entry.id)?;
            for word in &entry.words {
                let (singular, plural) = match word.split_once('|') {
                    Some((s, "")) => (s, None),
                    Some((s, p)) => (s, Some(p.to_owned())),
                    None => (word.as_str(), Some(plural_of(word))),
                };
                if plural.as_deref() != Some(singular) && !seen.insert(word.clone()) {
                    return Err(fail(name, &entry.id, format!("`{word}` stands in two entries")));
                }
                let number =
                    if plural.as_deref().is_none_or(|p| p == singular) { Number::Any } else { Number::Singular };
                self.noun_forms.insert(words_of(singular), NounForm { noun, number });
                if let Some(plural) = plural.filter(|p| p != singular) {
                    self.noun_forms.insert(words_of(&plural), NounForm { noun, number: Number::Plural });
                }
            }
            self.nouns.push(entry);
        }
        for entry in file.pair {
            let category = known(CATEGORIES, &entry.category, name, &entry.id)?;
            self.pairs.extend(entry.words.iter().map(|w| (fold(w), (entry.value, category))));
        }
        Ok(())
    }

    fn add_modifiers(&mut self, file: ModifiersFile) -> Result<(), LoadError> {
        for entry in file.modifier {
            let category = known(CATEGORIES, &entry.category, FILES[3].0, &entry.id)?;
            let id = self.modifiers.len();
            self.modifiers.push((category, entry.strong));
            entry.words.iter().for_each(|w| self.modifier_words.insert(words_of(w), id));
            entry.side.iter().for_each(|w| self.side_words.insert(words_of(w), ()));
        }
        Ok(())
    }

    fn add_triggers(&mut self, file: TriggersFile) -> Result<(), LoadError> {
        for (frame, entry) in file.entries() {
            let name = FILES[4].0;
            let mut by_class = HashMap::new();
            for (class, measure) in &entry.by_class {
                by_class.insert(class.clone(), known(MEASURES, measure, name, &entry.id)?);
            }
            let mut goal = PhraseTable::default();
            entry.goal.iter().for_each(|g| goal.insert(words_of(g), ()));
            let at = self.triggers.len();
            for (phrase, form) in entry.phrases(frame).map_err(|e| fail(name, &entry.id, e))? {
                self.trigger_forms.insert(words_of(&phrase), TriggerForm { entry: at, form });
            }
            self.triggers.push(TriggerEntry {
                measure: known(MEASURES, &entry.measure, name, &entry.id)?,
                frame: entry.frame(frame).map_err(|e| fail(name, &entry.id, e))?,
                id: entry.id,
                object: entry.object,
                by_class,
                weak: entry.weak,
                plural: entry.plural,
                subset: entry.subset,
                unsplit: entry.unsplit,
                needs: entry.needs.iter().map(|w| fold(w)).collect(),
                unless: entry.unless.iter().map(|w| fold(w)).collect(),
                nouns: entry.nouns.iter().map(|w| fold(w)).collect(),
                goal,
            });
        }
        Ok(())
    }

    fn add_scopes(&mut self, file: ScopeFile) {
        for entry in file.scope {
            let id = self.scopes.len();
            entry.phrases.iter().for_each(|p| self.scope_phrases.insert(words_of(p), id));
            self.scopes.push(ScopeEntry {
                scope: entry.scope,
                background: entry.background,
                total: entry.total,
                near: entry.near.unwrap_or(usize::MAX),
                leads: entry.leads,
                perfect: entry.perfect,
                inside: entry.inside,
            });
        }
        let set = |words: &[String]| words.iter().map(|w| fold(w)).collect();
        self.spans.extend(file.span.iter().map(|entry| SpanEntry {
            openers: set(&entry.openers),
            fillers: set(&entry.fillers),
            units: entry.units.iter().map(|(unit, most)| (fold(unit), *most)).collect(),
        }));
        self.since.extend(file.since.iter().map(|entry| SinceEntry { words: set(&entry.words), day: set(&entry.day) }));
        for entry in file.doer {
            entry.words.iter().for_each(|w| self.doers.insert(words_of(w), ()));
        }
    }
}
