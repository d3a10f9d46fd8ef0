//! Two texts, sentence by sentence: how much of the shorter stands in the longer, in the same order, in whatever words.
//!
//! Two reporters of one thing share names, numbers and some phrases, here and there. A rewrite goes through the same
//! sentences in the same order; one made by a machine keeps every name and number in its place and changes the words
//! between. The alignment is the global one of Needleman and Wunsch (1970), with sentences that were split or joined.
use crate::story::{hash, words};
use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// Sentences of a text that are looked at.
const MOST_SENTENCES: usize = 80;
/// Least share of the lighter of two sentences, and least weight, that they have in common.
const ALIKE: f32 = 0.4;
const LEAST: f32 = 8.0;
/// Letters of a word that count: endings change in a rewrite.
const STEM: usize = 6;

/// A sentence: stems with weights, and those of names and numbers.
struct Sentence {
    /// Ascending.
    stems: Vec<(u32, f32)>,
    anchors: Vec<u32>,
    weight: f32,
}

/// How much two texts have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Alignment {
    /// Weight of what aligned sentences share, of the weight of the lighter text.
    pub shared: f32,
    /// Share of the sentences of the text with fewer that have a counterpart in order.
    pub sentences: f32,
    /// How many those are.
    pub n: usize,
    /// Names and numbers in aligned sentences that stand in both in the same order, of those that the poorer has.
    pub anchors: f32,
}

/// A text, ready to be aligned with others.
pub(crate) struct Sentences {
    list: Vec<Sentence>,
    /// Each stem with the sentences that have it, by stem.
    index: Vec<(u32, u32)>,
}

impl Sentences {
    pub fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let made = split(text).map(|s| Sentence::new(s, vocabulary)).filter(|s| s.weight > 0.0);
        let list: Vec<Sentence> = made.take(MOST_SENTENCES).collect();
        let stems = (0..).zip(&list).flat_map(|(n, sentence)| sentence.stems.iter().map(move |(stem, _)| (*stem, n)));
        let mut index: Vec<(u32, u32)> = stems.collect();
        index.sort_unstable();
        Sentences { list, index }
    }

    pub fn align(&self, other: &Sentences) -> Alignment {
        let (short, long) = if self.list.len() <= other.list.len() { (self, other) } else { (other, self) };
        let (l, r) = (&short.list, &long.list);
        if l.is_empty() {
            return Alignment::default();
        }
        let width = r.len() + 1;
        let mut best = vec![0.0f32; (l.len() + 1) * width];
        // Ends with these two sentences aligned; lowest where they are not.
        let mut joined = vec![f32::MIN; best.len()];
        let gains: Vec<f32> = l.iter().flat_map(|sentence| long.shares(sentence)).collect();
        for i in 1..=l.len() {
            for j in 1..=r.len() {
                let at = i * width + j;
                let (up, left, across) = (at - width, at - 1, at - width - 1);
                let gain = gains[(i - 1) * r.len() + j - 1];
                if gain > 0.0 {
                    joined[at] = gain + best[across].max(joined[up]).max(joined[left]);
                }
                best[at] = best[up].max(best[left]).max(joined[at]);
            }
        }
        let total = |side: &[Sentence]| side.iter().map(|s| s.weight).sum::<f32>();
        let lighter = total(l).min(total(r));
        let (mut i, mut j) = (l.len(), r.len());
        let mut aligned: Vec<(usize, usize)> = Vec::new();
        while i > 0 && j > 0 {
            let at = i * width + j;
            if joined[at] == best[at] && joined[at] > 0.0 {
                aligned.push((i - 1, j - 1));
                let (up, left, across) = (joined[at - width], joined[at - 1], best[at - width - 1]);
                match () {
                    () if across >= up && across >= left => (i, j) = (i - 1, j - 1),
                    () if up >= left => i -= 1,
                    () => j -= 1,
                }
            } else if best[at] == best[at - width] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        let mut n = aligned.iter().map(|(i, _)| *i).collect::<Vec<_>>();
        n.dedup();
        let (mut both, mut all) = (0, 0);
        for &(i, j) in &aligned {
            both += in_order(&l[i].anchors, &r[j].anchors);
            all += l[i].anchors.len().min(r[j].anchors.len());
        }
        Alignment {
            shared: (best[best.len() - 1] / lighter.max(f32::MIN_POSITIVE)).min(1.0),
            sentences: n.len() as f32 / l.len() as f32,
            n: n.len(),
            anchors: if all == 0 { 0.0 } else { both as f32 / all as f32 },
        }
    }
}

impl Sentences {
    /// For each sentence, the weight of what it shares with this one, where that is enough of the two.
    fn shares(&self, sentence: &Sentence) -> Vec<f32> {
        let mut both = vec![0.0; self.list.len()];
        for (stem, weight) in &sentence.stems {
            let from = self.index.partition_point(|(other, _)| other < stem);
            for (_, n) in self.index[from..].iter().take_while(|(other, _)| other == stem) {
                both[*n as usize] += weight;
            }
        }
        for (both, other) in both.iter_mut().zip(&self.list) {
            if *both < LEAST || *both < ALIKE * sentence.weight.min(other.weight) {
                *both = 0.0;
            }
        }
        both
    }
}

impl Sentence {
    fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut sentence = Sentence { stems: Vec::new(), anchors: Vec::new(), weight: 0.0 };
        let mut stems: BTreeMap<u32, f32> = BTreeMap::new();
        for (at, word) in words(text) {
            let lower = word.to_lowercase();
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let weight = match vocabulary.weight(&lower) {
                // Words that all reports of violence share still stand in one order here and another there.
                _ if vocabulary.is_common(&lower) => 1.0,
                w if number => w.max(2.0),
                w => w,
            };
            if weight == 0.0 {
                continue;
            }
            let stem = hash(lower.char_indices().nth(STEM).map_or(lower.as_str(), |(end, _)| &lower[..end]));
            if number || (at > 0 && word.starts_with(char::is_uppercase)) {
                sentence.anchors.push(stem);
            }
            if stems.insert(stem, weight).is_none() {
                sentence.weight += weight;
            }
        }
        sentence.stems = stems.into_iter().collect();
        sentence
    }
}

/// Length of the longest common subsequence.
fn in_order(l: &[u32], r: &[u32]) -> usize {
    let mut row = vec![0; r.len() + 1];
    for a in l {
        let mut before = 0;
        for (j, b) in r.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if a == b { before + 1 } else { above.max(row[j]) };
            before = above;
        }
    }
    row[r.len()]
}

/// At line ends, and at full stops before a capital; not after short words, which may be abbreviations.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut parts = Vec::new();
        let mut from = 0;
        for (at, _) in line.match_indices(['.', '!', '?']) {
            let after = line[at + 1..].trim_start_matches(['”', '"', '’', ')']);
            let ends = after.starts_with(' ')
                && after.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
            let word = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            if ends && word.chars().count() > 3 {
                parts.push(&line[from..=at]);
                from = at + 1;
            }
        }
        parts.push(&line[from..]);
        parts
    })
}
