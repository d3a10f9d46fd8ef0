//! Days and places that cannot both be right.
use super::{side, voices};
use crate::Linker;
use crate::calendar::{self, Days};
use crate::evidence::Evidence;
use crate::kinds::Kind;
use crate::site::{PlaceLevel, Site, place_level};
use std::collections::BTreeMap;
use variorum_model::{Disagreement, DisagreementKind, Strength, TimeBasis, Verdict};

pub(crate) fn disagreements(linker: &Linker, evidence: &[Evidence<'_>], kind: Kind) -> Vec<Disagreement> {
    // Only claims of the incident's own type, said to have happened: an arrest has a day of its own.
    let own: Vec<usize> = (0..evidence.len())
        .filter(|&i| evidence[i].kind == kind && evidence[i].is_factual() && !linker.kinds.is_generic(kind))
        .collect();
    let mut all = Vec::new();
    all.extend(days(evidence, &own));
    all.extend(places(evidence, &own));
    all
}

/// Two exact days, said by different voices, each in words of its own. An incident that some claim spreads over several
/// days may have happened on both.
fn days(evidence: &[Evidence<'_>], own: &[usize]) -> Option<Disagreement> {
    let mut camps: BTreeMap<Days, Vec<usize>> = BTreeMap::new();
    for &i in own {
        let said =
            matches!(evidence[i].claim.time.basis, TimeBasis::Explicit | TimeBasis::Relative | TimeBasis::Judgement);
        if let (true, Some(time)) = (said, evidence[i].time) {
            camps.entry(time).or_default().push(i);
        }
    }
    if camps.len() != 2 || camps.keys().any(|time| time.width() > 3) {
        return None;
    }
    let [(day_l, l), (day_r, r)]: [(Days, Vec<usize>); 2] = camps.into_iter().collect::<Vec<_>>().try_into().ok()?;
    let reports = |list: &[usize]| list.iter().map(|&i| evidence[i].reading.report.id.clone()).collect::<Vec<_>>();
    // The report of one day is often written on the next.
    if day_l.gap(day_r) < 2 || reports(&l).iter().any(|id| reports(&r).contains(id)) {
        return None;
    }
    let of = |list: Vec<usize>| side(list.into_iter().map(|i| &evidence[i]));
    let (l, r) = (of(l), of(r));
    let reason = format!(
        "According to {} it was on {}, according to {} on {}.",
        voices(&l.sources),
        calendar::spoken(day_l.first),
        voices(&r.sources),
        calendar::spoken(day_r.first)
    );
    let (kind, verdict, strength) = (DisagreementKind::Time, Verdict::Contradiction, Strength::Soft);
    Some(Disagreement { kind, verdict, strength, sides: vec![l, r], reason })
}

/// Two points on the ground that are far apart.
fn places(evidence: &[Evidence<'_>], own: &[usize]) -> Option<Disagreement> {
    let mut camps: Vec<(Site, &str, Vec<usize>)> = Vec::new();
    for &i in own {
        let Some(place) = evidence[i].claim.places.first() else { continue };
        let site = Site::new(place, evidence[i].claim.span);
        if !site.is_point() {
            continue;
        }
        match camps.iter_mut().find(|(s, ..)| s.same(&site)) {
            Some((_, _, claims)) => claims.push(i),
            None => camps.push((site, place.name.as_str(), vec![i])),
        }
    }
    let [(site_l, name_l, l), (site_r, name_r, r)] = &camps[..] else { return None };
    let far = place_level(std::slice::from_ref(site_l), std::slice::from_ref(site_r)) >= PlaceLevel::Apart;
    let reports = |list: &[usize]| list.iter().map(|&i| evidence[i].reading.report.id.clone()).collect::<Vec<_>>();
    if !far || reports(l).iter().any(|id| reports(r).contains(id)) {
        return None;
    }
    let of = |list: &[usize]| side(list.iter().map(|&i| &evidence[i]));
    let (l, r) = (of(l), of(r));
    let reason = format!(
        "According to {} it was in {name_l}, according to {} in {name_r}.",
        voices(&l.sources),
        voices(&r.sources)
    );
    let (kind, verdict, strength) = (DisagreementKind::Place, Verdict::Contradiction, Strength::Soft);
    Some(Disagreement { kind, verdict, strength, sides: vec![l, r], reason })
}
