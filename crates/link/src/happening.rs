//! Claims of one report → happenings: what the report itself tells as one.
use crate::calendar::Days;
use crate::cluster::{Edge, Levels, average_link};
use crate::features::*;
use crate::kinds::{Kind, KindLevel, Kinds, Role};
use crate::site::{PlaceLevel, Site, is_spot, place_level};
use crate::story::{Bag, cosine};
use crate::waterfall::{Record, Silent, decimals};
use crate::weights::{Bits, KindWeights, Within};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Claims further apart than this many claims are not compared: a hostile report of thousands stays cheap.
const WINDOW: usize = 250;

/// Code points between what is alleged and a denial that does not say what it denies.
const REPLY: usize = 1000;

/// Claims of a happening, the likest, by which it is told whether a claim of speech or aftermath belongs to it.
const NEAREST: usize = 3;

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

pub(crate) struct Grouping<'w> {
    pub weights: &'w Within,
    pub kinds: &'w Kinds,
}

impl Grouping<'_> {
    /// Groups the claims of a reading. Articles of one report are grouped apart; claims of `alone` stay by themselves.
    pub fn happenings(&self, claims: &[Features], alone: &BTreeSet<u32>) -> Vec<Happening> {
        let mut articles: BTreeMap<usize, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (i, claim) in claims.iter().enumerate() {
            let (grouped, single) = articles.entry(claim.article).or_default();
            if alone.contains(&(i as u32)) { single } else { grouped }.push(i as u32);
        }
        let mut all = Vec::new();
        for (article, (grouped, single)) in articles {
            let groups = self.groups(claims, &grouped).into_iter().chain(single.into_iter().map(|i| vec![i]));
            let mut found: Vec<Happening> = groups.map(|group| self.happening(claims, article, group)).collect();
            found.sort_by_key(|h| h.claims[0]);
            // What most of the news is about; the first where several are.
            let size = |h: &Happening| if h.background { 0 } else { h.claims.len() };
            let main = (0..found.len()).max_by_key(|&i| (size(&found[i]), std::cmp::Reverse(i)));
            if let Some(main) = main.filter(|&i| size(&found[i]) > 0) {
                found[main].main = true;
                let all: usize = found.iter().map(size).sum();
                let focus = (size(&found[main]) * 100 / all) as u8;
                found.iter_mut().for_each(|h| h.focus = focus);
            }
            all.extend(found);
        }
        all
    }

    /// First the happenings proper; then what follows from them or speaks of them finds its place.
    fn groups(&self, claims: &[Features], numbers: &[u32]) -> Vec<Vec<u32>> {
        let role = |i: u32| self.kinds.role(claims[i as usize].kind);
        let (events, rest): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|&&i| role(i) == Role::Event);
        let mut groups = self.link(claims, &events);
        let (mut alone, mut said, mut replies) = (Vec::new(), Vec::new(), Vec::new());
        let cores = groups.clone();
        let need = 2 * i64::from(self.weights.attach.at(focus(claims, &cores)));
        for claim in rest {
            let near = |i: &&u32| i.abs_diff(claim) as usize <= WINDOW;
            let weights = cores.iter().enumerate().filter_map(|(g, core)| {
                let pairs = core
                    .iter()
                    .filter(near)
                    .map(|&i| self.pair(&claims[i as usize], &claims[claim as usize], &mut Silent));
                let mut pairs: Vec<Bits> = pairs.collect();
                // The nearest claims of a large happening say more than its far ones.
                pairs.sort_unstable_by_key(|w| std::cmp::Reverse(*w));
                let best = i64::from(*pairs.first()?);
                pairs.truncate(NEAREST);
                let sum: i64 = pairs.iter().map(|w| i64::from(*w)).sum();
                Some((sum / pairs.len() as i64 + best, std::cmp::Reverse(g)))
            });
            let best = weights.max();
            // "Which Oria denied" belongs to the accusation that it answers, unless a happening is more to the point.
            let answered = said.iter().rev().filter(near).find(|&&s| {
                let (l, r) = (&claims[s as usize], &claims[claim as usize]);
                l.stand.answers(&r.stand) && self.in_reach(l, r) && {
                    let weight = 2 * i64::from(self.pair(l, r, &mut Silent));
                    weight >= 0 && best.is_none_or(|(best, _)| best < weight)
                }
            });
            match (answered, best) {
                (Some(&said), _) => replies.push((said, claim)),
                (None, Some((weight, std::cmp::Reverse(g)))) if weight >= need => groups[g].push(claim),
                _ => alone.push(claim),
            }
            said.push(claim);
        }
        groups.extend(self.link(claims, &alone));
        for (said, reply) in replies {
            groups.iter_mut().filter(|g| g.contains(&said)).for_each(|g| g.push(reply));
        }
        for group in &mut groups {
            group.sort_unstable();
        }
        groups
    }

    fn link(&self, claims: &[Features], numbers: &[u32]) -> Vec<Vec<u32>> {
        let mut edges: Vec<Edge> = Vec::new();
        for (l, &i) in numbers.iter().enumerate() {
            for (r, &j) in numbers.iter().enumerate().skip(l + 1).take(WINDOW) {
                edges.push((l as u32, r as u32, self.pair(&claims[i as usize], &claims[j as usize], &mut Silent)));
            }
        }
        let (prior, threshold) = (self.weights.prior.0, self.weights.threshold.0);
        let levels = Levels { unseen: prior, far: prior, threshold };
        let clusters = average_link(numbers.len(), &edges, &[], levels, |_, _| ());
        clusters.into_iter().map(|c| c.into_iter().map(|i| numbers[i as usize]).collect()).collect()
    }

    /// Bits for the two claims being about one happening.
    pub fn pair(&self, l: &Features, r: &Features, record: &mut impl Record) -> Bits {
        let w = self.weights;
        let mut bits = record.step("prior", || "claims".to_owned(), w.prior.0);
        let kind = self.kinds.level(l.kind, r.kind);
        bits += record.step("type", || format!("{kind:?}"), kind_bits(&w.kind, kind));
        // What is said of a happening is said on its day or later.
        let role = |f: &Features| self.kinds.role(f.kind);
        let later = |event: &Features, talk: &Features| {
            role(event) == Role::Event
                && role(talk) != Role::Event
                && event.time.zip(talk.time).is_some_and(|(e, t)| e.first < t.first)
        };
        let time = match yearly_level((l.time, l.yearly), (r.time, r.yearly)) {
            TimeLevel::Adjacent | TimeLevel::Apart if later(l, r) || later(r, l) => TimeLevel::Unknown,
            level => level,
        };
        let time_bits = match time {
            TimeLevel::Same => w.time.same,
            TimeLevel::Overlap => w.time.overlap,
            TimeLevel::Unknown => w.time.unknown,
            TimeLevel::Adjacent => w.time.adjacent,
            TimeLevel::Apart => w.time.apart,
            TimeLevel::Far => w.time.far,
        };
        bits += record.step("time", || format!("{time:?}"), time_bits.0);
        let place = place_level(&l.sites, &r.sites);
        let place_bits = match place {
            PlaceLevel::Same => w.place.same,
            PlaceLevel::Near => w.place.near,
            PlaceLevel::Unknown => w.place.unknown,
            PlaceLevel::Apart => w.place.apart,
            PlaceLevel::Named => w.place.named,
            PlaceLevel::Far => w.place.far,
        };
        bits += record.step("place", || format!("{place:?}"), place_bits.0);
        let parties = match party_level(&l.parties, &r.parties) {
            // Of those who make a truce, and who brokers it, a sentence names one or the other.
            PartyLevel::None if self.kinds.is_truce(l.kind) && self.kinds.is_truce(r.kind) => PartyLevel::Unknown,
            level => level,
        };
        let party_bits = match parties {
            PartyLevel::Same => w.parties.same,
            PartyLevel::Share => w.parties.share,
            PartyLevel::Unknown => w.parties.unknown,
            PartyLevel::None => w.parties.none,
        };
        bits += record.step("parties", || format!("{parties:?}"), party_bits.0);
        let figures = figure_level(&l.tallies, &r.tallies);
        let figure_bits = match figures {
            FigureLevel::Agree => w.figures.agree,
            FigureLevel::Unknown => w.figures.unknown,
            FigureLevel::Differ => w.figures.differ,
        };
        bits += record.step("figures", || format!("{figures:?}"), figure_bits.0);
        let words = cosine(&l.terms, &r.terms);
        bits += record.step("sentences", || decimals(words, 2), w.text.at(words));
        let between = l.start.max(r.start).saturating_sub(l.end.min(r.end));
        bits += record.step("distance", || between.to_string(), w.distance.at(between as f32));
        if l.background != r.background {
            bits += record.step("background", || "one of two".to_owned(), w.other.background.0);
        }
        if l.planned != r.planned {
            bits += record.step("planned", || "one of two".to_owned(), w.other.planned.0);
        }
        if l.broad && is_spot(&r.sites) || r.broad && is_spot(&l.sites) {
            bits += record.step("part", || "a whole and a part".to_owned(), w.other.part.0);
        }
        if l.stand.answers(&r.stand) && self.in_reach(l, r) {
            bits += record.step("answer", || "one to the other".to_owned(), w.other.answers.0);
        }
        bits
    }

    /// "Oria rejected the allegations" answers what it was blamed for shortly before, not all that Oria is said to do.
    fn in_reach(&self, l: &Features, r: &Features) -> bool {
        let bare = self.kinds.kind("denial");
        let follows = |denial: &Features, said: &Features| {
            denial.kind != bare
                || said.blames && said.start <= denial.start && denial.start.saturating_sub(said.end) <= REPLY
        };
        follows(l, r) && follows(r, l)
    }

    fn happening(&self, claims: &[Features], article: usize, group: Vec<u32>) -> Happening {
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
}

impl Grouping<'_> {
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

/// Share of the news that the largest of these groups has.
fn focus(claims: &[Features], groups: &[Vec<u32>]) -> f32 {
    let news = |group: &Vec<u32>| group.iter().filter(|&&i| !claims[i as usize].background).count();
    let (largest, all) = (groups.iter().map(news).max().unwrap_or(0), groups.iter().map(news).sum::<usize>());
    if all > 0 { largest as f32 / all as f32 } else { 0.0 }
}

pub(crate) fn kind_bits(w: &KindWeights, level: KindLevel) -> Bits {
    match level {
        KindLevel::Same => w.same,
        KindLevel::Family => w.family,
        KindLevel::Sibling => w.sibling,
        KindLevel::Related => w.related,
        KindLevel::Aftermath => w.aftermath,
        KindLevel::Speech => w.speech,
        KindLevel::Talk => w.talk,
        KindLevel::Other => w.other,
    }
    .0
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
