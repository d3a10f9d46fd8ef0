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

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.n
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

/// Maxout over three pieces and layer normalisation, optionally added to the input: for each row,
/// `out = norm(max(x[0], x[1], x[2])) * gain + shift (+ residual)`, where `x` are the thirds of a row of width `ldx`.
pub struct Maxout<'m> {
    pub gain: &'m [f32],
    pub shift: &'m [f32],
}

impl Maxout<'_> {
    /// `x`: rows of `ldx` values; `residual`: rows of as many values as `gain`, or empty; `out`: rows of the same width.
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

/// One step of a transition-based component: sums one row of 128 values per feature and the bias, takes the larger of each
/// pair, and multiplies by the output layer. `scores` has the width of `upper`'s rows.
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
