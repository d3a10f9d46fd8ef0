//! Sources behind what they said, in texts that lost their commas: "Nine were killed in the raid a doctor told the agency".
//!
//! The parser takes such a source for a part of the phrase before it. It is found from its verb backwards: to an article
//! that no preposition leads to, or over the name of somebody or of an outlet.
use super::clause::{chain, is_finite, trim};
use super::lexicon::{Frame, VerbGroup};
use super::quotes::is_mark;
use super::verb::Context;
use super::{AttributionMention, CueClass};
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::Token;

/// Most tokens of a source.
const LONGEST: usize = 14;
/// Fewest tokens of what it says.
const SHORTEST: usize = 4;

impl Context<'_> {
    /// For each sentence without a cue of its own so far, the one that its last verb of saying is.
    pub fn unpunctuated(&self, found: &[AttributionMention]) -> Vec<AttributionMention> {
        let mut out = Vec::new();
        for sentence in self.sentences.all() {
            let first = found.partition_point(|m| m.cue.start < sentence.start);
            let told = || found[first..].iter().take_while(|m| m.cue.start < sentence.end);
            let reporting = || told().filter(|m| m.class == CueClass::Reporting);
            // "… SANA reported adding that …": the second cue has the speaker of the first.
            let adds = |m: &AttributionMention| self.doc.token(m.cue.start).tag() == "VBG";
            if !reporting().all(adds) {
                continue;
            }
            let limit = reporting().map(|m| m.cue.start).min().unwrap_or(sentence.end);
            let verbs = (sentence.start..limit).rev().map(|i| self.doc.token(i)).filter(|t| is_finite(*t));
            out.extend(verbs.take(3).find_map(|verb| self.told_behind(verb, sentence)));
        }
        out
    }

    fn told_behind(&self, verb: Token, sentence: &Range<usize>) -> Option<AttributionMention> {
        let group = self.speech(verb)?;
        let cue = chain(verb);
        let source = self.source_before(verb, cue.start, sentence)?;
        // A subject further left is whose verb it is: "residents who fled the town said".
        let own = verb.children().filter(|c| c.dep().starts_with("nsubj"));
        if !own.into_iter().all(|s| source.contains(&s.i())) {
            return None;
        }
        // "… said that": what is said stands behind.
        let behind = |c: Token| matches!(c.dep(), "ccomp" | "xcomp") && c.i() > verb.i() && c.tag() != "VBG";
        if verb.children().any(behind) {
            return None;
        }
        let content = trim(self.doc, sentence.start..source.start);
        // "'A bomb killed four' the agency reported": a closing quotation mark is no full stop.
        let ends = |t: Token| t.pos() == "PUNCT" && !is_mark(t);
        let closed = content.clone().next_back().is_some_and(|i| ends(self.doc.token(i)));
        let tells = content.clone().any(|i| is_finite(self.doc.token(i)));
        if content.len() < SHORTEST || closed || !tells {
            return None;
        }
        Some(AttributionMention {
            sources: vec![source],
            ..AttributionMention::plain(cue, vec![content], CueClass::Reporting, group.stance, "unpunctuated")
        })
    }

    /// The group of a verb that gives out what somebody says: "said", "reported", "told".
    fn speech(&self, verb: Token) -> Option<&VerbGroup> {
        if !self.lexicon.behind.contains(&verb.lemma().to_lowercase()) {
            return None;
        }
        let entries = self.lexicon.verb(&verb.lemma().to_lowercase()).iter().filter(|e| e.particle.is_none());
        entries.map(|e| &self.lexicon.verb_groups[e.group]).find(|g| {
            let plain = g.class == CueClass::Reporting && g.stance == Stance::Assert;
            plain && g.frames.contains(&Frame::Quote) && g.frames.contains(&Frame::Clause)
        })
    }

    /// The words right before a verb that may be who speaks.
    fn source_before(&self, verb: Token, end: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let nominal = |t: Token| {
            matches!(t.tag(), "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "DT" | "POS" | "CD" | "HYPH" | "VBN" | "IN")
        };
        let last = end.checked_sub(1).map(|i| self.doc.token(i)).filter(|t| t.tag().starts_with("NN"))?;
        let from = sentence.start.max(end.saturating_sub(LONGEST));
        let way: Vec<usize> = (from..end).rev().take_while(|&i| nominal(self.doc.token(i))).collect();
        let opens = |&i: &usize| {
            let before = i.checked_sub(1).filter(|&b| b >= sentence.start).map(|b| self.doc.token(b));
            let led =
                before.is_some_and(|b| matches!(b.tag(), "IN" | "TO") || b.tag().starts_with("VB") && b.tag() != "VBN");
            self.doc.token(i).is_any(&["a", "an", "the", "another"]) && !led
        };
        if let Some(start) = way.iter().copied().find(opens).filter(|&s| s > sentence.start) {
            return self.may_speak(last).then_some(start..end);
        }
        // A name: as far as no other name and no preposition stands.
        let name = |&&i: &&usize| {
            let t = self.doc.token(i);
            let other = t.entity().is_some_and(|e| e.end < end && e.label != "ORG");
            matches!(t.tag(), "NN" | "NNP" | "NNPS") && !other
        };
        let start = way.iter().take_while(name).last().copied().filter(|&s| s > sentence.start)?;
        let proper = self.doc.token(start).tag().starts_with("NNP");
        let person = self.doc.token(start).entity().is_some_and(|e| e.label == "PERSON" && e.start == start);
        (proper && verb.i() > start && (person || self.may_speak(last))).then_some(start..end)
    }

    /// A noun for somebody, or for what others cite.
    fn may_speak(&self, noun: Token) -> bool {
        let lemma = noun.lemma().to_lowercase();
        let person = crate::senses::kind_of_token(noun) == Some(crate::senses::Kind::Person);
        person || self.lexicon.cited.contains(&lemma) || matches!(noun.ent_type(), "ORG" | "PERSON")
    }
}
