//! Attributions by verbs: "said", "accused", "called for".
use super::clause::{
    Source, chain, extent, is_negated, is_passive, is_relative, is_verb, noun_phrase, subject, trim, voices,
};
use super::content::{self, Host};
use super::lexicon::{Frame, Lexicon, VerbGroup};
use super::quotes::Quotations;
use super::{AttributionMention, CueClass};
use std::ops::Range;
use variorum_syntax::{Doc, Token};

/// What the finders share.
pub(super) struct Context<'a> {
    pub doc: &'a Doc,
    pub lexicon: &'a Lexicon,
    pub quotes: &'a Quotations,
}

/// A frame that a verb was found in.
struct Found {
    content: Vec<Range<usize>>,
    /// A word that the cue runs on to: a preposition, a particle.
    cue_end: Option<usize>,
    source: Option<Source>,
    content_antecedent: Option<Range<usize>>,
}

impl Found {
    fn content(content: Vec<Range<usize>>) -> Option<Self> {
        (!content.is_empty()).then_some(Found { content, cue_end: None, source: None, content_antecedent: None })
    }
}

/// Frames in the order in which they are tried.
const PRIORITY: usize = 9;
fn priority(frame: &Frame) -> usize {
    match frame {
        Frame::Raised => 0,
        Frame::ObjectInfinitive | Frame::PrepositionInfinitive(_) => 1,
        Frame::Clause => 2,
        Frame::Label | Frame::ObjectPreposition(_) => 3,
        Frame::Infinitive | Frame::Gerund => 4,
        Frame::Quote => 5,
        Frame::Preposition(_) => 6,
        Frame::Object => 7,
    }
}

impl Context<'_> {
    /// The attribution of a verb, if the lexicon knows it in the frame it stands in.
    pub fn verb(&self, verb: Token) -> Option<AttributionMention> {
        if !verb.tag().starts_with("VB") {
            return None;
        }
        let lemma = verb.lemma().to_lowercase();
        let entries = self.lexicon.verb(&lemma);
        if entries.is_empty() {
            return None;
        }
        let particle = verb.child("prt");
        let mut groups: Vec<(&VerbGroup, bool)> = Vec::new();
        for entry in entries {
            match &entry.particle {
                None => groups.push((&self.lexicon.groups[entry.group], false)),
                Some(p) => {
                    if particle.is_some_and(|t| t.is(p)) || verb.nbor(1).is_some_and(|t| t.is(p)) {
                        groups.push((&self.lexicon.groups[entry.group], true));
                    }
                }
            }
        }
        for level in 0..PRIORITY {
            for &(group, with_particle) in &groups {
                for frame in group.frames.iter().filter(|f| priority(f) == level) {
                    if let Some(found) = self.frame(verb, frame, group) {
                        return self.mention(verb, group, with_particle, found);
                    }
                }
            }
        }
        None
    }

    fn mention(&self, verb: Token, group: &VerbGroup, particle: bool, found: Found) -> Option<AttributionMention> {
        let mut cue = chain(verb);
        let mut negated = is_negated(verb);
        // "refused to say", "went on to say": the governing verb belongs to the cue.
        if verb.dep() == "xcomp" && is_verb(verb.head()) && verb.head().i() < cue.start {
            let governor = verb.head();
            let negative = governor.lemma() == "refuse" || governor.lemma() == "decline" || governor.lemma() == "fail";
            if negative || governor.lemma() == "go" || governor.lemma() == "continue" {
                let outer = chain(governor);
                if cue.start - outer.end <= 2 {
                    cue.start = outer.start;
                    negated |= negative;
                }
            }
        }
        if particle {
            let i = verb.child("prt").map_or(verb.i() + 1, |p| p.i());
            cue.end = cue.end.max(if i <= verb.i() + 3 { i + 1 } else { cue.end });
        }
        if let Some(end) = found.cue_end.filter(|&e| e <= cue.end + 1) {
            cue.end = cue.end.max(end);
        }
        let source = match found.source {
            Some(source) => source,
            None => self.source(verb, &cue),
        };
        let content = content::finish(self.doc, self.quotes, &cue, &source, found.content);
        if content.is_empty() {
            return None;
        }
        let in_quote = self.quotes.holds(verb.i());
        let own_voice =
            source.voices.first().is_some_and(|v| v.len() == 1 && self.doc.token(v.start).is_any(&["i", "we"]));
        if in_quote && (own_voice || source.voices.is_empty()) {
            return None;
        }
        Some(AttributionMention {
            sources: source.voices,
            antecedent: source.antecedent,
            cue,
            content,
            content_antecedent: found.content_antecedent,
            stance: group.stance,
            class: group.class,
            negated,
            carried: false,
            label_only: group.class == CueClass::Label,
            rule: group.id.clone(),
        })
    }

    /// Who speaks: the subject, the agent of a passive, or a noun after an inverted verb.
    fn source(&self, verb: Token, cue: &Range<usize>) -> Source {
        if is_passive(verb) {
            return self.agent(verb, cue);
        }
        if let Some(s) = subject(verb) {
            if s.dep() == "expl" {
                return Source::none();
            }
            return voices(s, cue);
        }
        self.inverted(verb, cue).unwrap_or_default()
    }

    fn agent(&self, verb: Token, cue: &Range<usize>) -> Source {
        let by = verb.child("agent").or_else(|| verb.children().find(|c| c.dep() == "prep" && c.is("by")));
        by.and_then(|b| b.child("pobj")).map(|p| voices(p, cue)).unwrap_or_default()
    }

    /// The noun after an inverted verb: `reported The Insider`, which parsers take for an object.
    fn inverted(&self, verb: Token, cue: &Range<usize>) -> Option<Source> {
        let noun = verb.rights().find(|c| {
            matches!(c.dep(), "nsubj" | "dobj" | "attr" | "npadvmod" | "oprd" | "dep" | "appos")
                && !c.tag().starts_with('V')
        })?;
        (noun.left_edge().i() <= cue.end + 1).then(|| voices(noun, cue))
    }

    fn frame(&self, verb: Token, frame: &Frame, group: &VerbGroup) -> Option<Found> {
        let doc = self.doc;
        let passive = is_passive(verb);
        match frame {
            Frame::Clause => self.clause(verb, passive),
            Frame::Quote => {
                let host = self.host(verb);
                if passive && verb.child("agent").is_none() {
                    return None;
                }
                Found::content(content::adjacent_quotes(doc, self.quotes, &host))
            }
            Frame::Raised => {
                let c = verb.child_any(&["xcomp", "oprd", "acomp"]).filter(|c| c.i() > verb.i())?;
                if !passive && !matches!(group.id.as_str(), "appearance") {
                    return None;
                }
                if passive && !c.children().any(|t| t.dep() == "aux" && t.is("to")) {
                    return None;
                }
                let s = verb.child_any(&["nsubjpass", "nsubj"])?;
                let mut found = Found::content(vec![trim(doc, extent(s)), extent(c)])?;
                found.source = Some(if passive { self.agent(verb, &chain(verb)) } else { Source::none() });
                Some(found)
            }
            Frame::ObjectInfinitive => {
                let c = verb
                    .children()
                    .find(|c| c.i() > verb.i() && matches!(c.dep(), "xcomp" | "ccomp" | "advcl") && has_to(*c))?;
                if passive {
                    let s = verb.child("nsubjpass")?;
                    let mut found = Found::content(vec![trim(doc, extent(s)), extent(c)])?;
                    found.source = Some(self.agent(verb, &chain(verb)));
                    return Some(found);
                }
                let object =
                    verb.children().find(|o| o.i() > verb.i() && o.i() < c.i() && matches!(o.dep(), "dobj" | "dative"));
                let object = object.or_else(|| c.child_any(&["nsubj", "nsubjpass"]))?;
                Found::content(vec![extent(object).start..extent(c).end])
            }
            Frame::PrepositionInfinitive(p) => {
                let prep = preposition(verb, p)?;
                let noun = prep.child("pobj")?;
                let c = verb
                    .children()
                    .chain(noun.children())
                    .chain(prep.children())
                    .find(|c| c.i() > noun.i() && has_to(*c))?;
                let mut found = Found::content(vec![extent(noun).start..extent(c).end])?;
                found.cue_end = Some(prep.i() + 1);
                Some(found)
            }
            Frame::Infinitive => {
                if passive {
                    return None;
                }
                let c = verb.children().find(|c| c.i() > verb.i() && c.dep() == "xcomp" && has_to(*c))?;
                Found::content(vec![extent(c)])
            }
            Frame::Gerund => {
                let c = verb.children().find(|c| {
                    c.i() > verb.i() && c.tag() == "VBG" && matches!(c.dep(), "xcomp" | "ccomp" | "pcomp" | "dobj")
                })?;
                Found::content(vec![extent(c)])
            }
            Frame::ObjectPreposition(p) => {
                let prep = preposition(verb, p).or_else(|| verb.child("dobj").and_then(|o| preposition(o, p)));
                let prep = prep.filter(|t| t.children().next().is_some());
                if passive {
                    let prep = prep?;
                    let s = verb.child("nsubjpass").or_else(|| (verb.dep() == "acl").then(|| verb.head()));
                    let mut parts: Vec<Range<usize>> = Vec::new();
                    if let Some(s) = s {
                        let r = extent(s);
                        parts.push(trim(doc, r.start..r.end.min(chain(verb).start)));
                    }
                    parts.push(extent(prep));
                    let mut found = Found::content(parts)?;
                    found.source = Some(self.agent(verb, &chain(verb)));
                    return Some(found);
                }
                let prep = prep?;
                let object = verb.child("dobj").filter(|o| o.i() < prep.i())?;
                if object.i() < verb.i() {
                    let mut found = Found::content(vec![object.i()..object.i() + 1, extent(prep)])?;
                    found.content_antecedent = relative_antecedent(object);
                    return Some(found);
                }
                Found::content(vec![extent(object).start..extent(prep).end])
            }
            Frame::Label => self.label(verb, passive),
            Frame::Preposition(p) => {
                let prep = preposition(verb, p)?;
                let content = match prep.child_any(&["pobj", "pcomp"]) {
                    Some(c) if c.i() > prep.i() => extent(c),
                    _ => return None,
                };
                let mut found = Found::content(vec![content])?;
                found.cue_end = Some(prep.i() + 1);
                if passive {
                    found.source = Some(self.agent(verb, &chain(verb)));
                }
                Some(found)
            }
            Frame::Object => {
                if passive {
                    let s = match verb.child("nsubjpass") {
                        Some(s) => extent(s),
                        None if verb.dep() == "acl" && verb.child("agent").is_some() => {
                            let noun = verb.head();
                            extent(noun).start..verb.i()
                        }
                        None if verb.dep() == "conj" => extent(verb.head().child("nsubjpass")?),
                        None => return None,
                    };
                    let mut found = Found::content(vec![trim(doc, s)])?;
                    found.source = Some(self.agent(verb, &chain(verb)));
                    found.cue_end = verb.child("agent").map(|b| b.i() + 1);
                    return Some(found);
                }
                let object = verb
                    .children()
                    .find(|c| matches!(c.dep(), "dobj" | "nmod") || c.dep() == "npadvmod" && c.ent_type().is_empty())?;
                if object.i() < verb.i() {
                    if !is_relative(object) && !object.is("what") {
                        return None;
                    }
                    let mut found = Found::content(vec![object.i()..object.i() + 1])?;
                    found.content_antecedent = relative_antecedent(object);
                    return Some(found);
                }
                subject(verb)?;
                let mut end = extent(object).end;
                for c in verb.children() {
                    if c.i() >= end
                        && c.dep() == "prep"
                        && c.left_edge().i() == end
                        && c.is_any(&["for", "over", "as", "of", "about", "with", "against"])
                    {
                        end = extent(c).end;
                    }
                }
                Found::content(vec![extent(object).start..end])
            }
        }
    }

    fn label(&self, verb: Token, passive: bool) -> Option<Found> {
        let value = verb.children().find(|c| {
            matches!(c.dep(), "oprd" | "attr" | "acomp") && c.i() > verb.i()
                || c.dep() == "ccomp"
                    && c.i() > verb.i()
                    && c.child("mark").is_none()
                    && !has_to(*c)
                    && !c.tag().starts_with("VB")
        });
        if passive {
            let value = value?;
            let s = verb.child("nsubjpass");
            let s = s.or_else(|| (verb.dep() == "acl").then(|| verb.head()))?;
            let r = extent(s);
            let mut found = Found::content(vec![trim(self.doc, r.start..r.end.min(chain(verb).start)), extent(value)])?;
            found.source = Some(self.agent(verb, &chain(verb)));
            return Some(found);
        }
        let object = verb.child("dobj").or_else(|| value.and_then(|v| v.child("nsubj")));
        match (object, value) {
            (Some(o), value) if o.i() < verb.i() => {
                let value = match value {
                    Some(v) => extent(v),
                    None => return None,
                };
                let mut found = Found::content(vec![o.i()..o.i() + 1, value])?;
                found.content_antecedent = relative_antecedent(o);
                Some(found)
            }
            (Some(o), Some(v)) => Found::content(vec![extent(o).start..extent(v).end]),
            (None, Some(v)) => {
                // "what it calls an anti-terror operation", with the pronoun attached elsewhere.
                let first = verb.sent().start;
                let what = (first..verb.i())
                    .rev()
                    .take(12)
                    .map(|i| self.doc.token(i))
                    .find(|t| t.is("what") || is_relative(*t));
                let mut parts = vec![extent(v)];
                parts.extend(what.map(|w| w.i()..w.i() + 1));
                Found::content(parts)
            }
            _ => None,
        }
    }

    fn host(&self, verb: Token) -> Host {
        let cue = chain(verb);
        let source = if is_passive(verb) { self.agent(verb, &cue) } else { self.near_source(verb, &cue) };
        content::host(self.doc, verb, &cue, &source)
    }

    /// The subject, if it is the verb's own; a shared one does not stand beside the cue.
    fn near_source(&self, verb: Token, cue: &Range<usize>) -> Source {
        match verb.child_any(&["nsubj", "nsubjpass"]) {
            Some(s) => Source::of(noun_phrase(s, cue)),
            None if subject(verb).is_none() => self.inverted(verb, cue).unwrap_or_default(),
            None => Source::none(),
        }
    }

    fn clause(&self, verb: Token, passive: bool) -> Option<Found> {
        let doc = self.doc;
        let host = self.host(verb);
        let clause = verb.children().filter(|c| matches!(c.dep(), "ccomp" | "xcomp" | "advcl" | "csubjpass"));
        let clause = clause.filter(|c| c.dep() != "xcomp" && c.dep() != "advcl" || is_finite(*c) && c.dep() == "xcomp");
        let best =
            clause.max_by_key(|c| (c.i() > verb.i() && c.child("mark").is_some(), is_finite(*c), c.i() > verb.i()));
        let mut found = match best {
            Some(c) if c.i() > verb.i() => {
                if has_to(c) && c.child("nsubj").is_none() && !c.children().any(|w| w.tag().starts_with('W')) {
                    return None;
                }
                if c.tag() == "VBG" && c.child_any(&["nsubj", "aux", "mark"]).is_none() {
                    return None;
                }
                Found::content(content::after(doc, verb, c, &host))
            }
            Some(_) => Found::content(content::before(doc, self.quotes, verb, &host)),
            None => self.parenthesis(verb, &host),
        }?;
        if passive {
            found.source = Some(self.agent(verb, &host.cue));
        }
        Some(found)
    }

    /// "The deal, he said, was done"; "as the minister said"; "…, said the mayor".
    fn parenthesis(&self, verb: Token, host: &Host) -> Option<Found> {
        let doc = self.doc;
        let head = verb.head();
        let parenthetical =
            verb.dep() == "parataxis" || verb.dep() == "advcl" && verb.child("mark").is_some_and(|m| m.is("as"));
        if parenthetical && head.i() != verb.i() && !is_passive(verb) {
            return Found::content(content::around(doc, self.quotes, head, host));
        }
        if content::is_trailing(doc, host) && verb.child_any(&["nsubj", "dobj"]).is_some() && !host.source_is_far {
            return Found::content(content::before(doc, self.quotes, verb, host));
        }
        None
    }
}

fn relative_antecedent(pronoun: Token) -> Option<Range<usize>> {
    let relative = pronoun.ancestors().find(|a| a.dep() == "relcl")?;
    let noun = relative.head();
    let whole = extent(noun);
    Some(trim(noun.doc(), whole.start..relative.left_edge().i().max(noun.i() + 1).min(whole.end)))
}

fn preposition<'d>(verb: Token<'d>, word: &str) -> Option<Token<'d>> {
    verb.rights().find(|c| matches!(c.dep(), "prep" | "agent" | "prt" | "dative") && c.is(word))
}

fn has_to(token: Token) -> bool {
    token.children().any(|c| c.dep() == "aux" && c.is("to"))
}

fn is_finite(token: Token) -> bool {
    token.child_any(&["nsubj", "nsubjpass", "expl", "mark", "csubj"]).is_some()
        || token.children().any(|c| c.tag() == "MD" || c.dep() == "aux" && !c.is("to"))
        || matches!(token.tag(), "VBD" | "VBZ" | "VBP")
}
