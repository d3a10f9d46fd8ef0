//! The loops, to be compiled for several processors. Each is inlined into a function that names the processor's features.

use super::{Maxout, PANEL};

/// What [`gemm`] multiplies.
#[derive(Clone, Copy)]
pub struct Gemm<'a> {
    pub a: &'a [f32],
    pub lda: usize,
    pub rows: usize,
    pub k: usize,
    pub panels: &'a [f32],
    pub width: usize,
    pub bias: &'a [f32],
}

/// Columns of which the portable product keeps the sums of four rows in registers.
const COLUMNS: usize = 8;

/// The portable product.
pub fn gemm(g: &Gemm, c: &mut [f32]) {
    for from in (0..g.width).step_by(COLUMNS) {
        let mut row = 0;
        while row + 4 <= g.rows {
            block::<4>(g, row, from, c);
            row += 4;
        }
        while row < g.rows {
            block::<1>(g, row, from, c);
            row += 1;
        }
    }
}

fn block<const ROWS: usize>(g: &Gemm, row: usize, from: usize, c: &mut [f32]) {
    let a: [&[f32]; ROWS] = std::array::from_fn(|r| &g.a[(row + r) * g.lda..(row + r) * g.lda + g.k]);
    let panel = &g.panels[from / PANEL * g.k * PANEL..][..g.k * PANEL];
    let column = from % PANEL;
    let mut sums = [[0.0f32; COLUMNS]; ROWS];
    for (i, b) in panel.chunks_exact(PANEL).enumerate() {
        let b: [f32; COLUMNS] = std::array::from_fn(|j| b[column + j]);
        for r in 0..ROWS {
            let x = a[r][i];
            for j in 0..COLUMNS {
                sums[r][j] += x * b[j];
            }
        }
    }
    let bias = &g.bias[from..from + COLUMNS];
    for (r, sums) in sums.iter().enumerate() {
        let at = (row + r) * g.width + from;
        for (c, (sum, bias)) in c[at..at + COLUMNS].iter_mut().zip(sums.iter().zip(bias)) {
            *c = sum + bias;
        }
    }
}

#[inline(always)]
fn multiply_add<const FMA: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FMA { a.mul_add(b, c) } else { a * b + c }
}

#[inline(always)]
pub fn maxout(m: &Maxout, x: &[f32], ldx: usize, residual: &[f32], out: &mut [f32]) {
    let width = m.gain.len();
    for (r, out) in out.chunks_exact_mut(width).enumerate() {
        let row = &x[r * ldx..r * ldx + 3 * width];
        let (first, rest) = row.split_at(width);
        let (second, third) = rest.split_at(width);
        for j in 0..width {
            out[j] = first[j].max(second[j]).max(third[j]);
        }
        let mean = sum(out, |v| v) / width as f32;
        let variance = sum(out, |v| (v - mean) * (v - mean)) / width as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for j in 0..width {
            out[j] = (out[j] - mean) * scale * m.gain[j] + m.shift[j];
        }
        if !residual.is_empty() {
            for (out, r) in out.iter_mut().zip(&residual[r * width..(r + 1) * width]) {
                *out += r;
            }
        }
    }
}

/// Sum in sixteen lanes.
#[inline(always)]
fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (chunks, rest) = values.as_chunks::<16>();
    for chunk in chunks {
        for j in 0..16 {
            lanes[j] += f(chunk[j]);
        }
    }
    let mut width = 8;
    while width > 0 {
        for j in 0..width {
            lanes[j] += lanes[j + width];
        }
        width /= 2;
    }
    lanes[0] + rest.iter().map(|&v| f(v)).sum::<f32>()
}

/// Width of the hidden layer of the transition-based components, and of its features before maxout over two pieces.
pub const HIDDEN: usize = 64;

#[inline(always)]
pub fn score<const FMA: bool>(
    features: &[&[f32]],
    bias: &[f32],
    upper: &[f32],
    upper_bias: &[f32],
    scores: &mut [f32],
) {
    let mut state = [0.0f32; 2 * HIDDEN];
    for feature in features {
        for (s, f) in state.iter_mut().zip(*feature) {
            *s += f;
        }
    }
    for (s, b) in state.iter_mut().zip(bias) {
        *s += b;
    }
    let (first, second) = state.split_at(HIDDEN);
    // Moves: 106 for the parser, 74 for the entities; sums of a known width stay in registers.
    match scores.len() {
        112 => output::<FMA, 112>(first, second, upper, upper_bias, scores),
        80 => output::<FMA, 80>(first, second, upper, upper_bias, scores),
        _ => {
            for p in (0..scores.len()).step_by(16) {
                let mut sums = [0.0f32; 16];
                for h in 0..HIDDEN {
                    let x = first[h].max(second[h]);
                    for j in 0..16 {
                        sums[j] = multiply_add::<FMA>(x, upper[h * scores.len() + p + j], sums[j]);
                    }
                }
                for j in 0..16 {
                    scores[p + j] = sums[j] + upper_bias[p + j];
                }
            }
        }
    }
}

#[inline(always)]
fn output<const FMA: bool, const N: usize>(a: &[f32], b: &[f32], upper: &[f32], bias: &[f32], scores: &mut [f32]) {
    let mut sums = [0.0f32; N];
    for (h, row) in upper.as_chunks::<N>().0.iter().enumerate().take(HIDDEN) {
        let x = a[h].max(b[h]);
        for j in 0..N {
            sums[j] = multiply_add::<FMA>(x, row[j], sums[j]);
        }
    }
    for (score, (sum, bias)) in scores.iter_mut().zip(sums.iter().zip(bias)) {
        *score = sum + bias;
    }
}
