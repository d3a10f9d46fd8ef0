//! The network of a transition-based component: each token's vector is multiplied once for each place in the state where the
//! token can stand; a step adds up the products of the tokens that stand there.

use crate::kernel::{Kernel, Matrix, gemm, score};
use crate::model::{Container, ModelError};

const HIDDEN: usize = 64;
const PIECES: usize = 2;
/// Width of one product.
const WIDE: usize = HIDDEN * PIECES;

/// The network's weights.
pub struct Scorer {
    input: Matrix,
    input_bias: Vec<f32>,
    /// For all places side by side.
    lower: Matrix,
    no_bias: Vec<f32>,
    bias: Vec<f32>,
    /// What an empty place adds, by place.
    padding: Vec<f32>,
    /// Hidden rows of `width` values.
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    n_places: usize,
    n_moves: usize,
}

/// The encoder's output for a document, computed as it is asked for.
pub trait Encoded {
    /// Rows of tokens `from..to`. Until all are known, ranges are asked for in order; after that, tokens may be asked for again.
    fn rows(&mut self, from: usize, to: usize) -> &[f32];
}

/// Products of a window of a document's tokens, around the front of the buffer. They take 4 KB a token, so those of a token
/// further back (the head of a long sentence) are computed again when they are asked for.
#[derive(Default)]
pub struct Features {
    n: usize,
    hidden: Vec<f32>,
    products: Vec<f32>,
    first: usize,
    end: usize,
    far: Vec<f32>,
    scores: Vec<f32>,
}

/// Tokens whose products are computed at once, and tokens behind them that are kept.
const BLOCK: usize = 128;
const KEPT: usize = 128;

impl Scorer {
    pub fn read(model: &Container, name: &str, width: usize, n_places: usize) -> Result<Self, ModelError> {
        let bad = |what: &str| ModelError::array(name, what);
        let get = |suffix: &str, dims: &[usize]| {
            let array = model.floats(&format!("{name}.{suffix}"), dims.len())?;
            match array.dims() == dims {
                true => Ok(array.floats()),
                false => Err(bad(&format!("{suffix} has unexpected dimensions"))),
            }
        };
        let n_moves = model.strings(&format!("{name}.moves"))?.len();
        if n_moves == 0 {
            return Err(bad("has no moves"));
        }
        let w = get("input.W", &[HIDDEN, width])?;
        let input = Matrix::pack(width, HIDDEN, |i, j| w[j * width + i]);
        let input_bias = get("input.b", &[HIDDEN])?;
        let w = get("lower.W", &[n_places, HIDDEN, PIECES, HIDDEN])?;
        let lower = Matrix::pack(HIDDEN, n_places * WIDE, |i, j| {
            let (place, piece, o) = (j / WIDE, j / HIDDEN % PIECES, j % HIDDEN);
            w[((place * HIDDEN + o) * PIECES + piece) * HIDDEN + i]
        });
        let by_piece = |v: &[f32]| (0..WIDE).map(|j| v[j % HIDDEN * PIECES + j / HIDDEN]).collect::<Vec<f32>>();
        let bias = by_piece(&get("lower.b", &[HIDDEN, PIECES])?);
        let padding = get("lower.pad", &[1, n_places, HIDDEN, PIECES])?;
        let padding = padding.chunks_exact(WIDE).flat_map(by_piece).collect();
        let w = get("upper.W", &[n_moves, HIDDEN])?;
        let padded = n_moves.next_multiple_of(16);
        let upper = (0..HIDDEN * padded).map(|i| (i / padded, i % padded));
        let upper = upper.map(|(h, m)| if m < n_moves { w[m * HIDDEN + h] } else { 0.0 }).collect();
        let mut upper_bias = get("upper.b", &[n_moves])?;
        upper_bias.resize(padded, 0.0);
        let no_bias = vec![0.0; lower.width()];
        Ok(Scorer { input, input_bias, lower, no_bias, bias, padding, upper, upper_bias, n_places, n_moves })
    }

    /// Begins a document of `n` tokens.
    pub fn begin(&self, n: usize, features: &mut Features) {
        features.n = n;
        features.products.clear();
        (features.first, features.end) = (0, 0);
        features.scores.resize(self.upper_bias.len(), 0.0);
        features.far.resize(self.n_places * WIDE, 0.0);
    }

    /// Scores all moves. `places` holds the token at each place, or -1.
    pub fn scores<'f>(
        &self,
        kernel: Kernel,
        places: &[i32],
        encoded: &mut dyn Encoded,
        features: &'f mut Features,
    ) -> &'f [f32] {
        let front = places.iter().copied().max().unwrap_or(-1);
        while front >= features.end as i32 {
            self.advance(kernel, encoded, features);
        }
        for (place, &token) in places.iter().enumerate() {
            if token >= 0 && (token as usize) < features.first {
                self.recompute(kernel, token as usize, place, encoded, features);
            }
        }
        let row = self.lower.width();
        let mut rows: [&[f32]; 8] = [&[]; 8];
        for (place, (out, &token)) in rows.iter_mut().zip(places).enumerate() {
            let at = place * WIDE;
            *out = match token {
                -1 => &self.padding[at..at + WIDE],
                t if (t as usize) < features.first => &features.far[at..at + WIDE],
                t => &features.products[(t as usize - features.first) * row + at..][..WIDE],
            };
        }
        score(kernel, &rows[..places.len()], &self.bias, &self.upper, &self.upper_bias, &mut features.scores);
        &features.scores[..self.n_moves]
    }

    /// Computes the products of the next block of tokens, and drops those far behind.
    fn advance(&self, kernel: Kernel, encoded: &mut dyn Encoded, features: &mut Features) {
        let row = self.lower.width();
        if features.end - features.first > KEPT {
            let first = features.end - KEPT;
            features.products.copy_within((first - features.first) * row.., 0);
            features.products.truncate(KEPT * row);
            features.first = first;
        }
        let rows = BLOCK.min(features.n - features.end);
        let at = features.products.len();
        features.products.resize(at + rows * row, 0.0);
        let encoded = encoded.rows(features.end, features.end + rows);
        self.multiply(kernel, encoded, rows, &mut features.hidden, &mut features.products[at..]);
        features.end += rows;
    }

    /// Products of rows of the encoder's output for all places.
    fn multiply(&self, kernel: Kernel, encoded: &[f32], rows: usize, hidden: &mut Vec<f32>, out: &mut [f32]) {
        hidden.resize(rows * self.input.width(), 0.0);
        gemm(kernel, encoded, self.input.rows(), rows, &self.input, &self.input_bias, hidden);
        gemm(kernel, hidden, self.input.width(), rows, &self.lower, &self.no_bias, out);
    }

    /// The product of one token for one place.
    fn recompute(
        &self,
        kernel: Kernel,
        token: usize,
        place: usize,
        encoded: &mut dyn Encoded,
        features: &mut Features,
    ) {
        let hidden = &mut features.hidden;
        hidden.resize(self.input.width(), 0.0);
        gemm(kernel, encoded.rows(token, token + 1), self.input.rows(), 1, &self.input, &self.input_bias, hidden);
        let out = &mut features.far[place * WIDE..(place + 1) * WIDE];
        self.lower.multiply_columns(&hidden[..HIDDEN], place * WIDE, out);
    }
}
