//! Comparisons of happenings of two reports, and what each adds to the match weight.
use crate::features::*;
use crate::happening::Happening;
use crate::kinds::{KindLevel, Kinds, Role};
use crate::profile::Profile;
use crate::site::{PlaceLevel, is_spot, place_level};
use crate::story::{Story, cosine, overlap, shared};
use crate::waterfall::{Record, Silent, Step, decimals};
use crate::weights::{Between, Bits};
use crate::within::kind_bits;

/// How like two articles are.
#[derive(Debug, Clone, Copy)]
struct Likeness {
    bits: Bits,
    /// What of it is taken off for days between their publications.
    late: Bits,
}

/// What is compared of two happenings first.
struct Basics {
    time: TimeLevel,
    kind: KindLevel,
    type_bits: Bits,
    time_bits: Bits,
}

/// Two happenings worth remembering as a pair, and the weight of their being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Happening of the first profile.
    pub l: u32,
    /// Happening of the second.
    pub r: u32,
    /// Hundredths of a bit.
    pub weight: i32,
}

pub(crate) struct Comparison<'w> {
    weights: &'w Between,
    kinds: &'w Kinds,
    /// The most that place and what is compared after it can add, and without the place.
    most_of_rest: Bits,
    most_after_place: Bits,
}

impl<'w> Comparison<'w> {
    pub fn new(weights: &'w Between, kinds: &'w Kinds) -> Self {
        let most_after_place = weights.most_after_place();
        Comparison { weights, kinds, most_of_rest: weights.most_of_place() + most_after_place, most_after_place }
    }

    /// Pairs of happenings that weigh more than pairs nobody compared. `l` and `r` may be one: its articles are then compared
    /// with each other.
    pub fn matches(&self, l: &Profile, r: &Profile) -> Vec<Match> {
        let mut found = Vec::new();
        let one = std::ptr::eq(l, r);
        // For each two articles the most that they can be alike, by their days alone, and how alike they are once that matters.
        let mut stories: Vec<Option<(Likeness, Option<Likeness>)>> = vec![None; l.stories.len() * r.stories.len()];
        for (i, left) in l.happenings.iter().enumerate() {
            for (j, right) in r.happenings.iter().enumerate() {
                let (a, b) = (l.article_of(i), r.article_of(j));
                if one && b <= a {
                    continue;
                }
                let (story_l, story_r) = (&l.stories[a], &r.stories[b]);
                let (most, story) =
                    stories[a * r.stories.len() + b].get_or_insert_with(|| (self.most_alike(story_l, story_r), None));
                let basics = self.basics(left, right);
                let can_match = |alike| self.is_remembered(self.bound(left, right, &basics, alike));
                if !can_match(story.unwrap_or(*most)) {
                    continue;
                }
                let story = *story.get_or_insert_with(|| self.story(story_l, story_r, &mut Silent));
                if !can_match(story) {
                    continue;
                }
                let weight = self.pair(left, right, basics, story, &mut Silent);
                if self.is_remembered(weight) {
                    found.push(Match { l: i as u32, r: j as u32, weight });
                }
            }
        }
        found
    }

    /// The waterfall for one pair, and its sum.
    pub fn explain(&self, l: &Profile, i: usize, r: &Profile, j: usize) -> (Vec<Step>, Bits) {
        let (left, right) = (&l.happenings[i], &r.happenings[j]);
        let of = |p: &Profile, i: usize| p.stories[p.article_of(i)].clone();
        // The likeness of the articles comes first; the pair then takes it whole, in part, or not at all.
        let mut parts: Vec<Step> = Vec::new();
        let story = self.story(&of(l, i), &of(r, j), &mut parts);
        let spared = self.spared(left, right, story);
        if spared > 0 {
            parts.step("told late", || "late".to_owned(), spared);
        }
        let mut waterfall: Vec<Step> = Vec::new();
        let mut total = self.pair(left, right, self.basics(left, right), story, &mut waterfall);
        if let Some(articles) = waterfall.iter_mut().find(|s| s.comparison == "articles") {
            articles.parts = parts;
        }
        let floor = self.weights.floor.0;
        if total < floor {
            total += waterfall.step("floor", || "limit".to_owned(), floor - total);
        }
        (waterfall, total)
    }

    /// Whether a pair of this weight pulls averages by what it is. Others count as pairs that nobody compared.
    pub fn is_remembered(&self, weight: Bits) -> bool {
        weight >= self.weights.threshold.0 - REMEMBERED
    }

    /// The most that two whole articles can be alike, whatever their words.
    fn most_alike(&self, l: &Story, r: &Story) -> Likeness {
        let days = l.published.zip(r.published).map_or(0, |(l, r)| self.weights.days.at(l.gap(r) as f32));
        Likeness { bits: self.weights.most_of_words() + days, late: days.min(0) }
    }

    /// Likeness of two whole articles.
    fn story(&self, l: &Story, r: &Story, record: &mut impl Record) -> Likeness {
        let w = self.weights;
        let words = cosine(&l.terms, &r.terms);
        let mut bits = record.step("words", || decimals(words, 2), w.text.at(words));
        let mut late = 0;
        if let (Some(left), Some(right)) = (l.published, r.published) {
            let days = left.gap(right);
            let weight = record.step("days between", || days.to_string(), w.days.at(days as f32));
            late = weight.min(0);
            bits += weight;
        }
        let names = overlap(&l.names, &r.names);
        bits += record.step("names", || decimals(names, 2), w.names.at(names));
        let whole: f32 = shared(&l.whole_names, &r.whole_names).map(|(x, _)| x).sum();
        bits += record.step("whole names", || decimals(whole, 0), w.whole_names.at(whole));
        Likeness { bits, late }
    }

    /// What days between publications are spared of taking off: a trial is told of long after, and what is dated alike may be.
    fn spared(&self, l: &Happening, r: &Happening, story: Likeness) -> Bits {
        let told_late = l.followed || r.followed || times(l, r) <= TimeLevel::Overlap;
        if told_late { (self.weights.late.0 - story.late).max(0) } else { 0 }
    }

    /// What two happenings have before they are compared: the prior, and what of the likeness of their articles counts for them.
    fn prior(&self, l: &Happening, r: &Happening, story: Bits, parted: bool, record: &mut impl Record) -> Bits {
        let w = self.weights;
        if l.background || r.background {
            record.step("prior", || "background".to_owned(), w.background_prior.0)
        } else if l.main && r.main && !parted {
            record.step("prior", || "main".to_owned(), w.prior.0) + record.step("articles", || "all".to_owned(), story)
        } else {
            let focus = f32::from(l.focus.min(r.focus)) / 100.0;
            let share = ((story as f32 * w.minor_share).round() as Bits).min(w.minor_most.at(focus));
            record.step("prior", || "minor".to_owned(), w.minor_prior.0)
                + record.step("articles", || "a share".to_owned(), share)
        }
    }

    /// How time and type of two happenings compare.
    fn basics(&self, l: &Happening, r: &Happening) -> Basics {
        let w = self.weights;
        let past = l.background && r.background;
        let time = times(l, r);
        let kind = self.kinds.level(l.kind, r.kind);
        let lasts = |h: &Happening| self.kinds.lasts(h.kind, h.time);
        let time_bits = match time {
            TimeLevel::Same | TimeLevel::Overlap | TimeLevel::Unknown if past && lasts(l) && lasts(r) => w.lasting.0,
            TimeLevel::Same | TimeLevel::Overlap if past => {
                let width = l.time.map_or(0, |t| t.width()).max(r.time.map_or(0, |t| t.width()));
                w.past.at(width as f32)
            }
            TimeLevel::Same => w.time.same.0,
            TimeLevel::Overlap => w.time.overlap.0,
            TimeLevel::Unknown => w.time.unknown.0,
            TimeLevel::Adjacent => w.time.adjacent.0,
            TimeLevel::Apart => w.time.apart.0,
            TimeLevel::Far => w.time.far.0,
        };
        Basics { time, kind, type_bits: kind_bits(&w.kind, kind), time_bits }
    }

    /// The most that a pair can weigh, whatever is compared after time and type.
    fn bound(&self, l: &Happening, r: &Happening, basics: &Basics, story: Likeness) -> Bits {
        let story = story.bits + self.spared(l, r, story);
        let prior = |parted| self.prior(l, r, story, parted, &mut Silent);
        let most = if l.main && r.main { prior(false).max(prior(true)) } else { prior(true) };
        most + basics.type_bits + basics.time_bits + self.most_of_rest
    }

    /// Weight of a pair. Of one that nobody asks to explain and that cannot be remembered, only that it cannot.
    fn pair<R: Record>(&self, l: &Happening, r: &Happening, basics: Basics, story: Likeness, record: &mut R) -> Bits {
        let w = self.weights;
        let Basics { time, kind, type_bits, time_bits } = basics;
        let story = story.bits + self.spared(l, r, story);
        // Reports of one war are alike whatever they tell of: where time, place or type parts two happenings, and for those that
        // are not what the article is mainly about, the likeness of the whole articles says little.
        let place = match place_level(&l.sites, &r.sites) {
            // What lasts in a region is the region's.
            PlaceLevel::Near if self.kinds.lasts(l.kind, l.time) && self.kinds.lasts(r.kind, r.time) => {
                PlaceLevel::Same
            }
            level => level,
        };
        let elsewhere = !matches!(place, PlaceLevel::Same | PlaceLevel::Near);
        let event = |h: &Happening| self.kinds.role(h.kind) == Role::Event;
        let parted = time >= TimeLevel::Far
            || time == TimeLevel::Apart && elsewhere
            || place == PlaceLevel::Named
            || kind == KindLevel::Other && event(l) && event(r);
        let mut bits = self.prior(l, r, story, parted, record);
        bits += record.step("type", || format!("{kind:?}"), type_bits);
        bits += record.step("time", || format!("{time:?}"), time_bits);
        let place_bits = match place {
            PlaceLevel::Same => w.place.same.0,
            PlaceLevel::Near => w.place.near.0,
            PlaceLevel::Unknown => w.place.unknown.0,
            PlaceLevel::Apart => w.place.apart.0,
            PlaceLevel::Named => w.place.named.0,
            PlaceLevel::Far => w.place.far.0,
        };
        bits += record.step("place", || format!("{place:?}"), place_bits);
        if !R::ASKED && !self.is_remembered(bits + self.most_after_place) {
            return bits + self.most_after_place;
        }
        let parties = party_level(&l.parties, &r.parties);
        let party_bits = match parties {
            PartyLevel::Same => w.parties.same.0,
            PartyLevel::Share => w.parties.share.0,
            PartyLevel::Unknown => w.parties.unknown.0,
            PartyLevel::None => w.parties.none.0,
        };
        bits += record.step("parties", || format!("{parties:?}"), party_bits);
        let figures = figure_level(&l.tallies, &r.tallies);
        let figure_bits = match figures {
            FigureLevel::Agree => w.figures.agree.0,
            FigureLevel::Unknown => w.figures.unknown.0,
            FigureLevel::Differ => w.figures.differ.0,
        };
        bits += record.step("figures", || format!("{figures:?}"), figure_bits);
        let words = cosine(&l.terms, &r.terms);
        bits += record.step("sentences", || decimals(words, 2), w.sentences.at(words));
        if l.background != r.background {
            bits += record.step("background", || "one of two".to_owned(), w.other.background.0);
        }
        if l.planned != r.planned {
            bits += record.step("planned", || "one of two".to_owned(), w.other.planned.0);
        }
        if l.broad && is_spot(&r.sites) || r.broad && is_spot(&l.sites) {
            bits += record.step("part", || "a whole and a part".to_owned(), w.other.part.0);
        }
        if kind <= KindLevel::Related && l.stand.answers(&r.stand) {
            bits += record.step("answer", || "one to the other".to_owned(), w.other.answers.0);
        }
        bits
    }
}

/// Pairs this far below the threshold still pull an average down by what they are rather than by what an unseen pair is.
const REMEMBERED: Bits = 300;

/// How their times compare. An arrest or a trial may follow from what happened long before, and another from the same.
fn times(l: &Happening, r: &Happening) -> TimeLevel {
    let level = yearly_level((l.time, l.yearly), (r.time, r.yearly));
    let by = |event: &Happening, after: &Happening| {
        after.followed && event.time.zip(after.time).is_some_and(|(e, a)| e.first <= a.last)
    };
    match level {
        TimeLevel::Adjacent | TimeLevel::Apart | TimeLevel::Far if by(l, r) || by(r, l) => TimeLevel::Unknown,
        level => level,
    }
}
