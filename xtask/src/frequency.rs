//! `data/link/frequency.fst`: how rare English words are, for the likeness of articles.
//!
//! Source: `frequency_dictionary_en_82_765.txt` of symspellpy 6.10.1 (PyPI, MIT): counts of the Google Books Ngrams
//! (CC BY 3.0) for the words of SCOWL. Get the wheel with `pip download --no-deps symspellpy==6.10.1`.
use anyhow::{Context, ensure};
use std::process::Command;

const MEMBER: &str = "symspellpy/frequency_dictionary_en_82_765.txt";
const BLAKE3: &str = "3c5c60bd430e25a38c96686f171a850ede78543740eb32dcb6730015decc1e7f";
/// Words rarer than e^-15 weigh as much as words that are not listed.
const RAREST: f64 = 15.0;

/// `cargo xtask frequencies WHEEL`
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let wheel = args.first().context("usage: cargo xtask frequencies symspellpy-6.10.1-py3-none-any.whl")?;
    let output = Command::new("unzip").args(["-p", wheel, MEMBER]).output().context("unzip")?;
    ensure!(output.status.success(), "{wheel}: no {MEMBER}");
    let hash = blake3::hash(&output.stdout).to_hex();
    ensure!(hash.as_str() == BLAKE3, "{MEMBER} has BLAKE3 {hash}, not that of version 6.10.1");
    let text = String::from_utf8(output.stdout)?;
    let mut counts: Vec<(String, f64)> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let (word, count) = line.split_once(' ').with_context(|| format!("{line:?}"))?;
        counts.push((word.to_lowercase(), count.trim().parse()?));
    }
    let total: f64 = counts.iter().map(|(_, n)| n).sum();
    counts.sort_by(|l, r| l.0.cmp(&r.0));
    counts.dedup_by(|b, a| a.0 == b.0);
    let mut map = fst::MapBuilder::memory();
    let mut kept = 0;
    for (word, count) in &counts {
        let rarity = (total / count).ln();
        if rarity < RAREST {
            map.insert(word, (rarity * 10.0).round() as u64)?;
            kept += 1;
        }
    }
    let bytes = map.into_inner()?;
    std::fs::write("data/link/frequency.fst", &bytes)?;
    println!("{kept} of {} words, {} bytes", counts.len(), bytes.len());
    Ok(())
}
