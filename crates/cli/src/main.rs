//! The `variorum` binary: flags, exit codes, printing. What it does is done by the crates below.
//!
//! Exit codes: 0, all went well; 1, finished, but some inputs failed (they are listed on standard error); 2, nothing
//! was done: wrong usage, no input that could be read, or a ledger that cannot be used; 130, stopped by Ctrl-C after
//! the report at hand.

mod agreements;
mod analyze;
mod args;
mod changes;
mod check;
mod claims;
mod date;
mod explain;
mod export;
mod extractor;
mod failures;
mod figures;
mod incidents;
mod judge;
mod judgements;
mod layers;
mod ledger;
mod page;
mod pdf_text;
mod phrase;
mod progress;
mod read;
mod report;
mod run;
mod serve;
mod settle;
mod show;
mod summary;
mod syntax;
mod terminal;
mod undo;
mod user;
mod watch;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

/// How a command ended.
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Something was done, and something failed.
    SomeFailed,
    /// Nothing could be done.
    NothingDone,
    /// The user stopped it.
    Stopped,
}

fn main() -> ExitCode {
    let args = Args::parse();
    // The reading room has nothing to finish: Ctrl-C simply ends it.
    if !matches!(args.command, Command::Serve(_)) {
        run::stop_on_ctrl_c();
    }
    let outcome = match args.command {
        Command::Read(args) => read::read(&args),
        Command::Watch(args) => watch::watch(&args),
        Command::Summary(args) => summary::summary(&args),
        Command::Incidents(args) => incidents::incidents(&args),
        Command::Figures(args) => figures::figures(&args),
        Command::Agreements(args) => agreements::agreements(&args),
        Command::Claims(args) => claims::claims(&args),
        Command::Show(args) => show::show(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Judge(args) => judge::judge(&args),
        Command::Date(args) => date::date(&args),
        Command::Undo(args) => undo::undo(&args),
        Command::Judgements(args) => judgements::judgements(&args),
        Command::Report(args) => report::report(&args),
        Command::Export(args) => export::export(&args),
        Command::Changes(args) => changes::changes(&args),
        Command::Check(args) => check::check(&args),
        Command::Serve(args) => serve::serve(&args),
        Command::User(args) => user::user(&args),
        Command::Analyze(args) => analyze::analyze(&args),
        Command::Syntax(args) => syntax::syntax(&args),
        Command::PdfText => pdf_text::pdf_text(),
        Command::Completions { shell } => {
            let mut page = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "variorum", &mut page);
            terminal::write_out(&page)
        }
        Command::Man => man(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::NothingDone) => ExitCode::from(2),
        Ok(Outcome::Stopped) => ExitCode::from(130),
        // The reader of our output has seen enough.
        Err(e) if terminal::is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            terminal::say(&format!("{e:#}"));
            ExitCode::from(2)
        }
    }
}

fn man() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    for command in Args::command().get_subcommands().filter(|c| c.get_name() != "help" && !c.is_hide_set()) {
        let name = format!("variorum {}", command.get_name());
        clap_mangen::Man::new(command.clone().display_name(name.clone()).bin_name(name)).render(&mut page)?;
    }
    terminal::write_out(&page)
}
