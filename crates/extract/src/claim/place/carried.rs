//! What a happening that says nothing of where takes over: from the happenings before it, else from its article.
use super::focus::focus;
use super::hint::by_dateline;
use super::own::names_an_actor;
use super::spread::{
    is_elsewhere, is_everywhere, is_history, is_raising, names_a_seat, names_other_towns, names_unread,
};
use crate::claim::Scene;
use crate::claim::lag::is_another;
use crate::claim::lasting::{is_lasting, is_outset};
use crate::claim::words::is_in;
use crate::event::EventMention;
use crate::toponym::ToponymMention;
use variorum_model::{ClaimPlace, ClaimTime, Precision, TimeBasis};
use variorum_syntax::Token;

/// A happening whose place is known.
struct Told<'e> {
    sentence: usize,
    kind: &'e str,
    place: ClaimPlace,
    time: &'e ClaimTime,
}

/// What has been told so far, and where.
pub(super) struct Carrier<'e, 's> {
    scene: &'e Scene<'s>,
    /// Per article, the place that it is about.
    pub focus: Vec<Option<ClaimPlace>>,
    /// The happening that the text may go on about; the last of `told`, or none where the text has turned to something else.
    goes_on: bool,
    told: Vec<Told<'e>>,
    /// The block that has turned to other places than those told of.
    apart: Option<usize>,
}

impl<'e, 's> Carrier<'e, 's> {
    pub fn new(scene: &'e Scene<'s>) -> Self {
        let articles = 0..scene.reading.report.articles.len().max(1);
        let focus = articles.map(|article| focus(scene, article)).collect();
        Carrier { scene, focus, goes_on: false, told: Vec::new(), apart: None }
    }

    /// Takes note of where a happening was. History, and what only dates something else, is not what the text goes on about.
    pub fn note(&mut self, event: &'e EventMention, place: &ClaimPlace, time: &'e ClaimTime) {
        if event.background || is_prelude(self.scene, event) {
            return;
        }
        let sentence = self.sentence(event);
        self.told.push(Told { sentence, kind: &event.kind, place: place.clone(), time });
        self.goes_on = true;
        self.apart = None;
    }

    /// The town that a quarter which the gazetteer does not hold is in: "the Aldmoor neighborhood".
    pub fn town(&self, event: &EventMention) -> Option<ClaimPlace> {
        let is_town = |p: &&ClaimPlace| p.precision == Precision::Exact && !is_quarter(self.scene, p);
        let near = |told: &&Told<'_>| self.goes_on && self.sentence(event) - told.sentence <= REACH;
        let before = self.told.last().filter(near).map(|told| &told.place);
        before.filter(is_town).or_else(|| self.focus_of(event).filter(is_town)).cloned()
    }

    /// Where a happening without a place of its own was. What is summed up (`sum`), what is all over a country or elsewhere is at no
    /// spot.
    pub fn of(&mut self, event: &'e EventMention, time: &'e ClaimTime, sum: bool) -> Option<ClaimPlace> {
        let (scene, block) = (self.scene, self.scene.reading.block_of(event.head));
        let unread = names_unread(scene, event);
        let another = is_another(scene, scene.reading.doc.token(event.head));
        if sum || unread || another || is_elsewhere(scene, event) {
            self.goes_on = false;
            self.told.clear();
            self.apart = (!sum).then_some(block);
            return self.focus_of(event).filter(|p| is_wide(p) && !unread).cloned();
        }
        if is_everywhere(scene, event) {
            return self.focus_of(event).filter(|p| p.precision == Precision::Country).cloned();
        }
        let apart = self.apart == Some(block);
        let spread = apart
            || is_history(scene, event)
            || is_at_war(scene, event)
            || is_outset(scene, event)
            || is_lasting(scene, event)
            || names_a_seat(scene, event)
            || scene.reading.doc.token(event.head).ancestors().any(|t| is_raising(scene, t))
            || scene.rules.words.spread.contains(&event.kind)
            || names_other_towns(scene, event);
        let fits = |p: &&ClaimPlace| !spread || is_wide(p);
        if let Some(town) = by_dateline(scene, event).filter(|p| fits(&p)) {
            self.note(event, &town, time);
            return Some(town);
        }
        self.before(event, time)
            .filter(fits)
            .or_else(|| self.again(event, time).filter(fits))
            .or_else(|| self.of_article(event, time).filter(fits))
            .cloned()
    }

    /// The place of the happening before it in the same block.
    fn before(&self, event: &EventMention, time: &ClaimTime) -> Option<&ClaimPlace> {
        let reading = self.scene.reading;
        let told = self.told.last().filter(|_| self.goes_on)?;
        let same_block = reading.block_of(reading.doc.sent(told.sentence).start) == reading.block_of(event.head);
        let near = self.sentence(event) - told.sentence <= REACH;
        // "They met in Graz on Monday. … Eight bombs killed a guard": not where they met.
        let parleys = &self.scene.rules.words.parleys;
        let met = parleys.iter().any(|kind| kind == told.kind) && !parleys.contains(&event.kind);
        let near = near && !(met && self.scene.rules.words.is_violent(event));
        (same_block && near && carries_on(told.time, time)).then_some(&told.place)
    }

    /// The place of a happening of the same type a little further back: the same one told again.
    fn again(&self, event: &EventMention, time: &ClaimTime) -> Option<&ClaimPlace> {
        let (scene, sentence) = (self.scene, self.sentence(event));
        if event.background || names_another(scene, event, scene.reading.block_of(event.head), &self.told) {
            return None;
        }
        let mut near = self.told.iter().rev().take_while(|told| sentence - told.sentence <= RETOLD);
        let same = near.find(|told| alike(scene, told.kind, &event.kind) && carries_on(told.time, time));
        same.map(|told| &told.place)
    }

    /// The place that the article is about. Of a spot, only what is news there and then: what is of another day or of none, unless it
    /// stands at the head of the article, may be anywhere; so may what is taken, fled or agreed.
    fn of_article(&self, event: &EventMention, time: &ClaimTime) -> Option<&ClaimPlace> {
        let (reading, words) = (self.scene.reading, &self.scene.rules.words);
        let focus = self.focus_of(event)?;
        if matches!(focus.precision, Precision::Region | Precision::Country) {
            return Some(focus);
        }
        let article = reading.article_at(reading.doc.token(event.head).start());
        let first = reading.blocks.iter().position(|b| reading.article_at(b.span.start) == article)?;
        let heads = reading.block_of(event.head) < first + HEAD;
        let undated = time.earliest.is_none() && !heads;
        let mut there = self.told.iter().filter(|told| told.place.name == focus.name).peekable();
        let another_day = !is_wide(focus) && there.peek().is_some() && !there.any(|told| carries_on(told.time, time));
        let open = undated || another_day || event.background || words.moving.contains(&event.kind);
        (!open).then_some(focus)
    }

    fn focus_of(&self, event: &EventMention) -> Option<&ClaimPlace> {
        let reading = self.scene.reading;
        self.focus.get(reading.article_at(reading.doc.token(event.head).start()))?.as_ref()
    }

    fn sentence(&self, event: &EventMention) -> usize {
        self.scene.reading.doc.token(event.head).sent_index()
    }
}

/// Sentences over which a place carries on.
const REACH: usize = 2;
/// Sentences over which a happening of the same type is the same one told again.
const RETOLD: usize = 8;
/// Blocks at the head of an article: headline and lead.
const HEAD: usize = 2;

/// No spot, but something that holds spots.
pub(super) fn is_wide(place: &ClaimPlace) -> bool {
    !matches!(place.precision, Precision::Exact | Precision::Near | Precision::Unlocated)
}

/// "The Aldmoor neighborhood": where the gazetteer does not hold it, it is somewhere in the town told of.
pub(super) fn is_quarter(scene: &Scene<'_>, place: &ClaimPlace) -> bool {
    scene.mentions.toponyms.iter().any(|t| t.toponym.quote.span == place.span && t.quarter)
}

/// "The war", "the conflict": it is not at the spot of the day's news.
fn is_at_war(scene: &Scene<'_>, event: &EventMention) -> bool {
    let doc = &scene.reading.doc;
    event.trigger.clone().any(|i| is_in(&scene.rules.words.wars, doc.token(i)) && doc.token(i).pos() == "NOUN")
}

/// "… hours after the guard began its operation": what only dates something else is not what the text goes on about.
fn is_prelude(scene: &Scene<'_>, event: &EventMention) -> bool {
    let trigger = scene.reading.doc.token(event.head);
    let apart = |t: Token<'_>| {
        t.dep() == "advcl"
            && t.children().any(|c| matches!(c.dep(), "mark" | "prep") && is_in(&scene.rules.words.apart, c))
    };
    apart(trigger) || trigger.ancestors().any(apart)
}

/// True where the block names a spot before the happening that none of the happenings so far was at: "As for the tragedy in
/// Orlec, …", after news of another town.
fn names_another(scene: &Scene<'_>, event: &EventMention, block: usize, told: &[Told<'_>]) -> bool {
    let reading = scene.reading;
    let spot = |p: Precision| matches!(p, Precision::Exact | Precision::Near | Precision::Unlocated);
    let before = scene.mentions.toponyms.iter().rev().skip_while(|t| t.tokens.start >= event.head);
    let mut here = before.take_while(|t| reading.block_of(t.tokens.start) == block);
    let named = here.find(|t| {
        let by = reading.doc.slice(t.tokens.clone()).root();
        let locative = by.dep() == "pobj" && is_in(&scene.rules.words.locative, by.head());
        spot(t.precision) && locative && !t.adjectival && !t.embedded && !names_an_actor(scene, t)
    });
    let other = |t: &ToponymMention, p: &ClaimPlace| p.name != t.toponym.name && p.span != t.toponym.quote.span;
    named.is_some_and(|t| told.last().is_some_and(|told| other(t, &told.place)))
}

/// The same type, or two of violence, which one telling calls "attack" and the next "shelling".
fn alike(scene: &Scene<'_>, a: &str, b: &str) -> bool {
    let violent = |kind: &str| scene.rules.words.violence.iter().any(|v| v == kind);
    a == b || violent(a) && violent(b)
}

/// True where a happening of time `now` may be where the one of time `before` was: they do not exclude each other, and words
/// of its own that date it do not set it apart from what the context only vaguely dates.
fn carries_on(before: &ClaimTime, now: &ClaimTime) -> bool {
    let dated = matches!(now.basis, TimeBasis::Explicit | TimeBasis::Relative) && now.earliest.is_some();
    match (&before.earliest, &before.latest, &now.earliest, &now.latest) {
        (Some(_), Some(_), Some(_), Some(_)) if dated && before.basis == TimeBasis::Context => {
            before.value == now.value
        }
        (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) => a_last >= b_first && b_last >= a_first,
        _ => true,
    }
}
