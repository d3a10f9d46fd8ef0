//! Names that only the text itself says are places: what the gazetteer does not hold, it may introduce.
use super::fold::ARTICLES;
use super::layout::{Kind, NameClass};
use super::lexicon::{Lexicon, lists};
use super::spot::{Finder, Form, Spot, may_start};
use super::words::Words;
use std::collections::HashSet;
use std::ops::Range;
use variorum_syntax::Doc;

impl Finder<'_> {
    /// Names that the text introduces as places: once by "the village of X", "in the X neighbourhood" or "the bridge at X", or
    /// twice by "in X" and its like where the parser sees nothing else in them.
    pub(super) fn introduced(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        let mut in_once = HashSet::new();
        names.extend(self.named_by_kind().into_iter().map(|run| self.words.join(run)));
        for i in 1..self.doc.len() {
            let kind = self.kind_of(i);
            let sited = is_sited(self.doc, self.words, self.lexicon, i);
            let article = usize::from(i > 1 && self.words.of(i - 1) == "the");
            let within = lists(&self.lexicon.locative, self.words.of(i - 1 - article))
                && self.doc.token(i - 1 - article).tag() == "IN"
                && (article == 0
                    || self.proper_from(i).is_some_and(|r| lists(&self.lexicon.quarter, self.words.of(r.end))));
            let Some(run) = self.proper_from(i).filter(|_| kind || sited || within) else { continue };
            let label = |j: usize| self.doc.token(j).ent_type();
            let free = |j: usize| matches!(label(j), "" | "GPE" | "LOC");
            // The parser takes the odd name of one word for a person or a body.
            let odd = run.len() == 1 && matches!(label(i), "PERSON" | "ORG" | "NORP" | "FAC" | "PRODUCT");
            let name = self.words.join(run.clone());
            let all_free = run.clone().all(free);
            let kind = kind || within && lists(&self.lexicon.quarter, self.words.of(run.end));
            if kind || sited && (all_free || odd) || within && all_free && !in_once.insert(name.clone()) {
                names.insert(name);
            }
        }
        names
    }

    /// True at the name in "the village of X"; a "Department of X" is no place.
    fn kind_of(&self, i: usize) -> bool {
        i >= 2
            && self.words.of(i - 1) == "of"
            && self.doc.token(i - 2).text().starts_with(char::is_lowercase)
            && (lists(&self.lexicon.settlement, self.words.of(i - 2))
                || lists(&self.lexicon.division, self.words.of(i - 2)))
    }

    /// Names that a word beside them says are settlements, one by one: "Haldin town", "Haldin and Brenna villages", "the towns of
    /// Haldin, Brenna and Tolm".
    pub(super) fn named_by_kind(&self) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        for i in 1..self.doc.len() {
            let noun = self.doc.token(i);
            let plain = noun.text().starts_with(char::is_lowercase) && noun.pos() == "NOUN";
            if !plain || !lists(&self.lexicon.settlement_after, self.words.of(i)) {
                continue;
            }
            let several = noun.tag() == "NNS";
            if several && self.words.of(i + 1) == "of" {
                let mut next = i + 2;
                while let Some(run) = self.proper_from(next) {
                    // "The towns of al-Haldun al-Marnab and Tolm", of a text that lost its commas.
                    let article = ARTICLES.contains(&self.words.of(run.end));
                    let joined = self.joined_after(run.end).or(article.then_some(run.end));
                    next = joined.unwrap_or(self.doc.len());
                    runs.push(run);
                }
            } else if noun.dep() != "compound" {
                let mut end = i;
                while let Some(run) = self.proper_until(end) {
                    end = self.joined_before(run.start).filter(|_| several).unwrap_or(0);
                    runs.push(run);
                }
            }
        }
        runs
    }

    /// Where what a comma or "and" at `i` joins begins.
    fn joined_after(&self, i: usize) -> Option<usize> {
        let comma = usize::from(self.doc.get(i)?.is(","));
        let and = usize::from(self.words.of(i + comma) == "and");
        (comma + and > 0).then_some(i + comma + and)
    }

    /// Where what a comma or "and" before `i` joins ends.
    fn joined_before(&self, i: usize) -> Option<usize> {
        let and = usize::from(i > 0 && self.words.of(i - 1) == "and");
        let comma = usize::from(i > and && self.doc.token(i - and - 1).is(","));
        (comma + and > 0).then_some(i - and - comma)
    }

    /// The run of proper nouns that ends before token `end`.
    fn proper_until(&self, end: usize) -> Option<Range<usize>> {
        let run =
            (end.saturating_sub(LONGEST_RUN)..end).find_map(|i| self.proper_from(i).filter(|run| run.end == end))?;
        // "Karovias towns"; "mostly Karovian towns".
        let last = self.words.of(end - 1);
        let whose = last.strip_suffix('s').is_some_and(|name| {
            self.gazetteer.lookup(name).iter().any(|c| self.gazetteer.kind(c.place) == Kind::Country)
        });
        let demonym = self.gazetteer.lookup(last).iter().any(|c| c.class == NameClass::Demonym);
        let adjective = demonym || run.start > 0 && self.doc.token(run.start - 1).pos() == "ADV";
        (!whose && !adjective).then_some(run)
    }

    /// The run of proper nouns from token `i`, at most three.
    pub(super) fn proper_from(&self, i: usize) -> Option<Range<usize>> {
        let proper = |&j: &usize| {
            let token = self.doc.token(j);
            may_start(token) && token.tag().starts_with("NNP") && !self.words.of(j).is_empty()
        };
        let sentence = self.doc.get(i)?.sent().end;
        // "Haldin-Brenna" is one name.
        let hyphen = |j: usize| {
            let (token, next) = (self.doc.token(j), self.doc.get(j + 1));
            token.is("-")
                && next.is_some_and(|n| token.end() == n.start() && self.doc.token(j - 1).end() == token.start())
        };
        let mut end = (i..sentence.min(i + 3)).take_while(proper).last()? + 1;
        while end + 1 < sentence && hyphen(end) && proper(&(end + 1)) {
            end += 2;
        }
        Some(i..self.after_article(end))
    }

    /// A mention of a name that the text introduces elsewhere.
    pub(super) fn named_again(&self, i: usize, introduced: &HashSet<String>) -> Option<Spot> {
        let run = self.proper_from(i).filter(|_| !introduced.is_empty())?;
        let name = (run.start + 1..=run.end).rev().map(|end| i..end);
        let tokens = name.into_iter().find(|range| introduced.contains(&self.words.join(range.clone())))?;
        let key = self.words.join(tokens.clone());
        // Another spelling of a known place would be a guess.
        Some(Spot {
            name: tokens.clone(),
            tokens,
            candidates: Vec::new(),
            key,
            form: Form::Introduced,
            division: false,
            site: false,
            borne: false,
            by_kind: false,
            holding: false,
        })
    }
}

/// Most tokens of a name with its article and hyphen: "Khan al-Arnabeh".
const LONGEST_RUN: usize = 5;

/// True at the name in "the bridge at X" and "the outskirts of X".
pub(super) fn is_sited(doc: &Doc, words: &Words, lexicon: &Lexicon, i: usize) -> bool {
    let Some(noun) = i.checked_sub(2).map(|n| doc.token(n)) else { return false };
    let plain = noun.text().starts_with(char::is_lowercase) && noun.pos() == "NOUN";
    let preposition = words.of(i - 1);
    let at = preposition == "at" || lists(&lexicon.locative, preposition);
    plain
        && !lists(&lexicon.ordinary, words.of(i))
        && (at && doc.token(i - 1).tag() == "IN" && lists(&lexicon.sited, words.of(i - 2))
            || preposition == "of" && lists(&lexicon.has_places, words.of(i - 2)))
}
