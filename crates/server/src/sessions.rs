//! Sessions of users who logged in, and how often one may try to.
use crate::access::AccessLog;
use crate::guard::Who;
use crate::users::{UserError, Users};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A session ends so long after the last request, and so long after it began.
const IDLE: Duration = Duration::from_secs(12 * 3600);
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);
/// Wrong passwords for one name, and from one address, within the time after which they are forgotten.
const TRIES_OF_NAME: usize = 5;
const TRIES_FROM_ADDRESS: usize = 20;
const FORGOTTEN: Duration = Duration::from_secs(5 * 60);

/// Why a log-in failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Name and password do not belong together.
    Wrong,
    /// Too many tries: seconds until the next.
    TooMany(u64),
}

/// When a file was changed, its length, and which file it is.
type Stamp = (SystemTime, u64, u64);

struct Session {
    user: String,
    began: Instant,
    last: Instant,
}

/// Users, their sessions, and the log.
pub(crate) struct Sessions {
    path: PathBuf,
    pub(crate) log: AccessLog,
    users: Mutex<(Option<Stamp>, Users)>,
    /// By hash of the token.
    open: Mutex<HashMap<[u8; 32], Session>>,
    tries: Mutex<HashMap<String, Vec<Instant>>>,
    /// Passwords are compared one at a time: it takes memory and time by design.
    comparing: Mutex<()>,
}

impl Sessions {
    pub(crate) fn open(path: &Path) -> Result<Self, UserError> {
        let users = Users::read(path)?;
        if users.all().is_empty() {
            let hint = "other machines can reach that address, so users must be there first: `variorum user add NAME --role coder`";
            return Err(UserError::Refused(format!("{}: no users; {hint}", path.display())));
        }
        let log = AccessLog::beside(path);
        let log = AccessLog::open(&log).map_err(|source| UserError::Io { path: log.clone(), source })?;
        Ok(Sessions {
            path: path.to_owned(),
            log,
            users: Mutex::new((changed(path), users)),
            open: Mutex::default(),
            tries: Mutex::default(),
            comparing: Mutex::default(),
        })
    }

    /// The users as the file has them now; as they were, while it cannot be read.
    fn users(&self) -> Users {
        let mut known = lock(&self.users);
        let now = changed(&self.path);
        if known.0 != now
            && let Ok(users) = Users::read(&self.path)
        {
            *known = (now, users);
        }
        known.1.clone()
    }

    /// Begins a session; answers its token. Blocks for the time of a hash.
    pub(crate) fn log_in(&self, name: &str, password: &str, from: &str) -> Result<(String, Who), Refused> {
        let keys = [(format!("name {name}"), TRIES_OF_NAME), (format!("from {from}"), TRIES_FROM_ADDRESS)];
        let _turn = lock(&self.comparing);
        if let Some(seconds) = self.must_wait(&keys) {
            self.log.note("log-in limited", name, from, "");
            return Err(Refused::TooMany(seconds));
        }
        let users = self.users();
        let Some(user) = users.check(name, password) else {
            let mut tries = lock(&self.tries);
            keys.into_iter().for_each(|(key, _)| tries.entry(key).or_default().push(Instant::now()));
            self.log.note("log-in refused", name, from, "");
            return Err(Refused::Wrong);
        };
        lock(&self.tries).remove(&keys[0].0);
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| Refused::Wrong)?;
        let token: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let now = Instant::now();
        let mut open = lock(&self.open);
        open.retain(|_, session| is_open(session));
        open.insert(hash(&token), Session { user: user.name.clone(), began: now, last: now });
        self.log.note("log-in", name, from, "");
        Ok((token, Who { name: user.name.as_str().into(), role: user.role }))
    }

    /// Seconds until somebody may try again.
    fn must_wait(&self, keys: &[(String, usize)]) -> Option<u64> {
        let mut tries = lock(&self.tries);
        tries.values_mut().for_each(|times| times.retain(|at| at.elapsed() < FORGOTTEN));
        tries.retain(|_, times| !times.is_empty());
        let waits = keys.iter().filter_map(|(key, most)| {
            let times = tries.get(key).filter(|times| times.len() >= *most)?;
            // The oldest of the last so many is the next to be forgotten.
            Some(FORGOTTEN.saturating_sub(times[times.len() - most].elapsed()).as_secs() + 1)
        });
        waits.max()
    }

    /// Whose session a token is of, with the role that the user has now.
    pub(crate) fn who(&self, token: &str) -> Option<Who> {
        let name = {
            let mut open = lock(&self.open);
            let session = open.get_mut(&hash(token)).filter(|session| is_open(session))?;
            session.last = Instant::now();
            session.user.clone()
        };
        let users = self.users();
        let user = users.all().iter().find(|user| user.name == name)?;
        Some(Who { name: user.name.as_str().into(), role: user.role })
    }

    /// Ends a session.
    pub(crate) fn log_out(&self, token: &str, from: &str) {
        if let Some(session) = lock(&self.open).remove(&hash(token)) {
            self.log.note("log-out", &session.user, from, "");
        }
    }
}

fn is_open(session: &Session) -> bool {
    session.last.elapsed() < IDLE && session.began.elapsed() < LONGEST
}

/// Tokens are kept and found by their hash, so that the time of a look-up tells nothing about them.
fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// What is another thing after each change: the clock of a file system ticks too slowly to tell two changes apart, but each
/// makes a new file.
fn changed(path: &Path) -> Option<Stamp> {
    let found = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    let file = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let file = 0;
    Some((found.modified().ok()?, found.len(), file))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
