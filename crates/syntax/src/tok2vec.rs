//! The convolutional encoder: word types become vectors, and four window layers mix in the words around them.
//!
//! Each attribute of a type picks four rows of a table by hash, which are added; the sums of all attributes, and a projection
//! of the type's static vector, are mixed by a maxout layer. Then four times: `x + norm(maxout(x[-1], x, x[+1]))`. Four rows
//! of zeros on each side of the document go through all layers.
//!
//! What depends on the type alone is computed once per type: the mix, and its three products in the first window layer.

use crate::kernel::{Kernel, Matrix, Maxout, Tiles, gemm};
use crate::lexeme::Lexicon;
use crate::model::{Array, Container, ModelError, Vectors, mix64};
use crate::tokenizer::RawToken;

const PIECES: usize = 3;

/// An attribute of a token, by which it is looked up in a table.
#[derive(Clone, Copy, PartialEq)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

struct Table {
    attribute: Attribute,
    seed: u32,
    rows: Array,
}

/// A maxout layer with layer normalisation, but for its matrix. Columns are ordered by piece.
struct Layer {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Layer {
    fn maxout(&self) -> Maxout<'_> {
        Maxout { gain: &self.gain, shift: &self.shift }
    }
}

/// An encoder's weights.
pub struct Tok2Vec {
    width: usize,
    tables: Vec<Table>,
    projection: Option<Matrix>,
    mix: (Matrix, Layer),
    /// The first window layer, its matrices for the word before, the word itself and the word after side by side.
    products: Matrix,
    first: Layer,
    window: Vec<(Tiles, Layer)>,
    no_bias: Vec<f32>,
}

/// What one worker has computed of word types: by slot, the mix and its products in the first window layer.
#[derive(Default)]
pub struct TypeCache {
    slots: Vec<u32>,
    mixed: Vec<f32>,
    products: Vec<f32>,
    n: usize,
}

impl TypeCache {
    pub fn clear(&mut self) {
        self.slots.clear();
        self.mixed.clear();
        self.products.clear();
        self.n = 0;
    }
}

/// Buffers of one worker.
#[derive(Default)]
pub struct Scratch {
    fresh: Vec<(u32, bool)>,
    concat: Vec<f32>,
    vectors: Vec<f32>,
    rows: Vec<usize>,
    projected: Vec<f32>,
    wide: Vec<f32>,
    a: Vec<f32>,
    b: Vec<f32>,
    slots: Vec<u32>,
    /// What [`Tok2Vec::encode`] gives.
    pub encoded: Vec<f32>,
}

/// What is encoded, and with what.
pub struct Input<'i> {
    pub kernel: Kernel,
    pub tokens: &'i [RawToken],
    pub lexicon: &'i Lexicon,
    pub vectors: Option<&'i Vectors>,
}

/// A cache with more types is emptied before the next segment; 3.8 KB each.
const MOST_TYPES: usize = 6000;

const NO_SLOT: u32 = u32::MAX;

impl Tok2Vec {
    pub fn read(model: &Container, prefix: &str, vectors: Option<&Vectors>) -> Result<Self, ModelError> {
        let name = |suffix: &str| format!("{prefix}.{suffix}");
        let bad = |what: &str| ModelError::array(prefix, what);
        let seeds = model.u32s(&name("seeds"))?;
        let mut tables = Vec::new();
        for (i, attribute) in model.strings(&name("attributes"))?.iter().enumerate() {
            let attribute = match attribute {
                "NORM" => Attribute::Norm,
                "PREFIX" => Attribute::Prefix,
                "SUFFIX" => Attribute::Suffix,
                "SHAPE" => Attribute::Shape,
                "SPACY" => Attribute::Spacy,
                "IS_SPACE" => Attribute::IsSpace,
                other => return Err(bad(&format!("unknown attribute {other}"))),
            };
            let rows = model.floats(&name(&format!("table.{i}")), 2)?;
            let seed = *seeds.get(i).ok_or_else(|| bad("too few seeds"))?;
            tables.push(Table { attribute, seed, rows });
        }
        let width = tables.first().map(|t| t.rows.dims()[1]).unwrap_or(0);
        if width == 0
            || width % 32 != 0
            || width > 128
            || tables.iter().any(|t| t.rows.dims()[1] != width || t.rows.dims()[0] == 0)
        {
            return Err(bad("tables have unexpected dimensions"));
        }
        let projection = match (vectors, model.has(&name("vectors.W"))) {
            (_, false) => None,
            (None, true) => return Err(bad("needs vectors")),
            (Some(vectors), true) => {
                let array = model.floats(&name("vectors.W"), 2)?;
                if array.dims() != [width, vectors.width()] {
                    return Err(bad("projection has unexpected dimensions"));
                }
                let (w, k) = (array.floats(), vectors.width());
                Some(Matrix::pack(k, width, |i, j| w[j * k + i]))
            }
        };
        let inputs = (tables.len() + projection.is_some() as usize) * width;
        let (w, layer) = read_layer(model, &name("layer.0"), width, inputs)?;
        let mix = (Matrix::pack(inputs, PIECES * width, |i, j| w[i * PIECES * width + j]), layer);
        let (w, first) = read_layer(model, &name("layer.1"), width, 3 * width)?;
        let side = PIECES * width;
        let products = Matrix::pack(width, 3 * side, |i, j| w[(j / side * width + i) * side + j % side]);
        let mut window = Vec::new();
        while model.has(&name(&format!("layer.{}.W", window.len() + 2))) {
            let (w, layer) = read_layer(model, &name(&format!("layer.{}", window.len() + 2)), width, 3 * width)?;
            let (before, rest) = w.split_at(width * side);
            let (itself, after) = rest.split_at(width * side);
            window.push((Tiles::new(width, side, [before, itself, after]), layer));
        }
        let no_bias = vec![0.0; products.width().max(width.next_multiple_of(32))];
        Ok(Tok2Vec { width, tables, projection, mix, products, first, window, no_bias })
    }

    /// Width of the output.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows of context that the output of a token depends on, on each side.
    pub fn reach(&self) -> usize {
        1 + self.window.len()
    }

    /// The cache key of a type: types that differ only in an attribute that this encoder does not see share one.
    fn key(&self, lexeme: u32, space: bool) -> usize {
        match self.tables.iter().any(|t| t.attribute == Attribute::Spacy) {
            true => lexeme as usize * 2 + space as usize,
            false => lexeme as usize,
        }
    }

    /// Encodes tokens `from..to` of a document into rows of [`width`](Self::width), adding to the cache what it lacks.
    pub fn encode(&self, input: &Input, from: usize, to: usize, cache: &mut TypeCache, s: &mut Scratch) {
        if cache.n > MOST_TYPES {
            cache.clear();
        }
        self.look_up(input, from, to, cache, s);
        self.convolve(input.kernel, to - from, cache, s);
    }

    /// Finds the slots of the types of tokens `from..to` and of those within reach.
    fn look_up(&self, input: &Input, from: usize, to: usize, cache: &mut TypeCache, s: &mut Scratch) {
        s.slots.clear();
        s.fresh.clear();
        for row in 0..to - from + 2 * self.reach() {
            let token = (from + row).checked_sub(self.reach()).and_then(|t| input.tokens.get(t));
            let Some(token) = token else {
                s.slots.push(NO_SLOT);
                continue;
            };
            let key = self.key(token.lexeme, token.space);
            if cache.slots.len() <= key {
                cache.slots.resize(key + 1, NO_SLOT);
            }
            if cache.slots[key] == NO_SLOT {
                cache.slots[key] = (cache.n + s.fresh.len()) as u32;
                s.fresh.push((token.lexeme, token.space));
            }
            s.slots.push(cache.slots[key]);
        }
        let fresh = std::mem::take(&mut s.fresh);
        for batch in fresh.chunks(64) {
            self.add_types(input, batch, cache, s);
        }
        s.fresh = fresh;
    }

    fn add_types(&self, input: &Input, batch: &[(u32, bool)], cache: &mut TypeCache, s: &mut Scratch) {
        let kernel = input.kernel;
        let (n, width) = (batch.len(), self.width);
        let (mix, layer) = &self.mix;
        let inputs = mix.rows();
        s.concat.clear();
        s.concat.resize(n * inputs, 0.0);
        let mut row = vec![0.0; width];
        for (out, &(id, space)) in s.concat.chunks_exact_mut(inputs).zip(batch) {
            let lexeme = input.lexicon.get(id);
            for (out, table) in out.chunks_exact_mut(width).zip(&self.tables) {
                let value = match table.attribute {
                    Attribute::Norm => lexeme.norm,
                    Attribute::Prefix => lexeme.prefix,
                    Attribute::Suffix => lexeme.suffix,
                    Attribute::Shape => lexeme.shape,
                    Attribute::Spacy => space as u64,
                    Attribute::IsSpace => lexeme.is_space as u64,
                };
                for hash in hashes(value, table.seed) {
                    table.rows.row(hash as usize % table.rows.dims()[0], &mut row);
                    out.iter_mut().zip(&row).for_each(|(o, r)| *o += r);
                }
            }
        }
        if let (Some(projection), Some(vectors)) = (&self.projection, input.vectors) {
            let known =
                batch.iter().enumerate().filter_map(|(i, t)| Some((i, vectors.row(input.lexicon.get(t.0).orth)?)));
            s.rows.clear();
            s.vectors.clear();
            for (i, row) in known {
                s.rows.push(i);
                let at = s.vectors.len();
                s.vectors.resize(at + vectors.width(), 0.0);
                vectors.read_row(row, &mut s.vectors[at..]);
            }
            s.projected.resize(s.rows.len() * projection.width(), 0.0);
            gemm(kernel, &s.vectors, vectors.width(), s.rows.len(), projection, &self.no_bias, &mut s.projected);
            for (&i, projected) in s.rows.iter().zip(s.projected.chunks_exact(projection.width())) {
                let at = (i + 1) * inputs - width;
                s.concat[at..at + width].copy_from_slice(&projected[..width]);
            }
        }
        s.wide.resize(n * mix.width(), 0.0);
        gemm(kernel, &s.concat, inputs, n, mix, &layer.bias, &mut s.wide);
        let first = cache.n;
        cache.n += n;
        cache.mixed.resize(cache.n * width, 0.0);
        let mixed = &mut cache.mixed[first * width..];
        layer.maxout().apply(kernel, &s.wide, mix.width(), &[], mixed);
        cache.products.resize(cache.n * self.products.width(), 0.0);
        let products = &mut cache.products[first * self.products.width()..];
        gemm(kernel, mixed, width, n, &self.products, &self.no_bias, products);
    }

    /// The window layers, over the rows of `s.slots`. Row `r` is token `from + r - reach`, or zeros outside of the document.
    fn convolve(&self, kernel: Kernel, n: usize, cache: &TypeCache, s: &mut Scratch) {
        let (width, reach) = (self.width, self.reach());
        let side = PIECES * width;
        let rows = n + 2 * reach;
        let slots = &s.slots;
        let slot = |r: usize| Some(slots[r] as usize).filter(|_| slots[r] != NO_SLOT);
        s.a.clear();
        s.a.resize(rows * width, 0.0);
        for r in 0..rows {
            if let Some(slot) = slot(r) {
                s.a[r * width..(r + 1) * width].copy_from_slice(&cache.mixed[slot * width..(slot + 1) * width]);
            }
        }
        // Layer `l` is right for rows `l + 1 .. rows - l - 1`, and no later layer needs others. The buffers have a few rows
        // more, because the tiles of the last rows read past them.
        s.b.resize(Tiles::inputs(rows) * width, 0.0);
        s.wide.resize((rows - 2) * side, 0.0);
        for (r, sum) in (1..rows - 1).zip(s.wide.chunks_exact_mut(side)) {
            sum.copy_from_slice(&self.first.bias[..side]);
            for (k, near) in [r - 1, r, r + 1].into_iter().enumerate() {
                if let Some(slot) = slot(near) {
                    let at = slot * self.products.width() + k * side;
                    sum.iter_mut().zip(&cache.products[at..at + side]).for_each(|(s, p)| *s += p);
                }
            }
        }
        let residual = &s.a[width..(rows - 1) * width];
        self.first.maxout().apply(kernel, &s.wide, side, residual, &mut s.b[width..(rows - 1) * width]);
        s.a.resize(Tiles::inputs(rows) * width, 0.0);
        std::mem::swap(&mut s.a, &mut s.b);
        for (l, (tiles, layer)) in (1..).zip(&self.window) {
            let (lo, hi) = (l + 1, rows - l - 1);
            let out = &mut s.b[lo * width..hi * width];
            tiles.apply(kernel, &s.a[l * width..], &layer.maxout(), &layer.bias, &mut s.wide, out);
            std::mem::swap(&mut s.a, &mut s.b);
        }
        s.encoded.clear();
        s.encoded.extend_from_slice(&s.a[reach * width..(rows - reach) * width]);
    }
}

/// The matrix of a maxout layer, by rows, columns ordered by piece; and the rest of the layer.
fn read_layer(model: &Container, name: &str, width: usize, inputs: usize) -> Result<(Vec<f32>, Layer), ModelError> {
    let get = |suffix: &str, dims: &[usize]| {
        let array = model.floats(&format!("{name}.{suffix}"), dims.len())?;
        match array.dims() == dims {
            true => Ok(array.floats()),
            false => Err(ModelError::array(name, "has unexpected dimensions")),
        }
    };
    let w = get("W", &[width, PIECES, inputs])?;
    let b = get("b", &[width, PIECES])?;
    let n = PIECES * width;
    let mut weights = vec![0.0; inputs * n];
    for (row, values) in w.chunks_exact(inputs).enumerate() {
        let column = row % PIECES * width + row / PIECES;
        values.iter().enumerate().for_each(|(i, v)| weights[i * n + column] = *v);
    }
    let bias = (0..n).map(|j| b[j % width * PIECES + j / width]).collect();
    Ok((weights, Layer { bias, gain: get("G", &[width])?, shift: get("B", &[width])? }))
}

/// thinc's hash of an identifier into four table rows: the 128-bit x64 MurmurHash3 of its 8 bytes.
fn hashes(value: u64, seed: u32) -> [u32; 4] {
    let seed = seed as u64;
    let mut h1 = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (h1, h2) = (mix64(h1), mix64(h2));
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}
