//! What comparisons add to a match weight, written down where somebody asks.
use crate::LoadError;
use crate::weights::Bits;
use serde::Serialize;
use std::collections::BTreeMap;

/// One comparison in a waterfall of match weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What was compared ("place").
    pub comparison: &'static str,
    /// How it compares ("Same", "0.42").
    pub level: String,
    /// The level in words.
    pub meaning: String,
    /// Bits it adds.
    pub bits: f64,
    /// Comparisons that the bits come from, where there are several. What they add up to may count in part only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Step>,
}

/// Takes each step of a comparison; nothing is formatted where nobody asks.
pub(crate) trait Record {
    /// Somebody wants to see every step.
    const ASKED: bool;

    fn step(&mut self, comparison: &'static str, level: impl FnOnce() -> String, bits: Bits) -> Bits;
}

pub(crate) struct Silent;
impl Record for Silent {
    const ASKED: bool = false;

    fn step(&mut self, _: &'static str, _: impl FnOnce() -> String, bits: Bits) -> Bits {
        bits
    }
}

impl Record for Vec<Step> {
    const ASKED: bool = true;

    fn step(&mut self, comparison: &'static str, level: impl FnOnce() -> String, bits: Bits) -> Bits {
        let bare = Step { comparison, level: level(), meaning: String::new(), bits: in_bits(bits), parts: Vec::new() };
        self.push(bare);
        bits
    }
}

/// A number to so many decimals; zero has no sign.
pub(crate) fn decimals(number: f32, places: usize) -> String {
    format!("{:.places$}", number + 0.0)
}

/// Hundredths as bits.
pub(crate) fn in_bits(bits: Bits) -> f64 {
    f64::from(bits) / 100.0
}

const SOURCE: &str = include_str!("../../../data/link/levels.toml");

/// Levels in words: `data/link/levels.toml`.
pub(crate) struct Levels(BTreeMap<String, BTreeMap<String, String>>);

impl Levels {
    pub fn load() -> Result<Self, LoadError> {
        let name = "data/link/levels.toml";
        toml::from_str(SOURCE).map(Levels).map_err(|error| LoadError::at(name, SOURCE, &error))
    }

    /// A level in words; the level itself where there are none.
    pub fn meaning(&self, comparison: &str, level: &str) -> String {
        let of = self.0.get(comparison);
        match of.and_then(|words| words.get(level).or_else(|| words.get("number"))) {
            Some(words) => words.replace("{}", level),
            None => level.to_lowercase(),
        }
    }

    pub fn tell(&self, steps: &mut [Step]) {
        for step in steps {
            step.meaning = self.meaning(step.comparison, &step.level);
            self.tell(&mut step.parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{FigureLevel, PartyLevel, TimeLevel};
    use crate::kinds::KindLevel;
    use crate::site::PlaceLevel;

    #[test]
    fn every_level_has_words() {
        use KindLevel::*;
        let levels = Levels::load().unwrap();
        let has = |comparison: &str, level: String| {
            assert!(levels.0[comparison].contains_key(&level), "{comparison} {level}");
        };
        for level in [Same, Family, Sibling, Related, Aftermath, Speech, Talk, Other] {
            has("type", format!("{level:?}"));
        }
        use TimeLevel as T;
        for level in [T::Same, T::Overlap, T::Unknown, T::Adjacent, T::Apart, T::Far] {
            has("time", format!("{level:?}"));
        }
        use PlaceLevel as P;
        for level in [P::Same, P::Near, P::Unknown, P::Apart, P::Named, P::Far] {
            has("place", format!("{level:?}"));
        }
        for level in [PartyLevel::Same, PartyLevel::Share, PartyLevel::Unknown, PartyLevel::None] {
            has("parties", format!("{level:?}"));
        }
        for level in [FigureLevel::Agree, FigureLevel::Unknown, FigureLevel::Differ] {
            has("figures", format!("{level:?}"));
        }
    }

    #[test]
    fn numbers_stand_in_their_words() {
        let levels = Levels::load().unwrap();
        assert_eq!(levels.meaning("days between", "3"), "published 3 days apart");
        assert_eq!(levels.meaning("unheard of", "Same"), "same");
    }
}
