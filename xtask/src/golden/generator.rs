//! Texts from templates: slots are filled at random, then the text is bent the way real ones are.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Templates {
    slots: BTreeMap<String, Vec<String>>,
    sentence: Vec<Template>,
    headline: Vec<Template>,
}

#[derive(Deserialize)]
struct Template {
    text: String,
}

/// Xorshift: the same texts everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn one<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// Makes `n` texts.
pub fn texts(templates: &str, n: usize) -> Result<Vec<String>> {
    let templates: Templates = toml::from_str(templates).context("templates.toml")?;
    let mut random = Random(0x5eed_5eed_5eed_5eed);
    (0..n).map(|i| text(&templates, i, &mut random)).collect()
}

fn text(templates: &Templates, i: usize, random: &mut Random) -> Result<String> {
    let mut sentences = Vec::new();
    for _ in 0..1 + random.below(4) {
        let template = random.one(&templates.sentence);
        sentences.push(capitalised(&fill(&template.text, templates, random)?));
    }
    let headline = fill(&random.one(&templates.headline).text, templates, random)?;
    Ok(match i % 16 {
        0 => sentences.join(" ").to_uppercase(),
        1 => format!("{}\n\n{}", headline.to_uppercase(), sentences.join(" ")),
        2 => sentences.iter().map(|s| format!("• {s}\n")).collect(),
        3 => sentences.iter().map(|s| format!(" - {s}\n")).collect(),
        4 => sentences.join(" ").replace(" \"", " “").replace('"', "”").replace('\'', "’"),
        5 => sentences.join("  ").replace(' ', "\u{a0}"),
        6 => sentences.join("\r\n\r\n"),
        7 => sentences.join(" ").to_lowercase(),
        8 => format!("{}\t{}", capitalised(&headline), sentences.join("\t")),
        9 => sentences.join("").replace(", ", ","),
        10 => format!("({}) [{}]", capitalised(&headline), sentences.join(" | ")),
        11 => sentences.join(" ").replace(" - ", "—").replace('-', "‐"),
        12 => sentences.iter().enumerate().map(|(k, s)| format!("{}) {s}\n", k + 1)).collect(),
        _ => sentences.join(" "),
    })
}

fn fill(template: &str, templates: &Templates, random: &mut Random) -> Result<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').with_context(|| format!("slot is not closed: {template}"))?;
        let words = templates.slots.get(slot).with_context(|| format!("no slot {slot}: {template}"))?;
        out.push_str(before);
        out.push_str(random.one::<String>(words));
        rest = after;
    }
    Ok(out + rest)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
