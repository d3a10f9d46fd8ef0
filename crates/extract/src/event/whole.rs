//! Which happening a trigger only tells a part of: clauses ("bombed the town, killing nine") and nouns ("attacks killed 32").
use super::clause::{is_of_more, is_with, left_with, opens_on_subject};
use super::draft::Draft;
use super::lexicon::Family;
use super::merge::Slots;
use super::pattern::Part;
use super::view::is_verb;
use variorum_model::Polarity;
use variorum_syntax::Token;

impl Slots<'_, '_> {
    /// Clauses: "killed … and wounded …"; "bombed the town, killing …"; "12 died when a bomb exploded".
    pub(super) fn whole_of_clause(&self, draft: &Draft, clause: usize) -> Option<usize> {
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
                let same = |d: &Draft| draft.kind == "explosion" && d.kind == draft.kind;
                // "Rockets fired at Orlec killed nine"
                let fired = |d: &Draft| self.view.is_means(token.head().i()) && self.family(d) == Family::Casualty;
                let one = |d: &Draft| same(d) || fired(d);
                return self.at(blast.i()).filter(|&n| self.drafts[n].as_ref().is_some_and(one));
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
                let nominal =
                    |d: &Draft| d.part == Part::Noun && self.family(d) == Family::Violence && !draft.outlook_differs(d);
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
        // "Nine have been killed this year, and ten have been killed in raids": of each how many.
        let by = |verb: Token<'_>| {
            let violent = |p: Token<'_>| p.child("pobj").is_some_and(|o| self.view.is_violent(o.i()));
            verb.children().any(|p| p.is_any(&["in", "by", "during"]) && violent(p))
        };
        let twice = token.dep() == "conj" && token.lemma() == self.view.token(head).lemma();
        if twice && token.child("nsubjpass").is_some() && token.child("aux").is_some() && by(token) {
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
    pub(super) fn whole_of_noun(&self, draft: &Draft) -> Option<usize> {
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
                // "A string of attacks, including a blast in Orlec": one of them, with a place and a day of its own.
                "pobj" if token.head().is("including") => return None,
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
                // "Stepped up raids following attacks on the mill": those of others.
                let prep = token.head();
                let occasion = token.dep() == "pobj" && self.view.in_named_class(prep.i(), "sequel");
                if occasion && violent && self.family(other) == Family::Violence && other.part == Part::Noun {
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
}

/// Steps up from a name in a list to the verb.
const NAMES: usize = 12;
