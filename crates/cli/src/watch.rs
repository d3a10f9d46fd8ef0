//! `variorum watch`: the pile that never stops.
use crate::Outcome;
use crate::args::{LedgerArgs, RegisterArgs};
use crate::failures::plural;
use crate::read::Reader;
use crate::run::is_stopped;
use crate::terminal;
use anyhow::Context;
use clap::Args;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use variorum_ledger::{Added, Ledger, LedgerError};
use variorum_model::Report;
use variorum_watch::{Alert, Config, Desk, News, Tally};

const EXAMPLES: &str = "\
Examples:
  variorum watch war.toml --ledger war.db            until Ctrl-C
  variorum watch war.toml --ledger war.db --once     what is due now, then end: for cron
  variorum watch war.toml --check                    is the file well-formed? Nothing is fetched

A configuration names at least who is asking and one feed:

  contact = \"desk@example.org\"
  [[feed]]
  url = \"https://courier.example/feed.xml\"

examples/watch.toml holds every key: lists of pages, politeness, limits, alerts, where they are sent.
What was fetched when stands in the ledger; a watch that was broken off goes on where it was.";

/// Ask feeds and lists of pages what is new, read it into a ledger, and send alerts.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WatchArgs {
    /// What to watch, as TOML.
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(flatten)]
    register: RegisterArgs,
    /// Outlets beside the built-in ones (see `variorum read`).
    #[arg(long, value_name = "FILE")]
    outlets: Option<PathBuf>,
    /// Do what is due now, and end.
    #[arg(long)]
    once: bool,
    /// Connect also to machines that are not public: this one, those of the local network, metadata services.
    #[arg(long)]
    allow_private: bool,
    /// Read the configuration, say what is wrong with it, and end.
    #[arg(long)]
    check: bool,
    /// Say nothing but failures; alerts are still sent.
    #[arg(short, long)]
    quiet: bool,
}

pub(crate) fn watch(args: &WatchArgs) -> anyhow::Result<Outcome> {
    let name = args.config.display().to_string();
    let text = std::fs::read_to_string(&args.config).with_context(|| format!("{name}: cannot be read"))?;
    let config = Config::parse(&text).with_context(|| name.clone())?;
    if args.check {
        terminal::say(&format!("{name}: well-formed"));
        return Ok(Outcome::Done);
    }
    let path = &args.ledger.ledger;
    let _alone = alone(path)?;
    let (mut ledger, reader) = Reader::open(path, &args.register, args.outlets.as_deref(), false)?;
    let mut room = Room { reader, quiet: args.quiet };
    if !args.quiet && !args.once {
        terminal::say("watching; Ctrl-C ends it");
    }
    let tally = variorum_watch::watch(&config, &mut ledger, &mut room, &is_stopped, args.allow_private, args.once)
        .with_context(|| name)?;
    if !args.quiet {
        terminal::say(&summary(&tally, &ledger)?);
    }
    Ok(match tally.missed {
        _ if is_stopped() => Outcome::Stopped,
        0 => Outcome::Done,
        _ => Outcome::SomeFailed,
    })
}

/// Two watches over one ledger would ask for everything twice: the second one is refused for as long as the first one runs.
fn alone(ledger: &Path) -> anyhow::Result<File> {
    let mut path = ledger.as_os_str().to_owned();
    path.push("-watch");
    let path = PathBuf::from(path);
    let file = File::create(&path).with_context(|| format!("{}: cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => anyhow::bail!("{}: another watch is running over it", ledger.display()),
        // File systems without locks.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn summary(tally: &Tally, ledger: &Ledger) -> anyhow::Result<String> {
    let counts = [
        (tally.lists, "feed or list asked", "feeds and lists asked"),
        (tally.pages, "page read", "pages read"),
        (tally.same, "unchanged", "unchanged"),
        (tally.missed, "not to be had", "not to be had"),
        (tally.sent, "alert sent", "alerts sent"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
        .collect();
    let mut said = if said.is_empty() { "nothing was due".to_owned() } else { said.join(", ") };
    for (channel, n) in ledger.letters_waiting()? {
        said.push_str(&format!("; {channel}: {} waiting", plural(n, "alert")));
    }
    Ok(said)
}

/// Reads what the watch brings, and shows what comes of it.
struct Room {
    reader: Reader,
    quiet: bool,
}

impl Desk for Room {
    fn read(&mut self, ledger: &mut Ledger, report: Report) -> Result<Added, LedgerError> {
        let id = report.id.clone();
        match catch_unwind(AssertUnwindSafe(|| self.reader.make(report))) {
            Ok(made) => made?.store(ledger),
            Err(_) => {
                ledger.record_failure(&id, "internal-error", "internal error, please report it")?;
                Ok(Added::Unchanged)
            }
        }
    }

    fn link(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        self.reader.link(ledger)
    }

    fn show(&mut self, alert: &Alert) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        let id = alert.incident.get(..8).unwrap_or(&alert.incident);
        writeln!(out, "{}  {id}  {}", alert.at, terminal::visible(&alert.message))?;
        out.flush()
    }

    fn say(&mut self, news: News<'_>) {
        match news {
            News::Listed { url, n_new } if n_new > 0 && !self.quiet => {
                terminal::say(&format!("{url}: {}", plural(n_new, "new page")));
            }
            News::Read { url, added } if !self.quiet => {
                let what = match added {
                    Added::New => "read",
                    Added::Repeat { how } => how.words(),
                    Added::NewVersion { .. } => "read: a new version",
                    _ => "as it was",
                };
                terminal::say(&format!("{url}: {what}"));
            }
            News::Listed { .. } | News::Read { .. } => {}
            News::Missed { url, why, given_up } => {
                let then = if given_up { "; given up" } else { "" };
                terminal::say(&format!("{url}: {why}{then}"));
            }
            News::Undelivered { channel, why, lost } => {
                let then = if lost { "not sent again" } else { "to be sent again" };
                terminal::say(&format!("{channel}: alert not taken ({why}), {then}"));
            }
        }
    }
}
