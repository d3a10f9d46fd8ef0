//! spaCy's rule-based tokenizer: chunks between white space, affixes split off, exceptions kept whole or split as listed.

mod affix;
mod glued;
mod special;
mod url;

use crate::chars::is_space;
use crate::lexeme::Lexicon;
use crate::model::{Container, ModelError, Symbols};
use affix::{Affixes, Index, Set};
use glued::Glued;
use special::Specials;
use std::collections::HashMap;

/// A token: bytes `start..end` of the text, its word type, and whether a space follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RawToken {
    pub start: usize,
    pub end: usize,
    pub lexeme: u32,
    pub space: bool,
}

/// The tokenizer's rules.
pub struct Tokenizer {
    prefixes: Affixes,
    suffixes: Affixes,
    infixes: Affixes,
    tld: Set,
    specials: Specials,
    glued: Glued,
}

/// What a worker remembers of chunks: for each, its tokens as lengths and word types.
#[derive(Default)]
pub struct ChunkCache {
    chunks: HashMap<Box<str>, (u32, u32), foldhash::fast::FixedState>,
    parts: Vec<(u32, u32)>,
}

const LONGEST_CACHED: usize = 48;

impl ChunkCache {
    pub fn len(&self) -> usize {
        self.chunks.len()
    }

    pub fn clear(&mut self) {
        self.chunks.clear();
        self.parts.clear();
    }
}

/// Tokens under construction.
struct Output<'o> {
    tokens: &'o mut Vec<RawToken>,
    lexicon: &'o mut Lexicon,
    symbols: &'o Symbols,
}

impl Output<'_> {
    /// Adds bytes `start..end` of `text` as one token.
    fn push(&mut self, text: &str, start: usize, end: usize, norm: &str) {
        let lexeme = self.lexicon.intern(&text[start..end], norm, self.symbols);
        self.tokens.push(RawToken { start, end, lexeme, space: false });
    }
}

impl Tokenizer {
    pub fn read(model: &Container, symbols: &Symbols) -> Result<Self, ModelError> {
        let sets = Set::read_table(model, "tokenizer.sets")?;
        let mut tld = Set::read_table(model, "tokenizer.tld")?;
        let mut tokenizer = Tokenizer {
            prefixes: Affixes::read(model, "tokenizer.prefix", &sets, Index::First)?,
            suffixes: Affixes::read(model, "tokenizer.suffix", &sets, Index::Last)?,
            infixes: Affixes::read(model, "tokenizer.infix", &sets, Index::First)?,
            tld: tld.pop().ok_or_else(|| ModelError::array("tokenizer.tld", "is empty"))?,
            specials: Specials::read(model)?,
            glued: Glued::load().map_err(|e| ModelError::array("data/syntax/glued.toml", &e.to_string()))?,
        };
        // Exceptions that the rules would split are looked for once more when all else is done.
        let mut sequences = Vec::new();
        for i in 0..tokenizer.specials.len() {
            let text = tokenizer.specials.text(i).to_owned();
            let mut has_infix = false;
            tokenizer.infixes.infixes(&text, |_, _| has_infix = true);
            let has_affix = tokenizer.prefixes.prefix(&text) > 0 || tokenizer.suffixes.suffix(&text) > 0;
            if has_affix || has_infix || text.contains(' ') {
                let (mut tokens, mut lexicon) = (Vec::new(), Lexicon::default());
                let mut out = Output { tokens: &mut tokens, lexicon: &mut lexicon, symbols };
                chunks(&text, |start, end, out: &mut Output| tokenizer.chunk(&text, start, end, false, out), &mut out);
                sequences.push((tokens.iter().map(|t| lexicon.get(t.lexeme).orth).collect(), text.len()));
            }
        }
        tokenizer.specials.set_sequences(sequences);
        Ok(tokenizer)
    }

    /// Splits a text. Tokens, with the single spaces after them, make up the whole text.
    pub fn tokenize(
        &self,
        text: &str,
        symbols: &Symbols,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
        tokens: &mut Vec<RawToken>,
    ) {
        tokens.clear();
        let mut out = Output { tokens, lexicon, symbols };
        let chunk = |start: usize, end: usize, out: &mut Output| {
            let chunk = &text[start..end];
            if let Some(&(first, n)) = cache.chunks.get(chunk) {
                let mut at = start;
                for &(len, lexeme) in &cache.parts[first as usize..(first + n) as usize] {
                    out.tokens.push(RawToken { start: at, end: at + len as usize, lexeme, space: false });
                    at += len as usize;
                }
                return;
            }
            let before = out.tokens.len();
            self.chunk(text, start, end, true, out);
            if chunk.len() <= LONGEST_CACHED {
                let first = cache.parts.len() as u32;
                cache.parts.extend(out.tokens[before..].iter().map(|t| ((t.end - t.start) as u32, t.lexeme)));
                cache.chunks.insert(chunk.into(), (first, cache.parts.len() as u32 - first));
            }
        };
        chunks(text, chunk, &mut out);
        self.specials.apply(text, &mut out);
    }

    /// Splits bytes `lo..hi` of the text, which are all white space or all not.
    fn chunk(&self, text: &str, mut lo: usize, mut hi: usize, with_specials: bool, out: &mut Output) {
        let end = hi;
        let is_special = |lo: usize, hi: usize| with_specials && self.specials.find(&text[lo..hi]).is_some();
        let mut suffixes = Vec::new();
        while lo < hi && !is_special(lo, hi) {
            let prefix = self.prefixes.prefix(&text[lo..hi]);
            if prefix > 0 && lo + prefix < hi && is_special(lo + prefix, hi) {
                out.push(text, lo, lo + prefix, "");
                lo += prefix;
                break;
            }
            let suffix = self.suffixes.suffix(&text[lo + prefix..hi]);
            if suffix > 0 && lo < hi - suffix && is_special(lo, hi - suffix) {
                suffixes.push(hi - suffix);
                hi -= suffix;
                break;
            }
            if prefix > 0 {
                out.push(text, lo, lo + prefix, "");
                lo += prefix;
            }
            if suffix > 0 {
                suffixes.push(hi - suffix);
                hi -= suffix;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
        }
        if lo < hi {
            self.core(text, lo, hi, with_specials, out);
        }
        let mut start = hi;
        for (i, _) in suffixes.iter().enumerate().rev() {
            let next = if i == 0 { end } else { suffixes[i - 1] };
            out.push(text, start, next, "");
            start = next;
        }
    }

    /// What is left of a chunk when its affixes are gone: an exception, a URL, or words between infixes.
    fn core(&self, text: &str, lo: usize, hi: usize, with_specials: bool, out: &mut Output) {
        let core = &text[lo..hi];
        if let Some(special) = self.specials.find(core).filter(|_| with_specials) {
            self.specials.push(special, text, lo, out);
            return;
        }
        if url::is_url(core, &self.tld) {
            out.push(text, lo, hi, "");
            return;
        }
        let mut start = lo;
        self.infixes.infixes(core, |from, to| {
            if from == 0 {
                return;
            }
            if lo + from != start {
                self.word(text, start, lo + from, out);
            }
            out.push(text, lo + from, lo + to, "");
            start = lo + to;
        });
        if start < hi {
            self.word(text, start, hi, out);
        }
    }

    /// A word, or two that lost the space between them.
    fn word(&self, text: &str, start: usize, end: usize, out: &mut Output) {
        let seam = start + self.glued.seam(&text[start..end]).unwrap_or(0);
        if seam > start {
            out.push(text, start, seam, "");
        }
        out.push(text, seam, end, "");
    }
}

/// Calls `chunk` for each run of white space or of other characters, and marks the tokens that a space follows: one
/// space after a word belongs to the word, any further white space is a chunk of its own.
fn chunks<'o>(text: &str, mut chunk: impl FnMut(usize, usize, &mut Output<'o>), out: &mut Output<'o>) {
    let mut start = 0;
    let mut in_space = text.chars().next().is_some_and(is_space);
    for (i, c) in text.char_indices() {
        if is_space(c) == in_space {
            continue;
        }
        if start < i {
            chunk(start, i, out);
        }
        start = i;
        if c == ' ' {
            start = i + 1;
            if let Some(last) = out.tokens.last_mut() {
                last.space = true;
            }
        }
        in_space = !in_space;
    }
    if start < text.len() {
        chunk(start, text.len(), out);
    }
}
