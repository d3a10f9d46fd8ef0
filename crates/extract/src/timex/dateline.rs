//! The publication date as the text itself gives it: a dateline, a "Published" line, a line that is a date.
use super::calendar::{day_value, days_between};
use super::lexicon::{self, WordList};
use super::source::Source;
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;
use variorum_model::{Basis, Span};

const FILE: Source =
    Source { name: "data/timex/dateline.toml", text: include_str!("../../../../data/timex/dateline.toml") };

/// `dateline.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DatelineFile {
    published: Vec<String>,
    updated: Vec<String>,
    first_lines: usize,
    last_lines: usize,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests only"))]
    example: Vec<Example>,
}

/// A text and the day that it tells; an empty one when it tells none for certain.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "read by the tests only"))]
struct Example {
    text: String,
    #[serde(default)]
    hint: Option<String>,
    day: String,
    #[serde(default)]
    basis: String,
}

/// A publication date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The day, ISO 8601.
    pub day: String,
    /// A dateline, or a line of the page around the article.
    pub basis: Basis,
    /// The words of the date, in bytes of the text.
    pub span: Span,
}

/// Kinds of lines, the surest first.
const KINDS: usize = 4;

struct Finder {
    /// Of each kind, a line with a date in the groups that [`Finder::day`] reads.
    lines: [(Regex, Basis); KINDS],
    months: WordList,
    first_lines: usize,
    last_lines: usize,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| Finder::load().ok());

/// The day on which a text says that it was published, and where it says so. Only when the text leaves no doubt:
/// nothing for a date without a year, for days and months that could change places, for several dates of one kind.
pub fn dateline_date(text: &str) -> Option<(String, Span)> {
    dateline(text, None).map(|d| (d.day, d.span))
}

/// As [`dateline_date`]; a date without a year is taken in the year that brings it nearest to the day `hint`
/// (ISO 8601), when that lies within half a year.
pub fn dateline(text: &str, hint: Option<&str>) -> Option<Dateline> {
    let finder = FINDER.as_ref()?;
    let hint: Option<Date> = hint.and_then(|h| h.get(..10)?.parse().ok());
    let lines: Vec<Span> = lines(text).collect();
    let last = lines.len().saturating_sub(finder.last_lines);
    finder.lines.iter().find_map(|(pattern, basis)| {
        let mut found: Option<Dateline> = None;
        for (i, line) in lines.iter().enumerate() {
            let is_near = i < finder.first_lines || i >= last;
            let Some(groups) = pattern.captures(line.of(text)).filter(|_| is_near) else { continue };
            let Some(day) = finder.day(&groups, hint) else { continue };
            let day = day_value(day);
            if found.as_ref().is_some_and(|f| f.day != day) {
                return None;
            }
            let date = groups.name("date")?;
            let span = Span::new(line.start + date.start(), line.start + date.end());
            found = found.or(Some(Dateline { day, basis: *basis, span }));
        }
        found
    })
}

/// The lines of a text that are not empty, without white space around them.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let words = line.trim();
        (!words.is_empty()).then(|| Span::new(start, start + words.len()))
    })
}

impl Finder {
    fn load() -> Result<Self, Box<dyn std::error::Error>> {
        let file: DatelineFile = FILE.parse().map_err(|e| e.to_string())?;
        let either = |words: &[String]| words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
        let months = lexicon::word_list(&["MONTH", "MONTH_SHORT"])?;
        let weekdays = either(&lexicon::word_list(&["WEEKDAY", "WEEKDAY_SHORT"])?.words().collect::<Vec<_>>());
        let month = either(&months.words().collect::<Vec<_>>());
        let named = format!(
            r"(?:(?P<m1>(?i:{month}))\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>\d{{4}}))?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>(?i:{month})),?(?:\s+(?P<y2>\d{{4}}))?)"
        );
        let digits = r"(?P<y3>\d{4})-(?P<n3>\d{2})-(?P<d3>\d{2})(?:T[\d:.+Z-]*)?|(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>\d{4})|(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>\d{4})";
        let date = format!(r"(?:(?i:{weekdays}),?\s+)?(?P<date>{named}|{digits})");
        // Behind the date a time of day, a zone, a separator; no sentence.
        let rest = r"(?:[\s,|•·–—-]+(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)?(?:\s*\(?[A-Z]{2,5}\)?)?(?:\s*[|•·–—-].{0,60})?\.?$";
        let compile = |p: String| Regex::new(&p);
        let cue =
            |words: &[String]| compile(format!(r"^(?i:{})\s*[:|-]?\s*(?:on\s+|at\s+)?{date}{rest}", either(words)));
        let place =
            r"^(?:\p{Lu}[\p{Lu}'’.-]+(?:[ -]\p{Lu}[\p{Lu}'’.-]*)*|\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,2})";
        let dateline = compile(format!(
            r"{place}(?:\s?[,/]\s?\p{{Lu}}[\p{{L}}.'’ -]{{1,30}}){{0,2}},\s+{date}(?:\s*,)?\s*(?:\([^)]{{1,40}}\)|/[^/]{{1,30}}/)?\s*(?:—|–|--|-|:)\s"
        ))?;
        let lines = [
            (cue(&file.published)?, Basis::Page),
            (dateline, Basis::Dateline),
            (compile(format!("^{date}{rest}"))?, Basis::Page),
            (cue(&file.updated)?, Basis::Page),
        ];
        Ok(Finder { lines, months, first_lines: file.first_lines, last_lines: file.last_lines })
    }

    fn day(&self, groups: &regex::Captures, hint: Option<Date>) -> Option<Date> {
        let text = |name: &str| groups.name(name).map(|m| m.as_str());
        let number = |name: &str| text(name)?.parse::<i16>().ok();
        let either = |names: [&str; 2]| names.iter().find_map(|n| number(n));
        if let Some(name) = text("m1").or(text("m2")) {
            let (month, day) = (self.months.month(name)? as i8, either(["d1", "d2"])? as i8);
            return match either(["y1", "y2"]) {
                Some(year) => Date::new(year, month, day).ok(),
                None => nearest(month, day, hint?),
            };
        }
        if let (Some(a), Some(b), Some(year)) = (number("a5"), number("b5"), number("y5")) {
            let (month, day) = if a > 12 { (b, a) } else { (a, b) };
            return if day > 12 || a == b { Date::new(year, month as i8, day as i8).ok() } else { None };
        }
        let (year, month, day) = (either(["y3", "y4"])?, either(["n3", "n4"])?, either(["d3", "d4"])?);
        Date::new(year, month as i8, day as i8).ok()
    }
}

/// Days from a hint within which the year of a date is certain.
const HALF_A_YEAR: i64 = 182;

fn nearest(month: i8, day: i8, hint: Date) -> Option<Date> {
    let years = [hint.year() - 1, hint.year(), hint.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|d| days_between(*d, hint).abs()).filter(|d| days_between(*d, hint).abs() < HALF_A_YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_their_date_or_leave_it_open() {
        let file: DatelineFile = FILE.parse().unwrap();
        assert!(file.example.len() > 10);
        for example in file.example {
            let found = dateline(&example.text, example.hint.as_deref());
            let day = found.as_ref().map_or("", |f| f.day.as_str());
            assert_eq!(day, example.day, "{}", example.text);
            if let Some(found) = found {
                let basis = serde_json::to_value(found.basis).unwrap();
                assert_eq!(basis, example.basis.as_str(), "{}", example.text);
                assert!(found.span.of(&example.text).contains(|c: char| c.is_ascii_digit()));
            }
        }
    }
}
