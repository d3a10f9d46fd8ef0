//! Who may come in where other machines can: users with passwords and roles, in a file beside the ledger.
use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use utoipa::ToSchema;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// Most characters of a name, and bytes of a password: hashing takes longer the longer it is.
const LONGEST: usize = 200;

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read.
    Reader,
    /// Read, decide, mark.
    Coder,
    /// The same, and read the log of log-ins and refused actions.
    Admin,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Role::Reader => "reader",
            Role::Coder => "coder",
            Role::Admin => "admin",
        })
    }
}

/// A user of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Signs judgements.
    pub name: String,
    /// What he or she may do.
    pub role: Role,
    /// Argon2id, in PHC string format.
    password: String,
}

/// Why users could not be read or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserError {
    /// The file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not of its form.
    #[error("{path}: {reason}", path = path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// Where and why.
        reason: String,
    },
    /// That cannot be a name, or a password, or is one already.
    #[error("{0}")]
    Refused(String),
}

/// What is compared where there is no such user.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("").unwrap_or_default());

fn hashed(password: &str) -> Result<String, argon2::password_hash::Error> {
    let salt = SaltString::generate(&mut OsRng);
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    user: Vec<User>,
}

/// The users of one file.
#[derive(Debug, Clone, Default)]
pub struct Users {
    path: PathBuf,
    all: Vec<User>,
}

impl Users {
    /// The file that goes with a ledger unless another is named.
    pub fn beside(ledger: &Path) -> PathBuf {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".users");
        name.into()
    }

    /// Reads the file; no users where there is none.
    ///
    /// # Errors
    /// When it cannot be read or is not of its form.
    pub fn read(path: &Path) -> Result<Self, UserError> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            other => other.map_err(|source| UserError::Io { path: path.to_owned(), source })?,
        };
        let form = |reason: String| UserError::Form { path: path.to_owned(), reason };
        let file: File = toml::from_str(&text).map_err(|e| form(e.to_string()))?;
        if let Some(user) = file.user.iter().find(|u| PasswordHash::new(&u.password).is_err()) {
            return Err(form(format!("the password of {:?} is not a hash", user.name)));
        }
        Ok(Users { path: path.to_owned(), all: file.user })
    }

    /// All of them, in the order in which they were added.
    pub fn all(&self) -> &[User] {
        &self.all
    }

    /// Adds a user and writes the file.
    ///
    /// # Errors
    /// No name, one that is there, a password that is too short; the file cannot be written.
    pub fn add(&mut self, name: &str, role: Role, password: &str) -> Result<(), UserError> {
        let refuse = |why: String| Err(UserError::Refused(why));
        if name.trim() != name || name.is_empty() || name.chars().any(char::is_control) || name.len() > LONGEST {
            return refuse(format!("{name:?} cannot be a name"));
        }
        if self.all.iter().any(|user| user.name == name) {
            return refuse(format!("there is a user {name:?}; remove that one first"));
        }
        if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST {
            return refuse(format!(
                "a password has {SHORTEST_PASSWORD} characters or more, and {LONGEST} bytes at most"
            ));
        }
        let password = hashed(password).map_err(|e| UserError::Refused(e.to_string()))?;
        self.all.push(User { name: name.to_owned(), role, password });
        self.write()
    }

    /// Takes a user away and writes the file. Sessions of hers end with the next request.
    ///
    /// # Errors
    /// No such user; the file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<(), UserError> {
        let before = self.all.len();
        self.all.retain(|user| user.name != name);
        if self.all.len() == before {
            return Err(UserError::Refused(format!("there is no user {name:?}")));
        }
        self.write()
    }

    /// The user with this name and password. Takes the time of a hash whether there is such a name or not.
    pub fn check(&self, name: &str, password: &str) -> Option<&User> {
        let user = self.all.iter().find(|user| user.name == name);
        let hash = PasswordHash::new(user.map_or(&NOBODY, |user| &user.password)).ok()?;
        let right = password.len() <= LONGEST && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        user.filter(|_| right)
    }

    /// Whole or not at all, and for the owner's eyes only.
    fn write(&self) -> Result<(), UserError> {
        let io = |source| UserError::Io { path: self.path.clone(), source };
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A temporary file is readable by its owner only.
        let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
        let text = toml::to_string(&File { user: self.all.clone() }).expect("plain data");
        draft
            .write_all(b"# Users of the reading room: `variorum user` writes this file. Passwords are Argon2id.\n")
            .and_then(|()| draft.write_all(text.as_bytes()))
            .and_then(|()| draft.as_file().sync_all())
            .map_err(io)?;
        draft.persist(&self.path).map(|_| ()).map_err(|e| io(e.error))
    }
}
