//! Stretches of the calendar: their TIMEX3 values, first and last days, and steps from one to another.
use super::record::{Edge, Season, Unit};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use variorum_model::TimePrecision;

/// A stretch of the calendar. Years are astronomical, months and days count from 1, weeks are ISO weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stretch {
    Day(Date),
    Week {
        year: i16,
        week: i8,
    },
    Weekend {
        year: i16,
        week: i8,
    },
    Month {
        year: i16,
        month: i8,
    },
    Season {
        year: i16,
        season: Season,
    },
    Quarter {
        year: i16,
        quarter: i8,
    },
    Half {
        year: i16,
        half: i8,
    },
    Year(i16),
    /// First three digits.
    Decade(i16),
    /// First two digits.
    Century(i16),
}

/// First and last year that dates are computed for.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9990;

impl Stretch {
    /// The stretch of a unit's size that holds a day. Units below a day give the day.
    pub(super) fn holding(unit: Unit, day: Date) -> Stretch {
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Stretch::Day(day),
            Unit::Week | Unit::Fortnight => {
                let iso = day.iso_week_date();
                Stretch::Week { year: iso.year(), week: iso.week() }
            }
            Unit::Weekend => {
                let iso = day.iso_week_date();
                Stretch::Weekend { year: iso.year(), week: iso.week() }
            }
            Unit::Month => Stretch::Month { year, month },
            Unit::Season => match month {
                1 | 2 => Stretch::Season { year: year - 1, season: Season::Winter },
                3..=5 => Stretch::Season { year, season: Season::Spring },
                6..=8 => Stretch::Season { year, season: Season::Summer },
                9..=11 => Stretch::Season { year, season: Season::Autumn },
                _ => Stretch::Season { year, season: Season::Winter },
            },
            Unit::Quarter => Stretch::Quarter { year, quarter: (month + 2) / 3 },
            Unit::Half => Stretch::Half { year, half: (month + 5) / 6 },
            Unit::Year => Stretch::Year(year),
            Unit::Decade => Stretch::Decade(year / 10),
            Unit::Century | Unit::Millennium => Stretch::Century(year / 100),
        }
    }
    /// The stretch of a unit's size that lies `by` such units from the one that holds `day`.
    pub(super) fn stepped(unit: Unit, day: Date, by: i64) -> Option<Stretch> {
        let year = i64::from(day.year());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Some(Stretch::Day(day)),
            Unit::Day => Some(Stretch::Day(plus_days(day, by)?)),
            Unit::Week | Unit::Weekend => Some(Stretch::holding(unit, plus_days(day, by.checked_mul(7)?)?)),
            Unit::Fortnight => Some(Stretch::holding(unit, plus_days(day, by.checked_mul(14)?)?)),
            Unit::Month => Some(Stretch::holding(unit, plus_months(day, by)?)),
            Unit::Season | Unit::Quarter => Some(Stretch::holding(unit, plus_months(day, by.checked_mul(3)?)?)),
            Unit::Half => Some(Stretch::holding(unit, plus_months(day, by.checked_mul(6)?)?)),
            Unit::Year => Some(Stretch::Year(in_range(year.checked_add(by)?)?)),
            Unit::Decade => Some(Stretch::Decade(in_range(year.checked_add(by.checked_mul(10)?)?)? / 10)),
            Unit::Century => Some(Stretch::Century(in_range(year.checked_add(by.checked_mul(100)?)?)? / 100)),
            Unit::Millennium => None,
        }
    }
    /// The value in TIMEX3.
    pub(super) fn value(self) -> String {
        match self {
            Stretch::Day(day) => day_value(day),
            Stretch::Week { year, week } => format!("{year:04}-W{week:02}"),
            Stretch::Weekend { year, week } => format!("{year:04}-W{week:02}-WE"),
            Stretch::Month { year, month } => format!("{year:04}-{month:02}"),
            Stretch::Season { year, season } => format!("{year:04}-{}", season_code(season)),
            Stretch::Quarter { year, quarter } => format!("{year:04}-Q{quarter}"),
            Stretch::Half { year, half } => format!("{year:04}-H{half}"),
            Stretch::Year(year) => format!("{year:04}"),
            Stretch::Decade(decade) => format!("{decade:03}"),
            Stretch::Century(century) => format!("{century:02}"),
        }
    }
    /// First and last day of the early, middle or late part of a decade, a year or a month: a third of it, rounded
    /// outwards (years 0–3, 3–6, 6–9; months 1–4, 5–8, 9–12; days 1–10, 11–20, 21–31).
    pub(super) fn third(self, edge: Edge) -> Option<(Date, Date)> {
        let n = match edge {
            Edge::Start => 0,
            Edge::Middle => 1,
            Edge::End => 2,
            Edge::Before | Edge::After => return None,
        };
        match self {
            Stretch::Decade(decade) => {
                let year = decade * 10 + 3 * n;
                Some((Date::new(year, 1, 1).ok()?, Date::new(year + 3, 12, 31).ok()?))
            }
            Stretch::Year(year) => {
                let month = 4 * n as i8 + 1;
                Some((Date::new(year, month, 1).ok()?, Date::new(year, month + 3, 1).ok()?.last_of_month()))
            }
            Stretch::Month { year, month } => {
                let first = Date::new(year, month, 10 * n as i8 + 1).ok()?;
                let last =
                    if n == 2 { first.last_of_month() } else { Date::new(year, month, 10 * n as i8 + 10).ok()? };
                Some((first, last))
            }
            _ => None,
        }
    }
    /// First and last day. A season reaches from where the earliest to where the latest of its usual bounds lie
    /// (first of the month, solstice or equinox).
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        let months = |year: i16, first: i8, last: i8| {
            let end = Date::new(year, last, 1).ok()?;
            Some((Date::new(year, first, 1).ok()?, end.last_of_month()))
        };
        match self {
            Stretch::Day(day) => Some((day, day)),
            Stretch::Week { year, week } => {
                Some((week_day(year, week, Weekday::Monday)?, week_day(year, week, Weekday::Sunday)?))
            }
            Stretch::Weekend { year, week } => {
                Some((week_day(year, week, Weekday::Saturday)?, week_day(year, week, Weekday::Sunday)?))
            }
            Stretch::Month { year, month } => months(year, month, month),
            Stretch::Season { year, season } => {
                let (from, to) = match season {
                    Season::Spring => ((year, 3, 1), (year, 6, 21)),
                    Season::Summer => ((year, 6, 1), (year, 9, 23)),
                    Season::Autumn => ((year, 9, 1), (year, 12, 21)),
                    Season::Winter => ((year, 12, 1), (year + 1, 3, 20)),
                };
                Some((Date::new(from.0, from.1, from.2).ok()?, Date::new(to.0, to.1, to.2).ok()?))
            }
            Stretch::Quarter { year, quarter } => months(year, quarter * 3 - 2, quarter * 3),
            Stretch::Half { year, half } => months(year, half * 6 - 5, half * 6),
            Stretch::Year(year) => months(year, 1, 12),
            Stretch::Decade(d) => Some((Date::new(d * 10, 1, 1).ok()?, Date::new(d * 10 + 9, 12, 31).ok()?)),
            Stretch::Century(c) => Some((Date::new(c * 100 + 1, 1, 1).ok()?, Date::new(c * 100 + 100, 12, 31).ok()?)),
        }
    }
    /// Width, in the words of the contract, which has none between month and year and none above.
    pub(super) fn precision(self) -> TimePrecision {
        match self {
            Stretch::Day(_) => TimePrecision::Day,
            Stretch::Weekend { .. } => TimePrecision::Days,
            Stretch::Week { .. } => TimePrecision::Week,
            Stretch::Month { .. } => TimePrecision::Month,
            _ => TimePrecision::Year,
        }
    }
    /// Its unit.
    pub(super) fn unit(self) -> Unit {
        match self {
            Stretch::Day(_) => Unit::Day,
            Stretch::Week { .. } => Unit::Week,
            Stretch::Weekend { .. } => Unit::Weekend,
            Stretch::Month { .. } => Unit::Month,
            Stretch::Season { .. } => Unit::Season,
            Stretch::Quarter { .. } => Unit::Quarter,
            Stretch::Half { .. } => Unit::Half,
            Stretch::Year(_) => Unit::Year,
            Stretch::Decade(_) => Unit::Decade,
            Stretch::Century(_) => Unit::Century,
        }
    }
    /// The same stretch so many years on: a quarter stays a quarter, a day a day.
    pub(super) fn plus_years(self, by: i64) -> Option<Stretch> {
        let add = |year: i16| in_range(i64::from(year) + by);
        Some(match self {
            Stretch::Day(day) => Stretch::Day(plus_months(day, by * 12)?),
            Stretch::Week { year, week } => Stretch::Week { year: add(year)?, week },
            Stretch::Weekend { year, week } => Stretch::Weekend { year: add(year)?, week },
            Stretch::Month { year, month } => Stretch::Month { year: add(year)?, month },
            Stretch::Season { year, season } => Stretch::Season { year: add(year)?, season },
            Stretch::Quarter { year, quarter } => Stretch::Quarter { year: add(year)?, quarter },
            Stretch::Half { year, half } => Stretch::Half { year: add(year)?, half },
            Stretch::Year(year) => Stretch::Year(add(year)?),
            Stretch::Decade(_) | Stretch::Century(_) => return None,
        })
    }
}

/// `2023-09-19`.
pub(super) fn day_value(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The two letters that TIMEX3 has for a season.
pub(super) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// A year inside the range that dates are computed for.
pub(super) fn in_range(year: i64) -> Option<i16> {
    YEARS.contains(&year).then_some(year as i16)
}

/// The day so many days on.
pub(super) fn plus_days(day: Date, by: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(by).ok()?;
    day.checked_add(span).ok().filter(|d| YEARS.contains(&i64::from(d.year())))
}

/// The day so many months on; the last of the month when the month is shorter.
pub(super) fn plus_months(day: Date, by: i64) -> Option<Date> {
    let span = jiff::Span::new().try_months(by).ok()?;
    day.checked_add(span).ok().filter(|d| YEARS.contains(&i64::from(d.year())))
}

/// Days from `a` to `b`.
pub(super) fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

/// The day of an ISO week.
pub(super) fn week_day(year: i16, week: i8, weekday: Weekday) -> Option<Date> {
    ISOWeekDate::new(year, week, weekday).ok().map(|iso| iso.date())
}

/// The weekday of an ISO number.
pub(super) fn weekday(number: u8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number as i8).ok()
}

/// Easter Sunday of the western churches (the anonymous Gregorian computus, Nature 1876).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn stretches_have_values_and_bounds() {
        let wednesday = date(2023, 9, 20);
        let show = |s: Stretch| {
            let (first, last) = s.bounds().unwrap();
            format!("{} {first}..{last}", s.value())
        };
        let units = [Unit::Week, Unit::Weekend, Unit::Month, Unit::Season, Unit::Quarter, Unit::Year, Unit::Decade];
        let shown: Vec<String> = units.iter().map(|u| show(Stretch::holding(*u, wednesday))).collect();
        assert_eq!(
            shown,
            [
                "2023-W38 2023-09-18..2023-09-24",
                "2023-W38-WE 2023-09-23..2023-09-24",
                "2023-09 2023-09-01..2023-09-30",
                "2023-FA 2023-09-01..2023-12-21",
                "2023-Q3 2023-07-01..2023-09-30",
                "2023 2023-01-01..2023-12-31",
                "202 2020-01-01..2029-12-31",
            ]
        );
    }

    #[test]
    fn steps_cross_years_and_stay_in_range() {
        let day = date(2023, 1, 31);
        let step = |unit, by| Stretch::stepped(unit, day, by).map(Stretch::value);
        assert_eq!(step(Unit::Month, 1).as_deref(), Some("2023-02"));
        assert_eq!(step(Unit::Week, -5).as_deref(), Some("2022-W52"));
        assert_eq!(step(Unit::Quarter, -1).as_deref(), Some("2022-Q4"));
        assert_eq!(step(Unit::Year, i64::MAX), None);
        assert_eq!(step(Unit::Day, 99_999_999), None);
    }

    #[test]
    fn easter_moves() {
        assert_eq!(
            [1999, 2008, 2024].map(|y| easter(y).unwrap()),
            [date(1999, 4, 4), date(2008, 3, 23), date(2024, 3, 31)]
        );
    }
}
