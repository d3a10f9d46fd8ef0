//! The text of PDF files. Readers of PDF break on hostile files, so the reading is done where it can be ended: in a child
//! process where the program gives one ([`Options::pdf_reader`]), else in a thread.
use crate::failure::FailureKind;
use crate::limits::read_limited;
use crate::options::Options;
use crate::text;
use std::io::Write;
use std::panic::catch_unwind;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use variorum_model::Report;

/// Reads a whole file.
pub(crate) fn read(bytes: Vec<u8>, id: Option<String>, options: &Options) -> Result<Report, FailureKind> {
    let words = match &options.pdf_reader {
        Some((program, args)) => in_child(Command::new(program).args(args), bytes, options)?,
        None => in_thread(bytes, options)?,
    };
    let words = unwrapped(&words);
    match words.trim().is_empty() {
        true => Err(FailureKind::BadPdf("it holds no text (scanned pages?)".to_owned())),
        false => text::from_bytes(words.into_bytes(), id, options),
    }
}

/// The text of a PDF file, as a child process gives it.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn pdf_text(bytes: &[u8]) -> Result<String, String> {
    let read = catch_unwind(|| pdf_extract::extract_text_from_mem(bytes).map_err(|e| e.to_string()));
    read.unwrap_or_else(|_| Err("the reader broke on it".to_owned()))
}

fn in_thread(bytes: Vec<u8>, options: &Options) -> Result<String, FailureKind> {
    let (done, words) = mpsc::channel();
    // Nobody waits for it past the limit; it ends with the program.
    let spawned = std::thread::Builder::new().name("pdf".to_owned()).spawn(move || done.send(pdf_text(&bytes)));
    spawned.map_err(FailureKind::Unreadable)?;
    match words.recv_timeout(options.max_time) {
        Ok(words) => words.map_err(FailureKind::BadPdf),
        Err(_) => Err(FailureKind::TooSlow { limit: options.max_time.as_secs() }),
    }
}

fn in_child(command: &mut Command, bytes: Vec<u8>, options: &Options) -> Result<String, FailureKind> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(FailureKind::Unreadable)?;
    let (mut to, from) = (child.stdin.take(), child.stdout.take());
    // The child may end before it has read everything.
    std::thread::spawn(move || to.as_mut().map(|to| to.write_all(&bytes)));
    let limit = options.max_bytes;
    let reading = std::thread::spawn(move || from.map_or(Ok(Vec::new()), |from| read_limited(from, limit)));
    let end = Instant::now() + options.max_time;
    let status = loop {
        match child.try_wait().map_err(FailureKind::Unreadable)? {
            Some(status) => break status,
            None if Instant::now() > end => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(FailureKind::TooSlow { limit: options.max_time.as_secs() });
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let words = reading.join().map_err(|_| FailureKind::BadPdf("the reader broke on it".to_owned()))??;
    match status.success() {
        true => Ok(String::from_utf8_lossy(&words).into_owned()),
        false => Err(FailureKind::BadPdf(match words.is_empty() {
            true => "the reader broke on it".to_owned(),
            false => String::from_utf8_lossy(&words).trim().to_owned(),
        })),
    }
}

/// Lines of a page joined to paragraphs: a PDF knows lines only. A word cut at a line's end is put together.
fn unwrapped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for line in words.lines().map(str::trim) {
        let cut = text.ends_with('-') && text[..text.len() - 1].ends_with(|c: char| c.is_lowercase());
        match () {
            () if line.is_empty() => text.push_str(if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n\n" }),
            () if text.is_empty() || text.ends_with('\n') => text.push_str(line),
            () if cut && line.starts_with(|c: char| c.is_lowercase()) => {
                text.pop();
                text.push_str(line);
            }
            () => {
                text.push(' ');
                text.push_str(line);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page_become_paragraphs() {
        assert_eq!(
            unwrapped(
                "\n\nShells hit the mill in Sor-\nrivo on Tuesday,\nthe mayor said.\n\n\n\nThe army de-\nnied it. \n"
            ),
            "Shells hit the mill in Sorrivo on Tuesday, the mayor said.\n\nThe army denied it."
        );
    }

    #[test]
    fn a_broken_file_is_an_error() {
        for bytes in [&b"%PDF-1.7\nnonsense"[..], b"", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>"] {
            assert!(pdf_text(bytes).is_err());
        }
    }
}
