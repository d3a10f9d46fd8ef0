//! Which tokens tell an event: the clause or noun phrase around its anchor, without other clauses.
use super::view::{View, is_copular, is_verb};
use std::ops::Range;

/// Most tokens that one extent is made of; longer clauses are cut.
const LONGEST: usize = 150;

impl View<'_> {
    /// Tokens of the clause or noun phrase headed by `anchor`: its dependents without other clauses, in order.
    pub fn clause_tokens(&self, anchor: usize) -> Vec<usize> {
        let mut found = vec![anchor];
        let mut next = 0;
        while next < found.len() && found.len() < LONGEST {
            let head = self.token(found[next]);
            next += 1;
            let clausal = is_verb(head) || is_copular(head);
            for child in head.children() {
                let other_clause = match child.dep() {
                    "relcl" | "ccomp" | "parataxis" | "csubj" | "discourse" | "meta" => true,
                    // "attacked the base using mortars" says by what means.
                    "advcl" => !(child.tag() == "VBG" && child.is("using")),
                    "conj" => is_verb(child) || is_copular(child) || (clausal && child.pos() != "ADJ"),
                    "punct" => !matches!(child.text(), "%" | "$" | "-"),
                    "cc" => head.children().filter(|c| c.dep() == "conj").all(|c| is_verb(c) || is_copular(c)),
                    "mark" => true,
                    "prep" => child.children().any(|c| c.dep() == "pcomp"),
                    "appos" => child.i() > head.i() + 1 && child.children().count() > 3,
                    _ => false,
                };
                if !other_clause {
                    found.push(child.i());
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The contiguous range of a set of tokens, without punctuation and connectives at its edges.
    pub fn range_of(&self, tokens: &[usize]) -> Range<usize> {
        let (Some(&first), Some(&last)) = (tokens.iter().min(), tokens.iter().max()) else {
            return 0..0;
        };
        let connective = self.lexicon.classes.bit("connective").unwrap_or(0);
        let (mut start, mut end) = (first, last + 1);
        let loose = |i: usize| {
            let token = self.token(i);
            token.pos() == "PUNCT" || token.pos() == "SPACE" || (token.dep() != "pobj" && self.in_class(i, connective))
        };
        while start + 1 < end && loose(start) {
            start += 1;
        }
        while end > start + 1 && loose(end - 1) {
            end -= 1;
        }
        start..end
    }
}
