//! ACLED: political violence, demonstrations and strategic developments, one row an event.
use super::case::Case;
use super::parties::{Class, Party};
use super::ucdp::whole;
use super::{Books, Cells, Coding};
use crate::tables::{joined, name_of};
use variorum_model::{Bound, Observation};

pub(super) fn code(case: &Case<'_>, books: &Books<'_>) -> Coding {
    let incident = case.incident;
    let kind = books.types.iter().find(|t| t.kind == incident.event_type);
    let Some((kind, event)) = kind.and_then(|t| Some((t, t.acled_event?))) else {
        return Err(format!("ACLED has no event type for {}", incident.event_type));
    };
    if case.factual().next().is_none() {
        return Err("no claim says that it happened: it is denied, planned, conditional or history".to_owned());
    }
    let mut cells = Cells::default();
    cells.set("event_id_cnty", &incident.id);
    let precision = name_of(incident.time.precision);
    let coarse = books.sheet.code("time_precision", &precision);
    if let (Some((first, _)), Some(coarse)) = (case.days(), coarse) {
        cells.set("event_date", first);
        cells.set("year", case.year());
        cells.because("time_precision", coarse, format!("the time is one {precision}"), Vec::new());
    } else if case.days().is_some() {
        let because = format!("left empty: a {precision} is coarser than ACLED dates events");
        cells.because("event_date", crate::Cell::Empty, &because, Vec::new());
        cells.set("year", case.year());
    }
    let sub = sub_event(case, books, &kind.acled_sub_events);
    cells.set("event_type", event);
    let disorder = |key: &str| books.sheet.word("disorder_type", key);
    cells.set("disorder_type", sub.and_then(disorder).or_else(|| disorder(event)));
    cells.set("sub_event_type", sub);
    actors(case, books, event, &mut cells);
    place(case, books, &mut cells);
    cells.set("source", joined(case.publishers()));
    cells.set("notes", case.notes());
    fatalities(case, books, &mut cells);
    if let Some(crowd) = case.toll("protesters").or_else(|| case.toll_among("protesters", |_| true, |_| true)) {
        cells.because("tags", format!("crowd size={}", crowd.low.round()), "", crowd.claims);
    }
    let stored = case.reports.iter().filter_map(|r| r.added.parse::<jiff::Timestamp>().ok()).max();
    cells.set("timestamp", stored.map(|at| at.as_second()));
    cells.done()
}

/// The only sub-event type, or that of who takes the ground.
fn sub_event<'s>(case: &Case<'_>, books: &'s Books<'_>, of_type: &[&'s str]) -> Option<&'s str> {
    match of_type {
        [only] => Some(only),
        several => {
            let class = case.doers.first().and_then(|p| p.class)?;
            books.sheet.word("ground", class.name()).filter(|word| several.contains(word))
        }
    }
}

fn actors(case: &Case<'_>, books: &Books<'_>, event: &str, cells: &mut Cells) {
    let (first, second) = case.sides();
    let inter = |party: Option<&Party>| party.and_then(|p| p.class).and_then(|c| books.sheet.word("inter", c.name()));
    let name =
        |party: &Party| if party.class == Some(Class::Civilian) { "Civilians".to_owned() } else { party.name.clone() };
    if case.is_blame_disputed() {
        cells.because("actor1", crate::Cell::Empty, "left empty: it is disputed who did it", Vec::new());
    } else {
        cells.set("actor1", first.map(name));
    }
    cells.set("actor2", second.map(name));
    cells.set("inter1", inter(first));
    cells.set("inter2", inter(second));
    if let (Some(one), Some(two)) = (inter(first), inter(second)) {
        cells.set("interaction", format!("{one}-{two}"));
    }
    if case.is_on_civilians() || event == "Violence against civilians" {
        cells.set("civilian_targeting", "Civilian targeting");
    }
}

fn place(case: &Case<'_>, books: &Books<'_>, cells: &mut Cells) {
    let (place, land) = (&case.incident.place, &case.land);
    let precision = name_of(place.precision);
    cells.set("region", land.country_code.as_deref().and_then(|c| books.sheet.region(c)));
    cells.set("country", land.country.as_deref());
    cells.set("admin1", land.admin1.as_deref());
    cells.set("admin2", land.admin2.as_deref());
    cells.set("location", &place.name);
    // ACLED puts what is known of a country only at its capital; that would be a guess.
    if let (Some((lat, lon)), Some(code)) = (case.point(), books.sheet.code("geo_precision", &precision)) {
        cells.set("latitude", lat);
        cells.set("longitude", lon);
        cells.because("geo_precision", code, format!("the place is {precision}"), Vec::new());
    }
}

/// The most conservative number of killed, with what it was chosen from.
fn fatalities(case: &Case<'_>, books: &Books<'_>, cells: &mut Cells) {
    let fallback;
    let ranges: Vec<_> = case.incident.figures.iter().filter(|f| f.measure == "killed").collect();
    let total = ranges.iter().find(|f| f.category == "people" && f.side.is_empty()).copied();
    let toll = match total {
        Some(range) => range.observations.as_slice(),
        None => {
            let Some(parts) = case.toll_among("killed", |c| c != "other", |_| true) else { return };
            fallback = parts;
            let because = "no total is reported; the counted parts are taken".to_owned();
            cells.because("fatalities", whole(fallback.low), because, fallback.claims);
            return;
        }
    };
    let number = |seen: &Observation| vague(case, books, seen).or(seen.value).or(seen.min);
    // What a source said last replaces what it said before.
    let mut last: Vec<&Observation> = Vec::new();
    for seen in toll {
        last.retain(|before| before.sources != seen.sources || before.origin != seen.origin);
        last.push(seen);
    }
    let mut numbers: Vec<(f64, &Observation)> =
        last.into_iter().filter_map(|seen| Some((number(seen)?, seen))).collect();
    numbers.sort_by(|l, r| l.0.total_cmp(&r.0));
    let Some((least, _)) = numbers.first() else { return };
    let said: Vec<String> = numbers.iter().map(|(n, _)| n.to_string()).collect();
    let because = if said.len() > 1 { format!("the least of {}", said.join(", ")) } else { String::new() };
    cells.because("fatalities", whole(*least), because, numbers.iter().map(|(_, s)| s.claim.clone()).collect());
}

/// The codebook's number for a vague word in the figure's own words.
fn vague(case: &Case<'_>, books: &Books<'_>, seen: &Observation) -> Option<f64> {
    if seen.bound != Bound::Vague {
        return None;
    }
    let claim = case.claims.iter().find(|c| c.id == seen.claim)?;
    let figure = claim.figures.iter().find(|f| f.bound == Bound::Vague && f.measure == "killed")?;
    let words = figure.quote.text.to_lowercase();
    let code = |word: &str| books.sheet.code("vague", word.trim_matches(|c: char| !c.is_alphabetic()));
    words.split_whitespace().find_map(code).map(|n| n as f64)
}
