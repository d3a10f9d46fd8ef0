//! `variorum judge`: what people decide about claims, incidents and reports.
use crate::Outcome;
use crate::args::{LedgerArgs, RegisterArgs};
use crate::settle::settle;
use clap::{Args, Subcommand};
use variorum_extract::toponym::Gazetteer;
use variorum_ledger::{Action, Entry, Ledger};
use variorum_model::ClaimPlace;

pub(crate) const JUDGE_EXAMPLES: &str = "\
Examples:
  variorum judge reject c03f2 --reason \"a rumour, withdrawn the next day\"
  variorum judge correct c03f2 type explosion
  variorum judge correct c03f2 place 147288            a GeoNames id
  variorum judge correct c03f2 place \"Sorrivo @ 44.12, 20.31\"
  variorum judge correct c03f2 figure \"at least 12\"
  variorum judge merge i3fa2 i90bc                     two incidents are one
  variorum judge split c03f2 c77a1                     off the incident they are in
  variorum judge duplicate wire-17 wire-9 --author Ada

Every judgement is kept with its author, time and reason, holds for every later reading of the same words, and can be
taken back: variorum undo JUDGEMENT.";

/// Decide about claims, incidents and reports.
#[derive(Args)]
pub(crate) struct JudgeArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// The claims say what the text says.
    Accept {
        /// Claims, by id or the start of one.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// They do not: they count in no incident.
    Reject {
        /// Claims, by id or the start of one.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// One field of a claim should read otherwise.
    #[command(after_help = fields())]
    Correct {
        /// The claim, by id or the start of one.
        claim: String,
        /// The field, by name; or a JSON pointer ("/event/type") with a value in JSON.
        field: String,
        /// What should stand there.
        #[arg(allow_hyphen_values = true)]
        value: String,
        #[command(flatten)]
        by: By,
    },
    /// These incidents, or claims, are one incident.
    Merge {
        /// Incidents and claims, two or more.
        #[arg(required = true, num_args = 2.., value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// These claims are about another incident than the rest of theirs.
    Split {
        /// Claims to split off.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
        /// Claims that they have nothing to do with [default: the rest of their incident].
        #[arg(long, value_name = "CLAIM")]
        from: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// A claim belongs to another incident.
    Move {
        /// The claim.
        claim: String,
        /// The incident, or a claim of it.
        to: String,
        #[command(flatten)]
        by: By,
    },
    /// A report says nothing that another does not: its claims count in no incident.
    Duplicate {
        /// The report.
        report: String,
        /// The one that it repeats.
        of: String,
        #[command(flatten)]
        by: By,
    },
    /// Where those of a report's claims happened that name no place which is located.
    Place {
        /// The report.
        report: String,
        /// A GeoNames id, NAME @ LAT, LON, or a name.
        place: String,
        #[command(flatten)]
        by: By,
    },
    /// Remark on a claim, incident or report.
    Note {
        /// What it is about.
        id: String,
        /// The remark.
        text: String,
        #[command(flatten)]
        by: By,
    },
}

/// Who decides, why, and in which ledger.
#[derive(Args)]
pub(crate) struct By {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Who decides [default: the name of the system's user].
    #[arg(long, value_name = "NAME", env = "VARIORUM_AUTHOR")]
    author: Option<String>,
    /// Why.
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) reason: String,
}

impl By {
    pub(crate) fn author(&self) -> anyhow::Result<String> {
        let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let author = self.author.clone().or_else(user).filter(|name| !name.trim().is_empty());
        author.ok_or_else(|| anyhow::anyhow!("the system names no user; say who decides: --author NAME"))
    }
}

fn fields() -> String {
    let lines = variorum_ledger::FIELDS.iter().map(|(name, what)| format!("  {name:<11} {what}"));
    format!("Fields:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

pub(crate) fn judge(args: &JudgeArgs) -> anyhow::Result<Outcome> {
    let (Verb::Accept { by, .. }
    | Verb::Reject { by, .. }
    | Verb::Correct { by, .. }
    | Verb::Merge { by, .. }
    | Verb::Split { by, .. }
    | Verb::Move { by, .. }
    | Verb::Duplicate { by, .. }
    | Verb::Place { by, .. }
    | Verb::Note { by, .. }) = &args.verb;
    let author = by.author()?;
    let mut ledger = Ledger::open(&by.ledger.ledger)?;
    // All ids are looked up before anything is written.
    let actions = actions(&args.verb, &ledger)?;
    let mut made = Vec::with_capacity(actions.len());
    for action in actions {
        made.push(ledger.judge(&author, &by.reason, action)?);
    }
    settle(&mut ledger, &RegisterArgs { actors: Vec::new(), gazetteer: Vec::new() }, &made)
}

fn actions(verb: &Verb, ledger: &Ledger) -> anyhow::Result<Vec<Action>> {
    let claim = |id: &String| anyhow::Ok(ledger.claim(id)?.id);
    let report = |id: &String| anyhow::Ok(ledger.report(id)?.report.id);
    let one = |action| anyhow::Ok(vec![action]);
    match verb {
        Verb::Accept { claims, .. } => claims.iter().map(|id| Ok(Action::Accept { claim: claim(id)? })).collect(),
        Verb::Reject { claims, .. } => claims.iter().map(|id| Ok(Action::Reject { claim: claim(id)? })).collect(),
        Verb::Correct { claim, field, value, .. } => {
            Ok(ledger.correcting(claim, &[(field.clone(), value.clone())], &in_gazetteer)?)
        }
        Verb::Merge { ids, .. } => one(ledger.merging(ids)?),
        Verb::Split { claims, from, .. } => one(ledger.splitting(claims, from)?),
        Verb::Move { claim, to, .. } => one(ledger.moving(claim, to)?),
        Verb::Duplicate { report: it, of, .. } => one(Action::Duplicate { report: report(it)?, of: report(of)? }),
        Verb::Place { report: it, place, .. } => {
            one(Action::Place { report: report(it)?, place: variorum_ledger::place(place, &in_gazetteer)? })
        }
        Verb::Note { id, text, .. } => {
            let about = match ledger.entry(id)? {
                Entry::Incident(incident) => incident.id.clone(),
                Entry::Claim(claim) => claim.id.clone(),
                Entry::Report(stored) => stored.report.id.clone(),
            };
            one(Action::Note { about, text: text.clone() })
        }
    }
}

/// The built-in gazetteer's place of a GeoNames id.
fn in_gazetteer(id: u32) -> Option<ClaimPlace> {
    let gazetteer = Gazetteer::built_in().ok()?;
    let found = gazetteer.by_geonames(id)?;
    Some(gazetteer.claim_place(found))
}
