//! Writes the model container that `variorum-syntax` reads; the layout is described in `crates/syntax/src/model/container.rs`.

use half::f16;

/// A container under construction: named arrays, in the order in which they were added.
pub struct Writer {
    entries: Vec<Entry>,
    half_weights: bool,
}

struct Entry {
    name: String,
    dtype: u8,
    dims: Vec<u32>,
    bytes: Vec<u8>,
}

impl Writer {
    /// `half_weights`: write the weights of layers as half floats.
    pub fn new(half_weights: bool) -> Self {
        Writer { entries: Vec::new(), half_weights }
    }

    pub fn bytes(&mut self, name: &str, bytes: Vec<u8>) {
        let dims = vec![bytes.len() as u32];
        self.entries.push(Entry { name: name.into(), dtype: 0, dims, bytes });
    }

    pub fn u16s(&mut self, name: &str, values: &[u16]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.entries.push(Entry { name: name.into(), dtype: 1, dims: vec![values.len() as u32], bytes });
    }

    pub fn u32s(&mut self, name: &str, values: &[u32]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.entries.push(Entry { name: name.into(), dtype: 2, dims: vec![values.len() as u32], bytes });
    }

    pub fn u64s(&mut self, name: &str, values: &[u64]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.entries.push(Entry { name: name.into(), dtype: 3, dims: vec![values.len() as u32], bytes });
    }

    pub fn f16s(&mut self, name: &str, dims: &[usize], values: &[f32]) {
        assert_eq!(dims.iter().product::<usize>(), values.len(), "{name}");
        let bytes = values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect();
        self.entries.push(Entry { name: name.into(), dtype: 4, dims: dims.iter().map(|&d| d as u32).collect(), bytes });
    }

    /// Weights of a layer.
    pub fn weights(&mut self, name: &str, dims: &[usize], values: &[f32]) {
        if self.half_weights {
            return self.f16s(name, dims, values);
        }
        assert_eq!(dims.iter().product::<usize>(), values.len(), "{name}");
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.entries.push(Entry { name: name.into(), dtype: 5, dims: dims.iter().map(|&d| d as u32).collect(), bytes });
    }

    /// Strings as one byte array: their number, their end offsets, their UTF-8, all offsets `u32` little-endian.
    pub fn strings<S: AsRef<str>>(&mut self, name: &str, strings: &[S]) {
        let mut ends = vec![strings.len() as u32];
        let mut text = String::new();
        for s in strings {
            text.push_str(s.as_ref());
            ends.push(text.len() as u32);
        }
        let mut bytes: Vec<u8> = ends.iter().flat_map(|v| v.to_le_bytes()).collect();
        bytes.extend_from_slice(text.as_bytes());
        self.bytes(name, bytes);
    }

    /// The file: magic, number of entries, directory, then each array at a multiple of 64 bytes.
    pub fn finish(self) -> Vec<u8> {
        let mut directory = 12;
        for e in &self.entries {
            directory += 1 + e.name.len() + 2 + 4 * e.dims.len() + 8;
        }
        let mut at = directory.next_multiple_of(64);
        let mut head = b"VSYNTAX1".to_vec();
        head.extend((self.entries.len() as u32).to_le_bytes());
        for e in &self.entries {
            head.push(e.name.len() as u8);
            head.extend(e.name.as_bytes());
            head.push(e.dtype);
            head.push(e.dims.len() as u8);
            e.dims.iter().for_each(|d| head.extend(d.to_le_bytes()));
            head.extend((at as u64).to_le_bytes());
            at = (at + e.bytes.len()).next_multiple_of(64);
        }
        assert_eq!(head.len(), directory);
        for e in &self.entries {
            head.resize(head.len().next_multiple_of(64), 0);
            head.extend(&e.bytes);
        }
        head
    }

    /// Name and size of each array, for the log.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.entries.iter().map(|e| (e.name.as_str(), e.bytes.len()))
    }
}
