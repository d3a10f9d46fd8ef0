//! Points on the earth.

/// Great-circle distance in kilometres (haversine, on a sphere of the earth's mean radius) between two points, latitude and
/// longitude in degrees.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Mean radius of the earth, in kilometres.
const EARTH_RADIUS: f64 = 6371.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_equator_is_some_111_km() {
        assert_eq!(kilometres((0.0, 0.0), (0.0, 1.0)).round(), 111.0);
        assert_eq!(kilometres((48.2, 16.37), (48.2, 16.37)), 0.0);
    }
}
