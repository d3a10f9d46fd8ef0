//! A whole input as one report.
use crate::charset::{Decoded, decode, decode_page};
use crate::failure::FailureKind;
use crate::limits::read_error;
use crate::options::Options;
use crate::report;
use std::io::Read;
use variorum_model::{Report, stable_id};

/// Reads to the end, or to the limit. `size` is the length where it is known.
pub(crate) fn read_all(mut bytes: impl Read, size: Option<u64>, options: &Options) -> Result<Vec<u8>, FailureKind> {
    let limit = options.max_bytes;
    if let Some(size) = size.filter(|s| *s > limit) {
        return Err(FailureKind::TooLarge { size, limit });
    }
    let mut all = Vec::with_capacity(size.unwrap_or(0) as usize);
    let read = bytes.by_ref().take(limit + 1).read_to_end(&mut all).map_err(read_error)? as u64;
    if read > limit {
        return Err(FailureKind::TooLarge { size: read, limit });
    }
    Ok(all)
}

/// Makes a report of a text; without an id it gets the hash of its text.
pub(crate) fn from_bytes(bytes: Vec<u8>, id: Option<String>, options: &Options) -> Result<Report, FailureKind> {
    if bytes.trim_ascii().is_empty() {
        return Err(FailureKind::Empty);
    }
    let Decoded { text, diagnostics } = decode(bytes).ok_or(FailureKind::Binary)?;
    if text.trim().is_empty() {
        return Err(FailureKind::Empty);
    }
    let id = id.unwrap_or_else(|| stable_id("r", &[&text]));
    let mut report = Report { id, text, diagnostics, ..Report::default() };
    report::complete(&mut report, None, options);
    Ok(report)
}

/// Makes a report of a page; `declared` is the charset that it was sent with, `address` where it was found.
pub(crate) fn from_page(
    bytes: Vec<u8>,
    declared: Option<&str>,
    address: &str,
    id: Option<String>,
    options: &Options,
) -> Result<Report, FailureKind> {
    if bytes.trim_ascii().is_empty() {
        return Err(FailureKind::Empty);
    }
    let Decoded { text: html, diagnostics } = decode_page(bytes, declared).ok_or(FailureKind::Binary)?;
    let mut report = report::from_page(&html, address, |text| id.unwrap_or_else(|| stable_id("r", &[text])), options)?;
    report.diagnostics.extend(diagnostics);
    Ok(report)
}

/// Whether bytes without a name are a page.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    ["<html", "<!doctype html", "<body", "<head"]
        .iter()
        .any(|mark| memchr::memmem::find(&head, mark.as_bytes()).is_some())
}
