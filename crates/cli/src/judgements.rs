//! `variorum judgements`: what people decided.
use crate::Outcome;
use crate::args::LedgerArgs;
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, padded, short};
use crate::settle::object;
use crate::terminal::write_out;
use anstyle::Style;
use clap::{Args, ValueEnum};
use variorum_ledger::{Standing, State};

/// List what people decided, with what it comes to today.
#[derive(Args)]
#[command(after_help = "Example:\n  variorum judgements --format jsonl > judgements.jsonl")]
pub(crate) struct JudgementsArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    format: JudgementFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum JudgementFormat {
    /// For people.
    Table,
    /// One JSON object a line.
    Jsonl,
}

pub(crate) fn judgements(args: &JudgementsArgs) -> anyhow::Result<Outcome> {
    let ledger = crate::ledger::open(&args.ledger)?;
    let standings = ledger.standings()?;
    if args.format == JudgementFormat::Jsonl {
        let mut out = Vec::new();
        for standing in &standings {
            serde_json::to_writer(&mut out, standing)?;
            out.push(b'\n');
        }
        return write_out(&out);
    }
    let mut page = Page::new();
    for standing in &standings {
        listed(&mut page, standing);
    }
    page.print()?;
    Ok(Outcome::Done)
}

fn listed(page: &mut Page, standing: &Standing) {
    let judgement = &standing.judgement;
    let (style, state) = match &standing.state {
        State::InForce => (Style::new(), "in force".to_owned()),
        State::Undone { by } => (FAINT, format!("undone by {}", short(by))),
        State::Outweighed { by } => (FAINT, format!("outweighed by {}", short(by))),
        State::GroundGone => (ALERT, "its ground is gone".to_owned()),
    };
    page.line(&[
        (FAINT, short(&judgement.id)),
        (NUMBER, &format!("  {}  ", judgement.at)),
        (STRONG, &padded(judgement.action.kind(), 10)),
        (Style::new(), &format!("{}  ", judgement.author)),
        (style, &state),
    ]);
    page.paragraph(10, (FAINT, ""), Style::new(), &object(&judgement.action));
    if !judgement.reason.is_empty() {
        page.paragraph(10, (FAINT, "because"), Style::new(), &judgement.reason);
    }
    for ground in &standing.gone {
        let place = format!("“{}” ({}, {}–{})", ground.quote, ground.report, ground.span.start, ground.span.end);
        page.paragraph(10, (ALERT, "no longer read:"), Style::new(), &place);
    }
    for (before, now) in &standing.moved {
        page.paragraph(10, (FAINT, "now"), Style::new(), &format!("{} is {}", short(before), short(now)));
    }
}
