//! Static word vectors.

use super::{Array, Container, ModelError, mix64};

/// Rows of half floats, and the row of each known word.
///
/// Of each 64-bit key, 48 bits are kept after a one-to-one mix: the upper 16 choose a bucket, the next 32 are compared.
pub struct Vectors {
    buckets: Array,
    keys: Array,
    rows: Array,
    data: Array,
}

impl Vectors {
    /// None if the model has no vectors.
    pub fn read(model: &Container) -> Result<Option<Self>, ModelError> {
        if !model.has("vectors.data") {
            return Ok(None);
        }
        let buckets = model.u32_array("vectors.buckets")?;
        let keys = model.u32_array("vectors.keys")?;
        let rows = model.u16s("vectors.rows")?;
        let data = model.floats("vectors.data", 2)?;
        let n = keys.dims()[0];
        if buckets.dims() != [(1 << 16) + 1] || buckets.u32(1 << 16) as usize != n || rows.dims() != keys.dims() {
            return Err(ModelError::array("vectors", "lengths differ"));
        }
        Ok(Some(Vectors { buckets, keys, rows, data }))
    }

    pub fn width(&self) -> usize {
        self.data.dims()[1]
    }

    /// The row of a word, by the word's identifier.
    pub fn row(&self, id: u64) -> Option<usize> {
        let mixed = mix64(id);
        let (bucket, key) = ((mixed >> 48) as usize, (mixed >> 16) as u32);
        let (lo, hi) = (self.buckets.u32(bucket) as usize, self.buckets.u32(bucket + 1) as usize);
        let found = (lo..hi.min(self.keys.dims()[0])).find(|&i| self.keys.u32(i) == key)?;
        Some(self.rows.u16(found) as usize).filter(|&r| r < self.data.dims()[0])
    }

    pub fn read_row(&self, row: usize, out: &mut [f32]) {
        self.data.row(row, out);
    }
}
