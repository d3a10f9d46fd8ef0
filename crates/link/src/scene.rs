//! What the whole of a report says about the names in it.
use crate::features::{sorted, stems};
use crate::site::{Site, folded};
use crate::story::words;
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeSet, HashSet};
use variorum_model::{Claim, ClaimPlace, Precision};

/// Names of a report that are not those of spots on the ground.
pub(crate) struct Scene {
    /// Stems of the names of those who act or speak, each ascending: "Oria" is a state, not a town.
    pub states: BTreeSet<Vec<u32>>,
    /// Stems of all these names together.
    parties: BTreeSet<u32>,
    /// Names of regions and countries.
    wide: BTreeSet<String>,
    /// Lower-case words of the names of regions wider than any division, and of countries, that claims are placed in.
    pub wide_words: HashSet<String>,
}

impl Scene {
    pub fn new(claims: &[Claim], vocabulary: &Vocabulary) -> Self {
        let names = |list: &mut dyn Iterator<Item = &str>| -> BTreeSet<Vec<u32>> {
            list.map(|name| sorted(stems(name, vocabulary).into_iter())).filter(|stems| !stems.is_empty()).collect()
        };
        let voices = claims.iter().flat_map(|c| c.actors.iter().chain(&c.sources));
        let states = names(&mut voices.map(|n| n.name.as_str()));
        let parties: Vec<u32> = states.iter().flatten().copied().collect();
        let places = || claims.iter().flat_map(|c| &c.places);
        let located =
            places().filter(|p| !matches!(p.precision, Precision::Exact | Precision::Near | Precision::Unlocated));
        let parties = names(&mut located.map(|p| p.name.as_str())).into_iter().flatten().chain(parties).collect();
        let regions = places().filter(|p| matches!(p.precision, Precision::Region | Precision::Country));
        let wide_words = regions.flat_map(|p| words(&p.name)).map(|(_, word)| word.to_lowercase()).collect();
        let wide = places()
            .filter(|p| !matches!(p.precision, Precision::Exact | Precision::Near | Precision::Unlocated))
            .map(|p| folded(&p.name))
            .collect();
        Scene { states, parties, wide, wide_words }
    }

    /// Names after a preposition of place in the claim's words that are nobody's and no region's: "the bridge at Haldin".
    pub fn spots(&self, claim: &Claim, vocabulary: &Vocabulary) -> Vec<Site> {
        let mut found: Vec<Site> = Vec::new();
        let mut words = claim.quote.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if !vocabulary.is_locative(word) {
                continue;
            }
            words.next_if(|w| *w == "the");
            let mut name = Vec::new();
            while let Some(word) = words.next_if(|w| w.starts_with(char::is_uppercase)) {
                name.push(word.trim_matches(|c: char| !c.is_alphanumeric()));
                if word.ends_with([',', '.', ';', ':', '”', '"']) {
                    break;
                }
            }
            let name = name.join(" ");
            let bare = name.trim_end_matches("’s").trim_end_matches("'s");
            let own = stems(bare, vocabulary);
            let folded = folded(bare);
            let known = own.iter().any(|s| self.parties.contains(s)) || self.wide.iter().any(|w| w.contains(&folded));
            if !own.is_empty() && !known {
                let place = ClaimPlace { name: bare.to_owned(), span: claim.span, ..ClaimPlace::default() };
                found.push(Site { street: vocabulary.is_street(bare), ..Site::new(&place, claim.span) });
            }
        }
        found.truncate(3);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{SOURCE, Weights};
    use variorum_model::Span;

    #[test]
    fn what_is_called_after_a_region_is_no_spot_in_it() {
        let vocabulary = Vocabulary::load(&Weights::parse(SOURCE, "w").unwrap().terms).unwrap();
        let spots = |quote: &str| {
            let place =
                |name: &str| ClaimPlace { name: name.into(), precision: Precision::Country, ..ClaimPlace::default() };
            let places = vec![place("Dravinia")];
            let claim = Claim { quote: quote.into(), span: Span::new(0, quote.len()), places, ..Claim::default() };
            let scene = Scene::new(std::slice::from_ref(&claim), &vocabulary);
            scene.spots(&claim, &vocabulary).into_iter().map(|s| s.name).collect::<Vec<_>>()
        };
        assert!(spots("The league is involved in the Dravinian war").is_empty());
        assert_eq!(spots("The league fought in the Sorrel war"), ["sorrel"]);
    }
}
