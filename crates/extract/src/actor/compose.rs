//! Names put together from the phrases of the register: person + office + state, institution + state.
use super::person::person;
use super::register::{fold, unglue};
use super::words::is_in;
use super::{ActorFinder, ActorKind, ActorMention, Cast, Entry, Hit, StateForm, coreference, described, phrase};
use crate::Reading;
use std::ops::Range;
use variorum_syntax::{Doc, Token};

impl ActorFinder {
    /// The registered or named actor whose head is the token, if it is one.
    pub(super) fn named(&self, reading: &Reading, cast: &Cast, head: usize) -> Option<ActorMention> {
        let doc = &reading.doc;
        let token = doc.token(head);
        if let Some(person) = person(self.words, reading, cast, token) {
            return Some(person);
        }
        let core = phrase::core(doc, head);
        // "The Front of Oria and the Hills" is one name, whatever the parser joins in it.
        let reaches = |h: &&Hit| h.start <= head && head < h.end && (core.end < h.end || h.start + 1 < core.start);
        let whole = |h: &&Hit| reaches(h) && matches!(h.entry, Entry::Organisation(_));
        if let Some(hit) = cast.hits.iter().find(whole) {
            return Some(self.organisation(reading, hit.start..hit.end, head, hit));
        }
        let hits: Vec<Hit> = cast
            .hits
            .iter()
            .filter(|h| h.start >= core.start.saturating_sub(1) && h.end <= core.end)
            .copied()
            .collect();
        let at_head = |h: &&Hit| h.start <= head && head < h.end;
        if let Some(hit) = hits.iter().filter(at_head).find(|h| matches!(h.entry, Entry::Organisation(_))) {
            return Some(self.organisation(reading, core, head, hit));
        }
        // "The Tass agency", "the Houthi group": the noun only says what sort it is; not so "the Houthi-backed group".
        let bare = |h: &&Hit| h.end <= head && doc.token(h.end).tag() != "HYPH";
        if token.pos() == "NOUN"
            && is_in(&self.words.sorts, token)
            && let Some(hit) = hits.iter().filter(bare).find(|h| matches!(h.entry, Entry::Organisation(_)))
        {
            return Some(self.organisation(reading, core.start..head + 1, head, hit));
        }
        if let Some(hit) = hits.iter().filter(at_head).max_by_key(|h| (h.end - h.start, preference(h))) {
            return match hit.entry {
                Entry::Institution(i) => Some(self.institution(reading, cast, &hits, core, head, i, hit)),
                Entry::State(i, form) => self.state(reading, token, hit, i, form),
                Entry::Local(i, StateForm::Name) if acts(token, &self.words.state_locatives, true) => {
                    let mut mention = described(reading, hit.start..hit.end, head, ActorKind::State);
                    mention.state = Some(cast.local_states[i].clone());
                    Some(mention)
                }
                Entry::OrganisationMetonym(_) if acts(token, &self.words.capital_locatives, false) => {
                    Some(self.organisation(reading, core, head, hit))
                }
                _ => None,
            };
        }
        if let Some(i) = self.misspelt_state(token) {
            let hit = Hit { start: core.start, end: core.end, entry: Entry::State(i, StateForm::Name) };
            return self.state(reading, token, &hit, i, StateForm::Name);
        }
        if token.ent_type() == "ORG" && token.pos() == "PROPN" {
            return Some(described(reading, core, head, ActorKind::Organisation));
        }
        None
    }

    /// The state behind an adjective that takes part by itself: "Russian-brokered", "the Armenian side".
    pub(super) fn demonym(&self, reading: &Reading, cast: &Cast, head: usize) -> Option<ActorMention> {
        let hit = cast.hits.iter().find(|h| h.start <= head && head < h.end && matches!(h.entry, Entry::State(..)))?;
        let Entry::State(i, form) = hit.entry else { return None };
        let modifies = form == StateForm::Demonym && modifies(reading.doc.token(head));
        if !modifies && reading.doc.token(head).pos() != "ADJ" || self.is_attitude(&reading.doc, hit.start) {
            return None;
        }
        let mut mention = described(reading, hit.start..hit.end, head, ActorKind::State);
        let state = &self.register.states[i];
        mention.actor.name = if state.de_facto { format!("{} authorities", state.name) } else { state.name.clone() };
        mention.state = Some(state.id.clone());
        Some(mention)
    }

    fn organisation(&self, reading: &Reading, core: Range<usize>, head: usize, hit: &Hit) -> ActorMention {
        let (Entry::Organisation(i) | Entry::OrganisationMetonym(i)) = hit.entry else {
            unreachable!("called with an organisation")
        };
        let org = &self.register.organisations[i];
        let tokens = hit.start.max(core.start)..hit.end;
        let mut mention = described(reading, tokens, head, ActorKind::Organisation);
        mention.actor.name = org.name.clone();
        mention.actor.id = Some(org.id.clone());
        mention.state = org.state.clone();
        mention
    }

    /// "Karovian and Dravian forces": the forces of each, where the words before the noun join states.
    pub(super) fn of_each_state(
        &self,
        reading: &Reading,
        cast: &Cast,
        mention: &ActorMention,
    ) -> Option<Vec<ActorMention>> {
        let institution = mention.institution.filter(|_| mention.state.is_none())?;
        let joined = |i: usize| reading.doc.token(i).dep() == "cc" && reading.doc.token(i).is("and");
        let before = cast.hits.iter().filter(|h| mention.tokens.start <= h.start && h.end <= mention.head);
        let mut states: Vec<(usize, usize)> = Vec::new();
        for hit in before {
            if let Entry::State(state, _) = hit.entry
                && !states.iter().any(|(s, _)| *s == state)
            {
                states.push((state, hit.start));
            }
        }
        let [(_, first), .., (_, last)] = states.as_slice() else { return None };
        if !(*first..*last).any(joined) || states.iter().any(|(_, at)| self.is_not_whose(&reading.doc, *at)) {
            return None;
        }
        let each = |&(state, _): &(usize, usize)| {
            let mut one = mention.clone();
            one.candidates.clear();
            self.own(&mut one, state, institution);
            one
        };
        Some(states.iter().map(each).collect())
    }

    /// "Karovia Lethania and Drenn": states in a row whose comma was lost, the last of which the parser takes for their head.
    pub(super) fn states_in_a_row(&self, reading: &Reading, cast: &Cast, head: usize) -> Option<Vec<ActorMention>> {
        let doc = &reading.doc;
        let token = doc.token(head);
        if token.dep() != "conj" && token.child("conj").is_none() {
            return None;
        }
        let states: Vec<(&Hit, usize, StateForm)> = cast
            .hits
            .iter()
            .filter_map(|hit| match hit.entry {
                Entry::State(i, form) if doc.token(hit.start).pos() == "PROPN" => Some((hit, i, form)),
                _ => None,
            })
            .collect();
        let last = *states.iter().find(|(hit, ..)| hit.start <= head && head < hit.end)?;
        // Whether it acts or is a place goes for all.
        self.state(reading, token, last.0, last.1, last.2)?;
        let mut row = vec![last];
        while let Some(before) = states.iter().find(|(hit, i, _)| hit.end == row[0].0.start && *i != row[0].1) {
            row.insert(0, *before);
        }
        let each = |(hit, i, form): &(&Hit, usize, StateForm)| {
            self.state_at(reading, hit.start..hit.end, hit.end - 1, *i, *form)
        };
        (row.len() > 1).then(|| row.iter().map(each).collect())
    }

    #[allow(clippy::too_many_arguments)]
    fn institution(
        &self,
        reading: &Reading,
        cast: &Cast,
        hits: &[Hit],
        core: Range<usize>,
        head: usize,
        institution: usize,
        hit: &Hit,
    ) -> ActorMention {
        let doc = &reading.doc;
        // "Free Karovia Army": a name of its own, and not the army of the state in it.
        let inside = |i: usize| hits.iter().any(|h| h.start <= i && i < h.end);
        let own_word = |i: usize| {
            let token = doc.token(i);
            token.pos() == "PROPN"
                && token.text().starts_with(char::is_uppercase)
                && !inside(i)
                && self.words.own_names.iter().any(|w| token.is(w))
        };
        if core.clone().take_while(|&i| i < head).any(own_word) {
            return described(reading, core, head, ActorKind::Organisation);
        }
        // "The Karovian interim government": whose it is, its name does not tell.
        if core.clone().take_while(|&i| i < head).any(|i| is_in(&self.words.rivals, doc.token(i))) {
            return described(reading, core, head, ActorKind::Description);
        }
        let mut mention = described(reading, core, head, ActorKind::Institution);
        mention.institution = Some(institution);
        let outside = |h: &&Hit| (h.start < hit.start || h.start >= hit.end) && !self.is_not_whose(doc, h.start);
        let states: Vec<usize> = hits
            .iter()
            .filter(outside)
            .filter_map(|h| match h.entry {
                Entry::State(i, _) => Some(i),
                _ => None,
            })
            .collect();
        let local = hits.iter().filter(outside).find_map(|h| match h.entry {
            Entry::Local(i, _) => Some(&cast.local_states[i]),
            _ => None,
        });
        if let (Some(name), []) = (local, states.as_slice()) {
            mention.actor.name = self.register.institutions[institution].name.replace("{state}", name);
            mention.state = Some(name.clone());
        } else if let ([_], true) = (states.as_slice(), shares_noun(doc, &mention.tokens, head)) {
            // "Karovian and regime forces": not Karovia's alone.
        } else if let [state] = states.as_slice() {
            let kin = self.kin_in_report(cast, *state);
            if kin.is_empty() || !self.register.institutions[institution].shared {
                self.own(&mut mention, *state, institution);
            } else {
                // "Armenian forces" may be Armenia's or Karabakh's: the words stand, both are kept.
                mention.candidates = std::iter::once(*state)
                    .chain(kin)
                    .map(|s| {
                        self.register.institutions[institution].name.replace("{state}", &self.register.states[s].name)
                    })
                    .collect();
            }
        } else if states.is_empty() {
            // "his army", "its forces": whose they are is said by the pronoun.
            let owner = doc.token(head).children().find(|c| c.dep() == "poss" && c.tag() == "PRP$");
            if let Some(owner) = owner {
                let whose = self.resolve(reading, cast, owner.i());
                if let Some(i) =
                    whose.state.as_ref().and_then(|id| self.register.states.iter().position(|s| s.id == *id))
                {
                    self.own(&mut mention, i, institution);
                }
            } else {
                coreference::own_by_kind(self, reading, cast, &mut mention, institution);
            }
        }
        mention
    }

    /// Authorities of the same people that the report speaks of.
    fn kin_in_report(&self, cast: &Cast, state: usize) -> Vec<usize> {
        let kin = |s: usize| self.register.states[s].kin.as_deref() == Some(self.register.states[state].id.as_str());
        let mut found: Vec<usize> = cast
            .hits
            .iter()
            .filter_map(|h| match h.entry {
                Entry::State(s, StateForm::Name) if kin(s) => Some(s),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The state that a phrase of the register belongs to.
    pub(super) fn state_of(&self, cast: &Cast, hit: &Hit) -> Option<String> {
        match hit.entry {
            Entry::State(i, _) => Some(self.register.states[i].id.clone()),
            Entry::Organisation(i) => self.register.organisations[i].state.clone(),
            Entry::Local(i, _) => Some(cast.local_states[i].clone()),
            _ => None,
        }
    }

    /// Gives an institution its state.
    pub(super) fn own(&self, mention: &mut ActorMention, state: usize, institution: usize) {
        let (state, institution) = (&self.register.states[state], &self.register.institutions[institution]);
        mention.actor.name = institution.name.replace("{state}", &state.name);
        mention.actor.id = Some(format!("{}.{}", state.id, institution.id));
        mention.state = Some(state.id.clone());
    }

    fn state(&self, reading: &Reading, token: Token<'_>, hit: &Hit, i: usize, form: StateForm) -> Option<ActorMention> {
        match form {
            StateForm::Metonym if !acts(token, &self.words.capital_locatives, false) => return None,
            StateForm::Name if !acts(token, &self.words.state_locatives, true) => return None,
            StateForm::Demonym if token.pos() == "ADJ" || modifies(token) => return None,
            _ => {}
        }
        let tokens = phrase::trim(&reading.doc, hit.start..hit.end.max(token.i() + 1));
        Some(self.state_at(reading, tokens, token.i(), i, form))
    }

    /// A state by any of its names.
    fn state_at(
        &self,
        reading: &Reading,
        tokens: Range<usize>,
        head: usize,
        i: usize,
        form: StateForm,
    ) -> ActorMention {
        let state = &self.register.states[i];
        let mut mention = described(reading, tokens, head, ActorKind::State);
        match form {
            StateForm::Demonym => mention.kind = ActorKind::Description,
            _ if state.de_facto => {
                mention.actor.name = format!("{} authorities", state.name);
                mention.actor.id = Some(format!("{}.authorities", state.id));
            }
            _ => {
                mention.actor.name = state.name.clone();
                mention.actor.id = Some(format!("{}.gov", state.id));
            }
        }
        mention.state = Some(state.id.clone());
        mention
    }

    /// "Pro-Karovian forces", "Karovian-backed forces": they are not Karovia's.
    fn is_not_whose(&self, doc: &Doc, start: usize) -> bool {
        let hyphen = doc.get(start + 1).is_some_and(|t| t.is("-"));
        let backed = hyphen && doc.get(start + 2).is_some_and(|t| is_in(&self.words.backing, t));
        backed || self.is_attitude(doc, start)
    }

    /// "Pro-Karovian", "ethnic Karovians".
    fn is_attitude(&self, doc: &Doc, start: usize) -> bool {
        let before = |n: usize| start.checked_sub(n).map(|i| doc.token(i));
        let word = match before(1) {
            Some(t) if t.text() == "-" => before(2),
            other => other,
        };
        word.is_some_and(|t| is_in(&self.words.attitudes, t))
    }

    /// A proper noun one letter off a long state name ("Karabah", "Azerbaidjan").
    fn misspelt_state(&self, token: Token<'_>) -> Option<usize> {
        const SHORTEST: usize = 7;
        let word = fold(unglue(token.text()));
        if token.pos() != "PROPN" || word.len() < SHORTEST {
            return None;
        }
        let near = |name: &str| {
            name.split(['-', ' ']).next_back().is_some_and(|last| {
                last.len() >= SHORTEST
                    && last.chars().next() == word.chars().next()
                    && strsim::osa_distance(last, &word) == 1
            })
        };
        let mut found = self.register.states.iter().enumerate().filter(|(_, s)| near(&s.name.to_lowercase()));
        match (found.next(), found.next()) {
            (Some((i, _)), None) => Some(i),
            _ => None,
        }
    }
}

/// Which reading of the same words to take: "U.S." is a state before it is a demonym.
fn preference(hit: &Hit) -> u8 {
    match hit.entry {
        Entry::Institution(_) => 3,
        Entry::State(_, StateForm::Name) => 2,
        Entry::State(_, StateForm::Demonym) | Entry::Local(..) => 1,
        _ => 0,
    }
}

/// True where a name does or suffers something, rather than being where something is. Elsewhere the name of a state acts,
/// that of its capital does not.
fn acts(token: Token<'_>, locatives: &[String], otherwise: bool) -> bool {
    match token.dep() {
        "conj" | "appos" if !token.is_root() => acts(token.head(), locatives, otherwise),
        "pobj" => !is_in(locatives, token.head()),
        "nsubj" | "nsubjpass" | "agent" | "dative" | "poss" | "dobj" => true,
        _ => otherwise,
    }
}

/// Words joined by "and" stand before the noun: it is of both.
fn shares_noun(doc: &Doc, tokens: &Range<usize>, head: usize) -> bool {
    (tokens.start..head.min(tokens.end)).any(|i| doc.token(i).dep() == "cc" && doc.token(i).is("and"))
}

/// "The Karovian offensive", also where the parser takes the people for a name.
fn modifies(people: Token<'_>) -> bool {
    matches!(people.dep(), "compound" | "nmod" | "amod") && people.head().i() > people.i()
}
