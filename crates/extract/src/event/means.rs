//! Weapons, and the type that the means gives to an event that names none.
use super::draft::Draft;
use super::lexicon::Family;
use super::pattern::Part;
use super::view::View;
use smol_str::SmolStr;
use std::ops::Range;
use variorum_syntax::Token;

impl View<'_> {
    /// The weapon entry at a token with the tokens of its name.
    fn arm_at(&self, i: usize) -> Option<(usize, Range<usize>)> {
        // "Anti-aircraft guns": what they are against is not what they are.
        let hyphen = self.token(i).nbor(-1).filter(|h| h.is("-"));
        if hyphen.and_then(|h| h.nbor(-1)).is_some_and(|prefix| prefix.is("anti")) {
            return None;
        }
        // "In the club", "at a night club": a house.
        let inside =
            |t: Token<'_>| t.dep() == "pobj" && t.head().is_any(&["in", "at", "of", "outside", "inside", "near"]);
        let sort = |t: Token<'_>| t.children().any(|c| c.dep() == "compound");
        if self.in_named_class(i, "tool") && (inside(self.token(i)) || sort(self.token(i))) {
            return None;
        }
        // "Outside the Rowing Club": a word of a name.
        let name = self.token(i).entity().filter(|e| e.end - e.start > 1);
        if self.token(i).tag().starts_with("NNP")
            && name.is_some_and(|e| e.end == i + 1 || matches!(e.label.as_str(), "ORG" | "FAC") && e.start == i)
            && self.in_named_class(i, "tool")
        {
            return None;
        }
        // "The shooting deaths of two drovers": the parser takes it for a verb.
        let text;
        let lemma = match (self.token(i).dep(), self.token(i).tag()) {
            ("amod", "VBG") => {
                text = self.token(i).text().to_lowercase();
                &text
            }
            _ => self.lemma(i),
        };
        let (owner, _) = self
            .lexicon
            .arms
            .get(Part::Noun, lemma)
            .filter_map(|(pattern, owner)| self.matches(pattern, i, Part::Noun).map(|weight| (owner, weight)))
            .max_by_key(|(_, weight)| *weight)?;
        let start = self
            .token(i)
            .lefts()
            .rev()
            .take_while(|c| {
                matches!(c.dep(), "compound" | "nmod" | "punct") || (c.dep() == "amod" && c.ent_type().is_empty())
            })
            .filter(|c| c.dep() != "punct")
            .last()
            .map_or(i, |c| c.left_edge().i());
        Some((owner, start..i + 1))
    }

    /// Names of weapons among some tokens.
    pub fn weapons_among(&self, tokens: &[usize]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for &i in tokens {
            if let Some((owner, span)) = self.arm_at(i)
                && self.lexicon.weapons[owner].weapon
                // "Gunned down", "bombed": how, with nothing named.
                && self.token(i).pos() != "VERB"
            {
                if found.iter().any(|f| f.start <= span.start && span.end <= f.end) {
                    continue;
                }
                found.retain(|f| !(span.start <= f.start && f.end <= span.end));
                found.push(span);
            }
        }
        found
    }

    /// The type that the means named in a draft gives it, other than in its patients and places.
    pub fn kind_by_means(&self, draft: &Draft) -> Option<SmolStr> {
        let patients = &draft.participants.patients;
        let mut best: Option<(usize, &SmolStr)> = None;
        for &i in &draft.tokens {
            let Some((owner, _)) = self.arm_at(i) else { continue };
            let Some(kind) = &self.lexicon.weapons[owner].kind else { continue };
            let token = self.token(i);
            // "The helicopter was hit by gunfire": what carries weapons is not what it was hit with.
            let hit = token.dep() == "nsubjpass" && self.is_violent(token.head().i());
            if self.lexicon.weapons[owner].carrier && (hit || self.crashes(i)) {
                continue;
            }
            // The weapon of a patient or of a place is not the means: "attacked a missile base".
            let mut at = token;
            let mut excluded = false;
            for _ in 0..6 {
                if patients.contains(&at.i()) || draft.participants.places.contains(&at.i()) {
                    excluded = true;
                    break;
                }
                // "The operation was a response to a landmine": what it answers is not what it was done with.
                let answer = at.dep() == "prep" && at.is("to") && self.in_named_class(at.head().i(), "answer");
                let beside = answer || at.dep() == "prep" && self.is(at.i(), &self.lexicon.context_prepositions);
                // Nor what those it was done to have: "burnt two trucks equipped with rockets".
                let had = at.dep() == "acl" && at.head().i() < at.i() && patients.contains(&at.head().i());
                // "Around Orlec, the site of a gas attack": what else a place is known for.
                let known_for = at.dep() == "appos" && self.is_place_noun(at.head().i());
                // "Hunted rebels down and dismantled scores of mines": what else was done is not how.
                let besides = at.dep() == "conj"
                    && at.pos() == "VERB"
                    && at.head().i() == draft.head
                    && at.i() > draft.head
                    && !self.is_violent(at.i());
                // "Launched an offensive, backed by air strikes": with whose help is not how.
                let backed = at.dep() == "acl" && self.in_named_class(at.i(), "backed");
                if beside || backed || had || known_for || besides || self.is_wrecked(at.i()) || at.dep() == "attr" {
                    excluded = true;
                    break;
                }
                let with = at.dep() == "prep"
                    && at.head().dep() != "acl"
                    && matches!(self.lemma(at.i()), "with" | "by" | "use");
                if at.i() == draft.head || at.is_root() || with {
                    break;
                }
                at = at.head();
            }
            // A modifier counts only where its noun is violence or a weapon itself: "missile strike", "car bomb blast".
            let loose_modifier = matches!(token.dep(), "compound" | "amod" | "nmod" | "npadvmod")
                && !self.is_violent(token.head().i())
                && !self.in_named_class(token.head().i(), "direction")
                && self.arm_at(token.head().i()).is_none();
            if excluded || loose_modifier {
                continue;
            }
            let rank = self.lexicon.means_rank.get(kind).copied().unwrap_or(usize::MAX);
            if best.is_none_or(|(r, _)| rank < r) {
                best = Some((rank, kind));
            }
        }
        best.map(|(_, kind)| kind.clone())
    }

    /// "Shot a knife-wielding boy", "destroyed two sites that held weapons": what those had to whom it was done.
    pub fn is_had(&self, noun: usize, patients: &[usize]) -> bool {
        let mut at = self.token(noun);
        loop {
            let owner = at.head();
            let holds = match at.dep() {
                "compound" | "amod" | "nmod" | "npadvmod" => true,
                "dobj" | "acl" | "relcl" => {
                    self.in_named_class(if at.dep() == "dobj" { owner.i() } else { at.i() }, "holding")
                }
                _ => false,
            };
            if !holds {
                return false;
            }
            if patients.contains(&owner.i()) {
                return self.arm_at(owner.i()).is_none() || self.is_carrier(owner.i());
            }
            at = owner;
        }
    }

    /// A plane, a helicopter: what carries weapons.
    pub fn is_carrier(&self, noun: usize) -> bool {
        self.arm_at(noun).is_some_and(|(owner, _)| self.lexicon.weapons[owner].carrier)
    }

    /// "A warplane crashed into a market", "the plane crash": nobody attacked with it.
    pub fn crashes(&self, carrier: usize) -> bool {
        let token = self.token(carrier);
        let crash = |t: Token<'_>| self.in_named_class(t.i(), "crash");
        let subject = token.dep() == "nsubj" && crash(token.head()) && token.head().child("dobj").is_none();
        subject || token.dep() == "compound" && crash(token.head())
    }

    /// "Destroyed a tank and two mortars": what was wrecked did not wreck itself.
    pub fn is_wrecked(&self, noun: usize) -> bool {
        let mut at = self.token(noun);
        // "Two artillery batteries were destroyed"
        while matches!(at.dep(), "conj" | "compound" | "nmod") && at.head().pos() == "NOUN" {
            at = at.head();
        }
        matches!(at.dep(), "dobj" | "nsubjpass") && self.in_named_class(at.head().i(), "wreck")
    }

    /// A word that can trigger violence.
    pub fn is_violent(&self, i: usize) -> bool {
        let part = match self.token(i).pos() {
            "VERB" => Part::Verb,
            _ => Part::Noun,
        };
        self.lexicon.triggers.get(part, self.lemma(i)).any(|(_, owner)| {
            matches!(self.lexicon.entries[owner].family, Family::Violence | Family::Casualty | Family::Damage)
        })
    }
}
