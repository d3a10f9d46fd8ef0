//! The ledger itself as flat tables.
use crate::Result;
use crate::table::{Cell, Kind, Table};
use serde::Serialize;
use std::collections::HashMap;
use variorum_ledger::{ClaimFilter, Ledger, State};
use variorum_model::{Claim, ClaimJudgement, Incident, Named, Report, Verdict};

/// Names of the tables, in order.
pub const NAMES: [&str; 6] = ["reports", "claims", "figures", "incidents", "disagreements", "judgements"];

/// The six tables of [`NAMES`]. Lists in a cell are joined by `; `; voices run from the outermost to the innermost.
///
/// # Errors
/// When the ledger cannot be read.
pub fn tables(ledger: &Ledger) -> Result<Vec<Table>> {
    let mut incidents: Vec<Incident> = ledger.incidents().collect::<Result<_, _>>()?;
    for incident in &mut incidents {
        incident.part_of = ledger.part_of(incident)?;
    }
    let (reports, cited) = reports(ledger)?;
    Ok(vec![
        reports,
        claims(ledger, &incidents, &cited)?,
        figures(&incidents),
        incidents_table(&incidents),
        disagreements(&incidents),
        judgements(ledger)?,
    ])
}

/// The kebab-case name that a value has in the contract.
pub(crate) fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

pub(crate) fn joined(words: impl IntoIterator<Item = impl AsRef<str>>) -> Cell {
    let words: Vec<String> = words.into_iter().map(|w| w.as_ref().to_owned()).collect();
    Cell::from(words.join("; "))
}

fn names(named: &[Named]) -> Cell {
    joined(named.iter().map(|n| &n.name))
}

fn reports(ledger: &Ledger) -> Result<(Table, HashMap<String, Report>)> {
    use Kind::{Boolean, Integer, Text};
    let mut table = Table::new(
        "reports",
        &[
            ("id", Text),
            ("version", Integer),
            ("current", Boolean),
            ("title", Text),
            ("publisher", Text),
            ("url", Text),
            ("language", Text),
            ("published", Text),
            ("published_earliest", Text),
            ("published_latest", Text),
            ("published_basis", Text),
            ("characters", Integer),
            ("claims", Integer),
            ("diagnostics", Text),
            ("added", Text),
            ("repeats", Text),
            ("repeats_how", Text),
        ],
    );
    let mut cited = HashMap::new();
    for stored in ledger.reports() {
        let stored = stored?;
        let repeat = ledger.repeat_of(&stored.key)?;
        let report = stored.report;
        let published = &report.published;
        table.push(vec![
            (&report.id).into(),
            i64::from(stored.version).into(),
            stored.current.into(),
            (&report.title).into(),
            (&report.publisher).into(),
            (&report.url).into(),
            (&report.language).into(),
            published.value.as_deref().into(),
            published.earliest.as_deref().into(),
            published.latest.as_deref().into(),
            name_of(published.basis).into(),
            report.text.chars().count().into(),
            stored.n_claims.into(),
            joined(report.diagnostics.iter().map(|d| &d.code)),
            stored.added.into(),
            repeat.as_ref().map(|r| r.report.as_str()).into(),
            repeat.as_ref().map(|r| r.how.name()).into(),
        ]);
        cited.insert(report.id.clone(), Report { text: String::new(), ..report });
    }
    Ok((table, cited))
}

fn claims(ledger: &Ledger, incidents: &[Incident], reports: &HashMap<String, Report>) -> Result<Table> {
    let all = ledger.claims(ClaimFilter::default()).collect::<Result<Vec<_>, _>>()?;
    Ok(claims_table(&all, incidents, reports))
}

/// A row a claim, with the incidents that it counts in.
pub(crate) fn claims_table(claims: &[Claim], incidents: &[Incident], reports: &HashMap<String, Report>) -> Table {
    use Kind::{Boolean, Integer, Real, Text};
    let mut table = Table::new(
        "claims",
        &[
            ("id", Text),
            ("incident", Text),
            ("report", Text),
            ("publisher", Text),
            ("published", Text),
            ("start", Integer),
            ("end", Integer),
            ("quote", Text),
            ("sources", Text),
            ("cue", Text),
            ("stance", Text),
            ("event_type", Text),
            ("trigger", Text),
            ("polarity", Text),
            ("background", Boolean),
            ("actors", Text),
            ("targets", Text),
            ("place", Text),
            ("geonames", Integer),
            ("latitude", Real),
            ("longitude", Real),
            ("place_precision", Text),
            ("date", Text),
            ("date_earliest", Text),
            ("date_latest", Text),
            ("date_precision", Text),
            ("date_basis", Text),
            ("weapons", Text),
            ("judged", Text),
            ("corrected", Text),
            ("rule", Text),
            ("confidence", Real),
        ],
    );
    let mut of: HashMap<&str, Vec<&str>> = HashMap::new();
    for incident in incidents {
        for claim in &incident.claims {
            of.entry(claim).or_default().push(&incident.id);
        }
    }
    for claim in claims {
        let report = reports.get(&claim.report);
        let place = claim.places.first();
        table.push(vec![
            (&claim.id).into(),
            joined(of.get(claim.id.as_str()).into_iter().flatten()),
            (&claim.report).into(),
            report.map(|r| &r.publisher).into(),
            report.and_then(|r| r.published.earliest.as_deref()).into(),
            claim.span.start.into(),
            claim.span.end.into(),
            (&claim.quote).into(),
            names(&claim.sources),
            claim.cue.as_ref().map(|c| &c.text).into(),
            name_of(claim.stance).into(),
            (&claim.event.kind).into(),
            (&claim.event.trigger.text).into(),
            name_of(claim.polarity).into(),
            claim.background.into(),
            names(&claim.actors),
            names(&claim.targets),
            place.map(|p| &p.name).into(),
            place.and_then(|p| p.geonames).map(i64::from).into(),
            place.and_then(|p| p.lat).into(),
            place.and_then(|p| p.lon).into(),
            place.map(|p| name_of(p.precision)).into(),
            claim.time.value.as_deref().into(),
            claim.time.earliest.as_deref().into(),
            claim.time.latest.as_deref().into(),
            name_of(claim.time.precision).into(),
            name_of(claim.time.basis).into(),
            joined(claim.weapons.iter().map(|w| &w.quote.text)),
            joined(verdicts(claim)),
            joined(corrections(&claim.judgements)),
            (&claim.rule).into(),
            claim.confidence.into(),
        ]);
    }
    table
}

/// "rejected by Ada", in the order of the judgements.
fn verdicts(claim: &Claim) -> Vec<String> {
    let said = claim.judgements.iter().filter_map(|j| {
        let what = match j.kind.as_str() {
            "accept" => "accepted",
            "reject" => "rejected",
            "duplicate" => "duplicate",
            _ => return None,
        };
        Some(format!("{what} by {}", j.author))
    });
    said.collect()
}

/// "/event/type by Ada".
fn corrections(judgements: &[ClaimJudgement]) -> Vec<String> {
    let corrected = judgements.iter().filter_map(|j| Some(format!("{} by {}", j.field.as_deref()?, j.author)));
    corrected.collect()
}

pub(crate) fn figures(incidents: &[Incident]) -> Table {
    use Kind::{Real, Text};
    let mut table = Table::new(
        "figures",
        &[
            ("incident", Text),
            ("measure", Text),
            ("category", Text),
            ("side", Text),
            ("claim", Text),
            ("value", Real),
            ("min", Real),
            ("max", Real),
            ("bound", Text),
            ("sources", Text),
            ("origin", Text),
            ("as_of", Text),
            ("published", Text),
        ],
    );
    for incident in incidents {
        for range in &incident.figures {
            for seen in &range.observations {
                table.push(vec![
                    (&incident.id).into(),
                    (&range.measure).into(),
                    (&range.category).into(),
                    (&range.side).into(),
                    (&seen.claim).into(),
                    seen.value.into(),
                    seen.min.into(),
                    seen.max.into(),
                    name_of(seen.bound).into(),
                    joined(&seen.sources),
                    (&seen.origin).into(),
                    seen.as_of.as_deref().into(),
                    seen.published.as_deref().into(),
                ]);
            }
        }
    }
    table
}

pub(crate) fn incidents_table(incidents: &[Incident]) -> Table {
    use Kind::{Boolean, Integer, Real, Text};
    let mut table = Table::new(
        "incidents",
        &[
            ("id", Text),
            ("title", Text),
            ("event_type", Text),
            ("state_of_affairs", Boolean),
            ("campaign", Boolean),
            ("part_of", Text),
            ("date", Text),
            ("date_earliest", Text),
            ("date_latest", Text),
            ("date_precision", Text),
            ("place", Text),
            ("geonames", Integer),
            ("latitude", Real),
            ("longitude", Real),
            ("place_precision", Text),
            ("actors", Text),
            ("claims", Integer),
            ("reports", Integer),
            ("publishers", Integer),
            ("origins", Integer),
            ("killed_low", Real),
            ("killed_best", Real),
            ("killed_high", Real),
            ("wounded_low", Real),
            ("wounded_best", Real),
            ("wounded_high", Real),
            ("disagreements", Integer),
            ("contradictions", Integer),
        ],
    );
    for incident in incidents {
        // The toll over everybody: parts of it are in the table of figures.
        let toll = |measure: &str| {
            let of_all =
                |f: &&variorum_model::FigureRange| f.measure == measure && f.category == "people" && f.side.is_empty();
            incident.figures.iter().find(of_all)
        };
        let (killed, wounded) = (toll("killed"), toll("wounded"));
        let contradictions = incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction).count();
        table.push(vec![
            (&incident.id).into(),
            (&incident.title).into(),
            (&incident.event_type).into(),
            incident.state_of_affairs.into(),
            incident.campaign.into(),
            incident.part_of.as_ref().map(|whole| whole.incident.as_str()).into(),
            incident.time.value.as_deref().into(),
            incident.time.earliest.as_deref().into(),
            incident.time.latest.as_deref().into(),
            name_of(incident.time.precision).into(),
            (&incident.place.name).into(),
            incident.place.geonames.map(i64::from).into(),
            incident.place.lat.into(),
            incident.place.lon.into(),
            name_of(incident.place.precision).into(),
            joined(&incident.actors),
            incident.claims.len().into(),
            incident.reports.len().into(),
            incident.publishers.into(),
            incident.origins.into(),
            killed.and_then(|f| f.low).into(),
            killed.and_then(|f| f.best).into(),
            killed.and_then(|f| f.high).into(),
            wounded.and_then(|f| f.low).into(),
            wounded.and_then(|f| f.best).into(),
            wounded.and_then(|f| f.high).into(),
            incident.disagreements.len().into(),
            contradictions.into(),
        ]);
    }
    table
}

pub(crate) fn disagreements(incidents: &[Incident]) -> Table {
    use Kind::Text;
    let columns = ["incident", "kind", "verdict", "strength", "sides", "claims", "reason"].map(|name| (name, Text));
    let mut table = Table::new("disagreements", &columns);
    for incident in incidents {
        for d in &incident.disagreements {
            let sides = d.sides.iter().map(|s| s.sources.join(", ")).collect::<Vec<_>>().join(" | ");
            let claims = d.sides.iter().map(|s| s.claims.join(", ")).collect::<Vec<_>>().join(" | ");
            table.push(vec![
                (&incident.id).into(),
                name_of(d.kind).into(),
                name_of(d.verdict).into(),
                name_of(d.strength).into(),
                sides.into(),
                claims.into(),
                (&d.reason).into(),
            ]);
        }
    }
    table
}

fn judgements(ledger: &Ledger) -> Result<Table> {
    use Kind::Text;
    let columns = ["id", "at", "author", "kind", "says", "reason", "state", "by", "gone"].map(|name| (name, Text));
    let mut table = Table::new("judgements", &columns);
    for standing in ledger.standings()? {
        let (state, by) = match &standing.state {
            State::InForce => ("in-force", None),
            State::Undone { by } => ("undone", Some(by)),
            State::Outweighed { by } => ("outweighed", Some(by)),
            State::GroundGone => ("ground-gone", None),
        };
        let judgement = &standing.judgement;
        table.push(vec![
            (&judgement.id).into(),
            (&judgement.at).into(),
            (&judgement.author).into(),
            judgement.action.kind().into(),
            serde_json::to_string(&judgement.action).unwrap_or_default().into(),
            (&judgement.reason).into(),
            state.into(),
            by.into(),
            joined(standing.gone.iter().map(|g| &g.claim)),
        ]);
    }
    Ok(table)
}
