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
    let joined = with_colon(joined);
    let is_instant = joined.parse::<jiff::Timestamp>().is_ok() || joined.parse::<DateTime>().is_ok();
    is_instant.then(|| on(day, joined, basis))
}

/// A date as pages write it for machines: what [`parse`] reads, with looser offsets and fractions, `20240514`, seconds or
/// milliseconds since 1970, or a day in words with its year. Nothing of two readings.
pub(crate) fn lenient(value: &str, basis: Basis) -> Option<Published> {
    let value = value.trim();
    if value.is_empty() || value.len() > 80 {
        return None;
    }
    if let Some(published) = parse(value) {
        return Some(Published { basis, ..published });
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        let seconds = match value.len() {
            8 => {
                let day: Date = format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]).parse().ok()?;
                return Some(on(day, day.to_string(), basis));
            }
            10 => value.parse().ok()?,
            13 => value[..10].parse().ok()?,
            _ => return None,
        };
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(on(at.to_zoned(jiff::tz::TimeZone::UTC).date(), at.to_string(), basis));
    }
    // `2024-05-14 17:40:00 +0200`, `2024-05-14T17:40:00.123+0200`, `2024-05-14 5:40 PM`: the day is sure, whatever follows.
    let iso = value.get(..10).and_then(|d| d.parse::<Date>().ok()).filter(|_| value[10..].starts_with(['T', 't', ' ']));
    if let Some(day) = iso {
        let rest = value[11..].replacen(' ', "", 1);
        let joined = format!("{day}T{rest}");
        let joined = with_colon(joined);
        let value = if joined.parse::<jiff::Timestamp>().is_ok() { joined } else { day.to_string() };
        return Some(on(day, value, basis));
    }
    crate::layout::date_in_line(value).map(|p| Published { basis, ..p })
}

/// `+0200` at the end as `+02:00`.
fn with_colon(mut instant: String) -> String {
    let n = instant.len();
    let sign = n
        .checked_sub(5)
        .filter(|&i| instant.is_char_boundary(i) && n > 16 && matches!(instant.as_bytes()[i], b'+' | b'-'));
    if sign.is_some_and(|i| instant.bytes().skip(i + 1).all(|b| b.is_ascii_digit())) {
        instant.insert(n - 2, ':');
    }
    instant
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
    fn pages_write_dates_more_loosely() {
        let read = |value| lenient(value, Basis::Page).map(|p| p.value.unwrap());
        for (value, expected) in [
            ("2024-05-14 17:40:00 +0200", "2024-05-14T17:40:00+02:00"),
            ("2024-05-14T17:40:00.120+0200", "2024-05-14T17:40:00.120+02:00"),
            ("2024-05-14 5:40 PM", "2024-05-14"),
            ("20240514", "2024-05-14"),
            ("1715701200", "2024-05-14T15:40:00Z"),
            ("1715701200000", "2024-05-14T15:40:00Z"),
            ("Tuesday, May 14, 2024 - 17:40", "2024-05-14"),
        ] {
            assert_eq!(read(value).as_deref(), Some(expected), "{value:?}");
        }
        for value in ["05/06/2024", "20241399", "yesterday", "12", ""] {
            assert_eq!(read(value), None, "{value:?}");
        }
    }

    #[test]
    fn days_and_instants_are_read_and_nothing_is_guessed() {
        for (value, expected) in [
            ("2024-05-14", "2024-05-14 2024-05-14..2024-05-14"),
            ("2024-05-14T23:40:00Z", "2024-05-14T23:40:00Z 2024-05-14..2024-05-14"),
            ("2024-05-14T23:40:00-05:00", "2024-05-14T23:40:00-05:00 2024-05-14..2024-05-14"),
            ("2024-05-14T23:40:00-0500", "2024-05-14T23:40:00-05:00 2024-05-14..2024-05-14"),
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
