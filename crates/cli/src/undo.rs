//! `variorum undo`: taking a judgement back.
use crate::Outcome;
use crate::args::RegisterArgs;
use crate::judge::By;
use crate::settle::settle;
use clap::Args;
use variorum_ledger::Ledger;

/// Take a judgement back: all is as if it had never been made, but for the record of it.
#[derive(Args)]
#[command(after_help = "Example:\n  variorum undo j51c0 --reason \"the ministry confirmed it\"")]
pub(crate) struct UndoArgs {
    /// The judgement, by id or the start of one (variorum judgements lists them).
    judgement: String,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    register: RegisterArgs,
}

pub(crate) fn undo(args: &UndoArgs) -> anyhow::Result<Outcome> {
    let author = args.by.author()?;
    let mut ledger = Ledger::open(&args.by.ledger.ledger)?;
    let made = ledger.undo(&author, &args.by.reason, &args.judgement)?;
    settle(&mut ledger, &args.register, &[made])
}
