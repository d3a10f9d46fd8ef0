//! Place names: recognition and resolution against the gazetteer.
//!
//! [`spot`] finds names of the gazetteer and what the parser labels a place; [`judge`] says which of them are places;
//! [`resolve`] chooses what each means. The gazetteer itself is [`Gazetteer`].

mod bind;
mod built;
mod capital;
#[cfg(test)]
mod context_tests;
mod dump;
mod fold;
mod gazetteer;
mod introduced;
mod judge;
mod layout;
mod lexicon;
mod namesake;
mod pack;
mod person;
mod quarter;
mod resolve;
mod search;
mod spot;
mod table;
#[cfg(test)]
mod tests;
mod town;
mod variant;
mod words;

pub use gazetteer::{Candidate, Gazetteer, Place, PlaceId};
pub use layout::{Kind, NameClass};

use crate::{LoadError, Reading};
use judge::Judge;
use lexicon::{Lexicon, lists};
use resolve::Setting;
use spot::{Finder, Form, Spot};
use std::collections::HashMap;
use std::ops::Range;
use variorum_model::{ClaimPlace, Precision, Quote, Span, Toponym};
use variorum_syntax::Doc;
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
    /// True for a settlement, and for a name of which nothing is known that would make it anything else.
    pub town: bool,
    /// True for the capital of a country.
    pub capital: bool,
    /// True for a capital, a town of some tens of thousands, and a name that but for accents is the entry's own: known far from it.
    pub known: bool,
    /// True for a town of some tens of thousands, and for one by the name that the press gives it.
    pub well_known: bool,
    /// True for what a word beside it calls a quarter of a town ("the Pullman neighborhood").
    pub quarter: bool,
    /// True for demonyms and other adjectives ("Israeli"), which name no place of an event.
    pub adjectival: bool,
    /// True for a name inside an organisation's name ("Leeds City Council"), which names no place of an event.
    pub embedded: bool,
    /// True where the words are the entry's own name, but for case and short forms ("MT. PLEASANT").
    pub own_name: bool,
    /// False when another place of the name was nearly as likely, and nothing in the report spoke for this one.
    pub confident: bool,
    /// True where the words put the happening by the place, not at it ("near X", "north of X").
    pub near: bool,
    /// GeoNames codes of the first- and second-level divisions of the entry, where known ("AZ.01").
    pub admin1: Option<String>,
    /// Second level.
    pub admin2: Option<String>,
}

/// Decimal power of people from which a town is known far from it.
const KNOWN: f32 = 4.6;

/// Gazetteer and rules.
pub struct ToponymFinder {
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    capitals: HashMap<PlaceId, PlaceId>,
}

impl ToponymFinder {
    /// Opens the built-in gazetteer.
    ///
    /// # Errors
    /// When built-in data are damaged.
    pub fn load() -> Result<Self, LoadError> {
        let gazetteer = Gazetteer::built_in()?;
        let lexicon = Lexicon::load(&gazetteer)?;
        let capitals = capital::by_country(&gazetteer);
        Ok(ToponymFinder { gazetteer, lexicon, capitals })
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
        let finder = Finder { gazetteer, lexicon, doc, words: &words };
        let mut spots = finder.spots();
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
        namesake::drop_second_parts(doc, &mut spots, &mut embedded);
        let parts = finder.parts(&spots);
        let setting = Setting { spots: &spots, parts: &parts, home: self.home(reading) };
        let mut choices = resolve::resolve(gazetteer, lexicon, doc, &setting);
        town::drop_crossings(gazetteer, lexicon, &words, &spots, &mut choices);
        quarter::drop_strangers(gazetteer, doc, lexicon, &words, &spots, &mut choices);
        let towns = town::towns(gazetteer, reading, lexicon, &words, &spots, &choices);
        let found = spots.iter().zip(choices).zip(towns).zip(embedded);
        let mention = |(((spot, choice), town), embedded)| {
            let mut mention = self.mention(reading, &words, spot, choice, embedded);
            if let Some(town) = town {
                self.put_in(&mut mention, town);
            }
            mention
        };
        let mut mentions: Vec<ToponymMention> = found.map(mention).collect();
        self.add_capitals(reading, &mut mentions);
        mentions
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
            town: choice.is_none() && !spot.site,
            capital: false,
            known: false,
            well_known: false,
            quarter: quarter::is_quarter(&self.lexicon, words, spot),
            adjectival: spot.form == Form::Demonym,
            embedded,
            own_name: false,
            confident: false,
            near: self.is_near(&reading.doc, words, &spot.tokens),
            admin1: None,
            admin2: None,
        };
        if let Some(choice) = choice {
            let place = self.gazetteer.place(choice.candidate.place);
            let code = |id: PlaceId| Some(self.gazetteer.code(id).to_owned()).filter(|code| !code.is_empty());
            let same = fold::fold(&mention.toponym.quote.text) == fold::fold(place.name);
            mention.town = matches!(place.kind, Kind::Capital | Kind::Settlement) && !spot.borne && !spot.division;
            mention.capital = place.kind == Kind::Capital;
            mention.known = mention.capital || place.log_population >= KNOWN || same;
            mention.toponym.name = place.name.to_owned();
            // An accent more makes another name: San José is not San Jose.
            // What the table of settlements adds.
            let called = choice.candidate.class == NameClass::Primary && !same;
            mention.own_name = mention.toponym.quote.text == place.name || place.name.is_ascii() && same;
            mention.well_known = place.log_population >= KNOWN || called;
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

    /// The country of the publisher, where the address of the report says so ("https://news.example.ie/").
    fn home(&self, reading: &Reading) -> Option<PlaceId> {
        let report = &reading.report;
        let address = if report.url.is_empty() { &report.publisher } else { &report.url };
        let host = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        let host = host.split(['/', '?', ':', '#']).next()?;
        let (_, domain) = host.rsplit_once('.')?;
        let domain = domain.to_ascii_uppercase();
        if self.lexicon.sold_domains.contains(&domain.to_ascii_lowercase()) {
            return None;
        }
        self.gazetteer.by_code(if domain == "UK" { "GB" } else { &domain })
    }

    /// Gives what the gazetteer does not hold the point of the town that it is in.
    fn put_in(&self, mention: &mut ToponymMention, town: PlaceId) {
        let place = self.gazetteer.place(town);
        let code = |id: PlaceId| Some(self.gazetteer.code(id).to_owned()).filter(|code| !code.is_empty());
        mention.toponym.country = place.country.and_then(code);
        mention.toponym.lat = Some(degrees(place.lat));
        mention.toponym.lon = Some(degrees(place.lon));
        mention.precision = match precision(place.kind) {
            Precision::Exact => Precision::Near,
            wider => wider,
        };
        mention.own_name = true;
        mention.confident = true;
        mention.admin1 = self.gazetteer.holder(town, Kind::Admin1).and_then(code);
        mention.admin2 = self.gazetteer.holder(town, Kind::Admin2).and_then(code);
    }

    /// "near X", "north of X", "on the outskirts of X", "the X area".
    fn is_near(&self, doc: &Doc, words: &Words, tokens: &Range<usize>) -> bool {
        // "Near the guard's northern bastion Graz"
        let root = doc.slice(tokens.clone()).root();
        if root.dep() == "pobj" && lists(&self.lexicon.proximity, words.of(root.head().i())) {
            return true;
        }
        // "West of the capital Vienna", "near the town of Graz"
        let mut start = tokens.start;
        let kind = |i: usize| lists(&self.lexicon.settlement, words.of(i));
        // "Near the cities of Graz and Linz": near both.
        if start > 1 && words.of(start - 1) == "and" && doc.token(start - 2).pos() == "PROPN" {
            start -= 1;
            while start > 0 && doc.token(start - 1).pos() == "PROPN" {
                start -= 1;
            }
        }
        while start > 1 && (kind(start - 1) || words.of(start - 1) == "of" && kind(start - 2)) {
            start -= 1;
        }
        // "Near Austria's second city Graz"
        let whose = |i: usize| matches!(doc.token(i).tag(), "JJ" | "JJS" | "POS" | "NNP");
        let city = start < tokens.start && kind(start);
        let mut first = start;
        while city && first > 1 && whose(first - 1) && start - first < LONGEST_OWNER {
            first -= 1;
        }
        // "Near the northern Karovian city of Graz"
        if city && words.of(first - 1) == "the" && first > 2 {
            first -= 1;
        }
        if first < start && lists(&self.lexicon.proximity, words.of(first - 1)) {
            return true;
        }
        if lists(&self.lexicon.proximity_after, words.of(tokens.end)) {
            return true;
        }
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

/// Most tokens of "Austria's second" before "city".
const LONGEST_OWNER: usize = 4;

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
