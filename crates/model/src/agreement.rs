use crate::{IncidentPlace, IncidentTime, Stance};
use serde::{Deserialize, Serialize};

/// An agreement or a ceasefire, with what is said of its keeping.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Agreement {
    /// Version of the contract.
    pub schema: u32,
    /// The incident that it is.
    pub incident: String,
    /// A line for people.
    pub title: String,
    /// `ceasefire` or `agreement`.
    pub event_type: String,
    /// Some claim says that it came about; otherwise it is only proposed, announced or denied.
    pub agreed: bool,
    /// When.
    pub time: IncidentTime,
    /// Where.
    pub place: IncidentPlace,
    /// Whom its claims name, those named most first.
    pub parties: Vec<String>,
    /// What it provides for.
    pub terms: Vec<Statement>,
    /// Each alleged violation, in the order in which they were published.
    pub violations: Vec<Violation>,
}

/// One claim, short.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// Claim id.
    pub claim: String,
    /// Report id.
    pub report: String,
    /// Innermost voice; empty where the publisher speaks itself.
    pub source: String,
    /// What the source does with it.
    pub stance: Stance,
    /// The claim's words.
    pub quote: String,
}

/// That somebody broke an agreement, as one voice says, with what is replied.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Violation {
    /// Who says so; empty where a publisher speaks itself.
    pub source: String,
    /// Who is said to have done it.
    pub accused: Vec<String>,
    /// First day that it can have been.
    pub earliest: Option<String>,
    /// Last day that it can have been.
    pub latest: Option<String>,
    /// The claims that say so.
    pub claims: Vec<Statement>,
    /// What the accused and others say to it; none, where nothing of the kind was reported.
    pub replies: Vec<Statement>,
}
