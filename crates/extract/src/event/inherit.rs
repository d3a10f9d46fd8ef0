//! Victims that are told of after the violence that befell them.
use super::draft::Draft;
use super::lexicon::Family;
use super::merge::Slots;
use super::pattern::Part;
use super::view::is_definite;
use crate::Reading;
use smol_str::SmolStr;
use variorum_syntax::Token;

impl Slots<'_, '_> {
    /// Gives victims of whom nobody says how they came to harm the type of the violence by weapons told just before: in their
    /// sentence, or in the one before it. Those of one sentence have the same agents as well.
    pub fn inherit(&mut self, reading: &Reading) {
        let sentence = |d: &Draft| self.view.token(d.head).sent_index();
        let article = |d: &Draft| reading.article_at(self.view.token(d.head).start());
        let mut inherited = Vec::new();
        for (n, victims) in self.drafts.iter().enumerate() {
            let Some(victims) = victims.as_ref().filter(|d| self.is_unexplained(d)) else { continue };
            let told = self.drafts[..n].iter().rev().flatten();
            let mut told = told.take_while(|d| sentence(victims) - sentence(d) <= 1 && article(d) == article(victims));
            let explains = |d: &&Draft| self.view.lexicon.harms.contains(&d.kind) && !d.outlook_differs(victims);
            let violence = told.find(explains).filter(|d| self.may_be_at_one(victims, d));
            // "Two were hurt on Tuesday": what the sentence before told of may be of another day.
            let dated =
                self.view.arguments(victims.anchor).oblique.iter().any(|&(_, object)| self.view.is_time(object));
            let mut rest = self.drafts[n + 1..].iter().flatten().take_while(|d| sentence(d) == sentence(victims));
            let other = dated || rest.any(|d| self.view.lexicon.harms.contains(&d.kind));
            let violence = violence.filter(|d| !other || sentence(d) == sentence(victims));
            let here = violence.is_some_and(|d| sentence(d) == sentence(victims));
            if let Some(kind) = self.told_after(n).filter(|_| !here) {
                inherited.push((n, kind, Vec::new()));
            } else if let Some(violence) = violence {
                let same = sentence(victims) == sentence(violence);
                let agents = if same { violence.participants.agents.clone() } else { Vec::new() };
                inherited.push((n, violence.kind.clone(), agents));
            }
        }
        for n in 0..self.drafts.len() {
            if let Some(kind) = self.deed_named_before(n, reading) {
                inherited.push((n, kind, Vec::new()));
            }
        }
        inherited.extend((0..self.drafts.len()).filter_map(|n| self.done_by(n).map(|(kind, whose)| (n, kind, whose))));
        let aftermath = (0..self.drafts.len()).filter_map(|n| Some((n, self.befell_before(n)?, Vec::new())));
        inherited.extend(aftermath.collect::<Vec<_>>());
        for (n, kind, agents) in inherited {
            if let Some(victims) = &mut self.drafts[n] {
                victims.kind = kind;
                let all = &mut victims.participants;
                all.agents.extend(agents.into_iter().filter(|a| !all.patients.contains(a)));
            }
        }
    }

    /// "A gas attack hit the town. … The attack killed nine": what is named again by a bare noun is of the type that its longer
    /// name gave it.
    pub fn name_again(&mut self, reading: &Reading) {
        for n in 0..self.drafts.len() {
            if let Some(kind) = self.named_before(n, reading)
                && let Some(draft) = &mut self.drafts[n]
            {
                draft.kind = kind;
            }
        }
    }

    fn named_before(&self, n: usize, reading: &Reading) -> Option<SmolStr> {
        let view = self.view;
        let again = self.drafts[n].as_ref()?;
        let noun = view.token(again.head);
        let bare = noun.children().all(|c| !matches!(c.dep(), "amod" | "compound" | "nmod" | "poss" | "nummod"));
        if again.part != Part::Noun || again.kind != "attack" || !bare || !is_definite(noun) {
            return None;
        }
        let article = |d: &Draft| reading.article_at(view.token(d.head).start());
        let told = self.drafts[..n].iter().rev().flatten();
        let mut told = told.take_while(|d| {
            noun.sent_index() - view.token(d.head).sent_index() <= NAMED_BEFORE && article(d) == article(again)
        });
        let same = |d: &&Draft| d.part == Part::Noun && view.lemma(d.head) == view.lemma(again.head);
        let before = told.find(same)?;
        let kind = match view.lexicon.entries[before.entry].by_means {
            true => view.kind_by_means(before).unwrap_or(before.kind.clone()),
            false => before.kind.clone(),
        };
        (view.lexicon.harms.contains(&kind) && !before.outlook_differs(again)).then_some(kind)
    }

    /// "Nine killed, two hurt in shelling": the only kind of violence that comes after it in the sentence, not as what came
    /// before or besides.
    fn told_after(&self, n: usize) -> Option<SmolStr> {
        let view = self.view;
        let victims = self.drafts[n].as_ref()?;
        let sentence = view.token(victims.head).sent_index();
        let rest = self.drafts[n + 1..].iter().flatten();
        let rest = rest.take_while(|d| view.token(d.head).sent_index() == sentence);
        let mut kinds = rest.filter(|d| view.lexicon.harms.contains(&d.kind) && !d.outlook_differs(victims));
        let first = kinds.next()?;
        let head = view.token(first.head);
        let above = std::iter::once(head).chain(head.ancestors()).take(REACH);
        let besides = above.flat_map(|t| std::iter::once(t).chain(t.children())).any(|t| self.is_apart(t));
        (!besides && kinds.all(|d| d.kind == first.kind) && self.may_be_at_one(victims, first))
            .then(|| first.kind.clone())
    }

    /// "They defused two mines during a sweep. … The sweep ended at dawn": the type of what was done in it.
    fn deed_named_before(&self, n: usize, reading: &Reading) -> Option<SmolStr> {
        let view = self.view;
        let deed = self.drafts[n].as_ref()?;
        let noun = view.token(deed.head);
        let vague =
            view.lexicon.entries[deed.entry].weak && deed.kind == "attack" && deed.participants.patients.is_empty();
        if !vague || noun.pos() != "NOUN" || !noun.children().any(|c| c.dep() == "det" && c.is_any(&["the", "this"])) {
            return None;
        }
        let article = |d: &Draft| reading.article_at(view.token(d.head).start());
        let told = self.drafts[..n].iter().rev().flatten();
        let mut told = told.take_while(|d| {
            noun.sent_index() - view.token(d.head).sent_index() <= DEED_BEFORE && article(d) == article(deed)
        });
        let names_it = |d: &&Draft| {
            let inside = |&i: &usize| view.token(i).dep() == "pobj" && view.lemma(i) == view.lemma(deed.head);
            d.kind != "attack" && d.tokens.iter().any(inside) && !d.outlook_differs(deed)
        };
        told.find(names_it).map(|d| d.kind.clone())
    }

    /// "Was taken to hospital after a shooting", "died after being shot": the type of the violence that the victims are told
    /// to have come from.
    fn befell_before(&self, n: usize) -> Option<SmolStr> {
        let view = self.view;
        let victims = self.drafts[n].as_ref()?;
        if self.family(victims) != Family::Casualty || victims.kind != "attack" {
            return None;
        }
        let context = |t: Token<'_>| view.is(t.i(), &view.lexicon.context_prepositions) && !self.is_apart(t);
        let below = view.token(victims.anchor).children().filter_map(|c| match c.dep() {
            "prep" if context(c) => c.children().find(|o| matches!(o.dep(), "pobj" | "pcomp")),
            "advcl" if c.children().any(|m| matches!(m.dep(), "mark" | "prep") && context(m)) => Some(c),
            _ => None,
        });
        let mut told = below.filter_map(|t| self.drafts[self.with_word(t.i())?].as_ref());
        let violence = told.find(|d| view.lexicon.harms.contains(&d.kind) && !d.outlook_differs(victims));
        violence.map(|d| d.kind.clone())
    }

    /// "A gas attack by the army that killed nine": the type of the violence that is the subject, and whose it was.
    fn done_by(&self, n: usize) -> Option<(SmolStr, Vec<usize>)> {
        let view = self.view;
        let victims = self.drafts[n].as_ref()?;
        if self.family(victims) != Family::Casualty || victims.kind != "attack" || victims.part == Part::Noun {
            return None;
        }
        let subject = view.surface_subject(victims.anchor)?;
        // "… that killed nine" may seem to be said of the army.
        let by = Some(view.token(subject).head()).filter(|by| view.token(subject).dep() == "pobj" && by.is("by"));
        let noun = by.filter(|by| !by.is_root()).map_or(subject, |by| by.head().i());
        let deed = self.drafts[self.with_word(noun)?].as_ref()?;
        let other = deed.head != victims.head && deed.part == Part::Noun && !deed.outlook_differs(victims);
        // "The raid that killed two": it is no agent itself.
        let nobody = victims.participants.agents.iter().all(|&a| self.with_word(a).is_some());
        let whose = if nobody { deed.participants.agents.clone() } else { Vec::new() };
        let kind = deed.kind.as_str();
        (other && (view.lexicon.harms.contains(&deed.kind) || kind == "armed-clash"))
            .then(|| (deed.kind.clone(), whose))
    }

    /// "Before the raid", "despite a raid": it did not kill those told of.
    fn is_apart(&self, t: Token<'_>) -> bool {
        matches!(t.dep(), "prep" | "mark") && self.view.in_named_class(t.i(), "apart")
    }

    /// Victims in a clause of their own, and nothing of how or by whom; not the toll of a whole war ("have been killed").
    fn is_unexplained(&self, draft: &Draft) -> bool {
        let view = self.view;
        let anchor = view.token(draft.anchor);
        let so_far = anchor.children().any(|c| c.is_any(&["has", "have"]) && c.dep() == "aux");
        let elsewhere = |&(prep, object): &(usize, usize)| {
            let part = matches!(view.preposition(prep), "to" | "include" | "including" | "among");
            !view.is_place_noun(object) && !part && !view.is_time(object)
        };
        // "The attack, which left two dead", "raids killed two": it is that attack.
        let deed = || {
            let subject = view.surface_subject(draft.anchor).filter(|&s| s != draft.head);
            subject.is_some_and(|s| view.token(s).pos() == "NOUN" && view.is_violent(s))
        };
        self.family(draft) == Family::Casualty
            && draft.kind == "attack"
            && draft.part != Part::Noun
            && !deed()
            && draft.participants.agents.is_empty()
            && !so_far
            && !view.arguments(draft.anchor).oblique.iter().any(elsewhere)
    }

    /// Neither is said to be where the other is not.
    fn may_be_at_one(&self, l: &Draft, r: &Draft) -> bool {
        let names =
            |d: &Draft| -> Vec<&str> { d.participants.places.iter().map(|&p| self.view.token(p).text()).collect() };
        let (l, r) = (names(l), names(r));
        l.is_empty() || r.is_empty() || l.iter().any(|name| r.contains(name))
    }
}

/// Steps up from violence to what sets it apart.
const REACH: usize = 4;

/// How many sentences back violence may have its longer name.
const NAMED_BEFORE: usize = 6;
/// How many sentences back a deed that is named again was first told.
const DEED_BEFORE: usize = 3;
