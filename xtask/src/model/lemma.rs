//! The lemmatizer's tables: suffix rules, the index of known base forms, and exceptions, each by part of speech.

use super::container::Writer;
use super::strings::Constants;
use super::wheel::get;
use anyhow::{Context, Result};
use rmpv::Value;
use serde_json::{Map, json};

const POS: [&str; 5] = ["adj", "adv", "noun", "punct", "verb"];

pub fn convert(lookups: &Value, constants: &Constants, out: &mut Writer) -> Result<()> {
    let table = |name: &str, pos: &str| -> Result<Option<&Value>> {
        let entries = get(lookups, name)?.as_map().context("table")?;
        anyhow::ensure!(
            entries.iter().all(|e| POS.iter().any(|p| e.0.as_u64() == Some(constants.id(p)))),
            "{name} has a part of speech that is not listed"
        );
        Ok(entries.iter().find(|e| e.0.as_u64() == Some(constants.id(pos))).map(|e| &e.1))
    };
    let mut rules = Map::new();
    for pos in POS {
        if let Some(found) = table("lemma_rules", pos)? {
            let found = found.as_array().context("rules")?.iter().map(|r| {
                let pair = r.as_array().context("rule")?;
                Ok([pair[0].as_str().context("rule")?, pair[1].as_str().context("rule")?])
            });
            rules.insert(pos.into(), json!(found.collect::<Result<Vec<_>>>()?));
        }
        let mut index: Vec<&str> = Vec::new();
        if let Some(found) = table("lemma_index", pos)? {
            index = found.as_array().context("index")?.iter().filter_map(Value::as_str).collect();
        }
        index.sort_unstable();
        index.dedup();
        out.strings(&format!("lemma.{pos}.index"), &index);
        let mut exceptions: Vec<(&str, String)> = Vec::new();
        if let Some(found) = table("lemma_exc", pos)? {
            for (word, lemmas) in found.as_map().context("exceptions")? {
                let lemmas: Vec<&str> = lemmas.as_array().context("lemmas")?.iter().filter_map(Value::as_str).collect();
                exceptions.push((word.as_str().context("word")?, lemmas.join("\t")));
            }
        }
        exceptions.sort_unstable();
        out.strings(&format!("lemma.{pos}.words"), &exceptions.iter().map(|e| e.0).collect::<Vec<_>>());
        out.strings(&format!("lemma.{pos}.lemmas"), &exceptions.iter().map(|e| e.1.as_str()).collect::<Vec<_>>());
    }
    out.bytes("lemma.rules", serde_json::to_vec(&rules)?);
    Ok(())
}
