use crate::entry::now;
use crate::{Ledger, LedgerError, Result};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use variorum_model::stable_id;

/// What a person decided. Everything is said of claims, whose ids outlive re-reading and re-linking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// The claim says what the text says.
    Accept {
        /// Claim id.
        claim: String,
    },
    /// It does not: the claim counts in no incident.
    Reject {
        /// Claim id.
        claim: String,
    },
    /// One field of the claim should read otherwise.
    Correct {
        /// Claim id.
        claim: String,
        /// Where in the claim's JSON, as an RFC 6901 pointer ("/event/type").
        field: String,
        /// What should stand there.
        value: serde_json::Value,
    },
    /// These claims are about one incident.
    Merge {
        /// Claim ids, two or more.
        claims: Vec<String>,
    },
    /// None of the first is about the incident that the others are about.
    Split {
        /// Claim ids on one side.
        claims: Vec<String>,
        /// Claim ids on the other.
        from: Vec<String>,
    },
    /// The claim is about the incident of another claim, and not of those it was with.
    Move {
        /// Claim id.
        claim: String,
        /// A claim that it belongs with.
        to: String,
    },
    /// A remark.
    Note {
        /// Id of a claim, incident or report.
        about: String,
        /// The remark.
        text: String,
    },
    /// Takes back an earlier judgement.
    Undo {
        /// Its id.
        judgement: String,
    },
}

/// An entry of what a person decided, when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Stable identifier.
    pub id: String,
    /// RFC 3339.
    pub at: String,
    /// Who decided.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What.
    #[serde(flatten)]
    pub action: Action,
}

impl Action {
    fn kind(&self) -> &'static str {
        match self {
            Action::Accept { .. } => "accept",
            Action::Reject { .. } => "reject",
            Action::Correct { .. } => "correct",
            Action::Merge { .. } => "merge",
            Action::Split { .. } => "split",
            Action::Move { .. } => "move",
            Action::Note { .. } => "note",
            Action::Undo { .. } => "undo",
        }
    }

    /// Claims it speaks of.
    fn claims(&self) -> Vec<&str> {
        match self {
            Action::Accept { claim } | Action::Reject { claim } | Action::Correct { claim, .. } => vec![claim],
            Action::Merge { claims } => claims.iter().map(String::as_str).collect(),
            Action::Split { claims, from } => claims.iter().chain(from).map(String::as_str).collect(),
            Action::Move { claim, to } => vec![claim, to],
            Action::Note { .. } | Action::Undo { .. } => Vec::new(),
        }
    }
}

impl Ledger {
    /// Appends a judgement. Incidents follow with [`Ledger::relink`].
    ///
    /// # Errors
    /// When it speaks of a claim or judgement that is not in the ledger, or makes no sense.
    pub fn judge(&mut self, author: &str, reason: &str, action: Action) -> Result<Judgement> {
        self.writable()?;
        for claim in action.claims() {
            let found = self.collect("SELECT 1 FROM claim WHERE id = ?1 LIMIT 1", [claim], |_| Ok(()))?;
            if found.is_empty() {
                return Err(LedgerError::NotFound { what: "claim", id: claim.to_owned() });
            }
        }
        match &action {
            Action::Merge { claims } if claims.iter().collect::<BTreeSet<_>>().len() < 2 => {
                return Err(LedgerError::Judgement("a merge needs two claims or more".to_owned()));
            }
            Action::Split { claims, from } if claims.is_empty() || from.is_empty() => {
                return Err(LedgerError::Judgement("a split needs claims on both sides".to_owned()));
            }
            Action::Split { claims, from } if claims.iter().any(|c| from.contains(c)) => {
                return Err(LedgerError::Judgement("a claim cannot be split from itself".to_owned()));
            }
            Action::Move { claim, to } if claim == to => {
                return Err(LedgerError::Judgement("a claim cannot be moved to itself".to_owned()));
            }
            Action::Correct { claim, field, value } => self.correctable(claim, field, value)?,
            Action::Undo { judgement } => {
                let all = self.judgements()?;
                if !all.iter().any(|j| j.id == *judgement) {
                    return Err(LedgerError::NotFound { what: "judgement", id: judgement.clone() });
                }
                if !effective(&all).contains(judgement.as_str()) {
                    return Err(LedgerError::Judgement(format!("{judgement} has been undone already")));
                }
            }
            _ => {}
        }
        let at = now();
        let n: i64 = self
            .connection
            .query_row("SELECT COALESCE(MAX(number), 0) + 1 FROM judgement", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        let body = serde_json::to_string(&action).expect("plain data");
        let id = stable_id("j", &[&n.to_string(), &at, author, reason, &body]);
        let judgement = Judgement { id, at, author: author.to_owned(), reason: reason.to_owned(), action };
        let body = serde_json::to_string(&judgement).expect("plain data");
        self.connection
            .execute(
                "INSERT INTO judgement (id, at, author, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![judgement.id, judgement.at, judgement.author, judgement.action.kind(), body],
            )
            .map_err(|e| self.error(e))?;
        Ok(judgement)
    }

    /// Takes a judgement back. The entry stays; the state is that without it.
    pub fn undo(&mut self, author: &str, reason: &str, judgement: &str) -> Result<Judgement> {
        self.judge(author, reason, Action::Undo { judgement: judgement.to_owned() })
    }

    /// Every judgement in the order of entry, undone ones included.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        self.collect("SELECT body FROM judgement ORDER BY number", [], |row| crate::read::parsed(row, 0))
    }

    /// Judgements that have not been undone, in the order of entry; undoings themselves left out.
    pub fn judgements_in_force(&self) -> Result<Vec<Judgement>> {
        let all = self.judgements()?;
        let ids: BTreeSet<String> = effective(&all).into_iter().map(str::to_owned).collect();
        Ok(all.into_iter().filter(|j| ids.contains(&j.id) && !matches!(j.action, Action::Undo { .. })).collect())
    }

    /// A correction must leave a claim that can be read.
    fn correctable(&self, claim: &str, field: &str, value: &serde_json::Value) -> Result<()> {
        let sql = "SELECT body FROM claim WHERE id = ?1 ORDER BY number DESC LIMIT 1";
        let found: Vec<variorum_model::Claim> = self.collect(sql, [claim], |row| crate::read::parsed(row, 0))?;
        corrected(&found[0], field, value).map(|_| ()).map_err(LedgerError::Judgement)
    }
}

/// The claim with one field replaced.
pub(crate) fn corrected(
    claim: &variorum_model::Claim,
    field: &str,
    value: &serde_json::Value,
) -> Result<variorum_model::Claim, String> {
    if ["", "/id", "/start", "/end", "/quote"].contains(&field) {
        return Err(format!("{field:?} is what the text says and cannot be corrected"));
    }
    let mut body = serde_json::to_value(claim).map_err(|e| e.to_string())?;
    let place = body.pointer_mut(field).ok_or_else(|| format!("a claim has no field {field:?}"))?;
    *place = value.clone();
    serde_json::from_value(body).map_err(|e| format!("{field} cannot be {value}: {e}"))
}

/// Ids of what has not been undone. An undoing can itself be undone.
fn effective(all: &[Judgement]) -> BTreeSet<&str> {
    let mut undone: BTreeSet<&str> = BTreeSet::new();
    // From the last to the first: whether an undoing counts is known before what it undoes is met.
    for judgement in all.iter().rev() {
        if let Action::Undo { judgement: target } = &judgement.action
            && !undone.contains(judgement.id.as_str())
        {
            undone.insert(target);
        }
    }
    all.iter().map(|j| j.id.as_str()).filter(|id| !undone.contains(id)).collect()
}
