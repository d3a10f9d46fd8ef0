//! The attribute ruler: patterns over one or two tokens that set tag, part of speech, morphology, lemma or label. All patterns
//! are matched before any attribute is set, and a later one overrides an earlier one.

use crate::model::{Container, ModelError, murmur64a};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// The rules, and the names that the numbers of all annotations stand for.
pub struct Ruler {
    rules: Vec<Rule>,
    pairs: Vec<usize>,
    words: HashMap<u64, u16, foldhash::fast::FixedState>,
    pub tags: Vec<SmolStr>,
    pub deps: Vec<SmolStr>,
    pub pos: Vec<SmolStr>,
    pub morphs: Vec<SmolStr>,
    lemmas: Vec<SmolStr>,
}

struct Rule {
    tokens: Vec<Condition>,
    /// Which of the tokens is changed.
    index: usize,
    set: Outcome,
}

struct Condition {
    tags: Option<Vec<bool>>,
    deps: Option<Vec<bool>>,
    words: Option<Vec<u16>>,
    space: Option<bool>,
}

/// What a token is before the rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts {
    pub tag: u16,
    pub dep: u16,
    /// Number of the lower-case form among the words that the rules know; 0 for others.
    pub word: u16,
    pub space: bool,
}

/// What the rules set.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Outcome {
    pub tag: Option<u16>,
    pub pos: Option<u16>,
    pub morph: Option<u16>,
    pub dep: Option<u16>,
    lemma: Option<u16>,
}

/// Outcomes that one worker has seen, for tokens to which no rule over two tokens applies.
pub type Outcomes = HashMap<Facts, Outcome, foldhash::fast::FixedState>;

#[derive(Deserialize)]
struct RuleFile {
    tokens: Vec<BTreeMap<String, serde_json::Value>>,
    index: usize,
    attrs: BTreeMap<String, String>,
}

fn number(names: &mut Vec<SmolStr>, name: &str) -> u16 {
    match names.iter().position(|n| n == name) {
        Some(i) => i as u16,
        None => {
            names.push(name.into());
            names.len() as u16 - 1
        }
    }
}

impl Ruler {
    /// Reads the rules. `tags` and `deps` are the labels that the tagger and the parser give.
    pub fn read(model: &Container, tags: Vec<SmolStr>, deps: Vec<SmolStr>) -> Result<Self, ModelError> {
        let bad = |what: &str| ModelError::array("ruler", what);
        let file: Vec<RuleFile> = model.json("ruler")?;
        let mut ruler = Ruler {
            rules: Vec::new(),
            pairs: Vec::new(),
            words: HashMap::default(),
            tags,
            deps,
            pos: vec![SmolStr::default()],
            morphs: vec![SmolStr::default()],
            lemmas: Vec::new(),
        };
        for rule in &file {
            let mut set = Outcome::default();
            for (attr, value) in &rule.attrs {
                match attr.as_str() {
                    "TAG" => set.tag = Some(number(&mut ruler.tags, value)),
                    "DEP" => set.dep = Some(number(&mut ruler.deps, value)),
                    "POS" => set.pos = Some(number(&mut ruler.pos, value)),
                    "MORPH" => set.morph = Some(number(&mut ruler.morphs, value.trim_matches('_'))),
                    "LEMMA" => set.lemma = Some(number(&mut ruler.lemmas, value)),
                    _ => return Err(bad(&format!("sets {attr}"))),
                }
            }
            if rule.tokens.is_empty() || rule.tokens.len() > 2 || rule.index >= rule.tokens.len() {
                return Err(bad("pattern of unexpected length"));
            }
            ruler.rules.push(Rule { tokens: Vec::new(), index: rule.index, set });
        }
        // Conditions are read when all names are known.
        for (i, rule) in file.iter().enumerate() {
            for token in &rule.tokens {
                let condition = ruler.condition(token).ok_or_else(|| bad("unknown condition"))?;
                ruler.rules[i].tokens.push(condition);
            }
        }
        ruler.pairs = (0..ruler.rules.len()).filter(|&i| ruler.rules[i].tokens.len() == 2).collect();
        Ok(ruler)
    }

    fn condition(&mut self, token: &BTreeMap<String, serde_json::Value>) -> Option<Condition> {
        let mut condition = Condition { tags: None, deps: None, words: None, space: None };
        for (attr, value) in token {
            if attr == "IS_SPACE" {
                condition.space = Some(value.as_bool()?);
                continue;
            }
            let (op, list) = value.as_object()?.iter().next()?;
            let list: Vec<&str> = list.as_array()?.iter().filter_map(|v| v.as_str()).collect();
            let is_in = op == "in";
            let flags = |names: &[SmolStr]| names.iter().map(|n| list.contains(&n.as_str()) == is_in).collect();
            match attr.as_str() {
                "TAG" => condition.tags = Some(flags(&self.tags)),
                "DEP" => condition.deps = Some(flags(&self.deps)),
                "LOWER" if is_in => {
                    let words = list.iter().map(|w| {
                        let next = self.words.len() as u16 + 1;
                        *self.words.entry(murmur64a(w.as_bytes(), 1)).or_insert(next)
                    });
                    condition.words = Some(words.collect());
                }
                _ => return None,
            }
        }
        Some(condition)
    }

    /// Number of a lower-case form, given its hash.
    pub fn word(&self, lower: u64) -> u16 {
        self.words.get(&lower).copied().unwrap_or(0)
    }

    /// Lemma that an outcome sets.
    pub fn lemma(&self, outcome: &Outcome) -> Option<&SmolStr> {
        outcome.lemma.map(|l| &self.lemmas[l as usize])
    }

    /// Applies all rules to token `i`.
    pub fn apply(&self, facts: &[Facts], i: usize, seen: &mut Outcomes) -> Outcome {
        if self.pairs.iter().any(|&r| self.rules[r].matches(facts, i)) {
            return self.evaluate(facts, i);
        }
        *seen.entry(facts[i]).or_insert_with(|| self.evaluate(facts, i))
    }

    fn evaluate(&self, facts: &[Facts], i: usize) -> Outcome {
        let mut outcome = Outcome::default();
        for rule in self.rules.iter().filter(|r| r.matches(facts, i)) {
            outcome.tag = rule.set.tag.or(outcome.tag);
            outcome.pos = rule.set.pos.or(outcome.pos);
            outcome.morph = rule.set.morph.or(outcome.morph);
            outcome.dep = rule.set.dep.or(outcome.dep);
            outcome.lemma = rule.set.lemma.or(outcome.lemma);
        }
        outcome
    }
}

impl Rule {
    /// True if the rule changes token `i`.
    fn matches(&self, facts: &[Facts], i: usize) -> bool {
        let Some(start) = i.checked_sub(self.index) else { return false };
        let Some(tokens) = facts.get(start..start + self.tokens.len()) else { return false };
        self.tokens.iter().zip(tokens).all(|(c, t)| c.holds(t))
    }
}

impl Condition {
    fn holds(&self, t: &Facts) -> bool {
        self.words.as_ref().is_none_or(|w| w.contains(&t.word))
            && self.tags.as_ref().is_none_or(|f| f[t.tag as usize])
            && self.deps.as_ref().is_none_or(|f| f[t.dep as usize])
            && self.space.is_none_or(|s| s == t.space)
    }
}
