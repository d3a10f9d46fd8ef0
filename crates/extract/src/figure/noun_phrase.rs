//! The noun that a number counts.
use super::lexicon::{Lexicon, Number};
use super::text::Text;
use crate::senses::{Kind, kind_of_token};

impl<'l> Lexicon {
    /// The head noun of what starts at `from`: `(head, class, category)`.
    pub fn scan_noun(
        &'l self,
        text: &Text,
        from: usize,
        end: usize,
        numeric: bool,
    ) -> Option<(usize, &'l str, Option<&'l str>)> {
        let w = &self.syntax;
        let several = numeric && !text.words.get(from.wrapping_sub(1)).is_some_and(|word| word == "one" || word == "1");
        let (mut best, mut unknown) = (None, None);
        let mut at = from;
        while at < end && at < from + LONGEST_PHRASE {
            let token = text.doc.token(at);
            let word = text.word(at);
            if text.in_age[at] && best.is_none() {
                at += 1;
                continue;
            }
            // "11 including children", "18, most of them children", "wounding dozens more"
            if w.subset_openers.contains(word)
                || w.share_words.contains(word)
                || (at > from && self.readings.at(&text.words, at, end).is_some_and(|(_, r)| r.value.is_none()))
            {
                break;
            }
            if let Some((form, _)) = text.nouns[at].filter(|(_, start)| *start >= from) {
                best = Some((at, form));
                // "88 rebel and regime forces"
                if numeric
                    && form.number == Number::Singular
                    && text.word(at + 1) == "and"
                    && at + 2 < end
                    && self.describes(text, at)
                    && self.describes(text, at + 2)
                {
                    at += 2;
                    continue;
                }
                // "50 captive Syrian soldiers": several take a plural.
                if several && form.number == Number::Singular && self.plural_follows(text, at + 1, end) {
                    best = None;
                    at += 1;
                    continue;
                }
                let described = text.doc.get(at + 1).is_some_and(|t| matches!(t.pos(), "ADJ" | "NOUN" | "PROPN"));
                if token.pos() == "ADJ" && at + 1 < end && described {
                    at += 1;
                    continue;
                }
                let sorts = form.number == Number::Plural && self.is_another_sort(text, at + 1);
                let next_is_noun = !sorts && at + 1 < end && self.continues_noun(text, at, end);
                if !next_is_noun {
                    break;
                }
                at += 1;
                continue;
            }
            let glued = matches!(word, "-" | "–") && at > from && text.doc.token(at - 1).glued_to_next();
            let connects = glued || matches!(word, "'s" | "'" | "\"" | "“" | "”");
            if matches!(word, "(" | "[") {
                match (at + 1..end.min(at + 6)).find(|&i| matches!(text.word(i), ")" | "]")) {
                    Some(close) => at = close + 1,
                    None => break,
                }
                continue;
            }
            let described = matches!(token.pos(), "ADJ" | "ADV")
                || (token.pos() == "VERB"
                    && matches!(token.tag(), "VBN" | "VBG")
                    && !self.is_strong_predicate(text, at, end));
            if self.is_initialism(text, at) {
                at += 1;
                continue;
            }
            if (best.is_some() && !matches!(token.pos(), "NOUN" | "PROPN") && word != "-" && word != "'s")
                || w.be.contains(word) && word != "'s"
            {
                break;
            }
            if matches!(token.pos(), "NOUN" | "PROPN") {
                if self.is_strong_predicate(text, at, end) {
                    break;
                }
                unknown = Some(at);
            } else if word == "and"
                && at > from
                && at + 1 < end
                && self.describes(text, at - 1)
                && self.describes(text, at + 1)
            {
                // "Armenian and Russian soldiers", "regime and rebel fighters"
            } else if !(connects || described) {
                break;
            }
            at += 1;
        }
        if let Some((head, form)) = best {
            // "15 injured correspondent reported": the noun is of another phrase.
            let told = (from..head).any(|i| self.trigger_forms.at(&text.words, i, head).is_some());
            if several && told && form.number == Number::Singular {
                return None;
            }
            let noun = &self.nouns[form.noun];
            let category = self.category_of(text, form.noun, from, head);
            return Some((head, noun.class.as_str(), Some(category)));
        }
        let head = unknown?;
        let national = matches!(text.doc.token(head).ent_type(), "NORP") && text.is_plural(head);
        // "30 regime and 39 rebel fighters"
        let modifier =
            numeric && text.word(head + 1) == "and" && self.modifier_words.at(&text.words, head, head + 1).is_some();
        let number = text.number(head + 2).is_some() || self.cardinals.contains_key(text.word(head + 2));
        let next = head + 2 + usize::from(number);
        if modifier && let Some((_, "person", category)) = self.scan_noun(text, next, end.min(head + 8), false) {
            // The noun is said once, after the second number: "30 regime and 39 rebel fighters".
            return Some((head, "person", category));
        }
        let persons = text.is_plural(head) && kind_of_token(text.doc.token(head)) == Some(Kind::Person);
        let class = if national || modifier || persons { "person" } else { "unknown" };
        Some((head, class, self.modifier_category(text, from, head + 1, false)))
    }

    /// True when adjectives and names lead from `at` to a plural that is counted.
    fn plural_follows(&self, text: &Text, at: usize, end: usize) -> bool {
        (at..end.min(at + LONGEST_MODIFIER))
            .take_while(|&i| matches!(text.doc.token(i).pos(), "ADJ" | "NOUN" | "PROPN"))
            .any(|i| text.nouns[i].is_some_and(|(form, _)| form.number == Number::Plural))
    }

    /// "women children": two sorts of people in a list that lost its comma, no compound.
    fn is_another_sort(&self, text: &Text, at: usize) -> bool {
        text.nouns.get(at).copied().flatten().is_some_and(|(form, start)| {
            start == at
                && form.number == Number::Plural
                && matches!(self.nouns[form.noun].category.as_str(), "children" | "women" | "men")
        })
    }

    /// "IS fighters": a group, not a verb.
    pub(super) fn is_initialism(&self, text: &Text, at: usize) -> bool {
        text.doc.token(at).text() == "IS" && (at + 1..at + 3).any(|i| text.nouns.get(i).is_some_and(|n| n.is_some()))
    }

    /// True for an adjective or group name that can modify a counted noun.
    pub(super) fn describes(&self, text: &Text, at: usize) -> bool {
        let token = text.doc.token(at);
        token.pos() == "ADJ" || token.ent_type() == "NORP" || self.modifier_words.at(&text.words, at, at + 1).is_some()
    }

    /// True when the noun at `at` only modifies the one after it ("police officers").
    pub(super) fn continues_noun(&self, text: &Text, at: usize, end: usize) -> bool {
        let token = text.doc.token(at);
        let next = text.doc.token(at + 1);
        if at + 2 < end && self.syntax.reporting.contains(&text.words[at + 2]) && token.dep() != "compound" {
            return false;
        }
        let next_known =
            text.nouns[at + 1].is_some() || (at + 2 < end && text.nouns[at + 2].is_some_and(|(_, s)| s == at + 1));
        let plural = text.nouns[at].is_some_and(|(f, _)| f.number == Number::Plural);
        if text.word(at + 1) == "-" {
            return at + 2 < end && text.doc.token(at + 2).pos() != "NUM" && token.glued_to_next();
        }
        if text.word(at + 1) == "'s" {
            return text.nouns[at].is_some_and(|(f, _)| f.number == Number::Singular);
        }
        if !matches!(next.pos(), "NOUN" | "PROPN") && !next_known {
            return false;
        }
        let compound = token.dep() == "compound" && token.head().i() > at;
        if plural {
            return next_known && compound && text.is_plural(at + 1);
        }
        next_known || (compound && text.nouns[token.head().i()].is_some())
    }

    /// True for a participle that says what happened to what stands before it ("12 wounded in").
    pub(super) fn is_strong_predicate(&self, text: &Text, at: usize, end: usize) -> bool {
        self.trigger_forms.at(&text.words, at, end).is_some()
            && !(at + 1 < end
                && (text.nouns[at + 1].is_some() || matches!(text.doc.token(at + 1).pos(), "ADJ" | "NOUN")))
    }
}

/// Longest counted noun phrase, in tokens after the number.
const LONGEST_PHRASE: usize = 10;
/// Longest row of modifiers before a plural noun, in tokens.
const LONGEST_MODIFIER: usize = 4;
