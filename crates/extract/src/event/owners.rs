//! Whose a weapon is, and whose doing a thing.
use super::lexicon::Role;
use super::pattern::Part;
use super::roles::Participants;
use super::view::View;
use variorum_syntax::Token;

impl View<'_> {
    /// Whose a weapon is: "Karovian artillery", "the rocket of the guard", "a rocket fired by the guard".
    pub(super) fn put_owners(&self, weapon: usize, found: &mut Participants) {
        // "A Karovian Harpy drone": the other name is the drone's.
        let named = |c: &Token<'_>| {
            let people = c.tag() == "JJ" && c.text().starts_with(char::is_uppercase);
            (people || matches!(c.ent_type(), "NORP" | "GPE"))
                && matches!(c.dep(), "poss" | "amod" | "compound" | "nmod")
        };
        let has_owner = self.token(weapon).children().any(|c| named(&c));
        for child in self.token(weapon).children() {
            let proper = || !has_owner && child.text().starts_with(char::is_uppercase);
            let owner = match child.dep() {
                "poss" => Some(child),
                "compound" if self.in_named_class(child.i(), "sort") && child.i() + 1 == weapon => None,
                // "Suicide bomber wounds nine": in whatever case a headline writes it.
                "compound" | "amod" if self.in_named_class(child.i(), "way-of-attack") => None,
                // "A Karovian Harpy drone", where the parser hangs the one name on the other.
                "compound" if proper() && child.children().any(|c| named(&c)) => child.children().find(named),
                // "Katyusha rockets": of what make they are.
                "compound" | "nmod" if self.is_make(child) => None,
                // "A Brandt & Teskar pistol": the firm that made it.
                "compound" | "nmod" if child.children().any(|c| c.dep() == "cc" && c.is("&")) => None,
                "amod" | "compound" | "nmod" => {
                    Some(child).filter(|_| named(&child) || proper() || self.in_named_class(child.i(), "actor"))
                }
                "prep" if child.is("of") => child
                    .child("pobj")
                    .filter(|o| matches!(o.ent_type(), "NORP" | "GPE" | "ORG") || self.in_named_class(o.i(), "actor")),
                "acl" if child.tag() == "VBN" => child.child("agent").and_then(|a| a.child("pobj")),
                // "Helicopters belonging to the band"
                "acl" if self.in_named_class(child.i(), "belong") => {
                    child.children().find(|c| c.dep() == "prep" && c.is("to")).and_then(|p| p.child("pobj"))
                }
                _ => None,
            };
            // "Friday's barrage"
            let owner = owner.filter(|o| !self.is_time(o.i()));
            for member in owner.into_iter().flat_map(|o| self.peoples(o.i())) {
                found.put(Role::Agent, member);
            }
        }
    }

    /// Whose doing is judged: "criticised Karovia's plan", "dismay about the tilt of Karovia". What is judged may hang on the
    /// feeling ("dismay") that is voiced.
    pub(super) fn put_judged(&self, head: usize, role: Role, found: &mut Participants) {
        let is_party = |t: Token<'_>| {
            matches!(t.ent_type(), "PERSON" | "GPE" | "NORP" | "ORG") || self.in_named_class(t.i(), "actor")
        };
        let objects = |t: Token<'_>, of: bool| {
            let prep = |c: &Token<'_>| c.dep() == "prep" && (of || !c.is("of"));
            let oblique = t.children().filter(prep).filter_map(|c| c.child("pobj"));
            let mut all: Vec<usize> = t.children().filter(|c| c.dep() == "dobj").map(|c| c.i()).collect();
            all.extend(oblique.map(|o| o.i()));
            all
        };
        let mut judged = objects(self.token(head), true);
        for i in judged.clone() {
            judged.extend(objects(self.token(i), false));
        }
        for thing in judged.into_iter().map(|i| self.token(i)).filter(|t| !is_party(*t) && !self.is_time(t.i())) {
            // The bombing of a town is nothing that the town did.
            let of = Some(thing).filter(|t| !self.is_violent(t.i()));
            let of = of
                .into_iter()
                .flat_map(|t| t.children())
                .find(|c| c.dep() == "prep" && c.is("of"))
                .and_then(|c| c.child("pobj"));
            if let Some(owner) = thing.child("poss").or(of).filter(|o| is_party(*o)) {
                for member in self.conjuncts(owner.i()) {
                    found.put(role, member);
                }
            }
        }
    }

    /// The name of a make of weapon, however it is written.
    pub(super) fn is_make(&self, name: Token<'_>) -> bool {
        let text = name.text().to_lowercase();
        self.lexicon.arms.get(Part::Noun, &text).next().is_some()
    }

    /// A modifier, with the names joined to it: "Drennish and Karovian jets".
    pub(super) fn peoples(&self, modifier: usize) -> Vec<usize> {
        let named = |&i: &usize| i == modifier || matches!(self.token(i).ent_type(), "NORP" | "GPE");
        self.conjuncts(modifier).into_iter().filter(named).collect()
    }
}
