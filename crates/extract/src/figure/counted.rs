//! Counted noun phrases: a quantity with its noun, or a single person.
use super::lexicon::{Lexicon, Number};
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
        // "15 of the 350 hostages"
        if of
            && w.definite.contains(text.word(at))
            && at + 1 < sent.end
            && let Some(whole) = self.quantity_at(text, at + 1, sent)
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

    /// Bare numbers that count nobody: years, scores, dates, ages after a name.
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
        let followed_by_number = after < sent.end && matches!(text.word(after), "-" | "/" | "–");
        year || age || aside || name_then_age || followed_by_number
    }

    /// "two of the victims were women": who the counted are said to be.
    fn predicate_category(&'l self, text: &Text, from: usize, end: usize) -> Option<&'l str> {
        let w = &self.syntax;
        if from >= end || !w.be.contains(&text.words[from]) {
            return None;
        }
        let next = if from + 1 < end && w.transparent.contains(&text.words[from + 1]) { from + 2 } else { from + 1 };
        let (_, class, category) = self.scan_noun(text, next, end, false)?;
        category.filter(|c| class == "person" && *c != "people")
    }

    fn is_multiple(&self, quantity: &Quantity) -> bool {
        quantity.entry.is_some_and(|e| self.numeral_ids[e].starts_with("numeral.multiple"))
    }

    fn is_year(&self, text: &Text, counted: &Counted) -> bool {
        let at = counted.quantity.number.start;
        text.word(at).len() == 4 && text.number(at).is_some_and(|v| (1900.0..2100.0).contains(&v))
    }

    /// The head noun of what starts at `from`: `(head, class, category)`.
    pub fn scan_noun(
        &'l self,
        text: &Text,
        from: usize,
        end: usize,
        numeric: bool,
    ) -> Option<(usize, &'l str, Option<&'l str>)> {
        let w = &self.syntax;
        let (mut best, mut unknown) = (None, None);
        let mut at = from;
        while at < end && at < from + LONGEST_PHRASE {
            let token = text.doc.token(at);
            let word = text.word(at);
            if text.in_age[at] && best.is_none() {
                at += 1;
                continue;
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
                // "50 captive Syrian soldiers"
                let described = text.doc.get(at + 1).is_some_and(|t| matches!(t.pos(), "ADJ" | "NOUN" | "PROPN"));
                if token.pos() == "ADJ" && at + 1 < end && described {
                    at += 1;
                    continue;
                }
                let next_is_noun = at + 1 < end && self.continues_noun(text, at, end);
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
            let noun = &self.nouns[form.noun];
            let category = self.category_of(text, form.noun, from, head);
            return Some((head, noun.class.as_str(), Some(category)));
        }
        let head = unknown?;
        let national = matches!(text.doc.token(head).ent_type(), "NORP") && text.is_plural(head);
        // "30 regime and 39 rebel fighters"
        let modifier =
            numeric && text.word(head + 1) == "and" && self.modifier_words.at(&text.words, head, head + 1).is_some();
        if modifier && let Some((_, "person", category)) = self.scan_noun(text, head + 2, end.min(head + 8), false) {
            // The noun is said once, after the second number: "30 regime and 39 rebel fighters".
            return Some((head, "person", category));
        }
        let class = if national || modifier { "person" } else { "unknown" };
        Some((head, class, self.modifier_category(text, from, head + 1, false)))
    }

    /// "IS fighters": a group, not a verb.
    fn is_initialism(&self, text: &Text, at: usize) -> bool {
        text.doc.token(at).text() == "IS" && (at + 1..at + 3).any(|i| text.nouns.get(i).is_some_and(|n| n.is_some()))
    }

    /// True for an adjective or group name that can modify a counted noun.
    fn describes(&self, text: &Text, at: usize) -> bool {
        let token = text.doc.token(at);
        token.pos() == "ADJ" || token.ent_type() == "NORP" || self.modifier_words.at(&text.words, at, at + 1).is_some()
    }

    /// True when the noun at `at` only modifies the one after it ("police officers").
    fn continues_noun(&self, text: &Text, at: usize, end: usize) -> bool {
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

    /// Category by the noun and, where it leaves it open, by the words before and the group after "of".
    fn category_of(&'l self, text: &Text, noun: usize, from: usize, head: usize) -> &'l str {
        let entry = &self.nouns[noun];
        if matches!(entry.class.as_str(), "lives" | "deaths" | "casualty" | "injuries") {
            return self.modifier_category(text, from, head, false).unwrap_or(&entry.category);
        }
        if entry.class != "person" {
            return &entry.category;
        }
        if let Some(category) = self.modifier_category(text, from, head, true) {
            return category;
        }
        if let Some(years) = text.age_within(from.saturating_sub(4), head)
            && years < ADULT
            && matches!(entry.category.as_str(), "people" | "men" | "women")
        {
            return "children";
        }
        if !entry.neutral {
            return &entry.category;
        }
        if let Some(category) = self.modifier_category(text, from, head, false) {
            return category;
        }
        let next = text.word(head + 1);
        if matches!(next, "of" | "from") {
            let stop = (head + 10).min(text.words.len());
            let stop = (head + 2..stop)
                .find(|&i| {
                    let token = text.doc.token(i);
                    matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD") || matches!(token.text(), "," | "." | ";" | ":")
                })
                .unwrap_or(stop);
            let skipped = |i: &usize| {
                let token = text.doc.token(*i);
                matches!(token.pos(), "DET" | "PRON" | "PUNCT") || self.syntax.definite.contains(&text.words[*i])
            };
            let start = (head + 2..stop).find(|i| !skipped(i)).unwrap_or(stop);
            if let Some((_, "person", Some(category))) = self.scan_noun(text, start, stop, false)
                && category != "men"
            {
                return category;
            }
            if let Some(category) = self.modifier_category(text, head + 2, stop, false) {
                return category;
            }
        }
        &entry.category
    }

    fn modifier_category(&'l self, text: &Text, from: usize, to: usize, strong: bool) -> Option<&'l str> {
        let (mut at, mut found) = (from, None);
        while at < to {
            match self.modifier_words.at(&text.words, at, to) {
                Some((len, &id)) => {
                    let (category, is_strong) = self.modifiers[id];
                    if is_strong == strong {
                        found = Some(category);
                    }
                    at += len;
                }
                None => at += 1,
            }
        }
        found
    }

    /// True for a participle that says what happened to what stands before it ("12 wounded in").
    fn is_strong_predicate(&self, text: &Text, at: usize, end: usize) -> bool {
        self.trigger_forms.at(&text.words, at, end).is_some()
            && !(at + 1 < end
                && (text.nouns[at + 1].is_some() || matches!(text.doc.token(at + 1).pos(), "ADJ" | "NOUN")))
    }

    /// Marks phrases that count a part of the one before: "200 people, including 10 civilians".
    fn link_parts(&self, text: &Text, found: &mut [Counted]) {
        let w = &self.syntax;
        let mut host: Option<usize> = None;
        for i in 0..found.len() {
            let start = found[i].tokens.start;
            let before = if start > 0 { text.word(start - 1) } else { "" };
            let opened = w.subset_openers.contains(before)
                || (before == "were" && start > 1 && w.subset_openers.contains(text.word(start - 2)));
            let personal = |c: &Counted| matches!(c.class, "person" | "none" | "deaths" | "casualty" | "unknown");
            let earlier = (i.saturating_sub(12)..i)
                .rev()
                .find(|&j| found[j].host.is_none() && found[j].kind == Kind::Numeric && personal(&found[j]));
            // "two medics were among 31 people killed": the whole comes second.
            if matches!(before, "among" | "amongst") && i > 0 && found[i].kind == Kind::Numeric && personal(&found[i]) {
                let gap = found[i - 1].tokens.end..start - 1;
                let linked = gap.len() <= 3
                    && gap.clone().all(|k| {
                        w.be.contains(&text.words[k])
                            || w.transparent.contains(&text.words[k])
                            || w.have.contains(&text.words[k])
                    });
                if linked && found[i - 1].host.is_none() && personal(&found[i - 1]) {
                    found[i - 1].host = Some(i);
                }
                continue;
            }
            if found[i].partitive || (opened && personal(&found[i])) {
                found[i].host = earlier.filter(|&j| start - found[j].tokens.end < 14);
                host = found[i].host;
            } else if let Some(h) = host
                && i > 0
                && found[i - 1].host == Some(h)
                && self.lists(text, &found[i - 1], &found[i])
                && found[i].class != "none"
            {
                found[i].host = Some(h);
            }
        }
    }

    /// True when two phrases stand in one list; reports that lost their commas have nothing between.
    pub fn lists(&self, text: &Text, a: &Counted, b: &Counted) -> bool {
        let both = |c: &Counted| c.kind == Kind::Numeric && c.class == "person";
        let adjoin = a.tokens.end == b.tokens.start && both(a) && both(b) && a.category != b.category;
        adjoin || self.is_list_gap(text, a.tokens.end, b.tokens.start)
    }

    /// True when only commas and "and" stand between two phrases.
    pub fn is_list_gap(&self, text: &Text, from: usize, to: usize) -> bool {
        from < to
            && to - from <= 3
            && (from..to).all(|i| {
                self.syntax.list_joins.contains(&text.words[i]) || (text.word(i) == "as" || text.word(i) == "well")
            })
    }
}

/// Longest counted noun phrase, in tokens after the number.
const LONGEST_PHRASE: usize = 10;
/// Age from which a person counts as adult.
const ADULT: f64 = 18.0;
