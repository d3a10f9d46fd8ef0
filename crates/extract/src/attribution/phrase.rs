//! Attributions by phrases: "according to", "reportedly", "citing".
use super::clause::{extent, trim};
use super::content;
use super::source::{Source, voices};
use super::verb::Context;
use super::{AttributionMention, CueClass};
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::Token;

impl Context<'_> {
    /// `according to X`, wherever the parser hangs it.
    pub fn according_to(&self, token: Token) -> Option<AttributionMention> {
        let to = token.nbor(1)?;
        if !token.is("according") || !to.is("to") {
            return None;
        }
        let noun = to.child("pobj").or_else(|| to.rights().next()).or_else(|| token.child("pobj"))?;
        let mut start = token.i();
        while start > token.sent().start
            && self.doc.token(start - 1).head().i() == token.i()
            && self.doc.token(start - 1).dep() == "advmod"
        {
            start -= 1;
        }
        let cue = start..to.i() + 1;
        let sentence = self.sentences.of(token.i());
        let mut source = voices(noun, &cue);
        // The phrase ends at its comma when a clause follows that the parser took into it.
        if let Some(range) = source.range() {
            if range.start != cue.end {
                source = Source::of(cue.end..range.end.max(cue.end + 1));
            }
        }
        let range = source.range()?;
        let span = cue.start..range.end;
        let leading = trim(self.doc, sentence.start..span.start).is_empty();
        let parts = if leading {
            vec![span.end..sentence.end]
        } else {
            let mut parts = vec![sentence.start..span.start];
            let rest = trim(self.doc, span.end..sentence.end);
            if !rest.is_empty() && self.doc.token(span.end).is(",") {
                parts.push(rest);
            }
            parts
        };
        let content = content::finish(self.doc, self.quotes, &cue, &source, parts);
        Some(plain(source.voices, cue, content, Stance::Assert, "according-to"))
    }

    /// `reportedly`, `allegedly`: no source.
    pub fn adverb(&self, token: Token) -> Option<AttributionMention> {
        let known = ["reportedly", "allegedly", "supposedly", "purportedly"];
        if token.tag() != "RB" || !token.is_any(&known) {
            return None;
        }
        let verb = token.head();
        let parts = vec![extent(verb)];
        let cue = token.i()..token.i() + 1;
        let content = content::finish(self.doc, self.quotes, &cue, &Default::default(), parts);
        Some(plain(Vec::new(), cue, content, Stance::Unverified, "reportedly"))
    }
}

fn plain(
    sources: Vec<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
    stance: Stance,
    rule: &str,
) -> AttributionMention {
    AttributionMention {
        sources,
        antecedent: None,
        cue,
        content,
        content_antecedent: None,
        stance,
        class: CueClass::Reporting,
        negated: false,
        carried: false,
        secondary: false,
        label_only: false,
        rule: rule.to_owned(),
    }
}
