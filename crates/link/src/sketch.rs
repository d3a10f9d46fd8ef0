//! Whether two texts copy one another: sketches to find candidates, alignment to make sure.
//!
//! Word for word and lightly rewritten copies share long runs of words. Where those are gone, the alignment of sentences
//! ([`crate::align`]) tells a text that was put through other words from another report of the same thing.
//!
//! A text is taken as its set of shingles (runs of [`SHINGLE`] words). The sketch keeps a MinHash signature (Broder, On
//! the resemblance and containment of documents, 1997), cut into bands for blocking.
use crate::align::Sentences;
use crate::story::{hash64, words};
use crate::vocabulary::Vocabulary;

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
    /// Much of it word for word, or sentence by sentence.
    Rewrite,
    /// Every sentence in other words, with the same names and numbers in the same places.
    Spun,
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

/// How one of two texts copies the other. `same_slip` says that both have a misspelling that nobody else has.
pub(crate) fn copying(l: &Text, r: &Text, same_slip: bool) -> Copying {
    let runs = shared_runs(&l.runs, &r.runs);
    if runs != Copying::Independent {
        return runs;
    }
    let found = l.sentences.align(&r.sentences);
    // What stands in the same places is copied the surer the more there is of it.
    let least = if same_slip { 0.8 } else { 1.0 };
    let whole = found.n >= 4 && found.sentences >= 0.7 * least;
    let in_place = found.n >= 5 && found.anchors >= 0.85;
    match found.shared {
        shared if whole && in_place && shared >= SPUN * least => Copying::Spun,
        shared if whole && shared >= REWRITTEN * least => Copying::Rewrite,
        _ => Copying::Independent,
    }
}

/// How one of two texts copies the other word for word.
pub(crate) fn word_for_word(l: &str, r: &str) -> Copying {
    shared_runs(&Runs::new(l), &Runs::new(r))
}

/// Weight shared in order from which a text is a rewrite of another, and with all names in place a spun one.
const REWRITTEN: f32 = 0.5;
const SPUN: f32 = 0.35;

/// A text, ready to be compared with others.
pub(crate) struct Text {
    runs: Runs,
    sentences: Sentences,
}

impl Text {
    pub fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        Text { runs: Runs::new(text), sentences: Sentences::new(text, vocabulary) }
    }
}

/// The words of a text, and where each of its shingles stands.
struct Runs {
    words: Vec<u64>,
    /// By hash, then by place.
    shingles: Vec<(u64, u32)>,
}

impl Runs {
    fn new(text: &str) -> Self {
        let words = hashed_words(text);
        let mut shingles: Vec<(u64, u32)> =
            words.windows(SHINGLE).enumerate().map(|(at, shingle)| (combine(shingle), at as u32)).collect();
        shingles.sort_unstable();
        Runs { words, shingles }
    }

    /// Where a shingle stands. A phrase that a text repeats over and over is no evidence; the bound bounds the work as well.
    fn places(&self, shingle: u64) -> impl Iterator<Item = usize> + '_ {
        let from = self.shingles.partition_point(|(hash, _)| *hash < shingle);
        self.shingles[from..].iter().take(8).take_while(move |(hash, _)| *hash == shingle).map(|(_, at)| *at as usize)
    }
}

/// Aligns two texts by their longest common runs of words, greedily from left to right.
fn shared_runs(l: &Runs, r: &Runs) -> Copying {
    let (short, long) = if l.words.len() <= r.words.len() { (l, r) } else { (r, l) };
    let words = &short.words;
    if words.len() < 20 {
        return if short.words == long.words && !words.is_empty() { Copying::Verbatim } else { Copying::Independent };
    }
    let (mut covered, mut longest, mut at) = (0, 0, 0);
    while at + SHINGLE <= words.len() {
        let run = long
            .places(combine(&words[at..at + SHINGLE]))
            .map(|start| words[at..].iter().zip(&long.words[start..]).take_while(|(a, b)| a == b).count());
        match run.max() {
            Some(n) if n >= SHINGLE => {
                covered += n;
                longest = longest.max(n);
                at += n;
            }
            _ => at += 1,
        }
    }
    let share = covered as f64 / words.len() as f64;
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

    const REPORT: &str = "MALVEK — Shelling killed at least nine people in a market in the town of Sorrivo on Tuesday, \
        hospital officials said, hours after Karovia began an operation in the region. Twenty-seven people were wounded, \
        said Lena Oskar, who heads the surgical ward. The Drenn Defence Force said Karovian artillery had fired 64 shells at \
        the town before 9 a.m. Karovia’s Defence Ministry denied that its forces had fired on Sorrivo and said they had \
        struck an ammunition depot near Kravice. Lethania urged Karovia to halt the offensive immediately. The region broke \
        away from Karovia in a war that killed some 4,200 people and ended in November 2009.";

    fn vocabulary() -> Vocabulary {
        Vocabulary::load(&crate::weights::Weights::parse(crate::weights::SOURCE, "w").unwrap().terms).unwrap()
    }

    fn copying(l: &str, r: &str) -> Copying {
        let v = vocabulary();
        super::copying(&Text::new(l, &v), &Text::new(r, &v), false)
    }

    #[test]
    fn a_text_put_into_other_words_is_told_by_what_stays_in_place() {
        let rewrite = "At least nine people were killed when shells hit a market in Sorrivo on Tuesday, according to \
            officials at the hospital. Lena Oskar, head of the surgical ward, said twenty-seven had been wounded. Karovian \
            artillery fired 64 shells at the town before 9 a.m., the Drenn Defence Force said. The Defence Ministry of Karovia \
            denied firing on Sorrivo. It said an ammunition depot near Kravice had been struck. Lethania called on Karovia to \
            stop the offensive at once. Some 4,200 people died in the war that ended in 2009.";
        assert_eq!(copying(REPORT, rewrite), Copying::Rewrite);
        let spun = "MALVEK — Bombardment slew no fewer than nine folk at a bazaar within the township of Sorrivo on Tuesday, \
            clinic staff stated, shortly following Karovia commencing a campaign inside the area. Twenty-seven folk got hurt, \
            noted Lena Oskar, who leads the surgical department. The Drenn Defence Force claimed Karovian gunners had launched 64 \
            rounds towards the settlement ahead of 9 a.m. Karovia’s Defence Ministry rejected that its units had aimed at \
            Sorrivo and claimed they had hit a munitions store close to Kravice. Lethania implored Karovia to cease the push \
            straight away. The area split off from Karovia during a conflict that slew around 4,200 folk and finished during \
            November 2009.";
        assert_eq!(copying(REPORT, spun), Copying::Spun);
        let independent = "I counted seventeen craters between the fruit stalls. Sorrivo buried its first dead on Wednesday, \
            among them a cheese seller and her grandson, while Karovia insisted that its artillery had only struck a depot near \
            Kravice. Anna Dusek, 52, had left the market minutes before. The Drenn Defence Force blamed Karovian guns at \
            Ruvenka. Nobody could say whether the truce proposed by the monitors would hold. Doctors at the hospital of \
            Sorrivo spoke of nine dead and of beds in the corridors. President Oran Teska declared three days of mourning.";
        assert_eq!(copying(REPORT, independent), Copying::Independent);
    }

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
