//! Furniture, told by markup: the rules of `data/intake/furniture.toml`.
use super::tree::Item;
use dom_query::NodeRef;
use regex::RegexSet;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[cfg_attr(not(test), allow(dead_code))]
    id: String,
    reason: String,
    #[serde(default)]
    keep: bool,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    names: String,
    /// Most prose that it can hold, in bytes.
    most_prose: Option<usize>,
    #[cfg_attr(not(test), allow(dead_code))]
    test: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    furniture: Vec<Rule>,
}

struct Rules {
    rules: Vec<Rule>,
    names: RegexSet,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/intake/furniture.toml"))
        .unwrap_or_else(|e| panic!("data/intake/furniture.toml: {e}"));
    // An empty pattern would match every name.
    let whole = |r: &Rule| match r.names.as_str() {
        "" => "[^\\s\\S]".to_owned(),
        names => format!("(?-u)(?:^|[ -])(?:{names})(?:[ -]|$)"),
    };
    let names =
        RegexSet::new(file.furniture.iter().map(whole)).unwrap_or_else(|e| panic!("data/intake/furniture.toml: {e}"));
    Rules { rules: file.furniture, names }
});

/// The attribute that carries the index of a rule through the search for the article.
pub(super) const MARK: &str = "data-variorum-furniture";
/// Index, in [`MARK`], of a block that is nothing but a link.
const LONE_LINK: &str = "link";

/// Elements that are never furniture, whatever they are called.
const FRAMES: &[&str] =
    &["html", "head", "body", "article", "main", "h1", "meta", "link", "title", "script", "table", "tbody", "td", "tr"];
/// Elements that stand inside sentences: a link to a page of a topic, a marked word.
const INLINE: &[&str] = &["a", "abbr", "b", "em", "i", "mark", "q", "strong", "u"];
/// An element with this share of the page's prose is no furniture, in percent.
const MOST_PROSE: usize = 25;

/// The reason that a marked element stands for.
pub(super) fn reason(node: &NodeRef<'_>) -> Option<&'static str> {
    let mark = node.attr(MARK)?;
    match mark.parse::<usize>() {
        Ok(i) => RULES.rules.get(i).map(|r| r.reason.as_str()),
        Err(_) => (&*mark == LONE_LINK).then_some("link to another article"),
    }
}

/// Takes furniture out of the page, or marks it. Gives the reasons of what was taken out, with counts of elements that
/// held text.
pub(super) fn mark(outline: &[Item<'_>]) -> BTreeMap<&'static str, usize> {
    let prose = outline.first().map_or(0, |root| root.prose);
    let text = outline.first().map_or(0, |root| root.text);
    let mut gone = vec![false; outline.len()];
    let mut marked: Vec<Option<usize>> = vec![None; outline.len()];
    let mut left_out: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut known: HashMap<String, Option<usize>> = HashMap::new();
    for (i, item) in outline.iter().enumerate() {
        if gone[item.parent] && item.parent != i {
            gone[i] = true;
            continue;
        }
        // A page may carry our attribute already.
        item.node.remove_attr(MARK);
        // The search for the article replaces elements by what they hold: what is in furniture carries its mark as well.
        if let Some(outer) = marked[item.parent] {
            marked[i] = Some(outer);
            item.node.set_attr(MARK, &outer.to_string());
            continue;
        }
        if FRAMES.contains(&item.name.as_str()) {
            continue;
        }
        let Some(found) = rule(item, &mut known) else {
            if is_lone_link(item) {
                item.node.set_attr(MARK, LONE_LINK);
            }
            continue;
        };
        let much = item.prose * 100 > prose * MOST_PROSE || (prose * 4 < text && item.text * 100 > text * MOST_PROSE);
        let is_prose = RULES.rules[found].most_prose.is_some_and(|most| item.prose > most);
        if (much && item.text > 200) || is_prose {
            continue;
        }
        if RULES.rules[found].keep {
            marked[i] = Some(found);
            item.node.set_attr(MARK, &found.to_string());
        } else {
            gone[i] = true;
            if item.text > 0 {
                *left_out.entry(&RULES.rules[found].reason).or_default() += 1;
            }
            item.node.remove_from_parent();
        }
    }
    left_out
}

fn rule(item: &Item<'_>, known: &mut HashMap<String, Option<usize>>) -> Option<usize> {
    let rules = &RULES.rules;
    let by_tag = rules.iter().position(|r| r.tags.contains(&item.name));
    let element = item.node.element_ref()?;
    let (mut names, mut role) = (String::new(), None);
    for attr in &element.attrs {
        match &*attr.name.local {
            "class" | "id" => {
                names.push(' ');
                names.push_str(&attr.value);
            }
            "role" => role = rules.iter().position(|r| r.roles.iter().any(|x| **x == *attr.value)),
            "itemprop" if &*attr.value == "caption" || &*attr.value == "author" => {
                names.push(' ');
                names.push_str(&attr.value);
            }
            _ => {}
        }
    }
    let by_name = match names.is_empty() {
        true => None,
        false => match known.get(&names) {
            Some(found) => *found,
            None => {
                let found = RULES.names.matches(&hyphened(&names)).iter().next();
                known.insert(names, found);
                found
            }
        },
    };
    // A name says more than a tag: <aside class="newsletter">.
    let is_inline = INLINE.contains(&item.name.as_str());
    let by_name = by_name.filter(|n| !is_inline || !rules[*n].keep);
    let by_name = by_name.filter(|n| by_tag.is_none_or(|t| rules[t].keep || !rules[*n].keep));
    by_name.or(by_tag).or(role)
}

/// `articleCaption__text` → `article-caption-text`.
fn hyphened(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    let mut lower = false;
    for c in names.chars() {
        if c.is_ascii_uppercase() {
            if lower {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
            lower = false;
        } else if c.is_ascii_alphanumeric() {
            out.push(c);
            lower = true;
        } else {
            let c = if c.is_whitespace() { ' ' } else { '-' };
            if !(out.ends_with('-') && c == '-') {
                out.push(c);
            }
            lower = false;
        }
    }
    out
}

/// Shortest and longest text of a block that is a link to another article, in bytes.
const LONE: std::ops::RangeInclusive<usize> = 20..=240;

/// A paragraph, a heading or a list item that is nothing but a link. Prose does not link whole paragraphs.
fn is_lone_link(item: &Item<'_>) -> bool {
    let is_block = matches!(item.name.as_str(), "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "li");
    is_block && LONE.contains(&item.text) && item.linked == item.text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    fn found(tag: &str) -> Option<String> {
        let doc = dom_query::Document::from(format!("<body>{tag}Words</body>"));
        let outline = super::super::tree::outline(&doc, &Options::default()).unwrap();
        // Table parts do not stand by themselves.
        let item = outline.iter().rev().find(|i| !FRAMES.contains(&i.name.as_str()))?;
        rule(item, &mut HashMap::new()).map(|r| RULES.rules[r].reason.clone())
    }

    #[test]
    fn each_rule_finds_its_examples_and_lets_its_near_misses_pass() {
        let mut wrong = Vec::new();
        for rule in &RULES.rules {
            assert!(!rule.test.is_empty() && !rule.allows.is_empty(), "{} lacks examples", rule.id);
            for tag in &rule.test {
                match found(tag) {
                    Some(reason) if reason == rule.reason => {}
                    other => wrong.push(format!("{} misses {tag}: {other:?}", rule.id)),
                }
            }
            for tag in &rule.allows {
                if let Some(reason) = found(tag) {
                    wrong.push(format!("{}: {tag} is taken for {reason}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn names_are_cut_into_parts() {
        assert_eq!(hyphened("articleCaption__text big"), "article-caption-text big");
    }
}
