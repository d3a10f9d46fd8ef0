//! The tokenizer's exceptions: strings that are split in a given way, or not at all.

use super::Output;
use crate::model::{Container, ModelError, Strings};
use std::collections::{HashMap, HashSet};

/// Exceptions, by string, and by the tokens into which the rules would split them.
pub struct Specials {
    texts: Strings,
    index: HashMap<Box<str>, u32, foldhash::fast::FixedState>,
    longest: usize,
    starts: Vec<u32>,
    orths: Strings,
    norms: Strings,
    sequences: HashMap<u64, Vec<Vec<u64>>, foldhash::fast::FixedState>,
}

impl Specials {
    pub fn read(model: &Container) -> Result<Self, ModelError> {
        let texts = model.strings("tokenizer.exceptions")?;
        let lengths = model.u32s("tokenizer.exceptions.lengths")?;
        let orths = model.strings("tokenizer.exceptions.orths")?;
        let norms = model.strings("tokenizer.exceptions.norms")?;
        let mut starts = vec![0];
        for length in &lengths {
            starts.push(starts[starts.len() - 1] + length);
        }
        let joined = (0..lengths.len()).all(|i| {
            let parts =
                (starts[i]..starts[i + 1]).map(|p| if (p as usize) < orths.len() { orths.get(p as usize) } else { "" });
            i < texts.len() && parts.collect::<String>() == texts.get(i)
        });
        if !joined || lengths.len() != texts.len() || norms.len() != orths.len() {
            return Err(ModelError::array("tokenizer.exceptions", "lengths differ"));
        }
        let index: HashMap<Box<str>, u32, _> = texts.iter().zip(0..).map(|(text, i)| (text.into(), i)).collect();
        let longest = texts.iter().map(str::len).max().unwrap_or(0);
        Ok(Specials { texts, index, longest, starts, orths, norms, sequences: HashMap::default() })
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn text(&self, i: usize) -> &str {
        self.texts.get(i)
    }

    /// The exception that is this string.
    pub fn find(&self, text: &str) -> Option<usize> {
        if text.len() > self.longest {
            return None;
        }
        self.index.get(text).map(|&i| i as usize)
    }

    /// Adds the tokens of an exception that begins at byte `at`.
    pub fn push(&self, special: usize, text: &str, mut at: usize, out: &mut Output) {
        for part in self.starts[special]..self.starts[special + 1] {
            let part = part as usize;
            let end = at + self.orths.get(part).len();
            out.push(text, at, end, self.norms.get(part));
            at = end;
        }
    }

    /// Sets the token sequences that [`apply`](Self::apply) looks for.
    pub fn set_sequences(&mut self, sequences: Vec<(Vec<u64>, usize)>) {
        for (sequence, _) in sequences {
            self.sequences.entry(sequence[0]).or_default().push(sequence);
        }
    }

    /// Replaces tokens that together are an exception (`:` `)` within `well...:)`). Among overlapping sequences the
    /// longest goes first, then the earliest; a sequence with white space inside blocks others but stays as it is.
    pub fn apply(&self, text: &str, out: &mut Output) {
        let mut matches: Vec<(usize, usize)> = Vec::new();
        let orth = |i: usize, out: &Output| out.lexicon.get(out.tokens[i].lexeme).orth;
        for i in 0..out.tokens.len() {
            for sequence in self.sequences.get(&orth(i, out)).into_iter().flatten() {
                let end = i + sequence.len();
                if end <= out.tokens.len() && (i..end).zip(sequence).all(|(t, &s)| orth(t, out) == s) {
                    matches.push((i, end));
                }
            }
        }
        if matches.is_empty() {
            return;
        }
        matches.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for (start, end) in matches {
            if !seen.contains(&start) && !seen.contains(&(end - 1)) {
                kept.push((start, end));
            }
            seen.extend(start..end);
        }
        kept.sort_unstable();
        let old = std::mem::take(out.tokens);
        let mut next = 0;
        for (start, end) in kept {
            let (first, last) = (old[start], old[end - 1]);
            let Some(special) = self.find(&text[first.start..last.end]) else { continue };
            out.tokens.extend_from_slice(&old[next..start]);
            self.push(special, text, first.start, out);
            if let Some(token) = out.tokens.last_mut() {
                token.space = last.space;
            }
            next = end;
        }
        out.tokens.extend_from_slice(&old[next..]);
    }
}
