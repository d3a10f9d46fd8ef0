//! Full-text search over reports, quotes and names (SQLite's FTS5).
use crate::read::{claim, parsed};
use crate::{Ledger, Result};
use rusqlite::{Row, params};
use serde::Serialize;
use variorum_model::{Claim, Report};

/// Rows that are compared for the best.
const RANKED: u32 = 2000;
/// Letters from which on the last word may be the beginning of one.
const BEGINNING: usize = 3;
/// Words around a hit.
const SNIPPET_WORDS: u32 = 24;
/// Longest piece of a passage, in code points: a word can be a megabyte.
const LONGEST_PIECE: usize = 160;
/// Marks around hits inside SQLite; control characters that no report needs.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// A stretch of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are what was looked for.
    pub hit: bool,
}

/// A report in which the words stand.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportFound {
    /// The report, without its text.
    pub report: Report,
    /// The best passage.
    pub passage: Vec<Piece>,
}

/// A claim in whose quote or names the words stand.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimFound {
    /// The claim.
    pub claim: Claim,
    /// The best passage of its quote, or the names.
    pub passage: Vec<Piece>,
}

impl Ledger {
    /// Reports whose headline, outlet or text holds all the words, best first. Words in double quotes stand next to each
    /// other; the last word, from three letters on, may be the beginning of one. Case and accents do not matter. Of very
    /// many reports that hold the words the latest are compared.
    pub fn search_reports(&self, words: &str, limit: usize) -> Result<Vec<ReportFound>> {
        let Some(expression) = expression(words) else { return Ok(Vec::new()) };
        let from = "JOIN current ON current.report = best.number JOIN reading ON reading.number = current.reading";
        self.best("report_words", "reading.meta", from, &expression, limit, |row| {
            Ok(ReportFound { report: parsed(row, 1)?, passage: pieces(row.get_ref(0)?.as_str()?) })
        })
    }

    /// Claims of current readings whose quote or names hold all the words, best first. Words as in
    /// [`Ledger::search_reports`].
    pub fn search_claims(&self, words: &str, limit: usize) -> Result<Vec<ClaimFound>> {
        let Some(expression) = expression(words) else { return Ok(Vec::new()) };
        let from = "JOIN claim ON claim.number = best.number JOIN current ON current.reading = claim.reading \
                    JOIN report ON report.number = current.report";
        self.best("claim_words", "report.id, claim.body", from, &expression, limit, |row| {
            Ok(ClaimFound { claim: claim(row)?, passage: pieces(row.get_ref(0)?.as_str()?) })
        })
    }

    /// Rows of an index in the order of their rank: the best passage, then `columns`. Ranking all that hold a common word
    /// would take long and say little, so no more than [`RANKED`] are; passages are made of those that are shown.
    fn best<T>(
        &self,
        index: &str,
        columns: &str,
        from: &str,
        expression: &str,
        limit: usize,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let sql =
            format!("SELECT rowid FROM {index} WHERE {index} MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET {RANKED}");
        let first: Vec<i64> = self.collect(&sql, [expression], |row| row.get(0))?;
        // Rows of replaced readings fall out afterwards.
        let sql = format!(
            "WITH best AS (SELECT rowid AS number, rank AS place FROM {index} WHERE {index} MATCH ?1 AND rowid > ?5 \
             ORDER BY rank LIMIT 2 * ?2 + 50) \
             SELECT snippet({index}, -1, ?3, ?4, '…', {SNIPPET_WORDS}), {columns} \
             FROM best CROSS JOIN {index} ON {index}.rowid = best.number {from} \
             WHERE {index} MATCH ?1 ORDER BY best.place, best.number LIMIT ?2"
        );
        let bound = first.first().copied().unwrap_or(0);
        self.collect(&sql, params![expression, limit as i64, OPEN.to_string(), CLOSE.to_string(), bound], row)
    }
}

/// What was typed as an FTS5 expression in which nothing is an operator; absent when there is no word in it.
fn expression(typed: &str) -> Option<String> {
    let mut phrases: Vec<String> = Vec::new();
    let mut open_end = false;
    for (i, part) in typed.split('"').enumerate() {
        let quoted = i % 2 == 1;
        let words: Vec<&str> = if quoted { vec![part.trim()] } else { part.split_whitespace().collect() };
        for word in words.into_iter().filter(|w| w.chars().any(char::is_alphanumeric)) {
            phrases.push(format!("\"{word}\""));
            open_end = !quoted && word.chars().count() >= BEGINNING;
        }
    }
    if open_end && let Some(last) = phrases.last_mut() {
        last.push('*');
    }
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

fn pieces(marked: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            found.push(Piece { text: shortened(text), hit });
        }
    };
    let mut hit = false;
    let mut from = 0;
    for (at, mark) in marked.match_indices([OPEN, CLOSE]) {
        push(&marked[from..at], hit);
        hit = mark.starts_with(OPEN);
        from = at + mark.len();
    }
    push(&marked[from..], hit);
    found
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_PIECE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_is_an_operator() {
        assert_eq!(expression("market shell").as_deref(), Some("\"market\" \"shell\"*"));
        assert_eq!(expression("\"market square\" NOT x").as_deref(), Some("\"market square\" \"NOT\" \"x\""));
        assert_eq!(expression("market sq").as_deref(), Some("\"market\" \"sq\""), "too short for a beginning");
        assert_eq!(expression("a AND \"b").as_deref(), Some("\"a\" \"AND\" \"b\""));
        assert_eq!(expression(" * ( \" "), None);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let found = pieces(&format!("a {OPEN}{}{CLOSE} b", "w".repeat(1_000_000)));
        assert_eq!(found.len(), 3);
        assert!(found[1].hit && found[1].text.len() < 200);
    }
}
