//! What one side says and another says is not so.
//!
//! A denial either says itself what is not so ("denied that its forces had fired on Malvek"), or points back ("rejected
//! the accusation"). The first contests claims of its kind about the same doer, wherever they are told; the second the
//! accusation just before it in its own article.
use super::speech::{quoted, said};
use super::{joined, one_side, sentence, side, voices};
use crate::Linker;
use crate::calendar;
use crate::disagree::Means;
use crate::evidence::Evidence;
use crate::features::{TimeLevel, is_denial, meet, stems, time_level};
use crate::kinds::{KindLevel, Role};
use crate::site::{PlaceLevel, Site, place_level};
use crate::story::cosine;
use std::collections::BTreeSet;
use variorum_model::{Claim, Disagreement, DisagreementKind, Stance, Strength, Verdict};

/// Likeness of words from which two claims are about one thing.
const ALIKE: f32 = 0.25;
/// Code points before a denial in which stands what it points back to.
const REACH: usize = 500;
/// Code points between claims of one accusation.
const ONE_BREATH: usize = 250;
/// Days between a claim and a denial in another report.
const ANSWER_DAYS: i32 = 7;

/// A denial and what it denies.
struct Answer {
    denial: usize,
    said: usize,
    strength: Strength,
}

pub(crate) fn disagreements(linker: &Linker, own: &[Evidence<'_>], around: &[Evidence<'_>]) -> Vec<Disagreement> {
    // Denials by position: those of the incident first, then those around it.
    let at = |i: usize| own.get(i).unwrap_or_else(|| &around[i - own.len()]);
    let mut answers: Vec<Answer> = Vec::new();
    let mut protests: Vec<Answer> = Vec::new();
    for denial in 0..own.len() + around.len() {
        let d = at(denial);
        let is_protest =
            d.claim.stance == Stance::Express && linker.words.find(&d.claim.quote, Means::Protests).is_some();
        if !is_denial(d.claim) && !is_protest {
            continue;
        }
        let pointed: Vec<usize> =
            if is_protest || points_back(linker, d) { antecedents(linker, d, is_protest) } else { Vec::new() };
        for (said, s) in own.iter().enumerate() {
            let is_pointed = d.same_article(s) && pointed.contains(&s.at);
            let strength = if is_pointed { Some(Strength::Hard) } else { contests(linker, d, denial < own.len(), s) };
            match strength.filter(|_| is_pointed || !is_protest) {
                Some(_) if is_protest => protests.push(Answer { denial, said, strength: Strength::Soft }),
                Some(strength) => answers.push(Answer { denial, said, strength }),
                None => {}
            }
        }
    }
    let mut all = changed_positions(linker, own);
    for (answers, is_protest) in [(answers, false), (protests, true)] {
        let pairs: Vec<(usize, usize)> = answers.iter().map(|a| (a.said, a.denial)).collect();
        for (said, denials) in joined(&pairs) {
            let hard = answers.iter().any(|a| said.contains(&a.said) && a.strength == Strength::Hard);
            let said: Vec<&Evidence<'_>> = said.into_iter().map(|i| &own[i]).collect();
            let denials: Vec<&Evidence<'_>> = denials.into_iter().map(at).collect();
            all.push(disagreement(linker, &said, &denials, hard, is_protest));
        }
    }
    all
}

fn disagreement(
    linker: &Linker,
    said_by: &[&Evidence<'_>],
    denied_by: &[&Evidence<'_>],
    hard: bool,
    is_protest: bool,
) -> Disagreement {
    let (yes, no) = (side(said_by.iter().copied()), side(denied_by.iter().copied()));
    // The plainest accusation stands for its side, and the denial that says what it denies for the other.
    let first =
        said_by.iter().min_by_key(|e| (e.is_own_voice(), e.claim.stance != Stance::Accuse)).unwrap_or(&said_by[0]);
    // "Rejected the accusation" says less than what the accused says himself.
    let told = denied_by.iter().min_by_key(|e| points_back(linker, e)).unwrap_or(&denied_by[0]);
    let answer = if is_protest { "protested without denying it".to_owned() } else { said(told) };
    let reason = sentence(&format!("{} {}; {} {answer}.", voices(&yes.sources), said(first), voices(&no.sources)));
    Disagreement {
        kind: DisagreementKind::Denial,
        verdict: Verdict::Contradiction,
        strength: if hard { Strength::Hard } else { Strength::Soft },
        sides: vec![yes, no],
        reason,
    }
}

/// Whether a denial leaves to others what it denies.
fn points_back(linker: &Linker, denial: &Evidence<'_>) -> bool {
    linker.kinds.role(denial.kind) == Role::Speech
}

/// Positions in its reading of the claims that a denial points back to: those told inside its own words, else the nearest
/// accusation before it, with what the same voice says in the same breath.
fn antecedents(linker: &Linker, denial: &Evidence<'_>, accusations_only: bool) -> Vec<usize> {
    let claims = &denial.reading.claims;
    let voice = |claim: &Claim| linker.voices(denial.reading, claim);
    let other = |claim: &Claim| {
        claim.article == denial.claim.article && !is_denial(claim) && !claim.sources.is_empty() && {
            let innermost = claim.sources.last().map(|s| s.name.as_str());
            innermost != Some(denial.voice.as_str()) && !meet(&voice(claim), &denial.voices)
        }
    };
    let span = denial.claim.span;
    let inside: Vec<usize> =
        (0..claims.len()).filter(|&i| i != denial.at && span.overlaps(claims[i].span) && other(&claims[i])).collect();
    if !inside.is_empty() {
        return inside;
    }
    let kind = |claim: &Claim| linker.kinds.kind(&claim.event.kind);
    let accuses = |claim: &Claim| {
        claim.stance == Stance::Accuse
            || (!accusations_only && (linker.is_harmful(kind(claim)) || linker.kinds.role(kind(claim)) == Role::Event))
    };
    // "Expressed outrage after the ministry reported": who protests may be told first.
    let close = |i: &usize| {
        let start = claims[*i].span.start;
        (start < span.start || accusations_only) && start.abs_diff(span.start) <= REACH
    };
    let near: Vec<usize> = (0..claims.len()).filter(close).filter(|&i| other(&claims[i])).collect();
    let accused = |i: usize| !accusations_only || meet(&linker.evidence(denial.reading, i).doers, &denial.voices);
    let distance = |&&i: &&usize| claims[i].span.start.abs_diff(span.start);
    let suspects = near.iter().filter(|&&i| accuses(&claims[i]) && accused(i));
    // "Are firing from where monitors are stationed", which the other denies: that they fire, and not where monitors are.
    let aside = |&&i: &&usize| claims[i].background != denial.claim.background;
    let nearest = suspects.min_by_key(|i| (aside(i), distance(i)));
    let Some(&nearest) = nearest else { return Vec::new() };
    let chosen = &claims[nearest];
    let breath = |i: &usize| {
        let claim = &claims[*i];
        let gap = claim.span.start.max(chosen.span.start).saturating_sub(claim.span.end.min(chosen.span.end));
        // What the accuser says of his own deeds is no part of the accusation.
        let own_deed = meet(&linker.evidence(denial.reading, *i).doers, &voice(claim));
        accuses(claim)
            && gap <= ONE_BREATH
            && claim.background == chosen.background
            && voice(claim) == voice(chosen)
            && (*i == nearest || !own_deed)
    };
    near.into_iter().filter(breath).collect()
}

/// Whether a denial that says what it denies contests a claim, and how surely.
fn contests(linker: &Linker, denial: &Evidence<'_>, is_own: bool, said: &Evidence<'_>) -> Option<Strength> {
    let asserted = said.is_factual()
        && !is_denial(said.claim)
        && matches!(said.claim.stance, Stance::Assert | Stance::Accuse | Stance::Unverified);
    if !is_denial(denial.claim)
        || points_back(linker, denial)
        || !asserted
        || denial.is_own_voice()
        || one_side(denial, said)
        || said.claim.background != denial.claim.background
        || time_level(denial.time, said.time) == TimeLevel::Far
    {
        return None;
    }
    let level = linker.kinds.level(denial.kind, said.kind);
    let responsibility = denial.kind == linker.kinds.kind("responsibility") && linker.is_harmful(said.kind);
    let one_kind = responsibility || level <= KindLevel::Sibling;
    let may_answer = if is_own { one_kind || level == KindLevel::Related } else { level <= KindLevel::Family };
    if !may_answer {
        return None;
    }
    let alike = || cosine(denial.terms(&linker.vocabulary), said.terms(&linker.vocabulary)) >= ALIKE;
    // Without a doer of its own, a denial speaks for its voice.
    let cleared = if denial.doers.is_empty() { &denial.voices } else { &denial.doers };
    let named = || {
        let mut words = stems(&said.claim.quote, &linker.vocabulary);
        words.sort_unstable();
        meet(cleared, &words)
    };
    let about_doer = meet(cleared, &said.doers) || (said.doers.is_empty() && named() && alike());
    // That somebody did not do it contests only that he did; that it did not happen at all contests whoever did it.
    let about = about_doer || (denial.doers.is_empty() && alike());
    let places = place_of(denial, said);
    if is_own {
        let related = level == KindLevel::Related && about_doer && alike();
        let found = (one_kind && about && places != Somewhere::Else) || related;
        return found.then_some(if about_doer && one_kind { Strength::Hard } else { Strength::Soft });
    }
    let near = denial.same_article(said)
        || denial.published.zip(said.published).is_some_and(|(l, r)| (l - r).abs() <= ANSWER_DAYS);
    let one_thing = level <= KindLevel::Family && about_doer && (places == Somewhere::Same || alike());
    (near && one_thing).then_some(Strength::Soft)
}

#[derive(PartialEq)]
enum Somewhere {
    Same,
    Unknown,
    Else,
}

/// Whether two claims name one place; a target can be a place, too.
fn place_of(l: &Evidence<'_>, r: &Evidence<'_>) -> Somewhere {
    let names = |e: &Evidence<'_>| -> BTreeSet<String> {
        let places = e.claim.places.iter().map(|p| p.name.to_lowercase());
        places.chain(e.claim.targets.iter().map(|t| t.name.to_lowercase())).collect()
    };
    if !names(l).is_disjoint(&names(r)) {
        return Somewhere::Same;
    }
    let sites = |e: &Evidence<'_>| e.claim.places.iter().map(|p| Site::new(p, e.claim.span)).collect::<Vec<_>>();
    match place_level(&sites(l), &sites(r)) {
        PlaceLevel::Same | PlaceLevel::Near => Somewhere::Same,
        PlaceLevel::Unknown => Somewhere::Unknown,
        PlaceLevel::Apart | PlaceLevel::Named | PlaceLevel::Far => Somewhere::Else,
    }
}

/// One voice that says in one report that it is so and in a later one that it is not.
fn changed_positions(linker: &Linker, own: &[Evidence<'_>]) -> Vec<Disagreement> {
    let mut all: Vec<Disagreement> = Vec::new();
    for denial in own.iter().filter(|e| is_denial(e.claim) && !e.is_own_voice() && !points_back(linker, e)) {
        let before = own.iter().find(|said| {
            said.voice == denial.voice
                && said.is_factual()
                && !is_denial(said.claim)
                && said.kind == denial.kind
                && meet(&said.doers, &denial.doers)
                && said.published.zip(denial.published).is_some_and(|(l, r)| l < r)
        });
        let Some((before, (first, then))) = before.and_then(|b| Some((b, b.published.zip(denial.published)?))) else {
            continue;
        };
        let reason = format!(
            "{} {} on {} and denied it on {}: {}.",
            before.voice,
            said(before),
            calendar::spoken(first),
            calendar::spoken(then),
            quoted(denial)
        );
        all.push(Disagreement {
            kind: DisagreementKind::Denial,
            verdict: Verdict::Update,
            strength: Strength::Soft,
            sides: vec![side([before]), side([denial])],
            reason: sentence(&reason),
        });
    }
    all
}
