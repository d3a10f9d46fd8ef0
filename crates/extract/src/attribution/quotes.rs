//! Quotation marks, paired as well as broken text allows.
use crate::Reading;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// A stretch between quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quotation {
    /// Tokens with the marks.
    pub outer: Range<usize>,
    /// Tokens between the marks.
    pub inner: Range<usize>,
    /// True when it goes on with a quotation that the block before left open.
    pub continues: bool,
    /// True when it has a closing mark, or goes on in the next block.
    pub closed: bool,
}

/// All quotations of a reading, in order, none within another.
pub(super) struct Quotations {
    pub all: Vec<Quotation>,
    of: Vec<u32>,
}

const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq)]
enum Hint {
    Opens,
    Closes,
    Either,
}

impl Quotations {
    pub fn read(reading: &Reading) -> Self {
        let doc = &reading.doc;
        let mut all: Vec<Quotation> = Vec::new();
        let mut left_open = false;
        for block in &reading.blocks {
            let first = all.len();
            left_open = pair_double(doc, block.tokens.clone(), left_open, &mut all);
            if all.len() == first {
                left_open = false;
            }
            if all.get(first).is_some_and(|q| q.outer.start == block.tokens.start) && first > 0 {
                // The block before left its quotation open because this one goes on with it.
                all[first - 1].closed |= all[first].continues;
            }
            pair_single(doc, block.tokens.clone(), first, &mut all);
            all[first..].sort_by_key(|q| q.outer.start);
        }
        let mut of = vec![NONE; doc.len()];
        for (i, q) in all.iter().enumerate() {
            of[q.outer.clone()].fill(i as u32);
        }
        Quotations { all, of }
    }

    /// Index of the quotation that holds a token (its marks included).
    pub fn at(&self, token: usize) -> Option<usize> {
        self.of.get(token).filter(|&&q| q != NONE).map(|&q| q as usize)
    }

    /// True when the token stands between quotation marks.
    pub fn holds(&self, token: usize) -> bool {
        self.at(token).is_some_and(|q| self.all[q].inner.contains(&token))
    }
}

/// True for a mark of a double quotation.
pub(crate) fn is_double(token: Token) -> bool {
    matches!(token.text(), "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "″" | "''" | "``" | "’’" | "‘‘")
}

/// True for any quotation mark.
pub(super) fn is_mark(token: Token) -> bool {
    is_double(token) || matches!(token.text(), "'" | "‘" | "’" | "‚" | "‹" | "›" | "`")
}

fn glued(doc: &Doc, i: usize) -> (bool, bool) {
    let left = i > 0 && doc.token(i - 1).glued_to_next();
    (left, doc.token(i).glued_to_next())
}

/// Which way a mark points, by its glyph and by the white space beside it. Scraped text often has the
/// wrong glyph, so both must not contradict each other.
fn hint(doc: &Doc, i: usize, block: &Range<usize>) -> Hint {
    let (left, right) = glued(doc, i);
    let left = left && i > block.start && !opens_bracket(doc.token(i - 1));
    let right = right && i + 1 < block.end && !doc.token(i + 1).text().starts_with([',', '.', ';', ':', ')', '!', '?']);
    // Before a comma or a full stop a mark closes, whatever else.
    let before_stop = i + 1 < block.end && doc.token(i + 1).is_any(&[",", ".", ";", ":", ")"]) && i > block.start;
    let spacing = match (left, right) {
        _ if before_stop => return Hint::Closes,
        (false, true) => Hint::Opens,
        (true, false) => Hint::Closes,
        _ if i == block.start => Hint::Opens,
        _ if i + 1 == block.end => Hint::Closes,
        _ => Hint::Either,
    };
    let glyph = match doc.token(i).text() {
        "“" | "„" | "«" | "``" | "‘‘" => Hint::Opens,
        "”" | "»" | "’’" => Hint::Closes,
        _ => Hint::Either,
    };
    match (glyph, spacing) {
        (Hint::Either, s) => s,
        (g, Hint::Either) => g,
        (g, s) if g == s => g,
        _ => Hint::Either,
    }
}

fn opens_bracket(token: Token) -> bool {
    token.text().ends_with(['(', '[', '—', '–', '-', '/'])
}

/// Pairs the double marks of a block; says whether its last quotation was left open at the block's end.
fn pair_double(doc: &Doc, block: Range<usize>, continued: bool, all: &mut Vec<Quotation>) -> bool {
    let marks: Vec<usize> = block.clone().filter(|&i| is_double(doc.token(i))).collect();
    let mut open: Option<usize> = None;
    for (n, &i) in marks.iter().enumerate() {
        let rest_odd = (marks.len() - n) % 2 == 1;
        match (open, hint(doc, i, &block)) {
            (None, Hint::Closes) if rest_odd => {
                // A closing mark that nothing opened: the quotation began with the block, or the sentence.
                let last = all.last().map_or(block.start, |q| q.outer.end).max(block.start);
                let sentence = doc.token(i).sent().start;
                let start = if continued && last == block.start { block.start } else { sentence.max(last) };
                if start < i {
                    all.push(Quotation { outer: start..i + 1, inner: start..i, continues: continued, closed: true });
                }
            }
            (None, _) => open = Some(i),
            (Some(o), Hint::Opens) if !rest_odd || new_paragraph_style(doc, o, i) => {
                // The one before was never closed: it ends with its sentence.
                let end = doc.token(o).sent().end.min(i).max(o + 1);
                all.push(Quotation {
                    outer: o..end,
                    inner: o + 1..end,
                    continues: continued && o == block.start,
                    closed: false,
                });
                open = Some(i);
            }
            (Some(o), _) => {
                all.push(Quotation {
                    outer: o..i + 1,
                    inner: o + 1..i,
                    continues: continued && o == block.start,
                    closed: true,
                });
                open = None;
            }
        }
    }
    if let Some(o) = open {
        // Left open: to the end of the block, as in speech over several paragraphs.
        all.push(Quotation {
            outer: o..block.end,
            inner: o + 1..block.end,
            continues: continued && o == block.start,
            closed: false,
        });
        return true;
    }
    false
}

/// True when an opening mark follows the end of a sentence, so that the mark before it was left open.
fn new_paragraph_style(doc: &Doc, open: usize, i: usize) -> bool {
    i > open + 1 && doc.token(i).sent_index() != doc.token(open).sent_index() && doc.token(i).sent().start == i
}

/// Pairs single marks outside the double ones found from `first` on.
fn pair_single(doc: &Doc, block: Range<usize>, first: usize, all: &mut Vec<Quotation>) {
    let doubles = all.len();
    let mut next = first;
    let mut open: Option<usize> = None;
    for i in block {
        while next < doubles && all[next].outer.end <= i {
            next += 1;
        }
        let token = doc.token(i);
        let single = matches!(token.text(), "'" | "‘" | "’" | "‚" | "‹" | "›" | "`");
        if !single || next < doubles && all[next].outer.contains(&i) {
            continue;
        }
        let (left, right) = glued(doc, i);
        match open {
            None if right && !left && token.text() != "’" => open = Some(i),
            Some(o) if left && !(token.tag() == "POS" && right) => {
                let possessive = token.tag() == "POS" && later_close(doc, i);
                let crosses = next > first && all[next - 1].outer.start > o;
                if !possessive && !crosses && doc.token(o).sent_index() + 3 >= token.sent_index() {
                    all.push(Quotation { outer: o..i + 1, inner: o + 1..i, continues: false, closed: true });
                    open = None;
                } else if crosses {
                    open = None;
                }
            }
            Some(o) if right && !left && doc.token(o).sent_index() < token.sent_index() => open = Some(i),
            _ => {}
        }
    }
}

/// True when another closing single mark follows in the sentence.
fn later_close(doc: &Doc, i: usize) -> bool {
    (i + 1..doc.token(i).sent().end)
        .any(|j| matches!(doc.token(j).text(), "'" | "’") && doc.token(j - 1).glued_to_next())
}
