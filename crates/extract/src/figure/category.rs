//! Who is counted: category by the noun, its modifiers, its age, the group after "of".
use super::lexicon::Lexicon;
use super::text::Text;

impl<'l> Lexicon {
    /// "two of the victims were women": who the counted are said to be.
    pub(super) fn predicate_category(&'l self, text: &Text, from: usize, end: usize) -> Option<&'l str> {
        let w = &self.syntax;
        if from >= end || !w.be.contains(&text.words[from]) {
            return None;
        }
        let next = if from + 1 < end && w.transparent.contains(&text.words[from + 1]) { from + 2 } else { from + 1 };
        // "were displaced" tells what befell them, not who they are.
        if self.trigger_forms.at(&text.words, next, end).is_some() {
            return None;
        }
        let (_, class, category) = self.scan_noun(text, next, end, false)?;
        category.filter(|c| class == "person" && *c != "people")
    }

    /// "Three officers and a sergeant of the army", "two deputies" in a report of parties: officers and deputies of others than the
    /// police.
    fn other_rank(&self, text: &Text, noun: usize) -> Option<&'static str> {
        let words = &self.syntax;
        let sentence = text.doc.token(noun).sent();
        let word = text.word(noun);
        if words.officers.contains(word) {
            let police = (sentence.start..sentence.end).any(|i| text.word(i).starts_with("police"));
            let military = (sentence.start..sentence.end).any(|i| words.military.contains(text.word(i)));
            // "Three Karovian officers"
            let national = text.doc.token(noun).children().any(|c| c.dep() == "amod" && c.ent_type() == "NORP");
            return ((military || national) && !police).then_some("soldiers");
        }
        let of_parliament = || text.words.iter().any(|w| words.parliamentary.contains(w.as_str()));
        (words.deputies.contains(word) && of_parliament()).then_some("officials")
    }

    /// Category by the noun and, where it leaves it open, by the words before and the group after "of".
    pub(super) fn category_of(&'l self, text: &Text, noun: usize, from: usize, head: usize) -> &'l str {
        let entry = &self.nouns[noun];
        if matches!(entry.class.as_str(), "lives" | "deaths" | "casualty" | "injuries") {
            return self.modifier_category(text, from, head, false).unwrap_or(&entry.category);
        }
        if entry.class != "person" {
            return &entry.category;
        }
        if let Some(category) = self.modifier_category(text, from, head, true) {
            return category;
        }
        if let Some(years) = text.age_within(from.saturating_sub(4), head)
            && years < ADULT
            && matches!(entry.category.as_str(), "people" | "men" | "women")
        {
            return "children";
        }
        if let Some(other) = self.other_rank(text, head) {
            return other;
        }
        if !entry.neutral {
            return &entry.category;
        }
        if let Some(category) = self.modifier_category(text, from, head, false) {
            return category;
        }
        let next = text.word(head + 1);
        if matches!(next, "of" | "from") {
            let stop = (head + 10).min(text.words.len());
            let stop = (head + 2..stop)
                .find(|&i| {
                    let token = text.doc.token(i);
                    matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD") || matches!(token.text(), "," | "." | ";" | ":")
                })
                .unwrap_or(stop);
            let skipped = |i: &usize| {
                let token = text.doc.token(*i);
                matches!(token.pos(), "DET" | "PRON" | "PUNCT") || self.syntax.definite.contains(&text.words[*i])
            };
            let start = (head + 2..stop).find(|i| !skipped(i)).unwrap_or(stop);
            if let Some((_, "person", Some(category))) = self.scan_noun(text, start, stop, false)
                && category != "men"
            {
                return category;
            }
            if let Some(category) = self.modifier_category(text, head + 2, stop, false) {
                return category;
            }
        }
        &entry.category
    }

    pub(super) fn modifier_category(&'l self, text: &Text, from: usize, to: usize, strong: bool) -> Option<&'l str> {
        let (mut at, mut found) = (from, None);
        while at < to {
            match self.modifier_words.at(&text.words, at, to) {
                Some((len, &id)) => {
                    let (category, is_strong) = self.modifiers[id];
                    if is_strong == strong {
                        found = Some(category);
                    }
                    at += len;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Age from which a person counts as adult.
const ADULT: f64 = 18.0;
