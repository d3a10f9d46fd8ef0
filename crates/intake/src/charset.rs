//! Bytes to text.
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;
use std::sync::LazyLock;
use variorum_model::Diagnostic;

/// A decoded text, without its byte order mark.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

fn diagnostic(code: &str, message: String) -> Diagnostic {
    Diagnostic { code: code.to_owned(), message }
}

/// Decodes: by the byte order mark; as UTF-8 where that is what it is; as UTF-16 where zero bytes say so; else by the
/// statistics of legacy encodings (the detector that Firefox uses). `None` for what is not text at all.
pub(crate) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..], Vec::new());
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return decode_as(encoding, &bytes, vec![guessed(encoding)]);
    }
    if is_binary(&bytes) {
        return None;
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some(Decoded { text, diagnostics: Vec::new() }),
        Err(e) => {
            let utf8 = e.utf8_error();
            let (valid, cut_off) = (utf8.valid_up_to(), utf8.error_len().is_none());
            let mut bytes = e.into_bytes();
            // A UTF-8 text whose last character lacks bytes: the writer was interrupted.
            if cut_off && bytes[..valid].iter().any(|b| !b.is_ascii()) {
                bytes.truncate(valid);
                let text = String::from_utf8(bytes).ok()?;
                let message = "the file ends inside a character: it was not written to its end".to_owned();
                return Some(Decoded { text, diagnostics: vec![diagnostic("truncated", message)] });
            }
            bytes
        }
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    decode_as(encoding, &bytes, vec![guessed(encoding)])
}

/// Decodes a page: by the byte order mark, by its bytes where they are UTF-8 beyond doubt, by what it is declared to be
/// (`declared`, from the headers it came with; else its own meta element), else as [`decode`] does.
pub(crate) fn decode_page(bytes: Vec<u8>, declared: Option<&str>) -> Option<Decoded> {
    let is_utf8 = || std::str::from_utf8(&bytes).is_ok();
    if Encoding::for_bom(&bytes).is_some() || is_utf8() || is_binary(&bytes) {
        return decode(bytes);
    }
    let label = declared.and_then(|l| Encoding::for_label(l.as_bytes())).or_else(|| in_meta(&bytes));
    match label {
        // A declaration that the bytes belie is worth no more than none, unless only a few of them do.
        Some(encoding) if encoding == UTF_8 => {
            let text = String::from_utf8_lossy(&bytes);
            let n_bad = text.matches('\u{FFFD}').count();
            let n_good = text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
            if n_bad <= 3 || n_bad * 4 <= n_good { decode_as(UTF_8, &bytes, Vec::new()) } else { decode(bytes) }
        }
        Some(encoding) => decode_as(encoding, &bytes, Vec::new()),
        None => decode(bytes),
    }
}

/// How far into a page its charset is looked for, in bytes.
const META_SAMPLE: usize = 4096;

/// `<meta charset="windows-1252">`, `content="text/html; charset=koi8-r"`, `<?xml encoding="…"?>`.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([a-z0-9_:.-]{2,40})"#)
            .expect("a valid pattern")
    });
    let found = DECLARED.captures(&bytes[..bytes.len().min(META_SAMPLE)])?;
    let encoding = Encoding::for_label(&found[1])?;
    // What can be read as ASCII to find the declaration is not UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn guessed(encoding: &'static Encoding) -> Diagnostic {
    diagnostic("charset-guessed", format!("no character set is stated; read as {}", encoding.name()))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], mut diagnostics: Vec<Diagnostic>) -> Option<Decoded> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if encoding != UTF_8 && is_binary(text.as_bytes()) {
        return None;
    }
    if damaged {
        let n = text.matches('\u{FFFD}').count();
        let message = format!("{n} places are not valid {} and were replaced by U+FFFD", encoding.name());
        diagnostics.push(diagnostic("charset-damaged", message));
    }
    Some(Decoded { text: text.into_owned(), diagnostics })
}

/// How much of an input is looked at to tell text from other data.
const SAMPLE: usize = 64 * 1024;

/// UTF-16 text of a European language has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = pairs * 7 / 10;
    match (even, odd) {
        (e, o) if o >= most && e * 50 < pairs => Some(UTF_16LE),
        (e, o) if e >= most && o * 50 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// First bytes of formats that people put beside texts.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"SQLite format 3\0",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
];

/// Data of another kind: a known signature, or more than one control character in fifty.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    SIGNATURES.iter().any(|s| sample.starts_with(s)) || sample.iter().filter(|b| control(b)).count() * 50 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let decoded = decode(bytes.to_vec()).expect("text");
        (decoded.text, decoded.diagnostics.into_iter().map(|d| d.code).collect())
    }

    const TEXT: &str =
        "Le général Šimić a dit : « Rien n’a été détruit à Jezrín », selon l’agence. Les dégâts étaient limités.";

    #[test]
    fn utf8_is_taken_as_it_is() {
        let text = "No-break\u{a0}space, “mixed\" quotes,\r\nand a line end.";
        assert_eq!(read(text.as_bytes()), (text.to_owned(), vec![]));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), (text.to_owned(), vec![]));
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_by_its_zeros() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(read(&utf16(&format!("\u{feff}{TEXT}"))), (TEXT.to_owned(), vec![]));
        assert_eq!(read(&utf16(TEXT)), (TEXT.to_owned(), vec!["charset-guessed".to_owned()]));
        let big_endian: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&big_endian).0, TEXT);
    }

    #[test]
    fn legacy_encodings_are_guessed_and_said() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("“No one was hurt,” the café owner said — not even him.");
        let (text, codes) = read(&bytes);
        assert_eq!(text, "“No one was hurt,” the café owner said — not even him.");
        assert_eq!(codes, ["charset-guessed"]);
        let russian = "Министерство обороны сообщило о трёх погибших в результате обстрела города.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(read(&bytes).0, russian);
    }

    #[test]
    fn a_file_cut_inside_a_character_is_still_utf8() {
        let text = "L’armée a quitté la vallée d’Été";
        let bytes = &text.as_bytes()[..text.len() - 1];
        assert_eq!(read(bytes), ("L’armée a quitté la vallée d’Ét".to_owned(), vec!["truncated".to_owned()]));
    }

    #[test]
    fn a_page_is_decoded_by_what_it_declares() {
        let page = "<html><head><meta charset=koi8-r></head><body>Генерал сказал: Орваш молчит";
        let koi8 = encoding_rs::KOI8_R.encode(page).0.into_owned();
        let text = |bytes: &[u8], declared| decode_page(bytes.to_vec(), declared).unwrap().text;
        assert_eq!(text(&koi8, None), page);
        // Headers come before the page, and bytes before both.
        assert_ne!(text(&koi8, Some("windows-1251")), page);
        assert_eq!(text(page.as_bytes(), Some("windows-1251")), page);
        assert_eq!(text(&koi8, Some("no-such-charset")), page);
        let latin =
            encoding_rs::WINDOWS_1252.encode("<meta charset=utf-8><p>Café “Łódź”, été, déjà, blé, clé.").0.into_owned();
        assert!(text(&latin, None).contains("été, déjà"));
    }

    #[test]
    fn other_data_is_not_text() {
        assert!(decode(b"%PDF-1.7 something".to_vec()).is_none());
        assert!(decode((0u8..=255).cycle().take(4000).collect()).is_none());
        assert!(decode(vec![0; 100]).is_none());
    }
}
