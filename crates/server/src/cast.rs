//! Who speaks and who is spoken of, over the whole ledger: actors, and publishers with what they share.
use crate::reference::Reference;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use utoipa::ToSchema;
use variorum_ledger::{ClaimFilter, Ledger, LedgerError, Revision};
use variorum_model::{Claim, Incident, Stance, Verdict};

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
    pub(crate) outline: ActorOutline,
    /// Ids of claims that it makes, denials among them.
    pub(crate) says: Vec<String>,
    /// Ids of claims in which it acts or something is done to it.
    pub(crate) done: Vec<String>,
    pub(crate) contradictions: Vec<Contradiction>,
}

/// Everybody, as of one revision.
#[derive(Default)]
pub(crate) struct Cast {
    pub(crate) revision: Revision,
    pub(crate) actors: BTreeMap<String, Actor>,
    pub(crate) publishers: BTreeMap<String, PublisherOutline>,
}

/// Names that stand beside a count at most.
const NAMED: usize = 12;
/// Contradictions that are kept of one actor.
const KEPT: usize = 200;
/// How accounts name a publisher that speaks itself.
const OWN_VOICE: &str = "publisher: ";

impl Cast {
    pub(crate) fn of(ledger: &Ledger, reference: &Reference) -> Result<Self, LedgerError> {
        let mut cast = Cast { revision: ledger.revision()?, ..Cast::default() };
        let mut publisher_of: HashMap<String, String> = HashMap::new();
        for report in ledger.report_heads()? {
            let publisher = cast.publisher(&report.publisher);
            publisher.reports += 1;
            let day = report.published.earliest.clone();
            publisher.first = [publisher.first.take(), day.clone()].into_iter().flatten().min();
            publisher.last = publisher.last.take().max(day);
            publisher_of.insert(report.id, report.publisher);
        }
        let incidents: Vec<Incident> = ledger.incidents().collect::<Result<_, _>>()?;
        let mut incidents_of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, incident) in incidents.iter().enumerate() {
            incident.claims.iter().for_each(|c| incidents_of.entry(c).or_default().push(n));
        }
        let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for claim in ledger.claims(ClaimFilter::default()) {
            let claim = claim?;
            let publisher = cast.publisher(publisher_of.get(&claim.report).map_or("", String::as_str));
            publisher.claims += 1;
            publisher.own_voice += usize::from(claim.sources.is_empty());
            let there = incidents_of.get(claim.id.as_str());
            for name in cast.take(&claim) {
                seen.entry(name).or_default().extend(there.into_iter().flatten());
            }
        }
        for (name, incidents) in seen {
            cast.actor(&name).outline.incidents = incidents.len();
        }
        cast.contradict(&incidents);
        cast.share(&incidents, &publisher_of);
        let directory = reference.register.directory();
        for (name, actor) in &mut cast.actors {
            if let Some(known) = directory.get(name.as_str()) {
                let outline = &mut actor.outline;
                (outline.id, outline.kind) = (known.id.clone(), known.kind.clone());
                outline.aliases = known.aliases.clone();
            }
        }
        Ok(cast)
    }

    fn actor(&mut self, name: &str) -> &mut Actor {
        self.actors.entry(name.to_owned()).or_insert_with(|| Actor {
            outline: ActorOutline { name: name.to_owned(), ..ActorOutline::default() },
            ..Actor::default()
        })
    }

    fn publisher(&mut self, name: &str) -> &mut PublisherOutline {
        let new = || PublisherOutline { name: name.to_owned(), ..PublisherOutline::default() };
        self.publishers.entry(name.to_owned()).or_insert_with(new)
    }

    /// Counts a claim with everybody in it, and says who they are.
    fn take(&mut self, claim: &Claim) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (depth, source) in claim.sources.iter().enumerate() {
            let actor = self.actor(&source.name);
            if depth + 1 < claim.sources.len() {
                actor.outline.passes_on += 1;
            } else {
                actor.outline.says += 1;
                actor.outline.denies += usize::from(claim.stance == Stance::Deny);
                actor.outline.accuses += usize::from(claim.stance == Stance::Accuse);
                actor.says.push(claim.id.clone());
            }
            names.insert(source.name.clone());
        }
        for (list, acts) in [(&claim.actors, true), (&claim.targets, false)] {
            for named in list {
                let actor = self.actor(&named.name);
                *(if acts { &mut actor.outline.acts } else { &mut actor.outline.suffers }) += 1;
                if actor.done.last() != Some(&claim.id) {
                    actor.done.push(claim.id.clone());
                }
                names.insert(named.name.clone());
            }
        }
        names
    }

    /// Who stands on the other side of a contradiction.
    fn contradict(&mut self, incidents: &[Incident]) {
        let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for incident in incidents {
            for d in incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction) {
                for (n, side) in d.sides.iter().enumerate() {
                    let others = d.sides.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, s)| &s.sources);
                    let others: BTreeSet<&str> = others.map(String::as_str).collect();
                    for source in side.sources.iter().filter(|s| !s.starts_with(OWN_VOICE)) {
                        let Some(actor) = self.actors.get_mut(source) else { continue };
                        let by: Vec<&str> = others.iter().copied().filter(|o| o != source).collect();
                        let of = counts.entry(source).or_default();
                        by.iter().for_each(|other| *of.entry(other).or_default() += 1);
                        if actor.contradictions.len() < KEPT {
                            actor.contradictions.push(Contradiction {
                                incident: incident.id.clone(),
                                title: incident.title.clone(),
                                kind: serde_json::to_value(d.kind)
                                    .ok()
                                    .and_then(|v| v.as_str().map(str::to_owned))
                                    .unwrap_or_default(),
                                reason: d.reason.clone(),
                                by: by.iter().map(|name| (*name).to_owned()).collect(),
                            });
                        }
                    }
                }
            }
        }
        for (name, by) in counts {
            self.actor(name).outline.contradicted_by = most(by);
        }
    }

    /// Which publishers have the same information from one place, and what the reasons say of copying.
    fn share(&mut self, incidents: &[Incident], publisher_of: &HashMap<String, String>) {
        let mut shares: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut copying: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for incident in incidents {
            let of = |reports: &[String]| -> BTreeSet<&str> {
                let names = reports.iter().filter_map(|r| publisher_of.get(r));
                names.map(String::as_str).filter(|name| !name.is_empty()).collect()
            };
            let tellers = of(&incident.reports);
            for name in &tellers {
                let publisher = self.publisher(name);
                publisher.incidents += 1;
                publisher.alone += usize::from(tellers.len() == 1);
            }
            for origin in incident.origin_list.iter().filter(|o| o.reports.len() > 1) {
                let sharing = of(&origin.reports);
                for name in &sharing {
                    let with = shares.entry(name).or_default();
                    sharing.iter().filter(|o| *o != name).for_each(|other| *with.entry(other).or_default() += 1);
                    // After the first part, which says who is quoted, each says who takes what from whom.
                    for part in origin.reason.trim_end_matches('.').split("; ").skip(1).filter(|p| p.contains(name)) {
                        *copying.entry(name).or_default().entry(part).or_default() += 1;
                    }
                }
            }
        }
        for (name, with) in shares {
            self.publisher(name).shares_with = most(with);
        }
        for (name, how) in copying {
            self.publisher(name).copying = most(how);
        }
    }
}

/// The most frequent names first.
fn most(counts: BTreeMap<&str, usize>) -> Vec<Times> {
    let mut listed: Vec<Times> = counts.into_iter().map(|(name, n)| Times { name: name.to_owned(), n }).collect();
    listed.sort_by(|l, r| r.n.cmp(&l.n).then_with(|| l.name.cmp(&r.name)));
    listed.truncate(NAMED);
    listed
}
