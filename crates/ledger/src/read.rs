use crate::marking::Marking;
use crate::{Ledger, LedgerError, Result};
use rusqlite::{Row, params};
use variorum_model::{Claim, Incident, Report};

/// How many rows are fetched at a time: memory does not grow with the ledger.
const PAGE: i64 = 256;

/// Rows of the ledger, fetched page by page. Reading goes on while another process writes.
pub struct Rows<'a, T> {
    #[allow(clippy::type_complexity)]
    fetch: Box<dyn FnMut() -> Result<Vec<T>> + 'a>,
    page: std::vec::IntoIter<T>,
    done: bool,
}

impl<'a, T> Rows<'a, T> {
    pub(crate) fn new(fetch: impl FnMut() -> Result<Vec<T>> + 'a) -> Self {
        Rows { fetch: Box::new(fetch), page: Vec::new().into_iter(), done: false }
    }
}

impl<T> Iterator for Rows<'_, T> {
    type Item = Result<T>;
    fn next(&mut self) -> Option<Result<T>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            if self.done {
                return None;
            }
            match (self.fetch)() {
                Ok(page) if page.is_empty() => self.done = true,
                Ok(page) => self.page = page.into_iter(),
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// A report as the ledger holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReport {
    /// The report with its text, as it was last read.
    pub report: Report,
    /// Identity of what came in ([`crate::report_key`]).
    pub key: String,
    /// Number among the reports of one id, from 1.
    pub version: u32,
    /// False for a report that a later version, of the same id or the same address, replaces.
    pub current: bool,
    /// When it was stored; RFC 3339.
    pub added: String,
    /// How many claims its last reading has.
    pub n_claims: usize,
}

/// Which claims are wanted. An empty filter wants all; texts are compared without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Only of the report with this id.
    pub report: Option<String>,
    /// Only of this incident (its full id).
    pub incident: Option<String>,
    /// Only where some voice of the chain contains this.
    pub source: Option<String>,
    /// Only of this event type.
    pub event_type: Option<String>,
    /// Only where a place's name contains this.
    pub place: Option<String>,
    /// Only where an actor's or target's name contains this.
    pub actor: Option<String>,
    /// Only what can have happened on or after this day.
    pub since: Option<String>,
    /// Only what can have happened on or before this day.
    pub until: Option<String>,
    /// Leave out background.
    pub foreground: bool,
}

/// How much the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports, each version of an id counted.
    pub reports: usize,
    /// Claims of the current readings.
    pub claims: usize,
    /// Incidents as last linked.
    pub incidents: usize,
    /// Disagreements of those incidents, of any verdict.
    pub disagreements: usize,
    /// Judgements, undone ones included.
    pub judgements: usize,
    /// Inputs that could not be read.
    pub failures: usize,
    /// Reports that the incidents do not know yet: [`Ledger::relink`] brings them in.
    pub pending: usize,
}

impl Ledger {
    /// Every report, in the order of entry.
    pub fn reports(&self) -> Rows<'_, StoredReport> {
        let mut last = 0i64;
        Rows::new(move || {
            let sql = format!("{REPORT} WHERE report.number > ?1 ORDER BY report.number LIMIT ?2");
            let rows = self.collect(&sql, params![last, PAGE], |row| Ok((row.get(0)?, stored_report(row)?)))?;
            last = rows.last().map_or(last, |(number, _)| *number);
            Ok(rows.into_iter().map(|(_, report)| report).collect())
        })
    }

    /// The claims of the current readings that pass the filter, by report in the order of entry, then in text order.
    /// Each names its report, reads as corrected, and carries the judgements in force on it.
    pub fn claims(&self, filter: ClaimFilter) -> Rows<'_, Claim> {
        let mut last = 0i64;
        let mut marked: Option<Marking> = None;
        Rows::new(move || {
            if marked.is_none() {
                marked = Some(self.marking()?);
            }
            let marking = marked.as_ref().expect("made above");
            // Pages in which no claim passes are skipped here: an empty page means the end.
            loop {
                // What is asked for by name is looked up by it rather than met in going through all.
                let few = match (&filter.report, &filter.incident) {
                    (_, Some(_)) => "claim.id IN (SELECT claim FROM incident_claim WHERE incident = ?4) AND",
                    (Some(_), None) => {
                        "claim.reading IN (SELECT reading.number FROM reading JOIN report ON report.number = \
                         reading.report WHERE report.id = ?3) AND"
                    }
                    _ => "",
                };
                let plus = if few.is_empty() { "" } else { "+" };
                let sql = format!(
                    "{CLAIM} WHERE {few} (?3 IS NULL OR report.id = ?3) AND (?4 IS NULL OR 1) \
                     AND {plus}claim.number > ?1 ORDER BY {plus}claim.number LIMIT ?2"
                );
                let rows = self.collect(&sql, params![last, PAGE, filter.report, filter.incident], |row| {
                    Ok((row.get(0)?, claim(row)?))
                })?;
                let Some((number, _)) = rows.last() else { return Ok(Vec::new()) };
                last = *number;
                let passed: Vec<Claim> =
                    rows.into_iter().map(|(_, c)| marking.mark(c)).filter(|c| filter.passes(c)).collect();
                if !passed.is_empty() {
                    return Ok(passed);
                }
            }
        })
    }

    /// Every incident as last linked, by its first day (undated ones last), then by id.
    pub fn incidents(&self) -> Rows<'_, Incident> {
        let mut last = (String::new(), String::new());
        Rows::new(move || {
            let sql = "SELECT sort, id, body FROM incident WHERE (sort, id) > (?1, ?2) ORDER BY sort, id LIMIT ?3";
            let rows = self.collect(sql, params![last.0, last.1, PAGE], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, parsed::<Incident>(row, 2)?))
            })?;
            if let Some((sort, id, _)) = rows.last() {
                last = (sort.clone(), id.clone());
            }
            rows.into_iter().map(|(_, _, incident)| self.with_previous_ids(incident)).collect()
        })
    }

    /// How many claims the current readings hold.
    pub fn count_claims(&self) -> Result<usize> {
        let sql = "SELECT COUNT(*) FROM current CROSS JOIN claim ON claim.reading = current.reading";
        Ok(self.collect(sql, [], |row| row.get::<_, i64>(0))?[0] as usize)
    }

    /// How much the ledger holds.
    pub fn counts(&self) -> Result<Counts> {
        let one = |sql: &str| Ok::<_, LedgerError>(self.collect(sql, [], |row| row.get::<_, i64>(0))?[0] as usize);
        Ok(Counts {
            claims: self.count_claims()?,
            incidents: one("SELECT COUNT(*) FROM incident")?,
            disagreements: one("SELECT COALESCE(SUM(json_array_length(body, '$.disagreements')), 0) FROM incident")?,
            ..self.counts_of_entries()?
        })
    }

    /// The same without claims, incidents and disagreements, which are left at 0: takes no time.
    pub fn counts_of_entries(&self) -> Result<Counts> {
        let one = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map(|n| n as usize)
                .map_err(|e| self.error(e))
        };
        Ok(Counts {
            reports: one("SELECT COUNT(*) FROM report")?,
            judgements: one("SELECT COUNT(*) FROM judgement")?,
            failures: one("SELECT COUNT(*) FROM failure")?,
            pending: one(
                "SELECT COUNT(DISTINCT report) FROM reading WHERE number > (SELECT COALESCE(MAX(upto), 0) FROM linkage)",
            )?,
            ..Counts::default()
        })
    }

    pub(crate) fn collect<T>(
        &self,
        sql: &str,
        with: impl rusqlite::Params,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut query = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let rows = query.query_map(with, row).map_err(|e| self.error(e))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|e: rusqlite::Error| match e {
            // What was stored was valid: a body that cannot be read back is damage.
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                LedgerError::Corrupt { path: self.name(), reason: e.to_string() }
            }
            other => self.error(other),
        })
    }
}

impl ClaimFilter {
    fn passes(&self, claim: &Claim) -> bool {
        fn holds<'n>(wanted: &Option<String>, names: impl IntoIterator<Item = &'n str>) -> bool {
            wanted.as_ref().is_none_or(|w| {
                let wanted = w.to_lowercase();
                names.into_iter().any(|name| name.to_lowercase().contains(&wanted))
            })
        }
        let actors = claim.actors.iter().chain(&claim.targets).map(|n| n.name.as_str());
        let after = |wanted: &Option<String>, day: &Option<String>| {
            wanted.as_ref().is_none_or(|w| day.as_ref().is_some_and(|d| d.as_str() >= w.as_str()))
        };
        let before = |wanted: &Option<String>, day: &Option<String>| {
            wanted.as_ref().is_none_or(|w| day.as_ref().is_some_and(|d| d.as_str() <= w.as_str()))
        };
        (!self.foreground || !claim.background)
            && self.event_type.as_ref().is_none_or(|kind| *kind == claim.event.kind)
            && holds(&self.source, claim.sources.iter().map(|s| s.name.as_str()))
            && holds(&self.place, claim.places.iter().map(|p| p.name.as_str()))
            && holds(&self.actor, actors)
            && after(&self.since, &claim.time.latest)
            && before(&self.until, &claim.time.earliest)
    }
}

/// Columns: number, key, version, text, added, meta, claims of the reading that counts, whether a later version exists.
pub(crate) const REPORT: &str = "SELECT report.number, report.key, report.version, report.text, report.added, \
     reading.meta, (SELECT COUNT(*) FROM claim WHERE claim.reading = reading.number), \
     EXISTS (SELECT 1 FROM report later WHERE later.id = report.id AND later.version > report.version) \
     OR EXISTS (SELECT 1 FROM superseded WHERE superseded.report = report.number) \
     FROM report JOIN counted ON counted.report = report.number JOIN reading ON reading.number = counted.reading";

/// Columns: number, report id, body. Only claims of current readings.
pub(crate) const CLAIM: &str = "SELECT claim.number, report.id, claim.body FROM claim \
     JOIN current ON current.reading = claim.reading JOIN report ON report.number = current.report";

pub(crate) fn stored_report(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let report: Report = parsed(row, 5)?;
    Ok(StoredReport {
        report: Report { text: row.get(3)?, ..report },
        key: row.get(1)?,
        version: row.get(2)?,
        added: row.get(4)?,
        n_claims: row.get::<_, i64>(6)? as usize,
        current: !row.get::<_, bool>(7)?,
    })
}

pub(crate) fn claim(row: &Row<'_>) -> rusqlite::Result<Claim> {
    let claim: Claim = parsed(row, 2)?;
    Ok(Claim { report: row.get(1)?, ..claim })
}

/// A column that holds JSON.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let body = row.get_ref(column)?.as_str()?;
    serde_json::from_str(body).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
