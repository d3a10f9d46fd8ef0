//! JSON Lines, one line at a time.
use crate::container::{Container, Held};
use crate::failure::FailureKind;
use crate::limits::read_error;
use crate::options::Options;
use crate::report;
use crate::{collected, json};
use encoding_rs_io::DecodeReaderBytesBuilder;
use memchr::memchr;
use std::io::{BufRead, BufReader, Read};
use variorum_model::{Report, ReportInput, stable_id};

/// The lines of one input, blank ones left out.
pub(crate) struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    number: u64,
    n_found: u64,
}

/// One line as it was read.
enum Line {
    Whole(Vec<u8>),
    /// The last line, without a line end.
    Last(Vec<u8>),
    /// Longer than the limit; its length.
    TooLong(u64),
}

impl Lines {
    /// Takes bytes as UTF-8, or as UTF-16 where a byte order mark says so.
    pub(crate) fn new(bytes: Box<dyn Read + Send>) -> Self {
        let decoded =
            DecodeReaderBytesBuilder::new().bom_override(true).utf8_passthru(true).strip_bom(true).build(bytes);
        Lines { reader: BufReader::with_capacity(256 * 1024, Box::new(decoded)), number: 0, n_found: 0 }
    }

    /// The next report or failure with its line number, if it has one; `None` at the end.
    pub(crate) fn next(&mut self, options: &Options) -> Option<(Option<u64>, Result<Report, FailureKind>)> {
        loop {
            let line = match self.read_line(options.max_bytes) {
                Ok(Some(line)) => line,
                Ok(None) if self.n_found == 0 => {
                    self.n_found = 1;
                    return Some((None, Err(FailureKind::Empty)));
                }
                Ok(None) => return None,
                Err(e) => {
                    // What follows a read error cannot be told apart from it: this input ends here.
                    self.reader = BufReader::new(Box::new(std::io::empty()));
                    return Some((Some(self.number + 1), Err(read_error(e))));
                }
            };
            self.number += 1;
            let (bytes, last) = match line {
                Line::TooLong(size) => {
                    let kind = FailureKind::TooLarge { size, limit: options.max_bytes };
                    self.n_found += 1;
                    return Some((Some(self.number), Err(kind)));
                }
                Line::Whole(bytes) => (bytes, false),
                Line::Last(bytes) => (bytes, true),
            };
            if !bytes.trim_ascii().is_empty() {
                self.n_found += 1;
                return Some((Some(self.number), parse(bytes, last, options)));
            }
        }
    }

    /// Reads to the line end; past the limit, bytes are dropped and counted.
    fn read_line(&mut self, limit: u64) -> std::io::Result<Option<Line>> {
        let mut line: Vec<u8> = Vec::new();
        let mut size = 0u64;
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let end = memchr(b'\n', buffer);
            let taken = end.map_or(buffer.len(), |i| i + 1);
            let at_end_of_input = buffer.is_empty();
            size += taken as u64;
            if size <= limit {
                line.extend_from_slice(&buffer[..taken]);
            }
            self.reader.consume(taken);
            if at_end_of_input && size == 0 {
                return Ok(None);
            }
            if end.is_some() || at_end_of_input {
                return Ok(Some(match () {
                    () if size > limit => Line::TooLong(size),
                    () if at_end_of_input => Line::Last(line),
                    () => Line::Whole(line),
                }));
            }
        }
    }
}

fn parse(bytes: Vec<u8>, last: bool, options: &Options) -> Result<Report, FailureKind> {
    let line = String::from_utf8(bytes).map_err(|e| match e.utf8_error() {
        u if last && u.error_len().is_none() => FailureKind::HalfWritten,
        u => FailureKind::InvalidJson(format!("byte {} is not UTF-8", u.valid_up_to() + 1)),
    })?;
    // An array would pass for the fields in their order.
    if !line.trim_start().starts_with('{') {
        return Err(FailureKind::InvalidJson("not an object in braces".to_owned()));
    }
    let input = serde_json::from_str::<ReportInput>(&line).or_else(|e| with_plain_id(&line).ok_or(e));
    let input = input.map_err(|e| match e.is_eof() && last {
        true => FailureKind::HalfWritten,
        // A line is one JSON value, so serde's "line 1" says nothing.
        false => FailureKind::InvalidJson(e.to_string().replace(" at line 1 column", " at column")),
    })?;
    let read = report::from_input(input, || stable_id("r", &[line.trim()]), options);
    // A line of a collector has its text under another name.
    match read {
        Err(FailureKind::NoText) => json::from_line(&line, options).unwrap_or(Err(FailureKind::NoText)),
        read => read,
    }
}

/// Whether a record has the text, or the page, of a report under our own names.
pub(crate) fn is_ours(object: &serde_json::Map<String, serde_json::Value>) -> bool {
    object.keys().all(|name| collected::is_field(name))
}

impl Container for Lines {
    fn next(&mut self, options: &Options) -> Option<Held> {
        let (line, read) = Lines::next(self, options)?;
        let what = read.map(|r| crate::container::Thing::Report(Box::new(r)));
        Some(Held { line, name: None, what })
    }
}

/// The same report with a number for its id.
fn with_plain_id(line: &str) -> Option<ReportInput> {
    let mut value: serde_json::Value = serde_json::from_str(line).ok()?;
    let id = value.get_mut("id").filter(|id| id.is_number())?;
    *id = serde_json::Value::String(id.to_string());
    serde_json::from_value(value).ok()
}
