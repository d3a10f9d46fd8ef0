use crate::key::{claim_body, reading_hash, report_key};
use crate::read::{REPORT, parsed, stored_report};
use crate::{Ledger, Result};
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Claim, CodePoints, Incident, Report, Span};

/// Something that [`Ledger::check`] found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code: `file`, `reference`, `report`, `reading`, `claim`, `span`, `incident`, `pending`.
    pub code: &'static str,
    /// One sentence that names the entry.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// Pages of the file that SQLite is asked to complain about at most.
const MAX_FILE_PROBLEMS: usize = 20;

impl Ledger {
    /// Whether everything is as it was written: the file itself, references, hashes, every span against its text, and
    /// incidents against claims. Answers what is not; empty is good. Reads the whole ledger once.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        let note = |problems: &mut Vec<Problem>, code, message| problems.push(Problem { code, message });
        let sql = format!("PRAGMA integrity_check({MAX_FILE_PROBLEMS})");
        for line in self.collect(&sql, [], |row| row.get::<_, String>(0))? {
            if line != "ok" {
                note(&mut problems, "file", line);
            }
        }
        if !problems.is_empty() {
            // What stands on a damaged page says nothing about the entries.
            return Ok(problems);
        }
        for (table, parent) in self
            .collect("PRAGMA foreign_key_check", [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?)))?
        {
            note(&mut problems, "reference", format!("a {table} refers to a {parent} that is not there"));
        }
        self.check_reports(&mut problems)?;
        self.check_incidents(&mut problems)?;
        Ok(problems)
    }

    /// Keys and hashes are those of the content; spans read back what the claims quote.
    fn check_reports(&self, problems: &mut Vec<Problem>) -> Result<()> {
        let numbers: Vec<i64> = self.collect("SELECT number FROM report ORDER BY number", [], |row| row.get(0))?;
        for number in numbers {
            let mut found = self.collect(&format!("{REPORT} WHERE report.number = ?1"), [number], stored_report)?;
            let Some(stored) = found.pop() else {
                let message = format!("report number {number} has no reading");
                problems.push(Problem { code: "report", message });
                continue;
            };
            let id = &stored.report.id;
            // A judged date is no part of what came in.
            let sql = "SELECT meta FROM reading WHERE report = ?1 AND dated IS NULL ORDER BY number LIMIT 1";
            let own = self.collect(sql, [number], |row| parsed::<Report>(row, 0))?;
            let came_in = own.into_iter().next().map(|own| Report { text: stored.report.text.clone(), ..own });
            if came_in.is_none_or(|report| report_key(&report) != stored.key) {
                problems.push(Problem {
                    code: "report",
                    message: format!("report {id} is not what its key was made from"),
                });
            }
            let points = CodePoints::new(&stored.report.text);
            let n_points = stored.report.text.chars().count();
            let sql = "SELECT number, hash, meta FROM reading WHERE report = ?1 ORDER BY number";
            let readings = self.collect(sql, [number], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })?;
            for (reading, hash, meta) in readings {
                let sql = "SELECT id, body FROM claim WHERE reading = ?1 ORDER BY seq";
                let rows =
                    self.collect(sql, [reading], |row| Ok((row.get::<_, String>(0)?, parsed::<Claim>(row, 1)?)))?;
                let bodies: Vec<String> = rows.iter().map(|(_, claim)| claim_body(claim)).collect();
                if reading_hash(&meta, &bodies) != hash {
                    let message = format!("the claims of report {id} are not those of its hash (reading {reading})");
                    problems.push(Problem { code: "reading", message });
                }
                for (row_id, claim) in &rows {
                    if *row_id != claim.id {
                        let message = format!("claim {row_id} calls itself {}", claim.id);
                        problems.push(Problem { code: "claim", message });
                    }
                    check_spans(claim, &stored.report.text, n_points, &points, problems);
                }
            }
        }
        Ok(())
    }

    /// Every incident holds claims of current readings, and nothing else; every current claim is linked.
    fn check_incidents(&self, problems: &mut Vec<Problem>) -> Result<()> {
        let counts = self.counts()?;
        if counts.pending > 0 {
            let message = format!("{} reports are not linked yet", counts.pending);
            problems.push(Problem { code: "pending", message });
        }
        let sql = "SELECT claim.id FROM claim JOIN current ON current.reading = claim.reading";
        let known: BTreeSet<String> = self.collect(sql, [], |row| row.get(0))?.into_iter().collect();
        let sql = "SELECT incident, claim FROM incident_claim ORDER BY incident, claim";
        let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (incident, claim) in
            self.collect(sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        {
            members.entry(incident).or_default().insert(claim);
        }
        let rows = self.collect("SELECT id, body FROM incident ORDER BY id", [], |row| {
            Ok((row.get::<_, String>(0)?, parsed::<Incident>(row, 1)?))
        })?;
        for (id, incident) in rows {
            let claims: BTreeSet<String> = incident.claims.iter().cloned().collect();
            let listed = members.remove(&id).unwrap_or_default();
            if incident.id != id || claims != listed {
                let message = format!("incident {id} does not agree with its list of claims");
                problems.push(Problem { code: "incident", message });
            }
            let judged = claims
                .iter()
                .chain(incident.disagreements.iter().flat_map(|d| d.sides.iter().flat_map(|s| &s.claims)))
                .chain(incident.figures.iter().flat_map(|f| f.observations.iter().map(|o| &o.claim)));
            for claim in judged {
                if !known.contains(claim) {
                    let message = format!("incident {id} names claim {claim}, which is not current");
                    problems.push(Problem { code: "incident", message });
                }
            }
        }
        Ok(())
    }
}

/// Every mention with words of its own stands where it says.
fn check_spans(claim: &Claim, text: &str, n_points: usize, points: &CodePoints, problems: &mut Vec<Problem>) {
    let mut look = |what: &str, span: Span, words: Option<&str>| {
        let fits = span.start <= span.end && span.end <= n_points;
        let bytes = Span { start: points.to_byte(span.start), end: points.to_byte(span.end) };
        if !fits || words.is_some_and(|words| bytes.of(text) != words) {
            let message = format!("{what} of claim {} does not stand at {}..{}", claim.id, span.start, span.end);
            problems.push(Problem { code: "span", message });
        }
    };
    look("the quote", claim.span, Some(&claim.quote));
    if let Some(cue) = &claim.cue {
        look("the cue", cue.span, Some(&cue.text));
    }
    look("the trigger", claim.event.trigger.span, Some(&claim.event.trigger.text));
    for figure in &claim.figures {
        look("a figure", figure.quote.span, Some(&figure.quote.text));
    }
    for weapon in &claim.weapons {
        look("a weapon", weapon.quote.span, Some(&weapon.quote.text));
    }
    if !claim.time.quote.text.is_empty() {
        look("the time", claim.time.quote.span, Some(&claim.time.quote.text));
    }
    // These carry a canonical name, not the words: only that they lie in the text can be said.
    for (what, named) in [("a source", &claim.sources), ("an actor", &claim.actors), ("a target", &claim.targets)] {
        for name in named {
            look(what, name.span, None);
        }
    }
    for place in &claim.places {
        look("a place", place.span, None);
    }
}
