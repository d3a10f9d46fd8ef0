//! One event for one happening: triggers of one clause that tell the same are joined.
use super::draft::Draft;
use super::lexicon::{Family, Role, Sway};
use super::pattern::Part;
use super::polarity::{Outlook, Over};
use super::view::View;
use std::collections::HashMap;
use variorum_syntax::Token;

/// Drafts of a reading, found by the tokens that tell them. A draft that was joined to another leaves its slot empty.
pub(super) struct Slots<'v, 'd> {
    pub view: &'v View<'d>,
    pub drafts: Vec<Option<Draft>>,
    /// For a draft that was joined to another, which.
    joined: Vec<Option<usize>>,
    by_head: HashMap<usize, usize>,
    /// Verbs that tell a noun or adjective: "resulted in the deaths of", "left two dead".
    by_anchor: HashMap<usize, usize>,
    /// Words of triggers beside the head.
    by_word: HashMap<usize, usize>,
}

impl<'v, 'd> Slots<'v, 'd> {
    pub fn new(view: &'v View<'d>, drafts: Vec<Draft>) -> Self {
        let mut slots = Slots {
            view,
            drafts: Vec::with_capacity(drafts.len()),
            joined: vec![None; drafts.len()],
            by_head: HashMap::new(),
            by_anchor: HashMap::new(),
            by_word: HashMap::new(),
        };
        for (n, draft) in drafts.into_iter().enumerate() {
            slots.by_head.insert(draft.head, n);
            // "Left two people hurt": a participle that says what became of the object.
            let result = draft.anchor != draft.head && view.token(draft.head).dep() == "oprd";
            if draft.part != Part::Verb && !draft.nominal || result {
                slots.by_anchor.insert(draft.anchor, n);
            }
            for word in draft.trigger.clone() {
                slots.by_word.entry(word).or_insert(n);
            }
            slots.drafts.push(Some(draft));
        }
        slots
    }

    /// The living draft that a token heads or tells.
    pub fn at(&self, token: usize) -> Option<usize> {
        let n = self.by_head.get(&token).or_else(|| self.by_anchor.get(&token)).copied()?;
        let whole = std::iter::successors(Some(n), |&n| self.joined[n]).take(self.drafts.len()).last()?;
        self.drafts[whole].is_some().then_some(whole)
    }

    /// As [`Slots::at`], for any word of a trigger.
    pub fn with_word(&self, token: usize) -> Option<usize> {
        self.at(token).or_else(|| self.by_word.get(&token).copied().filter(|&n| self.drafts[n].is_some()))
    }

    pub fn family(&self, draft: &Draft) -> Family {
        self.view.lexicon.entries[draft.entry].family
    }

    /// Joins drafts of one happening and gives each its type.
    pub fn merge(&mut self) {
        // From the end, so that what hangs deeper is mostly joined before what it hangs on.
        for n in (0..self.drafts.len()).rev() {
            let Some(target) = self.drafts[n].as_ref().and_then(|d| self.whole_of(d)) else { continue };
            if target == n {
                continue;
            }
            if let Some(part) = self.drafts[n].take()
                && let Some(mut whole) = self.drafts[target].take()
            {
                if self.is_to_stop(&part, &whole) {
                    let kind = self.view.lexicon.entries[part.entry].kind.clone();
                    let kept = Draft { kind, to_stop: true, outlook: Outlook::default(), ..part.clone() };
                    self.join(&mut whole, part);
                    self.drafts[target] = Some(whole);
                    self.drafts[n] = Some(kept);
                    continue;
                }
                self.join(&mut whole, part);
                self.drafts[target] = Some(whole);
                self.joined[n] = Some(target);
            }
        }
        for n in 0..self.drafts.len() {
            if let Some(mut draft) = self.drafts[n].take() {
                self.settle(&mut draft);
                self.drafts[n] = Some(draft);
            }
        }
    }

    /// "Urged Oria to stop its attacks on drovers": who asks for the end of somebody's violence tells of it as well.
    fn is_to_stop(&self, part: &Draft, whole: &Draft) -> bool {
        let noun = self.view.token(part.head);
        let asked = whole.kind == "ceasefire" && whole.part == Part::Verb && self.view.is_wanted(whole.head);
        asked && self.family(part) == Family::Violence && noun.dep() == "dobj" && noun.child("poss").is_some()
    }

    /// The draft that this one is only a part of.
    fn whole_of(&self, draft: &Draft) -> Option<usize> {
        let view = self.view;
        if draft.part == Part::Verb && view.is_purpose(draft.head) {
            // "moved in to seize the town", "talks to end the war": the aim of what is told belongs to it.
            let told = self.with_word(view.token(draft.head).head().i())?;
            return (self.family(self.drafts[told].as_ref()?) != Family::Speech).then_some(told);
        }
        if let Some(n) = self.around(draft) {
            return Some(n);
        }
        // "Were forced to flee": one flight.
        let above =
            (view.token(draft.head).dep() == "xcomp").then(|| self.by_head.get(&view.token(draft.head).head().i()));
        if let Some(&n) = above.flatten()
            // "Ordered them to stop shelling the mill": one order.
            && self.drafts[n].as_ref().is_some_and(|d| {
                let stopped = d.kind == "ceasefire" && self.family(draft) == Family::Violence;
                d.part == Part::Verb && (d.kind == draft.kind || stopped)
            })
        {
            return Some(n);
        }
        match draft.part {
            Part::Verb => self.whole_of_clause(draft, draft.head),
            _ if draft.nominal => self.whole_of_noun(draft),
            _ => {
                // "halt hostilities", "hold talks": the verb is a trigger as well.
                let verb = self.by_head.get(&draft.anchor).copied().filter(|&n| self.drafts[n].is_some());
                match verb.and_then(|n| self.drafts[n].as_ref().map(|d| (n, d))) {
                    Some((n, other)) => {
                        // "Drennish shells hit a mill": "hit" is the same attack, and not only what the shells did.
                        let hit = self.family(other) == Family::Violence && other.kind == "attack";
                        let one = other.kind == draft.kind
                            || other.trigger.contains(&draft.head)
                            || hit && self.family(draft) == Family::Violence;
                        (other.part == Part::Verb && one).then_some(n)
                    }
                    None => self.whole_of_clause(draft, draft.anchor),
                }
            }
        }
    }

    /// "Cessation of hostilities", "an end to the fighting", "return to the negotiating table": a word of another trigger of the same type.
    fn around(&self, draft: &Draft) -> Option<usize> {
        let token = self.view.token(draft.head);
        let of = Some(token.head()).filter(|p| token.dep() == "pobj" && p.is_any(&["of", "to"])).map(|p| p.head().i());
        let of = of.filter(|_| draft.kind == "ceasefire").and_then(|noun| self.by_head.get(&noun));
        let other =
            |n: &&usize| self.drafts[**n].as_ref().is_some_and(|o| o.head != draft.head && o.kind == draft.kind);
        self.by_word.get(&draft.head).filter(other).or_else(|| of.filter(other)).copied()
    }

    fn join(&self, into: &mut Draft, part: Draft) {
        if part.part == Part::Verb && self.view.is_purpose(part.head) {
            into.tokens.extend(&part.tokens);
            return;
        }
        let (whole, piece) = (self.family(into), self.family(&part));
        if piece == Family::Violence && matches!(whole, Family::Casualty | Family::Damage | Family::Violence)
            || into.kind == "attack" && part.kind != "attack"
        {
            let mut kind = part.kind.clone();
            if kind == "attack"
                && self.view.lexicon.entries[part.entry].by_means
                && let Some(by_means) = self.view.kind_by_means(&part)
            {
                kind = by_means;
            }
            if self.view.rank(&kind) <= self.view.rank(&into.kind) && into.kind != "execution" {
                into.kind = kind;
            }
        }
        // "The army repelled an attack by rebels": whose attack it is are those that it fought.
        if into.kind == "armed-clash" && into.part == Part::Verb && part.part == Part::Noun {
            let own = into.participants.agents.clone();
            for &foe in part.participants.agents.iter().filter(|a| !own.is_empty() && !own.contains(a)) {
                into.participants.put(Role::Patient, foe);
            }
        }
        // The violent noun is no agent itself: whose it is is.
        into.participants.agents.retain(|&a| a != part.anchor && a != part.head);
        into.participants.patients.retain(|&a| a != part.anchor && a != part.head);
        // "The raid on Orlec, which killed nine": "which" is the raid, whatever the parser takes it for.
        let which = self.view.token(part.head).dep() == "relcl" && part.part == Part::Verb;
        into.context &= !which;
        if into.participants.agents.is_empty() && !which {
            into.participants.agents = part.participants.agents.clone();
        }
        for &place in &part.participants.places {
            into.participants.put(Role::Place, place);
        }
        for &patient in &part.participants.patients {
            into.participants.put(Role::Patient, patient);
        }
        into.tokens.extend(&part.tokens);
    }

    /// Gives a draft the type of its means and of its participants.
    fn settle(&self, draft: &mut Draft) {
        let view = self.view;
        if matches!(self.family(draft), Family::Violence | Family::Casualty) {
            // What is thrown or fired is no one that it is done to.
            draft.participants.patients.retain(|&p| !view.is_thrown(p));
        }
        // "The boy stabbed himself": nobody attacked him.
        let object = view.token(draft.head).child("dobj").filter(|_| draft.part == Part::Verb);
        if draft.kind == "attack"
            && object.is_some_and(|o| o.tag() == "PRP" && o.text().to_lowercase().ends_with("self"))
        {
            draft.kind = "other".into();
        }
        // "Halted the airstrikes": they are over, whatever they were flown with.
        if view.lexicon.entries[draft.entry].by_means
            && draft.kind != "ceasefire"
            && let Some(kind) = view.kind_by_means(draft)
            && (matches!(draft.kind.as_str(), "attack" | "destruction") || view.rank(&kind) < view.rank(&draft.kind))
        {
            draft.kind = kind;
        }
        view.retype(draft);
    }
}

impl<'d> View<'d> {
    /// An infinitive or clause of what is asked for: "urged them to stop", "demanded that they stop".
    fn is_wanted(&self, verb: usize) -> bool {
        // "To step in and stop"
        let beside = |t: &Token<'d>| (t.dep() == "conj").then(|| t.head());
        let token = std::iter::successors(Some(self.token(verb)), beside).last().unwrap_or(self.token(verb));
        let asks =
            |t: usize| self.sway_over(t, None, Over::Clause) == Some(Sway::Want) || self.in_named_class(t, "appeal");
        matches!(token.dep(), "xcomp" | "ccomp" | "advcl") && asks(token.head().i())
    }

    /// An infinitive that says to what end.
    fn is_purpose(&self, verb: usize) -> bool {
        let token = self.token(verb);
        matches!(token.dep(), "advcl" | "acl") && token.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
    }

    pub(super) fn is_when(&self, verb: usize) -> bool {
        self.token(verb)
            .children()
            .any(|c| matches!(c.dep(), "advmod" | "mark") && c.is_any(&["when", "after", "as", "while", "because"]))
    }

    pub(super) fn is_while(&self, verb: usize) -> bool {
        self.token(verb).children().any(|c| c.dep() == "mark" && c.is_any(&["while", "and", "as"]))
    }

    /// A shell, a stone, a canister: what is thrown or fired.
    fn is_thrown(&self, i: usize) -> bool {
        self.in_named_class(i, "thrown") || self.counted(i).is_some_and(|c| self.in_named_class(c, "thrown"))
    }

    /// Place of a type among those that means give; the more specific is lower.
    fn rank(&self, kind: &str) -> usize {
        self.lexicon.means_rank.get(kind).copied().unwrap_or(usize::MAX)
    }
}

impl Draft {
    pub fn outlook_differs(&self, other: &Draft) -> bool {
        self.outlook.polarity(true) != other.outlook.polarity(true)
    }
}
