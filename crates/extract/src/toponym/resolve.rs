//! Which place a name means: what is prominent, what the report's other names agree on, and what holds what.
//!
//! One sense per discourse (Gale, Church and Yarowsky 1992): all spots of one name are one group with one place,
//! except where a comma binds a spot to its container ("Paris, Texas").
use super::bind::{among_divisions, bind};
use super::fold::fold;
use super::gazetteer::{Candidate, Gazetteer, PlaceId};
use super::judge::prominence;
use super::layout::{Kind, NameClass};
use super::lexicon::Lexicon;
use super::namesake::{Evidence, is_far_namesake};
use super::spot::{Form, Spot};
use std::collections::{HashMap, HashSet};
use variorum_syntax::Doc;

/// Candidates that a group keeps.
const KEPT: usize = 48;
/// Options of a group that speak of what is near, and that listen to it.
const VOICES: usize = 4;
const LISTENERS: usize = 8;
/// Temperatures of belief in the rounds in which groups listen to each other: open at first, decided at last.
const ROUNDS: [f32; 3] = [2.5, 1.5, 1.0];
/// How much a decimal power of people counts.
const PROMINENCE: f32 = 1.0;
/// How much the country of the other names counts.
const COUNTRY: f32 = 2.2;
/// How much their first-level division counts.
const ADMIN1: f32 = 1.6;
/// How much their second-level division counts.
const ADMIN2: f32 = 1.5;
/// How much it counts that they are near.
const NEAR: f32 = 1.6;
/// Distance over which nearness falls by e, in kilometres.
const NEAR_KM: f32 = 120.0;
/// Evidence beyond which more of it says no more: one report names a country in any number of ways.
const ENOUGH: f32 = 3.0;
/// What a comma that binds elsewhere in the report is worth.
const BOUND: f32 = 4.0;
/// What a word like "province" is worth to a division.
const DIVISION: f32 = 3.0;
/// What a division loses to the town of its name inside it.
const TOWN: f32 = 3.5;
/// The country whose cities are known by their name alone.
const STATES: &str = "US";
/// What it is worth to a city that it is known by its name alone.
const ALONE: f32 = 1.0;
/// Lead over the second place from which a choice without support is confident.
const LEAD: f32 = 1.5;
/// The same for a city of 200,000 people and more.
const LEAD_OF_CITY: f32 = 1.0;
const CITY: f32 = 5.3;

/// What the other names must add for a place that is known by the consonants of its name only.
const HEARD: f32 = 1.0;
/// Prominence from which a place is meant wherever something bears its name: that of a city of a million.
const KNOWN: f32 = 6.0;
/// Share of letters from which two spellings are of one name whatever the others say.
const ALIKE: f64 = 0.75;

/// A choice for a spot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) candidate: Candidate,
    pub(super) confident: bool,
    /// The report says somewhere what holds it, or it is known without.
    pub(super) told: bool,
    /// Decimal power of people, less what another name than the own one costs.
    pub(super) prior: f32,
    /// What the other names add, and of that what is nearer than the country.
    pub(super) support: f32,
    pub(super) local: f32,
    /// Other places of the name in its country.
    pub(super) namesakes: usize,
}

struct Option_ {
    candidate: Candidate,
    prior: f32,
    score: f32,
    /// What the other names add.
    support: f32,
    /// Of that, what is nearer than the country.
    local: f32,
    weight: f32,
    point: [f32; 3],
    country: Option<PlaceId>,
    admin1: Option<PlaceId>,
    admin2: Option<PlaceId>,
    kind: Kind,
    /// It is known by its name alone.
    alone: bool,
}

struct Group {
    spots: Vec<usize>,
    options: Vec<Option_>,
    /// How much it has to say: more mentions, louder, by the logarithm. What only holds other names ("Dover, Ohio") says
    /// nothing that these do not, and "Marden Hall" nothing of a town Marden.
    loudness: f32,
}

/// What a report says of its spots before any is resolved.
pub(super) struct Setting<'a> {
    pub(super) spots: &'a [Spot],
    /// Which spots are parts of longer names of places.
    pub(super) parts: &'a [bool],
    /// The publisher's country.
    pub(super) home: Option<PlaceId>,
}

/// Chooses a place for each spot that has candidates.
pub(super) fn resolve(gazetteer: &Gazetteer, lexicon: &Lexicon, doc: &Doc, setting: &Setting) -> Vec<Option<Choice>> {
    let &Setting { spots, parts, home } = setting;
    let (mut bound, holding) = bind(gazetteer, doc, spots);
    let mut groups = group(gazetteer, spots, &bound, &holding);
    for (spot, place) in among_divisions(gazetteer, lexicon, doc, spots, &holding) {
        if bound[spot].is_empty() {
            bound[spot] = vec![place];
        }
    }
    let states = gazetteer.by_code(STATES);
    for group in &mut groups {
        let named = |names: &HashSet<String>| group.spots.iter().any(|&s| names.contains(&spots[s].key));
        if named(&lexicon.stand_alone) {
            stand_alone(group, |country| country == states);
        } else if named(&lexicon.stand_alone_abroad) {
            stand_alone(group, |country| country != states);
        }
    }
    let others = groups.len().saturating_sub(1);
    groups.extend(home.map(|country| publisher(gazetteer, country)));
    for temperature in ROUNDS {
        weigh(&mut groups, temperature);
        listen(&mut groups);
    }
    let mut choices: Vec<Option<Choice>> = vec![None; spots.len()];
    for group in &groups {
        for &spot in &group.spots {
            let fits = |o: &&Option_| bound[spot].is_empty() || bound[spot].contains(&o.candidate.place);
            let best = group.options.iter().filter(fits).max_by(|a, b| a.score.total_cmp(&b.score));
            let Some(best) = best.or_else(|| group.options.first()) else { continue };
            // Half of the sounds of a name fit many: without the others' word it stays unlocated.
            let heard = spots[spot].form == Form::Unknown && bound[spot].is_empty() && best.support < HEARD;
            if heard && !alike(&spots[spot].key, gazetteer.place(best.candidate.place).name) {
                continue;
            }
            // "Marden Hall" is of no town Marden that nothing else speaks for.
            let borne = group.spots.iter().all(|&s| spots[s].borne) && bound[spot].is_empty();
            if borne && best.local < HEARD && best.prior < KNOWN {
                continue;
            }
            let part = group.spots.iter().all(|&s| parts[s]);
            let evidence = Evidence { prior: best.prior, support: best.support, part, others };
            if bound[spot].is_empty() && !best.alone && is_far_namesake(best.candidate, best.kind, evidence) {
                continue;
            }
            // The province around a town is no other place.
            let other = |o: &&Option_| far(o, best) && !gazetteer.holds(o.candidate.place, best.candidate.place);
            let rival = group.options.iter().filter(other).map(|o| o.score).fold(f32::MIN, f32::max);
            // What the report says the holder of once is known wherever it names it.
            let told = group.spots.iter().any(|&s| bound[s].contains(&best.candidate.place));
            let confident = !bound[spot].is_empty() || told || best.alone || best.score - rival >= lead(best, others);
            let around = |o: &&Option_| {
                matches!(o.kind, Kind::Admin1 | Kind::Admin2)
                    && gazetteer.holds(o.candidate.place, best.candidate.place)
            };
            let held = spots[spot].holding && matches!(best.kind, Kind::Capital | Kind::Settlement);
            let division = group.options.iter().filter(around).min_by_key(|o| o.kind).filter(|_| held);
            choices[spot] = Some(Choice {
                candidate: division.unwrap_or(best).candidate,
                confident,
                told: told || best.alone || !bound[spot].is_empty(),
                prior: best.prior,
                support: best.support,
                local: best.local,
                namesakes: group.options.iter().filter(|o| o.country == best.country && far(o, best)).count(),
            });
        }
    }
    choices
}

/// A publisher's country is one more name of the report.
fn publisher(gazetteer: &Gazetteer, country: PlaceId) -> Group {
    let candidate = Candidate { place: country, class: NameClass::Primary };
    Group { spots: Vec::new(), options: vec![option(gazetteer, candidate)], loudness: 1.0 }
}

fn group(gazetteer: &Gazetteer, spots: &[Spot], bound: &[Vec<PlaceId>], holding: &[bool]) -> Vec<Group> {
    let mut by_key: HashMap<(&str, bool), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (i, spot) in spots.iter().enumerate().filter(|(_, s)| !s.candidates.is_empty()) {
        let g = *by_key.entry((&spot.key, spot.division)).or_insert_with(|| {
            let mut options: Vec<Option_> = spot.candidates.iter().map(|c| option(gazetteer, *c)).collect();
            prefer_level(gazetteer, &mut options, spot.division);
            // Nobody calls a town by another name than its own that is a capital's.
            if options.iter().any(|o| o.kind == Kind::Capital && o.candidate.class == NameClass::Primary) {
                let called = |o: &Option_| fold(gazetteer.place(o.candidate.place).name).contains(&*spot.key);
                options.retain(|o| o.kind != Kind::Settlement || o.candidate.class == NameClass::Primary || called(o));
            }
            groups.push(Group { spots: Vec::new(), options, loudness: 1.0 });
            groups.len() - 1
        });
        groups[g].spots.push(i);
        // "Roads in Washington were iced. … They were sent to Washington, D.C.": what is told late tells another apart.
        let late =
            groups[g].spots.len() > 2 && !holding[i] && groups[g].spots.iter().all(|&s| s == i || bound[s].is_empty());
        if late {
            continue;
        }
        for option in groups[g].options.iter_mut().filter(|o| bound[i].contains(&o.candidate.place)) {
            option.prior += BOUND;
        }
    }
    for group in &mut groups {
        let n = group.spots.iter().filter(|&&s| !holding[s] && !spots[s].borne).count();
        group.loudness = if n == 0 { 0.0 } else { 1.0 + (n as f32).ln() };
        group.options.sort_by(|a, b| b.prior.total_cmp(&a.prior));
        group.options.truncate(KEPT);
        group.options.iter_mut().for_each(|o| o.score = o.prior);
    }
    groups
}

/// A town and the division around it often share their name: it means the town, unless a word says "province".
fn prefer_level(gazetteer: &Gazetteer, options: &mut [Option_], division: bool) {
    let towns: Vec<PlaceId> = options
        .iter()
        .filter(|o| matches!(o.kind, Kind::Capital | Kind::Settlement))
        .map(|o| o.candidate.place)
        .collect();
    for option in options.iter_mut().filter(|o| matches!(o.kind, Kind::Admin1 | Kind::Admin2)) {
        if division {
            option.prior += DIVISION;
        } else if towns.iter().any(|&t| gazetteer.holds(option.candidate.place, t)) {
            option.prior -= TOWN;
        }
    }
}

fn option(gazetteer: &Gazetteer, candidate: Candidate) -> Option_ {
    let place = gazetteer.place(candidate.place);
    let prior = PROMINENCE * prominence(&place, candidate.class);
    let (lat, lon) = (place.lat.to_radians(), place.lon.to_radians());
    Option_ {
        candidate,
        prior,
        score: prior,
        support: 0.0,
        local: 0.0,
        weight: 0.0,
        point: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
        country: place.country,
        admin1: gazetteer.holder(candidate.place, Kind::Admin1),
        admin2: gazetteer.holder(candidate.place, Kind::Admin2),
        kind: place.kind,
        alone: false,
    }
}

/// "Cleveland" is the city in Ohio where nothing speaks for another, "Geneva" the one in Switzerland: `is_there` of a country.
fn stand_alone(group: &mut Group, is_there: impl Fn(Option<PlaceId>) -> bool) {
    let city = |o: &&mut Option_| {
        o.kind == Kind::Settlement && o.candidate.class != NameClass::Stripped && is_there(o.country)
    };
    if let Some(largest) = group.options.iter_mut().filter(city).max_by(|a, b| a.prior.total_cmp(&b.prior)) {
        largest.prior += ALONE;
        largest.score += ALONE;
        largest.alone = true;
    }
}

/// Shares of belief within each group, relative to its best option.
fn weigh(groups: &mut [Group], temperature: f32) {
    for group in groups {
        let best = group.options.iter().map(|o| o.score).fold(f32::MIN, f32::max);
        group.options.iter_mut().for_each(|o| o.weight = ((o.score - best) / temperature).exp());
    }
}

/// What the groups believe of containers: for each, the sum of each group's strongest belief in a place inside.
#[derive(Default)]
struct Belief {
    total: HashMap<PlaceId, f32>,
    /// Per group.
    own: Vec<HashMap<PlaceId, f32>>,
}

impl Belief {
    fn new(groups: &[Group], of: impl Fn(&Option_) -> Option<PlaceId>) -> Belief {
        let mut belief = Belief::default();
        for group in groups {
            let mut own: HashMap<PlaceId, f32> = HashMap::new();
            for option in group.options.iter().filter(|o| o.weight > 0.01) {
                let Some(place) = of(option) else { continue };
                let strongest = own.entry(place).or_default();
                *strongest = strongest.max(option.weight * group.loudness);
            }
            own.iter().for_each(|(place, weight)| *belief.total.entry(*place).or_default() += weight);
            belief.own.push(own);
        }
        belief
    }

    /// What the groups other than `group` believe of `place`.
    fn of_others(&self, group: usize, place: Option<PlaceId>) -> f32 {
        let Some(place) = place else { return 0.0 };
        let total = self.total.get(&place).copied().unwrap_or(0.0);
        (total - self.own[group].get(&place).copied().unwrap_or(0.0)).max(0.0)
    }
}

/// Scores each group's options by what the other groups believe.
fn listen(groups: &mut [Group]) {
    let countries = Belief::new(groups, |o| o.country);
    let admin1s = Belief::new(groups, |o| o.admin1);
    let admin2s = Belief::new(groups, |o| o.admin2);
    let mut voices: Vec<(usize, f32, [f32; 3])> = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let near = group.options.iter().filter(|o| o.weight > 0.3 && o.kind >= Kind::Admin2);
        voices.extend(near.take(VOICES).map(|o| (g, o.weight * group.loudness, o.point)));
    }
    for (g, group) in groups.iter_mut().enumerate() {
        for option in &mut group.options {
            option.local =
                ADMIN1 * felt(admin1s.of_others(g, option.admin1)) + ADMIN2 * felt(admin2s.of_others(g, option.admin2));
            option.support = COUNTRY * felt(countries.of_others(g, option.country)) + option.local;
            option.score = option.prior + option.support;
        }
        group.options.sort_by(|a, b| b.score.total_cmp(&a.score));
        for option in group.options.iter_mut().take(LISTENERS) {
            let near = voices.iter().filter(|v| v.0 != g).map(|v| v.1 * (-km(v.2, option.point) / NEAR_KM).exp());
            let near = NEAR * felt(near.sum());
            option.local += near;
            option.support += near;
            option.score += near;
        }
    }
}

/// True when a folded spelling and a gazetteer's name differ in few letters.
fn alike(key: &str, name: &str) -> bool {
    strsim::normalized_damerau_levenshtein(key, &fold(name)) >= ALIKE
}

/// What a place must be ahead of its namesakes: less where it is a city, its namesakes are not, and no `others` are named.
fn lead(best: &Option_, others: usize) -> f32 {
    if best.prior >= CITY && others == 0 { LEAD_OF_CITY } else { LEAD }
}

/// Evidence counts less the more there is of it.
fn felt(evidence: f32) -> f32 {
    (1.0 + evidence.min(ENOUGH)).ln()
}

/// Distance of two points on the unit sphere, in kilometres (of the chord: short by 1 % at 3,000 km).
fn km(a: [f32; 3], b: [f32; 3]) -> f32 {
    let d = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    6371.0 * (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt()
}

/// True when two options are too far apart to be one place under two entries.
fn far(a: &Option_, b: &Option_) -> bool {
    a.candidate.place != b.candidate.place && km(a.point, b.point) > 60.0
}
