//! The voice that is credited.
use super::clause::{
    MAX_CLIMB, antecedent, between_whom, extent, is_passive, is_relative, is_spoken_before, pronoun_beside, subject,
    trim, without_stray_marks,
};
use crate::senses::{Kind, kind_of};
use std::ops::Range;
use variorum_syntax::Token;

/// Who is credited.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    /// Tokens of each voice; empty when nobody is named.
    pub voices: Vec<Range<usize>>,
    /// What a relative pronoun stands for.
    pub antecedent: Option<Range<usize>>,
}

impl Source {
    pub fn of(range: Range<usize>) -> Self {
        Source { voices: vec![range], antecedent: None }
    }

    /// First token to last.
    pub fn range(&self) -> Option<Range<usize>> {
        Some(self.voices.first()?.start..self.voices.last()?.end)
    }
}

/// Who speaks: the subject, the agent of a passive, or the noun after an inverted verb.
pub(super) fn of_verb(verb: Token, cue: &Range<usize>) -> Source {
    if is_passive(verb) {
        return agent(verb, cue);
    }
    match subject(verb) {
        Some(s) if s.dep() == "expl" => Source::default(),
        Some(s) => last_named(s, cue).map_or_else(|| voices(s, cue), Source::of),
        // "The first to urge the mayor to go": whom one speaks to stands behind an infinitive.
        None if matches!(verb.tag(), "VB" | "VBG") => Source::default(),
        None => inverted(verb, cue).unwrap_or_default(),
    }
}

/// "Sheep fell to dust thought to have been spread by the guard, shepherds and doctors said": the people between the last comma
/// and the cue, where the parse has made a thing the subject and joined them to a noun inside its clause.
fn last_named(subject: Token, cue: &Range<usize>) -> Option<Range<usize>> {
    let doc = subject.doc();
    let known = |t: Token| kind_of(t.lemma()) == Some(Kind::Person) || !t.ent_type().is_empty();
    if subject.pos() != "NOUN" || known(subject) || subject.i() > cue.start {
        return None;
    }
    let comma = (subject.i() + 1..cue.start).rev().find(|&i| doc.token(i).is(","))?;
    let segment = comma + 1..cue.start;
    let nominal = |i: usize| matches!(doc.token(i).pos(), "NOUN" | "PROPN" | "ADJ" | "DET" | "CCONJ" | "NUM");
    let people = |i: usize| doc.token(i).pos() == "NOUN" && kind_of(doc.token(i).lemma()) == Some(Kind::Person);
    let first = doc.token(segment.start.min(cue.start - 1)).ancestors().take(MAX_CLIMB).find(|a| a.i() < comma)?;
    let inside =
        first.i() != subject.i() && first.ancestors().take(MAX_CLIMB).any(|a| matches!(a.dep(), "acl" | "relcl"));
    (inside && !segment.is_empty() && segment.clone().all(nominal) && segment.clone().any(people)).then_some(segment)
}

/// The source if it stands in the verb's own clause; a shared subject does not stand beside the cue.
pub(super) fn beside(verb: Token, cue: &Range<usize>) -> Source {
    if is_passive(verb) {
        return match verb.child("nsubjpass") {
            Some(s) => Source::of(noun_phrase(s, cue)),
            None => agent(verb, cue),
        };
    }
    let mut subjects = verb.children().filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
    match pronoun_beside(verb).or_else(|| subjects.find(|s| !is_spoken_before(verb, *s))) {
        Some(s) => Source::of(noun_phrase(s, cue)),
        None if subject(verb).is_none() => inverted(verb, cue).unwrap_or_default(),
        None => Source::default(),
    }
}

/// `by X` of a passive.
pub(super) fn agent(verb: Token, cue: &Range<usize>) -> Source {
    let by = verb.child("agent").or_else(|| verb.children().find(|c| c.dep() == "prep" && c.is("by")));
    by.and_then(|b| b.child("pobj")).map(|p| voices(p, cue)).unwrap_or_default()
}

/// The noun after an inverted verb: `reported The Insider`, which parsers take for an object.
pub(super) fn inverted(verb: Token, cue: &Range<usize>) -> Option<Source> {
    let labels = ["nsubj", "dobj", "attr", "npadvmod", "oprd", "dep", "appos"];
    let noun = verb.rights().find(|c| labels.contains(&c.dep()) && !c.tag().starts_with('V'))?;
    (noun.left_edge().i() <= cue.end + 1).then(|| voices(noun, cue))
}

/// The noun phrase of a source: its subtree, cut where the cue lies inside it, without a trailing date.
pub(super) fn noun_phrase(head: Token, cue: &Range<usize>) -> Range<usize> {
    let doc = head.doc();
    let mut range = extent(head);
    if range.start < cue.end && cue.start < range.end {
        if head.i() < cue.start {
            range.end = cue.start;
        } else {
            range.start = cue.end;
        }
    }
    range = trim(doc, range);
    // "the envoy on Tuesday": the date belongs to the cue.
    if head.ent_type() != "DATE" && head.ent_type() != "TIME" {
        while range.end > head.i() + 1 && matches!(doc.token(range.end - 1).ent_type(), "DATE" | "TIME") {
            let date = doc.token(range.end - 1).entity().map_or(range.end - 1, |e| e.start);
            let with_preposition = date > head.i() + 1 && matches!(doc.token(date - 1).tag(), "IN");
            let start = if with_preposition { date - 1 } else { date };
            let attached = doc.token(range.end - 1);
            let hangs_on_head = attached.head().i() == head.i() || attached.head().head().i() == head.i();
            if start <= head.i() || !hangs_on_head {
                break;
            }
            range = trim(doc, range.start..start);
        }
    }
    // A clause after a comma tells more of the source: "the envoy, who arrived on Monday, said".
    let aside = head.rights().find(|c| {
        let clause = c.dep() == "relcl" || c.dep() == "acl" && c.tag() == "VBG";
        clause && c.left_edge().i() > head.i() + 1 && doc.token(c.left_edge().i() - 1).is(",")
    });
    let aside = aside.map(|c| c.left_edge().i()).or_else(|| {
        // The clause of an apposition: "Ana Lind, the mayor of Orlec, who arrived on Monday".
        let mut inner = (head.i() + 1..range.end.saturating_sub(1)).map(|i| doc.token(i));
        inner.find(|t| t.is(",") && t.nbor(1).is_some_and(|n| n.tag().starts_with('W'))).map(|t| t.i() + 1)
    });
    if let Some(start) = aside.filter(|&s| s > head.i() + 1 && s < range.end) {
        range = trim(doc, range.start..start);
    }
    if range.is_empty() { range } else { without_stray_marks(doc, range) }
}

/// The voices of a noun phrase: one, or one for each member of a coordination of whole noun phrases.
pub(super) fn voices<'d>(head: Token<'d>, cue: &Range<usize>) -> Source {
    let range = noun_phrase(head, cue);
    if range.is_empty() {
        return Source::default();
    }
    if is_relative(head) {
        if let Some(parties) = between_whom(head) {
            let mut source = voices(parties, cue);
            if let Some(last) = source.voices.last_mut() {
                // What stands from the pronoun on is its clause.
                *last = trim(head.doc(), last.start..last.end.min(head.i()));
            }
            if source.voices.len() > 1 && source.voices.iter().all(|v| !v.is_empty()) {
                return source;
            }
        }
        return Source { voices: vec![range], antecedent: antecedent(head) };
    }
    // "the army and the rebels each reported": the pronoun sums up what stands before it.
    if matches!(head.tag(), "DT" | "PDT") && head.is_any(&["each", "both", "all"]) && head.i() > 0 {
        let before = head.nbor(-1).filter(|t| matches!(t.pos(), "PROPN" | "NOUN"));
        let top =
            before.map(|t| t.ancestors().take(MAX_CLIMB).fold(t, |at, a| if at.dep() == "conj" { a } else { at }));
        if let Some(top) = top.filter(|t| before.is_some_and(|b| b.i() != t.i())) {
            let mut source = voices(top, cue);
            if let Some(last) = source.voices.last_mut() {
                last.end = last.end.min(head.i()).max(last.start + 1);
            }
            return source;
        }
    }
    let mut members = vec![head];
    let next = |m: &Token<'d>| m.child("conj").or_else(|| listed(*m));
    while let Some(next) = members.last().and_then(next).filter(|c| c.i() < range.end) {
        members.push(next);
        if members.len() > MAX_CLIMB {
            break;
        }
    }
    let whole = |t: &Token| {
        matches!(t.pos(), "PROPN" | "PRON")
            || t.tag() == "NNS"
            || t.child_any(&["det", "poss", "amod", "nummod"]).is_some()
    };
    let one_name = members[1..].iter().any(|m| same_entity(head, *m));
    if members.len() < 2 || one_name || !members.iter().all(whole) {
        return Source::of(range);
    }
    let doc = head.doc();
    // "Mira Oke, Dan and Sam Orlov's aunt": what she is to them, not three who speak.
    let last = members[members.len() - 1];
    if members.len() > 2 && head.pos() == "PROPN" && last.tag() == "NN" && last.child("poss").is_some() {
        return Source::of(trim(doc, range.start..members[1].left_edge().i()));
    }
    let mut out = Vec::new();
    let mut start = range.start;
    for (n, member) in members.iter().enumerate() {
        let next = members.get(n + 1).map_or(range.end, |next| next.left_edge().i());
        let mut end = next;
        while end > start && matches!(doc.token(end - 1).dep(), "cc" | "punct") {
            end -= 1;
        }
        if start < end && member.i() < end {
            out.push(start..end);
        }
        start = next;
    }
    match out.is_empty() {
        true => Source::of(range),
        false => Source { voices: out, antecedent: None },
    }
}

/// "An official, a medic and a witness said": the parser takes the second of a list for another name of the first.
fn listed(first: Token<'_>) -> Option<Token<'_>> {
    let indefinite = |t: Token| t.child("det").is_some_and(|d| d.is_any(&["a", "an"]));
    first.child("appos").filter(|second| first.pos() == "NOUN" && indefinite(*second) && second.child("conj").is_some())
}

fn same_entity(a: Token, b: Token) -> bool {
    matches!((a.entity(), b.entity()), (Some(x), Some(y)) if x.start == y.start)
}
