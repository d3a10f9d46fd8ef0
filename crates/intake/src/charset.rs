//! Bytes to text.
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
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
    fn other_data_is_not_text() {
        assert!(decode(b"%PDF-1.7 something".to_vec()).is_none());
        assert!(decode((0u8..=255).cycle().take(4000).collect()).is_none());
        assert!(decode(vec![0; 100]).is_none());
    }
}
