//! The pattern language of the rules.
//!
//! A pattern is a sequence of elements over the atoms of a report:
//!
//! | element | matches |
//! | --- | --- |
//! | `MONTH` | an item of the class, whose record joins the match's |
//! | `!MONTH` | the same, but its record is left out |
//! | `ago`, `,` | the word or mark itself, in any case |
//! | `/NNS,NNPS` | any one atom whose token has one of the tags or entity labels |
//! | `WEEKDAY/NNP` | an item whose first token has one of the tags |
//! | `~x` | `x` with nothing between it and what stands before |
//! | `x?`, `( a b | c )` | an optional element; a group of alternatives |
//! | `\/` | a mark that the language uses itself |
use super::lattice::{Lattice, Symbol, Symbols};
use smol_str::SmolStr;
use std::iter::Peekable;
use std::str::Chars;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    program: Vec<Op>,
}

#[derive(Debug)]
enum Op {
    Take { symbol: Option<Symbol>, tags: Box<[SmolStr]>, glued: bool, silent: bool },
    Split(usize, usize),
    Jump(usize),
    Accept,
}

/// Where a match ends and which items' records it takes in, in order.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub end: usize,
    pub items: Vec<u32>,
}

/// Matches of one pattern at one place beyond which no more are looked for.
const MOST_MATCHES: usize = 12;

impl Pattern {
    /// Compiles; the error says what is wrong.
    pub(super) fn parse(source: &str, symbols: &mut Symbols) -> Result<Self, String> {
        let mut parser = Parser { chars: source.chars().peekable(), symbols };
        let node = parser.alternatives()?;
        if parser.chars.peek().is_some() {
            return Err("a `)` without its `(`".into());
        }
        let mut program = Vec::new();
        compile(node, &mut program);
        program.push(Op::Accept);
        Ok(Pattern { program })
    }
    /// The symbols with which a match can start; an error when it can start with anything or be empty.
    pub(super) fn first_symbols(&self) -> Result<Vec<Symbol>, String> {
        let (mut found, mut open) = (Vec::new(), vec![0]);
        while let Some(at) = open.pop() {
            match &self.program[at] {
                Op::Split(a, b) => open.extend([*a, *b]),
                Op::Jump(to) => open.push(*to),
                Op::Take { symbol: Some(symbol), .. } => found.push(*symbol),
                Op::Take { symbol: None, .. } => return Err("the first element must be a word or a class".into()),
                Op::Accept => return Err("it can match nothing at all".into()),
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
    /// The symbols that it names.
    pub(super) fn symbols(&self) -> impl Iterator<Item = Symbol> {
        self.program.iter().filter_map(|op| match op {
            Op::Take { symbol, .. } => *symbol,
            _ => None,
        })
    }
    /// All matches that start at an atom; those that take optional elements first.
    pub(super) fn matches_at(&self, lattice: &Lattice, start: usize, found: &mut Vec<Match>) {
        self.step(lattice, 0, start, &mut Vec::new(), found);
    }
    /// The first match that ends just before an atom and is at most `reach` atoms long.
    pub(super) fn match_before(&self, lattice: &Lattice, end: usize, reach: usize) -> Option<Match> {
        let mut found = Vec::new();
        for start in (end.saturating_sub(reach)..end).rev() {
            self.matches_at(lattice, start, &mut found);
            if let Some(i) = found.iter().position(|m| m.end == end) {
                return Some(found.swap_remove(i));
            }
            found.clear();
        }
        None
    }

    fn step(&self, lattice: &Lattice, op: usize, at: usize, items: &mut Vec<u32>, found: &mut Vec<Match>) {
        if found.len() >= MOST_MATCHES {
            return;
        }
        match &self.program[op] {
            Op::Accept => found.push(Match { end: at, items: items.clone() }),
            Op::Jump(to) => self.step(lattice, *to, at, items, found),
            Op::Split(a, b) => {
                self.step(lattice, *a, at, items, found);
                self.step(lattice, *b, at, items, found);
            }
            Op::Take { symbol, tags, glued, silent } => {
                let Some(atom) = lattice.atoms.get(at).filter(|a| !a.is_break) else { return };
                if (*glued && !atom.glued)
                    || !(tags.is_empty() || tags.iter().any(|t| t == atom.tag || t == atom.entity))
                {
                    return;
                }
                let Some(symbol) = symbol else {
                    return self.step(lattice, op + 1, at + 1, items, found);
                };
                if atom.symbol == *symbol {
                    return self.step(lattice, op + 1, at + 1, items, found);
                }
                for (id, item) in lattice.items_at(at).filter(|(_, i)| i.symbol == *symbol) {
                    if !silent {
                        items.push(id as u32);
                    }
                    self.step(lattice, op + 1, item.end as usize, items, found);
                    if !silent {
                        items.pop();
                    }
                }
            }
        }
    }
}

/// A pattern as written, before it becomes a program.
enum Node {
    Take(Op),
    Optional(Box<Node>),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
}

fn compile(node: Node, program: &mut Vec<Op>) {
    match node {
        Node::Take(op) => program.push(op),
        Node::Sequence(nodes) => nodes.into_iter().for_each(|n| compile(n, program)),
        Node::Optional(inner) => {
            let split = program.len();
            program.push(Op::Accept);
            compile(*inner, program);
            program[split] = Op::Split(split + 1, program.len());
        }
        Node::Either(nodes) => {
            let mut exits = Vec::new();
            let last = nodes.len() - 1;
            for (i, node) in nodes.into_iter().enumerate() {
                let split = program.len();
                if i < last {
                    program.push(Op::Accept);
                }
                compile(node, program);
                if i < last {
                    exits.push(program.len());
                    program.push(Op::Accept);
                    program[split] = Op::Split(split + 1, program.len());
                }
            }
            let end = program.len();
            exits.into_iter().for_each(|exit| program[exit] = Op::Jump(end));
        }
    }
}

struct Parser<'s> {
    chars: Peekable<Chars<'s>>,
    symbols: &'s mut Symbols,
}

impl Parser<'_> {
    fn skip_space(&mut self) -> Option<char> {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
        self.chars.peek().copied()
    }
    fn alternatives(&mut self) -> Result<Node, String> {
        let mut nodes = vec![self.sequence()?];
        while self.skip_space() == Some('|') {
            self.chars.next();
            nodes.push(self.sequence()?);
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Either(nodes) })
    }
    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.skip_space().filter(|c| !"|)".contains(*c)) {
            let element = if c == '(' { self.group()? } else { self.element()? };
            let optional = self.chars.next_if_eq(&'?').is_some();
            nodes.push(if optional { Node::Optional(Box::new(element)) } else { element });
        }
        if nodes.is_empty() { Err("an element is missing".into()) } else { Ok(Node::Sequence(nodes)) }
    }
    fn group(&mut self) -> Result<Node, String> {
        self.chars.next();
        let node = self.alternatives()?;
        self.chars.next_if_eq(&')').ok_or("a `(` without its `)`")?;
        Ok(node)
    }
    fn element(&mut self) -> Result<Node, String> {
        let glued = self.chars.next_if_eq(&'~').is_some();
        let silent = self.chars.next_if_eq(&'!').is_some();
        let mut name = String::new();
        match self.chars.peek().copied() {
            Some(c) if c.is_alphanumeric() => {
                while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    name.push(c);
                }
            }
            Some('/') => {}
            Some('\\') => {
                self.chars.next();
                name.extend(self.chars.next());
            }
            Some(c) if !c.is_whitespace() && !"?|()~!".contains(c) => {
                self.chars.next();
                name.push(c);
            }
            _ => return Err("an element is missing".into()),
        }
        let mut tags = String::new();
        if self.chars.next_if_eq(&'/').is_some() {
            while let Some(c) = self.chars.next_if(|c| c.is_alphabetic() || "$,".contains(*c)) {
                tags.push(c);
            }
            if tags.is_empty() {
                return Err("a `/` without its tags".into());
            }
        }
        let symbol = (!name.is_empty()).then(|| self.symbols.intern(&name));
        let tags = tags.split(',').filter(|t| !t.is_empty()).map(SmolStr::from).collect();
        Ok(Node::Take(Op::Take { symbol, tags, glued, silent }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(source: &str) -> String {
        let parsed = Pattern::parse(source, &mut Symbols::new());
        parsed.and_then(|p| p.first_symbols().map(|_| ())).unwrap_err()
    }

    #[test]
    fn malformed_patterns_are_named() {
        assert_eq!(error("( MONTH"), "a `(` without its `)`");
        assert_eq!(error("MONTH )"), "a `)` without its `(`");
        assert_eq!(error("MONTH | "), "an element is missing");
        assert_eq!(error("MONTH ( - | / )"), "a `/` without its tags");
        assert_eq!(error("the?"), "it can match nothing at all");
        assert_eq!(error("/NNS MONTH"), "the first element must be a word or a class");
    }

    #[test]
    fn a_pattern_starts_with_what_its_alternatives_start_with() {
        let mut symbols = Symbols::new();
        let pattern = Pattern::parse("the? (MONTH | early DAY?) year", &mut symbols).unwrap();
        let first: Vec<_> = ["MONTH", "the", "early"].iter().filter_map(|n| symbols.get(n)).collect();
        let mut found = pattern.first_symbols().unwrap();
        found.sort_by_key(|s| first.iter().position(|f| f == s));
        assert_eq!(found, first);
    }
}
