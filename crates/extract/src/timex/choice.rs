//! Which of several years, months or weeks is meant when the words leave it out.
use super::calendar::{Stretch, days_between, in_range, plus_days, plus_months, week_day, weekday};
use super::record::Unit;
use super::tense::Leaning;
use jiff::civil::Date;

/// A stretch chosen, and whether the choice is safe enough to be called a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub stretch: Stretch,
    pub safe: bool,
}

impl Choice {
    fn safe(stretch: Stretch) -> Self {
        Choice { stretch, safe: true }
    }
}

/// The one of this, last and next year's that the tense fits and that lies nearest to the publication date.
/// `toward` is the "last" (−1), "this" (0) or "next" (1) that the words have.
pub(super) fn year_of(
    dct: Date,
    toward: Option<i8>,
    leaning: Leaning,
    in_year: impl Fn(i16) -> Option<Stretch>,
) -> Option<Choice> {
    let year = i64::from(dct.year());
    let candidates = [year - 1, year, year + 1].into_iter().filter_map(in_range).filter_map(&in_year);
    let bounded = candidates.filter_map(|s| Some((s, s.bounds()?)));
    match toward {
        Some(t) if t < 0 => {
            let is_on = |s: Stretch| s == Stretch::holding(s.unit(), dct);
            let (last, (_, end)) = bounded.filter(|(s, (start, _))| *start < dct && !is_on(*s)).last()?;
            // "last February" in March may be the one just over or the one before: the latter is more usual, as
            // the former is "last month", but neither is certain.
            let just_over = last.unit() == Unit::Month && days_between(end, dct) <= 31;
            if just_over {
                Some(Choice { stretch: last.plus_years(-1)?, safe: false })
            } else {
                Some(Choice::safe(last))
            }
        }
        Some(t) if t > 0 => bounded.filter(|(_, (start, _))| *start > dct).map(|(s, _)| Choice::safe(s)).next(),
        _ => {
            let cost = |(start, end): (Date, Date)| {
                let (behind, ahead) = (days_between(end, dct).max(0), days_between(dct, start).max(0));
                let (past, future) = match leaning {
                    Leaning::Past => (1, 12),
                    Leaning::PerhapsPast => (10, 25),
                    Leaning::Unknown => (10, 12),
                    Leaning::PerhapsFuture => (20, 10),
                    Leaning::Future => (12, 1),
                };
                behind * past + ahead * future
            };
            bounded.min_by_key(|(_, bounds)| cost(*bounds)).map(|(s, _)| Choice::safe(s))
        }
    }
}

/// The day of the week nearest to the publication date that the tense fits: the last one, today included, or the
/// next one, today included.
pub(super) fn week_of(dct: Date, day: u8, toward: Option<i8>, leaning: Leaning) -> Option<Choice> {
    let wanted = weekday(day)?;
    let since = i64::from(dct.weekday().since(wanted));
    let until = i64::from(dct.weekday().until(wanted));
    let by = match toward {
        Some(t) if t < 0 => -if since == 0 { 7 } else { since },
        Some(t) if t > 0 => {
            if until == 0 {
                7
            } else {
                until
            }
        }
        _ if leaning.is_ahead() => until,
        // Hardly anyone calls the day six days back by its bare name. It is rather tomorrow, or the publication date
        // is a day too early.
        _ if since == 6 => {
            let by = if leaning == Leaning::Past { -6 } else { 1 };
            return plus_days(dct, by).map(|d| Choice { stretch: Stretch::Day(d), safe: false });
        }
        _ => -since,
    };
    plus_days(dct, by).map(|d| Choice::safe(Stretch::Day(d)))
}

/// The weekend that the tense fits: the one that is on, the last one, or the next one.
pub(super) fn weekend_of(dct: Date, toward: Option<i8>, leaning: Leaning) -> Option<Choice> {
    let is_on = dct.weekday().to_monday_one_offset() >= 6;
    let weeks = match toward {
        Some(t) if t < 0 => -1,
        Some(t) if t > 0 => i64::from(is_on),
        Some(_) => 0,
        None if is_on || leaning.is_ahead() => 0,
        None => -1,
    };
    Stretch::stepped(Unit::Weekend, dct, weeks).map(Choice::safe)
}

/// The day of this, last or next month ("on the 19th").
pub(super) fn month_of(dct: Date, day: u8, leaning: Leaning) -> Option<Choice> {
    let day = day as i8;
    let in_month = |by: i64| {
        let month = plus_months(dct.first_of_month(), by)?;
        Date::new(month.year(), month.month(), day).ok()
    };
    let order: [i64; 3] = if leaning.is_ahead() { [0, 1, -1] } else { [0, -1, 1] };
    let fits = |d: &Date| if leaning.is_ahead() { *d >= dct } else { *d <= dct };
    let found = order.into_iter().filter_map(in_month).find(fits);
    found.map(|d| Choice::safe(Stretch::Day(d)))
}

/// The first such weekday of a month on or after a day ("the fourth Thursday").
pub(super) fn weekday_in_month(year: i16, month: u8, day: u8, from: u8) -> Option<Date> {
    let start = Date::new(year, month as i8, from as i8).ok()?;
    plus_days(start, i64::from(start.weekday().until(weekday(day)?)))
}

/// The day of a week.
pub(super) fn day_of_week(week: Stretch, day: u8) -> Option<Stretch> {
    match week {
        Stretch::Week { year, week } | Stretch::Weekend { year, week } => {
            week_day(year, week, weekday(day)?).map(Stretch::Day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WEDNESDAY: Date = date(2023, 9, 20);

    fn month(month: i8, toward: Option<i8>, leaning: Leaning) -> String {
        let chosen = year_of(WEDNESDAY, toward, leaning, |year| Some(Stretch::Month { year, month })).unwrap();
        format!("{}{}", chosen.stretch.value(), if chosen.safe { "" } else { "?" })
    }

    #[test]
    fn months_follow_tense_before_nearness() {
        assert_eq!(month(11, None, Leaning::Past), "2022-11");
        assert_eq!(month(11, None, Leaning::Unknown), "2023-11");
        assert_eq!(month(3, None, Leaning::Future), "2024-03");
        assert_eq!(month(9, None, Leaning::Past), "2023-09");
    }

    #[test]
    fn last_and_next_are_strict() {
        assert_eq!(month(9, Some(-1), Leaning::Unknown), "2022-09");
        assert_eq!(month(9, Some(1), Leaning::Unknown), "2024-09");
        assert_eq!(month(8, Some(-1), Leaning::Unknown), "2022-08?");
        assert_eq!(month(4, Some(-1), Leaning::Unknown), "2023-04");
    }

    #[test]
    fn weekdays_include_today_unless_last_or_next() {
        let day = |n, toward, leaning| week_of(WEDNESDAY, n, toward, leaning).unwrap().stretch.value();
        assert_eq!(day(3, None, Leaning::Past), "2023-09-20");
        assert_eq!(day(3, Some(-1), Leaning::Past), "2023-09-13");
        assert_eq!(day(5, None, Leaning::Past), "2023-09-15");
        assert_eq!(week_of(WEDNESDAY, 4, None, Leaning::Past).map(|c| c.safe), Some(false));
        assert_eq!(day(5, None, Leaning::Future), "2023-09-22");
    }
}
