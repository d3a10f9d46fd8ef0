//! The word lists and abbreviations of this layer.
use super::fold::fold;
use super::gazetteer::{Gazetteer, PlaceId};
use crate::LoadError;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

const LISTS: &str = include_str!("../../../../data/toponym/lexicon.toml");
const COUNTRIES: &str = include_str!("../../../../data/gazetteer/countries.tsv");
const DIVISIONS: &str = include_str!("../../../../data/gazetteer/divisions.tsv");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) list: Vec<List>,
}

/// One list of `lexicon.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) id: String,
    pub(super) words: Vec<String>,
    /// Sentences in which the mentions stand in brackets.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read it"))]
    #[serde(default)]
    pub(super) test: Vec<String>,
    /// Sentences in which the stretches in braces are no mentions.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read it"))]
    #[serde(default)]
    pub(super) allows: Vec<String>,
}

/// The lists by what they are for. All words are folded.
pub(super) struct Lexicon {
    pub(super) locative: HashSet<String>,
    pub(super) weak_locative: HashSet<String>,
    pub(super) assailing: HashSet<String>,
    pub(super) taking: HashSet<String>,
    pub(super) in_somebody: HashSet<String>,
    pub(super) fought_over: HashSet<String>,
    pub(super) proximity: HashSet<String>,
    pub(super) proximity_after: HashSet<String>,
    pub(super) stand_alone: HashSet<String>,
    pub(super) stand_alone_abroad: HashSet<String>,
    pub(super) quarter: HashSet<String>,
    pub(super) district: HashSet<String>,
    pub(super) linking: HashSet<String>,
    pub(super) settlement: HashSet<String>,
    pub(super) settlement_after: HashSet<String>,
    pub(super) sited: HashSet<String>,
    pub(super) has_places: HashSet<String>,
    pub(super) division: HashSet<String>,
    pub(super) rural: HashSet<String>,
    pub(super) side: HashSet<String>,
    pub(super) sided: HashSet<String>,
    pub(super) settlements: HashSet<String>,
    pub(super) street: HashSet<String>,
    pub(super) site: HashSet<String>,
    pub(super) sold_domains: HashSet<String>,
    pub(super) crossed: HashSet<String>,
    pub(super) crossing: HashSet<String>,
    pub(super) joining: HashSet<String>,
    pub(super) long_road: HashSet<String>,
    pub(super) building: HashSet<String>,
    pub(super) natural: HashSet<String>,
    pub(super) public_body: HashSet<String>,
    pub(super) private_body: HashSet<String>,
    pub(super) title: HashSet<String>,
    pub(super) personal: HashSet<String>,
    pub(super) ordinary: HashSet<String>,
    pub(super) direction: HashSet<String>,
    /// Case-sensitive short forms that stand alone ("UK", "Calif."), without full stops.
    pub(super) abbreviations: HashMap<String, PlaceId>,
    /// Postal codes and short forms that count only after a place and a comma ("IL").
    pub(super) postal: HashMap<String, PlaceId>,
}

/// Reads `lexicon.toml`.
pub(super) fn read() -> Result<File, LoadError> {
    toml::from_str(LISTS).map_err(|e| LoadError(format!("data/toponym/lexicon.toml: {e}")))
}

impl Lexicon {
    pub(super) fn load(gazetteer: &Gazetteer) -> Result<Lexicon, LoadError> {
        let mut lists: HashMap<String, HashSet<String>> = HashMap::new();
        for list in read()?.list {
            let words = list.words.into_iter().collect();
            if lists.insert(list.id.clone(), words).is_some() {
                return Err(LoadError(format!("data/toponym/lexicon.toml: two lists {:?}", list.id)));
            }
        }
        let mut take = |id: &str| -> Result<HashSet<String>, LoadError> {
            lists.remove(id).ok_or_else(|| LoadError(format!("data/toponym/lexicon.toml: no list {id:?}")))
        };
        let mut lexicon = Lexicon {
            locative: take("locative")?,
            weak_locative: take("weak-locative")?,
            assailing: take("assailing")?,
            taking: take("taking")?,
            in_somebody: take("in-somebody")?,
            fought_over: take("fought-over")?,
            proximity: take("proximity")?,
            proximity_after: take("proximity-after")?,
            stand_alone: take("stand-alone")?,
            stand_alone_abroad: take("stand-alone-abroad")?,
            quarter: take("quarter-word")?,
            district: take("district-word")?,
            linking: take("linking-word")?,
            settlement: take("settlement-word")?,
            settlement_after: take("settlement-after")?,
            sited: take("sited-word")?,
            has_places: take("of-word")?,
            division: take("division-word")?,
            rural: take("rural-word")?,
            side: take("side-word")?,
            sided: take("sided-city")?,
            settlements: take("settlements-word")?,
            street: take("street-word")?,
            site: take("site-word")?,
            sold_domains: take("sold-domain")?,
            crossed: take("crossed-word")?,
            crossing: take("crossing-word")?,
            joining: take("joining-word")?,
            long_road: take("long-road-word")?,
            building: take("building-word")?,
            natural: take("natural-word")?,
            public_body: take("public-body")?,
            private_body: take("private-body")?,
            title: take("title")?,
            personal: take("surname-or-given-name")?,
            ordinary: take("ordinary-word")?,
            direction: take("direction")?,
            abbreviations: HashMap::new(),
            postal: HashMap::new(),
        };
        if let Some(id) = lists.keys().next() {
            return Err(LoadError(format!("data/toponym/lexicon.toml: list {id:?} is not used")));
        }
        lexicon.read_abbreviations("countries.tsv", COUNTRIES, gazetteer)?;
        lexicon.read_abbreviations("divisions.tsv", DIVISIONS, gazetteer)?;
        Ok(lexicon)
    }

    fn read_abbreviations(&mut self, file: &str, table: &str, gazetteer: &Gazetteer) -> Result<(), LoadError> {
        for (i, line) in table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let place = gazetteer.by_code(fields[0]).ok_or_else(|| {
                LoadError(format!("data/gazetteer/{file}:{}:1: no place has the code {:?}", i + 1, fields[0]))
            })?;
            let list =
                |column: usize| fields.get(column).into_iter().flat_map(|f| f.split('|')).filter(|w| !w.is_empty());
            let bare = |w: &str| w.replace('.', "");
            self.abbreviations.extend(list(2).map(|w| (bare(w), place)));
            if file == "divisions.tsv" {
                self.postal.extend(list(3).map(|w| (w.to_owned(), place)));
            }
        }
        Ok(())
    }
}

/// True when a list holds the folded words of `text`.
pub(super) fn lists(words: &HashSet<String>, text: &str) -> bool {
    words.contains(text) || (!text.is_ascii() && words.contains(&fold(text)))
}
