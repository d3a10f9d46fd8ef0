//! A report moved to other days, other places, other names and other words, so that nothing connects it with the one it was.
use anyhow::Context;
use serde_json::Value;
use std::collections::HashMap;
use variorum_model::Analysis;

/// Days between a report and its next copy.
const DAYS: i64 = 400;

/// Fields that hold words of the report, or names.
const WORDS: [&str; 7] = ["text", "title", "quote", "name", "source", "publisher", "byline"];

/// Words about equally frequent among which one is exchanged for another.
const ALIKE: usize = 40;
/// Letters from which a word is exchanged.
const LONG: usize = 4;

/// Words that weigh nothing in linkage: they stay.
const COMMON: &str = include_str!("../../../data/link/common.toml");

/// Small words of the reports with those of their length that are about as frequent.
pub(super) struct Exchange {
    /// For each word its group, and where it stands there.
    at: HashMap<String, (usize, usize)>,
    groups: Vec<Vec<String>>,
}

impl Exchange {
    /// Reads the texts.
    pub fn new<'v>(analyses: impl Iterator<Item = &'v Value>) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in analyses.filter_map(|a| a["report"]["text"].as_str()) {
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| is_exchanged(w)) {
                *counts.entry(word).or_default() += 1;
            }
        }
        for word in COMMON.split(|c: char| !c.is_alphabetic()) {
            counts.remove(word);
        }
        let mut words: Vec<(usize, usize, &str)> = counts.into_iter().map(|(w, n)| (w.len(), n, w)).collect();
        words.sort_unstable();
        let by_length = words.chunk_by(|l, r| l.0 == r.0);
        let groups: Vec<Vec<String>> =
            by_length.flat_map(|c| c.chunks(ALIKE)).map(|c| c.iter().map(|w| w.2.to_owned()).collect()).collect();
        let places = groups
            .iter()
            .enumerate()
            .flat_map(|(g, group)| group.iter().enumerate().map(move |(i, word)| (word.clone(), (g, i))));
        Exchange { at: places.collect(), groups }
    }

    fn word(&self, word: &str, k: usize) -> Option<&str> {
        let &(group, i) = self.at.get(word)?;
        let group = &self.groups[group];
        Some(&group[(i + k) % group.len()])
    }
}

fn is_exchanged(word: &str) -> bool {
    word.len() >= LONG && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// The `k`-th copy; the 0th is the report itself. Names keep their length, so that every offset stays true: letters of
/// capitalised words are exchanged, vowels among vowels and consonants among consonants, by a table that depends on `k`. Long
/// small words become others of their length that are about as frequent: a text with its old sentences would be a copy.
/// Places get other gazetteer numbers and lie elsewhere. No two of the first forty copies have names or places in common.
pub(super) fn copy(analysis: &Value, k: usize, exchange: &Exchange) -> anyhow::Result<Analysis> {
    let mut copy = analysis.clone();
    if k > 0 {
        shift(&mut copy, "", k, exchange);
        let id = copy["report"]["id"].as_str().context("a report has an id")?.to_owned();
        copy["report"]["id"] = Value::String(format!("{id}~{k}"));
        for claim in copy["claims"].as_array_mut().context("claims are a list")? {
            let id = claim["id"].as_str().context("a claim has an id")?.to_owned();
            claim["id"] = Value::String(variorum_model::stable_id("c", &[&id, &k.to_string()]));
        }
    }
    Ok(serde_json::from_value(copy)?)
}

fn shift(value: &mut Value, field: &str, k: usize, exchange: &Exchange) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| shift(value, name, k, exchange)),
        Value::Array(list) => list.iter_mut().for_each(|value| shift(value, field, k, exchange)),
        Value::String(words) if WORDS.contains(&field) => *words = renamed(words, k, exchange),
        Value::String(words) => {
            let parts: Option<Vec<String>> = words.split('/').map(|part| later(part, k)).collect();
            if let Some(parts) = parts {
                *words = parts.join("/");
            }
        }
        Value::Number(n) => match (field, n.as_u64(), n.as_f64()) {
            ("geonames", Some(id), _) => *value = Value::from((id + 100_000_007 * k as u64) % 4_000_000_000),
            ("lat", _, Some(at)) => *value = Value::from((at + 90.0 + 11.0 * k as f64) % 180.0 - 90.0),
            ("lon", _, Some(at)) => *value = Value::from((at + 180.0 + 29.0 * k as f64) % 360.0 - 180.0),
            _ => {}
        },
        _ => {}
    }
}

/// A date or instant, so many days later; nothing where it is none.
fn later(words: &str, k: usize) -> Option<String> {
    let date: jiff::civil::Date = words.get(..10)?.parse().ok()?;
    let moved = date.checked_add(jiff::Span::new().days(DAYS * k as i64)).ok()?;
    Some(format!("{moved}{}", &words[10..]))
}

fn renamed(words: &str, k: usize, exchange: &Exchange) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let len = match first.is_alphabetic() {
            true => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(len);
        match first.is_ascii_uppercase() {
            true => out.extend(word.chars().map(|c| exchanged(c, k))),
            false => out.push_str(exchange.word(word, k).unwrap_or(word)),
        }
        rest = after;
    }
    out
}

fn exchanged(c: char, k: usize) -> char {
    const VOWELS: &[u8] = b"aeiou";
    const OTHERS: &[u8] = b"bcdfghjklmnpqrstvwxyz";
    let lower = c.to_ascii_lowercase() as u8;
    // The two steps come together again only after a hundred copies.
    let (table, step) = if VOWELS.contains(&lower) { (VOWELS, (k + k / 20) % 5) } else { (OTHERS, 1 + k % 20) };
    match table.iter().position(|l| *l == lower) {
        Some(at) if c.is_ascii() => {
            let new = table[(at + step) % table.len()] as char;
            if c.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new }
        }
        _ => c,
    }
}
