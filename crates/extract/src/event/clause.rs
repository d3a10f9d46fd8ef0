//! How a clause hangs on what is told before it.
use super::view::{is_copular, is_verb};
use variorum_syntax::Token;

/// A finite or participle clause is never joined through these.
pub(super) fn opens_clause(dep: &str) -> bool {
    matches!(dep, "ccomp" | "relcl" | "advcl" | "xcomp" | "ROOT" | "parataxis")
}

/// "43 others", "43": an object that is others than those before it.
pub(super) fn is_of_more(noun: Token<'_>) -> bool {
    noun.dep() == "dobj" && (noun.lemma() == "other" || noun.pos() == "NUM")
}

/// "That targeted the mill": a relative clause whose subject is the relative pronoun.
pub(super) fn opens_on_subject(clause: Token<'_>) -> bool {
    clause.children().any(|c| c.dep() == "nsubj" && c.is_any(&["that", "which"]))
}

/// "Left nine dead and ten injured": the verb, from the ten.
pub(super) fn left_with(number: Token<'_>) -> Option<Token<'_>> {
    let beside = Some(number.head()).filter(|_| matches!(number.dep(), "conj" | "oprd") && number.tag() == "CD")?;
    if beside.dep() == "dobj" { Some(beside.head()) } else { Some(beside).filter(|verb| is_verb(*verb)) }
}

/// "With nine people killed": the people.
pub(super) fn is_with(noun: Token<'_>) -> bool {
    noun.dep() == "pobj" && noun.head().is("with") && is_verb(noun.head().head())
}

/// Whether a conjunct clause has a subject of its own.
pub(super) fn own_clause(token: Token<'_>) -> bool {
    token.dep() == "conj"
        && (is_verb(token.head()) || is_copular(token.head()))
        && token.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass"))
}
