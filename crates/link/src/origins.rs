//! Where information first came from: reports that copy one text, claims that credit one speaker's one statement.
use crate::assemble::Evidence;
use crate::profile::text_without_junk;
use crate::sketch::{Copying, bands, copying};
use crate::story::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use variorum_model::stable_id;

/// Reports or voices that each is compared with; in larger crowds the rest is reached over those.
const MOST_COMPARED: usize = 200;

/// Days between two reports of one statement.
const STATEMENT_DAYS: i32 = 3;

/// The origins of the claims of an incident.
pub(crate) struct Origins {
    /// For each piece of evidence, the id of its origin.
    pub of: Vec<String>,
    /// How many there are.
    pub count: usize,
}

/// A report and one voice in it is one origin, unless another report copies the text or credits the same voice with the
/// same. What a publisher says itself, in a report that credits others for the incident, is no origin of its own.
pub(crate) fn origins(evidence: &[Evidence<'_>]) -> Origins {
    let mut nodes: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, e) in evidence.iter().enumerate() {
        nodes.entry((e.reading.report.id.as_str(), e.voice.as_str())).or_default().push(i);
    }
    let keys: Vec<(&str, &str)> = nodes.keys().copied().collect();
    let mut groups = Groups::new(keys.len());
    let copies = copies(evidence);
    // Only nodes of one voice can be one origin; publishers' own voices count as one there.
    let mut by_voice: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (node, (_, voice)) in keys.iter().enumerate() {
        by_voice.entry(if is_own(voice) { "" } else { *voice }).or_default().push(node);
    }
    for (voice, list) in by_voice {
        for (k, &l) in list.iter().enumerate() {
            for &r in list[k + 1..].iter().take(MOST_COMPARED) {
                if groups.root(l) == groups.root(r) {
                    continue;
                }
                let copied = copies.get(keys[l].0) == copies.get(keys[r].0);
                if copied || (!voice.is_empty() && one_statement(evidence, &nodes[&keys[l]], &nodes[&keys[r]])) {
                    groups.join(l, r);
                }
            }
        }
    }
    // The earliest piece of evidence of a group names it: evidence stands in order of publication.
    let first_of: HashMap<usize, usize> = (0..keys.len()).rev().fold(HashMap::new(), |mut map, node| {
        let first = nodes[&keys[node]][0];
        let least = map.entry(groups.root(node)).or_insert(first);
        *least = first.min(*least);
        map
    });
    let mut of = vec![String::new(); evidence.len()];
    let mut counted: BTreeSet<usize> = BTreeSet::new();
    let crediting: HashSet<&str> = keys.iter().filter(|(_, voice)| !is_own(voice)).map(|(report, _)| *report).collect();
    for (node, (report, voice)) in keys.iter().enumerate() {
        let root = groups.root(node);
        let id = stable_id("o", &[&evidence[first_of[&root]].claim.id]);
        for &i in &nodes[&keys[node]] {
            of[i].clone_from(&id);
        }
        if !(is_own(voice) && crediting.contains(report)) {
            counted.insert(root);
        }
    }
    Origins { of, count: counted.len() }
}

/// One voice credited by two reports within days, with a number in common or much the same words.
fn one_statement(evidence: &[Evidence<'_>], l: &[usize], r: &[usize]) -> bool {
    l.iter().any(|&i| {
        r.iter().any(|&j| {
            let (left, right) = (&evidence[i], &evidence[j]);
            let near = left.published.zip(right.published).is_none_or(|(a, b)| (a - b).abs() <= STATEMENT_DAYS);
            let number = left.claim.figures.iter().any(|f| {
                f.value.is_some() && right.claim.figures.iter().any(|g| g.measure == f.measure && g.value == f.value)
            });
            near && (number || same_words(&left.claim.quote, &right.claim.quote))
        })
    })
}

/// Half of the words of the shorter quote, and five of them at least.
fn same_words(l: &str, r: &str) -> bool {
    let bag = |text: &str| words(text).map(|(_, w)| w.to_lowercase()).collect::<HashSet<String>>();
    let (l, r) = (bag(l), bag(r));
    let both = l.intersection(&r).count();
    both >= 5 && 2 * both >= l.len().min(r.len())
}

/// For each report, the number of the group of reports that copy one text: candidates by their sketches, made sure of by
/// alignment.
fn copies<'a>(evidence: &[Evidence<'a>]) -> HashMap<&'a str, usize> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for e in evidence {
        let report = &e.reading.report;
        texts.entry(report.id.as_str()).or_insert_with(|| text_without_junk(report));
    }
    let texts: Vec<(&str, String)> = texts.into_iter().collect();
    let mut groups = Groups::new(texts.len());
    let mut filed: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, (_, text)) in texts.iter().enumerate().filter(|_| texts.len() > 1) {
        for band in bands(text) {
            filed.entry(band).or_default().push(i);
        }
    }
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    for list in filed.values() {
        for (k, &l) in list.iter().enumerate() {
            for &r in list[k + 1..].iter().take(MOST_COMPARED) {
                let fresh = groups.root(l) != groups.root(r) && seen.insert((l, r));
                if fresh && copying(&texts[l].1, &texts[r].1) != Copying::Independent {
                    groups.join(l, r);
                }
            }
        }
    }
    texts.iter().enumerate().map(|(i, (id, _))| (*id, groups.root(i))).collect()
}

/// The publisher speaking itself.
fn is_own(voice: &str) -> bool {
    voice.starts_with("publisher: ")
}

/// Disjoint sets; the lowest member stands for its set.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Self {
        Groups((0..n).collect())
    }
    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }
    fn join(&mut self, l: usize, r: usize) {
        let (l, r) = (self.root(l), self.root(r));
        self.0[l.max(r)] = l.min(r);
    }
}
