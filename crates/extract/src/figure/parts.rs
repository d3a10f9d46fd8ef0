//! Wholes, their parts, and lists: "200 people, including 10 civilians and a nurse".
use super::counted::{Counted, Kind};
use super::lexicon::Lexicon;
use super::text::Text;

impl Lexicon {
    /// Marks phrases that count a part of the one before: "200 people, including 10 civilians".
    pub(super) fn link_parts(&self, text: &Text, found: &mut [Counted]) {
        let w = &self.syntax;
        let mut host: Option<usize> = None;
        for i in 0..found.len() {
            let start = found[i].tokens.start;
            let before = if start > 0 { text.word(start - 1) } else { "" };
            let opened = w.subset_openers.contains(before)
                || (before == "were" && start > 1 && w.subset_openers.contains(text.word(start - 2)));
            // "Of the 90 villagers, 15 were killed": 15 villagers.
            if i > 0 && is_fronted(text, &found[i - 1]) && found[i].class == "none" {
                (found[i].class, found[i].category) = (found[i - 1].class, found[i - 1].category);
            }
            let personal = |c: &Counted| matches!(c.class, "person" | "none" | "deaths" | "casualty" | "unknown");
            let earlier = (i.saturating_sub(12)..i)
                .rev()
                .find(|&j| found[j].host.is_none() && found[j].kind == Kind::Numeric && personal(&found[j]));
            // "two medics were among 31 people killed": the whole comes second.
            if matches!(before, "among" | "amongst") && i > 0 && found[i].kind == Kind::Numeric && personal(&found[i]) {
                let gap = found[i - 1].tokens.end..start - 1;
                let linked = gap.len() <= 3
                    && gap.clone().all(|k| {
                        w.be.contains(&text.words[k])
                            || w.transparent.contains(&text.words[k])
                            || w.have.contains(&text.words[k])
                    });
                if linked && found[i - 1].host.is_none() && personal(&found[i - 1]) {
                    found[i - 1].host = Some(i);
                }
                continue;
            }
            if found[i].partitive || (opened && personal(&found[i])) {
                // "Shot six, killing four of them, including a nurse": of the four.
                let beside = i.checked_sub(1).filter(|&j| {
                    let near = opened && start - found[j].tokens.end <= SHORT_GAP;
                    near && found[j].partitive && found[j].kind == Kind::Numeric && !found[i].partitive
                });
                found[i].host = beside.or(earlier.filter(|&j| start - found[j].tokens.end < 14));
                host = found[i].host;
            } else if let Some(h) = host
                && i > 0
                && found[i - 1].host == Some(h)
                && self.lists(text, &found[i - 1], &found[i])
                && found[i].class != "none"
            {
                found[i].host = Some(h);
            }
        }
    }

    /// True when two phrases stand in one list; reports that lost their commas have nothing between.
    pub fn lists(&self, text: &Text, a: &Counted, b: &Counted) -> bool {
        let both = |c: &Counted| matches!(c.kind, Kind::Numeric | Kind::Indefinite) && c.class == "person";
        let adjoin = a.tokens.end == b.tokens.start
            && both(a)
            && both(b)
            && (a.category != b.category || a.kind == Kind::Indefinite);
        // "Pavel Orlik, 20, and Jan Mirek, 17"
        let aged = a.kind != Kind::Numeric
            && text.word(a.tokens.end) == ","
            && text.number(a.tokens.end + 1).is_some_and(|years| years < OLDEST);
        let from = a.tokens.end + if aged { 2 } else { 0 };
        // "Of the 90 villagers, 15 were killed"
        if is_fronted(text, a) {
            return false;
        }
        // "Including a young girl, the governor, Ivo Brandt, said": who says it is not one of them.
        let noun = text.doc.token(b.head);
        let says = noun.dep() == "nsubj" && self.syntax.reporting.contains(&*noun.head().text().to_lowercase());
        if says && noun.head().i() > noun.i() && !text.doc.token(a.head).is_under(noun) {
            return false;
        }
        // "one of the commanders and emir of the valley": one person.
        if text.word(a.start) == "one" && text.word(a.start + 1) == "of" && b.kind == Kind::Bare {
            return false;
        }
        // "Pavel Orlik, 20, Sgt. Mirek said": only "and" tells a list after an age.
        let joined = !aged || (from..b.tokens.start).any(|i| matches!(text.word(i), "and" | "&" | "or"));
        adjoin || joined && self.is_list_gap(text, from, b.tokens.start)
    }

    /// True when only commas and "and" stand between two phrases.
    pub fn is_list_gap(&self, text: &Text, from: usize, to: usize) -> bool {
        let start = from + usize::from(text.word(from) == ",");
        let phrase =
            start < to && self.list_phrases.at(&text.words, start, to).is_some_and(|(len, _)| start + len == to);
        phrase || (from < to && to - from <= 3 && (from..to).all(|i| self.syntax.list_joins.contains(&text.words[i])))
    }
}

/// A whole that opens a sentence or clause, before what is told of its part: "Of the 90 villagers, 15 were killed".
fn is_fronted(text: &Text, whole: &Counted) -> bool {
    let first = text.doc.token(whole.start);
    let of = (first.sent().start..whole.start).rev().take(2).find(|&i| text.word(i) == "of");
    let opens = |of: usize| of == first.sent().start || matches!(text.doc.token(of - 1).pos(), "PUNCT" | "CCONJ");
    whole.kind == Kind::Numeric && text.word(whole.tokens.end) == "," && of.is_some_and(opens)
}

/// Tokens between a part and its own parts: "four of them, including".
const SHORT_GAP: usize = 5;

/// Above this a number beside a name is no age.
pub(super) const OLDEST: f64 = 115.0;
