use variorum_model::{Claim, Report};

/// A report with its claims, as linkage takes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The report with its text.
    pub report: Report,
    /// Its claims in text order.
    pub claims: Vec<Claim>,
}
