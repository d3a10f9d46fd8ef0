//! Arguments by the parse: subjects, objects, and what "and" joins to them.
use super::attach::Scene;
use super::counted::Kind;
use variorum_syntax::Token;

impl Scene<'_, '_, '_> {
    /// Arguments by the parse: `head` means the noun that the trigger modifies.
    pub fn by_syntax(&self, t: usize, deps: &[&str]) -> Option<Vec<usize>> {
        let doc = self.text.doc;
        let mut verb = doc.token(self.triggers[t].head);
        for _ in 0..3 {
            if deps.contains(&"head") && matches!(verb.dep(), "acl" | "amod" | "relcl") && verb.head().i() < verb.i() {
                let found = self.at_token(verb.head().i());
                if found.is_some() {
                    return found;
                }
            }
            for child in verb.children().filter(|c| deps.contains(&c.dep())) {
                if self.lexicon.syntax.relative.contains(&self.text.words[child.i()]) {
                    continue;
                }
                if let Some(mut found) = self.at_token(child.i()) {
                    self.add_second_subject(child, &mut found);
                    return Some(found);
                }
                if child.dep() != "dobj" {
                    return None;
                }
            }
            let bare_clause =
                verb.dep() == "ccomp" && verb.tag() == "VBN" && !verb.children().any(|c| c.dep().starts_with("nsubj"));
            let borrow = matches!(verb.dep(), "xcomp" | "oprd" | "acomp" | "conj") || bare_clause;
            if !borrow || deps == ["dobj"] || !matches!(verb.head().pos(), "VERB" | "AUX") {
                return None;
            }
            verb = verb.head();
        }
        None
    }

    /// "Ilan Teskar and at least 12 members of the band were killed", where the parser saw two subjects of one verb.
    fn add_second_subject(&self, first: Token, found: &mut Vec<usize>) {
        let joined = first.dep().starts_with("nsubj") && first.child("cc").is_some() && joined_to(first).is_none();
        let second = first.head().children().find(|c| c.dep() == first.dep() && c.i() > first.i() && joined);
        let told = second.and_then(|c| self.owner_of(c.i())).filter(|&c| self.counted[c].kind == Kind::Numeric);
        found.extend(told.filter(|c| !found.contains(c)));
    }

    /// "A boy is in hospital after being shot", "a girl came in with a gunshot wound": the subject of the clause that the
    /// passive, or the phrase, hangs on.
    pub fn controller(&self, t: usize) -> Option<Vec<usize>> {
        let verb = self.text.doc.token(self.triggers[t].head);
        let above = match verb.dep() {
            "pcomp" => verb.head().head(),
            "prep" if verb.text() == "with" => verb.head(),
            "advcl" if verb.child_any(&["nsubj", "nsubjpass"]).is_none() => verb.head(),
            _ => return None,
        };
        self.at_token(above.child_any(&["nsubj", "nsubjpass"])?.i())
    }

    /// Adds what the parse joins by "and" to the first of a list where other words stand between: "Tomas Orlo, a sergeant of
    /// the guard, and eight more rebels".
    pub fn add_joined(&self, t: usize, found: &mut Vec<usize>) {
        let mut noun = self.text.doc.token(self.counted[found[0]].head);
        while let Some(next) = joined_to(noun) {
            if let Some(c) = self.owner_of(next.i()).filter(|c| !found.contains(c)) {
                let counted = &self.counted[c];
                let numeric = counted.kind == Kind::Numeric && counted.class != "none" && counted.host.is_none();
                if !numeric || self.has_own_verb(t, c) {
                    break;
                }
                found.push(c);
            }
            noun = next;
        }
    }

    fn at_token(&self, token: usize) -> Option<Vec<usize>> {
        let doc = self.text.doc;
        let owner = self.owner_of(token).or_else(|| {
            // "a total of 12 people"
            let noun = doc.token(token);
            let holds = self.lexicon.syntax.container_nouns.contains(&self.text.words[token]);
            let of = noun.children().find(|c| c.dep() == "prep" && c.text() == "of").filter(|_| holds)?;
            self.owner_of(of.child("pobj")?.i())
        })?;
        let owner = self.counted[owner].host.filter(|_| !self.counted[owner].partitive).unwrap_or(owner);
        let mut found = vec![owner];
        let mut noun = doc.token(self.counted[owner].head);
        // Coordinated phrases hang on the one before.
        while let Some(next) = joined_to(noun) {
            match self.owner_of(next.i()) {
                Some(c) if self.counted[c].class != "none" && !found.contains(&c) && self.counted[c].host.is_none() => {
                    found.push(c)
                }
                _ => break,
            }
            noun = next;
        }
        Some(found)
    }
}

/// What "and" joins to a phrase. It may hang on what stands in apposition to it ("Ilka Vardan, a teacher, and three pupils"), or
/// on the verb, which a noun cannot be joined to.
fn joined_to<'d>(noun: Token<'d>) -> Option<Token<'d>> {
    let joined = |to: Token<'d>| to.children().find(|c| c.dep() == "conj");
    let beside = || noun.children().filter(|c| c.dep() == "appos").find_map(joined);
    let object = matches!(noun.dep(), "dobj" | "nsubjpass");
    // "Teskar aka Abu Lam a commander of the band and six more": a second object stands in apposition to the first.
    let again = || noun.head().children().filter(|c| c.dep() == "dobj" && c.i() > noun.i()).find_map(joined);
    let misplaced = || {
        let verb = noun.head();
        verb.children()
            .find(|c| c.dep() == "conj" && c.pos() == "NOUN" && c.i() > noun.i())
            .filter(|_| verb.pos() == "VERB")
    };
    joined(noun).or_else(beside).or_else(|| object.then(|| again().or_else(misplaced)).flatten())
}
