//! Many at once: readers who open pages, writers who decide, and a count in the end.
use super::actions::{Ids, READS, text};
use super::quantile;
use super::server::{Client, Server};
use anyhow::{Context, bail};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const READERS: usize = 50;
const WRITERS: usize = 5;
/// Milliseconds that 99 of 100 reads should be answered within.
const LIMIT: f64 = 150.0;
/// Milliseconds between two decisions of a writer, who reads in between.
const THINKS: u64 = 1000;

/// What went on.
#[derive(Default)]
struct Log {
    reads: BTreeMap<&'static str, Vec<f64>>,
    writes: Vec<f64>,
    /// Judgements that were answered, and whether they were undone.
    judged: BTreeMap<String, bool>,
    errors: Vec<String>,
}

pub(super) fn run(server: &Server, seconds: u64, pause: u64) -> anyhow::Result<()> {
    let ids = Ids::of(&server.client())?;
    let log = Mutex::new(Log::default());
    let over = AtomicBool::new(false);
    let start = Instant::now();
    std::thread::scope(|scope| {
        let (ids, log, over) = (&ids, &log, &over);
        for reader in 0..READERS {
            scope.spawn(move || {
                let client = server.client();
                let mut n = reader * 7919;
                // Readers do not come all at once.
                sleep(Duration::from_millis(pause * reader as u64 / READERS as u64));
                while !over.load(Ordering::Relaxed) {
                    let name = READS[mixed(n) % READS.len()];
                    note(log, client.bytes(&ids.path(name, mixed(n + 1))), |log, (_, took)| {
                        log.reads.entry(name).or_default().push(took);
                    });
                    n += 1;
                    sleep(Duration::from_millis(mixed(n) as u64 % (2 * pause + 1)));
                }
            });
        }
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let client = server.client();
                let mut n = writer;
                while !over.load(Ordering::Relaxed) {
                    note(log, decide(&client, ids, n), |log, (took, judged)| {
                        log.writes.extend(took);
                        log.judged.extend(judged);
                    });
                    n += WRITERS;
                    sleep(Duration::from_millis(THINKS));
                }
            });
        }
        sleep(Duration::from_secs(seconds));
        over.store(true, Ordering::Relaxed);
    });
    let elapsed = start.elapsed().as_secs_f64();
    let mut log = log.into_inner().unwrap_or_else(|e| e.into_inner());
    println!("{READERS} readers (a pause of {pause} ms on average) and {WRITERS} writers for {elapsed:.0} s");
    println!("{:<20} {:>8} {:>10} {:>10} {:>10}   (milliseconds)", "", "n", "median", "p99", "worst");
    let mut all = Vec::new();
    for (name, times) in &mut log.reads {
        row(name, times);
        all.extend_from_slice(times);
    }
    row("all reads", &mut all);
    row("all decisions", &mut log.writes);
    let lost = lost(&server.client(), &log.judged)?;
    println!(
        "{:.0} reads a second; {} errors; {lost} of {} judgements lost",
        all.len() as f64 / elapsed,
        log.errors.len(),
        log.judged.len()
    );
    let p99 = quantile(&all, 0.99);
    if let Some(first) = log.errors.first() {
        bail!("an error, the first of {}: {first}", log.errors.len());
    }
    if lost > 0 || p99 > LIMIT {
        bail!("{lost} judgements lost; 99 of 100 reads within {p99:.0} ms, and {LIMIT} are allowed");
    }
    Ok(())
}

type Decided = (Vec<f64>, Vec<(String, bool)>);

/// Accepts a claim; every other one is taken back at once.
fn decide(client: &Client<'_>, ids: &Ids, n: usize) -> anyhow::Result<Decided> {
    let claim = &ids.claims[n % ids.claims.len()];
    let body = json!({"kind": "accept", "claims": [claim], "reason": format!("decision {n}")});
    let (judged, took) = client.post("/judgements", &body)?;
    let id = text(&judged["judgements"][0]["id"]);
    if (n / WRITERS).is_multiple_of(2) {
        return Ok((vec![took], vec![(id, false)]));
    }
    let (undoing, again) = client.post("/judgements", &json!({"kind": "undo", "judgements": [id]}))?;
    Ok((vec![took, again], vec![(id, true), (text(&undoing["judgements"][0]["id"]), false)]))
}

/// Judgements that were answered and are not in the ledger, or in another state.
fn lost(client: &Client<'_>, judged: &BTreeMap<String, bool>) -> anyhow::Result<usize> {
    let mut found: BTreeMap<String, bool> = BTreeMap::new();
    let mut path = "/judgements?limit=1000".to_owned();
    loop {
        let (page, _) = client.get(&path)?;
        let items = page["items"].as_array().context("items")?;
        found.extend(items.iter().map(|j| (text(&j["id"]), j["state"] == "undone")));
        match page["next"].as_str() {
            Some(next) => path = format!("/judgements?limit=1000&cursor={next}"),
            None => break,
        }
    }
    Ok(judged.iter().filter(|(id, undone)| found.get(*id) != Some(undone)).count())
}

fn note<T>(log: &Mutex<Log>, done: anyhow::Result<T>, take: impl FnOnce(&mut Log, T)) {
    let mut log = log.lock().unwrap_or_else(|e| e.into_inner());
    match done {
        Ok(value) => take(&mut log, value),
        Err(error) => log.errors.push(format!("{error:#}")),
    }
}

fn row(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share| quantile(times, share);
    println!("{name:<20} {:>8} {:>10.0} {:>10.0} {:>10.0}", times.len(), at(0.5), at(0.99), at(1.0));
}

/// A number that looks like chance and is the same in every run (splitmix64).
fn mixed(n: usize) -> usize {
    let mut z = (n as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as usize >> 1
}
