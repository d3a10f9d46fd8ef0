use crate::ground::Ground;
use serde::{Deserialize, Serialize};
use variorum_model::ClaimPlace;

/// What a person decided. What is said of incidents is said of their claims, whose ids outlive re-reading and
/// re-linking.
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
    /// One field of the claim should read otherwise. [`crate::correction`] makes these from words.
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
    /// The report says nothing that another does not: its claims count in no incident.
    Duplicate {
        /// Report id.
        report: String,
        /// Id of the report that it repeats.
        of: String,
    },
    /// When the report was published. Its words are read anew against this date ([`crate::Ledger::redate`]).
    Date {
        /// Report id.
        report: String,
        /// A day (`2023-09-20`) or `first/last`.
        published: String,
    },
    /// Where those of the report's claims happened that name no place which is located.
    Place {
        /// Report id.
        report: String,
        /// The place.
        place: ClaimPlace,
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
    /// The claims it was decided on, as they read then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
}

impl Action {
    /// Its name in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Action::Accept { .. } => "accept",
            Action::Reject { .. } => "reject",
            Action::Correct { .. } => "correct",
            Action::Merge { .. } => "merge",
            Action::Split { .. } => "split",
            Action::Move { .. } => "move",
            Action::Duplicate { .. } => "duplicate",
            Action::Date { .. } => "date",
            Action::Place { .. } => "place",
            Action::Note { .. } => "note",
            Action::Undo { .. } => "undo",
        }
    }

    /// Claims it speaks of.
    pub(crate) fn claims(&self) -> Vec<&str> {
        match self {
            Action::Accept { claim } | Action::Reject { claim } | Action::Correct { claim, .. } => vec![claim],
            Action::Merge { claims } => claims.iter().map(String::as_str).collect(),
            Action::Split { claims, from } => claims.iter().chain(from).map(String::as_str).collect(),
            Action::Move { claim, to } => vec![claim, to],
            _ => Vec::new(),
        }
    }

    /// Reports it speaks of.
    pub(crate) fn reports(&self) -> Vec<&str> {
        match self {
            Action::Duplicate { report, of } => vec![report, of],
            Action::Date { report, .. } | Action::Place { report, .. } => vec![report],
            _ => Vec::new(),
        }
    }

    /// The same of other claims; absent where nothing is left to say. A merge goes on with those of its claims that are
    /// left.
    pub(crate) fn over(&self, now: impl Fn(&str) -> Option<String>) -> Option<Action> {
        let those = |claims: &[String]| claims.iter().filter_map(|c| now(c)).collect::<Vec<_>>();
        Some(match self {
            Action::Accept { claim } => Action::Accept { claim: now(claim)? },
            Action::Reject { claim } => Action::Reject { claim: now(claim)? },
            Action::Correct { claim, field, value } => {
                Action::Correct { claim: now(claim)?, field: field.clone(), value: value.clone() }
            }
            Action::Merge { claims } => Action::Merge { claims: those(claims) },
            Action::Split { claims, from } => Action::Split { claims: those(claims), from: those(from) },
            Action::Move { claim, to } => Action::Move { claim: now(claim)?, to: now(to)? },
            other => other.clone(),
        })
        .filter(|action| match action {
            Action::Merge { claims } => claims.len() > 1,
            Action::Split { claims, from } => !claims.is_empty() && !from.is_empty(),
            _ => true,
        })
    }
}

/// A judgement with what it comes to today.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// The entry.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// Whether it counts, and if not, why.
    #[serde(flatten)]
    pub state: State,
    /// Claims it was decided on that no current reading has any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Ground>,
    /// Claims that read otherwise now and have another id, with that id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<(String, String)>,
}

/// Whether a judgement counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// It counts.
    InForce,
    /// It has been taken back.
    Undone {
        /// Id of the judgement that did so.
        by: String,
    },
    /// A later judgement says otherwise of the same thing.
    Outweighed {
        /// Id of that judgement.
        by: String,
    },
    /// Nothing that it was decided on is there any more. It counts again should the ground come back.
    GroundGone,
}
