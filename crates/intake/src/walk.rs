//! Paths to files, in a stable order.
use crate::failure::{Failure, FailureKind, Location};
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// One thing to open.
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File {
        path: PathBuf,
        /// Identifier of a report that is the whole file: its path under the folder given, or its name.
        id: String,
        /// Whether the user named it, rather than a folder above it.
        named: bool,
    },
}

/// Goes through paths in the order given, and through folders by name, deeper folders in their place.
pub(crate) struct Walk {
    given: VecDeque<PathBuf>,
    /// Open folders, innermost last.
    folders: Vec<Folder>,
    left_out: Vec<PathBuf>,
}

struct Folder {
    /// Canonical, to see loops.
    real: PathBuf,
    /// Path under the folder given, `/` between names.
    prefix: String,
    rest: std::vec::IntoIter<PathBuf>,
}

pub(crate) fn failure(path: &Path, kind: FailureKind) -> Failure {
    Failure { location: Location { input: path.display().to_string(), line: None }, kind }
}

pub(crate) fn unreadable(error: std::io::Error) -> FailureKind {
    if error.kind() == ErrorKind::NotFound { FailureKind::NotFound } else { FailureKind::Unreadable(error) }
}

impl Walk {
    /// `left_out` are absolute paths of files that folders may hold and that are no input.
    pub(crate) fn new(given: VecDeque<PathBuf>, left_out: Vec<PathBuf>) -> Self {
        Walk { given, folders: Vec::new(), left_out }
    }

    fn enter(&mut self, path: &Path, prefix: String) -> Result<(), Failure> {
        let fail = |e| failure(path, unreadable(e));
        let real = path.canonicalize().map_err(fail)?;
        if self.folders.iter().any(|f| f.real == real) {
            return Err(failure(path, FailureKind::FolderLoop));
        }
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            let adds_to = |own: &Path| {
                let own_name = own.file_name().unwrap_or_default().as_encoded_bytes();
                own.parent() == Some(&real) && name.as_encoded_bytes().starts_with(own_name)
            };
            // Dot files belong to file managers and version control, not to a collection.
            let is_input = !name.as_encoded_bytes().starts_with(b".") && !self.left_out.iter().any(|own| adds_to(own));
            if is_input {
                entries.push(entry.path());
            }
        }
        entries.sort();
        self.folders.push(Folder { real, prefix, rest: entries.into_iter() });
        Ok(())
    }

    fn open(&mut self, path: PathBuf, prefix: &str, named: bool) -> Option<Result<Input, Failure>> {
        let meta = match std::fs::metadata(&path) {
            Ok(meta) => meta,
            Err(e) => return Some(Err(failure(&path, unreadable(e)))),
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        if meta.is_dir() {
            let prefix = if named { String::new() } else { format!("{prefix}{name}/") };
            return self.enter(&path, prefix).err().map(Err);
        }
        if !meta.is_file() && !named {
            let kind = FailureKind::UnsupportedFormat("not a regular file".to_owned());
            return Some(Err(failure(&path, kind)));
        }
        let id = format!("{prefix}{name}");
        Some(Ok(Input::File { path, id, named }))
    }
}

impl Iterator for Walk {
    type Item = Result<Input, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let found = match self.folders.last_mut() {
                Some(folder) => match folder.rest.next() {
                    Some(path) => {
                        let prefix = folder.prefix.clone();
                        self.open(path, &prefix, false)
                    }
                    None => {
                        self.folders.pop();
                        None
                    }
                },
                None => {
                    let path = self.given.pop_front()?;
                    if path.as_os_str() == "-" { Some(Ok(Input::Stdin)) } else { self.open(path, "", true) }
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }
}
