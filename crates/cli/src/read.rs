//! `variorum read`: reports into a ledger.
use crate::Outcome;
use crate::args::ReadArgs;
use crate::extractor::extractor;
use crate::failures::plural;
use crate::run::Run;
use crate::terminal;
use anyhow::Context;
use std::sync::Mutex;
use variorum_ledger::{Added, Ledger, LedgerError, report_key};
use variorum_model::{Analysis, Report};

/// What a worker makes of a report.
enum Made {
    /// It is in the ledger already.
    Known(Box<Report>),
    Analysis(Box<Analysis>),
}

/// What became of the reports.
#[derive(Default)]
struct Tally {
    new: usize,
    unchanged: usize,
    reread: usize,
    versions: usize,
}

impl Tally {
    fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Reread => self.reread += 1,
            Added::NewVersion { .. } => self.versions += 1,
            _ => self.unchanged += 1,
        }
    }

    fn words(&self) -> String {
        let counts = [
            (self.new, "new"),
            (self.unchanged, "already there"),
            (self.reread, "read anew"),
            (self.versions, "new versions of reports that were there"),
        ];
        let said: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if said.is_empty() { "no reports".to_owned() } else { said.join(", ") }
    }
}

pub(crate) fn read(args: &ReadArgs) -> anyhow::Result<Outcome> {
    let run = Run::new(&args.input, Some(&args.ledger.ledger))?;
    let path = &args.ledger.ledger;
    // A ledger that cannot be used is said to be so at once; a new one is made only when there is something to read with.
    let found = path.exists().then(|| Ledger::open(path)).transpose()?;
    let extractor = extractor(&args.register)?;
    let mut ledger = found.map_or_else(|| Ledger::open_or_create(path), Ok)?;
    if let Some(file) = &args.outlets {
        let name = file.display().to_string();
        let source = std::fs::read_to_string(file).with_context(|| format!("{name}: cannot be read"))?;
        ledger.add_outlets(&source, &name)?;
    }
    // Looked up by the workers, while this thread writes.
    let known = Mutex::new(Ledger::open_read_only(path)?);
    let is_known = |report: &Report| -> Result<bool, LedgerError> {
        known.lock().unwrap_or_else(|e| e.into_inner()).contains(&report_key(report))
    };
    let work = |report: Report| -> Result<Made, LedgerError> {
        if !args.again && is_known(&report)? {
            return Ok(Made::Known(Box::new(Report { text: String::new(), ..report })));
        }
        Ok(Made::Analysis(Box::new(extractor.analyze(report))))
    };
    let mut tally = Tally::default();
    let outcome = run.go("read", work, |made, noted| {
        let made = match made {
            Ok(made) => made?,
            Err(failure) => {
                let input = failure.location.to_string();
                ledger.record_failure(&input, failure.code(), &failure.kind.to_string())?;
                return Ok(());
            }
        };
        match made {
            Made::Known(report) => {
                noted.report(&report)?;
                tally.count(Added::Unchanged);
            }
            Made::Analysis(analysis) => {
                noted.report(&analysis.report)?;
                tally.count(ledger.add(&analysis)?);
            }
        }
        Ok(())
    })?;
    ledger.redate(|report| extractor.analyze(report))?;
    ledger.relink()?;
    if !args.input.quiet {
        let n = ledger.counts()?;
        terminal::say(&format!(
            "{}: {}; the ledger holds {}, {}, {}",
            path.display(),
            tally.words(),
            plural(n.reports, "report"),
            plural(n.claims, "claim"),
            plural(n.incidents, "incident"),
        ));
    }
    Ok(outcome)
}
