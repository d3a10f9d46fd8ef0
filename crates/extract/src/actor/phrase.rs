//! Noun phrases: how far the words of a name or description reach around their head.
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// Dependents before the head that belong to its name or description.
const PREMODIFIERS: &[&str] = &[
    "det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "case", "punct", "advmod", "npadvmod",
    "intj",
];

/// The tokens of the noun phrase around `head`: its premodifiers, the head, and `of` phrases after it; no relative
/// clauses, appositions or other prepositional phrases.
pub fn core(doc: &Doc, head: usize) -> Range<usize> {
    let token = doc.token(head);
    let mut start = head;
    for left in token.lefts().rev() {
        if !PREMODIFIERS.contains(&left.dep()) {
            break;
        }
        if left.dep() == "punct" && !matches!(left.text(), "-" | "'" | "’") {
            break;
        }
        // "On 27 March guards attacked": a date is no part of who they are, but for the "19 April Movement".
        let named = left.pos() == "PROPN" && left.text().starts_with(char::is_alphabetic);
        let dated = named && matches!(left.ent_type(), "DATE" | "TIME");
        if dated && token.ent_type() != left.ent_type() && !token.is("movement") {
            break;
        }
        // "Earlier the guard": what stands before an article is no part of it, but for "all" and "nearly".
        if matches!(left.dep(), "advmod" | "npadvmod") && doc.token(start).dep() == "det" {
            break;
        }
        let edge = left.left_edge().i();
        // A gap means that something outside the phrase stands between.
        if left.right_edge().i() + 1 < start
            && !doc.slice(left.right_edge().i() + 1..start).tokens().all(|t| t.pos() == "PUNCT")
        {
            break;
        }
        start = edge;
    }
    let mut end = head + 1;
    if let Some(entity) = token.entity()
        && entity.end > end
        && entity.start <= head
        && entity.label != "DATE"
        && entity.label != "CARDINAL"
    {
        end = entity.end;
    }
    if let Some(of) = token.rights().find(|r| r.dep() == "prep" && r.is("of") && r.i() <= end)
        && let Some(object) = of.child("pobj")
    {
        let reach = core(doc, object.i());
        if reach.start <= of.i() + 2 && reach.len() <= 6 {
            end = end.max(reach.end);
        }
    }
    trim(doc, start..end)
}

/// Without articles, quantifiers and punctuation at the edges, and without a final possessive.
pub fn trim(doc: &Doc, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    while start + 1 < end {
        let t = doc.token(start);
        // "× Police": what a page puts before a headline. A hyphen is what is left of "non-".
        let mark = !t.is("-") && !t.text().chars().any(char::is_alphanumeric);
        // "Fifty of the guild's porters", cut behind the number.
        if mark
            || t.is("of")
            || t.pos() == "PUNCT"
            || t.pos() == "SPACE"
            || t.dep() == "predet"
            || matches!(t.tag(), "DT" | "PDT")
        {
            start += 1;
        } else {
            break;
        }
    }
    while end > start + 1 {
        let t = doc.token(end - 1);
        if t.pos() == "SPACE" || t.tag() == "POS" || (t.pos() == "PUNCT" && t.text() != ".") {
            end -= 1;
        } else {
            break;
        }
    }
    start..end
}

/// The token that stands for a phrase in the syntax: numbers and quantifiers give way to what they count, titles and
/// partitives to what they head ("dozens of soldiers" → soldiers).
pub(crate) fn content_head<'d>(token: Token<'d>, partitives: &[String]) -> Token<'d> {
    // "Family members of the dead" are no dead.
    let named = || token.children().any(|c| c.dep() == "compound");
    if (matches!(token.pos(), "NUM" | "DET" | "PRON") || super::words::is_in(partitives, token) && !named())
        && let Some(object) = token.rights().find(|r| r.dep() == "prep" && r.is("of")).and_then(|of| of.child("pobj"))
    {
        return object;
    }
    token
}
