//! Violence that an article tells more than once: plainly, and by what it was done with.
use super::Scene;
use super::figures::HARM;
use super::news::UNSPECIFIC;
use crate::event::EventMention;
use crate::figure::FigureMention;

/// Number from which a toll is one happening's wherever the article repeats it.
const TELLING: f64 = 5.0;
/// Sentences over which a smaller one is, in an article that tells of one type of violence only.
const NEAR: usize = 2;

/// Gives harm of which an article does not say how it was done the type of the violence that it gives the same toll
/// ("Blast kills 15: monitor", and below it "fifteen drovers died as a mine …"), where that is of one type.
pub(super) fn by_toll(scene: &Scene<'_>, events: &mut [EventMention], owned: &[Vec<&FigureMention>]) {
    let (doc, words) = (&scene.reading.doc, &scene.rules.words);
    let place = |e: &EventMention| {
        let token = doc.token(e.head);
        (scene.reading.article_at(token.start()), token.sent_index())
    };
    let places: Vec<(usize, usize)> = events.iter().map(place).collect();
    let counts = |f: &&FigureMention| HARM.contains(&f.figure.measure.as_str());
    let named: Vec<Option<String>> = (0..events.len())
        .map(|plain| {
            let event = &events[plain];
            if event.kind != UNSPECIFIC || event.background || !owned[plain].iter().any(counts) {
                return None;
            }
            let (article, sentence) = places[plain];
            let specific = |i: &usize| {
                let kind = &events[*i].kind;
                let violent = words.is_violent(&events[*i]) && kind != UNSPECIFIC && !words.without_toll.contains(kind);
                violent && places[*i].0 == article
            };
            let mut all = (0..events.len()).filter(specific).map(|i| &events[i].kind);
            let only = all.next().is_some_and(|kind| all.all(|other| other == kind));
            let tells = |i: &usize| {
                let other = &events[*i];
                let unnamed = event.agents.is_empty() || other.agents.is_empty();
                let small = only && unnamed && places[*i].1.abs_diff(sentence) <= NEAR;
                specific(i)
                    && !other.background
                    && other.polarity == event.polarity
                    && owned[plain].iter().any(|l| owned[*i].iter().any(|r| is_one_toll(l, r, small)))
            };
            let mut kinds: Vec<&String> = (0..events.len()).filter(tells).map(|i| &events[i].kind).collect();
            kinds.sort();
            kinds.dedup();
            // What was done in a fight may have a name of its own, and a bombing a manner.
            for wide in &words.wider {
                if kinds.len() > 1 {
                    kinds.retain(|kind| *kind != wide);
                }
            }
            <[&String; 1]>::try_from(kinds).ok().map(|[kind]| kind.clone())
        })
        .collect();
    for (event, kind) in events.iter_mut().zip(named) {
        event.kind = kind.unwrap_or(std::mem::take(&mut event.kind));
    }
}

/// `small`: whether a small number tells as well.
fn is_one_toll(l: &FigureMention, r: &FigureMention, small: bool) -> bool {
    let (l, r) = (&l.figure, &r.figure);
    let telling = |value: f64| value >= TELLING || small && value > 0.0;
    l.measure == r.measure && HARM.contains(&l.measure.as_str()) && l.value == r.value && l.value.is_some_and(telling)
}
