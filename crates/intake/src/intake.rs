use crate::archive::{ReadSeek, Tar, Zip};
use crate::container::{Container, Held, Queue, Thing};
use crate::failure::{Failure, FailureKind, Location};
use crate::format::Format;
use crate::jsonl::Lines;
use crate::limits::{Counted, gunzip, read_error, read_limited};
use crate::options::Options;
use crate::table::Table;
use crate::walk::{Input, Walk, failure, unreadable};
use crate::warc::Warc;
use crate::{docx, feed, json, mail, pdf, text};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use variorum_model::Report;

/// Reports from files, folders and standard input (`-`), in the order given; folders by name. See [`crate`].
///
/// A folder gives the files whose endings are known, and a failure for each file of another kind. A file that is named
/// is read whatever it is called. Archives, crawls and tables are read as they come: memory does not grow with the
/// number of reports, nor with the size of a file that holds many.
pub struct Intake {
    walk: Walk,
    options: Options,
    /// Containers that are open, innermost last.
    open: Vec<Open>,
    location: Location,
    bytes_read: Arc<AtomicU64>,
}

/// A container that is being read.
struct Open {
    /// What it is called in locations, and in the ids of what it holds.
    name: String,
    id: Option<String>,
    /// How many archives it lies in, itself included.
    depth: usize,
    container: Box<dyn Container>,
}

/// Bytes with a name.
struct Source {
    name: String,
    /// Identifier of a report that is all of it.
    id: Option<String>,
    bytes: Bytes,
    size: Option<u64>,
    depth: usize,
}

enum Bytes {
    Stream(Box<dyn Read + Send>),
    /// A file that can be opened once more.
    File(Box<dyn Read + Send>, PathBuf),
    Memory(Vec<u8>),
}

/// What became of a source.
type Opened = Result<Made, FailureKind>;

enum Made {
    Report(Box<Report>),
    Container(Box<dyn Container>),
}

impl Intake {
    /// An intake of these paths.
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: Options) -> Self {
        Intake {
            walk: Walk::new(paths.into_iter().map(|p| p.as_ref().to_owned()).collect(), options.left_out.clone()),
            options,
            open: Vec::new(),
            location: Location::default(),
            bytes_read: Arc::default(),
        }
    }

    /// An intake of one file that is in memory: `name` is what it is called, and tells its format where it has an ending
    /// that is known. No path is looked at.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, options: Options) -> Self {
        let mut intake = Intake::new(std::iter::empty::<&Path>(), options);
        let container = Box::new(Queue(vec![Held::member(name.to_owned(), Ok(bytes))].into_iter()));
        intake.open.push(Open { name: String::new(), id: None, depth: 0, container });
        intake
    }

    /// Where the report that was yielded last comes from.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Bytes of files read so far (compressed ones as they lie on disk), to be watched from another thread.
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

    fn open_input(&mut self, input: Input) -> Option<Result<Report, Failure>> {
        let (source, format) = match input {
            Input::Stdin => {
                let bytes = Counted { bytes: std::io::stdin(), n: self.bytes_read.clone() };
                let bytes = Bytes::Stream(Box::new(bytes));
                (Source { name: "-".to_owned(), id: None, bytes, size: None, depth: 0 }, Format::Sniffed)
            }
            Input::File { path, id, named } => {
                self.location = Location { input: path.display().to_string(), line: None };
                let format = match Format::of_name(&id, named) {
                    Ok(format) => format,
                    Err(kind) => return Some(Err(failure(&path, kind))),
                };
                let opened = File::open(&path).and_then(|f| f.metadata().map(|m| (f, m.is_file().then_some(m.len()))));
                let (file, size) = match opened {
                    Ok(opened) => opened,
                    Err(e) => return Some(Err(failure(&path, unreadable(e)))),
                };
                let name = path.display().to_string();
                let file = Box::new(Counted { bytes: file, n: self.bytes_read.clone() });
                let bytes = if size.is_some() { Bytes::File(file, path) } else { Bytes::Stream(file) };
                (Source { name, id: Some(id), bytes, size, depth: 0 }, format)
            }
        };
        self.read(source, format)
    }

    /// Reads a source to its end, or leaves it open. `None` when it is left open.
    fn read(&mut self, source: Source, format: Format) -> Option<Result<Report, Failure>> {
        self.location = Location { input: source.name.clone(), line: None };
        let (name, id, depth) = (source.name.clone(), source.id.clone(), source.depth);
        match self.made_of(source, format) {
            Ok(Made::Report(report)) => Some(Ok(*report)),
            Ok(Made::Container(container)) => {
                self.open.push(Open { name, id, depth: depth + 1, container });
                None
            }
            Err(kind) => Some(Err(Failure { location: self.location.clone(), kind })),
        }
    }

    fn made_of(&self, source: Source, format: Format) -> Opened {
        let options = &self.options;
        let Source { name, id, bytes, size, depth } = source;
        if size == Some(0) {
            return Err(FailureKind::Empty);
        }
        if format == Format::Zip || (format == Format::Docx) {
            let (bytes, stored) = seekable(bytes, size, options)?;
            return zip(Zip::new(bytes, stored, options)?, id, depth, options);
        }
        let path = if let Bytes::File(_, path) = &bytes { Some(path.clone()) } else { None };
        let mut reader = BufReader::new(stream(bytes));
        let format = match format {
            Format::Sniffed => Format::of_bytes(reader.fill_buf().map_err(read_error)?),
            format => format,
        };
        let report = |read: Result<Report, FailureKind>| read.map(|r| Made::Report(Box::new(r)));
        // A whole that holds many may be larger than a report.
        let many = |reader: BufReader<Box<dyn Read + Send>>| read_limited(reader, options.max_member_bytes);
        Ok(Made::Container(match format {
            Format::Text => {
                return report(text::read_all(reader, size, options).and_then(|b| text::from_bytes(b, id, options)));
            }
            Format::Html => {
                return report(
                    text::read_all(reader, size, options).and_then(|b| text::from_page(b, None, "", id, options)),
                );
            }
            Format::Pdf => return report(many(reader).and_then(|b| pdf::read(b, id, options))),
            Format::Zip | Format::Docx | Format::Sniffed => {
                let bytes = path.map_or_else(
                    || many(reader).map(Bytes::Memory),
                    |p| Ok(Bytes::File(Box::new(std::io::empty()), p)),
                )?;
                let (bytes, stored) = seekable(bytes, size, options)?;
                return zip(Zip::new(bytes, stored, options)?, id, depth, options);
            }
            Format::Gzip => {
                let inner = Format::inner_name(id.as_deref().unwrap_or(&name));
                let format = Format::of_name(&inner, true)?;
                nest(depth, options)?;
                let bytes = Bytes::Stream(gunzip(Box::new(reader), options));
                return self
                    .made_of(Source { name, id: id.map(|_| inner), bytes, size: None, depth: depth + 1 }, format);
            }
            Format::JsonLines => Box::new(Lines::new(Box::new(reader))),
            Format::Csv => Box::new(Table::new(Box::new(reader), b',', options)?),
            Format::Tsv => Box::new(Table::new(Box::new(reader), b'\t', options)?),
            Format::Warc => Box::new(Warc::new(Box::new(reader))),
            Format::Tar => {
                nest(depth, options)?;
                Box::new(Tar::new(Box::new(reader)))
            }
            Format::Json => json::read(many(reader)?, options)?,
            Format::Feed => feed::read(&many(reader)?, options)?,
            Format::Mail => mail::read(&many(reader)?, id, options)?,
        }))
    }

    /// The next report or failure of the innermost container; `None` when there is none, or another was opened inside.
    fn next_held(&mut self) -> Option<Result<Report, Failure>> {
        let open = self.open.last_mut()?;
        let Some(held) = open.container.next(&self.options) else {
            self.open.pop();
            return None;
        };
        let input = match &held.name {
            Some(name) if open.name.is_empty() => name.clone(),
            Some(name) => format!("{}/{name}", open.name),
            None => open.name.clone(),
        };
        let depth = open.depth;
        self.location = Location { input: input.clone(), line: held.line };
        match held.what {
            Ok(Thing::Report(report)) => Some(Ok(*report)),
            Ok(Thing::Member(bytes)) => {
                let member = held.name.unwrap_or_default();
                let id = open.id.as_ref().map_or_else(|| member.clone(), |outer| format!("{outer}/{member}"));
                let size = Some(bytes.len() as u64);
                let source = Source { name: input, id: Some(id), bytes: Bytes::Memory(bytes), size, depth };
                match Format::of_name(&member, depth == 0) {
                    Ok(format) => self.read(source, format),
                    Err(kind) => Some(Err(Failure { location: self.location.clone(), kind })),
                }
            }
            Err(kind) => Some(Err(Failure { location: self.location.clone(), kind })),
        }
    }
}

/// Archives may lie in archives, but not without end.
fn nest(depth: usize, options: &Options) -> Result<(), FailureKind> {
    match depth >= options.max_nesting {
        true => Err(FailureKind::NestedTooDeep { limit: options.max_nesting }),
        false => Ok(()),
    }
}

fn stream(bytes: Bytes) -> Box<dyn Read + Send> {
    match bytes {
        Bytes::Stream(bytes) | Bytes::File(bytes, _) => bytes,
        Bytes::Memory(bytes) => Box::new(Cursor::new(bytes)),
    }
}

/// Zip archives are read from their end.
fn seekable(bytes: Bytes, size: Option<u64>, options: &Options) -> Result<(Box<dyn ReadSeek>, u64), FailureKind> {
    match bytes {
        Bytes::File(_, path) => {
            Ok((Box::new(BufReader::new(File::open(path).map_err(unreadable)?)), size.unwrap_or(1)))
        }
        Bytes::Memory(bytes) => Ok((Box::new(Cursor::new(bytes)), size.unwrap_or(1))),
        Bytes::Stream(bytes) => {
            let bytes = read_limited(bytes, options.max_member_bytes)?;
            let stored = bytes.len() as u64;
            Ok((Box::new(Cursor::new(bytes)), stored))
        }
    }
}

fn zip(mut zip: Zip, id: Option<String>, depth: usize, options: &Options) -> Opened {
    if zip.is_docx() {
        return docx::read(&mut zip, id, options).map(|r| Made::Report(Box::new(r)));
    }
    nest(depth, options)?;
    Ok(Made::Container(Box::new(zip)))
}

impl Iterator for Intake {
    type Item = Result<Report, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = match self.open.is_empty() {
                false => self.next_held(),
                true => match self.walk.next()? {
                    Ok(input) => self.open_input(input),
                    Err(failure) => {
                        self.location = failure.location.clone();
                        Some(Err(failure))
                    }
                },
            };
            if item.is_some() {
                return item;
            }
        }
    }
}
