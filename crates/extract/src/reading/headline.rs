//! Headlines In Title Case, as the parser should see them.
//!
//! In "Rebels Seize Town Near Orlec" a parser takes all words for one name. Which of them are names the report itself
//! says: a word that its body writes small, in this form or another, is none (truecasing; Lita et al., tRuEcasIng, 2003, with
//! the report in place of a language model). Nor is the form of a verb that the body does not have at all.
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Fewest words of a headline, and most.
const WORDS: std::ops::RangeInclusive<usize> = 4..=25;
/// Letters from which a word is written large in title case.
const LONG: usize = 4;
/// Share of its long words that a headline writes large.
const LARGE: f32 = 0.85;

/// Longest headline, in bytes.
const LONGEST: usize = 140;
/// Fewest words that a headline writes small, of those that title case writes large.
const SMALL: usize = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    lost_colon: Vec<String>,
    of_names: HashSet<String>,
}

static WORDS_OF: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/attribution/headlines.toml"))
        .unwrap_or_else(|e| panic!("data/attribution/headlines.toml: {e}"))
});

/// True of a word for who speaks behind a lost colon.
pub(crate) fn may_have_lost_its_colon(word: &str) -> bool {
    WORDS_OF.lost_colon.iter().any(|w| w == word)
}

/// Where who speaks begins, in bytes, in a headline whose colon was lost ("Blast wrecks mill in Graz Monitor").
pub(super) fn lost_colon(block: &str) -> Option<usize> {
    let last = block.rfind(' ')? + 1;
    // "Nine drovers killed in Graz Monitoring group": who speaks may be two words.
    let two = block[..last - 1].rfind(' ').map(|at| at + 1).filter(|&at| may_have_lost_its_colon(&block[at..]));
    let start = two.unwrap_or(last);
    let small = words(block).filter(|(_, w)| w.len() >= LONG && w.starts_with(char::is_lowercase)).count();
    let headline = block.len() <= LONGEST && small >= SMALL && words(block).count() > SMALL;
    (headline && may_have_lost_its_colon(&block[start..])).then_some(start)
}

/// How a report writes its words.
pub(super) struct Usage {
    /// Words written small, and what is left of them without their endings.
    small: HashSet<String>,
    /// Words, in small letters, with how often they are written large inside a sentence and how often small.
    counts: HashMap<String, (u32, u32)>,
}

impl Usage {
    pub(super) fn of(text: &str) -> Self {
        let mut usage = Usage { small: HashSet::new(), counts: HashMap::new() };
        for segment in text.lines().flat_map(segments).filter(|s| !is_title_case(s)) {
            for (n, (_, word)) in words(segment).enumerate() {
                let lower = word.to_lowercase();
                let large = word.starts_with(char::is_uppercase);
                if large && n == 0 {
                    continue;
                }
                if !large {
                    usage.small.extend(bases(&lower));
                }
                let count = usage.counts.entry(lower).or_default();
                *(if large { &mut count.0 } else { &mut count.1 }) += 1;
            }
        }
        usage
    }

    /// The text with the words of its headlines written small, unless they are names. Every offset stays true. `inflects` is
    /// true of the forms of verbs.
    pub(super) fn truecased<'t>(&self, text: &'t str, inflects: impl Fn(&str) -> bool) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        for segment in segments(text).filter(|s| is_title_case(s)) {
            let start = segment.as_ptr() as usize - text.as_ptr() as usize;
            let mut all = words(segment).skip(1).peekable();
            while let Some((at, word)) = all.next() {
                // Not the last word, which is a noun, nor "Killed in Bandit Raids", which the parser reads as it stands.
                let takes_object = all.peek().is_some_and(|(_, next)| next.starts_with(char::is_uppercase));
                if self.is_small(word, |word| takes_object && inflects(word)) {
                    let at = start + at;
                    out.to_mut().replace_range(at..at + 1, &word[..1].to_ascii_lowercase());
                }
            }
        }
        out
    }

    fn is_small(&self, word: &str, inflects: impl Fn(&str) -> bool) -> bool {
        let lower = word.to_lowercase();
        let (large, small) = self.counts.get(&lower).copied().unwrap_or_default();
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let shouted = word.chars().skip(1).any(char::is_uppercase);
        let said = bases(&lower).any(|base| self.small.contains(&base));
        // "Shooting" is a noun as often: it stays as the headline has it.
        let verb = || large == 0 && !lower.ends_with("ing") && !WORDS_OF.of_names.contains(&lower) && inflects(&lower);
        capital && !shouted && (large == 0 || small > large) && (said || verb())
    }
}

/// A form and what is left of it without an ending: "seizes", "seize"; "killed", "kill", "kille".
fn bases(word: &str) -> impl Iterator<Item = String> + use<'_> {
    const ENDINGS: [(&str, &str); 7] =
        [("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y")];
    let cut = |&(ending, instead): &(&str, &str)| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= 3)?;
        Some(format!("{stem}{instead}"))
    };
    let sibilant = ["ses", "xes", "zes", "ches", "shes"].iter().any(|e| word.ends_with(e));
    let shorter = sibilant.then(|| word[..word.len() - 2].to_owned());
    ENDINGS.iter().filter_map(cut).collect::<Vec<_>>().into_iter().chain(shorter).chain([word.to_owned()])
}

/// Sentences, roughly: a headline may have run into the text.
fn segments(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(['.', '!', '?', '\n'])
}

fn is_title_case(segment: &str) -> bool {
    let long: Vec<&str> = words(segment).map(|(_, word)| word).filter(|w| w.len() >= LONG).collect();
    let large = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    WORDS.contains(&words(segment).count()) && long.len() > 2 && large as f32 >= LARGE * long.len() as f32
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bare = |word: &str| word.trim_end_matches("'s").trim_end_matches("’s").len();
    text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, &word[..bare(word)]))
        .filter(|(_, word)| word.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "Rebel fighters seized a town near Orlec on Monday, killing nine guards of the Free Tolm Army, activists \
        say. The army of Tolm denied that its men had fled. The Army Day was off.";

    fn truecased(headline: &str) -> String {
        Usage::of(&format!("{headline}\n{BODY}")).truecased(headline, |word| word == "captures").into_owned()
    }

    #[test]
    fn what_the_text_writes_small_is_no_name_in_its_headline() {
        assert_eq!(
            truecased("Rebels Seize Town Near Orlec, Activists Say"),
            "Rebels seize town near Orlec, activists say"
        );
        assert_eq!(truecased("Nine Guards Killed As Fighters Seize Town"), "Nine guards killed As fighters seize town");
    }

    #[test]
    fn the_form_of_a_verb_is_no_name() {
        assert_eq!(truecased("Drenn Captures Forty Posts in Orlec"), "Drenn captures Forty Posts in Orlec");
    }

    #[test]
    fn what_the_text_writes_large_stays_a_name() {
        assert_eq!(truecased("Fighters Kill Guards Of Free Tolm Army"), "Fighters kill guards of Free Tolm Army");
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        for line in
            ["The Free Tolm Army seized a town near Orlec", "REBELS SEIZE TOWN NEAR ORLEC", "Fighters Kill Guards"]
        {
            assert_eq!(truecased(line), line);
        }
    }

    #[test]
    fn a_capital_at_the_end_of_a_headline_is_who_speaks() {
        assert_eq!(lost_colon("Blast kills nine drovers in Graz Monitor"), Some(33));
        assert_eq!(lost_colon("Blast kills nine drovers in Graz Monitoring group"), Some(33));
        for other in
            ["Blast Kills Nine Drovers in Graz Monitor", "Blast kills nine drovers, says the monitor", "Monitor"]
        {
            assert_eq!(lost_colon(other), None, "{other}");
        }
    }

    #[test]
    fn a_headline_has_a_verb_again() {
        let reading = crate::testing::reading(&format!("Rebels Seize Town Near Orlec, Activists Say\n\n{BODY}"));
        let verb = reading.doc.tokens().find(|t| t.is("seize")).unwrap();
        assert_eq!((verb.text(), verb.pos(), verb.child("nsubj").map(|s| s.text())), ("Seize", "VERB", Some("Rebels")));
    }
}
