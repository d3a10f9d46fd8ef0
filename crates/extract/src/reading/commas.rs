//! Commas that a sentence lost before who says it, or before what came of it (`data/syntax/lost_commas.toml`).
//!
//! "Gunmen killed four guards in the Dorv district the ministry said on Monday" is parsed as if the ministry were shot at.
//! Where the phrase before a closing verb of speech can only be its subject, the block is parsed once more as it was
//! written; the new parse is kept only if it bears that out.
use crate::LoadError;
use crate::senses::{Kind, kind_of};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;
use variorum_syntax::{Doc, Pipeline, Token};

const FILE: (&str, &str) = ("data/syntax/lost_commas.toml", include_str!("../../../../data/syntax/lost_commas.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cues: String,
    speakers: String,
    areas: String,
    days: String,
    inside: String,
    results: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    test: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    allows: Vec<String>,
}

struct Words {
    cues: HashSet<String>,
    speakers: HashSet<String>,
    areas: HashSet<String>,
    days: HashSet<String>,
    inside: HashSet<String>,
    results: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read().expect("data/syntax/lost_commas.toml is whole"));

impl Words {
    fn read() -> Result<Words, LoadError> {
        let file: File = toml::from_str(FILE.1).map_err(|e| LoadError(format!("{}: {e}", FILE.0)))?;
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        Ok(Words {
            cues: set(&file.cues),
            speakers: set(&file.speakers),
            areas: set(&file.areas),
            days: set(&file.days),
            inside: set(&file.inside),
            results: set(&file.results),
        })
    }
}

/// Longest stretch after the verb of speech, in tokens: "said late on Monday by telephone".
const LONGEST_TAIL: usize = 10;
/// Fewest tokens that can be what was said.
const SHORTEST_CONTENT: usize = 4;

/// Parses a block, as if it had the commas that it lost.
pub(super) fn parse(pipeline: &Pipeline, text: &str) -> Doc {
    let doc = pipeline.parse(text);
    let mut lost = lost(&doc);
    // A second time with those that the first new parse bears out.
    for _ in 0..2 {
        if lost.is_empty() {
            break;
        }
        let (again, inserted) = with_commas(pipeline, text, &lost);
        let holds: Vec<bool> = inserted.iter().map(|&at| bears_out(&again, at)).collect();
        if holds.iter().all(|h| *h) {
            let commas: Vec<usize> = inserted.iter().filter_map(|&at| again.token_holding(at)).collect();
            let before = |at: usize| inserted.partition_point(|&comma| comma < at);
            return again.without(&commas, text, |at| at - before(at));
        }
        let mut holds = holds.into_iter();
        lost.retain(|_| holds.next() == Some(true));
    }
    doc
}

/// The parse of a text with commas at byte offsets (rising), and where they stand in it.
fn with_commas(pipeline: &Pipeline, text: &str, at: &[usize]) -> (Doc, Vec<usize>) {
    let mut restored = String::with_capacity(text.len() + at.len());
    let mut from = 0;
    for &at in at {
        restored.push_str(&text[from..at]);
        restored.push(',');
        from = at;
    }
    restored.push_str(&text[from..]);
    (pipeline.parse(&restored), at.iter().enumerate().map(|(n, at)| at + n).collect())
}

/// Whether a parse takes what follows a comma for the subject of a verb that governs what stands before it.
fn bears_out(doc: &Doc, comma: usize) -> bool {
    // The tokenizer may have made the comma part of a word.
    if !doc.token_holding(comma).is_some_and(|i| doc.token(i).is(",")) {
        return false;
    }
    let first = doc.token_at_or_after(comma + 1);
    let Some(token) = doc.get(first) else { return false };
    if token.tag() == "VBG" {
        return token.dep() == "advcl" && token.head().i() < first;
    }
    std::iter::once(token).chain(token.ancestors()).any(|t| {
        t.dep() == "nsubj" && t.left_edge().i() == first && {
            let cue = t.head();
            cue.i() > t.i() && cue.lefts().any(|c| matches!(c.dep(), "ccomp" | "parataxis" | "advcl") && c.i() < first)
        }
    })
}

/// Byte offsets behind the words after which a comma is missing, rising.
fn lost(doc: &Doc) -> Vec<usize> {
    let mut found = Vec::new();
    for sentence in doc.sents() {
        let result = (sentence.start..sentence.end).find(|&i| is_result(doc.token(i), sentence.start));
        found.extend(result.map(|i| doc.token(i - 1).end()));
        for mut end in result.into_iter().chain([sentence.end]) {
            while let Some(start) = before_cue(doc, sentence.start, end) {
                found.push(doc.token(start - 1).end());
                end = start;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a participle tells what came of the clause before it, though the words right before it are a place, a day, or who
/// said so: "hit a post by the frontier of Narland wounding nine", "killed two on Friday a clerk said leaving nine widows".
fn is_result(token: Token, from: usize) -> bool {
    if token.tag() != "VBG" || !WORDS.results.contains(token.lemma()) || token.i() < from + SHORTEST_CONTENT {
        return false;
    }
    let before = token.doc().token(token.i() - 1);
    let place = matches!(before.ent_type(), "GPE" | "LOC" | "FAC") || WORDS.areas.contains(before.lemma());
    let said = matches!(before.tag(), "VBD" | "VBN") && WORDS.cues.contains(before.lemma());
    let taken = token.dep() == "advcl" && token.child_any(&["nsubj"]).is_none();
    let finite = |t: Token| matches!(t.tag(), "VBD" | "VBZ" | "VBP");
    (place || said || is_day(before)) && !taken && (from..token.i() - 1).any(|i| finite(token.doc().token(i)))
}

/// First token of who says what the tokens from `from` hold, where a verb of speech closes them at `end`.
fn before_cue(doc: &Doc, from: usize, end: usize) -> Option<usize> {
    let closes = |t: &Token| matches!(t.tag(), "VBD" | "VBN" | "VBZ") && WORDS.cues.contains(t.lemma());
    let last = (from..end).rev().take(LONGEST_TAIL + 2).map(|i| doc.token(i)).find(closes)?;
    if !is_tail(last, end) {
        return None;
    }
    let mut head = last.i();
    while head > from && (doc.token(head - 1).lemma() == "have" || doc.token(head - 1).tag() == "RB") {
        head -= 1;
    }
    let start = speaker(doc, from, head)?;
    let content = from..start;
    let finite = |t: Token| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD");
    (content.len() >= SHORTEST_CONTENT && content.clone().any(|i| finite(doc.token(i)))).then_some(start)
}

/// Whether nothing follows a verb of speech but whom it is told, when and where.
fn is_tail(cue: Token, end: usize) -> bool {
    let tail = || (cue.i() + 1..end).map(|i| cue.doc().token(i)).filter(|t| t.pos() != "PUNCT");
    let opens = match tail().next() {
        None => cue.lemma() != "tell",
        Some(t) if cue.lemma() == "tell" => t.pos() != "ADP" && !t.is("that"),
        Some(t) => matches!(t.tag(), "IN" | "RB") && !t.is("that") || is_day(t),
    };
    let plain = |t: Token| !t.tag().starts_with("VB") && !matches!(t.tag(), "MD" | "WDT" | "WP" | "WRB" | "TO" | "CC");
    opens && tail().all(plain) && !(cue.i() + 1..end).any(|i| cue.doc().token(i).is(","))
}

fn is_day(token: Token) -> bool {
    WORDS.days.contains(&*token.text().to_lowercase())
}

fn is_noun(token: Token) -> bool {
    token.tag().starts_with("NN")
}

fn is_name(token: Token) -> bool {
    token.tag().starts_with("NNP")
}

fn is_speaker(token: Token) -> bool {
    match token.tag() {
        "NN" | "NNS" => kind_of(token.lemma()) == Some(Kind::Person) || WORDS.speakers.contains(token.lemma()),
        "NNP" | "NNPS" => {
            let known = || WORDS.speakers.contains(&*token.text().to_lowercase());
            !is_day(token) && (!matches!(token.ent_type(), "GPE" | "LOC" | "FAC" | "DATE") || known())
        }
        "PRP" => token.is_any(&["he", "she", "they", "it", "we", "I"]),
        _ => false,
    }
}

/// First token of the phrase that ends before `end` and says who speaks, where the words before it can end a clause.
fn speaker(doc: &Doc, from: usize, end: usize) -> Option<usize> {
    let mut end = end;
    loop {
        let last = doc.token(end.checked_sub(1).filter(|&i| i > from)?);
        if last.tag() == "PRP" {
            return (is_speaker(last) && ends_clause(doc.token(last.i() - 1))).then_some(last.i());
        }
        let head = match last.text() {
            ")" => doc.token((from..last.i()).rev().find(|&i| doc.token(i).is("("))?.checked_sub(1)?),
            _ => last,
        };
        let start = noun_phrase(doc, from, head)?;
        let before = doc.token(start.checked_sub(1).filter(|&i| i > from)?);
        // "residents of the town", "a group watching the conflict", "a monitor and rebels"
        let leads_on = matches!(before.tag(), "IN" | "VBG" | "CC") && is_speaker(doc.token(before.i() - 1));
        if leads_on && before.i() - 1 > from {
            end = before.i();
            continue;
        }
        return (is_speaker(head) && ends_clause(before)).then_some(start);
    }
}

/// Whether a word can be the last of a clause.
fn ends_clause(token: Token) -> bool {
    matches!(token.tag(), "NN" | "NNS" | "NNP" | "NNPS" | "CD" | "JJR" | "RB" | "RP" | "VB" | "VBG" | "VBN" | "VBD")
        && token.lemma() != "be"
        || token.is_any(&[")", "\"", "him", "her", "them", "it"])
}

/// First token of the noun phrase that ends with `head`; none where that would leave a preposition without its object.
fn noun_phrase(doc: &Doc, from: usize, head: Token) -> Option<usize> {
    if !is_noun(head) {
        return None;
    }
    let mut start = head.i();
    // Starts that are likely only where the longest phrase cannot be.
    let mut inner = Vec::new();
    while start > from {
        let (word, next) = (doc.token(start - 1), doc.token(start));
        match word.tag() {
            "DT" | "PRP$" | "CD" => {
                start -= 1;
                break;
            }
            "JJ" | "POS" | "HYPH" => {}
            // "a monitoring group", "the Valsk-based network"
            "VBG" | "VBN"
                if start - 1 > from && matches!(doc.token(start - 2).tag(), "DT" | "JJ" | "HYPH" | "PRP$") => {}
            _ if word.entity().is_some() && word.entity() == next.entity() && !is_day(word) => {}
            "NN" | "NNP" | "NNPS" | "NNS" if is_day(word) || WORDS.areas.contains(word.lemma()) => break,
            "NNS" if !WORDS.inside.contains(&*word.text().to_lowercase()) => break,
            "NNP" | "NNPS" => {
                let acronym = |t: Token| t.text().len() > 2 && t.text().chars().all(|c| c.is_uppercase());
                if is_name(next) && acronym(next) && !acronym(word) {
                    break;
                }
                if word.entity() != next.entity() || !is_name(next) {
                    inner.push(start);
                }
            }
            "NN" if is_name(next) && !is_speaker(word) => break,
            "NN" => {}
            _ => break,
        }
        start -= 1;
    }
    if let Some(bare) = behind_object(doc, start, head) {
        start = bare;
    }
    let governed =
        |i: usize| matches!(doc.token(i).tag(), "IN" | "TO" | "CC") && !(i > from && is_speaker(doc.token(i - 1)));
    let fits = |&start: &usize| start > from && (doc.token(start).tag() == "DT" || !governed(start - 1));
    std::iter::once(start).chain(inner.into_iter().rev()).find(fits)
}

/// Where a phrase begins with the object of the verb before it, "hit | the mill residents": the first word behind the object.
fn behind_object(doc: &Doc, start: usize, head: Token) -> Option<usize> {
    let verb = doc.token(start.checked_sub(1)?);
    let active = verb.tag() == "VBD" && verb.lemma() != "be" && verb.child("auxpass").is_none();
    let bare =
        (start + 1..=head.i()).rev().take_while(|&i| doc.token(i).tag() == "JJ" || is_speaker(doc.token(i))).last()?;
    (active && doc.token(start).tag() == "DT" && is_noun(doc.token(bare - 1))).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::PIPELINE;

    fn marked(text: &str) -> String {
        let doc = PIPELINE.parse(text);
        let mut out = text.to_owned();
        for at in lost(&doc).into_iter().rev() {
            out.insert_str(at, " |");
        }
        out
    }

    #[test]
    fn a_comma_is_missing_before_who_says_it() {
        let file: File = toml::from_str(FILE.1).unwrap();
        for sentence in &file.test {
            assert_eq!(&marked(&sentence.replace(" |", "")), sentence);
        }
        for sentence in &file.allows {
            assert_eq!(&marked(sentence), sentence);
        }
    }

    #[test]
    fn the_parse_is_that_of_the_sentence_with_its_comma_over_the_text_as_it_is() {
        let text = "Two shells hit the grain mill residents of the town said. Nobody was hurt.";
        let doc = parse(&PIPELINE, text);
        let hit = doc.tokens().find(|t| t.is("hit")).unwrap();
        assert_eq!((hit.dep(), hit.head().text()), ("ccomp", "said"));
        assert_eq!(hit.child("dobj").map(|t| t.text()), Some("mill"));
        assert!(doc.tokens().all(|t| text[t.start()..t.end()] == *t.text() && !t.is(",")));
        assert_eq!(doc.n_sents(), 2);
    }
}
