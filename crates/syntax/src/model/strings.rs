//! spaCy's identifiers of strings: a small number for a reserved symbol, else a 64-bit hash.

use super::{Array, Container, ModelError, Strings};
use std::collections::HashMap;

/// Reserved symbols, and the `NORM` of words that have another than their lower-case form.
pub struct Symbols {
    reserved: HashMap<String, u64>,
    longest: usize,
    norm_keys: Array,
    norm_values: Strings,
}

impl Symbols {
    pub fn read(model: &Container) -> Result<Self, ModelError> {
        let names = model.strings("symbols.names")?;
        let ids = model.u32s("symbols.ids")?;
        let norm_keys = model.u64s("norms.keys")?;
        let norm_values = model.strings("norms.values")?;
        if ids.len() != names.len() || norm_keys.dims() != [norm_values.len()] {
            return Err(ModelError::array("symbols", "lengths differ"));
        }
        let reserved: HashMap<String, u64> =
            names.iter().zip(ids).map(|(name, id)| (name.to_owned(), id as u64)).collect();
        let longest = reserved.keys().map(String::len).max().unwrap_or(0);
        Ok(Symbols { reserved, longest, norm_keys, norm_values })
    }

    /// The identifier of a string; 0 for the empty one.
    pub fn id(&self, string: &str) -> u64 {
        if string.len() <= self.longest
            && let Some(&id) = self.reserved.get(string)
        {
            return id;
        }
        murmur64a(string.as_bytes(), 1)
    }

    /// The normal form of a word (`$` for `€`, `favorite` for `favourite`), if it has one of its own.
    pub fn norm(&self, id: u64) -> Option<&str> {
        let (mut lo, mut hi) = (0, self.norm_values.len());
        while lo < hi {
            let mid = (lo + hi) / 2;
            match self.norm_keys.u64(mid).cmp(&id) {
                std::cmp::Ordering::Less => lo = mid + 1,
                std::cmp::Ordering::Equal => return Some(self.norm_values.get(mid)),
                std::cmp::Ordering::Greater => hi = mid,
            }
        }
        None
    }
}

/// MurmurHash64A (Austin Appleby, public domain).
pub fn murmur64a(key: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = seed ^ (key.len() as u64).wrapping_mul(M);
    let (words, tail) = key.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 47;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ (h >> 47)
}

/// The finalizer of MurmurHash3: a one-to-one mix.
pub fn mix64(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}
