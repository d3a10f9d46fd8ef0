//! Number words, digits, vague words and their bounds.
use super::lexicon::Lexicon;
use super::text::Text;
use std::ops::Range;
use variorum_model::Bound;

/// A quantity as the words give it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Tokens of the number alone.
    pub number: Range<usize>,
    /// The number with its bound.
    pub tokens: Range<usize>,
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub bound: Bound,
    /// "nobody": needs no noun.
    pub pronoun: bool,
    /// Rule of a vague or fixed phrase, where it is one.
    pub entry: Option<usize>,
}

impl Quantity {
    /// A plain count.
    pub fn exactly(value: f64, at: Range<usize>) -> Self {
        Quantity {
            number: at.clone(),
            tokens: at,
            value: Some(value),
            min: Some(value),
            max: Some(value),
            bound: Bound::Exactly,
            pronoun: false,
            entry: None,
        }
    }
    /// True where the words say nobody or nothing.
    pub fn is_zero(&self) -> bool {
        self.value == Some(0.0)
    }
}

impl Lexicon {
    /// The quantity that starts with the number at `at`, inside the sentence `sent`.
    pub fn quantity_at(&self, text: &Text, at: usize, sent: &Range<usize>) -> Option<Quantity> {
        if text.in_age[at] {
            return None;
        }
        if let Some((len, reading)) = self.readings.at(&text.words, at, sent.end) {
            let number = at..at + len;
            // "some 2,000", "no fewer than 12": the number itself comes later.
            let before_number = self.cardinal_at(text, number.end, sent.end).is_some();
            let opens_bound = self.bounds_before.at(&text.words, at, sent.end).is_some_and(|(l, _)| l > len);
            // "Did not say how many were killed": a question is no number.
            let asks = reading.value.is_none() && at > sent.start && text.word(at - 1) == "how";
            if (before_number && reading.value.is_none()) || opens_bound || asks {
                return None;
            }
            let bound = if reading.value.is_some() { Bound::Exactly } else { Bound::Vague };
            let quantity = Quantity {
                tokens: number.clone(),
                number,
                value: reading.value,
                min: reading.min,
                max: reading.max,
                bound,
                pronoun: reading.pronoun,
                entry: Some(reading.entry),
            };
            return Some(self.with_bounds(text, quantity, sent));
        }
        let (value, end) = self.cardinal_at(text, at, sent.end)?;
        if self.names_something(text, at, end, sent) {
            return None;
        }
        let quantity = self.range_from(text, at, value, end, sent).unwrap_or_else(|| Quantity::exactly(value, at..end));
        Some(self.with_bounds(text, quantity, sent))
    }

    /// A cardinal: digits with or without a multiplier, number words, "a hundred". Its value and the token after it.
    fn cardinal_at(&self, text: &Text, at: usize, end: usize) -> Option<(f64, usize)> {
        if at >= end || text.in_age[at] {
            return None;
        }
        let multiplier = |i: usize| (i < end).then(|| self.multipliers.get(&text.words[i]).copied()).flatten();
        if let Some(mut value) = text.number(at) {
            let mut next = at + 1;
            // "1 960": groups of three digits with one space between.
            while (1.0..1_000_000.0).contains(&value)
                && text.word(next - 1).len() <= 3
                && next < end
                && text.word(next).len() == 3
                && text.word(next).bytes().all(|b| b.is_ascii_digit())
                && text.doc.token(next).start() == text.doc.token(next - 1).end() + text.doc_gap(next)
                && !(at > 0 && self.syntax.months.contains(text.word(at - 1)))
            {
                value = value * 1000.0 + text.number(next).unwrap_or(0.0);
                next += 1;
            }
            while let Some(factor) = multiplier(next) {
                value *= factor;
                next += 1;
            }
            return Some((value, next));
        }
        let mut at_word = at;
        if matches!(text.word(at), "a" | "an") {
            multiplier(at + 1)?;
            at_word = at + 1;
        }
        let (mut total, mut current, mut next, mut found) = (0.0, 0.0, at_word, at_word > at);
        while next < end {
            let word = &text.words[next];
            if let Some(&value) = self.cardinals.get(word) {
                if text.in_age[next] || (found && current % 100.0 != 0.0 && !(current % 10.0 == 0.0 && value < 10.0)) {
                    break;
                }
                current += value;
                found = true;
            } else if let Some(&factor) = self.multipliers.get(word) {
                if !found {
                    return None;
                }
                let scaled = if current == 0.0 { factor } else { current * factor };
                if factor >= 1000.0 {
                    total += scaled;
                    current = 0.0;
                } else {
                    current = scaled;
                }
            } else if (matches!(word.as_str(), "-" | "–") && found && current >= 20.0 && current % 10.0 == 0.0)
                || (word == "and" && found && (current >= 100.0 || total > 0.0) && current % 100.0 == 0.0)
            {
                let follows = next + 1 < end && self.cardinals.contains_key(&text.words[next + 1]);
                // "two hundred and eleven", not "two hundred and eleven wounded" across a join of two figures.
                let glued = word != "and"
                    || next + 2 >= end
                    || !text.doc.token(next + 1).dep().starts_with("conj")
                    || self.trigger_forms.at(&text.words, next + 2, end).is_none();
                if !(follows && glued) {
                    break;
                }
            } else {
                break;
            }
            next += 1;
        }
        (found && next > at_word).then_some((total + current, next))
    }

    /// "10 to 12", "10-12", "between 10 and 12".
    fn range_from(&self, text: &Text, at: usize, low: f64, end: usize, sent: &Range<usize>) -> Option<Quantity> {
        let join = text.words.get(end).filter(|_| end < sent.end)?;
        // "500 to well over 1,000"
        let bound = self.bounds_before.at(&text.words, end + 1, sent.end).map_or(0, |(len, _)| len);
        let (high, after) = self.cardinal_at(text, end + 1 + bound, sent.end)?;
        let opener = if at > sent.start { text.word(at - 1) } else { "" };
        let fits = |(open, joins): &(Option<smol_str::SmolStr>, Vec<smol_str::SmolStr>)| {
            joins.contains(join) && open.as_deref().is_none_or(|o| o == opener)
        };
        let (open, _) = self.ranges.iter().find(|r| fits(r))?;
        if high <= low || high > low * 20.0 + 20.0 {
            return None;
        }
        // "rose from 10 to 12" tells a change, "from 30 to 40 soldiers" a range.
        let noun_follows = after < sent.end && matches!(text.doc.token(after).pos(), "NOUN" | "PROPN" | "ADJ");
        if opener == "from" && !noun_follows {
            return None;
        }
        let start = if open.is_some() { at - 1 } else { at };
        Some(Quantity {
            number: start..after,
            tokens: start..after,
            value: None,
            min: Some(low),
            max: Some(high),
            bound: Bound::Range,
            pronoun: false,
            entry: None,
        })
    }

    /// Adds the bound words on both sides.
    fn with_bounds(&self, text: &Text, mut quantity: Quantity, sent: &Range<usize>) -> Quantity {
        let mut bound = None;
        while let Some((len, &b)) = self.bounds_before.before(&text.words, sent.start, quantity.tokens.start) {
            quantity.tokens.start -= len;
            bound = Some(b);
        }
        if let Some((len, &b)) = self.bounds_after.at(&text.words, quantity.tokens.end, sent.end) {
            quantity.tokens.end += len;
            bound = bound.or(Some(b));
        }
        if let Some(bound) = bound {
            quantity.set_bound(bound);
        }
        quantity
    }

    /// True for years, dates, times, money, shares, addresses and numbers that are part of a name.
    fn names_something(&self, text: &Text, at: usize, end: usize, sent: &Range<usize>) -> bool {
        let before = if at > sent.start { text.word(at - 1) } else { "" };
        let after = if end < sent.end { text.word(end) } else { "" };
        let token = text.doc.token(at);
        if self.syntax.name_numbers.contains(before)
            || self.syntax.months.contains(after)
            || self.syntax.number_names.contains(text.word(at))
        {
            return true;
        }
        if self.syntax.months.contains(before) && text.number(at).is_some_and(|v| v <= 31.0 || v >= 1900.0) {
            return true;
        }
        if matches!(
            after,
            "%" | "percent"
                | "pct"
                | ":"
                | "block"
                | "th"
                | "st"
                | "nd"
                | "rd"
                | "p.m."
                | "a.m."
                | "pm"
                | "am"
                | "°"
                | "$"
                | "€"
        ) && !(after == ":" && end + 1 < sent.end && text.number(end + 1).is_none())
        {
            return true;
        }
        if matches!(before, "." | "/" | ":" | "-" | "–")
            && at >= sent.start + 2
            && text.number(at - 2).is_some()
            && text.doc.token(at - 1).glued_to_next()
        {
            return true;
        }
        if matches!(after, "/" | ".") && end + 1 < sent.end && text.number(end + 1).is_some() {
            return true;
        }
        matches!(token.ent_type(), "MONEY" | "PERCENT" | "ORDINAL" | "TIME" | "FAC" | "PRODUCT" | "LAW")
            && text.number(at).is_some()
            && !text.followed_by_person(end, sent.end)
    }
}

impl Quantity {
    /// Widens the limits to a bound.
    pub fn set_bound(&mut self, bound: Bound) {
        match (bound, self.value) {
            (Bound::AtLeast, Some(v)) => (self.min, self.max) = (Some(v), None),
            (Bound::AtMost, Some(v)) => (self.min, self.max) = (None, Some(v)),
            (Bound::AtLeast, None) if self.bound == Bound::Vague => self.max = None,
            _ => {}
        }
        if self.value.is_some() {
            self.bound = bound;
        }
    }
}

impl Text<'_> {
    fn doc_gap(&self, next: usize) -> usize {
        let between = self.doc.text().get(self.doc.token(next - 1).end()..self.doc.token(next).start()).unwrap_or("");
        match between {
            " " | "\u{a0}" | "\u{202f}" | "\u{2009}" => between.len(),
            _ => usize::MAX / 2,
        }
    }
    fn followed_by_person(&self, at: usize, end: usize) -> bool {
        (at..end.min(at + 3)).any(|i| self.nouns[i].is_some())
    }
}
