//! All incidents in outline: what lists, facets and the map are made from.
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
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
    /// By id.
    pub(crate) incidents: BTreeMap<String, Arc<IncidentOutline>>,
    /// Claims of each incident, for counting judgements anew.
    claims: BTreeMap<String, Arc<Vec<String>>>,
}

impl Overview {
    /// The same as the ledger stands now: only incidents that were made, revised or removed are read again.
    pub(crate) fn brought_up_to(&self, ledger: &Ledger) -> Result<Self, LedgerError> {
        // Taken before anything else is read: what is stored meanwhile is found at the next request.
        let revision = ledger.revision()?;
        let judged = judged_claims(ledger)?;
        let heads = ledger.report_heads()?;
        let publishers: HashMap<String, String> = heads.into_iter().map(|r| (r.id, r.publisher)).collect();
        let mut next = Overview { revision, incidents: self.incidents.clone(), claims: self.claims.clone() };
        if self.revision == Revision::default() {
            for incident in ledger.incidents() {
                next.put(ledger, incident?, &publishers)?;
            }
        } else {
            for id in ledger.changed_after(self.revision.change)? {
                next.incidents.remove(&id);
                next.claims.remove(&id);
                if let Some(incident) = ledger.incident_now(&id)? {
                    next.put(ledger, incident, &publishers)?;
                }
            }
        }
        for (id, claims) in &next.claims {
            let n = claims.iter().filter(|c| judged.contains(*c)).count();
            if let Some(outline) = next.incidents.get_mut(id)
                && outline.reviewed != n
            {
                Arc::make_mut(outline).reviewed = n;
            }
        }
        Ok(next)
    }

    fn put(
        &mut self,
        ledger: &Ledger,
        incident: Incident,
        publishers: &HashMap<String, String>,
    ) -> Result<(), LedgerError> {
        let confidence = ledger.least_confidence(&incident.id)?;
        let outline = IncidentOutline { confidence, ..outline(&incident, publishers) };
        self.claims.insert(incident.id.clone(), Arc::new(incident.claims));
        self.incidents.insert(incident.id, Arc::new(outline));
        Ok(())
    }
}

/// Claims that some judgement in force speaks of.
fn judged_claims(ledger: &Ledger) -> Result<BTreeSet<String>, LedgerError> {
    let mut claims = BTreeSet::new();
    for judgement in ledger.judgements_in_force()? {
        match judgement.action {
            Action::Accept { claim } | Action::Reject { claim } | Action::Correct { claim, .. } => {
                claims.insert(claim);
            }
            Action::Move { claim, .. } => {
                claims.insert(claim);
            }
            Action::Merge { claims: both } => claims.extend(both),
            Action::Split { claims: some, from } => claims.extend(some.into_iter().chain(from)),
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
