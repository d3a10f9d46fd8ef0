//! Wholes and parts among the incidents: told from those that share a report, whenever somebody asks.
use crate::read::parsed;
use crate::{Ledger, Result};
use variorum_model::{Incident, PartOf};

/// Ids of the incidents that share a report with one.
const BESIDE: &str = "WITH told AS (SELECT DISTINCT claim.reading FROM incident_claim JOIN claim ON claim.id = \
                      incident_claim.claim WHERE incident_claim.incident = ?1) \
                      SELECT DISTINCT incident_claim.incident FROM told JOIN claim ON claim.reading = told.reading \
                      JOIN incident_claim ON incident_claim.claim = claim.id WHERE incident_claim.incident <> ?1";

impl Ledger {
    /// The campaign that an incident is part of, if any. Costs by the incidents that share a report with it.
    pub fn part_of(&self, incident: &Incident) -> Result<Option<PartOf>> {
        let sql = format!("SELECT body FROM incident WHERE id IN ({BESIDE}) AND body ->> '$.campaign'");
        let wholes: Vec<Incident> = self.collect(&sql, [&incident.id], |row| parsed(row, 0))?;
        Ok(self.linker.part_of(incident, &wholes))
    }

    /// The incidents that are part of a campaign, by first day; none of what is no campaign.
    pub fn parts(&self, whole: &Incident) -> Result<Vec<Incident>> {
        if !whole.campaign {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT body FROM incident WHERE id IN ({BESIDE}) ORDER BY sort, id");
        let beside: Vec<Incident> = self.collect(&sql, [&whole.id], |row| parsed(row, 0))?;
        let mut parts = Vec::new();
        for incident in beside {
            // Of what a narrower campaign holds, the wider one holds that.
            if self.linker.part_of(&incident, [whole]).is_some()
                && self.part_of(&incident)?.is_some_and(|part| part.incident == whole.id)
            {
                parts.push(incident);
            }
        }
        Ok(parts)
    }
}
