//! What the tests of this crate share: one parser for all, and reports made of a text.
use crate::Reading;
use std::sync::LazyLock;
use variorum_model::{Basis, Published, Report};
use variorum_syntax::Pipeline;

pub(crate) static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().expect("the built-in model loads"));

/// A reading of a text without a date.
pub fn reading(text: &str) -> Reading {
    Reading::new(&PIPELINE, Report { id: "test".into(), text: text.into(), ..Report::default() })
}

/// A report published on a day (`2024-03-06`).
pub fn report_of(day: &str, text: &str) -> Report {
    let published = Published {
        value: Some(day.into()),
        earliest: Some(day.into()),
        latest: Some(day.into()),
        basis: Basis::Metadata,
    };
    Report { id: "test".into(), text: text.into(), published, ..Report::default() }
}
