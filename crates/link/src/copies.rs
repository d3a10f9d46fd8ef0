//! Which reports of an incident copy which: the newsrooms that its information came through.
use crate::Linker;
use crate::evidence::{Evidence, OWN_VOICE};
use crate::profile::text_without_junk;
use crate::sketch::{Copying, Text, bands, copying};
use crate::story::{hash64, words};
use quick_cache::sync::Cache;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// Reports each of which is compared with all others; of more, with those that share a passage and its neighbours in time.
const ALL_PAIRS: usize = 12;
/// Reports that one is compared with.
const MOST_COMPARED: usize = 20;
/// Reports that are filed under one passage.
const CROWD: usize = 64;
/// Reports whose spellings are looked at.
const MOST_READ: usize = 40;
/// Texts, and answers about two of them, that are kept for the next incident.
const KEPT_TEXTS: usize = 256;
const KEPT_PAIRS: usize = 1 << 16;
/// Letters from which a word can be a telling misspelling.
const SLIP: usize = 5;

/// Newsrooms by number, joined where one takes its text from another.
pub(crate) struct Newsrooms {
    /// Name of each: a publisher, an agency, or the id of a report without a publisher.
    pub names: Vec<String>,
    groups: Groups,
    /// For each piece of evidence, its newsroom.
    pub of: Vec<usize>,
    /// What joins newsrooms: the one that takes, and how it does, in words.
    pub takes: Vec<(usize, String)>,
}

impl Newsrooms {
    pub fn new(linker: &Linker, evidence: &[Evidence<'_>]) -> Self {
        let mut rooms = Newsrooms { names: Vec::new(), groups: Groups::new(0), of: Vec::new(), takes: Vec::new() };
        let published: BTreeSet<String> =
            evidence.iter().map(|e| e.reading.report.publisher.to_lowercase()).filter(|p| !p.is_empty()).collect();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut reports: Vec<(&Evidence<'_>, usize)> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for e in evidence {
            let publisher = own_name(e);
            let room = rooms.number(&mut index, linker, publisher);
            if seen.insert(e.reading.report.id.as_str()) {
                reports.push((e, room));
            }
            // What an agency or a paper is credited with came through that newsroom.
            let outermost = e.claim.sources.first().map(|s| s.name.as_str());
            let through = outermost
                .filter(|name| linker.outlets.agency(name).is_some() || published.contains(&name.to_lowercase()));
            let of = through.map_or(room, |name| rooms.number(&mut index, linker, name));
            rooms.of.push(of);
        }
        rooms.credit(linker, &reports, &mut index);
        rooms.copy(linker, &reports);
        rooms
    }

    /// The newsroom that stands for all that are joined with it.
    pub fn root(&self, room: usize) -> usize {
        self.groups.root(room)
    }

    fn number(&mut self, index: &mut HashMap<String, usize>, linker: &Linker, name: &str) -> usize {
        let canonical = linker.outlets.named(name).map_or(name, |outlet| &outlet.name);
        *index.entry(canonical.to_lowercase()).or_insert_with(|| {
            self.names.push(canonical.to_owned());
            self.groups.0.push(self.names.len() - 1);
            self.names.len() - 1
        })
    }

    /// Texts with an agency in the dateline.
    fn credit(&mut self, linker: &Linker, reports: &[(&Evidence<'_>, usize)], index: &mut HashMap<String, usize>) {
        for &(e, room) in reports {
            let Some(agency) = linker.outlets.credited(&e.reading.report.text) else { continue };
            let agency = self.number(index, linker, &agency.name.clone());
            if self.root(agency) != self.root(room) {
                self.takes.push((room, format!("{} credits {} for its text", self.names[room], self.names[agency])));
                self.groups.join(agency, room);
            }
        }
    }

    /// Texts that copy one another, the later from the earlier.
    fn copy(&mut self, linker: &Linker, reports: &[(&Evidence<'_>, usize)]) {
        let rooms: BTreeSet<usize> = reports.iter().map(|(_, room)| *room).collect();
        if rooms.len() < 2 {
            return;
        }
        let texts: Vec<Arc<Seen>> = reports.iter().map(|(e, _)| linker.compared.seen(linker, e)).collect();
        let slips = slips(&texts);
        for (l, r) in pairs(&texts) {
            let (left, right) = (reports[l].1, reports[r].1);
            // Of many that copy one text each is compared with one of them.
            if self.root(left) == self.root(right) {
                continue;
            }
            let same_slip = slips[l].intersection(&slips[r]).next();
            let how = match linker.compared.copying(linker, &texts[l], &texts[r], same_slip.is_some()) {
                Copying::Verbatim => "copies",
                Copying::Rewrite => "rewrites",
                Copying::Spun => "puts into other words",
                Copying::Independent => continue,
            };
            let slip = same_slip.filter(|_| how != "copies").map(|w| format!(", “{w}” included")).unwrap_or_default();
            let (from, to) = (&self.names[left], &self.names[right]);
            self.takes.push((right, format!("{to} {how} {from}{slip}")));
            self.groups.join(left, right);
        }
    }
}

/// The publisher, or the report's id where none is known.
fn own_name<'e>(e: &'e Evidence<'_>) -> &'e str {
    let report = &e.reading.report;
    if report.publisher.is_empty() { &report.id } else { &report.publisher }
}

/// Texts that were compared lately, and what came of it. One report stands in many incidents, beside the same others.
pub(crate) struct Compared {
    texts: Cache<u64, Arc<Seen>>,
    pairs: Cache<(u64, u64, bool), Copying>,
}

/// A text without what is not the article's, as far as it was looked at.
struct Seen {
    hash: u64,
    bare: String,
    /// Long words that are in no list, in small letters.
    unknown: BTreeSet<String>,
    text: OnceLock<Text>,
    bands: OnceLock<Vec<u64>>,
}

impl Compared {
    pub fn new() -> Self {
        Compared { texts: Cache::new(KEPT_TEXTS), pairs: Cache::new(KEPT_PAIRS) }
    }

    fn seen(&self, linker: &Linker, e: &Evidence<'_>) -> Arc<Seen> {
        let bare = text_without_junk(&e.reading.report);
        let hash = hash64(bare.as_bytes());
        if let Some(known) = self.texts.get(&hash).filter(|known| known.bare == bare) {
            return known;
        }
        let lower = |(_, word): (usize, &str)| word.trim_end_matches("'s").trim_end_matches("’s").to_lowercase();
        let long = words(&bare).filter(|(_, word)| word.chars().count() >= SLIP).map(lower);
        let unknown = long.filter(|word| linker.vocabulary.is_unknown(word)).collect();
        let seen = Arc::new(Seen { hash, bare, unknown, text: OnceLock::new(), bands: OnceLock::new() });
        self.texts.insert(hash, Arc::clone(&seen));
        seen
    }

    fn copying(&self, linker: &Linker, l: &Seen, r: &Seen, same_slip: bool) -> Copying {
        let key = (l.hash, r.hash, same_slip);
        if let Some(known) = self.pairs.get(&key) {
            return known;
        }
        let found = copying(l.text(linker), r.text(linker), same_slip);
        self.pairs.insert(key, found);
        found
    }
}

impl Seen {
    fn text(&self, linker: &Linker) -> &Text {
        self.text.get_or_init(|| Text::new(&self.bare, &linker.vocabulary))
    }
}

/// Pairs of texts that may copy one another, the earlier first.
fn pairs(texts: &[Arc<Seen>]) -> BTreeSet<(usize, usize)> {
    let n = texts.len();
    if n <= ALL_PAIRS {
        return (0..n).flat_map(|l| (l + 1..n).map(move |r| (l, r))).collect();
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut filed: HashMap<u64, Vec<usize>> = HashMap::new();
    for (r, text) in texts.iter().enumerate() {
        pairs.extend((r.saturating_sub(ALL_PAIRS - 1)..r).map(|l| (l, r)));
        // Those that share most with it, the earliest first: who copies has a passage in common with what he copies.
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &band in text.bands.get_or_init(|| bands(&text.bare)) {
            let list = filed.entry(band).or_default();
            for &l in list.iter() {
                *shared.entry(l).or_default() += 1;
            }
            if list.len() < CROWD {
                list.push(r);
            }
        }
        let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
        found.sort_by_key(|&(l, n)| (Reverse(n), l));
        pairs.extend(found.into_iter().take(MOST_COMPARED).map(|(l, _)| (l, r)));
    }
    pairs
}

/// For each text, its words that nobody else writes so, one letter off a word that others have: "Maalvek" for "Malvek".
fn slips(texts: &[Arc<Seen>]) -> Vec<BTreeSet<String>> {
    let mut by_word: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate().take(MOST_READ) {
        for word in &text.unknown {
            by_word.entry(word).or_default().insert(i);
        }
    }
    let mut slips = vec![BTreeSet::new(); texts.len()];
    for (word, by) in by_word.iter().filter(|(_, by)| by.len() == 2 && texts.len() > 2) {
        let right = by_word.iter().any(|(other, others)| {
            others.len() > by.len() && may_be_slip(other, word) && strsim::osa_distance(other, word) == 1
        });
        for &i in by.iter().filter(|_| right) {
            slips[i].insert((*word).clone());
        }
    }
    slips
}

/// Whether two words of [`SLIP`] letters or more can be one letter apart: that leaves the beginning or the end as it was.
fn may_be_slip(l: &str, r: &str) -> bool {
    let (l, r) = (l.as_bytes(), r.as_bytes());
    l.len().abs_diff(r.len()) <= 4 && (l.first_chunk::<2>() == r.first_chunk() || l.last_chunk::<2>() == r.last_chunk())
}

/// Disjoint sets; the lowest member stands for its set.
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    pub fn new(n: usize) -> Self {
        Groups((0..n).collect())
    }
    pub fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }
    pub fn join(&mut self, l: usize, r: usize) {
        let (l, r) = (self.root(l), self.root(r));
        self.0[l.max(r)] = l.min(r);
    }
}

/// A publisher speaking itself.
pub(crate) fn is_own(voice: &str) -> bool {
    voice.starts_with(OWN_VOICE)
}
