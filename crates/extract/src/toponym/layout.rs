//! How the gazetteer file is laid out. The builder writes it and the program reads it, both by this module.
//!
//! All numbers are little-endian. A header of [`HEADER`] bytes, then five sections whose lengths the header gives:
//!
//! 1. place records of [`RECORD`] bytes each; containers (countries, divisions) first, so that 16 bits name a parent;
//! 2. names: for each record a length byte and the name, and for divisions a length byte and the GeoNames code;
//! 3. postings: where a key has several places, a count (u32) and that many postings, the most prominent first;
//! 4. keys: an `fst` map from folded name to a posting (bit 63 set) or to an offset into the postings;
//! 5. skeletons: the same for consonant skeletons.

/// First bytes of the file: name and version of the layout.
pub const MAGIC: &[u8; 8] = b"VARGAZ\x00\x01";
/// Bytes of the header: magic, number of records, number of containers, five section lengths (u32 each).
pub const HEADER: usize = 8 + 4 * 7;
/// Bytes of a place record: latitude and longitude (i32, 1e-5 degrees), GeoNames id (u32, 0 = none),
/// name offset (24 bits) and kind (8), parent container (u16), country (u8), population code (u8).
pub const RECORD: usize = 20;
/// No parent.
pub const NO_PARENT: u16 = u16::MAX;
/// No country.
pub const NO_COUNTRY: u8 = u8::MAX;
/// Marks a value of the key map that is itself a posting.
pub const SINGLE: u64 = 1 << 63;

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A state or dependent territory.
    Country,
    /// First-level division.
    Admin1,
    /// Second-level division.
    Admin2,
    /// The capital of a country.
    Capital,
    /// Another city, town, village or city quarter.
    Settlement,
    /// A region without an administration of its own, or a former state.
    Region,
    /// A part of the world.
    Continent,
    /// A mountain or range.
    Mountain,
    /// A sea, gulf, strait or ocean.
    Sea,
    /// A lake.
    Lake,
    /// A river.
    River,
    /// A building, base, park or other single site.
    Facility,
}

impl Kind {
    /// All kinds in the order of their codes.
    pub const ALL: [Kind; 12] = [
        Kind::Country,
        Kind::Admin1,
        Kind::Admin2,
        Kind::Capital,
        Kind::Settlement,
        Kind::Region,
        Kind::Continent,
        Kind::Mountain,
        Kind::Sea,
        Kind::Lake,
        Kind::River,
        Kind::Facility,
    ];
    /// Kind of a code; unknown codes are regions.
    pub fn from_code(code: u8) -> Kind {
        Kind::ALL.get(code as usize).copied().unwrap_or(Kind::Region)
    }
    /// True for countries and divisions, which hold other places.
    pub fn is_container(self) -> bool {
        self <= Kind::Admin2
    }
    /// True for what has no one point worth the name: waters and mountains.
    pub fn is_natural(self) -> bool {
        matches!(self, Kind::Mountain | Kind::Sea | Kind::Lake | Kind::River)
    }
}

/// How a key names its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameClass {
    /// The gazetteer's own name, or a common English one.
    Primary,
    /// The own name without its generic part: "Lachin" for "Lachin District".
    Stripped,
    /// An alternate name in some language.
    Alternate,
    /// An adjective or demonym.
    Demonym,
}

impl NameClass {
    /// Class of a code.
    pub fn from_code(code: u8) -> NameClass {
        match code {
            0 => NameClass::Primary,
            1 => NameClass::Stripped,
            3 => NameClass::Demonym,
            _ => NameClass::Alternate,
        }
    }
}

/// A posting: 24 bits of record index, 8 bits of class.
pub fn posting(record: usize, class: NameClass) -> u32 {
    (record as u32) | (class as u32) << 24
}

/// Population as one byte: 0 for none or unknown, else about 1 + 24 · log₁₀ (10 % steps, up to 40 thousand million).
pub fn population_code(population: u64) -> u8 {
    if population == 0 { 0 } else { (1.0 + 24.0 * (population as f64).log10()).round().clamp(1.0, 255.0) as u8 }
}

/// Decimal logarithm of the population behind a code (0 when unknown).
pub fn log_population(code: u8) -> f32 {
    if code == 0 { 0.0 } else { (code as f32 - 1.0) / 24.0 }
}
