//! Who did it, to whom and where: frames read off the syntax.
use super::arguments::Arguments;
use super::lexicon::{Entry, Family, Frame, Role};
use super::view::{View, is_nominal};
use crate::senses::{Kind, kind_of};
use variorum_syntax::Token;

/// Participants as head tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Participants {
    pub agents: Vec<usize>,
    pub patients: Vec<usize>,
    pub places: Vec<usize>,
}

impl Participants {
    pub fn put(&mut self, role: Role, token: usize) {
        let list = match role {
            Role::Agent => &mut self.agents,
            Role::Patient => &mut self.patients,
            Role::Place => &mut self.places,
            Role::None => return,
        };
        if !list.contains(&token) {
            list.push(token);
        }
    }

    /// Keeps only some tokens.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        for list in [&mut self.agents, &mut self.patients, &mut self.places] {
            list.retain(|&t| keep(t));
        }
    }

    /// Adds those of another mention of the same happening. Agents and patients only where this one has none.
    pub fn complete_from(&mut self, other: &Participants) {
        if self.agents.is_empty() {
            self.agents = other.agents.clone();
        }
        if self.patients.is_empty() {
            self.patients = other.patients.clone();
        }
        for &place in &other.places {
            self.put(Role::Place, place);
        }
    }
}

/// A name that is no people's nor place's.
fn is_unknown_name(token: Token<'_>) -> bool {
    token.tag() == "NNP"
        && !matches!(token.ent_type(), "GPE" | "NORP" | "LOC")
        && token.children().all(|c| c.dep() == "case")
}

impl View<'_> {
    /// As [`Participants::complete_from`]; an adjective ("military attack") gives way to whoever is named.
    pub fn complete(&self, all: &mut Participants, other: &Participants) {
        if !other.agents.is_empty() && self.only_described(all) {
            all.agents.clear();
        }
        all.complete_from(other);
    }

    /// No agent but adjectives that name nobody, or "its".
    pub fn only_described(&self, all: &Participants) -> bool {
        let vague = |a: Token<'_>| a.pos() == "ADJ" && a.ent_type().is_empty() || a.tag() == "PRP$";
        all.agents.iter().all(|&a| vague(self.token(a)))
    }

    /// Participants of a verb trigger.
    pub fn verb_roles(&self, arguments: &Arguments, frame: &Frame, found: &mut Participants) {
        for &subject in &arguments.subjects {
            self.put_participant(frame.subject, subject, found);
        }
        for &object in &arguments.objects {
            self.put_participant(frame.object, object, found);
            // "killed 12 people in Orlec": the place may hang on the object.
            for (prep, place) in self.noun_oblique(object) {
                self.put_place(prep, place, found);
                // "Abducted 40 girls from Orlec": the girls of Orlec were there; a man from Orlec need not have been.
                let carried = frame.prepositions.get(self.preposition(prep)) == Some(&Role::Place);
                if carried && self.token(object).tag() == "NNS" && self.is_place_noun(place) && !self.is_time(place) {
                    found.put(Role::Place, place);
                }
                // "Hit the town of Orlec": that town.
                if self.token(prep).is("of") && self.in_named_class(object, "place") && self.is_place_noun(place) {
                    found.put(Role::Place, place);
                }
            }
        }
        // "Was stabbed along with a drover", "stabbed a miller along with a drover": both were.
        let kind = |o: usize| kind_of(&self.token(o).lemma().to_lowercase());
        let person =
            |&o: &usize| self.token(o).ent_type() == "PERSON" || self.is_somebody(o) || kind(o) == Some(Kind::Person);
        let befell = arguments.passive || arguments.objects.iter().any(person);
        let beside = if befell { frame.object } else { frame.subject };
        for &(prep, object) in &arguments.oblique {
            if let Some(other) = self.alongside(prep, object) {
                for member in self.conjuncts(other) {
                    self.put_participant(beside, member, found);
                }
                continue;
            }
            self.put_oblique(frame, prep, object, found);
            // "Stayed in contact with both sides": the phrase may hang on the noun.
            let with = self.token(prep).is("in").then(|| self.noun_oblique(object)).into_iter().flatten();
            for (prep, object) in with.filter(|(prep, _)| self.token(*prep).is("with")) {
                self.put_oblique(frame, prep, object, found);
            }
        }
    }

    /// Participants of a noun trigger.
    pub fn noun_roles(&self, noun: usize, frame: &Frame, found: &mut Participants) {
        let token = self.token(noun);
        for child in token.children() {
            match child.dep() {
                "poss" => {
                    // "Karovia's attack", "Orlec's bombing": which of the two a name is, its resolution tells.
                    if self.is_place_noun(child.i()) && frame.possessive == Role::Agent && !self.can_act(child.i()) {
                        self.put_participant(Role::Place, child.i(), found);
                    }
                    // "Ivo Brandt's murder": without another, the person is the victim.
                    let victim = frame.possessed == Role::Patient
                        && !token.children().any(|c| c.dep() == "prep" && c.is("of"))
                        && (child.ent_type() == "PERSON"
                            || child.tag() == "PRP$"
                            || self.is_somebody(child.i())
                            // "Zenon's murder": one name that the parser does not know.
                            || self.in_named_class(noun, "murder") && is_unknown_name(child));
                    let role = if victim { frame.possessed } else { frame.possessive };
                    // "The country's worst fighting": where it was, not who fought; "the country's attack on its neighbour" is its own.
                    // "Karovia's civil war" likewise; "Karovia's war on Dravia" is its own.
                    let strife = child.ent_type() == "GPE" && self.in_named_class(noun, "strife");
                    let whereabouts = (child.tag() == "NN" || strife)
                        && self.is_place_noun(child.i())
                        && (self.is_violent(noun) || strife)
                        && !self
                            .noun_oblique(noun)
                            .iter()
                            .any(|&(prep, _)| frame.prepositions.get(self.preposition(prep)) == Some(&Role::Patient));
                    self.put_participant(if whereabouts { Role::Place } else { role }, child.i(), found);
                }
                "amod" | "compound" | "nmod" => self.put_modifier(frame, child.i(), found),
                // "A truce brokered by Karovia" is between others.
                "acl" if child.tag() == "VBN" && !self.in_named_class(child.i(), "broker") => {
                    // "attacks conducted by troops"
                    if let Some(by) = child.child("agent").and_then(|a| a.child("pobj")) {
                        for agent in self.conjuncts(by.i()) {
                            self.put_participant(Role::Agent, agent, found);
                        }
                    }
                }
                _ => {}
            }
        }
        if frame.predicate != Role::None && matches!(token.dep(), "attr" | "conj") {
            for subject in self.surface_subject_of_predicate(noun).into_iter().flat_map(|s| self.conjuncts(s)) {
                self.put_participant(frame.predicate, subject, found);
            }
        }
        for (prep, object) in self.noun_oblique(noun) {
            if self.preposition(prep) == "of" {
                // "The rocket of the guard" is the guard's; "the shelling of the guard" befell it.
                // "The attack of rebels was repelled"
                let onset = self.in_named_class(noun, "onset") && self.in_named_class(object, "troops");
                let role = if self.is_means(noun) || onset { Role::Agent } else { frame.of };
                self.put_participant(role, object, found);
            } else {
                self.put_oblique(frame, prep, object, found);
            }
        }
    }

    /// A people, force or organisation before the noun: "Taliban attack", "Russian-brokered truce".
    fn put_modifier(&self, frame: &Frame, modifier: usize, found: &mut Participants) {
        let token = self.token(modifier);
        // "A US-Russian brokered truce" is between others.
        let brokered = |i: usize| self.token(i).tag() == "VBN" && self.in_named_class(i, "broker");
        if (modifier + 1..token.head().i()).any(brokered) {
            return;
        }
        // "Counter-sabotage measures": half a word, and no name, does nothing.
        let hyphen = token.nbor(1).filter(|n| n.is("-") && n.start() == token.end());
        if hyphen.is_some() && token.text().starts_with(char::is_lowercase) || self.is_make(token) {
            return;
        }
        // "The Weir Lane Chapel shooting": what it is named after stands somewhere.
        let building = || kind_of(&token.lemma().to_lowercase()) == Some(Kind::Structure) && token.dep() == "compound";
        let place = token.ent_type() == "GPE" && !self.can_act(modifier) && token.pos() == "PROPN"
            || matches!(token.ent_type(), "ORG" | "FAC" | "PERSON") && building();
        let befallen = frame.of == Role::Patient && token.pos() == "NOUN" && self.in_named_class(modifier, "attacked");
        if befallen && self.is_violent(token.head().i()) {
            self.put_participant(Role::Patient, modifier, found);
        } else if place {
            found.put(Role::Place, modifier);
        } else if matches!(token.ent_type(), "NORP" | "ORG" | "GPE" | "PERSON")
            || self.in_named_class(modifier, "actor")
        {
            // "The Ivo Brandt murder" was done to him.
            let victim = frame.possessed == Role::Patient && token.ent_type() == "PERSON";
            for member in self.peoples(modifier) {
                found.put(if victim { frame.possessed } else { frame.modifier }, member);
            }
        } else if let Some(inner) = token.children().find(|c| {
            matches!(c.dep(), "npadvmod" | "compound" | "amod") && matches!(c.ent_type(), "NORP" | "GPE" | "ORG")
        }) {
            found.put(frame.modifier, inner.i());
        }
    }

    fn put_oblique(&self, frame: &Frame, prep: usize, object: usize, found: &mut Participants) {
        let name = self.preposition(prep);
        match frame.prepositions.get(name) {
            Some(Role::Place) if !self.is_time(object) => found.put(Role::Place, object),
            Some(Role::Place) => {}
            Some(&role) => {
                if self.is_time(object) {
                    return;
                }
                let scene = matches!(name, "on" | "at") && self.is_scene(object);
                if role == Role::Patient && (scene || self.is_place_noun(object)) {
                    found.put(Role::Place, object);
                }
                // "The attack on Telegram": where it was claimed.
                let platform = name == "on" && self.in_named_class(object, "platform");
                let platform = platform && self.token(object).children().all(|c| c.dep() != "det");
                if !(role == Role::Patient && (scene || platform)) {
                    self.put_participant(role, object, found);
                }
                for (prep, place) in self.noun_oblique(object) {
                    self.put_place(prep, place, found);
                }
            }
            None if name == "by" => self.put_participant(Role::Agent, object, found),
            None => self.put_place(prep, object, found),
        }
    }

    /// With whom somebody does a thing or has it done to him: "together with the rebels", "in coordination with them".
    fn alongside(&self, prep: usize, object: usize) -> Option<usize> {
        let together = |i: usize| self.in_named_class(i, "together");
        if self.token(prep).is("with") && prep > 0 && together(prep - 1) {
            return Some(object);
        }
        let with = together(object).then(|| self.noun_oblique(object)).into_iter().flatten();
        with.into_iter().find(|(prep, _)| self.token(*prep).is("with")).map(|(_, ally)| ally)
    }

    /// Puts a participant; what it is made of decides whether it can be one.
    fn put_participant(&self, role: Role, token: usize, found: &mut Participants) {
        if role == Role::None || !is_nominal(self.token(token)) || self.is_time(token) || self.is_no_party(token) {
            return;
        }
        if role == Role::Agent && (self.is_means(token) || self.is_vehicle(token)) {
            // A weapon or a plane does nothing by itself: whose it is does.
            self.put_owners(token, found);
            return;
        }
        found.put(role, token);
        // "hundreds of families"
        if let Some(counted) = self.counted(token) {
            for member in self.conjuncts(counted) {
                found.put(role, member);
            }
        }
    }

    /// Places said by "in the town of X in the Y district": the named ones inside as well.
    fn put_place(&self, prep: usize, object: usize, found: &mut Participants) {
        if !self.is(prep, &self.lexicon.place_prepositions) || self.is_time(object) || !self.is_place_noun(object) {
            return;
        }
        found.put(Role::Place, object);
        let mut at = object;
        for _ in 0..4 {
            let mut inner = None;
            for (prep, object) in self.noun_oblique(at) {
                let of = self.preposition(prep) == "of";
                if (of || self.is(prep, &self.lexicon.place_prepositions))
                    && self.is_place_noun(object)
                    && !self.is_time(object)
                {
                    found.put(Role::Place, object);
                    inner = inner.or(Some(object));
                }
            }
            match inner {
                Some(next) => at = next,
                None => break,
            }
        }
    }

    /// A street, also one with its quarter ("11th Street South") or by a name ("on Haldin Court", but "on the court").
    fn is_scene(&self, i: usize) -> bool {
        let named = |c: Token<'_>| c.dep() == "compound" && c.pos() == "PROPN";
        let token = self.token(i);
        self.in_named_class(i, "scene")
            || token.pos() == "PROPN"
                && (token.children().any(|c| named(c) && self.in_named_class(c.i(), "scene"))
                    || self.in_named_class(i, "byway")
                        && token.children().any(named)
                        && !token.children().any(|c| c.dep() == "det"))
    }

    /// "With disproportionate force", "at a house party": neither acts.
    fn is_no_party(&self, i: usize) -> bool {
        let token = self.token(i);
        let whose = |c: Token<'_>| {
            matches!(c.dep(), "det" | "poss" | "compound" | "nmod" | "nummod") || !c.ent_type().is_empty()
        };
        let strength = token.is("force") && !token.children().any(whose);
        strength || token.is("party") && token.children().any(|c| self.in_named_class(c.i(), "festive"))
    }

    /// A vehicle, and nobody who is called like one ("bomber").
    pub fn is_vehicle(&self, i: usize) -> bool {
        let vehicle = kind_of(&self.token(i).lemma().to_lowercase()) == Some(Kind::Vehicle);
        (vehicle || self.in_named_class(i, "craft")) && !self.in_named_class(i, "actor")
    }

    /// A person, and no armed one.
    pub fn is_somebody(&self, i: usize) -> bool {
        self.in_named_class(i, "people") && !self.in_named_class(i, "troops")
    }

    pub fn in_named_class(&self, i: usize, name: &str) -> bool {
        self.lexicon.classes.bit(name).is_ok_and(|bit| self.in_class(i, bit))
    }

    /// A name of a place or a noun for one.
    pub fn is_place_noun(&self, i: usize) -> bool {
        let token = self.token(i);
        matches!(token.ent_type(), "GPE" | "LOC" | "FAC")
            || self.in_named_class(i, "place")
            || (token.pos() == "PROPN" && !matches!(token.ent_type(), "DATE" | "TIME" | "PERSON" | "NORP" | "EVENT"))
    }

    /// A place name that stands for its government ("U.S.", "Moscow" cannot be told from here).
    fn can_act(&self, i: usize) -> bool {
        let text = self.token(i).text();
        self.in_named_class(i, "state")
            || (text.len() <= 6 && text.chars().all(|c| c.is_ascii_uppercase() || c == '.') && text.len() > 1)
    }

    /// "The Army of Upland Liberation": a word of the name of those who act.
    pub fn is_in_name(&self, noun: Token<'_>) -> bool {
        let written = |t: Token<'_>| t.text().starts_with(char::is_uppercase);
        let of = noun.head();
        let body = of.head();
        written(noun)
            && noun.dep() == "pobj"
            && of.is_any(&["of", "for"])
            && written(body)
            && body.i() > noun.sent().start
            && self.in_named_class(body.i(), "actor")
    }

    /// "The man stabbed on Friday has died", "Woman shot in Orlec": harm without an object befell its subject, where that is a person and
    /// bears no arms.
    pub fn is_reduced_passive(&self, entry: &Entry, arguments: &Arguments, verb: usize) -> bool {
        let harms = entry.family == Family::Casualty || matches!(entry.kind.as_str(), "shooting" | "attack");
        // "Rebels killed in Orlec": armed men as well, where nothing that they may have killed is named.
        let alone = entry.family == Family::Casualty && !self.token(verb).children().any(|c| c.dep() == "conj");
        let person = |&s: &usize| {
            self.token(s).ent_type() == "PERSON" || self.is_somebody(s) || alone && self.in_named_class(s, "troops")
        };
        let aimed =
            |&(prep, _): &(usize, usize)| matches!(self.preposition(prep), "at" | "on" | "into" | "against" | "to");
        harms
            && matches!(self.token(verb).tag(), "VBD" | "VBN")
            && !arguments.passive
            && arguments.objects.is_empty()
            && self.lexicon.frames[entry.frame].object == Role::Patient
            && !arguments.subjects.is_empty()
            && arguments.subjects.iter().all(person)
            && !arguments.oblique.iter().any(aimed)
            && !self.token(verb).children().any(|c| matches!(c.dep(), "prt" | "dobj"))
    }

    /// A time or date.
    pub fn is_time(&self, i: usize) -> bool {
        matches!(self.token(i).ent_type(), "DATE" | "TIME") || self.in_named_class(i, "time")
    }

    /// A weapon or vehicle of war.
    pub fn is_means(&self, i: usize) -> bool {
        self.lexicon.arms.get(super::pattern::Part::Noun, self.lemma(i)).any(|(p, owner)| {
            self.lexicon.weapons[owner].weapon && self.matches(p, i, super::pattern::Part::Noun).is_some()
        })
    }
}
