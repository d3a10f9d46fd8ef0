//! `cargo xtask bench-serve [REPORTS] [--data DIR] [--seconds N] [--pause MS]`: how fast the reading room answers, one by one
//! and when many ask.
//!
//! The ledger is that of `bench-link` (10,000 reports unless told otherwise) and is kept under `target/bench-serve`; a copy of
//! it is served. First every action of the pages is timed by itself, just after a change of the ledger and at rest. Then 50
//! readers and 5 writers work at once; each reader waits `--pause` milliseconds on average between an answer and its next
//! question (0: not at all). In the end every judgement that was answered is looked for.
mod actions;
mod load;
mod server;

use crate::bench_link;
use anyhow::Context;
use server::Server;
use std::path::{Path, PathBuf};
use variorum_ledger::Ledger;

const OUT: &str = "target/bench-serve";

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let mut data = PathBuf::from("../shared");
    let (mut reports, mut seconds, mut pause) = (10_000usize, 30u64, 300u64);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut next = || rest.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => data = next()?.into(),
            "--seconds" => seconds = next()?.parse()?,
            "--pause" => pause = next()?.parse()?,
            n => reports = n.parse().context("a number of reports is needed")?,
        }
    }
    let Some(ledger) = ledger(&data, reports)? else {
        println!("no evaluation data at {}: nothing to measure with", data.display());
        return Ok(());
    };
    let server = Server::start(&ledger)?;
    let (counts, _) = server.client().get("/ledger")?;
    println!("{} reports, {} claims, {} incidents\n", counts["reports"], counts["claims"], counts["incidents"]);
    // A room that was just opened is still reading: that is not what is measured.
    for path in ["/actors", "/network", "/agreements"] {
        server.client().get(path)?;
    }
    actions::run(&server)?;
    println!();
    load::run(&server, seconds, pause)
}

/// A fresh copy of the ledger, which is made once. None without data.
fn ledger(data: &Path, reports: usize) -> anyhow::Result<Option<PathBuf>> {
    std::fs::create_dir_all(OUT)?;
    let kept = Path::new(OUT).join(format!("{reports}.db"));
    if !kept.exists() {
        if !bench_link::prepare(data)? {
            return Ok(None);
        }
        let draft = Path::new(OUT).join("draft.db");
        remove(&draft);
        let mut ledger = Ledger::create(&draft)?;
        for analysis in bench_link::analyses(reports)? {
            ledger.add(&analysis)?;
        }
        ledger.relink()?;
        // Closing writes the log into the file.
        drop(ledger);
        std::fs::rename(&draft, &kept)?;
    }
    let served = Path::new(OUT).join("served.db");
    remove(&served);
    std::fs::copy(&kept, &served)?;
    Ok(Some(served))
}

fn remove(ledger: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", ledger.display()));
    }
}

/// The value below which this share of the sorted times lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or_default()
}
