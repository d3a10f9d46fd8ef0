//! The stretch of text that is credited to a source.
use super::clause::{extent, is_verb, trim};
use super::quotes::{Quotations, is_mark};
use super::source::Source;
use super::verb::Context;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// The crediting words as they stand in the sentence.
pub(super) struct Host {
    /// The verb with its auxiliaries.
    pub cue: Range<usize>,
    /// Cue, source and adjuncts: what is no content.
    pub span: Range<usize>,
    /// The source beside the cue.
    pub source: Option<Range<usize>>,
    /// The sentence of the cue.
    pub sentence: Range<usize>,
    /// The block of the cue.
    pub block: Range<usize>,
}

/// Longest stretch between a source and its cue, in tokens.
const NEAR: usize = 25;

/// True for what separates the crediting words from the content.
fn is_break(t: Token) -> bool {
    matches!(t.text(), "," | ":" | ";" | "." | "?" | "!" | "…" | "..." | "--" | "—" | "–")
        || t.is("-") && !t.glued_to_next()
        || is_mark(t) && t.tag() != "POS"
}

/// Finds where the crediting words begin and end.
pub(super) fn host(
    doc: &Doc,
    block: Range<usize>,
    sentence: Range<usize>,
    cue: &Range<usize>,
    source: &Source,
) -> Host {
    let mut span = cue.clone();
    let range = source.range();
    let mut far = range.is_some();
    if let Some(s) = &range {
        if s.end <= cue.start && s.start >= sentence.start {
            // Adverbs and asides may stand between source and verb, a quotation may not.
            if cue.start - s.end <= NEAR && (s.end..cue.start).all(|i| !is_mark(doc.token(i))) {
                span.start = s.start;
                far = false;
            }
        } else if s.start >= cue.end && s.start <= cue.end + 2 && s.end <= sentence.end {
            span.end = s.end;
            far = false;
        }
    }
    while span.end < sentence.end && !is_break(doc.token(span.end)) {
        span.end += 1;
    }
    let source = range.filter(|_| !far);
    Host { cue: cue.clone(), span, source, sentence, block }
}

/// True when the crediting words end the sentence after a comma or a quotation.
pub(super) fn is_trailing(doc: &Doc, host: &Host) -> bool {
    let ends = (host.span.end..host.sentence.end).all(|i| doc.token(i).pos() == "PUNCT" || is_mark(doc.token(i)));
    let parted = host.span.start > host.sentence.start && is_break(doc.token(host.span.start - 1));
    ends && parted && host.span.start > host.sentence.start + 2
}

/// Content that follows: the complement clause.
pub(super) fn after(context: &Context, verb: Token, clause: Token, host: &Host) -> Vec<Range<usize>> {
    let doc = context.doc;
    let mut range = extent(clause);
    range.start = range.start.max(host.cue.end);
    // A second clause that the parser hung on the cue beside the first, or with a subject of its own and no comma before it.
    for c in verb.rights().filter(|c| c.dep() == "ccomp" && c.i() != clause.i()) {
        let other = extent(c);
        if other.start <= range.end + 2 && range.start <= other.end + 2 {
            range = range.start.min(other.start).max(host.cue.end)..range.end.max(other.end);
        }
    }
    for c in verb.rights().filter(|c| c.dep() == "conj" && c.i() > clause.i() && !context.reports(*c)) {
        let cc = verb.rights().find(|t| t.dep() == "cc" && t.i() < c.i());
        let comma = cc.is_none_or(|t| t.i() > 0 && doc.token(t.i() - 1).is(","));
        let joined = extent(c);
        let own = c.child_any(&["nsubj", "nsubjpass"]);
        let anaphor = own.is_some_and(|s| s.pos() == "PRON") && clause.child("mark").is_some();
        if own.is_some() && (!comma || anaphor) && joined.start <= range.end + 1 {
            range.end = joined.end;
        }
    }
    // "Accused them of raiding the camp (…) by crossing the river": how they are said to have done it.
    let by = |c: &Token| c.dep() == "prep" && c.is("by") && c.child("pcomp").is_some_and(|p| p.tag() == "VBG");
    if clause.dep() == "pcomp"
        && let Some(how) = verb.rights().find(|c| by(c) && c.i() > clause.i())
    {
        range.end = range.end.max(extent(how).end);
    }
    if let Some(joint) = second_act(context, verb, clause) {
        range.end = joint;
    }
    range.end = other_voice(context, clause, &range).unwrap_or(range.end);
    range.end = end_of_speech(context, &range).unwrap_or(range.end);
    if range.start < range.end { vec![range] } else { Vec::new() }
}

/// Where the source's next act begins in "said the road was closed | and urged people to stay", which the parser hangs
/// on the content: a coordinated verb that reports, in the cue's tense, without a subject.
fn second_act(context: &Context, verb: Token, clause: Token) -> Option<usize> {
    let act = clause.child("conj").filter(|c| is_second_act(context, verb, clause, *c))?;
    let joint = clause.rights().rfind(|c| c.dep() == "cc" && c.i() < act.i())?;
    Some(joint.i())
}

/// True for a verb that is coordinated with the content of `verb` but tells a second act of its source.
pub(super) fn is_second_act(context: &Context, verb: Token, clause: Token, act: Token) -> bool {
    let finite = matches!(act.tag(), "VBD" | "VBZ" | "VBP") && act.tag() == verb.tag();
    finite
        && act.i() > clause.i()
        && act.child_any(&["nsubj", "nsubjpass", "aux", "auxpass"]).is_none()
        && context.reports(act)
}

/// Where another act of reporting begins that the parser took into a clause: ", adding that …", ", while villagers
/// said …", ", according to …".
fn other_voice(context: &Context, clause: Token, range: &Range<usize>) -> Option<usize> {
    let doc = context.doc;
    for i in range.start.max(clause.i()) + 1..range.end {
        if !follows_comma(doc, i) || context.quotes.holds(i) {
            continue;
        }
        let t = doc.token(i);
        if t.is("according") {
            return Some(i - 1);
        }
        // ", an allegation denied by the guard": nor does the source tell who denies it.
        let denied = |noun: Token| {
            let answer = noun.children().find(|c| matches!(c.dep(), "acl" | "relcl") && is_verb(*c));
            let of_saying = noun.tag() == "NN" && context.lexicon.noun(noun.lemma()).is_some();
            of_saying && answer.is_some_and(|verb| context.reports(verb))
        };
        let noun = Some(t.head()).filter(|n| t.dep() == "det" && t.is_any(&["a", "an"]) && n.i() > i);
        if noun.is_some_and(denied) {
            return Some(i - 1);
        }
        let verb = if t.tag() == "VBG" && t.dep() == "advcl" {
            Some(t)
        } else if matches!(t.dep(), "mark" | "cc" | "advmod")
            && t.is_any(&["while", "whereas", "but", "and", "as", "although", "though"])
        {
            let verb = t.head();
            let joined = verb.children().find(|c| c.dep() == "conj" && c.i() > i);
            let verb = if t.dep() == "cc" { joined } else { Some(verb) };
            verb.filter(|v| v.i() > i && v.children().any(|s| s.dep() == "nsubj" && s.i() > i && s.pos() != "PRON"))
        } else {
            None
        };
        let speaks = verb.filter(|v| {
            is_verb(*v) && context.reports(*v) && v.child_any(&["ccomp", "xcomp", "dobj", "prep"]).is_some()
        });
        if speaks.is_some_and(|v| v.is_under(clause) && v.i() != clause.i()) {
            return Some(i - 1);
        }
    }
    None
}

/// Where a direct quotation ends that the content begins with ("said, 'A,' when asked"), or one that ends in a comma
/// ("said that 'A,' citing B").
fn end_of_speech(context: &Context, range: &Range<usize>) -> Option<usize> {
    let doc = context.doc;
    let mut i = range.start;
    while i < range.end {
        let Some(q) = context.quotes.at(i).map(|q| &context.quotes.all[q]) else {
            i += 1;
            continue;
        };
        let opens = q.outer.start <= range.start + 1 && is_mark(doc.token(q.outer.start));
        let comma = q.inner.end > q.inner.start && doc.token(q.inner.end - 1).is(",");
        let clause = q.inner.clone().any(|j| matches!(doc.token(j).pos(), "VERB" | "AUX"));
        let comma = comma && clause;
        if q.outer.end < range.end && q.inner.len() > 1 && (comma || opens && doc.token(q.outer.end).pos() == "PUNCT") {
            let again = (q.outer.end..range.end).any(|j| context.quotes.at(j).is_some());
            return (!again).then_some(q.outer.end);
        }
        i = q.outer.end.max(i + 1);
    }
    None
}

/// True after a comma, also one inside a closing quotation mark.
fn follows_comma(doc: &Doc, i: usize) -> bool {
    let before = doc.token(i - 1);
    before.is(",") || is_mark(before) && i > 1 && doc.token(i - 2).is(",")
}

/// Content that precedes: from the start of the sentence, or of the clause that the cue belongs to.
pub(super) fn before(context: &Context, verb: Token, host: &Host) -> Vec<Range<usize>> {
    let mut start = host.sentence.start;
    if !verb.is_root() && !matches!(verb.dep(), "conj" | "ccomp" | "parataxis") {
        start = start.max(verb.left_edge().i());
    }
    let mut parts = Vec::from_iter([start..host.span.start]);
    parts.extend(tail(context, host));
    parts
}

/// Content on both sides of a parenthesis.
pub(super) fn around(context: &Context, head: Token, host: &Host) -> Vec<Range<usize>> {
    let whole = extent(head);
    let mut parts = Vec::new();
    if whole.start < host.span.start {
        parts.push(whole.start..host.span.start);
    }
    if host.span.end < whole.end {
        parts.push(host.span.end..whole.end);
    } else {
        parts.extend(tail(context, host));
    }
    parts
}

/// What goes on after inserted crediting words: a second quotation, or the rest of the content's clause.
fn tail(context: &Context, host: &Host) -> Option<Range<usize>> {
    let (doc, quotes) = (context.doc, context.quotes);
    let end = host.sentence.end;
    let mut i = host.span.end;
    let semicolon = doc.get(i).is_some_and(|t| t.is(";"));
    while i < end && is_break(doc.token(i)) && quotes.at(i).is_none() {
        i += 1;
    }
    if i >= end {
        return None;
    }
    let opens = |j: usize| quotes.at(j).map(|q| &quotes.all[q]).filter(|q| q.outer.start == j);
    if let Some(q) = opens(i) {
        return Some(q.outer.clone());
    }
    let quoted = (i..end.min(i + 6)).find_map(opens).filter(|_| doc.token(i).dep() == "cc");
    // "…, the guild said; the mayor blamed smugglers": the other speaks for himself.
    let verb = doc.slice(i..end).root();
    let other = context.reports(verb) && verb.child("nsubj").is_some_and(|s| s.i() >= i);
    match quoted {
        Some(q) => Some(i..q.outer.end),
        None if semicolon && !other => Some(i..end),
        None => None,
    }
}

/// Quotations right before or after the crediting words, within their sentence. With `only_before`, what follows the
/// cue is its object.
pub(super) fn adjacent_quotes(context: &Context, host: &Host, only_before: bool) -> Vec<Range<usize>> {
    let (doc, quotes) = (context.doc, context.quotes);
    let mut parts = Vec::new();
    let mut i = host.span.start;
    while i > host.sentence.start && i + 2 > host.span.start && doc.token(i - 1).is(",") {
        i -= 1;
    }
    let left = i.checked_sub(1).and_then(|i| quotes.at(i)).map(|q| &quotes.all[q]);
    // "'Why?' the mayor asked": the parser ends the sentence at the question mark.
    let left = left.filter(|q| {
        let asks = doc.token(q.inner.end.max(1) - 1).is_any(&["?", "!", ",", "…", "-"]);
        q.outer.end == i && q.inner.len() > 1 && (i > host.sentence.start || asks && i > host.block.start)
    });
    if let Some(q) = left {
        let mut start = q.outer.start;
        if start > host.sentence.start && (host.sentence.start..start).all(|j| !context.reports(doc.token(j))) {
            start = host.sentence.start;
        }
        parts.push(start..q.outer.end);
    }
    if only_before {
        return parts;
    }
    let mut j = host.span.end;
    while j < doc.len() && j < host.span.end + 2 && doc.token(j).is_any(&[",", ":"]) {
        j += 1;
    }
    let right = quotes.at(j).map(|q| &quotes.all[q]);
    if let Some(q) = right.filter(|q| q.outer.start == j && q.inner.len() > 1 && j <= host.sentence.end) {
        parts.push(q.outer.clone());
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
    for mut part in parts.into_iter().filter(|p| p.start < p.end) {
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
    for hole in [cue].into_iter().chain(&source.voices) {
        out = out.into_iter().flat_map(|p| cut(p, hole)).collect();
    }
    out.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for r in out.into_iter().map(|r| without_joint(doc, trim(doc, r))).filter(|r| !r.is_empty()) {
        match merged.last_mut() {
            Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
            _ => merged.push(r),
        }
    }
    merged
}

/// A range without a coordinator at its end, which joins what is not in it.
fn without_joint(doc: &Doc, range: Range<usize>) -> Range<usize> {
    match range.end > range.start + 1 && doc.token(range.end - 1).dep() == "cc" {
        true => trim(doc, range.start..range.end - 1),
        false => range,
    }
}

fn cut(part: Range<usize>, hole: &Range<usize>) -> Vec<Range<usize>> {
    if hole.end <= part.start || part.end <= hole.start {
        return Vec::from_iter([part]);
    }
    [part.start..hole.start, hole.end..part.end].into_iter().filter(|r| r.start < r.end).collect()
}
