//! Whether an event came about, by the words around its trigger.
use super::lexicon::{Family, Sway};
use super::pattern::{Part, Place};
use super::view::{View, is_copular, is_verb};
use variorum_model::Polarity;

/// Longest chain of governing verbs that is followed.
const REACH: usize = 8;

/// What the words around a trigger say of it, before it is put in one word.
#[derive(Default, Clone, Copy, Debug)]
pub(super) struct Outlook {
    negated: bool,
    planned: bool,
    doubtful: bool,
    tried: bool,
    /// Somebody stops doing it.
    ended: bool,
    /// What one acts to ward off, before it could come about: nobody says that it did or did not.
    pub warded: bool,
}

impl Outlook {
    /// In one word, for violence (which is violence even if only tried) or anything else. What did not happen is not planned; what hangs on a condition is not either.
    pub fn polarity(self, violence: bool) -> Polarity {
        match self {
            // "Stopped sending arms" sends none, "has not stopped" and "plans to stop" do.
            Outlook { ended: true, negated, planned, doubtful, .. } if !violence => {
                match negated || planned || doubtful {
                    true => Polarity::Happened,
                    false => Polarity::DidNotHappen,
                }
            }
            Outlook { negated: true, doubtful: false, .. } => Polarity::DidNotHappen,
            Outlook { doubtful: true, .. } => Polarity::Conditional,
            Outlook { planned: true, .. } => Polarity::Planned,
            Outlook { tried: true, .. } if !violence => Polarity::Planned,
            _ => Polarity::Happened,
        }
    }

    /// Takes in what a governing word does to its event.
    pub fn sway(&mut self, sway: Sway) {
        match sway {
            Sway::Fail | Sway::Avert => self.negated = true,
            Sway::Try => self.tried = true,
            Sway::Plan | Sway::Want => self.planned = true,
            Sway::Doubt => self.doubtful = true,
            _ => {}
        }
    }
}

/// What a governing word governs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    Noun,
    Clause,
}

impl View<'_> {
    /// The sway that a word has over a clause or noun that hangs on it.
    pub fn sway_over(&self, governor: usize, via: Option<usize>, over: Over) -> Option<Sway> {
        let token = self.token(governor);
        let part = match token.pos() {
            "VERB" | "AUX" => Part::Verb,
            "NOUN" | "PROPN" => Part::Noun,
            "ADJ" | "ADV" => Part::Adjective,
            _ => return None,
        };
        let lexicon = self.lexicon;
        lexicon
            .governed
            .get(part, self.lemma(governor))
            .filter(|(pattern, _)| pattern.elements.len() >= self.particles(governor))
            .filter(|&(pattern, owner)| {
                let sway = lexicon.governors[owner].sway;
                let fits = match over {
                    Over::Noun => sway != Sway::Manage,
                    Over::Clause => !matches!(sway, Sway::Do | Sway::Undergo | Sway::Occur | Sway::Cause | Sway::Part),
                };
                fits && via.is_some() == pattern.elements.iter().any(|e| matches!(e.place, Place::Preposition(_)))
            })
            .filter(|(pattern, _)| {
                // A preposition that the pattern asks for must be the one on the way to the event.
                pattern.elements.iter().all(|e| match &e.place {
                    Place::Preposition(preps) => via.is_some_and(|p| self.is(p, preps)) != e.negated,
                    _ => self.holds(std::slice::from_ref(e), governor, part),
                })
            })
            .max_by_key(|(pattern, _)| pattern.elements.len())
            .map(|(_, owner)| lexicon.governors[owner].sway)
    }

    /// Particles that make another verb of one: "ended up".
    fn particles(&self, verb: usize) -> usize {
        usize::from(self.token(verb).children().any(|c| c.dep() == "prt" && c.is("up") && c.i() == verb + 1))
    }

    /// Reads the outlook of a verb's clause, climbing through the verbs that govern it.
    pub fn outlook_of_clause(&self, verb: usize, outlook: &mut Outlook) {
        let mut at = verb;
        let mut shares_subject = true;
        for _ in 0..REACH {
            let token = self.token(at);
            let mut infinitive = false;
            let mut perfect = false;
            let mut until = false;
            let mut hinged = false;
            for child in token.children() {
                match child.dep() {
                    "neg" if !(child.is("no") && child.tag() == "RB") => outlook.negated = true,
                    "aux" if child.tag() == "TO" => infinitive = true,
                    "aux" | "auxpass" => {
                        perfect |= self.lemma(child.i()) == "have";
                        // "Blasts could be heard": they were.
                        let heard = child.is_any(&["could", "can"]) && self.in_named_class(at, "perceive");
                        // "Cannot", "can no longer": it is not so.
                        let cannot = child.is_any(&["can", "ca"])
                            && token.children().any(|c| c.dep() == "neg" || c.is("longer"));
                        outlook.negated |= cannot;
                        // "I can confirm": it is confirmed.
                        let told = child.is("can") && self.in_named_class(at, "tell");
                        if !heard && !cannot && !told {
                            self.modal(child.i(), outlook);
                        }
                    }
                    // "As long as no truce is agreed"
                    "mark" if child.is("as") && token.head().is("long") => outlook.doubtful = true,
                    "mark" | "advmod" => match self.lemma(child.i()) {
                        "if" | "unless" | "whether" | "lest" => outlook.doubtful = true,
                        "until" | "till" => until = true,
                        "never" | "nowhere" | "hardly" => outlook.negated = true,
                        _ => {}
                    },
                    // "Neither fired on the other"
                    "preconj" if child.is("neither") && child.i() + 1 == at => outlook.negated = true,
                    "advcl" if self.is_condition(child.i()) => hinged = true,
                    "nsubj" | "nsubjpass" | "dobj" if self.is_nothing(child.i()) && (shares_subject || at == verb) => {
                        outlook.negated = true;
                    }
                    _ => {}
                }
            }
            self.regret(token, perfect, outlook);
            // "would leave if …", "will not stop until …": the main clause hangs on the other one.
            // "if we march, we are held": so does what is told of whenever.
            let general = |c: variorum_syntax::Token<'_>| {
                matches!(c.tag(), "VBZ" | "VBP") && matches!(c.dep(), "aux" | "auxpass") && self.lemma(c.i()) == "be"
            };
            let always = matches!(token.tag(), "VBZ" | "VBP") || token.tag() == "VBN" && token.children().any(general);
            outlook.doubtful |= hinged && (outlook.planned || outlook.doubtful || always);
            let head = token.head();
            if until && is_verb(head) {
                let mut main = Outlook::default();
                self.outlook_of_clause_once(head.i(), &mut main);
                outlook.doubtful |= main.negated || main.planned || main.doubtful;
            }
            match token.dep() {
                "xcomp" | "ccomp" | "acl" | "advcl" | "relcl" | "pcomp" | "csubj" | "conj" | "dep" | "oprd" => {}
                _ => return,
            }
            if token.dep() == "conj" {
                let finite = matches!(token.tag(), "VBD" | "VBZ" | "VBP")
                    || token.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass") || c.tag() == "MD");
                if finite || !(is_verb(head) || is_copular(head)) {
                    // "Have not met them or held any of them": neither.
                    let either = head.children().any(|c| c.dep() == "cc" && c.is_any(&["or", "nor"]));
                    outlook.negated |= either
                        && self.lacks_subject(at)
                        && head.children().any(|c| c.dep() == "neg")
                        && !token.children().any(|c| matches!(c.dep(), "aux" | "auxpass"));
                    return;
                }
                at = head.i();
                continue;
            }
            // "There is no evidence that rebels burnt the mill"
            let ground =
                !infinitive && matches!(token.dep(), "acl" | "ccomp") && self.in_named_class(head.i(), "evidence");
            if ground && (self.is_nothing(head.i()) || head.head().child("neg").is_some()) {
                outlook.sway(Sway::Doubt);
                return;
            }
            let (governor, via) = if token.dep() == "pcomp" { (head.head(), Some(head.i())) } else { (head, None) };
            if via.is_some_and(|p| self.is_instead(p)) {
                outlook.negated = true;
                return;
            }
            if infinitive && (self.is_performed(at, governor) || self.is_in_a_row(token)) {
                return;
            }
            // "Talks on ending the siege"
            outlook.planned |= via.is_some_and(|p| self.in_named_class(p, "topic"))
                && token.tag() == "VBG"
                && self.in_named_class(governor.i(), "parley");
            let sway = self.sway_over(governor.i(), via, Over::Clause);
            // "Gave up the truce to take the town": what is given up is the truce.
            let given_up = |c: variorum_syntax::Token<'_>| c.dep() == "dobj" && c.i() < at;
            let sway = sway.filter(|s| {
                !(infinitive && matches!(s, Sway::Fail | Sway::Avert) && governor.children().any(given_up))
            });
            // "Came into force to end the raids" is an aim, "came to rule the town" is not.
            let apart = infinitive && token.dep() == "advcl" && token.left_edge().i() > governor.i() + 1;
            let sway = sway.filter(|s| !(apart && *s == Sway::Manage));
            outlook.warded |= sway == Some(Sway::Avert) && self.is_ahead(governor);
            if infinitive && self.is_still_ahead(governor, outlook) {
                return;
            }
            // "Were able to reach the village": they reached it.
            let denied = governor.head().children().any(|c| c.dep() == "neg");
            let sway = match self.is_achieved(governor) {
                true => Some(if denied { Sway::Fail } else { Sway::Manage }),
                false => sway,
            };
            if infinitive && !perfect {
                match sway {
                    Some(s) => outlook.sway(s),
                    // A bare infinitive is an aim: "moved in to seize the town", "urged them to leave".
                    None => outlook.planned = true,
                }
            } else if let Some(sway) = sway
                && !matches!(token.dep(), "relcl" | "advcl" | "acl")
            {
                // What is said, feared or told in a full clause is not thereby wanted or prevented.
                if token.dep() != "ccomp" || sway == Sway::Doubt {
                    outlook.sway(sway);
                }
            }
            outlook.ended |=
                sway == Some(Sway::End) && token.tag() == "VBG" && matches!(token.dep(), "xcomp" | "pcomp");
            // "The attempt to take the bridge failed"
            if matches!(token.dep(), "acl" | "xcomp") && sway == Some(Sway::Try) && self.has_failed(governor) {
                outlook.sway(Sway::Fail);
            }
            let climbs = match token.dep() {
                "xcomp" | "pcomp" | "oprd" => true,
                "advcl" => token.tag() == "VBG" && self.lacks_subject(at),
                // "Failed to ensure that the truce holds"
                "ccomp" => infinitive || self.in_named_class(governor.i(), "assure"),
                "acl" => false,
                _ => false,
            };
            if !climbs || !(is_verb(governor) || is_copular(governor) || governor.pos() == "ADJ") {
                return;
            }
            if token.dep() == "advcl" {
                // "will leave, ending the siege": the aim is shared; "did not leave, ending …" is not.
                let mut main = Outlook::default();
                self.outlook_of_clause_once(governor.i(), &mut main);
                outlook.planned |= main.planned;
                outlook.doubtful |= main.doubtful;
                return;
            }
            shares_subject = false;
            at = governor.i();
        }
    }

    /// "Should not have died": he did. "Should have left": he did not.
    fn regret(&self, verb: variorum_syntax::Token<'_>, perfect: bool, outlook: &mut Outlook) {
        let ought = verb.children().any(|c| c.dep() == "aux" && c.is_any(&["should", "ought"]));
        if perfect && ought {
            let never = |c: variorum_syntax::Token<'_>| c.dep() == "neg" || c.is("never");
            outlook.negated = !verb.children().any(never);
            outlook.planned = false;
        }
    }

    /// "Has yet to cross": it has not. "Has not enough proof to charge him": nor that. "Has enough": it may yet.
    fn is_still_ahead(&self, governor: variorum_syntax::Token<'_>, outlook: &mut Outlook) -> bool {
        let has = |t: variorum_syntax::Token<'_>, word: &str| t.children().any(|c| c.is(word));
        if matches!(self.lemma(governor.i()), "have" | "be") && has(governor, "yet") {
            outlook.negated = true;
            return true;
        }
        let enough = governor.pos() == "NOUN" && (has(governor, "enough") || has(governor, "sufficient"));
        if enough {
            let lacking = governor.head().child("neg").is_some();
            outlook.sway(if lacking { Sway::Fail } else { Sway::Doubt });
        }
        enough
    }

    /// "To prevent raids", "at preventing raids": a governor that has not come about, nor is done by one who managed to.
    pub(super) fn is_ahead(&self, governor: variorum_syntax::Token<'_>) -> bool {
        let infinitive = governor.children().any(|c| c.dep() == "aux" && c.tag() == "TO");
        let managed =
            governor.dep() == "xcomp" && self.sway_over(governor.head().i(), None, Over::Clause) == Some(Sway::Manage);
        // "After foiling a raid", "by foiling it": done.
        let aim = match governor.dep() {
            "pcomp" => governor.head().is_any(&["for", "of", "at", "to", "against"]),
            "csubj" | "nsubj" | "dobj" => true,
            _ => false,
        };
        (infinitive || governor.tag() == "VBG" && aim) && !managed
    }

    /// The subject of "failed".
    fn has_failed(&self, attempt: variorum_syntax::Token<'_>) -> bool {
        let verb = attempt.head();
        attempt.dep() == "nsubj"
            && verb.child_any(&["dobj", "xcomp"]).is_none()
            && self.sway_over(verb.i(), None, Over::Noun) == Some(Sway::Fail)
    }

    /// "The latest to hit the town", "the first raid to kill a cook": it did.
    fn is_in_a_row(&self, verb: variorum_syntax::Token<'_>) -> bool {
        let head = verb.head();
        let ranked = |i: usize| self.in_named_class(i, "ranked");
        matches!(verb.dep(), "relcl" | "acl" | "xcomp" | "advcl")
            && (ranked(head.i()) || head.children().any(|c| c.dep() == "amod" && ranked(c.i())))
            && !is_verb(head)
    }

    /// "I wish to express my sorrow", "we would like to greet": who says so does it by that.
    fn is_performed(&self, verb: usize, governor: variorum_syntax::Token<'_>) -> bool {
        let first_person = |c: variorum_syntax::Token<'_>| c.dep() == "nsubj" && c.is_any(&["i", "we"]);
        let speech = |(_, owner): (_, usize)| self.lexicon.entries[owner].family == Family::Speech;
        self.in_named_class(governor.i(), "wishing")
            && governor.children().any(first_person)
            && governor.child("neg").is_none()
            && self.lexicon.triggers.get(Part::Verb, self.lemma(verb)).any(speech)
    }

    /// "Was able", "has been able": what one could do once one has done.
    fn is_achieved(&self, adjective: variorum_syntax::Token<'_>) -> bool {
        let be = adjective.head();
        let past = be.tag() == "VBD" || be.children().any(|c| c.dep() == "aux" && c.is_any(&["has", "have", "had"]));
        adjective.dep() == "acomp"
            && self.in_named_class(adjective.i(), "capable")
            && past
            && !be.children().any(|c| c.tag() == "MD" || c.tag() == "TO")
    }

    fn outlook_of_clause_once(&self, verb: usize, outlook: &mut Outlook) {
        for child in self.token(verb).children() {
            match child.dep() {
                "neg" => outlook.negated = true,
                "aux" | "auxpass" if child.tag() == "TO" => outlook.planned = true,
                "aux" | "auxpass" => self.modal(child.i(), outlook),
                "mark" | "advmod" if matches!(self.lemma(child.i()), "if" | "unless" | "whether") => {
                    outlook.doubtful = true;
                }
                _ => {}
            }
        }
    }

    /// A clause opened by "if", "unless", "until".
    fn is_condition(&self, verb: usize) -> bool {
        let opens = |c: variorum_syntax::Token<'_>| c.is_any(&["if", "unless", "until", "till", "provided", "should"]);
        self.token(verb).children().any(|c| matches!(c.dep(), "mark" | "advmod" | "aux" | "prep") && opens(c))
    }

    fn lacks_subject(&self, verb: usize) -> bool {
        !self.token(verb).children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass"))
    }

    fn modal(&self, i: usize, outlook: &mut Outlook) {
        if let Some(sway) = self.sway_over_modal(i) {
            outlook.sway(sway);
        }
    }

    fn sway_over_modal(&self, i: usize) -> Option<Sway> {
        let classes = &self.lexicon.classes;
        let in_class = |name| classes.bit(name).is_ok_and(|bit| self.in_class(i, bit));
        if in_class("modal-intent") {
            Some(Sway::Plan)
        } else if in_class("modal-possible") {
            Some(Sway::Doubt)
        } else {
            None
        }
    }

    /// "Without bombing it", "instead of bombing it", "rather than bomb it".
    fn is_instead(&self, prep: usize) -> bool {
        let token = self.token(prep);
        let led = |word: &str| token.children().any(|c| c.i() < prep && c.is(word)) || token.head().is(word);
        match self.lemma(prep) {
            "without" => true,
            "of" => led("instead"),
            "than" => led("rather"),
            _ => false,
        }
    }

    /// "no one", "nobody", "no civilians", "none of them".
    pub fn is_nothing(&self, i: usize) -> bool {
        let token = self.token(i);
        token.is_any(&["nobody", "none", "nothing", "neither"])
            || token
                .children()
                .any(|c| matches!(c.dep(), "det" | "neg" | "nummod" | "preconj") && c.is_any(&["no", "neither"]))
    }

    /// "Any raid on the port is a crime", "any attack will be met": whichever it may be, and none that there was.
    fn is_whichever(&self, noun: usize) -> bool {
        let (token, verb) = (self.token(noun), self.token(noun).head());
        let present = matches!(verb.tag(), "VBZ" | "VBP") || verb.children().any(|c| c.tag() == "MD");
        let any = token.children().any(|c| c.dep() == "det" && c.is("any"));
        any && token.dep().starts_with("nsubj") && present
    }

    /// Reads the outlook of a noun: its determiner, its modifiers and the words that govern it.
    pub fn outlook_of_noun(&self, noun: usize, outlook: &mut Outlook) {
        if self.is_nothing(noun) {
            outlook.negated = true;
        }
        outlook.doubtful |= self.is_whichever(noun);
        for child in self.token(noun).children().filter(|c| matches!(c.dep(), "amod" | "compound" | "acl")) {
            if child.dep() == "acl" && child.tag() != "VBN" {
                continue;
            }
            if let Some(sway) = self.sway_over(child.i(), None, Over::Noun)
                && matches!(sway, Sway::Fail | Sway::Avert | Sway::Plan | Sway::Want | Sway::Doubt)
            {
                outlook.sway(sway);
            }
        }
    }
}
