//! The works that are looked things up in: the gazetteer and the register of actors.
use std::collections::BTreeMap;
use std::sync::OnceLock;
use variorum_extract::actor::{Known, Register};
use variorum_extract::toponym::Gazetteer;
use variorum_extract::{Extractor, LoadError};
use variorum_model::ClaimPlace;

/// Gazetteer and register, with what the user adds to them.
pub struct Reference {
    /// Places.
    pub gazetteer: Gazetteer,
    /// Actors.
    pub register: Register,
    /// Makes what reads a report anew when it is given another date. Asked at most once, when it is needed.
    pub analyst: Analyst,
    made: OnceLock<Result<Extractor, String>>,
}

/// Makes an extractor, or says why it cannot.
pub type Analyst = Box<dyn Fn() -> Result<Extractor, String> + Send + Sync>;

impl Reference {
    /// What is built in.
    ///
    /// # Errors
    /// When the built-in data is not of its form.
    pub fn built_in() -> Result<Self, LoadError> {
        let analyst: Analyst = Box::new(|| Extractor::load().map_err(|error| error.to_string()));
        let (gazetteer, register, made) = (Gazetteer::built_in()?, Register::built_in()?, OnceLock::new());
        Ok(Reference { gazetteer, register, analyst, made })
    }

    /// What reads reports.
    pub(crate) fn extractor(&self) -> Result<&Extractor, String> {
        self.made.get_or_init(&self.analyst).as_ref().map_err(Clone::clone)
    }

    /// Everybody whom the register knows, by name.
    pub(crate) fn known(&self) -> BTreeMap<String, Known> {
        self.register.directory()
    }

    /// The place of a GeoNames id, as a claim names it.
    pub(crate) fn place(&self, geonames: u32) -> Option<ClaimPlace> {
        self.gazetteer.by_geonames(geonames).map(|id| self.gazetteer.claim_place(id))
    }
}
