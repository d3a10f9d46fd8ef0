//! Where the articles of a text stand, and what is not part of any.
//!
//! A text that was once a page carries the page's furniture. Lines are told by their wording (`data/intake/junk.toml`)
//! and by where they stand; nothing is cut out of the text, it is only marked.

mod articles;
mod damage;
mod dates;
mod entries;
mod lines;
mod rules;

pub(crate) use dates::{host, in_line as date_in_line, in_url as date_in_url, stands_alone};

use articles::Opening;
use lines::{Line, lines};
use rules::{RULES, Role};
use std::collections::HashMap;
use variorum_model::{Article, Basis, Diagnostic, Junk, Published, Report, Span};

/// What the markup of a page has told already.
#[derive(Default)]
pub(crate) struct Known {
    /// Junk, in order, apart.
    pub(crate) junk: Vec<(Span, &'static str)>,
    /// Whether the text is one page, and so one article unless there are `entries`.
    pub(crate) is_page: bool,
    /// Entries of a live blog.
    pub(crate) entries: Vec<Article>,
}

/// Fills `articles` and `junk`, and what the page says of title, address and date where the report does not say it.
pub(crate) fn lay_out(report: &mut Report, known: Known) {
    let text = &report.text;
    let mut lines = lines(text);
    for line in &mut lines {
        line.rule = RULES.line(line.span.of(text));
        line.junk = known.reason(line.span).or(line.rule.map(|r| RULES.rule(r).reason.as_str()));
    }
    lines::mark_values(text, &mut lines);
    lines::mark_sections(text, &mut lines);
    if crate::language::is_supported(&report.language) {
        lines::mark_unreadable(text, &mut lines);
    }
    let openings = match known.is_page {
        true => articles::whole(&lines),
        false => articles::openings(text, &lines),
    };
    let timed = entries::timed(text, &lines, &report.published, &openings);
    let mut diagnostics = Vec::new();
    let mut articles = Vec::new();
    let mut sites = Vec::new();
    for (n, opening) in openings.iter().enumerate() {
        let end = openings.get(n + 1).map_or(lines.len(), |next| next.line);
        let page_title = known.is_page.then_some(report.title.as_str());
        let (mut article, url) = article(text, opening, page_title, &mut lines[opening.line..end], &mut diagnostics);
        if n == 0 && article.published.basis == Basis::Unknown {
            // The publication line may stand above the headline.
            let above = lines[..opening.line].iter().find_map(|l| dates::in_line(&named(text, l, "date")?));
            article.published = above.unwrap_or(article.published);
        }
        articles.push(article);
        sites.extend(url);
    }
    if let [only] = &mut articles[..] {
        only.span = Span::new(0, text.len());
        if report.url.is_empty() {
            report.url = sites.into_iter().next().unwrap_or_default();
        }
    } else if articles.is_empty() {
        let published = Published::default();
        articles.push(Article { span: Span::new(0, text.len()), title: String::new(), published });
    }
    if let Some(entries) = timed.filter(|_| known.entries.is_empty()) {
        articles = entries;
    } else if !known.entries.is_empty() {
        articles = known.entries;
    }
    if articles.len() > 1 {
        let message = format!("the text holds {} articles", articles.len());
        diagnostics.push(Diagnostic { code: "several-articles".to_owned(), message });
    }
    if report.title.is_empty() && !known.is_page {
        report.title = articles[0].title.clone();
    }
    if let Some(cut) = truncated(text, &lines) {
        diagnostics.push(cut);
    }
    if crate::language::is_supported(&report.language) {
        diagnostics.extend(damage::machine_made(lines.iter().filter(|l| l.junk.is_none()).map(|l| l.span.of(text))));
    }
    if !lines.iter().any(|l| l.junk.is_none()) && crate::language::is_supported(&report.language) {
        let message = "nothing in the text reads as words of an article".to_owned();
        diagnostics.push(Diagnostic { code: "no-words".to_owned(), message });
    }
    report.junk = junk(text, &report.title, &lines, &known.junk);
    report.articles = articles;
    report.diagnostics.append(&mut diagnostics);
}

/// What stands between the headline of a page and its text.
#[derive(Default)]
pub(crate) struct Front {
    pub(crate) byline: String,
    pub(crate) published: Option<Published>,
}

/// Most lines between a headline and its text.
const LONGEST_FRONT: usize = 12;

/// Looks under the headline of a page for lines with a byline and a date; without a headline, nowhere.
pub(crate) fn front(text: &str, title: &str) -> Front {
    let title = folded(title);
    let mut front = Front::default();
    let lines = lines(text);
    let Some(headline) = lines.iter().position(|l| !title.is_empty() && folded(l.span.of(text)) == title) else {
        return front;
    };
    for mut line in lines.into_iter().skip(headline + 1).take(LONGEST_FRONT) {
        let words = line.span.of(text);
        line.rule = RULES.line(words);
        if lines::is_paragraph(words) {
            break;
        }
        if front.byline.is_empty() && line.rule.is_some_and(|r| RULES.rule(r).id.starts_with("byline")) {
            front.byline = words.to_owned();
        }
        front.published = front.published.take().or_else(|| dates::in_line(&named(text, &line, "date")?));
    }
    front
}

impl Known {
    /// Why a whole line is junk.
    fn reason(&self, line: Span) -> Option<&'static str> {
        let i = self.junk.partition_point(|(span, _)| span.end < line.end);
        self.junk.get(i).filter(|(span, _)| span.contains(line)).map(|(_, reason)| *reason)
    }
}

/// One article: its extent, headline and date, and the address that its source line gives.
fn article(
    text: &str,
    opening: &Opening,
    page_title: Option<&str>,
    lines: &mut [Line],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Article, Option<String>) {
    let title = if opening.has_headline { headline_words(lines[0].span.of(text)) } else { "" };
    let title = page_title.unwrap_or(title);
    mark_repeats(text, title, usize::from(page_title.is_none()), lines, diagnostics);
    let ends_here = |l: &&Line| l.junk.is_none() || l.rule.is_some_and(|r| RULES.rule(r).id == "source-address");
    let last = lines.iter().rev().find(ends_here).map_or(lines[0].span.end, |l| l.span.end);
    let url = lines.iter().find_map(|l| named(text, l, "url"));
    let on_page = || lines.iter().find_map(|l| dates::in_line(&named(text, l, "date")?));
    let in_dateline =
        || lines.iter().filter(|l| l.junk.is_none()).take(3).find_map(|l| dates::in_dateline(l.span.of(text)));
    let in_credit =
        || lines.iter().filter(|l| l.junk.is_none()).take(3).find_map(|l| dates::in_credit(l.span.of(text)));
    let published = on_page()
        .or_else(in_credit)
        .or_else(|| dates::in_url(url.as_deref()?))
        .or_else(in_dateline)
        .unwrap_or_default();
    debug_assert!(published.basis != Basis::Metadata);
    (Article { span: Span::new(lines[0].span.start, last), title: title.to_owned(), published }, url)
}

/// A headline without the marks of Markdown.
fn headline_words(line: &str) -> &str {
    line.trim_start_matches(['#', '*', ' ']).trim_end_matches(['#', '*', ' '])
}

fn named(text: &str, line: &Line, group: &str) -> Option<String> {
    RULES.named(line.rule?, line.span.of(text), group).map(str::to_owned)
}

/// Letters and digits in lower case: what makes two lines the same.
pub(crate) fn folded(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Shortest headline and shortest paragraph that cannot come twice by chance, in letters and digits.
const LEAST_HEADLINE: usize = 16;
const LEAST_PARAGRAPH: usize = 70;

/// Longest byline between a date and the headline that ran together, in bytes.
const LONGEST_BYLINE: usize = 60;

/// Marks what an article says twice word for word: its headline, and paragraphs.
///
/// The headline stands in the first `headlines` lines, and is not told from itself there.
fn mark_repeats(text: &str, title: &str, headlines: usize, lines: &mut [Line], diagnostics: &mut Vec<Diagnostic>) {
    let title = folded(title);
    let mut seen: HashMap<String, ()> = HashMap::new();
    let mut n_repeated = 0;
    for (i, line) in lines.iter_mut().enumerate().filter(|(_, l)| l.junk.is_none()) {
        if line.span.len() < LEAST_HEADLINE {
            continue;
        }
        let words = folded(line.span.of(text));
        // A page's head often has the name of the site behind the headline.
        let again = words == title || (title.starts_with(&words) && words.len() * 3 > title.len() * 2);
        if i >= headlines && words.len() >= LEAST_HEADLINE && again {
            line.junk = Some("repeated headline");
        } else if words.len() >= LEAST_PARAGRAPH && seen.insert(words, ()).is_some() {
            line.junk = Some("repeated paragraph");
            n_repeated += 1;
        }
    }
    if n_repeated > 0 {
        let message = format!("{n_repeated} paragraphs stand twice in the text");
        diagnostics.push(Diagnostic { code: "duplicated-paragraph".to_owned(), message });
    }
}

/// Junk lines, neighbours of one reason together, and junk inside lines.
fn junk(text: &str, title: &str, lines: &[Line], known: &[(Span, &'static str)]) -> Vec<Junk> {
    let mut junk: Vec<Junk> = Vec::new();
    let mut previous = None;
    for (i, line) in lines.iter().enumerate() {
        match line.junk {
            Some(reason) => {
                match junk.last_mut() {
                    Some(last) if previous == Some(i.wrapping_sub(1)) && last.reason == reason => {
                        last.span = last.span.cover(line.span);
                    }
                    _ => junk.push(Junk { span: line.span, reason: reason.to_owned() }),
                }
                previous = Some(i);
            }
            None => {
                let inside = known.iter().filter(|(span, _)| line.span.contains(*span));
                let mut parts: Vec<(Span, &str)> = inside.map(|(span, reason)| (*span, *reason)).collect();
                let words = line.span.of(text);
                let opening = RULES.opening(words).map(|(part, reason)| (up_to_title(words, part, title), reason));
                for (part, reason) in opening.into_iter().chain(RULES.inline(words)) {
                    let span = Span::new(line.span.start + part.start, line.span.start + part.end);
                    if parts.iter().all(|(other, _)| !other.overlaps(span)) {
                        parts.push((span, reason));
                    }
                }
                parts.sort_by_key(|(span, _)| span.start);
                junk.extend(parts.into_iter().map(|(span, reason)| Junk { span, reason: reason.to_owned() }));
            }
        }
    }
    junk
}

/// What ran into a line, with the few words up to the headline: "Posted on 14 May 2024 by Marta Ilves Shells hit a mill".
fn up_to_title(line: &str, part: Span, title: &str) -> Span {
    let rest = &line[part.end..];
    match rest.find(title) {
        Some(words) if title.len() >= LEAST_HEADLINE && words <= LONGEST_BYLINE => {
            Span::new(part.start, part.end + words)
        }
        _ => part,
    }
}

/// A last paragraph that breaks off, in a text that otherwise ends its sentences.
fn truncated(text: &str, lines: &[Line]) -> Option<Diagnostic> {
    let mut paragraphs = lines.iter().filter(|l| l.junk.is_none()).map(|l| l.span.of(text)).rev();
    let last = paragraphs.next().filter(|l| l.len() >= 100)?;
    // A last word that cannot end a sentence; many a text ends with the name of an agency.
    let word = last.rsplit(char::is_whitespace).next().unwrap_or_default();
    let cut = [",", "...", "…", "[…]"].iter().any(|e| last.ends_with(e)) || crate::language::is_function_word(word);
    let ends = |l: &str| lines::ends_sentence(l);
    let (mut n, mut n_ended) = (0, 0);
    for paragraph in paragraphs.filter(|l| l.len() >= 100).take(20) {
        n += 1;
        n_ended += usize::from(ends(paragraph));
    }
    (cut && n > 0 && n_ended * 5 >= n * 4)
        .then(|| Diagnostic { code: "truncated".to_owned(), message: "the last paragraph breaks off".to_owned() })
}

/// Whether a line takes part in the reading at all.
fn has_role(line: &Line, role: Role) -> bool {
    line.rule.is_some_and(|r| RULES.rule(r).role == role)
}

#[cfg(test)]
mod tests;
