//! What goes on for a while, which no day of the news dates.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use variorum_model::{ClaimTime, Polarity, TimeBasis, TimexType};
use variorum_syntax::Token;

/// True of violence that the words tell of as going on or as often done: "continues to fight the rebels", "those who attack drovers",
/// "has also hit the south"; and of fighting told aside or as what somebody has been at: "Orlec, where the guard is fighting rebels",
/// "has fought alongside the militia". What its sentence dates is something else.
pub(super) fn is_lasting(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let words = &scene.rules.words;
    // "Continues to commit massacres"
    // "Has left nine dead"
    let told = trigger.pos() == "NOUN" && trigger.dep() == "dobj" || trigger.pos() == "ADJ";
    let verb = trigger.ancestors().find(|t| t.pos() == "VERB").filter(|_| told).unwrap_or(trigger);
    // "Dozens of truces have been brokered", after the lead: over a time that is not told.
    let subject = verb.child_any(&["nsubj", "nsubjpass"]);
    let many = subject.is_some_and(|s| {
        is_in(&words.amounts, s) || s.children().any(|c| matches!(c.dep(), "amod" | "det") && is_in(&words.amounts, c))
    });
    if in_perfect(verb) && many && !scene.reading.is_lead(event.head) {
        return true;
    }
    // "Norway, which has 5,000 troops in the south"
    let holds = words.having.iter().any(|w| w == verb.lemma()) && matches!(verb.tag(), "VBZ" | "VBP");
    if event.kind == "deployment" && holds {
        return true;
    }
    // "The war has killed thousands and displaced millions", "have died in the war", "have killed nine since it began"
    let war = |c: Token<'_>| c.dep().starts_with("nsubj") && is_in(&words.wars, c);
    let stands = if verb.dep() == "conj" { verb.head() } else { verb };
    let in_war = |c: Token<'_>| c.is("in") && c.child("pobj").is_some_and(|o| is_in(&words.wars, o));
    // "Nine have died and 90 have fled since the raids began"
    let beside =
        || stands.children().filter(|c| c.dep() == "conj" && in_perfect(*c)).any(|c| c.children().any(is_since));
    if in_perfect(verb) && (stands.children().any(|c| war(c) || in_war(c) || is_since(c)) || beside()) {
        return true;
    }
    // "400,000 have fled": since it all began.
    if event.kind == "displacement" && in_perfect(verb) && !scene.reading.is_lead(event.head) {
        return true;
    }
    // "Has carried out air strikes"
    let bare = |t: Token<'_>| t.tag() == "NNS" && t.children().all(|c| !matches!(c.dep(), "det" | "nummod" | "poss"));
    if in_perfect(verb) && verb != trigger && bare(trigger) && !scene.reading.is_lead(event.head) {
        return true;
    }
    // "Rights groups have accused the guard of torturing drovers", after the lead
    let accuser = trigger.ancestors().find(|t| t.pos() == "VERB");
    let accused = trigger.dep() == "pcomp" && trigger.tag() == "VBG" && accuser.is_some_and(in_perfect);
    if accused && !scene.reading.is_lead(event.head) {
        return true;
    }
    if !words.is_violent(event) {
        return false;
    }
    if is_what_they_do(scene, event) {
        return true;
    }
    // "Have been fighting the rebels", after the lead
    let been = verb.tag() == "VBG" && verb.children().any(|c| c.dep() == "aux" && c.is("been"));
    if been && in_perfect(verb) && !scene.reading.is_lead(event.head) {
        return true;
    }
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

/// "An alliance battling the guard": what tells which alliance, and not what it did on the day of the news.
pub(super) fn is_what_they_do(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let named = matches!(trigger.head().pos(), "NOUN" | "PROPN");
    scene.rules.words.fights.contains(&event.kind) && trigger.dep() == "acl" && trigger.tag() == "VBG" && named
}

/// "Since the war began": with what something began, at some time that only words of its own tell.
pub(super) fn is_outset(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    is_since(if trigger.dep().starts_with("nsubj") { trigger.head() } else { trigger })
}

fn is_since(clause: Token<'_>) -> bool {
    clause.dep() == "advcl" && clause.child("mark").is_some_and(|m| m.is("since"))
}

/// "The Orlec agreements", "a local truce", "the siege": what is named and holds on began at some time that nobody tells of, unless a
/// verb makes it news ("signed an agreement", "a truce took hold").
pub(super) fn is_in_force(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    let noun = doc.token(event.head);
    let past = |t: Token<'_>| t.tag() == "VBD";
    let made = || event.trigger.clone().any(|i| matches!(doc.token(i).pos(), "VERB" | "AUX"));
    let comes = || {
        noun.dep().starts_with("nsubj")
            && (past(noun.head()) || noun.head().children().any(|c| c.dep() == "auxpass" && past(c)))
    };
    // "The fighting is over": that it ends is new.
    let ended = || is_in(&scene.rules.words.again, noun) && event.kind == "ceasefire";
    // "The league is blacklisted by Vienna"
    let now = || noun.children().any(|c| c.dep() == "auxpass" && matches!(c.tag(), "VBZ" | "VBP"));
    if scene.rules.words.in_state.contains(&event.kind) && now() && !scene.reading.is_lead(event.head) {
        return true;
    }
    let holds = is_in(&scene.rules.words.wars, noun) || scene.rules.words.in_force.contains(&event.kind);
    holds && event.polarity == Polarity::Happened && noun.pos() == "NOUN" && !made() && !comes() && !ended()
}

/// "Killed nine in two days", "in recent weeks crews have managed to leave": over that time, of which no day of the news is all. "The
/// second raid in two days" is one of today's.
pub(super) fn is_spread(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    let trigger = doc.token(event.head);
    let verb = std::iter::once(trigger).chain(trigger.ancestors()).find(|t| matches!(t.pos(), "VERB" | "AUX"));
    let timexes = &scene.mentions.timexes;
    let sentence = trigger.sent();
    let first = timexes.partition_point(|t| t.tokens.start < sentence.start);
    let lengths = timexes[first..].iter().take_while(|t| t.tokens.end <= sentence.end);
    lengths.filter(|t| t.timex.kind == TimexType::Duration && !t.tokens.is_empty()).any(|t| {
        let noun = doc.slice(t.tokens.clone()).root();
        let days = noun.lemma() != "minute" && noun.lemma() != "hour" && noun.lemma() != "second";
        let counts = |i: usize| {
            let word = doc.token(i);
            word.ent_type() == "ORDINAL" || matches!(word.tag(), "JJS" | "RBS") || word.is("latest")
        };
        let over = noun.dep() == "pobj" && is_in(&scene.rules.words.spanning, noun.head()) && days;
        // "Has gone on for weeks", "came under fire over the past few days"
        if over && !noun.head().is("in") && Some(noun.head().head()) == verb {
            return true;
        }
        // "Seven days of raids have killed nine"
        let raids = noun.child("prep").filter(|of| of.is("of")).and_then(|of| of.child("pobj"));
        if days
            && raids
                .is_some_and(|raids| raids == trigger || noun.dep().starts_with("nsubj") && Some(noun.head()) == verb)
        {
            return true;
        }
        let inside = over && noun.head().is("in");
        let extent = event.extent.start <= t.tokens.start && t.tokens.end <= event.extent.end;
        let of_trigger = extent && noun.head().head() == trigger && !(sentence.start..t.tokens.start).any(counts);
        let lately = t.timex.value.starts_with("PX") && noun.children().any(|c| is_in(&scene.rules.words.recent, c));
        inside && (of_trigger || lately && rises_to(trigger, noun.head().head()))
    })
}

/// True where only verbs that govern it and those that it stands beside lie between a verb and one above it.
fn rises_to(verb: Token<'_>, above: Token<'_>) -> bool {
    let climbs = |t: &Token<'_>| matches!(t.dep(), "xcomp" | "acomp" | "conj" | "ccomp");
    let way = std::iter::successors(Some(verb), |t| climbs(t).then(|| t.head()));
    way.take(RISE).any(|t| t == above)
}

/// Steps up from a verb to one that its sentence dates.
const RISE: usize = 5;

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
        // "The war has cost 3,000 lives. In Orlec nine have died": nor of this does anything tell when.
        let summed = event.background && in_perfect(trigger) && time.earliest.is_none();
        self.told = (reaches && own || summed).then(|| (block, sentence, time.clone()));
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
pub(super) fn in_perfect(verb: Token<'_>) -> bool {
    let have = |t: Token<'_>| t.children().any(|c| c.dep() == "aux" && c.is_any(&["has", "have"]));
    let shares = || {
        let no_subject = verb.child_any(&["nsubj", "nsubjpass"]).is_none();
        verb.dep() == "conj" && (verb.tag() == "VBN" || verb.tag() == "VBD" && no_subject)
    };
    have(verb) || shares() && have(verb.head())
}
