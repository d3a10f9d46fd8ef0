//! Where the content of a verb stands, frame by frame.
use super::CueClass;
use super::clause::{
    antecedent, chain, extent, has_to, is_finite, is_passive, is_relative, preposition, subject, trim,
};
use super::content::{self, Host};
use super::lexicon::{Frame, VerbGroup};
use super::source::{self, Source};
use super::verb::Context;
use crate::senses::{Kind, kind_of};
use std::ops::Range;
use variorum_model::Stance;
use variorum_syntax::Token;

/// What a frame found.
pub(super) struct Found {
    pub content: Vec<Range<usize>>,
    /// A word that the cue runs on to: a preposition.
    pub cue_end: Option<usize>,
    /// The source, where the frame knows better than the subject.
    pub source: Option<Source>,
    /// What the content stands for, where it is a relative pronoun.
    pub content_antecedent: Option<Range<usize>>,
}

impl Found {
    pub fn content(content: Vec<Range<usize>>) -> Option<Self> {
        (!content.is_empty()).then_some(Found { content, cue_end: None, source: None, content_antecedent: None })
    }

    /// For a passive: the agent is the source, or nobody.
    fn by_agent(mut self, verb: Token) -> Self {
        self.source = Some(source::agent(verb, &chain(verb)));
        self
    }

    /// For an object before the verb: a relative pronoun or `what`.
    fn relative(object: Token, rest: Option<Range<usize>>) -> Option<Self> {
        if !is_relative(object) && !object.is("what") {
            return None;
        }
        let mut found = Found::content([object.i()..object.i() + 1].into_iter().chain(rest).collect())?;
        found.content_antecedent = antecedent(object);
        Some(found)
    }
}

/// Frames are tried in this order; the first that fits decides.
pub(super) fn priority(frame: &Frame) -> usize {
    match frame {
        Frame::Raised => 0,
        Frame::ObjectInfinitive | Frame::PrepositionInfinitive(_) | Frame::PrepositionAs(_) => 1,
        Frame::Clause => 2,
        Frame::Label | Frame::ObjectPreposition(_) => 3,
        Frame::Infinitive | Frame::Gerund => 4,
        Frame::Quote => 5,
        Frame::Preposition(_) => 6,
        Frame::Object => 7,
        Frame::Addressee => 8,
    }
}

/// Number of values of [`priority`].
pub(super) const PRIORITIES: usize = 9;

impl Context<'_> {
    /// The content of a verb in a frame, if it stands in it.
    pub(super) fn frame(&self, verb: Token, frame: &Frame, group: &VerbGroup) -> Option<Found> {
        let passive = is_passive(verb);
        match frame {
            Frame::Clause => self.clause(verb, passive),
            Frame::Quote => self.quotation(verb, passive, group),
            Frame::Raised => self.raised(verb, passive, group),
            Frame::ObjectInfinitive => self.object_infinitive(verb, passive),
            Frame::PrepositionInfinitive(p) => {
                let prep = preposition(verb, p)?;
                let noun = prep.child("pobj")?;
                let mut below = verb.children().chain(noun.children()).chain(prep.children());
                let c = below.find(|c| c.i() > noun.i() && has_to(*c))?;
                let mut found = Found::content(vec![extent(noun).start..infinitive(c).end])?;
                found.cue_end = Some(prep.i() + 1);
                Some(found)
            }
            Frame::PrepositionAs(p) => {
                let prep = preposition(verb, p)?;
                let noun = prep.child("pobj")?;
                let value = preposition(verb, "as").or_else(|| preposition(noun, "as"))?;
                let mut found = Found::content(vec![extent(noun).start..extent(value).end])?;
                found.cue_end = Some(prep.i() + 1);
                Some(found)
            }
            Frame::Infinitive => {
                let asked = preposition(verb, "for").filter(|_| group.stance == Stance::Demand);
                let hangs = |c: &Token| {
                    let beside = c.dep() == "conj" && c.tag() == "VB" && asked.is_some();
                    (matches!(c.dep(), "xcomp" | "advcl") || beside) && has_to(*c)
                };
                let c = verb.rights().find(hangs).filter(|_| !passive)?;
                if verb.rights().any(|o| o.dep() == "dobj" && o.i() < c.i()) {
                    return None;
                }
                // "Asked for an end of the raids and to open the road": both.
                let also = asked.and_then(|p| p.child("pobj")).filter(|o| o.i() < c.left_edge().i());
                let and = |o: &Token| (extent(*o).end..c.i()).any(|i| self.doc.token(i).is("and"));
                if let Some(object) = also.filter(and) {
                    return Found::content(vec![extent(object).start..infinitive(c).end]);
                }
                let direct = c.left_edge().i() <= verb.i() + 2;
                (c.dep() == "xcomp" || direct).then(|| Found::content(vec![infinitive(c)]))?
            }
            Frame::Gerund => {
                let labels = ["xcomp", "ccomp", "pcomp", "dobj"];
                let c = verb.rights().find(|c| c.tag() == "VBG" && labels.contains(&c.dep()))?;
                Found::content(vec![extent(c)])
            }
            Frame::ObjectPreposition(p) => self.object_preposition(verb, p, passive),
            Frame::Label => self.label(verb, passive),
            Frame::Preposition(p) => {
                let prep = preposition(verb, p).filter(|t| !is_date(*t))?;
                let c = prep.child_any(&["pobj", "pcomp"]).filter(|c| c.i() > prep.i())?;
                let mut found = Found::content(vec![extent(c)])?;
                // "Drusk accused of looting": a headline leaves "is" out.
                if passive || group.stance == Stance::Accuse && verb.child("dobj").is_none() {
                    found = found.by_agent(verb);
                }
                found.cue_end = Some(prep.i() + 1);
                Some(found)
            }
            Frame::Object => self.object(verb, passive, group),
            Frame::Addressee => None,
        }
    }

    pub(super) fn host(&self, verb: Token) -> Host {
        let cue = chain(verb);
        let source = source::beside(verb, &cue);
        let block = self.reading.blocks[self.reading.block_of(verb.i())].tokens.clone();
        content::host(self.doc, block, self.sentences.of(verb.i()), &cue, &source)
    }

    fn clause(&self, verb: Token, passive: bool) -> Option<Found> {
        let host = self.host(verb);
        let clauses = verb.children().filter(|c| match c.dep() {
            "ccomp" | "csubjpass" => true,
            "xcomp" => is_finite(*c),
            _ => false,
        });
        // "Nine had died, the guild said; the mayor blamed smugglers": what follows is not the guild's.
        let apart = |c: &Token| c.i() > verb.i() && (verb.i()..extent(*c).start).any(|i| self.doc.token(i).is(";"));
        let best = clauses.filter(|c| !apart(c)).max_by_key(|c| {
            let after = c.i() > verb.i();
            (after && c.child("mark").is_some(), is_finite(*c), after)
        });
        let found = match best {
            Some(c) if c.i() > verb.i() => {
                if has_to(c) && c.child("nsubj").is_none() && !c.children().any(|w| w.tag().starts_with('W')) {
                    return None;
                }
                if c.tag() == "VBG" && c.child_any(&["nsubj", "aux", "mark"]).is_none() {
                    return None;
                }
                Found::content(content::after(self, verb, c, &host))
            }
            // "The mayor said nine had died; the guard put the toll at twelve": two clauses, each with a speaker of its own.
            Some(c) if verb.child("dobj").is_some() && (c.i()..verb.i()).any(|i| self.doc.token(i).is(";")) => None,
            Some(_) => Found::content(content::before(self, verb, &host)),
            None => self.parenthesis(verb, &host),
        }?;
        Some(if passive { found.by_agent(verb) } else { found })
    }

    /// "The deal, he said, was done"; "as the minister said"; "…, said the mayor".
    fn parenthesis(&self, verb: Token, host: &Host) -> Option<Found> {
        let head = verb.head();
        let free = verb.rights().all(|c| !matches!(c.dep(), "ccomp" | "xcomp" | "dobj" | "attr" | "acomp"));
        let as_clause = verb.dep() == "advcl" && free && verb.child("mark").is_some_and(|m| m.is("as"));
        if (verb.dep() == "parataxis" || as_clause) && head.i() != verb.i() && !is_passive(verb) {
            return Found::content(content::around(self, head, host));
        }
        let has_source = host.source.is_some() && !is_passive(verb);
        let object = verb.rights().find(|c| matches!(c.dep(), "dobj" | "xcomp" | "acomp" | "attr" | "oprd"));
        let object = object.filter(|o| !host.source.as_ref().is_some_and(|s| s.contains(&o.i())));
        // "After the raid, the envoy spoke": what precedes only says when.
        let adjunct = verb.lefts().any(|c| {
            matches!(c.dep(), "prep" | "advcl" | "npadvmod" | "advmod" | "dep") && extent(c).end + 1 >= host.span.start
        });
        let plain = object.is_none() && !adjunct && !verb.rights().any(|c| c.dep() == "prt");
        if has_source && plain && content::is_trailing(self.doc, host) {
            return Found::content(content::before(self, verb, host));
        }
        None
    }

    fn quotation(&self, verb: Token, passive: bool, group: &VerbGroup) -> Option<Found> {
        if passive && verb.child("agent").is_none() && verb.dep() != "ROOT" {
            return None;
        }
        let host = self.host(verb);
        let spoken_to = group.frames.contains(&Frame::Addressee);
        // The object of "praised his brother's 'faith'" is not spoken to, and holds no speech.
        let object = verb.rights().find(|c| c.dep() == "dobj");
        let object = object.filter(|o| !spoken_to && !host.source.as_ref().is_some_and(|s| s.contains(&o.i())));
        // Nor does the noun phrase of "warned of the dangers of 'haste'".
        let inside = verb.rights().find(|c| c.dep() == "prep" && extent(*c).contains(&(host.span.end + 1)));
        Found::content(content::adjacent_quotes(self, &host, object.or(inside).is_some()))
    }

    fn raised(&self, verb: Token, passive: bool, group: &VerbGroup) -> Option<Found> {
        // "It appears that the garrison left."
        let it = || verb.child_any(&["nsubj", "expl"]).is_some_and(|s| s.is("it"));
        if let Some(c) = verb.child("ccomp").filter(|c| c.i() > verb.i() && !passive && group.raises && it()) {
            return Some(Found::content(vec![extent(c)])?.by_agent(verb));
        }
        let c = verb.rights().find(|c| matches!(c.dep(), "xcomp" | "oprd" | "acomp"))?;
        if !passive && !group.raises || passive && !has_to(c) {
            return None;
        }
        let s = verb.child_any(&["nsubjpass", "nsubj"])?;
        let found = Found::content(vec![trim(self.doc, extent(s)), extent(c)])?;
        Some(found.by_agent(verb))
    }

    fn object_infinitive(&self, verb: Token, passive: bool) -> Option<Found> {
        let c = verb.rights().find(|c| matches!(c.dep(), "xcomp" | "ccomp" | "advcl") && has_to(*c))?;
        if passive {
            let s = verb.child("nsubjpass")?;
            return Some(Found::content(vec![trim(self.doc, extent(s)), infinitive(c)])?.by_agent(verb));
        }
        let object = verb.rights().find(|o| o.i() < c.i() && matches!(o.dep(), "dobj" | "dative"));
        let object = object.or_else(|| c.child_any(&["nsubj", "nsubjpass"]))?;
        Found::content(vec![extent(object).start..infinitive(c).end])
    }

    fn object_preposition(&self, verb: Token, word: &str, passive: bool) -> Option<Found> {
        let object = verb.child("dobj");
        // "Was attacked as it rested": when, not what as.
        let when = |c: Token| word == "as" && is_finite(c);
        let mark = |c: &Token| c.dep() == "advcl" && c.child("mark").is_some_and(|m| m.is(word)) && !when(*c);
        let marked = || verb.rights().find(mark);
        // "Charged a ridge on Monday": when, not what for.
        let prep = preposition(verb, word).filter(|t| t.children().next().is_some() && !(word == "on" && is_date(*t)));
        let prep = prep.or_else(|| object.and_then(|o| preposition(o, word))).or_else(marked)?;
        let mut end = extent(prep).end;
        // "accused them of looting for having sold the grain".
        for c in verb.rights() {
            let next = extent(c);
            if c.dep() == "prep" && next.start == end && c.is_any(&["for", "over"]) {
                end = next.end;
            }
        }
        if passive {
            let s = verb.child("nsubjpass").or_else(|| (verb.dep() == "acl").then(|| verb.head()));
            let patient = s.map(|s| extent(s)).map(|r| trim(self.doc, r.start..r.end.min(chain(verb).start)));
            let parts = patient.into_iter().chain([extent(prep)]).collect();
            return Some(Found::content(parts)?.by_agent(verb));
        }
        let object = object.filter(|o| o.i() < prep.i())?;
        if object.i() < verb.i() {
            return Found::relative(object, Some(extent(prep)));
        }
        Found::content(vec![extent(object).start..self.joined(verb, word, end)])
    }

    /// To the end of "… and of laying mines", after a content that ends at `end`: what the same preposition goes on with is of the
    /// same content, whatever verb the parser hung it on.
    fn joined(&self, verb: Token, word: &str, end: usize) -> usize {
        let within = |i: usize| Some(i).filter(|&i| i < verb.sent().end).map(|i| self.doc.token(i));
        let comma = within(end).is_some_and(|t| t.is(","));
        let and = within(end + usize::from(comma)).filter(|t| t.dep() == "cc");
        let again = and.and_then(|t| within(t.i() + 1)).filter(|t| t.is(word) && t.child("pcomp").is_some());
        again.map_or(end, |prep| extent(prep).end.max(end))
    }

    fn object(&self, verb: Token, passive: bool, group: &VerbGroup) -> Option<Found> {
        if passive {
            let done = verb.child("nsubjpass").or_else(|| (verb.dep() == "acl").then(|| verb.head()));
            // "The theft was committed by a guard", "the theft committed by him" is no promise of a theft.
            if done.is_some_and(|noun| group.not_objects.iter().any(|w| noun.lemma() == w)) {
                return None;
            }
            let patient = match verb.child("nsubjpass") {
                Some(s) => extent(s),
                None if verb.dep() == "acl" && verb.child("agent").is_some() => {
                    extent(verb.head()).start..chain(verb).start
                }
                None if verb.dep() == "conj" => extent(verb.head().child("nsubjpass")?),
                None => return None,
            };
            let mut found = Found::content(vec![trim(self.doc, patient)])?.by_agent(verb);
            found.cue_end = verb.child("agent").map(|b| b.i() + 1);
            return Some(found);
        }
        let mut objects = verb.children().filter(|c| {
            c.dep() == "dobj" || matches!(c.dep(), "nmod" | "npadvmod") && c.i() > verb.i() && c.ent_type() != "DATE"
        });
        let Some(object) = objects.next() else { return self.left_out(verb, group) };
        if group.not_objects.iter().any(|w| object.lemma() == w) {
            return None;
        }
        if object.i() < verb.i() {
            // "A charge that the guild denies": the parser does not always see that "that" stands for the charge.
            let unseen = object.is("that") && !is_relative(object);
            return if unseen { self.left_out(verb, group) } else { Found::relative(object, None) };
        }
        let by = subject(verb)?;
        // Images show what happened; "the warden showed a map" says nothing of it.
        let person = by.ent_type() == "PERSON" || kind_of(by.lemma()) == Some(Kind::Person) || is_person_pronoun(by);
        if group.class == CueClass::Evidence && person {
            return None;
        }
        let mut end = extent(object).end;
        for c in verb.rights() {
            let next = extent(c);
            let of_verb =
                c.is_any(&["in", "on", "at", "during", "after", "before", "since", "by", "through", "via", "from"]);
            if c.dep() == "prep" && next.start == end && !of_verb && !is_date(c) {
                end = next.end;
            }
        }
        Found::content(vec![extent(object).start..end])
    }

    /// "An allegation the government denied": the clause leaves the pronoun out.
    fn left_out(&self, verb: Token, group: &VerbGroup) -> Option<Found> {
        let noun = verb.head();
        let clause = verb.dep() == "relcl" || verb.dep() == "acl" && verb.tag() != "VBN";
        let bare = clause && verb.children().all(|c| !is_relative(c) && c.dep() != "ccomp");
        let other = verb.child("nsubj").is_some_and(|s| s.i() > noun.i() && s.i() < verb.i());
        let said = self.lexicon.documents.contains(noun.lemma()) || self.lexicon.noun(noun.lemma()).is_some();
        let said = said || noun.is("something");
        if group.stance != Stance::Deny || !bare || !other || !said {
            return None;
        }
        let content = extent(noun).start..verb.left_edge().i();
        Found::content(vec![trim(self.doc, content)])
    }

    fn label(&self, verb: Token, passive: bool) -> Option<Found> {
        let value = verb.rights().find(|c| {
            let clause = c.dep() == "ccomp" && c.child("mark").is_none() && !has_to(*c) && !c.tag().starts_with("VB");
            matches!(c.dep(), "oprd" | "attr" | "acomp") || clause
        });
        // Beside a relative pronoun the name may be taken for a second object.
        let twice = || verb.rights().find(|c| c.dep() == "dobj").filter(|_| verb.lefts().any(|c| c.dep() == "dobj"));
        let value = value.or_else(twice);
        if passive {
            let value = value?;
            // "a programme called X" names a thing; nobody is credited.
            if verb.dep() == "acl" && verb.child("agent").is_none() {
                return None;
            }
            let s = verb.child("nsubjpass").or_else(|| (verb.dep() == "acl").then(|| verb.head()))?;
            let r = extent(s);
            let s = trim(self.doc, r.start..r.end.min(chain(verb).start));
            return Some(Found::content(vec![s, extent(value)])?.by_agent(verb));
        }
        let object = verb.child("dobj").or_else(|| value.and_then(|v| v.child("nsubj")));
        match (object, value) {
            (Some(o), Some(v)) if o.i() < verb.i() => Found::relative(o, Some(extent(v))),
            (Some(o), Some(v)) => Found::content(vec![extent(o).start..extent(v).end]),
            (Some(o), None) if o.i() > verb.i() => self.what_before(verb, extent(o)),
            (None, Some(v)) => self.what_before(verb, extent(v)),
            _ => None,
        }
    }

    /// "what it calls an anti-terror operation", where the parser hung the pronoun elsewhere.
    fn what_before(&self, verb: Token, value: Range<usize>) -> Option<Found> {
        let first = self.sentences.of(verb.i()).start;
        let mut before = (first..verb.i()).rev().take(12).map(|i| self.doc.token(i));
        let what = before.find(|t| t.tag() == "WP" && t.is("what") || is_relative(*t))?;
        Found::relative(what, Some(value))
    }
}

/// The clause of an infinitive, without finite verbs that the parser coordinated with it: "urged them to stop | and
/// left".
fn infinitive(verb: Token) -> Range<usize> {
    let mut range = extent(verb);
    let mut at = verb;
    while let Some(next) = at.child("conj") {
        if matches!(next.tag(), "VBD" | "VBZ" | "VBP") {
            let joint = at.rights().find(|c| c.dep() == "cc" && c.i() < next.i());
            range.end = joint.map_or(next.left_edge().i(), |c| c.i()).max(verb.i() + 1);
            break;
        }
        at = next;
    }
    range
}

fn is_date(prep: Token) -> bool {
    prep.child("pobj").is_some_and(|p| matches!(p.ent_type(), "DATE" | "TIME"))
}

fn is_person_pronoun(token: Token) -> bool {
    token.is_any(&["i", "we", "you", "he", "she", "who"])
}
