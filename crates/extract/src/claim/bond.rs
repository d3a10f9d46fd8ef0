//! Which happening a time expression dates, by the tree.
use super::Scene;
use super::words::is_in;
use crate::event::EventMention;
use crate::timex::{is_before_noun, is_of_noun};
use std::collections::HashSet;
use variorum_model::Polarity;
use variorum_syntax::Token;

/// Heads of what the law does about violence, of the violence, and of what is yet to come about.
pub(super) struct Heads {
    legal: HashSet<usize>,
    violent: HashSet<usize>,
    pub open: Vec<usize>,
}

impl Heads {
    pub fn new(scene: &Scene<'_>, events: &[EventMention]) -> Self {
        let words = &scene.rules.words;
        let of =
            |is: &dyn Fn(&EventMention) -> bool| events.iter().filter(|e| is(e)).map(|e| e.head).collect::<Vec<_>>();
        let to_come = |e: &EventMention| matches!(e.polarity, Polarity::Planned | Polarity::Conditional);
        Heads {
            legal: of(&|e| words.is_legal(e)).into_iter().collect(),
            violent: of(&|e| words.is_violent(e)).into_iter().collect(),
            open: of(&to_come),
        }
    }
}

/// How a time expression hangs on a trigger.
pub(super) struct Bond {
    /// Verbs between the two in the tree: 0 when it hangs on the trigger's own clause.
    pub far: usize,
    /// By "since": it is when the happening began.
    pub since: bool,
}

/// None where the words put the happening outside the time ("after fighting broke out on Monday"), and where the time is
/// that of a noun which is only spoken of ("the truce that ended the 2020 war").
pub(super) fn bond(scene: &Scene<'_>, heads: &Heads, trigger: Token<'_>, timex: Token<'_>) -> Option<Bond> {
    let words = &scene.rules.words;
    // "Anton Drusk (DOB 05/04/1990)", "was born on 4 May 1990 and …": it dates somebody, not what he did.
    let of_birth = std::iter::once(timex).chain(timex.ancestors()).take(4).chain(timex.left_edge().nbor(-1));
    // "A brother of the kidnapped drover read a letter today"
    let attributive = trigger.dep() == "amod" && trigger.tag().starts_with("VB") && !timex.is_under(trigger.head());
    if timex.dep() == "amod" || attributive || of_birth.filter(|t| *t != trigger).any(|t| is_in(&words.births, t)) {
        return None;
    }
    // "Shelled the town on Monday despite a truce": it is not the truce that is dated.
    if against(scene, trigger).is_some_and(|despite| !timex.is_under(despite)) {
        return None;
    }
    if is_of_instance(scene, trigger, timex) {
        return None;
    }
    let premodifier = is_before_noun(timex);
    // "Broke the terms of the accord of 9 May": it is the accord that is dated.
    let of_noun = is_of_noun(timex);
    let line: Vec<Token<'_>> = std::iter::once(trigger).chain(trigger.ancestors()).collect();
    let mut verbs_below = 0;
    for (steps, at) in std::iter::once(timex).chain(timex.ancestors()).enumerate() {
        if let Some(up) = line.iter().position(|t| *t == at) {
            let above = &line[1..=up];
            if is_new_clause(&line[..up], at) {
                return None;
            }
            let verbs_above = above.iter().filter(|t| matches!(t.pos(), "VERB" | "AUX")).count();
            let relative = line[..up].iter().filter(|t| matches!(t.dep(), "relcl" | "acl")).count();
            // "Declared an emergency on Monday after raiders had shot nine": they had before, or on that day.
            let after = |t: &Token<'_>| t.dep() == "advcl" && t.child("mark").is_some_and(|m| m.is("after"));
            if heads.violent.contains(&trigger.i()) && line[..up].iter().any(after) && timex.i() < trigger.i() {
                return None;
            }
            // "The deadliest on Monday since a raid on Orlec": not that raid.
            let compared = |t: &Token<'_>| t.dep() == "prep" && is_in(&words.since, *t);
            if line[..up].iter().any(compared) {
                return None;
            }
            // "Named on Monday the nine who were shot": when they were named.
            let retold = relative > 0 && timex.i() < trigger.i() && words.retelling.iter().any(|w| w == at.lemma());
            if retold && heads.violent.contains(&trigger.i()) {
                return None;
            }
            // "The depot which they hit has stood empty since 2015": what is said of a noun does not date the clause that
            // only says which one is meant.
            let of_subject =
                line[..up].iter().rev().find(|t| matches!(t.dep(), "relcl" | "acl")).is_some_and(|clause| {
                    let noun = clause.head();
                    matches!(noun.dep(), "nsubj" | "nsubjpass") && noun.head() == at && timex.i() > at.i()
                });
            // "Tore up the lease that had settled the 2014 quarrel by moving in": what a verb acts on has its date to itself.
            let of_object = up > 0 && premodifier && timex.head().dep() == "dobj";
            // "Pleaded guilty on Monday to the murder", "was arrested over the blast on Monday": what the law does about
            // violence is no older, and most often later; neither dates the other.
            let below = || std::iter::once(timex).chain(timex.ancestors()).take_while(|t| *t != at);
            let followed = heads.violent.contains(&trigger.i()) && above.iter().any(|t| heads.legal.contains(&t.i()));
            let followed_up = heads.legal.contains(&trigger.i()) && below().any(|t| heads.violent.contains(&t.i()));
            // "The guard, which took the mill last month, has left": what a clause says of somebody dates nothing else.
            let aside = below().find(|t| t.dep() == "relcl" && *t != timex);
            // "The war, which began in May 2031, has cost nine lives": since then.
            let began = aside.is_some_and(|t| words.beginning.iter().any(|w| w == t.lemma()));
            // "Members of the mission, which was set up in 2031"
            let beside = |clause: Token<'_>| {
                let which = clause.child_any(&["nsubj", "nsubjpass"]).filter(|c| c.is("which"));
                !began && which.and_then(|c| c.nbor(-1)).is_some_and(|before| before.is(","))
            };
            // "An accord signed in 2031 has held", "a man shot on Monday has died"
            let only_subject = |clause: Token<'_>| {
                let noun = clause.head();
                let participle = clause.dep() == "acl" && clause.tag() == "VBN" && clause != timex;
                participle && noun != trigger && noun.dep().starts_with("nsubj") && noun.head() == at && in_perfect(at)
            };
            // "Around Orlec, the site of a raid in May": nor does what a place is known for.
            let known_for = below().any(|t| {
                let noun = t.dep() == "appos" && t.tag() == "NN" && t.ent_type().is_empty();
                noun && matches!(t.head().ent_type(), "GPE" | "LOC" | "FAC")
            });
            if known_for && !trigger.ancestors().any(|t| t.dep() == "appos") && trigger.dep() != "appos"
                || aside.is_some_and(|clause| {
                    is_somebody(scene, clause.head())
                        || clause.child("nsubj").is_some_and(|c| c.is("who"))
                        || beside(clause)
                })
                || below().any(only_subject)
            {
                return None;
            }
            let far = verbs_below * 2 + verbs_above + relative;
            if began && in_perfect(at) {
                return Some(Bond { far, since: true });
            }
            let followed_up =
                followed_up || heads.legal.contains(&trigger.i()) && follows_deed(scene, heads, trigger, timex);
            // "Sentenced nine for the murder of a drover in 2020": the murder is history, whatever the parser hangs the year on.
            if followed && is_year(timex) && follows_deed(scene, heads, at, timex) && timex.i() > trigger.i() {
                return Some(Bond { far, since: false });
            }
            if premodifier && steps > 3 || of_noun && steps > 4 || of_subject || of_object || followed || followed_up {
                return None;
            }
            return Some(Bond { far, since: false });
        }
        let marked = |list: &[String]| {
            is_in(list, at) && at.dep() == "prep"
                || at.dep() == "advcl" && at.children().any(|c| matches!(c.dep(), "mark" | "prep") && is_in(list, c))
        };
        if at != timex && marked(&words.since) {
            // "The largest raid since the war began in May": neither then nor ever since.
            if trigger.pos() == "NOUN" && trigger.children().any(|c| matches!(c.tag(), "JJS" | "RBS")) {
                return None;
            }
            // "Nine raids since May have killed six"
            let subject = at.head().dep() == "nsubj" && in_perfect(at.head().head());
            let held = if subject { at.head().head() } else { at.head() };
            // "Nine were killed and 13 injured in raids since May"
            let bare = held.dep() == "conj"
                && !held
                    .children()
                    .any(|c| (c.dep() == "nsubj" && c.tag() != "CD") || matches!(c.dep(), "aux" | "auxpass"));
            let of_both = || line.iter().position(|t| bare && *t == held.head());
            let up = line.iter().position(|t| *t == held).or_else(of_both)?;
            let held = line[up];
            if is_new_clause(&line[..up], held) {
                return None;
            }
            let of_noun = line[..up].iter().any(|t| matches!(t.dep(), "relcl" | "acl"));
            return (!of_noun).then_some(Bond { far: 0, since: true });
        }
        // "After Monday" has a signal of its own; here it is what happened on Monday that lies apart.
        if steps > 1 && marked(&words.apart) {
            return None;
        }
        if at != timex && matches!(at.pos(), "VERB" | "AUX") {
            verbs_below += 1;
        }
    }
    None
}

/// "A string of raids, including a blast in Orlec last week": the place and day of what is named as one of them are not theirs.
pub(super) fn is_of_instance(scene: &Scene<'_>, trigger: Token<'_>, named: Token<'_>) -> bool {
    let (doc, words) = (trigger.doc(), &scene.rules.words);
    let violent = |t: Token<'_>| is_in(&words.labelled, t) || is_in(&words.again, t);
    let instance = |t: Token<'_>| t.is("including") && t.child("pobj").is_some_and(violent);
    trigger.i() < named.i() && (trigger.i()..named.i()).any(|i| instance(doc.token(i)))
}

/// "Booked two drovers over the raid on Monday": behind the violence that the law acts
/// on, a time may be of either, wherever the parser hangs it.
fn follows_deed(scene: &Scene<'_>, heads: &Heads, trigger: Token<'_>, timex: Token<'_>) -> bool {
    let doc = &scene.reading.doc;
    // "Charged with criminal homicide on Monday": the name of an offence is no deed.
    let named = |t: Token<'_>| t.children().any(|c| matches!(c.dep(), "det" | "poss"));
    let told = |t: Token<'_>| is_in(&scene.rules.words.labelled, t) || heads.violent.contains(&t.i());
    let deed = |t: Token<'_>| t.tag().starts_with("NN") && told(t) && named(t);
    let between = || (trigger.i() + 1..timex.left_edge().i()).map(|i| doc.token(i));
    between().any(deed) && !between().any(|t| t.pos() == "VERB")
}

/// "2020", alone behind a preposition.
fn is_year(timex: Token<'_>) -> bool {
    let text = timex.text();
    timex.dep() == "pobj" && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// "Despite a truce": the preposition above a noun that only stands against what happened.
pub(super) fn against<'d>(scene: &Scene<'_>, trigger: Token<'d>) -> Option<Token<'d>> {
    let words = &scene.rules.words.notwithstanding;
    let nouns = std::iter::once(trigger).chain(trigger.ancestors()).take_while(|t| !matches!(t.pos(), "VERB" | "AUX"));
    nouns.filter(|t| t.dep() == "prep").find(|t| is_in(words, *t))
}

/// "The guard, which took the mill last month": told only of whom the sentence is about.
pub(super) fn is_aside(scene: &Scene<'_>, trigger: Token<'_>) -> bool {
    trigger.dep() == "relcl" && is_somebody(scene, trigger.head())
}

/// A person, a people or a body.
fn is_somebody(scene: &Scene<'_>, noun: Token<'_>) -> bool {
    let named = matches!(noun.ent_type(), "PERSON" | "ORG" | "NORP" | "GPE");
    named || scene.rules.actor_nouns.contains(&noun.lemma().to_lowercase())
}

/// "Clashes have been common since 2031, but a raid killed nine": what is told after what has gone on for long has its own time.
fn is_new_clause(line: &[Token<'_>], above: Token<'_>) -> bool {
    let told = |t: &Token<'_>| {
        t.dep() == "conj" && t.tag() == "VBD" && t.head() == above && t.child_any(&["nsubj", "nsubjpass"]).is_some()
    };
    in_perfect(above) && line.iter().any(told)
}

fn in_perfect(verb: Token<'_>) -> bool {
    verb.children().any(|c| c.dep() == "aux" && c.is_any(&["has", "have"]))
}
