//! All incidents in outline: what lists, facets and the map are made from.
use crate::api::{Answer, FACETS, reasons};
use crate::facts::{Symbol, Symbols};
use crate::order::{SORTS, Sort};
use imbl::{OrdMap, Vector};
use serde::Serialize;
use serde_json::value::RawValue;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use utoipa::ToSchema;
use variorum_ledger::{Action, Ledger, LedgerError, Revision};
use variorum_model::{Incident, IncidentPlace, IncidentTime, Verdict};

/// One incident in outline. The whole is at `/api/v1/incidents/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct IncidentOutline {
    /// Stable id.
    pub id: String,
    /// A line for people.
    pub title: String,
    /// Event type of the contract.
    pub event_type: String,
    /// A lasting state rather than a happening.
    pub state_of_affairs: bool,
    /// When.
    pub time: IncidentTime,
    /// Where.
    pub place: IncidentPlace,
    /// Who, by canonical name.
    pub actors: Vec<String>,
    /// Who is credited, by name; without publishers in their own voice.
    pub sources: Vec<String>,
    /// Outlets by name; a report whose outlet is not known adds none.
    pub publishers: Vec<String>,
    /// How many claims.
    pub claims: usize,
    /// How many reports.
    pub reports: usize,
    /// How many independent origins.
    pub origins: usize,
    /// Figures without their observations.
    pub figures: Vec<FigureOutline>,
    /// How many disagreements are contradictions.
    pub contradictions: usize,
    /// How many disagreements are updates.
    pub updates: usize,
    /// How many of the claims a person has judged.
    pub reviewed: usize,
    /// Lowest measured confidence of its claims; absent where none was measured.
    pub confidence: Option<f64>,
}

/// A figure without its observations.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FigureOutline {
    /// What is counted.
    pub measure: String,
    /// Who or what of.
    pub category: String,
    /// Whose, where said.
    pub side: String,
    /// Lowest number observed.
    pub min: Option<f64>,
    /// Highest number observed.
    pub max: Option<f64>,
    /// How many observations.
    pub observations: usize,
}

/// The outlines as of one revision of the ledger.
#[derive(Default)]
pub(crate) struct Overview {
    pub(crate) revision: Revision,
    /// By id. A copy shares all that stays the same, as those of the orders do.
    pub(crate) incidents: OrdMap<String, Arc<Listed>>,
    /// Incidents some of whose claims have been judged.
    reviewed: BTreeSet<String>,
    /// Values of facets.
    pub(crate) values: Symbols,
    /// Dates that judgements give to reports.
    dated: Vec<(String, String)>,
    /// Incidents in the order in which they matter, when it was first asked for.
    queue: OnceLock<Vector<Arc<Listed>>>,
    /// Each order of the list, when it was first asked for.
    orders: [OnceLock<Vector<Arc<Listed>>>; SORTS.len()],
    /// Answers to queries of the list.
    answers: Mutex<HashMap<String, Arc<Answer>>>,
    pub(crate) totals: Totals,
}

/// Answers that are kept of one overview.
const ANSWERS: usize = 64;
/// Changed incidents of which each is put at its place in the orders there are; of more, these are made anew.
const PLACED: usize = 200;

/// How much the ledger holds, as far as counting takes time.
#[derive(Default, Clone, Copy)]
pub(crate) struct Totals {
    pub(crate) claims: usize,
    pub(crate) disagreements: usize,
}

/// An incident with what lists are made by.
#[derive(Clone)]
pub(crate) struct Listed {
    pub(crate) outline: IncidentOutline,
    /// Title and names in small letters, for searching.
    pub(crate) words: String,
    /// Its values of each facet, as numbers of [`Overview::values`].
    pub(crate) facets: [Box<[Symbol]>; FACETS.len()],
    /// How much it matters to the queue.
    pub(crate) weight: f64,
    /// Disagreements of any verdict.
    disagreements: usize,
    /// The outline as the API sends it, when it was first asked for.
    json: OnceLock<Box<RawValue>>,
}

impl Listed {
    /// Without any disagreement.
    pub(crate) fn of(outline: IncidentOutline, values: &mut Symbols) -> Self {
        let names = outline.actors.iter().chain(&outline.sources).chain(&outline.publishers);
        let words = names.fold(format!("{} {}", outline.title, outline.place.name), |all, name| all + " " + name);
        let facets = FACETS.map(|(_, of)| {
            let mut of: Vec<Symbol> = of(&outline).into_iter().map(|value| values.of(value)).collect();
            of.sort_unstable();
            of.dedup();
            of.into()
        });
        let weight = reasons(&outline).iter().map(|r| r.weight).sum();
        Listed { words: words.to_lowercase(), facets, weight, outline, disagreements: 0, json: OnceLock::new() }
    }

    pub(crate) fn json(&self) -> &RawValue {
        self.json.get_or_init(|| serde_json::value::to_raw_value(&self.outline).expect("plain data"))
    }
}

/// Which comes first in a list.
fn by(sort: Sort, l: &Listed, r: &Listed) -> Ordering {
    sort.compare(&l.outline, &r.outline).then_with(|| l.outline.id.cmp(&r.outline.id))
}

/// Which comes first in the queue.
fn by_weight(l: &Listed, r: &Listed) -> Ordering {
    r.weight.total_cmp(&l.weight).then_with(|| l.outline.id.cmp(&r.outline.id))
}

impl Overview {
    /// The same as the ledger stands now: only incidents that were made, revised, removed or judged are read again.
    pub(crate) fn brought_up_to(&self, ledger: &Ledger) -> Result<Self, LedgerError> {
        // Taken before anything else is read: what is stored meanwhile is found at the next request.
        let revision = ledger.revision()?;
        let (incidents, values) = (self.incidents.clone(), self.values.clone());
        let mut next = Overview { revision, incidents, values, dated: ledger.dated()?, ..Overview::default() };
        let mut changed: BTreeSet<String> = BTreeSet::new();
        let first = self.revision == Revision::default();
        if first {
            let heads = ledger.report_heads()?;
            let publishers: HashMap<String, String> = heads.into_iter().map(|(_, r)| (r.id, r.publisher)).collect();
            for incident in ledger.incidents() {
                next.put(ledger, incident?, &publishers)?;
            }
        } else {
            for id in ledger.changed_after(self.revision.change)? {
                next.incidents.remove(&id);
                if let Some(incident) = ledger.incident_now(&id)? {
                    let mut publishers = HashMap::new();
                    for id in &incident.reports {
                        publishers.extend(ledger.report_head(id)?.map(|(_, r)| (r.id, r.publisher)));
                    }
                    next.put(ledger, incident, &publishers)?;
                }
                changed.insert(id);
            }
        }
        changed.extend(next.count_reviewed(ledger, &self.reviewed)?);
        if !first {
            next.take_orders(self, &changed);
        }
        let count = |of: &Overview| {
            changed.iter().filter_map(|id| of.incidents.get(id)).map(|i| i.disagreements).sum::<usize>()
        };
        next.totals.disagreements = match first {
            true => next.incidents.values().map(|i| i.disagreements).sum(),
            false => self.totals.disagreements + count(&next) - count(self),
        };
        let same = self.revision.reading == revision.reading && self.dated == next.dated;
        next.totals.claims = if same { self.totals.claims } else { ledger.count_claims()? };
        Ok(next)
    }

    /// These incidents, without a ledger.
    #[cfg(test)]
    pub(crate) fn of(outlines: impl IntoIterator<Item = IncidentOutline>) -> Self {
        let mut overview = Overview::default();
        for outline in outlines {
            let id = outline.id.clone();
            let listed = Listed::of(outline, &mut overview.values);
            overview.incidents.insert(id, Arc::new(listed));
        }
        overview
    }

    /// The incidents in this order.
    pub(crate) fn ordered(&self, sort: Sort) -> &Vector<Arc<Listed>> {
        self.orders[sort as usize].get_or_init(|| {
            let mut all: Vec<Arc<Listed>> = self.incidents.values().cloned().collect();
            all.sort_by(|l, r| by(sort, l, r));
            all.into()
        })
    }

    /// A kept answer, or a new one.
    pub(crate) fn answer(&self, key: String, make: impl FnOnce() -> Answer) -> Arc<Answer> {
        let kept =
            |answers: &Mutex<HashMap<_, _>>| answers.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = kept(&self.answers) {
            return known;
        }
        let fresh = Arc::new(make());
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= ANSWERS {
            answers.clear();
        }
        answers.insert(key, Arc::clone(&fresh));
        fresh
    }

    /// The incidents in the order in which they matter.
    pub(crate) fn by_weight(&self) -> &Vector<Arc<Listed>> {
        self.queue.get_or_init(|| {
            let mut all: Vec<Arc<Listed>> = self.incidents.values().cloned().collect();
            all.sort_by(|l, r| by_weight(l, r));
            all.into()
        })
    }

    /// Counts the judged claims of each incident; `before` names those that had some. Answers where the count is another.
    fn count_reviewed(&mut self, ledger: &Ledger, before: &BTreeSet<String>) -> Result<Vec<String>, LedgerError> {
        let mut replaced = Vec::new();
        let mut counts: BTreeMap<String, usize> = before.iter().map(|id| (id.clone(), 0)).collect();
        for claim in judged_claims(ledger)? {
            for incident in ledger.incidents_of(&claim)? {
                *counts.entry(incident).or_default() += 1;
            }
        }
        for (id, n) in counts {
            if let Some(listed) = self.incidents.get_mut(&id)
                && listed.outline.reviewed != n
            {
                let outline = IncidentOutline { reviewed: n, ..listed.outline.clone() };
                let disagreements = listed.disagreements;
                let anew = Listed { disagreements, ..Listed::of(outline, &mut self.values) };
                *listed = Arc::new(anew);
                replaced.push(id.clone());
            }
            if n > 0 {
                self.reviewed.insert(id);
            }
        }
        Ok(replaced)
    }

    /// Takes over the orders of an earlier overview, with the changed incidents at their places.
    fn take_orders(&mut self, before: &Overview, changed: &BTreeSet<String>) {
        if changed.len() > PLACED {
            return;
        }
        let gone: Vec<&Arc<Listed>> = changed.iter().filter_map(|id| before.incidents.get(id)).collect();
        let fresh: Vec<&Arc<Listed>> = changed.iter().filter_map(|id| self.incidents.get(id)).collect();
        let taken = |order: &OnceLock<Vector<Arc<Listed>>>, compare: &dyn Fn(&Listed, &Listed) -> Ordering| {
            let Some(order) = order.get() else { return OnceLock::new() };
            let mut now = order.clone();
            for listed in &gone {
                if let Ok(at) = now.binary_search_by(|other| compare(other, listed)) {
                    now.remove(at);
                }
            }
            for &listed in &fresh {
                let at = now.binary_search_by(|other| compare(other, listed)).unwrap_or_else(|at| at);
                now.insert(at, Arc::clone(listed));
            }
            OnceLock::from(now)
        };
        let orders = SORTS.map(|(_, sort)| taken(&before.orders[sort as usize], &|l, r| by(sort, l, r)));
        let queue = taken(&before.queue, &by_weight);
        (self.orders, self.queue) = (orders, queue);
    }

    fn put(
        &mut self,
        ledger: &Ledger,
        incident: Incident,
        publishers: &HashMap<String, String>,
    ) -> Result<(), LedgerError> {
        let confidence = ledger.least_confidence(&incident.id)?;
        let outline = IncidentOutline { confidence, ..outline(&incident, publishers) };
        let listed = Listed { disagreements: incident.disagreements.len(), ..Listed::of(outline, &mut self.values) };
        self.incidents.insert(incident.id, Arc::new(listed));
        Ok(())
    }
}

/// Claims that some judgement in force speaks of.
fn judged_claims(ledger: &Ledger) -> Result<BTreeSet<String>, LedgerError> {
    let mut claims = BTreeSet::new();
    for judgement in ledger.judgements_in_force()? {
        match &judgement.action {
            Action::Accept { claim }
            | Action::Reject { claim }
            | Action::Correct { claim, .. }
            | Action::Move { claim, .. } => drop(claims.insert(claim.clone())),
            Action::Merge { claims: both } => claims.extend(both.iter().cloned()),
            Action::Split { claims: some, from } => claims.extend(some.iter().chain(from).cloned()),
            _ => {}
        }
    }
    Ok(claims)
}

fn outline(incident: &Incident, publishers: &HashMap<String, String>) -> IncidentOutline {
    let names: BTreeSet<&String> =
        incident.reports.iter().filter_map(|id| publishers.get(id)).filter(|name| !name.is_empty()).collect();
    let count = |verdict| incident.disagreements.iter().filter(|d| d.verdict == verdict).count();
    let own = |source: &&String| !source.starts_with("publisher: ");
    IncidentOutline {
        id: incident.id.clone(),
        title: incident.title.clone(),
        event_type: incident.event_type.clone(),
        state_of_affairs: incident.state_of_affairs,
        time: incident.time.clone(),
        place: incident.place.clone(),
        actors: incident.actors.clone(),
        sources: incident.accounts.iter().map(|a| &a.source).filter(own).cloned().collect(),
        publishers: names.into_iter().cloned().collect(),
        claims: incident.claims.len(),
        reports: incident.reports.len(),
        origins: incident.origins,
        figures: incident
            .figures
            .iter()
            .map(|f| FigureOutline {
                measure: f.measure.clone(),
                category: f.category.clone(),
                side: f.side.clone(),
                min: f.min,
                max: f.max,
                observations: f.observations.len(),
            })
            .collect(),
        contradictions: count(Verdict::Contradiction),
        updates: count(Verdict::Update),
        reviewed: 0,
        confidence: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(id: &str, title: &str, reports: usize, day: Option<&str>) -> IncidentOutline {
        let time =
            IncidentTime { earliest: day.map(str::to_owned), latest: day.map(str::to_owned), ..Default::default() };
        IncidentOutline { id: id.into(), title: title.into(), reports, time, ..Default::default() }
    }

    #[test]
    fn orders_that_outlive_a_change_are_those_that_would_be_made_anew() {
        let some = |list: &[(&str, &str, usize, Option<&str>)]| {
            Overview::of(list.iter().map(|&(id, title, reports, day)| outline(id, title, reports, day)))
        };
        let before = some(&[
            ("a", "Quarry", 3, Some("2031-05-02")),
            ("b", "Ferry", 1, None),
            ("c", "Mill", 3, Some("2031-05-01")),
            ("d", "Weir", 9, Some("2031-05-09")),
        ]);
        let orders = |of: &Overview| {
            let ids = |list: &Vector<Arc<Listed>>| list.iter().map(|i| i.outline.id.clone()).collect::<Vec<_>>();
            SORTS.map(|(_, sort)| ids(of.ordered(sort))).into_iter().chain([ids(of.by_weight())]).collect::<Vec<_>>()
        };
        let old = orders(&before);
        // One revised, one gone, one new.
        let now = [
            ("a", "Quarry", 12, None),
            ("c", "Mill", 3, Some("2031-05-01")),
            ("d", "Weir", 9, Some("2031-05-09")),
            ("e", "Abbey", 5, Some("2031-05-03")),
        ];
        let (mut taken, anew) = (some(&now), some(&now));
        for id in ["c", "d"] {
            taken.incidents.insert(id.into(), Arc::clone(&before.incidents[id]));
        }
        taken.take_orders(&before, &["a", "b", "e"].map(str::to_owned).into());
        assert!(taken.orders.iter().all(|order| order.get().is_some()), "nothing is sorted again");
        assert_eq!(orders(&taken), orders(&anew));
        assert_ne!(orders(&taken), old);
    }
}
