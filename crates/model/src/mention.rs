use crate::{Quote, Span, Stance};
use serde::{Deserialize, Serialize};

/// Who is credited with what, by which words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attribution {
    /// The credited voice; absent in "it was reported".
    pub source: Option<Quote>,
    /// The words that credit.
    pub cue: Quote,
    /// What is credited; several stretches where the cue stands inside a quotation.
    pub content: Vec<Quote>,
    /// What the source does with the content.
    pub stance: Stance,
}

/// Class of a time expression, as in TimeML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A calendar date or coarser.
    Date,
    /// A time of day.
    Time,
    /// A length.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression and its normalised value (TIMEX3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timex {
    /// Words and place.
    #[serde(flatten)]
    pub quote: Quote,
    /// Class.
    #[serde(rename = "type")]
    pub kind: TimexType,
    /// TIMEX3 value: `2023-09-19`, `P6W`, `PRESENT_REF`.
    pub value: String,
}

/// A place name and the gazetteer entry it was resolved to, if any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Toponym {
    /// Words and place in the text.
    #[serde(flatten)]
    pub quote: Quote,
    /// Name in the gazetteer; the words of the text when unresolved.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Latitude, WGS 84 degrees.
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees.
    pub lon: Option<f64>,
}

/// A name or description of an actor and the register entry it was resolved to, if any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActorMention {
    /// Words and place in the text.
    #[serde(flatten)]
    pub quote: Quote,
    /// Canonical name; the words of the text when unknown.
    pub name: String,
    /// Id in the actor register.
    pub id: Option<String>,
}

/// How a number is bounded by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "12".
    #[default]
    Exactly,
    /// "at least 12", "more than 12".
    AtLeast,
    /// "up to 12", "fewer than 12".
    AtMost,
    /// "about 12".
    About,
    /// "10 to 12".
    Range,
    /// "dozens".
    Vague,
}

/// What a figure counts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// This one happening.
    Incident,
    /// One day.
    Day,
    /// A longer stretch: "since the offensive began".
    Campaign,
    /// Not said.
    #[default]
    Unknown,
}

/// A counted quantity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Words and place in the text.
    #[serde(flatten)]
    pub quote: Quote,
    /// What is counted: one of [`crate::MEASURES`].
    pub measure: String,
    /// Who or what: one of [`crate::CATEGORIES`].
    pub category: String,
    /// The number; absent where only a range is said.
    pub value: Option<f64>,
    /// Lowest number that the words allow.
    pub min: Option<f64>,
    /// Highest number that the words allow.
    pub max: Option<f64>,
    /// How the words bound it.
    pub bound: Bound,
    /// Whose people or things, where said.
    pub side: String,
    /// What it counts over.
    pub scope: Scope,
    /// ISO day up to which it counts, where known.
    pub as_of: Option<String>,
}

/// A weapon named in a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Weapon {
    /// Words and place in the text.
    #[serde(flatten)]
    pub quote: Quote,
}

impl Figure {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.quote.span
    }
}
