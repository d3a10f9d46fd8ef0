//! `variorum serve`: the reading room.
use crate::Outcome;
use crate::args::RegisterArgs;
use crate::extractor::extractor;
use crate::terminal;
use anyhow::Context;
use clap::Args as ClapArgs;
use std::net::IpAddr;
use std::path::PathBuf;
use variorum_server::{Door, LOOPBACK, Reference, Room, Tiles};

pub(crate) const EXAMPLES: &str = "\
Examples:
  variorum serve war.db --open         in the browser, at once
  variorum serve war.db --port 8417    always at the same port

  variorum serve war.db --bind 0.0.0.0 --port 8417 --origin https://room.example   for users who log in

The printed address carries a random token and opens the room for one browser; the token is new each time. Nothing is
loaded from other machines. Other machines can connect only where --bind says so, and then users log in (variorum user);
what goes over a network should go through a proxy that speaks TLS. Ctrl-C closes the room.";

#[derive(ClapArgs)]
pub(crate) struct ServeArgs {
    /// The ledger: one file, made by `variorum read`.
    #[arg(value_name = "LEDGER", env = "VARIORUM_LEDGER", default_value = "variorum.db")]
    ledger: PathBuf,
    /// Port; 0 takes any that is free.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address to listen on; others than those of this machine need users (variorum user).
    #[arg(long, value_name = "ADDRESS", default_value_t = LOOPBACK)]
    bind: IpAddr,
    /// File of users, who log in [default where other machines can connect: LEDGER.users].
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
    /// An address by which people come, as that of a proxy (https://room.example); repeatable.
    #[arg(long, value_name = "URL")]
    origin: Vec<String>,
    /// A base map of tiles under the map: the address of one, with {z}, {x} and {y} in it. Whoever answers there sees what part
    /// of the world is looked at; without it nothing is asked of anyone.
    #[arg(long, value_name = "URL", env = "VARIORUM_TILES")]
    tiles: Option<String>,
    /// Whose map it is, shown under it.
    #[arg(long, value_name = "TEXT", requires = "tiles", default_value = "")]
    tiles_credit: String,
    /// Who signs judgements where nobody logs in [default: the user's name].
    #[arg(long, value_name = "NAME", env = "VARIORUM_AUTHOR")]
    author: Option<String>,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    register: RegisterArgs,
}

pub(crate) fn serve(args: &ServeArgs) -> anyhow::Result<Outcome> {
    let user = || ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let author = args.author.clone().or_else(user).unwrap_or_else(|| "unknown".to_owned());
    let (users, origins) = (args.users.clone(), args.origin.clone());
    let tiles = args.tiles.as_ref().map(|url| Tiles::new(url, &args.tiles_credit)).transpose()?;
    let door = Door { bind: args.bind, port: args.port, author, users, origins, tiles };
    let room = Room::open(&args.ledger, door, reference(&args.register)?)?;
    let url = room.url();
    terminal::write_out(format!("{url}\n").as_bytes())?;
    terminal::say("the reading room is open; Ctrl-C closes it");
    if args.open && open::that_detached(&url).is_err() {
        terminal::say("no browser could be started; open the address by hand");
    }
    room.run()?;
    Ok(Outcome::Done)
}

/// The built-in gazetteer and register, with what the user adds.
fn reference(args: &RegisterArgs) -> anyhow::Result<Reference> {
    let mut reference = Reference::built_in()?;
    let text =
        |path: &PathBuf| std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()));
    for path in &args.actors {
        reference.register.extend(&path.display().to_string(), &text(path)?)?;
    }
    for path in &args.gazetteer {
        reference.gazetteer.add(&path.display().to_string(), &text(path)?)?;
    }
    let args = args.clone();
    reference.analyst = Box::new(move || extractor(&args).map_err(|error| format!("{error:#}")));
    Ok(reference)
}
