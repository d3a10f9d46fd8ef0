//! Publication dates that stand in addresses, publication lines and datelines.
use crate::published;
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;
use variorum_model::{Basis, Published};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    not_credits: Vec<String>,
    months: HashMap<String, i8>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/intake/dates.toml")).expect("data/intake/dates.toml is valid")
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// `/2024/05/16/`, `/2024-05-16-`, `/2024/may/16/`, `-20240516.`: between separators, so that no serial number fits.
static DAY_IN_URL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[/_.=-](?:(?P<y>(?:19|20)\d\d)(?P<s>[/_.-])(?P<m>\d{1,2}|[a-zA-Z]{3,9})[/_.-](?P<d>\d{1,2})|(?P<c>(?:19|20)\d{6}))(?:[/_.&?T-]|$)",
    )
});
static MONTH_IN_URL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{2}|[a-zA-Z]{3,9})/"));
static MONTH_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b"));
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<m>[A-Za-z]{3,9})\.?,?[ -](?P<y>(?:19|20)\d\d)\b")
});
static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"));
/// `05/14/2024`, `14/05/2024` and `14.05.2024`, which only the day's size tells apart.
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)\b"));
/// `BELSTRAD, Karovia, May 14, 2024 (CP) —`
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\p{Lu}[\p{L}.’' /-]{1,30}(?:, \p{Lu}[\p{L}. ]{1,30})?[,.:]? (?P<date>[\w.,]{1,10} [\w.,]{1,10} (?:19|20)\d\d),?(?: ?[(/][^()/]{1,40}[)/])?\s?(?:[—–:-]|\s-+\s)",
    )
});

/// `CP Tuesday 14 May 2024 Shells fell`, `Published 14 May 2024 - Shells fell`: who wrote it and when, run into the first sentence.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:Date of publication|Published(?: on)?|Posted(?: on)?):? |(?P<who>(?:\p{Lu}[\p{L}.&’'-]*,? ){0,4})(?P<weekday>\p{Lu}[a-z]{2,8}),? )(?P<date>\d{1,2} [A-Z][a-z]{2,8}\.?,? (?:19|20)\d\d|[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d)(?:$|[ ,.:—–-]+(?:by |at )?[\p{Lu}\d])",
    )
});

/// `14 May 2024 - Shells fell`, `14-05-2024 Shells fell`: a day alone before a headline.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?P<date>\d{1,2} [A-Z][a-z]{2,8}\.?,? (?:19|20)\d\d|[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d)(?: [—–-]{1,2})? ["“\p{Lu}\d]"#,
    )
});

fn month(word: &str) -> Option<i8> {
    word.parse().ok().or_else(|| FILE.months.get(&word.to_lowercase()).copied())
}

fn date(captures: &regex::Captures<'_>) -> Option<Date> {
    let field = |name: &str| captures.name(name).map(|m| m.as_str());
    if let Some(compact) = field("c") {
        let number = |r: std::ops::Range<usize>| compact[r].parse::<i16>().ok();
        return Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok();
    }
    Date::new(field("y")?.parse().ok()?, month(field("m")?)?, field("d")?.parse().ok()?).ok()
}

fn on_day(day: Date, basis: Basis) -> Published {
    published::on(day, day.to_string(), basis)
}

/// The day, or the month, that the path of an address names.
pub(crate) fn in_url(url: &str) -> Option<Published> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find('/').map_or("", |i| &path[i..]);
    for found in DAY_IN_URL.captures_iter(path) {
        if let Some(day) = date(&found) {
            return Some(on_day(day, Basis::Url));
        }
    }
    let found = MONTH_IN_URL.captures(path)?;
    published::in_month(found["y"].parse().ok()?, month(&found["m"])?, Basis::Url)
}

/// The day that a publication line names, where it names one in full.
pub(crate) fn in_line(words: &str) -> Option<Published> {
    let named = || [&ISO, &MONTH_FIRST, &DAY_FIRST].into_iter().find_map(|p| p.captures(words).and_then(|c| date(&c)));
    Some(on_day(named().or_else(|| slashed(words))?, Basis::Page))
}

/// The day in figures, where month and day cannot change places.
fn slashed(words: &str) -> Option<Date> {
    let found = SLASHED.captures(words)?;
    let (a, b): (i8, i8) = (found["a"].parse().ok()?, found["b"].parse().ok()?);
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    (day > 12 || a == b).then(|| Date::new(found["y"].parse().ok()?, month, day).ok()).flatten()
}

/// As much of a paragraph as a dateline can take.
fn beginning(paragraph: &str) -> &str {
    let mut end = paragraph.len().min(160);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    &paragraph[..end]
}

/// The day of the dateline that opens a paragraph, where it has a year.
pub(crate) fn in_dateline(paragraph: &str) -> Option<Published> {
    let found = DATELINE.captures(beginning(paragraph))?;
    let published = in_line(&found["date"])?;
    Some(Published { basis: Basis::Dateline, ..published })
}

/// The day in the credit that opens a paragraph, where it is said to be that of publication or its weekday is that day's: "on" such a
/// day is none.
pub(crate) fn in_credit(paragraph: &str) -> Option<Published> {
    let paragraph = beginning(paragraph);
    let found = CREDIT.captures(paragraph).or_else(|| BARE.captures(paragraph))?;
    let published = in_line(&found["date"])?;
    let (Some(who), Some(weekday)) = (found.name("who"), found.name("weekday")) else { return Some(published) };
    if who.as_str().split([' ', ',']).any(|word| FILE.not_credits.iter().any(|w| w == word)) {
        return None;
    }
    let day: Date = published.value.as_deref()?.parse().ok()?;
    // "Tues", "Tuesday"
    day.strftime("%A").to_string().starts_with(weekday.as_str()).then_some(published)
}

/// True of a day that a line of a text bears without a label and with no other words: it may be that of the page's header.
pub(crate) fn stands_alone(text: &str, published: &Published) -> bool {
    let line = text.lines().map(str::trim).find(|line| in_line(line).is_some_and(|p| p.value == published.value));
    line.is_some_and(|line| !line.contains(':') && line.split_whitespace().count() <= DATE_WORDS)
}

/// Most words of a day: "Friday, 14 May 2021".
const DATE_WORDS: usize = 5;

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(published: Option<Published>) -> String {
        published.map_or("none".to_owned(), |p| match p.value {
            Some(day) => day,
            None => format!("{}..{}", p.earliest.unwrap(), p.latest.unwrap()),
        })
    }

    #[test]
    fn addresses_name_days_and_months() {
        for (url, expected) in [
            ("https://herald.example/2024/05/16/truce", "2024-05-16"),
            ("https://herald.example/world/2024/may/16/truce", "2024-05-16"),
            ("https://herald.example/news/truce-2024-05-16", "2024-05-16"),
            ("https://herald.example/news/20240516/truce", "2024-05-16"),
            ("https://herald.example/2024/05/truce.html", "2024-05-01..2024-05-31"),
            ("https://herald.example/2024/13/45/truce", "none"),
            ("https://herald.example/article-120240516", "none"),
            ("https://herald.example/news-8583943.html", "none"),
            ("https://2024-05-16.example/truce", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(in_url(url)), expected, "{url}");
        }
    }

    #[test]
    fn publication_lines_name_days() {
        for (line, expected) in [
            ("Published: 14 May 2024", "2024-05-14"),
            ("Posted on May 14th, 2024 by admin", "2024-05-14"),
            ("2024-05-14T17:40", "2024-05-14"),
            ("14-Sep-2024", "2024-09-14"),
            ("05/06/2024", "none"),
            ("Updated: 05/14/2024 5:40 PM", "2024-05-14"),
            ("14/05/2024", "2024-05-14"),
            ("31 June 2024", "none"),
        ] {
            assert_eq!(shown(in_line(line)), expected, "{line}");
        }
    }

    #[test]
    fn a_dateline_needs_a_year() {
        for (line, expected) in [
            ("BELSTRAD, May 14, 2024 (CP) — Shells fell.", "2024-05-14"),
            ("Belstrad, Karovia, 14 May 2024 - Shells fell.", "2024-05-14"),
            ("BELSTRAD, May 14 (CP) — Shells fell.", "none"),
            ("Belstrad fell on May 14, 2024, and nobody came — nobody.", "none"),
        ] {
            assert_eq!(shown(in_dateline(line)), expected, "{line}");
        }
    }

    #[test]
    fn a_credit_has_a_weekday_that_is_its_days() {
        for (line, expected) in [
            ("CP Tuesday 14 May 2024 Shells fell on Belstrad.", "2024-05-14"),
            ("The Herald, Tuesday, May 14, 2024 - Shells fell.", "2024-05-14"),
            ("Date of publication 14 May 2024 - Shells fell.", "2024-05-14"),
            ("Posted on May 14 2024 by Herald Online Shells fell.", "2024-05-14"),
            ("CP Monday 14 May 2024 Shells fell.", "none"),
            ("On Tuesday 14 May 2024 Karovia fired.", "none"),
            ("CP Tuesday 14 May 2024 was a long day.", "none"),
            ("14 May 2024 - Shells fell.", "2024-05-14"),
            ("14 May 2024 was quiet.", "none"),
            ("Tue May 14 2024 Shells fell.", "2024-05-14"),
            ("Mon May 14 2024 Shells fell.", "none"),
            ("14-05-2024 Shells fell.", "2024-05-14"),
            ("04-05-2024 Shells fell.", "none"),
        ] {
            assert_eq!(shown(in_credit(line)), expected, "{line}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.herald.example:8080/a?b"), Some("herald.example"));
        assert_eq!(host("herald"), None);
    }
}
