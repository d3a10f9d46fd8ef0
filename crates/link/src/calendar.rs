//! Days as numbers.
use serde::{Deserialize, Serialize};
use variorum_model::{ClaimTime, Published, TimePrecision};

/// Days since 1970-01-01.
pub(crate) type Day = i32;

/// A stretch of days, both ends inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Days {
    pub first: Day,
    pub last: Day,
}

impl Days {
    pub fn new(first: Day, last: Day) -> Self {
        Days { first, last: last.max(first) }
    }
    /// How many days, at least one.
    pub fn width(self) -> i32 {
        self.last - self.first + 1
    }
    pub fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }
    /// Days between the two; 0 when they touch or overlap.
    pub fn gap(self, other: Days) -> i32 {
        (other.first - self.last).max(self.first - other.last).max(0)
    }
    pub fn cover(self, other: Days) -> Days {
        Days { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
    pub fn middle(self) -> Day {
        self.first + (self.last - self.first) / 2
    }
}

/// The day of an ISO 8601 date or instant; absent when it is none.
pub(crate) fn day(text: &str) -> Option<Day> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).ok().map(|span| span.get_days())
}

fn date(day: Day) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).ok()
}

/// `2023-09-19`.
pub(crate) fn iso(day: Day) -> String {
    date(day).unwrap_or_default().to_string()
}

/// `19 September 2023`.
pub(crate) fn spoken(day: Day) -> String {
    date(day).unwrap_or_default().strftime("%-d %B %Y").to_string()
}

/// When a report was published, where that is known to within a month.
pub(crate) fn published(published: &Published) -> Option<Days> {
    let value = published.value.as_deref().and_then(day);
    let first = published.earliest.as_deref().and_then(day).or(value)?;
    let last = published.latest.as_deref().and_then(day).or(value)?;
    let days = Days::new(first, last);
    (days.width() <= 31).then_some(days)
}

/// When a claim's happening was, where that is known to within some years.
pub(crate) fn claimed(time: &ClaimTime) -> Option<Days> {
    if time.precision == TimePrecision::Unknown {
        return None;
    }
    let first = time.earliest.as_deref().and_then(day)?;
    let last = time.latest.as_deref().and_then(day)?;
    let days = Days::new(first, last);
    (days.width() <= 4000).then_some(days)
}

/// The day of the year of `XXXX-03-24`, counted as in a leap year from 0.
pub(crate) fn of_any_year(time: &ClaimTime) -> Option<u16> {
    let day = time.value.as_deref()?.strip_prefix("XXXX-")?;
    let date: jiff::civil::Date = format!("{LEAP_YEAR}-{day}").parse().ok()?;
    Some(date.day_of_year() as u16 - 1)
}

/// The same of a time known to within a week.
pub(crate) fn in_any_year(days: Days) -> Option<u16> {
    let date = date(days.middle()).filter(|_| days.width() <= 7)?;
    let of_leap_year = jiff::civil::Date::new(LEAP_YEAR, date.month(), date.day()).ok()?;
    Some(of_leap_year.day_of_year() as u16 - 1)
}

/// Days between two days of the year, across its end where that is nearer.
pub(crate) fn gap_in_year(l: u16, r: u16) -> i32 {
    let days = i32::from(l.abs_diff(r));
    days.min(366 - days)
}

const LEAP_YEAR: i16 = 2000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970_and_back() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("2031-05-04T22:10:00Z").map(iso).as_deref(), Some("2031-05-04"));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("May 4"), None);
        assert_eq!(spoken(0), "1 January 1970");
    }

    #[test]
    fn a_day_of_the_year_compares_with_dates_and_across_new_year() {
        let time = |value: &str| ClaimTime { value: Some(value.to_owned()), ..ClaimTime::default() };
        let new_year = of_any_year(&time("XXXX-01-02")).unwrap();
        let leap = of_any_year(&time("XXXX-02-29")).unwrap();
        assert_eq!((new_year, leap), (1, 59));
        assert_eq!(of_any_year(&time("2031-01-02")), None);
        assert_eq!(of_any_year(&time("XXXX-02-31")), None);
        let eve = day("2031-12-31").and_then(|d| in_any_year(Days::new(d, d))).unwrap();
        assert_eq!(gap_in_year(new_year, eve), 2);
        assert_eq!(in_any_year(Days::new(0, 30)), None);
    }

    #[test]
    fn the_gap_between_stretches_is_zero_where_they_touch() {
        let (l, r) = (Days::new(1, 3), Days::new(3, 9));
        assert_eq!((l.gap(r), r.gap(l), l.overlaps(r)), (0, 0, true));
        assert_eq!(Days::new(1, 3).gap(Days::new(7, 7)), 4);
    }
}
