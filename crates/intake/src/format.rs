//! What a file is: by its name, else by its first bytes.
use crate::failure::FailureKind;
use crate::text;

/// How bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Html,
    JsonLines,
    Json,
    Csv,
    Tsv,
    /// RSS, Atom, JSON feeds.
    Feed,
    Warc,
    Zip,
    Tar,
    /// One file, or a tar archive, or a WARC, as the rest of the name says.
    Gzip,
    Mail,
    Pdf,
    Docx,
    /// By its first bytes.
    Sniffed,
}

impl Format {
    /// By the ending of a name; what the user `named` is read whatever it is called.
    pub(crate) fn of_name(name: &str, named: bool) -> Result<Format, FailureKind> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let ending = file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
        Ok(match ending.as_deref() {
            Some("txt" | "text" | "md" | "markdown" | "wet") => Format::Text,
            Some("html" | "htm" | "xhtml" | "shtml") => Format::Html,
            Some("jsonl" | "ndjson") => Format::JsonLines,
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            Some("tsv") => Format::Tsv,
            Some("rss" | "atom" | "rdf") => Format::Feed,
            Some("xml") => Format::Sniffed,
            Some("warc") => Format::Warc,
            Some("zip") => Format::Zip,
            Some("tar") => Format::Tar,
            Some("gz" | "tgz") => Format::Gzip,
            Some("eml") => Format::Mail,
            Some("pdf") => Format::Pdf,
            Some("docx") => Format::Docx,
            _ if named => Format::Sniffed,
            Some(e) => return Err(FailureKind::UnsupportedFormat(format!(".{e}"))),
            None => return Err(FailureKind::UnsupportedFormat("a file without an ending such as .txt".to_owned())),
        })
    }

    /// The name of what a gzip file holds: `a.warc.gz` → `a.warc`, `a.tgz` → `a.tar`.
    pub(crate) fn inner_name(name: &str) -> String {
        let lower = name.to_ascii_lowercase();
        match () {
            () if lower.ends_with(".tgz") => format!("{}.tar", &name[..name.len() - 4]),
            () if lower.ends_with(".gz") => name[..name.len() - 3].to_owned(),
            () => name.to_owned(),
        }
    }

    /// By the first bytes.
    pub(crate) fn of_bytes(head: &[u8]) -> Format {
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let holds = |mark: &str| memchr::memmem::find(&start[..start.len().min(1024)], mark.as_bytes()).is_some();
        match () {
            () if head.starts_with(b"PK\x03\x04") => Format::Zip,
            () if head.starts_with(b"\x1f\x8b") => Format::Gzip,
            () if head.starts_with(b"%PDF-") => Format::Pdf,
            () if start.starts_with(b"WARC/") => Format::Warc,
            () if head.len() > 262 && &head[257..262] == b"ustar" => Format::Tar,
            () if start.starts_with(b"{") => Format::JsonLines,
            () if start.starts_with(b"<") && (holds("<rss") || holds("<feed") || holds("<rdf:RDF")) => Format::Feed,
            () if start.starts_with(b"<") && text::is_page(start) => Format::Html,
            () => Format::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes_tell_the_format() {
        let name = |n: &str| Format::of_name(n, false).ok();
        assert_eq!(name("dump/a.WARC.gz"), Some(Format::Gzip));
        assert_eq!(Format::of_name(&Format::inner_name("a.warc.gz"), false).ok(), Some(Format::Warc));
        assert_eq!(Format::of_name(&Format::inner_name("a.tgz"), false).ok(), Some(Format::Tar));
        assert_eq!(name("a.exe"), None);
        assert_eq!(name("no-ending"), None);
        assert_eq!(Format::of_name("no-ending", true).ok(), Some(Format::Sniffed));
        for (bytes, format) in [
            (&b"PK\x03\x04"[..], Format::Zip),
            (b"%PDF-1.7", Format::Pdf),
            (b"WARC/1.0\r\n", Format::Warc),
            (b"<?xml version='1.0'?><rss version='2.0'>", Format::Feed),
            (b"<!DOCTYPE html><html>", Format::Html),
            (b"\xef\xbb\xbf{\"id\"", Format::JsonLines),
            (b"Shells hit the mill <b>", Format::Text),
        ] {
            assert_eq!(Format::of_bytes(bytes), format);
        }
    }
}
