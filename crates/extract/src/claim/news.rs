//! Which days an article is about.
use super::Scene;
use super::expression::{claim_time, is_labelled};
use super::picture::{is_of_film, is_of_picture};
use super::words::Words;
use crate::event::EventMention;
use jiff::civil::Date;
use std::collections::BTreeSet;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimePrecision, TimexType};

/// News is at most so many days old; what an article dates further back is history or another matter.
pub(super) const FRESH: i32 = 7;

/// What is dated further back than so many days is history, and no other day of the same matter.
const HISTORY: i32 = 366;

/// The type of violence of which only the victims are told.
pub(super) const UNSPECIFIC: &str = "attack";

/// The days that the news of one article happened on, as its own words give them.
#[derive(Default)]
pub(super) struct News {
    /// The one day that at least half of the sentences with dated news point to.
    main: Option<ClaimTime>,
    /// Types of what is dated to that day, and whether some of it is violence.
    kinds: Vec<String>,
    violent: bool,
    /// First and last day named for news, not older than [`FRESH`] nor later than the publication.
    first: Option<ClaimTime>,
    last: Option<ClaimTime>,
    published: Option<Date>,
    /// It tells first of what the law does about violence: the violence itself may be years old.
    pub is_aftermath: bool,
    /// It does so in the first two sentences that tell of either: the headline may leave the law to the other.
    pub is_of_law: bool,
    /// Where nothing dates any news: the one fresh day that the article names at all.
    pub only: Option<ClaimTime>,
    /// As `main` and `kinds`, of violence that words of its own date, and not the day on which somebody told of it.
    dated: Option<Box<News>>,
    /// As `main`, `kinds` and `first`, of violence alone.
    of_violence: Option<Box<News>>,
}

/// For each article of the report, its days.
pub(super) fn of_articles(scene: &Scene<'_>, events: &[EventMention], own: &[Option<ClaimTime>]) -> Vec<News> {
    let n = scene.reading.report.articles.len().max(1);
    let mut dated: Vec<Vec<(usize, &EventMention, &ClaimTime)>> = vec![Vec::new(); n];
    let mut published = vec![None; n];
    // Sentences that tell of violence or of what the law does about it, and whether of the law.
    let mut leads: Vec<Vec<(usize, bool)>> = vec![Vec::new(); n];
    let words = &scene.rules.words;
    for (event, time) in events.iter().zip(own) {
        let at = scene.reading.doc.token(event.head).start();
        let article = scene.reading.article_at(at);
        published[article] = scene.reading.dct_at(at);
        if !event.background && (words.is_legal(event) || words.is_violent(event)) {
            let sentence = scene.reading.doc.token(event.head).sent_index();
            let (lead, is_legal) = (&mut leads[article], words.is_legal(event));
            match lead.iter().position(|(s, _)| *s == sentence) {
                Some(at) => lead[at].1 |= is_legal,
                None if lead.len() < 2 => lead.push((sentence, is_legal)),
                None => {}
            }
        }
        if let (false, Polarity::Happened, Some(time)) = (event.background, event.polarity, time)
            && time.precision == TimePrecision::Day
            && time.earliest.is_some()
            // Without a publication date, a full date further down is history.
            && (published[article].is_some() || scene.reading.is_lead(event.head))
        {
            dated[article].push((scene.reading.doc.token(event.head).sent_index(), event, time));
        }
    }
    let of_article = |article: usize| {
        let (dated, published) = (&dated[article], published[article]);
        let mut violence = dated.clone();
        violence.retain(|(_, event, _)| words.is_violent(event));
        let mut dated_itself = violence.clone();
        dated_itself.retain(|(.., time)| time.basis != TimeBasis::Context);
        let mut other = dated.clone();
        other.retain(|(_, event, _)| !words.is_legal(event));
        let only = if dated.is_empty() { published.and_then(|now| only_day(scene, article, now)) } else { None };
        News {
            only,
            is_aftermath: leads[article].first().is_some_and(|(_, is_legal)| *is_legal),
            is_of_law: leads[article].iter().any(|(_, is_legal)| *is_legal),
            dated: Some(Box::new(News::new(&dated_itself, published, words))),
            of_violence: Some(Box::new(News::new(&violence, published, words))),
            last: News::new(dated, published, words).last,
            ..News::new(&other, published, words)
        }
    };
    (0..n).map(of_article).collect()
}

impl News {
    fn new(dated: &[(usize, &EventMention, &ClaimTime)], published: Option<Date>, words: &Words) -> Self {
        // A day counts once for each sentence that dates news to it; of days named alike often the first is the lead's.
        let sentences = |t: &ClaimTime| {
            let of_day = dated.iter().filter(|(_, _, d)| d.value == t.value).map(|d| d.0);
            of_day.collect::<BTreeSet<usize>>().len()
        };
        let all = dated.iter().map(|d| d.0).collect::<BTreeSet<usize>>().len();
        let main = dated.iter().map(|d| d.2).max_by_key(|t| (sentences(t), std::cmp::Reverse(t.quote.span.start)));
        let main = main.filter(|t| sentences(t) * 2 >= all);
        let fresh = |t: &&ClaimTime| match (published, day(t)) {
            (Some(now), Some(day)) => day <= now && (now - day).get_days() <= FRESH,
            _ => false,
        };
        let of_main = || dated.iter().filter(|(_, _, t)| main.is_some_and(|m| m.value == t.value));
        // "A suicide bomber struck on Monday. The blast …"
        let is_blast = |kind: &str| words.blasts.iter().any(|b| b == kind);
        let mut kinds: Vec<String> = of_main().map(|(_, event, _)| event.kind.clone()).collect();
        if kinds.iter().any(|kind| is_blast(kind)) {
            kinds.extend_from_slice(&words.blasts);
        }
        News {
            violent: of_main().any(|(_, event, _)| words.is_violent(event)),
            kinds,
            main: main.cloned(),
            first: dated.iter().map(|d| d.2).filter(fresh).min_by_key(|t| t.value.clone()).cloned(),
            last: dated.iter().map(|d| d.2).filter(fresh).max_by_key(|t| t.value.clone()).cloned(),
            published,
            ..News::default()
        }
    }

    /// True where a time does not lie after the publication.
    pub fn is_past(&self, time: &ClaimTime) -> bool {
        match (&self.published, &time.earliest) {
            (Some(now), Some(first)) => *first <= now.to_string(),
            _ => true,
        }
    }

    /// The article's main day, where news of the type is dated to it. Where that is only the day on which somebody told of it, and the
    /// article itself dates it before: on one of the two, or between.
    pub fn told(&self, kind: &str) -> Option<ClaimTime> {
        let main = self.main.as_ref();
        let main = main.filter(|_| kind == UNSPECIFIC && self.violent || self.kinds.iter().any(|k| k == kind))?;
        let before = self.dated(kind).filter(|t| main.basis == TimeBasis::Context && t.latest < main.earliest);
        Some(before.map_or_else(|| main.clone(), |from| up_to(&from, main)))
    }

    /// The day that the article itself gives for violence of the type, not older than [`FRESH`] days.
    pub fn dated(&self, kind: &str) -> Option<ClaimTime> {
        let dated = self.dated.as_ref()?;
        dated.told(kind).filter(|t| dated.first.as_ref().is_some_and(|first| first.value <= t.value))
    }

    /// The time of undated news: the article's main day where news of the same type is dated to it (the victims of an attack
    /// may be told without a type), else from its first day to the publication.
    pub fn happening(&self, kind: &str) -> Option<ClaimTime> {
        self.told(kind).or_else(|| self.until_now(&self.first))
    }

    /// As [`News::happening`], of violence in an article about what the law does.
    pub fn violence(&self, kind: &str) -> Option<ClaimTime> {
        self.of_violence.as_ref()?.happening(kind)
    }

    /// The time of an undated act of speech: from the last day that the article speaks of to its publication. That of an article
    /// about something long past is no older than the article.
    pub fn saying(&self) -> Option<ClaimTime> {
        self.until_now(&self.last).or_else(|| self.main.clone().filter(|_| self.published.is_none()))
    }

    fn until_now(&self, from: &Option<ClaimTime>) -> Option<ClaimTime> {
        let (from, now) = (from.as_ref()?, self.published?.to_string());
        let first = from.earliest.clone()?;
        if first == now {
            return Some(from.clone());
        }
        Some(ClaimTime {
            value: Some(format!("{first}/{now}")),
            earliest: Some(first),
            latest: Some(now),
            precision: TimePrecision::Days,
            basis: TimeBasis::Context,
            quote: from.quote.clone(),
        })
    }
}

/// From the beginning of one time to the end of a later one.
pub(super) fn up_to(from: &ClaimTime, to: &ClaimTime) -> ClaimTime {
    let value = from.earliest.as_deref().zip(to.latest.as_deref()).map(|(a, b)| format!("{a}/{b}"));
    ClaimTime { value, earliest: from.earliest.clone(), precision: TimePrecision::Days, ..to.clone() }
}

/// The day that all times of an article agree on which are neither history nor of the page, if it is fresh: of "wounded on 3 May" and
/// "released on 9 June" nothing tells which the rest is of.
fn only_day(scene: &Scene<'_>, article: usize, now: Date) -> Option<ClaimTime> {
    let named = scene.mentions.timexes.iter().filter(|t| {
        t.precision == TimePrecision::Day
            && matches!(t.timex.kind, TimexType::Date | TimexType::Time)
            && scene.reading.article_at(t.timex.quote.span.start) == article
            && !is_labelled(scene, t)
            && !is_of_picture(scene, t)
            && !is_of_film(scene, t)
    });
    let age = |t: &ClaimTime| day(t).filter(|day| *day <= now).map(|day| (now - day).get_days());
    let mut days = named.map(|t| claim_time(scene, t, false)).filter(|t| age(t).is_some_and(|days| days <= HISTORY));
    let first = days.next()?;
    let fresh = age(&first).is_some_and(|days| days <= FRESH);
    (fresh && days.all(|t| t.value == first.value)).then_some(first)
}

fn day(time: &ClaimTime) -> Option<Date> {
    time.value.as_deref()?.parse().ok()
}
