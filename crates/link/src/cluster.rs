//! Average-link agglomeration over a sparse graph of match weights.
use crate::calendar::Days;
use crate::link::SURE;
use crate::weights::Bits;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Days between two happenings from which on they are far apart.
pub(crate) const FAR: i32 = 60;

/// What pairs without an edge weigh, and how high an average must be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Levels {
    /// Of a pair that was not compared, or whose weight was too low to be kept.
    pub unseen: Bits,
    /// Of such a pair between clusters that lie more than [`FAR`] days apart.
    pub far: Bits,
    pub threshold: Bits,
}

/// A compared pair of nodes, the lower number first.
pub(crate) type Edge = (u32, u32, Bits);

/// Whether clusters of these times are more than [`FAR`] days apart.
pub(crate) fn are_far(l: Option<Days>, r: Option<Days>) -> bool {
    l.zip(r).is_some_and(|(l, r)| l.gap(r) > FAR)
}

/// Whether an edge speaks for happenings that lie far apart being one: somebody judged so, or both are dated. What has no date
/// can be like either.
pub(crate) fn spans_time(times: &[Option<Days>], (l, r, weight): Edge) -> bool {
    let is_dated = |i: u32| times.get(i as usize).copied().flatten().is_some();
    weight.abs() >= SURE || is_dated(l) && is_dated(r)
}

/// What a cluster and a neighbour have between them: how many edges, the sum of their weights, and the same of those that
/// [`spans_time`].
#[derive(Debug, Clone, Copy, Default)]
struct Bundle {
    edges: u32,
    sum: i64,
    spanning: u32,
    spanning_sum: i64,
}

impl Bundle {
    fn of(edge: Edge, times: &[Option<Days>]) -> Self {
        let (n, sum) = if spans_time(times, edge) { (1, i64::from(edge.2)) } else { (0, 0) };
        Bundle { edges: 1, sum: i64::from(edge.2), spanning: n, spanning_sum: sum }
    }

    fn with(self, other: Self) -> Self {
        Bundle {
            edges: self.edges + other.edges,
            sum: self.sum + other.sum,
            spanning: self.spanning + other.spanning,
            spanning_sum: self.spanning_sum + other.spanning_sum,
        }
    }

    /// Mean weight of so many pairs, in thousandths: averages of whole numbers compare as whole numbers.
    fn average(self, pairs: i64, far: bool, levels: Levels) -> i64 {
        let (n, sum, other) = match far {
            true => (self.spanning, self.spanning_sum, levels.far),
            false => (self.edges, self.sum, levels.unseen),
        };
        (sum + (pairs - i64::from(n)) * i64::from(other)) * 1000 / pairs
    }
}

/// The time of a cluster of two others.
pub(crate) fn covering(l: Option<Days>, r: Option<Days>) -> Option<Days> {
    match (l, r) {
        (Some(l), Some(r)) => Some(l.cover(r)),
        (l, r) => l.or(r),
    }
}

/// Joins the two clusters with the highest average weight over all their pairs, again and again, while it is at least
/// the threshold. Pairs without an edge weigh what `levels` say. One vague node cannot chain two groups together: the average is
/// over every pair. Ties go to the lowest numbers, so equal graphs give equal clusters.
///
/// `times` says when what the nodes stand for happened, as far as is known; it may be empty. Between clusters that lie far apart
/// only edges count that [`spans_time`]: undated nodes that are like two happenings of different years do not join them, however
/// many there are.
///
/// `joined` hears of the members of each two clusters before they are joined.
///
/// O(e log e) for e edges, where each is looked at again as often as its clusters grow. Each pair has one edge at most.
pub(crate) fn average_link(
    n: usize,
    edges: &[Edge],
    times: &[Option<Days>],
    levels: Levels,
    mut joined: impl FnMut(&[u32], &[u32]),
) -> Vec<Vec<u32>> {
    // Per cluster: neighbours with the number of edges and the sum of weights. Neighbours that were joined with others
    // stand under their old numbers until the cluster itself is joined: sums only add up.
    let mut degrees = vec![0; n];
    for (l, r, _) in edges {
        degrees[*l as usize] += 1;
        degrees[*r as usize] += 1;
    }
    let mut near: Vec<Vec<(u32, Bundle)>> = degrees.into_iter().map(Vec::with_capacity).collect();
    let mut whole_of: Vec<u32> = (0..n as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|i| vec![i]).collect();
    let mut time_of: Vec<Option<Days>> = (0..n).map(|i| times.get(i).copied().flatten()).collect();
    let average = |members: &[Vec<u32>], times: &[Option<Days>], l: u32, r: u32, bundle: Bundle| -> i64 {
        let pairs = (members[l as usize].len() * members[r as usize].len()) as i64;
        bundle.average(pairs, are_far(times[l as usize], times[r as usize]), levels)
    };
    let least = i64::from(levels.threshold) * 1000;
    let mut first = Vec::new();
    for &edge in edges {
        let (l, r, weight) = edge;
        debug_assert!(l < r);
        let bundle = Bundle::of(edge, times);
        near[l as usize].push((r, bundle));
        near[r as usize].push((l, bundle));
        if weight >= levels.threshold {
            first.push((average(&members, &time_of, l, r, bundle), Reverse((l, r))));
        }
    }
    let mut heap = BinaryHeap::from(first);
    while let Some((_, Reverse((l, r)))) = heap.pop() {
        if members[l as usize].is_empty() || members[r as usize].is_empty() {
            continue;
        }
        joined(&members[l as usize], &members[r as usize]);
        let whole = members.len() as u32;
        let mut list = std::mem::take(&mut members[l as usize]);
        list.extend(std::mem::take(&mut members[r as usize]));
        members.push(list);
        whole_of[l as usize] = whole;
        whole_of[r as usize] = whole;
        whole_of.push(whole);
        time_of.push(covering(time_of[l as usize], time_of[r as usize]));
        let mut around = std::mem::take(&mut near[l as usize]);
        around.append(&mut near[r as usize]);
        around.iter_mut().for_each(|edge| edge.0 = root(&mut whole_of, edge.0));
        around.retain(|edge| edge.0 != whole);
        around.sort_unstable_by_key(|edge| edge.0);
        around.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.with(next.1);
            }
            same
        });
        for &(other, bundle) in &around {
            let weight = average(&members, &time_of, other, whole, bundle);
            if weight >= least {
                heap.push((weight, Reverse((other, whole))));
            }
        }
        near.push(around);
    }
    let mut clusters: Vec<Vec<u32>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters.sort();
    clusters
}

/// Groups of nodes that are connected by edges of at least `threshold`. No cluster reaches beyond its group, since an
/// average never exceeds its highest weight.
pub(crate) fn components(n: usize, edges: &[Edge], threshold: Bits) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..n as u32).collect();
    for &(l, r, weight) in edges {
        if weight >= threshold {
            let (l, r) = (root(&mut parent, l), root(&mut parent, r));
            parent[l.max(r) as usize] = l.min(r);
        }
    }
    (0..n as u32).map(|i| root(&mut parent, i)).collect()
}

/// Nodes that are connected, ascending, and the edges between them.
pub(crate) struct Group {
    pub nodes: Vec<u32>,
    pub edges: Vec<Edge>,
}

/// The connected groups of [`components`], given no edges but those inside them.
pub(crate) fn groups(n: usize, edges: Vec<Edge>, threshold: Bits) -> Vec<Group> {
    let root = components(n, &edges, threshold);
    let mut number: Vec<u32> = vec![0; n];
    let mut groups: Vec<Group> = Vec::new();
    for (i, &root) in (0..).zip(&root) {
        if root == i {
            number[i as usize] = groups.len() as u32;
            groups.push(Group { nodes: Vec::new(), edges: Vec::new() });
        }
        groups[number[root as usize] as usize].nodes.push(i);
    }
    for edge in edges {
        groups[number[root[edge.0 as usize] as usize] as usize].edges.push(edge);
    }
    groups
}

/// The last number that this one leads to.
fn root(parent: &mut [u32], mut i: u32) -> u32 {
    while parent[i as usize] != i {
        parent[i as usize] = parent[parent[i as usize] as usize];
        i = parent[i as usize];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { unseen: -600, far: -1400, threshold: 0 };

    #[test]
    fn a_vague_node_chains_nothing() {
        // 0-1 and 3-4 are sure; 2 is a little like all; 0 and 4 are nothing like each other.
        let edges = [(0, 1, 900), (3, 4, 900), (0, 2, 100), (1, 2, 100), (2, 3, 100), (2, 4, 100)];
        assert_eq!(average_link(5, &edges, &[], LEVELS, |_, _| ()), [vec![0, 1, 2], vec![3, 4]]);
    }

    #[test]
    fn a_sure_pair_is_kept_apart_by_the_rest() {
        let edges = [(0, 1, 500), (1, 2, 400), (0, 2, -800)];
        assert_eq!(average_link(3, &edges, &[], LEVELS, |_, _| ()), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn an_undated_node_joins_no_two_years() {
        let edges = [(0, 1, 900), (1, 2, 800)];
        let day = |day| Some(Days::new(day, day));
        let clusters = |times: &[Option<Days>]| average_link(3, &edges, times, LEVELS, |_, _| ());
        assert_eq!(clusters(&[day(0), None, day(20)]), [vec![0, 1, 2]]);
        assert_eq!(clusters(&[day(0), None, day(400)]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn nor_do_many() {
        // 0 and 1 are dated; 2 and 3 are two undated articles of one report, like both.
        let edges = [(0, 2, 1100), (0, 3, 1000), (1, 2, 700), (1, 3, 600), (2, 3, 900)];
        let day = |day| Some(Days::new(day, day));
        let clusters = |edges: &[Edge], times: &[Option<Days>]| average_link(4, edges, times, LEVELS, |_, _| ());
        assert_eq!(clusters(&edges, &[day(0), day(400), None, None]), [vec![0, 2, 3], vec![1]]);
        // What somebody joins to the one is of its year, and no longer like the other.
        let judged = [(0, 2, 1100), (0, 3, 1000), (1, 2, SURE), (1, 3, 600), (2, 3, 900)];
        assert_eq!(clusters(&judged, &[day(0), day(400), None, None]), [vec![0, 3], vec![1, 2]]);
        // And what somebody says of both joins both.
        let both = [(0, 1, SURE), (0, 2, 1100), (1, 2, 700)];
        assert_eq!(average_link(3, &both, &[day(0), day(400), None], LEVELS, |_, _| ()), [vec![0, 1, 2]]);
    }

    #[test]
    fn no_cluster_reaches_beyond_its_component() {
        let edges = [(0, 1, 500), (1, 2, -100), (2, 3, 0)];
        assert_eq!(components(5, &edges, 0), [0, 0, 2, 2, 4]);
    }
}
