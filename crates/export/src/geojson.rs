use crate::Result;
use crate::jsonl::value;
use crate::table::Table;
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes a table as a GeoJSON feature collection (RFC 7946): a point a row, from its columns `longitude` and
/// `latitude`, all other columns as properties. A row without coordinates is a feature without geometry: it is kept.
/// Features at one point stay at it; `place_precision` says how far to trust it.
///
/// # Errors
/// When the output cannot be written.
pub fn write_geojson(table: &Table, mut out: impl Write) -> Result<()> {
    let at = |name: &str| table.column(name);
    let (lat, lon) = (at("latitude"), at("longitude"));
    out.write_all(b"{\"type\": \"FeatureCollection\", \"features\": [")?;
    for (n, row) in table.rows.iter().enumerate() {
        let number = |at: Option<usize>| row.get(at?)?.number();
        let geometry = match (number(lon), number(lat)) {
            (Some(lon), Some(lat)) => json!({"type": "Point", "coordinates": [lon, lat]}),
            _ => Value::Null,
        };
        let others = table.columns.iter().zip(row).enumerate().filter(|(i, _)| Some(*i) != lat && Some(*i) != lon);
        let properties: Map<String, Value> = others.map(|(_, (c, cell))| (c.name.clone(), value(cell))).collect();
        let id = at("id").and_then(|i| row.get(i)).map_or(Value::Null, value);
        let feature = json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties});
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &feature).map_err(std::io::Error::from)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(())
}
