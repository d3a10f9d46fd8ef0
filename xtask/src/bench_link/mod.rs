//! `cargo xtask bench-link [SIZE…] [--data DIR]`: how long linkage takes, and what it takes of memory, by the number of reports.
//!
//! Reports are those of two evaluation sets (no part of the project), analysed once; larger numbers are made of them by
//! moving the *analysis* to other days, places, names and words (`shift`), since analysing tens of thousands would take hours.
//! Besides: 3,000 reports with one text, and one more report for a ledger. Times are processor seconds of one core, of each size
//! those of the fastest of three runs; each run is a process of its own, whose largest memory is given.
mod shift;

use crate::program;
use anyhow::{Context, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use variorum_ledger::Ledger;
use variorum_link::{Linker, Reading};
use variorum_model::Analysis;

/// The sets, and how many reports of each make a thousand.
const SETS: [(&str, usize); 2] = [("gva/reports.jsonl", 850), ("fakes/reports.jsonl", 150)];
const SIZES: [usize; 4] = [1000, 3000, 10_000, 30_000];
/// Whatever else a machine does makes a run slower, never faster.
const RUNS: usize = 3;
const OUT: &str = "target/bench-link";

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let mut data = PathBuf::from("../shared");
    let mut sizes = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--data" => data = rest.next().context("--data needs a folder")?.into(),
            // A row, in a process of its own.
            "--row" => return row(rest.next().context("--row needs a name")?, number(rest.next())?),
            _ => sizes.push(number(Some(arg))?),
        }
    }
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    if !prepare(&data)? {
        println!("no evaluation data at {}: nothing to measure with", data.display());
        return Ok(());
    }
    println!("{:<34} {:>8} {:>9} {:>9} {:>9} {:>8}", "", "reports", "seconds", "MB", "incidents", "growth");
    let mut before: Option<(f64, f64)> = None;
    for size in sizes {
        let mut runs = (0..RUNS).map(|_| measured("link", size)).collect::<anyhow::Result<Vec<_>>>()?;
        runs.sort_by(|l, r| l.0.total_cmp(&r.0));
        let (seconds, shown) = runs.swap_remove(0);
        let growth = before.map(|(n, s)| (seconds / s).ln() / (size as f64 / n).ln());
        println!("{shown} {}", growth.map_or(String::new(), |g| format!("{g:>8.2}")));
        before = Some((size as f64, seconds));
    }
    println!("{}", measured("copies", 3000)?.1);
    println!("{}", measured("ledger", 10_000)?.1);
    Ok(())
}

fn number(arg: Option<&String>) -> anyhow::Result<usize> {
    arg.and_then(|n| n.parse().ok()).context("a number of reports is needed")
}

/// Analyses the sets, unless that was done. False when they are not there.
pub(crate) fn prepare(data: &Path) -> anyhow::Result<bool> {
    std::fs::create_dir_all(OUT)?;
    for (i, (set, _)) in SETS.iter().enumerate() {
        let (reports, out) = (data.join("gold").join(set), Path::new(OUT).join(format!("{i}.jsonl")));
        if out.exists() {
            continue;
        }
        if !reports.exists() {
            return Ok(false);
        }
        let partial = out.with_extension("part");
        let analyzed = Command::new(program::built()?)
            .args(["analyze", "--quiet"])
            .arg(&reports)
            .stdout(std::fs::File::create(&partial)?)
            .status()?;
        if !analyzed.success() {
            bail!("analyze {} ended with {analyzed}", reports.display());
        }
        std::fs::rename(partial, out)?;
    }
    Ok(true)
}

fn measured(name: &str, size: usize) -> anyhow::Result<(f64, String)> {
    let answer = Command::new(std::env::current_exe()?)
        .args(["bench-link", "--row", name, &size.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !answer.status.success() {
        bail!("row {name} {size} ended with {}", answer.status);
    }
    let text = String::from_utf8(answer.stdout)?;
    let (seconds, shown) = text.trim_end().split_once('\t').context("a row is a number and a text")?;
    Ok((seconds.parse()?, shown.to_owned()))
}

fn row(name: &str, size: usize) -> anyhow::Result<()> {
    match name {
        "link" => link("link, moved in time and place", &readings(size)?),
        "copies" => {
            let one = readings(1)?.remove(0);
            let all: Vec<Reading> = (0..size).map(|k| renumbered(&one, k)).collect();
            link("link, all with one text", &all)
        }
        "ledger" => ledger(size),
        other => bail!("no row {other:?}"),
    }
}

fn link(what: &str, readings: &[Reading]) -> anyhow::Result<()> {
    let linker = Linker::load()?;
    let start = processor_seconds()?;
    let incidents = linker.link(readings);
    print_row(what, readings.len(), processor_seconds()? - start, incidents.len())
}

/// A ledger of so many reports, and then one more.
fn ledger(size: usize) -> anyhow::Result<()> {
    let path = Path::new(OUT).join("ledger.db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
    let mut ledger = Ledger::create(&path)?;
    let all = analyses(size)?;
    for analysis in &all {
        ledger.add(analysis)?;
    }
    drop(all);
    let start = processor_seconds()?;
    ledger.relink()?;
    eprintln!("# a ledger of {size} reports was linked in {:.1} s", processor_seconds()? - start);
    let mut worst: f64 = 0.0;
    let mut total = 0.0;
    for analysis in &more()? {
        let start = processor_seconds()?;
        ledger.add(analysis)?;
        ledger.relink()?;
        let took = processor_seconds()? - start;
        worst = worst.max(took);
        total += took;
    }
    eprintln!(
        "# one more report: {:.0} ms on average of {ONE_MORE}, {:.0} ms at worst",
        total * 1000.0 / ONE_MORE as f64,
        worst * 1000.0
    );
    print_row("one more for a ledger", size, total / ONE_MORE as f64, ledger.counts()?.incidents)
}

/// Reports added one by one to a ledger.
const ONE_MORE: usize = 40;

/// Those of the first set that come after what the ledger holds of it: most tell of what others in it tell of.
fn more() -> anyhow::Result<Vec<Analysis>> {
    let text = std::fs::read_to_string(Path::new(OUT).join("0.jsonl"))?;
    let lines = text.lines().skip(SETS[0].1).take(ONE_MORE);
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn print_row(what: &str, size: usize, seconds: f64, incidents: usize) -> anyhow::Result<()> {
    println!("{seconds}\t{what:<34} {size:>8} {seconds:>9.3} {:>9} {incidents:>9}", peak_megabytes()?);
    Ok(())
}

/// A thousand reports of the sets, then their copies: whatever the number, the mixture is the same.
pub(crate) fn analyses(size: usize) -> anyhow::Result<Vec<Analysis>> {
    let mut lines: Vec<Value> = Vec::new();
    for (i, (_, n)) in SETS.iter().enumerate() {
        let text = std::fs::read_to_string(Path::new(OUT).join(format!("{i}.jsonl")))?;
        for line in text.lines().take(*n) {
            lines.push(serde_json::from_str(line)?);
        }
    }
    let exchange = shift::Exchange::new(lines.iter());
    (0..size).map(|n| shift::copy(&lines[n % lines.len()], n / lines.len(), &exchange)).collect()
}

fn readings(size: usize) -> anyhow::Result<Vec<Reading>> {
    Ok(analyses(size)?.into_iter().map(|a| Reading { report: a.report, claims: a.claims }).collect())
}

/// One report under another id and with other claim ids: what an agency's text is in so many papers.
fn renumbered(reading: &Reading, k: usize) -> Reading {
    let mut copy = reading.clone();
    copy.report.id = format!("{}~{k}", copy.report.id);
    copy.report.publisher = format!("outlet {k}");
    for claim in &mut copy.claims {
        claim.id = variorum_model::stable_id("c", &[&claim.id, &k.to_string()]);
    }
    copy
}

/// Processor time of this process so far; it has one thread.
fn processor_seconds() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").context("times are read from /proc")?;
    Ok(stat.split_whitespace().next().context("schedstat")?.parse::<f64>()? / 1e9)
}

fn peak_megabytes() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}
