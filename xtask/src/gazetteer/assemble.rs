//! Packages and own tables become records and keys.
use super::fold::fold;
use super::geonames::{City, World};
use super::layout::{Kind, NO_COUNTRY, NO_PARENT, NameClass};
use super::own::{Own, Row};
use super::pack::{Builder, Record};
use super::points::Points;
use super::polygons::Shapes;
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Countries whose names reach English by transliteration.
const TRANSLITERATED: &[&str] = &[
    "AF", "AM", "AZ", "BD", "BG", "BH", "BY", "DJ", "DZ", "EG", "EH", "ER", "ET", "GE", "GR", "IL", "IN", "IQ", "IR",
    "JO", "KG", "KW", "KZ", "LB", "LY", "MA", "MD", "MK", "MM", "MN", "MR", "NP", "OM", "PK", "PS", "QA", "RS", "RU",
    "SA", "SD", "SO", "SS", "SY", "TD", "TH", "TJ", "TM", "TN", "TR", "UA", "UZ", "XK", "YE",
];

/// One line about what a gazetteer holds.
pub fn summary(g: &Builder) -> String {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    g.records.iter().for_each(|r| *counts.entry(r.kind).or_default() += 1);
    format!("{} records {counts:?}, {} keys", g.records.len(), g.keys.len())
}

fn transliterated(iso: &str) -> bool {
    TRANSLITERATED.contains(&iso)
}

/// Builds all records and keys.
pub fn assemble(world: &World, shapes: &Shapes, points: &Points, own: &Own) -> anyhow::Result<Builder> {
    let mut g = Builder::default();
    let generics = Generics::new(&own.generics);
    let countries = countries(&mut g, world, points, own)?;
    let admin1 = admin1(&mut g, world, shapes, own, &countries, &generics)?;
    let admin2 = admin2(&mut g, world, &countries, &admin1, &generics);
    g.containers = g.records.len();
    ensure!(g.containers < usize::from(NO_PARENT), "{} containers do not fit 16 bits", g.containers);
    cities(&mut g, world, &countries, &admin1, &admin2);
    settlements(&mut g, own, &countries, &admin1)?;
    regions(&mut g, own, &countries)?;
    Ok(g)
}

type Index = HashMap<String, usize>;

fn country_index(countries: &Index, iso: &str) -> u8 {
    countries.get(iso).map_or(NO_COUNTRY, |&i| i as u8)
}

fn countries(g: &mut Builder, world: &World, points: &Points, own: &Own) -> anyhow::Result<Index> {
    let rows: HashMap<&str, &Row> = own.countries.iter().map(|r| (r.field(0), r)).collect();
    let mut index = Index::new();
    for (iso, country) in &world.countries {
        let Some(row) = rows.get(iso.as_str()) else { continue };
        let point = row.point(4)?.or_else(|| points.get(iso).copied());
        let (lat, lon) = point.with_context(|| format!("{iso} has no point"))?;
        let i = g.add(Record {
            name: country.name.trim_start_matches("The ").to_owned(),
            code: iso.clone(),
            lat,
            lon,
            id: country.id,
            kind: Kind::Country,
            population: country.population,
            parent: NO_PARENT,
            country: g.records.len() as u8,
            transliterated: false,
        });
        g.key(&country.name, i, NameClass::Primary);
        row.list(1).for_each(|n| g.key(n, i, NameClass::Primary));
        row.list(3).for_each(|n| g.key(n, i, NameClass::Demonym));
        index.insert(iso.clone(), i);
    }
    ensure!(index.len() < usize::from(NO_COUNTRY), "{} countries do not fit 8 bits", index.len());
    Ok(index)
}

fn admin1(
    g: &mut Builder,
    world: &World,
    shapes: &Shapes,
    own: &Own,
    countries: &Index,
    generics: &Generics,
) -> anyhow::Result<Index> {
    let rows: HashMap<&str, &Row> = own.divisions.iter().map(|r| (r.field(0), r)).collect();
    let mut members: HashMap<String, Members> = HashMap::new();
    for city in &world.cities {
        members.entry(city.admin1_code()).or_default().add(city.lat, city.lon, city.population);
    }
    let mut index = Index::new();
    for (code, name) in &world.admin1 {
        let Some(&country) = code.split('.').next().and_then(|iso| countries.get(iso)) else { continue };
        let row = rows.get(code.as_str());
        let own_point = row.map(|r| r.point(5)).transpose()?.flatten();
        let point = own_point.or_else(|| shapes.get(code).copied()).or_else(|| members.get(code).map(Members::middle));
        let Some((lat, lon)) = point else { continue };
        let i = g.add(Record {
            name: name.clone(),
            code: code.clone(),
            lat,
            lon,
            id: world.state_ids.get(code).copied().unwrap_or(0),
            kind: Kind::Admin1,
            population: members.get(code).map_or(0, |m| m.population),
            parent: country as u16,
            country: country as u8,
            transliterated: transliterated(&code[..2]),
        });
        division_keys(g, name, i, generics);
        if let Some(row) = row {
            row.list(1).for_each(|n| g.key(n, i, NameClass::Primary));
            row.list(4).for_each(|n| g.key(n, i, NameClass::Demonym));
        }
        index.insert(code.clone(), i);
    }
    for row in &own.divisions {
        ensure!(index.contains_key(row.field(0)), "{}: no division {:?}", row.at, row.field(0));
    }
    Ok(index)
}

fn admin2(g: &mut Builder, world: &World, countries: &Index, admin1: &Index, generics: &Generics) -> Index {
    let mut members: HashMap<&str, Members> = HashMap::new();
    for city in &world.cities {
        if let Some(code) = &city.admin2 {
            members.entry(code).or_default().add(city.lat, city.lon, city.population);
        }
    }
    let by_id = codes_that_are_ids(world);
    let mut index = Index::new();
    for (code, name) in &world.admin2 {
        let (Some(members), Some(parent)) = (members.get(code.as_str()), code.rfind('.').map(|dot| &code[..dot]))
        else {
            continue;
        };
        let Some(&parent) = admin1.get(parent) else { continue };
        let iso = &code[..2];
        let (lat, lon) = members.middle();
        let i = g.add(Record {
            name: name.clone(),
            code: code.clone(),
            lat,
            lon,
            id: if by_id.contains(&iso) {
                code.rsplit('.').next().and_then(|c| c.parse().ok()).unwrap_or(0)
            } else {
                0
            },
            kind: Kind::Admin2,
            population: members.population,
            parent: parent as u16,
            country: country_index(countries, iso),
            transliterated: transliterated(iso),
        });
        division_keys(g, name, i, generics);
        index.insert(code.clone(), i);
    }
    index
}

/// Countries whose second-level codes are GeoNames ids (it uses ids where there is no official code): numbers of
/// differing length, and none shorter than five digits.
fn codes_that_are_ids(world: &World) -> Vec<&str> {
    let mut lengths: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for code in world.admin2.keys() {
        let last = code.rsplit('.').next().unwrap_or("");
        let number = last.bytes().all(|b| b.is_ascii_digit()) && !last.starts_with('0');
        lengths.entry(&code[..2]).or_default().push(if number { last.len() } else { 0 });
    }
    let mixed = |l: &Vec<usize>| l.iter().min() >= Some(&5) && l.iter().min() != l.iter().max();
    lengths.into_iter().filter(|(_, l)| mixed(l)).map(|(iso, _)| iso).collect()
}

fn division_keys(g: &mut Builder, name: &str, i: usize, generics: &Generics) {
    g.key(name, i, NameClass::Primary);
    if let Some(bare) = generics.strip(&fold(name)) {
        g.key(&bare, i, NameClass::Stripped);
    }
}

fn cities(g: &mut Builder, world: &World, countries: &Index, admin1: &Index, admin2: &Index) {
    // Settlements stand by falling population, so the first with the capital's name is it.
    let mut capitals: HashSet<usize> = HashSet::new();
    for city in &world.cities {
        let Some(&country) = countries.get(&city.country) else { continue };
        let capital = !capitals.contains(&country) && is_capital(city, &world.countries[&city.country].capital);
        if capital {
            capitals.insert(country);
        }
        let division = city.admin2.as_ref().and_then(|code| admin2.get(code));
        let parent = division.or_else(|| admin1.get(&city.admin1_code())).copied().unwrap_or(country);
        let i = g.add(Record {
            name: city.name.clone(),
            code: String::new(),
            lat: city.lat,
            lon: city.lon,
            id: city.id,
            kind: if capital { Kind::Capital } else { Kind::Settlement },
            // Rows without people are seats of divisions.
            population: if city.population == 0 { 2000 } else { city.population },
            parent: parent as u16,
            country: country as u8,
            transliterated: transliterated(&city.country),
        });
        g.key(&city.name, i, NameClass::Primary);
        for name in city.names.iter().filter(|n| is_usable(n)) {
            g.key(name, i, NameClass::Alternate);
        }
    }
}

fn is_capital(city: &City, capital: &str) -> bool {
    let capital = fold(capital);
    !capital.is_empty() && (fold(&city.name) == capital || city.names.iter().any(|n| fold(n) == capital))
}

/// True for alternate names that English text can hold: Latin script, a capital (or an Arabic article) first, no
/// airport codes, no automatic transliterations (which are all lower case).
fn is_usable(name: &str) -> bool {
    let latin = |c: char| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) || c == 'ʻ';
    let first = name.chars().next().unwrap_or(' ');
    let article = ["al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "az-", "an-"].iter().any(|a| name.starts_with(a));
    let code = name.len() <= 4 && name.chars().all(|c| c.is_uppercase());
    let clean = !name.contains([',', '(', '/', ';', ':', '"', '?', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    (first.is_uppercase() || article)
        && !code
        && clean
        && name.chars().all(latin)
        && name.chars().count() >= 3
        && name.split_whitespace().count() <= 6
}

fn settlements(g: &mut Builder, own: &Own, countries: &Index, admin1: &Index) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for row in &own.settlements {
        let Some(&country) = countries.get(row.field(0)) else { bail!("{}: no country {:?}", row.at, row.field(0)) };
        let i = match row.point(4)? {
            Some((lat, lon)) => {
                let code = format!("{}.{}", row.field(0), row.field(3));
                let parent = admin1.get(&code).with_context(|| format!("{}: no division {code}", row.at))?;
                g.add(Record {
                    name: row.field(1).to_owned(),
                    code: String::new(),
                    lat,
                    lon,
                    id: 0,
                    kind: Kind::Settlement,
                    population: row.field(5).parse().with_context(|| format!("{}: no population", row.at))?,
                    parent: *parent as u16,
                    country: country as u8,
                    transliterated: transliterated(row.field(0)),
                })
            }
            None => {
                let found = g.keys.get(&fold(row.field(1))).into_iter().flatten();
                let found = found.filter(|(i, _)| {
                    let r = &g.records[*i];
                    r.country == country as u8 && matches!(r.kind, Kind::Capital | Kind::Settlement)
                });
                let found = found.max_by_key(|(i, _)| g.records[*i].population);
                let Some((i, _)) = found else {
                    missing.push(format!("{}: no settlement {:?}", row.at, row.field(1)));
                    continue;
                };
                *i
            }
        };
        g.key(row.field(1), i, NameClass::Primary);
        row.list(2).for_each(|n| g.key(n, i, NameClass::Primary));
    }
    if !missing.is_empty() {
        bail!("{}", missing.join("\n"));
    }
    Ok(())
}

/// People that a county of the table counts as, among its namesakes.
const COUNTY: u64 = 500_000;

fn regions(g: &mut Builder, own: &Own, countries: &Index) -> anyhow::Result<()> {
    for row in &own.regions {
        let kind = match row.field(0) {
            "continent" => Kind::Continent,
            "region" => Kind::Region,
            "county" => Kind::Admin2,
            "mountain" => Kind::Mountain,
            "sea" | "ocean" => Kind::Sea,
            "lake" => Kind::Lake,
            "river" => Kind::River,
            "facility" => Kind::Facility,
            other => bail!("{}: no kind {other:?}", row.at),
        };
        let (lat, lon) = row.point(3)?.with_context(|| format!("{}: no point", row.at))?;
        let country = row.list(4).next().map(|iso| countries.get(iso).with_context(|| format!("{}: {iso}", row.at)));
        let country = country.transpose()?.copied();
        let same = country.and_then(|c| same_division(g, row.field(1), c as u8));
        let i = match same.filter(|_| kind == Kind::Region) {
            Some(i) => i,
            None => g.add(Record {
                name: row.field(1).to_owned(),
                code: String::new(),
                lat,
                lon,
                id: row.field(6).parse().unwrap_or(0),
                kind,
                population: if kind == Kind::Admin2 { COUNTY } else { 0 },
                parent: country.map_or(NO_PARENT, |c| c as u16),
                country: country.map_or(NO_COUNTRY, |c| c as u8),
                transliterated: false,
            }),
        };
        if g.records[i].id == 0 {
            g.records[i].id = row.field(6).parse().unwrap_or(0);
        }
        g.key(row.field(1), i, NameClass::Primary);
        row.list(2).for_each(|n| g.key(n, i, NameClass::Primary));
        row.list(5).for_each(|n| g.key(n, i, NameClass::Demonym));
    }
    Ok(())
}

/// The first-level division of a country that has the name of a region.
fn same_division(g: &Builder, name: &str, country: u8) -> Option<usize> {
    let places = g.keys.get(&fold(name))?;
    let own = |i: usize| g.records[i].kind == Kind::Admin1 && g.records[i].country == country;
    places.iter().map(|p| p.0).find(|&i| own(i))
}

#[derive(Default)]
struct Members {
    population: u64,
    lats: Vec<f64>,
    lons: Vec<f64>,
}

impl Members {
    fn add(&mut self, lat: f64, lon: f64, population: u64) {
        self.population += population;
        self.lats.push(lat);
        self.lons.push(lon);
    }
    /// Mean of the settlements' points without the outermost.
    fn middle(&self) -> (f64, f64) {
        let trimmed = |values: &[f64]| {
            let mut v = values.to_vec();
            v.sort_by(f64::total_cmp);
            let cut = v.len() / 10;
            let v = &v[cut..v.len() - cut];
            v.iter().sum::<f64>() / v.len() as f64
        };
        (trimmed(&self.lats), trimmed(&self.lons))
    }
}

/// Words like "district", to be taken off a name.
struct Generics {
    before: Vec<String>,
    after: Vec<String>,
}

impl Generics {
    fn new(rows: &[Row]) -> Generics {
        let side = |side: &str| {
            let mut words: Vec<String> =
                rows.iter().filter(|r| [side, "both"].contains(&r.field(2))).map(|r| r.field(0).to_owned()).collect();
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            words
        };
        Generics { before: side("before"), after: side("after") }
    }
    fn strip(&self, folded: &str) -> Option<String> {
        for word in &self.after {
            if let Some(rest) = folded.strip_suffix(word.as_str()).and_then(|r| r.strip_suffix(' ')) {
                return Some(rest.to_owned());
            }
        }
        for word in &self.before {
            if let Some(rest) = folded.strip_prefix(word.as_str()).and_then(|r| r.strip_prefix(' ')) {
                return Some(rest.trim_start_matches("of ").to_owned());
            }
        }
        None
    }
}
