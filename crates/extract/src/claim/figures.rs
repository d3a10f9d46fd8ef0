//! Which figure belongs to which happening.
use super::news::UNSPECIFIC;
use super::voice::Voice;
use super::words::is_in;
use super::{Scene, bare_event};
use crate::actor::ActorKind;
use crate::event::EventMention;
use crate::figure::FigureMention;
use std::collections::HashSet;
use variorum_model::{ClaimTime, Figure, Polarity, Scope, TimeBasis, TimePrecision};
use variorum_syntax::Token;

/// The rule id of claims that a figure makes where no happening is named beside it.
const FIGURE_RULE: &str = "figure-alone";

/// Measures of harm to people, which are an attack of unknown kind where nothing else is said; who was only taken to hospital may
/// have been in a crash.
fn kind_of(measure: &str) -> &'static str {
    match measure {
        "killed" | "wounded" | "destroyed" => "attack",
        "missing" => "other",
        "captured" | "arrested" => "arrest",
        "abducted" => "abduction",
        "evacuated" => "evacuation",
        "displaced" => "displacement",
        "returned" => "return",
        "deployed" => "deployment",
        "positions-taken" | "settlements-taken" => "territory-gain",
        "aid-delivered" => "aid",
        "protesters" => "protest",
        _ => "other",
    }
}

/// Happenings for figures that no happening takes up.
pub(super) fn without_event(scene: &Scene<'_>, events: &[EventMention]) -> Vec<EventMention> {
    let mut made: Vec<EventMention> = Vec::new();
    let article = |token: usize| scene.reading.article_at(scene.reading.doc.token(token).start());
    let words = &scene.rules.words;
    let violent: HashSet<usize> = events.iter().filter(|e| words.is_violent(e)).map(|e| article(e.head)).collect();
    for figure in &scene.mentions.figures {
        if owner(scene, events, figure).is_some() || owner(scene, &made, figure).is_some() {
            continue;
        }
        let doc = &scene.reading.doc;
        // "The bodies of nine porters"
        let head = doc.token(figure.trigger);
        let counting = |t: Token<'_>| t.pos() == "NOUN" && t.ent_type().is_empty();
        let head = if head.is("of") && counting(head.head()) { head.head() } else { head };
        let clause = clause(head);
        // "Both victims had come to the trial": that there are victims tells of no happening.
        if figure.figure.measure == "casualties" && is_in(&words.harmed, head) {
            continue;
        }
        // Who is brought to hospital may have been in a crash, unless the article tells of violence.
        let brought = figure.figure.measure == "wounded" && words.brought.iter().any(|w| w == head.lemma());
        let kind = match kind_of(&figure.figure.measure) {
            "attack" if brought && !violent.contains(&article(head.i())) => "other",
            "attack" => beside(scene, events, head).unwrap_or("attack"),
            kind => kind,
        };
        let mut event = bare_event(kind, head.i(), clause, FIGURE_RULE);
        // "In critical condition"
        if let Some(state) = head.child("pobj").filter(|_| head.is("in")) {
            event.trigger.end = event.trigger.end.max(state.i() + 1);
        }
        event.background = figure.background;
        event.polarity = figure.polarity;
        if HARM.contains(&figure.figure.measure.as_str()) && !figure.tokens.is_empty() {
            event.patients = vec![doc.slice(figure.tokens.clone()).root().i()];
        }
        made.push(event);
    }
    made
}

/// "The bodies of nine drovers who had been shot were found": the count tells of their deaths.
pub(super) fn is_of_counted(scene: &Scene<'_>, event: &EventMention, counted: &[EventMention]) -> bool {
    let verb = scene.reading.doc.token(event.head);
    let done = event.background && verb.dep() == "relcl" && scene.rules.words.is_violent(event);
    done && counted.iter().any(|c| c.head < event.head && c.patients.contains(&verb.head().i()))
}

/// "He was in stable condition on Saturday", "is listed as critical": how the hurt are now, of which the day is not that of the deed.
pub(super) fn is_of_state(scene: &Scene<'_>, event: &EventMention) -> bool {
    let head = scene.reading.doc.token(event.head);
    let governor = head.head();
    let lies = governor.lemma() == "be" || is_in(&scene.rules.words.lying, governor);
    event.rule == FIGURE_RULE && matches!(head.pos(), "ADP" | "ADJ") && lies
}

/// The one kind of violence that a sentence tells of besides: "two porters are in hospital after a raid".
fn beside<'e>(scene: &Scene<'_>, events: &'e [EventMention], token: Token<'_>) -> Option<&'e str> {
    let sentence = token.sent();
    let first = events.partition_point(|e| e.head < sentence.start);
    let told = events[first..].iter().take_while(|e| e.head < sentence.end);
    let kind = |e: &&EventMention| scene.rules.words.is_violent(e) && e.kind != UNSPECIFIC;
    let mut kinds = told.filter(kind).filter(|e| e.polarity == Polarity::Happened).map(|e| e.kind.as_str());
    let kind = kinds.next()?;
    kinds.all(|k| k == kind).then_some(kind)
}

/// For each happening, its figures.
pub(super) fn by_event<'a>(scene: &Scene<'a>, events: &[EventMention]) -> Vec<Vec<&'a FigureMention>> {
    let mut owned = vec![Vec::new(); events.len()];
    for figure in &scene.mentions.figures {
        if let Some(i) = owner(scene, events, figure) {
            owned[i].push(figure);
        }
    }
    owned
}

/// Measures of harm to people.
pub(super) const HARM: [&str; 3] = ["killed", "wounded", "casualties"];

/// What its figures say of a happening: one that only gives the occasion of another is news where it brings a count
/// ("police look into an ambush that left four dead"); one whose counts are all history is history.
pub(super) fn weigh(events: &mut [EventMention], owned: &[Vec<&FigureMention>]) {
    for (event, figures) in events.iter_mut().zip(owned).filter(|(_, figures)| !figures.is_empty()) {
        let history = figures.iter().all(|f| f.background);
        // "dozens" only describes.
        let counts = figures.iter().any(|f| !f.background && f.figure.value.is_some_and(|v| v > 0.0));
        event.background = history || (event.background && !(event.occasion && counts));
        // "No one died in the blast, but three were hurt": nobody is a count, and there was a blast.
        let negated = event.polarity == Polarity::DidNotHappen;
        // "He missed being shot": the count is of the same word, and stands as little as it.
        let other = |f: &&FigureMention| f.trigger != event.head && f.polarity == Polarity::Happened;
        let came_about = |f: &&FigureMention| f.figure.value == Some(0.0) || other(f);
        if negated && figures.iter().any(|f| HARM.contains(&f.figure.measure.as_str()) && came_about(f)) {
            event.polarity = Polarity::Happened;
        }
    }
}

/// The happening whose trigger is the figure's own, else the nearest one above it in the tree whose words hold it, else
/// the narrowest one of its sentence whose words hold it.
fn owner(scene: &Scene<'_>, events: &[EventMention], figure: &FigureMention) -> Option<usize> {
    let doc = &scene.reading.doc;
    let first = events.partition_point(|e| e.head + 400 < figure.trigger);
    let near = || events.iter().enumerate().skip(first).take_while(|(_, e)| e.head < figure.trigger + 400);
    let trigger = doc.get(figure.trigger)?;
    // "Claimed the murder of a cook": the cook was murdered, whatever else the word is a part of.
    let own = near().find(|(_, e)| e.head == figure.trigger);
    if let Some((i, _)) = own.or_else(|| near().find(|(_, e)| e.trigger.contains(&figure.trigger))) {
        return Some(i);
    }
    // "Two drovers were among those killed": two of them.
    let those = || trigger.nbor(1).is_some_and(|t| t.is("those"));
    let among = |e: &EventMention| trigger.is("among") && figure.trigger + 2 == e.head && those();
    if let Some((i, _)) = near().find(|(_, e)| among(e)) {
        return Some(i);
    }
    // "Raised to nine the count of drovers slain by jets"
    let counted = |e: &EventMention| {
        // "The count of drovers slain by jets reached nine"
        let of = |noun: Token<'_>| {
            trigger.pos() == "NOUN" && noun.dep() == "pobj" && noun.head().is("of") && noun.head().head() == trigger
        };
        doc.get(e.head).is_some_and(|t| {
            let behind = t.dep() == "acl" && (t.head() == trigger && figure.tokens.contains(&e.head) || of(t.head()));
            behind || of(t)
        })
    };
    if let Some((i, _)) = near().find(|(_, e)| counted(e)) {
        return Some(i);
    }
    let holds = |e: &EventMention| e.extent.start <= figure.tokens.start && figure.tokens.end <= e.extent.end;
    // "The toll of raids on Orlec rose to nine", "nine hurt in a mortar attack": what did it stands below the word.
    let phrase = |t: &Token<'_>| matches!(t.dep(), "prep" | "pobj" | "compound" | "amod" | "nmod");
    // "The death toll"
    let noun = if trigger.dep() == "compound" { trigger.head() } else { trigger };
    let below = |t: Token<'_>| {
        let mut line = std::iter::successors(Some(t), |t| phrase(t).then(|| t.head()));
        t != noun && t != trigger && line.any(|t| t == noun)
    };
    let did_it = |e: &EventMention| {
        let harm = HARM.contains(&figure.figure.measure.as_str()) && trigger.pos() == "NOUN";
        harm && !e.background && scene.rules.words.is_violent(e) && doc.get(e.head).is_some_and(below)
    };
    if let Some((i, _)) = near().find(|(_, e)| did_it(e)) {
        return Some(i);
    }
    // "Nine seriously wounded"
    if let Some((i, _)) = near().find(|(_, e)| trigger.dep() == "advmod" && trigger.head().i() == e.head) {
        return Some(i);
    }
    for ancestor in trigger.ancestors() {
        if let Some((i, _)) = near().find(|(_, e)| e.head == ancestor.i() && holds(e)) {
            return Some(i);
        }
    }
    near().filter(|(_, e)| holds(e)).min_by_key(|(_, e)| (e.extent.len(), e.head)).map(|(i, _)| i)
}

/// The tokens of the clause that a word heads or stands in, without clauses inside it.
pub(super) fn clause(token: Token<'_>) -> std::ops::Range<usize> {
    let mut head = token;
    while !head.is_root() && !matches!(head.dep(), "ccomp" | "advcl" | "relcl" | "acl" | "conj" | "parataxis" | "xcomp")
    {
        head = head.head();
    }
    let inside = head.subtree();
    let (first, last) = (inside[0], inside[inside.len() - 1]);
    let mut range = first..last + 1;
    for child in head.children().filter(|c| matches!(c.dep(), "conj" | "advcl" | "parataxis")) {
        let (left, right) = (child.left_edge().i(), child.right_edge().i());
        if left > token.i() && left > head.i() {
            range.end = range.end.min(left);
        } else if right < token.i() && right < head.i() {
            range.start = range.start.max(right + 1);
        }
    }
    crate::actor::phrase::trim(token.doc(), range)
}

/// For each happening, whether its figures sum up more than one: they say so ("since Tuesday"), or they go on in the same
/// block from such ones, of victims alone and without a day of their own ("The army lost four men; eleven were wounded").
pub(super) fn sums(
    scene: &Scene<'_>,
    events: &[EventMention],
    owned: &[Vec<&FigureMention>],
    times: &[ClaimTime],
) -> Vec<bool> {
    let mut last: Option<usize> = None;
    let mut all = Vec::with_capacity(events.len());
    for ((event, figures), time) in events.iter().zip(owned).zip(times) {
        let block = scene.reading.block_of(event.head);
        let says_so = figures.iter().any(|f| f.figure.scope == Scope::Campaign);
        let victims = event.kind == UNSPECIFIC && !figures.is_empty() && !event.background;
        let undated = !matches!(time.basis, TimeBasis::Explicit | TimeBasis::Relative);
        let goes_on = last == Some(block) && victims && undated;
        if says_so && !event.background {
            last = Some(block);
        } else if !goes_on && !figures.is_empty() {
            last = None;
        }
        all.push(says_so || goes_on);
    }
    all
}

/// The figures of a claim in their final form: the as-of day filled from the claim's own time, else from the day of
/// the report where the figure is news. What `sums` up has the scope of a campaign; whom its source calls his own are of his side.
pub(super) fn finished(
    scene: &Scene<'_>,
    event: &EventMention,
    owned: &[&FigureMention],
    time: &ClaimTime,
    sums: bool,
    voice: Option<&Voice>,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    for mention in owned {
        // "Nine rebels fled": they pulled back.
        if mention.figure.measure == "displaced" && matches!(mention.figure.category.as_str(), "fighters" | "soldiers")
        {
            continue;
        }
        // "Tried to kill four guards": an attack all the same, and nobody dead. "Began an offensive to capture a leader": none is captured.
        let only_tried = matches!(mention.polarity, Polarity::Planned | Polarity::Conditional)
            && event.polarity == Polarity::Happened
            && (HARM.contains(&mention.figure.measure.as_str()) || !event.trigger.contains(&mention.trigger));
        if only_tried {
            continue;
        }
        let mut figure = mention.figure.clone();
        if figure.side.is_empty() {
            figure.side = voice.and_then(|v| own_side(scene, mention, v)).unwrap_or_default();
        }
        if sums && figure.scope == Scope::Incident {
            figure.scope = Scope::Campaign;
        }
        if figure.as_of.is_none() && !mention.background && !event.background {
            let dct = scene.reading.dct_at(figure.quote.span.start).map(|d| d.to_string());
            let own = time.latest.clone().filter(|_| time.precision == TimePrecision::Day);
            figure.as_of = dct.or(own);
        }
        figures.push(figure);
    }
    figures
}

/// Whose people they are where the speaker counts his own: "said two of its soldiers were killed", "put its own losses at
/// 12". The speaker's state where he speaks for one.
fn own_side(scene: &Scene<'_>, mention: &FigureMention, voice: &Voice) -> Option<String> {
    let [speaker] = voice.sources.as_slice() else { return None };
    let doc = &scene.reading.doc;
    let body = !matches!(speaker.actor.kind, ActorKind::Person | ActorKind::Unresolved);
    let owner = |i: usize| {
        let token = doc.token(i);
        token.tag() == "PRP$" && (is_in(&scene.rules.words.our, token) || body && is_in(&scene.rules.words.its, token))
    };
    // "Three of my neighbours": nobody's side.
    if matches!(speaker.actor.kind, ActorKind::Person) && speaker.actor.state.is_none() {
        return None;
    }
    let counted = mention.tokens.clone().any(owner);
    let first = mention.tokens.start.saturating_sub(LOSSES_BEFORE).max(doc.token(mention.tokens.start).sent().start);
    let losses = |i: usize| owner(i) && is_in(&scene.rules.words.losses, doc.token(i).head());
    if !counted && !(first..mention.tokens.start).any(losses) {
        return None;
    }
    let states = &scene.actors.register.states;
    let state = speaker.actor.state.as_ref().and_then(|id| states.iter().find(|s| s.id == *id));
    Some(state.map_or_else(|| speaker.actor.actor.name.clone(), |s| s.name.clone()))
}

/// How far before a number "its own losses at" may begin, in tokens.
const LOSSES_BEFORE: usize = 5;
