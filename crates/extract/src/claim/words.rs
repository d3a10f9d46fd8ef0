//! Word lists of the assembly, from `data/claim/words.toml`.
use crate::LoadError;
use crate::event::EventMention;
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub ground: Vec<String>,
    pub wrongs: Vec<String>,
    pub violence: Vec<String>,
    pub legal: Vec<String>,
    pub without_toll: Vec<String>,
    pub wider: Vec<String>,
    pub again: Vec<String>,
    pub wars: Vec<String>,
    pub negating: Vec<String>,
    pub whole_towns: Vec<String>,
    pub edges: Vec<String>,
    pub in_force: Vec<String>,
    pub in_state: Vec<String>,
    pub trading: Vec<String>,
    pub traded: Vec<String>,
    pub blasts: Vec<String>,
    pub travelling: Vec<String>,
    pub sensed: Vec<String>,
    pub films: Vec<String>,
    pub recent: Vec<String>,
    pub locals: Vec<String>,
    pub observers: Vec<String>,
    pub police: Vec<String>,
    pub ranks: Vec<String>,
    pub shaking: Vec<String>,
    pub teams: Vec<String>,
    pub harmed: Vec<String>,
    pub learning: Vec<String>,
    pub untelling: Vec<String>,
    pub finding: Vec<String>,
    pub concluded: Vec<String>,
    pub parleys: Vec<String>,
    pub topics: Vec<String>,
    pub margins: Vec<String>,
    pub finders: Vec<String>,
    pub seats: Vec<String>,
    pub amounts: Vec<String>,
    pub pointing: Vec<String>,
    pub asking: Vec<String>,
    pub when: Vec<String>,
    pub natives: Vec<String>,
    pub countries: Vec<String>,
    pub talks: Vec<String>,
    pub parts: Vec<String>,
    pub positioned: Vec<String>,
    pub held: Vec<String>,
    pub launched: Vec<String>,
    pub sides: Vec<String>,
    pub speaking_for: Vec<String>,
    pub held_for: Vec<String>,
    pub suspecting: Vec<String>,
    pub mishaps: Vec<String>,
    pub mishap_verbs: Vec<String>,
    pub mishap_manner: Vec<String>,
    pub mishaps_else: Vec<String>,
    pub only_harm: Vec<String>,
    pub neutral_harm: Vec<String>,
    pub violent_signs: Vec<String>,
    pub unarmed: Vec<String>,
    pub warning: Vec<String>,
    pub reprisals: Vec<String>,
    pub punishing: Vec<String>,
    pub rejecting: Vec<String>,
    pub claims: Vec<String>,
    pub likening: Vec<String>,
    pub occasions: Vec<String>,
    pub unvouched: Vec<String>,
    pub feelings: Vec<String>,
    pub participant: Vec<String>,
    pub addressed: Vec<String>,
    pub documents: Vec<String>,
    pub mute: Vec<String>,
    pub platforms: Vec<String>,
    pub authored: Vec<String>,
    pub locative: Vec<String>,
    pub inside: Vec<String>,
    pub definite: Vec<String>,
    pub specified: Vec<String>,
    pub regions: Vec<String>,
    pub larger: Vec<String>,
    pub towns: Vec<String>,
    pub since: Vec<String>,
    pub beginning: Vec<String>,
    pub tallies: Vec<String>,
    pub rising: Vec<String>,
    pub coming_after: Vec<String>,
    pub having: Vec<String>,
    pub retelling: Vec<String>,
    pub apart: Vec<String>,
    pub speaking: Vec<String>,
    pub counted: Vec<String>,
    pub weekdays: Vec<String>,
    pub coming: Vec<String>,
    pub lately: Vec<String>,
    pub spanning: Vec<String>,
    pub notwithstanding: Vec<String>,
    pub pictures: Vec<String>,
    pub pictured: Vec<String>,
    pub births: Vec<String>,
    pub labels: Vec<String>,
    pub labelled: Vec<String>,
    pub on_things: Vec<String>,
    pub belongs: Vec<String>,
    pub owned_by: Vec<String>,
    pub things: Vec<String>,
    pub brought: Vec<String>,
    pub appealing: Vec<String>,
    pub given: Vec<String>,
    pub care: Vec<String>,
    pub cared: Vec<String>,
    pub lying: Vec<String>,
    pub spread: Vec<String>,
    pub moving: Vec<String>,
    pub raising: Vec<String>,
    pub others: Vec<String>,
    pub fought: Vec<String>,
    pub standing: Vec<String>,
    pub fights: Vec<String>,
    pub arriving: Vec<String>,
    pub beside: Vec<String>,
    pub distances: Vec<String>,
    pub at_people: Vec<String>,
    pub showing: Vec<String>,
    pub continuing: Vec<String>,
    pub repeating: Vec<String>,
    pub unsayable: Vec<String>,
    pub answering: Vec<String>,
    pub our: Vec<String>,
    pub its: Vec<String>,
    pub losses: Vec<String>,
}

impl Words {
    pub fn built_in() -> Result<Self, LoadError> {
        toml::from_str(include_str!("../../../../data/claim/words.toml"))
            .map_err(|e| LoadError(format!("data/claim/words.toml: {e}")))
    }

    /// Violence, of whatever type.
    pub fn is_violent(&self, event: &EventMention) -> bool {
        self.violence.contains(&event.kind)
    }

    /// What the law does about a happening.
    pub fn is_legal(&self, event: &EventMention) -> bool {
        self.legal.contains(&event.kind)
    }
}

/// Lemmas of a class of the event lexicon with all that it includes: `actor` for people and bodies of people, `place`.
pub(super) fn nouns_of(class: &str) -> Result<HashSet<String>, LoadError> {
    #[derive(Deserialize)]
    struct Classes {
        class: Vec<Class>,
    }
    #[derive(Deserialize)]
    struct Class {
        id: String,
        #[serde(default)]
        include: Vec<String>,
        #[serde(default)]
        words: String,
    }
    let classes: Classes = toml::from_str(include_str!("../../../../data/event/classes.toml"))
        .map_err(|e| LoadError(format!("data/event/classes.toml: {e}")))?;
    let find = |id: &str| {
        let class = classes.class.iter().find(|c| c.id == id);
        class.ok_or_else(|| LoadError(format!("data/event/classes.toml: no class {id:?}")))
    };
    let main = find(class)?;
    let mut nouns = HashSet::new();
    for class in std::iter::once(class).chain(main.include.iter().map(String::as_str)) {
        nouns.extend(find(class)?.words.split_whitespace().map(|w| w.replace('_', " ")));
    }
    Ok(nouns)
}

/// True when the token is one of the words.
pub(super) fn is_in(words: &[String], token: variorum_syntax::Token<'_>) -> bool {
    words.iter().any(|w| token.is(w))
}

/// The same by lemma.
pub(super) fn lemma_in(words: &[String], token: variorum_syntax::Token<'_>) -> bool {
    words.iter().any(|w| w == token.lemma())
}
