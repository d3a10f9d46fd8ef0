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
            FailureKind::RatioTooHigh { .. } => "ratio-too-high",
            FailureKind::NestedTooDeep { .. } => "nested-too-deep",
            FailureKind::TooManyMembers { .. } => "too-many-members",
            FailureKind::TooSlow { .. } => "too-slow",
            FailureKind::BadArchive(_) => "bad-archive",
            FailureKind::BadRecord(_) => "bad-record",
            FailureKind::BadFeed(_) => "bad-feed",
            FailureKind::BadMail => "bad-mail",
            FailureKind::BadPdf(_) => "bad-pdf",
            FailureKind::InvalidTable(_) => "invalid-table",
            FailureKind::NoColumn { .. } => "no-column",
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
    /// Compressed bytes that inflate past [`crate::Options::max_ratio`].
    #[error("inflates to more than {limit} times its size: a decompression bomb, or very repetitive (--max-ratio)")]
    RatioTooHigh {
        /// The limit, as a factor.
        limit: u64,
    },
    /// Archives in archives past [`crate::Options::max_nesting`].
    #[error("archives nested too deep: more than {limit} one inside the other (--max-nesting)")]
    NestedTooDeep {
        /// The limit in archives.
        limit: usize,
    },
    /// An archive of more files than [`crate::Options::max_members`].
    #[error("too many files in one archive: the limit is {limit}")]
    TooManyMembers {
        /// The limit in files.
        limit: usize,
    },
    /// Work on one file past [`crate::Options::max_time`].
    #[error("too slow: not read within {limit} s")]
    TooSlow {
        /// The limit in seconds.
        limit: u64,
    },
    /// An archive, or a document in the form of one, that is broken.
    #[error("broken archive: {0}")]
    BadArchive(String),
    /// A WARC record that is broken.
    #[error("broken WARC record: {0}")]
    BadRecord(String),
    /// A feed that is broken, or none.
    #[error("not a feed: {0}")]
    BadFeed(String),
    /// A message that is broken, or none.
    #[error("not a message: no subject, sender or date")]
    BadMail,
    /// A PDF without text, or a broken one.
    #[error("no text from the PDF: {0}")]
    BadPdf(String),
    /// A table, or a row of one, that is broken.
    #[error("not a table: {0}")]
    InvalidTable(String),
    /// A table without a column that is asked for.
    #[error("no column {column:?}; the table has {columns} (--columns)")]
    NoColumn {
        /// The column.
        column: String,
        /// Those that are there.
        columns: String,
    },
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
