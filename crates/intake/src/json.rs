//! JSON files: one record, or an array of them.
use crate::collected;
use crate::container::{Container, Held, Queue};
use crate::failure::FailureKind;
use crate::jsonl;
use crate::options::Options;
use serde_json::Value;
use variorum_model::stable_id;

/// Reads a whole file.
pub(crate) fn read(bytes: Vec<u8>, options: &Options) -> Result<Box<dyn Container>, FailureKind> {
    let text = crate::charset::decode(bytes).ok_or(FailureKind::Binary)?.text;
    let value: Value = serde_json::from_str(&text).map_err(|e| FailureKind::InvalidJson(e.to_string()))?;
    let records = match value {
        Value::Array(items) => items,
        // Wrapped: {"articles": [ … ]}.
        Value::Object(ref object) if object.len() <= 8 => match object.values().find_map(objects) {
            Some(items) if !object.keys().any(|k| collected::is_field(k) && k != "id") => items,
            _ => vec![value],
        },
        other => vec![other],
    };
    if records.is_empty() {
        return Err(FailureKind::Empty);
    }
    let held = records.into_iter().zip(1..).map(|(record, n)| {
        let read = match &record {
            Value::Object(object) => collected::from_object(object, || stable_id("r", &[&record.to_string()]), options),
            _ => Err(FailureKind::InvalidJson("not an object in braces".to_owned())),
        };
        Held::numbered(n, read)
    });
    Ok(Box::new(Queue(held.collect::<Vec<_>>().into_iter())))
}

fn objects(value: &Value) -> Option<Vec<Value>> {
    let items = value.as_array().filter(|items| !items.is_empty() && items.iter().all(Value::is_object))?;
    Some(items.clone())
}

/// The record of one line, as far as it is none of ours.
pub(crate) fn from_line(line: &str, options: &Options) -> Option<Result<variorum_model::Report, FailureKind>> {
    let value: Value = serde_json::from_str(line).ok()?;
    let object = value.as_object().filter(|o| !jsonl::is_ours(o))?;
    Some(collected::from_object(object, || stable_id("r", &[line.trim()]), options))
}
