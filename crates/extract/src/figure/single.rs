//! Single persons without a number: "a conscript", "his wife", "Man killed", a name, a pronoun.
use super::counted::{Counted, Kind};
use super::lexicon::{Lexicon, Number};
use super::quantity::Quantity;
use super::text::Text;
use crate::senses::{self, kind_of};
use std::ops::Range;

impl<'l> Lexicon {
    /// The single person whose noun phrase has its head at or after `at`, where the phrase starts at `at`.
    pub fn single(&'l self, text: &Text, at: usize, sent: &Range<usize>) -> Option<Counted<'l>> {
        let counted = self.anyone(text, at, sent)?;
        // "… killed the ferryman told the Post": who speaks.
        let end = counted.tokens.end;
        let speaks = counted.kind != Kind::Numeric
            && end < sent.end
            && self.syntax.reporting.contains(&text.words[end])
            && text.doc.token(end).tag() != "VBN";
        (!speaks).then_some(counted)
    }

    fn anyone(&'l self, text: &Text, at: usize, sent: &Range<usize>) -> Option<Counted<'l>> {
        if let Some(counted) = self.pronoun(text, at) {
            return Some(counted);
        }
        let w = &self.syntax;
        let word = &text.words[at];
        let (kind, from) = if w.articles.contains(word) || word == "one" {
            (Kind::Indefinite, at + 1)
        } else if w.definite.contains(word) {
            (Kind::Definite, at + 1)
        } else {
            (Kind::Bare, at)
        };
        // "a double murder": the number comes after the article.
        if kind != Kind::Bare
            && self.readings.at(&text.words, from, sent.end).is_some_and(|(_, r)| r.value.is_some_and(|v| v >= 2.0))
        {
            return None;
        }
        if kind == Kind::Bare && !self.may_open_bare(text, at, sent) {
            return None;
        }
        if let Some(pair) = self.pair(text, at, from, sent) {
            return Some(pair);
        }
        if let Some(named) = self.named(text, at, from, sent) {
            return Some(named);
        }
        if let Some(household) = self.household(text, at, from, sent) {
            return Some(household);
        }
        // "hurt another and a porter"
        if word == "another" && text.doc.get(from).is_some_and(|t| matches!(t.pos(), "CCONJ" | "PUNCT" | "ADP")) {
            return Some(self.one(text, kind, at..at + 1, at, "person", None));
        }
        let aged = self.aged(text, at, from, sent, kind);
        let Some((head, class, category)) = self.scan_noun(text, from, sent.end, false) else {
            let alone = word == "another" && aged.is_none();
            return if alone { Some(self.one(text, kind, at..at + 1, at, "none", None)) } else { aged };
        };
        let singular = match text.nouns[head] {
            Some((form, _)) => {
                form.number == Number::Singular || (kind == Kind::Indefinite && form.number == Number::Any)
            }
            None => {
                class == "unknown"
                    && matches!(kind, Kind::Indefinite | Kind::Definite)
                    && self.names_a_person(text, head)
            }
        };
        let countable =
            matches!(class, "person" | "unknown") || (kind == Kind::Indefinite && matches!(class, "strike" | "deaths"));
        // "local media": a modifier; "the Hill Guard": a body of people.
        let modifies = kind == Kind::Bare && text.doc.token(head).pos() == "ADJ";
        let body = kind == Kind::Definite
            && text.doc.token(head).pos() == "PROPN"
            && matches!(text.doc.token(head).ent_type(), "ORG" | "FAC" | "PRODUCT" | "EVENT");
        let many = self.syntax.bodies_of_people.contains(&text.words[head]);
        if !singular || !countable || modifies || body || many {
            return aged;
        }
        // "Police officer John Smith": the name goes with the noun.
        let mut end = head + 1;
        // "a father of two children": the children are told to describe him.
        if text.word(end) == "of"
            && w.parents.contains(&text.words[head])
            && end + 1 < sent.end
            && let Some(quantity) = self.quantity_at(text, end + 1, sent)
        {
            let noun = self.scan_noun(text, quantity.tokens.end, sent.end, true);
            end = noun.filter(|n| n.1 == "person").map_or(quantity.tokens.end, |n| n.0 + 1);
        }
        let mut named = kind;
        if let Some(entity) = text.doc.get(end).and_then(|t| t.entity()).filter(|e| e.label == "PERSON") {
            end = entity.end.min(sent.end).max(end);
            named = Kind::Name;
        }
        Some(self.one(text, named, at..end, head, class, category))
    }

    /// True for a singular that names a person, or, where that is not known, has an ending of such words: "a welder", "the eighth-grader".
    fn names_a_person(&self, text: &Text, head: usize) -> bool {
        let word = text.word(head);
        let token = text.doc.token(head);
        let stem = |e: &smol_str::SmolStr| e.strip_suffix('s').is_some_and(|s| s.len() > 1 && word.ends_with(s));
        let looks = match kind_of(token.lemma()) {
            Some(kind) => kind == senses::Kind::Person,
            None => self.syntax.person_endings.iter().any(stem) && !self.syntax.unlike_people.contains(word),
        };
        token.tag() == "NN" && token.ent_type().is_empty() && looks
    }

    fn one(
        &self,
        text: &Text,
        kind: Kind,
        tokens: Range<usize>,
        head: usize,
        class: &'l str,
        category: Option<&'l str>,
    ) -> Counted<'l> {
        let other = text.word(tokens.start) == "another"
            || text.words.get(tokens.start + 1).is_some_and(|w| w == "other" || w == "second" || w == "third");
        Counted {
            quantity: Quantity::exactly(1.0, tokens.clone()),
            start: tokens.start,
            tokens,
            head,
            class,
            category,
            kind,
            other,
            partitive: false,
            host: None,
        }
    }

    fn pronoun(&'l self, text: &Text, at: usize) -> Option<Counted<'l>> {
        let word = &text.words[at];
        let category = if self.syntax.he.contains(word) {
            "men"
        } else if self.syntax.she.contains(word) && text.doc.token(at).tag() != "PRP$" {
            "women"
        } else {
            return None;
        };
        Some(self.one(text, Kind::Pronoun, at..at + 1, at, "person", Some(category)))
    }

    /// A phrase without an article opens at a noun or adjective that nothing before it belongs to.
    fn may_open_bare(&self, text: &Text, at: usize, sent: &Range<usize>) -> bool {
        let token = text.doc.token(at);
        // "Wounded man found" opens with a participle, "wounding dozens" with no person.
        let verb = token.pos() == "VERB" && token.tag() == "VBG";
        let age = text.age_opens(at);
        if verb || !matches!(token.pos(), "NOUN" | "PROPN" | "ADJ" | "NUM" | "VERB") && !age {
            return false;
        }
        if at == sent.start || token.ent_type() == "PERSON" || age {
            return true;
        }
        let before = text.doc.token(at - 1);
        // "Bomb kills woman"
        let opens = (matches!(before.pos(), "PUNCT" | "CCONJ") && before.text() != "-")
            || before.tag() == "VBZ"
            || self.syntax.subset_openers.contains(text.word(at - 1));
        // Headlines have no articles anywhere.
        let headline = sent.len() <= HEADLINE && !sent.clone().any(|i| matches!(text.word(i), "the" | "a" | "an"));
        let dated = text.number(at - 1).is_some_and(|v| (1900.0..2100.0).contains(&v));
        opens || (headline && (dated || !matches!(before.pos(), "ADJ" | "DET" | "NUM")))
    }

    /// "the couple", "his parents", "Brothers".
    fn pair(&'l self, text: &Text, at: usize, from: usize, sent: &Range<usize>) -> Option<Counted<'l>> {
        let head = (from..sent.end.min(from + 4)).find(|&i| self.pairs.contains_key(&text.words[i]))?;
        if (from..head)
            .any(|i| !matches!(text.doc.token(i).pos(), "ADJ" | "NOUN" | "PROPN" | "PUNCT") && !text.in_age[i])
        {
            return None;
        }
        if text.word(head + 1) == "of" || text.word(head + 1) == "'s" || text.word(head + 1) == "'" {
            return None;
        }
        let (value, category) = self.pairs.get(&text.words[head])?;
        let counted = self.one(text, Kind::Indefinite, at..head + 1, head, "person", Some(category));
        Some(Counted { quantity: Quantity::exactly(*value, at..head + 1), kind: Kind::Definite, ..counted })
    }

    /// "a family of five".
    fn household(&'l self, text: &Text, at: usize, from: usize, sent: &Range<usize>) -> Option<Counted<'l>> {
        let head = (from..sent.end.min(from + 3)).find(|&i| self.syntax.households.contains(&text.words[i]))?;
        if text.word(head + 1) != "of" || head + 2 >= sent.end {
            return None;
        }
        let quantity = self.quantity_at(text, head + 2, sent).filter(|q| q.value.is_some())?;
        let end = quantity.tokens.end;
        if self.scan_noun(text, end, sent.end, true).is_some() {
            return None;
        }
        let counted = self.one(text, Kind::Numeric, at..end, head, "person", Some("people"));
        Some(Counted { quantity, other: false, ..counted })
    }

    /// A person by name, with an age or a title before it.
    fn named(&'l self, text: &Text, at: usize, from: usize, sent: &Range<usize>) -> Option<Counted<'l>> {
        let mut start = from;
        while start < sent.end && text.in_age[start] {
            start += 1;
        }
        // "In Orlec, nine were hurt": a place, whatever the parser takes the name for.
        if start == from && start > sent.start && self.syntax.inside.contains(text.word(start - 1)) {
            return None;
        }
        let end = match text.doc.get(start)?.entity().filter(|e| e.start == start) {
            // "Alawites" are more than one, however the parser labels them.
            Some(entity) if entity.label == "PERSON" && text.doc.token(entity.end - 1).tag() != "NNPS" => {
                entity.end.min(sent.end)
            }
            // Who has an age is a person, whatever the name looks like.
            _ if start > from => two_names(text, start, sent)?,
            _ => return None,
        };
        // "a Brenna police officer": the name only says which.
        let last = text.doc.token(end - 1);
        if last.dep() == "compound" && last.head().i() >= end && last.head().pos() == "NOUN" {
            return None;
        }
        // "Smith's brother" is about the brother.
        if text.word(end - 1) == "'s" || text.word(end) == "'s" || text.nouns[end - 1].is_some() && end - start == 1 {
            return None;
        }
        let young = text.age_within(from, start).is_some_and(|years| years < 18.0);
        Some(self.one(text, Kind::Name, at..end, end - 1, "person", young.then_some("children")))
    }

    /// "a 27-year-old": an age that stands for the person.
    fn aged(&'l self, text: &Text, at: usize, from: usize, sent: &Range<usize>, kind: Kind) -> Option<Counted<'l>> {
        let (end, years) = text.age_starting_at(from)?;
        // "ages 3 months to 10 years old" tells an age, not a person.
        if (from..end).any(|i| matches!(text.word(i), "years" | "months" | "weeks" | "days")) {
            return None;
        }
        let after = text.doc.get(end).filter(|t| t.i() < sent.end);
        if after.is_some_and(|t| matches!(t.pos(), "NOUN" | "PROPN" | "ADJ")) {
            return None;
        }
        let category = if years < 18.0 { "children" } else { "people" };
        Some(self.one(text, kind, at..end, end - 1, "person", Some(category)))
    }
}

/// The end of two or three capitalised words that no noun follows: "Ilan Teskar", not "Vienna resident".
fn two_names(text: &Text, start: usize, sent: &Range<usize>) -> Option<usize> {
    let end = (start..sent.end).find(|&i| text.doc.token(i).pos() != "PROPN").unwrap_or(sent.end);
    let noun = text.doc.get(end).is_some_and(|t| t.i() < sent.end && t.pos() == "NOUN");
    ((2..=3).contains(&(end - start)) && !noun).then_some(end)
}

/// Longest headline, in tokens.
const HEADLINE: usize = 22;
