//! A user's gazetteer in GeoNames' dump format.
use super::gazetteer::{Gazetteer, PlaceId};
use super::layout::{Kind, NO_COUNTRY, NO_PARENT, NameClass};
use super::pack::{Builder, Record};
use crate::LoadError;
use std::collections::HashMap;
use std::io::BufRead;

/// Columns of the dump: geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code,
/// country, cc2, admin1, admin2, admin3, admin4, population, and four more that are not used.
const COLUMNS: usize = 15;

/// Reads a dump. Divisions and countries of the rows are those of `base`.
pub(super) fn read(dump: impl BufRead, base: &Gazetteer) -> Result<Builder, LoadError> {
    let codes = base.admin2_codes();
    let mut builder = Builder::default();
    for (i, line) in dump.lines().enumerate() {
        let at = || format!("gazetteer dump, line {}", i + 1);
        let line = line.map_err(|e| LoadError(format!("{}: {e}", at())))?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < COLUMNS {
            return Err(LoadError(format!("{}: {} columns where {COLUMNS} or more are wanted", at(), fields.len())));
        }
        let number = |column: usize, what: &str| -> Result<f64, LoadError> {
            let value: Result<f64, _> = fields[column].trim().parse();
            value.map_err(|_| LoadError(format!("{}, column {}: {:?} is no {what}", at(), column + 1, fields[column])))
        };
        let (lat, lon) = (number(4, "latitude")?, number(5, "longitude")?);
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err(LoadError(format!("{}, column 5: {lat}, {lon} is off the globe", at())));
        }
        let Some(kind) = kind(fields[6], fields[7]) else { continue };
        let (parent, country) = holders(&fields, &codes);
        let place = builder.add(Record {
            name: fields[1].to_owned(),
            code: String::new(),
            lat,
            lon,
            id: number(0, "GeoNames id")? as u32,
            kind,
            population: fields[14].trim().parse().unwrap_or(0),
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
