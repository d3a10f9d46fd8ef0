use smol_str::SmolStr;
use std::ops::Range;

/// What the pipeline knows of one token. Offsets are bytes into the text of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokenData {
    /// First byte.
    pub start: usize,
    /// First byte after.
    pub end: usize,
    /// Fine tag (Penn Treebank): `VBD`.
    pub tag: SmolStr,
    /// Coarse part of speech (Universal Dependencies): `VERB`.
    pub pos: SmolStr,
    /// Morphological features: `Tense=Past|VerbForm=Fin`.
    pub morph: SmolStr,
    /// Base form.
    pub lemma: SmolStr,
    /// Dependency label (ClearNLP): `nsubj`; `ROOT` at the root.
    pub dep: SmolStr,
    /// Index of the head; its own at the root.
    pub head: usize,
}

/// A named entity: tokens `start..end`.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// First token.
    pub start: usize,
    /// First token after.
    pub end: usize,
    /// OntoNotes label: `GPE`.
    pub label: SmolStr,
}

/// A text with its analysis.
///
/// Tokens never overlap and rise in offset; sentences cover all tokens; entities never overlap.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    text: String,
    tokens: Vec<TokenData>,
    sent_starts: Vec<usize>,
    sent_of: Vec<u32>,
    entities: Vec<Entity>,
    entity_of: Vec<u32>,
    child_starts: Vec<u32>,
    children: Vec<u32>,
}

const NO_ENTITY: u32 = u32::MAX;

impl Doc {
    /// Puts a document together. `sent_starts` are token indices, rising, the first 0 (unless
    /// there are no tokens).
    pub fn new(text: String, tokens: Vec<TokenData>, sent_starts: Vec<usize>, entities: Vec<Entity>) -> Self {
        let n = tokens.len();
        let mut sent_of = vec![0u32; n];
        let mut sent = 0;
        for (i, slot) in sent_of.iter_mut().enumerate() {
            while sent + 1 < sent_starts.len() && sent_starts[sent + 1] <= i {
                sent += 1;
            }
            *slot = sent as u32;
        }
        let mut entity_of = vec![NO_ENTITY; n];
        for (e, entity) in entities.iter().enumerate() {
            entity_of[entity.start..entity.end].fill(e as u32);
        }
        let mut child_starts = vec![0u32; n + 1];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                child_starts[token.head + 1] += 1;
            }
        }
        for i in 0..n {
            child_starts[i + 1] += child_starts[i];
        }
        let mut next = child_starts.clone();
        let mut children = vec![0u32; child_starts.last().copied().unwrap_or(0) as usize];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                children[next[token.head] as usize] = i as u32;
                next[token.head] += 1;
            }
        }
        Doc { text, tokens, sent_starts, sent_of, entities, entity_of, child_starts, children }
    }

    /// Moves every token's offsets, for an analysis of a text that was cleaned before parsing and is read back against
    /// the original. `f` must not change the order of offsets.
    pub fn map_offsets(mut self, f: impl Fn(usize) -> usize) -> Self {
        for token in &mut self.tokens {
            token.start = f(token.start);
            token.end = f(token.end);
        }
        self
    }

    /// Joins analyses of parts of one text: each part is a document over `text[offset..]`. Parts rise in
    /// offset and do not overlap; what lies between them has no tokens.
    pub fn join(text: String, parts: Vec<(usize, Doc)>) -> Self {
        let (mut tokens, mut sents, mut ents) = (Vec::new(), Vec::new(), Vec::new());
        for (offset, part) in parts {
            let base = tokens.len();
            tokens.extend(part.tokens.into_iter().map(|mut t| {
                t.start += offset;
                t.end += offset;
                t.head += base;
                t
            }));
            sents.extend(part.sent_starts.into_iter().map(|s| s + base));
            ents.extend(part.entities.into_iter().map(|e| Entity { start: e.start + base, end: e.end + base, ..e }));
        }
        Doc::new(text, tokens, sents, ents)
    }

    /// The text, verbatim.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }
    /// True without tokens.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
    /// The token at `i`. Panics past the end.
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.tokens.len());
        Token { doc: self, i }
    }
    /// The token at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<Token<'_>> {
        (i < self.tokens.len()).then_some(Token { doc: self, i })
    }
    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|i| Token { doc: self, i })
    }
    /// The tokens `range`.
    pub fn slice(&self, range: Range<usize>) -> TokenSpan<'_> {
        TokenSpan { doc: self, start: range.start, end: range.end.min(self.len()) }
    }
    /// Number of sentences.
    pub fn n_sents(&self) -> usize {
        self.sent_starts.len()
    }
    /// Sentence `s`.
    pub fn sent(&self, s: usize) -> TokenSpan<'_> {
        let end = self.sent_starts.get(s + 1).copied().unwrap_or(self.len());
        TokenSpan { doc: self, start: self.sent_starts[s], end }
    }
    /// All sentences in order.
    pub fn sents(&self) -> impl DoubleEndedIterator<Item = TokenSpan<'_>> {
        (0..self.sent_starts.len()).map(|s| self.sent(s))
    }
    /// All entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }
    /// First token that starts at or after a byte offset (the number of tokens when none does).
    pub fn token_at_or_after(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.start < byte)
    }
    /// Token that holds a byte offset.
    pub fn token_holding(&self, byte: usize) -> Option<usize> {
        let i = self.tokens.partition_point(|t| t.end <= byte);
        (i < self.len() && self.tokens[i].start <= byte).then_some(i)
    }
}

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
    fn data(&self) -> &'d TokenData {
        &self.doc.tokens[self.i]
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
        &self.doc.text[self.data().start..self.data().end]
    }
    /// First byte.
    pub fn start(&self) -> usize {
        self.data().start
    }
    /// First byte after.
    pub fn end(&self) -> usize {
        self.data().end
    }
    /// Fine tag: `VBD`.
    pub fn tag(&self) -> &'d str {
        &self.data().tag
    }
    /// Coarse part of speech: `VERB`.
    pub fn pos(&self) -> &'d str {
        &self.data().pos
    }
    /// Morphological features.
    pub fn morph(&self) -> &'d str {
        &self.data().morph
    }
    /// Base form.
    pub fn lemma(&self) -> &'d str {
        &self.data().lemma
    }
    /// Dependency label.
    pub fn dep(&self) -> &'d str {
        &self.data().dep
    }
    /// The head; the token itself at the root.
    pub fn head(&self) -> Token<'d> {
        Token { doc: self.doc, i: self.data().head }
    }
    /// True at the root of a sentence.
    pub fn is_root(&self) -> bool {
        self.data().head == self.i
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
    doc: &'d Doc,
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
        self.doc.tokens[self.start].start..self.doc.tokens[self.end - 1].end
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
