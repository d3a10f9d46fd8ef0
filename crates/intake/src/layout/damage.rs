//! Texts that a machine turned out: the signs of `data/intake/damage.toml`.
use regex::bytes::Regex;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::LazyLock;
use variorum_model::Diagnostic;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least: usize,
    other_kind: usize,
    sign: Vec<Sign>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    id: String,
    pattern: String,
    #[serde(default)]
    once: bool,
    #[cfg_attr(not(test), allow(dead_code))]
    test: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    allows: Vec<String>,
}

struct Signs {
    file: File,
    /// All signs in one: most texts have none.
    any: Regex,
    each: Vec<Regex>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/intake/damage.toml"))
        .unwrap_or_else(|e| panic!("data/intake/damage.toml: {e}"));
    // Letters and boundaries are those of ASCII: what Unicode asks of a boundary takes the fast way from the whole line.
    let compile =
        |p: &str| Regex::new(&format!("(?i-u){p}")).unwrap_or_else(|e| panic!("data/intake/damage.toml: {e}"));
    // A sign is a phrase of its own; one that is made of signs of punctuation has no boundary.
    let bounded = |s: &Sign| match s.pattern.starts_with(r"\b") || s.pattern.starts_with(r"\{") {
        true => s.pattern.clone(),
        false => format!(r"\b(?:{})\b", s.pattern),
    };
    let each: Vec<String> = file.sign.iter().map(bounded).collect();
    Signs { any: compile(&each.join("|")), each: each.iter().map(|p| compile(p)).collect(), file }
});

/// Says that a text was probably spun or translated by a machine, and by what that shows.
pub(super) fn machine_made<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Diagnostic> {
    let signs = &*SIGNS;
    let mut found: Vec<Vec<Cow<'_, str>>> = vec![Vec::new(); signs.each.len()];
    for line in lines.filter(|l| signs.any.is_match(l.as_bytes())) {
        for (sign, of_sign) in signs.each.iter().zip(&mut found) {
            of_sign.extend(sign.find_iter(line.as_bytes()).map(|m| String::from_utf8_lossy(m.as_bytes())));
        }
    }
    let counts = signs.file.sign.iter().zip(&found).map(|(s, f)| if s.once { f.len().min(1) } else { f.len() });
    let n_kinds = found.iter().filter(|f| !f.is_empty()).count();
    let n = counts.sum::<usize>() + n_kinds.saturating_sub(1) * signs.file.other_kind;
    if n < signs.file.least {
        return None;
    }
    let shown: Vec<String> =
        signs.file.sign.iter().zip(&found).filter_map(|(s, f)| Some(format!("{}: {:?}", s.id, f.first()?))).collect();
    let message = format!("the wording is that of a spinner or a poor translation ({})", shown.join(", "));
    Some(Diagnostic { code: "machine-translated?".to_owned(), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_found_in_its_examples_and_not_in_near_misses() {
        let mut wrong = Vec::new();
        for (sign, regex) in SIGNS.file.sign.iter().zip(&SIGNS.each) {
            assert!(!sign.test.is_empty() && !sign.allows.is_empty(), "{} lacks examples", sign.id);
            wrong.extend(
                sign.test.iter().filter(|t| !regex.is_match(t.as_bytes())).map(|t| format!("{} misses {t:?}", sign.id)),
            );
            wrong.extend(
                sign.allows.iter().filter(|t| regex.is_match(t.as_bytes())).map(|t| format!("{} finds {t:?}", sign.id)),
            );
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn one_sign_is_no_evidence_and_several_are() {
        let code = |text: &str| machine_made(text.lines()).map(|d| d.code);
        assert_eq!(code("The mayor said the the mill was hit, according to the police."), None);
        assert_eq!(
            code("The firing points were seen, informs the ministry. The press-service of the army was silent."),
            None
        );
        let spun = "At the least 4 individuals died in Orvash, in keeping with the police.\nHigh Minister Orlan Vask told newshounds so.";
        assert_eq!(code(spun).as_deref(), Some("machine-translated?"));
    }
}
