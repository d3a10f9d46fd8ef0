//! A report cut into blocks and parsed.
mod clause;
mod commas;
mod dateline;
pub(crate) mod headline;
mod mended;
mod stamp;

use jiff::civil::Date;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;
use variorum_model::{Published, Report, Span};
use variorum_syntax::{Doc, Pipeline};

/// A paragraph, headline or list item: what no sentence runs out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Bytes of the report's text, without a bullet or surrounding white space.
    pub span: Span,
    /// Its tokens in [`Reading::doc`].
    pub tokens: Range<usize>,
    /// Those of them that are its dateline, from the first on: a sentence of their own, or none.
    pub dateline: Range<usize>,
}

/// A report with its syntax.
pub struct Reading {
    /// The report; offsets in it are bytes until the end of the analysis.
    pub report: Report,
    /// The syntax of all blocks, over `report.text`. No sentence crosses a block.
    pub doc: Doc,
    /// The blocks in order. Junk has none.
    pub blocks: Vec<Block>,
}

impl Reading {
    /// Cuts and parses.
    pub fn new(pipeline: &Pipeline, report: Report) -> Self {
        let mut blocks = Vec::new();
        let mut parts = Vec::new();
        let mut n_tokens = 0;
        let usage = headline::Usage::of(&report.text);
        let spans = block_spans(&report.text).into_iter();
        let spans = spans.flat_map(|s| outside(s, &report)).flat_map(|s| headline_apart(s, &report));
        let spans = spans.flat_map(|s| stamp::apart(s, &report.text));
        for span in spans {
            let text = span.of(&report.text);
            let first_token = n_tokens;
            let mut parse = |start: usize, part: &str| {
                let cleaned = Cleaned::new(&usage.truecased(part, |word| pipeline.inflects(word)));
                let doc = commas::parse(pipeline, &cleaned.text).map_offsets(|at| cleaned.original(at));
                n_tokens += doc.len();
                parts.push((start, doc));
                n_tokens
            };
            let (line, rest) = text.split_at(dateline::length(text));
            let dateline = if line.is_empty() { 0 } else { parse(span.start, line) };
            let (rest, speaker) = rest.split_at(headline::lost_colon(rest).unwrap_or(rest.len()));
            let mut end = parse(span.start + line.len(), rest);
            if !speaker.is_empty() {
                end = parse(span.end - speaker.len(), speaker);
            }
            let dateline = first_token..dateline.max(first_token);
            blocks.push(Block { span, tokens: first_token..end, dateline });
        }
        let doc = clause::mend(mended::mend(Doc::join(report.text.clone(), parts)));
        Reading { report, doc, blocks }
    }

    /// The text that offsets count into.
    pub fn text(&self) -> &str {
        &self.report.text
    }
    /// Index of the article that holds a byte offset (0 when none does).
    pub fn article_at(&self, byte: usize) -> usize {
        self.report.articles.iter().position(|a| a.span.start <= byte && byte < a.span.end).unwrap_or(0)
    }
    /// What is known of the publication date of the article that holds a byte offset.
    pub fn published_at(&self, byte: usize) -> &Published {
        let article = self.report.articles.get(self.article_at(byte)).map(|a| &a.published);
        article.filter(|p| p.value.is_some() || p.earliest.is_some()).unwrap_or(&self.report.published)
    }
    /// The day that relative dates at a byte offset are read against, where one day is known.
    pub fn dct_at(&self, byte: usize) -> Option<Date> {
        day(self.published_at(byte).value.as_deref()?)
    }
    /// Whether a token stands in the first blocks of its article: the headline, the byline and the paragraphs that tell the news.
    pub fn is_lead(&self, token: usize) -> bool {
        let block = self.block_of(token);
        let article = |block: &Block| self.article_at(block.span.start);
        let own = self.blocks.get(block).map_or(0, article);
        let first = self.blocks.iter().position(|b| article(b) == own).unwrap_or(0);
        block < first + LEAD
    }
    /// Index of the block that holds a token.
    pub fn block_of(&self, token: usize) -> usize {
        self.blocks.partition_point(|b| b.tokens.end <= token).min(self.blocks.len().saturating_sub(1))
    }
}

/// A block as the parser should see it: line ends and no-break spaces are spaces, rare hyphens plain, characters without
/// width and the full stops of titles gone. What the offsets were is kept.
struct Cleaned {
    text: String,
    /// (offset in `text`, offset in the original) wherever their difference changes, rising.
    shifts: Vec<(usize, usize)>,
}

impl Cleaned {
    fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut shifts = vec![(0, 0)];
        for (at, c) in original.char_indices() {
            let plain = match c {
                '\n' | '\r' | '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
                '\u{2010}' | '\u{2011}' => '-',
                '.' if is_abbreviated(&text, &original[at + 1..]) => {
                    shifts.push((text.len(), at + 1));
                    continue;
                }
                '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {
                    shifts.push((text.len(), at + c.len_utf8()));
                    continue;
                }
                other => other,
            };
            text.push(plain);
            if plain.len_utf8() != c.len_utf8() {
                shifts.push((text.len(), at + c.len_utf8()));
            }
        }
        Cleaned { text, shifts }
    }

    fn original(&self, at: usize) -> usize {
        let (cleaned, original) = self.shifts[self.shifts.partition_point(|s| s.0 <= at) - 1];
        original + (at - cleaned)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    test: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    allows: Vec<String>,
}

static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/syntax/abbreviations.toml"))
        .unwrap_or_else(|e| panic!("data/syntax/abbreviations.toml: {e}"))
});

/// Whether a full stop between two stretches of text only shortens the word before it.
fn is_abbreviated(before: &str, after: &str) -> bool {
    let goes_on = after.strip_prefix([' ', '\n']).is_some_and(|a| a.starts_with(char::is_uppercase));
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    goes_on && !word.is_empty() && ABBREVIATIONS.words.split(' ').any(|w| w == word)
}

/// The day of `2023-09-20` or of an RFC 3339 instant (as written, in its own zone).
pub fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// Blocks of a lead.
const LEAD: usize = 5;

/// Longest line that still counts as wrapped by hand or by a mailer, in bytes.
const WRAP_WIDTH: usize = 100;

/// Cuts a text at its line ends, except where a line end only wraps a paragraph.
fn block_spans(text: &str) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            close(text, &mut group, &mut blocks);
        } else {
            let start = at + (line.len() - line.trim_start().len());
            group.push(Span::new(start, start + content.len()));
        }
        at += line.len();
    }
    close(text, &mut group, &mut blocks);
    blocks
}

fn close(text: &str, group: &mut Vec<Span>, blocks: &mut Vec<Span>) {
    if group.is_empty() {
        return;
    }
    let ends_sentence = |s: Span| s.of(text).ends_with(['.', '!', '?', ':', '"', '”', '’', ')', '…']);
    let opens_lower = |s: Span| s.of(text).starts_with(|c: char| c.is_lowercase());
    let breaks = group.len() - 1;
    let open = group[..breaks].iter().filter(|s| !ends_sentence(**s)).count();
    let narrow = group.iter().all(|s| s.len() <= WRAP_WIDTH);
    let long_lines = group[..breaks].iter().filter(|s| s.len() >= 40).count();
    let wrapped = breaks > 0 && narrow && open * 2 >= breaks && long_lines * 4 >= breaks * 3;
    let mut current: Option<Span> = None;
    for &line in group.iter() {
        let bullet = bullet_len(line.of(text));
        current = match current {
            Some(block)
                if bullet == 0 && (wrapped || (!ends_sentence(block) && opens_lower(line) && block.len() > 40)) =>
            {
                Some(block.cover(line))
            }
            other => {
                blocks.extend(other);
                Some(Span::new(line.start + bullet, line.end))
            }
        };
    }
    blocks.extend(current.filter(|s| !s.is_empty()));
    group.clear();
}

/// The parts of a block that are not junk.
fn outside(block: Span, report: &Report) -> Vec<Span> {
    let mut junk: Vec<Span> = report.junk.iter().map(|j| j.span).filter(|j| j.overlaps(block)).collect();
    junk.sort();
    let mut parts = Vec::new();
    let mut from = block.start;
    for span in junk {
        parts.push(Span::new(from, span.start.max(from)));
        from = from.max(span.end);
    }
    parts.push(Span::new(from.min(block.end), block.end));
    parts.into_iter().map(|s| trimmed(s, &report.text)).filter(|s| !s.is_empty()).collect()
}

/// Shortest headline that is told apart where it ran into the first sentence, in bytes.
const LEAST_HEADLINE: usize = 20;

/// A block that begins with the headline of its report, and goes on: "Shells hit a mill - Two shells hit ...".
fn headline_apart(block: Span, report: &Report) -> Vec<Span> {
    let titles = report.articles.iter().map(|a| a.title.as_str()).chain([report.title.as_str()]);
    let long = titles.filter(|t| t.len() >= LEAST_HEADLINE);
    let end = long.filter(|t| block.of(&report.text).starts_with(t)).map(|t| block.start + t.len()).max();
    let Some(end) = end.filter(|&e| !block.of(&report.text)[e - block.start..].starts_with(char::is_alphanumeric))
    else {
        return vec![block];
    };
    let rest = trimmed(Span::new(end, block.end), &report.text);
    if rest.is_empty() { vec![block] } else { vec![Span::new(block.start, end), rest] }
}

/// A stretch without white space and the marks between a headline and a text around it.
fn trimmed(span: Span, text: &str) -> Span {
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|');
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(between).len());
    Span::new(start, (span.start + words.trim_end_matches(between).len()).max(start))
}

/// Length in bytes of a bullet and the space after it.
fn bullet_len(line: &str) -> usize {
    let mut chars = line.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ ('•' | '·' | '▪' | '●' | '◦' | '*' | '-' | '–' | '—' | '►' | '■')), Some(s)) if s.is_whitespace() =>
        {
            let rest = &line[c.len_utf8()..];
            line.len() - rest.trim_start().len()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        block_spans(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_headline_is_a_block_of_its_own() {
        assert_eq!(
            blocks("Shelling kills four in Orlec\nThe town was hit at dawn.\n\n• Two bridges fell"),
            ["Shelling kills four in Orlec", "The town was hit at dawn.", "Two bridges fell"]
        );
    }

    #[test]
    fn offsets_survive_cleaning() {
        let original = "Shells\u{a0}fell on\u{200b} Nor\u{2011}Orlec\nat dawn";
        let cleaned = Cleaned::new(original);
        assert_eq!(cleaned.text, "Shells fell on Nor-Orlec at dawn");
        for word in ["Shells", "fell", "Orlec", "dawn"] {
            let at = cleaned.text.find(word).unwrap();
            assert!(original[cleaned.original(at)..].starts_with(word), "{word}");
        }
    }

    #[test]
    fn the_full_stop_of_a_title_ends_no_sentence() {
        let sentences = ABBREVIATIONS.test.iter().map(|text| (text, 1));
        for (text, n) in sentences.chain(ABBREVIATIONS.allows.iter().map(|text| (text, 2))) {
            let doc = crate::testing::reading(text).doc;
            assert_eq!(doc.n_sents(), n, "{text}");
            assert!(doc.tokens().all(|t| text[t.start()..].starts_with(t.text())), "{text}");
        }
    }

    #[test]
    fn wrapped_lines_make_one_block() {
        let text = "The ministry said on Monday that its troops had left the valley\nand that the road to the north was open again, while the mayor\ndenied it.";
        assert_eq!(blocks(text), [text]);
    }
}
