//! The attribute ruler's patterns, checked to be of the forms that `crates/syntax` applies.

use super::container::Writer;
use anyhow::{Context, Result, bail, ensure};
use rmpv::Value;
use serde_json::{Map, json};

/// Writes the rules as JSON: `[{"tokens": [{"TAG": {"in": […]}, "LOWER": …, "DEP": {"not_in": […]}, "IS_SPACE": true}],
/// "index": 0, "attrs": {"POS": "PUNCT"}}]`; a later rule overrides an earlier one.
pub fn convert(patterns: &Value, out: &mut Writer) -> Result<()> {
    let mut rules = Vec::new();
    for rule in patterns.as_array().context("patterns")? {
        let rule = to_json(rule)?;
        for tokens in rule["patterns"].as_array().context("patterns")? {
            let tokens: Vec<_> = tokens.as_array().context("pattern")?.iter().map(token).collect::<Result<_>>()?;
            ensure!(matches!(tokens.len(), 1 | 2), "pattern of {} tokens", tokens.len());
            for attr in rule["attrs"].as_object().context("attrs")?.keys() {
                ensure!(["TAG", "POS", "MORPH", "LEMMA", "DEP"].contains(&attr.as_str()), "sets {attr}");
            }
            rules.push(json!({"tokens": tokens, "index": rule["index"], "attrs": rule["attrs"]}));
        }
    }
    out.bytes("ruler", serde_json::to_vec(&rules)?);
    Ok(())
}

fn token(spec: &serde_json::Value) -> Result<serde_json::Value> {
    let mut token = Map::new();
    for (attr, value) in spec.as_object().context("token")? {
        let condition = match (attr.as_str(), value) {
            ("IS_SPACE", serde_json::Value::Bool(_)) => value.clone(),
            ("TAG" | "LOWER" | "DEP", serde_json::Value::String(_)) => json!({"in": [value]}),
            ("TAG" | "LOWER" | "DEP", serde_json::Value::Object(set)) => {
                match set.iter().next().context("condition")? {
                    (op, list) if op == "IN" => json!({"in": list}),
                    (op, list) if op == "NOT_IN" => json!({"not_in": list}),
                    (op, regex) if op == "REGEX" && attr == "LOWER" => {
                        json!({"in": words(regex.as_str().context("regex")?)?})
                    }
                    (op, _) => bail!("{attr}: {op}"),
                }
            }
            _ => bail!("condition on {attr}"),
        };
        token.insert(attr.clone(), condition);
    }
    Ok(token.into())
}

/// All words of a pattern such as `^n[ou]thin'$` or `^y'?$`.
fn words(regex: &str) -> Result<Vec<String>> {
    let body = regex.strip_prefix('^').and_then(|r| r.strip_suffix('$')).context("regex is not anchored")?;
    let mut words = vec![String::new()];
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        let choices: Vec<String>;
        if let Some(inner) = rest.strip_prefix('[') {
            let (set, after) = inner.split_once(']').context("class")?;
            choices = set.chars().map(String::from).collect();
            rest = after;
        } else {
            ensure!(c.is_ascii_lowercase() || c == '\'', "unsupported: {regex}");
            rest = &rest[1..];
            choices = match rest.strip_prefix('?') {
                Some(after) => {
                    rest = after;
                    vec![c.to_string(), String::new()]
                }
                None => vec![c.to_string()],
            };
        }
        words = words.iter().flat_map(|w| choices.iter().map(move |c| format!("{w}{c}"))).collect();
    }
    Ok(words)
}

fn to_json(value: &Value) -> Result<serde_json::Value> {
    Ok(match value {
        Value::Boolean(b) => (*b).into(),
        Value::Integer(i) => i.as_i64().context("integer")?.into(),
        Value::String(s) => s.as_str().context("string")?.into(),
        Value::Array(a) => a.iter().map(to_json).collect::<Result<Vec<_>>>()?.into(),
        Value::Map(m) => {
            let entries = m.iter().map(|(k, v)| Ok((k.as_str().context("key")?.to_owned(), to_json(v)?)));
            serde_json::Value::Object(entries.collect::<Result<_>>()?)
        }
        other => bail!("unexpected {other}"),
    })
}
