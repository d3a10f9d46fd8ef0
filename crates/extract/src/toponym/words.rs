//! The folded words of a document, token by token.
use super::fold::fold_into;
use variorum_syntax::Doc;

/// Folded tokens in one string.
pub(super) struct Words {
    text: String,
    /// End of each token's words; it starts where the one before ends.
    ends: Vec<u32>,
}

impl Words {
    pub(super) fn new(doc: &Doc) -> Words {
        let mut words = Words { text: String::with_capacity(doc.text().len()), ends: Vec::with_capacity(doc.len()) };
        let mut scratch = String::new();
        for token in doc.tokens() {
            let text = token.text();
            if text.bytes().all(|b| b.is_ascii_lowercase()) && text.len() < 5 {
                // The most of all tokens; none of the words that folding shortens is among them.
                words.text.push_str(text);
            } else {
                scratch.clear();
                fold_into(text, &mut scratch);
                words.text.push_str(&scratch);
            }
            words.ends.push(words.text.len() as u32);
        }
        words
    }

    /// Folded words of token `i`; "" for punctuation and past the end.
    pub(super) fn of(&self, i: usize) -> &str {
        let Some(&end) = self.ends.get(i) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[start..end as usize]
    }

    /// Folded words of the tokens `range`, apart by spaces.
    pub(super) fn join(&self, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        for word in range.map(|i| self.of(i)).filter(|w| !w.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}
