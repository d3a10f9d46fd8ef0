//! An incident with all that codebooks ask about it.
use super::parties::{Class, Parties, Party};
use crate::table::Cell;
use crate::tables::joined;
use std::collections::{BTreeMap, HashMap};
use variorum_extract::toponym::{Gazetteer, Kind};
use variorum_ledger::StoredReport;
use variorum_model::{Claim, Disagreement, DisagreementKind, Incident, Named, Polarity, Precision, Stance, Verdict};

/// An incident under the eyes of a coder.
pub(crate) struct Case<'c> {
    pub incident: &'c Incident,
    pub claims: &'c [Claim],
    /// Its reports, in the order of publication.
    pub reports: Vec<&'c StoredReport>,
    pub land: Land,
    /// Who did it, by how many claims; none where that is disputed.
    pub doers: Vec<Party>,
    /// To whom, by how many claims.
    pub targets: Vec<Party>,
}

/// Where the incident is, by the gazetteer.
#[derive(Debug, Default)]
pub(crate) struct Land {
    pub admin1: Option<String>,
    pub admin2: Option<String>,
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    pub kind: Option<Kind>,
    /// Of a settlement, where known.
    pub population: Option<f64>,
}

impl Land {
    pub fn of(incident: &Incident, claims: &[Claim], gazetteer: &Gazetteer) -> Self {
        let name = |id| gazetteer.place(id).name.to_owned();
        let own_code = claims
            .iter()
            .flat_map(|c| &c.places)
            .find(|p| p.geonames == incident.place.geonames && p.country.is_some());
        let Some(id) = incident.place.geonames.and_then(|id| gazetteer.by_geonames(id)) else {
            // A place that a person located by hand has no divisions.
            return Land::default();
        };
        let place = gazetteer.place(id);
        let is_country = place.kind == Kind::Country;
        let country = if is_country { Some(id) } else { place.country };
        Land {
            admin1: gazetteer.holder(id, Kind::Admin1).map(name),
            admin2: gazetteer.holder(id, Kind::Admin2).map(name),
            country: country.map(name),
            country_code: country
                .map(|c| gazetteer.code(c).to_owned())
                .or_else(|| own_code.and_then(|p| p.country.clone())),
            kind: Some(place.kind),
            population: (place.log_population > 0.0).then(|| 10f64.powf(f64::from(place.log_population))),
        }
    }
}

impl<'c> Case<'c> {
    pub fn new(
        incident: &'c Incident,
        claims: &'c [Claim],
        reports: &'c HashMap<String, StoredReport>,
        land: Land,
        parties: &Parties<'_>,
    ) -> Self {
        let mut told: Vec<&StoredReport> = incident.reports.iter().filter_map(|id| reports.get(id)).collect();
        told.sort_by(|l, r| {
            let day = |r: &StoredReport| r.report.published.earliest.clone().unwrap_or_else(|| "~".to_owned());
            (day(l), &l.report.id).cmp(&(day(r), &r.report.id))
        });
        let mut case = Case { incident, claims, reports: told, land, doers: Vec::new(), targets: Vec::new() };
        if !case.is_blame_disputed() {
            case.doers = case.by_claims(|c| &c.actors, parties);
        }
        case.targets = case.by_claims(|c| &c.targets, parties);
        case
    }

    /// Claims by which it happened: no denials, no plans, no history.
    pub fn factual(&self) -> impl Iterator<Item = &'c Claim> {
        let holds = |c: &&Claim| {
            c.polarity == Polarity::Happened
                && !c.background
                && matches!(c.stance, Stance::Assert | Stance::Accuse | Stance::Unverified)
        };
        self.claims.iter().filter(holds)
    }

    fn by_claims(&self, names: impl Fn(&'c Claim) -> &'c [Named], parties: &Parties<'_>) -> Vec<Party> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        // The speaker of a statement did nothing but speak.
        let deeds = self.factual().filter(|c| c.event.kind == self.incident.event_type);
        for named in deeds.flat_map(names) {
            *counts.entry(named.name.as_str()).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by(|l, r| r.1.cmp(&l.1).then(l.0.cmp(r.0)));
        counts.into_iter().map(|(name, _)| parties.party(name)).collect()
    }

    fn contradiction(&self, kind: DisagreementKind) -> Option<&'c Disagreement> {
        self.incident.disagreements.iter().find(|d| d.kind == kind && d.verdict == Verdict::Contradiction)
    }

    /// The denial that it happened at all.
    pub fn denial(&self) -> Option<&'c Disagreement> {
        self.contradiction(DisagreementKind::Denial)
    }

    pub fn is_blame_disputed(&self) -> bool {
        self.contradiction(DisagreementKind::Blame).is_some()
    }

    /// Two sides of a fight or an attack: who did it, and the other. Of a clash the second of those who did it.
    pub fn sides(&self) -> (Option<&Party>, Option<&Party>) {
        let first = self.doers.first();
        let other = |p: &&Party| {
            Some(&p.name) != first.map(|f| &f.name)
                && (p.state.is_none() || p.state != first.and_then(|f| f.state.clone()))
        };
        let second = self.targets.iter().find(other).or_else(|| {
            let both_fight =
                self.incident.event_type == "armed-clash" || self.incident.event_type == "ceasefire-violation";
            if both_fight { self.doers.iter().skip(1).find(other) } else { None }
        });
        (first, second)
    }

    /// Some target is not armed.
    pub fn is_on_civilians(&self) -> bool {
        self.targets.iter().any(|p| p.class == Some(Class::Civilian))
    }

    pub fn publishers(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for stored in &self.reports {
            if !stored.report.publisher.is_empty() && !names.contains(&stored.report.publisher) {
                names.push(stored.report.publisher.clone());
            }
        }
        names
    }

    /// The innermost voices.
    pub fn witnesses(&self) -> Cell {
        let mut names: Vec<&str> = self.factual().filter_map(|c| c.sources.last()).map(|s| s.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        joined(names)
    }

    /// Coordinates, where the place is at most a division: a country's point says nothing of where in it.
    pub fn point(&self) -> Option<(f64, f64)> {
        let place = &self.incident.place;
        match place.precision {
            Precision::Unlocated => None,
            _ => place.lat.zip(place.lon),
        }
    }

    /// What the incident is, who reports it, and what is disputed.
    pub fn notes(&self) -> String {
        let incident = self.incident;
        let told = match (self.reports.len(), incident.origins) {
            (1, _) => "1 report".to_owned(),
            (n, 1) => format!("{n} reports, 1 origin"),
            (n, origins) => format!("{n} reports, {origins} origins"),
        };
        let mut notes = format!("{} ({told}).", incident.title);
        for d in incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction) {
            let reason = d.reason.trim_end_matches('.');
            notes.push_str(&format!(" Disputed: {reason}."));
        }
        notes
    }

    /// First day and last day; the last is that of the first where only one is known.
    pub fn days(&self) -> Option<(&'c str, &'c str)> {
        let time = &self.incident.time;
        let first = time.earliest.as_deref()?;
        Some((first, time.latest.as_deref().unwrap_or(first)))
    }

    pub fn year(&self) -> Option<i64> {
        self.days()?.0.get(..4)?.parse().ok()
    }
}
