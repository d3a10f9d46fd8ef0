//! Where a paragraph opens with its dateline: "ORLEC, Oria (AP) — Two shells hit …".
//!
//! The place, the day and the agency that a correspondent puts before the text are no part of its first sentence: a parser that
//! sees them in one makes the town the one who speaks or acts.

/// Longest dateline, in bytes.
const LONGEST: usize = 90;
/// Shortest text after it, in bytes: a headline with a dash has no dateline.
const SHORTEST_TEXT: usize = 60;
/// Marks that end a dateline, the longer before what they begin with.
const ENDS: [&str; 6] = [" -- ", " --- ", " - ", " – ", " — ", "— "];

/// Length in bytes of what a paragraph opens with before its first sentence: a dateline, its dash included, and remarks of a
/// monitor or an editor in square brackets ("[Text]", "[VERRIN]"); 0 where it opens with its first sentence.
pub(super) fn length(paragraph: &str) -> usize {
    let mut end = line(paragraph);
    while let Some(remark) = remark(&paragraph[end..]) {
        end += remark;
    }
    end
}

/// Length of a remark in square brackets with the space after it. "[The] army" is a word that an editor put in.
fn remark(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let close = inside.find(']').filter(|close| *close <= LONGEST && !inside[..*close].contains('['))?;
    let rest = &inside[close + 1..];
    let space = rest.len() - rest.trim_start().len();
    let speaker = inside[..close].chars().all(|c| !c.is_lowercase());
    let next = rest.trim_start().chars().next()?;
    (space > 0 && (speaker || opens(next))).then_some(1 + close + 1 + space)
}

pub(super) fn opens(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || "\"“‘'[".contains(c)
}

/// Length of the dateline alone.
///
/// A dateline holds capitalised words, numbers and brackets only, and is told from a name before a dash ("Tolm - Brenna
/// talks fail") by its capitals, its comma or its brackets.
fn line(paragraph: &str) -> usize {
    let dashes = ENDS.iter().filter_map(|dash| Some((paragraph.find(dash)?, dash.len())));
    let Some((at, dash)) = dashes.min_by_key(|(at, dash)| (*at, std::cmp::Reverse(*dash))) else { return 0 };
    let (line, text) = (&paragraph[..at], &paragraph[at + dash..]);
    let goes_on = text.len() >= SHORTEST_TEXT && text.trim_start().starts_with(opens);
    if goes_on && line.len() <= LONGEST && is_dateline(line) { at + dash } else { 0 }
}

fn is_dateline(line: &str) -> bool {
    let Some(bare) = without_brackets(line) else { return false };
    let words = || bare.split([' ', ',', '/', '-']).filter(|w| !w.is_empty());
    let is_name =
        |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !w.contains([':', ';', '?', '!']);
    // "Sept." and "St." end in a full stop; a sentence ends in one after more letters.
    let ends_sentence = |w: &str| w.ends_with('.') && w.len() > 6;
    let shouted = |w: &str| w.len() > 2 && w.chars().all(|c| c.is_uppercase());
    let first = words().next().unwrap_or_default();
    let marked = bare.contains(',') || bare.len() < line.len() || shouted(first);
    marked
        && first.starts_with(char::is_uppercase)
        && words().count() <= 9
        && words().all(|w| is_name(w) && !ends_sentence(w))
}

/// A line without what stands in brackets; nothing where they do not close.
fn without_brackets(line: &str) -> Option<String> {
    let mut bare = String::with_capacity(line.len());
    let mut depth = 0usize;
    for c in line.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            other if depth == 0 => bare.push(other),
            _ => {}
        }
    }
    (depth == 0).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Two shells hit the grain silo in the harbour before dawn, the warden said.";

    #[test]
    fn place_day_and_agency_before_a_dash_are_a_dateline() {
        for line in [
            "ORLEC, Oria - ",
            "ORLEC (AP) — ",
            "ORLEC — ",
            "Orlec, Sept. 4 (Reuters) -- ",
            "Port Tolm (Oria), 27 Oct 31 (Herald) -- ",
            "TOLM/BRENNA, May 4 – ",
        ] {
            assert_eq!(length(&format!("{line}{TEXT}")), line.len(), "{line}");
        }
    }

    #[test]
    fn other_words_before_a_dash_are_none() {
        for line in [
            "Tolm - ",
            "The warden, Ilka Oss, spoke - ",
            "He left Orlec (Oria) — ",
            "ORLEC (AP - ",
            "ORLEC BURNED. Guards, - ",
        ] {
            assert_eq!(length(&format!("{line}{TEXT}")), 0, "{line}");
        }
        assert_eq!(length("ORLEC, Oria - Silo hit by shells"), 0, "a headline");
        assert_eq!(length("ORLEC, Oria - and that was all that was heard of them for thirty years or more."), 0);
    }

    #[test]
    fn remarks_in_brackets_before_the_text_are_no_part_of_it() {
        let line = "Port Tolm (Oria), 27 Oct 31 (Herald) -- [Text] [Excerpt] ";
        assert_eq!(length(&format!("{line}{TEXT}")), line.len());
        assert_eq!(length("[VERRIN] according to the warden, two shells fell."), 9);
        assert_eq!(length("[Text] The warden left."), 7);
        for text in ["[The] army left.", "[Text]", "[Text", "The warden [Ilka Oss] left."] {
            assert_eq!(length(text), 0, "{text}");
        }
    }

    #[test]
    fn the_sentence_after_a_dateline_stands_alone() {
        let reading = crate::testing::reading(&format!("ORLEC, Oria - {TEXT}"));
        assert_eq!(reading.doc.n_sents(), 2);
        assert_eq!(reading.blocks.len(), 1);
        assert_eq!(reading.doc.tokens().find(|t| t.is("shells")).map(|t| (t.start(), t.dep())), Some((18, "nsubj")));
    }
}
