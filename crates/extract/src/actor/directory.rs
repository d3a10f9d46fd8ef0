//! The register as a list of who is who.
use super::register::{Entry, Register, StateForm};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the register knows of one actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Register id.
    pub id: String,
    /// `state`, `de facto authority`, `institution`, or the kind of an organisation.
    pub kind: String,
    /// Other words that name it, in alphabetical order.
    pub aliases: Vec<String>,
}

impl Register {
    /// Everybody whom the register knows, by canonical name: states, organisations, and institutions of each state, with the
    /// other words that name them.
    pub fn directory(&self) -> BTreeMap<String, Known> {
        let mut names: HashMap<Entry, BTreeSet<&str>> = HashMap::new();
        for phrase in self.phrases.values().flatten() {
            let entry = match phrase.entry {
                Entry::State(i, _) => Entry::State(i, StateForm::Name),
                Entry::OrganisationMetonym(i) => Entry::Organisation(i),
                other => other,
            };
            names.entry(entry).or_default().insert(&phrase.written);
        }
        let aliases = |entry: Entry, own: &str| -> Vec<String> {
            let all = names.get(&entry).into_iter().flatten();
            all.filter(|name| **name != own).map(|name| (*name).to_owned()).collect()
        };
        let mut directory = BTreeMap::new();
        for (i, state) in self.states.iter().enumerate() {
            for (n, institution) in self.institutions.iter().enumerate() {
                let name = institution.name.replace("{state}", &state.name);
                let id = format!("{}.{}", state.id, institution.id);
                let aliases = aliases(Entry::Institution(n), &name);
                directory.insert(name, Known { id, kind: "institution".to_owned(), aliases });
            }
            let kind = if state.de_facto { "de facto authority" } else { "state" }.to_owned();
            let aliases = aliases(Entry::State(i, StateForm::Name), &state.name);
            directory.insert(state.name.clone(), Known { id: state.id.clone(), kind, aliases });
        }
        for (i, organisation) in self.organisations.iter().enumerate() {
            let aliases = aliases(Entry::Organisation(i), &organisation.name);
            let (id, kind) = (organisation.id.clone(), organisation.kind.clone());
            directory.insert(organisation.name.clone(), Known { id, kind, aliases });
        }
        directory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_listed_with_its_other_names() {
        let mut register = Register::built_in().unwrap();
        let own = "[[state]]\nid = \"kar\"\nname = \"Karovia\"\ndemonyms = [\"Karovian\"]\nmetonyms = [\"Jezrin\"]\n";
        register.extend("own.toml", own).unwrap();
        let directory = register.directory();
        let karovia = &directory["Karovia"];
        assert_eq!((karovia.id.as_str(), karovia.kind.as_str()), ("kar", "state"));
        assert_eq!(karovia.aliases, ["Jezrin", "Karovian"]);
        let ministry = &directory["Karovia Ministry of Defence"];
        assert_eq!(ministry.id, "kar.mod");
        assert!(ministry.aliases.contains(&"defence ministry".to_owned()), "{:?}", ministry.aliases);
    }
}
