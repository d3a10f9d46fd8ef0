//! Attributions by words in a fixed form: "according to", "reportedly", "alleged".
use super::AttributionMention;
use super::clause::{extent, trim};
use super::content;
use super::source::{Source, voices};
use super::verb::Context;
use std::ops::Range;
use variorum_syntax::Token;

impl Context<'_> {
    /// `according to X` and its like, wherever the parser hangs it. The rest of the sentence is the content.
    pub fn phrase(&self, token: Token) -> Option<AttributionMention> {
        let first = token.text().to_lowercase();
        let fits = |words: &[String]| (0..).zip(words).all(|(n, w)| token.nbor(n).is_some_and(|t| t.is(w)));
        let (words, phrase) = self.lexicon.phrases_from(&first).find(|(words, _)| fits(words))?;
        let last = self.doc.token(token.i() + words.len() - 1);
        let noun = last.child("pobj").or_else(|| last.rights().next()).or_else(|| token.child("pobj"))?;
        if self.lexicon.not_voices.contains(&noun.lemma().to_lowercase()) {
            return None;
        }
        let sentence = self.sentences.of(token.i());
        let mut start = token.i();
        while start > sentence.start {
            let before = self.doc.token(start - 1);
            if before.dep() != "advmod" || before.head().i() != token.i() {
                break;
            }
            start -= 1;
        }
        let cue = start..last.i() + 1;
        let mut source = voices(noun, &cue);
        match source.range() {
            Some(range) if range.start > cue.end => source = Source::of(cue.end..range.end),
            Some(range) if range.start == cue.end => {}
            _ => return None,
        }
        let mut range = source.range()?;
        let leading = trim(self.doc, sentence.start..cue.start).is_empty();
        if leading {
            // Before the clause comes a comma; what the parser took into the source after it is content.
            let comma = range.clone().find(|&i| self.doc.token(i).is(","));
            let clause =
                comma.filter(|&c| (c..range.end).any(|i| matches!(self.doc.token(i).tag(), "VBD" | "VBZ" | "VBP")));
            let clause = clause.filter(|_| !self.doc.token(range.end).is(","));
            // "According to the coroner, Hollin and Dask, both 17, died": the parser joined the dead to who tells of them.
            let verb = token.head();
            let robbed = matches!(verb.tag(), "VBD" | "VBZ" | "VBP" | "VBN")
                && verb.i() >= range.end
                && verb.child_any(&["nsubj", "nsubjpass", "expl", "csubj"]).is_none();
            if let Some(comma) = clause.or(comma.filter(|_| robbed)) {
                source = Source::of(range.start..comma);
                range.end = comma;
            }
        }
        let mut parts = Vec::new();
        if leading {
            parts.push(self.after_aside(range.end, sentence.end)..sentence.end);
        } else {
            parts.push(self.clause_start(token, sentence.start)..cue.start);
            let goes_on = self.doc.get(range.end).is_some_and(|t| t.is(","));
            let rest = range.end..sentence.end;
            let cites = self.doc.get(range.end + 1).is_some_and(|t| matches!(t.tag(), "VBG" | "WP" | "WDT" | "WRB"));
            if goes_on && !cites {
                parts.push(rest);
            }
        }
        let content = content::finish(self.doc, self.quotes, &cue, &source, parts);
        Some(AttributionMention {
            sources: source.voices,
            secondary: self.is_within_quotation(token.i()),
            ..AttributionMention::plain(cue, content, phrase.class, phrase.stance, &phrase.id)
        })
    }

    /// Past ", citing witnesses," after a source.
    fn after_aside(&self, end: usize, sentence: usize) -> usize {
        let cites = |t: Token| t.tag() == "VBG" && matches!(t.lemma(), "cite" | "quote");
        let aside = self.doc.get(end).is_some_and(|t| t.is(",")) && self.doc.get(end + 1).is_some_and(cites);
        let close = (end + 1..sentence).find(|&i| self.doc.token(i).is(",")).filter(|_| aside);
        close.unwrap_or(end)
    }

    /// Where the clause begins that a trailing phrase belongs to: the sentence, or what follows a semicolon.
    fn clause_start(&self, token: Token, sentence: usize) -> usize {
        let semicolon = (sentence..token.i()).rev().find(|&i| self.doc.token(i).is(";"));
        semicolon.map_or(sentence, |i| i + 1)
    }

    /// `reportedly`, `allegedly`: no source; the clause is the content.
    pub fn adverb(&self, token: Token) -> Option<AttributionMention> {
        let phrase = token.tag().starts_with("RB").then(|| self.lexicon.adverb(&token.text().to_lowercase()))??;
        let host = token.head();
        let mut range = extent(host);
        // A joined clause is the publisher's.
        let joined = host.child("conj").is_some_and(|c| c.child_any(&["nsubj", "nsubjpass"]).is_some());
        let joint = host.rights().find(|c| c.dep() == "cc" && c.i() > token.i()).filter(|_| joined);
        range.end = joint.map_or(range.end, |c| c.i());
        let cue = token.i()..token.i() + 1;
        let content = content::finish(self.doc, self.quotes, &cue, &Source::default(), Vec::from_iter([range]));
        (!content.is_empty()).then(|| AttributionMention {
            secondary: self.is_within_quotation(token.i()),
            ..AttributionMention::plain(cue, content, phrase.class, phrase.stance, &phrase.id)
        })
    }

    /// `alleged`, `so-called` before a noun: only the noun phrase is credited, and to nobody.
    pub fn modifier(&self, token: Token) -> Option<AttributionMention> {
        let mut cue = token.i()..token.i() + 1;
        let mut word = token.text().to_lowercase();
        // "so-called" may be three tokens.
        let hyphen = token.nbor(1).filter(|h| h.is("-") && token.glued_to_next() && h.glued_to_next());
        if let Some(next) = hyphen.and_then(|h| h.nbor(1)) {
            word = format!("{word}-{}", next.text().to_lowercase());
            cue.end = next.i() + 1;
        }
        let phrase = self.lexicon.modifier(&word)?;
        let participle = self.doc.token(cue.end - 1);
        let noun = participle.head();
        if participle.dep() != "amod" || noun.i() < cue.end || !noun.pos().starts_with(['N', 'P']) {
            return None;
        }
        let range: Range<usize> = extent(noun);
        let content = content::finish(self.doc, self.quotes, &cue, &Source::default(), Vec::from_iter([range]));
        (!content.is_empty()).then(|| AttributionMention {
            secondary: true,
            ..AttributionMention::plain(cue, content, phrase.class, phrase.stance, &phrase.id)
        })
    }
}
