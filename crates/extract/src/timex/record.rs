//! The feature structure in which lexicon entries and rules say what words mean.
use serde::Deserialize;

/// A stretch of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A season of the northern year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day, with the code that TIMEX3 has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Part {
    #[serde(rename = "MO")]
    Morning,
    #[serde(rename = "MI")]
    Midday,
    #[serde(rename = "AF")]
    Afternoon,
    #[serde(rename = "EV")]
    Evening,
    #[serde(rename = "NI")]
    Night,
    #[serde(rename = "DT")]
    Daytime,
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Meridiem {
    Am,
    Pm,
}

/// What a relative expression is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Anchor {
    /// The publication date.
    Dct,
    /// The date that the narrative has reached.
    Narrative,
    /// The date that the narrative has reached, else the publication date.
    Either,
}

/// Which end of a stretch is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Edge {
    Start,
    Middle,
    End,
    /// From its start to the anchor: "earlier this month".
    Before,
    /// From the anchor to its end: "later this month".
    After,
}

/// The reference values of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Reference {
    #[serde(rename = "PRESENT_REF")]
    Present,
    #[serde(rename = "PAST_REF")]
    Past,
    #[serde(rename = "FUTURE_REF")]
    Future,
}

/// So many units before (negative) or after the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shift {
    pub unit: Unit,
    pub by: f64,
}

/// How long: `n` units (unknown when the words are vague), and perhaps so many of a second unit.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {
    pub n: Option<f64>,
    pub unit: Unit,
    #[serde(default)]
    pub rest: Option<(f64, Unit)>,
}

macro_rules! record {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)*) => {
        /// What a word or phrase contributes. Absent fields are not said.
        #[derive(Debug, Clone, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
        pub(super) struct Record {
            $($(#[$doc])* pub $field: Option<$type>,)*
        }

        impl Record {
            /// Adds what `other` says. False when both say different things (then `self` is of no use any more).
            pub(super) fn unify(&mut self, other: &Record) -> bool {
                $(match (&self.$field, &other.$field) {
                    (_, None) => {}
                    (None, Some(value)) => self.$field = Some(value.clone()),
                    (Some(mine), Some(theirs)) if mine == theirs => {}
                    _ => return false,
                })*
                true
            }
            /// Takes over every field that `other` has.
            pub(super) fn overlay(&mut self, other: &Record) {
                $(if other.$field.is_some() {
                    self.$field = other.$field.clone();
                })*
            }
        }
    };
}

record! {
    /// A count, before a rule makes a length, a shift or a date of it.
    number: f64,
    /// The count is not said exactly ("several").
    vague: bool,
    /// A unit, before a rule makes a length or a shift of it.
    unit: Unit,
    /// Before (−1), at (0) or after (1) the anchor: "last", "this", "next".
    sign: i8,
    year: i32,
    /// Last two digits of a year.
    short_year: u8,
    /// First three digits of a year.
    decade: i32,
    /// The tens of a decade of an unnamed century: 9 of "the nineties".
    short_decade: u8,
    /// 20 for the years 1901 to 2000.
    century: i32,
    half: u8,
    quarter: u8,
    season: Season,
    month: u8,
    day: u8,
    /// ISO number, Monday = 1.
    weekday: u8,
    /// First such weekday on or after this day of the month.
    weekday_from: u8,
    /// Days after Easter Sunday.
    easter: i16,
    /// Two numbers of which one is the month and one is the day: "9/19".
    numeric_day: (u8, u8),
    part: Part,
    hour: u8,
    minute: u8,
    second: u8,
    meridiem: Meridiem,
    /// Minutes east of Greenwich.
    zone: i16,
    shift: Shift,
    anchor: Anchor,
    /// "last" (−1), "this" (0), "next" (1) of a named day, month, season or holiday.
    toward: i8,
    edge: Edge,
    length: Length,
    /// It recurs.
    every: bool,
    reference: Reference,
    /// The words name a period of accounts whose length is that of the narrative's: "the year-earlier period".
    period: bool,
    /// The count is said to be inexact ("nearly two years").
    approx: bool,
    /// The days up to the anchor, not the stretch of the calendar: "the past year".
    sliding: bool,
}

impl Record {
    /// True when something of a calendar date is said (so that with a recurring marker it is a set).
    pub(super) fn names_calendar(&self) -> bool {
        self.weekday.is_some()
            || self.month.is_some()
            || self.season.is_some()
            || self.quarter.is_some()
            || self.day.is_some()
            || self.easter.is_some()
    }
    /// True when the words alone tell the year.
    pub(super) fn names_year(&self) -> bool {
        self.year.is_some() || self.short_year.is_some() || self.decade.is_some() || self.century.is_some()
    }
    /// True when a time of day is said.
    pub(super) fn names_time(&self) -> bool {
        self.hour.is_some() || self.part.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_join_unless_they_disagree() {
        let month = Record { month: Some(9), ..Record::default() };
        let mut both = Record { day: Some(19), ..Record::default() };
        assert!(both.unify(&month));
        assert_eq!((both.month, both.day), (Some(9), Some(19)));
        assert!(!both.unify(&Record { month: Some(10), ..Record::default() }));
    }
}
