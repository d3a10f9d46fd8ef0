//! The nouns of Variorum and their JSON form: reports, mentions, claims, incidents.
//!
//! Nothing here reads or writes files. Field names and values are those of the data contract
//! (`ARCHITECTURE.md`, "The contract"); [`SCHEMA`] is raised when they change.

mod agreement;
mod claim;
mod id;
mod incident;
mod mention;
mod point;
mod report;
mod span;
mod vocabulary;

pub use agreement::{Agreement, Statement, Violation};
pub use claim::{
    Analysis, Claim, ClaimJudgement, ClaimPlace, ClaimTime, Cue, Event, Named, Polarity, Precision, Stance, TimeBasis,
    TimePrecision,
};
pub use id::{stable_id, stable_number};
pub use incident::{
    Account, Disagreement, DisagreementKind, DisagreementSide, FigureRange, Incident, IncidentPlace, IncidentTime,
    Observation, Origin, PartOf, Strength, Verdict,
};
pub use mention::{ActorMention, Attribution, Bound, Figure, Scope, Timex, TimexType, Toponym, Weapon};
pub use point::kilometres;
pub use report::{Article, Basis, Diagnostic, Junk, Published, Report, ReportInput};
pub use span::{CodePoints, Quote, Span};
pub use vocabulary::{CATEGORIES, EVENT_TYPES, MEASURES, MEASURES_OF_PEOPLE};

/// Version of the JSON contract that this crate reads and writes.
pub const SCHEMA: u32 = 1;
