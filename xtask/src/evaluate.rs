//! `cargo xtask evaluate [NAME…] [--data DIR] [--out DIR]`: runs the release binary on every evaluation set that is
//! there and prints what the scorers say beside the marks of `xtask/marks.toml`.
//!
//! Evaluation data is not part of the project. Where DIR (default `../shared`) is not there, this says so and ends well.
use crate::program;
use anyhow::{Context, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    set: Vec<Set>,
}

/// One scorer on one folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    name: String,
    scorer: String,
    gold: String,
    reports: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    incidents: bool,
    /// What is printed, in this order, with the mark to reach.
    marks: Vec<(String, f64)>,
}

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let mut data = PathBuf::from("../shared");
    let mut out = PathBuf::from("target/evaluation");
    let mut names = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--data" => data = rest.next().context("--data needs a folder")?.into(),
            "--out" => out = rest.next().context("--out needs a folder")?.into(),
            name => names.push(name.to_owned()),
        }
    }
    if !data.join("gold").is_dir() {
        println!("no evaluation data at {}: nothing to evaluate", data.display());
        return Ok(());
    }
    let marks: Marks = toml::from_str(include_str!("../marks.toml")).context("xtask/marks.toml")?;
    let binary = program::built()?;
    std::fs::create_dir_all(&out)?;
    let mut analyzed: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    println!("{:<12} {:<34} {:>8} {:>8}", "set", "score", "reached", "mark");
    for set in marks.set.iter().filter(|s| names.is_empty() || names.contains(&s.name)) {
        let gold = data.join("gold").join(&set.gold);
        let reports = gold.join(&set.reports);
        if !reports.exists() {
            println!("{:<12} not there", set.name);
            continue;
        }
        let analysis = match analyzed.get(&reports) {
            Some(done) => done.clone(),
            None => {
                let path = out.join(format!("{}.jsonl", set.name));
                analyze(&binary, &reports, &path)?;
                analyzed.insert(reports.clone(), path.clone());
                path
            }
        };
        let mut command = Command::new("python3");
        command.arg(data.join("score").join(&set.scorer)).arg("--gold").arg(&gold).arg("--pred").arg(&analysis);
        if set.incidents {
            let path = out.join(format!("{}.incidents.jsonl", set.name));
            incidents(&binary, &reports, &path)?;
            command.arg("--incidents").arg(path);
        }
        let answer = command.args(&set.args).stderr(Stdio::inherit()).output().context("python3")?;
        let text = String::from_utf8_lossy(&answer.stdout);
        std::fs::write(out.join(format!("{}.{}.txt", set.name, set.scorer)), text.as_bytes())?;
        let scores = scores(&text);
        for (key, mark) in &set.marks {
            match scores.get(key) {
                Some(value) => println!(
                    "{:<12} {:<34} {:>8.4} {:>8.3} {}",
                    set.name,
                    key,
                    value,
                    mark,
                    if value >= mark { "" } else { "below" }
                ),
                None => println!("{:<12} {:<34} the scorer printed no such score", set.name, key),
            }
        }
    }
    Ok(())
}

fn analyze(binary: &Path, reports: &Path, out: &Path) -> anyhow::Result<()> {
    let start = Instant::now();
    let status = Command::new(binary)
        .args(["analyze", "--quiet"])
        .arg(reports)
        .stdout(std::fs::File::create(out)?)
        .status()
        .with_context(|| format!("{}", binary.display()))?;
    if status.code() != Some(0) && status.code() != Some(1) {
        bail!("analyze {} ended with {status}", reports.display());
    }
    println!("# analyze {}: {:.1} s", reports.display(), start.elapsed().as_secs_f64());
    Ok(())
}

fn incidents(binary: &Path, reports: &Path, out: &Path) -> anyhow::Result<()> {
    let ledger = out.with_extension("db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", ledger.display()));
    }
    let start = Instant::now();
    let status = Command::new(binary)
        .args(["read", "--quiet", "--ledger"])
        .arg(&ledger)
        .arg(reports)
        .stdout(Stdio::null())
        .status()?;
    if status.code() != Some(0) && status.code() != Some(1) {
        bail!("read {} ended with {status}", reports.display());
    }
    println!("# read {}: {:.1} s", reports.display(), start.elapsed().as_secs_f64());
    let status = Command::new(binary)
        .args(["incidents", "--format", "jsonl", "--ledger"])
        .arg(&ledger)
        .stdout(std::fs::File::create(out)?)
        .status()?;
    if !status.success() {
        bail!("incidents ended with {status}");
    }
    Ok(())
}

/// Scores from a scorer's output: a line `SCORE name=value …` or one JSON object, flattened with dots.
fn scores(text: &str) -> BTreeMap<String, f64> {
    let mut found = BTreeMap::new();
    for line in text.lines().filter_map(|l| l.strip_prefix("SCORE ")) {
        for pair in line.split_whitespace() {
            if let Some((name, Ok(value))) = pair.split_once('=').map(|(n, v)| (n, v.parse())) {
                found.insert(name.to_owned(), value);
            }
        }
    }
    if found.is_empty()
        && let Some(start) = text.find('{')
        && let Ok(value) = serde_json::from_str::<serde_json::Value>(&text[start..])
    {
        flatten("", &value, &mut found);
    }
    found
}

fn flatten(prefix: &str, value: &serde_json::Value, found: &mut BTreeMap<String, f64>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&name, value, found);
            }
        }
        _ => {
            if let Some(number) = value.as_f64() {
                found.insert(prefix.to_owned(), number);
            }
        }
    }
}
