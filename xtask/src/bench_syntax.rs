//! `cargo xtask bench-syntax [TEXTS.jsonl] [--rounds N]`: spaCy and `variorum-syntax` on the same texts, one thread each, in turns.
//!
//! Texts are JSON strings or objects with a `text`, one a line; without a file, those of the golden test. Ours begins each
//! round with empty caches but for the words of the first few texts, on which both are warmed. Processor time is what
//! counts on a machine that has other work.

use crate::{golden, model, spacy};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::Path;
use std::time::Instant;
use variorum_syntax::{Kernel, Pipeline};

const WARM: usize = 20;

#[derive(Deserialize)]
struct Times {
    spacy: String,
    pipeline: Vec<String>,
    pipe: Time,
    single: Time,
}

#[derive(Deserialize, Clone, Copy)]
struct Time {
    tokens: usize,
    wall: f64,
    cpu: f64,
}

impl Time {
    /// Tokens a second, of processor time and of wall clock.
    fn rates(&self) -> (f64, f64) {
        (self.tokens as f64 / self.cpu, self.tokens as f64 / self.wall)
    }
}

/// Runs the benchmark and prints a table.
pub fn run(args: &[String]) -> Result<()> {
    let (mut rounds, mut file) = (3, None);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--rounds" => rounds = rest.next().context("--rounds needs a number")?.parse()?,
            path if !path.starts_with('-') => file = Some(path),
            other => bail!("unknown argument {other}; usage: cargo xtask bench-syntax [TEXTS.jsonl] [--rounds N]"),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("workspace")?;
    let texts = match file {
        Some(path) => read(Path::new(path)).with_context(|| path.to_owned())?,
        None => golden::texts(root)?,
    };
    let python = spacy::python(root)?;
    let model = model::MODELS.iter().find(|m| m.short == "md").context("no model")?;
    let dir = python.model(model)?;
    let lines: Vec<String> = texts.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let lines_file = root.join("target/bench-texts.jsonl");
    std::fs::write(&lines_file, lines.join("\n") + "\n")?;

    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    println!("{} texts, {words} words between white space; {:?} kernel", texts.len(), Kernel::detect());
    println!("{:<28} {:>14} {:>14}", "tokens/s", "processor time", "wall clock");
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let script = root.join("xtask/python/bench_syntax.py");
        let output = python.command().arg(script).arg(&dir).arg(&lines_file).arg(WARM.to_string()).output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        let times: Times = serde_json::from_slice(&output.stdout)?;
        let time = time_ours(&texts)?;
        print(&format!("spaCy {} pipe", times.spacy), times.pipe);
        print(&format!("spaCy {} one by one", times.spacy), times.single);
        print("variorum-syntax", time);
        if theirs.is_empty() {
            println!("  components: {}", times.pipeline.join(", "));
        }
        theirs.push(times.pipe.rates().0.max(times.single.rates().0));
        ours.push(time.rates().0);
    }
    let best = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max);
    println!("best of {rounds}, processor time: {:.1} times spaCy's faster way", best(&ours) / best(&theirs));
    Ok(())
}

fn print(name: &str, time: Time) {
    let (cpu, wall) = time.rates();
    println!("{name:<28} {cpu:>14.0} {wall:>14.0}");
}

fn time_ours(texts: &[String]) -> Result<Time> {
    let nlp = Pipeline::load()?;
    texts.iter().take(WARM).for_each(|t| drop(nlp.parse(t)));
    let (wall, cpu) = (Instant::now(), processor_time()?);
    let tokens = texts.iter().map(|t| nlp.parse(t).len()).sum();
    Ok(Time { tokens, wall: wall.elapsed().as_secs_f64(), cpu: processor_time()? - cpu })
}

/// Seconds of processor time that this thread has used, where the system tells it; else of wall clock.
fn processor_time() -> Result<f64> {
    if let Ok(text) = std::fs::read_to_string("/proc/thread-self/schedstat") {
        let nanoseconds: f64 = text.split(' ').next().context("schedstat")?.parse()?;
        return Ok(nanoseconds / 1e9);
    }
    Ok(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs_f64())
}

fn read(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path)?;
    let of = |line: &str| -> Result<String> {
        let value: serde_json::Value = serde_json::from_str(line)?;
        Ok(value
            .as_str()
            .or_else(|| value["text"].as_str())
            .context("neither a string nor an object with a text")?
            .to_owned())
    };
    text.lines().map(of).collect()
}
