//! A first linkage: claims of one type, day and place are one incident.
use crate::Reading;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Account, Claim, Incident, IncidentPlace, IncidentTime, Precision, SCHEMA, stable_id};

pub(crate) fn link(readings: &[Reading]) -> Vec<Incident> {
    let mut groups: BTreeMap<(String, String, String), Vec<(&Reading, &Claim)>> = BTreeMap::new();
    for reading in readings {
        for claim in &reading.claims {
            let day = claim.time.earliest.clone().unwrap_or_else(|| format!("? {}", reading.report.id));
            let place = claim.places.first().filter(|p| p.precision != Precision::Unlocated);
            let place = place.map_or(format!("? {}", reading.report.id), |p| p.name.clone());
            groups.entry((claim.event.kind.clone(), day, place)).or_default().push((reading, claim));
        }
    }
    groups
        .into_iter()
        .map(|((kind, _, _), mut members)| {
            members.sort_by(|l, r| l.1.id.cmp(&r.1.id));
            let first = members[0].1;
            let place = first.places.first().cloned().unwrap_or_default();
            let distinct = |names: Vec<&str>| -> Vec<String> {
                names.into_iter().collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
            };
            let reports = distinct(members.iter().map(|(r, _)| r.report.id.as_str()).collect());
            let publishers = distinct(members.iter().map(|(r, _)| r.report.publisher.as_str()).collect()).len();
            let mut accounts: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (reading, claim) in &members {
                let source = claim
                    .sources
                    .last()
                    .map_or(format!("publisher: {}", reading.report.publisher), |source| source.name.clone());
                accounts.entry(source).or_default().push(claim.id.clone());
            }
            Incident {
                schema: SCHEMA,
                id: stable_id("i", &[&first.id]),
                title: format!("{kind}, {}", place.name),
                event_type: kind,
                time: IncidentTime {
                    value: first.time.value.clone(),
                    earliest: first.time.earliest.clone(),
                    latest: first.time.latest.clone(),
                    precision: first.time.precision,
                },
                place: IncidentPlace {
                    name: place.name,
                    geonames: place.geonames,
                    lat: place.lat,
                    lon: place.lon,
                    precision: place.precision,
                },
                claims: members.iter().map(|(_, c)| c.id.clone()).collect(),
                origins: reports.len(),
                reports,
                publishers,
                accounts: accounts.into_iter().map(|(source, claims)| Account { source, claims }).collect(),
                ..Incident::default()
            }
        })
        .collect()
}
