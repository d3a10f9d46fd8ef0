//! The clause around a cue verb: its chain of auxiliaries, its subject, its voice.
use super::quotes::is_mark;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// Steps up a chain of heads before giving up; parses of broken text can be deep.
pub(super) const MAX_CLIMB: usize = 6;

/// First and last token of a subtree, half-open.
pub(super) fn extent(token: Token) -> Range<usize> {
    token.left_edge().i()..token.right_edge().i() + 1
}

/// A range without punctuation at its ends; quotation marks stay.
pub(super) fn trim(doc: &Doc, mut range: Range<usize>) -> Range<usize> {
    let drop = |i: usize| {
        let t = doc.token(i);
        (t.pos() == "PUNCT" || t.pos() == "SPACE") && !is_mark(t) && !matches!(t.text(), "$" | "[" | "]" | "(" | ")")
    };
    while range.start < range.end && drop(range.start) {
        range.start += 1;
    }
    while range.start < range.end && drop(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// A range without a quotation mark at one end that has no partner inside it.
pub(super) fn without_stray_marks(doc: &Doc, mut range: Range<usize>) -> Range<usize> {
    let marks = range.clone().filter(|&i| is_mark(doc.token(i)) && doc.token(i).tag() != "POS").count();
    if marks % 2 == 1 {
        if is_mark(doc.token(range.end - 1)) {
            range.end -= 1;
        } else if is_mark(doc.token(range.start)) {
            range.start += 1;
        }
        range = trim(doc, range);
    }
    range
}

/// True for a verb or auxiliary.
pub(super) fn is_verb(token: Token) -> bool {
    token.tag().starts_with('V') || token.tag() == "MD"
}

/// True in the passive: "was accused", "accused by", "asked about the raid, he".
pub(super) fn is_passive(verb: Token) -> bool {
    if verb.tag() != "VBN" && verb.tag() != "VBD" {
        return false;
    }
    if verb.child_any(&["auxpass", "nsubjpass"]).is_some() {
        return true;
    }
    let bare = verb.tag() == "VBN" && verb.child_any(&["aux", "nsubj"]).is_none();
    bare && (verb.child("agent").is_some()
        || matches!(verb.dep(), "acl" | "advcl" | "amod")
        || verb.dep() == "conj" && is_verb(verb.head()) && is_passive(verb.head()) && verb.child("dobj").is_none())
}

/// The cue: the verb with the auxiliaries, negation and adverbs that adjoin it on the left, and with `to`.
pub(super) fn chain(verb: Token) -> Range<usize> {
    let mut start = verb.i();
    let floor = verb.sent().start;
    while start > floor {
        let t = verb.doc().token(start - 1);
        let own = t.head().i() == verb.i();
        // Some parses hang negation and subject on the auxiliary.
        let of_auxiliary = t.dep() == "neg" && t.head().head().i() == verb.i() && t.head().dep() == "aux";
        let auxiliary = own && matches!(t.dep(), "aux" | "auxpass" | "neg") || of_auxiliary;
        let adverb = matches!(t.dep(), "advmod" | "neg")
            && t.tag().starts_with("RB")
            && (own || t.head().head().i() == verb.i() && t.head().i() < verb.i() && t.head().tag().starts_with("RB"));
        if !auxiliary && !adverb {
            break;
        }
        start -= 1;
    }
    let shared = verb.child_any(&["nsubj", "nsubjpass"]).is_none_or(|s| s.i() > verb.i());
    // "Then said the mayor": an adverb that opens the sentence is no part of an inverted cue.
    while shared && start < verb.i() && start == floor && verb.doc().token(start).tag().starts_with("RB") {
        start += 1;
    }
    start..verb.i() + 1
}

/// True when the chain is negated ("did not say", "never said", "neither confirmed nor denied").
pub(super) fn is_negated(verb: Token) -> bool {
    let negates =
        |c: Token| c.dep() == "neg" || c.dep() == "advmod" && c.is("never") || c.dep() == "preconj" && c.is("neither");
    verb.children().any(|c| negates(c) || c.dep() == "aux" && c.children().any(negates))
        || or_else(verb).is_some_and(is_negated)
}

/// "Did not confirm or deny", "would neither confirm nor deny": the verb of which this one is the alternative.
pub(super) fn or_else(verb: Token) -> Option<Token> {
    let other = verb.head();
    let linked = || other.children().any(|c| c.dep() == "cc" && c.i() < verb.i() && c.is_any(&["or", "nor"]));
    (verb.dep() == "conj" && is_verb(other) && other.i() < verb.i() && linked()).then_some(other)
}

/// "… be that drovers" he said: of two subjects the pronoun right before the verb is who speaks.
pub(super) fn pronoun_beside(verb: Token) -> Option<Token> {
    let subjects = || verb.children().filter(|c| c.dep() == "nsubj" && c.i() < verb.i());
    subjects().find(|s| s.tag() == "PRP" && s.i() + 1 == verb.i() && subjects().count() > 1)
}

/// The subject token, the verb's own or one shared by coordination, control or participle.
pub(super) fn subject(verb: Token) -> Option<Token> {
    let mut at = verb;
    for step in 0..MAX_CLIMB {
        let own = at.children().find(|c| matches!(c.dep(), "nsubj" | "csubj") && c.i() < at.i());
        let own = pronoun_beside(at).or(own);
        let own = own.filter(|s| !is_spoken_before(at, *s));
        let of_auxiliary = || at.lefts().filter(|c| c.dep() == "aux").find_map(|a| a.child("nsubj"));
        let after = || at.rights().find(|c| c.dep() == "nsubj");
        let own = own.or_else(after).or_else(|| at.child("nsubj")).or_else(of_auxiliary);
        let own = own.or_else(|| at.child("nsubjpass").filter(|_| step > 0 || !is_passive(at)));
        if let Some(s) = own.or_else(|| if step == 0 { mistaken_for_object(at) } else { None }) {
            return Some(s);
        }
        let head = at.head();
        match at.dep() {
            "conj" if is_verb(head) => at = head,
            "xcomp" if is_verb(head) => match head.child("dobj").filter(|o| step == 0 && o.i() < at.i()) {
                Some(object) => return Some(object),
                None => at = head,
            },
            "advcl" | "dep" if matches!(at.tag(), "VBG" | "VBN" | "VB") && is_verb(head) => at = head,
            "acl" => return Some(head),
            "pcomp" => {
                let host = head.head();
                // "quoted the envoy as saying": the envoy speaks.
                if head.is("as") && is_verb(host) {
                    return match is_passive(host) {
                        true => host.child("nsubjpass").or_else(|| (host.dep() == "acl").then(|| host.head())),
                        false => host.child("dobj"),
                    };
                }
                if !is_verb(host) {
                    return None;
                }
                at = host;
            }
            _ => return None,
        }
    }
    None
}

/// "A shell hit the mill, killing two people, a clerk and a porter said": between a comma and a verb that has what is said
/// before it and no subject stands who says it, whatever the parser makes of him.
fn mistaken_for_object(verb: Token) -> Option<Token> {
    let said = verb.child("ccomp").filter(|c| c.i() < verb.i())?;
    let last = verb.nbor(-1).filter(|t| matches!(t.pos(), "NOUN" | "PROPN"))?;
    let ends_here =
        |t: &Token| t.right_edge().i() == last.i() && matches!(t.pos(), "NOUN" | "PROPN") && t.i() > said.i();
    let after_comma = |t: &Token| t.left_edge().nbor(-1).is_some_and(|t| t.is(","));
    let whole = std::iter::once(last).chain(last.ancestors()).take_while(ends_here).find(after_comma)?;
    matches!(whole.dep(), "dobj" | "appos" | "conj" | "npadvmod").then_some(whole)
}

/// "Forty were hurt, among them three women, said the mayor": what stands before a comma is no subject of an inverted
/// verb that has one right after it.
pub(super) fn is_spoken_before(verb: Token, subject: Token) -> bool {
    let comma = verb.nbor(-1).is_some_and(|t| t.is_any(&[",", ",”", "”", "\""]));
    let after = verb.rights().find(|c| c.dep() == "nsubj").is_some_and(|s| s.left_edge().i() == verb.i() + 1);
    comma && after && subject.i() < verb.i()
}

/// True for a relative pronoun.
pub(super) fn is_relative(token: Token) -> bool {
    matches!(token.tag(), "WP" | "WDT") && token.is_any(&["who", "which", "that", "whom"])
}

/// What a relative pronoun stands for: the noun phrase before its clause.
pub(super) fn antecedent(pronoun: Token) -> Option<Range<usize>> {
    let relative = pronoun.ancestors().find(|a| a.dep() == "relcl")?;
    let noun = between_whom(pronoun).unwrap_or_else(|| relative.head());
    let whole = extent(noun);
    let end = relative.left_edge().i().max(noun.i() + 1).min(whole.end);
    let range = trim(noun.doc(), whole.start..end);
    (!range.is_empty()).then(|| without_stray_marks(noun.doc(), range))
}

/// "Quarrels between Karovia and Lethania, who accused each other": it is not the quarrels that accuse, nor one of the two.
pub(super) fn between_whom(pronoun: Token<'_>) -> Option<Token<'_>> {
    let relative = pronoun.ancestors().find(|a| a.dep() == "relcl")?;
    let noun = relative.head();
    if !pronoun.is("who") {
        return None;
    }
    let mutual = || relative.rights().any(|c| c.is("other") && c.i() > 0 && c.nbor(-1).is_some_and(|t| t.is("each")));
    if noun.pos() == "PROPN" {
        return (noun.child("conj").is_some_and(|c| c.i() < pronoun.i()) && mutual()).then_some(noun);
    }
    let between =
        noun.rights().find(|c| c.dep() == "prep" && c.is("between")).filter(|_| noun.tag().starts_with("NN"))?;
    between.child("pobj").filter(|party| party.i() < pronoun.i())
}

/// The dependent `to` of an infinitive.
pub(super) fn has_to(token: Token) -> bool {
    token.children().any(|c| c.dep() == "aux" && c.is("to"))
}

/// True for a clause with a subject, a conjunction or a finite verb.
pub(super) fn is_finite(token: Token) -> bool {
    token.child_any(&["nsubj", "nsubjpass", "expl", "mark", "csubj"]).is_some()
        || token.children().any(|c| c.tag() == "MD" || c.dep() == "aux" && !c.is("to"))
        || matches!(token.tag(), "VBD" | "VBZ" | "VBP")
}

/// The preposition or particle `word` that depends on a verb or noun, on its right.
pub(super) fn preposition<'d>(host: Token<'d>, word: &str) -> Option<Token<'d>> {
    host.rights().find(|c| matches!(c.dep(), "prep" | "agent" | "prt" | "dative") && c.is(word))
}
