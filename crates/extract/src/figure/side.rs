//! Whose people: "Azerbaijani soldiers", "members of the Valley Guard".
use super::counted::{Counted, Kind};
use super::lexicon::Lexicon;
use super::text::Text;
use std::ops::Range;

/// Words from an owner to the body that is his: "Karovia's armed and allied Valley Guard".
const OWNED: usize = 6;

impl Lexicon {
    /// The words that say whose the counted are, or "".
    pub fn side_of(&self, text: &Text, counted: &Counted, sent: &Range<usize>) -> String {
        if counted.class == "none" || counted.kind == Kind::Name || counted.kind == Kind::Pronoun {
            return String::new();
        }
        let inside = counted.quantity.number.end.min(counted.head)..counted.head;
        let inside = if counted.kind == Kind::Numeric { inside } else { counted.tokens.start..counted.head };
        if let Some(range) = self.group_in(text, inside) {
            return text.doc.slice(range).text().to_owned();
        }
        // "fighters of the Valley Guard", "soldiers from Norland"
        let next = counted.tokens.end;
        if next + 1 < sent.end && matches!(text.word(next), "of" | "from") {
            let mut from = next + 1;
            if matches!(text.word(from), "the" | "a" | "an") {
                from += 1;
            }
            // "Militants from Karovia's Valley Guard": the guard's.
            if let Some(owner) = text.doc.get(from).and_then(|t| t.entity()).filter(|e| e.label == "GPE")
                && let Some(next) = (owner.end..sent.end.min(owner.end + 2)).find(|&i| text.word(i) == "'s")
                && let Some(body) =
                    (next + 1..sent.end.min(next + OWNED)).find(|&i| text.doc.token(i).ent_type() == "ORG")
            {
                from = body;
            }
            if let Some(entity) = text.doc.get(from).and_then(|t| t.entity())
                && matches!(entity.label.as_str(), "ORG" | "NORP" | "GPE")
                && entity.start <= from
            {
                return text.doc.slice(from..entity.end.min(sent.end)).text().to_owned();
            }
        }
        String::new()
    }

    fn group_in(&self, text: &Text, range: Range<usize>) -> Option<Range<usize>> {
        let named = |i: usize| {
            let token = text.doc.token(i);
            matches!(token.ent_type(), "NORP" | "ORG" | "GPE")
                || (token.pos() == "PROPN" && !matches!(token.ent_type(), "PERSON" | "DATE" | "CARDINAL"))
        };
        if let Some(first) = range.clone().find(|&i| named(i)) {
            let last =
                (first..range.end).take_while(|&i| named(i) || matches!(text.word(i), "-" | "of" | "the")).last()?;
            return Some(first..last + 1);
        }
        range.clone().find_map(|i| self.side_words.at(&text.words, i, range.end).map(|(len, _)| i..i + len))
    }
}
