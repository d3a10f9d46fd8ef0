//! Writing for people, and to pipes.
use std::borrow::Cow;
use std::io::{ErrorKind, Write};

/// One line on standard error, in the program's name.
pub(crate) fn say(message: &str) {
    // Nobody reads what cannot be written to standard error.
    let _ = writeln!(anstream::stderr(), "variorum: {}", visible(message));
}

/// Text as a terminal may show it: what could move the cursor, change colours or turn the direction of writing is
/// shown as an escape (`\u{1b}`); line ends stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let hostile = |c: char| (c.is_control() && c != '\n') || is_direction(c);
    if !text.contains(hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push(' '),
            c if hostile(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Characters that turn or isolate the direction of writing, or hide themselves.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Writes bytes to standard output.
pub(crate) fn write_out(bytes: &[u8]) -> anyhow::Result<crate::Outcome> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(crate::Outcome::Done)
}

/// True where the chain of causes ends in a closed pipe.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<std::io::Error>() {
        Some(e) => e.kind() == ErrorKind::BrokenPipe,
        None => {
            cause.downcast_ref::<serde_json::Error>().is_some_and(|e| e.io_error_kind() == Some(ErrorKind::BrokenPipe))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_shown_not_obeyed() {
        assert_eq!(visible("12 dead\u{1b}[2J\u{202e}x\u{7}"), "12 dead\\u{1b}[2J\\u{202e}x\\u{7}");
        assert_eq!(visible("“12” café\n"), "“12” café\n");
    }
}
