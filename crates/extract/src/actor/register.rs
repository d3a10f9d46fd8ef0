//! The actor register: states, organisations, institutions, and the words that name them.
use crate::LoadError;
use serde::Deserialize;
use std::collections::HashMap;

/// What sort of words name a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateForm {
    /// "Azerbaijan".
    Name,
    /// "Azerbaijani", "Azeris".
    Demonym,
    /// "Baku", "the Kremlin".
    Metonym,
}

/// What a phrase of the register stands for; indices into the register's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A state or de facto authority.
    State(usize, StateForm),
    /// An organisation.
    Organisation(usize),
    /// Stands for an organisation only where it acts ("Brussels").
    OrganisationMetonym(usize),
    /// An office or body of a state.
    Institution(usize),
    /// A state that only the report knows; index into the names of its cast.
    Local(usize, StateForm),
}

/// A state or de facto authority.
#[derive(Debug, Clone)]
pub struct State {
    /// Register id: ISO 3166-1 alpha-3 in lower case where there is one.
    pub id: String,
    /// Claims statehood or self-rule without general recognition.
    pub de_facto: bool,
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code; empty where there is none.
    pub iso: String,
    /// Id of the state of the same people, whose demonym may mean either ("Armenian forces" in Karabakh).
    pub kin: Option<String>,
}

/// An organisation, armed group or agency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Register id.
    pub id: String,
    /// `intergovernmental`, `armed-group`, `agency`, `ngo`, `institution`.
    pub kind: String,
    /// Canonical name.
    pub name: String,
    /// The state that it is part of.
    #[serde(default)]
    pub state: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
}

/// A sort of office or body: `{state} Ministry of Defence`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Register id, joined to a state's: `aze.mod`.
    pub id: String,
    /// Canonical name with `{state}`.
    pub name: String,
    /// Held by a person ("president").
    #[serde(default)]
    pub person: bool,
    /// Authorities of one people may each have one, so that a demonym alone does not say whose it is.
    #[serde(default)]
    pub shared: bool,
    words: Vec<String>,
    /// Words that point back to it: "the ministry".
    #[serde(default)]
    pub short: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisation: Vec<Organisation>,
}

/// A register file that a user adds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    #[serde(default)]
    state: Vec<ExtraState>,
    #[serde(default)]
    organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtraState {
    id: String,
    name: String,
    #[serde(default)]
    de_facto: bool,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    kin: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Institutions {
    institution: Vec<Institution>,
}

/// All known actors, and the phrases that name them.
pub struct Register {
    /// States and de facto authorities.
    pub states: Vec<State>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Institutions of states.
    pub institutions: Vec<Institution>,
    /// By ISO 3166-1 alpha-2 code, the codes of the countries that border on it.
    neighbours: HashMap<&'static str, Vec<&'static str>>,
    /// Folded first word → phrases, the longest first.
    pub(super) phrases: HashMap<String, Vec<Phrase>>,
}

pub(super) struct Phrase {
    words: Vec<String>,
    /// As the register writes it.
    pub(super) written: String,
    /// Written in capitals: must stand so in the text ("WHO" is not "who").
    exact: Option<String>,
    pub(super) entry: Entry,
}

/// A phrase found in a row of words.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// First word after.
    pub end: usize,
    /// What it stands for.
    pub entry: Entry,
}

const STATES: &str = include_str!("../../../../data/actors/states.tsv");
const NEIGHBOURS: &str = include_str!("../../../../data/actors/neighbours.tsv");
const ORGANISATIONS: &str = include_str!("../../../../data/actors/organisations.toml");
const INSTITUTIONS: &str = include_str!("../../../../data/actors/institutions.toml");

/// A line of `neighbours.tsv`; comments are none.
fn borders(line: &'static str) -> Option<(&'static str, Vec<&'static str>)> {
    let (code, around) = line.split_once('\t')?;
    Some((code, around.split_whitespace().collect()))
}

impl Register {
    /// The register that is built in.
    pub fn built_in() -> Result<Self, LoadError> {
        let organisations: Organisations =
            toml::from_str(ORGANISATIONS).map_err(|e| LoadError(format!("data/actors/organisations.toml: {e}")))?;
        let institutions: Institutions =
            toml::from_str(INSTITUTIONS).map_err(|e| LoadError(format!("data/actors/institutions.toml: {e}")))?;
        let mut register = Register {
            states: Vec::new(),
            organisations: organisations.organisation,
            institutions: institutions.institution,
            neighbours: NEIGHBOURS.lines().filter_map(borders).collect(),
            phrases: HashMap::new(),
        };
        register.add_states(STATES)?;
        for i in 0..register.organisations.len() {
            register.add_organisation(i);
        }
        for i in 0..register.institutions.len() {
            for words in register.institutions[i].words.clone() {
                register.add(&words, Entry::Institution(i));
            }
        }
        register.longest_first();
        Ok(register)
    }

    /// Adds a user's entries, in TOML: `[[state]]` with id, name, de_facto, demonyms, metonyms, aliases, kin;
    /// `[[organisation]]` with id, kind, name, state, aliases, metonyms. `file` is named in errors.
    pub fn extend(&mut self, file: &str, entries: &str) -> Result<(), LoadError> {
        let extra: Extra = toml::from_str(entries).map_err(|e| LoadError(format!("{file}: {e}")))?;
        for state in extra.state {
            let i = self.states.len();
            self.add(&state.name, Entry::State(i, StateForm::Name));
            for (list, form) in [
                (&state.aliases, StateForm::Name),
                (&state.demonyms, StateForm::Demonym),
                (&state.metonyms, StateForm::Metonym),
            ] {
                for words in list {
                    self.add(words, Entry::State(i, form));
                }
            }
            let (id, de_facto, iso) = (state.id, state.de_facto, String::new());
            self.states.push(State { id, de_facto, name: state.name, iso, kin: state.kin });
        }
        for organisation in extra.organisation {
            self.organisations.push(organisation);
            self.add_organisation(self.organisations.len() - 1);
        }
        self.longest_first();
        Ok(())
    }

    fn add_organisation(&mut self, i: usize) {
        let org = self.organisations[i].clone();
        for alias in std::iter::once(&org.name).chain(&org.aliases) {
            self.add(alias, Entry::Organisation(i));
        }
        for metonym in &org.metonyms {
            self.add(metonym, Entry::OrganisationMetonym(i));
        }
    }

    /// Whether two states, by name, border on each other; nothing where the register does not know one of them.
    pub fn are_neighbours(&self, l: &str, r: &str) -> Option<bool> {
        let code = |name: &str| self.states.iter().find(|s| s.name == name).map(|s| s.iso.as_str());
        let (l, r) = (code(l)?, code(r)?);
        self.neighbours.get(r)?;
        Some(self.neighbours.get(l)?.contains(&r))
    }

    fn longest_first(&mut self) {
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
    }

    fn add_states(&mut self, table: &str) -> Result<(), LoadError> {
        for (n, line) in table.lines().enumerate() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let bad = |what: &str| LoadError(format!("data/actors/states.tsv:{}: {what}", n + 1));
            let [id, kind, iso, name, demonyms, metonyms, rest @ ..] = cells.as_slice() else {
                return Err(bad("expected at least six columns"));
            };
            let de_facto = match *kind {
                "state" => false,
                "de-facto" => true,
                _ => return Err(bad("kind is neither state nor de-facto")),
            };
            let i = self.states.len();
            let kin = rest.get(1).filter(|k| !k.is_empty()).map(|k| k.to_string());
            let (id, iso, name) = (id.to_string(), iso.to_string(), name.to_string());
            self.states.push(State { id, de_facto, name: name.clone(), iso, kin });
            self.add(&name, Entry::State(i, StateForm::Name));
            let aliases = rest.first().copied().unwrap_or("");
            for (list, form) in
                [(aliases, StateForm::Name), (*demonyms, StateForm::Demonym), (*metonyms, StateForm::Metonym)]
            {
                for words in list.split(';').filter(|w| !w.is_empty()) {
                    self.add(words, Entry::State(i, form));
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, phrase: &str, entry: Entry) {
        let split: Vec<String> = phrase.split_whitespace().flat_map(pieces).map(|w| fold(&w)).collect();
        // Unusual hyphens do not split a token.
        let whole: Vec<String> = phrase.split_whitespace().map(fold).collect();
        if whole != split {
            self.add_words(phrase, whole, entry);
        }
        self.add_words(phrase, split, entry);
    }

    fn add_words(&mut self, phrase: &str, words: Vec<String>, entry: Entry) {
        let capitals = phrase.chars().all(|c| c.is_uppercase() || c == '.' || c == '-') && phrase.len() <= 5;
        let Some(first) = words.first() else { return };
        let same = self.phrases.entry(first.clone()).or_default();
        if !same.iter().any(|p| p.words == words && p.entry == entry) {
            same.push(Phrase { words, written: phrase.to_owned(), exact: capitals.then(|| phrase.to_owned()), entry });
        }
    }

    /// True of words that are the name of an organisation and nothing else.
    pub(crate) fn is_body(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split_whitespace().collect();
        let hits = self.hits(&words);
        !hits.is_empty()
            && hits.iter().all(|h| matches!(h.entry, Entry::Organisation(_)) && h.start == 0 && h.end == words.len())
    }

    /// Every phrase in a row of words (as tokenised), the longest at each place, none overlapping. Where a phrase is
    /// both a state and something else, all readings are given.
    pub fn hits(&self, words: &[&str]) -> Vec<Hit> {
        let folded: Vec<String> = words.iter().map(|w| fold(unglue(w))).collect();
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let mut longest = 0;
            for phrase in self.phrases.get(&folded[at]).into_iter().flatten() {
                let n = phrase.words.len();
                if n < longest || at + n > words.len() || folded[at..at + n] != phrase.words[..] {
                    continue;
                }
                // "A male" is nobody of Male, nor a turkey of Turkey; where all names are written small, "syrian" still is.
                let upper = |w: &str| w.starts_with(char::is_uppercase);
                let common = n == 1 && upper(&phrase.written) && !upper(unglue(words[at]));
                if common && crate::senses::kind_of(&folded[at]).is_some() {
                    continue;
                }
                if phrase.exact.as_ref().is_some_and(|e| words[at] != e) {
                    continue;
                }
                longest = n;
                hits.push(Hit { start: at, end: at + n, entry: phrase.entry });
            }
            at += longest.max(1);
        }
        hits
    }
}

/// The tokens that the tokenizer makes of one written word: it splits at inner hyphens and before "'s".
fn pieces(word: &str) -> Vec<String> {
    let word = word.replace('’', "'");
    let mut out = Vec::new();
    let (stem, clitic) = match word.strip_suffix("'s") {
        Some(stem) => (stem.to_owned(), Some("'s".to_owned())),
        None => match word.strip_suffix('\'') {
            Some(stem) => (stem.to_owned(), Some("'".to_owned())),
            None => (word.clone(), None),
        },
    };
    for (i, part) in stem.split('-').enumerate() {
        if i > 0 {
            out.push("-".to_owned());
        }
        if !part.is_empty() {
            out.push(part.to_owned());
        }
    }
    out.extend(clitic);
    out
}

/// Scraped text glues articles to names: "theAzerbaijan". Gives the name.
pub(crate) fn unglue(word: &str) -> &str {
    for glued in ["the", "and", "of", "in", "by", "from"] {
        if let Some(rest) = word.strip_prefix(glued)
            && rest.len() > 3
            && rest.starts_with(|c: char| c.is_uppercase())
        {
            return rest;
        }
    }
    word
}

/// Lower case, straight apostrophes, plain hyphens.
pub(crate) fn fold(word: &str) -> String {
    word.replace('’', "'").replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<String> {
        let register = Register::built_in().unwrap();
        let show = |h: &Hit| match h.entry {
            Entry::State(i, form) => format!("{} {form:?}", register.states[i].name),
            Entry::Organisation(i) | Entry::OrganisationMetonym(i) => register.organisations[i].name.clone(),
            Entry::Institution(i) => register.institutions[i].id.clone(),
            Entry::Local(..) => unreachable!("the register knows no report"),
        };
        register.hits(words).iter().map(show).collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(names(&["the", "Georgian", "defence", "ministry"]), ["Georgia Demonym", "mod"]);
        assert_eq!(names(&["South", "Ossetian", "troops"]), ["South Ossetia Demonym", "forces"]);
    }

    #[test]
    fn abbreviations_need_their_capitals() {
        assert_eq!(names(&["who", "said", "WHO", "experts"]), ["World Health Organization"]);
        assert_eq!(names(&["he", "is", "IS"]), ["Islamic State"]);
        assert_eq!(names(&["a", "male", "turkey", "of", "Turkey"]), ["Turkey Name"]);
    }
}
