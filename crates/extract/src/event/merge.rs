//! One event for one happening: triggers of one clause that tell the same are joined.
use super::clause::{is_of_more, is_with, left_with, opens_on_subject};
use super::draft::Draft;
use super::lexicon::{Family, Role};
use super::pattern::Part;
use super::view::{View, is_verb};
use std::collections::HashMap;
use variorum_model::Polarity;
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

    /// "Cessation of hostilities", "return to the negotiating table": a word of another trigger of the same type.
    fn around(&self, draft: &Draft) -> Option<usize> {
        let token = self.view.token(draft.head);
        let of = Some(token.head()).filter(|p| token.dep() == "pobj" && p.is("of")).map(|p| p.head().i());
        let of = of.filter(|_| draft.kind == "ceasefire").and_then(|noun| self.by_head.get(&noun));
        let other =
            |n: &&usize| self.drafts[**n].as_ref().is_some_and(|o| o.head != draft.head && o.kind == draft.kind);
        self.by_word.get(&draft.head).filter(other).or_else(|| of.filter(other)).copied()
    }

    /// Clauses: "killed … and wounded …"; "bombed the town, killing …"; "12 died when a bomb exploded".
    fn whole_of_clause(&self, draft: &Draft, clause: usize) -> Option<usize> {
        let token = self.view.token(clause);
        let family = self.family(draft);
        let head = match token.dep() {
            // "Killed nine and left ten wounded"
            "advcl" if token.tag() == "VBN" => self.past_leaving(token.head()).i(),
            "oprd" if token.tag() == "VBN" && token.head().dep() == "conj" => token.head().head().i(),
            "conj" | "advcl" => token.head().i(),
            // "Nine killed 43 others injured", "killed 43 injured", where the commas are lost
            "acl" if token.tag() == "VBN" && is_of_more(token.head()) => self.past_leaving(token.head().head()).i(),
            // "Left nine dead and ten injured"
            "acl" if let Some(verb) = left_with(token.head()).filter(|_| token.tag() == "VBN") => verb.i(),
            // "Clashed in the town, with nine people killed"
            "acl" if token.tag() == "VBN" && is_with(token.head()) => token.head().head().head().i(),
            // "Bombed the towns of Orlec and Haldin killing nine": the towns killed nobody.
            "acl" if token.tag() == "VBG" && token.head().pos() == "PROPN" && family == Family::Casualty => {
                self.bearer(token.head())?
            }
            // "A bomb planted on a cart exploded": one blast.
            "acl" if token.tag() == "VBN" && family == Family::Violence && token.head().dep() == "nsubj" => {
                let blast = token.head().head();
                let same = |n: usize| self.drafts[n].as_ref().is_some_and(|d| d.kind == draft.kind);
                return self.at(blast.i()).filter(|&n| draft.kind == "explosion" && same(n));
            }
            // "Killed 30 people injured 90", where the commas are lost
            "acl" if token.tag() == "VBN" && token.child("dobj").is_some() && token.head().dep() == "dobj" => {
                token.head().head().i()
            }
            // "Killed in operations targeting their posts": the same.
            "acl" if draft.kind == "attack" && token.tag() == "VBG" && token.head().dep() == "pobj" => {
                let noun = token.head();
                if !self.view.is_violent(noun.i()) {
                    return None;
                }
                noun.head().head().i()
            }
            // "The raid on Orlec, which killed nine"
            "relcl" if family == Family::Casualty && opens_on_subject(token) && token.child("nsubj").is_some() => {
                // "… on Orlec, which": the parser hangs it on the town.
                let town = |t: &Token<'_>| t.pos() == "PROPN" && t.dep() == "pobj" && self.at(t.i()).is_none();
                let nouns = std::iter::successors(Some(token.head()), |t| town(t).then(|| t.head().head()));
                let raid = self.at(nouns.take(NAMES).last()?.i())?;
                let nominal = |d: &Draft| d.nominal && self.family(d) == Family::Violence && !draft.outlook_differs(d);
                return self.drafts[raid].as_ref().is_some_and(nominal).then_some(raid);
            }
            // "Raids that targeted the mill": only how it hit.
            "relcl" if draft.kind == "attack" && opens_on_subject(token) => token.head().i(),
            "pcomp" => self.view.governor(clause)?,
            _ => return None,
        };
        // "Nine were killed and four hurt when …": the parser takes "hurt" for a noun.
        let hurt = self.view.token(head);
        let beside = hurt.pos() == "NOUN" && hurt.dep() == "conj" && is_verb(hurt.head());
        let head = if beside && self.at(head).is_none() { hurt.head().i() } else { head };
        let Some(above) = self.at(head) else { return self.of_doer(draft, clause) };
        let other = self.drafts[above].as_ref()?;
        // "The barrage killed nine while the raids killed ten": of each what it did.
        let finite = |verb: Token<'_>| matches!(verb.tag(), "VBD" | "VBZ" | "VBP");
        let acts = |verb: Token<'_>| {
            finite(verb) && verb.children().any(|c| c.dep() == "nsubj") && verb.child("dobj").is_some()
        };
        if acts(token) && acts(self.view.token(head)) {
            return None;
        }
        let same = match (family, token.dep(), self.family(other)) {
            (Family::Violence, "advcl", Family::Casualty) => self.view.is_when(clause) && !draft.outlook_differs(other),
            (Family::Casualty, "conj" | "acl", Family::Casualty) => true,
            (Family::Casualty, "oprd", Family::Casualty | Family::Violence) => true,
            (Family::Violence, "relcl", Family::Violence) => other.nominal,
            // "Were shot and killed by a guard": he shot them as well.
            (Family::Casualty, "conj", Family::Violence) => {
                let agents = &other.participants.agents;
                let own_subject = token.child_any(&["nsubj", "nsubjpass"]).is_some();
                draft.participants.agents == *agents || agents.is_empty() && !own_subject && token.tag() == "VBN"
            }
            (Family::Casualty, "advcl", Family::Casualty) => {
                matches!(token.tag(), "VBG" | "VBN") && token.child_any(&["nsubj", "mark", "advmod"]).is_none()
                    || token.tag() == "VBG"
                    || head < clause && self.view.is_while(clause)
            }
            // "Opened fire, striking two porters": that is whom he shot.
            (Family::Violence, "advcl", Family::Violence) => {
                let strikes = self.view.in_named_class(clause, "strike") && token.tag() == "VBG";
                strikes && head < clause && draft.kind == "attack"
            }
            // "Killed by shelling": the parser takes it for a verb.
            (Family::Violence, "pcomp", Family::Casualty | Family::Damage) => token.head().dep() == "agent",
            (Family::Casualty, "pcomp", Family::Violence) if token.head().is("with") => true,
            (Family::Violence, "acl", Family::Violence) if is_with(token.head()) => draft.kind == other.kind,
            (Family::Violence, "acl", Family::Violence | Family::Casualty) => draft.kind == "attack",
            (Family::Casualty, "acl", Family::Violence) if is_with(token.head()) => true,
            (Family::Casualty, "advcl", Family::Violence) if token.child("mark").is_some_and(|m| m.is("with")) => true,
            (Family::Casualty, "advcl" | "pcomp" | "acl", Family::Violence | Family::Damage) => token.tag() == "VBG",
            _ => false,
        };
        same.then_some(above)
    }

    /// "A suicide bomber drove a cart into a post, killing nine": what he did is his attack.
    fn of_doer(&self, draft: &Draft, clause: usize) -> Option<usize> {
        let shares = |verb: &Token<'_>| {
            let joined = verb.dep() == "conj" || verb.dep() == "advcl" && verb.tag() == "VBG";
            joined && verb.child_any(&["nsubj", "nsubjpass"]).is_none()
        };
        let first = Some(self.view.token(clause)).filter(shares);
        // "Executed nine drovers, lining them up and shooting them": how he did that.
        let harmed = |d: &Draft| matches!(self.family(d), Family::Violence | Family::Casualty);
        let again = |n: &usize| self.drafts[*n].as_ref().is_some_and(harmed);
        let them = self.view.token(clause).child("dobj").is_some_and(|o| o.tag() == "PRP");
        if them && self.family(draft) == Family::Violence {
            let mut line = std::iter::successors(first, |v| shares(v).then(|| v.head())).skip(1);
            return line.find_map(|v| self.at(v.i())).filter(again);
        }
        let verb = std::iter::successors(first, |v| shares(v).then(|| v.head())).last()?;
        let doer = self.at(verb.child("nsubj")?.i())?;
        let told = self.drafts[doer].as_ref()?;
        let harm = matches!(self.family(draft), Family::Casualty | Family::Damage) || draft.kind == told.kind;
        (harm && told.nominal && self.family(told) == Family::Violence).then_some(doer)
    }

    /// "Killed nine and left ten wounded": from the leaving to the killing.
    fn past_leaving<'t>(&self, verb: Token<'t>) -> Token<'t> {
        let bare = verb.dep() == "conj" && self.at(verb.i()).is_none();
        if bare { verb.head() } else { verb }
    }

    /// The verb of a draft that a name is an object or place of.
    fn bearer(&self, name: Token<'_>) -> Option<usize> {
        let mut at = name;
        for _ in 0..NAMES {
            if is_verb(at) {
                return self.at(at.i()).map(|_| at.i());
            }
            if !matches!(at.dep(), "conj" | "appos" | "pobj" | "prep" | "dobj" | "compound" | "nmod") {
                return None;
            }
            at = at.head();
        }
        None
    }

    /// Nouns that are arguments of a verb of the same happening: "attacks killed 32", "died in the shelling".
    fn whole_of_noun(&self, draft: &Draft) -> Option<usize> {
        let violent = matches!(self.family(draft), Family::Violence | Family::Casualty);
        let weak = self.view.lexicon.entries[draft.entry].weak;
        let mut at = draft.anchor;
        for _ in 0..4 {
            let token = self.view.token(at);
            if token.dep() == "conj" && token.head().pos() == "NOUN" {
                at = token.head().i();
                continue;
            }
            let head = match token.dep() {
                "nsubj" | "nsubjpass" | "dobj" | "compound" => token.head().i(),
                // "Nine were killed and four hurt in a raid"
                "conj" if at != draft.anchor && is_verb(token.head()) => token.head().i(),
                // "Due to raids": two prepositions.
                "pobj" if token.head().dep() == "pcomp" => token.head().head().head().i(),
                "pobj" if !self.view.is_apart(token.head().i()) => token.head().head().i(),
                _ => return None,
            };
            if let Some(above) = self.at(head) {
                let other = self.drafts[above].as_ref()?;
                // "The blasts did not cause any deaths": there were blasts.
                let harmless = self.family(other) == Family::Casualty
                    && other.part == Part::Noun
                    && token.dep() == "nsubj"
                    && other.outlook.polarity(true) == Polarity::DidNotHappen;
                if harmless {
                    return None;
                }
                let joins = match self.family(other) {
                    _ if other.kind == draft.kind || weak => true,
                    // "Violated the truce along the border"
                    _ if other.kind == "ceasefire-violation" && other.trigger.contains(&draft.head) => true,
                    _ if !violent => false,
                    Family::Casualty | Family::Damage => true,
                    Family::Violence => draft.participants.patients.is_empty(),
                    _ => false,
                };
                return joins.then_some(above);
            }
            // "Killed the mastermind of the bombing": not by it.
            if self.view.in_named_class(head, "author") {
                return None;
            }
            if !matches!(self.view.token(head).pos(), "NOUN" | "NUM" | "ADJ") {
                return None;
            }
            at = head;
        }
        None
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

/// Steps up from a name in a list to the verb.
const NAMES: usize = 12;

impl View<'_> {
    /// An infinitive that says to what end.
    fn is_purpose(&self, verb: usize) -> bool {
        let token = self.token(verb);
        matches!(token.dep(), "advcl" | "acl") && token.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
    }

    fn is_when(&self, verb: usize) -> bool {
        self.token(verb)
            .children()
            .any(|c| matches!(c.dep(), "advmod" | "mark") && c.is_any(&["when", "after", "as", "while", "because"]))
    }

    fn is_while(&self, verb: usize) -> bool {
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
