//! Time expressions: recognition and normalisation against the document creation time.
//!
//! Words, values and rules are data (`data/timex/`): the lexicon says which words there are, the normalisation what
//! each stands for, the rules which sequences of them make a time expression. The rules run one after the other over
//! a [lattice](lattice) of the report's atoms, each over what the earlier ones have found, as the productions of a
//! bottom-up chart parser do; what words mean together is the unification of what they mean alone. Of the
//! overlapping results the longest is taken, and what a veto covers falls away. Only then are the records resolved,
//! in text order, against the publication date, the tense and the dates that the narrative has reached.
//!
//! Values follow TimeML's TIMEX3 (Pustejovsky et al. 2003; annotation guidelines 1.2.1).

mod calendar;
mod choice;
mod lattice;
mod lexicon;
mod pattern;
mod range;
mod record;
mod resolve;
mod rule;
mod source;
#[cfg(test)]
mod specs;
mod story;
mod tense;
mod value;

use crate::{LoadError, Reading};
use calendar::day_value;
use lattice::{Item, Lattice, Symbol, Symbols};
use lexicon::Lexicon;
use resolve::{Context, Meaning};
use rule::Rule;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;
use story::{Place, Story};
use tense::TenseWords;
use variorum_model::{Quote, Span, TimePrecision, Timex};
use variorum_syntax::Token;

/// A time expression with what its value means on the calendar.
#[derive(Debug, Clone)]
pub struct TimexMention {
    /// The contract's form (byte offsets).
    pub timex: Timex,
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// First day it can mean, where it names a calendar time (ISO 8601). Both ends of a range ("between 3 and 5
    /// May") have the bounds of the range.
    pub earliest: Option<String>,
    /// Last day it can mean.
    pub latest: Option<String>,
    /// Width.
    pub precision: TimePrecision,
    /// True when the words alone give the date, without a publication date.
    pub explicit: bool,
    /// Id of the rule.
    pub rule: &'static str,
    /// How the words before it relate a happening to it.
    pub signal: Signal,
}

/// How a happening relates to the time that its words name (TimeML's signals).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signal {
    /// "On Tuesday": in it.
    #[default]
    At,
    /// "Since Tuesday": from it until now.
    Since,
    /// "Until Tuesday", "by Tuesday": up to it.
    Until,
    /// "Before Tuesday".
    Before,
    /// "After Tuesday".
    After,
}

/// Rules and lexicon of time expressions.
pub struct TimexFinder {
    grammar: &'static Grammar,
}

struct Grammar {
    symbols: Symbols,
    lexicon: Lexicon,
    rules: Vec<Rule>,
    tense: TenseWords,
    /// Classes whose items are mentions.
    mentions: [Option<Symbol>; 6],
    veto: Option<Symbol>,
}

impl Grammar {
    fn load() -> Result<Self, LoadError> {
        let mut symbols = Symbols::new();
        let lexicon = Lexicon::load(&mut symbols)?;
        let rules = rule::load(&mut symbols, &lexicon)?;
        let tense = TenseWords::load()?;
        let mentions = ["DATE", "DAY", "TIME", "DURATION", "SET", "REFERENCE"].map(|class| symbols.get(class));
        let veto = symbols.get("VETO");
        Ok(Grammar { symbols, lexicon, rules, tense, mentions, veto })
    }
}

impl TimexFinder {
    /// Reads the built-in rules, once in the life of a program.
    pub fn load() -> Result<Self, LoadError> {
        static GRAMMAR: OnceLock<Result<Grammar, LoadError>> = OnceLock::new();
        match GRAMMAR.get_or_init(Grammar::load) {
            Ok(grammar) => Ok(TimexFinder { grammar }),
            Err(error) => Err(LoadError(error.0.clone())),
        }
    }

    /// All time expressions in text order, none overlapping.
    pub fn find(&self, reading: &Reading) -> Vec<TimexMention> {
        let mut lattice = Lattice::new(reading, &self.grammar.symbols);
        self.grammar.lexicon.mark(&mut lattice);
        for (index, rule) in self.grammar.rules.iter().enumerate() {
            rule.apply(index as u16, &mut lattice);
        }
        let items = self.select(&lattice);
        let day_first = range::day_first(items.iter().map(|i| &i.record));
        let mut story = Story::default();
        let mut mentions: Vec<TimexMention> = Vec::with_capacity(items.len());
        for item in items {
            let Some(span) = span_of(item, &lattice) else { continue };
            let tokens = tokens_of(item, &lattice);
            let place = Place {
                sentence: reading.doc.token(tokens.start).sent_index(),
                article: reading.article_at(span.start),
                dct: reading.dct_at(span.start),
            };
            let leaning = OnceCell::new();
            let lean = || *leaning.get_or_init(|| self.grammar.tense.leaning(&reading.doc, tokens.clone()));
            let context = Context { story: &story, place, leaning: &lean, day_first };
            let Some(meaning) = resolve::resolve(&item.record, &context) else { continue };
            if let Some(stretch) = meaning.stretch {
                story.reach(stretch, place);
            }
            let rule = item.rule.map_or("", |r| self.grammar.rules[usize::from(r)].id);
            mentions.push(mention(reading, span, tokens, meaning, rule));
        }
        range::join(reading, &mut mentions);
        mentions
    }

    /// From left to right the longest item of a mention's class; what a veto covers falls away.
    fn select<'l>(&self, lattice: &'l Lattice) -> Vec<&'l Item> {
        let grammar = self.grammar;
        let is_final = |i: &&Item| grammar.mentions.contains(&Some(i.symbol)) || Some(i.symbol) == grammar.veto;
        let rank = |i: &Item| i.rule.map_or(0, |r| grammar.rules[usize::from(r)].rank);
        let mut items: Vec<&Item> = lattice.items.iter().filter(is_final).collect();
        items.sort_by_key(|i| {
            let vetoes = Some(i.symbol) == grammar.veto;
            (i.start, std::cmp::Reverse(i.end), !vetoes, std::cmp::Reverse(rank(i)), i.rule)
        });
        let mut reached = 0;
        items.retain(|i| {
            let is_free = i.start >= reached;
            if is_free {
                reached = i.end;
            }
            is_free && Some(i.symbol) != grammar.veto
        });
        items
    }
}

fn span_of(item: &Item, lattice: &Lattice) -> Option<Span> {
    let first = lattice.atoms.get(item.start as usize)?;
    let last = lattice.atoms.get((item.end as usize).checked_sub(1)?)?;
    Some(Span::new(first.start, last.end))
}

fn tokens_of(item: &Item, lattice: &Lattice) -> Range<usize> {
    let (first, last) = (item.start as usize, item.end as usize - 1);
    lattice.atoms[first].token..lattice.atoms[last].token + 1
}

fn mention(reading: &Reading, span: Span, tokens: Range<usize>, meaning: Meaning, rule: &'static str) -> TimexMention {
    let signal = range::signal(reading, tokens.start);
    TimexMention {
        timex: Timex { quote: Quote::new(span, reading.text()), kind: meaning.kind, value: meaning.value },
        tokens,
        earliest: meaning.bounds.map(|b| day_value(b.0)),
        latest: meaning.bounds.map(|b| day_value(b.1)),
        precision: meaning.precision,
        explicit: meaning.explicit,
        rule,
        signal,
    }
}

/// "The accord of 9 May": a time that only says which one is meant, by the root of its words. "The morning of 9 May" is a time itself.
pub(crate) fn is_of_noun(root: Token<'_>) -> bool {
    let noun = root.head().head();
    root.dep() == "pobj"
        && root.head().is("of")
        && matches!(noun.pos(), "NOUN" | "PROPN")
        && !matches!(noun.ent_type(), "DATE" | "TIME")
}

/// "The 2014 war", "Friday's raid": a time before the noun that it belongs to.
pub(crate) fn is_before_noun(root: Token<'_>) -> bool {
    matches!(root.dep(), "compound" | "nummod" | "nmod" | "poss")
}
