//! Every kernel against plain loops.

use super::*;
use proptest::prelude::*;

fn kernels() -> Vec<Kernel> {
    [Kernel::Portable, Kernel::Avx2, Kernel::Avx512].into_iter().filter(|k| k.is_available()).collect()
}

/// Values between -1 and 1.
fn values(n: usize, seed: u64) -> Vec<f32> {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..n).map(|_| next()).collect()
}

fn close(found: &[f32], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((*f as f64 - e).abs() <= tolerance, "at {i}: {f}, not {e}");
    }
}

proptest! {
    #[test]
    fn products(rows in 0usize..40, k in 1usize..120, n in 1usize..150, extra in 0usize..20, seed: u64) {
        let (lda, b) = (k + extra, values(k * n, seed));
        let a = values(rows * lda, seed ^ 7);
        let matrix = Matrix::pack(k, n, |i, j| b[i * n + j]);
        let mut bias = values(n, seed ^ 9);
        bias.resize(matrix.width(), 0.0);
        let mut expected = vec![0f64; rows * matrix.width()];
        for r in 0..rows {
            for j in 0..n {
                let sum: f64 = (0..k).map(|i| a[r * lda + i] as f64 * b[i * n + j] as f64).sum();
                expected[r * matrix.width() + j] = sum + bias[j] as f64;
            }
        }
        for kernel in kernels() {
            let mut c = vec![f32::NAN; rows * matrix.width()];
            gemm(kernel, &a, lda, rows, &matrix, &bias, &mut c);
            close(&c, &expected, 1e-4);
        }
        let mut part = vec![0.0; n / 2];
        if rows > 0 {
            matrix.multiply_columns(&a[..k], n - n / 2, &mut part);
            let plain: Vec<f64> = (n - n / 2..n).map(|j| expected[j] - bias[j] as f64).collect();
            close(&part, &plain, 1e-4);
        }
    }

    #[test]
    fn windows(rows in 1usize..30, seed: u64) {
        let (k, n) = (32, 96);
        let weights = [1, 2, 3].map(|s| values(k * n, seed ^ s));
        let tiles = Tiles::new(k, n, [&weights[0], &weights[1], &weights[2]]);
        let x = values(Tiles::inputs(rows) * k, seed ^ 4);
        let (bias, gain, shift) = (values(n, seed ^ 5), values(k, seed ^ 6), values(k, seed ^ 8));
        let mut expected = Vec::new();
        for r in 0..rows {
            let y: Vec<f64> = (0..n)
                .map(|j| {
                    let of = |side: usize| {
                        (0..k).map(|i| x[(r + side) * k + i] as f64 * weights[side][i * n + j] as f64).sum::<f64>()
                    };
                    of(0) + of(1) + of(2) + bias[j] as f64
                })
                .collect();
            expected.extend(normalised(&y, &gain, &shift).iter().enumerate().map(|(i, v)| v + x[(r + 1) * k + i] as f64));
        }
        for kernel in kernels() {
            let mut out = vec![f32::NAN; rows * k];
            tiles.apply(kernel, &x, &Maxout { gain: &gain, shift: &shift }, &bias, &mut Vec::new(), &mut out);
            close(&out, &expected, 1e-3);
        }
    }

    #[test]
    fn maxouts(rows in 1usize..10, seed: u64) {
        let width = 32;
        let (x, gain, shift) = (values(rows * 3 * width, seed), values(width, seed ^ 1), values(width, seed ^ 2));
        let wide: Vec<f64> = x.iter().map(|&v| v as f64).collect();
        let expected: Vec<f64> = wide.chunks_exact(3 * width).flat_map(|row| normalised(row, &gain, &shift)).collect();
        for kernel in kernels() {
            let mut out = vec![f32::NAN; rows * width];
            Maxout { gain: &gain, shift: &shift }.apply(kernel, &x, 3 * width, &[], &mut out);
            close(&out, &expected, 1e-3);
        }
    }

    #[test]
    fn scores(eight: bool, n_moves in prop::sample::select(vec![16usize, 48, 80, 112]), seed: u64) {
        let n = if eight { 8 } else { 3 };
        let features = values(n * 128, seed);
        let rows: Vec<&[f32]> = features.chunks_exact(128).collect();
        let (bias, upper, upper_bias) = (values(128, seed ^ 1), values(64 * n_moves, seed ^ 2), values(n_moves, seed ^ 3));
        let state: Vec<f64> =
            (0..128).map(|j| rows.iter().map(|r| r[j] as f64).sum::<f64>() + bias[j] as f64).collect();
        let expected: Vec<f64> = (0..n_moves)
            .map(|m| {
                let sum: f64 = (0..64).map(|h| state[h].max(state[h + 64]) * upper[h * n_moves + m] as f64).sum();
                sum + upper_bias[m] as f64
            })
            .collect();
        for kernel in kernels() {
            let mut found = vec![f32::NAN; n_moves];
            score(kernel, &rows, &bias, &upper, &upper_bias, &mut found);
            close(&found, &expected, 1e-4);
        }
    }
}

fn normalised(row: &[f64], gain: &[f32], shift: &[f32]) -> Vec<f64> {
    let width = gain.len();
    let largest: Vec<f64> = (0..width).map(|j| row[j].max(row[j + width]).max(row[j + 2 * width])).collect();
    let mean = largest.iter().sum::<f64>() / width as f64;
    let variance = largest.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / width as f64 + 1e-8;
    (0..width).map(|j| (largest[j] - mean) / variance.sqrt() * gain[j] as f64 + shift[j] as f64).collect()
}
