//! `variorum check`: whether a ledger is as it was written.
use crate::Outcome;
use crate::args::LedgerArgs;
use crate::failures::plural;
use crate::page::{ALERT, Page};
use variorum_ledger::Ledger;

pub(crate) fn check(args: &LedgerArgs) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_read_only(&args.ledger)?;
    let problems = ledger.check()?;
    let mut page = Page::new();
    let name = args.ledger.display().to_string();
    if problems.is_empty() {
        let n = ledger.counts()?;
        let holds = format!(
            "{name}: sound; {}, {}, {}",
            plural(n.reports, "report"),
            plural(n.claims, "claim"),
            plural(n.incidents, "incident")
        );
        page.paragraph(0, (Default::default(), ""), Default::default(), &holds);
        page.print()?;
        return Ok(Outcome::Done);
    }
    page.paragraph(0, (ALERT, &name), Default::default(), &plural(problems.len(), "problem"));
    for problem in &problems {
        page.paragraph(2, (Default::default(), ""), Default::default(), &problem.to_string());
    }
    page.print()?;
    Ok(Outcome::SomeFailed)
}
