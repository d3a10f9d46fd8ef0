//! Which reports of an incident copy which: the newsrooms that its information came through.
use crate::Linker;
use crate::evidence::{Evidence, OWN_VOICE};
use crate::profile::text_without_junk;
use crate::sketch::{Copying, Text, bands, copying};
use crate::story::words;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reports each of which is compared with all others; of more, with those that share a passage and its neighbours in time.
const ALL_PAIRS: usize = 12;
/// Reports that one is compared with.
const MOST_COMPARED: usize = 20;
/// Reports that are filed under one passage.
const CROWD: usize = 64;
/// Reports whose spellings are looked at.
const MOST_READ: usize = 40;
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
        let bare: Vec<String> = reports.iter().map(|(e, _)| text_without_junk(&e.reading.report)).collect();
        let texts: Vec<Text> = bare.iter().map(|text| Text::new(text, &linker.vocabulary)).collect();
        let slips = slips(linker, &bare);
        for (l, r) in pairs(&bare) {
            let (left, right) = (reports[l].1, reports[r].1);
            // Of many that copy one text each is compared with one of them.
            if self.root(left) == self.root(right) {
                continue;
            }
            let same_slip = slips[l].intersection(&slips[r]).next();
            let how = match copying(&texts[l], &texts[r], same_slip.is_some()) {
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

/// Pairs of texts that may copy one another, the earlier first.
fn pairs(texts: &[String]) -> BTreeSet<(usize, usize)> {
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
        for band in bands(text) {
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
fn slips(linker: &Linker, texts: &[String]) -> Vec<BTreeSet<String>> {
    let mut by_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate().take(MOST_READ) {
        for (_, word) in words(text).filter(|(_, w)| w.chars().count() >= SLIP) {
            let lower = word.trim_end_matches("'s").trim_end_matches("’s").to_lowercase();
            if linker.vocabulary.is_unknown(&lower) {
                by_word.entry(lower).or_default().insert(i);
            }
        }
    }
    let mut slips = vec![BTreeSet::new(); texts.len()];
    for (word, by) in by_word.iter().filter(|(_, by)| by.len() == 2 && texts.len() > 2) {
        let right = by_word
            .iter()
            .any(|(other, others)| others.len() > by.len() && other != word && strsim::osa_distance(other, word) == 1);
        for &i in by.iter().filter(|_| right) {
            slips[i].insert(word.clone());
        }
    }
    slips
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
