//! The ledger behind the room: any number of readers, one writer.
use crate::cast::Cast;
use crate::facts::Facts;
use crate::network::{Network, Relations};
use crate::overview::Overview;
use crate::reference::Reference;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use variorum_extract::actor::Known;
use variorum_ledger::{AgreementBook, Ledger, LedgerError, Revision};
use variorum_model::Agreement;

/// Readers kept open between requests.
const KEPT: usize = 64;
/// Without a change for so long, changes are taken into the file; and at the latest so long after the first of them.
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(5);

/// Opens connections as they are needed and keeps a few.
pub(crate) struct Shelf {
    path: PathBuf,
    readers: Mutex<Vec<Ledger>>,
    /// Opened at the first change.
    writer: Mutex<Option<Ledger>>,
    /// Told of each change.
    tending: Sender<()>,
    overview: Kept<Arc<Overview>>,
    cast: Kept<(Revision, Arc<Cast>)>,
    network: Kept<(Revision, Arc<Network>)>,
    agreements: Kept<Arc<Agreements>>,
    /// What these are made from.
    facts: Mutex<Facts>,
    book: Mutex<AgreementBook>,
    /// Whom the register knows, by name.
    pub(crate) known: BTreeMap<String, Known>,
    pub(crate) relations: Relations,
}

/// The agreements as of one revision.
#[derive(Default)]
pub(crate) struct Agreements {
    revision: Revision,
    pub(crate) items: Arc<Vec<Agreement>>,
}

/// Something that is made anew when the ledger has changed: by the first who asks, while the others wait for it.
#[derive(Default)]
struct Kept<T> {
    value: Mutex<T>,
    making: Mutex<()>,
}

impl<T: Clone> Kept<T> {
    fn get<E>(&self, is_fresh: impl Fn(&T) -> bool, make: impl FnOnce(T) -> Result<T, E>) -> Result<T, E> {
        let known = lock(&self.value).clone();
        if is_fresh(&known) {
            return Ok(known);
        }
        let _turn = lock(&self.making);
        let known = lock(&self.value).clone();
        if is_fresh(&known) {
            return Ok(known);
        }
        let fresh = make(known)?;
        *lock(&self.value) = fresh.clone();
        Ok(fresh)
    }
}

impl Shelf {
    /// Opens the ledger once for writing, so that an older schema is brought up to date, else for reading only.
    pub(crate) fn open(path: &Path, reference: &Reference) -> Result<Self, LedgerError> {
        match Ledger::open(path) {
            Ok(_) | Err(LedgerError::ReadOnly { .. }) => {}
            Err(error) => return Err(error),
        }
        let reader = Ledger::open_read_only(path)?;
        let overview = Arc::new(Overview::default().brought_up_to(&reader)?);
        Ok(Shelf {
            path: path.to_owned(),
            readers: Mutex::new(vec![reader]),
            writer: Mutex::new(None),
            tending: tend(path.to_owned()),
            overview: Kept { value: Mutex::new(overview), ..Kept::default() },
            cast: Kept::default(),
            network: Kept::default(),
            agreements: Kept::default(),
            book: Mutex::default(),
            facts: Mutex::default(),
            known: reference.known(),
            relations: Relations::built_in(),
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
        let mut writer = lock(&self.writer);
        // Taken out: after a panic or damage the next change opens the file anew.
        let opened = || Ledger::open(&self.path).and_then(|ledger| ledger.checkpoint_elsewhere().map(|()| ledger));
        let mut ledger = writer.take().map_or_else(opened, Ok)?;
        let done = change(&mut ledger);
        // The other end is there as long as this is.
        let _ = self.tending.send(());
        if !done.as_ref().is_err_and(LedgerError::is_corrupt) {
            *writer = Some(ledger);
        }
        done
    }

    /// All incidents in outline, as the ledger stands now. Blocks; costs by what has changed.
    pub(crate) fn overview(&self) -> Result<Arc<Overview>, LedgerError> {
        self.read(|ledger| {
            let revision = ledger.revision()?;
            let make = |known: Arc<Overview>| known.brought_up_to(ledger).map(Arc::new);
            self.overview.get(|known| known.revision.covers(&revision), make)
        })
    }

    /// Everybody, as the ledger stands now. Blocks; reads again what has changed, and counts anew where that is another thing.
    pub(crate) fn cast(&self) -> Result<Arc<Cast>, LedgerError> {
        self.of_facts(&self.cast, |cast| cast.generation, Cast::of)
    }

    /// Who stands in what relation to whom. As [`Shelf::cast`].
    pub(crate) fn network(&self) -> Result<Arc<Network>, LedgerError> {
        self.of_facts(&self.network, |network| network.generation, Network::of)
    }

    fn of_facts<T>(
        &self,
        kept: &Kept<(Revision, Arc<T>)>,
        generation: impl Fn(&T) -> u64,
        make: impl FnOnce(&Facts) -> T,
    ) -> Result<Arc<T>, LedgerError> {
        self.read(|ledger| {
            let revision = ledger.revision()?;
            let anew = |(_, known): (Revision, Arc<T>)| {
                self.facts(ledger, |facts| {
                    let same = facts.generation == generation(&known);
                    (facts.revision, if same { known } else { Arc::new(make(facts)) })
                })
            };
            Ok(kept.get(|(known, _)| known.covers(&revision), anew)?.1)
        })
    }

    /// The agreements. Blocks; made anew where what has changed bears on one.
    pub(crate) fn agreements(&self) -> Result<Arc<Agreements>, LedgerError> {
        self.read(|ledger| {
            let revision = ledger.revision()?;
            let make = |known: Arc<Agreements>| {
                let items = ledger.bring_agreements_up_to(&mut lock(&self.book))?.map(Arc::new);
                Ok(Arc::new(Agreements { revision, items: items.unwrap_or_else(|| Arc::clone(&known.items)) }))
            };
            self.agreements.get(|known| known.revision.covers(&revision), make)
        })
    }

    /// The facts as the ledger stands now.
    pub(crate) fn facts<T>(&self, ledger: &Ledger, of: impl FnOnce(&Facts) -> T) -> Result<T, LedgerError> {
        let mut facts = lock(&self.facts);
        if !facts.revision.covers(&ledger.revision()?) {
            facts.bring_up_to(ledger, &|claim| self.relations.of(claim))?;
        }
        Ok(of(&facts))
    }

    /// Reads what the pages need before anybody asks.
    pub(crate) fn warm(&self) {
        // What is wrong here is told to who asks.
        let _ = self.cast().is_ok() && self.network().is_ok() && self.agreements().is_ok();
    }
}

/// Takes changes into the ledger's file when nobody waits for it: a moment after the last one, or while they go on and on.
fn tend(path: PathBuf) -> Sender<()> {
    let (sender, changes) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || {
        let mut ledger: Option<Ledger> = None;
        while changes.recv().is_ok() {
            let first = Instant::now();
            while first.elapsed() < LONGEST && changes.recv_timeout(PAUSE).is_ok() {}
            // What cannot be done now is done after the next change, or by who opens the ledger next.
            ledger = ledger.or_else(|| Ledger::open(&path).ok()).filter(|ledger| ledger.checkpoint().is_ok());
        }
    });
    sender
}

/// A panic elsewhere leaves the value usable: nothing is changed half way under these locks.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
