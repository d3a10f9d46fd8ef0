//! Words and what they stand for: `lexicon.toml` and `normalisation.toml`.
use super::lattice::{Lattice, Symbol, Symbols};
use super::record::Record;
use super::source::Source;
use crate::LoadError;
use serde::Deserialize;

use std::collections::BTreeMap;
use toml::Spanned;

/// The two files.
pub(super) const WORDS: Source =
    Source { name: "data/timex/lexicon.toml", text: include_str!("../../../../data/timex/lexicon.toml") };
pub(super) const VALUES: Source =
    Source { name: "data/timex/normalisation.toml", text: include_str!("../../../../data/timex/normalisation.toml") };

/// One class of `lexicon.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClassEntry {
    /// Only where the first letter is a capital.
    #[serde(default)]
    capital: bool,
    /// Only where the first word has one of these tags.
    #[serde(default)]
    tags: Vec<String>,
    /// Not where the first word has one of these tags.
    #[serde(default)]
    not_tags: Vec<String>,
    /// Only with the final dot.
    #[serde(default)]
    dotted: bool,
    /// The words have no value of their own.
    #[serde(default)]
    plain: bool,
    /// Forms of each word. A final dot may be missing in the text, unless `dotted`.
    #[serde(default)]
    words: BTreeMap<Spanned<String>, Vec<String>>,
    /// Digits: how many, between which numbers.
    digits: Option<DigitsEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DigitsEntry {
    length: (usize, usize),
    range: (u32, u32),
    /// What the number is.
    is: DigitsField,
    /// Not a part of a longer number, a price, a score or a time of day.
    #[serde(default)]
    free: bool,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DigitsField {
    Number,
    Day,
    Month,
    Year,
    ShortYear,
    Hour,
    Minute,
    Second,
    HourAndMinute,
}

/// One way to write one word.
struct Form {
    words: Vec<Symbol>,
    class: usize,
    record: Record,
}

struct Class {
    symbol: Symbol,
    capital: bool,
    tags: Vec<String>,
    not_tags: Vec<String>,
    digits: Option<DigitsEntry>,
}

/// All words, ready for look-up.
pub(super) struct Lexicon {
    classes: Vec<Class>,
    forms: Vec<Form>,
    /// For each symbol the forms that start with it.
    by_first: Vec<Vec<u32>>,
}

impl Lexicon {
    /// Reads both files; a word without a value or a value without a word is an error.
    pub(super) fn load(symbols: &mut Symbols) -> Result<Self, LoadError> {
        let entries: BTreeMap<String, ClassEntry> = WORDS.parse()?;
        let mut values: BTreeMap<String, BTreeMap<Spanned<String>, Record>> = VALUES.parse()?;
        let (mut classes, mut forms) = (Vec::new(), Vec::new());
        for (name, entry) in entries {
            let mut records = values.remove(&name).unwrap_or_default();
            for (word, spellings) in &entry.words {
                let at = word.span().start;
                let record = match records.remove(word.get_ref().as_str()) {
                    Some(record) => record,
                    None if entry.plain => Record::default(),
                    None => return Err(WORDS.error(at, format!("{name}.{} has no value", word.get_ref()))),
                };
                for spelling in spellings {
                    let words = cut(spelling);
                    if words.is_empty() {
                        return Err(WORDS.error(at, "an empty form"));
                    }
                    let whole = words.iter().map(|w| symbols.intern(w)).collect::<Vec<_>>();
                    if !entry.dotted && words.len() > 1 && words.last().is_some_and(|w| w == ".") {
                        let bare = whole[..whole.len() - 1].to_vec();
                        forms.push(Form { words: bare, class: classes.len(), record: record.clone() });
                    }
                    forms.push(Form { words: whole, class: classes.len(), record: record.clone() });
                }
            }
            if let Some((word, _)) = records.first_key_value() {
                return Err(VALUES.error(word.span().start, format!("{name}.{} has no words", word.get_ref())));
            }
            let ClassEntry { capital, tags, not_tags, digits, .. } = entry;
            classes.push(Class { symbol: symbols.intern(&name), capital, tags, not_tags, digits });
        }
        if let Some(name) = values.keys().next() {
            return Err(VALUES.error(0, format!("the class {name} is not in the lexicon")));
        }
        let mut by_first = vec![Vec::new(); symbols.len()];
        for (i, form) in forms.iter().enumerate() {
            by_first[usize::from(form.words[0])].push(i as u32);
        }
        Ok(Lexicon { classes, forms, by_first })
    }

    /// The classes that it knows.
    pub(super) fn classes(&self) -> impl Iterator<Item = Symbol> {
        self.classes.iter().map(|c| c.symbol)
    }

    /// Adds an item for every word of the report that the lexicon knows.
    pub(super) fn mark(&self, lattice: &mut Lattice) {
        for at in 0..lattice.atoms.len() {
            let atom = lattice.atoms[at];
            if let Some(number) = atom.number {
                self.mark_digits(lattice, at, number);
            }
            let Some(forms) = self.by_first.get(usize::from(atom.symbol)) else { continue };
            for form in forms.iter().map(|&f| &self.forms[f as usize]) {
                let class = &self.classes[form.class];
                let tag_is = |t: &String| t == atom.tag || t == atom.entity;
                if (class.capital && !atom.capital)
                    || class.not_tags.iter().any(tag_is)
                    || !(class.tags.is_empty() || class.tags.iter().any(tag_is))
                {
                    continue;
                }
                let end = at + form.words.len();
                let is_here = lattice
                    .atoms
                    .get(at..end)
                    .is_some_and(|atoms| atoms.iter().zip(&form.words).all(|(a, w)| a.symbol == *w));
                if is_here {
                    lattice.add(class.symbol, at, end, None, form.record.clone());
                }
            }
        }
    }

    fn mark_digits(&self, lattice: &mut Lattice, at: usize, number: u32) {
        let length = lattice.atoms[at].len();
        let is_free = is_free(lattice, at);
        for class in &self.classes {
            let Some(digits) = &class.digits else { continue };
            if (digits.length.0..=digits.length.1).contains(&length)
                && (digits.range.0..=digits.range.1).contains(&number)
                && (is_free || !digits.free)
            {
                let mut record = Record::default();
                let byte = u8::try_from(number).ok();
                match digits.is {
                    DigitsField::Number => record.number = Some(number.into()),
                    DigitsField::Day => record.day = byte,
                    DigitsField::Month => record.month = byte,
                    DigitsField::Year => record.year = i32::try_from(number).ok(),
                    DigitsField::ShortYear => record.short_year = byte,
                    DigitsField::Hour => record.hour = byte,
                    DigitsField::Minute => record.minute = byte,
                    DigitsField::Second => record.second = byte,
                    DigitsField::HourAndMinute if number % 100 >= 60 => continue,
                    DigitsField::HourAndMinute => {
                        record.hour = Some((number / 100) as u8);
                        record.minute = Some((number % 100) as u8);
                    }
                }
                lattice.add(class.symbol, at, at + 1, None, record);
            }
        }
    }
}

/// True for digits that are not a part of "1,990", "19.5", "$19", "19%", "3:19", "555-1990" or "19th".
fn is_free(lattice: &Lattice, at: usize) -> bool {
    let text = |i: usize| lattice.atoms.get(i).filter(|a| !a.is_break);
    let is_mark = |i: usize, marks: &str| text(i).is_some_and(|a| marks.contains(a.mark));
    let glued = |i: usize| text(i).is_some_and(|a| a.glued);
    let is_digits = |i: usize| text(i).is_some_and(|a| a.number.is_some());
    let before = at.wrapping_sub(1);
    if glued(at) {
        let digits_before = text(at.wrapping_sub(2)).filter(|a| glued(before) && a.number.is_some()).map(|a| a.len());
        let after_number = digits_before.is_some_and(|n| is_mark(before, ".,:/") || (n == 3 && is_mark(before, "-")));
        if after_number || is_mark(before, "$£€#+.:") || text(before).is_some_and(|a| a.is_letters) {
            return false;
        }
    }
    if glued(at + 1) {
        let before_number = is_mark(at + 1, ".,:/") && glued(at + 2) && is_digits(at + 2);
        return !(before_number || is_mark(at + 1, "%°") || text(at + 1).is_some_and(|a| a.is_letters));
    }
    true
}

/// Cuts a form as the lattice cuts text.
fn cut(spelling: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in spelling.chars() {
        let joins = (c.is_alphabetic() && before.is_alphabetic()) || (c.is_ascii_digit() && before.is_ascii_digit());
        if !c.is_whitespace() {
            if !joins {
                words.push(String::new());
            }
            let word = words.last_mut().expect("a word was just begun");
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}
