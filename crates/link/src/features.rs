//! What of a claim linkage compares.
use crate::calendar::{self, Days};
use crate::kinds::{Kind, Kinds};
use crate::story::{Bag, hash, sentence_terms};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use variorum_model::{Bound, CATEGORIES, Claim, ClaimPlace, MEASURES, Named, Polarity, Precision, Stance};

/// A place as linkage compares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Site {
    pub geonames: Option<u32>,
    /// Hash of the name in lower case.
    pub name: u32,
    /// Latitude and longitude in degrees.
    pub point: Option<(f32, f32)>,
    pub precision: Precision,
    /// Hash of the country's code; 0 when not known.
    pub country: u32,
}

impl Site {
    pub fn new(place: &ClaimPlace) -> Self {
        let point = place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32));
        Site {
            geonames: place.geonames,
            name: hash(&place.name.to_lowercase()),
            point: point.filter(|_| place.precision != Precision::Unlocated),
            precision: place.precision,
            country: place.country.as_deref().map_or(0, hash),
        }
    }

    /// A point on the ground rather than an area.
    pub fn is_point(&self) -> bool {
        matches!(self.precision, Precision::Exact | Precision::Near)
    }

    pub fn same(&self, other: &Site) -> bool {
        match (self.geonames, other.geonames) {
            (Some(l), Some(r)) => l == r,
            _ => self.name == other.name,
        }
    }

    /// Great-circle distance in kilometres, where both are located.
    pub fn kilometres(&self, other: &Site) -> Option<f32> {
        let (l, r) = (self.point?, other.point?);
        let (lat_l, lat_r) = (l.0.to_radians(), r.0.to_radians());
        let (dlat, dlon) = (lat_r - lat_l, (r.1 - l.1).to_radians());
        let h = (dlat / 2.0).sin().powi(2) + lat_l.cos() * lat_r.cos() * (dlon / 2.0).sin().powi(2);
        Some(2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin())
    }
}

/// A number as linkage compares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub measure: u8,
    pub category: u8,
    pub low: f32,
    pub high: f32,
    pub exact: bool,
}

/// One claim, as linkage compares it.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    pub kind: Kind,
    pub time: Option<Days>,
    pub sites: Vec<Site>,
    /// Hashes of the names of who did it and to whom, ascending.
    pub parties: Vec<u32>,
    pub tallies: Vec<Tally>,
    pub terms: Bag,
    /// Code points of the quote.
    pub start: usize,
    pub end: usize,
    pub article: usize,
    pub background: bool,
    pub planned: bool,
    pub stand: Stand,
}

/// Who says it and whose doing it is said to be, for telling answers from echoes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stand {
    /// Stems of the names of the voices that deny something.
    pub deniers: Vec<u32>,
    /// Stems of the names of those whose doing it is denied to be.
    pub cleared: Vec<u32>,
    /// Stems of the names of those who are said to have done it.
    pub doers: Vec<u32>,
    /// Stems of the names of those who are accused of it.
    pub accused: Vec<u32>,
    /// Stems of the names of those who accuse.
    pub accusers: Vec<u32>,
}

impl Stand {
    fn new(claim: &Claim, vocabulary: &Vocabulary) -> Self {
        let stems = |names: &[Named]| sorted(names.iter().flat_map(|n| stems(&n.name, vocabulary)));
        let (voices, actors) = (|| stems(&claim.sources), || stems(&claim.actors));
        let mut stand = Stand::default();
        if is_denial(claim) {
            stand.deniers = voices();
            stand.cleared = actors();
        } else if claim.polarity == Polarity::Happened {
            stand.doers = actors();
            if claim.stance == Stance::Accuse {
                stand.accused = actors();
                stand.accusers = voices();
            }
        }
        stand
    }

    /// All of both.
    pub fn merge(&mut self, other: &Stand) {
        let join = |l: &mut Vec<u32>, r: &[u32]| *l = sorted(l.iter().chain(r).copied());
        join(&mut self.deniers, &other.deniers);
        join(&mut self.cleared, &other.cleared);
        join(&mut self.doers, &other.doers);
        join(&mut self.accused, &other.accused);
        join(&mut self.accusers, &other.accusers);
    }

    /// One denies what the other says of it, or each accuses the other.
    pub fn answers(&self, other: &Stand) -> bool {
        let denies =
            |l: &Stand, r: &Stand| !l.deniers.is_empty() && (meet(&l.deniers, &r.doers) || meet(&l.cleared, &r.doers));
        let mutual = meet(&self.accusers, &other.accused) && meet(&self.accused, &other.accusers);
        denies(self, other) || denies(other, self) || mutual
    }
}

/// A voice says that something is not so. That something could not be verified is no denial.
pub(crate) fn is_denial(claim: &Claim) -> bool {
    let negated = claim.polarity == Polarity::DidNotHappen && matches!(claim.stance, Stance::Assert | Stance::Accuse);
    claim.stance == Stance::Deny || (negated && !claim.sources.is_empty())
}

/// Hashes of what is left of a name when words of office are gone, cut to what its derivations share: "Oria",
/// "Orian Ministry of Defence" and "Orian forces" have one in common.
pub(crate) fn stems(name: &str, vocabulary: &Vocabulary) -> Vec<u32> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
    let own = words.filter(|w| !vocabulary.is_common(w) && vocabulary.weight(w) > 0.0);
    own.map(|w| hash(w.char_indices().nth(4).map_or(w, |(end, _)| &w[..end]))).collect()
}

/// Both ascending.
pub(crate) fn meet(l: &[u32], r: &[u32]) -> bool {
    l.iter().any(|x| r.binary_search(x).is_ok())
}

fn sorted(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut list: Vec<u32> = items.collect();
    list.sort_unstable();
    list.dedup();
    list
}

impl Features {
    pub fn new(claim: &Claim, kinds: &Kinds, vocabulary: &Vocabulary) -> Self {
        let parties = sorted(claim.actors.iter().chain(&claim.targets).map(|n| hash(&n.name.to_lowercase())));
        Features {
            kind: kinds.kind(&claim.event.kind),
            time: calendar::claimed(&claim.time),
            sites: claim.places.iter().map(Site::new).collect(),
            parties,
            tallies: claim.figures.iter().filter_map(tally).collect(),
            terms: sentence_terms([claim.quote.as_str()], vocabulary),
            start: claim.span.start,
            end: claim.span.end,
            article: claim.article,
            background: claim.background,
            planned: matches!(claim.polarity, Polarity::Planned | Polarity::Conditional),
            stand: Stand::new(claim, vocabulary),
        }
    }
}

fn tally(figure: &variorum_model::Figure) -> Option<Tally> {
    let low = figure.value.or(figure.min)?;
    let high = figure.value.or(figure.max).unwrap_or(low);
    Some(Tally {
        measure: MEASURES.iter().position(|m| *m == figure.measure)? as u8,
        category: CATEGORIES.iter().position(|c| *c == figure.category).unwrap_or(0) as u8,
        low: low as f32,
        high: high as f32,
        exact: figure.bound == Bound::Exactly,
    })
}

/// How two times compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeLevel {
    Same,
    Overlap,
    Unknown,
    Adjacent,
    Apart,
    Far,
}

pub(crate) fn time_level(l: Option<Days>, r: Option<Days>) -> TimeLevel {
    let (Some(l), Some(r)) = (l, r) else { return TimeLevel::Unknown };
    if l == r {
        return TimeLevel::Same;
    }
    if l.overlaps(r) {
        return TimeLevel::Overlap;
    }
    match l.gap(r) {
        ..=2 => TimeLevel::Adjacent,
        3..=60 => TimeLevel::Apart,
        _ => TimeLevel::Far,
    }
}

/// How the places of two claims compare, the likest pair of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceLevel {
    Same,
    Near,
    Unknown,
    Apart,
    Far,
}

pub(crate) fn place_level(l: &[Site], r: &[Site]) -> PlaceLevel {
    let pairs = l.iter().take(3).flat_map(|l| r.iter().take(3).map(move |r| site_level(l, r)));
    pairs.min().unwrap_or(PlaceLevel::Unknown)
}

fn site_level(l: &Site, r: &Site) -> PlaceLevel {
    if l.same(r) {
        // Two happenings in one country are in one place only by the loosest of words.
        let wide = l.precision >= Precision::Region && l.precision != Precision::Unlocated;
        return if wide { PlaceLevel::Near } else { PlaceLevel::Same };
    }
    let one_country = l.country != 0 && l.country == r.country;
    match (l.is_point(), r.is_point(), l.kilometres(r)) {
        (true, true, Some(km)) if km <= 25.0 => PlaceLevel::Near,
        (true, true, Some(km)) if km <= 100.0 => PlaceLevel::Apart,
        (true, true, Some(_)) => PlaceLevel::Far,
        // An area of the same country may well hold the point.
        (_, _, Some(km)) if one_country && km <= 400.0 => PlaceLevel::Unknown,
        (_, _, Some(km)) if km <= 100.0 => PlaceLevel::Unknown,
        (_, _, Some(km)) if !one_country && l.country != 0 && r.country != 0 && km > 400.0 => PlaceLevel::Far,
        (_, _, Some(_)) => PlaceLevel::Apart,
        // Names that nothing is known of: other words may still mean the same place.
        (_, _, None) => PlaceLevel::Unknown,
    }
}

/// How two lists of parties compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartyLevel {
    Same,
    Share,
    Unknown,
    None,
}

/// Both lists ascending.
pub(crate) fn party_level(l: &[u32], r: &[u32]) -> PartyLevel {
    if l.is_empty() || r.is_empty() {
        return PartyLevel::Unknown;
    }
    let both = l.iter().filter(|p| r.binary_search(p).is_ok()).count();
    match both {
        0 => PartyLevel::None,
        n if n == l.len() && n == r.len() => PartyLevel::Same,
        _ => PartyLevel::Share,
    }
}

/// How two lists of numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FigureLevel {
    Agree,
    Unknown,
    Differ,
}

pub(crate) fn figure_level(l: &[Tally], r: &[Tally]) -> FigureLevel {
    let mut level = FigureLevel::Unknown;
    for l in l {
        for r in r.iter().filter(|r| r.measure == l.measure) {
            if l.low == r.low && l.high == r.high {
                return FigureLevel::Agree;
            }
            if l.exact && r.exact && l.category == r.category {
                level = FigureLevel::Differ;
            }
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, lat: f64, lon: f64, precision: Precision) -> Site {
        let place = ClaimPlace {
            name: name.into(),
            lat: Some(lat),
            lon: Some(lon),
            country: Some("XO".into()),
            precision,
            ..ClaimPlace::default()
        };
        Site::new(&place)
    }

    #[test]
    fn distance_is_along_the_great_circle() {
        let pole = site("pole", 90.0, 0.0, Precision::Exact);
        let equator = site("equator", 0.0, 50.0, Precision::Exact);
        assert!((pole.kilometres(&equator).unwrap() - 10_007.5).abs() < 1.0);
    }

    #[test]
    fn places_compare_by_name_then_distance() {
        use PlaceLevel::*;
        let orlec = site("Orlec", 44.0, 20.0, Precision::Exact);
        let suburb = site("Old Port", 44.1, 20.0, Precision::Exact);
        let brenna = site("Brenna", 46.0, 20.0, Precision::Exact);
        let country = site("Oria", 45.0, 20.5, Precision::Country);
        let level = |l: &Site, r: &Site| place_level(std::slice::from_ref(l), std::slice::from_ref(r));
        assert_eq!(level(&orlec, &orlec), Same);
        assert_eq!(level(&orlec, &suburb), Near);
        assert_eq!(level(&orlec, &brenna), Far);
        assert_eq!(level(&orlec, &country), Unknown);
        assert_eq!(level(&country, &country), Near);
        assert_eq!(place_level(&[orlec.clone(), country.clone()], &[country]), Near);
        assert_eq!(place_level(&[orlec], &[]), Unknown);
    }

    #[test]
    fn times_compare_by_overlap_then_gap() {
        let days = |first, last| Some(Days::new(first, last));
        assert_eq!(time_level(days(5, 5), days(5, 5)), TimeLevel::Same);
        assert_eq!(time_level(days(1, 30), days(5, 5)), TimeLevel::Overlap);
        assert_eq!(time_level(days(5, 5), days(6, 6)), TimeLevel::Adjacent);
        assert_eq!(time_level(days(5, 5), days(9, 9)), TimeLevel::Apart);
        assert_eq!(time_level(days(5, 5), days(500, 500)), TimeLevel::Far);
        assert_eq!(time_level(days(5, 5), None), TimeLevel::Unknown);
    }
}
