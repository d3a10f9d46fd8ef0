//! A codebook as data: its columns in order, each with the rule that makes its cells, and its tables of codes.
use crate::table::{Column, Kind};
use crate::{ExportError, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One codebook, from a file of `data/codebook/`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its id: `ucdp-ged`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The publication that it follows.
    pub source: String,
    /// Columns in order.
    #[serde(rename = "column")]
    pub columns: Vec<Rule>,
    /// Codes by table and key.
    #[serde(default)]
    pub codes: BTreeMap<String, BTreeMap<String, toml::Value>>,
    /// Lists of the contract's words by name.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<String>>,
    /// Regions with their countries, by ISO 3166-1 alpha-2 code.
    #[serde(default)]
    pub regions: BTreeMap<String, Vec<String>>,
}

/// A column with its rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name of the column.
    pub name: String,
    /// What its cells are; text unless said.
    #[serde(default = "text")]
    pub kind: Kind,
    /// What stands in its cells, in one sentence.
    pub rule: String,
    /// It is never filled: what it needs is not in any ledger.
    #[serde(default)]
    pub never: bool,
}

fn text() -> Kind {
    Kind::Text
}

impl Sheet {
    pub(crate) fn parse(source: &str, path: &str) -> Result<Self> {
        toml::from_str(source).map_err(|e| ExportError::Data(format!("{path}: {e}")))
    }

    pub(crate) fn columns(&self) -> Vec<Column> {
        self.columns.iter().map(|rule| Column { name: rule.name.clone(), kind: rule.kind }).collect()
    }

    /// The code of a key in a table.
    pub(crate) fn code(&self, table: &str, key: &str) -> Option<i64> {
        self.codes.get(table)?.get(key)?.as_integer()
    }

    /// The word for a key in a table.
    pub(crate) fn word(&self, table: &str, key: &str) -> Option<&str> {
        self.codes.get(table)?.get(key)?.as_str()
    }

    /// The region of a country.
    pub(crate) fn region(&self, country: &str) -> Option<&str> {
        let found = self.regions.iter().find(|(_, countries)| countries.iter().any(|c| c == country));
        found.map(|(name, _)| name.as_str())
    }

    /// Whether a list has a word.
    pub(crate) fn lists(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.iter().any(|w| w == word))
    }
}
