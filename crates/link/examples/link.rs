//! Links an analysis in memory: `link ANALYSIS.jsonl [WEIGHTS.toml]` reads what `variorum analyze` wrote and prints the
//! incidents as JSON Lines, with the built-in weights or with those of a file.
use std::error::Error;
use variorum_link::{Linker, Reading};
use variorum_model::Analysis;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let analysis = std::fs::read_to_string(args.next().ok_or("usage: link ANALYSIS.jsonl [WEIGHTS.toml]")?)?;
    let linker = match args.next() {
        Some(path) => Linker::with_weights(&std::fs::read_to_string(&path)?, &path)?,
        None => Linker::load()?,
    };
    let mut readings = Vec::new();
    for line in analysis.lines() {
        let analysis: Analysis = serde_json::from_str(line)?;
        readings.push(Reading { report: analysis.report, claims: analysis.claims });
    }
    for incident in linker.link(&readings) {
        println!("{}", serde_json::to_string(&incident)?);
    }
    Ok(())
}
