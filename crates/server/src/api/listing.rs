//! Filters, facets and order of the list of incidents.
use super::Failed;
use crate::facts::Symbol;
use crate::order::{SORTS, Sort};
use crate::overview::{IncidentOutline, Listed, Overview};
use serde::Serialize;
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
pub(crate) type Facet = (&'static str, fn(&IncidentOutline) -> Vec<&str>);

/// Facets with the values that an incident has of each.
pub(crate) const FACETS: [Facet; 6] = [
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

/// What passes the filters.
pub(crate) struct Answer {
    /// In order.
    pub(crate) found: Vec<Arc<Listed>>,
    pub(crate) facets: BTreeMap<String, Vec<Count>>,
}

/// One value of a facet.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
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
                    let known = SORTS.iter().find(|(name, _)| *name == value);
                    let names = || SORTS.map(|(name, _)| name).join(", ");
                    wanted.sort = known.ok_or_else(|| Failed::bad(format!("sort is one of {}", names())))?.1;
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

    fn passes_rest(&self, listed: &Listed) -> bool {
        let time = &listed.outline.time;
        let (first, last) = (time.earliest.as_ref(), time.latest.as_ref());
        let since = self.since.as_ref().is_none_or(|s| last.or(first).is_some_and(|d| d >= s));
        let until = self.until.as_ref().is_none_or(|u| first.or(last).is_some_and(|d| d <= u));
        since && until && self.words.iter().all(|w| listed.words.contains(w.as_str()))
    }

    /// The incidents that pass, in order, and the facets: kept with the overview, since pages ask for the next part, and
    /// many for the same.
    pub(crate) fn answer(&self, overview: &Overview) -> Arc<Answer> {
        let key = format!("{:?} {:?} {:?} {:?} {:?}", self.values, self.since, self.until, self.words, self.sort);
        overview.answer(key, || {
            let (found, facets) = self.of(overview);
            Answer { found: found.into_iter().cloned().collect(), facets }
        })
    }

    /// The same, made anew. A facet's counts are of what passes all other facets.
    fn of<'a>(&self, overview: &'a Overview) -> (Vec<&'a Arc<Listed>>, BTreeMap<String, Vec<Count>>) {
        let values = &overview.values;
        let wanted = FACETS.map(|(facet, _)| {
            let wanted = self.values.get(facet)?;
            Some(wanted.iter().filter_map(|value| values.number(value)).collect::<BTreeSet<Symbol>>())
        });
        let mut found = Vec::new();
        let mut counts: [Vec<u32>; FACETS.len()] = std::array::from_fn(|_| vec![0; values.len()]);
        for listed in overview.ordered(self.sort).iter().filter(|i| self.passes_rest(i)) {
            let holds: [bool; FACETS.len()] = std::array::from_fn(|f| {
                wanted[f].as_ref().is_none_or(|wanted| listed.facets[f].iter().any(|value| wanted.contains(value)))
            });
            let failing = holds.iter().filter(|h| !**h).count();
            for (f, counts) in counts.iter_mut().enumerate() {
                if failing == usize::from(!holds[f]) {
                    listed.facets[f].iter().for_each(|value| counts[*value as usize] += 1);
                }
            }
            if failing == 0 {
                found.push(listed);
            }
        }
        let facets = FACETS.iter().zip(counts).zip(&wanted).map(|(((facet, _), counts), wanted)| {
            let mut listed: Vec<(u32, &str, Symbol)> = Vec::new();
            for (symbol, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
                listed.push((count, values.word(symbol), symbol));
            }
            let order = |l: &(u32, &str, Symbol), r: &(u32, &str, Symbol)| r.0.cmp(&l.0).then_with(|| l.1.cmp(r.1));
            // Of tens of thousands of names only the first are put in order.
            let all = listed.len();
            if LISTED < all {
                listed.select_nth_unstable_by(LISTED, order);
            }
            listed[..LISTED.min(all)].sort_unstable_by(order);
            let chosen = |value: Symbol| wanted.as_ref().is_some_and(|wanted| wanted.contains(&value));
            // What is chosen stays in sight.
            let kept = listed.into_iter().enumerate().filter(|(at, (.., value))| *at < LISTED || chosen(*value));
            let kept = kept.map(|(_, (count, value, _))| Count { value: value.to_owned(), count: count as usize });
            ((*facet).to_owned(), kept.collect())
        });
        let facets = facets.collect();
        (found, facets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(id: &str, kind: &str, day: &str, actors: &[&str]) -> IncidentOutline {
        let time = variorum_model::IncidentTime {
            earliest: (!day.is_empty()).then(|| day.to_owned()),
            latest: (!day.is_empty()).then(|| day.to_owned()),
            ..Default::default()
        };
        IncidentOutline {
            id: id.to_owned(),
            title: format!("{kind} {day}"),
            event_type: kind.to_owned(),
            time,
            actors: actors.iter().map(|a| (*a).to_owned()).collect(),
            ..IncidentOutline::default()
        }
    }

    fn ids(query: &str) -> (Vec<String>, BTreeMap<String, Vec<Count>>) {
        let overview = Overview::of([
            outline("a", "shelling", "2024-05-14", &["Karovia"]),
            outline("b", "shelling", "2024-05-16", &["Lethania"]),
            outline("c", "attack", "", &["Karovia"]),
        ]);
        let wanted = Wanted::parse(query).map_err(|e| e.1).unwrap();
        let (found, facets) = wanted.of(&overview);
        (found.into_iter().map(|i| i.outline.id.clone()).collect(), facets)
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
