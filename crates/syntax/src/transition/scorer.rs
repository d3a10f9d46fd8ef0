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

/// Products of a window of a document's tokens, and the hidden form of all.
///
/// Products take 4 KB a token, so only those of the tokens around the front of the buffer are kept; those of a token further
/// back (the head of a long sentence) are computed again when they are asked for.
#[derive(Default)]
pub struct Features {
    hidden: Vec<f32>,
    hidden_width: usize,
    products: Vec<f32>,
    first: usize,
    end: usize,
    far: Vec<f32>,
    scores: Vec<f32>,
}

/// Tokens whose products are computed at once, and tokens behind them that are kept.
const BLOCK: usize = 96;
const KEPT: usize = 160;

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

    /// Begins a document.
    pub fn begin(&self, features: &mut Features) {
        features.hidden.clear();
        features.products.clear();
        features.hidden_width = self.input.width();
        (features.first, features.end) = (0, 0);
        features.scores.resize(self.upper_bias.len(), 0.0);
        features.far.resize(self.n_places * WIDE, 0.0);
    }

    /// Adds the next tokens, as rows of the encoder's output.
    pub fn add_tokens(&self, kernel: Kernel, encoded: &[f32], features: &mut Features) {
        let rows = encoded.len() / self.input.rows();
        let at = features.hidden.len();
        features.hidden.resize(at + rows * features.hidden_width, 0.0);
        gemm(kernel, encoded, self.input.rows(), rows, &self.input, &self.input_bias, &mut features.hidden[at..]);
    }

    /// Scores all moves. `places` holds the token at each place, or -1. Tokens up to `places[0] + 1` must have been added.
    pub fn scores<'f>(&self, kernel: Kernel, places: &[i32], features: &'f mut Features) -> &'f [f32] {
        let front = places.iter().copied().max().unwrap_or(-1);
        while front >= features.end as i32 {
            self.advance(kernel, features);
        }
        let row = self.lower.width();
        for (place, &token) in places.iter().enumerate() {
            if token >= 0 && (token as usize) < features.first {
                self.recompute(token as usize, place, features);
            }
        }
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
    fn advance(&self, kernel: Kernel, features: &mut Features) {
        let row = self.lower.width();
        let n = features.hidden.len() / features.hidden_width;
        let new_first = features.end.saturating_sub(KEPT).max(features.first);
        if features.end - features.first > 2 * KEPT {
            features.products.copy_within((new_first - features.first) * row.., 0);
            features.products.truncate((features.end - new_first) * row);
            features.first = new_first;
        }
        let rows = BLOCK.min(n - features.end);
        let at = features.products.len();
        features.products.resize(at + rows * row, 0.0);
        let hidden = &features.hidden[features.end * features.hidden_width..];
        gemm(kernel, hidden, features.hidden_width, rows, &self.lower, &self.no_bias, &mut features.products[at..]);
        features.end += rows;
    }

    /// The product of one token for one place.
    fn recompute(&self, token: usize, place: usize, features: &mut Features) {
        let hidden = &features.hidden[token * features.hidden_width..][..HIDDEN];
        let out = &mut features.far[place * WIDE..(place + 1) * WIDE];
        self.lower.multiply_columns(hidden, place * WIDE, out);
    }
}
