//! The ledger behind the room: any number of readers, one writer.
use crate::cast::Cast;
use crate::overview::Overview;
use crate::reference::Reference;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use variorum_ledger::{Ledger, LedgerError};

/// Readers kept open between requests.
const KEPT: usize = 8;

/// Opens connections as they are needed and keeps a few.
pub(crate) struct Shelf {
    path: PathBuf,
    readers: Mutex<Vec<Ledger>>,
    writer: Mutex<()>,
    overview: Mutex<Arc<Overview>>,
    /// Made when it is first asked for.
    cast: Mutex<Option<Arc<Cast>>>,
}

impl Shelf {
    /// Opens the ledger once for writing, so that an older schema is brought up to date, else for reading only.
    pub(crate) fn open(path: &Path) -> Result<Self, LedgerError> {
        match Ledger::open(path) {
            Ok(_) | Err(LedgerError::ReadOnly { .. }) => {}
            Err(error) => return Err(error),
        }
        let reader = Ledger::open_read_only(path)?;
        let overview = Arc::new(Overview::default().brought_up_to(&reader)?);
        Ok(Shelf {
            path: path.to_owned(),
            readers: Mutex::new(vec![reader]),
            writer: Mutex::new(()),
            overview: Mutex::new(overview),
            cast: Mutex::new(None),
        })
    }

    /// The file's name, without its folder.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Asks the ledger something. Blocks.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Ledger) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        let kept = lock(&self.readers).pop();
        let reader = kept.map_or_else(|| Ledger::open_read_only(&self.path), Ok)?;
        let answer = ask(&reader);
        let mut readers = lock(&self.readers);
        if readers.len() < KEPT && !answer.as_ref().is_err_and(LedgerError::is_corrupt) {
            readers.push(reader);
        }
        answer
    }

    /// Changes the ledger, one change at a time. Blocks.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let _turn = lock(&self.writer);
        change(&mut Ledger::open(&self.path)?)
    }

    /// All incidents in outline, as the ledger stands now. Blocks; costs by what has changed.
    pub(crate) fn overview(&self) -> Result<Arc<Overview>, LedgerError> {
        let known = Arc::clone(&lock(&self.overview));
        self.read(|ledger| {
            if ledger.revision()? == known.revision {
                return Ok(known);
            }
            let fresh = Arc::new(known.brought_up_to(ledger)?);
            *lock(&self.overview) = Arc::clone(&fresh);
            Ok(fresh)
        })
    }

    /// Everybody, as the ledger stands now. Blocks; made anew from all claims when anything has changed.
    pub(crate) fn cast(&self, reference: &Reference) -> Result<Arc<Cast>, LedgerError> {
        let known = lock(&self.cast).clone();
        self.read(|ledger| {
            let revision = ledger.revision()?;
            if let Some(cast) = known.filter(|cast| cast.revision == revision) {
                return Ok(cast);
            }
            let fresh = Arc::new(Cast::of(ledger, reference)?);
            *lock(&self.cast) = Some(Arc::clone(&fresh));
            Ok(fresh)
        })
    }
}

/// A panic elsewhere leaves the value usable: nothing is changed half way under these locks.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
