//! `variorum agreements`: agreements and ceasefires, their terms, and who says that who broke them.
use crate::Outcome;
use crate::args::{AgreementFormat, AgreementsArgs};
use crate::ledger::{Cited, cited, open};
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG};
use crate::phrase;
use crate::terminal::write_out;
use anstyle::Style;
use std::collections::HashMap;
use variorum_model::{Agreement, Statement};

pub(crate) fn agreements(args: &AgreementsArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let agreements = ledger.agreements()?;
    if args.format == AgreementFormat::Json {
        let mut body = serde_json::to_vec_pretty(&agreements)?;
        body.push(b'\n');
        return write_out(&body);
    }
    let reports = cited(&ledger)?;
    let mut page = Page::new();
    if agreements.is_empty() {
        page.line(&[(FAINT, "No agreement is told of.")]);
    }
    for (n, agreement) in agreements.iter().enumerate() {
        if n > 0 {
            page.blank();
        }
        table(&mut page, agreement, &reports);
    }
    page.print()?;
    Ok(Outcome::Done)
}

fn table(page: &mut Page, agreement: &Agreement, reports: &HashMap<String, Cited>) {
    let state = if agreement.agreed { "" } else { "  (not said to have been reached)" };
    page.line(&[(STRONG, &agreement.title), (ALERT, state), (FAINT, "  "), (FAINT, &agreement.incident)]);
    let parties = if agreement.parties.is_empty() { "not named".to_owned() } else { agreement.parties.join(", ") };
    page.paragraph(2, (FAINT, "between"), Style::new(), &parties);
    page.paragraph(2, (FAINT, "when   "), Style::new(), &phrase::incident_days(&agreement.time));
    for term in &agreement.terms {
        page.paragraph(2, (FAINT, "term   "), Style::new(), &told(term, reports));
    }
    if agreement.violations.is_empty() {
        page.paragraph(2, (FAINT, "broken "), FAINT, "no violation is alleged");
    }
    for violation in &agreement.violations {
        let by = if violation.accused.is_empty() { "unnamed".to_owned() } else { violation.accused.join(", ") };
        let days = phrase::days(violation.earliest.as_deref(), violation.latest.as_deref());
        page.paragraph(2, (ALERT, "broken "), NUMBER, &format!("by {by}, {days}"));
        for claim in &violation.claims {
            page.paragraph(10, (FAINT, "says"), Style::new(), &told(claim, reports));
        }
        for reply in &violation.replies {
            page.paragraph(10, (FAINT, "to which"), Style::new(), &told(reply, reports));
        }
        if violation.replies.is_empty() {
            page.paragraph(10, (FAINT, "no reply is reported"), Style::new(), "");
        }
    }
}

/// `Karovia in Continental Press, 2024-05-18 (accuse): “violating a ceasefire”`.
fn told(statement: &Statement, reports: &HashMap<String, Cited>) -> String {
    let report = reports.get(&statement.report);
    let publisher = report.map_or("", |r| r.publisher.as_str());
    let day = report.and_then(|r| r.published.as_deref()).map(|d| format!(", {d}")).unwrap_or_default();
    let stance = phrase::name_of(statement.stance);
    match statement.source.as_str() {
        "" => format!("{publisher}{day}: “{}”", statement.quote),
        source => format!("{source} in {publisher}{day} ({stance}): “{}”", statement.quote),
    }
}
