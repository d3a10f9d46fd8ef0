//! spaCy's string identifiers at build time: reserved symbols, else MurmurHash64A of the UTF-8 with seed 1.

use anyhow::{Context, Result};
use std::collections::HashMap;

/// Constants of the spaCy package (not of the model): `data/syntax/spacy-constants.json`.
pub struct Constants {
    pub symbols: Vec<(String, u32)>,
    pub base_norms: Vec<(String, String)>,
    ids: HashMap<String, u32>,
}

impl Constants {
    pub fn read(path: &std::path::Path) -> Result<Self> {
        let json: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path).with_context(|| path.display().to_string())?)?;
        let object = |key: &str| json[key].as_object().with_context(|| format!("no {key} in {}", path.display()));
        let symbols: Vec<(String, u32)> =
            object("symbols")?.iter().map(|(k, v)| (k.clone(), v.as_u64().unwrap_or(0) as u32)).collect();
        let base_norms =
            object("base_norms")?.iter().map(|(k, v)| (k.clone(), v.as_str().unwrap_or("").to_owned())).collect();
        let ids = symbols.iter().cloned().collect();
        Ok(Constants { symbols, base_norms, ids })
    }

    pub fn id(&self, string: &str) -> u64 {
        match self.ids.get(string) {
            Some(&id) => id as u64,
            None => murmur64a(string.as_bytes(), 1),
        }
    }
}

fn murmur64a(key: &[u8], seed: u64) -> u64 {
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

/// The finalizer of MurmurHash3, which is one to one.
pub fn mix(mut key: u64) -> u64 {
    key ^= key >> 33;
    key = key.wrapping_mul(0xff51_afd7_ed55_8ccd);
    key ^= key >> 33;
    key = key.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    key ^ (key >> 33)
}
