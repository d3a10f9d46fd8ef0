//! Agreements and ceasefires, with what is said of their keeping.
use crate::{ClaimFilter, Ledger, Result, Revision};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use variorum_link::Reading;
use variorum_model::{Agreement, Claim, Incident, Report};

/// What agreements are made from: the reports that tell of one or of a breach, and the incidents that they count in. Kept
/// by those who ask again and again; [`Ledger::bring_agreements_up_to`] reads what has changed.
#[derive(Default)]
pub struct AgreementBook {
    revision: Revision,
    /// By report id.
    readings: Vec<Reading>,
    /// Claims of these types.
    telling: HashSet<String>,
    /// By first day (undated ones last) and id, as [`Ledger::incidents`] gives them.
    incidents: BTreeMap<(String, String), Incident>,
    day_of: BTreeMap<String, String>,
}

impl Ledger {
    /// The agreements among the incidents as last linked, in their order.
    pub fn agreements(&self) -> Result<Vec<Agreement>> {
        Ok(self.bring_agreements_up_to(&mut AgreementBook::default())?.unwrap_or_default())
    }

    /// The agreements as the ledger stands now; nothing where they are as they were when the book was last brought up to
    /// date. Only reports that tell of an agreement or of a breach are looked at.
    pub fn bring_agreements_up_to(&self, book: &mut AgreementBook) -> Result<Option<Vec<Agreement>>> {
        let revision = self.revision()?;
        let first = book.revision == Revision::default();
        let kinds: BTreeSet<&str> = self.linker.agreement_types().collect();
        let mut changed = first;
        let reports = if first { self.telling_reports(&kinds)? } else { self.reports_changed_after(book.revision)? };
        for id in reports {
            let filter = ClaimFilter { report: Some(id.clone()), ..ClaimFilter::default() };
            let claims: Vec<Claim> = self.claims(filter).collect::<Result<_>>()?;
            changed |= book.read(&id, claims, &kinds, || Ok(self.report(&id)?.report))?;
        }
        if first {
            for incident in self.incidents() {
                book.hold(incident?);
            }
        } else {
            for id in self.changed_after(book.revision.change)? {
                changed |= match self.incident_now(&id)? {
                    Some(incident) => book.hold(incident),
                    None => book.let_go(&id).is_some(),
                };
            }
        }
        book.revision = revision;
        let incidents: Vec<Incident> = if changed { book.incidents.values().cloned().collect() } else { Vec::new() };
        Ok(changed.then(|| self.linker.agreements(&incidents, &book.readings)))
    }

    /// Ids of the reports with a claim of one of these types.
    fn telling_reports(&self, kinds: &BTreeSet<&str>) -> Result<BTreeSet<String>> {
        let mut ids = BTreeSet::new();
        for claim in self.claims(ClaimFilter::default()) {
            let claim = claim?;
            if kinds.contains(claim.event.kind.as_str()) {
                ids.insert(claim.report);
            }
        }
        Ok(ids)
    }
}

impl AgreementBook {
    /// Takes a report's claims as they read now. True where this changes what the report tells of agreements.
    fn read(
        &mut self,
        id: &str,
        mut claims: Vec<Claim>,
        kinds: &BTreeSet<&str>,
        report: impl FnOnce() -> Result<Report>,
    ) -> Result<bool> {
        // Who accepted a claim does not change what it says.
        claims.iter_mut().for_each(|claim| claim.judgements.clear());
        let tells = |claim: &&Claim| kinds.contains(claim.event.kind.as_str());
        let telling: Vec<String> = claims.iter().filter(tells).map(|claim| claim.id.clone()).collect();
        let at = self.readings.binary_search_by(|reading| reading.report.id.as_str().cmp(id));
        let known = at.ok().map(|at| &self.readings[at].claims);
        if known.is_some_and(|known| *known == claims) || (known.is_none() && telling.is_empty()) {
            return Ok(false);
        }
        for claim in known.into_iter().flatten() {
            self.telling.remove(&claim.id);
        }
        match (at, telling.is_empty()) {
            (Ok(at), true) => drop(self.readings.remove(at)),
            (Ok(at), false) => self.readings[at] = Reading { report: report()?, claims },
            (Err(at), _) => self.readings.insert(at, Reading { report: report()?, claims }),
        }
        self.telling.extend(telling);
        Ok(true)
    }

    /// Takes an incident as it stands now. True where it bears on agreements and says something else than before.
    fn hold(&mut self, mut incident: Incident) -> bool {
        incident.previous_ids.clear();
        let before = self.let_go(&incident.id);
        if !incident.claims.iter().any(|claim| self.telling.contains(claim)) {
            return before.is_some();
        }
        let changed = before.as_ref() != Some(&incident);
        let day = incident.time.earliest.clone().unwrap_or_else(|| "~".to_owned());
        self.day_of.insert(incident.id.clone(), day.clone());
        self.incidents.insert((day, incident.id.clone()), incident);
        changed
    }

    fn let_go(&mut self, id: &str) -> Option<Incident> {
        let day = self.day_of.remove(id)?;
        self.incidents.remove(&(day, id.to_owned()))
    }
}
