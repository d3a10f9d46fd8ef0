//! All readings at once, in memory.
use crate::calendar::Days;
use crate::cluster::{Edge, Levels, are_far, average_link, components, groups};
use crate::compare::{Comparison, Match};
use crate::filing::Filing;
use crate::profile::{Key, Profile};
use crate::weights::Bits;
use crate::{Linker, Member, Reading};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use variorum_model::Incident;

/// A weight that no sum of others outweighs, in hundredths of a bit: for what a person has decided.
pub const SURE: i32 = 100_000_000;

/// A happening of one of the profiles that are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Which profile.
    pub profile: u32,
    /// Which article of it.
    pub article: u32,
    /// Which of its happenings.
    pub happening: u32,
    /// First and last day on which it can have happened, in days since 1970-01-01, where that is known.
    pub time: Option<(i32, i32)>,
}

impl Node {
    pub(crate) fn days(&self) -> Option<Days> {
        self.time.map(|(first, last)| Days::new(first, last))
    }
}

impl Linker {
    /// What linkage keeps of a report.
    pub fn profile(&self, reading: &Reading) -> Profile {
        self.profile_with(reading, &BTreeSet::new())
    }

    /// As [`Linker::profile`], with some claims (by position) that make a happening each, whatever they are like.
    pub fn profile_with(&self, reading: &Reading, alone: &BTreeSet<u32>) -> Profile {
        Profile::new(reading, alone, &self.weights, &self.kinds, &self.vocabulary)
    }

    /// Keys under which a profile is filed.
    pub fn keys(&self, profile: &Profile) -> Vec<Key> {
        profile.keys(self.weights.terms.keys)
    }

    /// Keys under which profiles that may match it are filed.
    pub fn wanted(&self, profile: &Profile) -> Vec<Key> {
        profile.wanted(self.weights.terms.keys)
    }

    /// Pairs of happenings of two reports that may be one, with their weights; given one profile twice, of two of its articles.
    pub fn matches(&self, l: &Profile, r: &Profile) -> Vec<Match> {
        self.comparison().matches(l, r)
    }

    /// The average weight, in hundredths of a bit, from which happenings are one. Groups that are connected by no match
    /// of this weight do not touch each other.
    pub fn threshold(&self) -> i32 {
        self.weights.between.threshold.0
    }

    /// Clusters of happenings, given the matches between them. `nodes` must be in an order that does not depend on the
    /// order of reading; matches name positions in it, the lower first. Matches of weight [`SURE`] or `-SURE` decide.
    pub fn clusters(&self, nodes: &[Node], matches: Vec<Match>) -> Vec<Vec<Node>> {
        let between = &self.weights.between;
        let edges = self.edges(nodes, matches);
        let mut clusters: Vec<Vec<u32>> = Vec::new();
        for group in groups(nodes.len(), edges, between.threshold.0) {
            // One connected group at a time, under numbers of its own: what clustering needs of memory is that of the largest.
            let at = |i: u32| group.nodes.binary_search(&i).expect("edges stay in their group") as u32;
            let own: Vec<Edge> = group.edges.into_iter().map(|(l, r, weight)| (at(l), at(r), weight)).collect();
            let times: Vec<Option<Days>> = group.nodes.iter().map(|i| nodes[*i as usize].days()).collect();
            let found = average_link(group.nodes.len(), &own, &times, self.cluster_levels(), |_, _| ());
            clusters.extend(found.into_iter().map(|c| c.into_iter().map(|i| group.nodes[i as usize]).collect()));
        }
        clusters.sort();
        clusters.into_iter().map(|c| c.into_iter().map(|i| nodes[i as usize]).collect()).collect()
    }

    pub(crate) fn cluster_levels(&self) -> Levels {
        let between = &self.weights.between;
        Levels { unseen: between.unseen.0, far: between.floor.0, threshold: between.threshold.0 }
    }

    /// The matches inside each group that is connected, and what a report that tells two happenings apart weighs.
    pub(crate) fn edges(&self, nodes: &[Node], matches: Vec<Match>) -> Vec<Edge> {
        let between = &self.weights.between;
        let decided: HashSet<(u32, u32)> =
            matches.iter().filter(|m| m.weight.abs() >= SURE).map(|m| (m.l, m.r)).collect();
        let mut edges: Vec<Edge> = matches.into_iter().map(|m| (m.l, m.r, m.weight)).collect();
        one_year(nodes, &mut edges);
        let group = components(nodes.len(), &edges, between.threshold.0);
        // Happenings that one article tells apart.
        let mut by_article: BTreeMap<(u32, u32, u32), Vec<u32>> = BTreeMap::new();
        for (i, node) in nodes.iter().enumerate() {
            by_article.entry((group[i], node.profile, node.article)).or_default().push(i as u32);
        }
        for list in by_article.values() {
            for (k, &l) in list.iter().enumerate() {
                let decided = |r: &u32| decided.contains(&(l, *r));
                let told_apart = list[k + 1..].iter().filter(|r| !decided(r));
                edges.extend(told_apart.map(|&r| (l, r, between.same_report.0)));
            }
        }
        edges.retain(|(l, r, _)| group[*l as usize] == group[*r as usize]);
        edges.sort_unstable();
        edges
    }

    /// All incidents of these readings, in the order of their ids. The order of the readings does not matter.
    pub fn link(&self, readings: &[Reading]) -> Vec<Incident> {
        let mut order: Vec<usize> = (0..readings.len()).collect();
        order.sort_by_cached_key(|&i| (readings[i].report.id.clone(), readings[i].report.text.clone()));
        let readings: Vec<&Reading> = order.into_iter().map(|i| &readings[i]).collect();
        let profiles: Vec<Profile> = readings.iter().map(|reading| self.profile(reading)).collect();
        let mut nodes = Vec::new();
        let mut first: Vec<u32> = Vec::new();
        for (i, profile) in profiles.iter().enumerate() {
            first.push(nodes.len() as u32);
            let node = |h: usize| Node {
                profile: i as u32,
                article: profile.article_of(h) as u32,
                happening: h as u32,
                time: profile.time_of(h),
            };
            nodes.extend((0..profile.happenings.len()).map(node));
        }
        let mut matches = Vec::new();
        for (l, r) in self.candidates(&profiles) {
            let found = self.matches(&profiles[l as usize], &profiles[r as usize]).into_iter();
            matches.extend(found.map(|m| Match { l: first[l as usize] + m.l, r: first[r as usize] + m.r, ..m }));
        }
        // Those of one time after each other: the texts compared for one are kept for the next, which has the same reports.
        let mut clusters = self.clusters(&nodes, matches);
        clusters.sort_by_key(|cluster| cluster.iter().filter_map(|node| node.time).min());
        let mut incidents: Vec<Incident> = clusters
            .into_iter()
            .map(|cluster| {
                let members: Vec<Member<'_>> = cluster
                    .into_iter()
                    .map(|node| Member {
                        reading: readings[node.profile as usize],
                        claims: profiles[node.profile as usize].claims_of(node.happening as usize),
                    })
                    .collect();
                self.incident(&members)
            })
            .collect();
        incidents.sort_by(|l, r| l.id.cmp(&r.id));
        incidents
    }

    /// Pairs of profiles that share enough keys, the lower number first, and each with itself where it has several articles.
    /// They come by the time of their articles: what is compared next was mostly just looked at.
    fn candidates(&self, profiles: &[Profile]) -> Vec<(u32, u32)> {
        let mut order: Vec<u32> = (0..profiles.len() as u32).collect();
        order.sort_by_key(|&i| profiles[i as usize].published());
        let mut filing = Filing::new();
        let mut pairs = Vec::new();
        for &i in &order {
            let profile = &profiles[i as usize];
            if profile.n_articles() > 1 {
                pairs.push((i, i));
            }
            let mut met = filing.file(self, profile);
            met.sort_unstable();
            pairs.extend(met.into_iter().map(|at| order[at as usize]).map(|other| (other.min(i), other.max(i))));
        }
        pairs
    }

    pub(crate) fn comparison(&self) -> Comparison<'_> {
        Comparison::new(&self.weights.between, &self.kinds)
    }
}

/// What has no date is of one year: of dated happenings that lie far apart it keeps the edges to those about the one that it is
/// likest. What somebody judged stays.
fn one_year(nodes: &[Node], edges: &mut Vec<Edge>) {
    let time = |i: u32| nodes[i as usize].time.map(|(first, last)| Days::new(first, last));
    let ends = |&(l, r, weight): &Edge| match (time(l), time(r)) {
        (None, Some(days)) => Some((l, days, weight)),
        (Some(days), None) => Some((r, days, weight)),
        _ => None,
    };
    let mut likest: HashMap<u32, (Bits, Days)> = HashMap::new();
    for (undated, days, weight) in edges.iter().filter_map(ends) {
        let best = likest.entry(undated).or_insert((weight, days));
        *best = (*best).max((weight, days));
    }
    let of_another = |edge: &Edge| {
        let far = |(undated, days, _)| likest.get(&undated).is_some_and(|(_, best)| are_far(Some(*best), Some(days)));
        edge.2.abs() < SURE && ends(edge).is_some_and(far)
    };
    edges.retain(|edge| !of_another(edge));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_date_is_of_the_year_that_it_is_likest() {
        let node = |time: Option<i32>| Node { profile: 0, article: 0, happening: 0, time: time.map(|day| (day, day)) };
        let kept = |times: [Option<i32>; 3], weights: [Bits; 2]| {
            let nodes = times.map(node);
            let mut edges = vec![(0, 2, weights[0]), (1, 2, weights[1])];
            one_year(&nodes, &mut edges);
            edges.into_iter().map(|(l, ..)| l).collect::<Vec<u32>>()
        };
        assert_eq!(kept([Some(0), Some(400), None], [-70, -120]), [0]);
        assert_eq!(kept([Some(0), Some(20), None], [-70, -120]), [0, 1], "one month is no other year");
        assert_eq!(kept([Some(0), Some(400), Some(0)], [-70, -120]), [0, 1], "what has a date is told apart by it");
        assert_eq!(kept([Some(0), Some(400), None], [-70, SURE]), [1]);
        assert_eq!(kept([Some(0), Some(400), None], [SURE, SURE]), [0, 1], "somebody judged both");
    }
}
