//! The rule-based lemmatizer: suffix rules checked against an index of known forms, and exceptions, by part of speech.

use crate::chars::is_alpha;
use crate::model::{Container, ModelError, Strings};
use smol_str::SmolStr;
use std::collections::HashMap;

/// The tables of one part of speech.
struct Table {
    rules: Vec<(String, String)>,
    index: Strings,
    exceptions: Strings,
    lemmas: Strings,
}

/// All tables, by lower-case part of speech.
pub struct Lemmatizer {
    tables: Vec<(&'static str, Table)>,
}

const POS: [&str; 5] = ["ADJ", "ADV", "NOUN", "PUNCT", "VERB"];

impl Lemmatizer {
    pub fn read(model: &Container) -> Result<Self, ModelError> {
        let mut rules: HashMap<String, Vec<(String, String)>> = model.json("lemma.rules")?;
        let mut tables = Vec::new();
        for pos in POS {
            let name = pos.to_lowercase();
            let table = Table {
                rules: rules.remove(&name).unwrap_or_default(),
                index: model.strings(&format!("lemma.{name}.index"))?,
                exceptions: model.strings(&format!("lemma.{name}.words"))?,
                lemmas: model.strings(&format!("lemma.{name}.lemmas"))?,
            };
            if table.exceptions.len() != table.lemmas.len() {
                return Err(ModelError::array("lemma", "lengths differ"));
            }
            tables.push((pos, table));
        }
        Ok(Lemmatizer { tables })
    }

    /// The base form of a word of a part of speech and morphology.
    pub fn lemmatize(&self, text: &str, pos: &str, morph: &str) -> SmolStr {
        let lower = text.to_lowercase();
        if pos == "SPACE" || is_base_form(pos, morph) {
            return lower.into();
        }
        let Some((_, table)) = self.tables.iter().find(|t| t.0 == pos) else {
            return if pos == "PROPN" { text.into() } else { lower.into() };
        };
        table.lemmatize(&lower).unwrap_or_else(|| text.into())
    }

    /// Whether a word in small letters is a form of a known verb, other than its base: "seizes", "killed".
    pub fn inflects(&self, word: &str) -> bool {
        let verbs = self.tables.iter().find(|t| t.0 == "VERB");
        verbs.is_some_and(|(_, table)| {
            table.lemmatize(word).is_some_and(|base| base != word && table.index.binary_search(&base).is_some())
        })
    }
}

impl Table {
    fn lemmatize(&self, word: &str) -> Option<SmolStr> {
        // A later form that the index has goes before all others; among the rest the first stays first.
        let (mut indexed, mut odd, mut unknown): (Vec<String>, Vec<String>, Option<String>) = Default::default();
        for (old, new) in &self.rules {
            let Some(stem) = word.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.binary_search(&form).is_some() {
                indexed.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                odd.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        let forms: Vec<String> = indexed.into_iter().chain(odd).collect();
        if let Some(i) = self.exceptions.binary_search(word) {
            // Each exception that is no form yet is put in front of those before it.
            if let Some(lemma) = self.lemmas.get(i).split('\t').rfind(|l| !forms.iter().any(|f| f == l)) {
                return Some(lemma.into());
            }
        }
        forms.into_iter().next().or(unknown).map(SmolStr::from)
    }
}

/// True for a word that is its own lemma but for case.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='));
    let (verb_form, number) = (feature("VerbForm"), feature("Number"));
    match pos {
        "NOUN" if number == Some("Sing") => true,
        "VERB" if verb_form == Some("Fin") && feature("Tense") == Some("Pres") && number.is_none() => true,
        _ => matches!(verb_form, Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_base_form;

    #[test]
    fn base_forms() {
        assert!(is_base_form("NOUN", "Number=Sing"));
        assert!(!is_base_form("NOUN", "Number=Plur"));
        assert!(is_base_form("VERB", "Tense=Pres|VerbForm=Fin"));
        assert!(!is_base_form("VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"));
        assert!(is_base_form("ADJ", "Degree=Pos"));
        assert!(is_base_form("AUX", "VerbForm=Inf"));
    }
}
