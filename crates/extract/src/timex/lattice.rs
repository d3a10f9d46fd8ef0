//! The words of a report as a lattice: atoms, and over them the items that lexicon and rules have found.
use super::record::Record;
use crate::Reading;
use std::collections::HashMap;

/// A class of items (`MONTH`) or a word (`ago`), interned.
pub(super) type Symbol = u16;

/// The symbol of words that no entry and no rule knows.
pub(super) const UNKNOWN: Symbol = 0;

/// Names of symbols. Classes are written in capitals, words in lower case.
pub(super) struct Symbols {
    ids: HashMap<Box<str>, Symbol>,
    names: Vec<Box<str>>,
}

impl Symbols {
    pub(super) fn new() -> Self {
        Symbols { ids: HashMap::new(), names: vec!["".into()] }
    }
    /// The symbol of a name, made when new.
    pub(super) fn intern(&mut self, name: &str) -> Symbol {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = Symbol::try_from(self.names.len()).expect("fewer than 65,536 words and classes");
        self.ids.insert(name.into(), id);
        self.names.push(name.into());
        id
    }
    /// The symbol of a known name.
    pub(super) fn get(&self, name: &str) -> Option<Symbol> {
        self.ids.get(name).copied()
    }
    /// The name, when it is a class and not a word.
    pub(super) fn class_name(&self, symbol: Symbol) -> Option<&str> {
        let name = &self.names[usize::from(symbol)];
        name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
    }
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// A run of letters, a run of digits, or one other character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom<'d> {
    /// Bytes of the report.
    pub start: usize,
    pub end: usize,
    /// Token that holds it.
    pub token: usize,
    /// The token's tag, and the label of the entity that it belongs to.
    pub tag: &'d str,
    pub entity: &'d str,
    /// The word in lower case, or [`UNKNOWN`].
    pub symbol: Symbol,
    /// Digits: their number when it has at most nine digits.
    pub number: Option<u32>,
    /// Nothing stands between it and the atom before it.
    pub glued: bool,
    /// It starts with a capital letter.
    pub capital: bool,
    /// It is a run of letters.
    pub is_letters: bool,
    /// The one character of an atom that is neither letters nor digits, otherwise NUL.
    pub mark: char,
    /// It stands for the end of a block and matches nothing.
    pub is_break: bool,
}

impl Atom<'_> {
    /// Length in bytes.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Atoms `start..end` as an instance of a class.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub symbol: Symbol,
    pub start: u32,
    pub end: u32,
    /// Rule that made it; `None` when the lexicon did.
    pub rule: Option<u16>,
    pub record: Record,
    next: u32,
}

const NO_ITEM: u32 = u32::MAX;

/// Atoms and items of one report.
pub(super) struct Lattice<'d> {
    pub atoms: Vec<Atom<'d>>,
    pub items: Vec<Item>,
    first_item: Vec<u32>,
    /// For each symbol the atoms at which it stands.
    starts: Vec<Vec<u32>>,
}

impl<'d> Lattice<'d> {
    /// Cuts the tokens of a reading into atoms.
    pub(super) fn new(reading: &'d Reading, symbols: &Symbols) -> Self {
        let mut atoms = Vec::with_capacity(reading.doc.len() * 5 / 4);
        let mut lower = String::new();
        for block in &reading.blocks {
            for i in block.tokens.clone() {
                cut_token(reading, i, symbols, &mut lower, &mut atoms);
            }
            atoms.push(Atom { is_break: true, ..BREAK });
        }
        let mut starts = vec![Vec::new(); symbols.len()];
        for (at, atom) in atoms.iter().enumerate() {
            if atom.symbol != UNKNOWN {
                starts[usize::from(atom.symbol)].push(at as u32);
            }
        }
        let first_item = vec![NO_ITEM; atoms.len()];
        Lattice { atoms, items: Vec::new(), first_item, starts }
    }
    /// Adds an item unless the same atoms are already an instance of the class.
    pub(super) fn add(&mut self, symbol: Symbol, start: usize, end: usize, rule: Option<u16>, record: Record) {
        let (from, to) = (start as u32, end as u32);
        if self.items_at(start).any(|(_, i)| i.symbol == symbol && i.end == to) {
            return;
        }
        let id = self.items.len() as u32;
        let next = std::mem::replace(&mut self.first_item[start], id);
        self.items.push(Item { symbol, start: from, end: to, rule, record, next });
        let starts = &mut self.starts[usize::from(symbol)];
        if starts.last() != Some(&from) {
            starts.push(from);
        }
    }
    /// The items that start at an atom, with their indices; the newest first.
    pub(super) fn items_at(&self, at: usize) -> impl Iterator<Item = (usize, &Item)> {
        let mut id = self.first_item.get(at).copied().unwrap_or(NO_ITEM);
        std::iter::from_fn(move || {
            let item = self.items.get(id as usize)?;
            let found = (id as usize, item);
            id = item.next;
            Some(found)
        })
    }
    /// The atoms at which a word or an instance of a class stands; not sorted, an atom may come twice.
    pub(super) fn starts_of(&self, symbol: Symbol) -> &[u32] {
        &self.starts[usize::from(symbol)]
    }
}

const BREAK: Atom<'static> = Atom {
    start: 0,
    end: 0,
    token: 0,
    tag: "",
    entity: "",
    symbol: UNKNOWN,
    number: None,
    glued: false,
    capital: false,
    is_letters: false,
    mark: '\0',
    is_break: false,
};

fn cut_token<'d>(reading: &'d Reading, i: usize, symbols: &Symbols, lower: &mut String, atoms: &mut Vec<Atom<'d>>) {
    let token = reading.doc.token(i);
    let text = token.text();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_same: fn(char) -> bool = if c.is_alphabetic() {
            char::is_alphabetic
        } else if c.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else {
            |_| false
        };
        let len = rest.find(|d: char| !is_same(d)).unwrap_or(rest.len()).max(c.len_utf8());
        let (word, after) = rest.split_at(len);
        let start = token.start() + (text.len() - rest.len());
        rest = after;
        if c.is_whitespace() {
            continue;
        }
        lower.clear();
        match c {
            '’' | '‘' | 'ʼ' | '`' => lower.push('\''),
            '–' | '—' | '‐' | '‑' | '−' => lower.push('-'),
            _ => lower.extend(word.chars().flat_map(char::to_lowercase)),
        }
        let glued = atoms.last().is_some_and(|a| !a.is_break && a.end == start);
        atoms.push(Atom {
            start,
            end: start + len,
            token: i,
            tag: token.tag(),
            entity: token.ent_type(),
            symbol: symbols.get(lower).unwrap_or(UNKNOWN),
            number: if c.is_ascii_digit() && len <= 9 { word.parse().ok() } else { None },
            glued,
            capital: c.is_uppercase(),
            is_letters: c.is_alphabetic(),
            mark: if c.is_alphanumeric() { '\0' } else { c },
            is_break: false,
        });
    }
}
