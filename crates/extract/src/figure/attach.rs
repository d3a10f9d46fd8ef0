//! Which counted phrase goes with which trigger.
//!
//! Adjacency first (news counts its dead in set patterns, and they survive a poor parse), then the parse for what
//! stands further off, then the nearest phrase to the left.
use super::counted::{Counted, Kind};
use super::lexicon::{Form, Frame, Lexicon};
use super::text::Text;
use super::trigger::Trigger;
use std::ops::Range;

/// A sentence with its phrases and triggers.
pub(super) struct Scene<'t, 'r, 'l> {
    pub lexicon: &'l Lexicon,
    pub text: &'t Text<'r>,
    pub sent: Range<usize>,
    pub counted: Vec<Counted<'l>>,
    pub triggers: Vec<Trigger<'l>>,
    /// Phrase that holds each token of the sentence, counted from its start.
    owner: Vec<Option<u32>>,
    /// Trigger that holds each token of the sentence.
    trigger_at: Vec<Option<u32>>,
}

/// A counted phrase with its trigger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub counted: usize,
    pub trigger: usize,
    pub measure: &'static str,
}

/// What lies to the left of a trigger.
struct Left {
    counted: Option<usize>,
    passive: bool,
    perfect: bool,
    negated: bool,
    /// A trigger joined to this one by "and" or "or", which shares its phrase.
    joined: Option<(usize, bool)>,
}

impl<'t, 'r, 'l> Scene<'t, 'r, 'l> {
    pub fn new(lexicon: &'l Lexicon, text: &'t Text<'r>, sent: Range<usize>) -> Self {
        let counted = lexicon.counted_in(text, &sent);
        let triggers = lexicon.triggers_in(text, &sent);
        let mut owner = vec![None; sent.len()];
        for (c, phrase) in counted.iter().enumerate() {
            for i in phrase.tokens.clone().filter(|i| sent.contains(i)) {
                owner[i - sent.start] = Some(c as u32);
            }
        }
        let mut trigger_at = vec![None; sent.len()];
        for (t, trigger) in triggers.iter().enumerate() {
            trigger.tokens.clone().for_each(|i| trigger_at[i - sent.start] = Some(t as u32));
        }
        Scene { lexicon, text, sent, counted, triggers, owner, trigger_at }
    }

    fn word(&self, i: usize) -> &str {
        if self.sent.contains(&i) { self.text.word(i) } else { "" }
    }
    pub fn owner_of(&self, token: usize) -> Option<usize> {
        token.checked_sub(self.sent.start).and_then(|i| *self.owner.get(i)?).map(|c| c as usize)
    }
    pub fn trigger_of(&self, token: usize) -> Option<usize> {
        token.checked_sub(self.sent.start).and_then(|i| *self.trigger_at.get(i)?).map(|t| t as usize)
    }

    /// All links of the sentence, in the order of the triggers.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for t in 0..self.triggers.len() {
            let found = self.phrases_of(t, &links);
            for counted in found {
                self.add(&mut links, counted, t);
            }
        }
        self.spread_to_parts(&mut links);
        links
    }

    fn add(&self, links: &mut Vec<Link>, counted: usize, t: usize) {
        let Some(measure) = self.accepts(t, counted) else { return };
        if !links.iter().any(|l| l.counted == counted && l.measure == measure) {
            links.push(Link { counted, trigger: t, measure });
        }
    }

    /// The measure that the trigger gives to a phrase, if it takes such.
    fn accepts(&self, t: usize, c: usize) -> Option<&'static str> {
        let (entry, counted) = (self.triggers[t].entry, &self.counted[c]);
        let several = counted.kind == Kind::Numeric
            && (counted.quantity.value.is_none_or(|v| v >= 2.0 || v == 0.0) || counted.quantity.max.is_none());
        if entry.plural && !several {
            return None;
        }
        let personal = matches!(counted.class, "person" | "casualty");
        let takes = |class: &String| match class.as_str() {
            "person" => {
                personal || counted.class == "none" || (counted.class == "unknown" && self.may_be_people(counted))
            }
            "combatant" => {
                personal
                    && matches!(counted.category, Some("soldiers" | "fighters" | "police" | "peacekeepers" | "men"))
            }
            "noncombatant" => {
                (personal || counted.class == "none" || (counted.class == "unknown" && self.may_be_people(counted)))
                    && !matches!(counted.category, Some("soldiers" | "fighters" | "police" | "peacekeepers"))
            }
            "casualty" => counted.class == "casualty",
            other => counted.class == other,
        };
        let fits = match entry.frame {
            Frame::Counting | Frame::Bodies | Frame::Lives | Frame::Toll => true,
            _ => entry.object.iter().any(takes),
        };
        let thing = !personal && counted.kind != Kind::Numeric && counted.class != "strike";
        if !fits || thing {
            return None;
        }
        // A single man of an army by "lost" or "deployed" says nothing of numbers.
        Some(entry.by_class.get(counted.class).copied().unwrap_or(entry.measure))
    }

    /// Nouns outside the lexicon count as people where they are plural and no name of a place or day.
    fn may_be_people(&self, counted: &Counted) -> bool {
        let token = self.text.doc.token(counted.head);
        let named = matches!(
            token.ent_type(),
            "GPE" | "LOC" | "DATE" | "TIME" | "FAC" | "MONEY" | "PERCENT" | "QUANTITY" | "PRODUCT" | "EVENT"
        );
        let word = self.text.word(counted.head);
        let person =
            token.ent_type() == "NORP" || self.lexicon.syntax.person_endings.iter().any(|e| word.ends_with(e.as_str()));
        !named && person && self.text.is_plural(counted.head)
    }

    /// Phrases that a trigger counts.
    fn phrases_of(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let trigger = &self.triggers[t];
        match trigger.entry.frame {
            Frame::Transitive => self.of_transitive(t, links),
            Frame::Intransitive => self.of_subject(t, links),
            Frame::Active => self.right_list(t, self.right(trigger.tokens.end)),
            Frame::State => self.of_state(t, links),
            Frame::Nominal => self.of_nominal(t),
            Frame::Toll => self.of_toll(t),
            Frame::Lives => self.of_lives(t),
            Frame::Counting => self.of_counting(t),
            Frame::Bodies => self.of_bodies(t),
        }
    }

    fn of_transitive(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let trigger = &self.triggers[t];
        if let Some(inner) = self.inner(trigger) {
            return vec![inner];
        }
        let right = self.right(trigger.tokens.end);
        let left = self.left(trigger.tokens.start);
        let head = self.text.doc.token(trigger.head);
        let negated = left.negated || head.children().any(|c| c.dep() == "neg");
        if negated && !left.counted.or(right).is_some_and(|c| self.counted[c].quantity.is_zero()) {
            return Vec::new();
        }
        match trigger.form {
            Form::Gerund if left.passive => self.left_list(left.counted, links),
            Form::Base | Form::Present | Form::Gerund => {
                if right.is_some() {
                    return self.right_list(t, right);
                }
                self.shared_object(t).or_else(|| self.by_syntax(t, &["dobj"])).unwrap_or_default()
            }
            _ => {
                let passive = left.passive
                    || head.children().any(|c| matches!(c.dep(), "auxpass" | "nsubjpass"))
                    || (head.dep() == "acl" && head.tag() == "VBN" && right.is_none());
                if let Some((joined, direct)) = left.joined.filter(|_| right.is_none() || left.passive)
                    && left.counted.is_none()
                {
                    let _ = direct;
                    return links.iter().filter(|l| l.trigger == joined).map(|l| l.counted).collect();
                }
                if passive {
                    if left.counted.is_some() {
                        return self.left_list(left.counted, links);
                    }
                    return self
                        .by_syntax(t, &["nsubjpass", "nsubj", "head"])
                        .unwrap_or_else(|| self.far_left(t, links));
                }
                if left.perfect && right.is_none() {
                    return self.shared_object(t).or_else(|| self.by_syntax(t, &["dobj"])).unwrap_or_default();
                }
                match (left.counted, right) {
                    // "12 killed 30 wounded": the number before the next trigger is the next one's.
                    (Some(l), Some(r)) if !left.perfect && self.is_before_trigger(r) && self.free(l, links) => {
                        self.left_list(Some(l), links)
                    }
                    (_, Some(r)) => self.right_list(t, Some(r)),
                    (Some(l), None) => {
                        if let Some(shared) = self.shared_object(t) {
                            return shared;
                        }
                        if let Some(object) = self.by_syntax(t, &["dobj"]) {
                            return object;
                        }
                        if head
                            .children()
                            .any(|c| c.dep() == "dobj" && c.i() > head.i() && c.i() < head.i() + 4 && c.pos() == "NOUN")
                        {
                            return Vec::new();
                        }
                        self.left_list(Some(l), links)
                    }
                    (None, None) => self
                        .shared_object(t)
                        .or_else(|| self.by_syntax(t, &["dobj", "nsubjpass", "head"]))
                        .unwrap_or_default(),
                }
            }
        }
    }

    fn of_subject(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let left = self.left(trigger.tokens.start);
        if left.negated && left.counted.is_none_or(|c| !self.counted[c].quantity.is_zero()) {
            return Vec::new();
        }
        if left.counted.is_some() {
            return self.left_list(left.counted, links);
        }
        if let Some((joined, _)) = left.joined {
            let shared: Vec<usize> = links.iter().filter(|l| l.trigger == joined).map(|l| l.counted).collect();
            if !shared.is_empty() {
                return shared;
            }
        }
        self.by_syntax(t, &["nsubj", "nsubjpass", "head"]).unwrap_or_else(|| self.far_left(t, links))
    }

    fn of_state(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let trigger = &self.triggers[t];
        if let Some(inner) = self.inner(trigger) {
            return vec![inner];
        }
        if trigger.entry.subset {
            let right = self.right(trigger.tokens.end);
            if right.is_some() {
                return self.right_list(t, right);
            }
        }
        let left = self.left(trigger.tokens.start);
        if left.negated {
            return Vec::new();
        }
        if left.counted.is_some() {
            return self.left_list(left.counted, links);
        }
        self.by_syntax(t, &["head", "nsubj", "nsubjpass"]).unwrap_or_default()
    }

    fn of_nominal(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let end = trigger.tokens.end;
        if matches!(self.word(end), "of" | "to") || self.word(end - 1) == "to" {
            let from = if self.word(end - 1) == "to" { end } else { end + 1 };
            return self.right_list(t, self.right(from));
        }
        // "the man's death", "John Smith's shooting death"
        let mut at = trigger.tokens.start;
        while at > self.sent.start
            && matches!(self.text.doc.token(at - 1).pos(), "ADJ" | "NOUN")
            && at + 3 > trigger.tokens.start
            && self.owner_of(at - 1).is_none()
        {
            at -= 1;
        }
        if at > self.sent.start && matches!(self.word(at - 1), "'s" | "'") {
            return at.checked_sub(2).and_then(|i| self.owner_of(i)).into_iter().collect();
        }
        Vec::new()
    }

    fn of_toll(&self, t: usize) -> Vec<usize> {
        let w = &self.lexicon.syntax;
        let from = self.triggers[t].tokens.end;
        let until = self.sent.end.min(from + TOLL_WINDOW);
        let near = |c: &usize| {
            let start = self.counted[*c].tokens.start;
            let before = self.word(start.wrapping_sub(1));
            start == from || w.toll_links.contains(before)
        };
        let candidates: Vec<usize> = (0..self.counted.len())
            .filter(|&c| {
                let counted = &self.counted[c];
                counted.tokens.start >= from
                    && counted.tokens.start < until
                    && counted.kind == Kind::Numeric
                    && matches!(counted.class, "none" | "person" | "casualty" | "deaths")
            })
            .collect();
        let linked = candidates.iter().copied().find(near);
        // "rose from 10 to 12"
        let after_from = linked.and_then(|c| {
            let from_before = self.word(self.counted[c].tokens.start.wrapping_sub(1)) == "from";
            candidates.iter().copied().find(|&d| d > c && from_before)
        });
        after_from.or(linked).into_iter().collect()
    }

    fn of_lives(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let mut at = trigger.tokens.end;
        if self.word(at) == "of" {
            at += 1;
        }
        while matches!(self.word(at), "the" | "up") {
            at += 1;
        }
        if matches!(self.word(at), "lives" | "life") && self.word(at + 1) == "of" {
            return self.right_list(t, self.right(at + 2));
        }
        let lives = |c: &usize| self.counted[*c].class == "lives" && self.counted[*c].kind == Kind::Numeric;
        let right = self.right(trigger.tokens.end).filter(lives);
        right.or_else(|| self.left(trigger.tokens.start).counted.filter(lives)).into_iter().collect()
    }

    fn of_counting(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let owner = self.owner_of(trigger.tokens.end - 1);
        owner
            .filter(|&c| self.counted[c].kind == Kind::Numeric && self.counted[c].head == trigger.tokens.end - 1)
            .into_iter()
            .collect()
    }

    fn of_bodies(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let entry = trigger.entry;
        let near =
            trigger.tokens.start.saturating_sub(6).max(self.sent.start)..self.sent.end.min(trigger.tokens.end + 5);
        let Some(noun) = near.clone().find(|&i| entry.nouns.contains(&self.text.words[i])) else { return Vec::new() };
        if self.word(noun + 1) == "of" {
            return self.right_list(t, self.right(noun + 2));
        }
        self.owner_of(noun).filter(|&c| self.counted[c].kind == Kind::Numeric).into_iter().collect()
    }

    /// A participle inside the phrase: "two wounded soldiers".
    fn inner(&self, trigger: &Trigger) -> Option<usize> {
        let c = self.owner_of(trigger.tokens.start)?;
        let counted = &self.counted[c];
        let inside = counted.start < trigger.tokens.start || counted.kind == Kind::Bare;
        (inside
            && trigger.tokens.end <= counted.head
            && matches!(counted.kind, Kind::Numeric | Kind::Indefinite)
            && trigger.form != Form::Base)
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
    fn left(&self, start: usize) -> Left {
        let w = &self.lexicon.syntax;
        let mut left = Left { counted: None, passive: false, perfect: false, negated: false, joined: None };
        let mut at = start;
        while at > self.sent.start && at + LEFT_WINDOW > start {
            at -= 1;
            if let Some(c) = self.owner_of(at) {
                left.counted = Some(c);
                return left;
            }
            let word = &self.text.words[at];
            if w.be.contains(word) {
                left.passive = true;
            } else if w.have.contains(word) {
                left.perfect = true;
            } else if w.negation.contains(word) {
                left.negated = true;
            } else if let Some(other) = self.trigger_of(at) {
                left.joined = Some((other, at + 2 == start));
                return left;
            } else if word == "," && self.age_before(at) {
                at -= 2;
            } else if matches!(word.as_str(), "and" | "or" | "&" | "but")
                && self.trigger_of(at.wrapping_sub(1)).is_some()
            {
                left.joined = Some((self.trigger_of(at - 1).unwrap_or(0), true));
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

    /// True when ", 27 ," ends at the comma `at`.
    fn age_before(&self, at: usize) -> bool {
        at >= self.sent.start + 3 && self.word(at - 2) == "," && self.text.number(at - 1).is_some_and(|v| v < 115.0)
    }

    fn is_before_trigger(&self, c: usize) -> bool {
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

    fn free(&self, c: usize, links: &[Link]) -> bool {
        !links.iter().any(|l| l.counted == c)
    }

    /// "killed and wounded 12": the object stands after the second verb.
    fn shared_object(&self, t: usize) -> Option<Vec<usize>> {
        let end = self.triggers[t].tokens.end;
        let mut at = end;
        if !matches!(self.word(at), "and" | "or" | "&" | "/") {
            return None;
        }
        at += 1;
        while self.sent.contains(&at) && self.text.doc.token(at).pos() == "ADV" && self.trigger_of(at).is_none() {
            at += 1;
        }
        let next = self.trigger_of(at)?;
        let object = self.right(self.triggers[next].tokens.end);
        object.map(|c| self.right_list(next, Some(c)))
    }

    /// The phrase, and those listed after it.
    fn right_list(&self, t: usize, first: Option<usize>) -> Vec<usize> {
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
            if !self.lexicon.is_list_gap(self.text, a.tokens.end, b.tokens.start)
                || b.class == "none"
                || self.has_own_verb(t, next)
            {
                break;
            }
            found.push(next);
            last = next;
        }
        found
    }

    /// True when a verb follows that the phrase is the subject of.
    fn has_own_verb(&self, t: usize, c: usize) -> bool {
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

    /// The phrase before the trigger, and those listed before it; a part stands for its whole.
    fn left_list(&self, last: Option<usize>, links: &[Link]) -> Vec<usize> {
        let Some(last) = last else { return Vec::new() };
        if let Some(host) = self.counted[last].host {
            return vec![host];
        }
        let mut found = vec![last];
        let mut at = last;
        while at > 0 {
            let (a, b) = (&self.counted[at - 1], &self.counted[at]);
            let joins = self.lexicon.is_list_gap(self.text, a.tokens.end, b.tokens.start);
            let taken = links.iter().any(|l| l.counted == at - 1);
            if !joins || taken || a.class == "none" || a.host.is_some() {
                break;
            }
            at -= 1;
            found.push(at);
        }
        found.reverse();
        found
    }

    /// Arguments by the parse: `head` means the noun that the trigger modifies.
    fn by_syntax(&self, t: usize, deps: &[&str]) -> Option<Vec<usize>> {
        let doc = self.text.doc;
        let mut verb = doc.token(self.triggers[t].head);
        for _ in 0..3 {
            if deps.contains(&"head") && matches!(verb.dep(), "acl" | "amod" | "relcl") {
                let found = self.at_token(verb.head().i());
                if found.is_some() {
                    return found;
                }
            }
            for child in verb.children().filter(|c| deps.contains(&c.dep())) {
                if self.lexicon.syntax.relative.contains(&self.text.words[child.i()]) {
                    continue;
                }
                let found = self.at_token(child.i());
                if found.is_some() {
                    return found;
                }
                if child.dep() != "dobj" {
                    return None;
                }
            }
            let borrow =
                matches!(verb.dep(), "xcomp" | "oprd" | "acomp" | "ccomp") && !verb.is_root() || verb.dep() == "conj";
            if !borrow || deps == ["dobj"] || !matches!(verb.head().pos(), "VERB" | "AUX") {
                return None;
            }
            verb = verb.head();
        }
        None
    }

    fn at_token(&self, token: usize) -> Option<Vec<usize>> {
        let doc = self.text.doc;
        let owner = self.owner_of(token).or_else(|| {
            // "a total of 12 people"
            let noun = doc.token(token);
            let holds = self.lexicon.syntax.container_nouns.contains(&self.text.words[token]);
            let of = noun.children().find(|c| c.dep() == "prep" && c.text() == "of").filter(|_| holds)?;
            self.owner_of(of.child("pobj")?.i())
        })?;
        let mut found = vec![owner];
        let mut noun = doc.token(self.counted[owner].head);
        // Coordinated phrases hang on the one before.
        while let Some(next) = noun.children().find(|c| c.dep() == "conj") {
            match self.owner_of(next.i()) {
                Some(c) if self.counted[c].class != "none" && !found.contains(&c) && self.counted[c].host.is_none() => {
                    found.push(c)
                }
                _ => break,
            }
            noun = next;
        }
        Some(found)
    }

    /// The nearest phrase to the left with no verb between.
    fn far_left(&self, t: usize, links: &[Link]) -> Vec<usize> {
        let start = self.triggers[t].tokens.start;
        let mut at = start;
        while at > self.sent.start && at + FAR_LEFT > start {
            at -= 1;
            if let Some(c) = self.owner_of(at) {
                let counted = &self.counted[c];
                let usable = counted.kind == Kind::Numeric && matches!(counted.class, "person" | "none" | "casualty");
                if usable && self.free(c, links) {
                    return self.left_list(Some(c), links);
                }
                at = counted.tokens.start.max(self.sent.start);
                continue;
            }
            let token = self.text.doc.token(at);
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

    /// What is said of a whole is said of its parts.
    fn spread_to_parts(&self, links: &mut Vec<Link>) {
        for c in 0..self.counted.len() {
            let Some(host) = self.counted[c].host else { continue };
            let of_host: Vec<Link> = links.iter().filter(|l| l.counted == host).cloned().collect();
            let own = links.iter().any(|l| l.counted == c);
            for link in of_host.into_iter().filter(|_| !own) {
                if !matches!(self.counted[c].class, "none") {
                    self.add(links, c, link.trigger);
                }
            }
        }
    }
}

const LEFT_WINDOW: usize = 9;
const TOLL_WINDOW: usize = 14;
const FAR_LEFT: usize = 40;
