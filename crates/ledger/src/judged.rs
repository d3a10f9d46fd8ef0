//! What judgements in force mean for the claims and for linkage.
use crate::correction::corrected;
use crate::ground::Bound;
use crate::judgement::Action;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Claim, ClaimPlace, Precision, stable_id};

/// A pair of claims, the lesser first.
type Pair = (String, String);

/// Judgements in force, by what they do. A function of them in their order; later ones outweigh earlier ones on the same
/// things, and judgements on different things may come in any order.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Claims that were accepted or rejected, with the judgement.
    verdicts: BTreeMap<String, (bool, String)>,
    corrections: BTreeMap<String, Vec<Correction>>,
    /// Reports that repeat others, with those, and the judgement.
    duplicates: BTreeMap<String, (String, String)>,
    /// Places of what reports leave unlocated.
    places: BTreeMap<String, (ClaimPlace, String)>,
    /// Dates of reports.
    pub dates: BTreeMap<String, (String, String)>,
    /// Claims that stand by themselves until something joins them.
    alone: BTreeSet<String>,
    /// What judgements join and part, as they said it.
    joins: BTreeMap<Pair, String>,
    parts: BTreeMap<Pair, String>,
    /// Claims of one incident: each with the first of its group.
    pub together: BTreeSet<Pair>,
    /// Claims of different incidents: each of a group with the first of another.
    pub apart: BTreeSet<Pair>,
    /// Judgements of which nothing counts any more, with those that outweigh them.
    pub outweighed: BTreeMap<String, String>,
}

/// One field of one claim.
#[derive(Debug, Clone)]
pub(crate) struct Correction {
    pub field: String,
    pub value: serde_json::Value,
    pub judgement: String,
}

impl Judged {
    pub fn new(judgements: &[Bound]) -> Self {
        let mut judged = Judged::default();
        for Bound { id, action, reports, .. } in judgements {
            if let Some(action) = action {
                judged.take(id, action, reports);
            }
        }
        // What has lost one of its pairs still counts with the others.
        let counting: BTreeSet<&String> = judged.joins.values().chain(judged.parts.values()).collect();
        let counts = |id: &String| counting.contains(id);
        let lost: Vec<String> = judged.outweighed.keys().filter(|id| counts(id)).cloned().collect();
        for id in lost {
            judged.outweighed.remove(&id);
        }
        judged.close();
        judged
    }

    fn take(&mut self, id: &str, action: &Action, reports: &BTreeMap<String, String>) {
        let owned = id.to_owned();
        let outweighed = match action {
            Action::Reject { claim } => self.verdicts.insert(claim.clone(), (false, owned)).map(|(_, by)| by),
            Action::Accept { claim } => self.verdicts.insert(claim.clone(), (true, owned)).map(|(_, by)| by),
            Action::Duplicate { report, of } => {
                // Two reports cannot each repeat the other: the later word holds.
                let back = self.duplicates.get(of).filter(|(original, _)| original == report).is_some();
                let back = if back { self.duplicates.remove(of) } else { None };
                let before = self.duplicates.insert(report.clone(), (of.clone(), owned));
                back.or(before).map(|(_, by)| by)
            }
            Action::Place { report, place } => {
                self.places.insert(report.clone(), (place.clone(), owned)).map(|(_, by)| by)
            }
            Action::Date { report, published } => {
                self.dates.insert(report.clone(), (published.clone(), owned)).map(|(_, by)| by)
            }
            Action::Correct { claim, field, value } => {
                let list = self.corrections.entry(claim.clone()).or_default();
                let inside = |c: &Correction| c.field == *field || c.field.starts_with(&format!("{field}/"));
                let mut outweighed = list.extract_if(.., |c| inside(c)).map(|c| c.judgement).collect::<Vec<_>>();
                list.push(Correction { field: field.clone(), value: value.clone(), judgement: owned });
                let last = outweighed.pop();
                self.outweighed.extend(outweighed.into_iter().map(|by| (by, id.to_owned())));
                last
            }
            Action::Merge { claims } => {
                self.join(claims, id);
                None
            }
            Action::Split { claims, from } => {
                let side: BTreeSet<&String> = claims.iter().collect();
                // One happening of a report can have claims of both sides; of one side, they stay together.
                let reports_of = |side: &[String]| side.iter().filter_map(|c| reports.get(c)).collect::<BTreeSet<_>>();
                let (l, r) = (reports_of(claims), reports_of(from));
                let of_both = |claim: &&String| {
                    reports.get(*claim).is_some_and(|report| l.contains(report) && r.contains(report))
                };
                self.alone.extend(claims.iter().chain(from).filter(of_both).cloned());
                self.unjoin(id, |(l, r)| side.contains(l) != side.contains(r));
                self.join(claims, id);
                self.join(from, id);
                self.parts.insert(ordered(&claims[0], &from[0]), owned);
                None
            }
            Action::Move { claim, to } => {
                self.alone.insert(claim.clone());
                self.unjoin(id, |(l, r)| l == claim || r == claim);
                self.unpart(id, |(l, r)| l == claim || r == claim);
                self.join(&[claim.clone(), to.clone()], id);
                None
            }
            Action::Note { .. } | Action::Undo { .. } => None,
        };
        self.outweighed.extend(outweighed.map(|before| (before, id.to_owned())));
    }

    /// Puts claims together, and with them all that is together with any: what earlier judgements keep apart inside the
    /// new group is no longer so.
    fn join(&mut self, claims: &[String], by: &str) {
        if !self.parts.is_empty() {
            let groups = groups(self.joins.keys());
            let of = |c: &str| groups.get(c).copied().unwrap_or(c).to_owned();
            let joined: BTreeSet<String> = claims.iter().map(|c| of(c)).collect();
            let inside = |(l, r): &&Pair| joined.contains(&of(l)) && joined.contains(&of(r));
            let inside: BTreeSet<Pair> = self.parts.keys().filter(inside).cloned().collect();
            self.unpart(by, |pair| inside.contains(pair));
        }
        for pair in claims.windows(2).filter(|pair| pair[0] != pair[1]) {
            self.joins.insert(ordered(&pair[0], &pair[1]), by.to_owned());
        }
    }

    fn unjoin(&mut self, by: &str, which: impl Fn(&Pair) -> bool) {
        let gone: Vec<(Pair, String)> = self.joins.extract_if(.., |pair, _| which(pair)).collect();
        self.outweighed.extend(gone.into_iter().map(|(_, before)| (before, by.to_owned())));
    }

    fn unpart(&mut self, by: &str, which: impl Fn(&Pair) -> bool) {
        let gone: Vec<(Pair, String)> = self.parts.extract_if(.., |pair, _| which(pair)).collect();
        self.outweighed.extend(gone.into_iter().map(|(_, before)| (before, by.to_owned())));
    }

    /// Spells out, over whole groups, what is together and apart.
    fn close(&mut self) {
        let groups = groups(self.joins.keys());
        let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (claim, first) in &groups {
            members.entry(first).or_default().push(claim);
        }
        self.together = groups.iter().filter(|(c, first)| c != first).map(|(c, first)| ordered(c, first)).collect();
        let mut apart = BTreeSet::new();
        for (l, r) in self.parts.keys() {
            let first = |c: &'_ String| groups.get(c.as_str()).copied().unwrap_or(c.as_str()).to_owned();
            let (l, r) = (first(l), first(r));
            let of = |c: &str| members.get(c).cloned().unwrap_or_default();
            apart.insert(ordered(&l, &r));
            apart.extend(of(&l).into_iter().map(|c| ordered(c, &r)));
            apart.extend(of(&r).into_iter().map(|c| ordered(&l, c)));
        }
        self.apart = apart;
    }

    /// The claims of a reading as they count: without rejected ones, with corrections.
    pub fn apply(&self, claims: Vec<Claim>) -> Vec<Claim> {
        claims.into_iter().filter(|claim| self.counts(claim)).map(|claim| self.as_corrected(claim)).collect()
    }

    /// The claim with its corrections.
    pub fn as_corrected(&self, claim: Claim) -> Claim {
        let claim = match self.places.get(&claim.report) {
            Some((place, _)) if is_unlocated(&claim) => Claim { places: vec![place.clone()], ..claim },
            _ => claim,
        };
        self.corrections_of(&claim.id).iter().fold(claim, |claim, c| {
            // A correction that no longer fits the claim has lost its ground and does nothing.
            corrected(&claim, &c.field, &c.value).unwrap_or(claim)
        })
    }

    pub fn corrections_of(&self, claim: &str) -> &[Correction] {
        self.corrections.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Whether the claim was accepted or rejected, and by which judgement.
    pub fn verdict(&self, claim: &str) -> Option<(bool, &str)> {
        self.verdicts.get(claim).map(|(accepted, by)| (*accepted, by.as_str()))
    }

    /// The report that this one repeats, and the judgement that says so.
    pub fn original_of(&self, report: &str) -> Option<(&str, &str)> {
        self.duplicates.get(report).map(|(of, by)| (of.as_str(), by.as_str()))
    }

    /// The judgement that places the claim, where one does.
    pub fn placed_by(&self, claim: &Claim) -> Option<&str> {
        self.places.get(&claim.report).filter(|_| is_unlocated(claim)).map(|(_, by)| by.as_str())
    }

    /// Whether a claim counts at all.
    pub fn counts(&self, claim: &Claim) -> bool {
        self.counts_in(&claim.id, &claim.report)
    }

    pub fn counts_in(&self, claim: &str, report: &str) -> bool {
        self.verdicts.get(claim).is_none_or(|(accepted, _)| *accepted) && !self.duplicates.contains_key(report)
    }

    /// Positions of the claims that stand by themselves.
    pub fn alone(&self, claims: &[Claim]) -> BTreeSet<u32> {
        (0..claims.len() as u32).filter(|&i| self.alone.contains(&claims[i as usize].id)).collect()
    }

    /// What of this bears on the profile of a reading with these claims, as a hash; empty where nothing does.
    pub fn mark<'a>(&self, report: &str, claims: impl Iterator<Item = &'a str>) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.duplicates.contains_key(report) {
            parts.push("duplicate".to_owned());
        }
        if let Some((place, _)) = self.places.get(report) {
            parts.push(format!("place {}", serde_json::to_string(place).expect("plain data")));
        }
        for id in claims {
            if !self.counts_in(id, "") {
                parts.push(format!("reject {id}"));
            }
            if self.alone.contains(id) {
                parts.push(format!("alone {id}"));
            }
            parts.extend(self.corrections_of(id).iter().map(|c| format!("correct {id} {} {}", c.field, c.value)));
        }
        if parts.is_empty() {
            return String::new();
        }
        stable_id("m", &parts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Hash of everything.
    pub fn fingerprint(&self) -> String {
        let text = format!("{self:?}");
        if self.is_empty() { String::new() } else { stable_id("m", &[&text]) }
    }

    /// True where nothing bears on any claim.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
            && self.corrections.is_empty()
            && self.duplicates.is_empty()
            && self.places.is_empty()
            && self.dates.is_empty()
            && self.alone.is_empty()
            && self.joins.is_empty()
            && self.parts.is_empty()
    }
}

/// No place of the claim has been found.
fn is_unlocated(claim: &Claim) -> bool {
    claim.places.iter().all(|place| place.precision == Precision::Unlocated)
}

/// The least claim of each claim's group.
fn groups<'a>(pairs: impl Iterator<Item = &'a Pair>) -> BTreeMap<&'a str, &'a str> {
    fn root<'a>(parent: &BTreeMap<&'a str, &'a str>, mut c: &'a str) -> &'a str {
        while let Some(&up) = parent.get(c)
            && up != c
        {
            c = up;
        }
        c
    }
    let mut parent: BTreeMap<&'a str, &'a str> = BTreeMap::new();
    for (l, r) in pairs {
        let (a, b) = (root(&parent, l), root(&parent, r));
        let first = a.min(b);
        // Short ways: each claim met points at its root.
        for c in [l.as_str(), r.as_str(), a, b] {
            parent.insert(c, first);
        }
    }
    let all: Vec<&str> = parent.keys().copied().collect();
    all.into_iter().map(|c| (c, root(&parent, c))).collect()
}

fn ordered(l: &str, r: &str) -> Pair {
    if l < r { (l.to_owned(), r.to_owned()) } else { (r.to_owned(), l.to_owned()) }
}
