//! Stretches of time that a figure counts over: "in three days of fighting", "since Tuesday".
use super::attach::Scene;
use super::lexicon::Lexicon;
use super::text::Text;
use variorum_model::Scope;

impl Scene<'_, '_, '_> {
    /// The scope that a stretch of time around a figure gives it.
    pub(super) fn stretch_of(&self, counted: usize, trigger: usize) -> Option<Scope> {
        let phrase = &self.counted[counted];
        let from = self.sent.start.max(phrase.tokens.start.saturating_sub(WINDOW));
        let until = self.sent.end.min(phrase.tokens.end.max(self.triggers[trigger].tokens.end) + WINDOW);
        (from..until).filter(|i| !phrase.tokens.contains(i)).find_map(|i| {
            if !self.holds_over(trigger, i) {
                return None;
            }
            self.lexicon.length_at(self.text, i, self.sent.end).or_else(|| self.since_at(trigger, i))
        })
    }

    /// True when a time is told of the trigger's own clause, not of a noun in it or of another clause.
    fn holds_over(&self, trigger: usize, opener: usize) -> bool {
        let doc = self.text.doc;
        let head = doc.token(self.triggers[trigger].head);
        let mut at = doc.token(opener);
        // A length without a preposition is the subject: "six days of shelling have killed 40".
        if at.pos() == "NUM" || at.tag().starts_with("NN") {
            at = if at.dep() == "nummod" { at.head() } else { at };
            return at.dep() == "nsubj" && (at.head() == head || head.is_under(at.head()));
        }
        let above = at.head();
        if self.compares(opener) {
            return false;
        }
        // "were killed in clashes in three days": of the noun that tells how.
        let of_means = above.dep() == "pobj" && above.head().head() == head;
        let above = if at.dep() == "mark" { above.head() } else { above };
        above == head || of_means || (matches!(above.pos(), "VERB" | "AUX") && head.is_under(above))
    }

    /// "the worst attack since 2013": the time is that of the last such thing.
    pub(super) fn compares(&self, time: usize) -> bool {
        (time.saturating_sub(SUPERLATIVE).max(self.sent.start)..time)
            .any(|i| self.lexicon.syntax.superlatives.contains(&self.text.words[i]))
    }

    fn since_at(&self, trigger: usize, i: usize) -> Option<Scope> {
        let entry = self.lexicon.since.iter().find(|s| s.words.contains(&self.text.words[i]))?;
        let token = self.text.doc.token(i);
        // "since they were armed" gives a reason.
        if token.dep() == "mark" && !self.is_perfect(trigger) {
            return None;
        }
        let next = |j: usize| self.text.words.get(i + j).filter(|_| i + j < self.sent.end);
        let day = (1..=SINCE_WINDOW).map_while(next).any(|w| entry.day.contains(w));
        let dated = (1..=SINCE_WINDOW)
            .map_while(|j| self.text.doc.get(i + j).filter(|_| i + j < self.sent.end))
            .any(|t| t.ent_type() == "DATE");
        Some(if day && !dated { Scope::Day } else { Scope::Campaign })
    }
}

impl Lexicon {
    /// "in three days", "over the past 24 hours", "six days of": the scope of a length of time that starts at a token.
    fn length_at(&self, text: &Text, i: usize, end: usize) -> Option<Scope> {
        self.spans.iter().find_map(|span| {
            let opened = span.openers.contains(&text.words[i]);
            let mut at = i + usize::from(opened);
            let mut number = None;
            let mut filled = false;
            while at < end && at < i + LONGEST {
                let word = &text.words[at];
                if let Some(value) = text.number(at).or_else(|| self.cardinals.get(word).copied()) {
                    number = Some(value);
                } else if let Some((len, reading)) = self.readings.at(&text.words, at, end) {
                    number = reading.value.or(reading.min);
                    at += len - 1;
                } else if !span.fillers.contains(word) {
                    break;
                }
                filled = true;
                at += 1;
            }
            let most = *span.units.get(text.words.get(at).filter(|_| at < end)?)?;
            let whole = text.word(at + 1) == "of" && number.is_some();
            if !(filled && (opened || whole)) {
                return None;
            }
            Some(if number.unwrap_or(1.0) <= most { Scope::Day } else { Scope::Campaign })
        })
    }
}

/// How far from a figure a stretch of time may stand, in tokens.
const WINDOW: usize = 18;
/// How far before a stretch of time a superlative makes it a comparison ("the worst attack since 2013"), in tokens.
const SUPERLATIVE: usize = 6;
/// How many tokens after "since" name its start.
const SINCE_WINDOW: usize = 4;
/// Longest expression of a length of time, in tokens.
const LONGEST: usize = 7;
