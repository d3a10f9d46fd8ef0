//! The ledger: one SQLite file that keeps every report, claim and judgement, and the incidents they make.
//!
//! Entries (reports, readings, claims, judgements) are only ever added. Incidents are derived: a pure function of the
//! entries, kept in the file so that they need not be made anew, and brought up to date by [`Ledger::relink`]. Each
//! report is stored in one transaction: a process that dies leaves whole reports or none, and running the same command
//! again finishes the job.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use variorum_ledger::{Added, Ledger};
//! use variorum_model::{Analysis, Report};
//!
//! let mut ledger = Ledger::in_memory()?;
//! let report = Report { id: "r1".into(), text: "Two shells fell on Orlec.".into(), ..Report::default() };
//! let analysis = Analysis { report, ..Analysis::default() };
//! assert!(matches!(ledger.add(&analysis)?, Added::New));
//! assert!(matches!(ledger.add(&analysis)?, Added::Unchanged));
//! ledger.relink()?;
//! assert_eq!(ledger.counts()?.reports, 1);
//! # Ok(())
//! # }
//! ```

mod agreements;
mod audit;
mod changes;
mod check;
mod correction;
mod dating;
mod derive;
mod entry;
mod error;
mod explain;
mod former;
mod graph;
mod ground;
mod judge;
mod judged;
mod judgement;
mod key;
mod known;
mod lookup;
mod marking;
mod measure;
mod open;
mod outbox;
mod overview;
mod parts;
mod read;
mod region;
mod relink;
mod repeats;
mod replace;
mod search;
mod spoken;
mod watched;

pub use agreements::AgreementBook;
pub use audit::{AUDITED, FieldPrecision, Mark, audited, lot};
pub use changes::{Cause, Change, FieldChange, Since, What};
pub use check::Problem;
pub use correction::{FIELDS, correction, place};
pub use entry::{Added, Failure};
pub use error::LedgerError;
pub use explain::{Explained, Explanation, SharedKeys};
pub use ground::Ground;
pub use judgement::{Action, Judgement, Standing, State};
pub use key::report_key;
pub use lookup::Entry;
pub use marking::ClaimsById;
pub use measure::{nominal_alpha, wilson};
pub use open::{APPLICATION_ID, SCHEMA_VERSION};
pub use outbox::{Letter, Settled};
pub use overview::Revision;
pub use read::{ClaimFilter, Counts, Rows, StoredReport};
pub use relink::Relinked;
pub use repeats::Repeat;
pub use search::{ClaimFound, Piece, ReportFound};
pub use watched::{Address, Found, Validators};

pub use variorum_link::Likeness;

use std::path::PathBuf;

/// What every call of this crate answers.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;

/// An open ledger. One writer at a time, any number of readers, across processes.
pub struct Ledger {
    connection: rusqlite::Connection,
    /// Absent for a ledger in memory.
    path: Option<PathBuf>,
    read_only: bool,
    linker: variorum_link::Linker,
    known: known::Known,
}
