//! A report moved to other days, other places and other names, so that nothing connects it with the one it was.
use anyhow::Context;
use serde_json::Value;
use variorum_model::Analysis;

/// Days between a report and its next copy.
const DAYS: i64 = 400;

/// Fields that hold words of the report, or names.
const WORDS: [&str; 7] = ["text", "title", "quote", "name", "source", "publisher", "byline"];

/// The `k`-th copy; the 0th is the report itself. Names keep their length, so that every offset stays true: letters of
/// capitalised words are exchanged, vowels among vowels and consonants among consonants, by a table that depends on `k`.
/// Places get other gazetteer numbers and lie elsewhere. No two of the first forty copies have names or places in common.
pub(super) fn copy(analysis: &Value, k: usize) -> anyhow::Result<Analysis> {
    let mut copy = analysis.clone();
    if k > 0 {
        shift(&mut copy, "", k);
        let id = copy["report"]["id"].as_str().context("a report has an id")?.to_owned();
        copy["report"]["id"] = Value::String(format!("{id}~{k}"));
        for claim in copy["claims"].as_array_mut().context("claims are a list")? {
            let id = claim["id"].as_str().context("a claim has an id")?.to_owned();
            claim["id"] = Value::String(variorum_model::stable_id("c", &[&id, &k.to_string()]));
        }
    }
    Ok(serde_json::from_value(copy)?)
}

fn shift(value: &mut Value, field: &str, k: usize) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| shift(value, name, k)),
        Value::Array(list) => list.iter_mut().for_each(|value| shift(value, field, k)),
        Value::String(words) if WORDS.contains(&field) => *words = renamed(words, k),
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

fn renamed(words: &str, k: usize) -> String {
    let mut out = String::with_capacity(words.len());
    let mut in_name = false;
    let mut before = ' ';
    for c in words.chars() {
        if !before.is_alphabetic() {
            in_name = c.is_ascii_uppercase();
        }
        before = c;
        out.push(if in_name { exchanged(c, k) } else { c });
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
