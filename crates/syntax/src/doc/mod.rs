//! A text with its analysis.

mod token;

use smol_str::SmolStr;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub use token::{Token, TokenSpan};

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
    rows: Vec<Row>,
    /// Names of tags, parts of speech, features and labels, each once.
    labels: Arc<[SmolStr]>,
    sent_starts: Vec<usize>,
    sent_of: Vec<u32>,
    entities: Vec<Entity>,
    entity_of: Vec<u32>,
    child_starts: Vec<u32>,
    children: Vec<u32>,
}

/// A token, its labels as indices into the document's.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub start: u32,
    pub end: u32,
    pub head: u32,
    pub tag: u16,
    pub pos: u16,
    pub morph: u16,
    pub dep: u16,
    pub lemma: SmolStr,
}

const NO_ENTITY: u32 = u32::MAX;

/// Numbers for labels, each label once.
#[derive(Default)]
pub(crate) struct Interner {
    pub names: Vec<SmolStr>,
    index: HashMap<SmolStr, u16>,
}

impl Interner {
    pub fn number(&mut self, name: &SmolStr) -> u16 {
        *self.index.entry(name.clone()).or_insert_with(|| {
            self.names.push(name.clone());
            u16::try_from(self.names.len() - 1).expect("a document has at most 65,536 different labels")
        })
    }
}

impl Doc {
    /// Puts a document together. `sent_starts` are token indices, rising, the first 0 (unless there are no tokens).
    ///
    /// # Panics
    /// If a head or an entity lies outside of the tokens, or the text has 4 GB or more.
    pub fn new(text: String, tokens: Vec<TokenData>, sent_starts: Vec<usize>, entities: Vec<Entity>) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "the text has 4 GB or more");
        let mut labels = Interner::default();
        let row = |t: TokenData| Row {
            start: t.start as u32,
            end: t.end as u32,
            head: t.head as u32,
            tag: labels.number(&t.tag),
            pos: labels.number(&t.pos),
            morph: labels.number(&t.morph),
            dep: labels.number(&t.dep),
            lemma: t.lemma,
        };
        let rows = tokens.into_iter().map(row).collect();
        Doc::assemble(text, rows, labels.names.into(), sent_starts, entities)
    }

    pub(crate) fn assemble(
        text: String,
        rows: Vec<Row>,
        labels: Arc<[SmolStr]>,
        sent_starts: Vec<usize>,
        entities: Vec<Entity>,
    ) -> Self {
        let n = rows.len();
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
        // Dependents of each token, one list after the other.
        let arcs = || rows.iter().enumerate().map(|(i, r)| (i, r.head as usize)).filter(|(i, head)| i != head);
        let mut child_starts = vec![0u32; n + 1];
        arcs().for_each(|(_, head)| child_starts[head + 1] += 1);
        for i in 0..n {
            child_starts[i + 1] += child_starts[i];
        }
        let mut next = child_starts.clone();
        let mut children = vec![0u32; child_starts[n] as usize];
        for (i, head) in arcs() {
            children[next[head] as usize] = i as u32;
            next[head] += 1;
        }
        Doc { text, rows, labels, sent_starts, sent_of, entities, entity_of, child_starts, children }
    }

    /// Moves every token's offsets, for an analysis of a text that was cleaned before parsing and is read back against
    /// the original. `f` must not change the order of offsets.
    pub fn map_offsets(mut self, f: impl Fn(usize) -> usize) -> Self {
        for row in &mut self.rows {
            row.start = f(row.start as usize) as u32;
            row.end = f(row.end as usize) as u32;
        }
        self
    }

    /// Hangs tokens on other heads: (token, head, label).
    ///
    /// # Panics
    /// If a token or a head lies outside of the document.
    pub fn rehung(mut self, arcs: &[(usize, usize, &str)]) -> Self {
        for &(token, head, label) in arcs {
            assert!(head < self.rows.len(), "a head is a token");
            let known = self.labels.iter().position(|l| l == label);
            let label = known.unwrap_or_else(|| {
                self.labels = self.labels.iter().cloned().chain([label.into()]).collect();
                self.labels.len() - 1
            });
            (self.rows[token].head, self.rows[token].dep) = (head as u32, label as u16);
        }
        Doc::assemble(self.text, self.rows, self.labels, self.sent_starts, self.entities)
    }

    /// Gives the entities that lie within a stretch of tokens another label. One that begins with a verb before the stretch ("retook
    /// Mariupol") loses it.
    pub fn relabel(&mut self, stretches: &[std::ops::Range<usize>], label: &str) {
        let verb = |i: usize| self.token(i).tag().starts_with("VB");
        let of = |e: &Entity| {
            let within = |s: &std::ops::Range<usize>| {
                s.start <= e.start && e.end <= s.end || e.end == s.end && (e.start..s.start).all(verb)
            };
            stretches.iter().find(|s| within(s)).map(|s| s.start.max(e.start))
        };
        let starts: Vec<Option<usize>> = self.entities.iter().map(of).collect();
        for (entity, start) in self.entities.iter_mut().zip(starts) {
            if let Some(start) = start {
                (entity.start, entity.label) = (start, label.into());
            }
        }
    }

    /// The analysis of `text`, which is this document's text without some of its tokens (indices, rising): they were put
    /// in for the parser only. `f` turns offsets into this text into offsets into `text`; what hung on a token that goes
    /// hangs on its head.
    pub fn without(&self, gone: &[usize], text: &str, f: impl Fn(usize) -> usize) -> Self {
        let moved = |i: usize| i - gone.partition_point(|&g| g < i);
        let kept_head = |mut i: usize| {
            while gone.binary_search(&i).is_ok() && self.rows[i].head as usize != i {
                i = self.rows[i].head as usize;
            }
            i
        };
        let kept = (0..self.len()).filter(|i| gone.binary_search(i).is_err());
        let row = |i: usize| {
            let row = &self.rows[i];
            let (start, end) = (f(row.start as usize) as u32, f(row.end as usize) as u32);
            Row { start, end, head: moved(kept_head(row.head as usize)) as u32, ..row.clone() }
        };
        let rows: Vec<Row> = kept.map(row).collect();
        let mut starts: Vec<usize> = self.sent_starts.iter().map(|&s| moved(s)).filter(|&s| s < rows.len()).collect();
        starts.dedup();
        let entities = self.entities.iter().map(|e| Entity { start: moved(e.start), end: moved(e.end), ..e.clone() });
        let entities = entities.filter(|e| e.start < e.end).collect();
        Doc::assemble(text.to_owned(), rows, self.labels.clone(), starts, entities)
    }

    /// Joins analyses of parts of one text: each part is a document over `text[offset..]`. Parts rise in
    /// offset and do not overlap; what lies between them has no tokens.
    pub fn join(text: String, parts: Vec<(usize, Doc)>) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "the text has 4 GB or more");
        let mut labels: Option<Arc<[SmolStr]>> = None;
        let mut interner = Interner::default();
        let (mut rows, mut sents, mut ents) = (Vec::<Row>::new(), Vec::new(), Vec::new());
        for (offset, part) in parts {
            let shared = labels.get_or_insert_with(|| {
                part.labels.iter().for_each(|l| {
                    interner.number(l);
                });
                part.labels.clone()
            });
            // Parts that one pipeline made have the same table.
            let renumber = !Arc::ptr_eq(shared, &part.labels);
            let numbers: Vec<u16> = match renumber {
                true => part.labels.iter().map(|l| interner.number(l)).collect(),
                false => Vec::new(),
            };
            let base = rows.len();
            rows.extend(part.rows.into_iter().map(|mut r| {
                r.start += offset as u32;
                r.end += offset as u32;
                r.head += base as u32;
                if renumber {
                    for label in [&mut r.tag, &mut r.pos, &mut r.morph, &mut r.dep] {
                        *label = numbers[*label as usize];
                    }
                }
                r
            }));
            sents.extend(part.sent_starts.into_iter().map(|s| s + base));
            ents.extend(part.entities.into_iter().map(|e| Entity { start: e.start + base, end: e.end + base, ..e }));
        }
        let labels = match labels {
            Some(labels) if labels.len() == interner.names.len() => labels,
            _ => interner.names.into(),
        };
        Doc::assemble(text, rows, labels, sents, ents)
    }

    fn label(&self, number: u16) -> &str {
        &self.labels[number as usize]
    }

    /// The text, verbatim.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// True without tokens.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// The token at `i`. Panics past the end.
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.rows.len());
        Token::new(self, i)
    }
    /// The token at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<Token<'_>> {
        (i < self.rows.len()).then_some(Token::new(self, i))
    }
    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.rows.len()).map(|i| Token::new(self, i))
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
        self.rows.partition_point(|r| (r.start as usize) < byte)
    }
    /// Token that holds a byte offset.
    pub fn token_holding(&self, byte: usize) -> Option<usize> {
        let i = self.rows.partition_point(|r| r.end as usize <= byte);
        (i < self.len() && self.rows[i].start as usize <= byte).then_some(i)
    }
}
