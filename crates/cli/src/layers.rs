//! What `analyze` prints of an analysis.
use crate::args::Layer;
use serde::Serialize;
use variorum_model::{ActorMention, Analysis, Attribution, Claim, CodePoints, Figure, Report, Span, Timex, Toponym};
use variorum_syntax::{Doc, Token};

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
    syntax: Option<Syntax<'a>>,
}

impl<'a> Printed<'a> {
    /// `layers` empty: all but the syntax.
    pub(crate) fn new(analysis: &'a Analysis, doc: &'a Doc, layers: &[Layer]) -> Self {
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
            syntax: wanted(Layer::Syntax).then(|| Syntax::new(doc)),
        }
    }
}

/// A document in the form of spaCy's `Doc.to_json()`: offsets in code points, heads as token ids.
#[derive(Serialize)]
pub(crate) struct Syntax<'a> {
    ents: Vec<Entity<'a>>,
    sents: Vec<Span>,
    tokens: Vec<PrintedToken<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    start: usize,
    end: usize,
    label: &'a str,
}

#[derive(Serialize)]
struct PrintedToken<'a> {
    id: usize,
    start: usize,
    end: usize,
    tag: &'a str,
    pos: &'a str,
    morph: &'a str,
    lemma: &'a str,
    dep: &'a str,
    head: usize,
}

impl<'a> Syntax<'a> {
    pub(crate) fn new(doc: &'a Doc) -> Self {
        let points = CodePoints::new(doc.text());
        let span = |bytes: std::ops::Range<usize>| points.span(Span::new(bytes.start, bytes.end));
        let entity = |e: &'a variorum_syntax::Entity| {
            let Span { start, end } = span(doc.slice(e.start..e.end).bytes());
            Entity { start, end, label: &e.label }
        };
        let token = |t: Token<'a>| {
            let Span { start, end } = span(t.start()..t.end());
            PrintedToken {
                id: t.i(),
                start,
                end,
                tag: t.tag(),
                pos: t.pos(),
                morph: t.morph(),
                lemma: t.lemma(),
                dep: t.dep(),
                head: t.head().i(),
            }
        };
        Syntax {
            ents: doc.entities().iter().map(entity).collect(),
            sents: doc.sents().map(|s| span(s.bytes())).collect(),
            tokens: doc.tokens().map(token).collect(),
        }
    }
}
