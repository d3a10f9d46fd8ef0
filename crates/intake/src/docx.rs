//! Documents of word processors (Office Open XML): paragraphs and tables as text.
use crate::archive::Zip;
use crate::failure::FailureKind;
use crate::options::Options;
use crate::report;
use quick_xml::Reader;
use quick_xml::events::Event;
use variorum_model::{Report, ReportInput, stable_id};

/// Reads the text of a document, and title, author and day from its properties.
pub(crate) fn read(zip: &mut Zip, id: Option<String>, options: &Options) -> Result<Report, FailureKind> {
    let bytes = zip
        .named("word/document.xml", options)
        .ok_or_else(|| FailureKind::BadArchive("no word/document.xml".to_owned()))??;
    let text = text(&bytes)?;
    let properties = zip.named("docProps/core.xml", options).and_then(Result::ok).unwrap_or_default();
    let default_id = || stable_id("r", &[&text]);
    let input = ReportInput {
        title: property(&properties, "title"),
        byline: property(&properties, "creator"),
        id: Some(id.unwrap_or_else(default_id)),
        text: Some(text),
        ..ReportInput::default()
    };
    report::from_input(input, String::new, options)
}

fn bad(error: impl std::fmt::Display) -> FailureKind {
    FailureKind::BadArchive(format!("word/document.xml: {error}"))
}

/// Paragraphs with blank lines between, rows as lines, cells with ` | ` between.
fn text(xml: &[u8]) -> Result<String, FailureKind> {
    let mut reader = Reader::from_reader(xml);
    let (mut text, mut in_text, mut rows, mut fresh_cell) = (String::new(), false, 0usize, false);
    loop {
        match reader.read_event().map_err(bad)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => in_text = true,
                "tr" => {
                    rows += 1;
                    fresh_cell = true;
                }
                "tc" if !std::mem::take(&mut fresh_cell) => {
                    text.truncate(text.trim_end().len());
                    text.push_str(" | ");
                }
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                "noBreakHyphen" => text.push('-'),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                "p" => text.push_str(if rows > 0 { " " } else { "\n\n" }),
                "tr" => {
                    rows = rows.saturating_sub(1);
                    text.truncate(text.trim_end().len());
                    text.push('\n');
                }
                "tbl" if rows == 0 => text.push('\n'),
                _ => {}
            },
            Event::Text(t) if in_text => text.push_str(&t),
            Event::GeneralRef(r) if in_text => match r.resolve_char_ref().map_err(bad)? {
                Some(c) => text.push(c),
                None => text.push_str(quick_xml::escape::resolve_predefined_entity(&r).unwrap_or_default()),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(text.trim().to_owned())
}

fn property(xml: &[u8], name: &str) -> Option<String> {
    let mut reader = Reader::from_reader(xml);
    let mut inside = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) => inside = e.local_name().as_ref() == name,
            Event::Text(t) if inside => return Some(t.trim().to_owned()).filter(|t| !t.is_empty()),
            Event::Eof => return None,
            _ => {}
        }
    }
}
