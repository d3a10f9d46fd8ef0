//! Reports whose date a person has set: their words are read anew against it.
use crate::entry::now;
use crate::judgement::Action;
use crate::key::{claim_body, reading_hash};
use crate::read::{REPORT, stored_report};
use crate::{Ledger, LedgerError, Result};
use rusqlite::{Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use variorum_model::{Analysis, Basis, Published, Report};

impl Ledger {
    /// Reports whose current reading was not made with the date that a judgement gives them, each with that date set:
    /// what [`Ledger::redate`] reads anew.
    pub fn undated(&self) -> Result<Vec<Report>> {
        let sql = format!(
            "{REPORT} JOIN dated ON dated.report = report.id JOIN current ON current.reading = reading.number \
             WHERE reading.dated IS NOT dated.published OR EXISTS (SELECT 1 FROM reading own \
             WHERE own.report = report.number AND own.dated IS NULL AND own.number > reading.number) ORDER BY report.number"
        );
        let reports = self.collect(&sql, [], stored_report)?;
        let dates = self.dates()?;
        reports
            .into_iter()
            .map(|stored| {
                let published = dates.get(&stored.report.id).ok_or_else(|| self.damaged("a date without a report"))?;
                Ok(dated(stored.report, published))
            })
            .collect()
    }

    /// Reads anew, by `analyze`, every report whose date a judgement has set otherwise than it was last read with.
    /// Answers how many. [`Ledger::relink`] follows.
    ///
    /// # Errors
    /// Locked, not writable: the reports read so far are kept.
    pub fn redate(&mut self, mut analyze: impl FnMut(Report) -> Analysis) -> Result<usize> {
        self.writable()?;
        let reports = self.undated()?;
        let n = reports.len();
        let dates = self.dates()?;
        for report in reports {
            let published = dates.get(&report.id).cloned().unwrap_or_default();
            let analysis = analyze(report);
            self.add_dated(&analysis, &published)?;
        }
        Ok(n)
    }

    /// A reading made with a judged date, beside those made with the report's own.
    fn add_dated(&mut self, analysis: &Analysis, published: &str) -> Result<()> {
        let meta =
            serde_json::to_string(&Report { text: String::new(), ..analysis.report.clone() }).expect("plain data");
        let bodies: Vec<String> = analysis.claims.iter().map(claim_body).collect();
        let hash = reading_hash(&meta, &bodies);
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(|e| self.error(e))?;
        let sql = "SELECT report.number FROM report WHERE report.id = ?1 ORDER BY version DESC LIMIT 1";
        let number = self.collect(sql, [&analysis.report.id], |row| row.get::<_, i64>(0))?;
        let number =
            *number.first().ok_or_else(|| LedgerError::NotFound { what: "report", id: analysis.report.id.clone() })?;
        let sql = "INSERT INTO reading (report, hash, meta, added, dated) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.prepare(sql)?.execute(params![number, hash, meta, now(), published]).map_err(|e| self.error(e))?;
        let reading = self.connection.last_insert_rowid();
        {
            let mut insert = self.prepare("INSERT INTO claim (reading, seq, id, body) VALUES (?1, ?2, ?3, ?4)")?;
            for (seq, (claim, body)) in analysis.claims.iter().zip(&bodies).enumerate() {
                insert.execute(params![reading, seq as i64, claim.id, body]).map_err(|e| self.error(e))?;
            }
        }
        transaction.commit().map_err(|e| self.error(e))
    }

    fn dates(&self) -> Result<BTreeMap<String, String>> {
        let rows = self.collect("SELECT report, published FROM dated", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// Writes down which dates are in force, for the view of what counts.
    pub(crate) fn settle_dates(&self) -> Result<()> {
        let mut dates: BTreeMap<String, String> = BTreeMap::new();
        for judgement in self.judgements_in_force()? {
            if let Action::Date { report, published } = &judgement.action {
                dates.insert(report.clone(), published.clone());
            }
        }
        if dates == self.dates()? {
            return Ok(());
        }
        self.run("DELETE FROM dated", [])?;
        for (report, published) in &dates {
            self.run("INSERT INTO dated (report, published) VALUES (?1, ?2)", params![report, published])?;
        }
        Ok(())
    }
}

/// The report as published at a judged date. An article with a date of its own keeps it where there are several.
fn dated(report: Report, published: &str) -> Report {
    let published = match published.split_once('/') {
        None => {
            let day = Some(published.to_owned());
            Published { value: day.clone(), earliest: day.clone(), latest: day, basis: Basis::Judgement }
        }
        Some((first, last)) => Published {
            value: None,
            earliest: Some(first.to_owned()),
            latest: Some(last.to_owned()),
            basis: Basis::Judgement,
        },
    };
    let several = report.articles.len() > 1;
    let mut articles = report.articles;
    for article in &mut articles {
        let own = article.published.value.is_some() || article.published.earliest.is_some();
        if !several || !own {
            article.published = published.clone();
        }
    }
    Report { published, articles, ..report }
}
