//! Filters, facets and order of the list of incidents.
use super::Failed;
use crate::overview::IncidentOutline;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::ToSchema;

/// Values of one facet that are listed.
const LISTED: usize = 40;

/// What is wanted of the list. Values of one facet are alternatives; facets all hold.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    values: BTreeMap<&'static str, BTreeSet<String>>,
    since: Option<String>,
    until: Option<String>,
    /// Words that all stand in the title or a name.
    words: Vec<String>,
    pub(crate) sort: Sort,
    pub(crate) cursor: Option<String>,
    pub(crate) limit: usize,
}

/// A facet's name, and the values an incident has of it.
type Facet = (&'static str, fn(&IncidentOutline) -> Vec<&str>);

/// Facets with the values that an incident has of each.
const FACETS: [Facet; 6] = [
    ("type", |i| vec![&i.event_type]),
    ("place", |i| if i.place.name.is_empty() { Vec::new() } else { vec![&i.place.name] }),
    ("actor", |i| i.actors.iter().map(String::as_str).collect()),
    ("source", |i| i.sources.iter().map(String::as_str).collect()),
    ("publisher", |i| i.publishers.iter().map(String::as_str).collect()),
    ("is", flags),
];

/// What is the case with an incident.
fn flags(incident: &IncidentOutline) -> Vec<&'static str> {
    let unlocated = incident.place.lat.is_none();
    let cases = [
        ("disputed", incident.contradictions > 0),
        ("updated", incident.updates > 0),
        (
            "with a toll",
            incident.figures.iter().any(|f| matches!(f.measure.as_str(), "killed" | "wounded" | "casualties")),
        ),
        ("several origins", incident.origins > 1),
        ("one origin", incident.origins <= 1),
        ("reviewed", incident.reviewed > 0),
        ("not reviewed", incident.reviewed == 0),
        ("located", !unlocated),
        ("unlocated", unlocated),
        ("undated", incident.time.earliest.is_none() && incident.time.latest.is_none()),
    ];
    cases.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

/// Order of the list. Incidents that lack the value come last; ties go by id.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Latest first.
    #[default]
    Latest,
    /// Earliest first.
    Earliest,
    /// Most killed first.
    Toll,
    /// Most reports first.
    Reports,
    /// Most origins first.
    Origins,
    /// Most contradictions first.
    Disputes,
    /// By title.
    Title,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema, PartialEq, Eq)]
pub(crate) struct Count {
    /// The value.
    pub(crate) value: String,
    /// How many incidents have it, given what else is wanted.
    pub(crate) count: usize,
}

impl Wanted {
    /// Reads a query string.
    pub(crate) fn parse(query: &str) -> Result<Self, Failed> {
        let mut wanted = Wanted { limit: 100, ..Wanted::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() {
                continue;
            }
            match &*name {
                "since" => wanted.since = Some(value.into_owned()),
                "until" => wanted.until = Some(value.into_owned()),
                "q" => wanted.words = value.split_whitespace().map(str::to_lowercase).collect(),
                "cursor" => wanted.cursor = Some(value.into_owned()),
                "limit" => {
                    let n = value.parse().ok().filter(|n| (1..=5000).contains(n));
                    wanted.limit = n.ok_or_else(|| Failed::bad("limit is a number from 1 to 5000"))?;
                }
                "sort" => {
                    wanted.sort = match &*value {
                        "latest" => Sort::Latest,
                        "earliest" => Sort::Earliest,
                        "toll" => Sort::Toll,
                        "reports" => Sort::Reports,
                        "origins" => Sort::Origins,
                        "disputes" => Sort::Disputes,
                        "title" => Sort::Title,
                        _ => {
                            let sorts = "latest, earliest, toll, reports, origins, disputes or title";
                            return Err(Failed::bad(format!("sort is {sorts}")));
                        }
                    }
                }
                other => match FACETS.iter().find(|(facet, _)| *facet == other) {
                    Some((facet, _)) => {
                        wanted.values.entry(facet).or_default().insert(value.into_owned());
                    }
                    None => return Err(Failed::bad(format!("no parameter {other:?}"))),
                },
            }
        }
        Ok(wanted)
    }

    fn passes_facet(&self, facet: &str, values: &[&str]) -> bool {
        self.values.get(facet).is_none_or(|wanted| values.iter().any(|v| wanted.contains(*v)))
    }

    fn passes_rest(&self, incident: &IncidentOutline) -> bool {
        let time = &incident.time;
        let day = |bound: &Option<String>, other: &Option<String>| bound.clone().or_else(|| other.clone());
        let since = self.since.as_ref().is_none_or(|s| day(&time.latest, &time.earliest).is_some_and(|d| d >= *s));
        let until = self.until.as_ref().is_none_or(|u| day(&time.earliest, &time.latest).is_some_and(|d| d <= *u));
        let said = || {
            let names = incident.actors.iter().chain(&incident.sources).chain(&incident.publishers);
            let all = names.fold(format!("{} {}", incident.title, incident.place.name), |all, n| all + " " + n);
            all.to_lowercase()
        };
        since && until && (self.words.is_empty() || self.words.iter().all(|w| said().contains(w.as_str())))
    }

    /// The incidents that pass, in order, and the facets. A facet's counts are of what passes all other facets.
    pub(crate) fn of<'a>(
        &self,
        all: impl Iterator<Item = &'a Arc<IncidentOutline>>,
    ) -> (Vec<&'a Arc<IncidentOutline>>, BTreeMap<String, Vec<Count>>) {
        let mut found = Vec::new();
        let mut counts: [BTreeMap<&str, usize>; FACETS.len()] = Default::default();
        for incident in all.filter(|i| self.passes_rest(i)) {
            let values = FACETS.map(|(_, of)| of(incident));
            let holds: [bool; FACETS.len()] = std::array::from_fn(|f| self.passes_facet(FACETS[f].0, &values[f]));
            for (f, counts) in counts.iter_mut().enumerate() {
                if (0..FACETS.len()).all(|other| other == f || holds[other]) {
                    for value in values[f].iter().copied().collect::<BTreeSet<_>>() {
                        *counts.entry(value).or_default() += 1;
                    }
                }
            }
            if holds.iter().all(|h| *h) {
                found.push(incident);
            }
        }
        found.sort_by(|l, r| self.sort.compare(l, r).then_with(|| l.id.cmp(&r.id)));
        let facets = FACETS.iter().zip(counts).map(|((facet, _), counts)| {
            let mut listed: Vec<Count> =
                counts.into_iter().map(|(value, count)| Count { value: value.to_owned(), count }).collect();
            listed.sort_by(|l, r| r.count.cmp(&l.count).then_with(|| l.value.cmp(&r.value)));
            let chosen = |c: &Count| self.values.get(facet).is_some_and(|w| w.contains(&c.value));
            let cut = listed.len().min(LISTED);
            // What is chosen stays in sight.
            let mut kept: Vec<Count> = listed.drain(cut..).filter(chosen).collect();
            listed.append(&mut kept);
            ((*facet).to_owned(), listed)
        });
        let facets = facets.collect();
        (found, facets)
    }
}

impl Sort {
    fn compare(self, l: &IncidentOutline, r: &IncidentOutline) -> Ordering {
        fn most<T: PartialOrd>(l: T, r: T) -> Ordering {
            r.partial_cmp(&l).unwrap_or(Ordering::Equal)
        }
        match self {
            Sort::Latest => most(&l.time.latest, &r.time.latest).then_with(|| most(&l.time.earliest, &r.time.earliest)),
            Sort::Earliest => {
                let day = |i: &IncidentOutline| i.time.earliest.clone().unwrap_or_else(|| "~".to_owned());
                day(l).cmp(&day(r))
            }
            Sort::Toll => most(killed(l), killed(r)),
            Sort::Reports => most(l.reports, r.reports),
            Sort::Origins => most(l.origins, r.origins),
            Sort::Disputes => most((l.contradictions, l.reports), (r.contradictions, r.reports)),
            Sort::Title => l.title.cmp(&r.title),
        }
    }
}

/// Highest number of killed that anybody gives.
fn killed(incident: &IncidentOutline) -> Option<f64> {
    let tolls = incident.figures.iter().filter(|f| f.measure == "killed").filter_map(|f| f.max.or(f.min));
    tolls.max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(id: &str, kind: &str, day: &str, actors: &[&str]) -> Arc<IncidentOutline> {
        let time = variorum_model::IncidentTime {
            earliest: (!day.is_empty()).then(|| day.to_owned()),
            latest: (!day.is_empty()).then(|| day.to_owned()),
            ..Default::default()
        };
        Arc::new(IncidentOutline {
            id: id.to_owned(),
            title: format!("{kind} {day}"),
            event_type: kind.to_owned(),
            time,
            actors: actors.iter().map(|a| (*a).to_owned()).collect(),
            ..IncidentOutline::default()
        })
    }

    fn ids(query: &str) -> (Vec<String>, BTreeMap<String, Vec<Count>>) {
        let all = [
            outline("a", "shelling", "2024-05-14", &["Karovia"]),
            outline("b", "shelling", "2024-05-16", &["Lethania"]),
            outline("c", "attack", "", &["Karovia"]),
        ];
        let wanted = Wanted::parse(query).map_err(|e| e.1).unwrap();
        let (found, facets) = wanted.of(all.iter());
        (found.into_iter().map(|i| i.id.clone()).collect(), facets)
    }

    #[test]
    fn undated_incidents_come_last_in_both_directions() {
        assert_eq!(ids("sort=latest").0, ["b", "a", "c"]);
        assert_eq!(ids("sort=earliest").0, ["a", "b", "c"]);
    }

    #[test]
    fn a_facet_counts_what_the_others_leave() {
        let (found, facets) = ids("type=shelling&actor=Karovia");
        assert_eq!(found, ["a"]);
        let count = |facet: &str| {
            let pairs = facets[facet].iter().map(|c| format!("{} {}", c.value, c.count));
            pairs.collect::<Vec<_>>()
        };
        assert_eq!(count("type"), ["attack 1", "shelling 1"], "of Karovia's");
        assert_eq!(count("actor"), ["Karovia 1", "Lethania 1"], "of the shellings");
    }

    #[test]
    fn days_bound_by_what_can_be() {
        assert_eq!(ids("since=2024-05-15").0, ["b"]);
        assert_eq!(ids("until=2024-05-15").0, ["a"]);
        assert_eq!(ids("q=karo%20SHELL").0, ["a"]);
        assert!(Wanted::parse("sort=colour").is_err() && Wanted::parse("what=x").is_err());
    }
}
