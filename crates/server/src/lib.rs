//! The reading room: HTTP over one ledger, for the person at this machine.
//!
//! The pages of `web/` use only the API under `/api/v1`, which `/api/openapi.json` describes. Who may come in stands in
//! `guard.rs`: requests from this machine, by this address, with the token that was printed.

mod api;
mod cast;
mod facts;
mod guard;
mod network;
mod order;
mod overview;
mod page;
mod reference;
mod shelf;

pub use cast::{ActorOutline, Contradiction, PublisherOutline, Times};
pub use overview::{FigureOutline, IncidentOutline};
pub use reference::Reference;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use guard::Guard;
use shelf::Shelf;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
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
    /// Other machines could reach that address.
    #[error(
        "{0} can be reached by other machines, and users with passwords are not built yet; serve on 127.0.0.1 and use an SSH tunnel"
    )]
    NotLoopback(IpAddr),
    /// The port is taken, or the like.
    #[error("cannot listen on {address}")]
    Listen {
        /// Address and port.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gives no random numbers.
    #[error("no random numbers for the token: {0}")]
    Random(String),
    /// The server stopped.
    #[error("the server stopped")]
    Run(#[source] std::io::Error),
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
    /// Opens the ledger and takes the port (0 for any that is free). `author` signs judgements; places and actors are looked
    /// up in `reference`.
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn open(
        ledger: &Path,
        bind: IpAddr,
        port: u16,
        author: &str,
        reference: Reference,
    ) -> Result<Self, ServeError> {
        if !bind.is_loopback() {
            return Err(ServeError::NotLoopback(bind));
        }
        let shelf = Shelf::open(ledger, &reference)?;
        let wanted = SocketAddr::new(bind, port);
        let listen = |source| ServeError::Listen { address: wanted, source };
        let listener = std::net::TcpListener::bind(wanted).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let guard = Arc::new(Guard::new(address.port()).map_err(|e| ServeError::Random(e.to_string()))?);
        let shelf = Arc::new(shelf);
        let room = api::Room { shelf: Arc::clone(&shelf), author: author.into(), reference: Arc::new(reference) };
        let app = app(room, Arc::clone(&guard));
        Ok(Room { listener, address, guard, app, shelf })
    }

    /// The address to open, with the token in it.
    pub fn url(&self) -> String {
        format!("http://{}/?token={}", self.address, self.guard.token())
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The token that [`Room::url`] carries.
    pub fn token(&self) -> &str {
        self.guard.token()
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
            axum::serve(listener, self.app).await.map_err(ServeError::Run)
        })
    }
}

/// The address that `serve` binds to unless told otherwise.
pub const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn app(room: api::Room, guard: Arc<Guard>) -> Router {
    Router::new()
        .merge(api::routes(room))
        .fallback(axum::routing::get(page::page))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(axum::middleware::from_fn_with_state(guard, guard::watch))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
}
