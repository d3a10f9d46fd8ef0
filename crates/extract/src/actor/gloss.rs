//! Abbreviations that a report explains itself: "the Brenna Guild Council (BGC)", "Socialist Union [SU]".
use super::register::{Entry, StateForm};
use super::{ActorFinder, ActorMention, Cast};
use crate::Reading;
use std::collections::BTreeMap;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// Fewest and most letters of an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=7;
/// Words of a long form beyond one for each letter: "of the", "for".
const SMALL: usize = 4;

/// The long form of each abbreviation that stands in brackets behind it, in tokens; the first where there are several.
pub(super) fn glosses(doc: &Doc) -> BTreeMap<String, Range<usize>> {
    let mut found = BTreeMap::new();
    for open in doc.tokens().filter(|t| t.is_any(&["(", "["])) {
        let Some(short) = open.nbor(1).filter(|t| t.nbor(1).is_some_and(|c| c.is_any(&[")", "]"]))) else { continue };
        let letters = short.text();
        if LETTERS.contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_uppercase())
            && let Some(long) = long_form(open, letters).or_else(|| {
                // "Socialist Union [US]": as another language has it.
                long_form(open, &letters.chars().rev().collect::<String>())
            })
        {
            found.entry(letters.to_owned()).or_insert(long);
        }
    }
    found
}

/// The words before a bracket whose capitals spell the letters.
fn long_form(open: Token<'_>, letters: &str) -> Option<Range<usize>> {
    let doc = open.doc();
    let first = open.i().saturating_sub(letters.len() + SMALL);
    let mut rest = letters.chars().rev().peekable();
    for i in (first..open.i()).rev() {
        let word = doc.token(i).text();
        let initial = word.chars().next()?;
        match rest.peek() {
            Some(letter) if initial.eq_ignore_ascii_case(letter) && (initial.is_uppercase() || word.len() > 3) => {
                rest.next();
                if rest.peek().is_none() {
                    return Some(i..open.i());
                }
            }
            // "Of", "the", a hyphen
            _ if !initial.is_uppercase() && word.len() <= 3 => {}
            _ => return None,
        }
    }
    None
}

/// "Radio Karovia": a station that is called after a state.
fn is_called_after(doc: &Doc, name: usize, words: &[String]) -> bool {
    let before =
        |n: usize| name.checked_sub(n).map(|i| doc.token(i)).filter(|t| t.sent_index() == doc.token(name).sent_index());
    let Some(last) = before(1) else { return false };
    let capital = |t: Token<'_>| t.text().starts_with(char::is_uppercase) || t.is("radio");
    words.iter().any(|word| match word.split_once(' ') {
        Some((first, of)) => last.is(of) && before(2).is_some_and(|t| t.is(first) && capital(t)),
        None => last.is(word) && capital(last),
    })
}

impl ActorFinder {
    /// Takes the register's readings back of abbreviations by which the report means something else.
    pub(super) fn forget_namesakes(&self, doc: &Doc, cast: &mut Cast) {
        let glosses = &cast.glosses;
        let hits = cast.hits.clone();
        cast.hits.retain(|hit| {
            if matches!(hit.entry, Entry::State(_, StateForm::Name | StateForm::Metonym))
                && is_called_after(doc, hit.start, &self.words.called_after)
            {
                return false;
            }
            let long = glosses.get(doc.token(hit.start).text()).filter(|_| hit.end == hit.start + 1);
            long.is_none_or(|long| {
                hits.iter().any(|h| h.entry == hit.entry && h.start < long.end && long.start < h.end)
            })
        });
    }

    /// Whom a glossed abbreviation means, by the name that was given in full.
    pub(super) fn in_full(&self, reading: &Reading, cast: &Cast, mention: ActorMention) -> ActorMention {
        let token = reading.doc.token(mention.head);
        let Some(long) = cast.glosses.get(token.text()).filter(|_| mention.actor.id.is_none()) else { return mention };
        let root = reading.doc.slice(long.clone()).root();
        if mention.tokens.len() > 2 || long.contains(&mention.head) {
            return mention;
        }
        match self.named(reading, cast, root.i()) {
            Some(full) if full.actor.id.is_some() => {
                let actor = variorum_model::ActorMention { quote: mention.actor.quote, ..full.actor };
                ActorMention { actor, kind: full.kind, state: full.state, institution: full.institution, ..mention }
            }
            _ => {
                let name = reading.doc.slice(long.clone()).text().split_whitespace().collect::<Vec<_>>().join(" ");
                ActorMention { actor: variorum_model::ActorMention { name, ..mention.actor }, ..mention }
            }
        }
    }
}
