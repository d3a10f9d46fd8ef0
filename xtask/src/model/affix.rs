//! Turns the tokenizer's affix patterns (Python regular expressions) into rules of the one shape they all have:
//! `(?<=SET…)  SET SET+ …  (?=SET)`, in the order of the alternatives. Anything else is an error.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;

/// Ranges of code points, both ends included, rising, not touching.
pub type Set = Vec<(u32, u32)>;

/// One alternative. Sets are indices into the table of all sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    pub behind: Vec<u32>,
    /// Set, and whether it repeats (`+`).
    pub body: Vec<(u32, bool)>,
    /// Set, and whether it must *not* follow.
    pub ahead: Option<(u32, bool)>,
}

/// All sets of a tokenizer, each once.
#[derive(Default)]
pub struct Sets {
    pub table: Vec<Set>,
    index: BTreeMap<Set, u32>,
}

impl Sets {
    fn add(&mut self, mut set: Set) -> u32 {
        set.sort_unstable();
        let mut merged: Set = Vec::new();
        for (lo, hi) in set {
            match merged.last_mut() {
                Some(last) if lo <= last.1.saturating_add(1) => last.1 = last.1.max(hi),
                _ => merged.push((lo, hi)),
            }
        }
        let table = &mut self.table;
        *self.index.entry(merged.clone()).or_insert_with(|| {
            table.push(merged);
            table.len() as u32 - 1
        })
    }
}

/// Where in the chunk a pattern applies.
#[derive(Clone, Copy, PartialEq)]
pub enum Anchor {
    Start,
    End,
    Anywhere,
}

/// Compiles a whole pattern.
pub fn compile(pattern: &str, anchor: Anchor, sets: &mut Sets) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    for alternative in split(pattern) {
        let body = match anchor {
            Anchor::Start => alternative.strip_prefix('^').context("no ^"),
            Anchor::End => alternative.strip_suffix('$').context("no $"),
            Anchor::Anywhere => Ok(alternative),
        };
        let body = body.with_context(|| alternative.to_owned())?;
        for rule in sequence(body, sets).with_context(|| alternative.to_owned())? {
            ensure!(!rule.body.is_empty(), "empty alternative in {alternative}");
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
    }
    Ok(rules)
}

/// The alternatives of a pattern at the outermost level.
fn split(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut class, mut escaped) = (Vec::new(), 0, 0, false, false);
    for (i, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => class = false,
            _ if class => {}
            '[' => class = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&pattern[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

/// One alternative without its anchor; a group `(?:a|b)` multiplies the rules.
fn sequence(pattern: &str, sets: &mut Sets) -> Result<Vec<Rule>> {
    let mut rules = vec![Rule::default()];
    let mut rest = pattern;
    while !rest.is_empty() {
        ensure!(rules.iter().all(|r| r.ahead.is_none()), "look-ahead is not last");
        if let Some(inner) = rest.strip_prefix("(?<=") {
            let (inner, after) = group(inner)?;
            let found = sequence(inner, sets)?;
            ensure!(found.len() == 1 && rules.iter().all(|r| r.body.is_empty()), "look-behind is not first");
            rules[0].behind = found[0].body.iter().map(|b| b.0).collect();
            rest = after;
        } else if let Some((inner, negative)) =
            rest.strip_prefix("(?=").map(|i| (i, false)).or(rest.strip_prefix("(?!").map(|i| (i, true)))
        {
            let (inner, after) = group(inner)?;
            let found = sequence(inner, sets)?;
            ensure!(found.len() == 1 && found[0].body.len() == 1, "look-ahead is not one set");
            rules.iter_mut().for_each(|r| r.ahead = Some((found[0].body[0].0, negative)));
            rest = after;
        } else if let Some(inner) = rest.strip_prefix("(?:") {
            let (inner, after) = group(inner)?;
            let mut multiplied = Vec::new();
            for rule in &rules {
                for alternative in split(inner) {
                    for tail in sequence(alternative, sets)? {
                        let mut rule = rule.clone();
                        rule.body.extend(tail.body);
                        multiplied.push(rule);
                    }
                }
            }
            rules = multiplied;
            rest = after;
        } else {
            let (set, after) = one(rest)?;
            let (repeats, after) = after.strip_prefix('+').map_or((false, after), |a| (true, a));
            let id = sets.add(set);
            rules.iter_mut().for_each(|r| r.body.push((id, repeats)));
            rest = after;
        }
    }
    Ok(rules)
}

/// What a group holds, and what follows it.
fn group(inner: &str) -> Result<(&str, &str)> {
    let (mut depth, mut class, mut escaped) = (0, false, false);
    for (i, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => class = false,
            _ if class => {}
            '[' => class = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Ok((&inner[..i], &inner[i + 1..])),
            ')' => depth -= 1,
            _ => {}
        }
    }
    bail!("group is not closed")
}

/// One character or class, and what follows it.
fn one(pattern: &str) -> Result<(Set, &str)> {
    if let Some(inner) = pattern.strip_prefix('[') {
        return class(inner);
    }
    let (c, escaped, after) = character(pattern)?;
    ensure!(escaped || !"^$.*+?()|{}".contains(char::from_u32(c).unwrap_or(' ')), "unsupported: {pattern}");
    Ok((vec![(c, c)], after))
}

/// The set of `[…]` after its bracket, and what follows it.
pub fn class(inner: &str) -> Result<(Set, &str)> {
    let (mut set, mut rest) = (Vec::new(), inner);
    ensure!(!rest.starts_with('^'), "negated class");
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            return Ok((set, after));
        }
        let (lo, _, after) = character(rest)?;
        rest = after;
        let mut hi = lo;
        if let Some(after) = rest.strip_prefix('-').filter(|a| !a.starts_with(']')) {
            (hi, _, rest) = character(after)?;
        }
        ensure!(lo <= hi, "range runs backwards");
        set.push((lo, hi));
    }
}

/// One code point, whether it was escaped, and what follows it.
fn character(pattern: &str) -> Result<(u32, bool, &str)> {
    let mut chars = pattern.chars();
    let c = chars.next().context("pattern ends early")?;
    if c != '\\' {
        return Ok((c as u32, false, chars.as_str()));
    }
    let c = chars.next().context("pattern ends early")?;
    let digits = match c {
        'u' => 4,
        'U' => 8,
        c if c.is_ascii_alphanumeric() => bail!("unsupported escape \\{c}"),
        c => return Ok((c as u32, true, chars.as_str())),
    };
    let rest = chars.as_str();
    Ok((u32::from_str_radix(rest.get(..digits).context("short escape")?, 16)?, true, &rest[digits..]))
}

/// Sets as `u32`: how many, then for each its number of ranges and the ranges.
pub fn encode_sets(sets: &Sets) -> Vec<u32> {
    let mut out = vec![sets.table.len() as u32];
    for set in &sets.table {
        out.push(set.len() as u32);
        out.extend(set.iter().flat_map(|r| [r.0, r.1]));
    }
    out
}

/// Rules as `u32`: how many, then for each the lengths and sets of look-behind and body (`set * 2 + repeats`), and the
/// look-ahead (0 for none, else `1 + set * 2 + negated`).
pub fn encode_rules(rules: &[Rule]) -> Vec<u32> {
    let mut out = vec![rules.len() as u32];
    for rule in rules {
        out.push(rule.behind.len() as u32);
        out.extend(&rule.behind);
        out.push(rule.body.len() as u32);
        out.extend(rule.body.iter().map(|(set, repeats)| set * 2 + *repeats as u32));
        out.push(rule.ahead.map_or(0, |(set, negative)| 1 + set * 2 + negative as u32));
    }
    out
}
