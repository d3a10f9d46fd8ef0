//! Report → mentions → claims.
//!
//! Each module finds one layer over a shared [`Reading`]; `claim` joins them. Offsets inside this crate are
//! bytes into the report's text; [`Extractor::analyze`] turns them into code points at the very end.

pub mod actor;
pub mod attribution;
pub mod claim;
pub mod event;
pub mod figure;
mod offsets;
mod published;
mod reading;
mod senses;
#[cfg(test)]
mod testing;
pub mod timex;
pub mod toponym;

pub use reading::{Block, Reading};

use variorum_model::{Analysis, Diagnostic, Report, SCHEMA};
use variorum_syntax::{Doc, Pipeline};

/// Everything that analysis needs, loaded once; shared between threads.
pub struct Extractor {
    pipeline: Pipeline,
    timexes: timex::TimexFinder,
    toponyms: toponym::ToponymFinder,
    actors: actor::ActorFinder,
    figures: figure::FigureFinder,
    attributions: attribution::AttributionFinder,
    events: event::EventFinder,
    claims: claim::Assembler,
}

/// Why the built-in or given data cannot be used. Names file, line and column where there is one.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub String);

/// All mentions of one report, in byte offsets, before they are joined to claims.
#[derive(Default)]
pub struct Mentions {
    /// Time expressions in text order.
    pub timexes: Vec<timex::TimexMention>,
    /// Place names in text order.
    pub toponyms: Vec<toponym::ToponymMention>,
    /// Actors.
    pub actors: actor::Cast,
    /// Figures in text order.
    pub figures: Vec<figure::FigureMention>,
    /// Attributions in order of their cues.
    pub attributions: Vec<attribution::AttributionMention>,
    /// Happenings in order of their triggers.
    pub events: Vec<event::EventMention>,
}

impl Extractor {
    /// Loads the built-in model, rules, gazetteer and register.
    pub fn load() -> Result<Self, LoadError> {
        Self::new(Pipeline::load().map_err(|error| LoadError(error.to_string()))?)
    }

    /// The same over a model that is loaded already.
    pub fn new(pipeline: Pipeline) -> Result<Self, LoadError> {
        Ok(Extractor {
            pipeline,
            timexes: timex::TimexFinder::load()?,
            toponyms: toponym::ToponymFinder::load()?,
            actors: actor::ActorFinder::load()?,
            figures: figure::FigureFinder::load()?,
            attributions: attribution::AttributionFinder::load()?,
            events: event::EventFinder::load()?,
            claims: claim::Assembler::load()?,
        })
    }

    /// Adds a user's actors to the register (TOML). `file` is named in errors.
    pub fn add_actors(&mut self, file: &str, entries: &str) -> Result<(), LoadError> {
        self.actors.extend(file, entries)
    }

    /// Lays a user's places over the built-in gazetteer; see [`toponym::Gazetteer::add`].
    ///
    /// # Errors
    /// When a row cannot be read; the message names file and line.
    pub fn add_places(&mut self, file: &str, text: &str) -> Result<(), LoadError> {
        self.toponyms.add_places(file, text)
    }

    /// Cuts the text into blocks and parses each.
    pub fn read(&self, report: Report) -> Reading {
        Reading::new(&self.pipeline, report)
    }

    /// Finds all mentions of a reading. What the parser takes for a person, and the gazetteer and the words around it for a place, is
    /// a place in the reading from then on.
    pub fn mentions(&self, reading: &mut Reading) -> Mentions {
        let timexes = self.timexes.find(reading);
        let mut toponyms = self.toponyms.find(reading);
        let label = |t: &toponym::ToponymMention| reading.doc.token(t.tokens.start).ent_type();
        // "The town of Haldin … the rebels captured Haldin": the text says once what the gazetteer does not know.
        let said = |t: &toponym::ToponymMention| {
            let named = |o: &&toponym::ToponymMention| o.toponym.quote.text == t.toponym.quote.text;
            toponyms.iter().filter(named).any(|o| !o.embedded && matches!(label(o), "GPE" | "LOC"))
        };
        let misread = |t: &&toponym::ToponymMention| {
            let located = t.precision != variorum_model::Precision::Unlocated;
            !t.embedded && !t.adjectival && label(t) == "PERSON" && (located || said(t))
        };
        let misread: Vec<_> = toponyms.iter().filter(misread).map(|t| t.tokens.clone()).collect();
        reading.doc.relabel(&misread, "GPE");
        let reading = &*reading;
        let actors = self.actors.find(reading);
        toponyms.retain(|t| !self.is_nowhere(reading, t, &actors));
        let figures = self.figures.find(reading);
        let attributions = self.attributions.find(reading);
        let events = self.events.find(reading);
        Mentions { timexes, toponyms, actors, figures, attributions, events }
    }

    /// True of an unlocated name that is a body of the register, a part of one's name or a people: "from Daesh", "an Ahrar al-Sham
    /// checkpoint", "30 Alawites".
    fn is_nowhere(&self, reading: &Reading, place: &toponym::ToponymMention, cast: &actor::Cast) -> bool {
        let body = |m: &actor::ActorMention| {
            let known = m.kind == actor::ActorKind::Organisation && m.actor.id.is_some();
            known && m.tokens.start <= place.tokens.start && place.tokens.end <= m.tokens.end
        };
        let last = reading.doc.token(place.tokens.end - 1);
        place.precision == variorum_model::Precision::Unlocated
            && (self.actors.register.is_body(&place.toponym.quote.text)
                || cast.mentions.iter().any(body)
                || last.tag() == "NNPS" && senses::kind_of_token(last) == Some(senses::Kind::Person))
    }

    /// The whole way for one report. Never fails on text: what cannot be read is said in the report's diagnostics.
    /// Offsets of the answer are code points.
    pub fn analyze(&self, report: Report) -> Analysis {
        self.analyze_with_syntax(report).0
    }

    /// As [`Extractor::analyze`], with the syntax (byte offsets into the report's text) beside it.
    pub fn analyze_with_syntax(&self, mut report: Report) -> (Analysis, Doc) {
        if !is_english(&report.language) {
            // Kept and marked, never coded as English.
            let message = format!("the language is {:?}; only English is coded", report.language);
            if !report.diagnostics.iter().any(|d| d.code == UNSUPPORTED_LANGUAGE) {
                report.diagnostics.push(Diagnostic { code: UNSUPPORTED_LANGUAGE.into(), message });
            }
            let doc = Doc::new(report.text.clone(), Vec::new(), Vec::new(), Vec::new());
            let mut analysis = Analysis { schema: SCHEMA, report, ..Analysis::default() };
            offsets::to_code_points(&mut analysis);
            return (analysis, doc);
        }
        let mut reading = self.read(report);
        let mentions = self.mentions(&mut reading);
        published::infer(&mut reading, &mentions);
        let claims = self.claims.assemble(&reading, &mentions, &self.actors);
        let mut analysis = Analysis {
            schema: SCHEMA,
            attributions: mentions.attributions.iter().filter(|m| !m.secondary).map(|m| m.to_model(&reading)).collect(),
            timexes: mentions.timexes.into_iter().map(|m| m.timex).collect(),
            // The contract lists names of places; adjectives ("Israeli") stay among the mentions, for the other layers.
            toponyms: mentions.toponyms.into_iter().filter(|m| !m.adjectival).map(|m| m.toponym).collect(),
            actors: mentions.actors.mentions.into_iter().map(|m| m.actor).collect(),
            figures: mentions.figures.into_iter().map(|m| m.figure).collect(),
            claims,
            report: reading.report,
        };
        offsets::to_code_points(&mut analysis);
        (analysis, reading.doc)
    }
}

/// Code of the diagnostic on reports in another language.
pub const UNSUPPORTED_LANGUAGE: &str = "language-unsupported";

/// True for English and where no language is given.
fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    primary.is_empty() || primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng")
}
