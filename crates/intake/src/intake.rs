use crate::failure::{Failure, FailureKind, Location};
use crate::jsonl::Lines;
use crate::options::Options;
use crate::text;
use crate::walk::{Input, Walk, failure, unreadable};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use variorum_model::Report;

/// Reports from files, folders and standard input (`-`), in the order given; folders by name. See [`crate`].
///
/// A folder gives its `.txt`, `.md`, `.html` and `.jsonl` files, and a failure for each file of another kind. A file that is
/// named is read whatever it is called. Memory does not grow with the number of reports.
pub struct Intake {
    walk: Walk,
    options: Options,
    lines: Option<(String, Lines)>,
    location: Location,
    bytes_read: Arc<AtomicU64>,
}

/// How a file is read.
#[derive(Clone, Copy, PartialEq)]
enum Format {
    Text,
    Html,
    JsonLines,
    /// By its first character.
    Sniffed,
}

impl Intake {
    /// An intake of these paths.
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: Options) -> Self {
        Intake {
            walk: Walk::new(paths.into_iter().map(|p| p.as_ref().to_owned()).collect(), options.left_out.clone()),
            options,
            lines: None,
            location: Location::default(),
            bytes_read: Arc::default(),
        }
    }

    /// Where the report that was yielded last comes from.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Bytes read so far, to be watched from another thread.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        self.bytes_read.clone()
    }

    /// Sum of the sizes of the files that these paths lead to, in bytes; `None` where standard input is among them.
    pub fn total_bytes<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Option<u64> {
        let walk = Walk::new(paths.into_iter().map(|p| p.as_ref().to_owned()).collect(), Vec::new());
        let size = |input| match input {
            Ok(Input::File { path, .. }) => Some(std::fs::metadata(path).map_or(0, |m| m.len())),
            Ok(Input::Stdin) => None,
            Err(_) => Some(0),
        };
        walk.map(size).sum()
    }

    fn open(&mut self, input: Input) -> Option<Result<Report, Failure>> {
        match input {
            Input::Stdin => {
                self.location = Location { input: "-".to_owned(), line: None };
                self.read("-".to_owned(), Box::new(std::io::stdin()), None, None, Format::Sniffed)
            }
            Input::File { path, id, named } => {
                self.location = Location { input: path.display().to_string(), line: None };
                let format = match format_of(&path, named) {
                    Ok(format) => format,
                    Err(kind) => return Some(Err(failure(&path, kind))),
                };
                let opened = File::open(&path).and_then(|f| f.metadata().map(|m| (f, m.is_file().then_some(m.len()))));
                match opened {
                    Ok((file, size)) => self.read(path.display().to_string(), Box::new(file), size, Some(id), format),
                    Err(e) => Some(Err(failure(&path, unreadable(e)))),
                }
            }
        }
    }

    /// Reads a text to its end, or leaves a file of lines open. `None` when it is left open.
    fn read(
        &mut self,
        name: String,
        bytes: Box<dyn Read + Send>,
        size: Option<u64>,
        id: Option<String>,
        format: Format,
    ) -> Option<Result<Report, Failure>> {
        let fail = |kind| Failure { location: Location { input: name.clone(), line: None }, kind };
        if size == Some(0) {
            return Some(Err(fail(FailureKind::Empty)));
        }
        let mut bytes = BufReader::new(Counted { bytes, n: self.bytes_read.clone() });
        let first = match bytes.fill_buf() {
            Ok(buffer) => buffer.trim_ascii_start().first().copied(),
            Err(e) => return Some(Err(fail(FailureKind::Unreadable(e)))),
        };
        if format == Format::JsonLines || (format == Format::Sniffed && first == Some(b'{')) {
            self.lines = Some((name, Lines::new(Box::new(bytes))));
            return None;
        }
        let sniffed_page = format == Format::Sniffed && bytes.buffer().iter().take(1024).any(|b| *b == b'<');
        let report = text::read_all(bytes, size, &self.options).and_then(|b| match format {
            Format::Html => text::from_page(b, None, "", id, &self.options),
            _ if sniffed_page && text::is_page(&b) => text::from_page(b, None, "", id, &self.options),
            _ => text::from_bytes(b, id, &self.options),
        });
        Some(report.map_err(fail))
    }
}

fn format_of(path: &Path, named: bool) -> Result<Format, FailureKind> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("txt" | "text" | "md" | "markdown") => Ok(Format::Text),
        Some("jsonl" | "ndjson") => Ok(Format::JsonLines),
        Some("html" | "htm" | "xhtml" | "shtml") => Ok(Format::Html),
        Some(e @ ("pdf" | "docx" | "warc" | "zip" | "gz" | "eml" | "csv" | "xml")) => {
            Err(FailureKind::UnsupportedFormat(format!(".{e}")))
        }
        _ if named => Ok(Format::Sniffed),
        Some(e) => Err(FailureKind::UnsupportedFormat(format!(".{e}"))),
        None => Err(FailureKind::UnsupportedFormat("a file without an ending such as .txt".to_owned())),
    }
}

impl Iterator for Intake {
    type Item = Result<Report, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((name, lines)) = &mut self.lines {
                match lines.next(&self.options) {
                    Some((line, read)) => {
                        self.location = Location { input: name.clone(), line };
                        return Some(read.map_err(|kind| Failure { location: self.location.clone(), kind }));
                    }
                    None => self.lines = None,
                }
            }
            let item = match self.walk.next()? {
                Ok(input) => self.open(input),
                Err(failure) => {
                    self.location = failure.location.clone();
                    Some(Err(failure))
                }
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

/// Counts the bytes that pass.
struct Counted {
    bytes: Box<dyn Read + Send>,
    n: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.n.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
