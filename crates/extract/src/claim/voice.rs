//! Who says it: from attributions to the chain of voices over a happening.
use super::{Scene, bare_event, token_quote};
use crate::event::EventMention;
use crate::{Mentions, Reading};
use std::ops::Range;
use variorum_model::{Polarity, Quote, Stance};
use variorum_syntax::{Doc, Token};

/// The rule id of claims that are an act of speech without a happening in it.
pub(super) const SPEECH_RULE: &str = "act-of-speech";

/// One credited source.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    pub tokens: Range<usize>,
    pub head: usize,
}

/// One attribution, ready for claims.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub sources: Vec<Speaker>,
    pub cue: Range<usize>,
    pub content: Vec<Range<usize>>,
    pub stance: Stance,
    pub negated: bool,
    pub carried: bool,
}

impl Voice {
    /// True when the token lies in what the voice says.
    pub fn says(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token)) && !self.cue.contains(&token)
    }
    /// The cue with its words.
    pub fn cue_quote(&self, reading: &Reading) -> Quote {
        token_quote(reading, self.cue.clone())
    }
    fn size(&self) -> usize {
        self.content.iter().map(|r| r.len()).sum()
    }
}

/// The attributions that put claims forward; labels ("what it calls 'X'") do not.
pub(super) fn voices(scene: &Scene<'_>) -> Vec<Voice> {
    let Mentions { attributions, .. } = scene.mentions;
    attributions
        .iter()
        .filter(|a| !a.label_only && !a.content.is_empty())
        .map(|a| Voice {
            sources: a
                .sources
                .iter()
                .filter(|r| !r.is_empty())
                .map(|r| speaker(&scene.reading.doc, r.clone()))
                .collect(),
            cue: a.cue.clone(),
            content: a.content.clone(),
            stance: a.stance,
            negated: a.negated,
            carried: a.carried,
        })
        .collect()
}

fn speaker(doc: &Doc, tokens: Range<usize>) -> Speaker {
    let head = doc.slice(tokens.clone()).root().i();
    Speaker { tokens, head }
}

/// The voices over a happening, from the outermost to the innermost.
pub(super) fn chain<'v>(voices: &'v [Voice], event: &EventMention) -> Vec<&'v Voice> {
    let mut chain: Vec<&Voice> = voices.iter().filter(|v| v.says(event.head)).collect();
    // What is credited inside another's words is the smaller stretch.
    chain.sort_by_key(|v| std::cmp::Reverse(v.size()));
    chain
}

/// A claim for an attribution in whose words no happening was found: a denial, a demand, a statement.
pub(super) fn act_of_speech(scene: &Scene<'_>, voice: &Voice) -> Option<EventMention> {
    let doc = &scene.reading.doc;
    if voice.sources.is_empty() || voice.carried {
        return None;
    }
    let kind = match voice.stance {
        Stance::Deny => "denial",
        Stance::Accuse => "accusation",
        Stance::Demand => "demand",
        _ => "statement",
    };
    let content = voice.content.iter().max_by_key(|r| r.len())?;
    let head = doc.slice(content.clone()).root();
    let head = if head.pos() == "PUNCT" { first_word(doc, content.clone())? } else { head };
    let mut event = bare_event(kind, head.i(), content.clone(), SPEECH_RULE);
    if voice.stance == Stance::Deny {
        event.polarity = Polarity::DidNotHappen;
    }
    Some(event)
}

fn first_word(doc: &Doc, range: Range<usize>) -> Option<Token<'_>> {
    doc.slice(range).tokens().find(|t| !matches!(t.pos(), "PUNCT" | "SPACE"))
}
