//! `variorum export`: a ledger in the forms that others work with.
use crate::Outcome;
use crate::args::{LedgerArgs, RegisterArgs};
use crate::failures::plural;
use crate::ledger::open;
use crate::terminal::say;
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use variorum_export::codebook::{Codebook, code};
use variorum_export::{Table, tables, write_csv, write_geojson, write_jsonl, write_parquet};
use variorum_extract::actor::Register;
use variorum_extract::toponym::Gazetteer;
use variorum_ledger::Ledger;

const EXPORT_EXAMPLES: &str = "\
Examples:
  variorum export --format csv --out tables/                       reports, claims, figures, incidents …
  variorum export --format parquet --out tables/                   the same for DuckDB and pandas
  variorum export --codebook ucdp-ged --out ged.csv --explain ged-rules.jsonl
  variorum export --codebook acled | head

What the ledger does not know is left empty. In CSV a text that a spreadsheet would run as a formula is led
by an apostrophe.";

/// Write the ledger as tables, or its incidents coded under a published codebook.
#[derive(Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Code the incidents under this codebook: one table, one row an event.
    #[arg(long)]
    codebook: Option<Book>,
    /// Form of the output.
    #[arg(long, default_value = "csv")]
    format: Format,
    /// Folder for the tables, made if need be; with --codebook, a file [default: standard output].
    #[arg(short, long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// With --codebook: write the rule that made each cell to this file, as JSON Lines.
    #[arg(long, value_name = "FILE", requires = "codebook")]
    explain: Option<PathBuf>,
    #[command(flatten)]
    register: RegisterArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Book {
    /// UCDP Georeferenced Event Dataset, 49 columns.
    UcdpGed,
    /// ACLED, 31 columns.
    Acled,
    /// Airwars' grading of civilian harm.
    Airwars,
    /// Iraq Body Count.
    Ibc,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// Points with their properties: incidents and claims.
    Geojson,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Geojson => "geojson",
            Format::Parquet => "parquet",
        }
    }

    fn write(self, table: &Table, out: impl Write + Send) -> anyhow::Result<()> {
        match self {
            Format::Csv => write_csv(table, out)?,
            Format::Jsonl => write_jsonl(table, out)?,
            Format::Geojson => write_geojson(table, out)?,
            Format::Parquet => write_parquet(table, out)?,
        }
        Ok(())
    }
}

pub(crate) fn export(args: &ExportArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    match args.codebook {
        Some(book) => coded(args, &ledger, book),
        None => whole(args, &ledger),
    }
}

/// All tables into a folder.
fn whole(args: &ExportArgs, ledger: &Ledger) -> anyhow::Result<Outcome> {
    let Some(folder) = &args.out else {
        anyhow::bail!("several tables need a folder: --out FOLDER (or one table: --codebook ucdp-ged)");
    };
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    for table in tables(ledger)? {
        if args.format == Format::Geojson && table.column("latitude").is_none() {
            continue;
        }
        let path = folder.join(format!("{}.{}", table.name, args.format.ending()));
        to_file(&path, |out| args.format.write(&table, out))?;
        say(&format!("{}: {}", path.display(), plural(table.rows.len(), "row")));
    }
    Ok(Outcome::Done)
}

/// The incidents under a codebook.
fn coded(args: &ExportArgs, ledger: &Ledger, book: Book) -> anyhow::Result<Outcome> {
    if args.format == Format::Parquet && args.out.is_none() {
        anyhow::bail!("Parquet is not for the terminal: --out FILE");
    }
    let mut register = Register::built_in()?;
    for path in &args.register.actors {
        let entries = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        register.extend(&path.display().to_string(), &entries)?;
    }
    let codebook = match book {
        Book::UcdpGed => Codebook::UcdpGed,
        Book::Acled => Codebook::Acled,
        Book::Airwars => Codebook::Airwars,
        Book::Ibc => Codebook::Ibc,
    };
    let coded = code(ledger, codebook, &Gazetteer::built_in()?, &register)?;
    match &args.out {
        Some(path) => to_file(path, |out| args.format.write(&coded.table, out))?,
        None => {
            let mut page = Vec::new();
            args.format.write(&coded.table, &mut page)?;
            crate::terminal::write_out(&page)?;
        }
    }
    if let Some(path) = &args.explain {
        to_file(path, |out| Ok(coded.explain(out)?))?;
    }
    let rows = plural(coded.table.rows.len(), "event");
    say(&format!("{rows}; {} not for this codebook", plural(coded.left_out.len(), "incident")));
    Ok(Outcome::Done)
}

fn to_file(path: &Path, write: impl FnOnce(BufWriter<File>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
    write(BufWriter::new(file)).with_context(|| format!("{}: cannot be written", path.display()))
}
