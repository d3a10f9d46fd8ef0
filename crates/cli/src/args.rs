//! The command line.
use crate::judge;
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
  variorum read reports/ --ledger war.db      read, link and keep; reading twice changes nothing
  variorum summary --ledger war.db            the incidents: dates, places, tolls by source, disputes
  variorum show INCIDENT --ledger war.db      the accounts of one incident, side by side
  variorum analyze page.txt                   one report as JSON, nothing kept

Exit codes: 0 done · 1 done, but some inputs failed · 2 nothing done · 130 stopped by Ctrl-C";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports into a ledger and link their claims into incidents.
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Ask feeds and lists of pages what is new, read it into a ledger, and send alerts.
    Watch(crate::watch::WatchArgs),
    /// Print an overview of a ledger: the incidents, their tolls by source, and what is disputed.
    Summary(SummaryArgs),
    /// List the incidents of a ledger.
    Incidents(IncidentsArgs),
    /// Print what was said of an incident's numbers: as of a day, as known on a day, by a source.
    #[command(after_help = FIGURES_EXAMPLES)]
    Figures(FiguresArgs),
    /// Print agreements and ceasefires: parties, terms, and who says that who broke them.
    #[command(after_help = AGREEMENTS_EXAMPLES)]
    Agreements(AgreementsArgs),
    /// List the claims of a ledger.
    #[command(after_help = CLAIMS_EXAMPLES)]
    Claims(ClaimsArgs),
    /// Show one incident, claim or report, each value with its words and their place.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Say why two claims are, or are not, of one incident: the waterfall of match weights.
    Explain(crate::explain::ExplainArgs),
    /// Decide about claims, incidents and reports: accept, reject, correct, merge, split, move, mark duplicates, note.
    #[command(after_help = judge::JUDGE_EXAMPLES)]
    Judge(judge::JudgeArgs),
    /// Set when a report was published, and read its words anew against that date.
    Date(crate::date::DateArgs),
    /// Take a judgement back.
    Undo(crate::undo::UndoArgs),
    /// List what people decided, with what it comes to today.
    Judgements(crate::judgements::JudgementsArgs),
    /// Write the ledger as tables, or its incidents coded under a published codebook.
    Export(crate::export::ExportArgs),
    /// List what became of incidents: created, merged, split, revised or removed, and why.
    Changes(crate::changes::ChangesArgs),
    /// Check a ledger: the file, the references, and every quote against its text.
    Check(LedgerArgs),
    Report(crate::report::ReportArgs),
    /// Open the reading room: a local page over a ledger.
    #[command(after_help = crate::serve::EXAMPLES)]
    Serve(crate::serve::ServeArgs),
    /// Say who may enter a reading room that other machines can reach.
    User(crate::user::UserArgs),
    /// Print what each report claims, as JSON Lines; no ledger is touched.
    #[command(after_help = ANALYZE_EXAMPLES)]
    Analyze(AnalyzeArgs),
    /// Print the syntax of each text, as spaCy's Doc.to_json() gives it.
    Syntax(SyntaxArgs),
    /// Print the text of a PDF from standard input.
    #[command(hide = true)]
    PdfText,
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
    /// Files, folders of them, or - for standard input.
    ///
    /// Texts (.txt, .md), pages (.html), JSON Lines, JSON and CSV of collectors, feeds (.rss, .atom, .xml), crawls (.warc), messages
    /// (.eml), .pdf, .docx, and any of these in .gz, .zip and .tar.gz.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Publication date of reports that come without one: a day, first/last, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// Largest report that is read, in megabytes; larger ones are reported as failures.
    #[arg(long, value_name = "MB", default_value_t = 5.0)]
    pub(crate) max_size: f64,
    /// What the columns of CSV files hold [default: told by common names].
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub(crate) columns: Option<String>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
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

/// Limits on hostile input, each with a failure of its own.
#[derive(ClapArgs)]
pub(crate) struct LimitArgs {
    /// Largest file inside an archive, in megabytes.
    #[arg(long, value_name = "MB", default_value_t = 100.0, hide_short_help = true)]
    pub(crate) max_member_size: f64,
    /// Most files in one archive.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, hide_short_help = true)]
    pub(crate) max_members: usize,
    /// Most archives one inside the other; a .tar.gz is two.
    #[arg(long, value_name = "N", default_value_t = 3, hide_short_help = true)]
    pub(crate) max_nesting: usize,
    /// Most times that compressed bytes may inflate to their own number.
    #[arg(long, value_name = "N", default_value_t = 250, hide_short_help = true)]
    pub(crate) max_ratio: u64,
    /// Deepest nesting of the elements of a page.
    #[arg(long, value_name = "N", default_value_t = 400, hide_short_help = true)]
    pub(crate) max_depth: usize,
    /// Most elements of a page.
    #[arg(long, value_name = "N", default_value_t = 200_000, hide_short_help = true)]
    pub(crate) max_elements: usize,
    /// Longest time for one PDF, in seconds.
    #[arg(long, value_name = "S", default_value_t = 30, hide_short_help = true)]
    pub(crate) max_time: u64,
}

/// Which ledger.
#[derive(ClapArgs)]
pub(crate) struct LedgerArgs {
    /// The ledger: one file, made by `variorum read`.
    #[arg(short, long, value_name = "FILE", env = "VARIORUM_LEDGER", default_value = "variorum.db")]
    pub(crate) ledger: PathBuf,
}

const READ_EXAMPLES: &str = "\
Examples:
  variorum read reports/ wire.jsonl                   into ./variorum.db
  variorum read dump.jsonl --ledger war.db --jobs 8 --failures failed.jsonl
  variorum read crawl.warc.gz mail.zip feed.rss       pages, messages, feeds, archives of them
  variorum read table.csv --columns text=Body,title=Headline
  cat page.txt | variorum read - --published 2024-05-14

A report that is in the ledger already is not read again; a run that was broken off is finished by
running the same command once more.";

#[derive(ClapArgs)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    #[command(flatten)]
    pub(crate) register: RegisterArgs,
    /// Outlets beside the built-in ones: agencies, owners, whom they speak for (see examples/outlets.toml). Give it at every
    /// read: incidents are made with the outlets of the last one.
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// Analyse reports anew that are in the ledger already: after the program or its register has changed.
    #[arg(long)]
    pub(crate) again: bool,
}

/// What the user adds to the built-in data.
#[derive(ClapArgs, Clone)]
pub(crate) struct RegisterArgs {
    /// Actors of your own, in the form of the built-in register (TOML). May be given more than once.
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,
    /// Places of your own: a GeoNames dump (AZ.txt of download.geonames.org), or a table that begins with the line
    /// name,lat,lon,country,aliases. May be given more than once.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct SummaryArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Most incidents that get lines of their own; the weightiest are taken.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
}

#[derive(ClapArgs)]
pub(crate) struct IncidentsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    pub(crate) format: IncidentFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IncidentFormat {
    /// For people.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
}

const FIGURES_EXAMPLES: &str = "\
Examples:
  variorum figures i3fa2                                   every number, by whom, of which day
  variorum figures i3fa2 --known 2024-05-15                as one could know it that evening
  variorum figures i3fa2 --source mayor --as-of 2024-05-15 --format csv";

#[derive(ClapArgs)]
pub(crate) struct FiguresArgs {
    /// Id of an incident, or the start of one.
    pub(crate) incident: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Only numbers that count up to this day or an earlier one.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// Only what was published on this day or before.
    #[arg(long, value_name = "DAY")]
    pub(crate) known: Option<String>,
    /// Only by a source or publisher whose name contains this.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    pub(crate) format: FigureFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureFormat {
    /// For people.
    Table,
    /// One JSON array, an object for each thing counted.
    Json,
    /// One number a line.
    Csv,
}

const AGREEMENTS_EXAMPLES: &str = "\
Examples:
  variorum agreements --ledger war.db
  variorum agreements --format json > agreements.json";

#[derive(ClapArgs)]
pub(crate) struct AgreementsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    pub(crate) format: AgreementFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AgreementFormat {
    /// For people.
    Table,
    /// One JSON array.
    Json,
}

const CLAIMS_EXAMPLES: &str = "\
Examples:
  variorum claims --source \"defence ministry\" --since 2024-05-14
  variorum claims --type shelling --format jsonl > shelling.jsonl";

#[derive(ClapArgs)]
pub(crate) struct ClaimsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    pub(crate) format: ClaimFormat,
    /// Only of the report with this id.
    #[arg(long, value_name = "ID")]
    pub(crate) report: Option<String>,
    /// Only of this incident.
    #[arg(long, value_name = "ID")]
    pub(crate) incident: Option<String>,
    /// Only by a source whose name contains this.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Only of this event type.
    #[arg(long = "type", value_name = "TYPE", value_parser = clap::builder::PossibleValuesParser::new(variorum_model::EVENT_TYPES))]
    pub(crate) event_type: Option<String>,
    /// Only at a place whose name contains this.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// Only with an actor or target whose name contains this.
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Only what can have happened on or after this day.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<String>,
    /// Only what can have happened on or before this day.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// Leave out background.
    #[arg(long)]
    pub(crate) news: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimFormat {
    /// For people.
    Table,
    /// One JSON object a line.
    Jsonl,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  variorum show i3fa2                 an incident, by the start of its id
  variorum show cp-0514               a report
  variorum show i3fa2 --format json   all there is to know of it";

#[derive(ClapArgs)]
pub(crate) struct ShowArgs {
    /// Id of an incident, a claim or a report, or the start of one.
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "text")]
    pub(crate) format: ShowFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

const ANALYZE_EXAMPLES: &str = "\
Examples:
  variorum analyze reports/ --jobs 4 > analysis.jsonl
  variorum analyze page.txt --published 2024-05-14
  variorum analyze reports/ --gazetteer AZ.txt --actors actors.toml
  variorum analyze reports.jsonl --layers claims,timexes --failures failed.jsonl";

#[derive(ClapArgs)]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) register: RegisterArgs,
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
