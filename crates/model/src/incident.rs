use crate::{Bound, Precision, Scope, TimePrecision};
use serde::{Deserialize, Serialize};

/// When an incident happened, over all its claims.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentTime {
    /// Day, month, year or `first/last`; absent when not known.
    pub value: Option<String>,
    /// First day that it can be.
    pub earliest: Option<String>,
    /// Last day that it can be.
    pub latest: Option<String>,
    /// Width.
    pub precision: TimePrecision,
}

/// Where an incident happened.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentPlace {
    /// Gazetteer name, else the words of a text; empty when no claim names one.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Latitude, WGS 84 degrees.
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees.
    pub lon: Option<f64>,
    /// How exactly it is known.
    pub precision: Precision,
    /// ISO 3166-1 alpha-2 code of its country, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What a happening is part of: an offensive, a war.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartOf {
    /// Incident id of the whole.
    pub incident: String,
    /// Its title.
    pub title: String,
    /// Why, in a plain sentence.
    pub reason: String,
}

/// One figure as one claim gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Observation {
    /// Claim id.
    pub claim: String,
    /// The number said; absent for vague words.
    pub value: Option<f64>,
    /// Lowest number that the words allow.
    pub min: Option<f64>,
    /// Highest number that the words allow.
    pub max: Option<f64>,
    /// How the words bound it.
    pub bound: Bound,
    /// Outermost to innermost voice; empty for the publisher's own.
    pub sources: Vec<String>,
    /// Id of the origin that the report belongs to.
    pub origin: String,
    /// ISO day up to which it counts.
    pub as_of: Option<String>,
    /// When the report was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

/// All that is said of one measure of one category of one side.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureRange {
    /// One of [`crate::MEASURES`].
    pub measure: String,
    /// One of [`crate::CATEGORIES`].
    pub category: String,
    /// Whose, where said.
    pub side: String,
    /// What is counted over: the incident, a day of it, or a longer stretch.
    #[serde(default)]
    pub scope: Scope,
    /// Lowest number observed.
    pub min: Option<f64>,
    /// Highest number observed.
    pub max: Option<f64>,
    /// Low estimate under `policy`.
    pub low: Option<f64>,
    /// Best estimate under `policy`.
    pub best: Option<f64>,
    /// High estimate under `policy`.
    pub high: Option<f64>,
    /// Name of the codebook rule that chose low, best and high.
    pub policy: String,
    /// How many independent origins its observations have.
    #[serde(default)]
    pub origins: usize,
    /// Every observation, in the order of its as-of time.
    pub observations: Vec<Observation>,
}

/// All that one source claims about an incident.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The source; the publisher in its own voice is named as `publisher: X`.
    pub source: String,
    /// Claim ids.
    pub claims: Vec<String>,
}

/// Where information about an incident first came from: one newsroom, or one statement that several give.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Origin {
    /// Stable; observations name it.
    pub id: String,
    /// Reports that have it from there.
    pub reports: Vec<String>,
    /// Claims that rest on it; each claim of the incident rests on one origin.
    pub claims: Vec<String>,
    /// Why these are one, in a plain sentence.
    pub reason: String,
}

/// What a disagreement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DisagreementKind {
    /// Numbers differ.
    Figure,
    /// One side says that it is not so.
    Denial,
    /// Each holds another responsible.
    Blame,
    /// Times differ.
    Time,
    /// Places differ.
    Place,
    /// The same under names that cannot both be right.
    Label,
    /// Anything else.
    #[default]
    Other,
}

/// What the difference comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They cannot both hold.
    #[default]
    Contradiction,
    /// The later one counts more.
    Update,
    /// The same side put its own number right.
    Correction,
    /// The same side took it back.
    Retraction,
    /// Both can hold.
    Compatible,
}

/// How sure the verdict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// By the words alone.
    Hard,
    /// By a likely reading.
    #[default]
    Soft,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisagreementSide {
    /// Claim ids.
    pub claims: Vec<String>,
    /// Who says so.
    pub sources: Vec<String>,
}

/// Claims about one incident that differ, with what the difference comes to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disagreement {
    /// What it is about.
    pub kind: DisagreementKind,
    /// What it comes to.
    pub verdict: Verdict,
    /// How sure.
    pub strength: Strength,
    /// Who stands where.
    pub sides: Vec<DisagreementSide>,
    /// One plain sentence.
    pub reason: String,
}

/// What several claims are about: one happening at one place and time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Incident {
    /// Version of the contract.
    pub schema: u32,
    /// Stable across re-runs.
    pub id: String,
    /// Ids under which it, or what was merged into it, was known before; the ledger's history, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previous_ids: Vec<String>,
    /// A line for people.
    pub title: String,
    /// One of [`crate::EVENT_TYPES`].
    pub event_type: String,
    /// A lasting state (a blockade) rather than a happening.
    pub state_of_affairs: bool,
    /// Many happenings told as one: an offensive, a war.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub campaign: bool,
    /// The campaign that it is part of. Told by the ledger from its other incidents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<PartOf>,
    /// When.
    pub time: IncidentTime,
    /// Where.
    pub place: IncidentPlace,
    /// Who, by canonical name.
    pub actors: Vec<String>,
    /// Claim ids.
    pub claims: Vec<String>,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many outlets, of those that are known; 0 where none is.
    pub publishers: usize,
    /// How many independent origins.
    pub origins: usize,
    /// Each of them.
    #[serde(default)]
    pub origin_list: Vec<Origin>,
    /// How many, by measure, category and side.
    pub figures: Vec<FigureRange>,
    /// Who says what.
    pub accounts: Vec<Account>,
    /// Where they differ.
    pub disagreements: Vec<Disagreement>,
}
