//! One event for one happening: triggers of one clause that tell the same are joined.
use super::draft::Draft;
use super::lexicon::Family;
use super::pattern::Part;
use super::view::{View, is_verb};
use std::collections::HashMap;

impl View<'_> {
    /// Joins drafts of one happening, drops nouns that tell nothing by themselves and speech with an event in it.
    pub fn merge(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
        let by_head: HashMap<usize, usize> =
            slots.iter().enumerate().map(|(n, d)| (d.as_ref().map_or(usize::MAX, |d| d.head), n)).collect();
        // Nouns and adjectives told by a verb stand for it: "resulted in the deaths of", "left two dead".
        let by_anchor: HashMap<usize, usize> = slots
            .iter()
            .enumerate()
            .filter_map(|(n, d)| d.as_ref().filter(|d| d.part != Part::Verb && !d.nominal).map(|d| (d.anchor, n)))
            .collect();
        // From the end, so that what hangs deeper is mostly joined before what it hangs on.
        for n in (0..slots.len()).rev() {
            let Some(target) = slots[n].as_ref().and_then(|d| self.joins(d, &by_head, &by_anchor, &slots)) else {
                continue;
            };
            if target == n {
                continue;
            }
            if let Some(draft) = slots[n].take() {
                match &mut slots[target] {
                    Some(into) => self.join(into, draft),
                    None => slots[n] = Some(draft),
                }
            }
        }
        for draft in slots.iter_mut().flatten() {
            if self.lexicon.entries[draft.entry].by_means
                && let Some(kind) = self.kind_by_means(draft)
                && (matches!(draft.kind.as_str(), "attack" | "destruction")
                    || self.rank(&kind) < self.rank(&draft.kind))
            {
                draft.kind = kind;
            }
        }
        for slot in &mut slots {
            let tells = slot.as_ref().is_none_or(|d| self.tells_something(d));
            if !tells {
                *slot = None;
            }
        }
        self.drop_speech_with_content(&mut slots);
        slots.into_iter().flatten().collect()
    }

    /// Place of a type among those that means give; the more specific is lower.
    fn rank(&self, kind: &str) -> usize {
        self.lexicon.means_rank.get(kind).copied().unwrap_or(usize::MAX)
    }

    fn family(&self, draft: &Draft) -> Family {
        self.lexicon.entries[draft.entry].family
    }

    /// The draft that this one is only a part of.
    fn joins(
        &self,
        draft: &Draft,
        by_head: &HashMap<usize, usize>,
        by_anchor: &HashMap<usize, usize>,
        slots: &[Option<Draft>],
    ) -> Option<usize> {
        let at = |head: usize| {
            let by_head = by_head.get(&head).copied();
            by_head.or_else(|| by_anchor.get(&head).copied()).filter(|&n| slots[n].is_some())
        };
        let family = self.family(draft);
        let token = self.token(draft.head);
        if draft.part == Part::Verb || (draft.part == Part::Adjective && family == Family::Casualty) {
            if family != Family::Casualty {
                // "12 died when a bomb exploded": the cause joins the toll.
                if family == Family::Violence
                    && token.dep() == "advcl"
                    && is_verb(token.head())
                    && self.is_when(draft.head)
                {
                    let above = at(token.head().i())?;
                    let other = slots[above].as_ref()?;
                    return (self.family(other) == Family::Casualty && !draft.outlook_differs(other)).then_some(above);
                }
                return None;
            }
            // "killed … and wounded …"; "bombed the town, killing …"; "opened fire, killing …".
            let head = match token.dep() {
                "pobj" if draft.part == Part::Adjective => token.head().head().i(),
                "conj" | "advcl" => token.head().i(),
                "pcomp" => self.governor(draft.head)?,
                _ => return None,
            };
            let above = at(head)?;
            let other = slots[above].as_ref()?;
            let same = match (token.dep(), self.family(other)) {
                ("conj" | "pobj", Family::Casualty) => true,
                ("conj", Family::Violence) => draft.participants.agents == other.participants.agents,
                ("advcl", Family::Casualty) => {
                    token.tag() == "VBG" || token.head().i() < draft.head && self.is_while(draft.head)
                }
                ("advcl" | "pcomp", Family::Violence | Family::Damage) => token.tag() == "VBG",
                _ => false,
            };
            return same.then_some(above);
        }
        if draft.part != Part::Noun {
            return None;
        }
        let violent = matches!(family, Family::Violence | Family::Casualty);
        // A noun that is an argument of a verb of the same happening: "attacks killed 32", "died in the shelling".
        let mut at_token = if draft.nominal { draft.anchor } else { return None };
        for _ in 0..4 {
            let t = self.token(at_token);
            if t.dep() == "conj" && t.head().pos() == "NOUN" {
                at_token = t.head().i();
                continue;
            }
            let head = match t.dep() {
                "nsubj" | "nsubjpass" | "dobj" => t.head().i(),
                "pobj" => {
                    let prep = self.token(t.head().i());
                    prep.head().i()
                }
                "compound" => t.head().i(),
                _ => return None,
            };
            if let Some(above) = at(head) {
                let other = slots[above].as_ref()?;
                let joins = match self.family(other) {
                    _ if other.kind == draft.kind => true,
                    _ if !violent => false,
                    Family::Casualty | Family::Damage => true,
                    Family::Violence => draft.participants.patients.is_empty(),
                    _ => false,
                };
                return joins.then_some(above);
            }
            if !matches!(self.token(head).pos(), "NOUN" | "NUM" | "ADJ") {
                return None;
            }
            at_token = head;
        }
        None
    }

    fn is_when(&self, verb: usize) -> bool {
        self.token(verb)
            .children()
            .any(|c| matches!(c.dep(), "advmod" | "mark") && c.is_any(&["when", "after", "as", "while", "because"]))
    }

    fn is_while(&self, verb: usize) -> bool {
        self.token(verb).children().any(|c| c.dep() == "mark" && c.is_any(&["while", "and", "as"]))
    }

    fn join(&self, into: &mut Draft, part: Draft) {
        let (whole, piece) = (self.family(into), self.family(&part));
        if matches!(whole, Family::Casualty | Family::Damage) && piece == Family::Violence
            || into.kind == "attack" && part.kind != "attack"
        {
            let mut part_kind = part.kind.clone();
            if part_kind == "attack"
                && self.lexicon.entries[part.entry].by_means
                && let Some(kind) = self.kind_by_means(&part)
            {
                part_kind = kind;
            }
            if self.rank(&part_kind) <= self.rank(&into.kind) {
                into.kind = part_kind;
            }
        }
        // The violent noun is no agent itself: whose it is is.
        into.participants.agents.retain(|&a| a != part.anchor && a != part.head);
        into.participants.patients.retain(|&a| a != part.anchor && a != part.head);
        if into.participants.agents.is_empty() {
            into.participants.agents = part.participants.agents.clone();
        }
        for &place in &part.participants.places {
            into.participants.put(super::lexicon::Role::Place, place);
        }
        for &patient in &part.participants.patients {
            into.participants.put(super::lexicon::Role::Patient, patient);
        }
        into.tokens.extend(&part.tokens);
    }

    /// A noun alone tells nothing: it needs a verb, a participant, a place or to be one that counts bare.
    fn tells_something(&self, draft: &Draft) -> bool {
        if !draft.nominal || draft.part != Part::Noun {
            return true;
        }
        let entry = &self.lexicon.entries[draft.entry];
        let all = &draft.participants;
        entry.bare || !all.agents.is_empty() || !all.patients.is_empty() || !all.places.is_empty()
    }

    /// "accused them of shelling the town" is about the shelling.
    fn drop_speech_with_content(&self, slots: &mut [Option<Draft>]) {
        let mut with_content = Vec::new();
        for draft in slots.iter().flatten().filter(|d| self.family(d) != Family::Speech) {
            let mut at = self.token(draft.head);
            for _ in 0..10 {
                if at.is_root() || matches!(at.dep(), "relcl" | "advcl" | "nsubj" | "nsubjpass") {
                    break;
                }
                if at.dep() == "conj" && is_verb(at.head()) && at.children().any(|c| c.dep() == "nsubj") {
                    break;
                }
                at = at.head();
                with_content.push(at.i());
            }
        }
        for slot in slots.iter_mut() {
            let drop = slot.as_ref().is_some_and(|d| {
                let entry = &self.lexicon.entries[d.entry];
                entry.family == Family::Speech && !entry.nests && with_content.contains(&d.head)
            });
            if drop {
                *slot = None;
            }
        }
    }
}

impl Draft {
    fn outlook_differs(&self, other: &Draft) -> bool {
        self.outlook.polarity() != other.outlook.polarity()
    }
}
