//! Which counted phrase goes with which trigger.
//!
//! Adjacency first (news counts its dead in set patterns, and they survive a poor parse), then the parse for what
//! stands further off, then the nearest phrase to the left.
use super::counted::{Counted, Kind};
use super::draft::fights;
use super::lexicon::{Form, Frame, Lexicon};
use super::text::Text;
use super::trigger::Trigger;
use crate::senses::{self, kind_of, kind_of_token};
use std::ops::Range;
use variorum_syntax::Token;

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

    pub fn word(&self, i: usize) -> &str {
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
            let mut found = self.phrases_of(t, &links);
            found.retain(|&c| !self.counts_another(t, c));
            found.extend(self.company(t, &found));
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
        let several = counted.kind == Kind::Numeric && counted.quantity.value.is_none_or(|v| v >= 2.0 || v == 0.0);
        if entry.plural && !several {
            return None;
        }
        let personal = matches!(counted.class, "person" | "casualty");
        let takes = |class: &String| match class.as_str() {
            "person" => {
                personal || counted.class == "none" || (counted.class == "unknown" && self.may_be_people(counted))
            }
            "combatant" => personal && counted.category.is_some_and(|c| fights(c) || c == "men"),
            "armed" => personal && matches!(counted.category, Some("soldiers" | "fighters")),
            "noncombatant" => {
                (personal || counted.class == "none" || (counted.class == "unknown" && self.may_be_people(counted)))
                    && !counted.category.is_some_and(fights)
            }
            "casualty" => counted.class == "casualty",
            "number" => counted.class == "none",
            other => counted.class == other,
        };
        let fits = match entry.frame {
            Frame::Counting | Frame::Bodies | Frame::Lives | Frame::Toll => true,
            Frame::Roll => counted.class == "person",
            _ => entry.object.iter().any(takes),
        };
        // "several heights": of things a vague word says nothing.
        let q = &counted.quantity;
        if !personal && counted.class != "none" && q.value.is_none() && q.min.is_some_and(|m| m < SMALLEST_VAGUE_THINGS)
        {
            return None;
        }
        let thing = !personal && counted.kind != Kind::Numeric && !matches!(counted.class, "strike" | "unknown");
        if !fits || thing {
            return None;
        }
        // A single man of an army by "lost" or "deployed" says nothing of numbers.
        Some(entry.by_class.get(counted.class).copied().unwrap_or(entry.measure))
    }

    /// Nouns outside the lexicon count as people where they are plural and name neither a place, a day nor a thing.
    pub(super) fn may_be_people(&self, counted: &Counted) -> bool {
        let token = self.text.doc.token(counted.head);
        let named = matches!(
            token.ent_type(),
            "GPE" | "LOC" | "DATE" | "TIME" | "FAC" | "MONEY" | "PERCENT" | "QUANTITY" | "PRODUCT" | "EVENT"
        );
        let word = self.text.word(counted.head);
        let kind = kind_of_token(token);
        if kind.is_some_and(|kind| kind != senses::Kind::Person) {
            return false;
        }
        let ending = || self.lexicon.syntax.person_endings.iter().any(|e| word.ends_with(e.as_str()));
        let person = token.ent_type() == "NORP" || kind.is_some() || ending();
        !named && ((person && self.text.is_plural(counted.head)) || counted.kind != Kind::Numeric)
    }

    /// "were killed along with six others": those whom the same befell.
    fn company(&self, t: usize, found: &[usize]) -> Option<usize> {
        let end = self.triggers[t].tokens.end;
        let (len, _) = self.lexicon.list_phrases.at(&self.text.words, end, self.sent.end)?;
        let befell = found.iter().any(|&c| self.counted[c].tokens.end <= end && self.counted[c].class == "person");
        let other = self.right(end + len)?;
        (befell && self.counted[other].class == "person" && !found.contains(&other)).then_some(other)
    }

    /// "None of the porters shot have been named": nobody was named, and it says nothing of how many were shot. "Nine died on
    /// buses carrying porters driven from two towns": it is the porters who were driven.
    fn counts_another(&self, t: usize, counted: usize) -> bool {
        let head = self.text.doc.token(self.triggers[t].head);
        let mut clause = std::iter::once(head).chain(head.ancestors());
        let clause = clause.find(|t| matches!(t.dep(), "acl" | "relcl")).map(|t| t.head());
        let predicated = |t: Token<'_>| {
            std::iter::once(t)
                .chain(t.ancestors())
                .any(|t| matches!(t.dep(), "nsubj" | "nsubjpass") && t.head() != head)
        };
        let phrase = &self.counted[counted];
        let own = (head.dep() == "acl" && head.tag() == "VBN").then(|| head.head()).filter(|noun| {
            noun.tag().ends_with('S')
                && (noun.ent_type() == "NORP" || kind_of(noun.lemma()) == Some(senses::Kind::Person))
        });
        let others = own.is_some_and(|noun| {
            let counted = self.text.doc.token(phrase.head);
            let other = counted.pos() == "NOUN" && phrase.tokens.end <= noun.i() && !noun.is_under(counted);
            other && noun.ancestors().any(|t| t.pos() == "VERB")
        });
        // "Her dead husband was a pilot": that he died is not told.
        let epithet = head.dep() == "amod" && head.head().children().any(|c| c.tag() == "PRP$");
        phrase.quantity.is_zero() && clause.is_some_and(predicated) || others || epithet
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
            Frame::Roll => self.of_roll(t),
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
            // "Two are missing", but no progressive: "his sister is hurting".
            Form::Gerund if left.passive && head.tag() != "VBG" => self.left_of(&left, links),
            Form::Base | Form::Present | Form::Gerund => {
                if right.is_some() {
                    return self.right_list(t, right);
                }
                // "the birthday shooting": a noun has no object further off.
                if head.tag().starts_with("NN") {
                    return Vec::new();
                }
                self.shared_object(t).or_else(|| self.by_syntax(t, &["dobj"])).unwrap_or_default()
            }
            _ => {
                // "who shot and wounded four": a relative clause without "was" is active, whatever the parse.
                let passive = left.passive
                    || !left.relative
                        && right.is_none()
                        && (head.children().any(|c| matches!(c.dep(), "auxpass" | "nsubjpass"))
                            || (head.dep() == "acl" && head.tag() == "VBN"));
                if let Some(joined) = left.joined.filter(|_| right.is_none() || left.passive)
                    && left.counted.is_none()
                {
                    return links.iter().filter(|l| l.trigger == joined).map(|l| l.counted).collect();
                }
                if passive {
                    if left.counted.is_some() {
                        return self.left_of(&left, links);
                    }
                    return self
                        .by_syntax(t, &["nsubjpass", "nsubj", "head"])
                        .or_else(|| self.controller(t))
                        .unwrap_or_else(|| self.far_left(t, links));
                }
                if left.perfect && right.is_none() {
                    return self.shared_object(t).or_else(|| self.by_syntax(t, &["dobj"])).unwrap_or_default();
                }
                match (left.counted, right) {
                    // "12 killed 30 wounded": the number before the next trigger is the next one's.
                    (Some(l), Some(r)) if !left.perfect && self.is_before_trigger(r) && self.free(l, links) => {
                        self.left_of(&left, links)
                    }
                    (_, Some(r)) => self.right_list(t, Some(r)),
                    (Some(_), None) => {
                        if let Some(shared) = self.shared_object(t) {
                            return shared;
                        }
                        if left.relative || self.shoots(t, left.counted) {
                            return self.by_syntax(t, &["dobj"]).unwrap_or_default();
                        }
                        if let Some(object) = self.by_syntax(t, &["dobj"]) {
                            return object;
                        }
                        if head.children().any(|c| {
                            c.dep() == "dobj"
                                && c.i() > head.i()
                                && c.i() < head.i() + 4
                                && c.pos() == "NOUN"
                                && !matches!(c.ent_type(), "DATE" | "TIME")
                        }) {
                            return Vec::new();
                        }
                        self.left_of(&left, links)
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
            return self.left_of(&left, links);
        }
        if let Some(joined) = left.joined {
            let shared: Vec<usize> = links.iter().filter(|l| l.trigger == joined).map(|l| l.counted).collect();
            if !shared.is_empty() {
                return shared;
            }
        }
        let told = self.by_syntax(t, &["nsubj", "nsubjpass", "head"]);
        told.or_else(|| self.controller(t)).unwrap_or_else(|| self.far_left(t, links))
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
        // "Is critical of the plan"
        if trigger.tokens.len() == 1 && self.text.doc.get(trigger.tokens.end).is_some_and(|t| t.is("of")) {
            return Vec::new();
        }
        let left = self.left(trigger.tokens.start);
        // "shot and wounded four people": a verb with its object is no state of whom it is told.
        let verb = left.counted.is_none() && !left.passive && self.right(trigger.tokens.end).is_some();
        if left.negated || verb {
            return Vec::new();
        }
        if left.counted.is_some() {
            return self.left_of(&left, links);
        }
        self.by_syntax(t, &["head", "nsubj", "nsubjpass"]).unwrap_or_default()
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

/// Vague words for fewer things than this are no figure.
const SMALLEST_VAGUE_THINGS: f64 = 10.0;
