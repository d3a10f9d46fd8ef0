//! All that linkage keeps of a report, and the keys under which it is found again.
use crate::Reading;
use crate::features::{Features, sorted};
use crate::grouping::Grouping;
use crate::happening::Happening;
use crate::kinds::{Kinds, Role};
use crate::scene::Scene;
use crate::sketch;
use crate::story::{Bag, Story, hash, hash64, stories};
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use variorum_model::{Claim, CodePoints, Precision, Report, Span};

/// All that linkage keeps of a report: made from that report alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Identity of the report.
    pub(crate) report: String,
    pub(crate) stories: Vec<Story>,
    pub(crate) happenings: Vec<Happening>,
    /// Hashes of the whole names of people to whom something was done.
    pub(crate) victims: Vec<u32>,
    /// Bands of the text's sketch.
    pub(crate) bands: Vec<u64>,
}

/// A key under which profiles meet: those that share enough of them are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Stable hash.
    pub hash: u64,
    /// How far this key alone goes towards a comparison, of [`Key::ENOUGH`].
    pub share: u8,
    /// What it is made of.
    pub kind: KeyKind,
}

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// A name of two words.
    Name,
    /// The name of two words of somebody to whom something was done.
    Victim,
    /// A heavy word of an article, in a stretch of days.
    Term,
    /// A passage of text.
    Copy,
    /// A place in a stretch of days.
    Site,
    /// A type of happening at a place or by a party in a year long before the news.
    Past,
}

impl Key {
    /// Two profiles whose shared keys add up to this are compared.
    pub const ENOUGH: u32 = 2;
}

/// Days in a bucket of publication dates and of dates of happenings.
const PUBLISHED_BUCKET: i32 = 30;
const HAPPENED_BUCKET: i32 = 16;
/// Whole names of an article that make keys.
const NAME_KEYS: usize = 12;

impl KeyKind {
    /// Hashed into the key.
    fn tag(self) -> &'static str {
        match self {
            KeyKind::Name => "name",
            KeyKind::Victim => "victim",
            KeyKind::Term => "term",
            KeyKind::Copy => "copy",
            KeyKind::Site => "site",
            KeyKind::Past => "past",
        }
    }
}

impl Profile {
    pub(crate) fn new(
        reading: &Reading,
        alone: &BTreeSet<u32>,
        weights: &Weights,
        kinds: &Kinds,
        vocabulary: &Vocabulary,
    ) -> Self {
        let scene = Scene::new(&reading.claims, vocabulary);
        let features: Vec<Features> =
            reading.claims.iter().map(|claim| Features::new(claim, &scene, kinds, vocabulary)).collect();
        Profile {
            report: reading.report.id.clone(),
            stories: stories(&reading.report, &scene.wide_words, vocabulary),
            happenings: Grouping { weights: &weights.within, kinds }.happenings(&features, alone),
            victims: victims(&reading.claims, kinds, vocabulary),
            bands: sketch::bands(&text_without_junk(&reading.report)),
        }
    }

    /// Id of the report.
    pub fn report(&self) -> &str {
        &self.report
    }

    /// How many happenings the report tells of.
    pub fn n_happenings(&self) -> usize {
        self.happenings.len()
    }

    /// Positions in the reading of the claims of a happening.
    pub fn claims_of(&self, happening: usize) -> &[u32] {
        &self.happenings[happening].claims
    }

    /// Which article of the report tells of a happening. What names an article that the report does not list belongs to its last.
    pub fn article_of(&self, happening: usize) -> usize {
        usize::from(self.happenings[happening].article).min(self.stories.len().saturating_sub(1))
    }

    /// How many articles the report has.
    pub fn n_articles(&self) -> usize {
        self.stories.len()
    }

    /// The first day on which an article of it was published, where that is known.
    pub(crate) fn published(&self) -> Option<i32> {
        self.stories.iter().filter_map(|story| story.published.map(|days| days.first)).min()
    }

    /// First and last day on which a happening can have happened, in days since 1970-01-01, where that is known. Undated news is
    /// that of its article's day.
    pub fn time_of(&self, happening: usize) -> Option<(i32, i32)> {
        let article = self.stories.get(self.article_of(happening));
        let happening = &self.happenings[happening];
        if happening.followed {
            return None;
        }
        let news = || article.filter(|_| !happening.background).and_then(|article| article.published);
        happening.time.or_else(news).map(|time| (time.first, time.last))
    }

    /// Keys under which the report is filed.
    pub fn keys(&self, n_terms: usize) -> Vec<Key> {
        self.make_keys(n_terms, &[0])
    }

    /// Keys under which reports that may match are filed: those of the neighbouring stretches of time as well.
    pub fn wanted(&self, n_terms: usize) -> Vec<Key> {
        self.make_keys(n_terms, &[-1, 0, 1])
    }

    fn make_keys(&self, n_terms: usize, around: &[i32]) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut add = |kind: KeyKind, share: u8, parts: &[&str]| {
            let tag = kind.tag();
            let hash = [tag]
                .iter()
                .chain(parts)
                .fold(0, |h: u64, part| hash64(&[&h.to_le_bytes()[..], part.as_bytes()].concat()));
            keys.push(Key { hash, share, kind });
        };
        for story in &self.stories {
            for (name, _) in heaviest(&story.whole_names, NAME_KEYS) {
                add(KeyKind::Name, 1, &[&name.to_string()]);
            }
            let Some(published) = story.published else { continue };
            for (term, _) in heaviest(&story.terms, n_terms) {
                for step in around {
                    let bucket = published.middle().div_euclid(PUBLISHED_BUCKET) + step;
                    add(KeyKind::Term, 1, &[&term.to_string(), &bucket.to_string()]);
                }
            }
        }
        for name in &self.victims {
            add(KeyKind::Victim, 2, &[&name.to_string()]);
        }
        for band in &self.bands {
            add(KeyKind::Copy, 2, &[&band.to_string()]);
        }
        for happening in &self.happenings {
            let Some(time) = happening.time else { continue };
            // A point on the ground in a stretch of days; of history, also an area or a party in a year.
            let sites: Vec<String> = happening
                .sites
                .iter()
                .filter(|s| s.is_spot() || (happening.background && s.precision != Precision::Country))
                .map(|s| s.geonames.map_or(format!("n{}", s.name), |id| format!("g{id}")))
                .collect();
            if time.width() <= 2 * HAPPENED_BUCKET {
                for site in &sites {
                    for step in around {
                        let bucket = time.middle().div_euclid(HAPPENED_BUCKET) + step;
                        add(KeyKind::Site, 2, &[site, &bucket.to_string()]);
                    }
                }
            }
            if happening.background && time.width() <= 3 * 366 {
                let family = happening.kind.to_string();
                let parties = happening.parties.iter().take(4).map(|p| format!("p{p}"));
                for who in sites.iter().cloned().chain(parties) {
                    let (first, last) = (time.first.div_euclid(365), time.last.div_euclid(365));
                    for year in first..=last {
                        add(KeyKind::Past, 2, &[&family, &who, &year.to_string()]);
                    }
                }
            }
        }
        keys.sort_unstable();
        keys.dedup_by_key(|key| key.hash);
        keys
    }
}

/// Names of those to whom something was done rather than said, by their last two words where both are written as names.
fn victims(claims: &[Claim], kinds: &Kinds, vocabulary: &Vocabulary) -> Vec<u32> {
    let done = claims.iter().filter(|claim| kinds.role(kinds.kind(&claim.event.kind)) != Role::Speech);
    let whole = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let [.., first, last] = words[..] else { return None };
        let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !vocabulary.is_common(&word.to_lowercase());
        let heavy = || [first, last].iter().any(|word| vocabulary.weight(&word.to_lowercase()) > 0.0);
        ([first, last].iter().all(is_name) && heavy()).then(|| hash(&format!("{first} {last}").to_lowercase()))
    };
    sorted(done.flat_map(|claim| &claim.targets).filter_map(|target| whole(&target.name)))
}

/// The heaviest entries; the lower hash where equal.
fn heaviest(bag: &Bag, n: usize) -> Vec<(u32, f32)> {
    let mut sorted = bag.clone();
    sorted.sort_by(|l, r| r.1.total_cmp(&l.1).then(l.0.cmp(&r.0)));
    sorted.truncate(n);
    sorted
}

/// The report's text without junk.
pub(crate) fn text_without_junk(report: &Report) -> String {
    if report.junk.is_empty() {
        return report.text.clone();
    }
    let points = CodePoints::new(&report.text);
    let mut junk: Vec<Span> = report.junk.iter().map(|j| j.span).collect();
    junk.sort();
    let mut text = String::with_capacity(report.text.len());
    let mut from = 0;
    for span in junk {
        let (start, end) = (points.to_byte(span.start), points.to_byte(span.end));
        text.push_str(report.text.get(from..start).unwrap_or(""));
        from = from.max(end);
    }
    text.push_str(report.text.get(from..).unwrap_or(""));
    text
}
