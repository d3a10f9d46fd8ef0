//! Some incidents of a ledger, with all that they rest on.
use crate::Result;
use crate::table::Table;
use crate::tables::{claims_table, disagreements, figures, incidents_table};
use std::collections::HashMap;
use variorum_ledger::{Judgement, Ledger};
use variorum_model::{Claim, Incident, Report};

/// Incidents with their claims, and the reports that these stand in, without their texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// The incidents in the order asked for.
    pub incidents: Vec<Incident>,
    /// Their claims as judged, by id.
    pub claims: HashMap<String, Claim>,
    /// Their reports by id.
    pub reports: HashMap<String, Report>,
    /// Notes in force about the incidents and their claims.
    pub notes: Vec<Judgement>,
}

/// Names of the tables of a selection.
pub const SELECTED: [&str; 4] = ["incidents", "claims", "figures", "disagreements"];

impl Selection {
    /// The incidents with these ids; ids of no incident are passed over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, ids: &[String]) -> Result<Self> {
        let mut selection = Selection::default();
        let claims = ledger.claims_by_id()?;
        for id in ids {
            let Some(incident) = ledger.incident_now(id)? else { continue };
            for claim in claims.of(&incident.claims)? {
                if !selection.reports.contains_key(&claim.report) {
                    let report = ledger.report(&claim.report)?.report;
                    let bare = Report { text: String::new(), ..report };
                    selection.reports.insert(claim.report.clone(), bare);
                }
                selection.claims.insert(claim.id.clone(), claim);
            }
            selection.incidents.push(incident);
        }
        let speaks = |about: &str| {
            selection.claims.contains_key(about) || selection.incidents.iter().any(|incident| incident.id == *about)
        };
        let noted = |j: &&std::sync::Arc<Judgement>| matches!(&j.action, variorum_ledger::Action::Note { about, .. } if speaks(about.as_str()));
        selection.notes = ledger.judgements_in_force()?.iter().filter(noted).map(|j| Judgement::clone(j)).collect();
        Ok(selection)
    }

    /// One of the tables of [`SELECTED`]; nothing for another name.
    pub fn table(&self, name: &str) -> Option<Table> {
        match name {
            "incidents" => Some(incidents_table(&self.incidents)),
            "claims" => {
                let ids = self.incidents.iter().flat_map(|incident| &incident.claims);
                let mut seen = std::collections::HashSet::new();
                let claims: Vec<Claim> =
                    ids.filter(|id| seen.insert(*id)).filter_map(|id| self.claims.get(id).cloned()).collect();
                Some(claims_table(&claims, &self.incidents, &self.reports))
            }
            "figures" => Some(figures(&self.incidents)),
            "disagreements" => Some(disagreements(&self.incidents)),
            _ => None,
        }
    }
}
