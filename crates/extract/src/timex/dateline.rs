//! The publication date as the text itself gives it.
use variorum_model::Span;

/// TODO
pub fn dateline_date(_text: &str) -> Option<(String, Span)> {
    None
}
