//! The watch: feeds and lists of pages, asked politely; what is new in them becomes reports of a ledger, and what becomes of
//! incidents becomes alerts.
//!
//! [`watch`] is the loop. It keeps its state in the ledger: what is due when, with what validators, and which alerts are
//! still on their way. A page is marked as visited after its report is stored, and an alert as sent after it was taken; so a
//! process that dies fetches at most the pages in hand once more, and sends an alert twice, under the same key, rather
//! than never.
//!
//! What servers send is hostile. [`Reach`] says which machines may be connected to, at all; [`Fetcher`] bounds time,
//! size, redirects and inflation, each with a failure of its own ([`FetchError`]).

mod alert;
mod channel;
mod config;
mod delivery;
mod failure;
mod fetch;
mod lists;
mod pace;
mod reach;
mod robots;
mod rules;
mod visit;
mod watch;

pub use alert::{Alert, Kind};
pub use channel::webhook::signature;
pub use config::{Config, ConfigError};
pub use failure::FetchError;
pub use fetch::{Answer, Fetcher, Limits};
pub use reach::Reach;
pub use watch::{Desk, News, Tally, WatchError, watch};

/// This moment, in milliseconds since 1970.
fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// A fraction from 0 to 1, another one each time.
fn chance() -> f64 {
    getrandom::u64().map_or(0.5, |bits| (bits >> 11) as f64 / (1u64 << 53) as f64)
}
