//! Voices beside those that cues introduce: whom a source cites, and who goes on speaking without a cue.
use super::clause::{extent, is_verb};
use super::quotes::Quotations;
use super::source::{self, voices};
use super::verb::Context;
use super::{AttributionMention, CueClass};
use std::ops::Range;
use variorum_syntax::Token;

impl Context<'_> {
    /// The voices that sources cite for what they report: `officials` in "AFP reported, quoting officials", `Tass` in "the
    /// ministry, quoted by Tass, said". They speak the same content as the attribution they stand in.
    pub fn cited(&self, found: &[AttributionMention]) -> Vec<AttributionMention> {
        let mut out = Vec::new();
        for m in found.iter().filter(|m| m.rule == "cite") {
            let verb = self.doc.token(m.cue.end - 1);
            out.extend(self.cited_by(verb, m, found));
        }
        for verb in
            self.doc.tokens().filter(|t| t.tag() == "VBN" && t.dep() == "acl" && matches!(t.lemma(), "quote" | "cite"))
        {
            out.extend(self.quoted_by(verb, found));
        }
        out
    }

    /// "According to the ministry, citing witnesses, …": the parser gives the participle another subject.
    pub fn adopt_asides(&self, found: &mut [AttributionMention]) {
        for i in 0..found.len() {
            if found[i].rule != "cite" {
                continue;
            }
            let start = found[i].cue.start;
            let before = |m: &&AttributionMention| m.sources.last().is_some_and(|s| s.end + 1 == start);
            let phrase = found[..i].iter().rev().take(3).filter(|m| self.lexicon.is_phrase(&m.rule)).find(before);
            if let Some(sources) = phrase.map(|m| m.sources.clone()) {
                found[i].sources = sources;
                found[i].secondary = false;
            }
        }
    }

    fn cited_by(
        &self,
        verb: Token,
        m: &AttributionMention,
        found: &[AttributionMention],
    ) -> Option<AttributionMention> {
        let object = verb.child("dobj").filter(|o| o.i() > verb.i())?;
        if verb.tag() != "VBG" || !self.can_be_cited(object) {
            return None;
        }
        // What the citing voice reports: by the verb the participle depends on, else in the same sentence.
        let heads: Vec<usize> = verb.ancestors().take(4).map(|t| t.i()).collect();
        let sentence = self.sentences.of(verb.i());
        let reports = |g: &&AttributionMention| {
            g.rule != "cite"
                && g.class == CueClass::Reporting
                && sentence.contains(&g.cue.start)
                && !g.content.is_empty()
        };
        let by_head = found.iter().filter(reports).find(|g| heads.iter().any(|h| g.cue.contains(h)));
        let by_phrase = || found.iter().filter(reports).find(|g| self.lexicon.is_phrase(&g.rule));
        let reported = by_head.or_else(by_phrase)?;
        let cue = m.cue.clone();
        let mut content = reported.content.clone();
        // "reported, quoting officials, that …": the clause may have gone to the cited noun.
        content.retain(|r| !r.contains(&cue.start));
        let own = extent(object);
        content.retain(|r| r.start < own.start || r.start >= own.end);
        if content.is_empty() {
            return None;
        }
        let source = voices(object, &cue);
        Some(AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            secondary: true,
            ..AttributionMention::plain(cue, content, CueClass::Reporting, reported.stance, "cited-voice")
        })
    }

    fn quoted_by(&self, verb: Token, found: &[AttributionMention]) -> Option<AttributionMention> {
        let noun = verb.head();
        let inner =
            found.iter().find(|m| m.class == CueClass::Reporting && m.sources.iter().any(|s| s.contains(&noun.i())))?;
        let cue = verb.i()..verb.child("agent").map_or(verb.i(), |b| b.i()) + 1;
        let source = source::agent(verb, &cue);
        let outlet = source.range()?;
        let first = inner.content.iter().map(|r| r.start).chain([noun.left_edge().i()]).min()?;
        let last = inner.content.iter().map(|r| r.end).chain([inner.cue.end]).max()?;
        let parts = [first..cue.start, outlet.end..last].into_iter().filter(|r| r.start < r.end);
        Some(AttributionMention {
            sources: source.voices,
            secondary: true,
            ..AttributionMention::plain(
                cue,
                parts.collect(),
                CueClass::Reporting,
                variorum_model::Stance::Assert,
                "quoted-by",
            )
        })
    }

    /// True for a name, or a noun for people and documents that are cited.
    fn can_be_cited(&self, noun: Token) -> bool {
        matches!(noun.ent_type(), "PERSON" | "ORG" | "NORP" | "GPE") || self.lexicon.cited.contains(noun.lemma())
    }

    /// Sentences that go on in free indirect style with what a source said: "The ministry said the road was closed. It
    /// would reopen on Monday." Only where the tense is shifted back ("would", "had" with a participle), the sentence
    /// before is all reported, in the same block, and no other voice has come in.
    pub fn free_indirect(&self, quotes: &Quotations, found: &[AttributionMention]) -> Vec<AttributionMention> {
        let mut out: Vec<AttributionMention> = Vec::new();
        let mut at = 0;
        let mut voice: Option<(usize, usize)> = None;
        for (s, sentence) in self.sentences.all().iter().enumerate() {
            let mut own = false;
            let mut reported = None;
            while at < found.len() && found[at].cue.start < sentence.end {
                let m = &found[at];
                own |= matches!(m.class, CueClass::Reporting | CueClass::Evidence) && !m.secondary;
                if self.reports_all_of(m, sentence) {
                    reported = Some(at);
                }
                at += 1;
            }
            if let Some(m) = reported {
                voice = Some((s, m));
                continue;
            }
            let Some((last, m)) = voice.filter(|&(last, _)| !own && last + 1 == s) else {
                voice = None;
                continue;
            };
            let before = &self.sentences.all()[last];
            let same_block = self.reading.block_of(before.start) == self.reading.block_of(sentence.start);
            let quoted = sentence.clone().any(|i| quotes.at(i).is_some());
            if !same_block || quoted || !self.is_shifted_back(sentence) {
                voice = None;
                continue;
            }
            out.push(AttributionMention {
                sources: found[m].sources.clone(),
                antecedent: found[m].antecedent.clone(),
                carried: true,
                secondary: true,
                ..AttributionMention::plain(
                    found[m].cue.clone(),
                    Vec::from_iter([sentence.clone()]),
                    CueClass::Reporting,
                    found[m].stance,
                    "free-indirect",
                )
            });
            voice = Some((s, m));
        }
        out
    }

    /// True when a finite past cue reports the whole sentence indirectly.
    fn reports_all_of(&self, m: &AttributionMention, sentence: &Range<usize>) -> bool {
        let verb = self.doc.token(m.cue.end - 1);
        let reports = m.class == CueClass::Reporting && !m.secondary && !m.negated && !m.sources.is_empty();
        let covered: usize = m.content.iter().map(|r| r.len()).sum();
        let outside = m.cue.len() + m.sources.iter().map(|r| r.len()).sum::<usize>();
        reports && verb.tag() == "VBD" && verb.is_root() && covered + outside + 6 >= sentence.len()
    }

    /// True when the main verb of a sentence is in a tense that only reported speech has here.
    fn is_shifted_back(&self, sentence: &Range<usize>) -> bool {
        let root = self.doc.slice(sentence.clone()).root();
        is_verb(root)
            && root.child_any(&["nsubj", "nsubjpass"]).is_some()
            && root.children().any(|c| c.dep() == "aux" && (c.is("would") || c.is("had") && root.tag() == "VBN"))
    }
}

/// For each mention the one whose words it stands in: the smallest content that holds its cue, or, for the voice that a
/// source cites, the attribution of that source.
pub(super) fn nest(found: &[AttributionMention]) -> Vec<Option<usize>> {
    let mut out = vec![None; found.len()];
    let mut order: Vec<(usize, usize, usize)> = Vec::new();
    for (m, mention) in found.iter().enumerate().filter(|(_, m)| !m.carried) {
        order.extend(mention.content.iter().map(|r| (r.start, r.end, m)));
    }
    order.sort_unstable();
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut next = 0;
    for (m, mention) in found.iter().enumerate() {
        while next < order.len() && order[next].0 <= mention.cue.start {
            open.push(order[next]);
            next += 1;
        }
        open.retain(|r| r.1 > mention.cue.start);
        let holders = open.iter().filter(|r| r.2 != m);
        out[m] = holders.min_by_key(|r| r.1 - r.0).map(|r| r.2);
    }
    out
}
