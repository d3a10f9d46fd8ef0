//! What stands near a trigger: right beside it, in the same list, or further left.
use super::attach::{Link, Scene};
use super::counted::{Counted, Kind};
use super::lexicon::{Form, Frame};
use super::trigger::Trigger;

/// What lies to the left of a trigger.
pub(super) struct Left {
    pub counted: Option<usize>,
    pub passive: bool,
    pub perfect: bool,
    pub negated: bool,
    /// "who" stands between: the verb is about the nearest phrase alone.
    pub relative: bool,
    /// A trigger joined to this one by "and" or "or", which shares its phrase.
    pub joined: Option<usize>,
}

impl Scene<'_, '_, '_> {
    /// A participle inside the phrase: "two wounded soldiers".
    pub fn inner(&self, trigger: &Trigger) -> Option<usize> {
        let c = self.owner_of(trigger.tokens.start)?;
        let counted = &self.counted[c];
        let inside = counted.start < trigger.tokens.start || counted.kind == Kind::Bare;
        // "four shooting suspects": they shot.
        let active = trigger.form == Form::Gerund && trigger.entry.frame == Frame::Transitive;
        (inside
            && trigger.tokens.end <= counted.head + usize::from(counted.partitive)
            && matches!(counted.kind, Kind::Numeric | Kind::Indefinite)
            && trigger.form != Form::Base
            && !active)
            .then_some(c)
    }

    /// The phrase that starts right after a trigger.
    pub fn right(&self, from: usize) -> Option<usize> {
        let w = &self.lexicon.syntax;
        let mut at = from;
        while at < self.sent.end && at < from + 5 {
            if let Some(c) = self.owner_of(at) {
                return (self.counted[c].tokens.start >= from.saturating_sub(1)).then_some(c);
            }
            let token = self.text.doc.token(at);
            let skipped = matches!(token.pos(), "ADV" | "DET")
                || w.others.contains(&self.text.words[at])
                || matches!(self.word(at), "of" | ":" | "were" | "was" | "are" | "\"" | "“" | "up" | "off");
            if !skipped {
                return None;
            }
            at += 1;
        }
        None
    }

    /// What stands before a trigger: auxiliaries, negation, the phrase.
    pub fn left(&self, start: usize) -> Left {
        let w = &self.lexicon.syntax;
        let mut left =
            Left { counted: None, passive: false, perfect: false, negated: false, relative: false, joined: None };
        let mut at = start;
        while at > self.sent.start && at + LEFT_WINDOW > start {
            at -= 1;
            if let Some(c) = self.owner_of(at) {
                // "a woman with him was wounded"
                // "the commander in Orlec was killed", where a town may pass for a person
                let beside = matches!(self.counted[c].kind, Kind::Pronoun | Kind::Name)
                    && self.counted[c].tokens.start == at
                    && self.text.doc.token(at).dep() == "pobj";
                if beside && at > self.sent.start && self.text.doc.token(at - 1).pos() == "ADP" {
                    at -= 1;
                    continue;
                }
                // "three civilians in two cars died": things after a preposition die of nothing.
                let first = self.counted[c].tokens.start;
                let thing = !matches!(self.counted[c].class, "person" | "casualty" | "none" | "unknown" | "deaths");
                let oblique = self.text.doc.token(self.counted[c].head).dep() == "pobj";
                if thing && oblique && first > self.sent.start && self.text.doc.token(first - 1).pos() == "ADP" {
                    at = first - 1;
                    continue;
                }
                // "two guards of the mayor were killed": not he.
                let of = first > self.sent.start && self.word(first - 1) == "of" && oblique;
                let members = (of && self.counted[c].kind != Kind::Numeric)
                    .then(|| self.owner_of(first.wrapping_sub(2)))
                    .flatten()
                    .filter(|&n| self.counted[n].kind == Kind::Numeric && self.counted[n].class == "person");
                left.counted = Some(members.unwrap_or(c));
                return left;
            }
            let word = &self.text.words[at];
            left.relative |= w.relative.contains(word);
            if w.be.contains(word) {
                left.passive = true;
            } else if self.text.in_age[at] {
                // "six children ages 3 to 10 died"
            } else if w.have.contains(word) {
                left.perfect = true;
            } else if w.negation.contains(word) {
                left.negated = true;
            } else if let Some(other) = self.trigger_of(at) {
                left.joined = Some(other);
                return left;
            } else if word == "," && self.age_before(at) {
                at -= 2;
            } else if matches!(word.as_str(), "and" | "or" | "&" | "but")
                && self.trigger_of(at.wrapping_sub(1)).is_some()
            {
                left.joined = self.trigger_of(at - 1);
                return left;
            } else if self.text.doc.token(at).tag() == "VBD" && w.transparent.contains(word) && !self.was_before(at) {
                // "the president said killed 500"
                return left;
            } else if !(w.transparent.contains(word)
                || w.relative.contains(word)
                || w.modals.contains(word)
                || self.text.doc.token(at).pos() == "ADV"
                || matches!(word.as_str(), "(" | ")"))
            {
                return left;
            }
        }
        left
    }

    fn was_before(&self, at: usize) -> bool {
        at > self.sent.start
            && (self.lexicon.syntax.be.contains(&self.text.words[at - 1])
                || self.owner_of(at - 1).is_some_and(|c| self.counted[c].kind == Kind::Numeric))
    }

    /// True when ", 27 ," ends at the comma `at`.
    fn age_before(&self, at: usize) -> bool {
        at >= self.sent.start + 3 && self.word(at - 2) == "," && self.text.number(at - 1).is_some_and(|v| v < 115.0)
    }

    pub fn is_before_trigger(&self, c: usize) -> bool {
        let mut at = self.counted[c].tokens.end;
        while at < self.sent.end
            && (self.lexicon.syntax.be.contains(&self.text.words[at]) || self.text.doc.token(at).pos() == "ADV")
        {
            at += 1;
        }
        self.trigger_of(at).is_some_and(|t| {
            let trigger = &self.triggers[t];
            matches!(trigger.form, Form::Past) || trigger.entry.frame == Frame::State
        }) && self.right(at + 1).is_none()
    }

    pub fn free(&self, c: usize, links: &[Link]) -> bool {
        !links.iter().any(|l| l.counted == c)
    }

    /// "killed and wounded 12": the object stands after the second verb.
    pub fn shared_object(&self, t: usize) -> Option<Vec<usize>> {
        let end = self.triggers[t].tokens.end;
        let mut at = end;
        if !matches!(self.word(at), "and" | "or" | "&" | "/") {
            return None;
        }
        at += 1;
        while self.sent.contains(&at) && self.text.doc.token(at).pos() == "ADV" && self.trigger_of(at).is_none() {
            at += 1;
        }
        let Some(next) = self.trigger_of(at) else {
            // "executed and crucified nine men"
            let verb = self.sent.contains(&at) && matches!(self.text.doc.token(at).tag(), "VBD" | "VBN" | "VBG");
            let object = self.right(at + 1).filter(|_| verb && self.text.doc.token(at + 1).pos() != "ADP");
            return object.map(|c| self.right_list(t, Some(c)));
        };
        let object = self.right(self.triggers[next].tokens.end);
        object.map(|c| self.right_list(next, Some(c)))
    }

    /// The phrase, and those listed after it.
    pub fn right_list(&self, t: usize, first: Option<usize>) -> Vec<usize> {
        let Some(first) = first else { return Vec::new() };
        let mut found = vec![first];
        let mut last = first;
        for next in first + 1..self.counted.len() {
            let (a, b) = (&self.counted[last], &self.counted[next]);
            if b.host.is_some() {
                if b.host == found.last().copied() || self.counted[last].host == b.host {
                    last = next;
                    continue;
                }
                break;
            }
            if !self.lexicon.lists(self.text, a, b)
                || b.class == "none"
                || self.has_own_verb(t, next) && !self.is_oblique(a, b)
            {
                break;
            }
            if self.is_apposition(a, b) {
                last = next;
                continue;
            }
            found.push(next);
            last = next;
        }
        self.add_joined(t, &mut found);
        found
    }

    /// "his brother, Pavel", "a girl, his niece": one person said twice.
    pub fn is_apposition(&self, a: &Counted, b: &Counted) -> bool {
        let renames = matches!(
            (a.kind, b.kind),
            (Kind::Definite, Kind::Name)
                | (Kind::Indefinite, Kind::Definite | Kind::Name)
                | (Kind::Name, Kind::Indefinite | Kind::Definite)
        );
        // "a man, his wife and two daughters": the list goes on.
        let goes_on = self.has_and(a.tokens.end, b.tokens.start) || self.has_and(b.tokens.end, b.tokens.end + 1);
        let aged = self.text.age_within(b.tokens.start, b.tokens.end).is_some();
        renames && !goes_on && !aged
    }

    fn has_and(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| matches!(self.text.word(i), "and" | "&" | "or"))
    }

    /// True when a verb follows that the phrase is the subject of.
    /// True when "and" joins two phrases under one preposition: "the bodies of two men and a child were found".
    fn is_oblique(&self, a: &Counted, b: &Counted) -> bool {
        let (l, r) = (self.text.doc.token(a.head), self.text.doc.token(b.head));
        l.dep() == "pobj" && r.dep() == "conj" && r.head().i() == l.i()
    }

    pub fn has_own_verb(&self, t: usize, c: usize) -> bool {
        let mut at = self.counted[c].tokens.end;
        let stop = self.sent.end.min(at + 4);
        while at < stop {
            if let Some(other) = self.trigger_of(at) {
                return other != t;
            }
            let token = self.text.doc.token(at);
            if matches!(token.pos(), "AUX") || (token.pos() == "VERB" && matches!(token.tag(), "VBD" | "VBZ" | "VBP")) {
                return true;
            }
            if token.pos() != "ADV" {
                return false;
            }
            at += 1;
        }
        false
    }

    /// What the words before a trigger say that it is about.
    pub fn left_of(&self, left: &Left, links: &[Link]) -> Vec<usize> {
        match left.counted {
            Some(c) if left.relative => vec![c],
            counted => self.left_list(counted, links),
        }
    }

    /// The phrase before the trigger, and those listed before it; a part stands for its whole.
    pub fn left_list(&self, last: Option<usize>, links: &[Link]) -> Vec<usize> {
        let Some(last) = last else { return Vec::new() };
        if let Some(host) = self.counted[last].host {
            // "Four people were hit and three of them died": the whole has its verb already.
            let own = self.counted[last].partitive && links.iter().any(|l| l.counted == host);
            return vec![if own { last } else { host }];
        }
        let mut found = vec![last];
        let mut at = last;
        while at > 0 {
            let (a, b) = (&self.counted[at - 1], &self.counted[at]);
            let joins = self.lexicon.lists(self.text, a, b);
            let taken = links.iter().any(|l| l.counted == at - 1);
            if !joins || taken || a.class == "none" {
                break;
            }
            // "the grandfather, John Smith, died": one person.
            if self.is_apposition(a, b) {
                break;
            }
            // "23 civilians -- including nine children -- and 16 soldiers": the whole is listed, not its part.
            at = a.host.filter(|h| *h < at).unwrap_or(at - 1);
            found.push(at);
        }
        found.reverse();
        found
    }

    /// "he shot back", "Mirek shot first": a finite verb whose subject is a person known by name or before acts, where
    /// no object and no preposition follows ("Mirek shot in Kravice" is a headline's passive).
    pub fn shoots(&self, t: usize, subject: Option<usize>) -> bool {
        let trigger = &self.triggers[t];
        let finite = self.text.doc.token(trigger.head).tag() == "VBD";
        let next = self.text.doc.get(trigger.tokens.end).map_or("PUNCT", |n| n.pos());
        finite
            && subject.is_some_and(|c| match self.counted[c].kind {
                Kind::Pronoun => true,
                Kind::Name | Kind::Definite => !matches!(next, "ADP" | "PUNCT" | "SCONJ" | "CCONJ"),
                _ => false,
            })
    }

    /// The nearest phrase to the left with no verb between.
    pub fn far_left(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let start = self.triggers[t].tokens.start;
        let mut at = start;
        while at > self.sent.start && at + FAR_LEFT > start {
            at -= 1;
            if let Some(c) = self.owner_of(at) {
                let counted = &self.counted[c];
                let usable = counted.kind == Kind::Numeric
                    && (matches!(counted.class, "person" | "none" | "casualty")
                        || counted.class == "unknown" && self.may_be_people(counted));
                if usable && self.free(c, links) {
                    return self.left_list(Some(c), links);
                }
                at = counted.tokens.start.max(self.sent.start);
                continue;
            }
            let token = self.text.doc.token(at);
            if matches!(token.tag(), "WDT" | "WP" | "WRB") {
                return Vec::new();
            }
            let was = at > self.sent.start && self.lexicon.syntax.be.contains(&self.text.words[at - 1]);
            if token.tag() == "VBN" && was && self.trigger_of(at).is_none() {
                return Vec::new();
            }
            let finite = matches!(token.tag(), "VBD" | "VBZ" | "VBP")
                && token.i() + 1 < start
                && !self.lexicon.syntax.be.contains(&self.text.words[at])
                && !self.lexicon.syntax.have.contains(&self.text.words[at]);
            if finite || matches!(token.text(), ";" | ":") {
                return Vec::new();
            }
        }
        Vec::new()
    }
}

/// How far before a trigger its phrase may end when only auxiliaries and adverbs stand between, in tokens.
const LEFT_WINDOW: usize = 9;
/// How far before a trigger a phrase is looked for without help of the parse, in tokens.
const FAR_LEFT: usize = 40;
