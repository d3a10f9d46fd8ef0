//! Writes a gazetteer in the form that [`super::layout`] describes: the built-in one at build time, a user's dump
//! when it is opened.
use super::fold::{fold, skeleton};
use super::layout::{Kind, MAGIC, NameClass, SINGLE, log_population, population_code, posting};
use std::collections::BTreeMap;

/// Most places that one key keeps.
const LONGEST: usize = 64;

/// A place before packing.
pub struct Record {
    /// The gazetteer's own name.
    pub name: String,
    /// GeoNames code of a container ("AZ", "AZ.28"); empty for others.
    pub code: String,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// GeoNames id, 0 for none.
    pub id: u32,
    /// What it is.
    pub kind: Kind,
    /// People, 0 when unknown.
    pub population: u64,
    /// Container that holds it, or `NO_PARENT`.
    pub parent: u16,
    /// Country that holds it, or `NO_COUNTRY`.
    pub country: u8,
    /// True where names reach English by transliteration, so that one has many spellings.
    pub transliterated: bool,
}

/// Places with their keys, before packing.
#[derive(Default)]
pub struct Builder {
    /// All places, containers first.
    pub records: Vec<Record>,
    /// Number of containers.
    pub containers: usize,
    /// Places under each key, with the best class of name.
    pub keys: BTreeMap<String, Vec<(usize, NameClass)>>,
}

/// What does not fit the layout.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The names need more than 24 bits of offset, or there are more than 2²⁴ places.
    #[error("too many places for one gazetteer")]
    TooLarge,
    /// The key map cannot be built.
    #[error("cannot build the map of names: {0}")]
    Map(#[from] fst::Error),
}

impl Builder {
    /// Adds a place and returns its index.
    pub fn add(&mut self, record: Record) -> usize {
        self.records.push(record);
        self.records.len() - 1
    }

    /// Files a place under a name. Names that fold to one letter or to digits are left out.
    pub fn key(&mut self, name: &str, record: usize, class: NameClass) {
        let key = fold(name);
        let key = key.strip_prefix("the ").unwrap_or(&key);
        if key.len() < 2 || key.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
            return;
        }
        let places = self.keys.entry(key.to_owned()).or_default();
        match places.iter_mut().find(|p| p.0 == record) {
            Some(place) => place.1 = place.1.min(class),
            None => places.push((record, class)),
        }
    }

    /// The packed file.
    ///
    /// # Errors
    /// When the places do not fit the layout.
    pub fn pack(&self) -> Result<Vec<u8>, PackError> {
        let (mut names, mut records) = (Vec::new(), Vec::new());
        for (i, record) in self.records.iter().enumerate() {
            let offset = names.len();
            if offset >= 1 << 24 || i >= 1 << 24 {
                return Err(PackError::TooLarge);
            }
            push_name(&mut names, &record.name);
            if i < self.containers {
                push_name(&mut names, &record.code);
            }
            push_record(&mut records, record, offset);
        }
        let mut postings = Vec::new();
        let keys = self.map(&self.keys, &mut postings)?;
        let skeletons = self.map(&self.skeletons(), &mut postings)?;
        let sections = [records, names, postings, keys, skeletons];
        let mut out = Vec::from(*MAGIC);
        let counts = [self.records.len(), self.containers].into_iter().chain(sections.iter().map(Vec::len));
        counts.for_each(|n| out.extend((n as u32).to_le_bytes()));
        sections.iter().for_each(|s| out.extend_from_slice(s));
        Ok(out)
    }

    fn map(&self, keys: &Keys, postings: &mut Vec<u8>) -> Result<Vec<u8>, PackError> {
        let mut builder = fst::MapBuilder::memory();
        for (key, places) in keys {
            let mut places = places.clone();
            places.sort_by(|a, b| self.prominence(*b).total_cmp(&self.prominence(*a)).then(a.0.cmp(&b.0)));
            places.truncate(LONGEST);
            let value = match places[..] {
                [(i, class)] => SINGLE | u64::from(posting(i, class)),
                _ => {
                    let offset = postings.len() as u64;
                    postings.extend((places.len() as u32).to_le_bytes());
                    places.iter().for_each(|&(i, class)| postings.extend(posting(i, class).to_le_bytes()));
                    offset
                }
            };
            builder.insert(key, value)?;
        }
        Ok(builder.into_inner()?)
    }

    /// Order of the places under one key: who is kept when there are too many.
    fn prominence(&self, (i, class): (usize, NameClass)) -> f32 {
        let kind = match self.records[i].kind {
            Kind::Country => 4.0,
            Kind::Continent | Kind::Region | Kind::Sea => 7.0,
            Kind::Admin1 => 1.0,
            Kind::Mountain | Kind::Lake | Kind::River | Kind::Facility => 6.0,
            Kind::Capital => 1.5,
            Kind::Admin2 | Kind::Settlement => 0.0,
        };
        let class = match class {
            NameClass::Primary | NameClass::Demonym => 0.0,
            NameClass::Stripped => -0.5,
            NameClass::Alternate => -1.5,
        };
        log_population(population_code(self.records[i].population)) + kind + class
    }

    /// Skeletons of four or more consonants of transliterated names.
    fn skeletons(&self) -> Keys {
        let mut found = Keys::new();
        for (key, places) in &self.keys {
            for &(i, class) in places {
                if !self.records[i].transliterated || class == NameClass::Demonym {
                    continue;
                }
                let bones = skeleton(key);
                if bones.len() >= 4 {
                    let places = found.entry(bones).or_default();
                    if !places.iter().any(|p| p.0 == i) {
                        places.push((i, class));
                    }
                }
            }
        }
        found
    }
}

type Keys = BTreeMap<String, Vec<(usize, NameClass)>>;

/// A length byte and at most 255 bytes of the name.
fn push_name(out: &mut Vec<u8>, name: &str) {
    let end = (0..=name.len().min(255)).rev().find(|&n| name.is_char_boundary(n)).unwrap_or(0);
    out.push(end as u8);
    out.extend_from_slice(&name.as_bytes()[..end]);
}

fn push_record(out: &mut Vec<u8>, r: &Record, name: usize) {
    let degrees = |x: f64| ((x * 1e5).round() as i32).to_le_bytes();
    out.extend(degrees(r.lat));
    out.extend(degrees(r.lon));
    out.extend(r.id.to_le_bytes());
    out.extend((name as u32 | (r.kind as u32) << 24).to_le_bytes());
    out.extend(r.parent.to_le_bytes());
    out.push(r.country);
    out.push(population_code(r.population));
}
