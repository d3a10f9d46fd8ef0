//! The hand-written tables beside the built file.
use anyhow::{Context, anyhow, ensure};
use std::path::Path;

/// One row of a table.
pub struct Row {
    fields: Vec<String>,
    /// `file:line`, for messages.
    pub at: String,
}

impl Row {
    /// Field `i`, "" where the row is shorter.
    pub fn field(&self, i: usize) -> &str {
        self.fields.get(i).map_or("", String::as_str)
    }
    /// Parts of field `i` between `|`.
    pub fn list(&self, i: usize) -> impl Iterator<Item = &str> {
        self.field(i).split('|').map(str::trim).filter(|s| !s.is_empty())
    }
    /// The point in field `i`, if there is one.
    pub fn point(&self, i: usize) -> anyhow::Result<Option<(f64, f64)>> {
        let field = self.field(i);
        if field.is_empty() {
            return Ok(None);
        }
        let bad = || anyhow!("{}: {field:?} is no point", self.at);
        let (lat, lon) = field.split_once(',').ok_or_else(bad)?;
        let (lat, lon): (f64, f64) = (lat.parse().map_err(|_| bad())?, lon.parse().map_err(|_| bad())?);
        ensure!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{}: {field:?} is off the globe", self.at);
        Ok(Some((lat, lon)))
    }
}

/// The tables.
pub struct Own {
    /// ISO code, names, abbreviations, demonyms, point.
    pub countries: Vec<Row>,
    /// Code, names, abbreviations, postal codes, demonyms, point.
    pub divisions: Vec<Row>,
    /// Kind, name, names, point, countries, demonyms, GeoNames id.
    pub regions: Vec<Row>,
    /// ISO code, name in GeoNames or new, names, division code, point (of a new place), population (of a new place).
    pub settlements: Vec<Row>,
    /// Words that say what a division is ("district"): folded word, level.
    pub generics: Vec<Row>,
}

impl Own {
    /// Reads the tables in `dir`.
    pub fn read(dir: &Path) -> anyhow::Result<Own> {
        Ok(Own {
            countries: table(&dir.join("countries.tsv"))?,
            divisions: table(&dir.join("divisions.tsv"))?,
            regions: table(&dir.join("regions.tsv"))?,
            settlements: table(&dir.join("settlements.tsv"))?,
            generics: table(&dir.join("generics.tsv"))?,
        })
    }
}

fn table(path: &Path) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    Ok(lines
        .map(|(i, l)| Row {
            fields: l.split('\t').map(str::to_owned).collect(),
            at: format!("{}:{}", path.display(), i + 1),
        })
        .collect())
}
