//! Where a claim places its happening.
mod carried;
mod focus;
mod hint;
mod own;
mod spread;
mod way;

use super::Scene;
use super::voice::Voice;
use crate::event::EventMention;
use carried::{Carrier, is_quarter};
use hint::{by_kind, by_pronoun, by_subject, by_there, by_witness, war_of};
use own::own;
use variorum_model::{ClaimPlace, ClaimTime, Precision};

/// For each happening, its places, the most specific first. Own words come first. A happening on the ground without any
/// has the place of a "region" or "town" that it names by kind, else that of the happening before it in the same block,
/// or of one of the same type a little further back, where the two are of one time, else the one place that the article is
/// about. Each points at the words that it stands on. What is only said, agreed or felt is nowhere unless its own words say
/// where; nor is what sums up a campaign (`sums`).
pub(super) fn by_event(
    scene: &Scene<'_>,
    voices: &[Voice],
    events: &[EventMention],
    times: &[ClaimTime],
    sums: &[bool],
) -> Vec<Vec<ClaimPlace>> {
    let mut carrier = Carrier::new(scene);
    let mut all = Vec::with_capacity(events.len());
    for ((event, time), &sum) in events.iter().zip(times).zip(sums) {
        let mut places = own(scene, voices, event);
        if sum {
            // "Killed one in Orlec, bringing the number of dead to 300": not all of them there.
            let words = scene.reading.doc.slice(event.extent.clone()).bytes();
            places.retain(|p| words.start <= p.span.start && p.span.end <= words.end);
        }
        if scene.rules.words.ground.contains(&event.kind) {
            // What follows does not go on about a war that is only called by its name.
            let war = if places.is_empty() { war_of(scene, event) } else { None };
            if let Some(war) = war {
                all.push(vec![war]);
                continue;
            }
            if places.is_empty() {
                let named = by_pronoun(scene, event).or_else(|| by_there(scene, voices, event));
                let named = named.or_else(|| by_kind(scene, event, &carrier.focus));
                let named = named.or_else(|| by_subject(scene, event)).or_else(|| by_witness(scene, voices, event));
                places.extend(named);
            }
            let quarter = |p: &ClaimPlace| p.precision == Precision::Unlocated && is_quarter(scene, p);
            if !places.is_empty() && places.iter().all(quarter) {
                places.extend(carrier.town(event));
            }
            match places.first() {
                Some(place) => carrier.note(event, place, time),
                None => places.extend(carrier.of(event, time, sum)),
            }
        }
        all.push(places);
    }
    all
}
