use crate::{Ledger, LedgerError, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// `VARI`: stands at byte 68 of every ledger.
pub const APPLICATION_ID: u32 = 0x5641_5249;

/// Version of the tables; stands at byte 60 of the file.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Each brings a ledger from the version of its index to the next.
const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
];

/// How much of a file a reader reads in place, in bytes.
const MAPPED: i64 = 8 << 30;
/// What a writer keeps of a file in memory, in KiB: bounded, whatever the size of the ledger.
const CACHED: i64 = 16 << 10;

/// How long a process waits for another to finish its transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

impl Ledger {
    /// Opens a ledger for reading and writing, bringing an older schema up to date.
    ///
    /// # Errors
    /// Missing, not a ledger, damaged, of a newer schema, locked, not writable. The file is then as it was.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path.as_ref(), false, BUSY_TIMEOUT)
    }

    /// As [`Ledger::open`], waiting at most `busy` for other processes.
    pub fn open_with_timeout(path: impl AsRef<Path>, busy: Duration) -> Result<Self> {
        Self::open_with(path.as_ref(), false, busy)
    }

    /// Opens a ledger for reading: also one that may not be written.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path.as_ref(), true, BUSY_TIMEOUT)
    }

    /// Makes a new ledger, whole or not at all.
    ///
    /// # Errors
    /// When there is a file of that name, or it cannot be made.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if path.exists() {
            return Err(LedgerError::Exists(path.to_owned()));
        }
        let io = |source| LedgerError::Io { path: path.to_owned(), source };
        // Made beside its place and then moved into it, so that no process ever sees half a schema.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let draft = tempfile::Builder::new().prefix(".ledger-").tempdir_in(folder).map_err(io)?;
        let draft_file = draft.path().join("ledger");
        let name = path.display().to_string();
        let sqlite = |error| LedgerError::sqlite(error, &name);
        let connection = Connection::open(&draft_file).map_err(sqlite)?;
        migrate(&connection, 0).map_err(sqlite)?;
        connection.pragma_update(None, "journal_mode", "wal").map_err(sqlite)?;
        connection.close().map_err(|(_, error)| sqlite(error))?;
        match std::fs::hard_link(&draft_file, path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(LedgerError::Exists(path.to_owned()));
            }
            // File systems without hard links.
            Err(_) => std::fs::rename(&draft_file, path).map_err(io)?,
        }
        drop(draft);
        Self::open(path)
    }

    /// Opens the ledger, or makes it when there is no such file.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self> {
        match Self::create(path.as_ref()) {
            Err(LedgerError::Exists(_)) => Self::open(path),
            other => other,
        }
    }

    /// A ledger that lives as long as the value.
    pub fn in_memory() -> Result<Self> {
        let sqlite = |error| LedgerError::sqlite(error, "memory");
        let connection = Connection::open_in_memory().map_err(sqlite)?;
        migrate(&connection, 0).map_err(sqlite)?;
        Self::configure(connection, None, false, BUSY_TIMEOUT)
    }

    /// Takes a project's outlets in, in the form of `data/link/outlets.toml`; `name` is for messages. Incidents are made
    /// anew at the next [`Ledger::relink`] where this changes what they were made with.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn add_outlets(&mut self, source: &str, name: &str) -> Result<()> {
        Ok(self.linker.add_outlets(source, name)?)
    }

    fn open_with(path: &Path, read_only: bool, busy: Duration) -> Result<Self> {
        let found = sniff(path)?;
        let name = path.display().to_string();
        let sqlite = |error| LedgerError::sqlite(error, &name);
        let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
        connection.busy_timeout(busy).map_err(sqlite)?;
        let version = |c: &Connection| c.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0));
        let current = match version(&connection) {
            Err(_) if read_only && !wal_of(path).exists() => {
                // A ledger in a folder that may not be written: without a log beside it the file is all there is.
                let uri = format!("file:{}?immutable=1", escaped(&name));
                connection = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(sqlite)?;
                version(&connection).map_err(sqlite)?
            }
            other => other.map_err(sqlite)?,
        };
        if current > SCHEMA_VERSION {
            return Err(LedgerError::Newer { path: path.to_owned(), found: current, known: SCHEMA_VERSION });
        }
        debug_assert!(found <= SCHEMA_VERSION);
        if current < SCHEMA_VERSION {
            if read_only {
                return Err(LedgerError::ReadOnly { path: name });
            }
            migrate(&connection, current).map_err(sqlite)?;
        }
        // Touches the catalogue: a damaged one is found now rather than in the middle of a run.
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).map_err(sqlite)?;
        connection
            .query_row("SELECT COUNT(*) FROM (SELECT 1 FROM report LIMIT 1)", [], |r| r.get::<_, i64>(0))
            .map_err(|error| match LedgerError::sqlite(error, &name) {
                LedgerError::Sqlite { source, .. } => {
                    LedgerError::Corrupt { path: name.clone(), reason: source.to_string() }
                }
                other => other,
            })?;
        Self::configure(connection, Some(path), read_only, busy)
    }

    fn configure(connection: Connection, path: Option<&Path>, read_only: bool, busy: Duration) -> Result<Self> {
        let name = path.map_or("memory".to_owned(), |p| p.display().to_string());
        let sqlite = |error| LedgerError::sqlite(error, &name);
        connection.busy_timeout(busy).map_err(sqlite)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(sqlite)?;
        // With a write-ahead log this loses no consistency, only the last transactions, on a loss of power.
        connection.pragma_update(None, "synchronous", "normal").map_err(sqlite)?;
        if read_only {
            // Pages are read in place rather than copied; more than that, the kept ones are the system's to drop.
            connection.pragma_update(None, "mmap_size", MAPPED).map_err(sqlite)?;
        } else {
            connection.pragma_update(None, "cache_size", -CACHED).map_err(sqlite)?;
        }
        connection.set_prepared_statement_cache_capacity(256);
        // Else a kept statement can be compiled anew each time that it is given another value.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(sqlite)?;
        let linker = variorum_link::Linker::load()?;
        Ok(Ledger { connection, path: path.map(Path::to_owned), read_only, linker, known: Default::default() })
    }

    /// From now on the log of changes is taken into the file by [`Ledger::checkpoint`] alone, so that no change waits for it.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn checkpoint_elsewhere(&self) -> Result<()> {
        self.connection.pragma_update(None, "wal_autocheckpoint", 0).map_err(|e| self.error(e))
    }

    /// Takes the log of changes into the file, as far as no reader needs it. Others read and write meanwhile.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn checkpoint(&self) -> Result<()> {
        let done = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        done.map_err(|e| self.error(e))
    }

    /// True when the ledger was opened for reading only.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The file; absent for a ledger in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> LedgerError {
        LedgerError::sqlite(error, &self.name())
    }

    pub(crate) fn name(&self) -> String {
        self.path.as_ref().map_or("memory".to_owned(), |p| p.display().to_string())
    }
}

/// Reads the head of the file without SQLite, so that a foreign file is never touched. Answers the schema version.
fn sniff(path: &Path) -> Result<u32> {
    let io = |source| LedgerError::Io { path: path.to_owned(), source };
    let not = |reason: &str| LedgerError::NotALedger { path: path.to_owned(), reason: reason.to_owned() };
    let mut file = match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(LedgerError::Missing(path.to_owned()));
        }
        other => other.map_err(io)?,
    };
    if file.metadata().map_err(io)?.is_dir() {
        return Err(not("it is a folder"));
    }
    let mut head = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut head).map_err(io)?;
    if head.is_empty() {
        return Err(not("it is empty"));
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(not("it is not an SQLite database"));
    }
    if head.len() < 100 {
        let reason = "it ends inside its header".to_owned();
        return Err(LedgerError::Corrupt { path: path.display().to_string(), reason });
    }
    let number = |at: usize| u32::from_be_bytes(head[at..at + 4].try_into().expect("four bytes"));
    if number(68) != APPLICATION_ID {
        return Err(not("it is another program's SQLite database"));
    }
    if number(60) > SCHEMA_VERSION {
        return Err(LedgerError::Newer { path: path.to_owned(), found: number(60), known: SCHEMA_VERSION });
    }
    Ok(number(60))
}

/// All missing migrations in one transaction.
fn migrate(connection: &Connection, from: u32) -> rusqlite::Result<()> {
    let mut script = String::from("BEGIN IMMEDIATE;\n");
    for migration in &MIGRATIONS[from as usize..] {
        script.push_str(migration);
    }
    script.push_str(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;"
    ));
    let done = connection.execute_batch(&script);
    if done.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    done
}

fn wal_of(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// A path as it stands in a `file:` URI.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
