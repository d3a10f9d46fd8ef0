//! Word types: what spaCy computes once per string.

use crate::chars::{is_alpha, is_digit, is_space};
use crate::model::{Symbols, murmur64a};
use std::collections::HashMap;

/// Identifiers of the attributes of one word type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lexeme {
    /// The string itself.
    pub orth: u64,
    /// The normal form: the lower-case form, unless a table or the tokenizer's exceptions have another.
    pub norm: u64,
    /// The first character.
    pub prefix: u64,
    /// The last three characters.
    pub suffix: u64,
    /// The string with letters replaced by `X` and `x` and digits by `d`, runs cut to four.
    pub shape: u64,
    /// The lower-case form, hashed without regard to reserved symbols.
    pub lower: u64,
    /// All characters are white space.
    pub is_space: bool,
}

/// Word types seen so far, numbered.
#[derive(Default)]
pub struct Lexicon {
    ids: HashMap<(u64, u64), u32, foldhash::fast::FixedState>,
    lexemes: Vec<Lexeme>,
}

impl Lexicon {
    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    pub fn clear(&mut self) {
        self.ids.clear();
        self.lexemes.clear();
    }

    pub fn get(&self, id: u32) -> &Lexeme {
        &self.lexemes[id as usize]
    }

    /// The number of a string's type. `norm` is the normal form that an exception of the tokenizer gives it, or "".
    pub fn intern(&mut self, text: &str, norm: &str, symbols: &Symbols) -> u32 {
        let orth = symbols.id(text);
        let exception = if norm.is_empty() { 0 } else { symbols.id(norm) };
        *self.ids.entry((orth, exception)).or_insert_with(|| {
            self.lexemes.push(lexeme(text, orth, exception, symbols));
            self.lexemes.len() as u32 - 1
        })
    }
}

fn lexeme(text: &str, orth: u64, exception: u64, symbols: &Symbols) -> Lexeme {
    let lower = text.to_lowercase();
    let norm = match exception {
        0 => symbols.norm(orth).map_or_else(|| symbols.id(&lower), |norm| symbols.id(norm)),
        norm => norm,
    };
    let first = text.chars().next().map_or(0, char::len_utf8);
    let last = text.char_indices().rev().take(3).last().map_or(0, |(i, _)| i);
    Lexeme {
        orth,
        norm,
        prefix: symbols.id(&text[..first]),
        suffix: symbols.id(&text[last..]),
        shape: symbols.id(&shape(text)),
        lower: murmur64a(lower.as_bytes(), 1),
        is_space: text.chars().all(is_space),
    }
}

/// spaCy's `word_shape`.
fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(text.len());
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let mark = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(mark) { run + 1 } else { 0 };
        last = Some(mark);
        if run < 4 {
            shape.push(mark);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes() {
        let cases = [("Ardansk", "Xxxxx"), ("BMP-2", "XXX-d"), ("1,250", "d,ddd"), ("ǅ²x", "xdx"), ("...", "...")];
        for (text, expected) in cases {
            assert_eq!(shape(text), expected);
        }
        assert_eq!(shape(&"é".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }
}
