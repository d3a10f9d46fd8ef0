//! What went wrong with inputs, listed at the end.
use crate::terminal;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use variorum_intake::{Failure, Location};
use variorum_model::{Diagnostic, Report};

/// Diagnostics that leave a report without claims: it is kept, and listed as failed.
const NOT_CODED: &[&str] = &["language-unsupported", "no-words"];
/// Most failures that are listed on the terminal.
const LISTED: usize = 40;

/// One line of `--failures`.
#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a str>,
    code: &'a str,
    reason: &'a str,
}

/// Counts, lists and writes down failures.
pub(crate) struct Failures {
    file: Option<BufWriter<File>>,
    listed: Vec<String>,
    by_code: BTreeMap<String, usize>,
    noticed: BTreeMap<String, usize>,
    n: usize,
}

impl Failures {
    /// Opens the file, if there is to be one.
    pub(crate) fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let open = |p: &Path| File::create(p).with_context(|| format!("{}: cannot be written", p.display()));
        let file = path.map(open).transpose()?.map(BufWriter::new);
        Ok(Failures { file, listed: Vec::new(), by_code: BTreeMap::new(), noticed: BTreeMap::new(), n: 0 })
    }

    /// How many inputs failed.
    pub(crate) fn n(&self) -> usize {
        self.n
    }

    /// An input that gave no report.
    pub(crate) fn input(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.add(&failure.location, None, failure.code(), &failure.kind.to_string())
    }

    /// What is to be known of a report.
    pub(crate) fn report(&mut self, location: &Location, report: &Report) -> anyhow::Result<()> {
        for Diagnostic { code, message } in &report.diagnostics {
            if NOT_CODED.contains(&code.as_str()) {
                self.add(location, Some(&report.id), code, &format!("not coded: {message}"))?;
            } else {
                *self.noticed.entry(code.clone()).or_default() += 1;
            }
        }
        Ok(())
    }

    /// A report whose analysis broke.
    pub(crate) fn broken(&mut self, location: &Location, id: &str, why: &str) -> anyhow::Result<()> {
        self.add(location, Some(id), "internal-error", &format!("internal error, please report it: {why}"))
    }

    fn add(&mut self, location: &Location, report: Option<&str>, code: &str, reason: &str) -> anyhow::Result<()> {
        self.n += 1;
        *self.by_code.entry(code.to_owned()).or_default() += 1;
        if self.listed.len() < LISTED {
            self.listed.push(format!("{location}: {reason}"));
        }
        if let Some(file) = &mut self.file {
            serde_json::to_writer(
                &mut *file,
                &Line { input: &location.input, line: location.line, report, code, reason },
            )?;
            writeln!(file)?;
        }
        Ok(())
    }

    /// Lists them on standard error; what was merely noticed only where there is to be a summary.
    pub(crate) fn finish(mut self, quiet: bool) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            file.flush().context("the file of failures cannot be written")?;
        }
        if !quiet && !self.noticed.is_empty() {
            terminal::say(&format!("noticed: {}", counts(&self.noticed)));
        }
        if self.n == 0 {
            return Ok(());
        }
        terminal::say(&format!("{} failed ({})", plural(self.n, "input"), counts(&self.by_code)));
        for line in &self.listed {
            terminal::say(&format!("  {line}"));
        }
        if self.n > self.listed.len() {
            terminal::say(&format!("  … and {} more; --failures FILE lists them all", self.n - self.listed.len()));
        }
        Ok(())
    }
}

fn counts(by_code: &BTreeMap<String, usize>) -> String {
    by_code.iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", ")
}

/// `2 publishers`; where none is named, that is said.
pub(crate) fn publishers(n: usize) -> String {
    if n == 0 { "publishers unknown".to_owned() } else { plural(n, "publisher") }
}

/// `1 report`, `2 reports`.
pub(crate) fn plural(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
