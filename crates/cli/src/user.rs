//! `variorum user`: who may enter a reading room that other machines can reach.
use crate::Outcome;
use crate::terminal;
use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use variorum_server::{Role, Users};

/// Add, list and remove the users of a reading room.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  variorum user add anna --role coder --ledger war.db\n  variorum user list --ledger war.db\n  pass show room/anna | variorum user add anna --role admin --users team.users"
)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Add a user; the password is asked for, or read from standard input.
    Add {
        /// Signs judgements.
        name: String,
        /// What the user may do.
        #[arg(long, default_value = "reader")]
        role: RoleArg,
        #[command(flatten)]
        at: At,
    },
    /// List users with their roles.
    List {
        #[command(flatten)]
        at: At,
    },
    /// Remove a user; sessions end at once.
    Remove {
        /// The user.
        name: String,
        #[command(flatten)]
        at: At,
    },
}

#[derive(Args)]
struct At {
    /// The ledger whose users these are: they stand in LEDGER.users.
    #[arg(long, value_name = "LEDGER", env = "VARIORUM_LEDGER", default_value = "variorum.db")]
    ledger: PathBuf,
    /// File of users, for several ledgers.
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleArg {
    /// Reads.
    Reader,
    /// Reads, decides, marks.
    Coder,
    /// The same, and reads the log of log-ins.
    Admin,
}

pub(crate) fn user(args: &UserArgs) -> anyhow::Result<Outcome> {
    let open = |at: &At| Users::read(&at.users.clone().unwrap_or_else(|| Users::beside(&at.ledger)));
    match &args.what {
        What::Add { name, role, at } => {
            let mut users = open(at)?;
            let role = match role {
                RoleArg::Reader => Role::Reader,
                RoleArg::Coder => Role::Coder,
                RoleArg::Admin => Role::Admin,
            };
            users.add(name, role, &password()?)?;
        }
        What::List { at } => {
            let mut out = String::new();
            for user in open(at)?.all() {
                out += &format!("{}\t{}\n", user.name, user.role);
            }
            return terminal::write_out(out.as_bytes());
        }
        What::Remove { name, at } => open(at)?.remove(name)?,
    }
    Ok(Outcome::Done)
}

/// Asked for twice without being shown; or the first line of standard input.
fn password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").context("no password")?;
        if rpassword::prompt_password("Once more: ").context("no password")? != first {
            bail!("these were two different passwords; nothing was added");
        }
        return Ok(first);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("the password is read from standard input")?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
