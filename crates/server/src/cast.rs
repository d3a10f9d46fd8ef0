//! Who speaks and who is spoken of, over the whole ledger: actors, and publishers with what they share.
use crate::facts::{Dispute, Facts, Held, Symbol, Told};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::ToSchema;
use variorum_model::Stance;

/// An actor in outline.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ActorOutline {
    /// Canonical name where the register knows it, else the words of the texts.
    pub name: String,
    /// Register id; empty for an actor that only the texts know.
    pub id: String,
    /// state, de facto authority, an organisation's kind, or institution; empty where the register does not know it.
    pub kind: String,
    /// Other names of the register.
    pub aliases: Vec<String>,
    /// Claims it is the innermost voice of.
    pub says: usize,
    /// Of these, denials.
    pub denies: usize,
    /// Of these, accusations.
    pub accuses: usize,
    /// Claims of others that it passes on.
    pub passes_on: usize,
    /// Claims in which it acts.
    pub acts: usize,
    /// Claims in which something is done to it.
    pub suffers: usize,
    /// Incidents in which it speaks or acts.
    pub incidents: usize,
    /// Who contradicts it, with the number of contradictions, the most frequent first; `publisher: NAME` where an outlet
    /// does so in its own voice.
    pub contradicted_by: Vec<Times>,
}

/// A name with how often.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Times {
    /// The name.
    pub name: String,
    /// How often.
    pub n: usize,
}

/// A publisher in outline.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct PublisherOutline {
    /// Its name; empty for reports whose publisher is not known.
    pub name: String,
    /// Its reports.
    pub reports: usize,
    /// Claims in them.
    pub claims: usize,
    /// Of these, in its own voice.
    pub own_voice: usize,
    /// Incidents that it tells of.
    pub incidents: usize,
    /// Of these, those of which it alone tells.
    pub alone: usize,
    /// First day of publication.
    pub first: Option<String>,
    /// Last day of publication.
    pub last: Option<String>,
    /// With whom its reports share origins, with the number of origins, the most frequent first.
    pub shares_with: Vec<Times>,
    /// What is said of copying where it is named, word for word from the reasons of origins, with the number of origins.
    pub copying: Vec<Times>,
}

/// One contradiction of an actor.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Contradiction {
    /// Incident id.
    pub incident: String,
    /// Its title.
    pub title: String,
    /// figure, denial, blame, time, place, other.
    pub kind: String,
    /// One plain sentence.
    pub reason: String,
    /// Who says otherwise; `publisher: NAME` for an outlet's own voice.
    pub by: Vec<String>,
}

/// An actor with what it is known by.
#[derive(Default)]
pub(crate) struct Actor {
    /// Without what the register knows.
    pub(crate) outline: ActorOutline,
    /// Ids of the first claims that it makes, denials among them.
    pub(crate) says: Vec<Arc<str>>,
    /// Ids of the first claims in which it acts or something is done to it.
    pub(crate) done: Vec<Arc<str>>,
    pub(crate) contradictions: Vec<Contradiction>,
}

/// Everybody, as of one generation of the facts.
#[derive(Default)]
pub(crate) struct Cast {
    pub(crate) generation: u64,
    pub(crate) actors: BTreeMap<Arc<str>, Actor>,
    pub(crate) publishers: BTreeMap<String, PublisherOutline>,
}

/// Names that stand beside a count at most.
const NAMED: usize = 12;
/// Contradictions that are kept of one actor.
const KEPT: usize = 200;
/// Claims of one kind that are kept of one actor.
pub(crate) const SHOWN: usize = 100;
/// How accounts name a publisher that speaks itself.
const OWN_VOICE: &str = "publisher: ";

/// What is counted of a name while claims are gone through.
#[derive(Default)]
struct Counts {
    outline: ActorOutline,
    says: Vec<Symbol>,
    done: Vec<Symbol>,
    /// Whether any claim names it.
    named: bool,
    contradictions: Vec<Contradiction>,
    contradicted_by: BTreeMap<Symbol, usize>,
}

impl Cast {
    /// Counts all anew: the facts are numbers in memory.
    pub(crate) fn of(facts: &Facts) -> Self {
        let mut counts: Vec<Counts> = Vec::new();
        counts.resize_with(facts.names.len(), Counts::default);
        let mut told: Vec<Option<&Told>> = vec![None; facts.claim_ids.len()];
        for claim in facts.reports.values().flat_map(|r| &r.claims) {
            told[claim.id as usize] = Some(claim);
            take(&mut counts, claim);
        }
        for ((_, id), incident) in &facts.incidents {
            let mut there: Vec<Symbol> = Vec::new();
            for claim in incident.claims.iter().filter_map(|c| told[*c as usize]) {
                there.extend(claim.sources.iter().chain(&claim.actors).chain(&claim.targets));
            }
            there.sort_unstable();
            there.dedup();
            there.iter().for_each(|name| counts[*name as usize].outline.incidents += 1);
            incident.disputes.iter().for_each(|dispute| contradict(&mut counts, facts, (id, incident), dispute));
        }
        let mut cast = Cast { generation: facts.generation, publishers: publishers(facts), ..Cast::default() };
        let actors = counts.into_iter().enumerate().filter(|(_, count)| count.named).map(|(symbol, count)| {
            let name = facts.names.word(symbol as Symbol);
            let ids = |claims: &[Symbol]| claims.iter().map(|c| Arc::clone(facts.claim_ids.word(*c))).collect();
            let by = count.contradicted_by.iter().map(|(by, n)| (&**facts.names.word(*by), *n));
            let outline = ActorOutline { name: name.to_string(), contradicted_by: most(by), ..count.outline };
            let (says, done) = (ids(&count.says), ids(&count.done));
            (Arc::clone(name), Actor { outline, says, done, contradictions: count.contradictions })
        });
        cast.actors = actors.collect();
        cast
    }
}

/// Counts a claim with everybody in it.
fn take(counts: &mut [Counts], claim: &Told) {
    for (depth, source) in claim.sources.iter().enumerate() {
        let count = &mut counts[*source as usize];
        count.named = true;
        if depth + 1 < claim.sources.len() {
            count.outline.passes_on += 1;
        } else {
            count.outline.says += 1;
            count.outline.denies += usize::from(claim.stance == Stance::Deny);
            count.outline.accuses += usize::from(claim.stance == Stance::Accuse);
            if count.says.len() < SHOWN {
                count.says.push(claim.id);
            }
        }
    }
    for (list, acts) in [(&claim.actors, true), (&claim.targets, false)] {
        for name in list {
            let count = &mut counts[*name as usize];
            count.named = true;
            *(if acts { &mut count.outline.acts } else { &mut count.outline.suffers }) += 1;
            if count.done.len() < SHOWN && count.done.last() != Some(&claim.id) {
                count.done.push(claim.id);
            }
        }
    }
}

/// Who stands on the other side of a contradiction.
fn contradict(counts: &mut [Counts], facts: &Facts, (id, incident): (&str, &Held), dispute: &Dispute) {
    for (n, side) in dispute.sides.iter().enumerate() {
        let others = dispute.sides.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, s)| s.iter().copied());
        let others: BTreeSet<Symbol> = others.collect();
        for source in side {
            let own_voice = facts.names.word(*source).starts_with(OWN_VOICE);
            let count = &mut counts[*source as usize];
            if own_voice || !count.named {
                continue;
            }
            let by: Vec<Symbol> = others.iter().copied().filter(|o| o != source).collect();
            by.iter().for_each(|other| *count.contradicted_by.entry(*other).or_default() += 1);
            if count.contradictions.len() < KEPT {
                let mut by: Vec<String> = by.iter().map(|name| facts.names.word(*name).to_string()).collect();
                by.sort();
                count.contradictions.push(Contradiction {
                    incident: id.to_owned(),
                    title: incident.title.clone(),
                    kind: dispute.kind.clone(),
                    reason: dispute.reason.clone(),
                    by,
                });
            }
        }
    }
}

/// The publishers, with whom they have the same information from one place, and what the reasons say of copying.
fn publishers(facts: &Facts) -> BTreeMap<String, PublisherOutline> {
    let mut all: BTreeMap<Symbol, PublisherOutline> = BTreeMap::new();
    for report in facts.reports.values() {
        let publisher = all.entry(report.publisher).or_default();
        publisher.reports += 1;
        publisher.first = [publisher.first.take(), report.day.clone()].into_iter().flatten().min();
        publisher.last = publisher.last.take().max(report.day.clone());
        publisher.claims += report.claims.len();
        publisher.own_voice += report.claims.iter().filter(|c| c.sources.is_empty()).count();
    }
    let publisher_of = |report: &Symbol| {
        let number = facts.number_of.get(report)?;
        let publisher = facts.reports.get(number)?.publisher;
        (!facts.names.word(publisher).is_empty()).then_some(publisher)
    };
    let mut shares: BTreeMap<Symbol, BTreeMap<Symbol, usize>> = BTreeMap::new();
    let mut copying: BTreeMap<Symbol, BTreeMap<&str, usize>> = BTreeMap::new();
    for incident in facts.incidents.values() {
        let tellers: BTreeSet<Symbol> = incident.reports.iter().filter_map(publisher_of).collect();
        for teller in &tellers {
            let publisher = all.entry(*teller).or_default();
            publisher.incidents += 1;
            publisher.alone += usize::from(tellers.len() == 1);
        }
        for (reports, reason) in &incident.shared {
            let sharing: BTreeSet<Symbol> = reports.iter().filter_map(publisher_of).collect();
            for one in &sharing {
                let with = shares.entry(*one).or_default();
                sharing.iter().filter(|o| *o != one).for_each(|other| *with.entry(*other).or_default() += 1);
                let name = &**facts.names.word(*one);
                // After the first part, which says who is quoted, each says who takes what from whom.
                for part in reason.trim_end_matches('.').split("; ").skip(1).filter(|p| p.contains(name)) {
                    *copying.entry(*one).or_default().entry(part).or_default() += 1;
                }
            }
        }
    }
    let finished = all.into_iter().map(|(symbol, outline)| {
        let name = facts.names.word(symbol).to_string();
        let with = shares.remove(&symbol).unwrap_or_default();
        let shares_with = most(with.iter().map(|(other, n)| (&**facts.names.word(*other), *n)));
        let copying = most(copying.remove(&symbol).unwrap_or_default().into_iter());
        (name.clone(), PublisherOutline { name, shares_with, copying, ..outline })
    });
    finished.collect()
}

/// The most frequent names first.
fn most<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> Vec<Times> {
    let mut listed: Vec<Times> = counts.map(|(name, n)| Times { name: name.to_owned(), n }).collect();
    listed.sort_by(|l, r| r.n.cmp(&l.n).then_with(|| l.name.cmp(&r.name)));
    listed.truncate(NAMED);
    listed
}
