//! Names of what people built, which tell their town less surely than they seem to.
use super::lexicon::lists;
use super::spot::{Finder, Form, Spot, may_start};

impl Finder<'_> {
    /// A name that goes on to say that it is a building's: "Marden Concert Hall". What the parser takes for a body keeps to
    /// the place's own words.
    pub(super) fn built(&self, name: Spot) -> Spot {
        let end = name.tokens.end;
        let sentence = self.doc.token(name.tokens.start).sent().end;
        let proper = |&j: &usize| may_start(self.doc.token(j)) && self.doc.token(j).tag().starts_with("NNP");
        let rest: Vec<usize> = (end..sentence.min(end + 3)).take_while(proper).collect();
        let Some(last) = rest.iter().rposition(|&j| lists(&self.lexicon.building, self.words.of(j))) else {
            return name;
        };
        // "Orlec County Library" is of Orlec.
        let division = name.division || lists(&self.lexicon.division, self.words.of(end - 1));
        if division || rest[..last].iter().any(|&j| lists(&self.lexicon.public_body, self.words.of(j))) {
            return name;
        }
        let last = end + last;
        let body = self.doc.token(last).ent_type() == "ORG";
        let tokens = if body { name.tokens } else { name.tokens.start..last + 1 };
        Spot { tokens, site: !body, borne: true, ..name }
    }

    /// Capitalised words that end in "Street", "Airport", "Lake" and the like.
    pub(super) fn site_at(&self, i: usize) -> Option<Spot> {
        let sentence = self.doc.token(i).sent().end;
        if !self.doc.token(i).tag().starts_with("NNP")
            && !self.doc.token(i).text().starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        // "St. Vera's Chapel": of other capitalised words, buildings are too seldom meant.
        let named = self.words.of(i) == "st";
        let mut end = i;
        let mut found = None;
        while end < sentence.min(i + 6) {
            let token = self.doc.token(end);
            let word = self.words.of(end);
            if !(named && token.tag() == "POS")
                && (!token.text().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || word.is_empty())
            {
                break;
            }
            let street = lists(&self.lexicon.street, word) || named && lists(&self.lexicon.building, word);
            if end > i && token.tag().starts_with("NNP") && (street || self.is_site_word(word)) {
                found = Some(end + 1);
            }
            end += 1;
        }
        let end = found?;
        Some(Spot {
            tokens: i..end,
            name: i..end,
            candidates: Vec::new(),
            key: self.words.join(i..end),
            form: Form::Site,
            division: false,
            site: !lists(&self.lexicon.natural, self.words.of(end - 1))
                && !lists(&self.lexicon.long_road, self.words.of(end - 1)),
            borne: false,
            by_kind: false,
            holding: false,
        })
    }
}
