//! Where articles begin.
use super::has_role;
use super::lines::{Line, is_headline, is_paragraph};
use super::rules::{RULES, Role};

/// The first line of an article.
pub(super) struct Opening {
    /// Index of the line.
    pub(super) line: usize,
    /// Whether that line is a headline.
    pub(super) has_headline: bool,
}

/// Least running text that makes an article, in bytes.
const LEAST_ARTICLE: usize = 160;
/// Most lines that stand between a headline and its text, or after a text.
const MOST_FURNITURE: usize = 12;
/// Length from which a line is rather a headline than a subheading, in bytes.
const LEAST_HEADLINE: usize = 40;

/// The first lines of the articles of a text; none without a line that is not junk.
///
/// A new article begins at a headline with a text under it, where the page says so: the line before ends an article
/// (an address of the source), closes its comments or separates; or, after enough text, what stands under a page's
/// headline (a byline, a date, a photo credit, share buttons) stands under it. A subheading has none of these.
pub(super) fn openings(text: &str, lines: &[Line]) -> Vec<Opening> {
    let Some(first) = lines.iter().position(|l| l.junk.is_none()) else { return Vec::new() };
    let is_headline_at = |i: usize| is_headline(lines[i].span.of(text)) && body_below(text, lines, i) > 0;
    let mut openings = vec![Opening { line: first, has_headline: is_headline_at(first) }];
    let mut body = 0;
    for i in first + 1..lines.len() {
        if lines[i].junk.is_some() {
            continue;
        }
        let words = lines[i].span.of(text);
        if is_paragraph(words) {
            body += words.len();
        } else if body > 0 && is_headline_at(i) {
            let enough = body >= LEAST_ARTICLE && body_below(text, lines, i) >= LEAST_ARTICLE;
            if is_parted(lines, i) || (enough && is_furnished(text, lines, i)) {
                openings.push(Opening { line: i, has_headline: true });
                body = 0;
            }
        }
    }
    openings
}

/// All lines as one article without a headline of its own.
pub(super) fn whole(lines: &[Line]) -> Vec<Opening> {
    lines.iter().position(|l| l.junk.is_none()).map(|line| Opening { line, has_headline: false }).into_iter().collect()
}

/// The page ends something right above.
fn is_parted(lines: &[Line], i: usize) -> bool {
    let mut above = lines[..i].iter().rev().take_while(|l| l.junk.is_some()).take(MOST_FURNITURE);
    above.any(|l| {
        has_role(l, Role::EndsArticle)
            || has_role(l, Role::Comments)
            || l.junk == Some("comment form")
            || is_separator(l)
    })
}

/// What stands under a page's headline stands right below.
fn is_furnished(text: &str, lines: &[Line], i: usize) -> bool {
    let carries_credit = |l: &Line| !is_bullet(l.span.of(text)) && RULES.inline(l.span.of(text)).is_some();
    let mut below = lines[i + 1..].iter().take(3);
    lines[i].after_blank
        && lines[i].span.len() >= LEAST_HEADLINE
        && below.any(|l| has_role(l, Role::OpensArticle) || has_role(l, Role::Label) || carries_credit(l))
}

fn is_separator(line: &Line) -> bool {
    line.rule.is_some_and(|r| RULES.rule(r).id == "separator")
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '·', '▪', '●', '*', '-', '–', '—'])
}

/// Length of the running text below a line, up to what makes an article.
fn body_below(text: &str, lines: &[Line], i: usize) -> usize {
    let mut body = 0;
    for line in lines[i + 1..].iter().filter(|l| l.junk.is_none()).take(MOST_FURNITURE) {
        let words = line.span.of(text);
        body += if is_paragraph(words) { words.len() } else { 0 };
        if body >= LEAST_ARTICLE {
            break;
        }
    }
    body
}
