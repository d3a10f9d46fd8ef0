use crate::Result;
use crate::table::{Cell, Table};
use std::io::Write;

/// Writes a table as CSV (RFC 4180, UTF-8, LF). Words that a spreadsheet would take for a formula are led by an
/// apostrophe, which makes them words.
///
/// # Errors
/// When the output cannot be written.
pub fn write_csv(table: &Table, out: impl Write) -> Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(table.columns.iter().map(|c| c.name.as_str()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(harmless))?;
    }
    writer.flush()?;
    Ok(())
}

/// The cell as printed, unless a spreadsheet would run it.
fn harmless(cell: &Cell) -> String {
    let text = cell.text();
    let Cell::Text(words) = cell else { return text };
    let first = words.trim_start_matches(' ').chars().next();
    // The signs of OWASP's list, and what spreadsheets of East Asia take for them.
    let is_formula = first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c));
    if is_formula && words.parse::<f64>().is_err() { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;

    #[test]
    fn no_cell_is_a_formula() {
        let mut table = Table::new("t", &[("words", Kind::Text), ("number", Kind::Real)]);
        for words in
            ["=HYPERLINK(\"http://x\")", "+1-1", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", " =1", "a, \"b\"", "-3"]
        {
            table.push(vec![words.into(), Cell::Real(-3.5)]);
        }
        let mut out = Vec::new();
        write_csv(&table, &mut out).unwrap();
        expect_test::expect![[r#"
            words,number
            "'=HYPERLINK(""http://x"")",-3.5
            '+1-1,-3.5
            '-cmd|' /C calc'!A0,-3.5
            '@SUM(1),-3.5
            '	=1,-3.5
            ' =1,-3.5
            "a, ""b""",-3.5
            -3,-3.5
        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
