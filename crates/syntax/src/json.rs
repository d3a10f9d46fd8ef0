//! What spaCy's `Doc.to_json()` gives.

use crate::Doc;
use serde::Serialize;

/// An analysis as JSON: fields, their order and their values are those of spaCy's `Doc.to_json()`. Offsets are in code points,
/// half-open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocJson<'d> {
    text: &'d str,
    ents: Vec<EntityJson<'d>>,
    sents: Vec<SentenceJson>,
    tokens: Vec<TokenJson<'d>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct EntityJson<'d> {
    start: usize,
    end: usize,
    label: &'d str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct SentenceJson {
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TokenJson<'d> {
    id: usize,
    start: usize,
    end: usize,
    tag: &'d str,
    pos: &'d str,
    morph: &'d str,
    lemma: &'d str,
    dep: &'d str,
    head: usize,
}

/// Shows an analysis as spaCy's `Doc.to_json()` does.
///
/// ```
/// let nlp = variorum_syntax::Pipeline::load()?;
/// let json = serde_json::to_value(variorum_syntax::to_json(&nlp.parse("“Cease fire!”"))).unwrap();
/// assert_eq!(json["tokens"][1]["lemma"], "cease");
/// assert_eq!((&json["tokens"][1]["start"], &json["tokens"][1]["end"]), (&1.into(), &6.into()));
/// # Ok::<(), variorum_syntax::Error>(())
/// ```
pub fn to_json(doc: &Doc) -> DocJson<'_> {
    let mut points = CodePoints { text: doc.text(), byte: 0, point: 0 };
    let tokens: Vec<TokenJson> = doc
        .tokens()
        .map(|t| TokenJson {
            id: t.i(),
            start: points.at(t.start()),
            end: points.at(t.end()),
            tag: t.tag(),
            pos: t.pos(),
            morph: t.morph(),
            lemma: t.lemma(),
            dep: t.dep(),
            head: t.head().i(),
        })
        .collect();
    let sents = doc.sents().filter(|s| !s.is_empty());
    let sents = sents.map(|s| SentenceJson { start: tokens[s.start].start, end: tokens[s.end - 1].end }).collect();
    let ents = doc.entities().iter().filter(|e| e.start < e.end);
    let ents = ents.map(|e| EntityJson { start: tokens[e.start].start, end: tokens[e.end - 1].end, label: &e.label });
    DocJson { text: doc.text(), ents: ents.collect(), sents, tokens }
}

/// Counts code points up to rising byte offsets.
struct CodePoints<'d> {
    text: &'d str,
    byte: usize,
    point: usize,
}

impl CodePoints<'_> {
    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
    }
}
