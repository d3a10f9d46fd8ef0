//! The clause around a cue verb: its chain of auxiliaries, its subject, its voice.
use super::quotes::is_mark;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// Steps up a chain of heads before giving up; parses of broken text can be deep.
const MAX_CLIMB: usize = 6;

/// Who is credited.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    /// Tokens of each voice; empty when nobody is named.
    pub voices: Vec<Range<usize>>,
    /// What a relative pronoun stands for.
    pub antecedent: Option<Range<usize>>,
}

impl Source {
    pub fn none() -> Self {
        Source::default()
    }
    pub fn of(range: Range<usize>) -> Self {
        Source { voices: vec![range], antecedent: None }
    }
    /// First token to last.
    pub fn range(&self) -> Option<Range<usize>> {
        Some(self.voices.first()?.start..self.voices.last()?.end)
    }
}

/// First and last token of a subtree, half-open.
pub(super) fn extent(token: Token) -> Range<usize> {
    token.left_edge().i()..token.right_edge().i() + 1
}

/// A range without punctuation, coordinators excepted, at its ends; quotation marks stay.
pub(super) fn trim(doc: &Doc, mut range: Range<usize>) -> Range<usize> {
    let drop = |i: usize| {
        let t = doc.token(i);
        (t.pos() == "PUNCT" || t.pos() == "SPACE") && !is_mark(t) && !matches!(t.text(), "$" | "[" | "]")
    };
    while range.start < range.end && drop(range.start) {
        range.start += 1;
    }
    while range.start < range.end && drop(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// True in the passive ("was accused", or a participle that modifies a noun and has an agent).
pub(super) fn is_passive(verb: Token) -> bool {
    if verb.tag() != "VBN" && verb.tag() != "VBD" {
        return false;
    }
    verb.child_any(&["auxpass", "nsubjpass"]).is_some()
        || verb.tag() == "VBN" && verb.child("agent").is_some()
        || verb.tag() == "VBN"
            && verb.dep() == "conj"
            && is_aux_free(verb)
            && is_passive(verb.head())
            && verb.child("dobj").is_none()
}

fn is_aux_free(verb: Token) -> bool {
    verb.child_any(&["aux", "nsubj"]).is_none()
}

/// The cue: the verb with the auxiliaries, negation and adverbs that adjoin it on the left, and with `to`.
pub(super) fn chain(verb: Token) -> Range<usize> {
    let mut start = verb.i();
    let floor = verb.sent().start;
    while start > floor {
        let t = verb.doc().token(start - 1);
        let own = t.head().i() == verb.i();
        let auxiliary = own && matches!(t.dep(), "aux" | "auxpass" | "neg");
        let adverb = matches!(t.dep(), "advmod" | "neg" | "npadvmod")
            && t.tag().starts_with("RB")
            && (own || t.head().head().i() == verb.i() && t.head().i() < verb.i());
        if auxiliary || adverb {
            start -= 1;
        } else {
            break;
        }
    }
    // A chain does not begin with a conjunctive adverb before the subject.
    while start < verb.i()
        && verb.doc().token(start).tag().starts_with("RB")
        && verb.child("nsubj").is_some_and(|s| s.i() > verb.i())
    {
        start += 1;
    }
    start..verb.i() + 1
}

/// True when the chain is negated ("did not say", "never said").
pub(super) fn is_negated(verb: Token) -> bool {
    verb.children().any(|c| c.dep() == "neg" || c.dep() == "advmod" && c.is("never"))
}

/// The verb's subject token, its own or one shared by coordination, control or participle.
pub(super) fn subject(verb: Token) -> Option<Token> {
    let mut at = verb;
    for step in 0..MAX_CLIMB {
        let own = at.children().find(|c| matches!(c.dep(), "nsubj" | "csubj") && c.i() < at.i());
        let own = own.or_else(|| at.child("nsubj"));
        let passive = step > 0 || !is_passive(at);
        if let Some(s) = own.or_else(|| at.child("nsubjpass").filter(|_| passive)) {
            return Some(s);
        }
        let head = at.head();
        match at.dep() {
            "conj" if is_verb(head) => at = head,
            "xcomp" | "ccomp" if is_verb(head) => match head.child("dobj").filter(|o| step == 0 && o.i() < at.i()) {
                Some(object) if at.dep() == "xcomp" => return Some(object),
                _ if at.dep() == "xcomp" => at = head,
                _ => return None,
            },
            "advcl" | "dep" if matches!(at.tag(), "VBG" | "VBN" | "VB") && is_verb(head) => at = head,
            "acl" => return Some(head),
            "pcomp" => {
                let host = head.head();
                if is_verb(host) {
                    at = host;
                } else {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// True for a verb or auxiliary.
pub(super) fn is_verb(token: Token) -> bool {
    token.tag().starts_with('V') || token.tag() == "MD"
}

/// The noun phrase of a source: its subtree, cut before `limit` where a cue lies inside it.
pub(super) fn noun_phrase(head: Token, cue: &Range<usize>) -> Range<usize> {
    let mut range = extent(head);
    if range.start < cue.end && cue.start < range.end {
        if head.i() < cue.start {
            range.end = cue.start;
        } else {
            range.start = cue.end;
        }
    }
    let range = trim(head.doc(), range);
    without_marks(head.doc(), range)
}

/// A range without quotation marks at its ends that have no partner inside it.
pub(super) fn without_marks(doc: &Doc, mut range: Range<usize>) -> Range<usize> {
    let count = |r: &Range<usize>| r.clone().filter(|&i| is_mark(doc.token(i))).count();
    if count(&range) % 2 == 1 {
        if range.end > range.start && is_mark(doc.token(range.end - 1)) {
            range.end -= 1;
        } else if range.end > range.start && is_mark(doc.token(range.start)) {
            range.start += 1;
        }
        range = trim(doc, range);
    }
    range
}

/// The voices of a subject: one, or one for each member of a coordination of whole noun phrases.
pub(super) fn voices(subject: Token, cue: &Range<usize>) -> Source {
    let range = noun_phrase(subject, cue);
    if range.is_empty() {
        return Source::none();
    }
    if is_relative(subject) {
        let relative = subject.ancestors().find(|a| a.dep() == "relcl");
        let antecedent = relative.map(|r| {
            let noun = r.head();
            let whole = extent(noun);
            let end = r.left_edge().i().max(noun.i() + 1).min(whole.end);
            without_marks(noun.doc(), trim(noun.doc(), whole.start..end))
        });
        return Source { voices: vec![range], antecedent };
    }
    let mut members = vec![subject];
    while let Some(next) = members.last().and_then(|m| m.child("conj")).filter(|c| c.i() < range.end) {
        members.push(next);
        if members.len() > MAX_CLIMB {
            break;
        }
    }
    let independent = |t: &Token| {
        t.pos() == "PROPN" || t.pos() == "PRON" || t.child_any(&["det", "poss", "amod", "nummod"]).is_some()
    };
    if members.len() < 2
        || !members.iter().all(independent)
        || members.iter().any(|m| m.ent_type() == "ORG" && same_entity(subject, *m) && m.i() != subject.i())
    {
        return Source::of(range);
    }
    let mut out = Vec::new();
    let mut start = range.start;
    for (n, member) in members.iter().enumerate() {
        let end = members.get(n + 1).map_or(range.end, |next| next.left_edge().i());
        let mut end_here = end;
        while end_here > start && matches!(subject.doc().token(end_here - 1).dep(), "cc" | "punct") {
            end_here -= 1;
        }
        if start < end_here && member.i() < end_here {
            out.push(start..end_here);
        }
        start = end;
    }
    Source { voices: out, antecedent: None }
}

fn same_entity(a: Token, b: Token) -> bool {
    matches!((a.entity(), b.entity()), (Some(x), Some(y)) if x.start == y.start)
}

/// True for a relative pronoun.
pub(super) fn is_relative(token: Token) -> bool {
    matches!(token.tag(), "WP" | "WDT") && token.is_any(&["who", "which", "that", "whom"])
}
