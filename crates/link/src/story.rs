//! What an article is about, as far as words, names and its date tell: for the likeness of whole articles.
use crate::calendar::{self, Days};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use variorum_model::{CodePoints, Report, Span};

/// Words kept of one article: the heaviest.
const MAX_TERMS: usize = 512;
/// Names kept of one article.
const MAX_NAMES: usize = 256;
/// Bytes looked at of one article; what stands further down is comments and other stories.
const MAX_BYTES: usize = 60_000;

/// A weighted set of hashed words, by ascending hash.
pub(crate) type Bag = Vec<(u32, f32)>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Story {
    /// Day of publication, where known.
    pub published: Option<Days>,
    /// Words by weight, of length 1.
    pub terms: Bag,
    /// Words written as names.
    pub names: Bag,
    /// Two such words side by side.
    pub whole_names: Bag,
}

impl Story {
    /// Reads one article (its span in code points) without the junk in it. A headline outside the text comes first.
    fn read(report: &Report, article: Span, published: Option<Days>, mut words: Words<'_>) -> Self {
        let points = CodePoints::new(&report.text);
        let bytes = |span: Span| Span::new(points.to_byte(span.start), points.to_byte(span.end));
        let whole = bytes(article);
        words.read(&report.title);
        let mut from = whole.start;
        let mut junk: Vec<Span> = report.junk.iter().map(|j| bytes(j.span)).filter(|j| j.overlaps(whole)).collect();
        junk.sort();
        for gap in junk.into_iter().chain([Span::new(whole.end, whole.end)]) {
            let until = gap.start.min(whole.end).min(whole.start + MAX_BYTES);
            words.read(report.text.get(from..until).unwrap_or(""));
            from = from.max(gap.end);
        }
        words.finish(published)
    }
}

/// Articles of a report with their dates; the whole text where none are marked. Names of states, and the words of `wide`, say
/// which war it is: all reports of that war have them, whatever they tell of.
pub(crate) fn stories(report: &Report, wide: &HashSet<String>, vocabulary: &Vocabulary) -> Vec<Story> {
    let words = || Words { wide: Some(wide), ..Words::new(vocabulary) };
    let own = calendar::published(&report.published);
    if report.articles.is_empty() {
        let whole = Span::new(0, report.text.chars().count());
        return vec![Story::read(report, whole, own, words())];
    }
    let one = report.articles.len() == 1;
    let date = |published| calendar::published(published).or(if one { own } else { None });
    report.articles.iter().map(|a| Story::read(report, a.span, date(&a.published), words())).collect()
}

struct Words<'v> {
    vocabulary: &'v Vocabulary,
    /// Words that say nothing in an article, as the names of states do.
    wide: Option<&'v HashSet<String>>,
    counts: HashMap<String, u32>,
    names: HashMap<u32, f32>,
    whole_names: HashMap<u32, f32>,
}

impl<'v> Words<'v> {
    fn new(vocabulary: &'v Vocabulary) -> Self {
        Words { vocabulary, wide: None, counts: HashMap::new(), names: HashMap::new(), whole_names: HashMap::new() }
    }

    fn read(&mut self, text: &str) {
        for line in text.lines() {
            let shouted = is_shouted(line);
            let mut before: Option<(String, f32)> = None;
            let mut end = 0;
            for (start, word) in words(line) {
                // Whatever stands between two words of one name is a space or a hyphen.
                let joined = line.get(end..start).is_some_and(|gap| matches!(gap, " " | "-" | "\u{a0}"));
                end = start + word.len();
                let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                let lower = bare.to_lowercase();
                let is_wide = self.wide.is_some_and(|w| w.contains(&lower) || self.vocabulary.is_state(&lower));
                let is_name = !shouted && bare.chars().next().is_some_and(char::is_uppercase);
                if is_name && !self.vocabulary.is_common(&lower) {
                    let weight = self.vocabulary.weight(&lower);
                    if weight > 0.0 && !is_wide {
                        self.names.insert(hash(&lower), weight);
                    }
                    if let (true, Some((first, other))) = (joined, &before) {
                        let both = (weight + other - 4.0).clamp(0.0, 12.0);
                        if both > 0.0 {
                            self.whole_names.insert(hash(&format!("{first} {lower}")), both);
                        }
                    }
                    before = Some((lower.clone(), weight));
                } else {
                    before = None;
                }
                if !is_wide {
                    *self.counts.entry(lower).or_default() += 1;
                }
            }
        }
    }

    fn finish(self, published: Option<Days>) -> Story {
        let mut terms: Bag = self
            .counts
            .iter()
            .map(|(word, n)| (hash(word), (1.0 + (*n as f32).ln()) * self.vocabulary.weight(word)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        heaviest(&mut terms, MAX_TERMS);
        normalise(&mut terms);
        let mut names: Bag = self.names.into_iter().collect();
        heaviest(&mut names, MAX_NAMES);
        let mut whole_names: Bag = self.whole_names.into_iter().collect();
        heaviest(&mut whole_names, MAX_NAMES);
        Story { published, terms, names, whole_names }
    }
}

/// The content words of a sentence, of length 1.
pub(crate) fn sentence_terms(quote: &str, vocabulary: &Vocabulary) -> Bag {
    let mut words = Words::new(vocabulary);
    words.read(quote);
    words.finish(None).terms
}

/// The same without names of states and the words of `wide`: what sentences of two reports are compared by.
pub(crate) fn telling_terms(quote: &str, wide: &HashSet<String>, vocabulary: &Vocabulary) -> Bag {
    let mut words = Words { wide: Some(wide), ..Words::new(vocabulary) };
    words.read(quote);
    words.finish(None).terms
}

/// Length 1, unless empty.
fn normalise(bag: &mut Bag) {
    // Sorted by hash before: the sum is the same whatever order the words came in.
    let length = bag.iter().map(|(_, w)| f64::from(*w) * f64::from(*w)).sum::<f64>().sqrt() as f32;
    if length > 0.0 {
        bag.iter_mut().for_each(|(_, w)| *w /= length);
    }
}

/// Keeps the `n` heaviest (the lower hash where equal) and sorts by hash.
fn heaviest(bag: &mut Bag, n: usize) {
    bag.sort_by(|l, r| r.1.total_cmp(&l.1).then(l.0.cmp(&r.0)));
    bag.truncate(n);
    bag.sort_by_key(|(word, _)| *word);
    bag.dedup_by_key(|(word, _)| *word);
}

/// Pairs of weights of what both have.
pub(crate) fn shared<'b>(l: &'b Bag, r: &'b Bag) -> impl Iterator<Item = (f32, f32)> + 'b {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some((a, x)), Some((b, y))) = (l.get(i), r.get(j)) {
            // Which of two hashes is lower no processor can guess: steps that are added, not branches that are taken.
            i += usize::from(a <= b);
            j += usize::from(b <= a);
            if a == b {
                return Some((*x, *y));
            }
        }
        None
    })
}

/// Cosine of two bags of length 1.
pub(crate) fn cosine(l: &Bag, r: &Bag) -> f32 {
    shared(l, r).map(|(x, y)| x * y).sum()
}

/// Weight of what both have, as a share of the lighter bag; 0 where one is empty.
pub(crate) fn overlap(l: &Bag, r: &Bag) -> f32 {
    let total = |bag: &Bag| bag.iter().map(|(_, w)| w).sum::<f32>();
    let least = total(l).min(total(r));
    if least > 0.0 { shared(l, r).map(|(x, _)| x).sum::<f32>() / least } else { 0.0 }
}

/// Runs of letters with inner apostrophes, and runs of digits; with byte offsets.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_alphanumeric())?;
        rest = &rest[start..];
        at += start;
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let is_inside =
            |c: char| if digits { c.is_ascii_digit() } else { c.is_alphabetic() || c == '\'' || c == '’' };
        let len = rest.find(|c| !is_inside(c)).unwrap_or(rest.len()).max(rest.chars().next()?.len_utf8());
        let word = rest[..len].trim_end_matches(['\'', '’']);
        let found = (at, word);
        rest = &rest[len..];
        at += len;
        Some(found)
    })
}

/// A line in capitals: its words are not names for being written so.
fn is_shouted(line: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in line.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > lower
}

/// FNV-1a, folded to 32 bits: the same on every machine and in every version.
pub(crate) fn hash(word: &str) -> u32 {
    let long = hash64(word.as_bytes());
    (long ^ (long >> 32)) as u32
}

/// FNV-1a.
pub(crate) fn hash64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{SOURCE, Weights};

    fn vocabulary() -> Vocabulary {
        Vocabulary::load(&Weights::parse(SOURCE, "w").unwrap().terms).unwrap()
    }

    fn story(text: &str) -> Story {
        let report = Report { text: text.into(), ..Report::default() };
        stories(&report, &HashSet::new(), &vocabulary()).remove(0)
    }

    #[test]
    fn words_are_letters_or_digits() {
        let found: Vec<&str> = words("Łuk's 21-year-old «son», d'Orlec' 3rd").map(|(_, w)| w).collect();
        assert_eq!(found, ["Łuk's", "21", "year", "old", "son", "d'Orlec", "3", "rd"]);
        assert!(words("Łuk's 21-year-old").all(|(at, w)| "Łuk's 21-year-old"[at..].starts_with(w)));
    }

    #[test]
    fn whole_names_need_to_stand_side_by_side() {
        let has = |text: &str, name: &str| story(text).whole_names.iter().any(|(h, _)| *h == hash(name));
        assert!(has("Then Ilka Vardan fell.", "ilka vardan"));
        assert!(!has("Then Ilka, Vardan and others fell.", "ilka vardan"));
        assert!(!has("THEN ILKA VARDAN FELL.", "ilka vardan"));
    }

    #[test]
    fn an_article_is_like_itself_and_unlike_another() {
        let one = story("Shells fell on the grain silo of Orlec, Ilka Vardan of the harbour office said.");
        let two = story("Ilka Vardan of the harbour office said shells had hit a grain silo in Orlec.");
        let three = story("Two boats collided off Brenna in thick fog.");
        assert!((cosine(&one.terms, &one.terms) - 1.0).abs() < 1e-4);
        assert!(cosine(&one.terms, &two.terms) > 0.7);
        assert!(cosine(&one.terms, &three.terms) < 0.05);
        assert_eq!(overlap(&one.names, &two.names), 1.0);
    }

    #[test]
    fn names_of_states_and_of_the_region_make_no_two_articles_alike() {
        let read = |text: &str, wide: &str| {
            let report = Report { text: format!("Andorra and Malta blame each other. {text}"), ..Report::default() };
            let wide = wide.split_whitespace().map(str::to_owned).collect();
            stories(&report, &wide, &vocabulary()).remove(0)
        };
        let raid = "Saboteurs burned the granary below Tolm abbey in Drummoor.";
        let crossing = "Skirmishers waded through the ford at Kessel in Drummoor.";
        let like = |wide: &str| cosine(&read(raid, wide).terms, &read(crossing, wide).terms);
        assert!(like("drummoor") < 0.1);
        assert!(like("") > like("drummoor") + 0.1);
        assert!(vocabulary().is_state("maltese") && !vocabulary().is_state("kessel"));
        let names = overlap(&read(raid, "drummoor").names, &read(crossing, "drummoor").names);
        assert_eq!(names, 0.0);
    }

    #[test]
    fn junk_is_not_read() {
        let text = "Shells fell on Orlec. Subscribe to the Brenna Herald.";
        let mut report = Report { text: text.into(), ..Report::default() };
        let span = Span::new(22, text.len());
        report.junk = vec![variorum_model::Junk { span, reason: "form".into() }];
        let read = stories(&report, &HashSet::new(), &vocabulary()).remove(0);
        assert_eq!(read.terms, story("Shells fell on Orlec.").terms);
    }
}
