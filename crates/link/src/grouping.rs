//! Claims of one report → groups that it tells as one happening.
use crate::calendar::Days;
use crate::cluster::{Edge, Levels, are_far, average_link};
use crate::features::*;
use crate::happening::Happening;
use crate::kinds::{KindLevel, Kinds, Role};
use crate::site::{PlaceLevel, is_spot, place_level};
use crate::story::cosine;
use crate::waterfall::{Record, Silent, decimals};
use crate::weights::{Bits, KindWeights, Within};
use std::collections::{BTreeMap, BTreeSet};

/// Claims further apart than this many claims are not compared: a hostile report of thousands stays cheap.
const WINDOW: usize = 250;

/// Code points between what is alleged and a denial that does not say what it denies.
const REPLY: usize = 1000;

/// Code points between a demand and what it asks for.
const BESIDE: usize = 2;

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

    /// Bits for the two claims being about one happening.
    pub fn pair(&self, l: &Features, r: &Features, record: &mut impl Record) -> Bits {
        let w = self.weights;
        let mut bits = record.step("prior", || "claims".to_owned(), w.prior.0);
        let (first, then) = if l.start <= r.start { (l, r) } else { (r, l) };
        let again = first.came_about && then.again.contains(&self.kinds.family(first.kind));
        let term = l.term && self.kinds.is_truce(r.kind) || r.term && self.kinds.is_truce(l.kind);
        let kind = match self.kinds.level(l.kind, r.kind) {
            // Who calls for a truce, for talks, or offers to mediate works for one thing.
            KindLevel::Related if l.effort && r.effort => KindLevel::Family,
            KindLevel::Related if again => KindLevel::Family,
            KindLevel::Related | KindLevel::Other if term => KindLevel::Family,
            level => level,
        };
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
        let place = match place_level(&l.sites, &r.sites) {
            // What lasts in a region is the region's.
            PlaceLevel::Near if self.kinds.lasts(l.kind, l.time) && self.kinds.lasts(r.kind, r.time) => {
                PlaceLevel::Same
            }
            level => level,
        };
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
            PartyLevel::None if kind == KindLevel::Aftermath && is_common_of_one(&l.parties, &r.parties) => {
                PartyLevel::Unknown
            }
            PartyLevel::None if term || again && self.kinds.is_truce(first.kind) => PartyLevel::Unknown,
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
        // What is asked for is not there yet.
        let demand = self.kinds.kind("demand");
        let said = kind == KindLevel::Speech && (l.kind == demand || r.kind == demand);
        if l.planned != r.planned && !term && !said {
            bits += record.step("planned", || "one of two".to_owned(), w.other.planned.0);
        }
        if l.broad && is_spot(&r.sites) || r.broad && is_spot(&l.sites) {
            bits += record.step("part", || "a whole and a part".to_owned(), w.other.part.0);
        }
        // "A call by the guild to take to the streets", "met at the request of Oria"
        let asked = said && between <= BESIDE;
        if asked || kind == KindLevel::Speech && (self.speaks_of(l, r) || self.speaks_of(r, l)) {
            bits += record.step("topic", || "named".to_owned(), w.topic.0);
        }
        if kind <= KindLevel::Related && (again || term) {
            bits += record.step("again", || "pointed at".to_owned(), w.again.0);
        }
        if self.answers(l, r) {
            bits += record.step("answer", || "one to the other".to_owned(), w.other.answers.0);
        }
        bits
    }

    /// What says nothing of a happening: "Oria is an old ally of Vesna", "grew critical of Oria".
    fn is_standing(&self, claim: &Features) -> bool {
        claim.relational || claim.background && claim.kind == self.kinds.kind("other")
    }

    /// What is itself no truce is told as part of one: "would leave the hills under the truce", "had no hand in negotiating the deal".
    fn is_of_truce(&self, claim: &Features) -> bool {
        let talks = self.kinds.is_talks(claim.kind) && claim.again.contains(&self.kinds.truce());
        (claim.term || talks) && !self.kinds.is_truce(claim.kind)
    }

    /// An act of speech names such a happening.
    fn speaks_of(&self, speech: &Features, event: &Features) -> bool {
        speech.topics.contains(&self.kinds.family(event.kind))
    }

    /// One denies the other, or each accuses the other. "Oria rejected the allegations" answers what it was blamed for shortly
    /// before, not all that Oria is said to do.
    fn answers(&self, l: &Features, r: &Features) -> bool {
        let bare = self.kinds.kind("denial");
        let follows = |denial: &Features, said: &Features| {
            denial.kind != bare
                || said.blames && said.start <= denial.start && denial.start.saturating_sub(said.end) <= REPLY
        };
        l.stand.answers(&r.stand) && follows(l, r) && follows(r, l)
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
