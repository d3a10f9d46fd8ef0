//! The pages in the repository are those that their sources give.
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// As in `web/sources.ts`.
const FILES: [&str; 7] = [
    "index.html",
    "package-lock.json",
    "package.json",
    "sources.ts",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn the_built_pages_match_their_sources() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let mut found = Vec::new();
    files(&web.join("src"), &mut found);
    let inside = found.iter().map(|p| p.strip_prefix(&web).unwrap().to_str().unwrap().replace('\\', "/"));
    let mut names: Vec<String> = FILES.iter().map(|f| (*f).to_owned()).chain(inside).collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(std::fs::read(web.join(&name)).unwrap());
        hash.update([0]);
    }
    let digest: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let built = std::fs::read_to_string(web.join("dist/source.sha256")).unwrap_or_default();
    assert_eq!(built.trim(), digest, "web/ has changed since it was built: run `make web`");
}

#[test]
fn the_lock_file_names_no_host() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/package-lock.json");
    assert!(!std::fs::read_to_string(lock).unwrap().contains("\"resolved\""), "web/.npmrc leaves addresses out");
}
