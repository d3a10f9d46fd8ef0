//! `variorum claims`: the claims of a ledger.
use crate::Outcome;
use crate::args::{ClaimFormat, ClaimsArgs};
use crate::ledger::{cited, open};
use crate::page::{FAINT, NUMBER, Page, STRONG, padded, short};
use crate::phrase;
use anstyle::Style;
use std::io::{BufWriter, Write};
use variorum_ledger::ClaimFilter;

pub(crate) fn claims(args: &ClaimsArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let incident = args.incident.as_deref().map(|id| ledger.incident(id)).transpose()?.map(|i| i.id);
    let report = args.report.as_deref().map(|id| ledger.report(id)).transpose()?.map(|r| r.report.id);
    let filter = ClaimFilter {
        report,
        incident,
        source: args.source.clone(),
        event_type: args.event_type.clone(),
        place: args.place.clone(),
        actor: args.actor.clone(),
        since: args.since.clone(),
        until: args.until.clone(),
        foreground: args.news,
    };
    if args.format == ClaimFormat::Jsonl {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for claim in ledger.claims(filter) {
            serde_json::to_writer(&mut out, &claim?)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let reports = cited(&ledger)?;
    for claim in ledger.claims(filter) {
        let claim = claim?;
        let publisher = reports.get(&claim.report).map_or(claim.report.as_str(), |c| c.publisher.as_str());
        let mut page = Page::new();
        let days = padded(&phrase::claim_days(&claim.time), 11);
        let kind = [vec![claim.event.kind.clone()], phrase::marks(&claim)].concat().join(", ");
        let place = claim.places.first().map(|p| format!(" · {}", phrase::claim_place(p))).unwrap_or_default();
        let head = [(FAINT, short(&claim.id)), (FAINT, "  "), (NUMBER, &days), (STRONG, &kind), (Style::new(), &place)];
        page.line(&head);
        page.paragraph(10, (FAINT, ""), Style::new(), &format!("“{}”", claim.quote));
        let voices = phrase::voices(&claim.sources, publisher);
        let at = format!("{publisher}, {}, characters {}–{}", claim.report, claim.span.start, claim.span.end);
        page.paragraph(10, (Style::new(), &format!("— {voices}")), FAINT, &format!("({at})"));
        page.print()?;
    }
    Ok(Outcome::Done)
}
