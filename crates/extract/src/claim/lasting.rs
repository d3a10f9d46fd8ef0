//! What goes on for a while, which no day of the news dates.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use variorum_model::{ClaimTime, TimeBasis, TimexType};
use variorum_syntax::Token;

/// True of violence that the words tell of as going on or as often done: "continues to fight the rebels", "those who attack drovers",
/// "has also hit the south"; and of fighting told aside or as what somebody has been at: "Orlec, where the guard is fighting rebels",
/// "has fought alongside the militia". What its sentence dates is something else.
pub(super) fn is_lasting(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let words = &scene.rules.words;
    if !words.is_violent(event) {
        return false;
    }
    // "Continues to commit massacres"
    let verb = if trigger.pos() == "NOUN" && trigger.dep() == "dobj" { trigger.head() } else { trigger };
    let aux = |t: Token<'_>| t.children().any(|c| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP"));
    let simple = matches!(verb.tag(), "VBZ" | "VBP");
    let present = |t: Token<'_>| matches!(t.tag(), "VBZ" | "VBP") || aux(t);
    let continues = |t: Token<'_>| words.continuing.iter().any(|w| w == t.lemma());
    if verb.dep() == "xcomp" && present(verb.head()) && continues(verb.head()) {
        return true;
    }
    // "Those who attack drovers", "has also hit the south"
    let aside = matches!(verb.dep(), "relcl" | "acl");
    let before = |c: Token<'_>| c.dep() == "advmod" && is_in(&words.repeating, c);
    if aside && simple && verb.pos() == "VERB" || in_perfect(verb) && verb.children().any(before) {
        return true;
    }
    let beside = || present(verb) && verb.children().any(|c| c.dep() == "prep" && c.is("alongside"));
    words.fights.contains(&event.kind) && verb.pos() == "VERB" && (aside && present(verb) || beside())
}

/// "Killed nine in two days": over that time, of which no day of the news is all. "The second raid in two days" is one of today's.
pub(super) fn is_spread(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let timexes = &scene.mentions.timexes;
    let first = timexes.partition_point(|t| t.tokens.start < event.extent.start);
    let lengths = timexes[first..].iter().take_while(|t| t.tokens.end <= event.extent.end);
    lengths.filter(|t| t.timex.kind == TimexType::Duration && !t.tokens.is_empty()).any(|t| {
        let noun = scene.reading.doc.slice(t.tokens.clone()).root();
        let days = noun.lemma() != "minute" && noun.lemma() != "hour" && noun.lemma() != "second";
        let counts = |i: usize| {
            let word = scene.reading.doc.token(i);
            word.ent_type() == "ORDINAL" || matches!(word.tag(), "JJS" | "RBS") || word.is("latest")
        };
        let of_trigger = noun.dep() == "pobj" && noun.head().is("in") && noun.head().head() == trigger;
        of_trigger && days && !(trigger.sent().start..t.tokens.start).any(counts)
    })
}

/// "Orlec has been under fire since May. Nine people there have been killed": a perfect without a time of its own, in the
/// sentence after a stretch of time that reaches up to the report or in the same, counts what happened over it.
#[derive(Default)]
pub(super) struct Reach {
    told: Option<(usize, usize, ClaimTime)>,
}

impl Reach {
    /// Takes note of the own time of a happening.
    pub fn note(&mut self, scene: &Scene<'_>, event: &EventMention, time: &ClaimTime) {
        let trigger = scene.reading.doc.token(event.head);
        let now = scene.reading.dct_at(trigger.start()).map(|d| d.to_string());
        let reaches = now.is_some() && time.latest == now && time.earliest < time.latest;
        let own = matches!(time.basis, TimeBasis::Explicit | TimeBasis::Relative);
        let (block, sentence) = (scene.reading.block_of(event.head), trigger.sent_index());
        self.told = (reaches && own).then(|| (block, sentence, time.clone()));
    }

    /// The stretch over which a happening took place.
    pub fn of(&self, scene: &Scene<'_>, event: &EventMention) -> Option<ClaimTime> {
        let trigger = scene.reading.doc.token(event.head);
        let (block, sentence, time) = self.told.as_ref()?;
        let near = *block == scene.reading.block_of(event.head) && trigger.sent_index() - sentence <= 1;
        (near && in_perfect(trigger)).then(|| time.clone())
    }
}

/// "Has been shelled", "nine have been killed and six hurt".
fn in_perfect(verb: Token<'_>) -> bool {
    let have = |t: Token<'_>| t.children().any(|c| c.dep() == "aux" && c.is_any(&["has", "have"]));
    have(verb) || verb.dep() == "conj" && verb.tag() == "VBN" && have(verb.head())
}
