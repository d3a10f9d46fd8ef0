//! `cargo xtask golden`: writes texts and has spaCy analyse them, for the golden test of `crates/syntax`.
//!
//! The texts are `data/syntax/golden/written.txt`, and others made from `templates.toml` with a fixed seed.

mod generator;

use crate::spacy;
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;

/// Generated texts, each of a few sentences.
const GENERATED: usize = 230;

/// The written and the generated texts.
pub fn texts(root: &Path) -> Result<Vec<String>> {
    let dir = root.join("data/syntax/golden");
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).with_context(|| name.to_owned());
    let written = read("written.txt")?;
    let mut texts: Vec<String> = written.trim_end().split("\n%%\n").map(str::to_owned).collect();
    texts.extend(generator::texts(&read("templates.toml")?, GENERATED)?);
    Ok(texts)
}

/// Takes no arguments.
pub fn run(args: &[String]) -> Result<()> {
    ensure!(args.is_empty(), "usage: cargo xtask golden");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("workspace")?;
    let dir = root.join("data/syntax/golden");
    let texts = texts(root)?;
    let lines: Vec<String> = texts.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let texts_file = root.join("target/golden-texts.jsonl");
    std::fs::write(&texts_file, lines.join("\n") + "\n")?;

    let python = spacy::python(root)?;
    let script = root.join("xtask/python/golden.py");
    for model in &crate::model::MODELS {
        let mut command = python.command();
        // The small model is compared on the written texts only.
        let n_texts = if model.short == "md" { texts.len() } else { texts.len() - GENERATED };
        command.arg(&script).arg(python.model(model)?).arg(&texts_file).arg(n_texts.to_string());
        command.arg(dir.join(format!("{}.tsv", model.name)));
        if model.short == "md" {
            command.arg(dir.join("activations.tsv")).arg(dir.join("to_json.jsonl"));
        }
        if !command.status()?.success() {
            bail!("{} failed", script.display());
        }
    }
    Ok(())
}
