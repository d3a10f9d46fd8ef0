//! Whether a day without a week, or a month without a year, lies before or after the publication date.
use super::source::Source;
use crate::LoadError;
use serde::Deserialize;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

const FILE: Source = Source { name: "data/timex/tense.toml", text: include_str!("../../../../data/timex/tense.toml") };

/// Words of `tense.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenseWords {
    past: PastWords,
    future: FutureWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PastWords {
    implicative: Vec<String>,
    negators: Vec<String>,
    prepositions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FutureWords {
    timetable: Vec<String>,
    planning: Vec<String>,
    verbs: Vec<String>,
    nouns: Vec<String>,
    prepositions: Vec<String>,
    deferring: Vec<String>,
    starting: Vec<String>,
    agreeing: Vec<String>,
    modals: Vec<String>,
    sure_modals: Vec<String>,
}

/// Which way the grammar around a time expression points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaning {
    /// A finite past tense or a perfect.
    Past,
    /// It looks past, without a finite verb that says so.
    PerhapsPast,
    Unknown,
    PerhapsFuture,
    /// "will", "shall".
    Future,
}

impl Leaning {
    /// True for both degrees of future.
    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Leaning::PerhapsFuture | Leaning::Future)
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Ancestors that are looked at before giving up.
const CLIMB: usize = 16;

impl TenseWords {
    pub(super) fn load() -> Result<Self, LoadError> {
        FILE.parse()
    }

    /// Reads the verb that governs the tokens, and the preposition before them.
    pub(super) fn leaning(&self, doc: &Doc, tokens: Range<usize>) -> Leaning {
        let root = doc.slice(tokens.clone()).root();
        let before = tokens.start.checked_sub(1).map(|i| doc.token(i));
        let preposition = before.filter(|b| b.tag() == "IN").map_or("", |b| match b.nbor(-1) {
            Some(first) if b.is("of") || b.is("as") => &doc.text()[first.start()..b.end()],
            _ => b.text(),
        });
        if has(&self.past.prepositions, preposition) {
            return Leaning::Past;
        }
        let looks_ahead = has(&self.future.prepositions, preposition);
        let deferred = looks_ahead && self.is_deferred(root, &tokens);
        let leaning = self.of_governor(root, tokens);
        if looks_ahead && (deferred || leaning != Leaning::Past) { Leaning::PerhapsFuture } else { leaning }
    }

    /// True below a verb that puts something off: "extended the deadline until Friday".
    fn is_deferred(&self, root: Token<'_>, tokens: &Range<usize>) -> bool {
        root.ancestors()
            .take(CLIMB)
            .find(|t| !tokens.contains(&t.i()) && t.tag().starts_with("VB"))
            .is_some_and(|verb| has(&self.future.deferring, verb.lemma()))
    }

    fn of_governor(&self, root: Token<'_>, tokens: Range<usize>) -> Leaning {
        // "Friday's vote": the noun, not the verb, is at that time.
        let modifies_noun = |t: Token<'_>| matches!(t.dep(), "poss" | "compound" | "amod" | "nmod") && !t.is_root();
        let mut modified = None;
        let mut at = root;
        for _ in 0..CLIMB {
            let outside = !tokens.contains(&at.i());
            if outside && self.is_of_timetable(at) {
                return Leaning::PerhapsFuture;
            }
            let is_verb = outside && (at.tag().starts_with("VB") || at.tag() == "MD");
            if let Some(leaning) = is_verb.then(|| self.of_verb(at)).flatten() {
                return match modified {
                    // "Set a date for Friday's vote", "condemned Friday's attack".
                    Some(noun) if has(&self.future.nouns, noun) && leaning == Leaning::Past => Leaning::Unknown,
                    Some(noun) if has(&self.future.nouns, noun) => leaning,
                    Some(_) => Leaning::PerhapsPast,
                    None => leaning,
                };
            }
            if at.is_root() {
                break;
            }
            if outside && self.starts_later(at) {
                return Leaning::PerhapsFuture;
            }
            if modified.is_none() && modifies_noun(at) {
                modified = Some(at.head().lemma());
            }
            at = at.head();
        }
        Leaning::Unknown
    }

    /// "Agreed to a truce starting on Friday".
    fn starts_later(&self, verb: Token<'_>) -> bool {
        let starts = verb.tag() == "VBG" && verb.dep() == "acl" && has(&self.future.starting, verb.lemma());
        starts && verb.ancestors().take(4).any(|a| has(&self.future.agreeing, a.lemma()))
    }

    /// True for "due", "scheduled", "set to": not for verbs that do it ("the police expected trouble").
    fn is_of_timetable(&self, token: Token<'_>) -> bool {
        let is_active =
            matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "VB") && !token.children().any(|c| c.dep() == "auxpass");
        let is_entry = |entry: &String| match entry.split_once(' ') {
            Some((word, next)) => token.is(word) && token.nbor(1).is_some_and(|n| n.is(next)),
            None => token.is(entry),
        };
        !is_active && self.future.timetable.iter().any(is_entry)
    }

    /// The leaning of one verb; `None` when it takes its time from the verb above it.
    fn of_verb(&self, verb: Token<'_>) -> Option<Leaning> {
        let auxiliaries = || verb.children().filter(|c| matches!(c.dep(), "aux" | "auxpass") && c.i() < verb.i());
        let has_perfect = auxiliaries().any(|a| a.lemma() == "have" || a.is_any(&["have", "has", "had"]));
        if let Some(modal) = auxiliaries().find(|a| has(&self.future.modals, a.text())) {
            let denies = |t: Token<'_>| has(&self.past.negators, t.text());
            let is_denied = verb
                .children()
                .any(|c| c.dep() == "neg" || (c.dep().starts_with("nsubj") && (denies(c) || c.children().any(denies))));
            return Some(match has(&self.future.sure_modals, modal.text()) {
                // "Could not be reached on Friday".
                _ if has_perfect || (is_denied && modal.is("could")) => Leaning::Past,
                true => Leaning::Future,
                false => Leaning::PerhapsFuture,
            });
        }
        let timetable =
            verb.children().any(|c| matches!(c.dep(), "acomp" | "attr" | "oprd") && self.is_of_timetable(c));
        if timetable || self.is_of_timetable(verb) {
            // "Had been due": whether it still is, is not said.
            return Some(if has_perfect { Leaning::PerhapsPast } else { Leaning::PerhapsFuture });
        }
        if auxiliaries().any(|a| a.tag() == "TO") {
            let above = (!verb.is_root()).then(|| verb.head());
            return match above {
                Some(above) if self.is_of_timetable(above) && was_before(above) => Some(Leaning::PerhapsPast),
                Some(above) if has(&self.past.implicative, above.lemma()) && verb.dep() == "xcomp" => {
                    self.of_verb(above)
                }
                _ if has_perfect => Some(Leaning::Past),
                // "Held celebrations to mark Friday's entry": what the purpose concerns is not ahead of the verb.
                Some(_) if matches!(verb.dep(), "advcl" | "acl" | "relcl") => None,
                _ => Some(Leaning::PerhapsFuture),
            };
        }
        if matches!(verb.tag(), "VBD" | "VBZ" | "VBP") && has(&self.future.planning, verb.lemma()) {
            return Some(Leaning::PerhapsFuture);
        }
        if has_perfect || auxiliaries().any(|a| a.tag() == "VBD") {
            return Some(Leaning::Past);
        }
        match verb.tag() {
            "VBD" => Some(Leaning::Past),
            "VBN" => Some(Leaning::PerhapsPast),
            "VBZ" | "VBP" if has(&self.future.verbs, verb.lemma()) => Some(Leaning::PerhapsFuture),
            "VBZ" | "VBP" => Some(Leaning::PerhapsPast),
            "VBG" if auxiliaries().any(|a| matches!(a.tag(), "VBZ" | "VBP")) => Some(Leaning::PerhapsFuture),
            "VB" if verb.is_root() => Some(Leaning::PerhapsFuture),
            _ => None,
        }
    }
}

/// True when a past perfect governs the word: "had been due".
fn was_before(token: Token<'_>) -> bool {
    let has_had = |t: Token<'_>| t.children().any(|c| c.dep() == "aux" && c.is("had"));
    has_had(token) || (!token.is_root() && has_had(token.head()))
}
