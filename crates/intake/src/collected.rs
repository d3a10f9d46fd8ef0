//! Records of collectors and tables: which of their fields are what (`data/intake/columns.toml`, or the user's mapping).
use crate::failure::FailureKind;
use crate::options::Options;
use crate::report;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use variorum_model::{Diagnostic, Report, ReportInput};

static NAMES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/intake/columns.toml"))
        .unwrap_or_else(|e| panic!("data/intake/columns.toml: {e}"))
});

/// Whether a report has a field of this name.
pub(crate) fn is_field(name: &str) -> bool {
    NAMES.contains_key(name)
}

/// Reads a record by the names of its fields. A record with a headline and no text is read as its headline, and says so.
pub(crate) fn from_fields<'f>(
    get: impl Fn(&str) -> Option<String> + 'f,
    default_id: impl FnOnce() -> String,
    options: &Options,
) -> Result<Report, FailureKind> {
    let field = |name: &str| {
        // What the user maps is taken from there and nowhere else.
        if let Some(column) = options.columns.get(name) {
            return get(column).filter(|v| !v.trim().is_empty());
        }
        NAMES[name].iter().find_map(|column| get(column).filter(|v| !v.trim().is_empty()))
    };
    let mut input = ReportInput {
        id: field("id"),
        text: field("text"),
        html: field("html"),
        title: field("title"),
        publisher: field("publisher"),
        url: field("url"),
        byline: field("byline"),
        published: field("published"),
        language: field("language"),
    };
    let headline_only = input.text.is_none() && input.html.is_none();
    if headline_only {
        input.text = input.title.clone();
    }
    let mut report = report::from_input(input, default_id, options)?;
    if headline_only {
        let message = "the record holds a headline and no text".to_owned();
        report.diagnostics.push(Diagnostic { code: "headline-only".to_owned(), message });
    }
    Ok(report)
}

/// Reads a JSON object of a collector.
pub(crate) fn from_object(
    object: &Map<String, Value>,
    default_id: impl FnOnce() -> String,
    options: &Options,
) -> Result<Report, FailureKind> {
    let lower: BTreeMap<String, &Value> = object.iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
    from_fields(|name| plain(lower.get(&name.to_lowercase())?), default_id, options)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(o) => o.get("name").and_then(plain),
        _ => None,
    }
}
