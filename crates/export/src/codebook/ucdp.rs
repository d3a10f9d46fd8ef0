//! UCDP GED: lethal organised violence, one row an event.
use super::case::Case;
use super::parties::{Class, Party};
use super::toll::Toll;
use super::{Books, Cells, Coding};
use crate::table::Cell;
use crate::tables::{joined, name_of};
use variorum_model::{Precision, Scope, TimePrecision};

pub(super) fn code(case: &Case<'_>, books: &Books<'_>) -> Coding {
    let incident = case.incident;
    let kind = books.types.iter().find(|t| t.kind == incident.event_type);
    let of_type = kind.map(|t| t.ucdp.as_slice()).unwrap_or_default();
    if of_type.is_empty() {
        return Err(format!("{} is no organised violence", incident.event_type));
    }
    if case.factual().next().is_none() {
        return Err("no claim says that it happened: it is denied, planned, conditional or history".to_owned());
    }
    let Some(deaths) = Deaths::of(case, books) else {
        return Err("no death is counted".to_owned());
    };
    if deaths.high < 1.0 {
        return Err("nobody was killed by any count".to_owned());
    }
    let mut cells = Cells::default();
    cells.set("id", &incident.id);
    cells.set("year", case.year());
    violence(case, of_type, &mut cells);
    sources(case, &mut cells);
    place(case, books, &mut cells);
    time(case, books, &mut cells);
    deaths.write(case, &mut cells);
    cells.done()
}

/// The type of violence and the two sides.
fn violence(case: &Case<'_>, of_type: &[u8], cells: &mut Cells) {
    let (first, second) = case.sides();
    let class = |party: Option<&Party>| party.and_then(|p| p.class);
    let kind = match (class(first), class(second)) {
        (_, Some(Class::Civilian)) => Some((3, "civilians are the target")),
        (Some(Class::State), Some(c)) | (Some(c), Some(Class::State)) if c.is_armed() => {
            Some((1, "a state is one side"))
        }
        (Some(Class::Rebel), Some(Class::Rebel)) => Some((2, "no side is a state")),
        _ => match of_type {
            [only] => Some((i64::from(*only), "the event type allows no other")),
            _ => None,
        },
    };
    let kind = kind.filter(|(n, _)| of_type.iter().any(|t| i64::from(*t) == *n));
    match kind {
        Some((n, because)) => cells.because("type_of_violence", n, because, Vec::new()),
        None => cells.because("type_of_violence", Cell::Empty, "left empty: the parties do not decide it", Vec::new()),
    }
    if case.is_blame_disputed() {
        for side in ["side_a", "side_b", "dyad_name"] {
            cells.because(side, Cell::Empty, "left empty: it is disputed who did it", Vec::new());
        }
        return;
    }
    // Of two sides of which one is a state, the state is side A.
    let swap = class(first) != Some(Class::State) && class(second) == Some(Class::State);
    let (a, b) = if swap { (second, first) } else { (first, second) };
    let name = |party: &Party| match (party.class, &party.state) {
        (Some(Class::State), Some(state)) => format!("Government of {state}"),
        (Some(Class::Civilian), _) => "Civilians".to_owned(),
        _ => party.name.clone(),
    };
    let organised = |party: &&Party| party.class.is_some_and(|c| c.is_armed());
    let a = a.filter(organised).map(name);
    let civilians = matches!(kind, Some((3, _))).then(|| "Civilians".to_owned());
    let b = b.filter(|p| p.class.is_some()).map(name).or(civilians);
    if let (Some(a), Some(b)) = (&a, &b) {
        cells.set("dyad_name", format!("{a} - {b}"));
    }
    cells.set("side_a", a);
    cells.set("side_b", b);
}

fn sources(case: &Case<'_>, cells: &mut Cells) {
    // Of reports that nobody signs, how many outlets they come from cannot be known.
    if case.incident.publishers > 0 {
        cells.set("number_of_sources", case.incident.publishers);
    }
    let reports = || case.reports.iter().map(|r| &r.report);
    let day = |r: &variorum_model::Report| r.published.earliest.clone().unwrap_or_default();
    let article = |r: &variorum_model::Report| {
        let parts = [r.publisher.clone(), day(r), format!("\"{}\"", r.title)];
        parts.into_iter().filter(|p| !p.is_empty() && p != "\"\"").collect::<Vec<_>>().join(",")
    };
    cells.set("source_article", joined(reports().map(article)));
    cells.set("source_office", joined(case.publishers()));
    cells.set("source_date", joined(reports().map(day).filter(|d| !d.is_empty())));
    cells.set("source_headline", joined(reports().map(|r| r.title.clone()).filter(|t| !t.is_empty())));
    cells.set("source_original", case.witnesses());
}

fn place(case: &Case<'_>, books: &Books<'_>, cells: &mut Cells) {
    let place = &case.incident.place;
    let (precision, land) = (name_of(place.precision), &case.land);
    if case.point().is_some() || place.geonames.is_some() {
        cells.because(
            "where_prec",
            books.sheet.code("where_prec", &precision),
            format!("the place is {precision}"),
            Vec::new(),
        );
        cells.set("where_coordinates", &place.name);
    }
    let mut words: Vec<&str> = case.claims.iter().flat_map(|c| &c.places).map(|p| p.name.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    cells.set("where_description", joined(words));
    cells.set("adm_1", land.admin1.as_deref());
    cells.set("adm_2", land.admin2.as_deref());
    cells.set("country", land.country.as_deref());
    cells.set("region", land.country_code.as_deref().and_then(|c| books.sheet.region(c)));
    if let Some((lat, lon)) = case.point() {
        cells.set("latitude", lat);
        cells.set("longitude", lon);
        cells.set("geom_wkt", format!("POINT ({lon} {lat})"));
        // A cell number stands for a place known within a cell: not for a province or country.
        if matches!(place.precision, Precision::Exact | Precision::Near) {
            cells.set("priogrid_gid", priogrid(lat, lon));
        }
    }
}

/// Number of the cell of half a degree, counted from 1 in the south-west, eastwards and then northwards (PRIO-GRID).
fn priogrid(lat: f64, lon: f64) -> i64 {
    let row = ((lat + 90.0) / 0.5).floor().min(359.0) as i64;
    let column = ((lon + 180.0) / 0.5).floor().min(719.0) as i64;
    row * 720 + column + 1
}

fn time(case: &Case<'_>, books: &Books<'_>, cells: &mut Cells) {
    let incident = case.incident;
    let precision = name_of(incident.time.precision);
    if let Some((first, last)) = case.days() {
        cells.because(
            "date_prec",
            books.sheet.code("date_prec", &precision),
            format!("the time is one {precision}"),
            Vec::new(),
        );
        cells.set("date_start", first);
        cells.set("date_end", last);
    }
    let long = matches!(incident.time.precision, TimePrecision::Month | TimePrecision::Year | TimePrecision::Unknown);
    let figures = case.factual().flat_map(|c| &c.figures);
    let campaign = figures.filter(|f| f.measure == "killed").any(|f| f.scope == Scope::Campaign);
    let (clarity, because) = match (incident.state_of_affairs, long, campaign) {
        (true, ..) => (2i64, "it is a lasting state"),
        (_, true, _) => (2, "its days are not told apart"),
        (.., true) => (2, "a number counts over a longer stretch"),
        _ => (1, ""),
    };
    cells.because("event_clarity", clarity, because, Vec::new());
}

/// Deaths by side.
struct Deaths {
    a: Option<Toll>,
    b: Option<Toll>,
    civilians: Option<Toll>,
    unknown: f64,
    low: f64,
    best: f64,
    high: f64,
    claims: Vec<String>,
    because: String,
}

impl Deaths {
    fn of(case: &Case<'_>, books: &Books<'_>) -> Option<Self> {
        let fighters = |category: &str| books.sheet.lists("fighters", category);
        let (first, second) = case.sides();
        // As in the columns: the state is side A.
        let swap =
            first.and_then(|p| p.class) != Some(Class::State) && second.and_then(|p| p.class) == Some(Class::State);
        let (a, b) = if swap { (second, first) } else { (first, second) };
        let of = |party: Option<&Party>| {
            let party = party.filter(|_| !case.is_blame_disputed())?;
            let is_theirs = |side: &str| {
                !side.is_empty()
                    && (side == party.name || party.state.is_some() && books.parties.party(side).state == party.state)
            };
            case.toll_among("killed", fighters, is_theirs)
        };
        let (a, b) = (of(a), of(b));
        let civilians = case.toll_of("killed", "civilians").or_else(|| {
            let classes = |c: &str| books.sheet.lists("civilians", c);
            case.toll_among("killed", classes, |_| true)
        });
        let parts = [&a, &b, &civilians].into_iter().flatten().cloned().reduce(|sum, part| sum.plus(&part));
        let fighters_of_nobody = case.toll_among("killed", fighters, |_| true);
        let total = case.toll("killed").or_else(|| case.toll_among("killed", |c| c != "other", |_| true));
        let total = total.or(fighters_of_nobody);
        let (whole, because) = match (total, &parts) {
            (Some(total), Some(parts)) if parts.best > total.best => (
                parts.clone(),
                "the counts of sides and civilians are more than the total, and are added up".to_owned(),
            ),
            (Some(total), _) => (total, String::new()),
            (None, Some(parts)) => (parts.clone(), "no total is reported; the counted parts are added up".to_owned()),
            (None, None) => return None,
        };
        let counted = parts.map_or(0.0, |p| p.best);
        let unknown = (whole.best - counted).max(0.0);
        Some(Deaths {
            a,
            b,
            civilians,
            unknown,
            low: whole.low,
            best: whole.best.max(counted),
            high: whole.high.max(counted),
            claims: whole.claims,
            because,
        })
    }

    fn write(self, case: &Case<'_>, cells: &mut Cells) {
        for (column, toll) in [("deaths_a", &self.a), ("deaths_b", &self.b), ("deaths_civilians", &self.civilians)] {
            if let Some(toll) = toll {
                cells.because(column, whole(toll.best), "", toll.claims.clone());
            }
        }
        cells.because("deaths_unknown", whole(self.unknown), &self.because, self.claims.clone());
        cells.because("best", whole(self.best), &self.because, self.claims.clone());
        cells.because("high", whole(self.high), "", self.claims.clone());
        match case.denial() {
            Some(denial) => {
                let claims = denial.sides.iter().flat_map(|s| s.claims.clone()).collect();
                cells.because("low", 0i64, format!("denied: {}", denial.reason), claims);
            }
            None => cells.because("low", whole(self.low), "", self.claims),
        }
    }
}

/// People are counted in whole numbers.
pub(super) fn whole(n: f64) -> Cell {
    if n.is_finite() { Cell::Integer(n.round() as i64) } else { Cell::Empty }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_prio_grid_are_counted_from_the_south_west() {
        assert_eq!(priogrid(-90.0, -180.0), 1);
        assert_eq!(priogrid(-89.75, -179.25), 2);
        assert_eq!(priogrid(-89.5, -180.0), 721);
        assert_eq!(priogrid(89.9, 179.9), 360 * 720);
        assert_eq!(priogrid(90.0, 180.0), 360 * 720);
    }
}
