//! Why two claims are, or are not, of one incident: with the functions that linkage itself uses.
use crate::calendar::Days;
use crate::cluster::{are_far, average_link, covering, spans_time};
use crate::features::Features;
use crate::grouping::Grouping;
use crate::scene::Scene;
use crate::waterfall::{Step, in_bits};
use crate::weights::Bits;
use crate::{Key, Linker, Match, Node, Profile, Reading, SURE};
use serde::Serialize;
use std::collections::HashMap;

/// What comparisons add up to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waterfall {
    /// The comparisons, in the order in which they are made.
    pub steps: Vec<Step>,
    /// Bits of all steps together.
    pub weight: f64,
    /// Bits from which the two alone would be one.
    pub threshold: f64,
    /// Bits that clustering counts for the pair: too low a weight counts as a pair that nobody compared.
    pub counts_as: f64,
}

/// What clustering made of two happenings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// They are of one incident.
    pub together: bool,
    /// Happenings in the two groups: of those that were joined, or of those that were not.
    pub sizes: (usize, usize),
    /// Bits that pairs of the two groups weigh on average; not known where a judgement decides.
    pub average: Option<f64>,
    /// Bits from which groups are joined.
    pub threshold: f64,
    /// Pairs of the two groups that were compared.
    pub compared: usize,
    /// Pairs that were not, or weigh so little that they count as if.
    pub unseen: usize,
    /// Pairs that one report tells apart.
    pub told_apart: usize,
    /// Pairs that judgements decide.
    pub judged: usize,
    /// Why, in one plain sentence.
    pub reason: String,
}

impl Linker {
    /// The waterfall of match weights for two happenings of two reports.
    pub fn explain(&self, l: &Profile, i: usize, r: &Profile, j: usize) -> Waterfall {
        let comparison = self.comparison();
        let (steps, weight) = comparison.explain(l, i, r, j);
        let between = &self.weights.between;
        let counts_as = if comparison.is_remembered(weight) { weight } else { between.unseen.0 };
        self.waterfall(steps, weight, between.threshold.0, counts_as)
    }

    /// The waterfall for two claims of one report, by position.
    pub fn explain_within(&self, reading: &Reading, i: usize, j: usize) -> Waterfall {
        let scene = Scene::new(&reading.claims, &self.vocabulary);
        let features = |i: usize| Features::new(&reading.claims[i], &scene, &self.kinds, &self.vocabulary);
        let within = &self.weights.within;
        let mut steps = Vec::new();
        let weight = Grouping { weights: within, kinds: &self.kinds }.pair(&features(i), &features(j), &mut steps);
        self.waterfall(steps, weight, within.threshold.0, weight)
    }

    fn waterfall(&self, mut steps: Vec<Step>, weight: Bits, threshold: Bits, counts_as: Bits) -> Waterfall {
        self.levels.tell(&mut steps);
        let (weight, threshold, counts_as) = (in_bits(weight), in_bits(threshold), in_bits(counts_as));
        Waterfall { steps, weight, threshold, counts_as }
    }

    /// Keys under which two profiles meet: they are compared when the shares add up to [`Key::ENOUGH`].
    pub fn shared_keys(&self, l: &Profile, r: &Profile) -> Vec<Key> {
        let wanted = self.wanted(r);
        let is_wanted = |key: &Key| wanted.binary_search_by_key(&key.hash, |k| k.hash).is_ok();
        self.keys(l).into_iter().filter(is_wanted).collect()
    }

    /// What [`Linker::clusters`] makes of two of these nodes, and why. `l` and `r` are positions in `nodes`, and differ.
    pub fn decision(&self, nodes: &[Node], matches: &[Match], l: u32, r: u32) -> Decision {
        let between = &self.weights.between;
        let edges = self.edges(nodes, matches.to_vec());
        let mut joined = None;
        let holds = |group: &[u32], node: u32| group.contains(&node);
        let times: Vec<Option<Days>> = nodes.iter().map(Node::days).collect();
        let clusters = average_link(nodes.len(), &edges, &times, self.cluster_levels(), |a, b| {
            if holds(a, l) && holds(b, r) || holds(b, l) && holds(a, r) {
                joined = Some((a.to_vec(), b.to_vec()));
            }
        });
        let together = joined.is_some();
        let of = |node: u32| clusters.iter().find(|c| c.contains(&node)).cloned().unwrap_or_default();
        let (left, right) = joined.unwrap_or_else(|| (of(l), of(r)));
        // What lies between two groups that nothing connects is no edge, and a weight all the same.
        let mut weights: HashMap<(u32, u32), Bits> = matches.iter().map(|m| ((m.l, m.r), m.weight)).collect();
        weights.extend(edges.into_iter().map(|(l, r, weight)| ((l, r), weight)));
        let sizes = (left.len(), right.len());
        let threshold = in_bits(between.threshold.0);
        let reason = String::new();
        let (compared, told_apart, judged) = (0, 0, 0);
        let mut decision =
            Decision { together, sizes, average: None, threshold, compared, unseen: 0, told_apart, judged, reason };
        let time = |group: &[u32]| group.iter().fold(None, |all, i| covering(all, times[*i as usize]));
        let far = are_far(time(&left), time(&right));
        let unseen = if far { self.cluster_levels().far } else { self.cluster_levels().unseen };
        let mut sum = 0;
        for &a in &left {
            for &b in &right {
                let (low, high) = (a.min(b), a.max(b));
                let counts = |weight: &Bits| !far || spans_time(&times, (low, high, *weight));
                let weight = weights.get(&(low, high)).copied().filter(counts);
                sum += i64::from(weight.unwrap_or(unseen));
                let of = |i: u32| (nodes[i as usize].profile, nodes[i as usize].article);
                let one_article = of(a) == of(b);
                *match weight {
                    None => &mut decision.unseen,
                    Some(weight) if weight.abs() >= SURE => &mut decision.judged,
                    Some(_) if one_article => &mut decision.told_apart,
                    Some(_) => &mut decision.compared,
                } += 1;
            }
        }
        if decision.judged == 0 {
            decision.average = Some(sum as f64 / (100 * sizes.0 * sizes.1) as f64);
        }
        decision.reason = reason_of(&decision);
        decision
    }
}

fn reason_of(d: &Decision) -> String {
    let Some(average) = d.average else {
        return if d.together { "A judgement joins them." } else { "A judgement keeps them apart." }.to_owned();
    };
    let pairs = d.sizes.0 * d.sizes.1;
    let mut of: Vec<String> = Vec::new();
    for (n, what) in
        [(d.compared, "compared"), (d.unseen, "not compared or hopeless"), (d.told_apart, "told apart by an article")]
    {
        if n > 0 {
            of.push(format!("{n} {what}"));
        }
    }
    let groups = match d.sizes {
        (1, 1) => "The two weigh".to_owned(),
        (l, r) => format!("Their groups, of {l} and {r}, weigh"),
    };
    let over = if pairs == 1 { String::new() } else { format!(" on average over {pairs} pairs ({})", of.join(", ")) };
    let threshold = d.threshold;
    if d.together {
        format!("{groups} {average:+.1} bits{over}, at least the {threshold:+.1} that it takes: one incident.")
    } else if d.compared == 0 && d.told_apart == 0 {
        "No comparison leads from one to the other, directly or over others: two incidents.".to_owned()
    } else {
        format!("{groups} {average:+.1} bits{over}, below the {threshold:+.1} that it takes: two incidents.")
    }
}
