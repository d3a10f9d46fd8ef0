//! Claims of one report → groups that it tells as one happening.
use crate::calendar::Days;
use crate::cluster::{Edge, Levels, are_far, average_link};
use crate::features::*;
use crate::happening::Happening;
use crate::kinds::{Kinds, Role};
use crate::waterfall::Silent;
use crate::weights::{Bits, Within};
use std::collections::{BTreeMap, BTreeSet};

/// Claims further apart than this many claims are not compared: a hostile report of thousands stays cheap.
const WINDOW: usize = 250;

/// Claims of a happening, the likest, by which it is told whether a claim of speech or aftermath belongs to it.
const NEAREST: usize = 3;

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
        let proper = |i: u32| {
            let claim = &claims[i as usize];
            self.kinds.role(claim.kind) == Role::Event && !self.is_of_truce(claim)
        };
        let (events, rest): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|&&i| proper(i));
        let mut groups = self.link(claims, &events);
        let (mut alone, mut said, mut replies) = (Vec::new(), Vec::new(), Vec::new());
        let cores = groups.clone();
        let need = 2 * i64::from(self.weights.attach.at(focus(claims, &cores)));
        for claim in rest {
            if self.is_standing(&claims[claim as usize]) {
                alone.push(claim);
                continue;
            }
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
            let answered = said.iter().rev().take_while(near).find(|&&s| {
                let (l, r) = (&claims[s as usize], &claims[claim as usize]);
                self.answers(l, r) && {
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
        let times: Vec<Option<Days>> = numbers.iter().map(|&i| claims[i as usize].time).collect();
        leave_open(&times, threshold, &mut edges);
        let levels = Levels { unseen: prior, far: prior, threshold };
        let clusters = average_link(numbers.len(), &edges, &[], levels, |_, _| ());
        clusters.into_iter().map(|c| c.into_iter().map(|i| numbers[i as usize]).collect()).collect()
    }
}

/// Share of the news that the largest of these groups has.
fn focus(claims: &[Features], groups: &[Vec<u32>]) -> f32 {
    let news = |group: &Vec<u32>| group.iter().filter(|&&i| !claims[i as usize].background).count();
    let (largest, all) = (groups.iter().map(news).max().unwrap_or(0), groups.iter().map(news).sum::<usize>());
    if all > 0 { largest as f32 / all as f32 } else { 0.0 }
}

/// Hundredths of a bit by which one happening must be likelier than another.
const HAIR: Bits = 30;

/// What has no date and is by a hair as like a happening of one year as one of another ("two wars, in 2014 and in 2020") is neither's.
fn leave_open(times: &[Option<Days>], threshold: Bits, edges: &mut Vec<Edge>) {
    let dated = |&(l, r, weight): &Edge| match (times[l as usize], times[r as usize]) {
        (None, Some(days)) => Some((l, days, weight)),
        (Some(days), None) => Some((r, days, weight)),
        _ => None,
    };
    let mut best: BTreeMap<u32, (Bits, Days)> = BTreeMap::new();
    for (undated, days, weight) in edges.iter().filter_map(dated).filter(|(.., weight)| *weight >= threshold) {
        let likest = best.entry(undated).or_insert((weight, days));
        *likest = (*likest).max((weight, days));
    }
    let rivals = edges.iter().filter_map(dated).filter(|(undated, days, weight)| {
        best.get(undated).is_some_and(|(top, of)| top - weight < HAIR && are_far(Some(*of), Some(*days)))
    });
    let open: BTreeSet<u32> = rivals.map(|(undated, ..)| undated).collect();
    edges.retain(|edge| !dated(edge).is_some_and(|(undated, ..)| open.contains(&undated)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_date_and_is_as_like_one_year_as_another_is_of_neither() {
        let day = |day: i32| Some(Days::new(day, day));
        let kept = |times: [Option<Days>; 3], weights: [Bits; 2]| {
            let mut edges = vec![(0, 2, weights[0]), (1, 2, weights[1])];
            leave_open(&times, 0, &mut edges);
            edges.into_iter().map(|(l, ..)| l).collect::<Vec<u32>>()
        };
        assert_eq!(kept([day(0), day(4000), None], [60, 60]), [0u32; 0]);
        assert_eq!(kept([day(0), day(4000), None], [60, 20]), [0, 1], "it is likelier of the first");
        assert_eq!(kept([day(0), day(3), None], [60, 60]), [0, 1], "days of one time");
        assert_eq!(kept([day(0), day(4000), day(0)], [60, 60]), [0, 1], "it has a date of its own");
    }

    use crate::scene::Scene;
    use crate::vocabulary::Vocabulary;
    use crate::weights::{SOURCE, Weights};
    use variorum_model::{Claim, Event, Named, Polarity, Span, Stance};

    fn claim(kind: &str, start: usize, stance: Stance) -> Claim {
        let tolm = Named { name: "Tolm".into(), span: Span::default() };
        let event = Event { kind: kind.into(), ..Event::default() };
        let claim = Claim { event, stance, span: Span::new(start, start + 20), actors: vec![tolm], ..Claim::default() };
        match stance {
            Stance::Deny => Claim { sources: claim.actors.clone(), polarity: Polarity::DidNotHappen, ..claim },
            _ => claim,
        }
    }

    #[test]
    fn a_bare_denial_answers_what_was_alleged_shortly_before_it() {
        let weights = Weights::parse(SOURCE, "w").unwrap();
        let (kinds, vocabulary) = (Kinds::load().unwrap(), Vocabulary::load(&weights.terms).unwrap());
        let grouping = Grouping { weights: &weights.within, kinds: &kinds };
        let answers = |said: Claim, denial: Claim| {
            let both = [said, denial];
            let scene = Scene::new(&both, &vocabulary);
            let [l, r] = both.map(|c| Features::new(&c, &scene, &kinds, &vocabulary));
            grouping.answers(&l, &r)
        };
        let denial = || claim("denial", 100, Stance::Deny);
        assert!(answers(claim("accusation", 50, Stance::Accuse), denial()));
        assert!(answers(claim("shelling", 50, Stance::Assert), denial()));
        assert!(!answers(claim("aid", 50, Stance::Assert), denial()), "what Tolm did is no allegation");
        assert!(!answers(claim("shelling", 150, Stance::Assert), denial()), "it is told after the denial");
        assert!(
            !answers(claim("shelling", 50, Stance::Assert), claim("denial", 5000, Stance::Deny)),
            "too long before"
        );
        assert!(
            answers(claim("aid", 50, Stance::Assert), claim("aid", 100, Stance::Deny)),
            "this very thing is denied"
        );
    }
}
