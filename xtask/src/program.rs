//! The program itself, for tasks that measure it.
use anyhow::ensure;
use std::path::PathBuf;
use std::process::Command;

/// Builds the program as it is now and says where it stands.
///
/// All of the workspace, not the program alone: what is compiled for that, of other features, would be no use to the next task.
pub fn built() -> anyhow::Result<PathBuf> {
    let build =
        Command::new(env!("CARGO")).args(["build", "--release", "--quiet", "--workspace", "--bins"]).status()?;
    ensure!(build.success(), "the program could not be built");
    Ok(PathBuf::from(std::env::var("CARGO_TARGET_DIR").unwrap_or("target".into())).join("release/variorum"))
}
