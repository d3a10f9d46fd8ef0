//! The reading room: HTTP over one ledger, for the person at this machine, or for users who log in.
//!
//! The pages of `web/` use only the API under `/api/v1`, which `/api/openapi.json` describes. Who may come in stands in
//! `guard.rs`: requests by this address, with the token that was printed or of a user who logged in.

mod access;
mod api;
mod cast;
mod facts;
mod guard;
mod network;
mod order;
mod overview;
mod page;
mod reference;
mod sessions;
mod shelf;
mod tiles;
mod users;

pub use access::Access;
pub use cast::{ActorOutline, Contradiction, PublisherOutline, Times};
pub use overview::{FigureOutline, IncidentOutline};
pub use reference::{Analyst, Reference};
pub use tiles::Tiles;
pub use users::{Role, SHORTEST_PASSWORD, User, UserError, Users};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::serve::ListenerExt;
use guard::{Entrance, Guard};
use sessions::Sessions;
use shelf::Shelf;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use variorum_ledger::LedgerError;

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Why the room could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Users are needed, and are not there or cannot be read.
    #[error(transparent)]
    Users(#[from] UserError),
    /// The port is taken, or the like.
    #[error("cannot listen on {address}")]
    Listen {
        /// Address and port.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// No address of tiles.
    #[error("{url:?} is no address of map tiles: http or https, a host, and {{z}}, {{x}} and {{y}} after it")]
    Tiles {
        /// As it was given.
        url: String,
    },
    /// The system gives no random numbers.
    #[error("no random numbers for the token: {0}")]
    Random(String),
    /// The server stopped.
    #[error("the server stopped")]
    Run(#[source] std::io::Error),
}

/// By what address and by whom a room is entered.
pub struct Door {
    /// Address to listen on. Others than those of this machine need users.
    pub bind: IpAddr,
    /// Port; 0 takes any that is free.
    pub port: u16,
    /// Signs judgements where no users are.
    pub author: String,
    /// File of users ([`Users`]); where none is named and other machines can come, that beside the ledger.
    pub users: Option<PathBuf>,
    /// Other addresses by which people come (`https://room.example`), as of a proxy.
    pub origins: Vec<String>,
    /// A base map from elsewhere; without it the map is drawn from what the program holds, and nothing is asked of anyone.
    pub tiles: Option<Tiles>,
}

impl Door {
    /// On this machine, for the holder of a fresh token, who signs with this name.
    pub fn local(author: &str) -> Self {
        Door { bind: LOOPBACK, port: 0, author: author.to_owned(), users: None, origins: Vec::new(), tiles: None }
    }
}

/// A room that listens and is not yet open.
pub struct Room {
    listener: std::net::TcpListener,
    address: SocketAddr,
    guard: Arc<Guard>,
    app: Router,
    shelf: Arc<Shelf>,
}

impl Room {
    /// Opens the ledger and takes the port (0 for any that is free). Places and actors are looked up in `reference`.
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn open(ledger: &Path, door: Door, reference: Reference) -> Result<Self, ServeError> {
        let wanted = SocketAddr::new(door.bind, door.port);
        // Before the port is taken: who may not come in is not kept waiting.
        let users = match door.users {
            None if !door.bind.is_loopback() => Some(Users::beside(ledger)),
            given => given,
        };
        let entrance = match users {
            Some(path) => Entrance::Users(Box::new(Sessions::open(&path)?)),
            None => Guard::token_of(&door.author).map_err(|e| ServeError::Random(e.to_string()))?,
        };
        let shelf = Arc::new(Shelf::open(ledger, &reference)?);
        let listen = |source| ServeError::Listen { address: wanted, source };
        let listener = std::net::TcpListener::bind(wanted).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let origins = door.origins.into_iter().map(|o| o.trim_end_matches('/').to_owned()).collect();
        let guard = Arc::new(Guard::new(address, origins, entrance, door.tiles.as_ref()));
        let (of_shelf, of_guard) = (Arc::clone(&shelf), Arc::clone(&guard));
        let room = api::Room { shelf: of_shelf, guard: of_guard, reference: Arc::new(reference), tiles: door.tiles };
        let app = app(room, Arc::clone(&guard), !door.bind.is_loopback());
        Ok(Room { listener, address, guard, app, shelf })
    }

    /// The address to open; with the token in it, where one opens the room.
    pub fn url(&self) -> String {
        match self.guard.token() {
            Some(token) => format!("http://{}/?token={token}", self.address),
            None => format!("http://{}/", self.address),
        }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The token that [`Room::url`] carries; empty where users log in.
    pub fn token(&self) -> &str {
        self.guard.token().unwrap_or_default()
    }

    /// What answers, without the network: for tests.
    pub fn app(&self) -> Router {
        self.app.clone()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// When the system takes the port away.
    pub fn run(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Run)?;
        // Read while the first page is looked at.
        let shelf = Arc::clone(&self.shelf);
        runtime.spawn_blocking(move || shelf.warm());
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(ServeError::Run)?;
            let app = self.app.into_make_service_with_connect_info::<SocketAddr>();
            // An answer's last packet does not wait for the word that the one before has come.
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            axum::serve(listener, app).await.map_err(ServeError::Run)
        })
    }
}

/// The address that `serve` binds to unless told otherwise.
pub const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Answers are compressed for other machines only: on one machine that takes longer than to copy them.
fn app(room: api::Room, guard: Arc<Guard>, compressed: bool) -> Router {
    let app = Router::new()
        .merge(api::routes(room))
        .fallback(axum::routing::get(page::page))
        .layer(DefaultBodyLimit::max(LARGEST_BODY));
    let app = if compressed { app.layer(tower_http::compression::CompressionLayer::new()) } else { app };
    app.layer(axum::middleware::from_fn_with_state(guard, guard::watch))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
}
