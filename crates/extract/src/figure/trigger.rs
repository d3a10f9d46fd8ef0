//! Words that say what happened to the counted: where they stand and in what form.
use super::lexicon::{Form, Frame, Lexicon, TriggerEntry};
use super::text::Text;
use std::ops::Range;
use variorum_syntax::Token;

/// A trigger in the text.
#[derive(Debug, Clone)]
pub(super) struct Trigger<'l> {
    pub entry: &'l TriggerEntry,
    pub form: Form,
    pub tokens: Range<usize>,
    /// The word of the trigger that the syntax hangs on.
    pub head: usize,
}

impl<'l> Lexicon {
    /// All triggers of a sentence in text order. A longer one hides those inside it.
    pub fn triggers_in(&'l self, text: &Text, sent: &Range<usize>) -> Vec<Trigger<'l>> {
        let mut found = Vec::new();
        let mut at = sent.start;
        while at < sent.end {
            let longest = self.trigger_forms.at(&text.words, at, sent.end).map_or(0, |(len, _)| len);
            for (_, &hit) in self.trigger_forms.all_at(&text.words, at, sent.end).filter(|(len, _)| *len == longest) {
                let tokens = at..at + longest;
                let entry = &self.triggers[hit.entry];
                let head = syntactic_head(text, &tokens);
                let form = match hit.form {
                    Form::Open if matches!(entry.frame, Frame::Transitive | Frame::Intransitive | Frame::Active) => {
                        phrase_form(text.doc.token(tokens.start))
                    }
                    form => form,
                };
                if self.trigger_holds(text, entry, form, &tokens, head, sent) {
                    found.push(Trigger { entry, form, tokens, head });
                }
            }
            at += longest.max(1);
        }
        found
    }

    fn trigger_holds(
        &self,
        text: &Text,
        entry: &TriggerEntry,
        form: Form,
        tokens: &Range<usize>,
        head: usize,
        sent: &Range<usize>,
    ) -> bool {
        let token = text.doc.token(head);
        // "the killed", "a wounded man": kept; "the hurt was deep", "a march": nouns that only look like verbs.
        let verbal = matches!(entry.frame, Frame::Transitive | Frame::Intransitive | Frame::Active);
        // "At 2200 on 18 March" nobody marches.
        if verbal && tokens.len() == 1 && matches!(token.ent_type(), "DATE" | "TIME") {
            return false;
        }
        if verbal && tokens.len() == 1 {
            let noun_tag =
                matches!(token.tag(), "NN" | "NNS") && matches!(form, Form::Base | Form::Present | Form::Gerund);
            let article =
                head > sent.start && matches!(text.word(head - 1), "a" | "an" | "the" | "of" | "this" | "that" | "in");
            if noun_tag && article {
                return false;
            }
        }
        if !entry.goal.is_empty() {
            let until = sent.end.min(tokens.end + GOAL_WINDOW);
            // "Three dockers were shot and their cook is dead": another clause begins.
            let finite = |i: usize| {
                let token = text.doc.token(i);
                matches!(token.pos(), "VERB" | "AUX") && matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD")
            };
            let ends = |i: &usize| matches!(text.word(*i), ";" | "." | "who") || finite(*i);
            let stop = (tokens.end..until).find(ends).unwrap_or(until);
            return (tokens.end..stop).any(|i| entry.goal.at(&text.words, i, sent.end).is_some());
        }
        let soon = tokens.end..sent.end.min(tokens.end + UNLESS_WINDOW);
        if !entry.unless.is_empty() && soon.clone().any(|i| entry.unless.contains(&text.words[i])) {
            return false;
        }
        if !entry.needs.is_empty() && entry.frame != Frame::Roll {
            let from = tokens.start.saturating_sub(NEED_WINDOW).max(sent.start);
            return (from..tokens.start).any(|i| entry.needs.contains(&text.words[i]));
        }
        true
    }
}

/// The word of a phrase whose head lies outside it.
fn syntactic_head(text: &Text, tokens: &Range<usize>) -> usize {
    let inside = |t: Token| tokens.contains(&t.head().i()) && !t.is_root();
    let head = tokens.clone().find(|&i| !inside(text.doc.token(i))).unwrap_or(tokens.start);
    // Whatever the parser makes of "the dead".
    if text.doc.token(head).tag() == "DT" { tokens.end - 1 } else { head }
}

fn phrase_form(first: Token) -> Form {
    match first.tag() {
        "VBG" => Form::Gerund,
        "VBZ" => Form::Present,
        "VB" | "VBP" => Form::Base,
        _ => Form::Past,
    }
}

/// How far on the goal of a verb may stand, in tokens.
const GOAL_WINDOW: usize = 12;
/// How far on a word may stand that makes a trigger another thing, in tokens.
const UNLESS_WINDOW: usize = 4;
/// How far back a needed word may stand, in tokens.
const NEED_WINDOW: usize = 12;
