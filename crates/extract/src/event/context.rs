//! Drafts beside each other: what only gives the occasion of another event, what tells nothing, speech with an event in it.
use super::clause::{opens_clause, own_clause};
use super::draft::Draft;
use super::lexicon::Family;
use super::merge::Slots;
use super::pattern::Part;
use super::view::View;
use super::words::Words;
use smol_str::SmolStr;
use std::collections::HashSet;
use variorum_syntax::Token;

/// Longest way up that is followed.
const REACH: usize = 10;

impl Slots<'_, '_> {
    /// Drops nouns that tell nothing by themselves.
    pub fn drop_empty(&mut self) {
        for slot in &mut self.drafts {
            let tells = slot.as_ref().is_none_or(|draft| {
                let all = &draft.participants;
                let entry = &self.view.lexicon.entries[draft.entry];
                let acted = !all.agents.is_empty() || !all.patients.is_empty();
                draft.part != Part::Noun
                    || !draft.nominal
                    || acted
                    || !draft.context && (entry.bare || !all.places.is_empty())
            });
            if !tells {
                *slot = None;
            }
        }
    }

    /// Marks what only says why, after what or of whom something else is told: "sanctions over the shelling",
    /// "claimed responsibility for the attack", "arrested the man who shot the guard".
    pub fn mark_context(&mut self) {
        for n in 0..self.drafts.len() {
            let occasion = self.drafts[n].as_ref().and_then(|d| self.occasion_of(d));
            let context = occasion.is_some() || self.drafts[n].as_ref().is_some_and(|d| self.is_description(d));
            let answered = occasion.is_some_and(|kind| matches!(kind.as_str(), "responsibility" | "sanction"));
            if let Some(draft) = &mut self.drafts[n] {
                draft.context |= context;
                draft.answered = answered;
            }
        }
        let told_of_it: Vec<bool> =
            self.drafts.iter().map(|d| d.as_ref().is_some_and(|d| self.tells_of_context(d))).collect();
        for (draft, context) in self.drafts.iter_mut().zip(told_of_it) {
            if let Some(draft) = draft {
                draft.context |= context;
            }
        }
    }

    /// "Denied allegations that it burnt the mill", "of burning the mill": what a word of saying says.
    fn is_content(&self, noun: Token<'_>) -> bool {
        noun.pos() == "NOUN" && self.view.in_named_class(noun.i(), "speech-noun")
    }

    /// "Blamed the guard for burning the mill": the burning is what is said.
    fn is_blame(&self, deed: Token<'_>) -> bool {
        let above = deed.head().head();
        let verb = if above.dep() == "dobj" { above.head() } else { above };
        let blames = self.with_word(verb.i()).and_then(|n| self.drafts[n].as_ref());
        deed.head().is("for") && blames.is_some_and(|d| d.kind == "accusation")
    }

    /// "Rallied over the accord that ended the fighting": what is told in the relative clause of an occasion.
    fn tells_of_context(&self, draft: &Draft) -> bool {
        let clause = self.clause_of(draft).filter(|c| c.dep() == "relcl");
        let clause = clause.filter(|c| !c.lefts().any(|w| self.view.opens_whereabouts(w)));
        let of = clause.and_then(|c| self.with_word(c.head().i())).and_then(|n| self.drafts[n].as_ref());
        of.is_some_and(|of| of.context && of.nominal && of.head != draft.head)
    }

    /// The relative or participle clause that a draft is in.
    fn clause_of(&self, draft: &Draft) -> Option<Token<'_>> {
        let mut clause = self.view.token(draft.anchor);
        // "tasked with fighting": up to the participle.
        for _ in 0..3 {
            match clause.dep() {
                "relcl" | "acl" => break,
                "pcomp" | "xcomp" | "conj" => clause = clause.head(),
                // "Helping the guard fight smugglers".
                "ccomp" if clause.tag() == "VB" => clause = clause.head(),
                "prep" | "attr" | "acomp" | "oprd" | "pobj" | "dobj" => clause = clause.head(),
                _ => return None,
            }
        }
        (matches!(clause.dep(), "relcl" | "acl") && clause.tag() != "VB").then_some(clause)
    }

    /// The type of the event in whose phrase of reason or time it stands, or whose blame, talk or inquiry it is about.
    fn occasion_of(&self, draft: &Draft) -> Option<SmolStr> {
        let view = self.view;
        let verbal = draft.part == Part::Verb;
        // "Expelled for taking part in riots": told by a gerund.
        let anchor = view.token(draft.anchor);
        let gerund = !verbal && anchor.dep() == "pcomp" && anchor.head().is("for");
        if self.family(draft) == Family::Speech || !verbal && !draft.nominal && !gerund || draft.laid {
            return None;
        }
        let mut at = view.token(if verbal { draft.head } else { draft.anchor });
        if verbal && (at.dep() != "pcomp" || self.is_content(at.head().head()) || self.is_blame(at)) {
            return None;
        }
        let violent = matches!(self.family(draft), Family::Violence | Family::Casualty);
        let (mut reason, mut apart) = (false, false);
        for _ in 0..REACH {
            if opens_clause(at.dep()) || own_clause(at) {
                return None;
            }
            let below = at;
            at = at.head();
            if matches!(below.dep(), "pobj" | "pcomp") {
                apart |= view.is_apart(at.i());
                reason |= view.is(at.i(), &view.lexicon.context_prepositions)
                    || violent && at.is("in")
                    || at.head().pos() == "NOUN" && view.in_named_class(at.head().i(), "reason");
            }
            let Some(above) = self.with_word(at.i()) else { continue };
            let Some(other) = &self.drafts[above] else { continue };
            if other.head == draft.head {
                continue;
            }
            if apart {
                return Some(other.kind.clone());
            }
            let inquiry = matches!(other.kind.as_str(), "responsibility" | "trial" | "investigation" | "sanction");
            // What someone denies is what his denial is about: "denied the shelling".
            let denied = other.kind == "denial" && other.part == Part::Verb && below.dep() == "dobj" && !reason;
            let talk = !verbal && !denied && matches!(other.kind.as_str(), "statement" | "accusation" | "denial");
            let act = matches!(self.family(other), Family::Act | Family::Speech);
            return (act && (reason || inquiry || talk)).then(|| other.kind.clone());
        }
        None
    }

    /// A relative or participle clause that only says which person or place is meant in another event.
    fn is_description(&self, draft: &Draft) -> bool {
        let view = self.view;
        let Some(clause) = self.clause_of(draft) else { return false };
        let noun = clause.head();
        let restrictive = clause.left_edge().nbor(-1).is_none_or(|t| t.pos() != "PUNCT");
        // "Shelled the quarter, where rockets hit a school" and "a raid in which they used gas" go on with the news.
        let goes_on = clause.tag() == "VBD" && clause.lefts().any(|c| view.opens_whereabouts(c));
        if !restrictive
            || self.is_content(noun)
            || noun.i() > clause.i()
            || self.with_word(noun.i()).is_some()
            || goes_on
        {
            return false;
        }
        // "Vardan, a cook helping the guard fight smugglers, …": who he is.
        if noun.dep() == "appos" && noun.head().ent_type() == "PERSON" {
            return true;
        }
        // "a bomb that killed dozens" tells of the bombing, unless someone answers for it.
        let means = view.is_means(noun.i()) || view.is_violent(noun.i());
        let mut at = noun;
        for _ in 0..REACH {
            if at.is_root() || matches!(at.dep(), "ccomp" | "parataxis") {
                return false;
            }
            at = at.head();
            if let Some(other) = self.with_word(at.i()).and_then(|n| self.drafts[n].as_ref())
                && other.head != draft.head
            {
                return !means || other.kind == "responsibility";
            }
        }
        false
    }

    /// Drops speech with an event in its content: "accused them of shelling the town" is about the shelling.
    pub fn drop_speech_with_content(&mut self) {
        let mut with_content = HashSet::new();
        for draft in self.drafts.iter().flatten() {
            if self.family(draft) == Family::Speech || draft.context {
                continue;
            }
            let mut at = self.view.token(draft.head);
            for _ in 0..REACH {
                if at.is_root() || matches!(at.dep(), "relcl" | "advcl" | "nsubj" | "nsubjpass") || own_clause(at) {
                    break;
                }
                at = at.head();
                with_content.insert(at.i());
            }
        }
        for slot in &mut self.drafts {
            let drop = slot.as_ref().is_some_and(|d| {
                let entry = &self.view.lexicon.entries[d.entry];
                entry.family == Family::Speech && !entry.nests && with_content.contains(&d.head)
            });
            if drop {
                *slot = None;
            }
        }
    }
}

impl View<'_> {
    /// "Where", "in which", "during which", at the head of a relative clause.
    fn opens_whereabouts(&self, word: Token<'_>) -> bool {
        word.is("where") || word.is_any(&["in", "during", "at"]) && word.child("pobj").is_some_and(|o| o.is("which"))
    }

    /// The type that follows from who does it to whom: an attack of rebels on soldiers is a clash.
    pub fn retype(&self, draft: &mut Draft) {
        let any = |list: &[usize], words: &Option<Words>| {
            // "A local operation" is of no locals.
            let is = |t: usize, w: &Words| self.token(t).pos() != "ADJ" && self.is_or_holds(t, w);
            words.as_ref().is_none_or(|w| list.iter().any(|&t| is(t, w) || self.of_kind(t, w)))
        };
        let all = &draft.participants;
        let rule = self
            .lexicon
            .retypes
            .iter()
            .filter(|r| !r.alone || all.patients.is_empty())
            .find(|r| r.from.contains(&draft.kind) && any(&all.agents, &r.agent) && any(&all.patients, &r.patient));
        if let Some(rule) = rule {
            draft.kind = rule.to.clone();
        }
    }

    /// Members and parts are what they are members and parts of: "members of the security forces", "army post".
    fn of_kind(&self, i: usize, words: &Words) -> bool {
        let membership = self.in_named_class(i, "membership");
        self.token(i).children().any(|c| match c.dep() {
            "prep" => membership && c.is("of") && c.child("pobj").is_some_and(|o| self.is(o.i(), words)),
            "compound" | "amod" | "nmod" => (membership || self.in_named_class(i, "post")) && self.is(c.i(), words),
            _ => false,
        })
    }
}
