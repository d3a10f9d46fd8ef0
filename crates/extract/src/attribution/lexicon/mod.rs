//! The cue lexicon: groups of verbs, nouns and phrases as data.
//!
//! Words are lemmas in lower case. The files say what each field means.
mod file;

use super::CueClass;
use crate::LoadError;
use file::{NounFile, PhraseFile, RawWords, VerbFile};
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use variorum_model::Stance;

/// Where a verb's content stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// A finite clause: "said (that) the road was closed", "the road, she said, was closed".
    Clause,
    /// A quotation beside the verb.
    Quote,
    /// "vowed to return".
    Infinitive,
    /// "denied shelling the town".
    Gerund,
    /// "condemned the raid".
    Object,
    /// "urged them to leave".
    ObjectInfinitive,
    /// "accused them of looting": object and preposition.
    ObjectPreposition(String),
    /// "called for a truce".
    Preposition(String),
    /// "called on them to leave".
    PrepositionInfinitive(String),
    /// "referred to it as a massacre".
    PrepositionAs(String),
    /// "called it a massacre".
    Label,
    /// "is said to have fled".
    Raised,
    /// The object is spoken to: "told reporters".
    Addressee,
}

impl Frame {
    fn read(name: &str) -> Option<Frame> {
        Some(match name {
            "clause" => Frame::Clause,
            "quote" => Frame::Quote,
            "infinitive" => Frame::Infinitive,
            "gerund" => Frame::Gerund,
            "object" => Frame::Object,
            "object-infinitive" => Frame::ObjectInfinitive,
            "label" => Frame::Label,
            "raised" => Frame::Raised,
            "addressee" => Frame::Addressee,
            _ => match name.split_once(':')? {
                ("object", p) => Frame::ObjectPreposition(p.to_owned()),
                ("prep", p) => match p.split_once('+') {
                    Some((p, "infinitive")) => Frame::PrepositionInfinitive(p.to_owned()),
                    Some((p, "as")) => Frame::PrepositionAs(p.to_owned()),
                    Some(_) => return None,
                    None => Frame::Preposition(p.to_owned()),
                },
                _ => return None,
            },
        })
    }
}

/// Verbs that share class, stance and frames.
#[derive(Debug)]
pub(super) struct VerbGroup {
    pub id: String,
    pub class: CueClass,
    pub stance: Stance,
    pub frames: Vec<Frame>,
    /// True for verbs that raise their subject in the active voice: "seems to have left".
    pub raises: bool,
    /// True for verbs that credit somebody only when negated: "could not verify".
    pub only_negated: bool,
    /// True for verbs that credit things alone: papers, pictures, tests.
    pub things: bool,
    /// Objects with which the verb means something else: "claimed three lives".
    pub not_objects: Vec<String>,
    /// The only objects with which it credits somebody: "put the toll at 40". Empty for any.
    pub objects: Vec<String>,
}

/// A verb of a group, with its particle ("point out").
#[derive(Debug)]
pub(super) struct VerbEntry {
    pub group: usize,
    pub particle: Option<String>,
}

/// Nouns that share class, stance and frames.
#[derive(Debug)]
pub(super) struct NounGroup {
    pub id: String,
    pub class: CueClass,
    pub stance: Stance,
    pub clause: bool,
    pub infinitive: bool,
    pub prepositions: Vec<String>,
    /// Verbs under which the noun is another thing: "answered a call for".
    pub not_under: HashSet<String>,
    /// Verbs under which what the noun asks for is done: "heeded a call to march".
    pub heeded: HashSet<String>,
}

/// Words in a fixed form that credit somebody.
#[derive(Debug)]
pub(super) struct PhraseGroup {
    pub id: String,
    pub class: CueClass,
    pub stance: Stance,
}

/// A verb with a noun: "pointed the finger at".
#[derive(Debug)]
pub(super) struct Idiom {
    pub phrase: PhraseGroup,
    pub nouns: HashSet<String>,
    pub prepositions: HashSet<String>,
}

/// The compiled lexicon.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub verb_groups: Vec<VerbGroup>,
    pub noun_groups: Vec<NounGroup>,
    pub idioms: Vec<Idiom>,
    pub adjectives: Vec<Idiom>,
    pub phrases: Vec<PhraseGroup>,
    verbs: HashMap<String, Vec<VerbEntry>>,
    nouns: HashMap<String, usize>,
    /// First word of a phrase: the words and the phrase.
    phrase_words: HashMap<String, Vec<(Vec<String>, usize)>>,
    adverbs: HashMap<String, usize>,
    modifiers: HashMap<String, usize>,
    idiom_verbs: HashMap<String, Vec<usize>>,
    adjective_words: HashMap<String, usize>,
    /// Verbs that belong to the cue they govern, and whether they negate it: "refused to say".
    governors: HashMap<String, bool>,
    pub goes_on: HashSet<String>,
    /// What is done to a person of whom one tells: "asked not to be named".
    pub named: HashSet<String>,
    /// Verbs that give out a document: "issued a statement".
    pub issuing: HashSet<String>,
    /// Nouns that can hold speech: "statement", "letter".
    pub documents: HashSet<String>,
    /// Verbs that make one cue with a noun: "issued a warning".
    pub light: HashSet<String>,
    /// Verbs that may stand behind their source and what it says without a comma.
    pub behind: HashSet<String>,
    /// Nouns for voices that others cite.
    pub cited: HashSet<String>,
    /// What stands before a colon in a headline without saying anything.
    pub not_speakers: HashSet<String>,
    /// What follows "according to" as a measure rather than as a voice.
    pub not_voices: HashSet<String>,
}

const VERBS: (&str, &str) = ("data/attribution/verbs.toml", include_str!("../../../../../data/attribution/verbs.toml"));
const NOUNS: (&str, &str) = ("data/attribution/nouns.toml", include_str!("../../../../../data/attribution/nouns.toml"));
const PHRASES: (&str, &str) =
    ("data/attribution/phrases.toml", include_str!("../../../../../data/attribution/phrases.toml"));

impl Lexicon {
    pub fn load() -> Result<Self, LoadError> {
        let verb_file: VerbFile = read(VERBS)?;
        let noun_file: NounFile = read(NOUNS)?;
        let phrase_file: PhraseFile = read(PHRASES)?;
        let mut verb_groups = Vec::new();
        let mut verbs: HashMap<String, Vec<VerbEntry>> = HashMap::new();
        for raw in verb_file.verbs {
            let mut frames = Vec::new();
            for f in &raw.frames {
                let unknown = || at(VERBS, Some(f.span()), &format!("unknown frame {:?}", f.get_ref()));
                frames.push(Frame::read(f.get_ref()).ok_or_else(unknown)?);
            }
            for word in raw.words.split_whitespace() {
                let (verb, particle) = match word.split_once('_') {
                    Some((v, p)) => (v, Some(p.to_owned())),
                    None => (word, None),
                };
                verbs.entry(verb.to_owned()).or_default().push(VerbEntry { group: verb_groups.len(), particle });
            }
            verb_groups.push(VerbGroup {
                id: raw.id,
                class: raw.class,
                stance: raw.stance,
                frames,
                raises: raw.raises,
                only_negated: raw.only_negated,
                things: raw.things,
                not_objects: list(&raw.not_objects),
                objects: list(&raw.objects),
            });
        }
        let mut noun_groups = Vec::new();
        let mut nouns = HashMap::new();
        for raw in noun_file.nouns {
            let (clause, infinitive) = (raw.has("clause"), raw.has("infinitive"));
            nouns.extend(raw.words.split_whitespace().map(|w| (w.to_owned(), noun_groups.len())));
            let prepositions = raw.frames.into_iter().filter(|f| f != "clause" && f != "infinitive").collect();
            let (id, class, stance) = (raw.id, raw.class, raw.stance);
            let (not_under, heeded) = (set(&raw.not_under), set(&raw.heeded));
            noun_groups.push(NounGroup { id, class, stance, clause, infinitive, prepositions, not_under, heeded });
        }
        let mut phrases = Vec::new();
        let mut phrase_words: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for raw in phrase_file.phrases {
            for words in &raw.words {
                let words = list(words);
                let Some(first) = words.first().cloned() else { continue };
                phrase_words.entry(first).or_default().push((words, phrases.len()));
            }
            phrases.push(PhraseGroup { id: raw.id, class: raw.class, stance: raw.stance });
        }
        let mut single = |groups: Vec<RawWords>| {
            let mut words = HashMap::new();
            for raw in groups {
                words.extend(raw.words.split_whitespace().map(|w| (w.to_owned(), phrases.len())));
                phrases.push(PhraseGroup { id: raw.id, class: raw.class, stance: raw.stance });
            }
            words
        };
        let adverbs = single(phrase_file.adverbs);
        let modifiers = single(phrase_file.modifiers);
        let (mut idioms, mut idiom_verbs) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for raw in phrase_file.idioms {
            for verb in raw.verbs.split_whitespace() {
                idiom_verbs.entry(verb.to_owned()).or_default().push(idioms.len());
            }
            idioms.push(raw.compile());
        }
        let (mut adjectives, mut adjective_words) = (Vec::new(), HashMap::new());
        for raw in phrase_file.adjectives {
            adjective_words.extend(raw.words.split_whitespace().map(|w| (w.to_owned(), adjectives.len())));
            adjectives.push(raw.compile());
        }
        let governors = verb_file.governors.iter();
        Ok(Lexicon {
            governors: governors.flat_map(|g| list(&g.words).into_iter().map(|w| (w, g.negates))).collect(),
            goes_on: set(&verb_file.goes_on.words),
            named: set(&verb_file.named.words),
            issuing: set(&verb_file.issuing.verbs),
            documents: set(&verb_file.issuing.documents),
            light: set(&noun_file.light.verbs),
            behind: set(&phrase_file.behind.words),
            cited: set(&phrase_file.cited.words),
            not_speakers: set(&phrase_file.not_speakers.words),
            not_voices: set(&phrase_file.not_voices.words),
            verb_groups,
            noun_groups,
            idioms,
            adjectives,
            phrases,
            verbs,
            nouns,
            phrase_words,
            adverbs,
            modifiers,
            idiom_verbs,
            adjective_words,
        })
    }

    /// Entries of a verb, by lemma.
    pub fn verb(&self, lemma: &str) -> &[VerbEntry] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }
    /// The group of a noun, by lemma.
    pub fn noun(&self, lemma: &str) -> Option<&NounGroup> {
        self.nouns.get(lemma).map(|&g| &self.noun_groups[g])
    }
    /// Phrases that begin with a word: all their words, and the phrase.
    pub fn phrases_from(&self, word: &str) -> impl Iterator<Item = (&[String], &PhraseGroup)> {
        let phrases = self.phrase_words.get(word).into_iter().flatten();
        phrases.map(|(words, p)| (words.as_slice(), &self.phrases[*p]))
    }
    /// True for the id of a phrase ("according to").
    pub fn is_phrase(&self, id: &str) -> bool {
        self.phrase_words.values().flatten().any(|(_, p)| self.phrases[*p].id == id)
    }
    /// "reportedly".
    pub fn adverb(&self, word: &str) -> Option<&PhraseGroup> {
        self.adverbs.get(word).map(|&p| &self.phrases[p])
    }
    /// "alleged".
    pub fn modifier(&self, word: &str) -> Option<&PhraseGroup> {
        self.modifiers.get(word).map(|&p| &self.phrases[p])
    }
    /// Idioms of a verb: "point" (the finger at).
    pub fn idioms_of(&self, lemma: &str) -> impl Iterator<Item = &Idiom> {
        self.idiom_verbs.get(lemma).into_iter().flatten().map(|&i| &self.idioms[i])
    }
    /// "critical" (of).
    pub fn adjective(&self, lemma: &str) -> Option<&Idiom> {
        self.adjective_words.get(lemma).map(|&i| &self.adjectives[i])
    }
    /// For a verb that belongs to the cue it governs ("refused to say"): whether it negates it.
    pub fn governor(&self, lemma: &str) -> Option<bool> {
        self.governors.get(lemma).copied()
    }
}

fn list(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn set(words: &str) -> HashSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn read<T: DeserializeOwned>(file: (&str, &str)) -> Result<T, LoadError> {
    toml::from_str(file.1).map_err(|e| at(file, e.span(), e.message()))
}

/// An error that names file, line and column.
fn at((name, text): (&str, &str), span: Option<std::ops::Range<usize>>, message: &str) -> LoadError {
    let before = &text[..span.map_or(0, |s| s.start).min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
    LoadError(format!("{name}:{line}:{column}: {message}"))
}

/// Examples of a group: what is found, and near-misses in which nothing of the group is.
#[cfg(test)]
pub(super) struct Examples {
    pub id: String,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

/// The examples of all groups.
#[cfg(test)]
pub(super) fn examples() -> Vec<Examples> {
    let mut out = Vec::new();
    let mut add = |id: String, test: Vec<String>, allows: Vec<String>| out.push(Examples { id, test, allows });
    read::<VerbFile>(VERBS).unwrap().verbs.into_iter().for_each(|r| add(r.id, r.test, r.allows));
    read::<NounFile>(NOUNS).unwrap().nouns.into_iter().for_each(|r| add(r.id, r.test, r.allows));
    let file: PhraseFile = read(PHRASES).unwrap();
    file.phrases.into_iter().for_each(|r| add(r.id, r.test, r.allows));
    file.adverbs.into_iter().chain(file.modifiers).for_each(|r| add(r.id, r.test, r.allows));
    file.idioms.into_iter().for_each(|r| add(r.id, r.test, r.allows));
    file.adjectives.into_iter().for_each(|r| add(r.id, r.test, r.allows));
    out
}

/// Verbs with two groups for one frame, of which only the first would ever be found.
#[cfg(test)]
pub(super) fn ambiguous(lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    for (verb, entries) in &lexicon.verbs {
        let mut seen: Vec<(&Option<String>, &Frame)> = Vec::new();
        for entry in entries {
            let group = &lexicon.verb_groups[entry.group];
            for frame in group.frames.iter().filter(|f| **f != Frame::Addressee && !group.only_negated) {
                if seen.contains(&(&entry.particle, frame)) {
                    out.push(format!("{verb}: {frame:?} again in {}", group.id));
                }
                seen.push((&entry.particle, frame));
            }
        }
    }
    out.sort();
    out
}
