use serde::{Deserialize, Serialize};
use variorum_model::{Disagreement, FigureRange, IncidentPlace, IncidentTime};

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A new incident.
    Incident,
    /// Claims that cannot both hold.
    Contradiction,
    /// A figure that has reached a number.
    Toll,
    /// An incident at a place.
    Place,
}

/// One alert, as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Version of the contract.
    pub schema: u32,
    /// The same however often it is sent, and over whatever channel.
    pub key: String,
    /// When the incident changed; RFC 3339.
    pub at: String,
    /// What it is about.
    pub kind: Kind,
    /// One plain sentence.
    pub message: String,
    /// Incident id.
    pub incident: String,
    /// Its title.
    pub title: String,
    /// When it happened.
    pub time: IncidentTime,
    /// Where.
    pub place: IncidentPlace,
    /// The figure that reached the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<FigureRange>,
    /// The claims that cannot both hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disagreement: Option<Disagreement>,
    /// Ids of the reports that brought it.
    pub reports: Vec<String>,
    /// Number of the entry of the change feed that it was made from.
    pub change: i64,
}
