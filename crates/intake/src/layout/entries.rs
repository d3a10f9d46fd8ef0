//! Live blogs and round-ups as text: entries under lines that are nothing but a time.
use super::articles::Opening;
use super::lines::{Line, is_headline, is_paragraph};
use super::rules::RULES;
use regex::Regex;
use std::sync::LazyLock;
use variorum_model::{Article, Basis, Published, Span};

/// Fewest entries that make a live blog; one or two times stand in any page.
const LEAST: usize = 3;
/// Most lines between a time and the text of its entry.
const MOST_FURNITURE: usize = 3;

/// `14:05`, `5:40 p.m. GMT`, `14 May 2024, 14:05`: the line begins or ends with a time.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s|,-])(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?::\d\d)?\s?(?P<half>[ap]\.?m\b\.?)?")
        .expect("a valid pattern")
});

/// The entries of a text that is one article with times between its paragraphs; each has the day of its line, else that
/// of the report where a day is known, else none. `None` for any other text.
pub(super) fn timed(text: &str, lines: &[Line], published: &Published, openings: &[Opening]) -> Option<Vec<Article>> {
    if openings.len() != 1 {
        return None;
    }
    let is_time = |l: &Line| {
        l.rule.is_some_and(|r| RULES.rule(r).role == super::Role::OpensArticle) && time(l.span.of(text)).is_some()
    };
    let heads: Vec<usize> =
        (0..lines.len()).filter(|&i| is_time(&lines[i]) && has_text_below(text, lines, i)).collect();
    // What stands before the first time must not be the article, with times of pictures under it.
    let before =
        heads.first().map_or(0, |&first| lines[..first].iter().filter(|l| is_paragraph(l.span.of(text))).count());
    if heads.len() < LEAST || before > heads.len() {
        return None;
    }
    let day = published.earliest.as_ref().filter(|d| published.latest.as_ref() == Some(d));
    let mut entries = Vec::new();
    for (n, &head) in heads.iter().enumerate() {
        let end = heads.get(n + 1).copied().unwrap_or(lines.len());
        let body: Vec<&Line> = lines[head + 1..end].iter().filter(|l| l.junk.is_none()).collect();
        let (Some(first), Some(last)) = (body.first(), body.last()) else { continue };
        let title = first.span.of(text);
        let title = if is_headline(title) && body.len() > 1 { title.to_owned() } else { String::new() };
        let words = lines[head].span.of(text);
        let own_day = super::dates::in_line(words).and_then(|p| p.value);
        let published = time(words).and_then(|t| at(own_day.as_ref().or(day)?, &t)).unwrap_or_default();
        entries.push(Article { span: Span::new(first.span.start, last.span.end), title, published });
    }
    (entries.len() >= LEAST).then_some(entries)
}

fn has_text_below(text: &str, lines: &[Line], i: usize) -> bool {
    lines[i + 1..].iter().take(MOST_FURNITURE).any(|l| l.junk.is_none() && is_paragraph(l.span.of(text)))
}

/// The time that a line names, as `14:05`.
fn time(words: &str) -> Option<String> {
    let found = TIME.captures(words)?;
    let (hour, minute): (u32, u32) = (found["h"].parse().ok()?, found["m"].parse().ok()?);
    let half = found.name("half").map(|m| m.as_str().to_ascii_lowercase());
    let hour = match half.as_deref().map(|h| h.starts_with('p')) {
        Some(_) if hour > 12 => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    Some(format!("{hour:02}:{minute:02}"))
}

fn at(day: &String, time: &str) -> Option<Published> {
    let value = format!("{day}T{time}");
    Some(Published { value: Some(value), earliest: Some(day.clone()), latest: Some(day.clone()), basis: Basis::Page })
}
