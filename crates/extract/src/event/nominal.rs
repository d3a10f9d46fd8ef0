//! Drafts from nouns: what the words that govern a noun do to the happening it names.
use super::arguments::Arguments;
use super::draft::Draft;
use super::lexicon::{Entry, Family, Frame, Role, Sway};
use super::polarity::{Outlook, Over};
use super::roles::Participants;
use super::view::{View, is_copular, is_definite, is_verb};
use variorum_model::Polarity;
use variorum_syntax::Token;

impl View<'_> {
    /// A noun counts when something says whose, whom or where, or when a verb says that it took place.
    pub(super) fn draft_noun(&self, entry: &Entry, draft: &mut Draft) -> Option<()> {
        if self.is_means(draft.head) && self.is_wrecked(draft.head) || self.is_only_named(self.token(draft.head)) {
            return None;
        }
        let frame = &self.lexicon.frames[entry.frame];
        self.noun_roles(draft.head, frame, &mut draft.participants);
        if matches!(entry.family, Family::Violence | Family::Casualty)
            && let Some(accused) = self.accused_of(draft.head)
        {
            draft.laid = true;
            draft.participants.patients.retain(|&t| t != accused);
            draft.participants.agents = self.conjuncts(accused);
        }
        self.outlook_of_noun(draft.head, &mut draft.outlook);
        draft.nominal = true;
        let mut at = draft.head;
        if let Some(verb) = self.relative_occurrence(draft.head) {
            // "violence that has erupted in the north"
            draft.anchor = verb;
            draft.nominal = false;
            for (prep, object) in self.arguments(verb).oblique {
                self.put_any_oblique(frame, prep, object, &mut draft.participants);
            }
            self.outlook_of_clause(verb, &mut draft.outlook);
            draft.tokens = self.clause_tokens(verb);
            draft.tokens.extend(self.clause_tokens(draft.head));
            return Some(());
        }
        for _ in 0..4 {
            let token = self.token(at);
            let head = token.head();
            if token.is_root() {
                break;
            }
            let (governor, via) = match token.dep() {
                "pobj" | "pcomp" if !head.is_root() => (head.head().i(), Some(head.i())),
                // "carried out what it calls an operation": the naming stands between the act and its object.
                "dobj" | "oprd" | "attr" if self.is_naming_clause(head) => (head.head().i(), None),
                "dobj" | "nsubj" | "nsubjpass" | "attr" | "oprd" | "dative" => (head.i(), None),
                "conj" if matches!(head.pos(), "NOUN" | "PROPN") || head.tag() == "VBG" && head.dep() != "ROOT" => {
                    self.share_with_conjunct(frame, head.i(), draft);
                    at = head.i();
                    continue;
                }
                _ => break,
            };
            let dep = token.dep();
            let governing = self.token(governor);
            // "A total of 18 raids" are raids.
            if dep == "pobj" && head.is("of") && governing.pos() == "NOUN" && self.in_named_class(governor, "quantity")
            {
                at = governor;
                continue;
            }
            if dep == "pobj" && self.lemma(head.i()) == "without" {
                draft.outlook.sway(Sway::Fail);
            }
            // "made by the army" leads back to who does it, not to the verb.
            let by = dep == "pobj" && head.dep() == "agent";
            let Some(sway) = self.sway_over(governor, via.filter(|_| !by), Over::Noun) else {
                // "Is due in Orlec for talks"
                let how = governing.child("acomp").filter(|how| self.in_named_class(how.i(), "coming"));
                let ahead = how.filter(|_| via.is_some()).and_then(|how| self.sway_over(how.i(), None, Over::Noun));
                ahead.filter(|s| *s == Sway::Plan).into_iter().for_each(|s| draft.outlook.sway(s));
                break;
            };
            // "Backed by air strikes", "threatened by the raid": they are there.
            let sway = if by && matches!(sway, Sway::Plan | Sway::Want) { Sway::Occur } else { sway };
            let definite = is_definite(token);
            // "The purpose of this raid is": the raid is under way. "Hid to dodge the volleys": there were some.
            if definite && ["purpose", "dodge"].iter().any(|class| self.in_named_class(governor, class)) {
                break;
            }
            // "The strike was requested", "will discuss the attack": violence that the words take for known is there. Who planned it did it.
            let violent = matches!(entry.family, Family::Violence | Family::Casualty);
            let wanted = is_verb(governing) && matches!(sway, Sway::Plan | Sway::Want) && at == draft.head;
            let sway = match wanted && violent {
                true if self.in_named_class(governor, "discuss") => break,
                true if is_known(token) && (sway == Sway::Want || governing.child("neg").is_some()) => break,
                // "Threatened the bombing of the port": not yet.
                true if is_known(token) && !self.in_named_class(governor, "threatening") => Sway::Do,
                // "Offered an apology": by that it is made.
                _ if wanted && entry.family == Family::Speech && self.in_named_class(governor, "offer") => Sway::Do,
                _ => sway,
            };
            if governing.pos() == "NOUN" {
                draft.outlook.sway(sway);
                draft.anchor = governor;
                self.outlook_of_noun(governor, &mut draft.outlook);
                if sway == Sway::End {
                    self.end(entry, &[], draft);
                }
                let mut outer = Participants::default();
                self.noun_roles(governor, frame, &mut outer);
                outer.patients.clear();
                self.complete(&mut draft.participants, &outer);
                at = governor;
                continue;
            }
            if !(is_verb(governing) || is_copular(governing)) {
                break;
            }
            let arguments = self.arguments(governor);
            let as_subject = by || matches!(dep, "nsubj") && !arguments.passive;
            let fits = match sway {
                // "the attack stopped traffic" ends something else.
                Sway::End | Sway::Begin if as_subject => arguments.objects.is_empty(),
                // "The raid threatens to end the truce": it is there to do so.
                Sway::Plan | Sway::Want if as_subject => false,
                // "The accord failed to stop the raids": there is one.
                Sway::Fail if as_subject && governing.child("xcomp").is_some() => false,
                Sway::Cause => !as_subject,
                Sway::Manage => false,
                Sway::Do | Sway::Undergo | Sway::Try => !as_subject,
                Sway::Occur => as_subject || (arguments.passive && dep == "nsubjpass") || dep == "attr",
                _ => true,
            };
            if !fits {
                break;
            }
            draft.outlook.sway(sway);
            draft.outlook.warded |= sway == Sway::Avert && self.is_ahead(governing);
            draft.anchor = governor;
            draft.nominal = false;
            // "The fort came under the shelling of the guard": it is the guard's.
            if sway == Sway::Undergo && self.lemma(governor) == "come" {
                let of = |&(prep, _): &(usize, usize)| self.token(prep).is("of");
                let theirs: Vec<usize> = self.noun_oblique(draft.head).into_iter().filter(of).map(|(_, o)| o).collect();
                draft.participants.patients.retain(|p| !theirs.contains(p));
                for owner in theirs {
                    self.verb_roles(
                        &Arguments { subjects: vec![owner], ..Default::default() },
                        &Frame::doer(),
                        &mut draft.participants,
                    );
                }
            }
            // "Had no part in the raid"
            let share = governing.child("dobj").filter(|o| o.i() != at && sway == Sway::Do);
            if share.is_some_and(|o| o.children().any(|c| c.dep() == "det" && c.is("no"))) {
                draft.outlook.sway(Sway::Fail);
            }
            // "The guard was involved in the raid": it took part. Who is involved in a shooting may have been shot.
            let party = |i: &usize| self.is_named_or(*i, "troops");
            let involved = sway == Sway::Do && arguments.passive && via.is_some_and(|p| self.token(p).is("in"));
            let involved = involved && draft.kind != "shooting" && arguments.objects.iter().all(party);
            let taking_part = if involved { &arguments.objects } else { &arguments.subjects };
            let mut described = self.only_described(&draft.participants);
            // "The guard began raids by its scouts": whose they are is told. "The guard and the clans began talks": both.
            let owned = !draft.participants.agents.is_empty() && !described;
            if !as_subject {
                for &subject in taking_part {
                    if (self.is_means(subject) || self.is_vehicle(subject)) && sway != Sway::Undergo {
                        let mut owner = Participants::default();
                        self.verb_roles(
                            &Arguments { subjects: vec![subject], ..Default::default() },
                            &Frame::doer(),
                            &mut owner,
                        );
                        self.complete(&mut draft.participants, &owner);
                        continue;
                    }
                    // "Troops crossed the line, sparking clashes with the guard": with whom they clashed are the troops.
                    let with = |c: Token<'_>| c.dep() == "prep" && c.is("with");
                    let side = sway == Sway::Cause && frame.is_mutual() && token.children().any(with);
                    let acts = |i: usize| self.is_named_or(i, "actor");
                    let role = match sway {
                        Sway::Cause if side && acts(subject) => Role::Agent,
                        Sway::Do | Sway::Begin | Sway::Plan | Sway::Try | Sway::Fail | Sway::End => Role::Agent,
                        Sway::Undergo => Role::Patient,
                        _ => Role::None,
                    };
                    let agent = role == Role::Agent;
                    if agent && std::mem::take(&mut described) {
                        draft.participants.agents.clear();
                    }
                    if !(agent && !side && owned && sway != Sway::Do) {
                        draft.participants.put(role, subject);
                    }
                }
            }
            // "Accused of committing crimes by the guild": who commits them is the subject.
            let done_by = !arguments.passive && !arguments.subjects.is_empty() && !as_subject;
            for &(prep, object) in &arguments.oblique {
                if object != at && !(done_by && self.preposition(prep) == "by") {
                    self.put_any_oblique(frame, prep, object, &mut draft.participants);
                }
            }
            // "The vote is due next year"
            let coming =
                |how: &Token<'_>| as_subject && is_copular(governing) && self.in_named_class(how.i(), "coming");
            let said_of_it = governing.child("acomp").filter(coming).filter(|_| !entry.state);
            let ahead = said_of_it.and_then(|how| self.sway_over(how.i(), None, Over::Noun));
            ahead.filter(|s| matches!(s, Sway::Plan | Sway::Doubt)).into_iter().for_each(|s| draft.outlook.sway(s));
            // "Fled to escape the shooting": there was one.
            let endured = sway == Sway::Undergo && token.children().any(|c| c.dep() == "det" && c.is("the"));
            // "The attack was not an isolated one": what is denied is how it was.
            let told_how = |c: Token<'_>| matches!(c.dep(), "attr" | "acomp");
            let described = definite && as_subject && sway == Sway::Occur && governing.children().any(told_how);
            let denied = governing.child("neg").is_some() && governing.children().all(|c| c.tag() != "MD");
            // "There is no sign that the raid was a reprisal"
            let denied = denied || self.in_named_class(governing.head().i(), "evidence");
            // "It was unclear if the raid was carried out by Karovia": there was a raid; whose it was is asked.
            let asked = definite && dep.starts_with("nsubj") && self.asks_about(governing);
            if asked {
                draft.participants.agents.clear();
            }
            if !(endured || described && denied || asked) {
                self.outlook_of_clause(governor, &mut draft.outlook);
            }
            if matches!(sway, Sway::Do | Sway::Undergo) && governor < draft.head && draft.head - governor <= 5 {
                draft.trigger.start = draft.trigger.start.min(governor);
            }
            // "The attack was over at dawn": one attack comes to its end without a truce.
            let by_itself = as_subject && draft.kind == "attack" && token.tag() == "NN";
            if sway == Sway::End && !by_itself {
                self.end(entry, if owned { &[] } else { taking_part }, draft);
            }
            break;
        }
        let all = &draft.participants;
        let has_participant = !all.agents.is_empty() || !all.patients.is_empty();
        if draft.nominal && !has_participant && !entry.bare && draft.anchor == draft.head && all.places.is_empty() {
            // Kept for merging only: a verb may lean on it ("killed in the shelling").
            draft.outlook = Outlook::default();
        }
        draft.tokens = self.clause_tokens(if draft.nominal { draft.anchor } else { self.clause_head(draft.anchor) });
        Some(())
    }

    /// An indirect question: "unclear whether …", "did not say if …".
    fn asks_about(&self, verb: Token<'_>) -> bool {
        let mark = |word: &str| verb.children().any(|c| c.dep() == "mark" && c.is(word));
        let open = || verb.head().children().chain([verb.head()]).any(|c| self.in_named_class(c.i(), "open-question"));
        mark("whether") && verb.dep() != "advcl" || mark("if") && open()
    }

    /// "Called the raid an act of war": a name for it, and no other happening.
    fn is_only_named(&self, noun: Token<'_>) -> bool {
        let verb = noun.head();
        let beside = |c: Token<'_>| c.dep() == "dobj" || matches!(c.dep(), "nsubj" | "nsubjpass") && c.i() > verb.i();
        let called = verb.children().any(|c| c != noun && c.tag() != "WP" && beside(c) && c.i() < noun.i());
        noun.dep() == "oprd" && self.in_named_class(verb.i(), "naming") && called
    }

    /// "What it calls …" as the object of another verb.
    fn is_naming_clause(&self, verb: Token<'_>) -> bool {
        self.in_named_class(verb.i(), "naming")
            && matches!(verb.dep(), "ccomp" | "dobj" | "xcomp")
            && is_verb(verb.head())
            && verb.children().any(|c| c.tag() == "WP")
    }

    /// The relative clause that says that a noun took place.
    fn relative_occurrence(&self, noun: usize) -> Option<usize> {
        let clause = self.token(noun).children().find(|c| c.dep() == "relcl" && is_verb(*c))?;
        let subject = clause.child("nsubj")?;
        let occurs = matches!(self.sway_over(clause.i(), None, Over::Noun), Some(Sway::Occur | Sway::Begin));
        (occurs && self.antecedent(subject.i()) == noun && clause.child("dobj").is_none()).then_some(clause.i())
    }

    /// "an end to hostilities", "fighting stopped": force that ends is a truce. `enders` are those who end it, or fail to.
    fn end(&self, entry: &Entry, enders: &[usize], draft: &mut Draft) {
        // "The raid ended the truce", "the truce collapsed", "suspended its relief work": there is none any more.
        if matches!(draft.kind.as_str(), "ceasefire" | "aid") && draft.outlook.polarity(false) == Polarity::Happened {
            draft.outlook.sway(Sway::Fail);
        }
        // "The shelling has not stopped", "failed to halt the murder of monks": it goes on, and not by them.
        let ongoing = entry.family == Family::Casualty || self.lexicon.ongoing.contains(&draft.kind);
        let fails = entry.family == Family::Violence && draft.outlook.polarity(true) == Polarity::DidNotHappen;
        if ongoing || fails {
            // What somebody is yet to end is taken for known; that the shelling has not stopped is news.
            let open = draft.outlook.polarity(false) != Polarity::Happened;
            draft.context |= open && !enders.contains(&draft.head);
            draft.outlook = Outlook::default();
            draft.participants.agents.retain(|a| !enders.contains(a));
        } else if entry.family == Family::Violence {
            draft.kind = "ceasefire".into();
        }
    }

    /// "shelling and drone attacks against the town": what the first lacks, the other may have, and the reverse.
    fn share_with_conjunct(&self, frame: &Frame, other: usize, draft: &mut Draft) {
        let mut shared = Participants::default();
        self.noun_roles(other, frame, &mut shared);
        self.complete(&mut draft.participants, &shared);
    }
}

/// "The raid", "these raids", "Monday's raid": one that the reader is taken to know of.
fn is_known(noun: Token<'_>) -> bool {
    is_definite(noun) || noun.children().any(|c| c.dep() == "poss" && c.ent_type() == "DATE")
}
