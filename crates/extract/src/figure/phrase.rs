//! Words and phrases looked up at a token.
use smol_str::SmolStr;
use std::collections::HashMap;

/// A word as it is compared: lower case, with straight apostrophes.
pub(super) fn fold(word: &str) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return SmolStr::new(word);
    }
    word.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c }).collect()
}

/// Cuts a phrase of a data file as the tokenizer cuts text: at spaces, around hyphens between letters, before `'s`.
pub(super) fn words_of(phrase: &str) -> Vec<SmolStr> {
    let mut words = Vec::new();
    for part in phrase.split_whitespace() {
        let (stem, genitive) = match part.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => (stem, true),
            _ => (part, false),
        };
        for (i, piece) in stem.split('-').enumerate() {
            if i > 0 {
                words.push(SmolStr::new_static("-"));
            }
            if !piece.is_empty() {
                words.push(fold(piece));
            }
        }
        if genitive {
            words.push(SmolStr::new_static("'s"));
        }
    }
    words
}

/// All readings of a phrase with alternatives: `lost his/her life` → two phrases.
pub(super) fn alternatives(phrase: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for part in phrase.split_whitespace() {
        let options: Vec<&str> = if part.len() > 1 { part.split('/').collect() } else { vec![part] };
        found = found
            .iter()
            .flat_map(|before| options.iter().map(move |option| format!("{before} {option}").trim_start().to_owned()))
            .collect();
    }
    found
}

/// Phrases by their first word, the longest first. In a reversed table phrases are looked up by their last word.
#[derive(Debug)]
pub(super) struct PhraseTable<T> {
    entries: HashMap<SmolStr, Vec<(Vec<SmolStr>, T)>>,
}

impl<T> Default for PhraseTable<T> {
    fn default() -> Self {
        PhraseTable { entries: HashMap::new() }
    }
}

impl<T> PhraseTable<T> {
    /// True when nothing was added.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// Adds one phrase. The same phrase may stand for several things.
    pub fn insert(&mut self, words: Vec<SmolStr>, meaning: T) {
        let Some(first) = words.first().cloned() else { return };
        let slot = self.entries.entry(first).or_default();
        let at = slot.partition_point(|(other, _)| other.len() >= words.len());
        slot.insert(at, (words, meaning));
    }
    /// All phrases that start at `words[at]` before `end`, the longest first, with their lengths.
    pub fn all_at<'t>(
        &'t self,
        words: &'t [SmolStr],
        at: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'t T)> + use<'t, T> {
        let tail = words.get(at..end.min(words.len())).unwrap_or(&[]);
        let slot = tail.first().and_then(|w| self.entries.get(w)).map_or(&[][..], |s| s.as_slice());
        slot.iter().filter(move |(phrase, _)| tail.starts_with(phrase)).map(|(phrase, t)| (phrase.len(), t))
    }
    /// The longest phrase that starts at `words[at]`.
    pub fn at(&self, words: &[SmolStr], at: usize, end: usize) -> Option<(usize, &T)> {
        let tail = words.get(at..end.min(words.len()))?;
        let slot = self.entries.get(tail.first()?)?;
        slot.iter().find(|(phrase, _)| tail.starts_with(phrase)).map(|(phrase, t)| (phrase.len(), t))
    }
    /// The longest phrase that ends before `words[end]` and starts at or after `start`.
    pub fn before(&self, words: &[SmolStr], start: usize, end: usize) -> Option<(usize, &T)> {
        (start.max(end.saturating_sub(LONGEST))..end).find_map(|at| {
            let (len, meaning) = self.all_at_exact(words, at, end)?;
            Some((len, meaning))
        })
    }
    fn all_at_exact(&self, words: &[SmolStr], at: usize, end: usize) -> Option<(usize, &T)> {
        let tail = words.get(at..end)?;
        let slot = self.entries.get(tail.first()?)?;
        slot.iter().find(|(phrase, _)| phrase == tail).map(|(phrase, t)| (phrase.len(), t))
    }
}

/// Longest phrase that is looked for backwards, in words.
const LONGEST: usize = 5;
