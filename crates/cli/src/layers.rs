//! What `analyze` prints of an analysis.
use crate::args::Layer;
use serde::Serialize;
use serde_json::{Map, Value};
use variorum_model::{ActorMention, Analysis, Attribution, Claim, Figure, Report, Timex, Toponym};
use variorum_syntax::Doc;

/// An analysis with the layers that are wanted.
#[derive(Serialize)]
pub(crate) struct Printed<'a> {
    schema: u32,
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributions: Option<&'a [Attribution]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timexes: Option<&'a [Timex]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    toponyms: Option<&'a [Toponym]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actors: Option<&'a [ActorMention]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'a [Figure]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<&'a [Claim]>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    syntax: Option<Map<String, Value>>,
}

impl<'a> Printed<'a> {
    /// `layers` empty: all but the syntax.
    pub(crate) fn new(analysis: &'a Analysis, doc: &Doc, layers: &[Layer]) -> Self {
        let wanted = |layer: Layer| layers.contains(&layer) || (layers.is_empty() && layer != Layer::Syntax);
        Printed {
            schema: analysis.schema,
            report: &analysis.report,
            attributions: wanted(Layer::Attributions).then_some(&analysis.attributions),
            timexes: wanted(Layer::Timexes).then_some(&analysis.timexes),
            toponyms: wanted(Layer::Toponyms).then_some(&analysis.toponyms),
            actors: wanted(Layer::Actors).then_some(&analysis.actors),
            figures: wanted(Layer::Figures).then_some(&analysis.figures),
            claims: wanted(Layer::Claims).then_some(&analysis.claims),
            syntax: wanted(Layer::Syntax).then(|| syntax(doc)),
        }
    }
}

/// Tokens, sentences and entities in the form of spaCy's `Doc.to_json()`, each token with its words.
fn syntax(doc: &Doc) -> Map<String, Value> {
    let Ok(Value::Object(mut layer)) = serde_json::to_value(variorum_syntax::to_json(doc)) else { return Map::new() };
    // It stands in the report.
    layer.remove("text");
    if let Some(Value::Array(tokens)) = layer.get_mut("tokens") {
        for (token, printed) in doc.tokens().zip(tokens) {
            printed["text"] = token.text().into();
        }
    }
    layer
}
