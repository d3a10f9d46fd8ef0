//! Quarters of the report's town, which the gazetteer does not hold, and their namesakes, which it does.
//!
//! News names a town elsewhere with its state or country ("Pullman, Washington"), and the quarters of its own town without:
//! Pullman, in a report of Chicago, is no town in Washington. Where two places of a country bear a name, or none of the
//! country at all, and nothing but the name speaks for the one chosen, it stays unlocated, or is where its town is.
use super::gazetteer::{Candidate, Gazetteer, PlaceId};
use super::layout::Kind;
use super::lexicon::{Lexicon, lists};
use super::namesake::SPOKEN_FOR;
use super::resolve::Choice;
use super::spot::{Finder, Form, Spot};
use super::words::Words;
use variorum_syntax::Doc;

/// Farther than that from the town of the report, nothing is a quarter of it, in kilometres.
const REACH_KM: f32 = 80.0;
/// Sentences in which a report says where it is.
const LEAD: usize = 3;
/// Share of the mentions of towns that lie about the report's own.
const PLAIN: f32 = 0.5;
/// Prominence from which a town is meant wherever its name stands: 50,000 people in the country of the report, 200,000 abroad.
const LARGE: f32 = 4.7;
const LARGE_ABROAD: f32 = 5.3;

/// Takes the place from names that are likelier of a quarter of the report's town.
pub(super) fn drop_strangers(
    gazetteer: &Gazetteer,
    doc: &Doc,
    lexicon: &Lexicon,
    words: &Words,
    spots: &[Spot],
    choices: &mut [Option<Choice>],
) {
    let Some(home) = home(gazetteer, doc, spots, choices) else { return };
    let place = |i: usize| choices[i].map(|c| c.candidate.place);
    let told_home = (0..spots.len()).any(|i| choices[i].is_some_and(|c| c.told && c.candidate.place == home));
    let admin1 = |p: PlaceId| gazetteer.holder(p, Kind::Admin1);
    let named: Vec<PlaceId> =
        (0..spots.len()).filter_map(place).filter(|&p| gazetteer.kind(p) == Kind::Admin1).chain(admin1(home)).collect();
    let known: Vec<PlaceId> = choices.iter().flatten().filter(|c| c.told).map(|c| c.candidate.place).collect();
    let country = |p: PlaceId| gazetteer.place(p).country;
    let quarters: Vec<&str> = spots.iter().filter(|s| is_quarter(lexicon, words, s)).map(|s| s.key.as_str()).collect();
    // Where the report is of a town that it locates, what it speaks for is named with its division, or lies beside what is.
    let spoken_for = |place: PlaceId, choice: &Choice| match told_home {
        true => {
            admin1(place).is_some_and(|a| named.contains(&a))
                || known.iter().any(|&k| k != place && gazetteer.kilometres(k, place) <= REACH_KM)
        }
        false => choice.local >= SPOKEN_FOR,
    };
    let is_stranger = |spot: &Spot, choice: &Choice| {
        let place = choice.candidate.place;
        let far = gazetteer.kind(place) == Kind::Settlement && gazetteer.kilometres(place, home) > REACH_KM;
        if !far || choice.told || spoken_for(place, choice) || !place.is_built_in() {
            return false;
        }
        let abroad = country(place) != country(home);
        let unknown = match abroad {
            true => choice.prior < LARGE_ABROAD && choice.support < SPOKEN_FOR,
            false => choice.prior < LARGE && (told_home || choice.namesakes > 0),
        };
        unknown || quarters.contains(&spot.key.as_str())
    };
    let strangers: Vec<usize> = (0..spots.len())
        .filter(|&i| spots[i].form != Form::Demonym && choices[i].is_some_and(|c| is_stranger(&spots[i], &c)))
        .collect();
    for i in strangers {
        choices[i] = None;
    }
}

impl Finder<'_> {
    /// "The Zahra district of Homs", "Homs's Zahra district": no division of that name elsewhere, and Homs is the city, unless the
    /// gazetteer has the one in the other ("the Manbij district of Aleppo").
    pub(super) fn districts(&self, spots: &mut [Spot]) {
        for i in 0..spots.len() {
            let end = spots[i].tokens.end;
            if !lists(&self.lexicon.district, self.words.of(end)) {
                continue;
            }
            let of = |other: &&usize| self.words.of(end + 1) == "of" && spots[**other].tokens.start == end + 2;
            let owner = |other: &&usize| {
                let gap = spots[i].tokens.start.checked_sub(1).filter(|&at| at == spots[**other].tokens.end);
                gap.is_some_and(|at| self.doc.token(at).tag() == "POS")
            };
            let (after, before) = ((i + 1 < spots.len()).then_some(i + 1), i.checked_sub(1));
            let town = after.as_ref().filter(of).or_else(|| before.as_ref().filter(owner));
            let Some(&town) = town else { continue };
            let kind = |place: PlaceId| self.gazetteer.kind(place);
            let is_town = |c: &Candidate| matches!(kind(c.place), Kind::Capital | Kind::Settlement);
            let of_division = lists(&self.lexicon.division, self.words.of(spots[town].tokens.end));
            let held = |c: &Candidate| {
                kind(c.place) == Kind::Admin2
                    && spots[town].candidates.iter().any(|t| !is_town(t) && self.gazetteer.holds(t.place, c.place))
            };
            if of_division || !spots[town].candidates.iter().any(is_town) || spots[i].candidates.iter().any(held) {
                continue;
            }
            spots[town].division = false;
            spots[i] = Spot {
                candidates: Vec::new(),
                form: Form::Introduced,
                division: false,
                by_kind: true,
                ..spots[i].clone()
            };
        }
    }
}

/// "The Pullman neighborhood", "the neighbourhood of Pullman"; "the Pullman district of Chicago", which nothing else is called.
pub(super) fn is_quarter(lexicon: &Lexicon, words: &Words, spot: &Spot) -> bool {
    let (start, end) = (spot.tokens.start, spot.tokens.end);
    let of = start > 1 && words.of(start - 1) == "of" && lists(&lexicon.quarter, words.of(start - 2));
    let district = spot.candidates.is_empty() && spot.by_kind && lists(&lexicon.district, words.of(end));
    of || district || lists(&lexicon.quarter, words.of(end))
}

/// The town that a report is about: of those that it locates, else of all, the one named most, from its first sentences or more
/// than once, where most towns that are known to lie somewhere are about it.
fn home(gazetteer: &Gazetteer, doc: &Doc, spots: &[Spot], choices: &[Option<Choice>]) -> Option<PlaceId> {
    let town = |i: usize| {
        let choice = choices[i].filter(|c| c.confident)?;
        let kind = matches!(gazetteer.kind(choice.candidate.place), Kind::Capital | Kind::Settlement);
        (kind && !spots[i].borne && spots[i].form != Form::Demonym).then_some(choice)
    };
    let towns: Vec<(usize, Choice)> = (0..spots.len()).filter_map(|i| Some((i, town(i)?))).collect();
    let of = |place: PlaceId| towns.iter().filter(move |t| t.1.candidate.place == place);
    let weight = |t: &(usize, Choice)| {
        let place = t.1.candidate.place;
        (of(place).any(|t| t.1.told), of(place).count(), std::cmp::Reverse(of(place).next().map(|t| t.0)))
    };
    let home = towns.iter().max_by_key(|t| weight(t))?.1.candidate.place;
    let first = of(home).next()?.0;
    let lead = doc.token(spots[first].tokens.start).sent_index() < LEAD;
    let near = |c: &Choice| gazetteer.kilometres(c.candidate.place, home) <= REACH_KM;
    let sure = towns.iter().filter(|(_, c)| near(c) || c.told || c.prior >= LARGE).count();
    let about = towns.iter().filter(|(_, c)| near(c)).count();
    ((lead || of(home).count() > 1) && about as f32 >= PLAIN * sure as f32).then_some(home)
}
