//! Iraq Body Count: civilians killed, one row an incident, lowest and highest count.
use super::case::Case;
use super::ucdp::whole;
use super::{Books, Cells, Coding};
use crate::tables::joined;

pub(super) fn code(case: &Case<'_>, books: &Books<'_>) -> Coding {
    let incident = case.incident;
    if case.factual().next().is_none() {
        return Err("no claim says that it happened: it is denied, planned, conditional or history".to_owned());
    }
    let is_violent = books.types.iter().any(|t| t.kind == incident.event_type && !t.ucdp.is_empty());
    if !is_violent {
        return Err(format!("{} is no violence", incident.event_type));
    }
    let is_fighter = |c: &str| books.sheet.lists("fighters", c);
    let Some(killed) = case.civilian_toll("killed", is_fighter).filter(|toll| toll.high >= 1.0) else {
        return Err("no civilian is counted as killed".to_owned());
    };
    let mut cells = Cells::default();
    cells.set("incident_id", &incident.id);
    if let Some((first, last)) = case.days() {
        cells.set("start_date", first);
        cells.set("end_date", last);
    }
    let land = &case.land;
    let mut places = vec![incident.place.name.as_str()];
    places.extend([&land.admin1, &land.country].into_iter().flatten().map(String::as_str));
    places.retain(|p| !p.is_empty());
    places.dedup();
    cells.set("place", places.join(", "));
    cells.set("target", case.targets.first().map(|p| p.name.as_str()));
    cells.because("min_deaths", whole(killed.low), "", killed.claims.clone());
    cells.because("max_deaths", whole(killed.high), "", killed.claims);
    if let Some(injured) = case.civilian_toll("wounded", is_fighter) {
        cells.because("min_injuries", whole(injured.low), "", injured.claims.clone());
        cells.because("max_injuries", whole(injured.high), "", injured.claims);
    }
    let mut weapons: Vec<&str> = case.factual().flat_map(|c| &c.weapons).map(|w| w.quote.text.as_str()).collect();
    weapons.sort_unstable();
    weapons.dedup();
    cells.set("weapons", joined(weapons));
    cells.set("killers", case.doers.first().map(|p| p.name.as_str()));
    cells.set("media_sources", joined(case.publishers()));
    cells.set("primary_witnesses", case.witnesses());
    cells.done()
}
