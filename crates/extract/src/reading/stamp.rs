//! Where a page's own date stands before its headline, in one line with it: "Published July 12, 2031 - Shells hit a mill".
//!
//! Scraped pages lose their line ends. A parser that sees the date and the headline in one sentence makes the year count what
//! follows it, and where headline and text are one, the one speaks for the other.
use regex::Regex;
use std::sync::LazyLock;
use variorum_model::Span;

/// Longest headline between two dashes, in bytes.
const LONGEST_HEADLINE: usize = 180;
/// Longest name of a paper or a town between two dashes, in bytes.
const LONGEST_NAME: usize = 40;
/// Shortest text after a headline, in bytes.
const SHORTEST_TEXT: usize = 40;

/// A day with its year in full, with what labels it and the time of day; a day without a year, or a month alone, may open a
/// sentence.
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    let label =
        r"(?:(?:Date of publication|Last updated|Last modified|Published|Posted|Updated|Created)(?: on| at)?:? +)?";
    let weekday = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?[,.]? +)?";
    let month = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";
    let day = r"\d{1,2}(?:st|nd|rd|th)?";
    let year = r"(?:19|20)\d\d";
    let time =
        r"(?:,? +(?:\d{1,2}:\d\d(?::\d\d)?|\d{6}|\d{4} +(?:GMT|UTC)(?:[+-]\d+)?)(?: *(?:[ap]\.?m\.?|GMT|UTC))?)?";
    let pattern = format!(
        r"(?i)^{label}{weekday}(?:{day} +{month},? +{year}|{month} +{day},? *{year}|\d{{1,2}}[./-]\d{{1,2}}[./-]{year}|{year}-\d\d-\d\d){time}[).:;,]*(?: *[-–—|]+ *| +)"
    );
    Regex::new(&pattern).expect("the pattern is well formed")
});

/// A block without its stamp, which is a block of its own; and where a dash divides the stamp from what follows, without
/// the headline up to the next dash.
pub(super) fn apart(block: Span, text: &str) -> Vec<Span> {
    let words = block.of(text);
    let Some(stamp) = STAMP.find(words).filter(|m| words[m.end()..].starts_with(super::dateline::opens)) else {
        return vec![block];
    };
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '|');
    let mut ends = vec![stamp.end()];
    if stamp.as_str().trim_end().ends_with(dash) {
        let mut most = LONGEST_HEADLINE;
        while let Some(end) = up_to_dash(&words[ends[ends.len() - 1]..], most) {
            ends.push(ends[ends.len() - 1] + end);
            most = LONGEST_NAME;
        }
    }
    let starts = std::iter::once(0).chain(ends.clone());
    let parts = starts.zip(ends.clone().into_iter().chain([words.len()]));
    let parts = parts.map(|(start, end)| super::trimmed(Span::new(block.start + start, block.start + end), text));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Length in bytes of what stands before a dash between blanks, with it.
fn up_to_dash(text: &str, most: usize) -> Option<usize> {
    let ends = [" - ", " – ", " — ", " | "].into_iter().filter_map(|dash| text.find(dash).map(|at| (at, dash.len())));
    let (at, dash) = ends.min()?;
    let rest = &text[at + dash..];
    let name = most != LONGEST_NAME || text[..at].split(' ').all(|w| w.starts_with(char::is_uppercase));
    (at <= most && name && rest.len() >= SHORTEST_TEXT && rest.starts_with(super::dateline::opens)).then_some(at + dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        apart(Span::new(0, text.len()), text).into_iter().map(|s| s.of(text)).collect()
    }

    const TEXT: &str = "Two shells hit the grain silo in the harbour before dawn, the warden said.";

    #[test]
    fn the_day_of_a_page_is_no_part_of_its_headline() {
        for stamp in [
            "12 July 2031",
            "Published July 12, 2031",
            "Fri Jul 4 2031",
            "Tuesday 26 April 2031 21:41",
            "12-07-2031",
            "21.08.2031",
            "Last updated at Jul 12, 2031 10:15 GMT",
        ] {
            assert_eq!(parts(&format!("{stamp} {TEXT}")), [stamp, TEXT], "{stamp}");
        }
    }

    #[test]
    fn between_dashes_stands_the_headline() {
        let head = "Silo hit in Orlec";
        assert_eq!(parts(&format!("12 July 2031 - {head} - {TEXT}")), ["12 July 2031", head, TEXT]);
        assert_eq!(
            parts(&format!("12 July 2031 - {head} | Oria Herald - ORLEC - {TEXT}")),
            ["12 July 2031", head, "Oria Herald", "ORLEC", TEXT]
        );
    }

    #[test]
    fn a_day_may_open_a_sentence() {
        for text in [
            "12 July 2031 was the day on which the silo burned.",
            "On 12 July 2031 Two shells hit the silo.",
            "July 2031 Two shells hit the silo.",
            "Fri Jul 4 Two shells hit the silo.",
        ] {
            assert_eq!(parts(text), [text]);
        }
    }
}
