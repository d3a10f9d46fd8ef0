//! Values that name no stretch of the calendar: references, lengths, sets, times of day, dates left open.
//!
//! After the TimeML annotation guidelines 1.2.1 and ISO 8601.
use super::calendar::season_code;
use super::record::{Anchor, Length, Meridiem, Part, Record, Reference, Unit};
use jiff::civil::Date;

/// `PRESENT_REF`.
pub(super) fn of_reference(reference: Reference) -> String {
    reference.name().to_owned()
}

/// `P6W`, `PT3H`, `PXY`, `P2Y6M`.
pub(super) fn of_length(length: Length) -> String {
    let Some(n) = length.n else {
        let (prefix, letter, _) = letter(length.unit);
        return format!("{prefix}X{letter}");
    };
    let (whole, rest) = match (length.rest, finer(length.unit)) {
        (None, Some((unit, each))) if n.fract() != 0.0 => {
            let rest = (n.fract() * each).round();
            (n.trunc(), (rest > 0.0).then_some((rest, unit)))
        }
        (rest, _) => (n, rest),
    };
    let (prefix, letter_of_whole, times) = letter(length.unit);
    let mut value = String::from("P");
    if whole > 0.0 || rest.is_none() {
        value = format!("{prefix}{}{letter_of_whole}", number(whole * times));
    }
    if let Some((n, unit)) = rest {
        let (prefix, letter, times) = letter(unit);
        let inside_time = value.contains('T') || !prefix.ends_with('T');
        value += if inside_time { "" } else { "T" };
        value += &format!("{}{letter}", number(n * times));
    }
    value
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{n}") }
}

/// What stands before the number, what after it, and how many of the letter's unit one unit is.
fn letter(unit: Unit) -> (&'static str, &'static str, f64) {
    match unit {
        Unit::Second => ("PT", "S", 1.0),
        Unit::Minute => ("PT", "M", 1.0),
        Unit::Hour => ("PT", "H", 1.0),
        Unit::Day => ("P", "D", 1.0),
        Unit::Weekend => ("P", "WE", 1.0),
        Unit::Week => ("P", "W", 1.0),
        Unit::Fortnight => ("P", "W", 2.0),
        Unit::Month => ("P", "M", 1.0),
        Unit::Season => ("P", "S", 1.0),
        Unit::Quarter => ("P", "Q", 1.0),
        Unit::Half => ("P", "H", 1.0),
        Unit::Year => ("P", "Y", 1.0),
        Unit::Decade => ("P", "Y", 10.0),
        Unit::Century => ("P", "Y", 100.0),
        Unit::Millennium => ("P", "Y", 1000.0),
    }
}

/// The unit in which a fraction of a unit is told.
fn finer(unit: Unit) -> Option<(Unit, f64)> {
    match unit {
        Unit::Year => Some((Unit::Month, 12.0)),
        Unit::Day => Some((Unit::Hour, 24.0)),
        Unit::Hour => Some((Unit::Minute, 60.0)),
        Unit::Minute => Some((Unit::Second, 60.0)),
        _ => None,
    }
}

/// `P1D`, `XXXX-WXX-4`, `XXXX-07`: a recurring time.
pub(super) fn of_set(record: &Record) -> Option<String> {
    if let Some(length) = record.length {
        return Some(of_length(length));
    }
    if record.names_calendar() {
        return Some(open_calendar(record)? + &of_time(record));
    }
    record.names_time().then(|| format!("XXXX-XX-XX{}", of_time(record)))
}

/// `TMO`, `T14:30`, or nothing.
pub(super) fn of_time(record: &Record) -> String {
    let Some(hour) = record.hour else {
        return record.part.map_or(String::new(), |p| format!("T{}", part_code(p)));
    };
    let afternoon = match (record.meridiem, record.part) {
        (Some(meridiem), _) => Some(meridiem == Meridiem::Pm),
        (None, Some(Part::Afternoon | Part::Evening)) => Some(true),
        (None, Some(Part::Night)) => Some(hour >= 6),
        (None, Some(Part::Morning)) => Some(false),
        _ => None,
    };
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let minute = record.minute.unwrap_or(0);
    match record.second {
        Some(second) => format!("T{hour:02}:{minute:02}:{second:02}"),
        None => format!("T{hour:02}:{minute:02}"),
    }
}

fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "MO",
        Part::Midday => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night => "NI",
        Part::Daytime => "DT",
    }
}

/// The value of a date that nothing completes: `XXXX-WXX-2`, `XXXX-05-04`.
pub(super) fn unresolved(record: &Record, dct: Option<Date>) -> Option<String> {
    let open = match record.shift {
        Some(shift) => open_unit(shift.unit).to_owned(),
        None if record.unit == Some(Unit::Weekend) => "XXXX-WXX-WE".to_owned(),
        None if record.names_time() && !record.names_calendar() => "XXXX-XX-XX".to_owned(),
        None if record.numeric_day.is_some() => "XXXX-XX-XX".to_owned(),
        None => open_calendar(record)?,
    };
    // With a publication date, only what cannot be is left open: the 31st of June.
    let is_impossible = dct.is_some() && record.anchor != Some(Anchor::Narrative) && record.day.is_some();
    (!is_impossible).then(|| open + &of_time(record))
}

fn open_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Season => "XXXX-SX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
    }
}

fn open_calendar(record: &Record) -> Option<String> {
    let year = record.year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
    Some(match (record.month, record.day, record.weekday) {
        (Some(month), Some(day), _) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None, _) => format!("{year}-{month:02}"),
        (None, Some(day), _) => format!("{year}-XX-{day:02}"),
        (None, None, Some(weekday)) => format!("{year}-WXX-{weekday}"),
        _ => match (record.season, record.quarter, record.half) {
            (Some(season), ..) => format!("{year}-{}", season_code(season)),
            (_, Some(quarter), _) => format!("{year}-Q{quarter}"),
            (.., Some(half)) => format!("{year}-H{half}"),
            _ if record.easter.is_some() => format!("{year}-XX-XX"),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_iso_periods() {
        let show = |n, unit, rest| of_length(Length { n, unit, rest });
        assert_eq!(show(Some(6.0), Unit::Week, None), "P6W");
        assert_eq!(show(Some(2.5), Unit::Year, None), "P2Y6M");
        assert_eq!(show(Some(0.5), Unit::Hour, None), "PT30M");
        assert_eq!(show(Some(1.0), Unit::Hour, Some((20.0, Unit::Minute))), "PT1H20M");
        assert_eq!(show(Some(2.0), Unit::Day, Some((3.0, Unit::Hour))), "P2DT3H");
        assert_eq!(show(Some(2.0), Unit::Decade, None), "P20Y");
        assert_eq!(show(None, Unit::Month, None), "PXM");
        assert_eq!(show(None, Unit::Minute, None), "PTXM");
    }
}
