//! What nouns count: deaths, tolls, lives, bodies, rolls of the dead.
use super::attach::Scene;
use super::counted::Kind;
use super::trigger::Trigger;

impl Scene<'_, '_, '_> {
    pub(super) fn of_nominal(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let end = trigger.tokens.end;
        // "Death to the invader": a wish.
        let wish = trigger.tokens.start == self.sent.start && self.word(end) == "to";
        if wish && trigger.entry.measure == "killed" {
            return Vec::new();
        }
        if matches!(self.word(end), "of" | "to") || self.word(end - 1) == "to" {
            let from = if self.word(end - 1) == "to" { end } else { end + 1 };
            return self.right_list(t, self.right(from));
        }
        // "the fatal shooting on Monday of a guard": the phrase hangs on the noun over a date.
        let head = self.text.doc.token(trigger.head);
        let of = head.rights().find(|c| c.dep() == "prep" && c.is("of") && c.i() > end);
        let dated = |of: usize| {
            (end..of).all(|i| {
                matches!(self.text.doc.token(i).ent_type(), "DATE" | "TIME") || self.text.doc.token(i).pos() == "ADP"
            })
        };
        if let Some(of) = of.filter(|of| of.i() <= end + 4 && dated(of.i())) {
            return self.right_list(t, self.right(of.i() + 1));
        }
        // "the man's death", "John Smith's shooting death"
        let mut at = trigger.tokens.start;
        while at > self.sent.start
            && matches!(self.text.doc.token(at - 1).pos(), "ADJ" | "NOUN")
            && at + 3 > trigger.tokens.start
            && self.owner_of(at - 1).is_none()
        {
            at -= 1;
        }
        if at > self.sent.start && matches!(self.word(at - 1), "'s" | "'") {
            return at.checked_sub(2).and_then(|i| self.owner_of(i)).into_iter().collect();
        }
        Vec::new()
    }

    pub(super) fn of_toll(&self, t: usize) -> Vec<usize> {
        let w = &self.lexicon.syntax;
        let from = self.triggers[t].tokens.end;
        let until = self.sent.end.min(from + TOLL_WINDOW);
        let near = |c: &usize| {
            let start = self.counted[*c].tokens.start;
            let before = self.word(start.wrapping_sub(1));
            // "The toll may rise because of a number of hurt"
            let because = before == "of" && self.word(start.wrapping_sub(2)) == "because";
            start == from || w.toll_links.contains(before) && !because
        };
        let hurt = |c: usize| {
            let words = self.counted[c].tokens.start..self.counted[c].tokens.end + 1;
            words.filter_map(|i| self.trigger_of(i)).any(|o| o != t && self.triggers[o].entry.measure == "wounded")
        };
        let candidates: Vec<usize> = (0..self.counted.len())
            .filter(|&c| {
                let counted = &self.counted[c];
                counted.tokens.start >= from
                    && counted.tokens.start < until
                    && counted.kind == Kind::Numeric
                    && matches!(counted.class, "none" | "person" | "casualty" | "deaths")
                    && !hurt(c)
            })
            .collect();
        let linked = candidates.iter().copied().find(near).or_else(|| self.before_toll(t));
        // "rose from 10 to 12"
        let after_from = linked.and_then(|c| {
            let from_before = self.word(self.counted[c].tokens.start.wrapping_sub(1)) == "from";
            candidates.iter().copied().find(|&d| d > c && from_before)
        });
        after_from.or(linked).into_iter().collect()
    }

    /// "bringing to 45 the number killed"
    fn before_toll(&self, t: usize) -> Option<usize> {
        let mut at = self.triggers[t].tokens.start;
        while at > self.sent.start && matches!(self.word(at - 1), "the" | "overall" | "total" | "its") {
            at -= 1;
        }
        let counted = at.checked_sub(1).and_then(|i| self.owner_of(i))?;
        let start = self.counted[counted].tokens.start;
        (self.counted[counted].kind == Kind::Numeric && start > self.sent.start && self.word(start - 1) == "to")
            .then_some(counted)
    }

    pub(super) fn of_lives(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let mut at = trigger.tokens.end;
        if self.word(at) == "of" {
            at += 1;
        }
        while matches!(self.word(at), "the" | "up") {
            at += 1;
        }
        if matches!(self.word(at), "lives" | "life") && self.word(at + 1) == "of" {
            return self.right_list(t, self.right(at + 2));
        }
        let lives = |c: &usize| self.counted[*c].class == "lives" && self.counted[*c].kind == Kind::Numeric;
        let right = self.right(trigger.tokens.end).filter(lives);
        right.or_else(|| self.left(trigger.tokens.start).counted.filter(lives)).into_iter().collect()
    }

    pub(super) fn of_counting(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let owner = self.owner_of(trigger.tokens.end - 1);
        owner
            .filter(|&c| self.counted[c].kind == Kind::Numeric && self.counted[c].head == trigger.tokens.end - 1)
            .filter(|&c| !self.is_none_of(c))
            // "One of the blasts wrecked ten homes" does not say how many blasts there were.
            .filter(|&c| {
                trigger.entry.measure != "other" || !self.counted[c].partitive && self.counts_several(c, trigger)
            })
            .into_iter()
            .collect()
    }

    /// "Three explosions", and not "the Six Day War" nor "the 1879 war".
    fn counts_several(&self, counted: usize, trigger: &Trigger) -> bool {
        self.text.is_plural(trigger.head) || self.counted[counted].quantity.value == Some(1.0)
    }

    /// "None of the dead has been named" does not say that nobody is dead.
    fn is_none_of(&self, counted: usize) -> bool {
        self.counted[counted].partitive && self.counted[counted].quantity.is_zero()
    }

    /// "those killed in the attack included six women and a child"
    pub(super) fn of_roll(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        // "five of the dead were children"
        let part = self.owner_of(trigger.tokens.start).filter(|&c| self.counted[c].partitive);
        if part.is_some_and(|c| self.is_none_of(c)) {
            return Vec::new();
        }
        if part.is_some() {
            return part.into_iter().collect();
        }
        let until = self.sent.end.min(trigger.tokens.end + ROLL_WINDOW);
        let verb = (trigger.tokens.end..until).find(|&i| trigger.entry.needs.contains(&self.text.words[i]));
        let Some(verb) = verb else { return Vec::new() };
        self.right_list(t, self.right(verb + 1))
    }

    pub(super) fn of_bodies(&self, t: usize) -> Vec<usize> {
        let trigger = &self.triggers[t];
        let entry = trigger.entry;
        let near =
            trigger.tokens.start.saturating_sub(6).max(self.sent.start)..self.sent.end.min(trigger.tokens.end + 5);
        let Some(noun) = near.clone().find(|&i| entry.nouns.contains(&self.text.words[i])) else { return Vec::new() };
        if self.word(noun + 1) == "of" {
            return self.right_list(t, self.right(noun + 2));
        }
        self.owner_of(noun).filter(|&c| self.counted[c].kind == Kind::Numeric).into_iter().collect()
    }
}

/// How far after "those killed" its verb may stand, in tokens.
const ROLL_WINDOW: usize = 10;
/// How far after "toll" its number may stand, in tokens.
const TOLL_WINDOW: usize = 24;
