//! The model file: named arrays, little-endian, read in place.
//!
//! ```text
//! "VSYNTAX1"  number of entries: u32
//! entry*      length of name: u8, name, type: u8, number of dimensions: u8, dimensions: u32*, offset: u64
//! array*      each at its offset, a multiple of 64
//! ```
//! Types: 0 `u8`, 1 `u16`, 2 `u32`, 3 `u64`, 4 half float, 5 float.

use super::ModelError;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The bytes of a model: built into the binary, or read from a file and shared.
#[derive(Clone)]
pub enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

impl Bytes {
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }
}

/// A part of the model's bytes.
#[derive(Clone)]
pub struct Array {
    bytes: Bytes,
    start: usize,
    len: usize,
    dims: Vec<usize>,
    half: bool,
}

impl Array {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes.as_slice()[self.start..self.start + self.len]
    }

    pub fn dims(&self) -> &[usize] {
        &self.dims
    }

    pub fn u16(&self, i: usize) -> u16 {
        u16::from_le_bytes(self.bytes().as_chunks().0[i])
    }

    pub fn u32(&self, i: usize) -> u32 {
        u32::from_le_bytes(self.bytes().as_chunks().0[i])
    }

    pub fn u64(&self, i: usize) -> u64 {
        u64::from_le_bytes(self.bytes().as_chunks().0[i])
    }

    /// Row `row` of a two-dimensional array of floats, into `out`.
    pub fn row(&self, row: usize, out: &mut [f32]) {
        let width = self.dims[1];
        let out = &mut out[..width];
        if self.half {
            let row = &self.bytes()[row * width * 2..(row + 1) * width * 2];
            for (o, b) in out.iter_mut().zip(row.as_chunks().0) {
                *o = widen(u16::from_le_bytes(*b));
            }
        } else {
            let row = &self.bytes()[row * width * 4..(row + 1) * width * 4];
            for (o, b) in out.iter_mut().zip(row.as_chunks().0) {
                *o = f32::from_le_bytes(*b);
            }
        }
    }

    /// All values of an array of floats.
    pub fn floats(&self) -> Vec<f32> {
        if self.half {
            self.bytes().as_chunks().0.iter().map(|b| widen(u16::from_le_bytes(*b))).collect()
        } else {
            self.bytes().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
        }
    }
}

/// A finite half float as a float: its bits shifted into place, and the exponent set right by a product, which works for
/// subnormal numbers too. Unlike a call of a conversion it is compiled to vector instructions of any processor.
fn widen(half: u16) -> f32 {
    let magnitude = f32::from_bits((half as u32 & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | (half as u32 & 0x8000) << 16)
}

/// Strings of the model, by index: their number, their end offsets, their UTF-8.
#[derive(Clone)]
pub struct Strings {
    array: Array,
    n: usize,
}

impl Strings {
    pub fn len(&self) -> usize {
        self.n
    }

    pub fn get(&self, i: usize) -> &str {
        let text = 4 + 4 * self.n;
        let start = if i == 0 { 0 } else { self.array.u32(i) as usize };
        let end = self.array.u32(i + 1) as usize;
        std::str::from_utf8(&self.array.bytes()[text + start..text + end]).unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.n).map(|i| self.get(i))
    }

    /// Position of a string in a sorted list.
    pub fn binary_search(&self, string: &str) -> Option<usize> {
        let (mut lo, mut hi) = (0, self.n);
        while lo < hi {
            let mid = (lo + hi) / 2;
            match self.get(mid).cmp(string) {
                std::cmp::Ordering::Less => lo = mid + 1,
                std::cmp::Ordering::Equal => return Some(mid),
                std::cmp::Ordering::Greater => hi = mid,
            }
        }
        None
    }
}

/// A model file, its directory read and checked.
pub struct Container {
    entries: HashMap<String, (u8, Array)>,
}

const MAGIC: &[u8; 8] = b"VSYNTAX1";
const SIZES: [usize; 6] = [1, 2, 4, 8, 2, 4];

impl Container {
    /// Reads the directory. Every array is checked to lie inside the file.
    pub fn read(bytes: Bytes) -> Result<Self, ModelError> {
        let all = bytes.as_slice();
        let mut rest = all.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
        let count = u32::from_le_bytes(take(&mut rest)?);
        let mut entries = HashMap::new();
        for _ in 0..count {
            let [name_len] = take(&mut rest)?;
            let (name, after) = rest.split_at_checked(name_len as usize).ok_or(ModelError::Short)?;
            rest = after;
            let name = String::from_utf8_lossy(name).into_owned();
            let [dtype, n_dims] = take(&mut rest)?;
            let size = *SIZES.get(dtype as usize).ok_or_else(|| ModelError::array(&name, "unknown type"))?;
            let mut dims = Vec::new();
            for _ in 0..n_dims {
                dims.push(u32::from_le_bytes(take(&mut rest)?) as usize);
            }
            let start = u64::from_le_bytes(take(&mut rest)?) as usize;
            let len = dims.iter().try_fold(size, |a, &d| a.checked_mul(d));
            let len = len.filter(|&l| start.checked_add(l).is_some_and(|e| e <= all.len()));
            let len = len.ok_or_else(|| ModelError::array(&name, "lies outside of the file"))?;
            let array = Array { bytes: bytes.clone(), start, len, dims, half: dtype == 4 };
            entries.insert(name, (dtype, array));
        }
        Ok(Container { entries })
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    fn array(&self, name: &str, dtypes: &[u8]) -> Result<Array, ModelError> {
        let (dtype, array) = self.entries.get(name).ok_or_else(|| ModelError::array(name, "is missing"))?;
        if !dtypes.contains(dtype) {
            return Err(ModelError::array(name, "has another type"));
        }
        Ok(array.clone())
    }

    pub fn bytes(&self, name: &str) -> Result<Array, ModelError> {
        self.array(name, &[0])
    }

    pub fn u16s(&self, name: &str) -> Result<Array, ModelError> {
        self.array(name, &[1])
    }

    pub fn u32s(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        Ok(self.array(name, &[2])?.bytes().as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    pub fn u32_array(&self, name: &str) -> Result<Array, ModelError> {
        self.array(name, &[2])
    }

    pub fn u64s(&self, name: &str) -> Result<Array, ModelError> {
        self.array(name, &[3])
    }

    /// Floats of either width, of the given number of dimensions.
    pub fn floats(&self, name: &str, n_dims: usize) -> Result<Array, ModelError> {
        let array = self.array(name, &[4, 5])?;
        match array.dims.len() == n_dims {
            true => Ok(array),
            false => Err(ModelError::array(name, "has another number of dimensions")),
        }
    }

    /// A list of strings, checked to be UTF-8 between rising offsets.
    pub fn strings(&self, name: &str) -> Result<Strings, ModelError> {
        let bad = || ModelError::array(name, "is not a list of strings");
        let array = self.array(name, &[0])?;
        let bytes = array.bytes();
        let n = u32::from_le_bytes(*bytes.first_chunk().ok_or_else(bad)?) as usize;
        let text = bytes.get(n.saturating_mul(4).saturating_add(4)..).ok_or_else(bad)?;
        let text = std::str::from_utf8(text).map_err(|_| bad())?;
        let mut last = 0;
        for i in 1..=n {
            let end = array.u32(i) as usize;
            if end < last || !text.is_char_boundary(end) {
                return Err(bad());
            }
            last = end;
        }
        if last != text.len() {
            return Err(bad());
        }
        Ok(Strings { array, n })
    }

    pub fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, ModelError> {
        let array = self.bytes(name)?;
        serde_json::from_slice(array.bytes()).map_err(|e| ModelError::array(name, &e.to_string()))
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], ModelError> {
    let (head, tail) = rest.split_first_chunk().ok_or(ModelError::Short)?;
    *rest = tail;
    Ok(*head)
}

impl From<Cow<'static, [u8]>> for Bytes {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => Bytes::Static(bytes),
            Cow::Owned(bytes) => Bytes::Shared(bytes.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn all_finite_half_floats_widen() {
        for bits in 0..=u16::MAX {
            let expected = half::f16::from_bits(bits);
            if expected.is_finite() {
                assert_eq!(widen(bits).to_bits(), expected.to_f32().to_bits(), "{bits:#x}");
            }
        }
    }
}
