//! Alerts from what became of incidents.
use crate::alert::{Alert, Kind};
use crate::config::parse_duration;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use std::time::Duration;
use variorum_ledger::{Cause, Change, FieldChange, Ledger, LedgerError, What};
use variorum_model::{
    CATEGORIES, Disagreement, EVENT_TYPES, FigureRange, Incident, IncidentPlace, MEASURES, SCHEMA, Scope, Verdict,
    stable_id,
};

/// When to say something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    when: Kind,
    /// Only at one of these: names, or GeoNames ids.
    places: Option<Vec<Named>>,
    /// Only of these event types.
    types: Option<Vec<String>>,
    /// Only what can have happened in so long a time before the change; what has no date passes.
    #[serde(default, deserialize_with = "age")]
    newer_than: Option<Duration>,
    /// Of a toll: what is counted, of whom, from how many on, and which estimate decides.
    measure: Option<String>,
    category: Option<String>,
    at_least: Option<f64>,
    estimate: Option<Estimate>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Named {
    Id(u32),
    Name(String),
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Estimate {
    Low,
    #[default]
    Best,
    High,
}

fn age<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    parse_duration(&String::deserialize(from)?).map(Some).map_err(serde::de::Error::custom)
}

impl Estimate {
    fn name(self) -> &'static str {
        match self {
            Estimate::Low => "low",
            Estimate::Best => "best",
            Estimate::High => "high",
        }
    }

    fn of(self, figure: &FigureRange) -> Option<f64> {
        match self {
            Estimate::Low => figure.low,
            Estimate::Best => figure.best,
            Estimate::High => figure.high,
        }
    }
}

/// A change with what is known of its incident now.
struct News<'a> {
    change: &'a Change,
    incident: &'a Incident,
    /// Claims of reports that brought the change, where what the incident was before is not known.
    fresh: Option<BTreeSet<String>>,
}

/// Alerts of one change under these rules.
pub(crate) fn alerts(rules: &[Rule], change: &Change, ledger: &Ledger) -> Result<Vec<Alert>, LedgerError> {
    if rules.is_empty() || change.what == What::Removed {
        return Ok(Vec::new());
    }
    let incident = match ledger.incident(&change.incident) {
        Ok(incident) => incident,
        // Gone since: a later entry of the feed says what became of it.
        Err(e) if e.is_not_found() => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    // Fields are told against what the incident was; one that has no such past has none.
    let fresh = match change.fields.is_empty() && change.what != What::Created {
        true => Some(fresh_claims(&incident, change, ledger)?),
        false => None,
    };
    let news = News { change, incident: &incident, fresh };
    Ok(rules.iter().flat_map(|rule| rule.alerts(&news)).collect())
}

fn fresh_claims(incident: &Incident, change: &Change, ledger: &Ledger) -> Result<BTreeSet<String>, LedgerError> {
    let reports = reports(change);
    let mut fresh = BTreeSet::new();
    for id in &incident.claims {
        if reports.contains(&ledger.claim_as_read(id)?.report) {
            fresh.insert(id.clone());
        }
    }
    Ok(fresh)
}

fn reports(change: &Change) -> Vec<String> {
    let report = |cause: &Cause| match cause {
        Cause::Report { report } => Some(report.clone()),
        _ => None,
    };
    change.because.iter().filter_map(report).collect()
}

impl News<'_> {
    fn field(&self, name: &str) -> Option<&FieldChange> {
        self.change.fields.iter().find(|f| f.field == name)
    }

    /// Whether what rests on these claims is new in this change; `field` is where that would be said.
    fn is_new<'c>(&self, claims: impl IntoIterator<Item = &'c String>, said: impl FnOnce() -> bool) -> bool {
        match (self.change.what, &self.fresh) {
            (What::Created, _) => true,
            (_, Some(fresh)) => claims.into_iter().any(|c| fresh.contains(c)),
            (_, None) => said(),
        }
    }
}

impl Rule {
    /// What is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let is_toll = self.when == Kind::Toll;
        if is_toll && self.at_least.is_none() {
            return Err("an [[alert]] on a toll needs at_least".to_owned());
        }
        if !is_toll
            && (self.measure.is_some() || self.category.is_some() || self.at_least.is_some() || self.estimate.is_some())
        {
            return Err("measure, category, at_least and estimate are for an [[alert]] on a toll".to_owned());
        }
        if self.places.as_ref().map_or(self.when == Kind::Place, |p| p.is_empty()) {
            return Err("an [[alert]] on a place needs places, and a list of places cannot be empty".to_owned());
        }
        let known = |value: Option<&str>, all: &[&str], what: &str| match value {
            Some(v) if !all.contains(&v) => Err(format!("{v:?} is not a {what}; there are {}", all.join(", "))),
            _ => Ok(()),
        };
        known(self.measure.as_deref(), MEASURES, "measure")?;
        known(self.category.as_deref(), CATEGORIES, "category")?;
        self.types.iter().flatten().try_for_each(|t| known(Some(t), EVENT_TYPES, "type"))
    }

    fn alerts(&self, news: &News<'_>) -> Vec<Alert> {
        let incident = news.incident;
        let is_of_type = self.types.as_ref().is_none_or(|types| types.contains(&incident.event_type));
        let is_there = self.places.as_ref().is_none_or(|places| is_at(&incident.place, places));
        if !is_of_type || !is_there || !self.is_recent(news) {
            return Vec::new();
        }
        match self.when {
            Kind::Incident if news.change.what == What::Created => {
                vec![self.alert(news, &[], format!("New incident: {}", incident.title))]
            }
            Kind::Incident => Vec::new(),
            Kind::Place if self.came_there(news) => {
                let message = format!("An incident at {}: {}", incident.place.name, incident.title);
                vec![self.alert(news, &[&incident.place.name], message)]
            }
            Kind::Place => Vec::new(),
            Kind::Contradiction => {
                let new =
                    incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction && is_new(d, news));
                let alert = |d: &Disagreement| {
                    let mut claims: Vec<&str> = d.sides.iter().flat_map(|s| &s.claims).map(String::as_str).collect();
                    claims.sort_unstable();
                    let message = format!("Contradiction over {}: {}", incident.title, d.reason);
                    Alert { disagreement: Some(d.clone()), ..self.alert(news, &claims, message) }
                };
                new.map(alert).collect()
            }
            Kind::Toll => incident.figures.iter().filter_map(|f| self.toll(f, news)).collect(),
        }
    }

    fn is_recent(&self, news: &News<'_>) -> bool {
        let (Some(age), Some(last)) = (self.newer_than, &news.incident.time.latest) else { return true };
        let (Ok(at), Ok(last)) = (news.change.at.parse::<jiff::Timestamp>(), last.parse::<jiff::civil::Date>()) else {
            return true;
        };
        let from = at.checked_sub(age).unwrap_or(at).to_zoned(jiff::tz::TimeZone::UTC).date();
        last >= from
    }

    /// An incident that is new at a place, or is known only now to be there.
    fn came_there(&self, news: &News<'_>) -> bool {
        let Some(places) = &self.places else { return false };
        let was_elsewhere = |field: &FieldChange| match serde_json::from_value::<IncidentPlace>(field.was.clone()) {
            Ok(was) => !is_at(&was, places),
            Err(_) => true,
        };
        news.change.what == What::Created || news.field("place").is_some_and(was_elsewhere)
    }

    /// A figure of the happening itself; what counts over a longer stretch has nothing to do with it.
    fn toll(&self, figure: &FigureRange, news: &News<'_>) -> Option<Alert> {
        let measure = self.measure.as_deref().unwrap_or("killed");
        let is_counted = figure.measure == measure && self.category.as_ref().is_none_or(|c| *c == figure.category);
        let (at_least, estimate) = (self.at_least?, self.estimate.unwrap_or_default());
        let now = estimate.of(figure)?;
        if !is_counted || figure.scope == Scope::Campaign || now < at_least {
            return None;
        }
        let name = format!("figures/{}/{}/{}", figure.measure, figure.category, figure.side);
        let name = name.trim_end_matches('/');
        let was_below = || {
            let was = |f: &FieldChange| f.was.get(estimate.name()).and_then(serde_json::Value::as_f64);
            news.field(name).is_some_and(|f| was(f).is_none_or(|was| was < at_least))
        };
        if !news.is_new(figure.observations.iter().map(|o| &o.claim), was_below) {
            return None;
        }
        let range = match (figure.min, figure.max) {
            (Some(min), Some(max)) if min < max => format!(", reported are {min} to {max}"),
            _ => String::new(),
        };
        let side = if figure.side.is_empty() { String::new() } else { format!(" of {}", figure.side) };
        let what = format!("{} {}{side}", figure.category, figure.measure);
        let message = format!(
            "{what}: {} estimate {now}{range}; {at_least} or more was asked for: {}",
            estimate.name(),
            news.incident.title
        );
        let key = [name, &at_least.to_string(), estimate.name()];
        Some(Alert { figure: Some(figure.clone()), ..self.alert(news, &key, message) })
    }

    /// The key is made of what the alert says, so that the same is not said twice, whichever change brings it.
    fn alert(&self, news: &News<'_>, about: &[&str], message: String) -> Alert {
        let incident = news.incident;
        let kind = serde_json::to_string(&self.when).expect("plain data");
        // Claims have ids of their own; what they are put together in may change its name.
        let of = if self.when == Kind::Contradiction { "" } else { incident.id.as_str() };
        let parts: Vec<&str> = [kind.as_str(), of].into_iter().chain(about.iter().copied()).collect();
        Alert {
            schema: SCHEMA,
            key: stable_id("a", &parts),
            at: news.change.at.clone(),
            kind: self.when,
            message: message.split_whitespace().collect::<Vec<_>>().join(" "),
            incident: incident.id.clone(),
            title: incident.title.clone(),
            time: incident.time.clone(),
            place: incident.place.clone(),
            figure: None,
            disagreement: None,
            reports: reports(news.change),
            change: news.change.seq,
        }
    }
}

fn is_new(disagreement: &Disagreement, news: &News<'_>) -> bool {
    let came = || {
        let came = news.field("disagreements").and_then(|f| f.now.as_array());
        came.is_some_and(|list| list.iter().any(|reason| *reason == disagreement.reason.as_str()))
    };
    news.is_new(disagreement.sides.iter().flat_map(|s| &s.claims), came)
}

fn is_at(place: &IncidentPlace, places: &[Named]) -> bool {
    places.iter().any(|named| match named {
        Named::Id(id) => place.geonames == Some(*id),
        Named::Name(name) => !name.is_empty() && place.name.to_lowercase() == name.to_lowercase(),
    })
}

#[cfg(test)]
mod tests;
