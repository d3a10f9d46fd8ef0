//! The lines of a text, and which of them are junk for where they stand.
use super::has_role;
use super::rules::Role;
use variorum_model::Span;

/// A line that holds something besides white space.
pub(super) struct Line {
    /// Without white space around it.
    pub(super) span: Span,
    /// A blank line, or nothing, stands before it.
    pub(super) after_blank: bool,
    /// The rule that its wording falls under.
    pub(super) rule: Option<usize>,
    /// Why it is set aside.
    pub(super) junk: Option<&'static str>,
}

/// Cuts at line ends. White space of any kind does not make a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut after_blank) = (0, true);
    for raw in text.split_inclusive('\n') {
        let content = raw.trim();
        if content.is_empty() {
            after_blank = true;
        } else {
            let start = at + raw.len() - raw.trim_start().len();
            lines.push(Line { span: Span::new(start, start + content.len()), after_blank, rule: None, junk: None });
            after_blank = false;
        }
        at += raw.len();
    }
    lines
}

/// True for the end of a sentence, closing quotation marks and brackets included.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']).ends_with(['.', '!', '?', '…', ':'])
}

/// Running text: long, or at least some length and a sentence's end.
pub(super) fn is_paragraph(line: &str) -> bool {
    line.len() >= 220 || (line.len() >= 80 && ends_sentence(line))
}

/// Several words with a full stop.
fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '”', '"']) && line.split_whitespace().count() >= 5
}

/// What a headline can look like: a short line of several words that does not end as a sentence does.
pub(super) fn is_headline(line: &str) -> bool {
    let line = line.trim_start_matches(['#', '*', ' ']);
    let opens = line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'".contains(c));
    let n_words = line.split_whitespace().count();
    let closed = line.trim_end_matches(['"', '”', '’', '\'', '*', '#', ' ']);
    opens && line.len() <= 240 && (4..=30).contains(&n_words) && !closed.ends_with(['.', '!', ';', ':', ',', '…'])
}

/// Longest line that can be the value of a label above it, in bytes.
const LONGEST_VALUE: usize = 60;

/// Marks what stands under a label ("Author:").
pub(super) fn mark_values(text: &str, lines: &mut [Line]) {
    for i in 1..lines.len() {
        let value = lines[i].span.of(text);
        let fits = value.len() <= LONGEST_VALUE && value.split_whitespace().count() <= 6 && !ends_sentence(value);
        if lines[i].junk.is_none() && fits && has_role(&lines[i - 1], Role::Label) {
            lines[i].junk = lines[i - 1].junk;
        }
    }
}

/// Marks what follows the heading of a comment form or of a list of other articles.
pub(super) fn mark_sections(text: &str, lines: &mut [Line]) {
    let mut section: Option<(Role, &'static str)> = None;
    for i in 0..lines.len() {
        let words = lines[i].span.of(text);
        let opens = [Role::Comments, Role::Links].into_iter().find(|r| has_role(&lines[i], *r));
        if let Some(role) = opens {
            section = Some((role, lines[i].junk.unwrap_or_default()));
            continue;
        }
        let Some((role, reason)) = section else { continue };
        let over = match role {
            // Comments can be as long as paragraphs; an article has a headline over them.
            Role::Comments => lines[i].after_blank && opens_article(text, lines, i),
            // The titles of other articles do not end as sentences do.
            _ => {
                lines[i].junk.is_none() && (is_paragraph(words) || is_sentence(words) || opens_article(text, lines, i))
            }
        };
        if over {
            section = None;
            continue;
        }
        // The day of a comment is not that of the article.
        if role == Role::Comments {
            lines[i].rule = None;
        }
        lines[i].junk = lines[i].junk.or(Some(reason));
    }
}

/// A headline with a paragraph within three lines, junk aside.
fn opens_article(text: &str, lines: &[Line], i: usize) -> bool {
    let headline = lines[i].span.of(text);
    let mut below = lines[i + 1..].iter().filter(|l| l.rule.is_none()).take(2);
    lines[i].rule.is_none()
        && headline.len() >= 30
        && is_headline(headline)
        && below.any(|l| is_paragraph(l.span.of(text)))
}

/// A stretch without a space that no language writes, in bytes.
const UNBROKEN: usize = 1_000;

/// Marks what no reader of English reads: lines in another script, and data.
pub(super) fn mark_unreadable(text: &str, lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| l.junk.is_none()) {
        let words = line.span.of(text);
        if words.len() > UNBROKEN && words.split_whitespace().any(|w| w.len() > UNBROKEN) {
            line.junk = Some("unbroken text");
        } else if !words.is_ascii() {
            let (mut latin, mut other) = (0usize, 0usize);
            for c in words.chars().filter(|c| c.is_alphabetic()) {
                *(if crate::language::is_latin(c) { &mut latin } else { &mut other }) += 1;
            }
            if other >= 12 && other * 10 >= (latin + other) * 7 {
                line.junk = Some("another language");
            }
        }
    }
}
