//! What a sample of marks says: a share with its interval, and how far coders agree.

/// The interval in which the true share lies with 95 % confidence when `right` of `n` were right, by Wilson's score method
/// without continuity correction (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// J. Am. Stat. Assoc. 22, 1927). Nothing of nothing.
pub fn wilson(right: usize, n: usize) -> Option<(f64, f64)> {
    /// 97.5 % quantile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 || right > n {
        return None;
    }
    let (share, n) = (right as f64 / n as f64, n as f64);
    let centre = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let of = |x: f64| (x / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
    Some((of(centre - half), of(centre + half)))
}

/// Krippendorff's alpha for nominal values: 1 where coders agree, 0 where they agree as by chance. A unit is the values
/// that the coders gave it, in any order; units with fewer than two say nothing. Nothing where no unit has two, or where
/// one value alone was ever given, which leaves nothing to agree on (K. Krippendorff, "Computing Krippendorff's
/// Alpha-Reliability", 2011, section C).
pub fn nominal_alpha<V: Ord>(units: &[Vec<V>]) -> Option<f64> {
    let mut totals = std::collections::BTreeMap::new();
    let (mut n, mut observed) = (0usize, 0.0f64);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        n += unit.len();
        for value in unit {
            *totals.entry(value).or_insert(0usize) += 1;
            let others = unit.iter().filter(|other| *other != value).count();
            observed += others as f64 / (unit.len() - 1) as f64;
        }
    }
    let expected: usize = totals.values().map(|count| count * (n - count)).sum();
    if expected == 0 {
        return None;
    }
    Some(1.0 - (n - 1) as f64 * observed / expected as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, published: f64, digits: i32) {
        assert!((found - published).abs() < 0.5 * 10f64.powi(-digits), "{found}, published as {published}");
    }

    /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statist. Med. 17 (1998), table I,
    /// method 3.
    #[test]
    fn wilson_intervals_are_those_that_are_published() {
        for (right, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(right, n).unwrap();
            near(found.0, low, 4);
            near(found.1, high, 4);
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(7, 7).unwrap().1, 1.0);
    }

    fn units(coders: &[&str]) -> Vec<Vec<char>> {
        let n = coders[0].split(' ').count();
        let of = |unit: usize| coders.iter().filter_map(move |c| c.split(' ').nth(unit)).filter(|v| *v != ".");
        (0..n).map(|unit| of(unit).map(|v| v.chars().next().unwrap()).collect()).collect()
    }

    /// The worked examples B (two observers, no data missing) and C (four observers, data missing) of Krippendorff 2011.
    #[test]
    fn alpha_is_that_of_the_worked_examples() {
        near(nominal_alpha(&units(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"])).unwrap(), 0.692, 3);
        let four = [
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ];
        near(nominal_alpha(&units(&four)).unwrap(), 0.743, 3);
    }

    #[test]
    fn without_two_coders_or_two_values_there_is_nothing_to_say() {
        assert_eq!(nominal_alpha::<char>(&[]), None);
        assert_eq!(nominal_alpha(&[vec!['a'], vec!['b']]), None);
        assert_eq!(nominal_alpha(&[vec!['a', 'a'], vec!['a', 'a']]), None);
        assert_eq!(nominal_alpha(&[vec!['a', 'a'], vec!['b', 'b']]), Some(1.0));
    }
}
