//! A user's gazetteer in GeoNames' dump format.
use super::gazetteer::{Gazetteer, PlaceId};
use super::layout::{Kind, NO_COUNTRY, NO_PARENT, NameClass};
use super::pack::{Builder, Record};
use crate::LoadError;
use std::collections::HashMap;

/// Columns of the dump: geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code,
/// country, cc2, admin1, admin2, admin3, admin4, population, and four more that are not used.
const COLUMNS: usize = 15;

/// People of a settlement whose row gives none, as in the built-in gazetteer.
const PEOPLE: u64 = 2_000;

/// Reads a dump. Divisions and countries of the rows are those of `base`. `file` is named in errors.
pub(super) fn read(file: &str, dump: &str, base: &Gazetteer) -> Result<Builder, LoadError> {
    let codes = base.admin2_codes();
    let mut builder = Builder::default();
    for (i, line) in dump.lines().enumerate() {
        let at = format!("{file}:{}", i + 1);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < COLUMNS {
            return Err(LoadError(format!(
                "{at}: {} columns where a GeoNames dump has {COLUMNS} or more, with tabs between; a small table of \
                 places begins with the line name,lat,lon,country,aliases",
                fields.len()
            )));
        }
        let id = fields[0].trim().parse().map_err(|_| LoadError(format!("{at}: {:?} is no GeoNames id", fields[0])))?;
        let (lat, lon) = point(&at, fields[4], fields[5])?;
        let Some(kind) = kind(fields[6], fields[7]) else { continue };
        let (parent, country) = holders(&fields, &codes);
        let population = match fields[14].trim().parse().unwrap_or(0) {
            0 if kind == Kind::Settlement => PEOPLE,
            people => people,
        };
        let place = builder.add(Record {
            name: fields[1].to_owned(),
            code: String::new(),
            lat,
            lon,
            id,
            kind,
            population,
            parent,
            country,
            transliterated: true,
        });
        builder.key(fields[1], place, NameClass::Primary);
        builder.key(fields[2], place, NameClass::Primary);
        // A user's gazetteer is small and chosen, so its alternate names are as good as the first.
        fields[3].split(',').filter(|n| !n.is_empty()).for_each(|n| builder.key(n, place, NameClass::Primary));
    }
    Ok(builder)
}

/// Latitude and longitude, WGS 84 degrees.
pub(super) fn point(at: &str, lat: &str, lon: &str) -> Result<(f64, f64), LoadError> {
    let number = |text: &str, what: &str, most: f64| {
        let value: Option<f64> = text.trim().parse().ok();
        value
            .filter(|x| x.abs() <= most)
            .ok_or_else(|| LoadError(format!("{at}: {text:?} is no {what} in degrees (-{most} to {most})")))
    };
    Ok((number(lat, "latitude", 90.0)?, number(lon, "longitude", 180.0)?))
}

/// What a feature code names; none for rows that are no places.
fn kind(class: &str, code: &str) -> Option<Kind> {
    Some(match (class, code) {
        ("A", "PCLI" | "PCLS" | "PCLD" | "PCLF" | "PCLIX" | "PCL") => Kind::Country,
        ("A", "ADM1") => Kind::Admin1,
        ("A", _) => Kind::Admin2,
        ("P", _) => Kind::Settlement,
        ("L", "CONT") => Kind::Continent,
        ("L", "PRK" | "MILB" | "AIRB" | "PRT") | ("S" | "R", _) => Kind::Facility,
        ("L" | "V", _) => Kind::Region,
        ("T", _) => Kind::Mountain,
        ("H", "STM" | "STMI" | "STMM" | "STMX" | "WAD" | "CNL") => Kind::River,
        ("H", "LK" | "LKS" | "LKI" | "RSV" | "PND") => Kind::Lake,
        ("H" | "U", _) => Kind::Sea,
        _ => return None,
    })
}

/// Parent container and country of a row.
fn holders(fields: &[&str], codes: &HashMap<String, PlaceId>) -> (u16, u8) {
    let (iso, admin1, admin2) = (fields[8], fields[10], fields[11]);
    let find = |code: &str| codes.get(code).map(|p| p.container());
    let country = find(iso);
    let parent = find(&format!("{iso}.{admin1}.{admin2}")).or_else(|| find(&format!("{iso}.{admin1}"))).or(country);
    (parent.unwrap_or(NO_PARENT), country.and_then(|c| u8::try_from(c).ok()).unwrap_or(NO_COUNTRY))
}
