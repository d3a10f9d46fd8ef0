//! Tokens and spans: a place in a document.

use super::{Doc, Entity, NO_ENTITY, Row};
use std::ops::Range;

/// A token of a document.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Doc,
    i: usize,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.i == other.i && std::ptr::eq(self.doc, other.doc)
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}/{}", self.i, self.text(), self.tag(), self.dep())
    }
}

impl<'d> Token<'d> {
    pub(super) fn new(doc: &'d Doc, i: usize) -> Self {
        Token { doc, i }
    }
    fn row(&self) -> &'d Row {
        &self.doc.rows[self.i]
    }
    /// The document.
    pub fn doc(&self) -> &'d Doc {
        self.doc
    }
    /// Index in the document.
    pub fn i(&self) -> usize {
        self.i
    }
    /// The words, verbatim.
    pub fn text(&self) -> &'d str {
        &self.doc.text[self.start()..self.end()]
    }
    /// First byte.
    pub fn start(&self) -> usize {
        self.row().start as usize
    }
    /// First byte after.
    pub fn end(&self) -> usize {
        self.row().end as usize
    }
    /// Fine tag: `VBD`.
    pub fn tag(&self) -> &'d str {
        self.doc.label(self.row().tag)
    }
    /// Coarse part of speech: `VERB`.
    pub fn pos(&self) -> &'d str {
        self.doc.label(self.row().pos)
    }
    /// Morphological features.
    pub fn morph(&self) -> &'d str {
        self.doc.label(self.row().morph)
    }
    /// Base form.
    pub fn lemma(&self) -> &'d str {
        &self.row().lemma
    }
    /// Dependency label.
    pub fn dep(&self) -> &'d str {
        self.doc.label(self.row().dep)
    }
    /// The head; the token itself at the root.
    pub fn head(&self) -> Token<'d> {
        Token { doc: self.doc, i: self.row().head as usize }
    }
    /// True at the root of a sentence.
    pub fn is_root(&self) -> bool {
        self.row().head as usize == self.i
    }
    /// Words equal, ignoring ASCII case.
    pub fn is(&self, word: &str) -> bool {
        self.text().eq_ignore_ascii_case(word)
    }
    /// Words equal to any, ignoring ASCII case.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.is(w))
    }
    /// Dependents in order.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = Token<'d>> + use<'d> {
        let doc = self.doc;
        let range = doc.child_starts[self.i] as usize..doc.child_starts[self.i + 1] as usize;
        doc.children[range].iter().map(move |&i| Token { doc, i: i as usize })
    }
    /// Dependents before the token.
    pub fn lefts(&self) -> impl DoubleEndedIterator<Item = Token<'d>> + use<'d> {
        let i = self.i;
        self.children().filter(move |c| c.i < i)
    }
    /// Dependents after the token.
    pub fn rights(&self) -> impl DoubleEndedIterator<Item = Token<'d>> + use<'d> {
        let i = self.i;
        self.children().filter(move |c| c.i > i)
    }
    /// First dependent with a label.
    pub fn child(&self, dep: &str) -> Option<Token<'d>> {
        self.children().find(|c| c.dep() == dep)
    }
    /// First dependent with one of the labels.
    pub fn child_any(&self, deps: &[&str]) -> Option<Token<'d>> {
        self.children().find(|c| deps.contains(&c.dep()))
    }
    /// Heads from the nearest to the root, without the token itself.
    pub fn ancestors(&self) -> impl Iterator<Item = Token<'d>> + use<'d> {
        let mut at = *self;
        std::iter::from_fn(move || {
            if at.is_root() {
                return None;
            }
            at = at.head();
            Some(at)
        })
    }
    /// True when `self` is `other` or one of its descendants.
    pub fn is_under(&self, other: Token<'_>) -> bool {
        self.i == other.i || self.ancestors().any(|a| a.i == other.i)
    }
    /// Indices of the token and all its descendants, rising.
    pub fn subtree(&self) -> Vec<usize> {
        let mut found = vec![self.i];
        let mut next = 0;
        while next < found.len() {
            found.extend(Token { doc: self.doc, i: found[next] }.children().map(|c| c.i));
            next += 1;
        }
        found.sort_unstable();
        found
    }
    /// First token of the subtree.
    pub fn left_edge(&self) -> Token<'d> {
        let mut at = *self;
        while let Some(left) = at.lefts().next() {
            at = left;
        }
        at
    }
    /// Last token of the subtree.
    pub fn right_edge(&self) -> Token<'d> {
        let mut at = *self;
        while let Some(right) = at.rights().next_back() {
            at = right;
        }
        at
    }
    /// Index of the sentence.
    pub fn sent_index(&self) -> usize {
        self.doc.sent_of[self.i] as usize
    }
    /// The sentence.
    pub fn sent(&self) -> TokenSpan<'d> {
        self.doc.sent(self.sent_index())
    }
    /// The token `offset` places on, in the same document.
    pub fn nbor(&self, offset: isize) -> Option<Token<'d>> {
        self.i.checked_add_signed(offset).and_then(|i| self.doc.get(i))
    }
    /// The entity that holds the token.
    pub fn entity(&self) -> Option<&'d Entity> {
        let e = self.doc.entity_of[self.i];
        (e != NO_ENTITY).then(|| &self.doc.entities[e as usize])
    }
    /// Label of the entity that holds the token, or "".
    pub fn ent_type(&self) -> &'d str {
        self.entity().map_or("", |e| &e.label)
    }
    /// True when nothing separates it from the next token.
    pub fn glued_to_next(&self) -> bool {
        self.nbor(1).is_some_and(|n| n.start() == self.end())
    }
}

/// Tokens `start..end` of a document.
#[derive(Clone, Copy)]
pub struct TokenSpan<'d> {
    pub(super) doc: &'d Doc,
    /// First token.
    pub start: usize,
    /// First token after.
    pub end: usize,
}

impl<'d> TokenSpan<'d> {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.end - self.start
    }
    /// True without tokens.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }
    /// Bytes covered.
    pub fn bytes(&self) -> Range<usize> {
        if self.is_empty() {
            return 0..0;
        }
        self.doc.token(self.start).start()..self.doc.token(self.end - 1).end()
    }
    /// The words, verbatim.
    pub fn text(&self) -> &'d str {
        &self.doc.text[self.bytes()]
    }
    /// The tokens.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'d>> + use<'d> {
        let doc = self.doc;
        (self.start..self.end).map(move |i| Token { doc, i })
    }
    /// The token whose head lies outside (the first, if there are several). Panics on an empty span.
    pub fn root(&self) -> Token<'d> {
        self.tokens()
            .find(|t| t.is_root() || t.head().i < self.start || t.head().i >= self.end)
            .unwrap_or(self.doc.token(self.start))
    }
}
