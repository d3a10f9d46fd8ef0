//! The loops for AVX2 and AVX-512. The only unsafe code of the crate: calls of functions that need a feature of the
//! processor, and loads and stores of vectors in the matrix product.
#![allow(unsafe_code)]

use super::loops::{self, Gemm};
use super::{Kernel, Maxout, PANEL};
use std::arch::x86_64::*;

macro_rules! compiled_for {
    ($features:literal, $kernel:expr, $public:ident, $inner:ident, ($($arg:ident: $type:ty),* $(,)?), $body:expr) => {
        #[target_feature(enable = $features)]
        fn $inner($($arg: $type),*) {
            $body
        }

        pub fn $public($($arg: $type),*) {
            debug_assert!($kernel.is_available());
            // SAFETY: a kernel is chosen only after `Kernel::is_available` found its features.
            unsafe { $inner($($arg),*) }
        }
    };
}

compiled_for!("avx2,fma", Kernel::Avx2, gemm_avx2, gemm_avx2_inner, (g: Gemm, c: &mut [f32]), product_avx2(&g, c));
compiled_for!("avx512f,avx2,fma", Kernel::Avx512, gemm_avx512, gemm_avx512_inner, (g: Gemm, c: &mut [f32]),
    product_avx512(&g, c));
macro_rules! compiled_for_both {
    ($avx2:ident, $avx2_inner:ident, $avx512:ident, $avx512_inner:ident, $args:tt, $body:expr) => {
        compiled_for!("avx2,fma", Kernel::Avx2, $avx2, $avx2_inner, $args, $body);
        compiled_for!("avx512f,avx2,fma", Kernel::Avx512, $avx512, $avx512_inner, $args, $body);
    };
}

compiled_for_both!(maxout_avx2, maxout_avx2_inner, maxout_avx512, maxout_avx512_inner,
    (m: &Maxout, x: &[f32], ldx: usize, residual: &[f32], out: &mut [f32]),
    loops::maxout(m, x, ldx, residual, out));
compiled_for_both!(tile_inputs_avx2, tile_inputs_avx2_inner, tile_inputs_avx512, tile_inputs_avx512_inner,
    (x: &[f32], width: usize, n_tiles: usize, out: &mut [f32]),
    loops::tile_inputs(x, width, n_tiles, out));
compiled_for_both!(tile_outputs_avx2, tile_outputs_avx2_inner, tile_outputs_avx512, tile_outputs_avx512_inner,
    (m: &Maxout, products: &[f32], wide: usize, n_tiles: usize, bias: &[f32], residual: &[f32], out: &mut [f32]),
    loops::tile_outputs(m, products, wide, n_tiles, bias, residual, out));
compiled_for_both!(score_avx2, score_avx2_inner, score_avx512, score_avx512_inner,
    (features: &[&[f32]], bias: &[f32], upper: &[f32], upper_bias: &[f32], scores: &mut [f32]),
    loops::score::<true>(features, bias, upper, upper_bias, scores));

/// A matrix product in blocks of `$most` rows and two vectors of `$lanes` columns, whose sums stay in registers.
macro_rules! product {
    ($product:ident, $block:ident, $features:literal, $lanes:literal, $most:literal, [$($rows:literal)*],
     $vector:ty, $zero:ident, $set:ident, $load:ident, $store:ident, $fma:ident, $add:ident) => {
        #[target_feature(enable = $features)]
        fn $product(g: &Gemm, c: &mut [f32]) {
            for from in (0..g.width).step_by(2 * $lanes) {
                let mut row = 0;
                while row + $most <= g.rows {
                    match g.lda {
                        96 => $block::<$most, 96>(g, row, from, c),
                        64 => $block::<$most, 64>(g, row, from, c),
                        _ => $block::<$most, 0>(g, row, from, c),
                    }
                    row += $most;
                }
                match g.rows - row {
                    $($rows => $block::<$rows, 0>(g, row, from, c),)*
                    _ => {}
                }
            }
        }

        /// Rows `row .. row + ROWS`, columns `from .. from + 2 * lanes`. `LDA` is `lda` where that is known, or 0: a known
        /// one spares an addition for each value of `a`.
        #[target_feature(enable = $features)]
        #[inline]
        fn $block<const ROWS: usize, const LDA: usize>(g: &Gemm, row: usize, from: usize, c: &mut [f32]) {
            let lda = if LDA == 0 { g.lda } else { LDA };
            let a = &g.a[row * lda..(row + ROWS - 1) * lda + g.k];
            let b = &g.panels[from / PANEL * g.k * PANEL..][..g.k * PANEL];
            let bias = &g.bias[from..from + 2 * $lanes];
            let c = &mut c[row * g.width + from..(row + ROWS - 1) * g.width + from + 2 * $lanes];
            let column = from % PANEL;
            assert!(column + 2 * $lanes <= PANEL);
            // SAFETY: the slices just made hold all that is read and written. Of `a`, row `r < ROWS` and column `i < k` are
            // at `r * lda + i`; of `b`, row `i < k` has `PANEL` values, of which `2 * lanes` are read from `column`; of `c`,
            // row `r` begins at `r * width`.
            unsafe {
                let (a, b) = (a.as_ptr(), b.as_ptr().add(column));
                let mut sums = [[$zero(); 2]; ROWS];
                for i in 0..g.k {
                    let b0: $vector = $load(b.add(i * PANEL));
                    let b1: $vector = $load(b.add(i * PANEL + $lanes));
                    for r in 0..ROWS {
                        let x = $set(*a.add(r * lda + i));
                        sums[r][0] = $fma(x, b0, sums[r][0]);
                        sums[r][1] = $fma(x, b1, sums[r][1]);
                    }
                }
                let (bias0, bias1) = ($load(bias.as_ptr()), $load(bias.as_ptr().add($lanes)));
                for r in 0..ROWS {
                    let c = c.as_mut_ptr().add(r * g.width);
                    $store(c, $add(sums[r][0], bias0));
                    $store(c.add($lanes), $add(sums[r][1], bias1));
                }
            }
        }
    };
}

product!(product_avx512, block_avx512, "avx512f,avx2,fma", 16, 12, [1 2 3 4 5 6 7 8 9 10 11],
    __m512, _mm512_setzero_ps, _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_fmadd_ps, _mm512_add_ps);
product!(product_avx2, block_avx2, "avx2,fma", 8, 6, [1 2 3 4 5],
    __m256, _mm256_setzero_ps, _mm256_set1_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_fmadd_ps, _mm256_add_ps);
