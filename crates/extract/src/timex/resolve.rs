//! Records → values: what an expression means on the calendar, given the publication date and the narrative.
use super::calendar::{Stretch, easter, in_range, plus_days, plus_months};
use super::choice::{self, Choice};
use super::record::{Anchor, Edge, Length, Record, Reference, Unit};
use super::story::{Place, Story};
use super::tense::Leaning;
use super::value;
use jiff::civil::Date;
use variorum_model::{TimePrecision, TimexType};

/// What an expression means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    pub kind: TimexType,
    pub value: String,
    /// First and last day, where the calendar time is certain.
    pub bounds: Option<(Date, Date)>,
    pub precision: TimePrecision,
    /// The words alone give the date.
    pub explicit: bool,
    /// What later expressions can refer to.
    pub stretch: Option<Stretch>,
}

/// What an expression is read against.
pub(super) struct Context<'a> {
    pub story: &'a Story,
    pub place: Place,
    /// Computed when it is needed, as it reads the syntax.
    pub leaning: &'a dyn Fn() -> Leaning,
    /// In "5/4" the day stands before the month, where the report tells.
    pub day_first: Option<bool>,
}

/// Reads a record. `None` when it is no date that can be.
pub(super) fn resolve(record: &Record, context: &Context) -> Option<Meaning> {
    if let Some(reference) = record.reference {
        return Some(plain(TimexType::Date, value::of_reference(reference)));
    }
    if record.every == Some(true) {
        return Some(plain(TimexType::Set, value::of_set(record)?));
    }
    if let Some(length) = record.length {
        return Some(duration(length, record.sign, context));
    }
    let kind = if record.names_time() { TimexType::Time } else { TimexType::Date };
    let Some(found) = calendar(record, context) else {
        return Some(plain(kind, value::unresolved(record, context.place.dct)?));
    };
    let Found { mut stretch, safe } = found;
    if let (Stretch::Day(day), Some(unit @ Unit::Week)) = (stretch, record.unit) {
        // "The week of 4 May".
        stretch = Stretch::holding(unit, day);
    }
    let value = stretch.value() + &value::of_time(record);
    let mut bounds = if safe { stretch.bounds() } else { None };
    if let (Some(edge), true) = (record.edge, bounds.is_some()) {
        bounds = stretch.third(edge).or(bounds);
    }
    if let (Some((first, last)), Some(edge), Some(dct)) = (bounds, record.edge, context.place.dct) {
        bounds = match edge {
            Edge::Before if first <= dct => Some((first, last.min(dct))),
            Edge::After if last >= dct => Some((first.max(dct), last)),
            _ => bounds,
        };
    }
    if let (true, Some(shift), Some(dct)) = (record.sliding == Some(true), record.shift, context.place.dct) {
        bounds = Stretch::stepped(shift.unit, dct, shift.by as i64).and_then(|_| back_from(dct, shift.unit, -shift.by));
    }
    let precision = if bounds.is_some() { stretch.precision() } else { TimePrecision::Unknown };
    Some(Meaning { kind, value, bounds, precision, explicit: record.names_year(), stretch: Some(stretch) })
}

fn plain(kind: TimexType, value: String) -> Meaning {
    Meaning { kind, value, bounds: None, precision: TimePrecision::Unknown, explicit: false, stretch: None }
}

/// A length; with a direction ("the past two weeks") also the days from or to the publication date.
fn duration(length: Length, sign: Option<i8>, context: &Context) -> Meaning {
    let mut meaning = plain(TimexType::Duration, value::of_length(length));
    if let (Some(dct), Some(sign @ (-1 | 1)), Some(n)) = (context.place.dct, sign, length.n) {
        meaning.bounds = back_from(dct, length.unit, n * f64::from(-sign));
        if meaning.bounds.is_some() {
            meaning.precision = match length.unit {
                Unit::Hour | Unit::Day => TimePrecision::Days,
                Unit::Week if n <= 1.0 => TimePrecision::Week,
                Unit::Week => TimePrecision::Days,
                Unit::Month => TimePrecision::Month,
                _ => TimePrecision::Year,
            };
        }
    }
    meaning
}

/// The days from `n` units before a day up to it.
fn back_from(day: Date, unit: Unit, n: f64) -> Option<(Date, Date)> {
    let by = -n.round() as i64;
    let from = match unit {
        // Hours can reach into the day before.
        Unit::Hour => plus_days(day, -((n / 24.0).ceil() as i64)),
        Unit::Day => plus_days(day, by),
        Unit::Week => plus_days(day, by.checked_mul(7)?),
        Unit::Month => plus_months(day, by),
        Unit::Year => plus_months(day, by.checked_mul(12)?),
        _ => None,
    }?;
    Some((from.min(day), from.max(day)))
}

/// A stretch, and whether it is certain enough to be called a date.
struct Found {
    stretch: Stretch,
    safe: bool,
}

impl Found {
    fn safe(stretch: Stretch) -> Self {
        Found { stretch, safe: true }
    }
}

impl From<Choice> for Found {
    fn from(choice: Choice) -> Self {
        Found { stretch: choice.stretch, safe: choice.safe }
    }
}

fn calendar(record: &Record, context: &Context) -> Option<Found> {
    if let Some(found) = shifted(record, context) {
        return found;
    }
    if let Some(century) = record.century {
        return Some(Found::safe(Stretch::Century(i16::try_from(century).ok()?)));
    }
    if let Some(decade) = record.decade {
        return Some(Found::safe(Stretch::Decade(i16::try_from(decade).ok()?)));
    }
    if let Some(decade) = record.short_decade {
        // "The nineties" are the last nineties that have begun.
        let year = context.place.dct.map_or(2000, |d| d.year());
        let century = if i16::from(decade) * 10 > year % 100 { year / 100 - 1 } else { year / 100 };
        return Some(Found::safe(Stretch::Decade(century * 10 + i16::from(decade))));
    }
    let year = match (record.year, record.short_year) {
        (Some(year), _) => Some(in_range(year.into())?),
        (None, Some(short)) => Some(full_year(short, context.place.dct)),
        _ => None,
    };
    if let Some(year) = year {
        if record.period == Some(true) {
            let known = context.story.quarter_of_accounts(context.place);
            let Some(Stretch::Quarter { quarter, .. }) = known else { return Some(Found::safe(Stretch::Year(year))) };
            return Some(Found { stretch: Stretch::Quarter { year, quarter }, safe: false });
        }
        let stretch = in_year(record, year, context.day_first).unwrap_or(Stretch::Year(year));
        let certain = record.numeric_day.is_none_or(|(a, b)| a > 12 || b > 12 || a == b || context.day_first.is_some());
        return Some(Found { stretch, safe: certain });
    }
    partial(record, context)
}

/// "Last week", "two days earlier", "Friday last week". The outer `None`: nothing is counted from an anchor.
fn shifted(record: &Record, context: &Context) -> Option<Option<Found>> {
    let shift = record.shift?;
    let narrative = |unit| context.story.latest(unit, context.place);
    // A time of the narrative as fine as the step: "two days later" needs a day.
    let by = shift.by as i64;
    let in_narrative = || {
        if shift.unit == Unit::Year && by != 0 && record.anchor == Some(Anchor::Either) && !record.names_calendar() {
            // "A year earlier" is as fine as what it is compared with.
            let month = || context.story.latest_where(context.place, 0, |s| s.unit() == Unit::Month);
            let compared = context.story.quarter_of_accounts(context.place).or_else(month)?;
            return compared.plus_years(by).map(Found::safe);
        }
        // "In 2020, a court said on Tuesday. … November of that year": the year that was named, if one was.
        let whole =
            |reach| context.story.latest_where(context.place, reach, |s| s.unit() == Unit::Year).map(|s| (s, true));
        let named = if shift.unit == Unit::Year && by == 0 { whole(1) } else { None };
        let (known, is_near) = named.or_else(|| narrative(shift.unit))?;
        Some(Found { stretch: Stretch::stepped(shift.unit, known.bounds()?.0, by)?, safe: is_near })
    };
    let from_dct = || Stretch::stepped(shift.unit, context.place.dct?, by);
    let base = match record.anchor {
        None | Some(Anchor::Dct) => from_dct().map(Found::safe),
        // Without a date to count from, the publication date is the likely one, but only that.
        Some(Anchor::Narrative) => in_narrative().or_else(|| from_dct().map(|stretch| Found { stretch, safe: false })),
        Some(Anchor::Either) => in_narrative().or_else(|| from_dct().map(Found::safe)),
    };
    let Some(Found { stretch, safe }) = base else { return Some(None) };
    // Steps of decades, and "nearly two years", are round numbers; where they land is not a date.
    let is_round = (shift.unit >= Unit::Decade && by != 0) || record.approx == Some(true);
    let safe = safe && !is_round;
    Some(refine(record, stretch, context).map(|stretch| Found { stretch, safe }))
}

/// What the record says inside a stretch that is known.
fn refine(record: &Record, base: Stretch, context: &Context) -> Option<Stretch> {
    match base {
        Stretch::Year(year) => Some(in_year(record, year, context.day_first).unwrap_or(base)),
        Stretch::Month { year, month } => match record.day {
            Some(day) => Date::new(year, month, day as i8).ok().map(Stretch::Day),
            None => Some(base),
        },
        Stretch::Week { .. } | Stretch::Weekend { .. } => match record.weekday {
            Some(day) => choice::day_of_week(base, day),
            None => Some(base),
        },
        _ => Some(base),
    }
}

/// The month, day, season … that a record names in a year.
fn in_year(record: &Record, year: i16, day_first: Option<bool>) -> Option<Stretch> {
    if let Some(offset) = record.easter {
        return plus_days(easter(year)?, offset.into()).map(Stretch::Day);
    }
    if let Some((a, b)) = record.numeric_day {
        let (month, day) = if a > 12 || (b <= 12 && day_first == Some(true)) { (b, a) } else { (a, b) };
        return Date::new(year, month as i8, day as i8).ok().map(Stretch::Day);
    }
    if let Some(month) = record.month {
        return match (record.day, record.weekday, record.weekday_from) {
            (Some(day), ..) => Date::new(year, month as i8, day as i8).ok().map(Stretch::Day),
            (None, Some(day), Some(from)) => choice::weekday_in_month(year, month, day, from).map(Stretch::Day),
            _ => Some(Stretch::Month { year, month: month as i8 }),
        };
    }
    if let Some(season) = record.season {
        return Some(Stretch::Season { year, season });
    }
    if let Some(quarter) = record.quarter.filter(|q| (1..=4).contains(q)) {
        return Some(Stretch::Quarter { year, quarter: quarter as i8 });
    }
    record.half.filter(|h| (1..=2).contains(h)).map(|half| Stretch::Half { year, half: half as i8 })
}

/// A date without its year, month or week.
fn partial(record: &Record, context: &Context) -> Option<Found> {
    let dct = context.place.dct;
    let names_year_part = record.month.is_some()
        || record.season.is_some()
        || record.quarter.is_some()
        || record.half.is_some()
        || record.easter.is_some()
        || record.numeric_day.is_some();
    if names_year_part {
        let found = choice::year_of(dct?, record.sign, (context.leaning)(), |y| in_year(record, y, context.day_first))?;
        return Some(found.into());
    }
    if record.unit == Some(Unit::Weekend) {
        return choice::weekend_of(dct?, record.sign, (context.leaning)()).map(Found::from);
    }
    if let Some(day) = record.weekday {
        if record.anchor == Some(Anchor::Narrative) {
            return weekday_of_narrative(record, day, context);
        }
        let leaning = (context.leaning)();
        return choice::week_of(ahead_from(context, leaning)?, day, record.sign, leaning).map(Found::from);
    }
    if let Some(day) = record.day {
        return choice::month_of(dct?, day, (context.leaning)()).map(Found::from);
    }
    if record.period == Some(true) || record.unit == Some(Unit::Quarter) {
        let quarter = context.story.quarter_of_accounts(context.place);
        // Accounts are published in the quarter after the one they are of.
        let over = || Stretch::stepped(Unit::Quarter, dct?, -1);
        let by = record.sign.map_or(0, i64::from);
        return quarter.or_else(over)?.plus_years(by).map(|stretch| Found { stretch, safe: false });
    }
    if record.names_time() {
        // A time of day alone belongs to the day that the sentence or the one before is about.
        return match context.story.latest(Unit::Day, context.place) {
            Some((stretch, is_near)) => Some(Found { stretch, safe: is_near }),
            None => Some(Found { stretch: Stretch::Day(dct?), safe: false }),
        };
    }
    None
}

/// From where a day that lies ahead is counted: "said on Monday that it would meet on Tuesday", in a report of Friday, is the day
/// after that Monday. Else from the publication date.
fn ahead_from(context: &Context, leaning: Leaning) -> Option<Date> {
    let dct = context.place.dct?;
    let said = context.story.latest_where(context.place, 0, |s| s.unit() == Unit::Day);
    let said = said.and_then(|s| s.bounds()).map(|(day, _)| day).filter(|day| leaning.is_ahead() && *day < dct);
    Some(said.filter(|day| (dct - *day).get_days() < 7).unwrap_or(dct))
}

/// "The previous Friday", "the following Monday".
fn weekday_of_narrative(record: &Record, day: u8, context: &Context) -> Option<Found> {
    let known = context.story.latest(Unit::Week, context.place);
    let from = known.and_then(|(s, _)| s.bounds()).map(|b| b.0);
    let safe = known.is_some_and(|(_, is_near)| is_near);
    let found = choice::week_of(from.or(context.place.dct)?, day, record.sign, Leaning::Unknown)?;
    Some(Found { stretch: found.stretch, safe })
}

/// The year of two digits that lies nearest to the publication date; without one, of the hundred years to 2030.
fn full_year(short: u8, dct: Option<Date>) -> i16 {
    let short = i16::from(short);
    let latest = dct.map_or(2030, |d| d.year() + 10);
    let century = latest / 100 * 100;
    if century + short <= latest { century + short } else { century - 100 + short }
}

impl Reference {
    /// Its name in TIMEX3.
    pub(super) fn name(self) -> &'static str {
        match self {
            Reference::Present => "PRESENT_REF",
            Reference::Past => "PAST_REF",
            Reference::Future => "FUTURE_REF",
        }
    }
}
