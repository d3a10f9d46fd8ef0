//! Agreements and ceasefires as objects: parties, date, terms, and each alleged violation with its replies.
use crate::calendar::{self, Day};
use crate::disagree::Means;
use crate::evidence::Evidence;
use crate::features::{is_denial, meet, stems};
use crate::{Linker, Reading};
use std::collections::{BTreeMap, HashMap};
use variorum_model::{
    Agreement, Claim, CodePoints, DisagreementKind, EVENT_TYPES, Incident, Polarity, SCHEMA, Stance, Statement,
    Verdict, Violation,
};

/// Code points after a mention of an agreement in which its terms are told.
const TERMS: usize = 700;
/// Days before an agreement that a violation of uncertain date may be said to be of.
const SLACK: i32 = 1;

impl Linker {
    /// The agreements among these incidents, in their order. `readings` are the reports that tell of them, with the claims
    /// as the incidents name them; what they do not hold is left out.
    pub fn agreements(&self, incidents: &[Incident], readings: &[Reading]) -> Vec<Agreement> {
        let mut by_id: HashMap<&str, Evidence<'_>> = HashMap::new();
        for reading in readings {
            for (at, claim) in reading.claims.iter().enumerate() {
                by_id.insert(claim.id.as_str(), self.evidence(reading, at));
            }
        }
        let of = |ids: &[String]| ids.iter().filter_map(|id| by_id.get(id.as_str())).collect::<Vec<_>>();
        let mut pacts: Vec<Pact> = Vec::new();
        let mut breaches: Vec<(&Incident, &Evidence<'_>)> = Vec::new();
        for incident in incidents {
            let claims = of(&incident.claims);
            let own: Vec<&Evidence<'_>> = claims.iter().copied().filter(|e| self.kinds.is_pact(e.kind)).collect();
            if self.kinds.is_pact(self.kinds.kind(&incident.event_type)) && !own.is_empty() {
                pacts.push(self.pact(incident, &own, readings));
            }
            let broken = |e: &&Evidence<'_>| self.kinds.is_breach(e.kind) && e.is_factual() && !is_denial(e.claim);
            breaches.extend(claims.into_iter().filter(broken).map(|e| (incident, e)));
        }
        breaches.sort_by_key(|(_, e)| {
            (e.published.is_none(), e.published, e.reading.report.id.as_str(), e.claim.span.start)
        });
        for (incident, breach) in breaches {
            let Some(pact) = self.broken(&pacts, breach) else { continue };
            let replies = replies(incident, breach.claim, &by_id);
            pacts[pact].add(breach, replies);
        }
        pacts.into_iter().map(|p| p.agreement).collect()
    }

    /// Event types that agreements and their violations are told under.
    pub fn agreement_types(&self) -> impl Iterator<Item = &'static str> + '_ {
        let kinds = EVENT_TYPES.iter().enumerate();
        kinds.filter(|(i, _)| self.kinds.is_pact(*i as u8) || self.kinds.is_breach(*i as u8)).map(|(_, id)| *id)
    }

    fn pact(&self, incident: &Incident, own: &[&Evidence<'_>], readings: &[Reading]) -> Pact {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for named in own.iter().flat_map(|e| e.claim.actors.iter().chain(&e.claim.targets)) {
            // "Both sides", "the two armies" name nobody.
            if named.name.starts_with(char::is_uppercase) {
                *counts.entry(named.name.as_str()).or_default() += 1;
            }
        }
        let mut parties: Vec<(&str, usize)> = counts.into_iter().collect();
        parties.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        let mut names: Vec<u32> = parties.iter().flat_map(|(name, _)| stems(name, &self.vocabulary)).collect();
        names.sort_unstable();
        let mut terms: Vec<Statement> = Vec::new();
        for e in own {
            for term in self.terms(e, readings) {
                if !terms.iter().any(|t| t.claim == term.claim) {
                    terms.push(term);
                }
            }
        }
        let agreement = Agreement {
            schema: SCHEMA,
            incident: incident.id.clone(),
            title: incident.title.clone(),
            event_type: incident.event_type.clone(),
            agreed: own.iter().any(|e| e.is_factual() && !is_denial(e.claim)),
            time: incident.time.clone(),
            place: incident.place.clone(),
            parties: parties.into_iter().map(|(name, _)| name.to_owned()).collect(),
            terms,
            violations: Vec::new(),
        };
        let first = agreement.time.earliest.as_deref().and_then(calendar::day);
        let reports = own.iter().map(|e| (e.reading.report.id.clone(), e.claim.article)).collect();
        Pact { agreement, first, parties: names, told: reports }
    }

    /// What is planned or promised close after a mention of the agreement, in a sentence that calls it a term of it.
    fn terms(&self, pact: &Evidence<'_>, readings: &[Reading]) -> Vec<Statement> {
        let Some(reading) = readings.iter().find(|r| r.report.id == pact.reading.report.id) else { return Vec::new() };
        let points = CodePoints::new(&reading.report.text);
        let is_term = |claim: &&Claim| {
            let near = claim.span.start >= pact.claim.span.start && claim.span.start - pact.claim.span.start <= TERMS;
            let wanted = claim.polarity == Polarity::Planned || claim.stance == Stance::Promise;
            if !near || !wanted || claim.article != pact.claim.article || claim.id == pact.claim.id {
                return false;
            }
            let text = &reading.report.text;
            let (start, end) = (points.to_byte(claim.span.start), points.to_byte(claim.span.end));
            let before = text.get(..start).unwrap_or("");
            let from = before.rfind(['\n']).max(before.rfind(". ")).map_or(0, |at| at + 1);
            self.words.find(text.get(from..end).unwrap_or(""), Means::Terms).is_some()
        };
        reading.claims.iter().filter(is_term).map(|claim| statement(claim, &reading.report.id)).collect()
    }

    /// The agreement that a violation is of: of those told in the same article, or made between the same parties, the one
    /// made last before it.
    fn broken(&self, pacts: &[Pact], breach: &Evidence<'_>) -> Option<usize> {
        let day = breach.time.filter(|t| t.width() <= 31).map(|t| t.last).or(breach.published);
        let told = (breach.reading.report.id.clone(), breach.claim.article);
        let fits = |pact: &(usize, &Pact)| {
            let before = pact.1.first.zip(day).is_none_or(|(made, broken)| made <= broken + SLACK);
            before && (pact.1.told.contains(&told) || meet(&breach.doers, &pact.1.parties))
        };
        pacts.iter().enumerate().filter(fits).max_by_key(|(i, p)| (p.first, std::cmp::Reverse(*i))).map(|(i, _)| i)
    }
}

/// An agreement in the making.
struct Pact {
    agreement: Agreement,
    first: Option<Day>,
    parties: Vec<u32>,
    /// Articles that tell of it.
    told: Vec<(String, usize)>,
}

impl Pact {
    /// Joins what one voice says of one accused.
    fn add(&mut self, breach: &Evidence<'_>, replies: Vec<Statement>) {
        let source = breach.claim.sources.last().map(|s| s.name.clone()).unwrap_or_default();
        let accused: Vec<String> = breach.claim.actors.iter().map(|a| a.name.clone()).collect();
        let one = statement(breach.claim, &breach.reading.report.id);
        let time = &breach.claim.time;
        let same = |v: &&mut Violation| v.source == source && v.accused == accused && v.earliest == time.earliest;
        if let Some(known) = self.agreement.violations.iter_mut().find(same) {
            known.claims.push(one);
            for reply in replies {
                if !known.replies.iter().any(|r| r.claim == reply.claim) {
                    known.replies.push(reply);
                }
            }
            return;
        }
        self.agreement.violations.push(Violation {
            source,
            accused,
            earliest: time.earliest.clone(),
            latest: time.latest.clone(),
            claims: vec![one],
            replies,
        });
    }
}

/// What the other sides of its disagreements say.
fn replies(incident: &Incident, breach: &Claim, by_id: &HashMap<&str, Evidence<'_>>) -> Vec<Statement> {
    let mut found: Vec<&Evidence<'_>> = Vec::new();
    for d in &incident.disagreements {
        let answers = matches!(d.kind, DisagreementKind::Denial | DisagreementKind::Blame);
        if !answers || d.verdict != Verdict::Contradiction || !d.sides.iter().any(|s| s.claims.contains(&breach.id)) {
            continue;
        }
        for id in d.sides.iter().filter(|s| !s.claims.contains(&breach.id)).flat_map(|s| &s.claims) {
            found.extend(by_id.get(id.as_str()).filter(|e| !found.iter().any(|f| f.claim.id == e.claim.id)));
        }
    }
    found.into_iter().map(|e| statement(e.claim, &e.reading.report.id)).collect()
}

fn statement(claim: &Claim, report: &str) -> Statement {
    Statement {
        claim: claim.id.clone(),
        report: report.to_owned(),
        source: claim.sources.last().map(|s| s.name.clone()).unwrap_or_default(),
        stance: claim.stance,
        quote: claim.quote.clone(),
    }
}
