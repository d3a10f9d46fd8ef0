//! Elements to text, block by block.
use super::entries::Found;
use super::{Entry, Page, furniture};
use dom_query::NodeRef;
use variorum_model::Span;

/// What is to stand before the next word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Blank,
}

/// Longest row of a table with data, in bytes; longer ones hold parts of the page.
const LONGEST_ROW: usize = 600;

struct Writer {
    text: String,
    gap: Gap,
    /// A list item begins.
    bullet: bool,
    /// Inside a row of a table that is a table, and no frame for a whole page.
    in_row: bool,
    junk: Vec<(Span, &'static str)>,
}

/// The text of an article.
pub(super) fn article(root: &NodeRef<'_>) -> Page {
    let mut writer = Writer::new();
    writer.element(root, false);
    Page { text: writer.text, junk: writer.junk, ..Page::default() }
}

/// The text of a page of entries.
pub(super) fn entries(found: &[Found<'_>]) -> Page {
    let mut writer = Writer::new();
    let mut entries = Vec::new();
    for entry in found {
        writer.gap = Gap::Blank;
        let before = writer.text.len();
        writer.element(&entry.node, false);
        let written = &writer.text[before..];
        let start = before + written.len() - written.trim_start().len();
        if start < writer.text.len() {
            let span = Span::new(start, writer.text.len());
            entries.push(Entry { span, title: entry.title.clone(), published: entry.published.clone() });
        }
    }
    Page { text: writer.text, junk: writer.junk, entries, ..Page::default() }
}

impl Writer {
    fn new() -> Self {
        Writer { text: String::new(), gap: Gap::None, bullet: false, in_row: false, junk: Vec::new() }
    }

    fn node(&mut self, node: &NodeRef<'_>, pre: bool) {
        if node.is_text() {
            self.words(&node.text(), pre);
        } else if node.is_element() {
            self.element(node, pre);
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, pre: bool) {
        let Some(name) = node.qual_name_ref().map(|n| n.local.to_string()) else { return };
        let gap = match name.as_str() {
            "script" | "style" | "template" | "svg" | "head" | "noscript" | "iframe" | "object" | "math" => return,
            "br" => {
                self.gap = self.gap.max(Gap::Line);
                return;
            }
            "li" | "tr" | "dt" | "dd" | "option" => Gap::Line,
            "td" | "th" if self.in_row => Gap::Cell,
            "td" | "th" => Gap::Blank,
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "h1" | "h2"
            | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" | "caption" | "blockquote" | "pre"
            | "figure" | "figcaption" | "hr" | "address" | "form" | "fieldset" | "details" | "summary" | "body"
            | "html" => Gap::Blank,
            _ => Gap::None,
        };
        // A paragraph does not part the bullet from its words, nor the cells of a row.
        let gap = match gap {
            Gap::Blank if self.bullet => Gap::None,
            Gap::Blank | Gap::Line if self.in_row => Gap::Space,
            gap => gap,
        };
        self.gap = self.gap.max(gap);
        let was_in_row = self.in_row;
        self.in_row |= name == "tr" && node.text().len() <= LONGEST_ROW;
        let before = self.text.len();
        let reason = furniture::reason(node);
        if name == "li" {
            self.bullet = true;
        }
        let pre = pre || name == "pre";
        for child in node.children_it(false) {
            self.node(&child, pre);
        }
        if name == "li" {
            self.bullet = false;
        }
        self.in_row = was_in_row;
        if let Some(reason) = reason {
            self.mark(before, reason);
        }
        self.gap = self.gap.max(gap);
    }

    fn mark(&mut self, before: usize, reason: &'static str) {
        let written = &self.text[before..];
        let start = before + written.len() - written.trim_start().len();
        if start < self.text.len() {
            // What was marked inside is part of this.
            self.junk.retain(|(inner, _)| inner.start < start);
            self.junk.push((Span::new(start, self.text.len()), reason));
        }
    }

    fn words(&mut self, text: &str, pre: bool) {
        let mut rest = text;
        loop {
            let start = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            if start > 0 {
                let breaks = pre && rest[..start].contains('\n');
                self.gap = self.gap.max(if breaks { Gap::Line } else { Gap::Space });
            }
            rest = &rest[start..];
            if rest.is_empty() {
                return;
            }
            let end = rest.find(is_space).unwrap_or(rest.len());
            self.word(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn word(&mut self, word: &str) {
        if word.chars().all(is_invisible) {
            return;
        }
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if !self.text.is_empty() {
            self.text.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => " | ",
                Gap::Line => "\n",
                Gap::Blank => "\n\n",
            });
        }
        if self.bullet {
            self.bullet = false;
            self.text.push_str("• ");
        }
        self.text.extend(word.chars().filter(|c| !is_invisible(*c)));
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Characters that only tell a browser where a line may break.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
