//! What a ledger holds, in the forms that others work with.
//!
//! Three ways out. [`tables`] gives the ledger itself as six flat tables, written as CSV, JSON Lines, GeoJSON or Parquet.
//! [`codebook::code`] codes the incidents under a published codebook (UCDP GED, ACLED, Airwars, Iraq Body Count), one row
//! an event, with the rule that made each cell. A [`Selection`] of incidents gives tables of its own, and [`dossier`] makes
//! one page of it that opens from disk; [`Situation::of`] writes a report of it in which every sentence
//! names the claims that it rests on. Nothing is filled in that the ledger does not know: such cells are empty.

pub mod codebook;
mod csv;
mod dossier;
mod geojson;
mod jsonl;
mod parquet;
mod selection;
mod sheet;
mod situation;
mod table;
mod tables;

pub use csv::write_csv;
pub use dossier::dossier;
pub use geojson::write_geojson;
pub use jsonl::write_jsonl;
pub use parquet::write_parquet;
pub use selection::{SELECTED, Selection};
pub use situation::{Citation, Entry, Sentence, Situation};
pub use table::{Cell, Column, Kind, Table};
pub use tables::{NAMES, tables};

/// Why nothing could be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] variorum_ledger::LedgerError),
    /// Built-in data is not of its form.
    #[error("{0}")]
    Data(String),
    /// The output could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The output could not be written as CSV.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// The output could not be written as Parquet.
    #[error(transparent)]
    Parquet(#[from] ::parquet::errors::ParquetError),
}

/// What every call of this crate answers.
pub type Result<T, E = ExportError> = std::result::Result<T, E>;
