//! The rules of `data/intake/junk.toml`.
use regex::bytes::{Regex, RegexSet};
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};
use variorum_model::Span;

/// What a junk line says about the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    #[default]
    None,
    /// An article ends here.
    EndsArticle,
    /// Stands between a headline and its text.
    OpensArticle,
    /// The next line is its value.
    Label,
    /// Readers' comments follow.
    Comments,
    /// Titles of other articles follow.
    Links,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) role: Role,
    /// Longest line that can fall under it, in characters.
    #[serde(default)]
    longest: usize,
    pattern: String,
    #[cfg_attr(not(test), allow(dead_code))]
    test: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Named parts of patterns.
    parts: HashMap<String, String>,
    line: Vec<Rule>,
    inline: Vec<Rule>,
    opening: Vec<Rule>,
}

/// The rules, compiled.
pub(crate) struct Rules {
    lines: Vec<Rule>,
    any_line: RegexSet,
    each_line: Vec<OnceLock<Regex>>,
    inline: Vec<(Rule, Regex)>,
    opening: Vec<(Rule, Regex)>,
}

/// Longest line that can be junk by its wording, in characters.
const LONGEST: usize = 900;

/// As much of a line as can have run into its first sentence, in characters.
const LONGEST_OPENING: usize = 400;

/// The built-in rules.
pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::read(include_str!("../../../../data/intake/junk.toml"))
        .unwrap_or_else(|e| panic!("data/intake/junk.toml: {e}"))
});

impl Rules {
    fn read(toml: &str) -> Result<Self, String> {
        let mut file: File = toml::from_str(toml).map_err(|e| e.to_string())?;
        for rule in &mut file.line {
            rule.pattern = format!("(?i-u)^(?:{})$", with_parts(&rule.pattern, &file.parts)?);
        }
        let any_line = RegexSet::new(file.line.iter().map(|r| &r.pattern)).map_err(|e| e.to_string())?;
        let each_line = file.line.iter().map(|_| OnceLock::new()).collect();
        let compile = |rule: Rule| {
            let pattern = format!("(?i-u){}", with_parts(&rule.pattern, &file.parts)?);
            let regex = Regex::new(&pattern).map_err(|e| format!("{}: {e}", rule.id))?;
            Ok((rule, regex))
        };
        let inline = file.inline.into_iter().map(compile).collect::<Result<_, String>>()?;
        let opening = file.opening.into_iter().map(compile).collect::<Result<_, String>>()?;
        Ok(Rules { any_line, each_line, inline, opening, lines: file.line })
    }

    /// Index of the first rule that a whole line falls under. The line has no white space around it.
    pub(crate) fn line(&self, line: &str) -> Option<usize> {
        let plain = Plain::new(line)?;
        let found = self.any_line.matches(&plain.bytes);
        found.iter().find(|&i| self.lines[i].longest >= plain.bytes.len())
    }

    /// The rule at an index.
    pub(crate) fn rule(&self, i: usize) -> &Rule {
        &self.lines[i]
    }

    /// The words under a named part of a line that falls under rule `i`.
    pub(crate) fn named<'t>(&self, i: usize, line: &'t str, name: &str) -> Option<&'t str> {
        let regex = self.each_line[i].get_or_init(|| Regex::new(&self.lines[i].pattern).expect("compiled in the set"));
        let plain = Plain::new(line)?;
        let part = regex.captures(&plain.bytes)?.name(name)?.range();
        Some(plain.span(part).of(line))
    }

    /// The part of a line that is junk, with its reason.
    pub(crate) fn inline(&self, line: &str) -> Option<(Span, &str)> {
        // All of them stand at the end of a line.
        let opening = line.ends_with([')', ']']).then(|| line.rfind(['(', '[']))??;
        let start = line[..opening].char_indices().rev().nth(3).map_or(0, |(i, _)| i);
        let plain = Plain::new(&line[start..])?;
        self.inline.iter().find_map(|(rule, regex)| {
            let part = regex.captures(&plain.bytes)?.name("junk")?.range();
            let span = plain.span(part);
            Some((Span::new(start + span.start, start + span.end), rule.reason.as_str()))
        })
    }

    /// What ran into the beginning of a line, with its reason.
    pub(crate) fn opening(&self, line: &str) -> Option<(Span, &str)> {
        let end = line.char_indices().nth(LONGEST_OPENING).map_or(line.len(), |(i, _)| i);
        let plain = Plain::new(&line[..end])?;
        self.opening.iter().find_map(|(rule, regex)| {
            let part = regex.captures(&plain.bytes)?.name("junk")?.range();
            Some((plain.span(part), rule.reason.as_str()))
        })
    }
}

/// A line in ASCII, one byte a character, as patterns see it.
struct Plain {
    bytes: Vec<u8>,
    /// Byte offset of every character in the line, then its length; empty for an ASCII line.
    offsets: Vec<usize>,
}

impl Plain {
    /// `None` for a line that is too long to be junk by its wording.
    fn new(line: &str) -> Option<Self> {
        if line.len() > LONGEST && line.chars().nth(LONGEST).is_some() {
            return None;
        }
        if line.is_ascii() {
            return Some(Plain { bytes: line.as_bytes().to_vec(), offsets: Vec::new() });
        }
        let offsets = line.char_indices().map(|(i, _)| i).chain([line.len()]).collect();
        Some(Plain { bytes: line.chars().map(plain).collect(), offsets })
    }

    fn span(&self, range: Range<usize>) -> Span {
        match self.offsets.is_empty() {
            true => Span::new(range.start, range.end),
            false => Span::new(self.offsets[range.start], self.offsets[range.end]),
        }
    }
}

/// The ASCII character that stands for a character in patterns.
fn plain(c: char) -> u8 {
    match c {
        c if c.is_ascii() => c as u8,
        '‘' | '’' | '‚' | '‹' | '′' | 'ʼ' => b'\'',
        '“' | '”' | '„' | '«' | '″' => b'"',
        '\u{2010}'..='\u{2015}' | '−' => b'-',
        '•' | '·' | '▪' | '●' | '◦' | '►' | '■' | '‣' => b'*',
        '…' => b'.',
        '»' | '›' | '→' | '▶' => b'>',
        '©' => 0x1c,
        c if c.is_whitespace() => b' ',
        c if c.is_uppercase() => b'A',
        c if c.is_alphabetic() => b'a',
        _ => b'?',
    }
}

/// Puts the named parts in the place of their names; a part may name others.
fn with_parts(pattern: &str, parts: &HashMap<String, String>) -> Result<String, String> {
    let mut pattern = pattern.to_owned();
    for _ in 0..8 {
        let Some(start) = pattern.find('%') else { return Ok(pattern) };
        let name = pattern[start + 1..].split('%').next().unwrap_or_default();
        let part = parts.get(name).ok_or_else(|| format!("no part %{name}% in [parts]"))?;
        pattern = pattern.replace(&format!("%{name}%"), &format!("(?:{part})"));
    }
    Err(format!("parts nest too deep in {pattern}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_its_examples_and_lets_its_near_misses_pass() {
        let mut wrong = Vec::new();
        for rule in RULES.lines.iter() {
            assert!(!rule.test.is_empty() && !rule.allows.is_empty(), "{} lacks examples", rule.id);
            for line in &rule.test {
                if RULES.line(line).is_none_or(|by| RULES.lines[by].reason != rule.reason) {
                    wrong.push(format!("{} misses {line:?}", rule.id));
                }
            }
            for line in &rule.allows {
                if let Some(by) = RULES.line(line) {
                    wrong.push(format!("{} finds {line:?}", RULES.lines[by].id));
                }
            }
        }
        let inline = RULES.inline.iter().map(|(rule, _)| (rule, false));
        for (rule, opens) in inline.chain(RULES.opening.iter().map(|(rule, _)| (rule, true))) {
            let finds = |line: &str| if opens { RULES.opening(line) } else { RULES.inline(line) }.is_some();
            wrong.extend(rule.test.iter().filter(|l| !finds(l)).map(|l| format!("{} misses {l:?}", rule.id)));
            wrong.extend(rule.allows.iter().filter(|l| finds(l)).map(|l| format!("{} finds {l:?}", rule.id)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn loading_is_quick() {
        let start = std::time::Instant::now();
        Rules::read(include_str!("../../../../data/intake/junk.toml")).unwrap();
        eprintln!("{:?}", start.elapsed());
    }

    #[test]
    fn a_broken_rule_file_says_where() {
        let error = Rules::read("[parts]\n[[line]]\nreason = 3\n").err().unwrap();
        assert!(error.contains("line 3, column"), "{error}");
    }
}
