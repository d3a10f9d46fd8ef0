//! Deep arguments of verbs and nouns: who, whom, and what prepositions bring.
use super::view::{REACH, View, is_copular, is_verb};
use variorum_syntax::Token;

/// Deep arguments of a verb: who does it, to whom, with which prepositions.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments {
    pub subjects: Vec<usize>,
    pub objects: Vec<usize>,
    /// Preposition and its object.
    pub oblique: Vec<(usize, usize)>,
    pub passive: bool,
}

impl<'d> View<'d> {
    /// "Karovia and Lethania, old rivals, they fought two wars": who the pronoun repeats.
    fn named_before(&self, verb: usize, subject: usize) -> Option<usize> {
        let pronoun = self.token(subject);
        let name = |c: &Token<'d>| {
            let loose = matches!(c.dep(), "npadvmod" | "dep" | "nsubj" | "ccomp") && c.i() < subject;
            loose && matches!(c.ent_type(), "GPE" | "NORP" | "ORG" | "PERSON") && c.pos() == "PROPN"
        };
        let comma = pronoun.nbor(-1).is_some_and(|t| t.is(","));
        let repeats = pronoun.tag() == "PRP" && pronoun.is_any(&["they", "it", "he", "she"]) && comma;
        self.token(verb).children().find(name).filter(|_| repeats).map(|c| c.i())
    }

    /// Deep arguments of a verb.
    pub fn arguments(&self, v: usize) -> Arguments {
        let token = self.token(v);
        let mut found = Arguments { passive: self.passive(v), ..Arguments::default() };
        let surface = self.surface_subject(v).map(|s| self.named_before(v, s).unwrap_or(s));
        let mut agent = None;
        for child in token.children() {
            match child.dep() {
                // "Held by force by armed men": how is not by whom.
                "agent" => {
                    let how = |o: Token<'d>| {
                        o.tag() == "NN"
                            && o.child_any(&["det", "amod", "compound"]).is_none()
                            && self.in_named_class(o.i(), "manner")
                    };
                    let by = |prep: Token<'d>| prep.child("pobj").filter(|o| !how(*o));
                    let next =
                        || child.child("pobj")?.children().find(|c| c.dep() == "prep" && c.is("by")).and_then(by);
                    agent = by(child).or_else(next).map(|o| o.i()).or(agent);
                }
                "prep" => self.add_oblique(child, &mut found.oblique),
                "prt" | "advmod" => {
                    // "away from the town": the preposition hangs on the particle.
                    for prep in child.children().filter(|c| c.dep() == "prep") {
                        self.add_oblique(prep, &mut found.oblique);
                    }
                }
                _ => {}
            }
        }
        let mut object = self.own_object(v);
        if object.is_none() && !found.passive {
            object = match token.dep() {
                "relcl" if self.own_subject(v).is_some_and(|s| s != token.head().i()) && !self.has_gap_filler(v) => {
                    Some(token.head().i())
                }
                _ => token
                    .children()
                    .find(|c| c.dep() == "conj" && is_verb(*c) && self.own_subject(c.i()).is_none() && c.i() < v + 4)
                    .and_then(|c| self.own_object(c.i())),
            };
        }
        let (subject, object) = if found.passive { (agent, surface.or(object)) } else { (surface.or(agent), object) };
        if let Some(subject) = subject {
            found.subjects = self.conjuncts(subject);
        }
        if let Some(object) = object.filter(|&o| Some(o) != subject) {
            found.objects = self.conjuncts(object);
            found.objects.retain(|&o| o == object || !self.begins_clause(o));
        }
        found
    }

    /// A relative clause whose relative word is a prepositional object ("in which") or an adverb ("where").
    fn has_gap_filler(&self, v: usize) -> bool {
        self.token(v).children().any(|c| {
            c.tag() == "WRB" || (c.dep() == "prep" && c.children().any(|o| matches!(o.tag(), "WDT" | "WP" | "WRB")))
        })
    }

    /// Prepositional objects of a noun or verb, from one preposition, through coordination and stacked prepositions.
    fn add_oblique(&self, prep: Token<'d>, found: &mut Vec<(usize, usize)>) {
        if found.len() > 4 * REACH || self.in_named_class(prep.i(), "crediting") {
            return;
        }
        for child in prep.children() {
            match child.dep() {
                "pobj" => {
                    let object = self.antecedent(child.i());
                    found.extend(self.conjuncts(object).into_iter().map(|o| (prep.i(), o)));
                }
                "prep" | "conj" if child.pos() == "ADP" || child.dep() == "prep" => self.add_oblique(child, found),
                _ => {}
            }
        }
    }

    /// Prepositional objects of a noun.
    pub fn noun_oblique(&self, noun: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for prep in self.token(noun).children().filter(|c| matches!(c.dep(), "prep" | "agent")) {
            self.add_oblique(prep, &mut found);
        }
        found
    }

    /// Prepositional objects of a noun and of the verb that it is the subject of: "tensions have been high between …".
    pub fn predicate_oblique(&self, noun: usize) -> Vec<(usize, usize)> {
        let mut found = self.noun_oblique(noun);
        let token = self.token(noun);
        if token.dep() == "nsubj" && is_copular(token.head()) {
            found.extend(self.noun_oblique(token.head().i()));
        }
        found
    }

    /// "Days after the siege", "hours before the raid": another happening, apart in time.
    pub fn is_apart(&self, prep: usize) -> bool {
        self.is(prep, &self.lexicon.context_prepositions)
            && self.token(prep).children().any(|c| c.i() < prep && self.is_time(c.i()))
    }
}
