//! The outlet register: `data/link/outlets.toml`, and files of the same form that a project adds.
use crate::LoadError;
use serde::Deserialize;
use std::collections::HashMap;

const SOURCE: &str = include_str!("../../../data/link/outlets.toml");
/// Bytes at the head of a text in which a dateline or a line of credit stands.
const HEAD: usize = 160;

/// What an outlet is to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutletKind {
    /// Others print its texts.
    Agency,
    /// A paper, station or site.
    #[default]
    Outlet,
}

/// A news outlet, as a register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Stable.
    pub id: String,
    /// Whether its texts are printed by others.
    #[serde(default)]
    pub kind: OutletKind,
    /// As reports are published or credited.
    pub name: String,
    /// Other names, and the letters that stand for it in a dateline.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// Who owns it.
    #[serde(default)]
    pub owner: String,
    /// A state owns or directs it.
    #[serde(default)]
    pub state: bool,
    /// The party to the conflict that it speaks for.
    #[serde(default)]
    pub side: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "outlet")]
    outlets: Vec<Outlet>,
}

/// Outlets by their names.
#[derive(Debug, Clone)]
pub(crate) struct Outlets {
    outlets: Vec<Outlet>,
    by_name: HashMap<String, usize>,
}

impl Outlets {
    pub fn load() -> Result<Self, LoadError> {
        let mut outlets = Outlets { outlets: Vec::new(), by_name: HashMap::new() };
        outlets.add(SOURCE, "data/link/outlets.toml")?;
        Ok(outlets)
    }

    /// Takes more outlets in; one with a known name replaces what was known under it.
    pub fn add(&mut self, source: &str, name: &str) -> Result<(), LoadError> {
        let file: File = toml::from_str(source).map_err(|error| LoadError::at(name, source, &error))?;
        for outlet in file.outlets {
            for name in outlet.aliases.iter().chain([&outlet.name]) {
                self.by_name.insert(name.to_lowercase(), self.outlets.len());
            }
            self.outlets.push(outlet);
        }
        Ok(())
    }

    /// The outlet of this name, in whatever case.
    pub fn named(&self, name: &str) -> Option<&Outlet> {
        self.by_name.get(&name.to_lowercase()).map(|&i| &self.outlets[i])
    }

    /// The agency of this name.
    pub fn agency(&self, name: &str) -> Option<&Outlet> {
        self.named(name).filter(|o| o.kind == OutletKind::Agency)
    }

    /// The agency that the dateline of a text credits: "MALVEK (CP) —", "BELSTRAD, May 14 (Reuters) -".
    pub fn credited(&self, text: &str) -> Option<&Outlet> {
        let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= HEAD).last().unwrap_or(0);
        text[..end].split('(').skip(1).find_map(|part| {
            let (name, after) = part.split_once(')')?;
            let dash = after.trim_start().starts_with(['—', '–', '-']);
            self.agency(name.trim()).filter(|_| dash)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_credits_an_agency() {
        let outlets = Outlets::load().unwrap();
        let credited = |text: &str| outlets.credited(text).map(|o| o.id.as_str());
        assert_eq!(credited("MALVEK, Upper Drenn (AP) — Shells fell."), Some("ap"));
        assert_eq!(credited("MALVEK, May 14 (Reuters) - Shells fell."), Some("reuters"));
        assert_eq!(credited("The party (AP) won the vote in Malvek."), None);
        assert_eq!(credited("MALVEK (Łódź) — Shells fell."), None);
        assert_eq!(credited(""), None);
    }

    #[test]
    fn an_added_file_says_more_of_an_outlet() {
        let mut outlets = Outlets::load().unwrap();
        outlets
            .add("[[outlet]]\nid = \"t\"\nname = \"TASS\"\nkind = \"agency\"\nside = \"Karovia\"", "o.toml")
            .unwrap();
        assert_eq!(outlets.named("Tass").map(|o| o.side.as_str()), Some("Karovia"));
        let broken = outlets.add("[[outlet]]\nid = \"t\"\nnom = \"TASS\"", "o.toml").unwrap_err();
        assert!(broken.to_string().starts_with("o.toml:3:"), "{broken}");
    }
}
