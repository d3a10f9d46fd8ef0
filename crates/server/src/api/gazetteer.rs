//! `/api/v1/gazetteer` and `/api/v1/vocabulary`: what values can be.
use super::extract::Query;
use super::{Failed, Room, blocking};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_extract::toponym::{Gazetteer, Kind, PlaceId};
use variorum_ledger::FIELDS;
use variorum_model::{CATEGORIES, ClaimPlace, EVENT_TYPES, MEASURES};

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
}

/// A place of the gazetteer.
#[derive(Serialize, ToSchema)]
pub(crate) struct GazetteerPlace {
    /// As a claim names it.
    place: ClaimPlace,
    /// country, admin1, admin2, capital, settlement, region, continent, mountain, sea, lake, river or facility.
    feature: &'static str,
    /// What holds it, from the nearest on.
    within: Vec<String>,
    /// About how many people live there, to two digits; absent where not known.
    population: Option<u64>,
    /// What stands for it in a judgement: a GeoNames id, or `NAME @ LAT, LON`.
    words: String,
}

/// Places whose name begins with these words: whole names first, then the more populous. After a comma stands what holds
/// the place ("Trieste, Italy"). The user's own places are found as well.
#[utoipa::path(
    get, path = "/api/v1/gazetteer", tag = "gazetteer",
    params(("q" = String, Query, description = "Two letters or more"), ("limit" = Option<u32>, Query, description = "1 to 50; 12 by default")),
    responses((status = 200, body = Vec<GazetteerPlace>), (status = 400, body = super::Problem))
)]
pub(crate) async fn gazetteer(
    State(room): State<Room>,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<GazetteerPlace>>, Failed> {
    let limit = asked.limit.unwrap_or(12);
    if !(1..=50).contains(&limit) {
        return Err(Failed::bad("limit is a number from 1 to 50"));
    }
    let reference = Arc::clone(&room.reference);
    let found = blocking(move || {
        let gazetteer = &reference.gazetteer;
        Ok(gazetteer.search(&asked.q, limit).into_iter().map(|id| described(gazetteer, id)).collect())
    });
    found.await.map(Json)
}

#[derive(Deserialize)]
pub(crate) struct Bounded {
    bounds: String,
    limit: Option<usize>,
}

/// The most populous settlements of a part of the map, for its labels.
#[utoipa::path(
    get, path = "/api/v1/gazetteer/within", tag = "gazetteer",
    params(
        ("bounds" = String, Query, description = "`WEST,SOUTH,EAST,NORTH` in degrees, as in GeoJSON; west is greater than east across the 180th meridian"),
        ("limit" = Option<u32>, Query, description = "1 to 100; 40 by default")
    ),
    responses((status = 200, body = Vec<GazetteerPlace>), (status = 400, body = super::Problem))
)]
pub(crate) async fn within(
    State(room): State<Room>,
    Query(asked): Query<Bounded>,
) -> Result<Json<Vec<GazetteerPlace>>, Failed> {
    let limit = asked.limit.unwrap_or(40);
    if !(1..=100).contains(&limit) {
        return Err(Failed::bad("limit is a number from 1 to 100"));
    }
    let numbers: Vec<f32> = asked.bounds.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let degrees = |n: &f32, most: f32| n.is_finite() && n.abs() <= most;
    let [west, south, east, north] = numbers[..] else {
        return Err(Failed::bad("bounds are four numbers: WEST,SOUTH,EAST,NORTH"));
    };
    if ![west, east].iter().all(|n| degrees(n, 180.0)) || ![south, north].iter().all(|n| degrees(n, 90.0)) {
        return Err(Failed::bad("bounds are degrees: longitudes up to 180, latitudes up to 90"));
    }
    let reference = Arc::clone(&room.reference);
    let found = blocking(move || {
        let gazetteer = &reference.gazetteer;
        let found = gazetteer.settlements_within((south, west), (north, east), limit);
        Ok(found.into_iter().map(|id| described(gazetteer, id)).collect())
    });
    found.await.map(Json)
}

fn described(gazetteer: &Gazetteer, id: PlaceId) -> GazetteerPlace {
    let known = gazetteer.place(id);
    let place = gazetteer.claim_place(id);
    let words = match (place.geonames, place.lat, place.lon) {
        (Some(id), ..) => id.to_string(),
        (None, Some(lat), Some(lon)) => format!("{} @ {lat}, {lon}", place.name),
        _ => place.name.clone(),
    };
    GazetteerPlace {
        feature: feature(known.kind),
        within: gazetteer.holders(id).into_iter().map(|h| gazetteer.place(h).name.to_owned()).collect(),
        population: (known.log_population > 0.0).then(|| two_digits(10f64.powf(f64::from(known.log_population)))),
        words,
        place,
    }
}

/// The gazetteer keeps populations in steps of ten per cent: more digits would say more than is known.
fn two_digits(n: f64) -> u64 {
    let unit = 10f64.powf((n.log10().floor() - 1.0).max(0.0));
    ((n / unit).round() * unit) as u64
}

fn feature(kind: Kind) -> &'static str {
    match kind {
        Kind::Country => "country",
        Kind::Admin1 => "admin1",
        Kind::Admin2 => "admin2",
        Kind::Capital => "capital",
        Kind::Settlement => "settlement",
        Kind::Region => "region",
        Kind::Continent => "continent",
        Kind::Mountain => "mountain",
        Kind::Sea => "sea",
        Kind::Lake => "lake",
        Kind::River => "river",
        Kind::Facility => "facility",
    }
}

/// What the values of a claim can be, and its fields that can be corrected.
#[derive(Serialize, ToSchema)]
pub(crate) struct Vocabulary {
    /// Event types.
    event_types: &'static [&'static str],
    /// Measures of figures.
    measures: &'static [&'static str],
    /// Categories of figures.
    categories: &'static [&'static str],
    /// Fields with what their words can be.
    fields: Vec<CorrectableField>,
}

/// A field that can be corrected.
#[derive(Serialize, ToSchema)]
pub(crate) struct CorrectableField {
    /// Its name in a judgement.
    name: &'static str,
    /// What can stand there, in words.
    words: &'static str,
}

/// What the values of a claim can be.
#[utoipa::path(get, path = "/api/v1/vocabulary", tag = "gazetteer", responses((status = 200, body = Vocabulary)))]
pub(crate) async fn vocabulary() -> Json<Vocabulary> {
    let fields = FIELDS.iter().map(|&(name, words)| CorrectableField { name, words }).collect();
    Json(Vocabulary { event_types: EVENT_TYPES, measures: MEASURES, categories: CATEGORIES, fields })
}

#[cfg(test)]
mod tests {
    #[test]
    fn populations_are_given_to_two_digits() {
        let shown = [4.0, 97.0, 204_233.0, 1_961_000.0].map(super::two_digits);
        assert_eq!(shown, [4, 97, 200_000, 2_000_000]);
    }
}
