//! Attributions by verbs: "said", "accused", "called for".
use super::clause::{MAX_CLIMB, chain, is_negated, is_verb, or_else, subject};
use super::content;
use super::frame::{Found, PRIORITIES, priority};
use super::lexicon::{Lexicon, VerbGroup};
use super::quotes::Quotations;
use super::sentence::Sentences;
use super::source;
use super::{AttributionMention, CueClass};
use crate::Reading;
use crate::senses::{Kind, kind_of};
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::{Doc, Token};

/// What the finders share.
pub(super) struct Context<'a> {
    pub reading: &'a Reading,
    pub doc: &'a Doc,
    pub lexicon: &'a Lexicon,
    pub quotes: &'a Quotations,
    pub sentences: &'a Sentences,
}

impl Context<'_> {
    /// The attribution of a verb, if the lexicon knows it in the frame it stands in.
    pub fn verb(&self, verb: Token) -> Option<AttributionMention> {
        if self.keeps_name_back(verb) || is_asked(verb) {
            return None;
        }
        let groups = self.groups(verb);
        for level in 0..PRIORITIES {
            for &(group, particle) in &groups {
                for frame in group.frames.iter().filter(|f| priority(f) == level) {
                    if let Some(found) = self.frame(verb, frame, group) {
                        return self.mention(verb, group, particle, found);
                    }
                }
            }
        }
        None
    }

    /// "Asked not to be named", "declined to be identified".
    fn keeps_name_back(&self, verb: Token) -> bool {
        let named = |c: Token| c.dep() == "xcomp" && self.lexicon.named.contains(&c.lemma().to_lowercase());
        verb.children().any(|c| named(c) && c.child("auxpass").is_some())
    }

    /// Groups of the lexicon that a token belongs to, with the end of its particle.
    fn groups(&self, verb: Token) -> Vec<(&VerbGroup, Option<usize>)> {
        if !verb.tag().starts_with("VB") {
            return Vec::new();
        }
        let lemma = verb.lemma().to_lowercase();
        let entries = self.lexicon.verb(&lemma).iter();
        let mut groups: Vec<(&VerbGroup, Option<usize>)> = entries
            .filter_map(|entry| {
                let group = &self.lexicon.verb_groups[entry.group];
                let Some(particle) = &entry.particle else { return Some((group, None)) };
                let child = verb.child("prt").filter(|t| t.is(particle) && t.i() <= verb.i() + 3);
                let particle = child.or_else(|| verb.nbor(1).filter(|t| t.is(particle)))?;
                Some((group, Some(particle.i() + 1)))
            })
            .collect();
        // A verb with its particle is another verb.
        if groups.iter().any(|g| g.1.is_some()) {
            groups.retain(|g| g.1.is_some());
        }
        let negated = is_negated(verb) || self.governor(verb, &chain(verb)).is_some_and(|g| g.1);
        groups.retain(|g| negated || !g.0.only_negated);
        let object = verb.child_any(&["dobj", "nsubjpass"]).map(|o| o.lemma().to_lowercase());
        groups.retain(|g| g.0.objects.is_empty() || object.as_ref().is_some_and(|o| g.0.objects.contains(o)));
        groups.retain(|g| !g.0.things || subject(verb).is_none_or(is_thing));
        groups.sort_by_key(|g| !g.0.only_negated);
        groups
    }

    /// True for a verb that reports something of its subject, whatever its frame.
    pub(super) fn reports(&self, token: Token) -> bool {
        self.groups(token).iter().any(|g| g.0.class != CueClass::Belief)
    }

    fn mention(
        &self,
        verb: Token,
        group: &VerbGroup,
        particle: Option<usize>,
        found: Found,
    ) -> Option<AttributionMention> {
        let mut cue = chain(verb);
        let mut negated = is_negated(verb);
        if let Some((start, negative)) = self.governor(verb, &cue) {
            cue.start = start;
            negated |= negative;
        }
        // "Refused to confirm or deny"
        negated |= or_else(verb).and_then(|other| self.governor(other, &chain(other))).is_some_and(|g| g.1);
        if let Some(end) = particle {
            cue.end = cue.end.max(end);
        }
        if let Some(end) = found.cue_end.filter(|&e| e <= cue.end + 1) {
            cue.end = cue.end.max(end);
        }
        let mut source = found.source;
        if let Some(light) = self.light_verb(verb, &cue) {
            cue.start = chain(light).start;
            negated |= is_negated(light);
            source = Some(source::of_verb(light, &cue));
        }
        let led = || self.leads_to(verb).map(|(outer, _)| outer);
        let same = || self.accuses_again(verb, group).or_else(|| self.tells_on(verb));
        let other = self.outer_speaker(verb).or_else(led).or_else(same);
        let speaker = || source::of_verb(other.unwrap_or(self.first_act(verb)), &cue);
        let source = source.unwrap_or_else(speaker);
        let content = content::finish(self.doc, self.quotes, &cue, &source, found.content);
        if content.is_empty() {
            return None;
        }
        let secondary = self.is_within_quotation(verb.i());
        // "We have always said": the quoted speaker is already credited.
        let own_voice = source.range().is_none_or(|r| r.len() == 1 && self.doc.token(r.start).is_any(&["i", "we"]));
        if secondary && own_voice {
            return None;
        }
        let stance = if negated { withheld(group.stance) } else { group.stance };
        Some(AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            content_antecedent: found.content_antecedent,
            negated,
            secondary,
            ..AttributionMention::plain(cue, content, group.class, stance, &group.id)
        })
    }

    /// "refused to say", "went on to say": the governing verb belongs to the cue. Gives its first token and whether
    /// it negates.
    fn governor(&self, verb: Token, cue: &Range<usize>) -> Option<(usize, bool)> {
        if let Some((outer, negates)) = self.leads_to(verb) {
            return Some((chain(outer).start, negates != is_negated(outer)));
        }
        let governor = verb.head();
        if verb.dep() != "xcomp" || !is_verb(governor) || governor.i() >= cue.start {
            return None;
        }
        let negates = self.lexicon.governor(&governor.lemma().to_lowercase())?;
        let outer = chain(governor);
        (cue.start <= outer.end + 1).then_some((outer.start, negates != is_negated(governor)))
    }

    /// "stopped short of saying", "refrained from saying".
    fn leads_to<'d>(&self, verb: Token<'d>) -> Option<(Token<'d>, bool)> {
        let outer = verb.ancestors().take(3).find(|a| is_verb(*a) && a.i() < verb.i())?;
        if verb.dep() != "pcomp" {
            return None;
        }
        let words: Vec<String> = (outer.i() + 1..verb.i()).map(|i| self.doc.token(i).text().to_lowercase()).collect();
        let negates = self.lexicon.governor(&format!("{}_{}", outer.lemma().to_lowercase(), words.join("_")))?;
        Some((outer, negates))
    }

    /// The verb whose subject a second act shares: `said` for `urged` in "said the road was closed and urged people to
    /// stay".
    fn first_act<'d>(&self, verb: Token<'d>) -> Token<'d> {
        let clause = verb.head();
        let first = clause.head();
        let content = verb.dep() == "conj" && clause.dep() == "ccomp" && self.reports(first);
        if content && content::is_second_act(self, first, clause, verb) { first } else { verb }
    }

    /// The reporting verb that a participle goes on with, where the parser hung it on the content: `said` for `adding` in
    /// "said the fighting eased, adding that …".
    fn outer_speaker<'d>(&self, verb: Token<'d>) -> Option<Token<'d>> {
        let inner = verb.head();
        if verb.tag() != "VBG" || verb.dep() != "advcl" || verb.i() < inner.i() {
            return None;
        }
        let clause = [inner].into_iter().chain(inner.ancestors().take(MAX_CLIMB)).find(|a| a.dep() == "ccomp")?;
        let outer = clause.head();
        let goes_on = self.lexicon.goes_on.contains(verb.lemma()) || !self.reports(inner) && !is_agent(inner);
        (is_verb(outer) && self.reports(outer) && outer.i() < verb.i() && goes_on).then_some(outer)
    }

    /// `told` for `condemning` in "told the paper condemning the raid": the paper hears it.
    fn tells_on<'d>(&self, verb: Token<'d>) -> Option<Token<'d>> {
        let outer = match verb.dep() {
            "acl" if matches!(verb.head().dep(), "dobj" | "dative") => verb.head().head(),
            "xcomp" | "advcl" => verb.head(),
            _ => return None,
        };
        (verb.tag() == "VBG" && matches!(outer.lemma(), "tell" | "inform") && self.reports(outer)).then_some(outer)
    }

    /// `laid` for `accusing` in "laid the blame on the guards accusing them": the accused does not accuse.
    fn accuses_again<'d>(&self, verb: Token<'d>, group: &VerbGroup) -> Option<Token<'d>> {
        let accused = match verb.dep() {
            "acl" => verb.head(),
            "pcomp" => verb.child("nsubj")?,
            _ => return None,
        };
        let outer = verb.ancestors().take(MAX_CLIMB).find(|a| is_verb(*a))?;
        let accuses =
            |a: &AttributionMention| a.stance == Stance::Accuse && a.content.iter().any(|r| r.contains(&accused.i()));
        let again = group.stance == Stance::Accuse && verb.tag() == "VBG";
        self.idiom(outer).filter(|a| again && accuses(a)).map(|_| outer)
    }

    /// `issued` in "issued a statement saying": its subject is the source, and all of it the cue.
    fn light_verb<'d>(&self, verb: Token<'d>, cue: &Range<usize>) -> Option<Token<'d>> {
        let noun = verb.head();
        let adjoins = noun.i() < cue.start && cue.start <= noun.i() + 6;
        if verb.dep() != "acl" || verb.tag() != "VBG" || !adjoins || !self.lexicon.documents.contains(noun.lemma()) {
            return None;
        }
        let light = noun.head();
        (noun.dep() == "dobj" && self.lexicon.issuing.contains(light.lemma()) && light.i() < noun.i()).then_some(light)
    }

    /// True inside a direct quotation, whose speaker is credited with all of it.
    pub(super) fn is_within_quotation(&self, token: usize) -> bool {
        self.quotes.at(token).is_some_and(|q| {
            let q = &self.quotes.all[q];
            q.closed && q.inner.contains(&token) && q.inner.len() > 4
        })
    }
}

/// What is left of a stance under negation: who did not deny, or refused to confirm, left it open.
fn withheld(stance: Stance) -> Stance {
    match stance {
        Stance::Demand | Stance::Express => stance,
        _ => Stance::Unverified,
    }
}

/// True for a verb whose subject can speak: a name, a pronoun, a plural.
fn is_agent(verb: Token) -> bool {
    let subject = verb.child_any(&["nsubj", "nsubjpass"]);
    subject.is_some_and(|s| {
        matches!(s.ent_type(), "PERSON" | "ORG" | "GPE" | "NORP")
            || s.pos() == "PRON"
            || matches!(s.tag(), "NNS" | "NNPS" | "NNP")
    })
}

/// "Would not say whether it had found a reason": it is asked whether it did.
fn is_asked(verb: Token) -> bool {
    verb.dep() == "ccomp" && verb.children().any(|c| matches!(c.dep(), "mark" | "advmod") && c.is("whether"))
}

/// A paper, a picture, "it", "which": neither a name nor a person.
fn is_thing(token: Token) -> bool {
    let noun = token.pos() == "NOUN" && kind_of(token.lemma()) != Some(Kind::Person);
    noun || token.is_any(&["it", "this", "that", "these", "those", "which"])
}
