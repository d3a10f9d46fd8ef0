use crate::{ActorMention, Attribution, Figure, Quote, Report, Span, Timex, Toponym, Weapon};
use serde::{Deserialize, Serialize};

/// What a source does with what it is credited with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Says that it is so.
    #[default]
    Assert,
    /// Says that it is not so.
    Deny,
    /// Says that another did wrong.
    Accuse,
    /// Wants it.
    Demand,
    /// Announces harm.
    Threaten,
    /// Binds itself to it.
    Promise,
    /// Puts it forward.
    Propose,
    /// Feels about it.
    Express,
    /// Passes it on without vouching.
    Unverified,
}

/// Whether the content is said to have come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It happened or holds.
    #[default]
    Happened,
    /// It did not.
    DidNotHappen,
    /// It is intended, wanted or proposed.
    Planned,
    /// It hangs on a condition.
    Conditional,
}

/// How exactly a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// The named place itself.
    Exact,
    /// Near the named place.
    Near,
    /// Somewhere in a second-level division.
    Admin2,
    /// Somewhere in a first-level division.
    Admin1,
    /// Somewhere in a larger or informal region.
    Region,
    /// Somewhere in a country.
    Country,
    /// Not found in the gazetteer, or not decidable.
    #[default]
    Unlocated,
}

/// How exactly a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TimePrecision {
    /// One day.
    Day,
    /// Several days.
    Days,
    /// One week.
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
    /// Not known.
    #[default]
    Unknown,
}

/// What a claim's time rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TimeBasis {
    /// A full date in the words.
    Explicit,
    /// Words read against the publication date or another date.
    Relative,
    /// The sentences around it.
    Context,
    /// A person's judgement.
    Judgement,
    /// Nothing.
    #[default]
    Unknown,
}

/// A name with the words it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// Canonical name where the register knows it, else the words of the text.
    pub name: String,
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
}

/// The words that credit a source.
pub type Cue = Quote;

/// The happening of a claim.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// One of [`crate::EVENT_TYPES`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The word that names it.
    pub trigger: Quote,
}

/// Where a claim places its happening.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimPlace {
    /// Gazetteer name, else the words of the text.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Latitude, WGS 84 degrees.
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2 code of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How exactly it is known.
    pub precision: Precision,
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
}

/// When a claim places its happening.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimTime {
    /// Day, month, year or `first/last`; a day of a year that nobody says is `XXXX-03-24` (EDTF, ISO 8601-2), without `earliest` and
    /// `latest`. Absent when not known.
    pub value: Option<String>,
    /// First day that it can be.
    pub earliest: Option<String>,
    /// Last day that it can be.
    pub latest: Option<String>,
    /// Width.
    pub precision: TimePrecision,
    /// What it rests on.
    pub basis: TimeBasis,
    /// The words, where there are any.
    #[serde(flatten)]
    pub quote: Quote,
}

/// One happening, state or figure, as one source (or the publisher itself) puts it forward.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Stable: a hash of report, span and content.
    pub id: String,
    /// The report it was read in. Only in the ledger's output, never in `analyze`, where the report stands beside it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub report: String,
    /// The words, attribution included where it adjoins.
    pub quote: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// From the outermost to the innermost voice; empty where the publisher speaks in its own.
    pub sources: Vec<Named>,
    /// The words that credit the sources.
    pub cue: Option<Cue>,
    /// What the source does with the content.
    pub stance: Stance,
    /// The happening.
    pub event: Event,
    /// Whether it came about.
    pub polarity: Polarity,
    /// History or a standing state rather than the day's news.
    pub background: bool,
    /// Index into `report.articles`.
    pub article: usize,
    /// Who did it.
    pub actors: Vec<Named>,
    /// To whom.
    pub targets: Vec<Named>,
    /// Where, the most specific first.
    pub places: Vec<ClaimPlace>,
    /// When.
    pub time: ClaimTime,
    /// How many.
    pub figures: Vec<Figure>,
    /// By what.
    pub weapons: Vec<Weapon>,
    /// Id of the rule or lexicon entry that made it.
    pub rule: String,
    /// Measured share of right claims among those like it; absent where nothing was measured.
    pub confidence: Option<f64>,
    /// What people decided about it and still holds. Only in the ledger's output; corrected fields read as corrected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<ClaimJudgement>,
}

/// A judgement in force on one claim.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimJudgement {
    /// Its id.
    pub id: String,
    /// `accept`, `reject`, `correct`, `place`, `duplicate`, `date` …
    pub kind: String,
    /// Who decided.
    pub author: String,
    /// When; RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
    /// Of a correction, what was corrected: a JSON pointer into the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Of a correction, what stood there as read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<serde_json::Value>,
}

/// All that is read in one report: one line of `variorum analyze`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Analysis {
    /// Version of the contract.
    pub schema: u32,
    /// The report with what was found out about it.
    pub report: Report,
    /// Layer `attributions`.
    #[serde(default)]
    pub attributions: Vec<Attribution>,
    /// Layer `timexes`.
    #[serde(default)]
    pub timexes: Vec<Timex>,
    /// Layer `toponyms`.
    #[serde(default)]
    pub toponyms: Vec<Toponym>,
    /// Layer `actors`.
    #[serde(default)]
    pub actors: Vec<ActorMention>,
    /// Layer `figures`.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Layer `claims`.
    #[serde(default)]
    pub claims: Vec<Claim>,
}
