//! What one article tells as one, with what is compared between reports.
use crate::calendar::Days;
use crate::features::*;
use crate::grouping::Grouping;
use crate::kinds::{Kind, Kinds, Role};
use crate::site::Site;
use crate::story::Bag;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one article tells as one, with what is compared between reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Happening {
    /// Positions of its claims in the reading, ascending.
    pub claims: Vec<u32>,
    pub article: u16,
    pub kind: Kind,
    pub time: Option<Days>,
    /// Without `time`, the day of the year that most claims give.
    pub yearly: Option<u16>,
    /// `time` is that of what followed, an arrest or a trial: what it is about happened by then, maybe years before.
    pub followed: bool,
    pub sites: Vec<Site>,
    pub parties: Vec<u32>,
    pub tallies: Vec<Tally>,
    pub terms: Bag,
    pub background: bool,
    pub planned: bool,
    /// A whole offensive or war rather than one happening in it.
    pub broad: bool,
    pub stand: Stand,
    /// What the article is mainly about.
    pub main: bool,
    /// Share of the article's news that is of its main happening, in hundredths.
    pub focus: u8,
}

impl Grouping<'_> {
    /// What the claims of one group tell together.
    pub(super) fn happening(&self, claims: &[Features], article: usize, group: Vec<u32>) -> Happening {
        let members: Vec<&Features> = group.iter().map(|&i| &claims[i as usize]).collect();
        let mut parties: Vec<u32> = members.iter().flat_map(|m| m.parties.iter().copied()).collect();
        parties.sort_unstable();
        parties.dedup();
        let mut tallies: Vec<Tally> = Vec::new();
        for tally in members.iter().flat_map(|m| &m.tallies) {
            if !tallies.contains(tally) {
                tallies.push(tally.clone());
            }
        }
        let mut stand = Stand::default();
        for member in &members {
            stand.merge(&member.stand);
        }
        let half = |n: usize| 2 * n > members.len();
        // History that speaks of a war as a whole is of that war, whatever else of it is remembered.
        let background = half(members.iter().filter(|m| m.background).count());
        let whole = |m: &&&Features| m.broad && self.kinds.role(m.kind) == Role::Event;
        let war = background && members.iter().any(|m| whole(&m));
        let (time, followed) = self.time(&members);
        Happening {
            article: article.min(usize::from(u16::MAX)) as u16,
            kind: main_kind(self.kinds, members.iter().filter(|m| !war || whole(m)).map(|m| m.kind)),
            time,
            yearly: if time.is_none() { most_common(members.iter().filter_map(|m| m.yearly), |_| 0) } else { None },
            followed,
            sites: ranked_sites(&members),
            parties,
            tallies,
            terms: sum_of_terms(&members),
            background,
            planned: half(members.iter().filter(|m| m.planned).count()),
            broad: war || half(members.iter().filter(|m| m.broad).count()),
            stand,
            main: false,
            focus: 0,
            claims: group,
        }
    }

    /// When it happened; where no claim dates that, when what followed did.
    fn time(&self, members: &[&Features]) -> (Option<Days>, bool) {
        let of = |wanted: Role| members.iter().filter(move |m| self.kinds.role(m.kind) == wanted);
        let dated = |wanted: Role| most_common(of(wanted).filter_map(|m| m.time), |t| t.width());
        match dated(Role::Event) {
            Some(time) => (Some(time), false),
            None => (
                dated(Role::Aftermath).or_else(|| dated(Role::Speech)),
                members.iter().any(|m| {
                    self.kinds.is_late(m.kind) && (m.came_about || m.planned && self.kinds.is_pending(m.kind))
                }),
            ),
        }
    }
}

/// The most frequent type among those of the weightiest role; where equal a special one before a general one.
pub(crate) fn main_kind(kinds: &Kinds, members: impl Iterator<Item = Kind>) -> Kind {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut families: BTreeMap<u8, usize> = BTreeMap::new();
    for kind in members {
        *counts.entry(kind).or_default() += 1;
        *families.entry(kinds.family(kind)).or_default() += 1;
    }
    let rank = |kind: Kind| match kinds.role(kind) {
        Role::Event => 2,
        Role::Aftermath => 1,
        Role::Speech => 0,
    };
    let best = counts.iter().max_by_key(|(kind, n)| {
        let family = families[&kinds.family(**kind)];
        // Among words for one thing, one special word in three says more than the general ones.
        let special = if kinds.is_generic(**kind) { **n } else { **n * 3 };
        (rank(**kind), family, special, std::cmp::Reverse(**kind))
    });
    best.map_or(0, |(kind, _)| *kind)
}

/// What most claims give; where equal the narrowest, then the first.
fn most_common<T: Ord + Copy>(given: impl Iterator<Item = T>, width: impl Fn(&T) -> i32) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in given {
        *counts.entry(item).or_default() += 1;
    }
    let key = |item: &T, n: usize| (n, std::cmp::Reverse(width(item)), std::cmp::Reverse(*item));
    counts.into_iter().max_by_key(|(item, n)| key(item, *n)).map(|(item, _)| item)
}

/// Sites by how many claims name them first, points before areas.
fn ranked_sites(members: &[&Features]) -> Vec<Site> {
    let mut sites: Vec<(Site, usize)> = Vec::new();
    for site in members.iter().flat_map(|m| m.sites.first()) {
        match sites.iter_mut().find(|(s, _)| s.same(site)) {
            Some((known, n)) => {
                known.own |= site.own;
                *n += 1;
            }
            None => sites.push((site.clone(), 1)),
        }
    }
    sites.sort_by(|(l, m), (r, n)| {
        let key = |s: &Site| (!s.own, !s.is_point(), !s.is_spot());
        key(l).cmp(&key(r)).then(n.cmp(m)).then_with(|| l.name.cmp(&r.name))
    });
    sites.truncate(3);
    sites.into_iter().map(|(site, _)| site).collect()
}

fn sum_of_terms(members: &[&Features]) -> Bag {
    let mut sum: BTreeMap<u32, f32> = BTreeMap::new();
    for (word, weight) in members.iter().flat_map(|m| &m.telling) {
        *sum.entry(*word).or_default() += weight;
    }
    let length = sum.values().map(|w| f64::from(*w) * f64::from(*w)).sum::<f64>().sqrt() as f32;
    let mut bag: Bag = sum.into_iter().collect();
    bag.sort_by(|l, r| r.1.total_cmp(&l.1).then(l.0.cmp(&r.0)));
    bag.truncate(64);
    bag.iter_mut().for_each(|(_, w)| *w /= length.max(f32::MIN_POSITIVE));
    bag.sort_by_key(|(word, _)| *word);
    bag
}
