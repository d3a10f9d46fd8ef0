//! Which language a text is in, and whether it is one that is coded.
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use variorum_model::{Diagnostic, Report};
use whatlang::{Lang, Script};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    function_words: HashSet<String>,
    least_share: f64,
    open_words: HashSet<String>,
    tags: HashMap<String, String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/intake/language.toml")).expect("data/intake/language.toml is valid")
});

/// True for a language tag whose texts are coded: English, or none stated.
pub fn is_supported(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    tag.is_empty() || primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng")
}

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 12_000;
/// Fewest letters from which a language can be told: by its letters alone, and by its words.
const LEAST_LETTERS: (usize, usize) = (12, 80);

/// What the words of a text say of its language, where they are enough to say it.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LEAST_LETTERS.0 {
        return None;
    }
    if is_english(sample) {
        return Some("en");
    }
    let info = match letters_by_script(sample) {
        // Names in Latin letters do not hide the script of the sentence around them.
        (latin, other) if other > latin && latin > 0 => {
            whatlang::detect(&sample.chars().filter(|c| !(c.is_alphabetic() && is_latin(*c))).collect::<String>())?
        }
        _ => whatlang::detect(sample)?,
    };
    let tag = WORDS.tags.get(info.lang().code()).map_or("und", String::as_str);
    if info.script() != Script::Latin {
        return Some(tag);
    }
    (letters >= LEAST_LETTERS.1 && info.is_reliable() && info.lang() != Lang::Eng).then_some(tag)
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A letter of the Latin script.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2b0}'..='\u{2ff}')
}

/// True for a lower-case word that needs another after it.
pub(crate) fn is_function_word(word: &str) -> bool {
    WORDS.function_words.contains(word) || WORDS.open_words.contains(word)
}

/// Latin letters and others.
fn letters_by_script(text: &str) -> (usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.fold((0, 0), |(latin, other), c| if is_latin(c) { (latin + 1, other) } else { (latin, other + 1) })
}

fn is_english(sample: &str) -> bool {
    let (mut n_words, mut n_function) = (0usize, 0usize);
    let mut lower = String::new();
    // Scripts without spaces make one word of a sentence, and a few names would outnumber it.
    let (n_latin, n_other) = letters_by_script(sample);
    if n_other > n_latin {
        return false;
    }
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        n_words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        n_function += usize::from(WORDS.function_words.contains(lower.as_str()));
    }
    n_words >= 5 && n_function as f64 >= n_words as f64 * WORDS.least_share
}

/// Puts the language on a report: what its words say, else what it came with. A language that is not coded is
/// said in the diagnostics.
pub(crate) fn identify(report: &mut Report) {
    if let Some(found) = detect(&report.text)
        && (report.language.is_empty() || is_supported(&report.language) != is_supported(found))
    {
        report.language = found.to_owned();
    }
    if !is_supported(&report.language) {
        let message = format!("the text is in {:?}; only English is coded", report.language);
        report.diagnostics.push(Diagnostic { code: "language-unsupported".to_owned(), message });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_tells_its_language() {
        for (text, tag) in [
            ("Two people were killed when a shell hit the mill, the mayor of the town said on Monday.", "en"),
            ("В результате обстрела погибли два человека, сообщил мэр города.", "ru"),
            ("Ատրպետի քաղաքում երկու մարդ է զոհվել, հայտնել է քաղաքապետը։", "hy"),
            ("قتل شخصان في قصف على المدينة، بحسب رئيس البلدية.", "ar"),
            (
                "Bei dem Beschuss der Stadt kamen zwei Menschen ums Leben, wie der Bürgermeister am Montag mitteilte. \
                 Nach Angaben der Behörden wurden mehrere Häuser beschädigt.",
                "de",
            ),
            (
                "Deux personnes ont été tuées lorsque des obus sont tombés sur la ville, a déclaré le maire lundi. \
                 Plusieurs maisons ont été détruites.",
                "fr",
            ),
        ] {
            assert_eq!(detect(text), Some(tag), "{text}");
        }
    }

    #[test]
    fn english_names_do_not_make_another_script_english() {
        let text = "昨夜、オルヴァシュの水車小屋に砲弾が落ち、The Herald for Drenn と Gazette of Malvek によると二人が死亡した。町長は川沿いの住民に避難を呼びかけた。";
        assert_eq!(detect(text), Some("ja"));
    }

    #[test]
    fn a_few_words_tell_nothing() {
        for text in ["", "Orvash", "1,200 / 430", "Verrin, Teska, Drusk"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn foreign_names_do_not_make_english_foreign() {
        let text =
            "Oberst Drusk, Generalleutnant Szczepański and Kat. Molnár visited Ruvenka and Jezrín, the ministry said.";
        assert_eq!(detect(text), Some("en"));
    }

    #[test]
    fn what_the_words_say_outweighs_the_tag() {
        let mut report = Report {
            text: "Погибли два человека, сообщил мэр города Орваш.".into(), ..Report::default()
        };
        report.language = "en".into();
        identify(&mut report);
        assert_eq!(report.language, "ru");
        assert_eq!(report.diagnostics[0].code, "language-unsupported");
        let mut report = Report { text: "The mayor said that the town was calm.".into(), ..Report::default() };
        report.language = "en-GB".into();
        identify(&mut report);
        assert_eq!((report.language.as_str(), report.diagnostics.len()), ("en-GB", 0));
    }
}
