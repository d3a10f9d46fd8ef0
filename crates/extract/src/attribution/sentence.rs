//! Sentences as a reader sees them.
//!
//! The parser also ends sentences after abbreviations and titles ("a lake near Ft. | Orlec, said the guide"). A
//! sentence here goes on until something that can end one.
use super::quotes::is_mark;
use crate::Reading;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// The sentences of a reading, in tokens.
pub(super) struct Sentences {
    all: Vec<Range<usize>>,
    of: Vec<u32>,
}

impl Sentences {
    pub fn read(reading: &Reading) -> Self {
        let doc = &reading.doc;
        let mut all: Vec<Range<usize>> = Vec::new();
        let mut block = 0;
        for sent in doc.sents() {
            let here = reading.block_of(sent.start);
            match all.last_mut() {
                Some(last) if here == block && !ends(doc, last.clone(), sent.start) => last.end = sent.end,
                _ => all.push(sent.start..sent.end),
            }
            block = here;
        }
        let mut of = vec![0; doc.len()];
        for (s, range) in all.iter().enumerate() {
            of[range.clone()].fill(s as u32);
        }
        Sentences { all, of }
    }

    /// The sentence that holds a token.
    pub fn of(&self, token: usize) -> Range<usize> {
        self.all[self.of[token] as usize].clone()
    }

    /// All sentences in order.
    pub fn all(&self) -> &[Range<usize>] {
        &self.all
    }
}

/// True when a sentence can end with the last token of `sentence`, before the token `next`.
fn ends(doc: &Doc, sentence: Range<usize>, next: usize) -> bool {
    let last = sentence.rev().map(|i| doc.token(i)).find(|t| !is_mark(*t) && t.pos() != "SPACE" && !t.is(")"));
    let Some(last) = last else { return true };
    let terminal = last.text().ends_with(['.', '?', '!', '…', ':', ';', '—', '–']);
    terminal && !is_abbreviation(last) || starts_anew(doc.token(next))
}

/// A full stop right after a short capitalised word that is no word of its own ("Ft.", "Jr.", an initial).
fn is_abbreviation(stop: Token) -> bool {
    let before = match stop.text() {
        "." => stop.nbor(-1).filter(|b| b.glued_to_next()),
        _ => return false,
    };
    before
        .is_some_and(|b| b.tag() == "NNP" && b.text().chars().count() <= 2 && b.text().starts_with(char::is_uppercase))
}

/// A bullet or an opening quotation mark in front of a capital.
fn starts_anew(token: Token) -> bool {
    is_mark(token)
        && token.nbor(1).is_some_and(|n| n.text().starts_with(char::is_uppercase))
        && !token.glued_to_previous()
}

/// What stands before a token.
trait Glue {
    fn glued_to_previous(&self) -> bool;
}

impl Glue for Token<'_> {
    fn glued_to_previous(&self) -> bool {
        self.nbor(-1).is_some_and(|p| p.glued_to_next())
    }
}
