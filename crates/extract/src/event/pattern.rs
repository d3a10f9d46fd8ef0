//! The little language of triggers and conditions.
//!
//! A pattern is a list of elements apart by blanks. One word is the head (a lemma, alternatives apart by `|`);
//! the others are asked of its surroundings:
//!
//! | element | meaning |
//! | --- | --- |
//! | `carry out` | verb patterns: words after the head are its particles |
//! | `air strike` | noun and adjective patterns: words before the head are its modifiers |
//! | `>fire` | an object (the subject of a passive, the noun a participle hangs on) |
//! | `<army` | a subject (the agent of a passive) |
//! | `@under>fire` | a preposition with an object; `@under` alone with any |
//! | `~vote` | a word anywhere in the clause |
//! | `^call` | the word that governs the head |
//! | `+quickly` | a modifier |
//! | `=up` | a particle of a verb, where it is not to be there |
//! | `&be` | a verb pattern's clausal complement (`xcomp`, `ccomp`) |
//! | `!…` | the element must not be there |
//!
//! Words are `lemma`, `lemma_lemma`, `$class` or `#ENTITY`, alternatives apart by `|`.
use super::words::{Classes, Words};

/// One element beside the head.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub negated: bool,
    pub place: Place,
    pub words: Words,
}

/// Where an element is looked for.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Particle,
    Modifier,
    Object,
    Subject,
    /// Object of one of these prepositions.
    Preposition(Words),
    Clause,
    Governor,
    Complement,
}

/// What a pattern's head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Verb,
    Noun,
    Adjective,
}

/// A head with what must stand around it.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub head: Words,
    pub elements: Vec<Element>,
}

impl Pattern {
    pub fn parse(text: &str, part: Part, classes: &Classes) -> Result<Self, String> {
        let mut plain = Vec::new();
        let mut elements = Vec::new();
        for word in text.split_whitespace() {
            if word.starts_with(['>', '<', '@', '~', '^', '+', '&', '=', '!']) {
                elements.push(Element::parse(word, classes)?);
            } else {
                plain.push(Words::parse(word, classes)?);
            }
        }
        let place = if part == Part::Verb { Place::Particle } else { Place::Modifier };
        let head = match part {
            Part::Verb if !plain.is_empty() => plain.remove(0),
            _ => plain.pop().ok_or("a pattern without a head")?,
        };
        elements.extend(plain.into_iter().map(|words| Element { negated: false, place: place.clone(), words }));
        if head.lemmas().is_empty() {
            return Err("the head of a pattern must be words".into());
        }
        Ok(Pattern { head, elements })
    }
}

impl Element {
    pub fn parse(text: &str, classes: &Classes) -> Result<Self, String> {
        let (negated, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let mut chars = text.chars();
        let sign = chars.next().ok_or("empty element")?;
        let rest = chars.as_str();
        let (place, words) = match sign {
            '>' => (Place::Object, rest),
            '<' => (Place::Subject, rest),
            '~' => (Place::Clause, rest),
            '^' => (Place::Governor, rest),
            '+' => (Place::Modifier, rest),
            '&' => (Place::Complement, rest),
            '=' => (Place::Particle, rest),
            '@' => {
                let (preps, words) = rest.split_once('>').unwrap_or((rest, "*"));
                (Place::Preposition(Words::parse(preps, classes)?), words)
            }
            _ => return Err(format!("no such element: {text}")),
        };
        Ok(Element { negated, place, words: Words::parse(words, classes)? })
    }
}
