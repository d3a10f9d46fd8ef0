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
        maxout_row(m, &x[r * ldx..r * ldx + 3 * width], residual.get(r * width..(r + 1) * width), out);
    }
}

#[inline(always)]
fn maxout_row(m: &Maxout, row: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    let width = m.gain.len();
    let (first, rest) = row.split_at(width);
    let (second, third) = rest.split_at(width);
    for ((out, a), (b, c)) in out.iter_mut().zip(first).zip(second.iter().zip(third)) {
        *out = larger(larger(*a, *b), *c);
    }
    let mean = sum(out, |v| v) / width as f32;
    let variance = sum(out, |v| (v - mean) * (v - mean)) / width as f32 + 1e-8;
    let scale = 1.0 / variance.sqrt();
    for (out, (gain, shift)) in out.iter_mut().zip(m.gain.iter().zip(m.shift)) {
        *out = (*out - mean) * scale * gain + shift;
    }
    if let Some(residual) = residual {
        for (out, r) in out.iter_mut().zip(residual) {
            *out += r;
        }
    }
}

/// The larger of two numbers; one instruction, unlike `f32::max`, which minds values that are no number.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The transformed inputs of all tiles: see [`super::Tiles`]. Tile `t` reads rows `4 t .. 4 t + 6` of `x`.
#[inline(always)]
pub fn tile_inputs(x: &[f32], width: usize, n_tiles: usize, out: &mut [f32]) {
    let stride = n_tiles * width;
    for t in 0..n_tiles {
        let d: [&[f32]; 6] = std::array::from_fn(|i| &x[(4 * t + i) * width..(4 * t + i + 1) * width]);
        let mut rows = out.chunks_exact_mut(stride).map(|block| &mut block[t * width..(t + 1) * width]);
        let v: [&mut [f32]; 6] = std::array::from_fn(|_| rows.next().unwrap_or_default());
        let [v0, v1, v2, v3, v4, v5] = v;
        for j in 0..width {
            let (d0, d1, d2, d3, d4, d5) = (d[0][j], d[1][j], d[2][j], d[3][j], d[4][j], d[5][j]);
            let (a, b) = (d4 - 4.0 * d2, d3 - 4.0 * d1);
            let (c, e) = (d4 - d2, 2.0 * (d3 - d1));
            v0[j] = 4.0 * d0 - 5.0 * d2 + d4;
            v1[j] = a + b;
            v2[j] = a - b;
            v3[j] = c + e;
            v4[j] = c - e;
            v5[j] = 4.0 * d1 - 5.0 * d3 + d5;
        }
    }
}

/// The outputs of all tiles from their products, through maxout and layer normalisation, added to the inputs.
#[inline(always)]
pub fn tile_outputs(
    m: &Maxout,
    products: &[f32],
    wide: usize,
    n_tiles: usize,
    bias: &[f32],
    residual: &[f32],
    out: &mut [f32],
) {
    let width = m.gain.len();
    let n = 3 * width;
    let mut y = [[0.0f32; WIDEST]; 4];
    let mut rows = out.chunks_exact_mut(width).zip(residual.chunks_exact(width));
    for t in 0..n_tiles {
        let p: [&[f32]; 6] = std::array::from_fn(|i| &products[(i * n_tiles + t) * wide..][..n]);
        let [y0, y1, y2, y3] = &mut y;
        let bias = &bias[..n];
        let (y0, y1, y2, y3) = (&mut y0[..n], &mut y1[..n], &mut y2[..n], &mut y3[..n]);
        for j in 0..n {
            let (a, b) = (p[1][j] + p[2][j], p[1][j] - p[2][j]);
            let (c, d) = (p[3][j] + p[4][j], p[3][j] - p[4][j]);
            y0[j] = p[0][j] + a + c + bias[j];
            y1[j] = b + 2.0 * d + bias[j];
            y2[j] = a + 4.0 * c + bias[j];
            y3[j] = b + 8.0 * d + p[5][j] + bias[j];
        }
        for y in &y {
            if let Some((out, residual)) = rows.next() {
                maxout_row(m, &y[..n], Some(residual), out);
            }
        }
    }
}

/// Most columns of a maxout layer with its pieces.
pub const WIDEST: usize = 384;

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

/// Width of one feature: the hidden layer in two pieces.
pub const FEATURE: usize = 2 * HIDDEN;

#[inline(always)]
pub fn score<const FMA: bool>(
    features: &[&[f32]],
    bias: &[f32],
    upper: &[f32],
    upper_bias: &[f32],
    scores: &mut [f32],
) {
    let mut state = [0.0f32; FEATURE];
    match features {
        [a, b, c, d, e, f, g, h] => add_up(&[a, b, c, d, e, f, g, h], bias, &mut state),
        [a, b, c] => add_up(&[a, b, c], bias, &mut state),
        _ => {}
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
                    let x = larger(first[h], second[h]);
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
fn add_up<const N: usize>(features: &[&&[f32]; N], bias: &[f32], state: &mut [f32; FEATURE]) {
    let features: [&[f32]; N] = features.map(|f| &f[..FEATURE]);
    let bias = &bias[..FEATURE];
    for j in 0..FEATURE {
        let mut sum = features[0][j];
        for feature in &features[1..] {
            sum += feature[j];
        }
        state[j] = sum + bias[j];
    }
}

#[inline(always)]
fn output<const FMA: bool, const N: usize>(a: &[f32], b: &[f32], upper: &[f32], bias: &[f32], scores: &mut [f32]) {
    let mut sums = [0.0f32; N];
    for (h, row) in upper.as_chunks::<N>().0.iter().enumerate().take(HIDDEN) {
        let x = larger(a[h], b[h]);
        for j in 0..N {
            sums[j] = multiply_add::<FMA>(x, row[j], sums[j]);
        }
    }
    for (score, (sum, bias)) in scores.iter_mut().zip(sums.iter().zip(bias)) {
        *score = sum + bias;
    }
}
