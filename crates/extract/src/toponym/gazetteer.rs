//! The gazetteer as the program sees it: the built-in layer, and the user's layers over it.
use super::layout::{HEADER, Kind, MAGIC, NO_COUNTRY, NO_PARENT, NameClass, RECORD, SINGLE, log_population};
use super::pack::Builder;
use super::{dump, table};
use crate::LoadError;
use fst::raw::{Fst, Output};
use fst::{IntoStreamer, Streamer};
use std::borrow::Cow;
use std::collections::HashMap;
use variorum_model::kilometres;

static BUILT_IN: &[u8] = include_bytes!("../../../../data/gazetteer/places.bin");

/// A place of a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(u32);

/// A place that a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// How the name names it.
    pub class: NameClass,
}

/// What the gazetteer knows of a place.
#[derive(Debug, Clone, Copy)]
pub struct Place<'g> {
    /// Name.
    pub name: &'g str,
    /// Latitude, WGS 84 degrees.
    pub lat: f32,
    /// Longitude, WGS 84 degrees.
    pub lon: f32,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What it is.
    pub kind: Kind,
    /// The division or country that holds it.
    pub parent: Option<PlaceId>,
    /// The country that holds it; a country itself.
    pub country: Option<PlaceId>,
    /// Decimal logarithm of its population; 0 when unknown.
    pub log_population: f32,
}

/// Names and places, opened without parsing.
pub struct Gazetteer {
    layers: Vec<Layer>,
    codes: HashMap<String, PlaceId>,
}

struct Layer {
    data: Cow<'static, [u8]>,
    records: usize,
    names: usize,
    postings: usize,
    keys: Fst<Cow<'static, [u8]>>,
    skeletons: Fst<Cow<'static, [u8]>>,
}

impl Gazetteer {
    /// Opens the built-in gazetteer.
    ///
    /// # Errors
    /// When the built-in file is not of the layout that this program was built for.
    pub fn built_in() -> Result<Self, LoadError> {
        let base = Layer::open(Cow::Borrowed(BUILT_IN))?;
        let mut gazetteer = Gazetteer { layers: vec![base], codes: HashMap::new() };
        let containers = number(BUILT_IN, 12);
        // Second-level divisions are many, and only a user's dump asks for them by code.
        gazetteer.codes = (0..containers)
            .map(PlaceId)
            .take_while(|&id| gazetteer.kind(id) < Kind::Admin2)
            .map(|id| (gazetteer.code(id).to_owned(), id))
            .collect();
        Ok(gazetteer)
    }

    /// Lays a user's places over the others: a GeoNames dump (tab-separated, as `AZ.txt` of download.geonames.org; rows
    /// of classes A, P, L, T, H, S, R, V and U are taken), or a table whose head is `name,lat,lon,country,aliases`.
    /// `file` is named in errors.
    ///
    /// # Errors
    /// When a row cannot be read; the message names file and line.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), LoadError> {
        let read = if table::is_table(text) { table::read } else { dump::read };
        let builder: Builder = read(file, text, self)?;
        if builder.records.is_empty() {
            return Err(LoadError(format!("{file}: no places in it")));
        }
        let bytes = builder.pack().map_err(|e| LoadError(format!("{file}: {e}")))?;
        if self.layers.len() == 255 {
            return Err(LoadError(format!("{file}: more than 254 gazetteers")));
        }
        self.layers.push(Layer::open(Cow::Owned(bytes))?);
        Ok(())
    }

    /// The country or first-level division of a GeoNames code ("AZ", "AZ.28").
    pub fn by_code(&self, code: &str) -> Option<PlaceId> {
        self.codes.get(code).copied()
    }

    /// The place of a GeoNames id, that of the last layer where several have it. Looks at every record.
    pub fn by_geonames(&self, id: u32) -> Option<PlaceId> {
        self.layers.iter().enumerate().rev().find_map(|(n, layer)| {
            let records = layer.data[layer.records..layer.names].chunks_exact(RECORD);
            let at = records.into_iter().position(|record| number(record, 8) == id && id != 0)?;
            Some(PlaceId((n as u32) << 24 | at as u32))
        })
    }

    /// All places, layer by layer.
    pub(super) fn ids(&self) -> impl Iterator<Item = PlaceId> + '_ {
        let of_layer = |(n, layer): (usize, &Layer)| {
            let records = (layer.names - layer.records) / RECORD;
            (0..records as u32).map(move |at| PlaceId((n as u32) << 24 | at))
        };
        self.layers.iter().enumerate().flat_map(of_layer)
    }

    /// All second-level divisions by code, for a dump.
    pub(super) fn admin2_codes(&self) -> HashMap<String, PlaceId> {
        let containers = number(&self.layers[0].data, 12);
        (0..containers).map(PlaceId).map(|id| (self.code(id).to_owned(), id)).collect()
    }

    /// The place itself.
    pub fn place(&self, id: PlaceId) -> Place<'_> {
        let (layer, record) = self.record(id);
        let degrees = |at: usize| number(record, at) as i32 as f32 / 1e5;
        let name = number(record, 12);
        let parent = u16::from_le_bytes([record[16], record[17]]);
        Place {
            name: layer.name((name & 0xFF_FFFF) as usize),
            lat: degrees(0),
            lon: degrees(4),
            geonames: Some(number(record, 8)).filter(|&id| id != 0),
            kind: Kind::from_code((name >> 24) as u8),
            parent: (parent != NO_PARENT).then_some(PlaceId(u32::from(parent))),
            country: (record[18] != NO_COUNTRY).then_some(PlaceId(u32::from(record[18]))),
            log_population: log_population(record[19]),
        }
    }

    /// What a place is.
    pub fn kind(&self, id: PlaceId) -> Kind {
        Kind::from_code(self.record(id).1[15])
    }

    /// GeoNames code of a country or division ("AZ", "AZ.28", "US.LA.079"); "" for other places.
    pub fn code(&self, id: PlaceId) -> &str {
        if id.0 >= number(&self.layers[0].data, 12) {
            return "";
        }
        let (layer, record) = self.record(id);
        let name = (number(record, 12) & 0xFF_FFFF) as usize;
        layer.name(name + 1 + layer.name(name).len())
    }

    /// The division of a level that holds a place, or the place itself if it is one.
    pub fn holder(&self, id: PlaceId, level: Kind) -> Option<PlaceId> {
        let mut at = id;
        for _ in 0..4 {
            let place = self.place(at);
            if place.kind == level {
                return Some(at);
            }
            at = place.parent?;
        }
        None
    }

    /// True when `outer` is `inner` or holds it.
    pub fn holds(&self, outer: PlaceId, inner: PlaceId) -> bool {
        let mut at = inner;
        for _ in 0..4 {
            if at == outer {
                return true;
            }
            let Some(parent) = self.place(at).parent else { return false };
            at = parent;
        }
        false
    }

    /// Distance of two places along the great circle, in kilometres.
    pub(super) fn kilometres(&self, a: PlaceId, b: PlaceId) -> f32 {
        let (a, b) = (self.place(a), self.place(b));
        kilometres((a.lat.into(), a.lon.into()), (b.lat.into(), b.lon.into())) as f32
    }

    /// The places that a folded name can mean, the most prominent of each layer first.
    pub fn lookup(&self, key: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            if let Some(value) = layer.keys.get(key) {
                layer.places(number, value.value(), &mut found);
            }
        }
        found
    }

    /// The transliterated places whose consonant skeleton is `bones`.
    pub fn lookup_skeleton(&self, bones: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            if let Some(value) = layer.skeletons.get(bones) {
                layer.places(number, value.value(), &mut found);
            }
        }
        found
    }

    /// Gives what the names that begin with a folded `start` can mean, of at most `most` names a layer.
    pub(super) fn beginning(&self, start: &str, most: usize, mut take: impl FnMut(Candidate)) {
        for (number, layer) in self.layers.iter().enumerate() {
            let mut keys = layer.keys.range().ge(start).into_stream();
            let mut found = Vec::new();
            for _ in 0..most {
                match keys.next() {
                    Some((key, value)) if key.starts_with(start.as_bytes()) => {
                        layer.places(number, value.value(), &mut found);
                        found.drain(..).for_each(&mut take);
                    }
                    _ => break,
                }
            }
        }
    }

    /// Starts to walk along a name, word by word.
    pub(super) fn walk(&self) -> Walk<'_> {
        let states = self.layers.iter().map(|l| Some((l.keys.root().addr(), Output::zero()))).collect();
        Walk { gazetteer: self, states }
    }

    fn record(&self, id: PlaceId) -> (&Layer, &[u8]) {
        let layer = &self.layers[(id.0 >> 24) as usize];
        let at = layer.records + (id.0 & 0xFF_FFFF) as usize * RECORD;
        (layer, &layer.data[at..at + RECORD])
    }
}

impl Layer {
    fn open(data: Cow<'static, [u8]>) -> Result<Layer, LoadError> {
        let bad = |what: &str| LoadError(format!("gazetteer: {what}"));
        if data.get(..8) != Some(MAGIC) || data.len() < HEADER {
            return Err(bad("not a gazetteer file of this version"));
        }
        let mut starts = [HEADER; 6];
        for i in 0..5 {
            starts[i + 1] = starts[i] + number(&data, 16 + 4 * i) as usize;
        }
        if starts[5] != data.len() {
            return Err(bad("cut off"));
        }
        let part = |i: usize| -> Cow<'static, [u8]> {
            match &data {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[starts[i]..starts[i + 1]]),
                Cow::Owned(bytes) => Cow::Owned(bytes[starts[i]..starts[i + 1]].to_vec()),
            }
        };
        let map = |i: usize| Fst::new(part(i)).map_err(|e| bad(&format!("map of names: {e}")));
        let (keys, skeletons) = (map(3)?, map(4)?);
        Ok(Layer { records: starts[0], names: starts[1], postings: starts[2], keys, skeletons, data })
    }

    fn name(&self, offset: usize) -> &str {
        let at = self.names + offset;
        let length = self.data.get(at).copied().unwrap_or(0) as usize;
        let bytes = self.data.get(at + 1..at + 1 + length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or("")
    }

    fn places(&self, number_of_layer: usize, value: u64, found: &mut Vec<Candidate>) {
        let candidate = |posting: u32| Candidate {
            place: PlaceId((number_of_layer as u32) << 24 | (posting & 0xFF_FFFF)),
            class: NameClass::from_code((posting >> 24) as u8),
        };
        if value & SINGLE != 0 {
            found.push(candidate(value as u32));
            return;
        }
        let at = self.postings + value as usize;
        let count = number(&self.data, at) as usize;
        found.extend((1..=count).map(|i| candidate(number(&self.data, at + 4 * i))));
    }
}

/// A position in the key maps of all layers.
pub(super) struct Walk<'g> {
    gazetteer: &'g Gazetteer,
    states: Vec<Option<(usize, Output)>>,
}

impl Walk<'_> {
    /// Goes on along `bytes`; false when no name goes on so.
    pub(super) fn step(&mut self, bytes: &[u8]) -> bool {
        let mut alive = false;
        for (layer, state) in self.gazetteer.layers.iter().zip(&mut self.states) {
            let Some((mut at, mut output)) = *state else { continue };
            let mut found = true;
            for &byte in bytes {
                let node = layer.keys.node(at);
                let Some(i) = node.find_input(byte) else {
                    found = false;
                    break;
                };
                let transition = node.transition(i);
                output = output.cat(transition.out);
                at = transition.addr;
            }
            *state = found.then_some((at, output));
            alive |= found;
        }
        alive
    }

    /// True when a name ends here.
    pub(super) fn is_name(&self) -> bool {
        let layers = self.gazetteer.layers.iter().zip(&self.states);
        layers.filter_map(|(l, s)| s.map(|(at, _)| l.keys.node(at))).any(|node| node.is_final())
    }

    /// The places of the name that ends here.
    pub(super) fn places(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (number, (layer, state)) in self.gazetteer.layers.iter().zip(&self.states).enumerate() {
            let Some((at, output)) = *state else { continue };
            let node = layer.keys.node(at);
            if node.is_final() {
                layer.places(number, output.cat(node.final_output()).value(), &mut found);
            }
        }
        found
    }
}

/// The little-endian u32 at `at`.
fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

impl PlaceId {
    /// False for a place that a user laid over the built-in ones.
    pub(super) fn is_built_in(self) -> bool {
        self.0 >> 24 == 0
    }

    /// Index among the containers of the built-in layer, for a dump's records.
    pub(super) fn container(self) -> u16 {
        u16::try_from(self.0).unwrap_or(NO_PARENT)
    }
}
