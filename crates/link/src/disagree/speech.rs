//! What a claim says, short enough for a sentence.
use crate::evidence::Evidence;
use variorum_model::{Span, Stance};

/// Characters that are quoted of a claim.
const MOST: usize = 110;

/// What the voice does with the claim's words: `said “fired on Sorrivo”`, `“accused Karovia of firing on Sorrivo”`.
pub(super) fn said(e: &Evidence<'_>) -> String {
    let parts = Parts::of(e);
    match parts.credit {
        Some((cue, _)) if is_act(e) && cue < parts.trigger.1 => parts.quote(cue, parts.letters.len()),
        _ if e.claim.stance == Stance::Deny => format!("denied {}", quoted(e)),
        _ => format!("said {}", quoted(e)),
    }
}

/// An act of speech that is told with its cue: who acts is named besides.
fn is_act(e: &Evidence<'_>) -> bool {
    matches!(e.claim.stance, Stance::Accuse | Stance::Deny)
}

/// The claim's words without those that credit its voice, in quotation marks: “fired on Sorrivo”.
pub(super) fn quoted(e: &Evidence<'_>) -> String {
    let parts = Parts::of(e);
    let n = parts.letters.len();
    match parts.credit {
        Some((_, end)) if end <= parts.trigger.0 && end < n => parts.quote(end, n),
        Some((begin, _)) if begin >= parts.trigger.1 && begin > 0 => parts.quote(0, begin),
        // Of a statement the cue is the trigger: what is said stands on the longer side of it.
        Some((begin, end)) if parts.trigger.0 >= begin && parts.trigger.1 <= end && (begin > 0 || end < n) => {
            if begin > n - end { parts.quote(0, begin) } else { parts.quote(end, n) }
        }
        _ => parts.quote(0, n),
    }
}

/// A claim's quote, letter by letter, with positions of the words that credit and the words that name the happening.
struct Parts {
    letters: Vec<char>,
    credit: Option<(usize, usize)>,
    trigger: (usize, usize),
}

impl Parts {
    fn of(e: &Evidence<'_>) -> Self {
        let letters: Vec<char> = e.claim.quote.chars().collect();
        let start = e.claim.span.start;
        let inside = |span: Span| {
            let at = |point: usize| point.saturating_sub(start).min(letters.len());
            (span.end > start && span.start < e.claim.span.end).then(|| (at(span.start), at(span.end)))
        };
        let innermost = e.claim.sources.last().and_then(|s| inside(s.span));
        let credit = match (e.claim.cue.as_ref().and_then(|c| inside(c.span)), innermost) {
            (Some(cue), _) if is_act(e) => Some(cue),
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (cue, source) => cue.or(source),
        };
        let trigger = inside(e.claim.event.trigger.span).unwrap_or((0, letters.len()));
        Parts { letters, credit, trigger }
    }

    fn quote(&self, from: usize, to: usize) -> String {
        let words: String = self.letters[from..to].iter().filter(|c| !matches!(c, '“' | '”' | '"')).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '—' | '–'));
        format!("“{}”", shortened(bare))
    }
}

/// Cut at a word.
fn shortened(words: &str) -> String {
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let cut: String = words.chars().take(MOST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':']))
}
