//! Bounds on what foreign bytes can make of themselves.
use crate::failure::FailureKind;
use crate::options::Options;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the bytes that pass.
pub(crate) struct Counted<R> {
    pub(crate) bytes: R,
    pub(crate) n: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.n.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Inflated bytes up to which no ratio is looked at.
const FREE: u64 = 1_000_000;

/// Ends with an error where bytes inflate to too many times their number.
pub(crate) struct Inflated<R> {
    bytes: R,
    n_in: Arc<AtomicU64>,
    n_out: u64,
    limit: u64,
}

impl<R: Read> Inflated<R> {
    /// `n_in` counts the bytes before inflation.
    pub(crate) fn new(bytes: R, n_in: Arc<AtomicU64>, options: &Options) -> Self {
        Inflated { bytes, n_in, n_out: 0, limit: options.max_ratio }
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.n_out += n as u64;
        if self.n_out > FREE && self.n_out > self.limit.saturating_mul(self.n_in.load(Ordering::Relaxed)) {
            return Err(io::Error::other(Ratio(self.limit)));
        }
        Ok(n)
    }
}

/// Whether sizes that an archive states, or that were read, go past the ratio.
pub(crate) fn check_ratio(inflated: u64, stored: u64, options: &Options) -> Result<(), FailureKind> {
    match inflated > FREE && inflated > options.max_ratio.saturating_mul(stored.max(1)) {
        true => Err(FailureKind::RatioTooHigh { limit: options.max_ratio }),
        false => Ok(()),
    }
}

/// A reader that inflates gzip, members one after another.
pub(crate) fn gunzip(bytes: Box<dyn Read + Send>, options: &Options) -> Box<dyn Read + Send> {
    let n_in: Arc<AtomicU64> = Arc::default();
    let counted = Counted { bytes, n: n_in.clone() };
    Box::new(Inflated::new(flate2::read::MultiGzDecoder::new(counted), n_in, options))
}

/// The ratio was passed; carried through `io::Error`.
#[derive(Debug)]
struct Ratio(u64);

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "inflates to more than {} times its size", self.0)
    }
}

impl std::error::Error for Ratio {}

/// Why reading failed: a limit that was passed, or the bytes themselves.
pub(crate) fn read_error(error: io::Error) -> FailureKind {
    match error.get_ref().and_then(|e| e.downcast_ref::<Ratio>()) {
        Some(Ratio(limit)) => FailureKind::RatioTooHigh { limit: *limit },
        None => FailureKind::Unreadable(error),
    }
}

/// Reads to the end, or fails past a limit.
pub(crate) fn read_limited(bytes: impl Read, limit: u64) -> Result<Vec<u8>, FailureKind> {
    let mut all = Vec::new();
    let n = bytes.take(limit.saturating_add(1)).read_to_end(&mut all).map_err(read_error)? as u64;
    if n > limit {
        return Err(FailureKind::TooLarge { size: n, limit });
    }
    Ok(all)
}
