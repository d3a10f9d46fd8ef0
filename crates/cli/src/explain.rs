//! `variorum explain`: why two claims are, or are not, of one incident.
use crate::Outcome;
use crate::args::LedgerArgs;
use crate::failures::plural;
use crate::ledger::{Cited, cited, open};
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, padded, short};
use crate::phrase;
use crate::terminal::write_out;
use anstyle::Style;
use clap::{Args, ValueEnum};
use std::collections::HashMap;
use variorum_ledger::{Explained, Explanation, Ledger};
use variorum_link::{KeyKind, Step};

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  variorum explain c41d0 c9e2b                    why two claims are, or are not, of one incident
  variorum explain c41d0 i3fa2                    a claim and the likest claim of an incident
  variorum explain c41d0 c9e2b --format json      every comparison with its level and bits

Weights are in bits: each step says how much more often its level is met among pairs that are one happening than
among pairs that are not (Fellegi and Sunter 1969). The weights themselves are in data/link/weights.toml.";

/// Say why two claims are, or are not, of one incident: the waterfall of match weights.
#[derive(Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// Id of a claim, or the start of one.
    claim: String,
    /// Id of another claim or of an incident, or the start of one.
    other: String,
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    format: ExplainFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExplainFormat {
    /// For people.
    Table,
    /// One JSON object.
    Json,
}

pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let other = other_claim(&ledger, args)?;
    let explanation = ledger.explain(&args.claim, &other)?;
    if args.format == ExplainFormat::Json {
        let mut body = serde_json::to_vec_pretty(&explanation)?;
        body.push(b'\n');
        return write_out(&body);
    }
    let mut page = Page::new();
    table(&mut page, &explanation, &cited(&ledger)?);
    page.print()?;
    Ok(Outcome::Done)
}

/// The second claim: the one that was named, or that of the named incident which is likest to the first.
fn other_claim(ledger: &Ledger, args: &ExplainArgs) -> anyhow::Result<String> {
    match ledger.incident(&args.other) {
        Ok(incident) => Ok(ledger.nearest_claim(&args.claim, &incident.id)?),
        Err(error) if error.is_not_found() => Ok(args.other.clone()),
        Err(error) => Err(error.into()),
    }
}

fn table(page: &mut Page, explanation: &Explanation, reports: &HashMap<String, Cited>) {
    for explained in &explanation.claims {
        claim(page, explained, reports);
    }
    page.blank();
    page.line(&[(STRONG, "Compared? "), (Style::new(), &blocking(explanation))]);
    page.blank();
    let what = if explanation.one_article {
        "The two claims, in bits, and the sum so far:"
    } else {
        "The happenings they belong to, in bits, and the sum so far:"
    };
    let fall = &explanation.waterfall;
    page.line(&[(FAINT, what)]);
    let mut sum = 0.0;
    for step in &fall.steps {
        sum += step.bits;
        row(page, step, Some(sum));
        for part in &step.parts {
            row(page, part, None);
        }
    }
    let verdict = if fall.weight >= fall.threshold { "enough by itself" } else { "not enough by itself" };
    page.line(&[
        (STRONG, &padded("weight", COMPARISON + BITS)),
        (STRONG, &format!("{:>BITS$.1}", fall.weight)),
        (Style::new(), &format!("  {verdict}: it takes {:+.1}", fall.threshold)),
    ]);
    if fall.counts_as != fall.weight {
        page.paragraph(
            0,
            (FAINT, ""),
            FAINT,
            &format!(
                "So low a weight is not remembered: in averages the pair counts as one that nobody compared, {:+.1}.",
                fall.counts_as
            ),
        );
    }
    page.blank();
    let style = if explanation.decision.as_ref().is_none_or(|d| d.together) { STRONG } else { ALERT };
    page.paragraph(0, (style, "Decided:"), Style::new(), &explanation.reason);
}

fn claim(page: &mut Page, explained: &Explained, reports: &HashMap<String, Cited>) {
    let claim = &explained.claim;
    let publisher = reports.get(&claim.report).map_or(claim.report.as_str(), |c| &c.publisher);
    let incidents: Vec<&str> = explained.incidents.iter().map(|id| short(id)).collect();
    page.line(&[(STRONG, short(&claim.id)), (FAINT, &format!("  {publisher}; incident {}", incidents.join(", ")))]);
    page.paragraph(2, (Style::new(), ""), Style::new(), &claim.quote);
    let place = claim.places.first().map_or("no place".to_owned(), phrase::claim_place);
    let others = match explained.told_as_one.len() {
        0 | 1 => "its report tells it by itself".to_owned(),
        n => format!("its report tells it as one with {}", plural(n - 1, "other claim")),
    };
    let facts = [claim.event.kind.clone(), phrase::claim_days(&claim.time), place, others];
    page.paragraph(2, (FAINT, ""), FAINT, &facts.join("; "));
}

fn blocking(explanation: &Explanation) -> String {
    if explanation.one_article {
        return "yes: one article tells both".to_owned();
    }
    if explanation.claims[0].claim.report == explanation.claims[1].claim.report {
        return "yes: two articles of one report are".to_owned();
    }
    let keys: Vec<String> = explanation.keys.iter().map(|k| key_name(k.kind, k.n)).collect();
    let sum: u32 = explanation.keys.iter().map(|k| k.share).sum();
    let of = format!("{sum} of the {} points that a comparison takes", explanation.keys_needed);
    match (explanation.compared, keys.is_empty()) {
        (true, _) => format!("yes: their reports share {} ({of})", keys.join(", ")),
        (false, true) => "no: their reports share no key; the weights below were never asked for".to_owned(),
        (false, false) => {
            format!("no: their reports share only {} ({of}); the weights below were never asked for", keys.join(", "))
        }
    }
}

/// Such a key, or so many of them.
fn key_name(kind: KeyKind, n: usize) -> String {
    let (noun, rest) = match kind {
        KeyKind::Name => ("whole name", ""),
        KeyKind::Victim => ("name", " of who suffered it"),
        KeyKind::Term => ("heavy word", " of the month"),
        KeyKind::Copy => ("passage", ""),
        KeyKind::Site => ("place", " in a fortnight"),
        KeyKind::Past => ("happening", " of a past year"),
    };
    format!("{}{rest}", plural(n, noun))
}

/// Columns of the name of a comparison, of its bits, and of the sum.
const COMPARISON: usize = 18;
const BITS: usize = 8;

fn row(page: &mut Page, step: &Step, sum: Option<f64>) {
    let is_part = sum.is_none();
    let name = format!("{}{}", if is_part { "  " } else { "" }, step.comparison);
    let bits = if is_part { format!("({:+.1})", step.bits) } else { format!("{:+.1}", step.bits) };
    let sum = sum.map_or(String::new(), |sum| format!("{sum:.1}"));
    page.line(&[
        (if is_part { FAINT } else { Style::new() }, &padded(&name, COMPARISON)),
        (if is_part { FAINT } else { NUMBER }, &format!("{bits:>BITS$}")),
        (Style::new(), &format!("{sum:>BITS$}")),
        (FAINT, &format!("  {}", step.meaning)),
    ]);
}
