//! Capitals that a text does not name: "the Karovian capital", "the capital of Karovia".
//!
//! The words themselves say which town is meant, so it is no guess. "The capital" alone is the one of the country that the report
//! is about where it names no other.
use super::layout::Kind;
use super::words::Words;
use super::{Gazetteer, PlaceId, ToponymFinder, ToponymMention, precision};
use crate::Reading;
use std::collections::HashMap;
use variorum_model::{Precision, Quote, Span, Toponym};
use variorum_syntax::Token;

/// The capital of each country that the gazetteer has just one of.
pub(super) fn by_country(gazetteer: &Gazetteer) -> HashMap<PlaceId, PlaceId> {
    let mut capitals: HashMap<PlaceId, Vec<PlaceId>> = HashMap::new();
    for id in gazetteer.ids().filter(|&id| gazetteer.kind(id) == Kind::Capital) {
        if let Some(country) = gazetteer.place(id).country {
            capitals.entry(country).or_default().push(id);
        }
    }
    capitals.into_iter().filter_map(|(country, of)| (of.len() == 1).then(|| (country, of[0]))).collect()
}

impl ToponymFinder {
    /// Adds the capitals that words of `reading` mean without naming them, in text order.
    pub(super) fn add_capitals(&self, reading: &Reading, mentions: &mut Vec<ToponymMention>) {
        let found: Vec<ToponymMention> =
            reading.doc.tokens().filter_map(|noun| self.capital_at(reading, mentions, noun)).collect();
        if !found.is_empty() {
            mentions.extend(found);
            mentions.sort_by_key(|m| m.tokens.start);
        }
    }

    fn capital_at(&self, reading: &Reading, mentions: &[ToponymMention], noun: Token<'_>) -> Option<ToponymMention> {
        let doc = &reading.doc;
        if noun.text() != "capital" || noun.tag() != "NN" || noun.dep() == "compound" {
            return None;
        }
        let covers = |i: usize| mentions.iter().find(|m| m.tokens.contains(&i));
        // "The capital Orlec", "the capital, Orlec", "Orlec, the capital": it is named. "Orlec's capital" of a province is another.
        let named = |t: Token<'_>| covers(t.i()).is_some_and(|m| m.precision != Precision::Country);
        let beside = (noun.i() + 1..noun.i() + 4).any(|i| doc.get(i).is_some_and(|t| named(t) && t.dep() != "pobj"));
        if beside
            || noun.children().any(|c| c.dep() == "appos")
            || matches!(noun.dep(), "appos" | "attr") && !noun.is_root()
            || noun.children().any(|c| c.dep() == "compound" && covers(c.i()).is_none())
        {
            return None;
        }
        let of = noun.children().find(|c| c.dep() == "prep" && c.is("of")).and_then(|p| p.child("pobj"));
        let whose = noun.children().filter(|c| matches!(c.dep(), "amod" | "poss" | "compound" | "nmod")).chain(of);
        let mut owners = whose.filter_map(|t| covers(t.i())).peekable();
        let country = if owners.peek().is_some() {
            // "Antioquia's capital" is another.
            let whole = |m: &ToponymMention| m.precision == Precision::Country;
            let of: Vec<&str> =
                owners.map(|m| m.toponym.country.as_deref().filter(|_| whole(m)).unwrap_or("")).collect();
            let [country] = of[..] else { return None };
            country
        } else {
            let bare = noun.children().all(|c| c.dep() == "det" && c.is("the")) && noun.child("det").is_some();
            let mut countries = mentions.iter().filter_map(|m| m.toponym.country.as_deref());
            let first = countries.next().filter(|_| bare)?;
            countries.all(|c| c == first).then_some(first)?
        };
        let capital = *self.capitals.get(&self.gazetteer.by_code(country)?)?;
        let place = self.gazetteer.claim_place(capital);
        let owned = |c: &Token<'_>| matches!(c.dep(), "amod" | "poss" | "compound" | "nmod") && c.i() < noun.i();
        let start = noun.children().filter(owned).map(|c| c.left_edge().i()).min().unwrap_or(noun.i());
        let bytes = noun.start()..noun.end();
        let code = |level: Kind| self.gazetteer.holder(capital, level).map(|id| self.gazetteer.code(id).to_owned());
        Some(ToponymMention {
            toponym: Toponym {
                name: place.name,
                quote: Quote::new(Span::new(bytes.start, bytes.end), reading.text()),
                geonames: place.geonames,
                country: place.country,
                lat: place.lat,
                lon: place.lon,
            },
            tokens: noun.i()..noun.i() + 1,
            precision: precision(Kind::Capital),
            town: true,
            capital: true,
            known: true,
            well_known: true,
            quarter: false,
            adjectival: false,
            embedded: false,
            own_name: true,
            confident: true,
            near: self.is_near(doc, &Words::new(doc), &(start..noun.i() + 1)),
            admin1: code(Kind::Admin1),
            admin2: code(Kind::Admin2),
        })
    }
}
