//! Dense arithmetic: matrix products, maxout with layer normalisation, and sums of rows, in three builds of the same loops.
//!
//! The loops are written once, in [`loops`]; [`x86`] compiles them for AVX2 and AVX-512, and one of the three is chosen when
//! a pipeline is loaded.

mod loops;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Which build of the loops to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// Any processor.
    Portable,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F.
    Avx512,
}

impl Kernel {
    /// The fastest that this processor runs.
    pub fn detect() -> Self {
        let mut best = Kernel::Portable;
        for kernel in [Kernel::Avx2, Kernel::Avx512] {
            if kernel.is_available() {
                best = kernel;
            }
        }
        best
    }

    /// True if this processor runs it.
    pub fn is_available(self) -> bool {
        match self {
            Kernel::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("fma"),
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }
}

/// Columns in a panel of a [`Matrix`].
pub const PANEL: usize = 32;

/// A `k × n` matrix in panels of [`PANEL`] columns, the last filled with zeros: each panel holds its `k` rows of 32 values.
pub struct Matrix {
    k: usize,
    n: usize,
    data: Vec<f32>,
}

impl Matrix {
    /// Packs the matrix whose value in row `i` and column `j` is `value(i, j)`.
    pub fn pack(k: usize, n: usize, value: impl Fn(usize, usize) -> f32) -> Self {
        let mut data = vec![0.0; k * n.next_multiple_of(PANEL)];
        for j in 0..n {
            for i in 0..k {
                data[(j / PANEL * k + i) * PANEL + j % PANEL] = value(i, j);
            }
        }
        Matrix { k, n, data }
    }

    pub fn rows(&self) -> usize {
        self.k
    }

    /// Number of columns, rounded up to whole panels: the width of the rows that [`gemm`] writes.
    pub fn width(&self) -> usize {
        self.n.next_multiple_of(PANEL)
    }
}

/// `c[r] = a[r] · b + bias` for `rows` rows; row `r` of `a` begins at `r * lda`, row `r` of `c` at `r * b.width()`.
/// `bias` has `b.width()` values.
pub fn gemm(kernel: Kernel, a: &[f32], lda: usize, rows: usize, b: &Matrix, bias: &[f32], c: &mut [f32]) {
    let args = loops::Gemm { a, lda, rows, k: b.k, panels: &b.data, width: b.width(), bias };
    match kernel {
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => x86::gemm_avx512(args, c),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => x86::gemm_avx2(args, c),
        _ => loops::gemm(&args, c),
    }
}

/// Maxout over three pieces and layer normalisation: `norm(max(x[0], x[1], x[2])) * gain + shift`, where `x` are the thirds
/// of a row.
pub struct Maxout<'m> {
    pub gain: &'m [f32],
    pub shift: &'m [f32],
}

impl Maxout<'_> {
    /// `x`: rows of `ldx` values; `residual`: what is added, rows of as many values as `gain`, or nothing; `out`: such rows.
    pub fn apply(&self, kernel: Kernel, x: &[f32], ldx: usize, residual: &[f32], out: &mut [f32]) {
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => x86::maxout_avx512(self, x, ldx, residual, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => x86::maxout_avx2(self, x, ldx, residual, out),
            _ => loops::maxout(self, x, ldx, residual, out),
        }
    }
}

/// The weights of a window layer over three words, for four words at a time.
///
/// Four outputs of a convolution over three inputs are linear in six products instead of twelve (Winograd 1980; F(4,3) in
/// Lavin and Gray 2016): `y = Aᵀ((G w) · (Bᵀ d))`. Here each product is of a row of 96 values with a matrix of 96 × 288.
pub struct Tiles {
    products: [Matrix; 6],
    no_bias: Vec<f32>,
}

impl Tiles {
    /// `weights[side]` is the matrix, by rows of `n` values, for the word before, the word itself and the word after.
    pub fn new(k: usize, n: usize, weights: [&[f32]; 3]) -> Self {
        assert!(n <= loops::WIDEST);
        const G: [[f32; 3]; 6] = [
            [0.25, 0.0, 0.0],
            [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
            [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
            [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
            [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
            [0.0, 0.0, 1.0],
        ];
        let [before, itself, after] = weights;
        let products = G.map(|[x, y, z]| {
            let sum: Vec<f32> =
                before.iter().zip(itself).zip(after).map(|((a, b), c)| x * a + (y * b + z * c)).collect();
            Matrix::pack(k, n, |i, j| sum[i * n + j])
        });
        let no_bias = vec![0.0; products[0].width()];
        Tiles { products, no_bias }
    }

    /// Rows of input that `rows` rows of output read from.
    pub fn inputs(rows: usize) -> usize {
        rows.div_ceil(4) * 4 + 2
    }

    /// `out[r] = maxout(x[r - 1], x[r], x[r + 1]) + x[r]` for all rows of `out`, where `x[r - 1]` of the first row is the
    /// first row of `x`, which has [`inputs`](Self::inputs) rows.
    pub fn apply(
        &self,
        kernel: Kernel,
        x: &[f32],
        maxout: &Maxout,
        bias: &[f32],
        buffer: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let (k, wide) = (self.products[0].k, self.products[0].width());
        let n_tiles = (out.len() / k).div_ceil(4);
        buffer.resize(6 * n_tiles * (k + wide), 0.0);
        let (inputs, products) = buffer.split_at_mut(6 * n_tiles * k);
        let residual = &x[k..];
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => x86::tile_inputs_avx512(x, k, n_tiles, inputs),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => x86::tile_inputs_avx2(x, k, n_tiles, inputs),
            _ => loops::tile_inputs(x, k, n_tiles, inputs),
        }
        let blocks = inputs.chunks_exact(n_tiles * k).zip(products.chunks_exact_mut(n_tiles * wide));
        for (matrix, (inputs, products)) in self.products.iter().zip(blocks) {
            gemm(kernel, inputs, k, n_tiles, matrix, &self.no_bias, products);
        }
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => x86::tile_outputs_avx512(maxout, products, wide, n_tiles, bias, residual, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => x86::tile_outputs_avx2(maxout, products, wide, n_tiles, bias, residual, out),
            _ => loops::tile_outputs(maxout, products, wide, n_tiles, bias, residual, out),
        }
    }
}

/// One step of a transition-based component: sums one row of 128 values per feature and the bias, takes the larger of each
/// pair, and multiplies by the output layer. There are 3 features or 8. `scores` has the width of `upper`'s rows.
pub fn score(kernel: Kernel, features: &[&[f32]], bias: &[f32], upper: &[f32], upper_bias: &[f32], scores: &mut [f32]) {
    match kernel {
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512 => x86::score_avx512(features, bias, upper, upper_bias, scores),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => x86::score_avx2(features, bias, upper, upper_bias, scores),
        _ => loops::score::<false>(features, bias, upper, upper_bias, scores),
    }
}

impl Matrix {
    /// `row · self`, for columns `from .. from + out.len()` only.
    pub fn multiply_columns(&self, row: &[f32], from: usize, out: &mut [f32]) {
        for (j, out) in (from..).zip(out.iter_mut()) {
            let column = (j / PANEL * self.k) * PANEL + j % PANEL;
            *out = row.iter().enumerate().map(|(i, x)| x * self.data[column + i * PANEL]).sum();
        }
    }
}

#[cfg(test)]
mod tests;
