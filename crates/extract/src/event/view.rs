//! The syntax of a reading as the event layer asks it: arguments of verbs and nouns whatever the construction.
use super::lexicon::Lexicon;
use super::pattern::{Element, Part, Pattern, Place};
use super::words::{ClassBits, Words};
use smol_str::SmolStr;
use variorum_syntax::{Doc, Token};

/// How far up or down a construction is followed; keeps the cost of degenerate parses linear.
const REACH: usize = 12;

/// A document with normalised lemmas and classes.
pub(super) struct View<'d> {
    pub doc: &'d Doc,
    pub lexicon: &'d Lexicon,
    lemmas: Vec<SmolStr>,
    classes: Vec<ClassBits>,
}

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
    pub fn new(doc: &'d Doc, lexicon: &'d Lexicon) -> Self {
        let lemmas: Vec<SmolStr> = doc.tokens().map(|t| lemma_of(t, lexicon)).collect();
        let of = |i: usize| match lexicon.classes.of(&lemmas[i.saturating_sub(3)..=i]) {
            0 if doc.token(i).pos() == "NOUN" => lexicon.classes.of_kind(&lemmas[i]),
            named => named,
        };
        let classes = (0..lemmas.len()).map(of).collect();
        View { doc, lexicon, lemmas, classes }
    }

    pub fn token(&self, i: usize) -> Token<'d> {
        self.doc.token(i)
    }
    /// Lower-case lemma.
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }
    /// Whether a token is in a set of words.
    pub fn is(&self, i: usize, words: &Words) -> bool {
        let token = self.token(i);
        words.contains(&self.lemmas[i], token.text(), self.classes[i], token.ent_type(), token.pos())
            || words.compounds().iter().any(|parts| self.ends_compound(i, parts))
    }

    /// Whether the words of a compound stand before and at a token.
    fn ends_compound(&self, i: usize, parts: &[SmolStr]) -> bool {
        parts.len() <= i + 1
            && parts.iter().rev().enumerate().all(|(back, part)| {
                let at = i - back;
                *part == self.lemmas[at] || part.eq_ignore_ascii_case(self.token(at).text())
            })
    }
    /// Whether a token is in a class.
    pub fn in_class(&self, i: usize, bit: ClassBits) -> bool {
        self.classes[i] & bit != 0
    }

    /// As [`View::is`], also of what a quantity counts: "a total of twelve posts".
    pub fn is_or_holds(&self, i: usize, words: &Words) -> bool {
        match self.counted(i) {
            Some(counted) => self.is(counted, words),
            None => self.is(i, words),
        }
    }

    /// What a word of quantity counts, through "of".
    pub fn counted(&self, i: usize) -> Option<usize> {
        let quantity =
            self.token(i).pos() == "NUM" || self.lexicon.classes.bit("quantity").is_ok_and(|bit| self.in_class(i, bit));
        if !quantity {
            return None;
        }
        let of = self.token(i).children().find(|c| c.dep() == "prep" && c.is("of"))?;
        of.child("pobj").map(|o| o.i())
    }

    /// A head and the nominals coordinated with it.
    pub fn conjuncts(&self, head: usize) -> Vec<usize> {
        let mut found = vec![head];
        let mut at = head;
        while let Some(next) = self.token(at).children().find(|c| c.dep() == "conj" && !is_verb(*c)) {
            found.push(next.i());
            at = next.i();
            if found.len() > REACH {
                break;
            }
        }
        found
    }

    /// What a relative pronoun stands for; any other token stands for itself.
    pub fn antecedent(&self, i: usize) -> usize {
        let token = self.token(i);
        if !matches!(token.tag(), "WDT" | "WP" | "WP$") {
            return i;
        }
        token.ancestors().take(REACH).find(|a| a.dep() == "relcl").map_or(i, |clause| clause.head().i())
    }

    /// True of a verb whose grammatical subject is its patient.
    pub fn passive(&self, v: usize) -> bool {
        let token = self.token(v);
        let (mut own_subject, mut active) = (false, false);
        for child in token.children() {
            match child.dep() {
                "nsubjpass" | "auxpass" | "csubjpass" | "agent" => return true,
                "aux" | "dobj" => active = true,
                "nsubj" => own_subject = true,
                _ => {}
            }
        }
        if token.tag() != "VBN" || active || own_subject && token.dep() != "conj" {
            return false;
        }
        match token.dep() {
            "acl" | "amod" | "relcl" | "advcl" | "ROOT" | "ccomp" | "nsubj" | "appos" | "dep" => true,
            "conj" => is_copular(token.head()) || is_verb(token.head()) && self.passive(token.head().i()),
            _ => false,
        }
    }

    fn own_subject(&self, v: usize) -> Option<usize> {
        let verb = self.token(v);
        let own = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
        let subject = own.or_else(|| self.subject_of_conjunction(verb))?;
        Some(self.antecedent(subject.i()))
    }

    /// "Police fled as a march against the law descended into chaos": a conjunction that the parse took for a preposition, with
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

    fn own_object(&self, v: usize) -> Option<usize> {
        let object =
            self.token(v).children().find(|c| matches!(c.dep(), "dobj" | "dative" | "oprd") && is_nominal(*c))?;
        // "Used chlorine gas west of the town": the object stands before the way.
        let way = self.in_named_class(object.i(), "direction");
        let before = object.lefts().rev().find(|c| way && c.dep() == "compound" && is_nominal(*c));
        Some(self.antecedent(before.unwrap_or(object).i()))
    }

    /// The noun that is the subject in grammar, through relatives, control and coordination.
    pub fn surface_subject(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..REACH {
            if let Some(subject) = self.own_subject(at) {
                return Some(subject);
            }
            let token = self.token(at);
            let head = token.head();
            match token.dep() {
                "conj" if is_verb(head) || is_copular(head) => match self.subject_beside(at) {
                    Some(subject) => return Some(subject),
                    None => at = head.i(),
                },
                "xcomp" | "ccomp" => {
                    if token.dep() == "xcomp"
                        && let Some(object) = self.own_object(head.i())
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
                "advcl" | "auxpass" | "aux" if is_verb(head) || is_copular(head) => at = head.i(),
                "acomp" | "attr" | "oprd" => at = head.i(),
                "acl" | "relcl" | "amod" => {
                    return match token.tag() {
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

    /// "Called on Karovia to stop": whom an appeal is made to.
    fn addressed(&self, verb: Token<'d>) -> Option<usize> {
        if !self.in_named_class(verb.i(), "appeal") {
            return None;
        }
        let prep = verb.children().find(|c| c.dep() == "prep" && c.is_any(&["on", "upon", "to"]))?;
        prep.child("pobj").map(|o| o.i())
    }

    fn blames(&self, verb: usize) -> bool {
        self.lexicon.classes.bit("blame").is_ok_and(|bit| self.in_class(verb, bit))
    }

    /// Who holds a noun: its possessive, or the subject of the verb it is an object of.
    fn owner(&self, noun: usize) -> Option<usize> {
        let token = self.token(noun);
        if let Some(owner) = token.child("poss") {
            return Some(owner.i());
        }
        let head = token.head();
        (matches!(token.dep(), "dobj" | "attr") && is_verb(head)).then(|| self.own_subject(head.i())).flatten()
    }

    /// Deep arguments of a verb.
    pub fn arguments(&self, v: usize) -> Arguments {
        let token = self.token(v);
        let mut found = Arguments { passive: self.passive(v), ..Arguments::default() };
        let surface = self.surface_subject(v);
        let mut agent = None;
        for child in token.children() {
            match child.dep() {
                "agent" => agent = child.child("pobj").map(|o| o.i()),
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

    /// Lemma of the preposition at `i` ("in").
    pub fn preposition(&self, i: usize) -> &str {
        self.lemma(i)
    }

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
            Place::Governor => self.governor(i).is_some_and(|g| self.is(g, &element.words)),
            Place::Complement => token
                .children()
                .any(|c| matches!(c.dep(), "xcomp" | "ccomp" | "acl" | "advcl") && self.is(c.i(), &element.words)),
            Place::Object if part == Part::Verb => any(&self.cached(i, arguments).objects),
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

    /// The content word above a token, past its preposition.
    pub fn governor(&self, i: usize) -> Option<usize> {
        let token = self.token(i);
        if token.is_root() {
            return None;
        }
        let head = token.head();
        if head.pos() == "ADP" && matches!(token.dep(), "pobj" | "pcomp") && !head.is_root() {
            return Some(head.head().i());
        }
        Some(head.i())
    }
}

/// True of a full verb.
pub(super) fn is_verb(token: Token<'_>) -> bool {
    token.pos() == "VERB"
}

/// True of a form of "be" or another auxiliary that heads a clause.
pub(super) fn is_copular(token: Token<'_>) -> bool {
    token.pos() == "AUX"
}

/// True of what can fill a role.
pub(super) fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "NUM" | "DET" | "ADJ" | "X")
}

fn lemma_of(token: Token<'_>, lexicon: &Lexicon) -> SmolStr {
    if let Some(lemma) = lexicon.classes.lemma_of(token.text()) {
        return lemma.clone();
    }
    let lemma = token.lemma();
    if lemma.bytes().any(|b| b.is_ascii_uppercase()) || !lemma.is_ascii() {
        SmolStr::new(lemma.to_lowercase())
    } else {
        SmolStr::new(lemma)
    }
}
