//! Sets of words: lemmas, named classes of lemmas (`$troops`) and entity labels or parts of speech (`#GPE`, `#PROPN`).
use super::source::Source;
use crate::{LoadError, senses};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::HashMap;

/// Classes as bits: a token is in class `n` when bit `n` is set.
pub(super) type ClassBits = u128;

/// The named classes of `classes.toml`.
#[derive(Default)]
pub(super) struct Classes {
    names: HashMap<String, u32>,
    by_lemma: HashMap<SmolStr, ClassBits>,
    /// Names of several words by their last one.
    by_last: HashMap<SmolStr, Vec<(Vec<SmolStr>, ClassBits)>>,
    forms: HashMap<SmolStr, SmolStr>,
    /// What nouns that no class names are of, by their kind.
    by_kind: Vec<(senses::Kind, ClassBits)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    forms: HashMap<String, String>,
    class: Vec<ClassEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    id: toml::Spanned<String>,
    #[serde(default)]
    include: Vec<toml::Spanned<String>>,
    /// Kinds of nouns (`crate::senses`) that are of the class where no class names them.
    #[serde(default)]
    kinds: Vec<toml::Spanned<String>>,
    words: String,
}

impl Classes {
    pub fn load(source: Source) -> Result<Self, LoadError> {
        let file: ClassFile = source.parse()?;
        let forms = file.forms.into_iter().map(|(form, lemma)| (form.into(), lemma.into())).collect();
        let mut classes = Classes { forms, ..Classes::default() };
        for entry in file.class {
            let bit = classes.names.len() as u32;
            if bit >= ClassBits::BITS {
                return Err(source.error(entry.id.span().start, "more classes than bits"));
            }
            if classes.names.insert(entry.id.get_ref().clone(), bit).is_some() {
                return Err(source.error(entry.id.span().start, "class defined twice"));
            }
            for word in entry.words.split_whitespace() {
                match word.rsplit_once('_') {
                    Some((before, last)) => classes
                        .by_last
                        .entry(last.into())
                        .or_default()
                        .push((before.split('_').map(SmolStr::new).collect(), 1 << bit)),
                    None => *classes.by_lemma.entry(word.into()).or_default() |= 1 << bit,
                }
            }
            for name in &entry.kinds {
                let kind = senses::named(name.get_ref());
                let kind = kind.ok_or_else(|| source.error(name.span().start, "no such kind of nouns"))?;
                classes.by_kind.push((kind, 1 << bit));
            }
            for included in &entry.include {
                let Some(&other) = classes.names.get(included.get_ref()) else {
                    return Err(source.error(included.span().start, "a class includes only classes above it"));
                };
                let names = classes.by_last.values_mut().flatten().map(|(_, bits)| bits);
                let kinds = classes.by_kind.iter_mut().map(|(_, bits)| bits);
                for bits in classes.by_lemma.values_mut().chain(names).chain(kinds).filter(|b| **b >> other & 1 == 1) {
                    *bits |= 1 << bit;
                }
            }
        }
        Ok(classes)
    }

    /// The right lemma of a form that lemmatizers get wrong.
    pub fn lemma_of(&self, form: &str) -> Option<&SmolStr> {
        self.forms.get(form)
    }

    /// All classes of the last of some lemmas, by itself and with those before it.
    pub fn of(&self, lemmas: &[SmolStr]) -> ClassBits {
        let Some((last, before)) = lemmas.split_last() else { return 0 };
        let alone = self.by_lemma.get(last).copied().unwrap_or(0);
        let names = self.by_last.get(last).map_or(&[][..], |v| v);
        names.iter().filter(|(words, _)| before.ends_with(words)).fold(alone, |all, (_, bits)| all | bits)
    }

    /// All classes of a common noun that no class names.
    pub fn of_kind(&self, lemma: &str) -> ClassBits {
        let Some(kind) = senses::kind_of(lemma) else { return 0 };
        self.by_kind.iter().filter(|(of, _)| *of == kind).fold(0, |all, (_, bits)| all | bits)
    }

    /// The bit of a class; an unknown name is a complaint.
    pub fn bit(&self, name: &str) -> Result<ClassBits, String> {
        self.names.get(name).map(|b| 1 << b).ok_or_else(|| format!("no class ${name}"))
    }
}

/// A set of words as written in a pattern: `fire|gunfire|$weapon|#GPE`, `*` for any.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    any: bool,
    lemmas: Vec<SmolStr>,
    /// Several words, the head last: `tear_gas`.
    compounds: Vec<Vec<SmolStr>>,
    classes: ClassBits,
    entities: Vec<SmolStr>,
}

impl Words {
    pub fn parse(text: &str, classes: &Classes) -> Result<Self, String> {
        let mut words = Words::default();
        for word in text.split('|') {
            match word.as_bytes().first() {
                None => return Err("empty word in a pattern".into()),
                Some(b'*') if word.len() == 1 => words.any = true,
                Some(b'$') => words.classes |= classes.bit(&word[1..])?,
                Some(b'#') => words.entities.push(word[1..].into()),
                _ if word.contains('_') => words.compounds.push(word.split('_').map(SmolStr::new).collect()),
                // "Self-proclaimed" may be one token or three.
                _ if word.contains('-') => {
                    words.lemmas.push(word.into());
                    let parts = word.split_inclusive('-').flat_map(|part| match part.strip_suffix('-') {
                        Some(stem) => [stem, "-"],
                        None => [part, ""],
                    });
                    words.compounds.push(parts.filter(|p| !p.is_empty()).map(SmolStr::new).collect());
                }
                _ => words.lemmas.push(word.into()),
            }
        }
        Ok(words)
    }

    /// The plain lemmas, for an index.
    pub fn lemmas(&self) -> &[SmolStr] {
        &self.lemmas
    }

    /// Names of several words.
    pub fn compounds(&self) -> &[Vec<SmolStr>] {
        &self.compounds
    }

    /// Whether a lemma is named as such, not by a class or label.
    pub fn names(&self, lemma: &str) -> bool {
        self.lemmas.iter().any(|l| l == lemma)
    }

    /// Whether a token with this lemma, form, classes, entity label and part of speech is in the set.
    pub fn contains(&self, lemma: &str, form: &str, classes: ClassBits, entity: &str, pos: &str) -> bool {
        self.any
            || self.classes & classes != 0
            || self.lemmas.iter().any(|l| l == lemma || l.eq_ignore_ascii_case(form))
            || self.entities.iter().any(|e| e == entity || e == pos)
    }
}
