//! The publication date of a report that bears none, inferred from its own text.
use crate::timex::{TimexMention, is_before_noun, is_of_noun};
use crate::{Mentions, Reading};
use jiff::ToSpan;
use jiff::civil::Date;
use variorum_model::{Basis, Polarity, Published, TimePrecision};

/// News is told within so many days.
const FRESH: i64 = 7;
/// Tokens between a date and the happening that it may date.
const NEAR: usize = 25;

/// Gives each article without any date, and the report, the interval that its news allows: from the latest day that its
/// words name in full for something that has happened and is not history, to a week later (basis `inferred`). Weekdays are
/// not read against it: an interval is no day. Only its first paragraphs are looked at: further down a full date is history.
pub(crate) fn infer(reading: &mut Reading, mentions: &Mentions) {
    let open = |p: &Published| p.value.is_none() && p.earliest.is_none();
    if !open(&reading.report.published) {
        return;
    }
    let inferred: Vec<Option<Published>> = (0..reading.report.articles.len())
        .map(|n| open(&reading.report.articles[n].published).then(|| of_article(reading, mentions, n)).flatten())
        .collect();
    if reading.report.articles.len() <= 1
        && let Some(published) = inferred.first().cloned().unwrap_or_else(|| of_article(reading, mentions, 0))
    {
        reading.report.published = published;
    }
    for (article, published) in reading.report.articles.iter_mut().zip(inferred) {
        if let Some(published) = published {
            article.published = published;
        }
    }
}

fn of_article(reading: &Reading, mentions: &Mentions, article: usize) -> Option<Published> {
    let news = |t: &&TimexMention| {
        let sentence = reading.doc.token(t.tokens.start).sent_index();
        mentions.events.iter().any(|e| {
            e.polarity == Polarity::Happened
                && !e.background
                && reading.doc.token(e.head).sent_index() == sentence
                && e.head.abs_diff(t.tokens.start) <= NEAR
        })
    };
    // "The accord of 9 May 2014": a date that only says which accord is meant.
    let only_says_which = |t: &TimexMention| {
        let root = reading.doc.slice(t.tokens.clone()).root();
        is_of_noun(root) || is_before_noun(root) && matches!(root.head().pos(), "NOUN" | "PROPN")
    };
    let named = mentions.timexes.iter().filter(|t| {
        t.explicit
            && t.precision == TimePrecision::Day
            && !t.tokens.is_empty()
            && !only_says_which(t)
            && reading.is_lead(t.tokens.start)
            && reading.article_at(t.timex.quote.span.start) == article
    });
    let latest: Date = named.filter(news).filter_map(|t| t.latest.as_deref()?.parse().ok()).max()?;
    let last = latest.checked_add(FRESH.days()).ok()?;
    Some(Published {
        value: None,
        earliest: Some(latest.to_string()),
        latest: Some(last.to_string()),
        basis: Basis::Inferred,
    })
}
