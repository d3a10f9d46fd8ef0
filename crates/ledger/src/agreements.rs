//! Agreements and ceasefires, with what is said of their keeping.
use crate::{ClaimFilter, Ledger, Result};
use std::collections::BTreeSet;
use variorum_link::Reading;
use variorum_model::{Agreement, Incident};

impl Ledger {
    /// The agreements among the incidents as last linked, in their order. Only reports that tell of an agreement or of a
    /// breach are read again.
    pub fn agreements(&self) -> Result<Vec<Agreement>> {
        let incidents: Vec<Incident> = self.incidents().collect::<Result<_>>()?;
        let kinds: BTreeSet<&str> = self.linker.agreement_types().collect();
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for claim in self.claims(ClaimFilter::default()) {
            let claim = claim?;
            if kinds.contains(claim.event.kind.as_str()) {
                wanted.insert(claim.report);
            }
        }
        let mut readings: Vec<Reading> = Vec::new();
        for id in wanted {
            let report = self.report(&id)?.report;
            let filter = ClaimFilter { report: Some(id), ..ClaimFilter::default() };
            readings.push(Reading { report, claims: self.claims(filter).collect::<Result<_>>()? });
        }
        Ok(self.linker.agreements(&incidents, &readings))
    }
}
