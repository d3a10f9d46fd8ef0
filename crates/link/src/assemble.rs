//! A cluster of claims → an incident: what, when, where, who, by whom told.
use crate::calendar::{self, Days};
use crate::evidence::{Evidence, in_order};
use crate::features::is_broad;
use crate::happening::main_kind;
use crate::kinds::Role;
use crate::origins::origins;
use crate::{Linker, Reading, disagree, figures};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{
    Account, EVENT_TYPES, Incident, IncidentPlace, IncidentTime, Precision, SCHEMA, TimePrecision, stable_id,
};

/// Claims of one reading that belong to an incident.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The report with all its claims.
    pub reading: &'a Reading,
    /// Positions of those that belong.
    pub claims: &'a [u32],
}

impl Linker {
    /// The incident that these claims make together. The order of the members does not matter.
    pub fn incident<'a>(&self, members: &[Member<'a>]) -> Incident {
        let own = |m: &Member<'a>| m.claims.iter().filter(|&&i| (i as usize) < m.reading.claims.len());
        let mut evidence: Vec<Evidence<'a>> =
            members.iter().flat_map(|m| own(m).map(|&i| self.evidence(m.reading, i as usize))).collect();
        in_order(&mut evidence);
        let origins = origins(self, &evidence);
        let kind = main_kind(&self.kinds, evidence.iter().map(|e| e.kind));
        let time = time(self, &evidence);
        let place = place(&evidence);
        let state = self.kinds.is_lasting(kind)
            && time.as_ref().is_none_or(|t| t.width() > 7 || evidence.iter().all(|e| e.time.is_none()));
        let figures = figures::ranges(&evidence, &origins);
        let disagreements = disagree::disagreements(self, &evidence, &self.around(members), kind);
        let distinct = |names: Vec<&str>| names.into_iter().collect::<BTreeSet<_>>().len();
        let mut reports: Vec<String> = Vec::new();
        for e in &evidence {
            if !reports.contains(&e.reading.report.id) {
                reports.push(e.reading.report.id.clone());
            }
        }
        Incident {
            schema: SCHEMA,
            id: evidence.first().map_or_else(String::new, |e| stable_id("i", &[&e.claim.id])),
            previous_ids: Vec::new(),
            title: title(self.kinds.label(kind), &place, time),
            event_type: EVENT_TYPES[kind as usize].to_owned(),
            state_of_affairs: state,
            campaign: !state && self.kinds.is_part(kind) && self.is_campaign(&evidence, time, &place),
            part_of: None,
            time: time.map_or_else(IncidentTime::default, incident_time),
            place,
            actors: actors(&evidence),
            claims: evidence.iter().map(|e| e.claim.id.clone()).collect(),
            publishers: distinct(
                evidence.iter().map(|e| e.reading.report.publisher.as_str()).filter(|p| !p.is_empty()).collect(),
            ),
            reports,
            origins: origins.list.len(),
            origin_list: origins.list,
            figures,
            accounts: accounts(&evidence),
            disagreements,
        }
    }
}

impl Linker {
    /// Half of what is told as a happening speaks of many together: "the offensive", a toll since its beginning.
    /// "Fighting in Orlec on Tuesday" is one happening all the same.
    fn is_campaign(&self, evidence: &[Evidence<'_>], time: Option<Days>, place: &IncidentPlace) -> bool {
        if rank(place.precision) == 0 && time.is_some_and(|t| t.width() == 1) {
            return false;
        }
        let told = || evidence.iter().filter(|e| e.is_factual() && self.kinds.role(e.kind) == Role::Event);
        let broad = told().filter(|e| is_broad(e.claim, &self.kinds)).count();
        broad > 0 && 2 * broad >= told().count()
    }
}

/// The time that most reports give, the narrower where equal, widened by exact days close by: an offensive that lasted
/// two days lasted two days. Follow-ups and plans date themselves, not the incident, and count only failing others.
fn time(linker: &Linker, evidence: &[Evidence<'_>]) -> Option<Days> {
    let tiers: [&dyn Fn(&Evidence<'_>) -> bool; 3] = [
        &|e| e.is_factual() && linker.kinds.role(e.kind) == Role::Event,
        &|e| linker.kinds.role(e.kind) == Role::Event,
        &|_| true,
    ];
    for tier in tiers {
        let mut votes: BTreeMap<Days, BTreeSet<&str>> = BTreeMap::new();
        for e in evidence.iter().filter(|e| tier(e)) {
            if let Some(time) = e.time {
                votes.entry(time).or_default().insert(&e.reading.report.id);
            }
        }
        let best = votes.iter().max_by_key(|(time, by)| (by.len(), Reverse(time.width()), Reverse(**time)));
        if let Some((&best, by)) = best {
            // A day that only one report gives does not widen what several agree on.
            let strong = votes.iter().filter(|(_, others)| others.len() * 2 >= by.len()).map(|(time, _)| *time);
            let near = strong.filter(|time| best.width() <= 7 && time.width() <= 7 && time.gap(best) <= 3);
            return Some(near.fold(best, Days::cover));
        }
    }
    None
}

fn incident_time(days: Days) -> IncidentTime {
    let (first, last) = (calendar::iso(days.first), calendar::iso(days.last));
    let precision = match days.width() {
        1 => TimePrecision::Day,
        2..=6 => TimePrecision::Days,
        7..=10 => TimePrecision::Week,
        11..=31 => TimePrecision::Month,
        32..=366 => TimePrecision::Year,
        _ => TimePrecision::Unknown,
    };
    let whole_month = first.ends_with("-01") && days.width() >= 28 && days.width() <= 31 && first[..7] == last[..7];
    let whole_year = first.ends_with("-01-01") && last.ends_with("-12-31") && first[..4] == last[..4];
    let value = match (days.width(), whole_month, whole_year) {
        (1, ..) => first.clone(),
        (_, true, _) => first[..7].to_owned(),
        (_, _, true) => first[..4].to_owned(),
        _ => format!("{first}/{last}"),
    };
    IncidentTime { value: Some(value), earliest: Some(first), latest: Some(last), precision }
}

/// One place with who names it.
struct PlaceVotes<'a> {
    place: &'a variorum_model::ClaimPlace,
    factual: bool,
    reports: BTreeSet<&'a str>,
    claims: usize,
}

/// The place that most reports name, points before areas and areas before what is not located.
fn place(evidence: &[Evidence<'_>]) -> IncidentPlace {
    let mut votes: BTreeMap<String, PlaceVotes<'_>> = BTreeMap::new();
    for e in evidence {
        let Some(place) = e.claim.places.first() else { continue };
        let name = place.geonames.map_or(place.name.to_lowercase(), |id| id.to_string());
        let vote = PlaceVotes { place, factual: false, reports: BTreeSet::new(), claims: 0 };
        let entry = votes.entry(name).or_insert(vote);
        entry.factual |= e.is_factual();
        entry.reports.insert(&e.reading.report.id);
        entry.claims += 1;
    }
    let best = votes.iter().max_by_key(|(name, v)| {
        (Reverse(rank(v.place.precision)), v.factual, v.reports.len(), v.claims, Reverse((*name).clone()))
    });
    best.map_or_else(IncidentPlace::default, |(_, PlaceVotes { place, .. })| IncidentPlace {
        name: place.name.clone(),
        geonames: place.geonames,
        lat: place.lat,
        lon: place.lon,
        precision: place.precision,
        country: place.country.clone(),
    })
}

/// 0 points, 1 areas, 2 countries, 3 what is not located.
fn rank(precision: Precision) -> u8 {
    match precision {
        Precision::Exact | Precision::Near => 0,
        Precision::Admin2 | Precision::Admin1 | Precision::Region => 1,
        Precision::Country => 2,
        Precision::Unlocated => 3,
    }
}

/// Actors and targets by how many claims name them.
fn actors(evidence: &[Evidence<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for named in evidence.iter().flat_map(|e| e.claim.actors.iter().chain(&e.claim.targets)) {
        *counts.entry(named.name.as_str()).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(name, n)| (Reverse(*n), *name));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// What each voice claims, in the order in which the voices come up.
fn accounts(evidence: &[Evidence<'_>]) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for e in evidence {
        let at = *index.entry(&e.voice).or_insert_with(|| {
            accounts.push(Account { source: e.voice.clone(), claims: Vec::new() });
            accounts.len() - 1
        });
        accounts[at].claims.push(e.claim.id.clone());
    }
    accounts
}

/// "Shelling, Orlec, 4 May 2031".
fn title(label: &str, place: &IncidentPlace, time: Option<Days>) -> String {
    let mut parts = vec![label.to_owned()];
    if !place.name.is_empty() {
        parts.push(place.name.clone());
    }
    if let Some(time) = time {
        parts.push(match incident_time(time).value.unwrap_or_default() {
            value if value.len() == 10 => calendar::spoken(time.first),
            value if value.len() == 7 => {
                calendar::spoken(time.first).split_once(' ').map_or(value, |(_, m)| m.to_owned())
            }
            value if value.len() == 4 => value,
            _ => format!("{} to {}", calendar::spoken(time.first), calendar::spoken(time.last)),
        });
    }
    parts.join(", ")
}
