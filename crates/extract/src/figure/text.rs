//! A reading with its words looked up: nouns, ages.
use super::lexicon::{Lexicon, NounForm, Number};
use super::phrase::fold;
use crate::Reading;
use smol_str::SmolStr;
use std::ops::Range;
use variorum_syntax::Doc;

/// A reading as the figure layer sees it.
pub(super) struct Text<'r> {
    pub reading: &'r Reading,
    pub doc: &'r Doc,
    /// Every token as it is compared.
    pub words: Vec<SmolStr>,
    /// At the last token of each noun of the lexicon: what it is and where it starts.
    pub nouns: Vec<Option<(NounForm, usize)>>,
    /// Expressions of age ("27-year-old", "aged 12") in text order, with the years.
    pub ages: Vec<(Range<usize>, f64)>,
    /// True for tokens of an age.
    pub in_age: Vec<bool>,
}

impl<'r> Text<'r> {
    pub fn new(lexicon: &Lexicon, reading: &'r Reading) -> Self {
        let doc = &reading.doc;
        let words: Vec<SmolStr> = doc.tokens().map(|t| fold(t.text())).collect();
        let mut nouns = vec![None; words.len()];
        for i in 0..words.len() {
            if let Some((len, &form)) = lexicon.noun_forms.at(&words, i, words.len()) {
                let last = i + len - 1;
                let covered = (i..last).any(|j| matches!(nouns[j], Some((_, start)) if start < i));
                if nouns[last].is_none_or(|(_, start)| start > i) && !covered {
                    nouns[last] = Some((form, i));
                }
            }
        }
        let mut text = Text { reading, doc, in_age: vec![false; words.len()], words, nouns, ages: Vec::new() };
        text.find_ages(lexicon);
        text
    }

    /// The word at a token, or "".
    pub fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.as_str())
    }

    fn find_ages(&mut self, lexicon: &Lexicon) {
        let words = &lexicon.syntax;
        let mut at = 0;
        while at < self.words.len() {
            if let Some((end, years)) = self.age_at(lexicon, at) {
                self.in_age[at..end].fill(true);
                self.ages.push((at..end, years));
                at = end;
            } else if let Some(years) = self.age_after_of(lexicon, at) {
                self.in_age[at..at + 2].fill(true);
                self.ages.push((at..at + 2, years));
                at += 2;
            } else if matches!(self.word(at), "aged" | "ages" | "age") {
                let mut end = at + 1;
                while end < self.words.len()
                    && end < at + 12
                    && (self.number(end).is_some()
                        || lexicon.cardinals.contains_key(&self.words[end])
                        || (words.list_joins.contains(&self.words[end]) && end > at + 1)
                        || matches!(self.word(end), "between" | "from" | "to" | "-" | "under" | "over" | "of"))
                {
                    end += 1;
                }
                self.in_age[at..end].fill(true);
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
    }

    /// "27-year-old", "27 year old", "six-month-old": the token after it and the years.
    fn age_at(&self, lexicon: &Lexicon, at: usize) -> Option<(usize, f64)> {
        let whole = self.word(at);
        if let Some((number, rest)) = whole.split_once('-')
            && let Ok(years) = number.parse::<f64>()
            && rest.starts_with("year")
        {
            // "27-year" "-" "old", or all in one token.
            let mut end = at + 1;
            while end < at + 4 && (self.word(end) == "-" || lexicon.syntax.age_heads.contains(self.word(end))) {
                end += 1;
            }
            return Some((end, years));
        }
        let mut number = self.number(at).or_else(|| lexicon.cardinals.get(whole).copied())?;
        let mut end = at + 1;
        // "thirty-one-year-old"
        if number >= 20.0 && self.number(at).is_none() {
            let unit = end + usize::from(self.word(end) == "-");
            if let Some(ones) = lexicon.cardinals.get(self.word(unit)).filter(|v| **v < 10.0) {
                number += ones;
                end = unit + 1;
            }
        }
        let skip_hyphen = |end: &mut usize| {
            if matches!(self.word(*end), "-" | "–") {
                *end += 1;
            }
        };
        skip_hyphen(&mut end);
        let unit = self.word(end);
        if !lexicon.syntax.age_units.contains(unit) {
            return None;
        }
        end += 1;
        skip_hyphen(&mut end);
        if !lexicon.syntax.age_heads.contains(self.word(end)) {
            return None;
        }
        let years = if unit.starts_with('y') { number } else { 0.0 };
        Some((end + 1, years))
    }

    /// "A boy of nine": the years after this "of".
    fn age_after_of(&self, lexicon: &Lexicon, at: usize) -> Option<f64> {
        let who = self.word(at.checked_sub(1)?);
        if self.word(at) != "of" || !lexicon.syntax.aged.contains(who) {
            return None;
        }
        let years = self.number(at + 1).or_else(|| lexicon.cardinals.get(self.word(at + 1)).copied())?;
        let next = at + 2;
        let counts = next < self.words.len() && matches!(self.doc.token(next).pos(), "NOUN" | "PROPN" | "ADJ" | "NUM");
        (!counts && years < 120.0).then_some(years)
    }

    /// An age that can stand before the noun, as "27-year-old" can and "of nine" cannot.
    pub fn age_opens(&self, at: usize) -> bool {
        let after_noun = self.word(at) == "of" || (at > 0 && self.in_age[at - 1] && self.word(at - 1) == "of");
        self.in_age[at] && !after_noun
    }

    /// The age expression that starts at a token: the token after it and the years.
    pub fn age_starting_at(&self, at: usize) -> Option<(usize, f64)> {
        let i = self.ages.binary_search_by_key(&at, |(r, _)| r.start).ok()?;
        Some((self.ages[i].0.end, self.ages[i].1))
    }
    /// Years of the last age expression that ends in `from..=to`.
    pub fn age_within(&self, from: usize, to: usize) -> Option<f64> {
        let i = self.ages.partition_point(|(r, _)| r.end <= to);
        let (range, years) = self.ages.get(i.checked_sub(1)?)?;
        (range.start >= from).then_some(*years)
    }

    /// The number that a token of digits writes.
    pub fn number(&self, i: usize) -> Option<f64> {
        digits(self.word(i))
    }

    /// True when the noun form at `i` names several.
    pub fn is_plural(&self, i: usize) -> bool {
        match self.nouns.get(i).copied().flatten() {
            Some((form, _)) => form.number != Number::Singular,
            None => matches!(self.doc.token(i).tag(), "NNS" | "NNPS"),
        }
    }
}

/// `12`, `6,500`, `3.5`, `2.000.000`; nothing for `12.30.1999`, `3rd`, `10:30`.
pub(super) fn digits(word: &str) -> Option<f64> {
    let bytes = word.as_bytes();
    if bytes.is_empty()
        || !bytes[0].is_ascii_digit()
        || !bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
    {
        return None;
    }
    if bytes.len() > 15 {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return word.parse().ok();
    }
    let groups_of_three = |mark: char| {
        let mut parts = word.split(mark);
        let first = parts.next().unwrap_or("");
        (1..=3).contains(&first.len()) && parts.all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    if word.contains(',') && !word.contains('.') && groups_of_three(',') {
        return word.replace(',', "").parse().ok();
    }
    if word.matches('.').count() > 1 && !word.contains(',') && groups_of_three('.') {
        return word.replace('.', "").parse().ok();
    }
    if word.matches('.').count() == 1 && !word.contains(',') && !word.ends_with('.') {
        return word.parse().ok();
    }
    None
}
