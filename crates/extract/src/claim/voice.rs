//! Who says it: from attributions to the chain of voices over a happening.
use super::speaker::{Speaker, first_person, speakers};
use super::taken::{is_aside, is_beside, is_known, is_occasion, is_past_aside, is_under, takes_for_known};
use super::words::{is_in, lemma_in};
use super::{Scene, token_quote};
use crate::Reading;
use crate::actor::ActorKind;
use crate::attribution::{AttributionMention, CueClass, is_double};
use crate::event::EventMention;
use crate::figure::FigureMention;
use std::ops::Range;
use variorum_model::{ClaimTime, Quote, Stance};
use variorum_syntax::{Doc, Token};

/// The rule id of claims that are an act of speech without a happening in it.
pub(super) const SPEECH_RULE: &str = "act-of-speech";

/// One attribution, ready for claims.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub sources: Vec<Speaker>,
    pub cue: Range<usize>,
    pub content: Vec<Range<usize>>,
    pub stance: Stance,
    pub negated: bool,
    pub carried: bool,
    /// "Rejected", "repudiated": a word that turns down as well as denies.
    pub rejects: bool,
}

impl Voice {
    /// True when the token lies in what the voice says.
    pub fn says(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token)) && !self.cue.contains(&token)
    }
    /// True when the token stands between quotation marks in what the voice says.
    pub fn quotes(&self, doc: &Doc, token: usize) -> bool {
        let Some(content) = self.content.iter().find(|r| r.contains(&token)) else { return false };
        (content.start.saturating_sub(1)..token).filter(|&i| is_double(doc.token(i))).count() % 2 == 1
    }
    /// True when the happening is the act of speech itself: "condemned", "claimed control".
    pub fn performs(&self, event: &EventMention) -> bool {
        self.cue.contains(&event.head)
    }
    /// "Repudiated the bombing", "rejected the agreement": what the words take for known is not denied but turned down.
    pub fn opposes(&self, scene: &Scene<'_>, event: &EventMention) -> bool {
        let (doc, words) = (&scene.reading.doc, &scene.rules.words);
        let head = doc.token(event.head);
        let object = self.content.first().is_some_and(|r| doc.slice(r.clone()).root() == head) && head.pos() == "NOUN";
        let definite = head.children().any(|c| c.dep() == "poss" || is_in(&words.definite, c));
        // "Rejects a 2016 deal", "the truce that was signed in May"
        let dated = event.background;
        let made = head.children().any(|c| c.tag() == "VBN" && is_in(&words.concluded, c));
        let stands = match event.kind.as_str() {
            "agreement" => definite || dated || made,
            "ceasefire" => dated || made,
            _ => definite && words.is_violent(event),
        };
        self.rejects && object && stands
    }
    /// "Called for a return to the accords": what is wanted, by a cue that neither looks back nor is dated, is no history.
    pub fn wants_now(&self, reading: &Reading, time: &ClaimTime) -> bool {
        let cue = reading.doc.slice(self.cue.clone()).root();
        let back = cue.children().any(|c| c.dep() == "aux" && c.is_any(&["has", "have", "had", "'d", "'ve"]));
        let undated = time.earliest.is_none() && time.quote.text.is_empty();
        let main = matches!(cue.dep(), "ROOT" | "conj");
        self.wants() && undated && main && cue.pos() == "VERB" && !back
    }
    /// Demanded, promised, offered or threatened.
    pub fn wants(&self) -> bool {
        matches!(self.stance, Stance::Demand | Stance::Promise | Stance::Propose | Stance::Threaten)
    }
    /// The cue with its words.
    pub fn cue_quote(&self, reading: &Reading) -> Quote {
        token_quote(reading, self.cue.clone())
    }
    /// The last token of it.
    pub(super) fn end(&self) -> usize {
        self.content.iter().chain([&self.cue]).map(|r| r.end).max().unwrap_or(0).saturating_sub(1)
    }
    /// Tokens of its content.
    pub fn size(&self) -> usize {
        self.content.iter().map(|r| r.len()).sum()
    }
}

/// The attributions that put claims forward, in order of their cues. Labels ("what it calls 'X'"), wishes and mere topics
/// do not.
pub(super) fn voices(scene: &Scene<'_>) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let credited = scene.mentions.attributions.iter().filter(|a| {
        // "Police believe he fled": not told as so. "Men believed to be rebels fled" says so of who they are alone.
        let cue = scene.reading.doc.slice(a.cue.clone()).root();
        let loose = matches!(cue.dep(), "acl" | "advcl");
        let taken = a.class == CueClass::Belief && a.stance == Stance::Unverified && !a.negated && !loose;
        let told = matches!(a.class, CueClass::Reporting | CueClass::Evidence) || taken;
        // "Demonstrators protesting against the toll": what they do.
        let marches = |e: &EventMention| e.kind == "protest" && e.head == cue.i();
        let marched = cue.dep() == "acl" && cue.tag() == "VBG" && scene.mentions.events.iter().any(marches);
        told && !a.label_only && !a.content.is_empty() && !is_unsayable(scene, cue) && !marched
    });
    for a in credited {
        let ranges = match (&a.antecedent, a.sources.as_slice()) {
            (Some(antecedent), [_]) => std::slice::from_ref(antecedent),
            (_, sources) => sources,
        };
        // "Has not condemned the raid": that is no word on it.
        if a.negated && matches!(a.stance, Stance::Express | Stance::Demand) {
            continue;
        }
        let doc = &scene.reading.doc;
        let mute = |r: &&Range<usize>| {
            let head = doc.slice((*r).clone()).root();
            // "A number of houses": houses.
            let of = head.child("prep").filter(|p| p.is("of") && is_in(&scene.actors.words.partitives, head));
            let head = of.and_then(|p| p.child("pobj")).unwrap_or(head);
            // "7:42 p.m.", "Tuesday", "911", "our", "which", "you": neither a time, a number nor a word that only points says anything.
            // The Orlec Sun is a newspaper.
            let day = is_in(&scene.rules.words.weekdays, head) && head.text().len() > "Sun".len();
            let number =
                day || matches!(head.ent_type(), "DATE" | "TIME" | "PERCENT" | "MONEY" | "QUANTITY" | "ORDINAL");
            let counts = head.text().bytes().all(|b| b.is_ascii_digit());
            let points = counts || matches!(head.tag(), "PRP$" | "WDT") || is_in(&scene.rules.words.pointing, head);
            // "[Changes thought]": a note of whoever wrote it down.
            let note =
                doc.token(r.start).text().starts_with('[') && !doc.slice((*r).clone()).tokens().any(|t| t.is("]"));
            // "… killing nine civilians a monitor said", without its comma: the dead say nothing.
            let counted = |f: &FigureMention| {
                let several = f.figure.measure == "killed" && head.child("nummod").is_some();
                several && f.tokens.start < r.end && r.start < f.tokens.end
            };
            let dead = scene.mentions.figures.iter().any(counted);
            // "What these arms were, complained …"
            let verb = head.pos() == "AUX";
            // "Posted on YouTube, showing": where they show it.
            let platform = |t: Token<'_>| scene.rules.words.platforms.iter().any(|w| t.is(w));
            // "… on the Orlec barrens claiming ten lives": a stretch of country says nothing.
            let land = head.ent_type() == "LOC";
            number
                || land
                || verb
                || points
                || note
                || dead
                || platform(head)
                || head.pos() != "PROPN" && scene.rules.words.mute.contains(&head.lemma().to_lowercase())
        };
        // "No group has claimed the attack": nobody has.
        let nobody = |r: &&Range<usize>| is_nobody(scene, doc.slice((*r).clone()).root());
        // "He is believed to have fled": by whom, nobody says.
        let raised = a.class == CueClass::Belief && doc.slice(a.cue.clone()).root().child("auxpass").is_some();
        let ranges = if raised { &[] } else { ranges };
        let named = ranges.iter().filter(|r| !r.is_empty() && !nobody(r));
        if ranges.iter().any(|r| !r.is_empty()) && named.clone().all(|r| mute(&r)) {
            continue;
        }
        let start = a.content.iter().map(|r| r.start).min().unwrap_or(a.cue.start);
        let sources: Vec<Speaker> = named
            .filter(|r| !mute(r))
            .flat_map(|r| speakers(scene, &voices, r.clone(), start.min(r.start)))
            // "We have stressed", she said: the inner voice is the outer one's.
            .filter(|s| !first_person(scene.reading.doc.token(s.actor.head)))
            .collect();
        // "When wardens came, they found the door open": somebody who comes upon a thing does not tell it.
        let cue = doc.slice(a.cue.clone()).root();
        let anyone = |s: &Speaker| matches!(s.actor.kind, ActorKind::Unresolved | ActorKind::Person);
        if lemma_in(&scene.rules.words.finding, cue) && !sources.is_empty() && sources.iter().all(anyone) {
            continue;
        }
        voices.push(Voice {
            sources,
            cue: a.cue.clone(),
            content: a.content.clone(),
            // "It is claimed that": nobody vouches for it.
            stance: match a.stance {
                Stance::Assert if is_threat(scene, a) => Stance::Threaten,
                // "Doubted claims that the mill burnt": nor for these.
                Stance::Assert if a.sources.is_empty() && is_bare_claim(scene, doc.slice(a.cue.clone()).root()) => {
                    Stance::Unverified
                }
                Stance::Assert if a.sources.is_empty() && is_impersonal(doc.slice(a.cue.clone()).root()) => {
                    Stance::Unverified
                }
                stance => stance,
            },
            negated: a.negated,
            carried: a.carried,
            rejects: lemma_in(&scene.rules.words.rejecting, doc.slice(a.cue.clone()).root()),
        });
    }
    voices
}

/// "Warned that any crossing will be answered", "warned: we will strike back": of what the speaker himself will do. What others may do he
/// only reports.
fn is_threat(scene: &Scene<'_>, a: &AttributionMention) -> bool {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    let warns = lemma_in(&words.warning, doc.slice(a.cue.clone()).root());
    let own = |t: Token<'_>| {
        // "Thousands would be killed": by whom, he does not say.
        let passive = t.child("nsubjpass").is_some() && t.child("agent").is_none() && lemma_in(&words.punishing, t);
        let self_told = t.child("nsubj").is_some_and(|s| s.is_any(&["we", "i", "they", "it", "he", "she"]));
        let ahead =
            t.children().any(|c| c.dep() == "aux" && c.tag() == "MD" && !c.is_any(&["could", "may", "might", "can"]));
        ahead && (passive || self_told) && lemma_in(&words.reprisals, t)
    };
    warns && a.content.iter().any(|r| doc.slice(r.clone()).tokens().any(own))
}

/// "Claims that the mill burnt".
fn is_bare_claim(scene: &Scene<'_>, cue: Token<'_>) -> bool {
    cue.pos() == "NOUN" && lemma_in(&scene.rules.words.claims, cue)
}

/// "It was claimed", "it is reported".
fn is_impersonal(cue: Token<'_>) -> bool {
    cue.tag() == "VBN" && cue.child("agent").is_none() && cue.child("nsubjpass").is_some_and(|s| s.is("it"))
}

/// What nobody says: "no group has said that it was behind the blast".
pub(super) fn unsaid<'a>(scene: &'a Scene<'_>) -> Vec<&'a Range<usize>> {
    let doc = &scene.reading.doc;
    let nobody = |r: &Range<usize>| !r.is_empty() && is_nobody(scene, doc.slice(r.clone()).root());
    let unsaid = |a: &&AttributionMention| {
        !a.sources.is_empty() && a.sources.iter().all(nobody) && a.class == CueClass::Reporting
    };
    scene.mentions.attributions.iter().filter(unsaid).flat_map(|a| &a.content).collect()
}

/// "The premier cannot claim that all is well".
fn is_unsayable(scene: &Scene<'_>, cue: Token<'_>) -> bool {
    let cannot = cue.children().any(|c| c.dep() == "neg")
        && cue.children().any(|c| c.dep() == "aux" && c.is_any(&["can", "ca"]));
    cannot && lemma_in(&scene.rules.words.unsayable, cue)
}

/// "No group", "neither side".
pub(super) fn is_nobody(scene: &Scene<'_>, head: Token<'_>) -> bool {
    head.children().any(|c| c.dep() == "det" && is_in(&scene.rules.words.negating, c))
}

/// The voices over a happening, from the outermost to the innermost.
///
/// Who denies responsibility for an attack does not say that there was none, nor how many it killed: that is told over his head.
pub(super) fn chain<'v>(
    scene: &Scene<'_>,
    voices: &'v [Voice],
    event: &EventMention,
    events: &[EventMention],
) -> Vec<&'v Voice> {
    let doc = &scene.reading.doc;
    let answers = |e: &EventMention| {
        let part = |i| doc.token(i).pos() == "NOUN" && lemma_in(&scene.rules.words.answering, doc.token(i));
        e.kind == "responsibility" || e.kind == "denial" && e.trigger.clone().any(part)
    };
    let only_answers = |v: &Voice| {
        v.stance == Stance::Deny
            && !answers(event)
            && events.iter().any(|e| answers(e) && (v.says(e.head) || v.performs(e)))
    };
    // "Denied the attack, which killed four": nor what a clause set off by a comma adds.
    let added = |v: &Voice| {
        v.stance == Stance::Deny
            && (is_aside(doc, event.head, |i| v.says(i))
                || is_beside(doc, event.head, |i| v.says(i))
                || is_under(doc, event.head, &["since", "after", "before"], |i| v.says(i)))
    };
    // "Rejected comparisons to the raid": the raid is not in doubt.
    let likened = |v: &Voice| {
        let root = v.content.first().map(|r| doc.slice(r.clone()).root());
        v.rejects && root.is_some_and(|r| r.i() != event.head && lemma_in(&scene.rules.words.likening, r))
    };
    // "Pledged to guard the road in the deal that ended the war": nor does who wants something want what already happened.
    let before = |v: &Voice| {
        v.wants()
            && !event.to_stop
            && (is_past_aside(doc, event.head, |i| v.says(i))
                || is_under(doc, event.head, &["because", "since", "as"], |i| v.says(i))
                || is_occasion(scene, event, |i| v.says(i))
                || is_known(scene, event)
                || takes_for_known(scene, v, event))
    };
    // "Rejected the truce that was signed in May": that it was, the words take for known.
    let given = |v: &Voice| {
        let turned_down = v.content.first().map(|r| doc.slice(r.clone()).root()).filter(|o| o.pos() == "NOUN");
        let clause = doc.token(event.head);
        v.rejects && turned_down.is_some_and(|o| clause.dep() == "relcl" && clause.head() == o)
    };
    let told = |v: &&Voice| {
        !given(v)
            && (v.performs(event) || v.says(event.head) && !only_answers(v) && !added(v) && !likened(v) && !before(v))
    };
    let mut chain: Vec<&Voice> = voices.iter().filter(told).collect();
    // "The mayor denied that guards had burnt the mill, as a baker had claimed": not the mayor's words on the baker's.
    let beside = |v: &Voice| {
        let cue = doc.slice(v.cue.clone()).root();
        cue.dep() == "advcl" && cue.children().any(|c| matches!(c.dep(), "mark" | "advmod" | "prep") && c.is("as"))
    };
    if chain.iter().any(|v| !beside(v)) {
        chain.retain(|v| !beside(v));
    }
    // "Accused them of the raid, which they denied": the denial is told by whoever tells of the accusation.
    let answered: Vec<usize> = chain.iter().filter(|v| answers_by_relative(doc, v)).map(|v| v.cue.start).collect();
    chain.retain(|v| !answered.iter().any(|&cue| v.says(cue)));
    // "Rejected a proposal for a truce": whose it was, nobody says; he who rejects it proposes nothing. "Denied the guild's report that the
    // mill burnt": by that he denies that it burnt.
    if let Some(deny) = chain.iter().copied().find(|v| v.stance == Stance::Deny) {
        let wants = |v: &Voice| matches!(v.stance, Stance::Propose | Stance::Demand | Stance::Promise);
        let told = |v: &Voice| {
            let cue = doc.slice(v.cue.clone()).root();
            deny.says(cue.i()) && cue.pos() == "NOUN" && !v.wants()
        };
        chain.retain(|v| v.stance == Stance::Deny || !(wants(v) && v.sources.is_empty() || told(v)));
    }
    // What is credited inside another's words is the smaller stretch.
    chain.sort_by_key(|v| std::cmp::Reverse(v.size()));
    chain
}

/// A denial in a relative clause whose "which" is what is denied.
fn answers_by_relative(doc: &Doc, voice: &Voice) -> bool {
    let cue = doc.slice(voice.cue.clone()).root();
    let relative = |c: Token<'_>| matches!(c.tag(), "WDT" | "WP") || c.is("that");
    let denied = |c: Token<'_>| relative(c) && !matches!(c.dep(), "nsubj" | "nsubjpass");
    let answer = matches!(cue.dep(), "relcl" | "acl") && (cue.children().any(denied) || cue.head().is("something"));
    voice.stance == Stance::Deny && answer
}
