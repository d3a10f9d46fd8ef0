//! The built-in lexicon: triggers with frames, governors, weapons.
use super::pattern::{Element, Part, Pattern};
use super::source::Source;
use super::words::{Classes, Words};
use crate::LoadError;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};
use variorum_model::{EVENT_TYPES, Polarity, TimePrecision};

macro_rules! data_file {
    ($name:literal) => {
        Source { path: concat!("data/event/", $name), text: include_str!(concat!("../../../../data/event/", $name)) }
    };
}

const CLASSES: Source = data_file!("classes.toml");
const FRAMES: Source = data_file!("frames.toml");
const GOVERNORS: Source = data_file!("governors.toml");
const WEAPONS: Source = data_file!("weapons.toml");
const RETYPES: Source = data_file!("retype.toml");
/// Files of triggers, by family.
pub(super) const TRIGGERS: &[Source] = &[
    data_file!("casualty.toml"),
    data_file!("attack.toml"),
    data_file!("remote.toml"),
    data_file!("clash.toml"),
    data_file!("coercion.toml"),
    data_file!("destruction.toml"),
    data_file!("force.toml"),
    data_file!("territory.toml"),
    data_file!("peace.toml"),
    data_file!("humanitarian.toml"),
    data_file!("protest.toml"),
    data_file!("politics.toml"),
    data_file!("speech.toml"),
];

/// What a participant does in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    Agent,
    Patient,
    Place,
    #[default]
    None,
}

/// Which role stands in which syntactic position.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    id: String,
    /// Verbs: subject (agent of a passive).
    pub subject: Role,
    /// Verbs: object (subject of a passive).
    pub object: Role,
    /// Nouns: possessive.
    pub possessive: Role,
    /// Nouns: a person in the possessive, where no `of` says who else.
    #[serde(default)]
    pub possessed: Role,
    /// Nouns: what they are said to be of ("X is an ally").
    #[serde(default)]
    pub predicate: Role,
    /// Nouns: a people or organisation before it.
    pub modifier: Role,
    /// Nouns: `of`.
    pub of: Role,
    /// Whose doing the object is: "criticised X's plan".
    #[serde(default)]
    pub whose: Role,
    /// Other prepositions, for both.
    #[serde(default)]
    pub prepositions: HashMap<String, Role>,
}

impl Frame {
    /// Those beside the subject do what it does: "clashed with the guard".
    pub fn is_mutual(&self) -> bool {
        self.prepositions.get("with") == Some(&Role::Agent)
    }

    /// Subject is agent; nothing else is said.
    pub fn doer() -> Self {
        Frame {
            id: String::new(),
            subject: Role::Agent,
            object: Role::None,
            possessive: Role::Agent,
            possessed: Role::None,
            predicate: Role::None,
            modifier: Role::Agent,
            of: Role::None,
            whose: Role::None,
            prepositions: HashMap::new(),
        }
    }
}

/// How events combine when one clause tells one happening with several triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Family {
    /// People killed or hurt.
    Casualty,
    /// Force used against people or things.
    Violence,
    /// Something done to things.
    Damage,
    /// All else that happens.
    Act,
    /// Acts of speech: dropped where their content is an event.
    Speech,
}

/// A trigger entry.
pub(super) struct Entry {
    pub id: SmolStr,
    pub kind: SmolStr,
    pub frame: usize,
    pub family: Family,
    /// The type follows the means named in the clause.
    pub by_means: bool,
    /// Only tried, it did not come about: the mill still stands. An attack that fails is an attack.
    pub done_only: bool,
    pub state: bool,
    pub background: bool,
    /// A noun that names only how something else was done ("raids", "an operation"): it joins any event beside it.
    pub weak: bool,
    /// A noun that counts without any participant.
    pub bare: bool,
    /// A noun that is background unless a verb tells it: "the country's civil war".
    pub standing: bool,
    /// Stands beside an event in its content.
    pub nests: bool,
    pub polarity: Option<Polarity>,
    pub duration: Option<TimePrecision>,
    pub when: Vec<Element>,
    pub unless: Vec<Element>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerFile {
    family: Family,
    trigger: Vec<TriggerEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggerEntry {
    pub id: toml::Spanned<String>,
    r#type: toml::Spanned<String>,
    frame: toml::Spanned<String>,
    family: Option<Family>,
    #[serde(default)]
    verb: Vec<toml::Spanned<String>>,
    #[serde(default)]
    noun: Vec<toml::Spanned<String>>,
    #[serde(default)]
    adj: Vec<toml::Spanned<String>>,
    #[serde(default)]
    by_means: bool,
    #[serde(default)]
    done_only: bool,
    #[serde(default)]
    state: bool,
    #[serde(default)]
    background: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    standing: bool,
    #[serde(default)]
    nests: bool,
    polarity: Option<Polarity>,
    duration: Option<TimePrecision>,
    #[serde(default)]
    when: Vec<toml::Spanned<String>>,
    #[serde(default)]
    unless: Vec<toml::Spanned<String>>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    pub test: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    pub allows: Vec<String>,
}

/// What a word does to the event that it governs ("launched an attack", "failed to seize").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sway {
    /// Subject does the noun: "carried out an attack".
    Do,
    /// Subject suffers it: "came under attack".
    Undergo,
    /// The noun happens: "fighting erupted".
    Occur,
    /// It begins or goes on; noun or clause.
    Begin,
    /// It ends; noun or clause.
    End,
    /// It did not come about.
    Fail,
    /// Nor did this, and its subject is not who would have done it: "foiled a raid".
    Avert,
    /// It is meant or agreed.
    Plan,
    /// It is wanted of others, or expected: whoever wants it does not do it.
    Want,
    /// It hangs on something.
    Doubt,
    /// It came about; over a clause only: "managed to", "was forced to".
    Manage,
    /// Tried: an aim, but violence that is tried is violence.
    Try,
    /// Its subject brings it about: "the shelling resulted in deaths".
    Cause,
    /// A noun that only counts or phases: "a wave of attacks".
    Part,
}

pub(super) struct Governor {
    pub sway: Sway,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GovernorFile {
    governor: Vec<GovernorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GovernorEntry {
    #[allow(dead_code)]
    id: String,
    sway: Sway,
    #[serde(default)]
    verb: Vec<toml::Spanned<String>>,
    #[serde(default)]
    noun: Vec<toml::Spanned<String>>,
    #[serde(default)]
    adj: Vec<toml::Spanned<String>>,
}

/// A weapon or other means, with the type of event it makes.
pub(super) struct Weapon {
    /// Type of an event done with it; absent where it could be several.
    pub kind: Option<SmolStr>,
    /// Whether it is reported as a weapon (a "raid from the air" is a means only).
    pub weapon: bool,
    /// Whether it carries weapons ("helicopter").
    pub carrier: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeaponFile {
    weapon: Vec<WeaponEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeaponEntry {
    #[allow(dead_code)]
    id: String,
    r#type: Option<toml::Spanned<String>>,
    #[serde(default = "yes")]
    weapon: bool,
    #[serde(default)]
    carrier: bool,
    noun: Vec<toml::Spanned<String>>,
}

fn yes() -> bool {
    true
}

/// Patterns by part of speech and head lemma, each with the index of its owner.
#[derive(Default)]
pub(super) struct Index {
    patterns: Vec<(Pattern, usize)>,
    by_head: HashMap<Part, HashMap<SmolStr, Vec<usize>>>,
}

impl Index {
    fn add(&mut self, part: Part, pattern: Pattern, owner: usize) {
        for lemma in pattern.head.lemmas() {
            self.by_head.entry(part).or_default().entry(lemma.clone()).or_default().push(self.patterns.len());
        }
        self.patterns.push((pattern, owner));
    }

    fn add_all(
        &mut self,
        source: Source,
        part: Part,
        texts: &[toml::Spanned<String>],
        owner: usize,
        classes: &Classes,
    ) -> Result<(), LoadError> {
        for text in texts {
            let pattern = Pattern::parse(text.get_ref(), part, classes)
                .map_err(|message| source.error(text.span().start, &message))?;
            self.add(part, pattern, owner);
        }
        Ok(())
    }

    /// Patterns whose head is this lemma, with their owners.
    pub fn get<'a>(&'a self, part: Part, lemma: &str) -> impl Iterator<Item = (&'a Pattern, usize)> + use<'a> {
        let found = self.by_head.get(&part).and_then(|m| m.get(lemma)).map_or(&[][..], |v| v);
        found.iter().map(|&p| (&self.patterns[p].0, self.patterns[p].1))
    }
}

/// Everything the event layer knows about words.
pub(super) struct Lexicon {
    pub classes: Classes,
    pub frames: Vec<Frame>,
    pub entries: Vec<Entry>,
    pub triggers: Index,
    pub governors: Vec<Governor>,
    pub governed: Index,
    pub weapons: Vec<Weapon>,
    pub arms: Index,
    /// Rank of each type where several means stand in one clause: lower wins.
    pub means_rank: HashMap<SmolStr, usize>,
    /// Types of violence by weapons.
    pub harms: HashSet<SmolStr>,
    /// Types of what goes on until somebody puts an end to it.
    pub ongoing: HashSet<SmolStr>,
    /// Prepositions that say where.
    pub place_prepositions: Words,
    /// Prepositions that give the reason or occasion of something else.
    pub context_prepositions: Words,
    pub retypes: Vec<Retype>,
}

/// A type that follows from who does it to whom.
pub(super) struct Retype {
    pub from: Vec<SmolStr>,
    pub to: SmolStr,
    pub agent: Option<Words>,
    pub patient: Option<Words>,
    /// Nobody else is done to.
    pub alone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RetypeFile {
    retype: Vec<RetypeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetypeEntry {
    #[cfg_attr(not(test), allow(dead_code))]
    pub id: String,
    from: Vec<toml::Spanned<String>>,
    to: toml::Spanned<String>,
    agent: Option<toml::Spanned<String>>,
    patient: Option<toml::Spanned<String>>,
    #[serde(default)]
    alone: bool,
    #[cfg_attr(not(test), allow(dead_code))]
    pub test: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    place: toml::Spanned<String>,
    context: toml::Spanned<String>,
    means: Vec<String>,
    harms: Vec<String>,
    ongoing: Vec<String>,
    frame: Vec<Frame>,
}

impl Lexicon {
    /// Whether some trigger or weapon is named by a noun of this lemma.
    pub fn knows_noun(&self, lemma: &str) -> bool {
        self.triggers.get(Part::Noun, lemma).next().is_some() || self.arms.get(Part::Noun, lemma).next().is_some()
    }

    pub fn load() -> Result<Self, LoadError> {
        let classes = Classes::load(CLASSES)?;
        let frame_file: FrameFile = FRAMES.parse()?;
        let place_prepositions = Words::parse(frame_file.place.get_ref(), &classes)
            .map_err(|message| FRAMES.error(frame_file.place.span().start, &message))?;
        let context_prepositions = Words::parse(frame_file.context.get_ref(), &classes)
            .map_err(|message| FRAMES.error(frame_file.context.span().start, &message))?;
        let mut lexicon = Lexicon {
            classes,
            frames: frame_file.frame,
            entries: Vec::new(),
            triggers: Index::default(),
            governors: Vec::new(),
            governed: Index::default(),
            weapons: Vec::new(),
            arms: Index::default(),
            harms: frame_file.harms.into_iter().map(SmolStr::from).collect(),
            ongoing: frame_file.ongoing.into_iter().map(SmolStr::from).collect(),
            means_rank: frame_file.means.into_iter().enumerate().map(|(i, t)| (t.into(), i)).collect(),
            place_prepositions,
            context_prepositions,
            retypes: Vec::new(),
        };
        lexicon.load_governors()?;
        lexicon.load_weapons()?;
        lexicon.load_retypes()?;
        for &source in TRIGGERS {
            lexicon.load_triggers(source)?;
        }
        Ok(lexicon)
    }

    fn load_governors(&mut self) -> Result<(), LoadError> {
        let file: GovernorFile = GOVERNORS.parse()?;
        for entry in file.governor {
            let owner = self.governors.len();
            self.governors.push(Governor { sway: entry.sway });
            for (part, texts) in [(Part::Verb, &entry.verb), (Part::Noun, &entry.noun), (Part::Adjective, &entry.adj)] {
                self.governed.add_all(GOVERNORS, part, texts, owner, &self.classes)?;
            }
        }
        Ok(())
    }

    fn load_weapons(&mut self) -> Result<(), LoadError> {
        let file: WeaponFile = WEAPONS.parse()?;
        for entry in file.weapon {
            if let Some(kind) = &entry.r#type {
                check_type(WEAPONS, kind)?;
            }
            let owner = self.weapons.len();
            let kind = entry.r#type.map(|t| t.get_ref().as_str().into());
            self.weapons.push(Weapon { kind, weapon: entry.weapon, carrier: entry.carrier });
            self.arms.add_all(WEAPONS, Part::Noun, &entry.noun, owner, &self.classes)?;
        }
        Ok(())
    }

    fn load_retypes(&mut self) -> Result<(), LoadError> {
        let file: RetypeFile = RETYPES.parse()?;
        for entry in file.retype {
            for kind in entry.from.iter().chain([&entry.to]) {
                check_type(RETYPES, kind)?;
            }
            let words = |text: &Option<toml::Spanned<String>>| {
                text.as_ref()
                    .map(|t| Words::parse(t.get_ref(), &self.classes).map_err(|m| RETYPES.error(t.span().start, &m)))
                    .transpose()
            };
            let (agent, patient) = (words(&entry.agent)?, words(&entry.patient)?);
            self.retypes.push(Retype {
                from: entry.from.iter().map(|k| k.get_ref().as_str().into()).collect(),
                to: entry.to.get_ref().as_str().into(),
                agent,
                patient,
                alone: entry.alone,
            });
        }
        Ok(())
    }

    fn load_triggers(&mut self, source: Source) -> Result<(), LoadError> {
        let file: TriggerFile = source.parse()?;
        for entry in file.trigger {
            check_type(source, &entry.r#type)?;
            let at = entry.id.span().start;
            let id = SmolStr::new(entry.id.get_ref());
            if self.entries.iter().any(|e| e.id == id) {
                return Err(source.error(at, "an id used twice"));
            }
            let Some(frame) = self.frames.iter().position(|f| f.id == *entry.frame.get_ref()) else {
                return Err(source.error(entry.frame.span().start, "no such frame"));
            };
            let elements = |texts: &[toml::Spanned<String>]| {
                texts
                    .iter()
                    .map(|t| Element::parse(t.get_ref(), &self.classes).map_err(|m| source.error(t.span().start, &m)))
                    .collect::<Result<Vec<_>, _>>()
            };
            let (when, unless) = (elements(&entry.when)?, elements(&entry.unless)?);
            let owner = self.entries.len();
            self.entries.push(Entry {
                id,
                kind: entry.r#type.get_ref().as_str().into(),
                frame,
                family: entry.family.unwrap_or(file.family),
                by_means: entry.by_means,
                done_only: entry.done_only,
                state: entry.state,
                background: entry.background,
                weak: entry.weak,
                bare: entry.bare,
                standing: entry.standing,
                nests: entry.nests,
                polarity: entry.polarity,
                duration: entry.duration,
                when,
                unless,
            });
            for (part, texts) in [(Part::Verb, &entry.verb), (Part::Noun, &entry.noun), (Part::Adjective, &entry.adj)] {
                self.triggers.add_all(source, part, texts, owner, &self.classes)?;
            }
        }
        Ok(())
    }
}

fn check_type(source: Source, kind: &toml::Spanned<String>) -> Result<(), LoadError> {
    if EVENT_TYPES.contains(&kind.get_ref().as_str()) {
        Ok(())
    } else {
        Err(source.error(kind.span().start, "not an event type of the contract"))
    }
}

#[cfg(test)]
pub(super) fn retypes_with_examples() -> Vec<RetypeEntry> {
    let file: RetypeFile = RETYPES.parse().unwrap_or_else(|e| panic!("{e}"));
    file.retype
}

#[cfg(test)]
pub(super) fn entries_with_examples() -> Vec<(&'static str, TriggerEntry)> {
    TRIGGERS
        .iter()
        .flat_map(|source| {
            let file: TriggerFile = source.parse().unwrap_or_else(|e| panic!("{e}"));
            file.trigger.into_iter().map(|entry| (source.path, entry))
        })
        .collect()
}
