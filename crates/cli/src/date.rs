//! `variorum date`: when a report was published.
use crate::Outcome;
use crate::args::RegisterArgs;
use crate::judge::By;
use crate::settle::settle;
use clap::Args;
use variorum_ledger::{Action, Ledger};

const DATE_EXAMPLES: &str = "\
Examples:
  variorum date wire-17 2023-09-20                the day on the printed page
  variorum date wire-17 2023-09-18/2023-09-22     between two days

The report's words are read anew against this date: \"Tuesday\" becomes a day.";

/// Set when a report was published, and read its words anew against that date.
#[derive(Args)]
#[command(after_help = DATE_EXAMPLES)]
pub(crate) struct DateArgs {
    /// The report, by id or the start of one.
    report: String,
    /// A day, or FIRST/LAST.
    date: String,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    register: RegisterArgs,
}

pub(crate) fn date(args: &DateArgs) -> anyhow::Result<Outcome> {
    let author = args.by.author()?;
    let mut ledger = Ledger::open(&args.by.ledger.ledger)?;
    let report = ledger.report(&args.report)?.report.id;
    let action = Action::Date { report, published: args.date.trim().to_owned() };
    let made = ledger.judge(&author, &args.by.reason, action)?;
    settle(&mut ledger, &args.register, &[made])
}
