//! HTTP responses as archives keep them: status, type, and the body without its wrapping.
use crate::failure::FailureKind;
use crate::options::Options;
use crate::warc::inflate;

/// Status line and the headers that matter.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// `Content-Type`.
    pub(crate) mime: String,
    /// `Content-Encoding`, outermost last; in lower case.
    encodings: Vec<String>,
    chunked: bool,
    /// Where the body begins.
    body: usize,
}

impl Response {
    /// `None` for what is no response.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let (end, gap) = [(&b"\r\n\r\n"[..], 4), (b"\n\n", 2)]
            .iter()
            .filter_map(|(mark, len)| memchr::memmem::find(bytes, mark).map(|at| (at, *len)))
            .min()?;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let mut first = lines.next()?.split_whitespace();
        let status = first.next().filter(|v| v.starts_with("HTTP/")).and_then(|_| first.next())?.parse().ok()?;
        let mut response =
            Response { status, mime: String::new(), encodings: Vec::new(), chunked: false, body: end + gap };
        for (name, value) in lines.filter_map(|l| l.split_once(':')) {
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => response.mime = value.to_owned(),
                "content-encoding" => {
                    let each = value.split(',').map(|v| v.trim().to_ascii_lowercase());
                    response.encodings = each.filter(|v| !v.is_empty() && v != "identity").collect();
                }
                "transfer-encoding" => response.chunked = value.to_ascii_lowercase().contains("chunked"),
                _ => {}
            }
        }
        Some(response)
    }

    /// The body, joined and inflated. Crawlers often keep the headers of what they have unwrapped already: bytes that are
    /// not wrapped as the headers say are taken as they are.
    pub(crate) fn body(&self, bytes: &[u8], options: &Options) -> Result<Vec<u8>, FailureKind> {
        let raw = &bytes[self.body..];
        let mut body = if self.chunked { joined(raw).unwrap_or_else(|| raw.to_vec()) } else { raw.to_vec() };
        for encoding in self.encodings.iter().rev() {
            let is_gzip = body.starts_with(b"\x1f\x8b");
            body = match encoding.contains("gzip") && !is_gzip {
                true => body,
                false => inflate(&body, encoding, options)?,
            };
        }
        Ok(body)
    }
}

/// Chunks joined; `None` where the bytes are no chunks.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        // A body that breaks off is kept as far as it goes.
        let Some(chunk) = rest.get(..size) else {
            body.extend_from_slice(rest);
            return Some(body);
        };
        body.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").or(rest[size..].strip_prefix(b"\n")).unwrap_or(&rest[size..]);
        if rest.is_empty() {
            return Some(body);
        }
    }
}

/// `text/html; charset=koi8-r` → type in lower case, charset.
pub(crate) fn split_mime(mime: &str) -> (String, Option<String>) {
    let mut parts = mime.split(';');
    let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (essence, charset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn chunks_are_joined_and_gzip_inflated() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(b"<p>Shells hit the mill").unwrap();
        let gz = gz.finish().unwrap();
        let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        write!(bytes, "{:x};x=1\r\n", gz.len()).unwrap();
        bytes.extend(&gz);
        bytes.extend(b"\r\n0\r\n\r\n");
        let response = Response::parse(&bytes).unwrap();
        assert_eq!(split_mime(&response.mime), ("text/html".to_owned(), Some("UTF-8".to_owned())));
        assert_eq!(response.body(&bytes, &Options::default()).unwrap(), b"<p>Shells hit the mill");
        assert!(Response::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }
}
