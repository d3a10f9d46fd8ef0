//! Publication dates as inputs write them.
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use variorum_model::{Basis, Published};

/// One known day.
pub(crate) fn on(day: Date, value: String, basis: Basis) -> Published {
    let day = day.to_string();
    Published { value: Some(value), earliest: Some(day.clone()), latest: Some(day), basis }
}

/// Some day between two.
pub(crate) fn between(first: Date, last: Date, basis: Basis) -> Published {
    Published { value: None, earliest: Some(first.to_string()), latest: Some(last.to_string()), basis }
}

/// Some day of a month.
pub(crate) fn in_month(year: i16, month: i8, basis: Basis) -> Option<Published> {
    let first = Date::new(year, month, 1).ok()?;
    Some(between(first, first.last_of_month(), basis))
}

/// A day (`2023-09-20`), a date and time with or without an offset (RFC 3339, ISO 8601), or the date line of a
/// message (RFC 2822). The day is that of the writer's own zone. Nothing else: 03/04/2023 is two different days.
pub(crate) fn parse(value: &str) -> Option<Published> {
    let value = value.trim();
    let basis = Basis::Metadata;
    if let Ok(zoned) = rfc2822::DateTimeParser::new().parse_zoned(value) {
        let offset = zoned.offset();
        return Some(on(zoned.date(), format!("{}{}", zoned.datetime(), offset_suffix(offset)), basis));
    }
    let day: Date = value.get(..10)?.parse().ok()?;
    let rest = &value[10..];
    if rest.is_empty() {
        return Some(on(day, value.to_owned(), basis));
    }
    if !rest.starts_with(['T', 't', ' ']) {
        return None;
    }
    let joined = format!("{}T{}", &value[..10], &rest[1..]);
    let is_instant = joined.parse::<jiff::Timestamp>().is_ok() || joined.parse::<DateTime>().is_ok();
    is_instant.then(|| on(day, joined, basis))
}

fn offset_suffix(offset: jiff::tz::Offset) -> String {
    match offset.seconds() {
        0 => "Z".to_owned(),
        s => format!("{}{:02}:{:02}", if s < 0 { '-' } else { '+' }, s.abs() / 3600, s.abs() / 60 % 60),
    }
}

/// `first/last`, both days.
pub(crate) fn parse_interval(value: &str) -> Option<Published> {
    let (first, last) = value.trim().split_once('/')?;
    let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then(|| between(first, last, Basis::Metadata))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> String {
        match parse(value).or_else(|| parse_interval(value)) {
            Some(p) => format!("{} {}..{}", p.value.unwrap_or_default(), p.earliest.unwrap(), p.latest.unwrap()),
            None => "unknown".to_owned(),
        }
    }

    #[test]
    fn days_and_instants_are_read_and_nothing_is_guessed() {
        for (value, expected) in [
            ("2024-05-14", "2024-05-14 2024-05-14..2024-05-14"),
            ("2024-05-14T23:40:00Z", "2024-05-14T23:40:00Z 2024-05-14..2024-05-14"),
            ("2024-05-14T23:40:00-05:00", "2024-05-14T23:40:00-05:00 2024-05-14..2024-05-14"),
            ("2024-05-14 23:40", "2024-05-14T23:40 2024-05-14..2024-05-14"),
            ("Tue, 14 May 2024 17:40:00 +0200", "2024-05-14T17:40:00+02:00 2024-05-14..2024-05-14"),
            ("2024-05-14/2024-05-16", " 2024-05-14..2024-05-16"),
            ("2024-02-30", "unknown"),
            ("2024-05-14garbage", "unknown"),
            ("2024-05-14Tgarbage", "unknown"),
            ("14/05/2024", "unknown"),
            ("May 14", "unknown"),
            ("", "unknown"),
            ("１２３４", "unknown"),
        ] {
            assert_eq!(read(value), expected, "{value:?}");
        }
    }
}
