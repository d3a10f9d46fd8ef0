//! JSON-LD: what a page says of itself to search engines (<https://schema.org/NewsArticle>).
use super::names;
use dom_query::Document;
use serde_json::{Map, Value};
use std::collections::HashMap;

type Object = Map<String, Value>;

/// What the best described article of a page says.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) title: String,
    pub(super) byline: String,
    pub(super) publisher: String,
    pub(super) url: String,
    pub(super) language: String,
    pub(super) published: String,
    pub(super) updated: String,
}

/// Deepest nesting that is looked at; serde_json refuses more than 128 by itself.
const DEPTH: usize = 6;

/// Reads all blocks of the page; `None` where no article is described.
pub(super) fn described(doc: &Document) -> Option<Described> {
    let blocks: Vec<Value> =
        doc.select("script[type='application/ld+json']").nodes().iter().filter_map(|n| parse(&n.text())).collect();
    let (mut objects, mut by_id) = (Vec::new(), HashMap::new());
    blocks.iter().for_each(|block| collect(block, 0, &mut objects, &mut by_id));
    let (_, article) = objects.iter().filter_map(|o| Some((rank(o)?, *o))).min_by_key(|(rank, _)| *rank)?;
    let text = |field: &str| article.get(field).map(plain).unwrap_or_default();
    let names_of = |field: &str| names_in(article.get(field), &by_id, 0).join(", ");
    let is_page = article.get("@type").is_some_and(|t| t == "WebPage");
    let headline = text("headline");
    Some(Described {
        title: if headline.is_empty() && !is_page { text("name") } else { headline },
        byline: if is_page { String::new() } else { or(names_of("author"), || names_of("creator")) },
        publisher: names_of("publisher"),
        url: or(address(article.get("mainEntityOfPage")), || text("url")),
        language: text("inLanguage"),
        published: or(text("datePublished"), || text("dateCreated")),
        updated: text("dateModified"),
    })
}

fn or(value: String, other: impl FnOnce() -> String) -> String {
    if value.is_empty() { other() } else { value }
}

/// Blocks are often wrapped in comments, and hold raw line ends inside strings.
fn parse(block: &str) -> Option<Value> {
    let block =
        block.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let block = block
        .trim()
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(block).ok().or_else(|| {
        let flat: String = block.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

fn collect<'v>(value: &'v Value, depth: usize, found: &mut Vec<&'v Object>, by_id: &mut HashMap<&'v str, &'v Object>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| collect(v, depth + 1, found, by_id)),
        Value::Object(object) => {
            if let Some(Value::String(id)) = object.get("@id")
                && object.len() > 1
            {
                by_id.entry(id).or_insert(object);
            }
            found.push(object);
            for field in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                if let Some(inner) = object.get(field) {
                    collect(inner, depth + 1, found, by_id);
                }
            }
        }
        _ => {}
    }
}

fn rank(object: &Object) -> Option<usize> {
    match object.get("@type")? {
        Value::String(name) => names::article_rank(name),
        Value::Array(types) => types.iter().filter_map(|t| names::article_rank(t.as_str()?)).min(),
        _ => None,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(s) => s.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => items.first().map(plain).unwrap_or_default(),
        Value::Object(o) => o.get("@value").or(o.get("name")).map(plain).unwrap_or_default(),
        _ => String::new(),
    }
}

fn address(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(s)) => s.clone(),
        Some(Value::Object(o)) => o.get("@id").or(o.get("url")).and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Names of persons and organisations: texts, objects, references, lists of these.
fn names_in(value: Option<&Value>, by_id: &HashMap<&str, &Object>, depth: usize) -> Vec<String> {
    let named = match value {
        Some(Value::String(name)) if !name.starts_with("http") => vec![plain(&Value::String(name.clone()))],
        Some(Value::Array(items)) if depth < 3 => {
            items.iter().flat_map(|v| names_in(Some(v), by_id, depth + 1)).collect()
        }
        Some(Value::Object(o)) => match (o.get("name"), o.get("@id").and_then(Value::as_str)) {
            (Some(name), _) => names_in(Some(name), by_id, depth + 1),
            (None, Some(id)) => {
                by_id.get(id).map(|o| plain(o.get("name").unwrap_or(&Value::Null))).into_iter().collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let mut names: Vec<String> = Vec::new();
    named.into_iter().filter(|n| !n.is_empty()).for_each(|n| {
        if !names.contains(&n) {
            names.push(n);
        }
    });
    names
}
