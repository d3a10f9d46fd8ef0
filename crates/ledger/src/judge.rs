//! Judging: what a person decides is checked against the ledger, given its ground, and appended.
use crate::correction::{corrected, days, located};
use crate::entry::now;
use crate::ground::{Bound, Ground};
use crate::judgement::{Action, Judgement, Standing, State};
use crate::{Entry, Ledger, LedgerError, Result};
use rusqlite::{Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use variorum_model::stable_id;

impl Ledger {
    /// Appends a judgement. Incidents follow with [`Ledger::relink`], and after a date the report's claims with
    /// [`Ledger::redate`]. Ids must be whole; [`Ledger::merging`] and its like make actions from what people type.
    ///
    /// # Errors
    /// When it speaks of a claim, report or judgement that is not in the ledger, or makes no sense; locked, not
    /// writable: nothing is then written.
    pub fn judge(&mut self, author: &str, reason: &str, action: Action) -> Result<Judgement> {
        self.writable()?;
        if author.trim().is_empty() {
            return Err(LedgerError::Judgement("a judgement needs an author".to_owned()));
        }
        // Taken before anything is looked at: what the judgement is checked against is what it is written to.
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(|e| self.error(e))?;
        let grounds = self.grounds(&action)?;
        self.sensible(&action)?;
        let at = now();
        let n: i64 = self
            .connection
            .query_row("SELECT COALESCE(MAX(number), 0) + 1 FROM judgement", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        let body = serde_json::to_string(&action).expect("plain data");
        let id = stable_id("j", &[&n.to_string(), &at, author, reason, &body]);
        let judgement = Judgement { id, at, author: author.to_owned(), reason: reason.to_owned(), action, grounds };
        let body = serde_json::to_string(&judgement).expect("plain data");
        self.connection
            .execute(
                "INSERT INTO judgement (id, at, author, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![judgement.id, judgement.at, judgement.author, judgement.action.kind(), body],
            )
            .map_err(|e| self.error(e))?;
        if matches!(judgement.action, Action::Date { .. } | Action::Undo { .. }) {
            self.settle_dates()?;
        }
        transaction.commit().map_err(|e| self.error(e))?;
        Ok(judgement)
    }

    /// Takes a judgement back. The entry stays; the state is that without it.
    ///
    /// # Errors
    /// No such judgement, or more than one whose id starts so; one that has been undone already.
    pub fn undo(&mut self, author: &str, reason: &str, judgement: &str) -> Result<Judgement> {
        let judgement = self.judgement(judgement)?.id;
        self.judge(author, reason, Action::Undo { judgement })
    }

    /// Every judgement in the order of entry, with what it comes to today: in force, undone, outweighed, or without
    /// ground.
    pub fn standings(&self) -> Result<Vec<Standing>> {
        let all = self.judgements()?;
        let undone = undone(&all);
        let settled = self.settled()?;
        let judged = &settled.judged;
        let mut bound: BTreeMap<&str, &Bound> = settled.bound.iter().map(|b| (b.id.as_str(), b)).collect();
        let state = |judgement: &Judgement, bound: Option<&Bound>| {
            if let Some(by) = undone.get(judgement.id.as_str()) {
                State::Undone { by: (*by).to_owned() }
            } else if let Some(by) = judged.outweighed.get(&judgement.id) {
                State::Outweighed { by: by.clone() }
            } else if bound.is_some_and(|b| b.action.is_none() || (!b.gone.is_empty() && judgement.grounds.len() == 1))
            {
                State::GroundGone
            } else {
                State::InForce
            }
        };
        let mut standings = Vec::with_capacity(all.len());
        for judgement in &all {
            let of = bound.remove(judgement.id.as_str());
            let state = state(judgement, of);
            let (gone, moved) = of.map(|b| (b.gone.clone(), b.moved.clone())).unwrap_or_default();
            standings.push(Standing { judgement: (**judgement).clone(), state, gone, moved });
        }
        Ok(standings)
    }

    /// The judgement with this id, or the only one whose id starts so.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn judgement(&self, id: &str) -> Result<Judgement> {
        let full = self.resolve("judgement", "SELECT id FROM judgement", id)?;
        let found =
            self.collect("SELECT body FROM judgement WHERE id = ?1", [&full], |row| crate::read::parsed(row, 0))?;
        found.into_iter().next().ok_or_else(|| LedgerError::NotFound { what: "judgement", id: id.to_owned() })
    }

    /// Merges incidents: their claims, and claims given by themselves, are about one incident.
    ///
    /// # Errors
    /// No such entry; all of it is one incident already.
    pub fn merging(&self, ids: &[String]) -> Result<Action> {
        let mut incidents: BTreeSet<String> = BTreeSet::new();
        let mut claims: Vec<String> = Vec::new();
        for id in ids {
            let (of, more) = match self.entry(id)? {
                Entry::Incident(incident) => (vec![incident.id.clone()], incident.claims.clone()),
                Entry::Claim(claim) => (self.incidents_of(&claim.id)?, vec![claim.id.clone()]),
                Entry::Report(_) => {
                    return Err(LedgerError::Judgement(format!("{id} is a report; merge incidents or claims")));
                }
            };
            incidents.extend(of);
            claims.extend(more.into_iter().filter(|c| !claims.contains(c)).collect::<Vec<_>>());
        }
        if let (1, Some(one)) = (incidents.len(), incidents.first()) {
            return Err(LedgerError::Judgement(format!("these are one incident already: {one}")));
        }
        Ok(Action::Merge { claims })
    }

    /// Splits claims off the incident that they share, or off `from`.
    ///
    /// # Errors
    /// No such claim; nothing is left on the other side.
    pub fn splitting(&self, claims: &[String], from: &[String]) -> Result<Action> {
        let full = |ids: &[String]| ids.iter().map(|id| Ok(self.claim(id)?.id)).collect::<Result<Vec<String>>>();
        let (claims, mut from) = (full(claims)?, full(from)?);
        if from.is_empty() {
            let mut others: BTreeSet<String> = BTreeSet::new();
            for claim in &claims {
                for incident in self.incidents_of(claim)? {
                    others.extend(self.incident(&incident)?.claims);
                }
            }
            from = others.into_iter().filter(|c| !claims.contains(c)).collect();
        }
        if from.is_empty() {
            return Err(LedgerError::Judgement(
                "these claims are the whole of their incident: nothing to split from".into(),
            ));
        }
        Ok(Action::Split { claims, from })
    }

    /// Moves a claim to an incident, or to the incident of another claim.
    ///
    /// # Errors
    /// No such entry; it is there already and alone.
    pub fn moving(&self, claim: &str, to: &str) -> Result<Action> {
        let claim = self.claim(claim)?.id;
        let to = match self.entry(to)? {
            Entry::Claim(other) => other.id,
            Entry::Incident(incident) => {
                let other = incident.claims.iter().find(|c| **c != claim);
                let alone = || LedgerError::Judgement(format!("{claim} is all of incident {}", incident.id));
                other.cloned().ok_or_else(alone)?
            }
            Entry::Report(_) => {
                return Err(LedgerError::Judgement(format!("{to} is a report; name an incident or claim")));
            }
        };
        Ok(Action::Move { claim, to })
    }

    /// The claims an action speaks of, as they read now.
    fn grounds(&self, action: &Action) -> Result<Vec<Ground>> {
        let mut grounds = Vec::new();
        let mut seen = BTreeSet::new();
        for id in action.claims() {
            if seen.insert(id.to_owned()) {
                grounds.push(Ground::of(&self.claim_as_read(id)?));
            }
        }
        if let Action::Note { about, .. } = action {
            match self.entry(about)? {
                Entry::Claim(claim) => grounds.push(Ground::of(&self.claim_as_read(&claim.id)?)),
                Entry::Incident(incident) => {
                    if let Some(first) = incident.claims.first() {
                        grounds.push(Ground::of(&self.claim_as_read(first)?));
                    }
                }
                Entry::Report(_) => {}
            }
        }
        Ok(grounds)
    }

    /// Whether an action can be meant.
    fn sensible(&self, action: &Action) -> Result<()> {
        let refuse = |why: &str| Err(LedgerError::Judgement(why.to_owned()));
        for report in action.reports() {
            if self.collect("SELECT 1 FROM report WHERE id = ?1 LIMIT 1", [report], |_| Ok(()))?.is_empty() {
                return Err(LedgerError::NotFound { what: "report", id: report.to_owned() });
            }
        }
        match action {
            Action::Merge { claims } if claims.iter().collect::<BTreeSet<_>>().len() < 2 => {
                refuse("a merge needs two claims or more")
            }
            Action::Split { claims, from } if claims.is_empty() || from.is_empty() => {
                refuse("a split needs claims on both sides")
            }
            Action::Split { claims, from } => {
                let side: BTreeSet<&String> = claims.iter().collect();
                if from.iter().any(|c| side.contains(c)) {
                    refuse("a claim cannot be split from itself")
                } else {
                    Ok(())
                }
            }
            Action::Move { claim, to } if claim == to => refuse("a claim cannot be moved to itself"),
            Action::Correct { claim, field, value } => {
                corrected(&self.claim_as_read(claim)?, field, value).map(|_| ()).map_err(LedgerError::Judgement)
            }
            Action::Duplicate { report, of } if report == of => refuse("a report does not repeat itself"),
            Action::Duplicate { report, of } => match self.judged()?.original_of(of) {
                Some((original, _)) if original == report => {
                    Err(LedgerError::Judgement(format!("{of} is marked as a duplicate of {report}; undo that first")))
                }
                Some((original, _)) => {
                    Err(LedgerError::Judgement(format!("{of} repeats {original}; name {original} instead")))
                }
                None => Ok(()),
            },
            Action::Date { published, .. } => match days(published) {
                Ok(_) if published.len() < 10 => refuse("a report is published on a day, or between two: FIRST/LAST"),
                other => other.map(|_| ()).map_err(LedgerError::Judgement),
            },
            Action::Place { place, .. } if place.name.is_empty() => refuse("a place needs a name"),
            Action::Place { place, .. } => located(place).map_err(LedgerError::Judgement),
            Action::Note { text, .. } if text.trim().is_empty() => refuse("a note needs words"),
            Action::Undo { judgement } => {
                let all = self.judgements()?;
                if !all.iter().any(|j| j.id == *judgement) {
                    return Err(LedgerError::NotFound { what: "judgement", id: judgement.clone() });
                }
                match undone(&all).get(judgement.as_str()) {
                    Some(by) => Err(LedgerError::Judgement(format!("{judgement} has been undone already, by {by}"))),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// What has been undone, and by what. An undoing can itself be undone.
pub(crate) fn undone(all: &[Arc<Judgement>]) -> BTreeMap<&str, &str> {
    let mut undone: BTreeMap<&str, &str> = BTreeMap::new();
    // From the last to the first: whether an undoing counts is known before what it undoes is met.
    for judgement in all.iter().rev() {
        if let Action::Undo { judgement: target } = &judgement.action
            && !undone.contains_key(judgement.id.as_str())
        {
            undone.insert(target, &judgement.id);
        }
    }
    undone
}
