//! Subjects and objects of verbs, through relatives, control, coordination and what parsers get wrong.
use super::view::{REACH, View, is_copular, is_nominal, is_verb};
use variorum_syntax::Token;

impl<'d> View<'d> {
    pub fn own_subject(&self, v: usize) -> Option<usize> {
        let verb = self.token(v);
        let own = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
        // "The guard mainly comprising of locals repelled them": it is the guard that did.
        let noun = own.filter(|s| s.tag() == "VBG").and_then(|clause| clause.child("nsubj"));
        // "There were three children": the children were.
        let there = || verb.child("expl").and_then(|_| verb.child("attr"));
        let subject = noun.or(own).or_else(there).or_else(|| self.subject_of_conjunction(verb))?;
        Some(self.antecedent(subject.i()))
    }

    /// "Clerks hid as a rally for the guild spiralled into chaos": a conjunction that the parse took for a preposition, with
    /// the subject of the clause after it for its object.
    fn subject_of_conjunction(&self, verb: Token<'d>) -> Option<Token<'d>> {
        let finite = matches!(verb.tag(), "VBD" | "VBZ" | "VBP")
            && verb.dep() == "advcl"
            && !verb.children().any(|c| c.dep() == "mark" || c.tag() == "WRB");
        let before = verb.left_edge().i().checked_sub(1).filter(|_| finite)?;
        let prep = verb
            .head()
            .children()
            .find(|c| c.dep() == "prep" && c.right_edge().i() == before && self.in_named_class(c.i(), "conjunction"))?;
        prep.child("pobj")
    }

    pub fn own_object(&self, v: usize) -> Option<usize> {
        let nominal = |deps: &[&str]| self.token(v).children().find(|c| deps.contains(&c.dep()) && is_nominal(*c));
        // "Took hostage nine porters": them.
        let object = nominal(&["dobj", "dative"]).or_else(|| nominal(&["oprd"]))?;
        // "Used mustard gas north of the town": the object stands before the way.
        let way = self.in_named_class(object.i(), "direction");
        let before = object.lefts().rev().find(|c| way && c.dep() == "compound" && is_nominal(*c));
        Some(self.antecedent(before.unwrap_or(object).i()))
    }

    /// "Called the fatal shooting a tragedy": a noun that the parse took for a participle.
    fn is_misread_noun(&self, v: usize) -> bool {
        let before =
            |n: usize| v.checked_sub(n).map(|i| self.token(i)).filter(|t| t.sent_index() == self.token(v).sent_index());
        let article = |t: Token<'_>| t.is_any(&["the", "a", "an", "this", "that"]);
        self.token(v).tag() == "VBG"
            && (before(1).is_some_and(article)
                || before(1).is_some_and(|t| t.tag() == "JJ") && before(2).is_some_and(article))
    }

    /// The noun that is the subject in grammar, through relatives, control and coordination.
    pub fn surface_subject(&self, v: usize) -> Option<usize> {
        if self.is_misread_noun(v) {
            return None;
        }
        let mut at = v;
        for _ in 0..REACH {
            if let Some(subject) = self.own_subject(at) {
                return Some(subject);
            }
            let token = self.token(at);
            let head = token.head();
            match token.dep() {
                // "Did all the tasks set by the staff and took the hill": what has an object goes with the clause, not with "set".
                "conj"
                    if head.dep() == "acl"
                        && head.tag() == "VBN"
                        && head.head().dep() == "dobj"
                        && token.child("dobj").is_some() =>
                {
                    at = head.head().head().i();
                }
                "conj" if is_verb(head) || is_copular(head) => match self.subject_beside(at) {
                    Some(subject) => return Some(subject),
                    None => at = head.i(),
                },
                // "Have fled fighting in the north"
                "xcomp" if token.tag() == "VBG" && self.in_named_class(head.i(), "fleeing") => return None,
                "xcomp" | "ccomp" => {
                    // "They found two men had been shot": the parser takes the men for what was found.
                    let found = token.dep() == "xcomp" || token.dep() == "ccomp" && self.passive(at);
                    if found
                        && let Some(object) = self.own_object(head.i()).filter(|&o| token.dep() == "xcomp" || o < at)
                    {
                        return Some(object);
                    }
                    if token.dep() == "xcomp"
                        && let Some(addressed) = self.addressed(head)
                    {
                        return Some(addressed);
                    }
                    at = head.i();
                }
                // "Denied it was responsible for the blast, killing nine": the blast killed them.
                "advcl" if head.children().any(|c| c.dep() == "acomp" && self.in_named_class(c.i(), "answerable")) => {
                    return None;
                }
                // "Welcomed the deal to end the raids": others end them.
                "advcl"
                    if token.tag() == "VB"
                        && self.in_named_class(head.i(), "appraising")
                        && self.own_object(head.i()).is_some_and(|o| o < at) =>
                {
                    return None;
                }
                // "Shells fell as pupils were leaving, wounding ten": the pupils hurt nobody.
                "advcl" if token.tag() == "VBG" && self.is_meanwhile(head) => at = head.head().i(),
                "advcl" | "auxpass" | "aux" if is_verb(head) || is_copular(head) => at = head.i(),
                "acomp" | "attr" | "oprd" => at = head.i(),
                "acl" | "relcl" | "amod" => {
                    return match token.tag() {
                        "VB" if self.in_named_class(head.i(), "backing") => None,
                        "VB" => self.owner(head.i()),
                        _ => Some(head.i()),
                    };
                }
                "pcomp" => {
                    let mut governor = head.head();
                    if is_nominal(governor) {
                        // "accused the fighters of the republic of shelling": the phrase may hang on the accused, or on what
                        // is said of them.
                        while head.is("of") && governor.dep() == "pobj" && governor.head().is("of") {
                            governor = governor.head().head();
                        }
                        let accused = governor.dep() == "dobj" && self.blames(governor.head().i());
                        return if accused { Some(governor.i()) } else { self.owner(governor.i()) };
                    }
                    if !is_verb(governor) && !is_copular(governor) {
                        return None;
                    }
                    // "Expelled two envoys for taking part in riots": the envoys did.
                    if head.is("for")
                        && token.tag() == "VBG"
                        && let Some(object) = self.own_object(governor.i()).filter(|&o| self.is_named_or(o, "actor"))
                    {
                        return Some(object);
                    }
                    if self.blames(governor.i()) {
                        let arguments = self.arguments(governor.i());
                        return arguments.objects.first().copied();
                    }
                    at = governor.i();
                }
                _ => return None,
            }
        }
        None
    }

    /// The name of somebody or of a body, or a noun of a class.
    pub fn is_named_or(&self, noun: usize, class: &str) -> bool {
        matches!(self.token(noun).ent_type(), "GPE" | "NORP" | "ORG" | "PERSON") || self.in_named_class(noun, class)
    }

    /// "As pupils were leaving": what went on while something else happened.
    fn is_meanwhile(&self, verb: Token<'d>) -> bool {
        verb.dep() == "advcl"
            && verb.tag() == "VBG"
            && verb.children().any(|c| matches!(c.dep(), "mark" | "advmod") && c.is_any(&["as", "while", "when"]))
    }

    /// "It had left the area to the rebels, and Karovia has sent troops": a name right before a finite verb, which the parse has
    /// joined to the noun before it.
    fn subject_beside(&self, v: usize) -> Option<usize> {
        let verb = self.token(v);
        let group = verb.children().filter(|c| c.i() < v && matches!(c.dep(), "aux" | "neg" | "advmod"));
        let first = group.map(|c| c.i()).min().unwrap_or(v);
        let name = first.checked_sub(1).map(|i| self.token(i))?;
        let finite = matches!(verb.tag(), "VBD" | "VBZ" | "VBP")
            || verb.children().any(|c| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP" | "VBD" | "MD"));
        let named = matches!(name.ent_type(), "GPE" | "ORG" | "PERSON" | "NORP") && name.dep() == "conj";
        let edge = name.left_edge().i();
        let joined = edge > 0 && self.token(edge - 1).is_any(&["and", "but", "while"]);
        let of_subject = || name.head().dep().starts_with("nsubj");
        (finite && named && joined && !of_subject()).then(|| name.i())
    }

    /// "Land it had held, and Karovia has sent troops": a name that the parse joins to the noun before it, and that begins a clause of
    /// its own.
    pub fn begins_clause(&self, noun: usize) -> bool {
        let group = |t: &Token<'d>| matches!(t.dep(), "aux" | "neg" | "advmod");
        let mut next = self.token(noun).nbor(1);
        while let Some(token) = next.filter(group) {
            next = token.nbor(1);
        }
        next.is_some_and(|verb| is_verb(verb) && self.subject_beside(verb.i()) == Some(noun))
    }

    /// "Called on Karovia to stop": whom an appeal is made to.
    fn addressed(&self, verb: Token<'d>) -> Option<usize> {
        if !self.in_named_class(verb.i(), "appeal") {
            return None;
        }
        let prep = verb.children().find(|c| c.dep() == "prep" && c.is_any(&["on", "upon", "to"]))?;
        prep.child("pobj").map(|o| o.i())
    }

    /// Whom a verb lays a happening on that it takes as a noun: "blamed the raid on rebels", "blamed rebels for the raid",
    /// "accused them of an attack", "they were blamed for it".
    pub fn accused_of(&self, noun: usize) -> Option<usize> {
        let token = self.token(noun);
        let lays = |verb: Token<'_>| is_verb(verb) && self.in_named_class(verb.i(), "lay-on");
        match token.dep() {
            "dobj" if lays(token.head()) => {
                let last = |t: Token<'d>| t.children().rfind(|c| c.dep() == "prep" && c.is("on"));
                let of = token.children().find(|c| c.dep() == "prep" && c.is("of")).and_then(|of| of.child("pobj"));
                last(token.head()).or_else(|| of.and_then(last)).or_else(|| last(token))?.child("pobj").map(|o| o.i())
            }
            "pobj" if token.head().is("for") && self.in_named_class(token.head().head().i(), "held-responsible") => {
                self.answerable(token.head().head())
            }
            "pobj" if token.head().is_any(&["for", "of", "over"]) => {
                let above = token.head().head();
                // The phrase may hang on the verb or on the accused.
                let verb = if is_verb(above) { above } else { above.head() };
                if !lays(verb) || above != verb && above.dep() != "dobj" {
                    return None;
                }
                let arguments = self.arguments(verb.i());
                // "A man accused of murder": of whom the law says so, what he is held for is the news.
                let charged = arguments.passive && token.head().is("of");
                arguments.objects.first().copied().filter(|&a| a != noun && !charged)
            }
            _ => None,
        }
    }

    /// "Held the guard responsible for the raid", "found it responsible": the guard.
    fn answerable(&self, word: Token<'d>) -> Option<usize> {
        let verb = if word.dep() == "amod" { word.head().head() } else { word.head() };
        let who = match word.dep() {
            "amod" => Some(word.head()),
            _ => verb.children().find(|c| c.i() < word.i() && matches!(c.dep(), "dobj" | "nsubj") && c.i() > verb.i()),
        };
        let held = is_verb(verb) && self.in_named_class(verb.i(), "finding-so");
        who.filter(|w| held && self.is_named_or(w.i(), "actor") && !self.in_named_class(w.i(), "people")).map(|w| w.i())
    }

    pub fn blames(&self, verb: usize) -> bool {
        self.lexicon.classes.bit("blame").is_ok_and(|bit| self.in_class(verb, bit))
    }

    /// Who holds a noun: its possessive, or the subject of the verb it is an object of.
    fn owner(&self, noun: usize) -> Option<usize> {
        let token = self.token(noun);
        // "Thousands heeded the guild's call to march": they did.
        if let Some(verb) = self.governor(noun).filter(|&g| self.in_named_class(g, "heeding")) {
            return self.own_subject(verb);
        }
        if let Some(owner) = token.child("poss") {
            return Some(owner.i());
        }
        let head = token.head();
        let own =
            matches!(token.dep(), "dobj" | "attr") && is_verb(head) && !self.in_named_class(head.i(), "appraising");
        own.then(|| self.own_subject(head.i())).flatten()
    }

    /// Subject of a predicate adjective or noun, or the noun that an adjective modifies.
    pub fn surface_subject_of_predicate(&self, i: usize) -> Option<usize> {
        let token = self.token(i);
        match token.dep() {
            "acomp" | "attr" | "oprd" | "xcomp" => {
                let head = token.head();
                if token.dep() == "oprd"
                    && let Some(object) = self.own_object(head.i())
                {
                    return Some(object);
                }
                self.surface_subject(head.i())
            }
            "amod" | "acl" | "relcl" => Some(token.head().i()),
            "conj" => self.surface_subject_of_predicate_once(token.head()),
            _ => self.own_subject(i),
        }
    }

    fn surface_subject_of_predicate_once(&self, token: Token<'d>) -> Option<usize> {
        match token.dep() {
            "acomp" | "attr" => self.surface_subject(token.head().i()),
            "amod" => Some(token.head().i()),
            _ => None,
        }
    }
}
