//! A page of text for people: wrapped, in colour where the terminal takes it.
use crate::terminal::visible;
use anstyle::{AnsiColor, Style};
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// What is read first.
pub(crate) const STRONG: Style = Style::new().bold();
/// What is there when it is looked for: ids, places in the text.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What is disputed.
pub(crate) const ALERT: Style = AnsiColor::Red.on_default();
/// Numbers.
pub(crate) const NUMBER: Style = AnsiColor::Cyan.on_default();

/// Widest page that is easy to read.
const WIDEST: usize = 160;

/// A page in the making. Everything put on it is made harmless first (see [`visible`]).
pub(crate) struct Page {
    text: String,
    width: usize,
}

/// Words in one style.
pub(crate) type Styled<'a> = (Style, &'a str);

impl Page {
    /// As wide as the terminal; 100 columns where there is none.
    pub(crate) fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = columns.or_else(terminal).unwrap_or(100);
        Page { text: String::new(), width: width.clamp(40, WIDEST) }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// One line of words in their styles, cut at the width.
    pub(crate) fn line(&mut self, parts: &[Styled<'_>]) {
        let mut room = self.width;
        for (style, words) in parts {
            let words = fitted(&one_line(words), room);
            room -= words.width();
            self.text.push_str(&format!("{style}{words}{style:#}"));
        }
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text.push('\n');
    }

    /// A paragraph, its first line after `head`, the following ones under it at `indent` columns.
    pub(crate) fn paragraph(&mut self, indent: usize, head: Styled<'_>, style: Style, words: &str) {
        let (head_style, head) = (head.0, one_line(head.1));
        let first = head.width() + usize::from(!head.is_empty());
        let gap = " ".repeat(indent);
        let words = format!("{}{}", "\u{1}".repeat(first), one_line(words));
        for (n, line) in wrapped(&words, self.width.saturating_sub(indent)).iter().enumerate() {
            let line = line.trim_start_matches('\u{1}');
            match n {
                0 if !head.is_empty() => {
                    self.text.push_str(&format!("{gap}{head_style}{head}{head_style:#} {style}{line}{style:#}\n"));
                }
                _ => self.text.push_str(&format!("{gap}{style}{line}{style:#}\n")),
            }
        }
    }

    /// Columns beside one another, each a list of lines that fit `column` columns.
    pub(crate) fn beside(&mut self, cells: &[Vec<(Style, String)>], column: usize) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..height {
            for (n, cell) in cells.iter().enumerate() {
                let (style, words) = cell.get(row).map_or((Style::new(), ""), |(s, w)| (*s, w.as_str()));
                let last = n + 1 == cells.len();
                let pad = if last { 0 } else { column.saturating_sub(words.width()) };
                let edge = if last { "" } else { " │ " };
                self.text.push_str(&format!("{style}{words}{style:#}{}{FAINT}{edge}{FAINT:#}", " ".repeat(pad)));
            }
            self.text.push('\n');
        }
    }

    /// Prints the page, without colours where there should be none (`NO_COLOR`, a pipe).
    pub(crate) fn print(&self) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        out.write_all(self.text.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}

/// Words on one line: harmless, with single spaces inside; spaces at the edges stay, where they part styles.
pub(crate) fn one_line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_space = |c: char| c == ' ';
    let lead = words.len() - words.trim_start_matches(is_space).len();
    let trail = if joined.is_empty() { 0 } else { words.len() - words.trim_end_matches(is_space).len() };
    format!("{}{}{}", " ".repeat(lead), visible(&joined), " ".repeat(trail))
}

/// Lines of at most `width` columns.
pub(crate) fn wrapped(words: &str, width: usize) -> Vec<String> {
    textwrap::wrap(words, width.max(10)).into_iter().map(|line| line.into_owned()).collect()
}

/// Words cut to a width, with an ellipsis where something is lost.
pub(crate) fn fitted(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut cut = String::new();
    for c in words.chars() {
        if cut.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) + 1 > width {
            break;
        }
        cut.push(c);
    }
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// Pads to a width.
pub(crate) fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(words.width())))
}

/// The start of an id, enough to find it by in most ledgers.
pub(crate) fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
