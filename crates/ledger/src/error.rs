use std::path::PathBuf;

/// Why a ledger could not be opened, read or written. Whatever the error, the file is left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no file of this name.
    #[error("there is no ledger at {}", .0.display())]
    Missing(PathBuf),
    /// There is already a file of this name.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{} is not a ledger: {reason}", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What it is, or is not.
        reason: String,
    },
    /// The file was written by a later version of the program.
    #[error("{} has schema {found}, newer than this program's {known}; use a newer version of the program", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another process held the ledger for longer than the busy time-out.
    #[error("{path} is locked by another process; try again when it has finished")]
    Locked {
        /// The file, or `memory`.
        path: String,
    },
    /// The file is damaged.
    #[error("{path} is damaged: {reason}")]
    Corrupt {
        /// The file, or `memory`.
        path: String,
        /// What SQLite or the check said.
        reason: String,
    },
    /// The ledger was opened for reading, or the file or its folder may not be written.
    #[error("{path} cannot be written")]
    ReadOnly {
        /// The file, or `memory`.
        path: String,
    },
    /// The disk is full.
    #[error("no space left for {path}")]
    Full {
        /// The file, or `memory`.
        path: String,
    },
    /// Nothing has this id, or an id that starts so.
    #[error("no {what} {id:?} in the ledger")]
    NotFound {
        /// Report, claim, incident or judgement.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// Several entries have an id that starts so.
    #[error("{id:?} could be {n} {what}s: {}", .candidates.join(", "))]
    Ambiguous {
        /// Report, claim, incident or judgement.
        what: &'static str,
        /// What was asked for.
        id: String,
        /// How many there are.
        n: usize,
        /// The first few of them.
        candidates: Vec<String>,
    },
    /// The claim is in no incident.
    #[error("claim {claim} is in no incident: it was rejected, or waits to be linked")]
    Unlinked {
        /// Its id.
        claim: String,
    },
    /// A judgement that makes no sense against the ledger as it is.
    #[error("{0}")]
    Judgement(String),
    /// The built-in linkage data cannot be used.
    #[error(transparent)]
    Linkage(#[from] variorum_link::LoadError),
    /// The file could not be read or made.
    #[error("{}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("{path}")]
    Sqlite {
        /// The file, or `memory`.
        path: String,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// Another process holds the ledger.
    pub fn is_locked(&self) -> bool {
        matches!(self, LedgerError::Locked { .. })
    }
    /// The file is damaged.
    pub fn is_corrupt(&self) -> bool {
        matches!(self, LedgerError::Corrupt { .. })
    }
    /// The file is something else than a ledger.
    pub fn is_not_a_ledger(&self) -> bool {
        matches!(self, LedgerError::NotALedger { .. })
    }
    /// The file is of a later version of the program.
    pub fn is_newer(&self) -> bool {
        matches!(self, LedgerError::Newer { .. })
    }
    /// Nothing of that name: no file, or no entry.
    pub fn is_not_found(&self) -> bool {
        matches!(self, LedgerError::NotFound { .. } | LedgerError::Missing(_))
    }
    /// The id given fits several entries.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, LedgerError::Ambiguous { .. })
    }

    /// Names what SQLite reports.
    pub(crate) fn sqlite(source: rusqlite::Error, path: &str) -> Self {
        use rusqlite::ErrorCode::*;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => LedgerError::Locked { path },
            Some(DatabaseCorrupt | NotADatabase) => LedgerError::Corrupt { path, reason: source.to_string() },
            Some(ReadOnly | PermissionDenied) => LedgerError::ReadOnly { path },
            Some(DiskFull) => LedgerError::Full { path },
            _ => LedgerError::Sqlite { path, source },
        }
    }
}
