//! Airwars: harm to civilians by explosive means, one row an incident, graded.
use super::case::Case;
use super::toll::Toll;
use super::ucdp::whole;
use super::{Books, Cells, Coding};
use crate::tables::{joined, name_of};
use variorum_extract::toponym::Kind;
use variorum_model::{Claim, Precision};

pub(super) fn code(case: &Case<'_>, books: &Books<'_>) -> Coding {
    let incident = case.incident;
    if !books.sheet.lists("strikes", &incident.event_type) {
        return Err(format!("{} is no strike", incident.event_type));
    }
    if case.factual().next().is_none() {
        return Err("no claim says that it happened: it is denied, planned, conditional or history".to_owned());
    }
    let is_fighter = |c: &str| books.sheet.lists("fighters", c);
    let killed = case.civilian_toll("killed", is_fighter);
    let injured = case.civilian_toll("wounded", is_fighter);
    let fighters = case.toll_among("killed", is_fighter, |_| true);
    let hurt = case.toll_among("wounded", is_fighter, |_| true);
    if killed.is_none() && injured.is_none() && fighters.is_none() {
        return Err("nobody is counted as killed or wounded".to_owned());
    }
    let mut cells = Cells::default();
    cells.set("incident_id", &incident.id);
    if let Some((first, last)) = case.days() {
        cells.set("incident_date", first);
        cells.set("incident_date_end", last);
    }
    place(case, books, &mut cells);
    let only_fighters = killed.is_none() && injured.is_none();
    grade(case, only_fighters, &mut cells);
    cells.set("strike_type", &incident.event_type);
    cells.set("belligerent", case.doers.first().map(|p| p.name.as_str()));
    range(&mut cells, "killed_civilians_min", "killed_civilians_max", killed);
    range(&mut cells, "injured_civilians_min", "injured_civilians_max", injured);
    range(&mut cells, "killed_belligerents_min", "killed_belligerents_max", fighters);
    range(&mut cells, "injured_belligerents_min", "injured_belligerents_max", hurt);
    for (category, killed, injured) in GROUPS {
        range(&mut cells, killed[0], killed[1], case.toll_of("killed", category));
        if let Some([min, max]) = injured {
            range(&mut cells, min, max, case.toll_of("wounded", category));
        }
    }
    conceded(case, &mut cells);
    cells.set("sources", joined(case.publishers()));
    cells.set("assessment", case.notes());
    cells.done()
}

/// Columns of a category: killed, and injured where there are such columns.
type Group = (&'static str, [&'static str; 2], Option<[&'static str; 2]>);

/// Categories with columns of their own.
const GROUPS: [Group; 5] = [
    (
        "children",
        ["killed_children_min", "killed_children_max"],
        Some(["injured_children_min", "injured_children_max"]),
    ),
    ("women", ["killed_women_min", "killed_women_max"], Some(["injured_women_min", "injured_women_max"])),
    ("men", ["killed_men_min", "killed_men_max"], Some(["injured_men_min", "injured_men_max"])),
    ("journalists", ["killed_journalists_min", "killed_journalists_max"], None),
    ("medics", ["killed_healthcare_min", "killed_healthcare_max"], None),
];

fn range(cells: &mut Cells, min: &'static str, max: &'static str, toll: Option<Toll>) {
    if let Some(toll) = toll {
        cells.because(min, whole(toll.low), "", toll.claims.clone());
        cells.because(max, whole(toll.high), "", toll.claims);
    }
}

/// What the belligerent itself says of it: its own claims of the event, and its taking of responsibility.
fn admissions<'c>(case: &Case<'c>) -> Vec<&'c Claim> {
    let by_itself = |claim: &&Claim| {
        let speaker = claim.sources.last().map(|s| s.name.as_str());
        let is_deed = claim.event.kind == "responsibility" || claim.event.kind == case.incident.event_type;
        is_deed
            && speaker
                .is_some_and(|s| case.doers.iter().any(|p| p.name == s) && claim.actors.iter().any(|a| a.name == s))
    };
    case.factual().filter(by_itself).collect()
}

fn grade(case: &Case<'_>, only_fighters: bool, cells: &mut Cells) {
    let admissions = admissions(case);
    let ids = |claims: &[&Claim]| claims.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    let responsible: Vec<&Claim> = admissions.iter().filter(|c| c.event.kind == "responsibility").copied().collect();
    let several = case.incident.origins >= 2;
    let (status, because, claims) = if only_fighters {
        ("discounted", "only fighters are counted", Vec::new())
    } else if case.is_blame_disputed() {
        ("contested", "it is disputed who did it", Vec::new())
    } else if !responsible.is_empty() {
        ("confirmed", "the belligerent accepts responsibility", ids(&responsible))
    } else if several {
        ("fair", "two origins or more", Vec::new())
    } else {
        ("weak", "one origin", Vec::new())
    };
    cells.because("civilian_harm_status", status, because, claims);
    let (status, because, claims) = if case.is_blame_disputed() {
        ("contested-strike", "it is disputed who did it", Vec::new())
    } else if !admissions.is_empty() {
        ("declared-strike", "the belligerent says so itself", ids(&admissions))
    } else if several {
        ("likely-strike", "two origins or more", Vec::new())
    } else {
        ("single-source-claim", "one origin", Vec::new())
    };
    cells.because("strike_status", status, because, claims);
}

/// Killed by the belligerent's own count.
fn conceded(case: &Case<'_>, cells: &mut Cells) {
    let own = admissions(case);
    // One claim's numbers may be wholes and parts ("five, two of them children"): its largest is its count.
    let numbers: Vec<(f64, f64, String)> = own
        .iter()
        .filter_map(|c| {
            let killed = c.figures.iter().filter(|f| f.measure == "killed");
            let bounds = killed.filter_map(|f| {
                let min = f.value.or(f.min)?;
                Some((min, f.value.or(f.max).unwrap_or(min)))
            });
            let (min, max) = bounds.max_by(|l, r| l.0.total_cmp(&r.0))?;
            Some((min, max, c.id.clone()))
        })
        .collect();
    let min = numbers.iter().map(|n| n.0).min_by(f64::total_cmp);
    let max = numbers.iter().map(|n| n.1).max_by(f64::total_cmp);
    if let (Some(low), Some(high)) = (min, max) {
        let claims = numbers.into_iter().map(|n| n.2).collect();
        range(cells, "conceded_min", "conceded_max", Some(Toll { low, best: low, high, claims }));
    }
}

fn place(case: &Case<'_>, books: &Books<'_>, cells: &mut Cells) {
    let (place, land) = (&case.incident.place, &case.land);
    cells.set("country", land.country.as_deref());
    cells.set("governorate", land.admin1.as_deref());
    cells.set("location", &place.name);
    if let Some((lat, lon)) = case.point() {
        cells.set("latitude", lat);
        cells.set("longitude", lon);
    }
    let key = match (place.precision, land.kind) {
        (Precision::Exact, Some(Kind::Facility)) => Some("facility".to_owned()),
        (Precision::Exact, Some(Kind::Capital | Kind::Settlement)) => land.population.and_then(|people| {
            let size = ["city", "town", "village"]
                .into_iter()
                .find(|size| books.sheet.code("population", size).is_some_and(|least| people >= least as f64));
            size.map(str::to_owned)
        }),
        (precision, _) => Some(name_of(precision)),
    };
    cells.set("geolocation_accuracy", key.and_then(|key| books.sheet.word("geolocation", &key)));
}
