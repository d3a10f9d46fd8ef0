//! Clauses whose verb the parser takes for a part of something else (`data/syntax/clauses.toml`): a sentence read as a noun with a
//! participle, the words of who says it read as one more of those it lists, and what another says of a thing.
use super::mended::Arc;
use crate::LoadError;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;
use variorum_syntax::{Doc, Token};

const FILE: (&str, &str) = ("data/syntax/clauses.toml", include_str!("../../../../data/syntax/clauses.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    saying: String,
    bodies: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    test: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    allows: Vec<String>,
}

struct Words {
    saying: HashSet<String>,
    bodies: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file = File::read().expect("data/syntax/clauses.toml is whole");
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    Words { saying: set(&file.saying), bodies: set(&file.bodies) }
});

impl File {
    fn read() -> Result<Self, LoadError> {
        toml::from_str(FILE.1).map_err(|e| LoadError(format!("{}: {e}", FILE.0)))
    }
}

/// Mends them all.
pub(super) fn mend(doc: Doc) -> Doc {
    let tokens = (0..doc.len()).map(|i| doc.token(i));
    let arcs: Vec<Arc> = tokens
        .flat_map(|t| headless(t).or_else(|| listed_speaker(t)).or_else(|| said_of(t)).or_else(|| body(t)))
        .flatten()
        .collect();
    if arcs.is_empty() { doc } else { doc.rehung(&arcs) }
}

fn has_subject(verb: Token<'_>) -> bool {
    verb.children().any(|c| c.dep().contains("subj"))
}

/// "A car bomb at a hotel killed nine", where "killed" hangs on the hotel: it is the verb, and the bomb its subject.
fn headless(verb: Token<'_>) -> Option<Vec<Arc>> {
    let (place, subject) = (verb.head(), verb.head().head().head());
    let finite = verb.tag() == "VBD" && matches!(verb.dep(), "acl" | "relcl") && verb.child("dobj").is_some();
    let bare = !has_subject(verb) && verb.children().all(|c| !matches!(c.dep(), "aux" | "auxpass" | "mark"));
    let misread = finite && bare && place.dep() == "pobj" && subject.dep() == "ROOT" && subject.pos() == "NOUN";
    if !misread || subject.i() > place.i() || place.right_edge().i() + 1 < verb.left_edge().i() {
        return None;
    }
    let before = subject.children().filter(|c| matches!(c.dep(), "npadvmod" | "advmod") && c.i() < subject.i());
    let behind = subject.children().filter(|c| c.i() > verb.i());
    let clause = before.chain(behind).filter(|c| c.i() != verb.i());
    let moved = clause.map(|c| (c.i(), verb.i(), if c.dep() == "npadvmod" { "npadvmod" } else { label(c) }));
    Some([(verb.i(), verb.i(), "ROOT"), (subject.i(), verb.i(), "nsubj")].into_iter().chain(moved).collect())
}

/// The labels that a word may keep where it hangs on a verb.
fn label(token: Token<'_>) -> &'static str {
    match token.dep() {
        "punct" => "punct",
        "prep" => "prep",
        "advcl" => "advcl",
        "ccomp" => "ccomp",
        _ => "advmod",
    }
}

/// "Killing six people including a girl, the governor, Ivo Brandt, said on Monday", where the governor is one of the six and "said" one
/// more of what happened: he says all of it.
fn listed_speaker(said: Token<'_>) -> Option<Vec<Arc>> {
    let lost = said.tag() == "VBD" && WORDS.saying.contains(said.lemma()) && !has_subject(said);
    // What is told may be known for that, and only who says it be lost.
    let whole = said.child("ccomp").filter(|told| told.i() < said.i());
    let told = whole.or_else(|| Some(said.head()).filter(|_| said.dep() == "conj"))?;
    let closes = |c: Token<'_>| matches!(c.dep(), "prep" | "advmod" | "npadvmod" | "dobj" | "ccomp" | "punct");
    let joined = told.children().any(|c| c.dep() == "cc" && c.i() < said.i());
    if !lost || joined || !said.children().all(closes) {
        return None;
    }
    let name = said.nbor(-1).filter(|t| t.is(","))?.nbor(-1).filter(|t| t.ent_type() == "PERSON")?;
    let speaker = name.head();
    let apposed = name.dep() == "appos" && matches!(speaker.dep(), "conj" | "appos") && speaker.i() < name.i();
    let listed = speaker.left_edge().nbor(-1).is_some_and(|t| t.is(","));
    let cc = speaker.head().children().any(|c| c.dep() == "cc" && c.i() < speaker.i());
    if !apposed || !listed || cc || !speaker.is_under(told) {
        return None;
    }
    let mut arcs = vec![(speaker.i(), said.i(), "nsubj")];
    if whole.is_none() {
        let (above, dep) = if told.dep() == "ROOT" { (said.i(), "ROOT") } else { (told.head().i(), label(told)) };
        arcs.extend([(said.i(), above, dep), (told.i(), said.i(), "ccomp")]);
    }
    Some(arcs)
}

/// "A raid on a depot in Graz that Vienna said killed one", where "that" opens a clause of its own: it is the raid that killed him.
fn said_of(killed: Token<'_>) -> Option<Vec<Arc>> {
    let said = killed.head();
    let opens = |c: &Token<'_>| c.is("that") && c.i() < said.i();
    let subject = killed.child("nsubj");
    let that = subject.filter(opens).or_else(|| said.child("mark").filter(opens).filter(|_| !has_subject(killed)))?;
    let told = killed.dep() == "ccomp" && killed.tag() == "VBD" && WORDS.saying.contains(said.lemma());
    let before = that.nbor(-1)?;
    let noun = std::iter::once(before).chain(before.ancestors()).find(|t| {
        let named = !t.ent_type().is_empty() || t.pos() == "PROPN";
        t.pos() == "NOUN" && !named && t.i() < that.i() && t.right_edge().i() + 1 >= that.i()
    })?;
    // The whole phrase: "an attack on a depot".
    let whole = noun.ancestors().take_while(|t| matches!(t.dep(), "prep" | "pobj") || t.pos() == "NOUN");
    let noun = whole.filter(|t| t.pos() == "NOUN" && t.right_edge().i() + 1 >= that.i()).last().unwrap_or(noun);
    let misread = matches!(said.dep(), "advcl" | "ccomp") && said.head() != noun;
    (told && misread).then(|| vec![(said.i(), noun.i(), "relcl"), (that.i(), killed.i(), "nsubj")])
}

/// "The shadow National Council accused", where the council is put beside the shadow: it is the council's name.
fn body(name: Token<'_>) -> Option<Vec<Arc>> {
    let noun = name.head();
    let beside =
        name.dep() == "appos" && name.left_edge().i() == noun.i() + 1 && noun.tag() == "NN" && name.pos() == "PROPN";
    let called = WORDS.bodies.contains(&name.text().to_lowercase()) && name.ent_type() == "ORG";
    if !beside || !called || !matches!(noun.dep(), "nsubj" | "nsubjpass" | "dobj" | "pobj") {
        return None;
    }
    let dep = ["nsubj", "nsubjpass", "dobj", "pobj"].into_iter().find(|d| *d == noun.dep())?;
    let left = noun.lefts().map(|c| (c.i(), name.i(), if c.dep() == "det" { "det" } else { "amod" }));
    let above = noun.head().i();
    Some([(name.i(), above, dep), (noun.i(), name.i(), "compound")].into_iter().chain(left).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_syntax::Pipeline;

    #[test]
    fn examples_hang_together_and_near_misses_stay() {
        let (file, pipeline) = (File::read().unwrap(), Pipeline::load().unwrap());
        for example in &file.test {
            let (text, expected) = example.split_once(" => ").unwrap();
            let doc = mend(pipeline.parse(text));
            let subject = |t: Token<'_>| match t.child("nsubj") {
                Some(s) if s.is("that") => {
                    let clause = t.ancestors().find(|a| a.dep() == "relcl");
                    clause.map(|c| c.head().text().to_owned())
                }
                other => other.map(|s| s.text().to_owned()),
            };
            let tokens = (0..doc.len()).map(|i| doc.token(i));
            let found: Vec<String> = tokens.filter_map(|t| Some(format!("{} {}", t.text(), subject(t)?))).collect();
            assert!(found.iter().any(|f| f == expected), "{text}: {found:?}");
        }
        for text in &file.allows {
            let before = pipeline.parse(text);
            let heads = |doc: &Doc| (0..doc.len()).map(|i| doc.token(i).head().i()).collect::<Vec<_>>();
            assert_eq!(heads(&mend(before.clone())), heads(&before), "{text}");
        }
    }
}
