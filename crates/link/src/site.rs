//! Places as linkage compares them.
use crate::story::hash;
use serde::{Deserialize, Serialize};
use variorum_model::{ClaimPlace, Precision, Span};

/// A place as linkage compares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Site {
    pub geonames: Option<u32>,
    /// The name in lower-case ASCII letters.
    pub name: String,
    /// Latitude and longitude in degrees.
    pub point: Option<(f32, f32)>,
    pub precision: Precision,
    /// Hash of the country's code; 0 when not known.
    pub country: u32,
    /// Named in the claim's own words, not carried over from its context.
    pub own: bool,
    /// The name of a party too: a state or region rather than a spot in it.
    pub wide: bool,
    /// A street or a part of a town.
    pub street: bool,
}

impl Site {
    pub fn new(place: &ClaimPlace, claim: Span) -> Self {
        let point = place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32));
        Site {
            geonames: place.geonames.filter(|_| place.precision != Precision::Unlocated),
            name: folded(&place.name),
            point: point.filter(|_| place.precision != Precision::Unlocated),
            precision: place.precision,
            country: place.country.as_deref().map_or(0, hash),
            own: claim.overlaps(place.span),
            wide: false,
            street: false,
        }
    }

    /// A point on the ground rather than an area.
    pub fn is_point(&self) -> bool {
        matches!(self.precision, Precision::Exact | Precision::Near)
    }

    /// One spot rather than a country or region, whether or not it could be located.
    pub fn is_spot(&self) -> bool {
        self.is_point() || self.precision == Precision::Unlocated && !self.wide
    }

    /// A street, building or village that the gazetteer does not hold; its point, if any, is its town's.
    fn is_unheld(&self) -> bool {
        self.geonames.is_none() && matches!(self.precision, Precision::Near | Precision::Unlocated)
    }

    pub fn same(&self, other: &Site) -> bool {
        match (self.geonames, other.geonames) {
            (Some(l), Some(r)) => l == r,
            _ => is_spelling_of(&self.name, &other.name),
        }
    }

    /// Great-circle distance in kilometres, where both are located.
    pub fn kilometres(&self, other: &Site) -> Option<f32> {
        Some(kilometres(self.point?, other.point?))
    }
}

/// [`variorum_model::kilometres`] of points in the precision of the evidence.
pub(crate) fn kilometres(l: (f32, f32), r: (f32, f32)) -> f32 {
    variorum_model::kilometres((l.0.into(), l.1.into()), (r.0.into(), r.1.into())) as f32
}

pub(crate) fn folded(name: &str) -> String {
    any_ascii::any_ascii(name).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Two names of five letters and more that differ by one letter, or by two of nine and more, are spellings of one name.
fn is_spelling_of(l: &str, r: &str) -> bool {
    let shorter = l.len().min(r.len());
    let allowed = match shorter {
        ..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    l == r || allowed > 0 && l.len().abs_diff(r.len()) <= allowed && strsim::levenshtein(l, r) <= allowed
}

/// How the places of two claims compare, the likest pair of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceLevel {
    Same,
    Near,
    Unknown,
    Apart,
    /// Two names of which nothing is known.
    Named,
    Far,
}

/// Where both name a spot in their own words, only these count: two villages of one region are two places.
pub(crate) fn place_level(l: &[Site], r: &[Site]) -> PlaceLevel {
    // A pair is compared for every two happenings that might be one: nothing is put into lists.
    let both_own = is_spot(l) && is_spot(r);
    let counts = move |s: &&Site| !both_own || s.own && s.is_spot();
    let r = || r.iter().filter(counts).take(COMPARED);
    let pairs = l.iter().filter(counts).take(COMPARED).flat_map(|l| r().map(move |r| site_level(l, r)));
    pairs.min().unwrap_or(PlaceLevel::Unknown)
}

/// Places of a happening that are compared: the first that it names.
const COMPARED: usize = 3;

/// It happened at a spot that its own words name.
pub(crate) fn is_spot(sites: &[Site]) -> bool {
    sites.iter().any(|s| s.own && s.is_spot())
}

fn site_level(l: &Site, r: &Site) -> PlaceLevel {
    if l.same(r) {
        // Two happenings in one country are in one place only by the loosest of words; so are two that no word of their
        // own places.
        let loose = !l.is_spot() || !r.is_spot() || !l.own && !r.own;
        return if loose { PlaceLevel::Near } else { PlaceLevel::Same };
    }
    let one_country = l.country != 0 && l.country == r.country;
    let both_own = l.own && r.own;
    match (l.is_point(), r.is_point(), l.kilometres(r)) {
        // Two streets of one town are two places.
        (true, true, Some(km)) if km <= 100.0 && both_own && l.is_unheld() && r.is_unheld() => PlaceLevel::Named,
        (true, true, Some(km)) if km <= 25.0 => PlaceLevel::Near,
        (true, true, Some(km)) if km <= 100.0 => PlaceLevel::Apart,
        (true, true, Some(_)) => PlaceLevel::Far,
        // An area of the same country may well hold the point.
        (_, _, Some(km)) if one_country && km <= 400.0 => PlaceLevel::Unknown,
        (_, _, Some(km)) if km <= 100.0 => PlaceLevel::Unknown,
        (_, _, Some(km)) if !one_country && l.country != 0 && r.country != 0 && km > 400.0 => PlaceLevel::Far,
        (_, _, Some(_)) => PlaceLevel::Apart,
        // Each in its own words at a spot of another name, and nothing is known of either: a name in a known town may be
        // that of its hospital, and the street that of the town.
        (false, false, None) if both_own && l.is_spot() && r.is_spot() && l.street == r.street => PlaceLevel::Named,
        // Names that nothing is known of: other words may still mean the same place.
        (_, _, None) => PlaceLevel::Unknown,
    }
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
            span: Span::new(0, 1),
            ..ClaimPlace::default()
        };
        Site::new(&place, Span::new(0, 9))
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
        // Two streets at their town's point, and the town.
        let weir = site("Weir Lane", 44.0, 20.0, Precision::Near);
        let tanner = site("Tanner Row", 44.0, 20.0, Precision::Near);
        assert_eq!(level(&weir, &tanner), Named);
        assert_eq!(level(&weir, &orlec), Near);
        assert_eq!(level(&country, &country), Near);
        assert_eq!(place_level(&[orlec.clone(), country.clone()], &[country]), Near);
        assert_eq!(place_level(&[orlec], &[]), Unknown);
    }

    #[test]
    fn names_that_nothing_is_known_of_tell_places_apart() {
        use PlaceLevel::*;
        let unknown = |name: &str| site(name, 0.0, 0.0, Precision::Unlocated);
        let region = Site { wide: true, ..unknown("Upper Drenn") };
        let carried_over = |name: &str| Site { own: false, ..unknown(name) };
        let level = |l: Site, r: Site| place_level(&[l, region.clone()], &[r, region.clone()]);
        assert_eq!(level(unknown("Sorrivo"), unknown("Jezrin")), Named);
        assert_eq!(level(unknown("Jezrin"), unknown("Jezrinn")), Same);
        assert_eq!(level(unknown("Malvek"), unknown("Maalvek")), Same);
        assert_eq!(level(carried_over("Sorrivo"), unknown("Jezrin")), Near, "both in the region, and no more is said");
        let street = |name: &str| Site { street: true, ..unknown(name) };
        assert_eq!(level(street("Weir Lane"), unknown("Jezrin")), Unknown, "the lane may be in the town");
        assert_eq!(level(street("Weir Lane"), street("Tanner Row")), Named);
        assert_eq!(place_level(&[unknown("Sorrivo")], &[site("Vienna", 48.2, 16.4, Precision::Exact)]), Unknown);
    }
}
