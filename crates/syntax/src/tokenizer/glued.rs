//! Words that lost the space between them: `data/syntax/glued.toml`.
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../../data/syntax/glued.toml");

/// Letters that a name must have for a word after it to be cut off.
const NAME: usize = 4;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glued {
    before: Vec<String>,
    after: Vec<String>,
    whole: Vec<String>,
}

impl Glued {
    pub fn load() -> Result<Self, toml::de::Error> {
        toml::from_str(SOURCE)
    }

    /// Byte at which a word is two: "andKarovia" at 3, "Karoviawhere" at 7.
    pub fn seam(&self, word: &str) -> Option<usize> {
        if word.len() <= NAME || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        if word.starts_with(char::is_uppercase) {
            let name = self.after.iter().find_map(|after| word.strip_suffix(after.as_str()))?;
            let is_name = name.chars().count() >= NAME && name.chars().skip(1).all(char::is_lowercase);
            return (is_name && !self.whole.contains(&word.to_lowercase())).then_some(name.len());
        }
        let seam = word.find(char::is_uppercase)?;
        let (before, name) = word.split_at(seam);
        let is_name = name.chars().nth(1).is_some_and(char::is_lowercase);
        (is_name && self.before.iter().any(|w| w == before)).then_some(seam)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_word_and_a_name_come_apart() {
        let glued = Glued::load().unwrap();
        let parts = |word: &'static str| glued.seam(word).map(|at| word.split_at(at));
        assert_eq!(parts("andKarovia"), Some(("and", "Karovia")));
        assert_eq!(parts("theÉpire"), Some(("the", "Épire")));
        assert_eq!(parts("Karoviawhere"), Some(("Karovia", "where")));
        for whole in
            ["Andorra", "iPhone", "Elsewhere", "Anywhere", "McAllister", "theUN", "toString2", "Orwhere", "and", ""]
        {
            assert_eq!(parts(whole), None, "{whole}");
        }
    }
}
