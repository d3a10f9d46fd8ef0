//! Mentions → claims.
use crate::{Mentions, Reading};
use variorum_model::Claim;

/// Joins the mentions of a report to claims, in text order.
pub fn assemble(_reading: &Reading, _mentions: &Mentions, _actors: &crate::actor::ActorFinder) -> Vec<Claim> {
    Vec::new()
}
