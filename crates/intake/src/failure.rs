use std::fmt;

/// Which input, and where in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// Path as it was given or found; `-` for standard input.
    pub input: String,
    /// Line in a JSON Lines file, counted from 1.
    pub line: Option<u64>,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.input),
            None => f.write_str(&self.input),
        }
    }
}

/// Why an input, or one line of it, gives no report.
#[derive(Debug, thiserror::Error)]
#[error("{location}: {kind}")]
pub struct Failure {
    /// The input at fault.
    pub location: Location,
    /// What is wrong with it.
    #[source]
    pub kind: FailureKind,
}

impl Failure {
    /// A short stable name of the kind: `invalid-json`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            FailureKind::NotFound => "not-found",
            FailureKind::Unreadable(_) => "unreadable",
            FailureKind::Empty => "empty",
            FailureKind::Binary => "binary",
            FailureKind::TooLarge { .. } => "too-large",
            FailureKind::InvalidJson(_) => "invalid-json",
            FailureKind::HalfWritten => "half-written",
            FailureKind::NoText => "no-text",
            FailureKind::UnsupportedFormat(_) => "unsupported-format",
            FailureKind::FolderLoop => "folder-loop",
            FailureKind::NoArticle => "no-article",
            FailureKind::TooDeep { .. } => "too-deep",
            FailureKind::TooManyElements { .. } => "too-many-elements",
        }
    }
}

/// The kinds of [`Failure`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FailureKind {
    /// Nothing is there.
    #[error("no such file or folder")]
    NotFound,
    /// It is there and cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
    /// No byte, or nothing but white space.
    #[error("empty")]
    Empty,
    /// Not text.
    #[error("binary data, not text")]
    Binary,
    /// More bytes than [`crate::Options::max_bytes`] for one report.
    #[error("too large: {}, the limit for one report is {}", Bytes(*size), Bytes(*limit))]
    TooLarge {
        /// Size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A line that is not a report in JSON.
    #[error("invalid JSON: {0}")]
    InvalidJson(String),
    /// The last line breaks off.
    #[error("half-written: the last line breaks off")]
    HalfWritten,
    /// A report without `text`.
    #[error("no text: the report has no \"text\" field, or nothing in it")]
    NoText,
    /// A format that is not read.
    #[error("format not supported: {0}")]
    UnsupportedFormat(String),
    /// A link that leads back to a folder above it.
    #[error("link that leads back to a folder above it")]
    FolderLoop,
    /// A page without any text.
    #[error("no article: the page holds no text")]
    NoArticle,
    /// A page that nests deeper than [`crate::Options::max_depth`].
    #[error("nested too deep: more than {limit} elements one inside the other")]
    TooDeep {
        /// The limit in elements.
        limit: usize,
    },
    /// A page with more elements than [`crate::Options::max_elements`].
    #[error("too many elements: the limit for one page is {limit}")]
    TooManyElements {
        /// The limit in elements.
        limit: usize,
    },
}

/// A number of bytes for people: `52.4 MB`.
pub(crate) struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            n if n >= 1_000_000 => write!(f, "{:.1} MB", n as f64 / 1e6),
            n if n >= 1_000 => write!(f, "{:.1} kB", n as f64 / 1e3),
            n => write!(f, "{n} bytes"),
        }
    }
}
