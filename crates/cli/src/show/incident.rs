//! The accounts of an incident, side by side.
use super::accounts;
use crate::failures::{plural, publishers};
use crate::ledger::{Cited, cited};
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, one_line, short, wrapped};
use crate::phrase;
use crate::summary::figure_line;
use anstyle::Style;
use std::collections::HashMap;
use variorum_ledger::{ClaimFilter, Ledger};
use variorum_model::{Account, Claim, Disagreement, Incident, Verdict};

/// Narrowest column in which quotes are read easily, and the most columns.
const COLUMN: usize = 38;
const MOST_COLUMNS: usize = 4;

pub(super) fn show(page: &mut Page, ledger: &Ledger, incident: &Incident) -> anyhow::Result<()> {
    let filter = ClaimFilter { incident: Some(incident.id.clone()), ..ClaimFilter::default() };
    let claims: Vec<Claim> = ledger.claims(filter).collect::<Result<_, _>>()?;
    let told = Told { claims: claims.iter().map(|c| (c.id.as_str(), c)).collect(), reports: cited(ledger)? };
    head(page, incident);
    if let Some(whole) = ledger.part_of(incident)? {
        let of = format!("{} ({}). {}", whole.title, short(&whole.incident), whole.reason);
        page.paragraph(2, (FAINT, "part of "), Style::new(), &of);
    }
    for part in ledger.parts(incident)? {
        page.paragraph(2, (FAINT, "its part"), Style::new(), &format!("{} ({})", part.title, short(&part.id)));
    }
    for origin in incident.origin_list.iter().filter(|_| incident.reports.len() > 1) {
        page.paragraph(4, (FAINT, "origin"), FAINT, &origin.reason);
    }
    for range in &incident.figures {
        page.blank();
        figure_line(page, range);
        for observation in &range.observations {
            let number = format!("{}:", phrase::observed(observation));
            let as_of = observation.as_of.as_deref().map(|day| format!(", as of {day}")).unwrap_or_default();
            let who = told.who(&observation.claim, &observation.sources);
            page.paragraph(6, (NUMBER, &number), Style::new(), &format!("{who}{as_of}"));
        }
    }
    for disagreement in &incident.disagreements {
        page.blank();
        self::disagreement(page, disagreement, &told);
    }
    page.blank();
    page.line(&[(STRONG, "Who says what")]);
    accounts::table(page, incident, &told.claims);
    page.blank();
    page.line(&[(STRONG, &format!("{}, side by side", plural(incident.accounts.len(), "account")))]);
    let n_columns = ((page.width() + 3) / (COLUMN + 3)).clamp(1, MOST_COLUMNS).min(incident.accounts.len().max(1));
    let column = (page.width() + 3) / n_columns - 3;
    for row in incident.accounts.chunks(n_columns) {
        page.blank();
        let cells: Vec<_> = row.iter().map(|account| told.cell(account, column)).collect();
        page.beside(&cells, column);
    }
    Ok(())
}

fn head(page: &mut Page, incident: &Incident) {
    let at = &incident.place;
    let coordinates = match (at.lat, at.lon) {
        (Some(lat), Some(lon)) => format!(" ({lat:.3}, {lon:.3}, {})", phrase::name_of(at.precision)),
        _ => String::new(),
    };
    page.line(&[(STRONG, &incident.title), (FAINT, "  "), (FAINT, &incident.id)]);
    let time = format!("{} ({})", phrase::incident_days(&incident.time), phrase::name_of(incident.time.precision));
    page.paragraph(2, (FAINT, "when  "), Style::new(), &time);
    page.paragraph(2, (FAINT, "where "), Style::new(), &format!("{}{coordinates}", phrase::incident_place(at)));
    let lasting = match (incident.state_of_affairs, incident.campaign) {
        (true, _) => ", a lasting state",
        (false, true) => ", many told as one",
        (false, false) => "",
    };
    page.paragraph(2, (FAINT, "what  "), Style::new(), &format!("{}{lasting}", incident.event_type));
    if !incident.actors.is_empty() {
        page.paragraph(2, (FAINT, "who   "), Style::new(), &incident.actors.join(", "));
    }
    let told = format!(
        "{} in {}, {}, {}",
        plural(incident.claims.len(), "claim"),
        plural(incident.reports.len(), "report"),
        publishers(incident.publishers),
        plural(incident.origins, "origin")
    );
    page.paragraph(2, (FAINT, "told  "), Style::new(), &told);
}

fn disagreement(page: &mut Page, disagreement: &Disagreement, told: &Told<'_>) {
    let style = if disagreement.verdict == Verdict::Contradiction { ALERT } else { FAINT };
    let [verdict, strength] = [phrase::name_of(disagreement.verdict), phrase::name_of(disagreement.strength)];
    let head = format!("{verdict} about the {} ({strength})", phrase::name_of(disagreement.kind));
    page.paragraph(2, (style, &head), Style::new(), &disagreement.reason);
    for side in &disagreement.sides {
        for id in &side.claims {
            let Some(claim) = told.claims.get(id.as_str()) else { continue };
            let who = told.who(id, &side.sources);
            page.paragraph(6, (STRONG, &who), Style::new(), &format!("“{}”", claim.quote));
        }
    }
}

/// The claims of the incident and the reports that they stand in.
struct Told<'a> {
    claims: HashMap<&'a str, &'a Claim>,
    reports: HashMap<String, Cited>,
}

impl Told<'_> {
    /// `Pavel Runde in Continental Press, 2024-05-15`.
    fn who(&self, claim: &str, sources: &[String]) -> String {
        let report = self.claims.get(claim).and_then(|c| self.reports.get(&c.report));
        let publisher = report.map_or("", |r| r.publisher.as_str());
        let day = report.and_then(|r| r.published.as_deref()).map(|d| format!(", {d}")).unwrap_or_default();
        match sources {
            [] => format!("{publisher}{day}"),
            _ => format!("{} in {publisher}{day}", sources.join(" → ")),
        }
    }

    /// One account as lines of a column.
    fn cell(&self, account: &Account, column: usize) -> Vec<(Style, String)> {
        let mut lines: Vec<(Style, String)> = Vec::new();
        let mut add = |style: Style, words: &str| {
            lines.extend(wrapped(&one_line(words), column).into_iter().map(|line| (style, line)));
        };
        add(STRONG, &account.source);
        for id in &account.claims {
            let Some(claim) = self.claims.get(id.as_str()) else { continue };
            add(Style::new(), &format!("“{}”", claim.quote));
            let marks = phrase::marks(claim);
            if !marks.is_empty() {
                add(ALERT, &marks.join(", "));
            }
            let report = self.reports.get(&claim.report);
            let publisher = report.map_or("", |r| r.publisher.as_str());
            let place = format!("{publisher}, {} at {}–{}", claim.report, claim.span.start, claim.span.end);
            add(FAINT, &format!("{place}, {}", short(id)));
        }
        lines
    }
}
