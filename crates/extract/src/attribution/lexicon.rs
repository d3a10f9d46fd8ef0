//! The cue lexicon: groups of verbs, nouns and phrases as data.
use super::CueClass;
use crate::LoadError;
use serde::Deserialize;
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

/// A group of verbs that share class, stance and frames.
#[derive(Debug)]
pub(super) struct VerbGroup {
    pub id: String,
    pub class: CueClass,
    pub stance: Stance,
    pub frames: Vec<Frame>,
    /// True for verbs that raise their subject in the active voice: "seems to have left".
    pub raises: bool,
}

/// A verb of a group, with its particle ("point out").
#[derive(Debug)]
pub(super) struct VerbEntry {
    pub group: usize,
    pub particle: Option<String>,
}

/// The compiled lexicon.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub groups: Vec<VerbGroup>,
    verbs: HashMap<String, Vec<VerbEntry>>,
    governors: HashMap<String, bool>,
    documents: HashSet<String>,
    issuing: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbFile {
    issuing: RawIssuing,
    governors: Vec<RawGovernors>,
    verbs: Vec<RawVerbs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIssuing {
    verbs: String,
    documents: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGovernors {
    words: String,
    negates: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVerbs {
    pub id: String,
    class: CueClass,
    stance: Stance,
    frames: Vec<toml::Spanned<String>>,
    #[serde(default)]
    raises: bool,
    words: String,
    #[cfg_attr(not(test), allow(dead_code))]
    pub test: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub allows: Vec<String>,
}

pub(super) const VERBS: &str = include_str!("../../../../data/attribution/verbs.toml");
pub(super) const VERBS_NAME: &str = "data/attribution/verbs.toml";

fn verb_file() -> Result<VerbFile, LoadError> {
    toml::from_str(VERBS).map_err(|e| at(VERBS_NAME, VERBS, e.span(), e.message()))
}

impl Lexicon {
    pub fn load() -> Result<Self, LoadError> {
        let mut groups = Vec::new();
        let mut verbs: HashMap<String, Vec<VerbEntry>> = HashMap::new();
        let file = verb_file()?;
        for raw in file.verbs {
            let mut frames = Vec::new();
            for f in &raw.frames {
                let unknown = || at(VERBS_NAME, VERBS, Some(f.span()), &format!("unknown frame {:?}", f.get_ref()));
                frames.push(Frame::read(f.get_ref()).ok_or_else(unknown)?);
            }
            for word in raw.words.split_whitespace() {
                let (verb, particle) = match word.split_once('_') {
                    Some((v, p)) => (v, Some(p.to_owned())),
                    None => (word, None),
                };
                verbs.entry(verb.to_owned()).or_default().push(VerbEntry { group: groups.len(), particle });
            }
            groups.push(VerbGroup { id: raw.id, class: raw.class, stance: raw.stance, frames, raises: raw.raises });
        }
        let governors =
            file.governors.iter().flat_map(|g| g.words.split_whitespace().map(|w| (w.to_owned(), g.negates)));
        let words = |s: &str| s.split_whitespace().map(str::to_owned).collect();
        let (documents, issuing) = (words(&file.issuing.documents), words(&file.issuing.verbs));
        Ok(Lexicon { groups, verbs, governors: governors.collect(), documents, issuing })
    }

    /// True for a noun that can hold speech: "statement", "letter".
    pub fn is_document(&self, lemma: &str) -> bool {
        self.documents.contains(lemma)
    }

    /// True for a verb that gives out such a document: "issued a statement".
    pub fn is_issuing(&self, lemma: &str) -> bool {
        self.issuing.contains(lemma)
    }

    /// For a verb that belongs to the cue it governs ("refused to say"): whether it negates it.
    pub fn governor(&self, lemma: &str) -> Option<bool> {
        self.governors.get(lemma).copied()
    }

    /// Entries of a verb, by lemma.
    pub fn verb(&self, lemma: &str) -> &[VerbEntry] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// An error that names file, line and column.
fn at(name: &str, text: &str, span: Option<std::ops::Range<usize>>, message: &str) -> LoadError {
    let start = span.map_or(0, |s| s.start).min(text.len());
    let before = &text[..start];
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
    LoadError(format!("{name}:{line}:{column}: {message}"))
}
