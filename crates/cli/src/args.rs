//! The command line.
use clap::builder::styling::{AnsiColor, Style, Styles};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles =
    Styles::styled().header(Style::new().bold()).usage(Style::new().bold()).literal(AnsiColor::Cyan.on_default());

/// Reads piles of news reports about a conflict and says who claims what, with every value led back to its words.
#[derive(Parser)]
#[command(name = "variorum", version, styles = STYLES, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  variorum analyze reports.jsonl > claims.jsonl       what each report claims, as JSON Lines
  cat article.txt | variorum analyze - --layers claims

Exit codes: 0 done · 1 done, but some inputs failed · 2 nothing done · 130 stopped by Ctrl-C";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print what each report claims, as JSON Lines; no ledger is touched.
    #[command(after_help = ANALYZE_EXAMPLES)]
    Analyze(AnalyzeArgs),
    /// Print the syntax of each text, as spaCy's Doc.to_json() gives it.
    Syntax(SyntaxArgs),
    /// Print completions for a shell.
    #[command(
        after_help = "Example:\n  variorum completions bash > ~/.local/share/bash-completion/completions/variorum"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:\n  variorum man | man -l -")]
    Man,
}

/// Where reports come from.
#[derive(ClapArgs)]
pub(crate) struct InputArgs {
    /// Files (.txt, .md, .jsonl), folders of them, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Publication date of reports that come without one: a day, first/last, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// Largest report that is read, in megabytes; larger ones are reported as failures.
    #[arg(long, value_name = "MB", default_value_t = 5.0)]
    pub(crate) max_size: f64,
    /// Reports worked on at the same time [default: one for each processor].
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// Write each failure to this file, as JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) failures: Option<PathBuf>,
    /// No progress and no summary; failures are still listed.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

const ANALYZE_EXAMPLES: &str = "\
Examples:
  variorum analyze reports/ --jobs 4 > analysis.jsonl
  variorum analyze page.txt --published 2024-05-14
  variorum analyze reports.jsonl --layers claims,timexes --failures failed.jsonl";

#[derive(ClapArgs)]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Form of the output.
    #[arg(long, default_value = "jsonl")]
    pub(crate) format: AnalysisFormat,
    /// Layers of the output, with commas between [default: all but syntax].
    #[arg(long, value_delimiter = ',', value_name = "LAYER")]
    pub(crate) layers: Vec<Layer>,
}

#[derive(ClapArgs)]
pub(crate) struct SyntaxArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum AnalysisFormat {
    /// One JSON object a line, in the order of the input.
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layer {
    /// Who is credited with saying what.
    Attributions,
    /// Dates, times and durations.
    Timexes,
    /// Place names.
    Toponyms,
    /// Actors.
    Actors,
    /// Counted quantities.
    Figures,
    /// Claims.
    Claims,
    /// Tokens, sentences and named entities.
    Syntax,
}
