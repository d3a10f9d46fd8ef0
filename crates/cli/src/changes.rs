//! `variorum changes`: what became of incidents, for those who keep a dataset downstream.
use crate::Outcome;
use crate::args::LedgerArgs;
use crate::ledger::open;
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, padded, short};
use crate::phrase;
use anstyle::Style;
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::io::{BufWriter, Write};
use variorum_ledger::{Cause, Change, Since, What};

const CHANGES_EXAMPLES: &str = "\
Examples:
  variorum changes --since 2024-05-14                    from a day on
  variorum changes --since 2024-05-14T08:00:00Z
  variorum changes --since 1204 --format jsonl           after the entry of this number

Entries are numbered, written once and never changed: keep the last number, and ask for what came after it.";

/// List what became of incidents: created, merged, split, revised or removed, and why.
#[derive(Args)]
#[command(after_help = CHANGES_EXAMPLES)]
pub(crate) struct ChangesArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// A day or time (RFC 3339) from which on, or the number of the last entry that is known.
    #[arg(long, value_name = "WHEN|SEQ", default_value = "0", value_parser = since)]
    since: Since,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    format: ChangeFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChangeFormat {
    /// For people.
    Table,
    /// One JSON object a line.
    Jsonl,
}

fn since(words: &str) -> Result<Since, String> {
    if let Ok(seq) = words.parse::<i64>() {
        return Ok(Since::Seq(seq));
    }
    if let Ok(at) = words.parse::<jiff::Timestamp>() {
        return Ok(Since::Time(at.to_string()));
    }
    let day = words.parse::<jiff::civil::Date>().map_err(|_| {
        "neither a day (2024-05-14), a time (2024-05-14T08:00:00Z) nor the number of an entry".to_owned()
    })?;
    Ok(Since::Time(day.to_string()))
}

pub(crate) fn changes(args: &ChangesArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let entries = ledger.changes(args.since.clone());
    if args.format == ChangeFormat::Jsonl {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for change in entries {
            serde_json::to_writer(&mut out, &change?)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    for change in entries {
        let mut page = Page::new();
        listed(&mut page, &change?);
        page.print()?;
    }
    Ok(Outcome::Done)
}

fn listed(page: &mut Page, change: &Change) {
    let style = if change.what == What::Removed { ALERT } else { STRONG };
    page.line(&[
        (FAINT, &padded(&change.seq.to_string(), 6)),
        (NUMBER, &format!("{}  ", change.at)),
        (style, &padded(&phrase::name_of(change.what), 9)),
        (FAINT, &format!("{}  ", short(&change.incident))),
        (Style::new(), &change.title),
    ]);
    let ids = |ids: &[String]| ids.iter().map(|id| short(id)).collect::<Vec<_>>().join(", ");
    if !change.from.is_empty() {
        page.paragraph(6, (FAINT, "from"), Style::new(), &ids(&change.from));
    }
    if !change.into.is_empty() {
        page.paragraph(6, (FAINT, "into"), Style::new(), &ids(&change.into));
    }
    for field in &change.fields {
        let words = match (&field.was, &field.now) {
            (Value::Array(left), Value::Array(came)) => {
                let part = |sign: &str, list: &[Value]| match list.len() {
                    0 => String::new(),
                    1..=3 => format!("{sign}{}", list.iter().map(said).collect::<Vec<_>>().join(", ")),
                    n => format!("{sign}{n}"),
                };
                [part("less ", left), part("more ", came)]
                    .into_iter()
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join("; ")
            }
            (was, now) => format!("{} → {}", said(was), said(now)),
        };
        page.paragraph(6, (FAINT, &field.field), Style::new(), &words);
    }
    let causes = change.because.iter().map(|cause| match cause {
        Cause::Report { report } => format!("report {report}"),
        Cause::Judgement { judgement, what, author } => format!("{what} by {author} ({})", short(judgement)),
        Cause::Rules { was, now } => format!("rules {was} → {now}"),
    });
    page.paragraph(6, (FAINT, "because of"), Style::new(), &causes.collect::<Vec<_>>().join(", "));
}

/// A value in few words: its own value, name or numbers.
fn said(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(words) => words.clone(),
        Value::Object(fields) => match (fields.get("name"), fields.get("value"), fields.get("best")) {
            (Some(Value::String(name)), ..) if !name.is_empty() => name.clone(),
            (Some(_), ..) => "no place".to_owned(),
            (_, Some(Value::String(day)), _) => day.clone(),
            (_, Some(_), _) => "undated".to_owned(),
            (.., Some(best)) => format!("{} ({} to {})", said(best), said(&fields["min"]), said(&fields["max"])),
            _ => value.to_string(),
        },
        Value::Number(n) => n.as_f64().map_or(n.to_string(), phrase::number),
        other => other.to_string(),
    }
}
