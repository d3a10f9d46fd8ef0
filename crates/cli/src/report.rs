//! `variorum report`: a situation report from the claims, every sentence with its sources.
use crate::Outcome;
use crate::args::LedgerArgs;
use crate::ledger::open;
use crate::terminal;
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use variorum_export::{Selection, Situation};
use variorum_model::Incident;

/// Write a situation report: what is claimed of the incidents of some days and places, each sentence with its sources.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  variorum report --since 2024-05-13 --until 2024-05-19 --ledger war.db > week.md\n  variorum report --place Orlec --format html --out orlec.html\n\nWhere numbers differ, each stands with who gives it. A sentence that no claim says is not written."
)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Only what can have happened on or after this day.
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Only what can have happened on or before this day.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// Only where the place's name contains this.
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only where an actor's name contains this.
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only of this event type; repeatable.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Vec<String>,
    /// What stands above it.
    #[arg(long, default_value = "Situation report")]
    title: String,
    /// Form of the output.
    #[arg(long, default_value = "markdown")]
    format: Form,
    /// A file [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// CommonMark.
    Markdown,
    /// One page that opens from disk and prints.
    Html,
}

pub(crate) fn report(args: &ReportArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let mut ids = Vec::new();
    for incident in ledger.incidents() {
        let incident = incident?;
        if args.wants(&incident) {
            ids.push(incident.id);
        }
    }
    let situation = Situation::of(&Selection::of(&ledger, &ids)?, &args.title);
    let text = match args.format {
        Form::Markdown => situation.markdown(),
        Form::Html => situation.html(),
    };
    match &args.out {
        None => terminal::write_out(text.as_bytes()),
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
            Ok(Outcome::Done)
        }
    }
}

impl ReportArgs {
    fn wants(&self, incident: &Incident) -> bool {
        let (first, last) = (incident.time.earliest.as_ref(), incident.time.latest.as_ref());
        let holds = |wanted: &Option<String>, name: &str| {
            wanted.as_ref().is_none_or(|wanted| name.to_lowercase().contains(&wanted.to_lowercase()))
        };
        self.since.as_ref().is_none_or(|since| last.or(first).is_some_and(|day| day >= since))
            && self.until.as_ref().is_none_or(|until| first.or(last).is_some_and(|day| day <= until))
            && holds(&self.place, &incident.place.name)
            && (self.actor.is_none() || incident.actors.iter().any(|name| holds(&self.actor, name)))
            && (self.kind.is_empty() || self.kind.contains(&incident.event_type))
    }
}
