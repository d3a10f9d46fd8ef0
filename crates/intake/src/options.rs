use crate::published;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use variorum_model::Published;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Publication date of reports that come without one.
    pub(crate) published: Option<Published>,
    /// Most bytes that one report may have: a text file, or one line of JSON Lines.
    pub(crate) max_bytes: u64,
    /// Deepest nesting of the elements of a page.
    pub(crate) max_depth: usize,
    /// Most elements that a page may have.
    pub(crate) max_elements: usize,
    /// Most bytes of a file inside an archive, and of a file that holds many reports at once and is read whole.
    pub(crate) max_member_bytes: u64,
    /// Most files in an archive.
    pub(crate) max_members: usize,
    /// Most archives one inside the other.
    pub(crate) max_nesting: usize,
    /// Most times that bytes may inflate to their own number.
    pub(crate) max_ratio: u64,
    /// Longest time for one PDF.
    pub(crate) max_time: Duration,
    /// Program and arguments that read a PDF from standard input and write its text to standard output.
    pub(crate) pdf_reader: Option<(PathBuf, Vec<String>)>,
    /// Columns of tables and fields of records by what they hold, where the user says so.
    pub(crate) columns: BTreeMap<String, String>,
    /// Files that are not input, absolute.
    pub(crate) left_out: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            published: None,
            max_bytes: 5_000_000,
            max_depth: 400,
            max_elements: 200_000,
            max_member_bytes: 100_000_000,
            max_members: 1_000_000,
            max_nesting: 3,
            max_ratio: 250,
            max_time: Duration::from_secs(30),
            pdf_reader: None,
            columns: BTreeMap::new(),
            left_out: Vec::new(),
        }
    }
}

/// An option that does not make sense.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// Not a date of publication.
    #[error("not a date: {0:?} (want a day such as 2023-09-20, first/last day, or an RFC 3339 instant)")]
    Date(String),
    /// Not a mapping of columns.
    #[error(
        "not a mapping of columns: {0:?} (want text=Body,title=Headline; fields are id, text, html, title, publisher, url, byline, published, language)"
    )]
    Columns(String),
}

impl Options {
    /// Publication date of reports that come without one: a day, `first/last`, or an RFC 3339 instant.
    pub fn published(mut self, value: &str) -> Result<Self, OptionsError> {
        let parsed = published::parse(value).or_else(|| published::parse_interval(value));
        self.published = Some(parsed.ok_or_else(|| OptionsError::Date(value.to_owned()))?);
        Ok(self)
    }
    /// Most bytes that one report may have (5 MB unless told). Larger ones are reported, not read.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }
    /// Deepest nesting of the elements of a page (400 unless told).
    pub fn max_depth(mut self, elements: usize) -> Self {
        self.max_depth = elements;
        self
    }
    /// Most elements that a page may have (200,000 unless told).
    pub fn max_elements(mut self, elements: usize) -> Self {
        self.max_elements = elements;
        self
    }
    /// Most bytes of a file inside an archive, and of a feed, a message, a PDF or a JSON array (100 MB unless told).
    pub fn max_member_bytes(mut self, bytes: u64) -> Self {
        self.max_member_bytes = bytes;
        self
    }
    /// Most files in an archive (1,000,000 unless told).
    pub fn max_members(mut self, files: usize) -> Self {
        self.max_members = files;
        self
    }
    /// Most archives one inside the other (3 unless told; a `.tar.gz` is two).
    pub fn max_nesting(mut self, archives: usize) -> Self {
        self.max_nesting = archives;
        self
    }
    /// Most times that compressed bytes may inflate to their own number, past the first megabyte (250 unless told).
    pub fn max_ratio(mut self, times: u64) -> Self {
        self.max_ratio = times;
        self
    }
    /// Longest time for the reading of one PDF (30 s unless told).
    pub fn max_time(mut self, time: Duration) -> Self {
        self.max_time = time;
        self
    }
    /// A program that reads a PDF from standard input and writes its text, as [`crate::pdf_text`] gives it, to standard
    /// output. A hostile file then breaks that process and not this one.
    pub fn pdf_reader(mut self, program: PathBuf, args: &[&str]) -> Self {
        self.pdf_reader = Some((program, args.iter().map(|a| (*a).to_owned()).collect()));
        self
    }
    /// What the columns of tables hold: `text=Body,title=Headline`. What is not mapped is told by common names.
    ///
    /// # Errors
    /// Where it is not of this form, or names a field that a report does not have.
    pub fn columns(mut self, mapping: &str) -> Result<Self, OptionsError> {
        for pair in mapping.split(',').filter(|p| !p.trim().is_empty()) {
            let (field, column) = pair.split_once('=').ok_or_else(|| OptionsError::Columns(mapping.to_owned()))?;
            if !crate::collected::is_field(field.trim()) || column.trim().is_empty() {
                return Err(OptionsError::Columns(mapping.to_owned()));
            }
            self.columns.insert(field.trim().to_owned(), column.trim().to_owned());
        }
        Ok(self)
    }
    /// Leaves a file out where a folder holds it, with those that only add to its name (`x.db-wal`): the program's own
    /// output may lie among its input. The file need not exist yet.
    pub fn leave_out(mut self, file: impl AsRef<Path>) -> Self {
        let file = file.as_ref();
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let (Ok(folder), Some(name)) = (folder.canonicalize(), file.file_name()) {
            self.left_out.push(folder.join(name));
        }
        self
    }
}
