//! The ledger, opened for a command.
use crate::args::LedgerArgs;
use crate::failures::plural;
use crate::terminal;
use std::collections::HashMap;
use variorum_ledger::Ledger;

/// Opens for reading, and says so when reports wait to be linked.
pub(crate) fn open(args: &LedgerArgs) -> anyhow::Result<Ledger> {
    let ledger = Ledger::open_read_only(&args.ledger)?;
    let pending = ledger.counts()?.pending;
    if pending > 0 {
        let reports = plural(pending, "report");
        terminal::say(&format!("{reports} not linked yet: a `variorum read` was broken off; run it once more"));
    }
    Ok(ledger)
}

/// What is said of reports beside their claims.
pub(crate) struct Cited {
    /// The outlet; the report's id where it is not known.
    pub(crate) publisher: String,
    pub(crate) published: Option<String>,
}

/// Reports by id, without their texts.
pub(crate) fn cited(ledger: &Ledger) -> anyhow::Result<HashMap<String, Cited>> {
    let mut reports = HashMap::new();
    for stored in ledger.reports() {
        let report = stored?.report;
        let publisher = if report.publisher.is_empty() { report.id.clone() } else { report.publisher };
        reports.insert(report.id, Cited { publisher, published: report.published.earliest });
    }
    Ok(reports)
}
