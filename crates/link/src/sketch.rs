//! Whether two texts copy one another: sketches to find candidates, alignment to make sure.
//!
//! A text is taken as its set of shingles (runs of [`SHINGLE`] words). The sketch keeps a MinHash signature (Broder, On
//! the resemblance and containment of documents, 1997), cut into bands for blocking.
use crate::story::{hash64, words};
use std::collections::HashMap;

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Bands of the signature and rows in a band: pairs that share 40 % of their shingles meet in some band three times in
/// four, pairs that share 60 % nearly always.
const BANDS: usize = 24;
const ROWS: usize = 3;
/// Words of a text that are looked at.
const MAX_WORDS: usize = 6000;

/// How a text relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copying {
    /// Word for word.
    Verbatim,
    /// Much of it word for word.
    Rewrite,
    /// Not beyond what two reporters of one thing write.
    Independent,
}

/// Hashes of the bands of a text's signature; none for a text of fewer than 20 words.
pub(crate) fn bands(text: &str) -> Vec<u64> {
    let words: Vec<u64> = hashed_words(text);
    if words.len() < 20 {
        return Vec::new();
    }
    let mut signature = [u64::MAX; BANDS * ROWS];
    for shingle in words.windows(SHINGLE) {
        let base = combine(shingle);
        for (i, least) in signature.iter_mut().enumerate() {
            *least = (*least).min(mix(base ^ mix(i as u64 + 1)));
        }
    }
    signature.chunks(ROWS).enumerate().map(|(i, rows)| mix(combine(rows) ^ i as u64)).collect()
}

/// Aligns two texts by their longest common runs of words, greedily from left to right.
pub(crate) fn copying(l: &str, r: &str) -> Copying {
    let (l, r) = (hashed_words(l), hashed_words(r));
    let (short, long) = if l.len() <= r.len() { (l, r) } else { (r, l) };
    if short.len() < 20 {
        return if short == long && !short.is_empty() { Copying::Verbatim } else { Copying::Independent };
    }
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, shingle) in long.windows(SHINGLE).enumerate() {
        let list = places.entry(combine(shingle)).or_default();
        // A phrase that a text repeats over and over is no evidence; this bounds the work as well.
        if list.len() < 8 {
            list.push(at);
        }
    }
    let (mut covered, mut longest, mut at) = (0, 0, 0);
    while at + SHINGLE <= short.len() {
        let run = places
            .get(&combine(&short[at..at + SHINGLE]))
            .into_iter()
            .flatten()
            .map(|&start| short[at..].iter().zip(&long[start..]).take_while(|(a, b)| a == b).count());
        match run.max() {
            Some(n) if n >= SHINGLE => {
                covered += n;
                longest = longest.max(n);
                at += n;
            }
            _ => at += 1,
        }
    }
    let share = covered as f64 / short.len() as f64;
    match share {
        _ if share >= 0.8 => Copying::Verbatim,
        _ if share >= 0.4 && longest >= 12 => Copying::Rewrite,
        // A long passage out of a longer text, wire copy in a round-up.
        _ if share >= 0.25 && longest >= 40 => Copying::Rewrite,
        _ => Copying::Independent,
    }
}

fn hashed_words(text: &str) -> Vec<u64> {
    words(text).take(MAX_WORDS).map(|(_, w)| hash64(w.to_lowercase().as_bytes())).collect()
}

fn combine(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |h, p| mix(h ^ *p))
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Two shells struck the grain silo in the port of Orlec before dawn on Sunday, killing a night \
        watchman and wounding four dockers, the harbour office said. The silo burned until noon. Ilka Vardan, who runs \
        the office, said the shells had come from across the estuary.";

    #[test]
    fn a_reprint_is_verbatim_whatever_stands_around_it() {
        let reprint = format!("ORLEC, May 4 — {WIRE} Sign up for our morning letter.");
        assert_eq!(copying(WIRE, &reprint), Copying::Verbatim);
        assert_eq!(copying(&reprint, WIRE), Copying::Verbatim);
        let (l, r) = (bands(WIRE), bands(&reprint));
        assert!(l.iter().any(|band| r.contains(band)));
    }

    #[test]
    fn a_light_rewrite_is_told_from_the_same_news_in_other_words() {
        let rewrite = "Two shells struck the grain silo in the port of Orlec before dawn on Sunday. They killed a night \
            watchman and wounded four dockers, according to the harbour office. Ilka Vardan, who runs the office, said \
            the shells had come from across the estuary, which the rebels hold.";
        assert_eq!(copying(WIRE, rewrite), Copying::Rewrite);
        let other = "A watchman died and four people were hurt when the silo at Orlec's docks was hit early on Sunday. \
            Port officials blamed fire from the far bank of the estuary and said that the fire had been put out at midday.";
        assert_eq!(copying(WIRE, other), Copying::Independent);
    }

    #[test]
    fn short_texts_are_copies_only_when_equal() {
        assert_eq!(copying("Orlec is quiet.", "Orlec is quiet."), Copying::Verbatim);
        assert_eq!(copying("Orlec is quiet.", "Orlec is not quiet."), Copying::Independent);
        assert!(bands("Orlec is quiet.").is_empty());
    }
}
