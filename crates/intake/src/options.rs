use crate::published;
use std::path::{Path, PathBuf};
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
    /// Files that are not input, absolute.
    pub(crate) left_out: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options { published: None, max_bytes: 5_000_000, max_depth: 400, max_elements: 200_000, left_out: Vec::new() }
    }
}

/// An option that does not make sense.
#[derive(Debug, thiserror::Error)]
#[error("not a date: {0:?} (want a day such as 2023-09-20, first/last day, or an RFC 3339 instant)")]
pub struct OptionsError(String);

impl Options {
    /// Publication date of reports that come without one: a day, `first/last`, or an RFC 3339 instant.
    pub fn published(mut self, value: &str) -> Result<Self, OptionsError> {
        let parsed = published::parse(value).or_else(|| published::parse_interval(value));
        self.published = Some(parsed.ok_or_else(|| OptionsError(value.to_owned()))?);
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
