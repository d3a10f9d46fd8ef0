//! The data files of the figure layer as they are written.
use super::lexicon::{Form, Frame};
use super::phrase::{alternatives, fold};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashSet};
use variorum_model::{Bound, Scope};

/// Examples of an entry; they run as tests.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumeralsFile {
    pub cardinal: Vec<ValuesEntry>,
    pub multiplier: Vec<ValuesEntry>,
    pub phrase: Vec<NumeralEntry>,
    pub pronoun: Vec<NumeralEntry>,
    pub vague: Vec<NumeralEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct ValuesEntry {
    pub id: String,
    pub values: BTreeMap<String, f64>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct NumeralEntry {
    pub id: String,
    pub words: Vec<String>,
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundsFile {
    pub bound: Vec<BoundEntry>,
    pub range: Vec<RangeEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct BoundEntry {
    pub id: String,
    pub bound: Bound,
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct RangeEntry {
    pub id: String,
    pub open: Option<String>,
    pub join: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounsFile {
    pub noun: Vec<NounEntry>,
    pub pair: Vec<PairEntry>,
}

/// Words for two people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct PairEntry {
    pub id: String,
    pub value: f64,
    pub category: String,
    pub words: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

/// A group of counted nouns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct NounEntry {
    pub id: String,
    pub class: String,
    pub category: String,
    #[serde(default)]
    pub neutral: bool,
    /// The counted belong to a body that the noun does not name: "members".
    #[serde(default)]
    pub belonging: bool,
    #[serde(default)]
    pub gender: String,
    pub words: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModifiersFile {
    pub modifier: Vec<ModifierEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct ModifierEntry {
    pub id: String,
    pub category: String,
    #[serde(default)]
    pub strong: bool,
    pub words: Vec<String>,
    #[serde(default)]
    pub side: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggersFile {
    pub verb: Vec<TriggerData>,
    pub phrase: Vec<TriggerData>,
    pub state: Vec<TriggerData>,
    pub nominal: Vec<TriggerData>,
    pub toll: Vec<TriggerData>,
    pub lives: Vec<TriggerData>,
    pub counting: Vec<TriggerData>,
    pub bodies: Vec<TriggerData>,
    pub roll: Vec<TriggerData>,
}

impl TriggersFile {
    /// All entries with the frame of their table (none for verbs and phrases, which name their own).
    pub fn entries(self) -> impl Iterator<Item = (Option<Frame>, TriggerData)> {
        let of = |frame, entries: Vec<TriggerData>| entries.into_iter().map(move |e| (frame, e));
        of(None, self.verb)
            .chain(of(None, self.phrase))
            .chain(of(Some(Frame::State), self.state))
            .chain(of(Some(Frame::Nominal), self.nominal))
            .chain(of(Some(Frame::Toll), self.toll))
            .chain(of(Some(Frame::Lives), self.lives))
            .chain(of(Some(Frame::Counting), self.counting))
            .chain(of(Some(Frame::Bodies), self.bodies))
            .chain(of(Some(Frame::Roll), self.roll))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct TriggerData {
    pub id: String,
    pub measure: String,
    #[serde(default)]
    pub frame: String,
    #[serde(default)]
    pub object: Vec<String>,
    #[serde(default)]
    pub by_class: BTreeMap<String, String>,
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    pub plural: bool,
    #[serde(default)]
    pub subset: bool,
    /// "victims": does not say whether killed or wounded, which earlier figures may.
    #[serde(default)]
    pub unsplit: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    /// Words that, soon after it, make it another thing: "fled the scene".
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub nouns: Vec<String>,
    #[serde(default)]
    pub goal: Vec<String>,
    #[serde(default)]
    pub forms: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

impl TriggerData {
    /// The frame that the entry names, or that of its table.
    pub fn frame(&self, table: Option<Frame>) -> Result<Frame, String> {
        match (table, self.frame.as_str()) {
            (Some(frame), "") => Ok(frame),
            (None, "transitive") => Ok(Frame::Transitive),
            (None, "intransitive") => Ok(Frame::Intransitive),
            (None, "active") => Ok(Frame::Active),
            (_, other) => Err(format!("frame `{other}` is not known here")),
        }
    }
    /// Every form with what it is.
    pub fn phrases(&self, _table: Option<Frame>) -> Result<Vec<(String, Form)>, String> {
        let mut found: Vec<(String, Form)> = Vec::new();
        for line in &self.forms {
            let forms: Vec<&str> = line.split_whitespace().collect();
            let [base, present, past, participle, gerund] = forms[..] else {
                return Err(format!("`{line}` should have five forms"));
            };
            let rows = [(base, Form::Base), (present, Form::Present), (past, Form::Past), (participle, Form::Past)];
            for (word, form) in rows.into_iter().chain([(gerund, Form::Gerund)]) {
                let past_alike = form == Form::Past || !(word == past || word == participle);
                if past_alike && !found.iter().any(|(w, _)| w == word) {
                    found.push((word.to_owned(), form));
                }
            }
        }
        for phrase in self.words.iter().flat_map(|w| alternatives(w)) {
            found.push((phrase.trim_end_matches('|').to_owned(), Form::Open));
        }
        Ok(found)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeFile {
    pub scope: Vec<ScopeData>,
    pub span: Vec<SpanData>,
    pub since: Vec<SinceData>,
    pub doer: Vec<DoerData>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct ScopeData {
    pub id: String,
    pub scope: Scope,
    #[serde(default)]
    pub background: bool,
    #[serde(default)]
    pub total: bool,
    #[serde(default)]
    pub near: Option<usize>,
    /// The cue must stand before the figure.
    #[serde(default)]
    pub leads: bool,
    /// The cue must hang on the trigger or on its verb.
    #[serde(default)]
    pub inside: bool,
    /// Holds only beside a perfect: "have been killed this week".
    #[serde(default)]
    pub perfect: bool,
    pub phrases: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

/// A stretch of time by its length: "in three days", "over the past two weeks".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct SpanData {
    pub id: String,
    /// Prepositions before the length; without one, "of" must follow it ("six days of shelling").
    pub openers: Vec<String>,
    /// Words between the opener and the unit, beside numbers.
    pub fillers: Vec<String>,
    /// Units with the number of them up to which they are a day (0: never).
    pub units: BTreeMap<String, f64>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

/// A stretch of time by its start: "since Tuesday", "since the truce collapsed".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct SinceData {
    pub id: String,
    pub words: Vec<String>,
    /// Starts of a day.
    pub day: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct DoerData {
    pub id: String,
    pub words: Vec<String>,
    pub test: Vec<String>,
    pub allows: Vec<String>,
}

/// Closed classes of words that the mechanisms look at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsFile {
    be: Vec<String>,
    have: Vec<String>,
    negation: Vec<String>,
    relative: Vec<String>,
    transparent: Vec<String>,
    list_joins: Vec<String>,
    pub list_phrases: Vec<String>,
    subset_openers: Vec<String>,
    partitive_pronouns: Vec<String>,
    articles: Vec<String>,
    definite: Vec<String>,
    others: Vec<String>,
    modals: Vec<String>,
    hypothetical: Vec<String>,
    person_endings: Vec<String>,
    unlike_people: Vec<String>,
    bodies_of_people: Vec<String>,
    months: Vec<String>,
    name_numbers: Vec<String>,
    age_units: Vec<String>,
    age_heads: Vec<String>,
    aged: Vec<String>,
    pointing: Vec<String>,
    toll_links: Vec<String>,
    container_nouns: Vec<String>,
    he: Vec<String>,
    she: Vec<String>,
    offspring: Vec<String>,
    parents: Vec<String>,
    kin: Vec<String>,
    households: Vec<String>,
    reflexives: Vec<String>,
    reporting: Vec<String>,
    share_words: Vec<String>,
    number_names: Vec<String>,
    superlatives: Vec<String>,
    joining: Vec<String>,
    inside: Vec<String>,
    officers: Vec<String>,
    military: Vec<String>,
    deputies: Vec<String>,
    parliamentary: Vec<String>,
}

macro_rules! word_sets {
    ($($name:ident),*) => {
        /// The same, for lookup.
        #[derive(Default)]
        pub(super) struct SyntaxWords { $(pub $name: HashSet<SmolStr>),* }
        impl From<WordsFile> for SyntaxWords {
            fn from(file: WordsFile) -> Self {
                SyntaxWords { $($name: file.$name.iter().map(|w| fold(w)).collect()),* }
            }
        }
    };
}
word_sets!(
    be,
    have,
    negation,
    relative,
    transparent,
    list_joins,
    subset_openers,
    partitive_pronouns,
    articles,
    definite,
    others,
    modals,
    hypothetical,
    person_endings,
    unlike_people,
    bodies_of_people,
    months,
    name_numbers,
    age_units,
    age_heads,
    aged,
    pointing,
    toll_links,
    container_nouns,
    he,
    she,
    offspring,
    parents,
    kin,
    households,
    reflexives,
    reporting,
    share_words,
    number_names,
    superlatives,
    joining,
    inside,
    officers,
    military,
    deputies,
    parliamentary
);
