//! Patterns of the lexicon against the syntax of a text.
use super::arguments::Arguments;
use super::pattern::{Element, Part, Pattern, Place};
use super::view::View;

impl<'d> View<'d> {
    /// Whether a pattern stands at a token; the answer is how many things it asks for.
    pub fn matches(&self, pattern: &Pattern, i: usize, part: Part) -> Option<usize> {
        self.holds(&pattern.elements, i, part).then_some(pattern.elements.len())
    }

    /// Whether all elements hold around a token.
    pub fn holds(&self, elements: &[Element], i: usize, part: Part) -> bool {
        if elements.is_empty() {
            return true;
        }
        let mut arguments = None;
        elements.iter().all(|e| self.found(e, i, part, &mut arguments) != e.negated)
    }

    fn found(&self, element: &Element, i: usize, part: Part, arguments: &mut Option<Arguments>) -> bool {
        let token = self.token(i);
        let any = |list: &[usize]| list.iter().any(|&o| self.is_or_holds(o, &element.words));
        match &element.place {
            Place::Particle => {
                token.children().any(|c| {
                    // "took over" has a particle, "took to the streets over the law" has none.
                    let loose = c.dep() == "prep" && c.i() == i + 1 && c.child("pobj").is_none();
                    (loose || matches!(c.dep(), "prt" | "advmod" | "acomp" | "advcl" | "oprd" | "ccomp" | "npadvmod"))
                        && self.is(c.i(), &element.words)
                })
            }
            Place::Modifier => token.children().any(|c| {
                matches!(c.dep(), "amod" | "compound" | "nmod" | "npadvmod" | "poss" | "det" | "advmod" | "nummod")
                    && (self.is(c.i(), &element.words)
                        || c.children().any(|g| {
                            matches!(g.dep(), "compound" | "amod" | "npadvmod" | "advmod" | "conj")
                                && self.is(g.i(), &element.words)
                        }))
            }),
            Place::Clause => {
                let sent = token.sent();
                let (from, to) = (i.saturating_sub(30).max(sent.start), (i + 30).min(sent.end));
                (from..to).any(|j| j != i && self.is(j, &element.words))
            }
            // "Lost the town and retook it": the first governs nothing of the second.
            Place::Governor if part == Part::Verb && token.dep() == "conj" => false,
            Place::Governor => self.governor(i).is_some_and(|g| self.is(g, &element.words)),
            Place::Complement => token
                .children()
                .any(|c| matches!(c.dep(), "xcomp" | "ccomp" | "acl" | "advcl") && self.is(c.i(), &element.words)),
            // "Was denied permission": a passive keeps its second object.
            Place::Object if part == Part::Verb => {
                any(&self.cached(i, arguments).objects)
                    || self.own_object(i).is_some_and(|o| self.is(o, &element.words))
            }
            Place::Subject if part == Part::Verb => any(&self.cached(i, arguments).subjects),
            Place::Object => self.surface_subject_of_predicate(i).is_some_and(|s| self.is(s, &element.words)),
            Place::Subject => self.surface_subject_of_predicate(i).is_some_and(|s| self.is(s, &element.words)),
            Place::Preposition(preps) => {
                let list;
                let oblique = if part == Part::Verb {
                    &self.cached(i, arguments).oblique
                } else {
                    list = self.predicate_oblique(i);
                    &list
                };
                oblique.iter().any(|&(p, o)| self.is(p, preps) && self.is_or_holds(o, &element.words))
                    || token.children().any(|p| {
                        matches!(p.dep(), "prep" | "agent" | "prt")
                            && self.is(p.i(), preps)
                            && p.children().any(|c| {
                                matches!(c.dep(), "pcomp" | "pobj" | "amod" | "advmod")
                                    && self.is(c.i(), &element.words)
                            })
                    })
            }
        }
    }

    fn cached<'a>(&self, i: usize, arguments: &'a mut Option<Arguments>) -> &'a Arguments {
        arguments.get_or_insert_with(|| self.arguments(i))
    }
}
