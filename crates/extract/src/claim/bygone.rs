//! Violence that an article about a trial or an arrest dates further back than its news.
use super::Scene;
use super::expression::claim_time;
use super::news::{FRESH, UNSPECIFIC};
use super::picture::is_of_picture;
use super::words::is_in;
use crate::event::EventMention;
use crate::timex::{TimexMention, is_before_noun, is_of_noun};
use jiff::civil::Date;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimePrecision, TimexType};

/// A noun for violence with a date of its own, by its token: "a 9 May raid", "the raid of 9 May". Such a noun need not
/// be told as a happening to say when others in its sentence were hurt.
pub(super) fn labels(scene: &Scene<'_>) -> Vec<(usize, ClaimTime)> {
    let doc = &scene.reading.doc;
    let label = |timex: &TimexMention| {
        let root = doc.slice(timex.tokens.clone()).root();
        let noun = match () {
            () if is_before_noun(root) => root.head(),
            () if is_of_noun(root) => root.head().head(),
            () => return None,
        };
        let time = claim_time(scene, timex, false);
        let dated = matches!(time.precision, TimePrecision::Day | TimePrecision::Days | TimePrecision::Month);
        let violent = noun.pos() == "NOUN" && is_in(&scene.rules.words.labelled, noun);
        (violent && dated && time.earliest.is_some() && !is_of_picture(scene, timex)).then(|| (noun.i(), time))
    };
    let dates = scene.mentions.timexes.iter().filter(|t| t.timex.kind == TimexType::Date && !t.tokens.is_empty());
    let mut labels: Vec<(usize, ClaimTime)> = dates.filter_map(label).collect();
    labels.sort_by_key(|(at, _)| *at);
    labels
}

/// The one time that an article gives for violence, older than news, and for which types.
pub(super) struct Bygone {
    time: ClaimTime,
    kinds: Vec<String>,
    /// The first token that tells of it.
    from: usize,
}

impl Bygone {
    /// The time of violence that has none of its own: of a type that is dated so, or of victims told after it.
    pub fn of(&self, event: &EventMention) -> Option<ClaimTime> {
        let same = self.kinds.contains(&event.kind);
        (same || event.kind == UNSPECIFIC && event.head > self.from).then(|| self.time.clone())
    }
}

/// For each article, its violence of old, where all its dated violence of a known type is that. Of days and months, days count.
pub(super) fn of_articles(
    scene: &Scene<'_>,
    events: &[EventMention],
    own: &[Option<ClaimTime>],
    labels: &[(usize, ClaimTime)],
) -> Vec<Option<Bygone>> {
    let reading = scene.reading;
    let n = reading.report.articles.len().max(1);
    let mut old: Vec<Vec<(usize, String, &ClaimTime)>> = vec![Vec::new(); n];
    let mut has_news = vec![false; n];
    let told = events.iter().zip(own).filter(|(event, _)| {
        scene.rules.words.is_violent(event)
            && event.polarity == Polarity::Happened
            && (!event.background || event.occasion)
    });
    // The day of a plea is not that of what it is about.
    let told = told.filter_map(|(event, own)| Some((event, own.as_ref().filter(|t| t.basis != TimeBasis::Context)?)));
    let told = told.map(|(event, time)| (event.head, event.kind.clone(), time));
    let name = |noun: usize| reading.doc.token(noun).lemma().to_lowercase();
    for (head, kind, time) in told.chain(labels.iter().map(|(noun, time)| (*noun, name(*noun), time))) {
        let at = reading.doc.token(head).start();
        let article = reading.article_at(at);
        match reading.dct_at(at).and_then(|now| Some((now, end(time)?))) {
            Some((now, end)) if (now - end).get_days() > FRESH => old[article].push((head, kind, time)),
            Some(_) => has_news[article] |= kind != UNSPECIFIC,
            None => {}
        }
    }
    let one = |told: &[(usize, String, &ClaimTime)]| {
        let of = |precision| told.iter().filter(move |(_, _, t)| t.precision == precision);
        let precision = match of(TimePrecision::Day).next() {
            Some(_) => TimePrecision::Day,
            None => TimePrecision::Month,
        };
        let (_, _, time) = of(precision).next()?;
        of(precision).all(|(_, _, t)| t.value == time.value).then(|| Bygone {
            time: (*time).clone(),
            kinds: told.iter().map(|(_, kind, _)| kind.clone()).collect(),
            from: told.iter().map(|(head, _, _)| *head).min().unwrap_or(0),
        })
    };
    old.iter().zip(has_news).map(|(told, news)| if news { None } else { one(told) }).collect()
}

/// The last day of a time.
fn end(time: &ClaimTime) -> Option<Date> {
    time.latest.as_deref()?.get(..10)?.parse().ok()
}
