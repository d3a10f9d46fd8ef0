//! `variorum read`: reports into a ledger.
use crate::Outcome;
use crate::args::{ReadArgs, RegisterArgs};
use crate::extractor::extractor;
use crate::failures::plural;
use crate::run::Run;
use crate::terminal;
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use variorum_extract::Extractor;
use variorum_ledger::{Added, Ledger, LedgerError, Likeness, report_key};
use variorum_model::{Analysis, Report};

/// What is made of a report before it is stored.
pub(crate) enum Made {
    /// It is in the ledger already.
    Known(Box<Report>),
    Analysis(Box<Analysis>),
}

/// What reads reports for one ledger. Several threads may share it.
pub(crate) struct Reader {
    extractor: Extractor,
    /// Looked up by the workers, while another thread writes.
    known: Mutex<Ledger>,
    /// Also what is in the ledger already.
    again: bool,
}

impl Reader {
    /// Opens the ledger, or makes one, with what reads into it.
    pub(crate) fn open(
        path: &Path,
        register: &RegisterArgs,
        outlets: Option<&Path>,
        again: bool,
    ) -> anyhow::Result<(Ledger, Self)> {
        // A ledger that cannot be used is said to be so at once; a new one is made only when there is something to read with.
        let found = path.exists().then(|| Ledger::open(path)).transpose()?;
        let extractor = extractor(register)?;
        let mut ledger = found.map_or_else(|| Ledger::open_or_create(path), Ok)?;
        if let Some(file) = outlets {
            let name = file.display().to_string();
            let source = std::fs::read_to_string(file).with_context(|| format!("{name}: cannot be read"))?;
            ledger.add_outlets(&source, &name)?;
        }
        let known = Mutex::new(Ledger::open_read_only(path)?);
        Ok((ledger, Reader { extractor, known, again }))
    }

    /// Analyses a report, unless the ledger has it.
    pub(crate) fn make(&self, report: Report) -> Result<Made, LedgerError> {
        let is_known = || self.known.lock().unwrap_or_else(|e| e.into_inner()).contains(&report_key(&report));
        if !self.again && is_known()? {
            return Ok(Made::Known(Box::new(Report { text: String::new(), ..report })));
        }
        Ok(Made::Analysis(Box::new(self.extractor.analyze(report))))
    }

    /// Brings the incidents up to date with what was stored.
    pub(crate) fn link(&self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        ledger.redate(|report| self.extractor.analyze(report))?;
        ledger.relink().map(|_| ())
    }
}

impl Made {
    /// The report.
    pub(crate) fn report(&self) -> &Report {
        match self {
            Made::Known(report) => report,
            Made::Analysis(analysis) => &analysis.report,
        }
    }

    /// Stores it.
    pub(crate) fn store(&self, ledger: &mut Ledger) -> Result<Added, LedgerError> {
        match self {
            Made::Known(_) => Ok(Added::Unchanged),
            Made::Analysis(analysis) => ledger.add(analysis),
        }
    }
}

/// What became of the reports.
#[derive(Default)]
struct Tally {
    new: usize,
    unchanged: usize,
    reread: usize,
    versions: usize,
    repeats: BTreeMap<Likeness, usize>,
}

impl Tally {
    fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Reread => self.reread += 1,
            Added::NewVersion { .. } | Added::Repeat { how: Likeness::Version } => self.versions += 1,
            Added::Repeat { how } => {
                self.new += 1;
                *self.repeats.entry(how).or_default() += 1;
            }
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
        let mut said: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let repeats: usize = self.repeats.values().sum();
        if repeats > 0 {
            let parts: Vec<_> = self.repeats.iter().map(|(how, n)| format!("{}: {n}", how.words())).collect();
            said.push(format!("{repeats} of the new repeat others ({})", parts.join("; ")));
        }
        if said.is_empty() { "no reports".to_owned() } else { said.join(", ") }
    }
}

pub(crate) fn read(args: &ReadArgs) -> anyhow::Result<Outcome> {
    let run = Run::new(&args.input, Some(&args.ledger.ledger))?;
    let path = &args.ledger.ledger;
    let (mut ledger, reader) = Reader::open(path, &args.register, args.outlets.as_deref(), args.again)?;
    let mut tally = Tally::default();
    let outcome = run.go(
        "read",
        |report| reader.make(report),
        |made, noted| {
            let made = match made {
                Ok(made) => made?,
                Err(failure) => {
                    let input = failure.location.to_string();
                    ledger.record_failure(&input, failure.code(), &failure.kind.to_string())?;
                    return Ok(());
                }
            };
            noted.report(made.report())?;
            tally.count(made.store(&mut ledger)?);
            Ok(())
        },
    )?;
    reader.link(&mut ledger)?;
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
