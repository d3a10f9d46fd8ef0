//! WARC (ISO 28500): what crawlers write. Records are read one at a time; only those that hold reports are held at all.
use crate::container::{Container, Held, Thing};
use crate::failure::FailureKind;
use crate::http;
use crate::limits::{Counted, Inflated, read_error, read_limited};
use crate::options::Options;
use crate::web::from_web;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use variorum_model::Report;

/// Name of a record, and its report or why there is none.
type Record = (String, Result<Report, FailureKind>);

/// The records of one file.
pub(crate) struct Warc {
    bytes: BufReader<Box<dyn Read + Send>>,
    n: u64,
    over: bool,
}

/// Longest header of a record, in bytes.
const LONGEST_HEADER: u64 = 64 * 1024;

/// The header fields that matter.
#[derive(Default)]
struct Header {
    kind: String,
    uri: String,
    mime: String,
    length: u64,
}

impl Warc {
    pub(crate) fn new(bytes: Box<dyn Read + Send>) -> Self {
        Warc { bytes: BufReader::with_capacity(256 * 1024, bytes), n: 0, over: false }
    }

    fn line(&mut self) -> Result<Option<String>, FailureKind> {
        let mut line = Vec::new();
        let n = (&mut self.bytes).take(LONGEST_HEADER).read_until(b'\n', &mut line).map_err(read_error)?;
        Ok((n > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    /// The next header; what stands before it and is none is passed over. `None` at the end.
    fn header(&mut self) -> Result<Option<Header>, FailureKind> {
        let mut strayed = false;
        loop {
            match self.line()? {
                None if strayed => {
                    return Err(FailureKind::BadRecord("no WARC record where one should begin".to_owned()));
                }
                None => return Ok(None),
                Some(line) if line.starts_with("WARC/") => break,
                Some(line) => strayed |= !line.is_empty(),
            }
        }
        let mut header = Header::default();
        let mut length = None;
        let mut n = 0u64;
        loop {
            let line =
                self.line()?.ok_or_else(|| FailureKind::BadRecord("the file ends inside a header".to_owned()))?;
            n += line.len() as u64 + 2;
            if line.is_empty() {
                break;
            }
            if n > LONGEST_HEADER {
                return Err(FailureKind::BadRecord("header without an end".to_owned()));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_owned(),
                "warc-target-uri" => header.uri = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => header.mime = value.to_owned(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        header.length = length.ok_or_else(|| FailureKind::BadRecord("no Content-Length".to_owned()))?;
        Ok(Some(header))
    }

    /// The report of the next record that holds one, with its address.
    fn record(&mut self, options: &Options) -> Result<Option<Record>, FailureKind> {
        loop {
            let Some(header) = self.header()? else { return Ok(None) };
            self.n += 1;
            let limit = options.max_member_bytes;
            let wanted = matches!(header.kind.as_str(), "response" | "resource" | "conversion");
            let mut payload = (&mut self.bytes).take(header.length);
            if !wanted || header.length > limit {
                std::io::copy(&mut payload, &mut std::io::sink()).map_err(read_error)?;
                if wanted {
                    return Ok(Some((header.uri, Err(FailureKind::TooLarge { size: header.length, limit }))));
                }
                continue;
            }
            let mut payload_bytes = Vec::with_capacity(header.length as usize);
            payload.read_to_end(&mut payload_bytes).map_err(read_error)?;
            if (payload_bytes.len() as u64) < header.length {
                return Err(FailureKind::BadRecord("the file ends inside a record".to_owned()));
            }
            if let Some(read) = report(&header, payload_bytes, options) {
                return Ok(Some((header.uri, read)));
            }
        }
    }
}

/// `None` for what is no report: pictures, redirections, errors of the server.
fn report(header: &Header, payload: Vec<u8>, options: &Options) -> Option<Result<Report, FailureKind>> {
    let is_http = header.kind == "response" || header.mime.starts_with("application/http");
    let (mime, body) = match is_http {
        true => {
            let response = http::Response::parse(&payload)?;
            if response.status != 200 {
                return None;
            }
            match response.body(&payload, options) {
                Ok(body) => (response.mime, body),
                Err(kind) => return Some(Err(kind)),
            }
        }
        false => (header.mime.clone(), payload),
    };
    from_web(&mime, body, &header.uri, options)
}

impl Container for Warc {
    fn next(&mut self, options: &Options) -> Option<Held> {
        if self.over {
            return None;
        }
        match self.record(options) {
            Ok(Some((_, read))) => {
                Some(Held { line: Some(self.n), name: None, what: read.map(|r| Thing::Report(Box::new(r))) })
            }
            Ok(None) => None,
            Err(kind) => {
                // A record without a length can be passed over; after a read error nothing can be found.
                self.over = matches!(kind, FailureKind::Unreadable(_) | FailureKind::RatioTooHigh { .. });
                Some(Held { line: Some(self.n + 1), name: None, what: Err(kind) })
            }
        }
    }
}

/// Inflates the body of a response.
pub(crate) fn inflate(body: &[u8], encoding: &str, options: &Options) -> Result<Vec<u8>, FailureKind> {
    let n: Arc<_> = Arc::default();
    let counted = Counted { bytes: body, n: Arc::clone(&n) };
    let limit = options.max_member_bytes;
    match encoding {
        "gzip" | "x-gzip" => read_limited(Inflated::new(flate2::read::MultiGzDecoder::new(counted), n, options), limit),
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            read_limited(Inflated::new(flate2::read::ZlibDecoder::new(counted), n, options), limit)
        }
        "deflate" => read_limited(Inflated::new(flate2::read::DeflateDecoder::new(counted), n, options), limit),
        other => Err(FailureKind::UnsupportedFormat(format!("content encoding {other:?}"))),
    }
}
