//! The log of log-ins and of refused actions: one JSON object a line, only ever added to.
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use utoipa::ToSchema;

/// What is read of the end of a log, in bytes.
const TAIL: u64 = 256 * 1024;
/// Most characters of what a stranger typed.
const LONGEST: usize = 100;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Access {
    /// RFC 3339, UTC.
    pub at: String,
    /// log-in, log-in refused, log-in limited, log-out, refused.
    pub what: String,
    /// The name that was given, or whose session it is; empty where there is none.
    pub user: String,
    /// Address of the machine; empty where not known.
    pub from: String,
    /// Of a refused action: method and path.
    pub action: String,
}

/// A log that is open.
pub(crate) struct AccessLog {
    path: PathBuf,
    file: Mutex<File>,
}

impl AccessLog {
    /// The log that goes with a file of users.
    pub(crate) fn beside(users: &Path) -> PathBuf {
        let mut name = users.as_os_str().to_owned();
        name.push(".log.jsonl");
        name.into()
    }

    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(AccessLog { path: path.to_owned(), file: Mutex::new(options.open(path)?) })
    }

    /// Adds an entry. What cannot be written is said on standard error: nobody is let in or refused otherwise for it.
    pub(crate) fn note(&self, what: &str, user: &str, from: &str, action: &str) {
        let at = jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string();
        let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let entry = Access { at, what: what.into(), user: cut(user), from: from.into(), action: cut(action) };
        let line = serde_json::to_string(&entry).expect("plain data") + "\n";
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(line.as_bytes()) {
            eprintln!("{}: {error}: {line}", self.path.display());
        }
    }

    /// The last entries, the latest first.
    pub(crate) fn latest(&self) -> std::io::Result<Vec<Access>> {
        let mut file = File::open(&self.path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.lines().rev().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }
}
