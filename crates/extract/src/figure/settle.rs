//! Who is the same person: figures of single persons over a whole article.
//!
//! News names its dead several times: "a man was shot … the 27-year-old … he died … John Smith". Each mention stays a
//! figure, but all take the category of the first, and nobody is both wounded and killed.
use super::counted::Kind;
use super::draft::{Draft, fights};
use smol_str::SmolStr;
use variorum_model::{Polarity, Scope};

impl Draft {
    fn is_single(&self) -> bool {
        self.kind != Kind::Numeric && self.mention.figure.value == Some(1.0)
    }
    fn is_victim(&self) -> bool {
        matches!(self.mention.figure.measure.as_str(), "killed" | "wounded" | "casualties")
    }
    fn measure(&self) -> &str {
        &self.mention.figure.measure
    }
    fn category(&self) -> &str {
        &self.mention.figure.category
    }
    /// True for words that point back: "the man", "he", a name.
    fn points_back(&self) -> bool {
        matches!(self.kind, Kind::Definite | Kind::Pronoun | Kind::Name) && !self.other
    }

    /// True when a mention can be the person of an earlier one.
    fn may_be(&self, earlier: &Draft) -> bool {
        if let (Some(a), Some(b)) = (&self.name, &earlier.name) {
            return a == b;
        }
        let (a, b) = (self.category(), earlier.category());
        let adult = |d: &Draft| d.age.is_some_and(|y| y >= 18.0);
        if (adult(self) && b == "children") || (adult(earlier) && a == "children") {
            return false;
        }
        if self.age.is_some() && earlier.age.is_some() && self.age != earlier.age {
            return false;
        }
        // "An officer was hurt. … The driver was shot": another.
        if self.kind == Kind::Definite && fights(b) && a == "people" && !self.victims && self.age.is_none() {
            return false;
        }
        let sexes_differ = matches!((a, b), ("men", "women") | ("women", "men"));
        match self.kind {
            Kind::Name => a == b || a == "people" || (a == "children" && b != "people"),
            Kind::Pronoun => !sexes_differ,
            _ => a == b || a == "people" || b == "people" || ((self.kin || earlier.kin) && !sexes_differ),
        }
    }
}

/// Settles the figures of a report, which stand in text order.
pub(super) fn settle(drafts: &mut Vec<Draft>) {
    inherit_categories(drafts);
    tell_victims(drafts);
    split_shot(drafts);
    mark_totals(drafts);
    let persons = persons(drafts);
    let killed: Vec<usize> =
        (0..drafts.len()).filter(|&i| drafts[i].measure() == "killed").map(|i| persons[i]).collect();
    let survivors: Vec<bool> = (0..drafts.len())
        .map(|i| {
            let draft = &drafts[i];
            let overtaken = draft.is_single()
                && matches!(draft.measure(), "wounded" | "casualties")
                && killed.contains(&persons[i]);
            let again = draft.weak && !draft.other && draft.kind == Kind::Numeric && died_too(drafts, i);
            !(overtaken || again || draft.reflexive && is_counted(drafts, i))
        })
        .collect();
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        survivors[at - 1]
    });
}

/// "A clerk shot himself dead": the clerk is counted, himself is he.
fn is_counted(drafts: &[Draft], i: usize) -> bool {
    let of = |d: &Draft| (d.sent, d.mention.figure.measure.clone(), d.mention.figure.category.clone());
    drafts.iter().enumerate().any(|(j, other)| j != i && !other.reflexive && of(other) == of(&drafts[i]))
}

/// "Four men were shot … all four died": the weaker word tells of the same people.
fn died_too(drafts: &[Draft], i: usize) -> bool {
    let draft = &drafts[i];
    let value = draft.mention.figure.value;
    value.is_some()
        && window(drafts, i).chain(i + 1..drafts.len().min(i + WINDOW)).any(|j| {
            let other = &drafts[j];
            other.article == draft.article
                && other.measure() == "killed"
                && other.kind == Kind::Numeric
                && other.mention.figure.value == value
        })
}

/// "Seven people were shot. … One died": the seven are killed or wounded, not split. Where both stand in one sentence
/// ("one killed, seven shot") they are counted apart.
fn split_shot(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let shot = &drafts[i];
        let Some(n) = shot.mention.figure.value.filter(|v| *v >= 2.0) else { continue };
        if !shot.weak || shot.other || shot.part || shot.kind != Kind::Numeric || shot.measure() != "wounded" {
            continue;
        }
        let near = || {
            (i.saturating_sub(NEAR)..drafts.len().min(i + NEAR))
                .map(|j| &drafts[j])
                .filter(|d| d.article == shot.article && d.measure() == "killed")
        };
        let apart = near().any(|d| d.sent == shot.sent && !d.part && !d.bare);
        let some_died = near().any(|d| {
            !d.mention.background
                && d.mention.figure.scope != Scope::Campaign
                && d.mention.figure.value.is_some_and(|k| k >= 1.0 && k < n)
        });
        if some_died && !apart {
            drafts[i].mention.figure.measure = "casualties".to_owned();
        }
    }
}

/// "Strikes killed ten civilians. … Two of the victims were minors": victims of what was told before them.
fn tell_victims(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if !drafts[i].victims || drafts[i].mention.figure.value.is_none() {
            continue;
        }
        let told = |measure: &str| {
            window(drafts, i).take(NEAR).any(|j| {
                let (old, new) = (&drafts[j], &drafts[i]);
                old.article == new.article
                    && old.measure() == measure
                    && !old.mention.background
                    && old.mention.figure.value.or(old.mention.figure.min) >= new.mention.figure.value
            })
        };
        let (killed, hurt) = (told("killed"), told("wounded") || told("casualties"));
        if killed && !hurt {
            drafts[i].mention.figure.measure = "killed".to_owned();
        }
    }
}

/// What was counted over a longer time stands behind what this happening did: "13 people were killed on Thursday. …
/// More than 350 have been killed since the truce collapsed."
fn mark_totals(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let total = &drafts[i];
        if !total.stretch || total.mention.background {
            continue;
        }
        let news = drafts[..i].iter().any(|d| {
            d.article == total.article
                && d.measure() == total.measure()
                && d.mention.figure.scope == Scope::Incident
                && !d.mention.background
                && d.mention.figure.value.is_some_and(|v| v >= 1.0)
                && d.mention.polarity == Polarity::Happened
        });
        drafts[i].mention.background = news;
    }
}

/// A bare number counts the kind of people counted before it: "11 soldiers were killed. … Three died later."
fn inherit_categories(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if !(drafts[i].bare || drafts[i].belonging)
            || drafts[i].toll
            || drafts[i].kind != Kind::Numeric
            || drafts[i].category() != "people"
        {
            continue;
        }
        let found = window(drafts, i).find(|&j| {
            let (old, new) = (&drafts[j], &drafts[i]);
            // "Three children lie dead. … Twelve dead": the greater number is not of children.
            let some = matches!(old.category(), "children" | "women" | "men")
                && new.mention.figure.value > old.mention.figure.value;
            let one = old.article == new.article && old.measure() == new.measure();
            // "Killed all five attackers. … A like raid in May left 28 dead": not of those.
            let attackers = old.category() == "fighters" && new.sent > old.sent + 1;
            one && old.kind == Kind::Numeric && !old.part && !some && !attackers
        });
        // A headline's bare number counts those whom the text then names with the same number.
        let after = || {
            (i + 1..drafts.len().min(i + NEAR)).find(|&j| {
                let (new, old) = (&drafts[j], &drafts[i]);
                old.article == new.article
                    && old.measure() == new.measure()
                    && !new.bare
                    && !new.part
                    && new.kind == Kind::Numeric
                    && new.mention.figure.value == old.mention.figure.value
                    && old.mention.figure.value.is_some()
            })
        };
        // "… left dozens dead. At least 29 fighters were killed": the first exact number says who.
        let vague = drafts[i].mention.figure.value.is_none();
        let said = || {
            let mut exact = (i + 1..drafts.len().min(i + NEAR)).filter(|&j| {
                let (old, new) = (&drafts[i], &drafts[j]);
                old.article == new.article && old.measure() == new.measure() && !new.part && !new.mention.background
            });
            let first = exact.next().filter(|&j| vague && drafts[j].kind == Kind::Numeric && !drafts[j].bare)?;
            exact.all(|j| fights(drafts[j].category()) == fights(drafts[first].category())).then_some(first)
        };
        // Members are counted again where the text says whose they are; what else was counted near them says nothing.
        let bare = drafts[i].bare;
        let same =
            if bare { found.or_else(after).or_else(said) } else { after().filter(|&j| fights(drafts[j].category())) };
        if let Some(j) = same {
            drafts[i].mention.figure.category = drafts[j].mention.figure.category.clone();
        }
    }
}

/// A number for each person; mentions of one person share it. Categories of later mentions follow the first.
fn persons(drafts: &mut [Draft]) -> Vec<usize> {
    let mut persons: Vec<usize> = (0..drafts.len()).collect();
    for i in 0..drafts.len() {
        if !drafts[i].is_single() || !drafts[i].is_victim() {
            continue;
        }
        let candidate = |j: usize| {
            let (old, new) = (&drafts[j], &drafts[i]);
            old.article == new.article
                && old.is_single()
                && old.is_victim()
                && (new.points_back() || ((new.weak || new.inner) && old.measure() == "killed" && !new.other))
                && new.may_be(old)
        };
        // A name more likely tells who a victim of the same measure was.
        let alike = |j: &usize| {
            drafts[i].kind != Kind::Name || (drafts[*j].measure() == drafts[i].measure() && !drafts[*j].part)
        };
        let same = window(drafts, i)
            .filter(|&j| candidate(j))
            .find(alike)
            .or_else(|| window(drafts, i).find(|&j| candidate(j)))
            .filter(|_| !drafts[i].reflexive || drafts[i].weak);
        if let Some(j) = same {
            persons[i] = persons[j];
            drafts[i].mention.figure.category = drafts[j].mention.figure.category.clone();
            if drafts[i].name.is_none() {
                drafts[i].name = drafts[j].name.clone();
            } else if drafts[j].name.is_none() {
                give_name(drafts, &persons, i);
            }
            continue;
        }
        // One of several counted before.
        let group = window(drafts, i).find(|&j| {
            let (old, new) = (&drafts[j], &drafts[i]);
            old.article == new.article
                && old.measure() == new.measure()
                && old.kind == Kind::Numeric
                && !old.part
                && old.mention.figure.value.is_some_and(|v| v >= 2.0)
        });
        let open = matches!(drafts[i].kind, Kind::Pronoun | Kind::Name) || drafts[i].category() == "people";
        let then = drafts[i].of_year;
        if let Some(j) =
            group.filter(|_| drafts[i].points_back() && open && !then && !drafts[i].reflexive && !drafts[i].part)
        {
            drafts[i].mention.figure.category = drafts[j].mention.figure.category.clone();
        }
    }
    persons
}

/// Once a person has a name, a later other name is another person.
fn give_name(drafts: &mut [Draft], persons: &[usize], i: usize) {
    let name: Option<SmolStr> = drafts[i].name.clone();
    for j in (i.saturating_sub(WINDOW)..i).filter(|&j| persons[j] == persons[i]) {
        drafts[j].name.clone_from(&name);
    }
}

/// Earlier figures, the nearest first.
fn window(drafts: &[Draft], i: usize) -> impl Iterator<Item = usize> + use<> {
    debug_assert!(i < drafts.len());
    (i.saturating_sub(WINDOW)..i).rev()
}

/// How many figures on either side tell whether some of those shot died.
const NEAR: usize = 6;
/// How many figures back a person is looked for.
const WINDOW: usize = 30;
