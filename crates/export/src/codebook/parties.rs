//! Of which class an actor is: what codebooks ask of the two sides of an event.
use crate::{ExportError, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use variorum_extract::actor::{Entry, Register};

const SOURCE: &str = include_str!("../../../../data/codebook/parties.toml");
const PATH: &str = "data/codebook/parties.toml";

/// A class of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Of a recognised state.
    State,
    /// An armed group, or a de facto authority.
    Rebel,
    /// Another organised actor: a mission, an alliance.
    External,
    /// Not armed.
    Civilian,
    /// Protests.
    Protester,
    /// Riots.
    Rioter,
}

impl Class {
    /// Its name in the tables of codes.
    pub fn name(self) -> &'static str {
        match self {
            Class::State => "state",
            Class::Rebel => "rebel",
            Class::External => "external",
            Class::Civilian => "civilian",
            Class::Protester => "protester",
            Class::Rioter => "rioter",
        }
    }

    /// It is organised and can fight.
    pub fn is_armed(self) -> bool {
        matches!(self, Class::State | Class::Rebel)
    }
}

/// An actor with its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name in the claims.
    pub name: String,
    /// Absent where nothing decides it.
    pub class: Option<Class>,
    /// The state or de facto authority that it belongs to.
    pub state: Option<String>,
}

/// Classes by the register and by nouns.
pub struct Parties<'r> {
    register: &'r Register,
    rules: Rules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    organisations: BTreeMap<String, Class>,
    institutions: BTreeMap<String, Class>,
    nouns: Vec<Nouns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    class: Class,
    words: Vec<String>,
    /// Names of the class and others, run as tests.
    #[cfg_attr(not(test), expect(dead_code))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code))]
    near: Vec<String>,
}

impl<'r> Parties<'r> {
    /// With the classes of the built-in data.
    ///
    /// # Errors
    /// When that data is not of its form.
    pub fn new(register: &'r Register) -> Result<Self> {
        let rules = toml::from_str(SOURCE).map_err(|e| ExportError::Data(format!("{PATH}: {e}")))?;
        Ok(Parties { register, rules })
    }

    /// The actor of a name. A state or its body is of the state's class; a body without a state that the register knows
    /// has none, since it may be of anyone.
    pub fn party(&self, name: &str) -> Party {
        let words: Vec<&str> = name.split_whitespace().collect();
        let (mut state, mut body, mut organisation) = (None, None, None);
        for hit in self.register.hits(&words) {
            match hit.entry {
                Entry::State(i, _) => state = state.or(self.register.states.get(i)),
                Entry::Organisation(i) => {
                    organisation =
                        self.register.organisations.get(i).and_then(|o| self.rules.organisations.get(&o.kind));
                }
                Entry::Institution(i) => {
                    body = body.or(self.register.institutions.get(i).and_then(|b| self.rules.institutions.get(&b.id)));
                }
                _ => {}
            }
        }
        let noun = self
            .rules
            .nouns
            .iter()
            .find(|n| words.iter().any(|w| n.words.iter().any(|noun| w.eq_ignore_ascii_case(noun))));
        let of_state = state.map(|s| if s.de_facto { Class::Rebel } else { Class::State });
        let class = match (noun, organisation, body, of_state) {
            // "Lethanian civilians", "separatists": the noun says more than the adjective.
            (Some(noun), ..) => Some(noun.class),
            (_, Some(class), ..) => Some(*class),
            (_, _, Some(Class::State), of_state) => of_state,
            (_, _, Some(class), _) => Some(*class),
            (.., of_state) => of_state,
        };
        Party { name: name.to_owned(), class, state: state.map(|s| s.name.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_of_their_class_and_their_near_misses_are_not() {
        let register = Register::built_in().unwrap();
        let parties = Parties::new(&register).unwrap();
        for nouns in &parties.rules.nouns {
            for example in &nouns.examples {
                assert_eq!(parties.party(example).class, Some(nouns.class), "{example}");
            }
            for near in &nouns.near {
                assert_ne!(parties.party(near).class, Some(nouns.class), "{near}");
            }
        }
    }

    #[test]
    fn bodies_are_of_the_class_of_their_state() {
        let register = Register::built_in().unwrap();
        let parties = Parties::new(&register).unwrap();
        let class = |name: &str| parties.party(name).class;
        assert_eq!(class("Azerbaijan"), Some(Class::State));
        assert_eq!(class("Azerbaijan Ministry of Defence"), Some(Class::State));
        assert_eq!(class("Azerbaijani civilians"), Some(Class::Civilian));
        assert_eq!(class("United Nations"), Some(Class::External));
        assert_eq!(class("the army"), None);
        assert_eq!(class("Pavel Runde"), None);
    }
}
