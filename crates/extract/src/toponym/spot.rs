//! Where names stand: the longest gazetteer names at each token, and what the parser takes for places.
use super::fold::{ARTICLES, skeleton};
use super::gazetteer::{Candidate, Gazetteer};
use super::layout::{Kind, NameClass};
use super::lexicon::{Lexicon, lists};
use super::words::Words;
use std::collections::HashMap;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// Most tokens that a name spans.
const LONGEST: usize = 9;

/// How a spot came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A name of the gazetteer.
    Name,
    /// An adjective or demonym.
    Demonym,
    /// A case-sensitive short form that stands alone.
    Abbreviation,
    /// A short form that counts only after a place and a comma.
    Postal,
    /// A street or site that the gazetteer does not hold.
    Site,
    /// A place by the parser's label only.
    Unknown,
    /// A place by the words that introduce it only: "the village of X", or "in X" more than once.
    Introduced,
}

/// A stretch of tokens that may be a place name.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The mention.
    pub(super) tokens: Range<usize>,
    /// The tokens of the gazetteer's name in it.
    pub(super) name: Range<usize>,
    /// What it can mean; empty when the gazetteer does not know.
    pub(super) candidates: Vec<Candidate>,
    /// Folded name.
    pub(super) key: String,
    /// How it came about.
    pub(super) form: Form,
    /// A word beside it says that it is a division ("Homs province"), not the town of that name.
    pub(super) division: bool,
    /// It is a street, square or building: where the gazetteer does not say where it is, its town is.
    pub(super) site: bool,
    /// The gazetteer's name is part of a longer one of something built ("Marden Arena"), which may be anywhere.
    pub(super) borne: bool,
    /// A word beside it says that it is a settlement ("Haldin and Brenna towns").
    pub(super) by_kind: bool,
    /// A town is said to be in it ("Orlec city in Homs").
    pub(super) holding: bool,
}

/// What finding spots needs to see.
pub(super) struct Finder<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: &'a Lexicon,
    pub(super) doc: &'a Doc,
    pub(super) words: &'a Words,
}

impl<'a> Finder<'a> {
    /// All spots in text order, none overlapping. A name that the gazetteer does not hold and that the text introduces as
    /// a place once ("the town of X") is a spot wherever it stands.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let introduced = self.introduced();
        let by_kind: HashMap<usize, usize> = self.named_by_kind().into_iter().map(|run| (run.start, run.end)).collect();
        let mut spots: Vec<Spot> = Vec::new();
        let mut i = 0;
        while i < self.doc.len() {
            let end = by_kind.get(&i).copied();
            // "Khan Tarnab town" is of no Khan that the gazetteer may hold.
            let known = self.spot_at(i).filter(|spot| end.is_none_or(|end| spot.tokens.end >= end));
            match known.or_else(|| self.named_again(i, &introduced)) {
                Some(spot) => {
                    i = spot.tokens.end.max(i + 1);
                    let by_kind = end == Some(spot.tokens.end);
                    spots.push(Spot { by_kind, ..spot });
                }
                None => i += 1,
            }
        }
        self.respelt(&mut spots);
        self.districts(&mut spots);
        spots
    }

    fn spot_at(&self, i: usize) -> Option<Spot> {
        let token = self.doc.token(i);
        if !may_start(token) || self.words.of(i).is_empty() {
            return None;
        }
        if let Some(spot) = self.abbreviation(i) {
            return Some(spot);
        }
        let name = self.name_at(i).map(|name| self.built(name));
        let site = self.site_at(i);
        let Some(site) = site.filter(|s| name.as_ref().is_none_or(|n| n.tokens.end < s.tokens.end)) else {
            return name.or_else(|| self.labelled_at(i));
        };
        let last = self.words.of(site.tokens.end - 1);
        match name {
            // "Aleppo International Airport" is by Aleppo; "Lancaster Road" and "Catawba River" are anywhere.
            Some(name) if lists(&self.lexicon.site, last) => {
                Some(Spot { tokens: site.tokens, site: true, borne: true, ..name })
            }
            _ => Some(site),
        }
    }

    /// "U.S.", "UK", "Calif."; a full stop that is a token of its own is taken in.
    fn abbreviation(&self, i: usize) -> Option<Spot> {
        let token = self.doc.token(i);
        let text = token.text();
        if text.len() > 8 || !text.is_ascii() || !text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let bare = text.replace('.', "");
        let dotted = text.contains('.') || (token.glued_to_next() && token.nbor(1).is_some_and(|n| n.text() == "."));
        let (place, form) = match self.lexicon.abbreviations.get(&bare) {
            // "Ill" and "Mass" are words; "US" and "UK" need no full stop.
            Some(&place) if dotted || bare.bytes().all(|b| b.is_ascii_uppercase()) => {
                let weak = bare.bytes().skip(1).any(|b| b.is_ascii_lowercase()) || bare.len() == 1;
                (place, if weak { Form::Postal } else { Form::Abbreviation })
            }
            _ => (*self.lexicon.postal.get(text)?, Form::Postal),
        };
        Some(Spot {
            tokens: i..i + 1,
            name: i..i + 1,
            candidates: vec![Candidate { place, class: NameClass::Primary }],
            key: format!("{bare}."),
            form,
            division: false,
            site: false,
            borne: false,
            by_kind: false,
            holding: false,
        })
    }

    /// The longest name of the gazetteer from token `i`.
    fn name_at(&self, i: usize) -> Option<Spot> {
        let mut best = self.walk_from(i);
        let next = self.after_hyphen(i + 1);
        // "al-Bab" is filed under "al bab" or under "bab", as the gazetteer's source has it.
        if ARTICLES.contains(&self.words.of(i))
            && !matches!(self.doc.token(i).tag(), "DT" | "IN")
            && next < self.doc.len()
            && may_start(self.doc.token(next))
            && let Some(bare) = self.walk_from(next)
        {
            match &mut best {
                Some(full) if full.tokens.end >= bare.tokens.end => {}
                _ => best = Some(Spot { tokens: i..bare.tokens.end, ..bare }),
            }
        }
        best
    }

    fn walk_from(&self, i: usize) -> Option<Spot> {
        let mut walk = self.gazetteer.walk();
        let sentence = self.doc.token(i).sent().end;
        let mut best: Option<(usize, Vec<Candidate>)> = None;
        let mut at = i;
        while at < sentence.min(i + LONGEST) {
            let word = self.words.of(at);
            // "People's Republic": names are filed without their apostrophes.
            let suffix = at > i && self.is_suffix(at);
            if at > i && !suffix && !walk.step(b" ") {
                break;
            }
            if word.is_empty() || !walk.step(word.as_bytes()) {
                break;
            }
            if walk.is_name() && self.may_end(i, at) {
                best = Some((at + 1, walk.places()));
            }
            at = self.after_hyphen(at + 1);
        }
        let (end, candidates) = best?;
        // "San Juan de Miraflores" is no San Juan.
        let longer = lists(&self.lexicon.linking, self.words.of(end))
            && self.doc.get(end + 1).is_some_and(|t| t.text().starts_with(char::is_uppercase));
        if longer {
            return None;
        }
        let demonym = candidates.iter().any(|c| c.class == NameClass::Demonym);
        let (candidates, form) = if demonym {
            (candidates.into_iter().filter(|c| c.class == NameClass::Demonym).collect(), Form::Demonym)
        } else {
            (candidates, Form::Name)
        };
        let division =
            form == Form::Name && (self.is_division(i, end) || self.is_side_of_division(i..end, &candidates));
        Some(Spot {
            tokens: i..end,
            name: i..end,
            key: self.words.join(i..end),
            candidates,
            form,
            division,
            site: false,
            borne: false,
            by_kind: false,
            holding: form == Form::Name && self.holds_town(i),
        })
    }

    /// "Eastern Homs": of the province, where one bears the name of its town. Sides of capitals, and of some other cities, are districts.
    fn is_side_of_division(&self, tokens: Range<usize>, candidates: &[Candidate]) -> bool {
        let side = tokens.start >= 1 && lists(&self.lexicon.side, self.words.of(tokens.start - 1));
        let kind = |c: &Candidate| self.gazetteer.place(c.place).kind;
        let city = lists(&self.lexicon.sided, &self.words.join(tokens.clone()))
            || lists(&self.lexicon.settlement, self.words.of(tokens.end))
            || candidates.iter().any(|c| kind(c) == Kind::Capital);
        side && !city && candidates.iter().any(|c| kind(c) == Kind::Admin1)
    }

    /// "Homs province", "the province of Homs", "Homs and Hama provinces".
    fn is_division(&self, start: usize, end: usize) -> bool {
        let division = |i: usize| lists(&self.lexicon.division, self.words.of(i));
        let listed = || {
            let and = (end..end + 6).find(|&i| self.words.of(i) == "and");
            // "Karovia and the United States" names no province of Karovia.
            let plural = |i: usize| {
                let lower = self.doc.get(i).is_some_and(|t| t.text().starts_with(char::is_lowercase));
                lower && self.words.of(i).ends_with('s') && division(i)
            };
            and.is_some_and(|and| (and + 2..and + 4).any(plural))
        };
        // "The provinces of Homs and Hama"
        let list = || {
            let of = (start.saturating_sub(8)..start).rev().find(|&i| self.words.of(i) == "of");
            let joins = |i: usize| {
                self.words.of(i) == "and" || self.doc.token(i).is_any(&[","]) || self.doc.token(i).pos() == "PROPN"
            };
            of.is_some_and(|of| {
                of >= 1 && self.words.of(of - 1).ends_with('s') && division(of - 1) && (of + 1..start).all(joins)
            })
        };
        let of = start >= 2 && self.words.of(start - 1) == "of" && division(start - 2) || list();
        let rural = start >= 1 && lists(&self.lexicon.rural, self.words.of(start - 1));
        // "Towns and villages in X"
        let holds = start >= 2
            && matches!(self.words.of(start - 1), "in" | "of" | "across")
            && lists(&self.lexicon.settlements, self.words.of(start - 2));
        division(end) || of || rural || holds || listed()
    }

    /// "Orlec city in Homs", "the town of Orlec in Homs": what holds a town is no town.
    fn holds_town(&self, start: usize) -> bool {
        let quarter = |i: usize| lists(&self.lexicon.quarter, self.words.of(i));
        let kind = |i: usize| {
            let word = self.words.of(i);
            // "The Old City in Homs" is a name.
            let noun = self.doc.token(i).text().starts_with(char::is_lowercase);
            noun && lists(&self.lexicon.settlement, word) && !word.ends_with('s') && !quarter(i)
        };
        let name = |i: usize| self.doc.token(i).tag().starts_with("NNP");
        start >= 4 && self.words.of(start - 1) == "in" && {
            let before = (start.saturating_sub(5)..start - 1).rev().take_while(|&i| name(i)).last();
            kind(start - 2) && name(start - 3)
                || before.is_some_and(|first| first >= 2 && self.words.of(first - 1) == "of" && kind(first - 2))
        }
    }

    /// The last word of a name of several words is capitalised, or says what the place is ("Lachin corridor").
    fn may_end(&self, i: usize, last: usize) -> bool {
        let token = self.doc.token(last);
        let capital = token.text().starts_with(|c: char| c.is_uppercase());
        // "St. John's" is a town; "Niger's" is of Niger.
        let possessive = self.is_suffix(last) && last > i + 1;
        last == i
            || capital
            || possessive
            || lists(&self.lexicon.division, self.words.of(last))
            || self.is_site_word(self.words.of(last))
    }

    /// The "'s" of the word before.
    fn is_suffix(&self, i: usize) -> bool {
        self.doc.token(i).tag() == "POS" && self.words.of(i) == "s" && self.doc.token(i - 1).glued_to_next()
    }

    pub(super) fn is_site_word(&self, word: &str) -> bool {
        lists(&self.lexicon.site, word) || lists(&self.lexicon.natural, word)
    }

    /// Skips a hyphen that joins two words.
    fn after_hyphen(&self, i: usize) -> usize {
        let Some(token) = self.doc.get(i) else { return i };
        let joins = matches!(token.text(), "-" | "–" | "‑")
            && i > 0
            && self.doc.token(i - 1).glued_to_next()
            && token.glued_to_next();
        if joins { i + 1 } else { i }
    }

    /// "Deir az" goes on to "Deir az-Zour": no name ends with an article.
    pub(super) fn after_article(&self, end: usize) -> usize {
        let next = self.after_hyphen(end);
        let article = end > 0 && next > end && ARTICLES.contains(&self.words.of(end - 1));
        if article && !self.words.of(next).is_empty() { next + 1 } else { end }
    }

    /// What the parser labels a place and the gazetteer does not hold.
    fn labelled_at(&self, i: usize) -> Option<Spot> {
        let token = self.doc.token(i);
        let entity = token.entity().filter(|e| matches!(e.label.as_str(), "GPE" | "LOC" | "FAC"))?;
        let first = i == entity.start || (i == entity.start + 1 && self.words.of(entity.start) == "the");
        if !first || !token.text().starts_with(|c: char| c.is_uppercase()) {
            return None;
        }
        let mut end = entity.end;
        while end > i && matches!(self.doc.token(end - 1).tag(), "POS" | "," | "." | "HYPH" | ":" | "''" | "``") {
            end -= 1;
        }
        end = self.after_article(end);
        // A known name inside is found when its turn comes.
        let inner = (i + 1..end).any(|j| may_start(self.doc.token(j)) && self.name_at(j).is_some());
        if inner || end == i {
            return None;
        }
        let key = self.words.join(i..end);
        let candidates = self.transliterated(&key);
        Some(Spot {
            tokens: i..end,
            name: i..end,
            candidates,
            key,
            form: Form::Unknown,
            division: false,
            site: false,
            borne: false,
            by_kind: false,
            holding: false,
        })
    }

    /// Places whose name is another transliteration of `key`, when one is close enough.
    fn transliterated(&self, key: &str) -> Vec<Candidate> {
        let bones = skeleton(key);
        if bones.len() < 4 { Vec::new() } else { self.gazetteer.lookup_skeleton(&bones) }
    }
}

/// True for a token that a place name can start with.
pub(super) fn may_start(token: Token<'_>) -> bool {
    let text = token.text();
    text.starts_with(|c: char| c.is_uppercase())
        || (ARTICLES.contains(&text) && token.glued_to_next() && token.nbor(1).is_some_and(|n| n.text() == "-"))
        || text.starts_with(['\'', '‘', '’', 'ʻ']) && text.chars().nth(1).is_some_and(char::is_uppercase)
}
