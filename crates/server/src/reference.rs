//! The works that are looked things up in: the gazetteer and the register of actors.
use std::collections::BTreeMap;
use variorum_extract::LoadError;
use variorum_extract::actor::{Known, Register};
use variorum_extract::toponym::Gazetteer;
use variorum_model::ClaimPlace;

/// Gazetteer and register, with what the user adds to them.
pub struct Reference {
    /// Places.
    pub gazetteer: Gazetteer,
    /// Actors.
    pub register: Register,
}

impl Reference {
    /// What is built in.
    ///
    /// # Errors
    /// When the built-in data is not of its form.
    pub fn built_in() -> Result<Self, LoadError> {
        Ok(Reference { gazetteer: Gazetteer::built_in()?, register: Register::built_in()? })
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
