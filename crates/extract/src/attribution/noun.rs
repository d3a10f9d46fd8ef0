//! Attributions by nouns: "the claim that", "her call for", "issued a warning that".
use super::clause::{chain, extent, has_to, is_negated, preposition};
use super::content;
use super::source::{self, Source, voices};
use super::verb::Context;
use super::{AttributionMention, CueClass};
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::Token;

/// Tokens between a document and the colon before its text: "a statement on Monday to the guilds:".
const REACH: usize = 12;

impl Context<'_> {
    /// The attribution of a noun, if the lexicon knows it and its content stands beside it.
    pub fn noun(&self, noun: Token) -> Option<AttributionMention> {
        if !matches!(noun.tag(), "NN" | "NNS") {
            return None;
        }
        let group = self.lexicon.noun(noun.lemma())?;
        let mut cue = noun.i()..noun.i() + 1;
        let mut content: Option<Range<usize>> = None;
        for c in noun.rights() {
            let clause = matches!(c.dep(), "acl" | "ccomp" | "relcl" | "appos" | "advcl");
            let that = c.child("mark").is_some_and(|m| m.is("that"));
            if clause && (group.clause && that || group.infinitive && has_to(c) && c.child("nsubj").is_none()) {
                content = Some(extent(c));
                break;
            }
        }
        if content.is_none() {
            let prep = group.prepositions.iter().find_map(|p| preposition(noun, p))?;
            if let Some(c) = prep.child_any(&["pobj", "pcomp"]) {
                content = Some(extent(c));
                if prep.i() == cue.end {
                    cue.end += 1;
                }
            }
        }
        let content = content?;
        let mut negated = false;
        let mut source = self.possessor(noun, &cue);
        if let Some(light) = self.light_verb_of(noun) {
            negated = is_negated(light);
            cue.start = chain(light).start;
            if source.voices.is_empty() {
                source = source::of_verb(light, &cue);
            }
        }
        let above = if noun.dep() == "pobj" { noun.head().head() } else { noun.head() };
        let another = source.voices.is_empty() && group.not_under.contains(above.lemma())
            || group.heeded.contains(above.lemma()) && !is_negated(above);
        let content = content::finish(self.doc, self.quotes, &cue, &source, Vec::from_iter([content]));
        if content.is_empty() || another {
            return None;
        }
        let bare = source.voices.is_empty();
        Some(AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            negated,
            // "questions about the dam" without anybody who asks is a topic of the text, not an act.
            secondary: self.is_within_quotation(noun.i()) || bare && group.class != CueClass::Belief,
            ..AttributionMention::plain(cue, content, group.class, group.stance, &group.id)
        })
    }

    /// `The board has posted this bulletin: "…"`: the quotation after the colon is the document.
    pub fn document(&self, noun: Token) -> Option<AttributionMention> {
        let verb = noun.head();
        let issued = noun.dep() == "dobj" && verb.i() < noun.i() && self.lexicon.issuing.contains(verb.lemma());
        if !issued || !self.lexicon.documents.contains(noun.lemma()) {
            return None;
        }
        let colon = (noun.i() + 1..noun.sent().end).take(REACH).find(|&i| self.doc.token(i).is(":"))?;
        let quotation = &self.quotes.all[self.quotes.at(colon + 1).filter(|_| colon + 1 < self.doc.len())?];
        if quotation.outer.start != colon + 1 {
            return None;
        }
        let cue = chain(verb).start..noun.i() + 1;
        let source = source::of_verb(verb, &cue);
        let content = content::finish(self.doc, self.quotes, &cue, &source, vec![quotation.outer.clone()]);
        let stance = Stance::Assert;
        (!content.is_empty() && !source.voices.is_empty()).then(|| AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            ..AttributionMention::plain(cue, content, CueClass::Reporting, stance, "issuing")
        })
    }

    /// "her claim", "a claim by the mayor", "reports from the front" (a place says nothing).
    fn possessor(&self, noun: Token, cue: &Range<usize>) -> Source {
        if let Some(owner) = noun.child("poss") {
            let range = extent(owner);
            // Without the possessive ending.
            let end = range.clone().rev().find(|&i| self.doc.token(i).tag() != "POS").map_or(range.end, |i| i + 1);
            return Source::of(range.start..end);
        }
        let by = preposition(noun, "by").or_else(|| preposition(noun, "from"));
        by.and_then(|b| b.child("pobj")).map(|p| voices(p, cue)).unwrap_or_default()
    }

    /// `issued` in "issued a warning that".
    fn light_verb_of<'d>(&self, noun: Token<'d>) -> Option<Token<'d>> {
        let verb = noun.head();
        let light = noun.dep() == "dobj" && verb.i() < noun.i() && self.lexicon.light.contains(verb.lemma());
        (light && noun.i() - verb.i() <= 6).then_some(verb)
    }

    /// "pointed the finger at smugglers", "was critical of the siege", "held smugglers responsible for the siege".
    pub fn idiom(&self, verb: Token) -> Option<AttributionMention> {
        if !verb.tag().starts_with("VB") {
            if !verb.tag().starts_with("JJ") {
                return None;
            }
            let group = self.lexicon.adjective(verb.lemma())?;
            let be = verb.head();
            let prep = verb.rights().find(|c| c.dep() == "prep" && group.prepositions.contains(c.text()))?;
            if verb.dep() != "acomp" {
                return None;
            }
            let cue = chain(be).start..prep.i() + 1;
            let found = extent(prep.child_any(&["pobj", "pcomp"])?);
            return self.idiomatic(&group.phrase, be, cue, found);
        }
        let judged = self.lexicon.idioms_of(verb.lemma()).find_map(|group| {
            // "Found those responsible": nobody is held to be so.
            let named = |c: &Token| c.dep() == "dobj" && matches!(c.pos(), "NOUN" | "PROPN");
            let object = verb.rights().filter(named).flat_map(|o| o.rights()).filter(|c| c.dep() == "amod");
            let mut said = verb.rights().filter(|c| matches!(c.dep(), "oprd" | "ccomp" | "acomp")).chain(object);
            Some((said.find(|c| c.tag() == "JJ" && group.nouns.contains(c.lemma()))?, group))
        });
        if let Some((adjective, group)) = judged {
            let cue = chain(verb).start..verb.i() + 1;
            let content = cue.end..extent(adjective).end;
            return self.idiomatic(&group.phrase, verb, cue, content);
        }
        let (noun, prep, group) = self.lexicon.idioms_of(verb.lemma()).find_map(|group| {
            let noun = verb.rights().find(|c| c.dep() == "dobj" && group.nouns.contains(c.lemma()))?;
            let mut preps = verb.rights().chain(noun.rights()).filter(|c| matches!(c.dep(), "prep" | "dative"));
            let prep = preps.find(|c| c.i() > noun.i() && group.prepositions.contains(c.text()))?;
            Some((noun, prep, group))
        })?;
        let cue = chain(verb).start..if prep.i() <= noun.i() + 1 { prep.i() + 1 } else { noun.i() + 1 };
        // The pronoun may have become the subject of a clause that the parser put under the preposition.
        let object = prep.child_any(&["pobj", "pcomp"])?;
        let object = match object.dep() == "pcomp" {
            true => object.child("nsubj").unwrap_or(object),
            false => object,
        };
        self.idiomatic(&group.phrase, verb, cue, extent(object))
    }

    fn idiomatic(
        &self,
        phrase: &super::lexicon::PhraseGroup,
        verb: Token,
        cue: Range<usize>,
        content: Range<usize>,
    ) -> Option<AttributionMention> {
        let source = source::of_verb(verb, &cue);
        let content = content::finish(self.doc, self.quotes, &cue, &source, Vec::from_iter([content]));
        if content.is_empty() || source.voices.is_empty() {
            return None;
        }
        Some(AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            negated: is_negated(verb),
            secondary: self.is_within_quotation(verb.i()),
            ..AttributionMention::plain(cue, content, phrase.class, phrase.stance, &phrase.id)
        })
    }
}

impl AttributionMention {
    /// A mention without a source.
    pub(super) fn plain(
        cue: Range<usize>,
        content: Vec<Range<usize>>,
        class: CueClass,
        stance: variorum_model::Stance,
        rule: &str,
    ) -> Self {
        AttributionMention {
            sources: Vec::new(),
            antecedent: None,
            cue,
            content,
            content_antecedent: None,
            stance,
            class,
            negated: false,
            carried: false,
            secondary: false,
            outer: None,
            label_only: class == CueClass::Label,
            rule: rule.to_owned(),
        }
    }
}
