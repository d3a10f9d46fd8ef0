//! Prefixes, suffixes and infixes: alternatives of the form `(?<=SET…) SET SET+ … (?=SET)`, with the meaning that Python's
//! `re` gives them.

use crate::model::{Container, ModelError};

/// A set of code points.
#[derive(Clone, Default)]
pub struct Set {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl Set {
    pub fn has(&self, c: char) -> bool {
        let c = c as u32;
        if c < 128 {
            return self.ascii >> c & 1 == 1;
        }
        let i = self.ranges.partition_point(|r| r.1 < c);
        self.ranges.get(i).is_some_and(|r| r.0 <= c)
    }

    /// Reads the table of all sets: how many, then for each its number of ranges and the ranges.
    pub fn read_table(model: &Container, name: &str) -> Result<Vec<Set>, ModelError> {
        let data = model.u32s(name)?;
        let mut next = Reader { name, data: &data };
        let mut sets = Vec::new();
        for _ in 0..next.take()? {
            let mut set = Set::default();
            for _ in 0..next.take()? {
                let (lo, hi) = (next.take()?, next.take()?);
                (lo..=hi.min(127)).for_each(|c| set.ascii |= 1 << c);
                set.ranges.push((lo, hi));
            }
            sets.push(set);
        }
        Ok(sets)
    }
}

#[derive(Clone)]
struct Rule {
    behind: Vec<Set>,
    body: Vec<(Set, bool)>,
    /// Set, and whether it must not follow.
    ahead: Option<(Set, bool)>,
}

/// The alternatives of one pattern, and for each ASCII character those that can begin (or end) with it.
pub struct Affixes {
    rules: Vec<Rule>,
    by_ascii: Vec<Vec<u16>>,
    other: Vec<u16>,
    any_ascii: u128,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Index {
    First,
    Last,
}

struct Reader<'d> {
    name: &'d str,
    data: &'d [u32],
}

impl Reader<'_> {
    fn take(&mut self) -> Result<u32, ModelError> {
        let (&first, rest) = self.data.split_first().ok_or_else(|| ModelError::array(self.name, "ends early"))?;
        self.data = rest;
        Ok(first)
    }
}

impl Affixes {
    pub fn read(model: &Container, name: &str, sets: &[Set], index: Index) -> Result<Self, ModelError> {
        let data = model.u32s(name)?;
        let mut next = Reader { name, data: &data };
        let set = |i: u32| sets.get(i as usize).cloned().ok_or_else(|| ModelError::array(name, "no such set"));
        let mut rules = Vec::new();
        for _ in 0..next.take()? {
            let (mut behind, mut body) = (Vec::new(), Vec::new());
            for _ in 0..next.take()? {
                behind.push(set(next.take()?)?);
            }
            for _ in 0..next.take()? {
                let item = next.take()?;
                body.push((set(item / 2)?, item % 2 == 1));
            }
            let ahead = match next.take()? {
                0 => None,
                item => Some((set((item - 1) / 2)?, (item - 1) % 2 == 1)),
            };
            if body.is_empty() {
                return Err(ModelError::array(name, "empty alternative"));
            }
            rules.push(Rule { behind, body, ahead });
        }
        let edge = |rule: &Rule| match index {
            Index::First => rule.body[0].0.clone(),
            Index::Last => rule.body[rule.body.len() - 1].0.clone(),
        };
        let edges: Vec<Set> = rules.iter().map(edge).collect();
        let of = |c: char| (0..rules.len() as u16).filter(|&r| edges[r as usize].has(c)).collect::<Vec<u16>>();
        let by_ascii: Vec<Vec<u16>> = (0..128u8).map(|c| of(c as char)).collect();
        let any_ascii = (0..128).filter(|&c| !by_ascii[c].is_empty()).fold(0, |a, c| a | 1u128 << c);
        let other = (0..rules.len() as u16).filter(|&r| edges[r as usize].ranges.iter().any(|x| x.1 > 127)).collect();
        Ok(Affixes { rules, by_ascii, other, any_ascii })
    }

    fn rules_for(&self, c: char) -> impl Iterator<Item = &Rule> {
        let indices = if c.is_ascii() { &self.by_ascii[c as usize] } else { &self.other };
        indices.iter().map(|&r| &self.rules[r as usize])
    }

    /// Length in bytes of the prefix of a non-empty string: that of the first alternative that matches; 0 for none.
    pub fn prefix(&self, text: &str) -> usize {
        let Some(first) = text.chars().next() else { return 0 };
        self.rules_for(first).find_map(|r| r.forward(text, 0)).unwrap_or(0)
    }

    /// Length in bytes of the suffix: the longest of all alternatives, because Python's search finds the leftmost.
    pub fn suffix(&self, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        self.rules_for(last).filter_map(|r| Some(text.len() - r.backward(text, text.len())?)).max().unwrap_or(0)
    }

    /// All infixes, from left to right, not overlapping: byte ranges.
    pub fn infixes(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut at = 0;
        while at < text.len() {
            let byte = text.as_bytes()[at];
            if byte < 128 && self.any_ascii >> byte & 1 == 0 {
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            match self.rules_for(c).find_map(|r| r.forward(text, at)) {
                Some(end) => {
                    found(at, end);
                    at = end;
                }
                None => at += c.len_utf8(),
            }
        }
    }
}

impl Rule {
    /// End of the match that begins at `start`.
    fn forward(&self, text: &str, start: usize) -> Option<usize> {
        if !self.is_behind(text, start) {
            return None;
        }
        forward_body(&self.body, text, start, &|end| match &self.ahead {
            None => true,
            Some((set, negative)) => text[end..].chars().next().is_some_and(|c| set.has(c)) != *negative,
        })
    }

    /// Start of the longest match that ends at `end`.
    fn backward(&self, text: &str, end: usize) -> Option<usize> {
        backward_body(&self.body, text, end, &|start| self.is_behind(text, start))
    }

    fn is_behind(&self, text: &str, at: usize) -> bool {
        let mut before = text[..at].chars().rev();
        self.behind.iter().rev().all(|set| before.next().is_some_and(|c| set.has(c)))
    }
}

fn forward_body(body: &[(Set, bool)], text: &str, at: usize, accept: &dyn Fn(usize) -> bool) -> Option<usize> {
    let Some(((set, repeats), rest)) = body.split_first() else {
        return accept(at).then_some(at);
    };
    let mut ends = text[at..].char_indices().map_while(|(i, c)| set.has(c).then_some(at + i + c.len_utf8()));
    let first = ends.next()?;
    if !repeats {
        return forward_body(rest, text, first, accept);
    }
    let all: Vec<usize> = std::iter::once(first).chain(ends).collect();
    all.into_iter().rev().find_map(|end| forward_body(rest, text, end, accept))
}

fn backward_body(body: &[(Set, bool)], text: &str, at: usize, accept: &dyn Fn(usize) -> bool) -> Option<usize> {
    let Some(((set, repeats), rest)) = body.split_last() else {
        return accept(at).then_some(at);
    };
    let mut starts = text[..at].char_indices().rev().map_while(|(i, c)| set.has(c).then_some(i));
    let first = starts.next()?;
    if !repeats {
        return backward_body(rest, text, first, accept);
    }
    let all: Vec<usize> = std::iter::once(first).chain(starts).collect();
    all.into_iter().rev().find_map(|start| backward_body(rest, text, start, accept))
}
