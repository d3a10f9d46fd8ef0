//! Reports that repeat earlier ones: found at entry, in one pass, by what is kept of each report.
use crate::read::parsed;
use crate::{Ledger, Result};
use rusqlite::{Connection, Row, params};
use variorum_link::{Likeness, Signature, is_newer, likeness};
use variorum_model::Report;

/// Earlier reports that a new one is held against, of those that share most with it.
const MOST_COMPARED: i64 = 6;
/// A band that so many reports share is that of a form that many pages have: it leads nowhere.
const CROWD: i64 = 64;

/// That a report repeats an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Id of the other report.
    pub report: String,
    /// How the later of the two repeats the earlier.
    pub how: Likeness,
}

impl Ledger {
    /// Which earlier report this one repeats; none for most.
    ///
    /// # Errors
    /// Locked, damaged.
    pub fn repeat_of(&self, key: &str) -> Result<Option<Repeat>> {
        let sql = "SELECT earlier.id, likeness.how FROM likeness JOIN report ON report.number = likeness.report \
                   JOIN report earlier ON earlier.number = likeness.earlier WHERE report.key = ?1";
        Ok(self.collect(sql, [key], repeat)?.into_iter().next())
    }

    /// The reports that repeat this one, in the order of entry.
    ///
    /// # Errors
    /// Locked, damaged.
    pub fn repeated_by(&self, key: &str) -> Result<Vec<Repeat>> {
        let sql = "SELECT later.id, likeness.how FROM likeness JOIN report ON report.number = likeness.earlier \
                   JOIN report later ON later.number = likeness.report WHERE report.key = ?1 ORDER BY later.number";
        self.collect(sql, [key], repeat)
    }
}

/// Columns: report id, how.
fn repeat(row: &Row<'_>) -> rusqlite::Result<Repeat> {
    let how: String = row.get(1)?;
    let how =
        Likeness::named(&how).ok_or_else(|| rusqlite::Error::InvalidColumnType(1, how, rusqlite::types::Type::Text))?;
    Ok(Repeat { report: row.get(0)?, how })
}

/// Signs all reports that have no signature yet, in the order of entry: the one that was just stored, and those of a ledger
/// from before there were any. Answers how the last of them repeats an earlier one.
pub(crate) fn sign_reports(connection: &Connection) -> rusqlite::Result<Option<Likeness>> {
    let mut last = None;
    let missing =
        "SELECT number FROM report WHERE number > (SELECT COALESCE(MAX(report), 0) FROM signature) ORDER BY number";
    let numbers: Vec<i64> =
        connection.prepare_cached(missing)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for number in numbers {
        last = sign(connection, number)?;
    }
    Ok(last)
}

fn sign(connection: &Connection, number: i64) -> rusqlite::Result<Option<Likeness>> {
    let report = report(connection, number)?;
    let signature = Signature::of(&report);
    let address = (!signature.address.is_empty()).then_some(signature.address.as_str());
    let (whole, body) = (signature.whole as i64, signature.body.map(|hash| hash as i64));
    let found = repeated(connection, &report, &signature)?;
    connection
        .prepare_cached("INSERT INTO signature (report, whole, body, address) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number, whole, body, address])?;
    let mut file = connection.prepare_cached("INSERT OR IGNORE INTO signature_band (band, report) VALUES (?1, ?2)")?;
    for &band in &signature.bands {
        file.execute(params![band as i64, number])?;
    }
    let Some((earlier, how, newer)) = found else { return Ok(None) };
    connection.prepare_cached("INSERT INTO likeness (report, earlier, how) VALUES (?1, ?2, ?3)")?.execute(params![
        number,
        earlier,
        how.name()
    ])?;
    if how == Likeness::Version {
        let (old, new) = if newer { (earlier, number) } else { (number, earlier) };
        connection
            .prepare_cached("INSERT OR REPLACE INTO superseded (report, newer) VALUES (?1, ?2)")?
            .execute([old, new])?;
    }
    Ok(Some(how))
}

/// The earlier report that a new one repeats, how, and whether it is the newer of the two.
fn repeated(
    connection: &Connection,
    report: &Report,
    signature: &Signature,
) -> rusqlite::Result<Option<(i64, Likeness, bool)>> {
    let mut candidates: Vec<i64> = Vec::new();
    let mut ask = |sql: &str, with: &dyn rusqlite::ToSql| -> rusqlite::Result<()> {
        let mut query = connection.prepare_cached(sql)?;
        for number in query.query_map([with], |row| row.get(0))? {
            candidates.push(number?);
        }
        Ok(())
    };
    // Of a page that has versions the one that counts is looked at.
    ask(
        "SELECT report FROM signature WHERE address = ?1 AND NOT EXISTS \
         (SELECT 1 FROM superseded WHERE superseded.report = signature.report) ORDER BY report DESC LIMIT 2",
        &signature.address,
    )?;
    ask("SELECT report FROM signature WHERE whole = ?1 ORDER BY report LIMIT 2", &(signature.whole as i64))?;
    if let Some(body) = signature.body {
        ask("SELECT report FROM signature WHERE body = ?1 ORDER BY report LIMIT 2", &(body as i64))?;
    }
    candidates.extend(by_bands(connection, &signature.bands)?);
    let mut best: Option<(i64, Likeness, bool)> = None;
    let mut seen = Vec::new();
    for number in candidates {
        if seen.contains(&number) {
            continue;
        }
        seen.push(number);
        let earlier = self::report(connection, number)?;
        // Texts of one id are versions by their id.
        if earlier.id == report.id {
            continue;
        }
        let Some(how) = likeness(&earlier, report) else { continue };
        if best.is_none_or(|(other, so_far, _)| (how, number) < (so_far, other)) {
            best = Some((number, how, is_newer(&earlier, report)));
        }
    }
    Ok(best)
}

/// Reports that share the most bands.
fn by_bands(connection: &Connection, bands: &[u64]) -> rusqlite::Result<Vec<i64>> {
    let mut shared: std::collections::BTreeMap<i64, u32> = std::collections::BTreeMap::new();
    let mut query =
        connection.prepare_cached("SELECT report FROM signature_band WHERE band = ?1 ORDER BY report LIMIT ?2")?;
    for &band in bands {
        let found: Vec<i64> =
            query.query_map(params![band as i64, CROWD], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for report in found {
            *shared.entry(report).or_default() += 1;
        }
    }
    let mut found: Vec<(i64, u32)> = shared.into_iter().collect();
    found.sort_by_key(|&(report, n)| (std::cmp::Reverse(n), report));
    Ok(found.into_iter().take(MOST_COMPARED as usize).map(|(report, _)| report).collect())
}

/// A report as it was first read.
fn report(connection: &Connection, number: i64) -> rusqlite::Result<Report> {
    let sql = "SELECT report.text, (SELECT meta FROM reading WHERE reading.report = report.number ORDER BY reading.number \
               LIMIT 1) FROM report WHERE report.number = ?1";
    connection.prepare_cached(sql)?.query_row([number], |row| {
        let report: Report = parsed(row, 1)?;
        Ok(Report { text: row.get(0)?, ..report })
    })
}
