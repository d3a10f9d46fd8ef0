//! Place names: recognition and resolution against the gazetteer.
//!
//! [`spot`] finds names of the gazetteer and what the parser labels a place; [`judge`] says which of them are places;
//! [`resolve`] chooses what each means. The gazetteer itself is [`Gazetteer`].

mod dump;
mod fold;
mod gazetteer;
mod introduced;
mod judge;
mod layout;
mod lexicon;
mod pack;
mod resolve;
mod search;
mod spot;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use gazetteer::{Candidate, Gazetteer, Place, PlaceId};
pub use layout::{Kind, NameClass};

use crate::{LoadError, Reading};
use judge::Judge;
use lexicon::{Lexicon, lists};
use spot::{Finder, Form, Spot};
use std::ops::Range;
use variorum_model::{ClaimPlace, Precision, Quote, Span, Toponym};
use words::Words;

/// A place name with its gazetteer entry, if one was chosen.
#[derive(Debug, Clone)]
pub struct ToponymMention {
    /// The contract's form (byte offsets).
    pub toponym: Toponym,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// What the entry is: a settlement (`exact`), a division, a region, a country; `unlocated` when none was chosen.
    pub precision: Precision,
    /// True for demonyms and other adjectives ("Israeli"), which name no place of an event.
    pub adjectival: bool,
    /// True for a name inside an organisation's name ("Leeds City Council"), which names no place of an event.
    pub embedded: bool,
    /// False when another place of the name was nearly as likely, and nothing in the report spoke for this one.
    pub confident: bool,
    /// True where the words put the happening by the place, not at it ("near X", "north of X").
    pub near: bool,
    /// GeoNames codes of the first- and second-level divisions of the entry, where known ("AZ.01").
    pub admin1: Option<String>,
    /// Second level.
    pub admin2: Option<String>,
}

/// Gazetteer and rules.
pub struct ToponymFinder {
    gazetteer: Gazetteer,
    lexicon: Lexicon,
}

impl ToponymFinder {
    /// Opens the built-in gazetteer.
    ///
    /// # Errors
    /// When built-in data are damaged.
    pub fn load() -> Result<Self, LoadError> {
        let gazetteer = Gazetteer::built_in()?;
        let lexicon = Lexicon::load(&gazetteer)?;
        Ok(ToponymFinder { gazetteer, lexicon })
    }

    /// Lays a user's places over the built-in ones; see [`Gazetteer::add`].
    ///
    /// # Errors
    /// When a row cannot be read; the message names file and line.
    pub fn add_places(&mut self, file: &str, text: &str) -> Result<(), LoadError> {
        self.gazetteer.add(file, text)
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// All place names in text order, none overlapping.
    pub fn find(&self, reading: &Reading) -> Vec<ToponymMention> {
        let doc = &reading.doc;
        let words = Words::new(doc);
        let (gazetteer, lexicon) = (&self.gazetteer, &self.lexicon);
        let mut spots = Finder { gazetteer, lexicon, doc, words: &words }.spots();
        let verdicts = Judge { gazetteer, lexicon, doc, words: &words }.verdicts(&spots);
        let mut embedded: Vec<bool> = Vec::new();
        let mut verdict = verdicts.iter();
        spots.retain(|_| {
            verdict.next().is_some_and(|v| {
                if v.is_place() {
                    embedded.push(v.embedded);
                }
                v.is_place()
            })
        });
        let choices = resolve::resolve(gazetteer, doc, &spots);
        let found = spots.iter().zip(choices).zip(embedded);
        found.map(|((spot, choice), embedded)| self.mention(reading, &words, spot, choice, embedded)).collect()
    }

    fn mention(
        &self,
        reading: &Reading,
        words: &Words,
        spot: &Spot,
        choice: Option<resolve::Choice>,
        embedded: bool,
    ) -> ToponymMention {
        let bytes = reading.doc.slice(spot.tokens.clone()).bytes();
        let quote = Quote::new(Span::new(bytes.start, bytes.end), reading.text());
        let mut mention = ToponymMention {
            toponym: Toponym { name: quote.text.clone(), quote, geonames: None, country: None, lat: None, lon: None },
            tokens: spot.tokens.clone(),
            precision: Precision::Unlocated,
            adjectival: spot.form == Form::Demonym,
            embedded,
            confident: false,
            near: self.is_near(words, spot.tokens.start),
            admin1: None,
            admin2: None,
        };
        if let Some(choice) = choice {
            let place = self.gazetteer.place(choice.candidate.place);
            let code = |id: PlaceId| Some(self.gazetteer.code(id).to_owned()).filter(|code| !code.is_empty());
            mention.toponym.name = place.name.to_owned();
            mention.toponym.geonames = place.geonames;
            mention.toponym.country = place.country.and_then(code);
            mention.toponym.lat = Some(degrees(place.lat));
            mention.toponym.lon = Some(degrees(place.lon));
            mention.precision = match place.kind {
                // "Homs district", of which only the town is known.
                Kind::Capital | Kind::Settlement if spot.division => Precision::Admin2,
                kind => precision(kind),
            };
            mention.confident = choice.confident;
            mention.admin1 = self.gazetteer.holder(choice.candidate.place, Kind::Admin1).and_then(code);
            mention.admin2 = self.gazetteer.holder(choice.candidate.place, Kind::Admin2).and_then(code);
        }
        mention
    }

    /// "near X", "north of X", "on the outskirts of X".
    fn is_near(&self, words: &Words, start: usize) -> bool {
        let back = |n: usize| start.checked_sub(n).map_or("", |i| words.of(i));
        let one = if back(1) == "the" { back(2) } else { back(1) };
        let two =
            if back(1) == "the" { format!("{} {}", back(3), back(2)) } else { format!("{} {}", back(2), back(1)) };
        lists(&self.lexicon.proximity, one) || lists(&self.lexicon.proximity, &two)
    }
}

impl Gazetteer {
    /// A place as a claim names it, without words of a text.
    pub fn claim_place(&self, id: PlaceId) -> ClaimPlace {
        let place = self.place(id);
        ClaimPlace {
            name: place.name.to_owned(),
            geonames: place.geonames,
            lat: Some(degrees(place.lat)),
            lon: Some(degrees(place.lon)),
            country: place.country.map(|country| self.code(country).to_owned()),
            precision: precision(place.kind),
            ..ClaimPlace::default()
        }
    }
}

/// To the precision that the gazetteer keeps.
fn degrees(x: f32) -> f64 {
    (f64::from(x) * 1e5).round() / 1e5
}

fn precision(kind: Kind) -> Precision {
    match kind {
        Kind::Country => Precision::Country,
        Kind::Admin1 => Precision::Admin1,
        Kind::Admin2 => Precision::Admin2,
        Kind::Capital | Kind::Settlement | Kind::Facility => Precision::Exact,
        Kind::Region | Kind::Continent | Kind::Mountain | Kind::Sea | Kind::Lake | Kind::River => Precision::Region,
    }
}
