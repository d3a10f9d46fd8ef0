//! The span of a claim: the shortest stretch with its content, the attribution included where it adjoins.
use super::Scene;
use super::voice::Voice;
use crate::event::EventMention;
use std::ops::Range;
use variorum_model::Span;

/// Most tokens that may stand between an attribution and the content that it adjoins ("that", a comma, quotes).
const GAP: usize = 3;

/// Bytes of the claim's words.
pub(super) fn span(scene: &Scene<'_>, event: &EventMention, voice: Option<&Voice>, first: bool) -> Span {
    let doc = &scene.reading.doc;
    let mut tokens = event.extent.clone();
    if let Some(voice) = voice.filter(|v| !v.carried) {
        let sentence = doc.token(event.head).sent();
        let near = |r: &Range<usize>| sentence.start <= r.start && r.end <= sentence.end;
        let parts: Vec<Range<usize>> = std::iter::once(voice.cue.clone())
            .chain(voice.sources.iter().map(|s| s.tokens.clone()))
            .filter(near)
            .collect();
        if first {
            // Twice, since the source may stand beyond the cue.
            for _ in 0..2 {
                for part in &parts {
                    let before = part.end <= tokens.start && tokens.start - part.end <= GAP;
                    let after = part.start >= tokens.end && part.start - tokens.end <= GAP;
                    if before || after {
                        tokens = tokens.start.min(part.start)..tokens.end.max(part.end);
                    }
                }
            }
        }
    }
    let bytes = doc.slice(tokens).bytes();
    Span::new(bytes.start, bytes.end)
}
