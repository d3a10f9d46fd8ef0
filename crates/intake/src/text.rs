//! A whole input as one report.
use crate::charset::{Decoded, decode};
use crate::failure::FailureKind;
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
    let read = bytes.by_ref().take(limit + 1).read_to_end(&mut all).map_err(FailureKind::Unreadable)? as u64;
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
    report::complete(&mut report, options);
    Ok(report)
}
