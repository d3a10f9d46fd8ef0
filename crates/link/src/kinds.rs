//! Event types as linkage sees them: `data/link/types.toml`.
use crate::LoadError;
use crate::calendar::Days;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use variorum_model::EVENT_TYPES;

const SOURCE: &str = include_str!("../../../data/link/types.toml");

/// Words between "under" and the truce: "under a Russian-brokered deal".
const UNDER: usize = 4;

/// Index into [`EVENT_TYPES`].
pub(crate) type Kind = u8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// A happening of its own.
    #[default]
    Event,
    /// What follows from another happening.
    Aftermath,
    /// An act of speech about something else.
    Speech,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    family: String,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    apart: bool,
    #[serde(default)]
    role: Role,
    #[serde(default)]
    lasting: bool,
    #[serde(default)]
    late: bool,
    #[serde(default)]
    pending: bool,
    #[serde(default)]
    pact: bool,
    #[serde(default)]
    breach: bool,
    label: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    families: (String, String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    campaign: String,
    parts: String,
    specifying: String,
    under: Vec<String>,
    topics: HashMap<String, String>,
    pointing: HashMap<String, String>,
    #[serde(rename = "type")]
    rows: Vec<Row>,
    related: Vec<Related>,
}

/// How two event types compare, the likest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KindLevel {
    Same,
    Family,
    Sibling,
    Related,
    Aftermath,
    Speech,
    /// Two acts of speech.
    Talk,
    Other,
}

/// All event types of the contract with their families.
pub(crate) struct Kinds {
    rows: Vec<Row>,
    families: Vec<u8>,
    levels: Vec<KindLevel>,
    index: HashMap<&'static str, Kind>,
    campaign: HashSet<String>,
    /// Families.
    parts: HashSet<u8>,
    /// Words behind a noun that say which one is meant.
    specifying: HashSet<String>,
    /// Words before the truce under which something is done.
    under: Vec<Vec<String>>,
    /// The families of truces and of talks.
    truce: u8,
    talks: u8,
    /// Words and the family of what they call.
    topics: HashMap<String, u8>,
    /// Those that call it so only by the noun alone.
    pointing: HashMap<String, u8>,
}

impl Kinds {
    pub fn load() -> Result<Self, LoadError> {
        Self::parse(SOURCE, "data/link/types.toml")
    }

    fn parse(source: &str, name: &str) -> Result<Self, LoadError> {
        let file: File = toml::from_str(source).map_err(|error| LoadError::at(name, source, &error))?;
        let mut by_id: HashMap<String, Row> = HashMap::new();
        for row in file.rows {
            if !EVENT_TYPES.contains(&row.id.as_str()) {
                return Err(LoadError(format!("{name}: {:?} is no event type of the contract", row.id)));
            }
            if let Some(twice) = by_id.insert(row.id.clone(), row) {
                return Err(LoadError(format!("{name}: {:?} stands twice", twice.id)));
            }
        }
        let mut rows = Vec::new();
        for id in EVENT_TYPES {
            rows.push(by_id.remove(*id).ok_or_else(|| LoadError(format!("{name}: {id:?} is missing")))?);
        }
        let mut names: Vec<&str> = rows.iter().map(|r| r.family.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let number = |family: &str| names.iter().position(|n| *n == family);
        let mut related = HashSet::new();
        for Related { families: (l, r) } in &file.related {
            let missing = || LoadError(format!("{name}: no type is of family {l:?} or {r:?}"));
            let (l, r) = (number(l).ok_or_else(missing)?, number(r).ok_or_else(missing)?);
            related.extend([(l, r), (r, l)]);
        }
        let families: Vec<u8> = rows.iter().map(|r| number(&r.family).unwrap_or(0) as u8).collect();
        let mut levels = Vec::new();
        for (l, row_l) in rows.iter().enumerate() {
            for (r, row_r) in rows.iter().enumerate() {
                let speech = row_l.role == Role::Speech || row_r.role == Role::Speech;
                let aftermath = (row_l.role == Role::Aftermath) != (row_r.role == Role::Aftermath);
                let is_related = related.contains(&(families[l] as usize, families[r] as usize));
                levels.push(match (l == r, families[l] == families[r]) {
                    _ if row_l.role == Role::Speech && row_r.role == Role::Speech => KindLevel::Talk,
                    (true, _) => KindLevel::Same,
                    // A truce is an agreement.
                    (_, true) if row_l.pact && row_r.pact => KindLevel::Same,
                    (_, true) if (row_l.generic || row_r.generic) && !row_l.apart && !row_r.apart => KindLevel::Family,
                    (_, true) => KindLevel::Sibling,
                    _ if speech => KindLevel::Speech,
                    // A breach of a truce is told as what broke it: an advance, a capture.
                    _ if is_related && !aftermath && (row_l.breach || row_r.breach) => KindLevel::Family,
                    _ if is_related && aftermath => KindLevel::Aftermath,
                    _ if is_related => KindLevel::Related,
                    _ => KindLevel::Other,
                });
            }
        }
        let index = EVENT_TYPES.iter().enumerate().map(|(i, id)| (*id, i as Kind)).collect();
        let campaign = file.campaign.split_whitespace().map(str::to_owned).collect();
        let part = |family: &str| {
            number(family).map(|n| n as u8).ok_or_else(|| LoadError(format!("{name}: no type is of family {family:?}")))
        };
        let parts = file.parts.split_whitespace().map(part).collect::<Result<_, _>>()?;
        let by_word = |families: &HashMap<String, String>| {
            let mut words = HashMap::new();
            for (family, list) in families {
                let family = part(family)?;
                words.extend(list.split_whitespace().map(|word| (word.to_owned(), family)));
            }
            Ok(words)
        };
        let (topics, pointing) = (by_word(&file.topics)?, by_word(&file.pointing)?);
        let specifying = file.specifying.split_whitespace().map(str::to_owned).collect();
        let under = file.under.iter().map(|run| run.split(' ').map(str::to_owned).collect()).collect();
        let (truce, talks) = (part("truce")?, part("talks")?);
        Ok(Kinds { rows, families, levels, index, campaign, parts, specifying, under, truce, talks, topics, pointing })
    }

    /// The type of this name; `other` for a name that the contract does not have.
    pub fn kind(&self, name: &str) -> Kind {
        self.index.get(name).copied().unwrap_or(EVENT_TYPES.len() as Kind - 1)
    }
    pub fn level(&self, l: Kind, r: Kind) -> KindLevel {
        self.levels[l as usize * self.rows.len() + r as usize]
    }
    pub fn role(&self, kind: Kind) -> Role {
        self.rows[kind as usize].role
    }
    pub fn family(&self, kind: Kind) -> u8 {
        self.families[kind as usize]
    }
    pub fn is_generic(&self, kind: Kind) -> bool {
        self.rows[kind as usize].generic
    }
    pub fn is_lasting(&self, kind: Kind) -> bool {
        self.rows[kind as usize].lasting
    }
    /// A state of affairs, not said to be of a day.
    pub fn lasts(&self, kind: Kind, time: Option<Days>) -> bool {
        self.is_lasting(kind) && time.is_none_or(|t| t.width() > 31)
    }
    /// The words of a trigger speak of many happenings together.
    pub fn is_campaign(&self, trigger: &str) -> bool {
        let lower = trigger.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| self.campaign.contains(word))
    }
    /// The families of what these words call by a noun, ascending.
    pub fn topics(&self, words: &str) -> Vec<u8> {
        let lower = words.to_lowercase();
        let pointed = self.pointed(&lower, &self.pointing);
        let words = lower.split(|c: char| !c.is_alphabetic() && c != '-');
        let mut families: Vec<u8> = words.filter_map(|word| self.topics.get(word).copied()).chain(pointed).collect();
        families.sort_unstable();
        families.dedup();
        families
    }
    /// The families of what the words call by a noun alone, as something that was told of, ascending: "in the fighting".
    pub fn points_back(&self, words: &str) -> Vec<u8> {
        let mut families = self.pointed(&words.to_lowercase(), &self.topics);
        families.sort_unstable();
        families.dedup();
        families
    }
    /// The families of those of `nouns` that stand behind "the" with nothing to say which one is meant.
    fn pointed(&self, lower: &str, nouns: &HashMap<String, u8>) -> Vec<u8> {
        let words = bare_words(lower);
        let pairs = words.windows(2).enumerate();
        let alone = pairs
            .filter(|(i, pair)| pair[0] == "the" && !words.get(i + 2).is_some_and(|w| self.specifying.contains(*w)));
        alone.filter_map(|(_, pair)| nouns.get(pair[1]).copied()).collect()
    }
    /// Whether the words say that something is done under a truce: "disband under a cease-fire", "leave as part of the deal".
    pub fn is_term(&self, words: &str) -> bool {
        let lower = words.to_lowercase();
        let words = bare_words(&lower);
        let truce = |w: &&str| self.topics.get(*w).is_some_and(|family| self.truce == *family);
        self.under.iter().any(|under| {
            let starts = words.windows(under.len()).enumerate().filter(|(_, run)| run.iter().eq(under));
            starts.into_iter().any(|(i, _)| words.iter().skip(i + under.len()).take(UNDER).any(truce))
        })
    }
    /// A battle, a strike, a capture: what campaigns are made of.
    pub fn is_part(&self, kind: Kind) -> bool {
        self.parts.contains(&self.family(kind))
    }
    /// What may follow from a happening after years.
    pub fn is_late(&self, kind: Kind) -> bool {
        self.rows[kind as usize].late
    }
    /// What follows from a happening even while it is still to come: a trial is about something, an arrest may never be made.
    pub fn is_pending(&self, kind: Kind) -> bool {
        self.rows[kind as usize].pending
    }
    /// An agreement between parties.
    pub fn is_pact(&self, kind: Kind) -> bool {
        self.rows[kind as usize].pact
    }
    /// Of the family of agreements: what parties agree to do about a war.
    pub fn is_truce(&self, kind: Kind) -> bool {
        self.rows.iter().any(|row| row.pact && row.family == self.rows[kind as usize].family)
    }
    /// The family of truces.
    pub fn truce(&self) -> u8 {
        self.truce
    }
    /// Talks about a war, and who works for them.
    pub fn is_talks(&self, kind: Kind) -> bool {
        self.family(kind) == self.talks
    }
    /// The breaking of one.
    pub fn is_breach(&self, kind: Kind) -> bool {
        self.rows[kind as usize].breach
    }
    pub fn label(&self, kind: Kind) -> &str {
        &self.rows[kind as usize].label
    }
}

/// Words without the marks around them.
fn bare_words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_compare_by_family_and_role() {
        let kinds = Kinds::load().unwrap();
        let level = |l: &str, r: &str| kinds.level(kinds.kind(l), kinds.kind(r));
        assert_eq!(level("shelling", "shelling"), KindLevel::Same);
        assert_eq!(level("attack", "shelling"), KindLevel::Family);
        assert_eq!(level("landmine", "air-strike"), KindLevel::Sibling);
        assert_eq!(level("arrest", "shooting"), KindLevel::Aftermath);
        assert_eq!(level("denial", "blockade"), KindLevel::Speech);
        assert_eq!(level("ceasefire-violation", "troop-movement"), KindLevel::Family);
        assert_eq!(level("shelling", "troop-movement"), KindLevel::Related);
        assert_eq!(level("protest", "air-strike"), KindLevel::Other);
    }

    #[test]
    fn a_noun_alone_points_back_and_one_that_says_which_does_not() {
        let kinds = Kinds::load().unwrap();
        let points_back = |words: &str| kinds.points_back(words).contains(&kinds.family(kinds.kind("attack")));
        assert!(points_back("nine drovers were killed in the fighting"));
        assert!(!points_back("nine drovers were killed in the fighting near the weir"));
        assert!(!points_back("nine drovers were killed in fighting"));
        assert!(!points_back("nine drovers spoke of the deal"), "of another family");
    }

    #[test]
    fn a_type_left_out_is_an_error() {
        let source = SOURCE.replace("id = \"siege\"", "id = \"blockade\"");
        assert!(Kinds::parse(&source, "t.toml").err().unwrap().to_string().contains("stands twice"));
    }
}
