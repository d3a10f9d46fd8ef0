use serde::{Deserialize, Serialize};

/// A half-open range of a text: `start..end`.
///
/// Inside the program offsets are UTF-8 bytes; in JSON they are Unicode code points, as in the
/// W3C Web Annotation `TextPositionSelector`. [`CodePoints`] converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// First offset inside.
    pub start: usize,
    /// First offset after.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before its start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }
    /// Length in the unit of the offsets.
    pub fn len(self) -> usize {
        self.end - self.start
    }
    /// True when nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }
    /// True when both spans share at least one unit.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// The words of `text` under this span (byte offsets); empty when it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// A span together with its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// `text[start..end]`, verbatim.
    pub text: String,
}

impl Quote {
    /// The words of `text` under `span` (byte offsets).
    pub fn new(span: Span, text: &str) -> Self {
        Quote { span, text: span.of(text).to_owned() }
    }
}

/// Converts byte offsets of one text to code points and back.
pub struct CodePoints {
    /// Byte offset of every code point, then the length of the text; empty for ASCII texts,
    /// where both offsets are the same.
    starts: Vec<usize>,
}

impl CodePoints {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return CodePoints { starts: Vec::new() };
        }
        let mut starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        starts.push(text.len());
        CodePoints { starts }
    }
    /// Code point at a byte offset (of the character that holds it).
    pub fn from_byte(&self, byte: usize) -> usize {
        if self.starts.is_empty() {
            return byte;
        }
        match self.starts.binary_search(&byte) {
            Ok(i) => i,
            Err(i) => i.saturating_sub(1),
        }
    }
    /// Byte offset of a code point; past the end, the length of the text.
    pub fn to_byte(&self, code_point: usize) -> usize {
        if self.starts.is_empty() {
            return code_point;
        }
        self.starts.get(code_point).or(self.starts.last()).copied().unwrap_or(code_point)
    }
    /// A byte span as code points.
    pub fn span(&self, bytes: Span) -> Span {
        Span { start: self.from_byte(bytes.start), end: self.from_byte(bytes.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "Łukań said “no”.";
        let points = CodePoints::new(text);
        let start = text.find("said").unwrap();
        let span = points.span(Span::new(start, start + 4));
        assert_eq!((span.start, span.end), (6, 10));
        assert_eq!(points.to_byte(6), start);
        assert_eq!(text.chars().skip(span.start).take(span.len()).collect::<String>(), "said");
    }
}
