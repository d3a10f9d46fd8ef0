//! Corrections: one field of a claim, in words or as JSON, checked before it is kept.
use crate::{Action, Ledger, LedgerError, Result};
use serde_json::{Value, json};
use variorum_model::{
    Bound, CATEGORIES, Claim, ClaimPlace, ClaimTime, EVENT_TYPES, MEASURES, Named, Precision, Quote, Span, TimeBasis,
    TimePrecision,
};

/// Fields that can be corrected in words, with what the words may be.
pub const FIELDS: &[(&str, &str)] = &[
    ("type", "an event type: shelling"),
    ("actors", "names with semicolons between; empty for none"),
    ("targets", "names with semicolons between; empty for none"),
    ("sources", "voices with semicolons between, the outermost first; empty for the publisher's own"),
    ("place", "a GeoNames id, NAME @ LAT, LON, or NAME for one that is not located"),
    ("date", "a day, month, year, FIRST/LAST, or unknown"),
    ("figure", "a number: 12, at least 12, at most 12, about 12, 10 to 12; figure:2 is the claim's second figure"),
    ("measure", "what the figure counts: killed; measure:2 is that of the second figure"),
    ("category", "who or what of: civilians; category:2 is that of the second figure"),
    ("side", "whose: a name; side:2 is that of the second figure"),
    ("stance", "assert, deny, accuse, demand, threaten, promise, propose, express or unverified"),
    ("polarity", "happened, did-not-happen, planned or conditional"),
    ("background", "true or false"),
];

impl Ledger {
    /// Corrects fields of a claim, given in words: an action a field, each made on what those before it leave.
    ///
    /// # Errors
    /// No such claim; as [`correction`].
    pub fn correcting(
        &self,
        claim: &str,
        fields: &[(String, String)],
        gazetteer: &dyn Fn(u32) -> Option<ClaimPlace>,
    ) -> Result<Vec<Action>> {
        let mut claim = self.claim(claim)?;
        let mut actions = Vec::with_capacity(fields.len());
        for (field, words) in fields {
            let (field, value) = correction(&claim, field, words, gazetteer)?;
            claim = corrected(&claim, &field, &value).map_err(LedgerError::Judgement)?;
            actions.push(Action::Correct { claim: claim.id.clone(), field, value });
        }
        Ok(actions)
    }
}

/// What a field and words mean for a claim: a JSON pointer and the value for [`crate::Action::Correct`]. A field that
/// starts with `/` is a pointer already, and the words are JSON. `gazetteer` gives the place of a GeoNames id.
///
/// # Errors
/// [`LedgerError::Judgement`] with what is wrong and what could stand there.
pub fn correction(
    claim: &Claim,
    field: &str,
    words: &str,
    gazetteer: &dyn Fn(u32) -> Option<ClaimPlace>,
) -> Result<(String, Value)> {
    let words = words.trim();
    let refuse = |why: String| LedgerError::Judgement(why);
    let (name, which) = match field.split_once(':') {
        Some((name, n)) => (name, n.parse::<usize>().ok().and_then(|n| n.checked_sub(1))),
        None => (field, Some(0)),
    };
    let figure = || {
        let at = which.filter(|n| *n < claim.figures.len());
        at.ok_or_else(|| refuse(format!("{field}: claim {} has {} figures", claim.id, claim.figures.len())))
    };
    let (pointer, value) = match name {
        _ if field.starts_with('/') => {
            let value = serde_json::from_str(words).map_err(|e| refuse(format!("{words:?} is not JSON: {e}")))?;
            (field.to_owned(), value)
        }
        "type" => ("/event/type".to_owned(), json!(words)),
        "actors" | "targets" | "sources" => (format!("/{name}"), json!(named(claim, words))),
        "place" => ("/places".to_owned(), json!([place(words, gazetteer)?])),
        "date" => ("/time".to_owned(), json!(time(words)?)),
        "figure" => {
            let at = figure()?;
            let (bound, value, min, max) = number(words).ok_or_else(|| refuse(format!("{words:?} is no number")))?;
            let figure = variorum_model::Figure { bound, value, min, max, ..claim.figures[at].clone() };
            (format!("/figures/{at}"), json!(figure))
        }
        "measure" | "category" | "side" => (format!("/figures/{}/{name}", figure()?), json!(words)),
        "stance" | "polarity" => (format!("/{name}"), json!(words)),
        "background" => {
            let value = words.parse::<bool>().map_err(|_| refuse("background is true or false".to_owned()))?;
            ("/background".to_owned(), json!(value))
        }
        _ => {
            let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
            return Err(refuse(format!("no field {field:?}; there are {}", known.join(", "))));
        }
    };
    corrected(claim, &pointer, &value).map_err(refuse)?;
    Ok((pointer, value))
}

/// The claim with one field replaced, if that leaves a claim that can be read.
pub(crate) fn corrected(claim: &Claim, field: &str, value: &Value) -> Result<Claim, String> {
    if ["", "/id", "/report", "/start", "/end", "/quote", "/judgements"].contains(&field) {
        return Err(format!("{field:?} is what the text says and cannot be corrected"));
    }
    let mut body = serde_json::to_value(claim).map_err(|e| e.to_string())?;
    let place = body.pointer_mut(field).ok_or_else(|| format!("a claim has no field {field:?}"))?;
    *place = value.clone();
    let claim: Claim = serde_json::from_value(body).map_err(|e| format!("{field} cannot be {value}: {e}"))?;
    sound(&claim)?;
    Ok(claim)
}

/// Whether values that are more than their form are what they can be.
fn sound(claim: &Claim) -> Result<(), String> {
    let known = |what: &str, list: &[&str], value: &str| {
        if list.contains(&value) {
            Ok(())
        } else {
            Err(format!("{value:?} is no {what}; there are {}", list.join(", ")))
        }
    };
    known("event type", EVENT_TYPES, &claim.event.kind)?;
    for figure in &claim.figures {
        known("measure", MEASURES, &figure.measure)?;
        known("category", CATEGORIES, &figure.category)?;
        if let (Some(min), Some(max)) = (figure.min, figure.max)
            && min > max
        {
            return Err(format!("a figure cannot be at least {min} and at most {max}"));
        }
        if [figure.value, figure.min, figure.max].into_iter().flatten().any(|n| !n.is_finite() || n < 0.0) {
            return Err("a figure cannot be less than nothing".to_owned());
        }
    }
    for place in &claim.places {
        located(place)?;
    }
    let day = |d: &Option<String>| d.as_deref().map(civil_day).transpose();
    if let (Some(first), Some(last)) = (day(&claim.time.earliest)?, day(&claim.time.latest)?)
        && first > last
    {
        return Err(format!("the first day, {first}, is after the last, {last}"));
    }
    Ok(())
}

/// Whether the coordinates of a place are on the globe.
pub(crate) fn located(place: &ClaimPlace) -> Result<(), String> {
    match (place.lat, place.lon) {
        (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Ok(()),
        (None, None) => Ok(()),
        (Some(lat), Some(lon)) => {
            Err(format!("{lat}, {lon} is not on the globe: latitude, then longitude, in degrees"))
        }
        _ => Err("a place has both coordinates or none".to_owned()),
    }
}

fn civil_day(day: &str) -> Result<jiff::civil::Date, String> {
    day.parse().map_err(|_| format!("{day:?} is no day; write it as 2023-09-20"))
}

/// Names, each with the place in the claim's quote where it stands; 0..0 for one that does not stand there.
fn named(claim: &Claim, words: &str) -> Vec<Named> {
    let names = words.split(';').map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let known = claim.actors.iter().chain(&claim.targets).chain(&claim.sources).find(|n| n.name == name);
            let here = claim.quote.find(name).map(|byte| {
                let start = claim.span.start + claim.quote[..byte].chars().count();
                Span::new(start, start + name.chars().count())
            });
            Named { name: name.to_owned(), span: known.map(|n| n.span).or(here).unwrap_or_default() }
        })
        .collect()
}

/// A GeoNames id, `NAME @ LAT, LON`, or a name.
///
/// # Errors
/// [`LedgerError::Judgement`] when the gazetteer has no such id, or the coordinates are none.
pub fn place(words: &str, gazetteer: &dyn Fn(u32) -> Option<ClaimPlace>) -> Result<ClaimPlace> {
    let words = words.trim();
    let refuse = |why: String| LedgerError::Judgement(why);
    if let Ok(id) = words.trim_start_matches("geonames:").parse::<u32>() {
        return gazetteer(id).ok_or_else(|| refuse(format!("the gazetteer has no place {id}")));
    }
    let Some((name, at)) = words.rsplit_once('@') else {
        if words.is_empty() {
            return Err(refuse("a place needs a name, a GeoNames id or NAME @ LAT, LON".to_owned()));
        }
        return Ok(ClaimPlace { name: words.to_owned(), ..ClaimPlace::default() });
    };
    let numbers: Vec<f64> =
        at.split(',').filter_map(|n| n.trim().parse().ok()).filter(|n: &f64| n.is_finite()).collect();
    let &[lat, lon] = numbers.as_slice() else {
        return Err(refuse(format!("{:?} are no coordinates; write NAME @ LAT, LON in degrees", at.trim())));
    };
    let precision = Precision::Exact;
    let name = name.trim().to_owned();
    let place = ClaimPlace { name, lat: Some(lat), lon: Some(lon), precision, ..ClaimPlace::default() };
    located(&place).map_err(refuse)?;
    Ok(place)
}

/// A day, month, year, `first/last`, or `unknown`.
fn time(words: &str) -> Result<ClaimTime> {
    if words.eq_ignore_ascii_case("unknown") {
        return Ok(ClaimTime::default());
    }
    let (first, last, precision) = days(words).map_err(LedgerError::Judgement)?;
    let (earliest, latest) = (Some(first.to_string()), Some(last.to_string()));
    let quote = Quote::default();
    Ok(ClaimTime { value: Some(words.to_owned()), earliest, latest, precision, basis: TimeBasis::Judgement, quote })
}

/// First and last day of `2023-09-20`, `2023-09`, `2023` or `2023-09-19/2023-09-20`.
pub(crate) fn days(words: &str) -> Result<(jiff::civil::Date, jiff::civil::Date, TimePrecision), String> {
    if let Some((first, last)) = words.split_once('/') {
        let (first, last) = (civil_day(first.trim())?, civil_day(last.trim())?);
        if first > last {
            return Err(format!("the first day, {first}, is after the last, {last}"));
        }
        let width = (last - first).get_days() + 1;
        let precision = match width {
            1 => TimePrecision::Day,
            7 => TimePrecision::Week,
            _ => TimePrecision::Days,
        };
        return Ok((first, last, precision));
    }
    match words.len() {
        4 => {
            let first = civil_day(&format!("{words}-01-01"))?;
            Ok((first, first.last_of_year(), TimePrecision::Year))
        }
        7 => {
            let first = civil_day(&format!("{words}-01"))?;
            Ok((first, first.last_of_month(), TimePrecision::Month))
        }
        _ => civil_day(words).map(|day| (day, day, TimePrecision::Day)),
    }
}

/// Bound, value, lowest and highest number of `12`, `at least 12`, `about 12`, `10 to 12`.
#[allow(clippy::type_complexity)]
fn number(words: &str) -> Option<(Bound, Option<f64>, Option<f64>, Option<f64>)> {
    let lower = words.to_lowercase();
    let parse = |n: &str| n.trim().replace(',', "").parse::<f64>().ok().filter(|n| n.is_finite());
    for (head, bound) in [("at least", Bound::AtLeast), ("at most", Bound::AtMost), ("about", Bound::About)] {
        if let Some(rest) = lower.strip_prefix(head) {
            let n = Some(parse(rest)?);
            return Some(match bound {
                Bound::AtLeast => (bound, n, n, None),
                Bound::AtMost => (bound, n, None, n),
                _ => (bound, n, n, n),
            });
        }
    }
    if let Some((min, max)) = lower.split_once(" to ").or_else(|| lower.split_once('-')) {
        return Some((Bound::Range, None, Some(parse(min)?), Some(parse(max)?)));
    }
    parse(&lower).map(|n| (Bound::Exactly, Some(n), Some(n), Some(n)))
}
