//! From trigger words to drafts of events.
use super::arguments::Arguments;
use super::lexicon::{Entry, Family, Frame, Role, Sway};
use super::pattern::{Part, Place};
use super::polarity::{Outlook, Over};
use super::roles::Participants;
use super::view::{View, is_copular, is_verb};
use smol_str::SmolStr;
use std::ops::Range;
use variorum_model::Polarity;
use variorum_syntax::Token;

/// An event before it is merged with others and cut.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub entry: usize,
    pub kind: SmolStr,
    pub part: Part,
    /// Head of the trigger.
    pub head: usize,
    pub trigger: Range<usize>,
    /// Head of the clause or noun phrase that tells it.
    pub anchor: usize,
    /// Tokens of the extent.
    pub tokens: Vec<usize>,
    pub participants: Participants,
    pub outlook: Outlook,
    /// A noun that has no verb of its own ("after the shelling of X").
    pub nominal: bool,
    /// A noun that only gives the reason or occasion of another event.
    pub context: bool,
    /// What someone answers for: "claimed responsibility for killing nine guards".
    pub answered: bool,
    /// What someone is said to have done, as a noun: "blamed the raid on rebels".
    pub laid: bool,
    /// What someone is asked to stop: "to stop its attacks on drovers".
    pub to_stop: bool,
}

impl View<'_> {
    /// The best entry for a token.
    fn entry_at(&self, i: usize, part: Part, lemma: &str) -> Option<(usize, Vec<usize>)> {
        let mut best: Option<(usize, usize, Vec<usize>)> = None;
        for (pattern, owner) in self.lexicon.triggers.get(part, lemma) {
            let weight = pattern.elements.len() * 2 + usize::from(!self.lexicon.entries[owner].when.is_empty());
            if best.as_ref().is_some_and(|(w, _, _)| *w >= weight) {
                continue;
            }
            let entry = &self.lexicon.entries[owner];
            if self.matches(pattern, i, part).is_some()
                && self.holds(&entry.when, i, part)
                && !entry.unless.iter().any(|e| self.holds(std::slice::from_ref(e), i, part))
            {
                best = Some((weight, owner, self.words_of(pattern, i, part)));
            }
        }
        best.map(|(_, owner, words)| (owner, words))
    }

    /// The tokens near the head that a pattern asks for: particles, objects, modifiers.
    fn words_of(&self, pattern: &super::pattern::Pattern, i: usize, part: Part) -> Vec<usize> {
        let mut words = vec![i];
        for element in pattern.elements.iter().filter(|e| !e.negated) {
            let found = match element.place {
                Place::Particle | Place::Modifier => {
                    self.token(i).children().find(|c| self.is(c.i(), &element.words)).map(|c| c.i())
                }
                Place::Object if part == Part::Verb => {
                    self.token(i).children().find(|c| self.is(c.i(), &element.words)).map(|c| c.i())
                }
                Place::Preposition(ref preps) if part == Part::Verb => {
                    let arguments = self.arguments(i);
                    let hit = arguments.oblique.iter().find(|(p, o)| self.is(*p, preps) && self.is(*o, &element.words));
                    hit.map(|h| h.1)
                }
                _ => None,
            };
            words.extend(found.filter(|&f| f.abs_diff(i) <= 5 && element.words.names(self.lemma(f))));
        }
        words
    }

    /// All drafts of a reading's tokens, in text order.
    pub fn drafts(&self) -> Vec<Draft> {
        (0..self.doc.len()).filter_map(|i| self.draft_at(i)).collect()
    }

    /// A participle by which somebody says how he feels: "was 'deeply concerned' about", "were outraged by".
    fn is_of_feeling(&self, token: Token<'_>) -> bool {
        let stands = matches!(token.dep(), "acomp" | "oprd") || token.child("auxpass").is_some();
        let lexicon = self.lexicon;
        let speaks = |owner: usize| lexicon.entries[owner].family == Family::Speech;
        let mut known = lexicon.triggers.get(Part::Adjective, &token.text().to_lowercase());
        token.tag() == "VBN" && stands && known.any(|(_, owner)| speaks(owner))
    }

    fn draft_at(&self, i: usize) -> Option<Draft> {
        let token = self.token(i);
        let part = match token.pos() {
            // A gerund that fills a noun's place is one: "an end to fighting".
            "VERB"
                if token.tag() == "VBG"
                    && matches!(token.dep(), "dobj" | "pobj" | "pcomp" | "nsubj" | "nsubjpass" | "attr" | "conj")
                    && self.lexicon.triggers.get(Part::Noun, &token.text().to_lowercase()).next().is_some()
                    && token.children().all(|c| !matches!(c.dep(), "dobj" | "nsubj" | "aux"))
                    && !self.is_laid_on(token) =>
            {
                Part::Noun
            }
            "VERB" if self.is_of_feeling(token) => Part::Adjective,
            "VERB" => Part::Verb,
            "AUX" if !matches!(token.dep(), "aux" | "auxpass") => Part::Verb,
            "NOUN" => Part::Noun,
            "ADJ" => Part::Adjective,
            "PROPN"
                if !matches!(
                    token.ent_type(),
                    "PERSON" | "GPE" | "NORP" | "LOC" | "FAC" | "PRODUCT" | "WORK_OF_ART"
                ) =>
            {
                Part::Noun
            }
            _ => return None,
        };
        if part == Part::Noun && (matches!(token.dep(), "compound" | "nmod") || self.is_in_name(token))
            || part == Part::Verb && token.dep() == "amod"
        {
            return None;
        }
        let (owner, words) = self.entry_at(i, part, self.lemma(i)).or_else(|| {
            // Some inflected forms get a wrong lemma.
            let form = token.text().to_lowercase();
            if form == self.lemma(i) { None } else { self.entry_at(i, part, &form) }
        })?;
        let entry = &self.lexicon.entries[owner];
        let (first, last) = (words.iter().min().copied()?, words.iter().max().copied()?);
        let mut draft = Draft {
            entry: owner,
            kind: entry.kind.clone(),
            part,
            head: i,
            trigger: first..last + 1,
            anchor: i,
            tokens: Vec::new(),
            participants: Participants::default(),
            outlook: Outlook::default(),
            nominal: false,
            context: false,
            answered: false,
            laid: false,
            to_stop: false,
        };
        match part {
            Part::Verb => self.draft_verb(entry, &mut draft),
            Part::Noun => self.draft_noun(entry, &mut draft)?,
            Part::Adjective => self.draft_adjective(entry, &mut draft),
        }
        let whose = self.lexicon.frames[entry.frame].whose;
        if whose != Role::None {
            self.put_judged(draft.head, whose, &mut draft.participants);
        }
        // "opened fire": the words of the trigger take no part.
        let (head, trigger) = (draft.head, draft.trigger.clone());
        draft.participants.retain(|t| {
            t == head
                || !trigger.contains(&t)
                || !words.contains(&t)
                || ["actor", "thing", "arms"].iter().any(|class| self.in_named_class(t, class))
                    && !self.in_named_class(t, "held")
        });
        // "Did not deny": nothing is denied.
        let undone = entry.polarity == Some(Polarity::DidNotHappen) && token.children().any(|c| c.dep() == "neg");
        let untold = self.is_only_sorted(&draft)
            || self.is_epithet(&draft)
            || self.is_general(&draft)
            || self.is_only_rated(&draft)
            || self.is_of_office(&draft)
            || self.is_of_others(&draft)
            || self.is_no_other(&draft)
            || self.is_ranking(&draft)
            || self.is_of_tally(&draft);
        if untold || draft.outlook.warded || undone {
            return None;
        }
        if self.is_asked(&draft) {
            draft.outlook.sway(Sway::Doubt);
        }
        if let Some(polarity) = entry.polarity {
            match polarity {
                Polarity::Planned => draft.outlook.sway(Sway::Plan),
                Polarity::Conditional => draft.outlook.sway(Sway::Doubt),
                Polarity::DidNotHappen => draft.outlook.sway(Sway::Fail),
                Polarity::Happened => {}
            }
        }
        Some(draft)
    }

    /// "Accused the guard of firing on a crowd": the guard fired.
    fn is_laid_on(&self, gerund: Token<'_>) -> bool {
        let above = gerund.head().head();
        let verb = if above.dep() == "dobj" { above.head() } else { above };
        gerund.dep() == "pcomp" && gerund.head().is("of") && self.blames(verb.i())
    }

    fn draft_verb(&self, entry: &Entry, draft: &mut Draft) {
        let frame = &self.lexicon.frames[entry.frame];
        let arguments = self.arguments(draft.head);
        self.verb_roles(&arguments, frame, &mut draft.participants);
        if self.is_reduced_passive(entry, &arguments, draft.head) {
            let all = &mut draft.participants;
            (all.agents, all.patients) = (Vec::new(), std::mem::take(&mut all.agents));
        }
        self.outlook_of_clause(draft.head, &mut draft.outlook);
        draft.anchor = self.clause_head(draft.head);
        draft.tokens = self.clause_tokens(draft.anchor);
        let token = self.token(draft.head);
        if draft.anchor == draft.head && matches!(token.dep(), "acl" | "relcl") && !draft.tokens.is_empty() {
            // "agreements signed by the two", "violence that has erupted": with the noun it hangs on.
            let noun = token.head();
            let passive_or_subject = token.dep() == "acl" && token.tag() == "VBN";
            if passive_or_subject && noun.i() < draft.head {
                let left =
                    noun.children().filter(|c| c.i() < noun.i() && c.dep() != "punct").map(|c| c.left_edge().i());
                let start = left.min().unwrap_or(noun.i());
                draft.tokens.extend([start, noun.i()]);
            }
        }
    }

    /// The verb whose clause tells what `verb` says: past the verbs that only start, try or manage it.
    pub(super) fn clause_head(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..6 {
            let token = self.token(at);
            let head = token.head();
            let climbs = match token.dep() {
                "xcomp" => {
                    // "urged them to leave": the order is another happening, the content begins here.
                    (is_verb(head) || is_copular(head) || head.pos() == "ADJ")
                        && self.sway_over(head.i(), None, Over::Clause).is_some()
                        && !head.children().any(|c| c.dep() == "dobj" && c.i() < at)
                }
                "acomp" | "oprd" => is_copular(head) || is_verb(head),
                _ => false,
            };
            if !climbs {
                return at;
            }
            at = head.i();
        }
        at
    }

    fn draft_adjective(&self, entry: &Entry, draft: &mut Draft) {
        let frame = &self.lexicon.frames[entry.frame];
        let subject = self.surface_subject_of_predicate(draft.head);
        if let Some(subject) = subject {
            for s in self.conjuncts(subject) {
                draft.participants.put(frame.subject, s);
                for (prep, place) in self.noun_oblique(s) {
                    draft.participants.put_place_of(self, prep, place);
                }
            }
        }
        let token = self.token(draft.head);
        let head = token.head();
        // "Was found dead by guards": who finds the dead did not kill them.
        let found = self.in_named_class(head.i(), "find");
        let tells = |&(prep, _): &(usize, usize)| !(found && self.token(prep).is("by"));
        for (prep, object) in self.noun_oblique(draft.head).into_iter().filter(tells) {
            self.put_any_oblique(frame, prep, object, &mut draft.participants);
        }
        match token.dep() {
            "acomp" | "attr" | "oprd" | "conj" if is_copular(head) || is_verb(head) => {
                draft.anchor = head.i();
                self.outlook_of_clause(head.i(), &mut draft.outlook);
                for (prep, object) in self.arguments(head.i()).oblique.into_iter().filter(tells) {
                    self.put_any_oblique(frame, prep, object, &mut draft.participants);
                }
            }
            // "left 12 people dead", "12 people dead"
            "amod" if head.i() < draft.head && head.dep() == "dobj" && is_verb(head.head()) => {
                draft.anchor = head.head().i();
                self.outlook_of_clause(draft.anchor, &mut draft.outlook);
                for (prep, object) in self.arguments(draft.anchor).oblique {
                    self.put_any_oblique(frame, prep, object, &mut draft.participants);
                }
            }
            "pobj" if !head.is_root() => {
                draft.anchor = head.head().i();
                draft.nominal = true;
            }
            "amod" => {
                draft.anchor = head.i();
                draft.nominal = true;
                self.outlook_of_noun(head.i(), &mut draft.outlook);
            }
            _ => {}
        }
        draft.tokens = self.clause_tokens(draft.anchor);
    }

    pub(super) fn put_any_oblique(&self, frame: &Frame, prep: usize, object: usize, found: &mut Participants) {
        let arguments = Arguments { oblique: vec![(prep, object)], ..Arguments::default() };
        self.verb_roles(&arguments, frame, found);
    }
}

impl Participants {
    fn put_place_of(&mut self, view: &View<'_>, prep: usize, place: usize) {
        let arguments = Arguments { oblique: vec![(prep, place)], ..Arguments::default() };
        view.verb_roles(&arguments, &Frame::doer(), self);
    }
}
