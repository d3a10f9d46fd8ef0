//! Values in words.
use variorum_model::{
    Bound, Claim, ClaimJudgement, ClaimPlace, ClaimTime, FigureRange, IncidentPlace, IncidentTime, Named, Observation,
    Polarity, Precision, Scope, Stance,
};

/// `4,200`.
pub(crate) fn number(value: f64) -> String {
    if value.fract() != 0.0 {
        return format!("{value}");
    }
    let digits = format!("{:.0}", value.abs());
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if value < 0.0 { format!("-{shown}") } else { shown }
}

/// A number with its bound: `at least 9`, `10 to 12`, `some`.
pub(crate) fn bounded(bound: Bound, value: Option<f64>, min: Option<f64>, max: Option<f64>) -> String {
    let value_or = |other: Option<f64>| value.or(other).map_or("some".to_owned(), number);
    match bound {
        Bound::Exactly => value_or(min),
        Bound::AtLeast => format!("at least {}", value_or(min)),
        Bound::AtMost => format!("at most {}", value_or(max)),
        Bound::About => format!("about {}", value_or(min)),
        Bound::Range | Bound::Vague => match (min, max) {
            (Some(min), Some(max)) if min != max => format!("{} to {}", number(min), number(max)),
            (Some(min), None) if value.is_none() => format!("{} or more", number(min)),
            (None, Some(max)) if value.is_none() => format!("up to {}", number(max)),
            _ => value_or(min),
        },
    }
}

pub(crate) fn observed(observation: &Observation) -> String {
    bounded(observation.bound, observation.value, observation.min, observation.max)
}

/// Lowest to highest: `9 to 21`.
pub(crate) fn range(range: &FigureRange) -> String {
    match (range.min, range.max) {
        (Some(min), Some(max)) if min != max => format!("{} to {}", number(min), number(max)),
        (Some(one), _) | (None, Some(one)) => number(one),
        (None, None) => "no number".to_owned(),
    }
}

/// What a range counts: `killed`, `killed, civilians`, `killed, soldiers (Karovia)`; `happenings` where the happenings themselves
/// are counted ("three explosions").
pub(crate) fn counted(range: &FigureRange) -> String {
    let happenings = range.measure == "other" && range.category == "other";
    let mut words = if happenings { "happenings".to_owned() } else { range.measure.replace('-', " ") };
    if !happenings && !range.category.is_empty() && range.category != "people" {
        words += &format!(", {}", range.category);
    }
    if !range.side.is_empty() {
        words += &format!(" ({})", range.side);
    }
    match range.scope {
        Scope::Day => words += " in a day",
        Scope::Campaign => words += " over a longer stretch",
        Scope::Incident | Scope::Unknown => {}
    }
    words
}

/// Days as they are known: `2024-05-14`, `2024-05-14 to 2024-05-16`, `undated`.
pub(crate) fn days(earliest: Option<&str>, latest: Option<&str>) -> String {
    match (earliest, latest) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "undated".to_owned(),
    }
}

pub(crate) fn incident_days(time: &IncidentTime) -> String {
    days(time.earliest.as_deref(), time.latest.as_deref())
}

pub(crate) fn claim_days(time: &ClaimTime) -> String {
    days(time.earliest.as_deref(), time.latest.as_deref())
}

fn place(name: &str, precision: Precision) -> String {
    match precision {
        _ if name.is_empty() => "no place".to_owned(),
        Precision::Unlocated => format!("{name} (unlocated)"),
        Precision::Near => format!("near {name}"),
        _ => name.to_owned(),
    }
}

pub(crate) fn incident_place(at: &IncidentPlace) -> String {
    place(&at.name, at.precision)
}

pub(crate) fn claim_place(at: &ClaimPlace) -> String {
    place(&at.name, at.precision)
}

/// The kebab-case name that a value has in the contract.
pub(crate) fn name_of(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Outermost to innermost voice; the publisher where there is none.
pub(crate) fn voices(sources: &[Named], publisher: &str) -> String {
    match sources {
        [] if publisher.is_empty() => "the report itself".to_owned(),
        [] => format!("{publisher} itself"),
        _ => sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" → "),
    }
}

/// What a reader must know beside the words: that it is denied, planned, background.
pub(crate) fn marks(claim: &Claim) -> Vec<String> {
    let mut marks = Vec::new();
    if claim.stance != Stance::Assert {
        marks.push(name_of(claim.stance));
    }
    if claim.polarity != Polarity::Happened {
        marks.push(name_of(claim.polarity));
    }
    if claim.background {
        marks.push("background".to_owned());
    }
    for judgement in &claim.judgements {
        marks.extend(match judgement.kind.as_str() {
            "accept" => Some(format!("accepted by {}", judgement.author)),
            "reject" => Some(format!("rejected by {}", judgement.author)),
            "duplicate" => Some(format!("duplicate, says {}", judgement.author)),
            "correct" | "place" => Some(format!("{} corrected by {}", field(judgement), judgement.author)),
            _ => None,
        });
    }
    marks
}

/// The field that a correction is of, in the words of the contract: `event type`.
fn field(judgement: &ClaimJudgement) -> String {
    judgement.field.as_deref().unwrap_or_default().trim_start_matches('/').replace('/', " ")
}

/// A judgement on a claim, in words: `2031-05-06, Ada: event type was "shelling" (a gas main)`.
pub(crate) fn judged(judgement: &ClaimJudgement) -> String {
    let what = match &judgement.was {
        Some(was) => {
            let was = match was {
                serde_json::Value::String(words) => words.clone(),
                other => other.to_string(),
            };
            format!("corrects {}, read as {was}", field(judgement))
        }
        None => judgement.kind.clone(),
    };
    let why = if judgement.reason.is_empty() { String::new() } else { format!(", because {}", judgement.reason) };
    format!("{what}, {} on {}{why} ({})", judgement.author, day(&judgement.at), judgement.id)
}

/// The day of a time.
fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_their_bounds() {
        assert_eq!(number(4200.0), "4,200");
        assert_eq!(number(1_250_000.0), "1,250,000");
        assert_eq!(bounded(Bound::AtLeast, Some(9.0), Some(9.0), None), "at least 9");
        assert_eq!(bounded(Bound::Range, None, Some(10.0), Some(12.0)), "10 to 12");
        assert_eq!(bounded(Bound::Vague, None, Some(24.0), None), "24 or more");
        assert_eq!(bounded(Bound::Vague, None, None, None), "some");
    }
}
