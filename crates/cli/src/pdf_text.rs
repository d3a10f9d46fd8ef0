//! `variorum pdf-text`: the text of one PDF, in a process that may break. Used by the program itself.
use crate::Outcome;
use crate::terminal;
use std::io::Read;

/// Largest file that is taken, in bytes; what starts this reads less.
const MOST: u64 = 1_000_000_000;

pub(crate) fn pdf_text() -> anyhow::Result<Outcome> {
    let mut bytes = Vec::new();
    std::io::stdin().take(MOST).read_to_end(&mut bytes)?;
    // What is wrong with the file goes the way of its text; the exit code tells which it is.
    match variorum_intake::pdf_text(&bytes) {
        Ok(text) => terminal::write_out(text.as_bytes()),
        Err(why) => terminal::write_out(why.as_bytes()).map(|_| Outcome::NothingDone),
    }
}
