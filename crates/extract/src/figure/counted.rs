//! Counted noun phrases: a quantity with its noun, or a single person.
use super::draft::fights;
use super::lexicon::Lexicon;
use super::quantity::Quantity;
use super::text::Text;
use std::ops::Range;

/// How a phrase says how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a number or a vague word.
    Numeric,
    /// "a man", "another soldier".
    Indefinite,
    /// "the man", "his wife".
    Definite,
    /// "Man killed": no article, as in headlines.
    Bare,
    /// A person by name.
    Name,
    /// "he", "herself".
    Pronoun,
}

/// A counted noun phrase.
#[derive(Debug, Clone)]
pub(super) struct Counted<'l> {
    pub quantity: Quantity,
    pub kind: Kind,
    /// From the determiner or bound to the noun.
    pub tokens: Range<usize>,
    /// First token of the mention: the bound, the number, or the article.
    pub start: usize,
    /// The noun; the last token of the number where there is none.
    pub head: usize,
    /// Class of the noun: `person`, `building` …; `none` without a noun, `unknown` for a noun outside the lexicon.
    pub class: &'l str,
    /// Category by noun and modifiers; absent without a noun that says it.
    pub category: Option<&'l str>,
    /// "others", "more": the people of the phrase before it are not meant.
    pub other: bool,
    /// "of them", "of whom": part of a phrase before it.
    pub partitive: bool,
    /// Index of the phrase that it is a part of ("including 10 civilians").
    pub host: Option<usize>,
}

impl<'l> Lexicon {
    /// All counted phrases of a sentence in text order; none overlap.
    pub fn counted_in(&'l self, text: &Text, sent: &Range<usize>) -> Vec<Counted<'l>> {
        let mut found: Vec<Counted> = Vec::new();
        let mut at = sent.start;
        while at < sent.end {
            let counted = self
                .quantity_at(text, at, sent)
                .and_then(|q| self.numeric(text, q, sent))
                .or_else(|| self.single(text, at, sent));
            match counted {
                Some(counted) => {
                    at = counted.tokens.end.max(at + 1);
                    // A determiner phrase may reach back into the one before ("the man's brother"): the later one stays.
                    while found.last().is_some_and(|last| last.tokens.end > counted.tokens.start) {
                        found.pop();
                    }
                    found.push(counted);
                }
                None => at += 1,
            }
        }
        self.link_parts(text, &mut found);
        found
    }

    /// A quantity with the noun that follows it.
    fn numeric(&'l self, text: &Text, quantity: Quantity, sent: &Range<usize>) -> Option<Counted<'l>> {
        let w = &self.syntax;
        let number = text.doc.token(quantity.number.start);
        // "Both brothers and friends" are not two.
        if w.joining.contains(&text.words[number.i()]) && number.head().children().any(|c| c.dep() == "conj") {
            return None;
        }
        let after = quantity.tokens.end;
        let mut start = quantity.tokens.start;
        // "the two", "another 12", "all three", "an additional 40".
        while start > sent.start && start + 3 > quantity.tokens.start {
            let before = &text.words[start - 1];
            let determiner = w.definite.contains(before)
                || w.others.contains(before)
                || matches!(before.as_str(), "all" | "an" | "each");
            if !determiner {
                break;
            }
            start -= 1;
        }
        let mut other = (start..quantity.tokens.start).any(|i| w.others.contains(&text.words[i]));
        let mut partitive = false;
        let mut at = after;
        let mut of = text.word(after - 1) == "of" && quantity.number.end == after;
        if at + 1 < sent.end && text.word(at) == "out" && text.word(at + 1) == "of" {
            at += 1;
        }
        if at < sent.end && text.word(at) == "of" {
            at += 1;
            of = true;
        }
        if of && at < sent.end && w.partitive_pronouns.contains(&text.words[at]) {
            partitive = true;
            at += 1;
        }
        // "five of the dead", "three of those killed"
        let group = if of && w.definite.contains(text.word(at)) { at + 1 } else { at };
        if of && group < sent.end && self.is_strong_predicate(text, group, sent.end) {
            partitive = true;
            at = group + 1;
        }
        // "15 of the 350 hostages", "15 out of 350 hostages"; "one of four people shot" leaves four shot.
        let start_of_whole = at + usize::from(w.definite.contains(text.word(at)));
        if of
            && start_of_whole < sent.end
            && let Some(whole) = self.quantity_at(text, start_of_whole, sent)
            && (whole.number.start > at || whole.value > quantity.value && quantity.value > Some(1.0))
        {
            at = whole.tokens.end;
        }
        while at < sent.end
            && ((of && w.definite.contains(&text.words[at])) || w.others.contains(&text.words[at]))
            && at < after + 5
        {
            other |= w.others.contains(&text.words[at]);
            at += 1;
        }
        let base = Counted {
            start: quantity.tokens.start,
            tokens: start..at,
            head: at.max(after) - 1,
            class: "none",
            category: None,
            kind: Kind::Numeric,
            other,
            partitive,
            host: None,
            quantity,
        };
        if partitive {
            // "eight of them children", "two of whom were soldiers"
            let mut next = at;
            while next < sent.end
                && next < at + 3
                && (w.be.contains(&text.words[next]) || w.transparent.contains(&text.words[next]))
            {
                next += 1;
            }
            return Some(match self.scan_noun(text, next, sent.end, false) {
                // The mention ends with the number; "were soldiers" only says who they are.
                Some((head, "person", category)) if next > at => {
                    let _ = head;
                    Counted { category, class: "person", tokens: base.tokens.start..at, head: at - 1, ..base }
                }
                Some((head, class @ "person", category)) => {
                    Counted { tokens: base.tokens.start..head + 1, head, class, category, ..base }
                }
                _ => Counted { tokens: base.tokens.start..at, head: at - 1, ..base },
            });
        }
        if base.quantity.pronoun {
            return Some(Counted { class: "person", ..base });
        }
        match self.scan_noun(text, at, sent.end, true) {
            Some((head, _, _)) if self.is_year(text, &base) && !text.is_plural(head) => None,
            // "both the woman and the child"
            Some((head, _, _)) if text.word(base.quantity.number.start) == "both" && !text.is_plural(head) => None,
            // "a double murder", but no "double agent"
            Some((_, class, _)) if self.is_multiple(&base.quantity) && class != "deaths" => None,
            None if self.is_multiple(&base.quantity) => None,
            Some((head, class, category)) => {
                let mut end = head + 1;
                let category = if of { self.predicate_category(text, end, sent.end).or(category) } else { category };
                let category = if class == "person" && self.is_of_both(text, head, category, sent) {
                    Some("people")
                } else {
                    category
                };
                if let Some((len, &bound)) = self.bounds_after.at(&text.words, end, sent.end) {
                    end += len;
                    let mut quantity = base.quantity.clone();
                    quantity.set_bound(bound);
                    return Some(Counted { tokens: base.tokens.start..end, head, class, category, quantity, ..base });
                }
                Some(Counted { tokens: base.tokens.start..end, head, class, category, ..base })
            }
            // "of" without its noun belongs to something else: "12 of Monday's".
            None if of => None,
            None if base.quantity.is_zero() && !base.quantity.pronoun => None,
            None if base.quantity.entry.is_some() && text.word(base.quantity.number.start) == "some" => None,
            None => Some(base).filter(|c| !self.bare_is_no_count(text, c, sent)),
        }
    }

    /// "Six men and women", "nine soldiers and civilians": of both together, who are not of one sort.
    fn is_of_both(&self, text: &Text, head: usize, category: Option<&str>, sent: &Range<usize>) -> bool {
        let joined = text.is_plural(head) && matches!(text.word(head + 1), "and" | "or") && head + 2 < sent.end;
        let next = || self.scan_noun(text, head + 2, sent.end, false);
        let by_sex = |c: &str| matches!(c, "women" | "men" | "children");
        let open = |c: &str| c == "people";
        let apart = |a: &str, b: &str| a != b && !open(b) && (fights(a) != fights(b) || by_sex(a) && by_sex(b));
        let other = || next().filter(|(at, class, _)| *at == head + 2 && *class == "person").and_then(|(_, _, c)| c);
        joined && category.is_some_and(|category| other().is_some_and(|other| apart(category, other)))
    }

    /// Bare numbers that count nobody: years, scores, dates, ages after a name, "this one".
    fn bare_is_no_count(&self, text: &Text, counted: &Counted, sent: &Range<usize>) -> bool {
        let at = counted.quantity.number.start;
        let year = self.is_year(text, counted);
        let before = if at > sent.start { text.word(at - 1) } else { "" };
        let after = counted.tokens.end;
        // ", 27," after a name.
        let age = before == ","
            && at >= sent.start + 2
            && text.doc.token(at - 2).pos() == "PROPN"
            && (after >= sent.end || matches!(text.word(after), "," | "." | "of" | ")" | "was" | "died"))
            && counted.quantity.value.is_some_and(|v| v < 115.0);
        let aside = before == "both"
            || (before == ","
                && after < sent.end
                && text.word(after) == ","
                && counted.quantity.value.is_some_and(|v| v < 115.0));
        let name_then_age = text.doc.token(at).ent_type() == "PERSON"
            || (at > sent.start && text.doc.token(at - 1).ent_type() == "PERSON" && matches!(before, "," | "("));
        // "11-9", but "11 million - half of them"
        let glued = after < sent.end && text.doc.token(after).start() == text.doc.token(after - 1).end();
        let followed_by_number = glued && matches!(text.word(after), "-" | "/" | "–");
        // "That one hurt."
        let points = text.word(at) == "one" && self.syntax.pointing.contains(before);
        year || age || aside || name_then_age || followed_by_number || points
    }

    fn is_multiple(&self, quantity: &Quantity) -> bool {
        quantity.entry.is_some_and(|e| self.numeral_ids[e].starts_with("numeral.multiple"))
    }

    fn is_year(&self, text: &Text, counted: &Counted) -> bool {
        let at = counted.quantity.number.start;
        text.word(at).len() == 4 && text.number(at).is_some_and(|v| (1900.0..2100.0).contains(&v))
    }
}
