//! A user's gazetteer as a small table: `name,lat,lon,country,aliases`, comma- or tab-separated.
use super::dump::point;
use super::gazetteer::Gazetteer;
use super::layout::{Kind, NO_COUNTRY, NO_PARENT, NameClass};
use super::pack::{Builder, Record};
use crate::LoadError;

/// People that rank a place of such a table among its namesakes: who lists a place by hand means it.
const PEOPLE: u64 = 100_000;

/// True when `text` begins with the head of such a table.
pub(super) fn is_table(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    let mut columns = head.split([',', '\t']).map(str::trim);
    columns.next() == Some("name") && columns.next() == Some("lat")
}

/// Reads a table whose head names its columns: `name`, `lat`, `lon` (WGS 84 degrees); `country` (ISO 3166-1 alpha-2,
/// or empty) and `aliases` (with `;` between) may be left out. Each row is a settlement. `file` is named in errors.
pub(super) fn read(file: &str, text: &str, base: &Gazetteer) -> Result<Builder, LoadError> {
    let text = text.trim_start_matches('\u{feff}');
    let tabs = text.lines().next().is_some_and(|head| head.contains('\t'));
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(text.as_bytes());
    let head = rows.headers().map_err(|e| LoadError(format!("{file}:1: {e}")))?.clone();
    let column = |name: &str| head.iter().position(|h| h == name);
    let wanted = |name: &str| column(name).ok_or_else(|| LoadError(format!("{file}:1: no column {name}")));
    let (name, lat, lon) = (wanted("name")?, wanted("lat")?, wanted("lon")?);
    let (country, aliases) = (column("country"), column("aliases"));
    let mut builder = Builder::default();
    for row in rows.records() {
        let row = row.map_err(|e| LoadError(format!("{file}: {e}")))?;
        let at = format!("{file}:{}", row.position().map_or(0, csv::Position::line));
        let field = |column: Option<usize>| column.and_then(|c| row.get(c)).unwrap_or("");
        if field(Some(name)).is_empty() {
            return Err(LoadError(format!("{at}: a place without a name")));
        }
        let (lat, lon) = point(&at, field(Some(lat)), field(Some(lon)))?;
        let code = field(country);
        let holder = base.by_code(code);
        if !code.is_empty() && (code.len() != 2 || holder.is_none()) {
            return Err(LoadError(format!("{at}: {code:?} is no country code of ISO 3166-1 (two capital letters)")));
        }
        let place = builder.add(Record {
            name: field(Some(name)).to_owned(),
            code: String::new(),
            lat,
            lon,
            id: 0,
            kind: Kind::Settlement,
            population: PEOPLE,
            parent: holder.map_or(NO_PARENT, |c| c.container()),
            country: holder.and_then(|c| u8::try_from(c.container()).ok()).unwrap_or(NO_COUNTRY),
            transliterated: false,
        });
        builder.key(field(Some(name)), place, NameClass::Primary);
        let others = field(aliases).split(';').map(str::trim).filter(|n| !n.is_empty());
        others.for_each(|n| builder.key(n, place, NameClass::Primary));
    }
    Ok(builder)
}
