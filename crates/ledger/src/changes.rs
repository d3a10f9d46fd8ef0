//! The change feed: what became of incidents, and why.
use crate::judgement::{Action, Judgement};
use crate::read::{Rows, parsed};
use crate::{Ledger, Result};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::Incident;

/// What became of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It is new.
    Created,
    /// It took in others.
    Merged,
    /// It came off another, which is still there.
    Split,
    /// It says something else.
    Revised,
    /// It is no more.
    Removed,
}

/// One field that reads otherwise. Of lists only what went and what came is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name; of a figure `figures/killed/people/SIDE`.
    pub field: String,
    /// What stood there.
    pub was: Value,
    /// What stands there.
    pub now: Value,
}

/// Why an incident changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cause {
    /// A report was read, or read anew.
    Report {
        /// Report id.
        report: String,
    },
    /// A person judged.
    Judgement {
        /// Judgement id.
        judgement: String,
        /// `merge`, `undo` …
        what: String,
        /// Who.
        author: String,
    },
    /// The program links otherwise than it did.
    Rules {
        /// Version before.
        was: String,
        /// Version now.
        now: String,
    },
}

/// One entry of the feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its number: ask for what came after it.
    #[serde(default)]
    pub seq: i64,
    /// RFC 3339.
    pub at: String,
    /// What became of it.
    pub what: What,
    /// Incident id.
    pub incident: String,
    /// Its title; of a removed one, the title it had.
    pub title: String,
    /// Incidents whose claims it has, other than itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Of a removed one: incidents that have its claims.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<String>,
    /// What it says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// Why: what bears on its own claims; failing that, all that was new.
    pub because: Vec<Cause>,
}

/// From where the feed is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// After this entry; 0 for all.
    Seq(i64),
    /// From this time on: RFC 3339 in UTC, or the start of one (a day).
    Time(String),
}

/// Reports named as causes where nothing bears on the incident itself.
const INDIRECT: usize = 5;

/// What was new when incidents were made.
#[derive(Default)]
pub(crate) struct News {
    pub reports: BTreeSet<String>,
    pub judgements: Vec<Judgement>,
    pub rules: Option<(String, String)>,
}

impl News {
    /// What of this bears on an incident that has, or had, these claims and reports.
    fn because(&self, claims: &BTreeSet<&str>, reports: &BTreeSet<&str>) -> Vec<Cause> {
        let report = |id: &String| Cause::Report { report: id.clone() };
        let judgement = |j: &Judgement| Cause::Judgement {
            judgement: j.id.clone(),
            what: j.action.kind().to_owned(),
            author: j.author.clone(),
        };
        let mut causes: Vec<Cause> = Vec::new();
        if let Some((was, now)) = &self.rules {
            causes.push(Cause::Rules { was: was.clone(), now: now.clone() });
        }
        causes.extend(self.judgements.iter().filter(|j| bears(j, claims, reports)).map(judgement));
        causes.extend(self.reports.iter().filter(|id| reports.contains(id.as_str())).map(report));
        if causes.is_empty() {
            // It moved because its neighbours did.
            causes.extend(self.judgements.iter().map(judgement));
            causes.extend(self.reports.iter().take(INDIRECT).map(report));
        }
        causes
    }
}

fn bears(judgement: &Judgement, claims: &BTreeSet<&str>, reports: &BTreeSet<&str>) -> bool {
    let of_report = judgement.action.reports().iter().any(|r| reports.contains(r));
    let of_ground = |g: &crate::Ground| {
        claims.contains(g.claim.as_str()) || g.claim.is_empty() && reports.contains(g.report.as_str())
    };
    of_report || judgement.grounds.iter().any(of_ground)
}

/// What became of incidents: `old` were there, `made` are there in their place, `kept` stayed as they were.
pub(crate) fn changes(
    old: &BTreeMap<String, Incident>,
    made: &BTreeMap<String, Incident>,
    news: &News,
    at: &str,
) -> Vec<Change> {
    let mut owner: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for incident in old.values() {
        for claim in &incident.claims {
            owner.entry(claim).or_default().push(&incident.id);
        }
    }
    let mut into: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut entries = Vec::new();
    // An incident that is no more and lives on as one other has changed its name only.
    let mut renamed: BTreeSet<&str> = BTreeSet::new();
    for incident in made.values() {
        let before: BTreeSet<&str> =
            incident.claims.iter().flat_map(|c| owner.get(c.as_str()).into_iter().flatten()).copied().collect();
        for id in &before {
            into.entry(id).or_default().insert(&incident.id);
        }
        let gone: Vec<&str> = before.iter().filter(|id| !made.contains_key(**id)).copied().collect();
        let there: Vec<&str> =
            before.iter().filter(|id| made.contains_key(**id) && **id != incident.id).copied().collect();
        let known = old.get(&incident.id);
        let (what, ancestor, from) = match (known, gone.as_slice(), there.as_slice()) {
            (Some(was), [], _) => (What::Revised, Some(was), Vec::new()),
            (Some(was), gone, _) => (What::Merged, Some(was), gone.to_vec()),
            (None, [], []) => (What::Created, None, Vec::new()),
            (None, [], there) => (What::Split, None, there.to_vec()),
            (None, [one], _) => {
                renamed.insert(one);
                (What::Revised, old.get(*one), vec![*one])
            }
            (None, several, _) => (What::Merged, None, several.to_vec()),
        };
        let fields = ancestor.map(|was| differences(was, incident)).unwrap_or_default();
        if what == What::Revised && fields.is_empty() {
            continue;
        }
        let was = before.iter().filter_map(|id| old.get(*id)).chain(known);
        let all: Vec<&Incident> = was.chain([incident]).collect();
        entries.push(entry(what, incident, &all, from, Vec::new(), fields, news, at));
    }
    for (id, incident) in old.iter().filter(|(id, _)| !made.contains_key(*id)) {
        let into: Vec<&str> = into.get(id.as_str()).into_iter().flatten().copied().collect();
        if !(renamed.contains(id.as_str()) && into.len() == 1) {
            entries.push(entry(What::Removed, incident, &[incident], Vec::new(), into, Vec::new(), news, at));
        }
    }
    entries
}

#[allow(clippy::too_many_arguments)]
fn entry(
    what: What,
    incident: &Incident,
    all: &[&Incident],
    from: Vec<&str>,
    into: Vec<&str>,
    fields: Vec<FieldChange>,
    news: &News,
    at: &str,
) -> Change {
    let claims = all.iter().flat_map(|i| &i.claims).map(String::as_str).collect();
    let reports = all.iter().flat_map(|i| &i.reports).map(String::as_str).collect();
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    Change {
        seq: 0,
        at: at.to_owned(),
        what,
        incident: incident.id.clone(),
        title: incident.title.clone(),
        from: owned(from),
        into: owned(into),
        fields,
        because: news.because(&claims, &reports),
    }
}

/// Fields of an incident that read otherwise, in the order of the contract.
fn differences(was: &Incident, now: &Incident) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    let mut note = |field: &str, was: Value, now: Value| {
        if was != now {
            fields.push(FieldChange { field: field.to_owned(), was, now });
        }
    };
    note("id", json!(was.id), json!(now.id));
    note("title", json!(was.title), json!(now.title));
    note("event_type", json!(was.event_type), json!(now.event_type));
    note("state_of_affairs", json!(was.state_of_affairs), json!(now.state_of_affairs));
    note("time", json!(was.time), json!(now.time));
    note("place", json!(was.place), json!(now.place));
    let mut lists = |field: &str, was: Vec<Value>, now: Vec<Value>| {
        let left: Vec<&Value> = was.iter().filter(|v| !now.contains(v)).collect();
        let came: Vec<&Value> = now.iter().filter(|v| !was.contains(v)).collect();
        note(field, json!(left), json!(came));
    };
    let texts = |list: &[String]| list.iter().map(|t| json!(t)).collect::<Vec<_>>();
    lists("actors", texts(&was.actors), texts(&now.actors));
    lists("claims", texts(&was.claims), texts(&now.claims));
    lists("reports", texts(&was.reports), texts(&now.reports));
    let reasons = |i: &Incident| i.disagreements.iter().map(|d| json!(d.reason)).collect::<Vec<_>>();
    lists("disagreements", reasons(was), reasons(now));
    note("publishers", json!(was.publishers), json!(now.publishers));
    note("origins", json!(was.origins), json!(now.origins));
    let ranges = |i: &Incident| -> BTreeMap<String, Value> {
        let named = i.figures.iter().map(|f| {
            let name = format!("figures/{}/{}/{}", f.measure, f.category, f.side);
            let range = json!({"min": f.min, "max": f.max, "low": f.low, "best": f.best, "high": f.high});
            (name.trim_end_matches('/').to_owned(), range)
        });
        named.collect()
    };
    let (before, after) = (ranges(was), ranges(now));
    for field in before.keys().chain(after.keys().filter(|f| !before.contains_key(*f))) {
        let of = |ranges: &BTreeMap<String, Value>| ranges.get(field).cloned().unwrap_or(Value::Null);
        note(field, of(&before), of(&after));
    }
    fields
}

impl Ledger {
    /// What became of incidents, in the order in which it did. Each entry is written once and never changed.
    pub fn changes(&self, since: Since) -> Rows<'_, Change> {
        let (mut last, from) = match since {
            Since::Seq(seq) => (seq, String::new()),
            Since::Time(time) => (0, time),
        };
        Rows::new(move || {
            let sql = "SELECT seq, body FROM change WHERE seq > ?1 AND at >= ?2 ORDER BY seq LIMIT 256";
            let rows: Vec<Change> = self.collect(sql, params![last, from], |row| {
                let change: Change = parsed(row, 1)?;
                Ok(Change { seq: row.get(0)?, ..change })
            })?;
            last = rows.last().map_or(last, |change| change.seq);
            Ok(rows)
        })
    }

    pub(crate) fn log_changes(&self, changes: &[Change]) -> Result<()> {
        let sql = "INSERT INTO change (at, incident, body) VALUES (?1, ?2, ?3)";
        for change in changes {
            let body = serde_json::to_string(change).expect("plain data");
            self.run(sql, params![change.at, change.incident, body])?;
        }
        Ok(())
    }

    /// What is new since the incidents were made: judgements after `judgements`, these reports, another method.
    pub(crate) fn news(
        &self,
        reports: BTreeSet<String>,
        judgements: i64,
        rules: Option<(String, String)>,
    ) -> Result<News> {
        let sql = "SELECT body FROM judgement WHERE number > ?1 ORDER BY number";
        let mut new: Vec<Judgement> = self.collect(sql, [judgements], |row| parsed(row, 0))?;
        // Taking back bears on what was taken back.
        for judgement in &mut new {
            let mut target = match &judgement.action {
                Action::Undo { judgement } => Some(self.judgement(judgement)?),
                _ => None,
            };
            while let Some(undone) = target {
                judgement.grounds.extend(undone.grounds.iter().cloned());
                for report in undone.action.reports() {
                    judgement.grounds.push(crate::Ground { report: report.to_owned(), ..crate::Ground::default() });
                }
                target = match &undone.action {
                    Action::Undo { judgement } => Some(self.judgement(judgement)?),
                    _ => None,
                };
            }
        }
        Ok(News { reports, judgements: new, rules })
    }
}
