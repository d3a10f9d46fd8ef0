//! Headlines and transcripts: "Mayor: bridge will reopen", "'We won't leave' – mayor".
use super::clause::trim;
use super::verb::Context;
use super::{AttributionMention, CueClass};
use crate::Block;
use crate::reading::headline::may_have_lost_its_colon;
use std::collections::BTreeMap;
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::Token;

/// Most words that can name a source before a colon or after a dash.
const LONGEST_NAME: usize = 8;
/// Most words that can name a source behind a colon at the end.
const LONGEST_ROLE: usize = 4;

impl Context<'_> {
    /// The attribution of a block by a colon or a dash.
    pub fn headline(&self, block: &Range<usize>) -> Option<AttributionMention> {
        self.before_colon(block).or_else(|| self.after_dash(block)).or_else(|| self.at_end(block))
    }

    /// The attributions of a transcript: from "[VERRIN]" before a paragraph on, its words and those of the paragraphs after it are
    /// Verrin's, until another is named or the article ends. One such paragraph makes no transcript: "[GRAPHIC CONTENT]".
    pub fn transcript(&self) -> Vec<AttributionMention> {
        let article = |block: &Block| self.reading.article_at(block.span.start);
        let labels: Vec<_> = self.reading.blocks.iter().map(|block| (article(block), self.speaker(block))).collect();
        let mut named: BTreeMap<usize, usize> = BTreeMap::new();
        labels.iter().filter(|(_, name)| name.is_some()).for_each(|(of, _)| *named.entry(*of).or_default() += 1);
        let mut speaker: Option<(Range<usize>, usize)> = None;
        let mut found = Vec::new();
        for (block, (of, name)) in self.reading.blocks.iter().zip(&labels) {
            speaker = speaker.filter(|(_, before)| before == of);
            let carried = name.is_none();
            if let Some(name) = name.clone().filter(|_| named.get(of).is_some_and(|n| *n > 1)) {
                speaker = Some((name, *of));
            }
            let Some((name, _)) = &speaker else { continue };
            let speech = trim(self.doc, block.dateline.end..block.tokens.end);
            if speech.len() >= 3 {
                let said = self.unspoken(name.clone(), name.end..name.end + 1, speech, "label");
                found.push(AttributionMention { carried, secondary: carried, ..said });
            }
        }
        found
    }

    /// The name in the last brackets before the first sentence of a paragraph, its surname in capitals.
    fn speaker(&self, block: &Block) -> Option<Range<usize>> {
        let doc = self.doc;
        let close = block.dateline.clone().next_back().filter(|&i| doc.token(i).is("]"))?;
        let open = (block.dateline.start..close).rev().find(|&i| doc.token(i).is("["))?;
        let last = doc.token(close.checked_sub(1).filter(|&i| i > open)?);
        let capitals = last.text().len() > 2 && last.text().chars().all(|c| c.is_uppercase() || c == '-');
        let word = last.text().to_lowercase();
        (capitals && !self.lexicon.not_speakers.contains(&word)).then_some(open + 1..close)
    }

    fn before_colon(&self, block: &Range<usize>) -> Option<AttributionMention> {
        let doc = self.doc;
        let near = block.start + 1..block.end.min(block.start + LONGEST_NAME + 1);
        let colon = near.clone().find(|&i| doc.token(i).is(":"))?;
        let next = doc.get(colon + 1)?;
        if doc.token(colon).glued_to_next() && !self.quotes.holds(colon + 1) || next.i() >= block.end {
            return None;
        }
        let name = trim(doc, block.start..colon);
        let speech = trim(doc, colon + 1..block.end);
        let quoted = self.quotes.at(colon + 1).is_some();
        let says_something = quoted || speech.clone().any(|i| matches!(doc.token(i).pos(), "VERB" | "AUX"));
        if speech.len() < 3 || !says_something || !self.names_a_speaker(name.clone(), quoted) {
            return None;
        }
        Some(self.unspoken(name, colon..colon + 1, speech, "colon"))
    }

    fn after_dash(&self, block: &Range<usize>) -> Option<AttributionMention> {
        let doc = self.doc;
        let first = block.end.saturating_sub(LONGEST_NAME).max(block.start + 3);
        let dash = (first..block.end).rev().find(|&i| matches!(doc.token(i).text(), "–" | "—" | "-" | "―"))?;
        if doc.token(dash).glued_to_next() || doc.token(dash - 1).glued_to_next() {
            return None;
        }
        let name = trim(doc, dash + 1..block.end);
        let speech = trim(doc, block.start..dash);
        let quoted = self.quotes.at(speech.end.saturating_sub(1)).is_some();
        // After a plain headline the dash introduces the outlet; a common noun is a source.
        let role =
            name.clone().all(|i| doc.token(i).text().starts_with(char::is_lowercase) && doc.token(i).pos() == "NOUN");
        let ends_bare = !doc.token(block.end - 1).is(".");
        if name.is_empty()
            || speech.len() < 3
            || !(quoted || role && ends_bare)
            || !self.names_a_speaker(name.clone(), true)
        {
            return None;
        }
        Some(self.unspoken(name, dash..dash + 1, speech, "dash"))
    }

    /// "Blast kills two: monitor", and the same where the colon was lost.
    fn at_end(&self, block: &Range<usize>) -> Option<AttributionMention> {
        let doc = self.doc;
        let last = doc.token(block.end.checked_sub(1)?);
        let first = block.end.saturating_sub(LONGEST_ROLE + 1).max(block.start + 3);
        let colon = (first..block.end).rev().find(|&i| doc.token(i).is(":") && !doc.token(i).glued_to_next());
        let name = last.sent();
        let lost = || {
            let words = &doc.text()[doc.token(name.start).start()..last.end()];
            may_have_lost_its_colon(words) && name.len() <= 2 && name.start > block.start
        };
        let (speech, name, cue) = match colon {
            Some(colon) => (block.start..colon, colon + 1..block.end, colon..colon + 1),
            None if lost() => (block.start..name.start, name.start..block.end, name.start..block.end),
            None => return None,
        };
        let (speech, name) = (trim(doc, speech), trim(doc, name));
        let says_something = speech.clone().any(|i| matches!(doc.token(i).pos(), "VERB" | "AUX" | "NUM"));
        let role = |i: usize| {
            let token = doc.token(i);
            (token.pos() != "VERB" || name.len() == 1) && self.lexicon.cited.contains(&token.lemma().to_lowercase())
        };
        let who = !name.is_empty() && (colon.is_none() || role(name.end - 1)) && !last.is(".");
        (who && speech.len() >= 3 && says_something).then(|| self.unspoken(name, cue, speech, "colon"))
    }

    /// True for a person, a body or a role, without a verb.
    fn names_a_speaker(&self, name: Range<usize>, quoted: bool) -> bool {
        let doc = self.doc;
        let Some(head) = name.clone().rev().map(|i| doc.token(i)).find(|t| matches!(t.pos(), "PROPN" | "NOUN")) else {
            return false;
        };
        let verb = |t: Token| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD" | "IN" | "TO" | "CD" | "WRB" | "WP");
        if name.clone().any(|i| verb(doc.token(i)) || self.quotes.holds(i)) {
            return false;
        }
        let word = head.text().to_lowercase();
        if self.lexicon.not_speakers.contains(&word) || self.lexicon.not_speakers.contains(head.lemma()) {
            return false;
        }
        if self.is_place_elsewhere(name.clone()) {
            return false;
        }
        let role = matches!(head.tag(), "NN" | "NNS") || self.lexicon.cited.contains(&word);
        match head.ent_type() {
            "PERSON" | "NORP" => true,
            "GPE" => quoted,
            "ORG" | "" => role || is_initials(head),
            _ => false,
        }
    }

    /// True when the same name is a place, to the entity recogniser, somewhere else in the text.
    fn is_place_elsewhere(&self, name: Range<usize>) -> bool {
        let fold = |s: &str| s.replace('-', " ").to_lowercase();
        let words = fold(self.doc.slice(name.clone()).text());
        let mut places = self.doc.entities().iter().filter(|e| matches!(e.label.as_str(), "GPE" | "LOC" | "FAC"));
        places.any(|e| {
            e.start != name.start && fold(self.doc.slice(e.start..e.end).text()).trim_start_matches("the ") == words
        })
    }

    fn unspoken(&self, name: Range<usize>, cue: Range<usize>, speech: Range<usize>, rule: &str) -> AttributionMention {
        let content = Vec::from_iter([speech]);
        AttributionMention {
            sources: Vec::from_iter([name]),
            ..AttributionMention::plain(cue, content, CueClass::Reporting, Stance::Assert, rule)
        }
    }
}

/// True for a short name in capitals: "UN", "EU", "OSCE".
fn is_initials(token: Token) -> bool {
    (2..=6).contains(&token.text().len()) && token.text().chars().all(|c| c.is_ascii_uppercase())
}
