//! The stretch of text that is credited to a source.
use super::clause::{Source, extent, trim};
use super::quotes::{Quotations, is_mark};
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// The crediting words as they stand in the sentence.
pub(super) struct Host {
    /// The verb with its auxiliaries.
    pub cue: Range<usize>,
    /// Cue, source and adjuncts: what is no content.
    pub span: Range<usize>,
    /// The sentence of the cue.
    pub sentence: Range<usize>,
    /// True when the source does not stand beside the cue.
    pub source_is_far: bool,
}

/// True for what separates the crediting words from the content.
fn is_break(t: Token) -> bool {
    matches!(t.text(), "," | ":" | ";" | "." | "?" | "!" | "…" | "..." | "--")
        || is_dash(t)
        || is_mark(t) && t.tag() != "POS"
}

fn is_dash(t: Token) -> bool {
    matches!(t.text(), "—" | "–" | "-")
}

/// Finds where the crediting words begin and end.
pub(super) fn host(doc: &Doc, verb: Token, cue: &Range<usize>, source: &Source) -> Host {
    let sent = verb.sent();
    let sentence = sent.start..sent.end;
    let mut span = cue.clone();
    let mut far = true;
    if let Some(s) = source.range() {
        // Adverbs and short asides may stand between source and verb.
        if s.end <= cue.start && s.start >= sentence.start {
            let between_ok = (s.end..cue.start).all(|i| !is_mark(doc.token(i))) && cue.start - s.end <= 25;
            if between_ok {
                span.start = s.start;
                far = false;
            }
        } else if s.start >= cue.end && s.start <= cue.end + 2 && s.end <= sentence.end {
            span.end = s.end;
            far = false;
        }
    } else {
        far = false;
    }
    while span.end < sentence.end && !is_break(doc.token(span.end)) {
        span.end += 1;
    }
    Host { cue: cue.clone(), span, sentence, source_is_far: far }
}

/// True when the crediting words end the sentence after a comma or a quotation.
pub(super) fn is_trailing(doc: &Doc, host: &Host) -> bool {
    let ends = (host.span.end..host.sentence.end).all(|i| doc.token(i).pos() == "PUNCT" || is_mark(doc.token(i)));
    let parted = host.span.start > host.sentence.start && is_break(doc.token(host.span.start - 1));
    ends && parted && host.span.start > host.sentence.start + 2
}

/// Content that follows: the complement clause.
pub(super) fn after(doc: &Doc, verb: Token, clause: Token, host: &Host) -> Vec<Range<usize>> {
    let mut range = extent(clause);
    range.start = range.start.max(host.cue.end);
    // A second clause that the parser hung on the cue, with a subject of its own and no comma before it.
    for c in verb.rights().filter(|c| c.dep() == "conj" && c.i() > clause.i()) {
        let joined = extent(c);
        let cc = verb.rights().find(|t| t.dep() == "cc" && t.i() < c.i());
        let comma = cc.is_some_and(|t| t.i() > 0 && doc.token(t.i() - 1).is(","));
        if cc.is_some() && !comma && c.child_any(&["nsubj", "nsubjpass"]).is_some() && joined.start <= range.end + 1 {
            range.end = joined.end;
        }
    }
    let mut parts = Vec::new();
    if range.start < range.end {
        parts.push(range);
    }
    parts
}

/// Content that precedes: from the start of the sentence, or of the clause that the cue belongs to.
pub(super) fn before(doc: &Doc, quotes: &Quotations, verb: Token, host: &Host) -> Vec<Range<usize>> {
    let mut start = host.sentence.start;
    if !verb.is_root() && verb.dep() != "conj" && verb.dep() != "ccomp" && verb.dep() != "parataxis" {
        start = start.max(verb.left_edge().i());
    }
    let mut parts = vec![start..host.span.start];
    parts.extend(tail(doc, quotes, host));
    parts
}

/// Content on both sides of a parenthesis.
pub(super) fn around(doc: &Doc, quotes: &Quotations, head: Token, host: &Host) -> Vec<Range<usize>> {
    let whole = extent(head);
    let mut parts = Vec::new();
    if whole.start < host.span.start {
        parts.push(whole.start..host.span.start);
    }
    if host.span.end < whole.end {
        parts.push(host.span.end..whole.end);
    } else {
        parts.extend(tail(doc, quotes, host));
    }
    parts
}

/// What goes on after inserted crediting words: a second quotation, or the rest of the sentence's clause.
fn tail(doc: &Doc, quotes: &Quotations, host: &Host) -> Vec<Range<usize>> {
    let mut i = host.span.end;
    let end = host.sentence.end;
    while i < end && is_break(doc.token(i)) && quotes.at(i).is_none() {
        i += 1;
    }
    if i >= end {
        return Vec::new();
    }
    if let Some(q) = quotes.at(i) {
        let q = &quotes.all[q];
        if q.outer.start == i {
            return vec![q.outer.clone()];
        }
    }
    // "…, he said, and the road was open": a clause with its own subject and no cue of its own is not told apart
    // from the publisher's voice, except inside a quotation.
    let inner = (i..end.min(i + 6)).find_map(|j| quotes.at(j).filter(|&q| quotes.all[q].outer.start == j));
    match inner {
        Some(q) if doc.token(i).dep() == "cc" || doc.token(i).is("but") => vec![i..quotes.all[q].outer.end],
        _ => Vec::new(),
    }
}

/// Quotations right before or after the crediting words.
pub(super) fn adjacent_quotes(doc: &Doc, quotes: &Quotations, host: &Host) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut i = host.span.start;
    while i > 0 && i + 2 > host.span.start && doc.token(i - 1).is(",") {
        i -= 1;
    }
    if i > 0 {
        if let Some(q) = quotes.at(i - 1) {
            let q = &quotes.all[q];
            if q.outer.end == i && q.inner.len() > 1 {
                let start = if q.outer.start > host.sentence.start { host.sentence.start } else { q.outer.start };
                parts.push(start..q.outer.end);
            }
        }
    }
    let mut j = host.span.end;
    while j < doc.len() && j < host.span.end + 2 && doc.token(j).is_any(&[",", ":"]) {
        j += 1;
    }
    if let Some(q) = quotes.at(j) {
        let q = &quotes.all[q];
        if q.outer.start == j && q.inner.len() > 1 && j <= host.sentence.end {
            parts.push(q.outer.clone());
        }
    }
    parts
}

/// Extends content to the ends of the quotations it touches, takes cue and source out of it, and trims.
pub(super) fn finish(
    doc: &Doc,
    quotes: &Quotations,
    cue: &Range<usize>,
    source: &Source,
    parts: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for mut part in parts {
        if part.start >= part.end {
            continue;
        }
        for edge in [part.start, part.end - 1] {
            let Some(q) = quotes.at(edge).map(|q| &quotes.all[q]) else { continue };
            let holds_cue = q.outer.start < cue.end && cue.start < q.outer.end;
            if !holds_cue {
                part.start = part.start.min(q.outer.start);
                part.end = part.end.max(q.outer.end);
            }
        }
        out.push(part);
    }
    let mut holes = vec![cue.clone()];
    holes.extend(source.voices.iter().filter(|v| v.start + 60 > cue.start && v.start < cue.end + 60).cloned());
    for hole in holes {
        out = out.into_iter().flat_map(|p| cut(p, &hole)).collect();
    }
    out.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for r in out {
        let r = trim(doc, r);
        if r.is_empty() {
            continue;
        }
        match merged.last_mut() {
            Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
            _ => merged.push(r),
        }
    }
    merged
}

fn cut(part: Range<usize>, hole: &Range<usize>) -> Vec<Range<usize>> {
    if hole.end <= part.start || part.end <= hole.start {
        return vec![part];
    }
    [part.start..hole.start, hole.end..part.end].into_iter().filter(|r| r.start < r.end).collect()
}
