use crate::Result;
use crate::table::{Cell, Table};
use serde_json::{Map, Value};
use std::io::Write;

/// Writes a table as JSON Lines, one object a row; empty cells are null.
///
/// # Errors
/// When the output cannot be written.
pub fn write_jsonl(table: &Table, mut out: impl Write) -> Result<()> {
    for row in &table.rows {
        let cells = table.columns.iter().zip(row).map(|(column, cell)| (column.name.clone(), value(cell)));
        serde_json::to_writer(&mut out, &cells.collect::<Map<String, Value>>()).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// The cell as JSON.
pub(crate) fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(words) => Value::from(words.as_str()),
        Cell::Integer(n) => Value::from(*n),
        Cell::Real(n) => Value::from(*n),
        Cell::Boolean(b) => Value::from(*b),
    }
}
