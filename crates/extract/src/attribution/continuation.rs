//! Quotations that go on after the sentence with the cue, and over paragraphs.
use super::quotes::{Quotations, is_mark};
use super::{AttributionMention, CueClass};
use crate::Reading;
use std::ops::Range;
use variorum_syntax::Doc;

/// Adds quotations that have no cue of their own to the attribution before them: `"A," he said. "B. C."`
pub(super) fn continue_quotations(reading: &Reading, quotes: &Quotations, found: &mut [AttributionMention]) {
    let doc = &reading.doc;
    let mut claimed = vec![false; quotes.all.len()];
    // For each quotation, the mention it belongs to; for each token, the mention whose cue or content ends there last.
    let mut last_of_block: Vec<(usize, usize)> = Vec::new();
    for (m, mention) in found.iter().enumerate() {
        for range in &mention.content {
            for i in range.clone().step_by(1) {
                if let Some(q) = quotes.at(i) {
                    if range.start <= quotes.all[q].outer.start {
                        claimed[q] = true;
                    }
                }
            }
        }
        if speaks(mention) {
            last_of_block.push((end_of(mention), m));
        }
    }
    last_of_block.sort_unstable();
    let mut last: Option<(usize, usize)> = None;
    let mut next = 0;
    for (q, quotation) in quotes.all.iter().enumerate() {
        while next < last_of_block.len() && last_of_block[next].0 <= quotation.outer.start {
            last = Some(last_of_block[next]);
            next += 1;
        }
        let Some((end, m)) = last else { continue };
        if claimed[q] || !is_speech(doc, quotation.inner.clone()) || !stands_alone(doc, &quotation.outer) {
            continue;
        }
        let same_block = reading.block_of(end - 1) == reading.block_of(quotation.outer.start);
        let between_is_bare = (end..quotation.outer.start).all(|i| is_filler(doc, i));
        let follows_quote = found[m].content.iter().any(|r| quotes.at(r.end - 1).is_some());
        let block = &reading.blocks[reading.block_of(quotation.outer.start)];
        let whole_block = quotation.outer.start == block.tokens.start;
        if between_is_bare && (same_block || follows_quote && whole_block) {
            found[m].content.push(quotation.outer.clone());
            last = Some((quotation.outer.end, m));
        }
    }
}

fn speaks(m: &AttributionMention) -> bool {
    matches!(m.class, CueClass::Reporting | CueClass::Topic)
}

fn end_of(m: &AttributionMention) -> usize {
    let content = m.content.iter().map(|r| r.end).max().unwrap_or(0);
    let source = m.sources.iter().map(|r| r.end).max().unwrap_or(0);
    content.max(m.cue.end).max(source)
}

/// A quotation of at least one clause, not a scare quote.
fn is_speech(doc: &Doc, inner: Range<usize>) -> bool {
    inner.len() >= 3 && inner.clone().any(|i| matches!(doc.token(i).pos(), "VERB" | "AUX")) || inner.len() >= 8
}

/// True when nothing but the quotation stands in its sentences.
fn stands_alone(doc: &Doc, outer: &Range<usize>) -> bool {
    let first = doc.token(outer.start).sent().start;
    let last = doc.token(outer.end - 1).sent().end;
    (first..outer.start).all(|i| is_filler(doc, i)) && (outer.end..last).all(|i| is_filler(doc, i))
}

fn is_filler(doc: &Doc, i: usize) -> bool {
    let t = doc.token(i);
    matches!(t.pos(), "PUNCT" | "SPACE") || is_mark(t)
}
