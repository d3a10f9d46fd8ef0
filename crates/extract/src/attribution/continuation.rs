//! Quotations that go on after the sentence with the cue, and over paragraphs.
use super::quotes::{Quotations, is_mark};
use super::sentence::Sentences;
use super::{AttributionMention, CueClass};
use crate::Reading;
use std::ops::Range;
use variorum_syntax::Doc;

/// Adds quotations that have no cue of their own to the attribution before them: `"A," he said. "B. C."`
pub(super) fn continue_quotations(
    reading: &Reading,
    quotes: &Quotations,
    sentences: &Sentences,
    found: &mut [AttributionMention],
) {
    let doc = &reading.doc;
    let mut claimed = vec![false; quotes.all.len()];
    for mention in found.iter().filter(|m| !m.secondary) {
        for range in &mention.content {
            let mut i = range.start;
            while i < range.end {
                match quotes.at(i) {
                    Some(q) => {
                        claimed[q] |= range.start <= quotes.all[q].outer.start;
                        i = quotes.all[q].outer.end;
                    }
                    None => i += 1,
                }
            }
        }
    }
    // A paragraph whose quotation is left open, because the next one goes on with it, is of whoever the next one is of.
    for q in (1..quotes.all.len()).rev().filter(|&q| quotes.all[q].continues) {
        let (open, next) = (&quotes.all[q - 1], &quotes.all[q]);
        let opens_block = reading.blocks[reading.block_of(open.outer.start)].tokens.start == open.outer.start;
        if claimed[q - 1] || !opens_block || !stands_alone(doc, sentences, &open.outer) {
            continue;
        }
        let of_next = |m: &&mut AttributionMention| m.content.iter().any(|r| r.contains(&next.outer.start));
        if let Some(mention) = found.iter_mut().filter(|m| speaks(m)).find(of_next) {
            mention.content.insert(0, open.outer.clone());
            claimed[q - 1] = true;
        }
    }
    // Where the words of a mention end, and which mention it is. Of several in one sentence the one that already
    // quotes goes on, else the main one.
    let mut ends: Vec<(usize, bool, bool, usize)> = Vec::new();
    for (m, mention) in found.iter().enumerate().filter(|(_, m)| speaks(m)) {
        let content = mention.content.iter().map(|r| r.end).max().unwrap_or(0);
        let end = content.max(sentences.of(mention.cue.start).end);
        let quotes_already = mention.content.iter().any(|r| quotes.at(r.end - 1).is_some());
        let finite = doc.token(mention.cue.end - 1).tag() != "VBG";
        ends.push((end, quotes_already, finite, m));
    }
    ends.sort_unstable();
    let mut last: Option<(usize, usize)> = None;
    let mut next = 0;
    for (q, quotation) in quotes.all.iter().enumerate() {
        while next < ends.len() && ends[next].0 <= quotation.outer.start {
            last = Some((ends[next].0, ends[next].3));
            next += 1;
        }
        let Some((end, m)) = last else { continue };
        if claimed[q] || !is_speech(doc, quotation.inner.clone()) || !stands_alone(doc, sentences, &quotation.outer) {
            continue;
        }
        let block = &reading.blocks[reading.block_of(quotation.outer.start)];
        let same_block = block.tokens.contains(&(end - 1));
        let bare_between = quotation.outer.start - end < 4 && (end..quotation.outer.start).all(|i| is_filler(doc, i));
        let follows_quotation = found[m].content.iter().any(|r| quotes.at(r.end - 1).is_some());
        let opens_block = quotation.outer.start == block.tokens.start;
        if bare_between && (same_block || follows_quotation && opens_block) {
            found[m].content.push(quotation.outer.clone());
            last = Some((quotation.outer.end, m));
        }
    }
}

fn speaks(m: &AttributionMention) -> bool {
    m.class == CueClass::Reporting && !m.secondary
}

/// A quotation of at least one clause, not a scare quote.
fn is_speech(doc: &Doc, inner: Range<usize>) -> bool {
    inner.len() >= 3 && inner.clone().any(|i| matches!(doc.token(i).pos(), "VERB" | "AUX")) || inner.len() >= 8
}

/// True when nothing but the quotation stands in its sentences.
fn stands_alone(doc: &Doc, sentences: &Sentences, outer: &Range<usize>) -> bool {
    let first = sentences.of(outer.start).start;
    let last = sentences.of(outer.end - 1).end;
    (first..outer.start).all(|i| is_filler(doc, i)) && (outer.end..last).all(|i| is_filler(doc, i))
}

fn is_filler(doc: &Doc, i: usize) -> bool {
    let t = doc.token(i);
    matches!(t.pos(), "PUNCT" | "SPACE") || is_mark(t)
}
