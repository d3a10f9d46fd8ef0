//! The `variorum` binary (a first form: `analyze FILE.jsonl`).
use anyhow::Context;
use std::io::{BufRead, Write};
use variorum_model::{Basis, Published, Report, ReportInput};

fn main() -> anyhow::Result<()> {
    let extractor = variorum_extract::Extractor::new(variorum_syntax::Pipeline::load()?)?;
    let path = std::env::args().nth(2).context("usage: variorum analyze FILE.jsonl")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let input: ReportInput = serde_json::from_str(&line?)?;
        let published = Published {
            earliest: input.published.clone(),
            latest: input.published.clone(),
            basis: if input.published.is_some() { Basis::Metadata } else { Basis::Unknown },
            value: input.published,
        };
        let report = Report {
            id: input.id.unwrap_or_default(),
            text: input.text.unwrap_or_default(),
            title: input.title.unwrap_or_default(),
            publisher: input.publisher.unwrap_or_default(),
            url: input.url.unwrap_or_default(),
            language: input.language.unwrap_or_default(),
            published,
            ..Report::default()
        };
        serde_json::to_writer(&mut out, &extractor.analyze(report))?;
        writeln!(out)?;
    }
    Ok(())
}
