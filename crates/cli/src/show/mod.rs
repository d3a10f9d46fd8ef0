//! `variorum show`: one incident, claim or report.
mod accounts;
mod claim;
mod incident;
mod report;

use crate::Outcome;
use crate::args::{ShowArgs, ShowFormat};
use crate::ledger::open;
use crate::page::Page;
use crate::terminal::write_out;
use variorum_ledger::Entry;

pub(crate) fn show(args: &ShowArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let entry = ledger.entry(&args.id)?;
    if args.format == ShowFormat::Json {
        let mut body = match &entry {
            Entry::Incident(incident) => serde_json::to_vec_pretty(incident)?,
            Entry::Claim(claim) => serde_json::to_vec_pretty(claim)?,
            Entry::Report(stored) => serde_json::to_vec_pretty(&stored.report)?,
        };
        body.push(b'\n');
        return write_out(&body);
    }
    let mut page = Page::new();
    match &entry {
        Entry::Incident(found) => incident::show(&mut page, &ledger, found)?,
        Entry::Claim(found) => claim::show(&mut page, &ledger, found)?,
        Entry::Report(found) => report::show(&mut page, &ledger, found)?,
    }
    page.print()?;
    Ok(Outcome::Done)
}
